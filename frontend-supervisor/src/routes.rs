//! Every address of the app.

use salus_types::ids::{AppointmentId, ConversationId, PersonId};
use yew_router::prelude::*;

/// The pages.
#[derive(Clone, Debug, PartialEq, Routable)]
pub(crate) enum Route {
    /// The people led, with their work status.
    #[at("/")]
    Team,
    /// Sign-in; other pages ask for it by themselves.
    #[at("/sign-in")]
    SignIn,
    /// One of the people led.
    #[at("/people/:id")]
    Member {
        /// Who.
        id: PersonId,
    },
    /// What one of them is scheduled for.
    #[at("/people/:id/scheduling")]
    Scheduling {
        /// Who.
        id: PersonId,
    },
    /// A new appointment for one of them.
    #[at("/people/:id/scheduling/new")]
    Book {
        /// For whom.
        id: PersonId,
    },
    /// Asking the clinic for an appointment of one of them.
    #[at("/people/:id/scheduling/request")]
    Ask {
        /// For whom.
        id: PersonId,
    },
    /// Another time for an appointment of one of them.
    #[at("/appointments/:id/move")]
    Move {
        /// Which one.
        id: AppointmentId,
    },
    /// What the team is scheduled for.
    #[at("/appointments")]
    Appointments,
    /// A new conversation.
    #[at("/messages/new")]
    NewMessage,
    /// Conversations.
    #[at("/messages")]
    Messages,
    /// One conversation.
    #[at("/messages/:id")]
    Conversation {
        /// Which one.
        id: ConversationId,
    },
    /// Language and colours.
    #[at("/settings")]
    Settings,
    /// No such page.
    #[not_found]
    #[at("/not-found")]
    NotFound,
}
