//! Identifiers. Every one is a UUIDv7 behind a type of its own, so that a person's id cannot be
//! passed where an appointment's is meant.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The bare UUID.
            #[must_use]
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A credential holder who can sign in.
    AccountId,
    /// A due item: an obligation with dates.
    DueItemId,
    /// A visit: time taken with a provider, a room, a person.
    AppointmentId,
    /// A visit the clinic is asked for.
    AppointmentRequestId,
    /// What kind of visit it is.
    AppointmentTypeId,
    /// A questionnaire handed to a person to answer.
    AssignmentId,
    /// One line of the audit trail.
    AuditEventId,
    /// A stretch of time in which nothing can be booked.
    BlackoutId,
    /// A reason for giving a visit back.
    CancelReasonId,
    /// A stretch of time taken on a resource or a person.
    ClaimId,
    /// A thread between one portal side and the clinic.
    ConversationId,
    /// A unit of an employer.
    DepartmentId,
    /// A client organization of a provider organization.
    EmployerId,
    /// A person's dated relation to an employer.
    EmploymentId,
    /// How an employer's HR files are read.
    FeedProfileId,
    /// One reading of one HR file.
    FeedRunId,
    /// A slot kept for somebody for a few minutes.
    HoldId,
    /// A day on which a place does not work.
    HolidayId,
    /// A place: a clinic or an employer's site.
    LocationId,
    /// One message of a conversation.
    MessageId,
    /// A kind of message a portal offers.
    MessageTypeId,
    /// Something measured or answered, kept as data.
    ObservationId,
    /// A time kept for somebody and proposed to them.
    OfferId,
    /// A search for somebody who takes a time that became free.
    OfferRoundId,
    /// A catalogue entry that can be ordered.
    OrderItemId,
    /// A human with a chart.
    PersonId,
    /// A code that turns a chart into an account.
    PickupCodeId,
    /// One configured front door.
    PortalId,
    /// The occupational-health service: the root tenant.
    ProviderOrgId,
    /// A questionnaire, whatever its version.
    QuestionnaireId,
    /// One published, immutable state of a questionnaire.
    QuestionnaireVersionId,
    /// An attempt to redeem a pick-up code.
    RedemptionId,
    /// A dated right of an account over a person.
    RelationshipId,
    /// A provider, a room, a piece of equipment.
    ResourceId,
    /// A person's answers to a questionnaire version.
    ResponseId,
    /// What a person may not do at work, from when, until when.
    RestrictionId,
    /// A dated role of an account in an organization.
    RoleGrantId,
    /// Recurring availability of a resource.
    ScheduleId,
    /// Hours and limits to fill schedules with.
    ScheduleTemplateId,
    /// Something that waits in the scheduling work queue.
    SchedulingTaskId,
    /// A signed-in browser or program.
    SessionId,
    /// Times of a kind of visit that differ with a resource or at a location.
    TypeOverrideId,
    /// Something somebody waits for a time for.
    WaitListItemId,
    /// A named group of staff with business hours.
    WorkQueueId,
}
