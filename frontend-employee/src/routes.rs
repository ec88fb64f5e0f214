//! Every address of the app.

use salus_types::ids::{
    AppointmentId, AppointmentRequestId, AssignmentId, ConversationId, LocationId,
};
use yew_router::prelude::*;

/// The pages.
#[derive(Clone, Debug, PartialEq, Routable)]
pub(crate) enum Route {
    /// What is to be done, and what comes next.
    #[at("/")]
    Home,
    /// Sign-in; other pages ask for it by themselves.
    #[at("/sign-in")]
    SignIn,
    /// A pick-up code is traded for an account.
    #[at("/code")]
    Code,
    /// Booked and past appointments.
    #[at("/appointments")]
    Appointments,
    /// One appointment.
    #[at("/appointments/:id")]
    Appointment {
        /// Which one.
        id: AppointmentId,
    },
    /// Another time for an appointment.
    #[at("/appointments/:id/move")]
    MoveAppointment {
        /// Which one.
        id: AppointmentId,
    },
    /// An appointment by the link in a mail.
    #[at("/visit")]
    VisitLink,
    /// Checking in at a clinic's door.
    #[at("/check-in/:location")]
    Kiosk {
        /// Where the door is.
        location: LocationId,
    },
    /// Booking.
    #[at("/book")]
    Book,
    /// Asking the clinic for an appointment.
    #[at("/book/request")]
    Request,
    /// What became of asking.
    #[at("/requests/:id")]
    AppointmentRequest {
        /// Which request.
        id: AppointmentRequestId,
    },
    /// One visit for everything due.
    #[at("/visit-plans")]
    VisitPlans,
    /// The questionnaires to answer and those answered.
    #[at("/questionnaires")]
    Questionnaires,
    /// One questionnaire.
    #[at("/questionnaires/:id")]
    Questionnaire {
        /// Which assignment.
        id: AssignmentId,
    },
    /// Conversations.
    #[at("/messages")]
    Messages,
    /// A new conversation.
    #[at("/messages/new")]
    NewMessage,
    /// One conversation.
    #[at("/messages/:id")]
    Conversation {
        /// Which one.
        id: ConversationId,
    },
    /// What the person may do at work.
    #[at("/work-status")]
    WorkStatus,
    /// Who opened the person's record.
    #[at("/record-access")]
    RecordAccess,
    /// Language, colours, sessions.
    #[at("/settings")]
    Settings,
    /// No such page.
    #[not_found]
    #[at("/not-found")]
    NotFound,
}
