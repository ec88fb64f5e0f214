//! Every address of the app.

use salus_types::ids::{AppointmentRequestId, ConversationId, PersonId, PortalId, ResponseId};
use yew_router::prelude::*;

/// The pages.
#[derive(Clone, Debug, PartialEq, Routable)]
pub(crate) enum Route {
    /// The first page open to the account.
    #[at("/")]
    Start,
    /// Sign-in; other pages ask for it by themselves.
    #[at("/sign-in")]
    SignIn,
    /// What waits for the clinic.
    #[at("/clinic")]
    WorkList,
    /// The day calendar.
    #[at("/clinic/calendar")]
    Calendar,
    /// What the clinic is asked for.
    #[at("/clinic/requests")]
    Requests,
    /// One request.
    #[at("/clinic/requests/:id")]
    AppointmentRequest {
        /// Which one.
        id: AppointmentRequestId,
    },
    /// Who waits for a time.
    #[at("/clinic/wait-list")]
    WaitList,
    /// Finding a person.
    #[at("/clinic/people")]
    People,
    /// A person's chart at a glance.
    #[at("/clinic/people/:id")]
    Chart {
        /// Whose.
        id: PersonId,
    },
    /// A person's appointments.
    #[at("/clinic/people/:id/appointments")]
    ChartAppointments {
        /// Whose.
        id: PersonId,
    },
    /// A person's questionnaires.
    #[at("/clinic/people/:id/questionnaires")]
    ChartQuestionnaires {
        /// Whose.
        id: PersonId,
    },
    /// A person's restrictions and work status.
    #[at("/clinic/people/:id/restrictions")]
    ChartRestrictions {
        /// Whose.
        id: PersonId,
    },
    /// What is due for a person.
    #[at("/clinic/people/:id/due-items")]
    ChartDueItems {
        /// Whose.
        id: PersonId,
    },
    /// A person's conversations.
    #[at("/clinic/people/:id/messages")]
    ChartMessages {
        /// Whose.
        id: PersonId,
    },
    /// Writing to a person.
    #[at("/clinic/people/:id/messages/new")]
    NewMessage {
        /// To whom.
        id: PersonId,
    },
    /// A person's pick-up codes and account.
    #[at("/clinic/people/:id/access-codes")]
    ChartAccessCodes {
        /// Whose.
        id: PersonId,
    },
    /// Submitted questionnaires to review.
    #[at("/clinic/reviews")]
    Reviews,
    /// One submitted questionnaire.
    #[at("/clinic/reviews/:id")]
    Review {
        /// Which response.
        id: ResponseId,
    },
    /// Conversations of the clinic's queues.
    #[at("/clinic/inbox")]
    Inbox,
    /// Choosing whom to write to.
    #[at("/clinic/inbox/new")]
    NewConversation,
    /// One conversation.
    #[at("/clinic/inbox/:id")]
    Conversation {
        /// Which one.
        id: ConversationId,
    },
    /// When resources work.
    #[at("/clinic/setup/schedules")]
    Schedules,
    /// When they do not.
    #[at("/clinic/setup/blackouts")]
    Blackouts,
    /// When places do not work.
    #[at("/clinic/setup/holidays")]
    Holidays,
    /// Kinds of visits.
    #[at("/clinic/setup/kinds")]
    Kinds,
    /// Times of kinds of visits that differ.
    #[at("/clinic/setup/overrides")]
    TypeOverrides,
    /// Who and what has a calendar.
    #[at("/clinic/setup/resources")]
    Resources,
    /// Where visits take place.
    #[at("/clinic/setup/places")]
    Places,
    /// Why visits are given back.
    #[at("/clinic/setup/cancel-reasons")]
    CancelReasons,
    /// How providers see people online.
    #[at("/clinic/setup/providers")]
    Providers,
    /// What is to be done about visits.
    #[at("/clinic/tasks")]
    Tasks,
    /// The sites people enter by.
    #[at("/administration/portals")]
    Portals,
    /// Which parts a site shows.
    #[at("/administration/portals/:id/modules")]
    Modules {
        /// Which site.
        id: PortalId,
    },
    /// What a site says about booking.
    #[at("/administration/portals/:id/booking")]
    BookingOptions {
        /// Which site.
        id: PortalId,
    },
    /// When people of a site are reminded.
    #[at("/administration/portals/:id/reminders")]
    Reminders {
        /// Which site.
        id: PortalId,
    },
    /// The audit trail.
    #[at("/administration/audit")]
    Audit,
    /// Language and colours.
    #[at("/settings")]
    Settings,
    /// No such page.
    #[not_found]
    #[at("/not-found")]
    NotFound,
}
