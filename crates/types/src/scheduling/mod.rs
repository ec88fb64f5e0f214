//! Appointments: what can be booked, free times, holds, visits.

mod blackouts;
mod cancel_reasons;
mod check_in;
mod clinic;
mod history;
mod holidays;
mod kinds;
mod links;
mod locations;
mod me;
mod overrides;
mod places;
pub mod problems;
mod requests;
mod resources;
mod revisions;
mod schedules;
mod setup;
mod team;
mod templates;
mod visit_plans;
mod wait_list;

pub use blackouts::{
    ChangeBlackout, CreateBlackout, OverlappedAppointment, SchedulingTask, SchedulingTaskKind,
};
pub use cancel_reasons::{
    CancelReasonLabel, ChangeCancelReason, ClinicCancelReason, CreateCancelReason,
};
pub use check_in::{CheckInAtDoor, CheckedInAtDoor};
pub use clinic::{
    AppointmentResource, AppointmentTypeName, BookForPerson, ClinicAppointment, ClinicPerson,
    ClinicSlotsQuery, Closed, CorrectAppointment, DayColumn, DaySheet, DaySheetQuery,
    DenyAppointment, MarkAppointmentAsError, MoveForPerson, Open, OverrideRules,
    PersonAppointmentsQuery,
};
pub use history::{VisitStep, VisitTime};
pub use holidays::{AddHoliday, Holiday};
pub use kinds::{
    ApplyTo, AppointmentTypeNeed, AppointmentTypeSettings, AppointmentTypeText,
    ChangeAppointmentType, CreateAppointmentType,
};
pub use links::{AnswerLink, LinkedOffer, LinkedVisit};
pub use locations::{ChangeClinicLocation, ClinicLocation};
pub use me::{
    Appointment, AppointmentView, AppointmentsQuery, BookAppointment, BookingRules,
    CancelAppointment, CancelReason, CheckIn, HoldSlot, JoinLink, Joining, MoveAppointment,
    OfferedProvider, OfferedType, OfferedTypes, Preparation, Slot, SlotHold, SlotResource,
    SlotsQuery,
};
pub use overrides::{
    ChangeTypeOverride, CreateTypeOverrides, CreatedTypeOverrides, OverriddenTimes, TypeOverride,
};
pub use places::{ChangeLocationSettings, LocationSettings};
pub use requests::{
    AppointmentRequest, BookRequest, ClinicAppointmentRequest, Contact, DayPart, DeclineRequest,
    MOST_PREFERENCES, MOST_TIMES, Offer, OfferTimes, Preference, RequestAct, RequestAppointment,
    RequestForReport, RequestState, RequestTime, RequestView, RequestsQuery,
    TeamAppointmentRequest, USUAL_HOURS,
};
pub use resources::{ChangeResource, Clinician, CreateResource, DeletedResource};
pub use revisions::{Revision, RevisionAct, RevisionChange};
pub use schedules::{
    ChangeSchedule, ConfirmQuery, CreateSchedule, DeletedSchedule, PreviewDay, PreviewSchedule,
    PreviewStart, SchedulePreview,
};
pub use setup::{
    AfterType, AppointmentType, Blackout, DeletedQuery, Resource, Schedule, ScheduleWindow,
    SetupQuery,
};
pub use team::{
    BookForReport, HoldForReport, TeamAppointment, TeamBookingRules, TeamOfferedType,
    TeamOfferedTypes, TeamSlotHold, TeamSlotsQuery, TeamState, TeamWaitListItem,
};
pub use templates::{
    CreateScheduleTemplate, ScheduleTemplate, ScheduleTemplateFields, TemplateScope,
};
pub use visit_plans::{BookVisitPlan, PlannedPart, PlannedVisit, VisitPlan, VisitPlans};
pub use wait_list::{
    ChangeWaitListItem, ClinicWaitListItem, EscalateWaitListItem, FreedBy, ItemState, OfferRound,
    OfferState, OfferTurn, OffersQuery, RoundOutcome, SkipReason, TimeWishes, WaitListItem,
    WaitListQuery, WaitsFor, WishEarlier,
};

pub use salus_domain::scheduling::history::StepKind;
pub use salus_domain::scheduling::overrides::{LONGEST_REASON, SHORTEST_REASON};
pub use salus_domain::scheduling::{
    Act, Audience, ItemAct, Modality, Mode, Override, Reach, ResourceKind, State,
};

use crate::ids::LocationId;
use serde::{Deserialize, Serialize};

/// A place as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AppointmentPlace))]
pub struct Place {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: LocationId,
    /// Its name.
    pub name: String,
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub street: Option<String>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub city: Option<String>,
    /// State or province.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub state: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub zip: Option<String>,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// Its IANA zone; every wall-clock time of a visit there is in it.
    pub zone: String,
}

/// How the enumerations of the rules appear in the document.
#[cfg(feature = "openapi")]
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "only their shape is used"
)]
pub(crate) mod schema {
    use serde::Serialize;
    use utoipa::ToSchema;

    /// How a visit takes place.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum Modality {
        InPerson,
        Telehealth,
    }

    /// What kind of thing has a calendar.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum ResourceKind {
        Provider,
        Room,
        Equipment,
    }

    /// A rule that staff may set aside.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = OverrideKind)]
    pub enum Override {
        DoubleBook,
        OutsideHours,
        InsideBlackout,
        IgnoreBuffer,
        OverCap,
        NotQualified,
        LocationNotLinked,
        Region,
    }

    /// Who sees or did something.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = BookingAudience)]
    pub enum Audience {
        Employee,
        Supervisor,
        Clinic,
    }

    /// How supervisors get a time for somebody.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = SupervisorMode)]
    pub enum Mode {
        Request,
        Schedule,
        None,
    }

    /// What a supervisor may do about something that is due.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = TeamItemAct)]
    pub enum ItemAct {
        Request,
        Schedule,
    }

    /// How far a visit has come.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = AppointmentState)]
    pub enum State {
        Pending,
        Booked,
        CheckedIn,
        InProgress,
        Fulfilled,
        NoShow,
        Cancelled,
        EnteredInError,
    }

    /// What can be done with a visit.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = AppointmentAct)]
    pub enum Act {
        Confirm,
        Deny,
        Move,
        Cancel,
        CheckIn,
        UndoCheckIn,
        Begin,
        Finish,
        Miss,
        Correct,
        Attend,
        UndoCancel,
        Strike,
    }

    /// What was done in a step of a visit.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = VisitStepKind)]
    pub enum StepKind {
        Requested,
        Booked,
        Confirmed,
        Denied,
        Moved,
        Rearranged,
        Attending,
        CheckedIn,
        CheckInUndone,
        Begun,
        Completed,
        Missed,
        Corrected,
        Cancelled,
        Restored,
        Struck,
    }

    /// How far a request has come.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = AppointmentRequestState)]
    pub enum RequestState {
        Open,
        Seen,
        Offered,
        Booked,
        Declined,
        Withdrawn,
    }

    /// What can be done with a request.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = AppointmentRequestAct)]
    pub enum RequestAct {
        See,
        Offer,
        Book,
        Decline,
        Withdraw,
        Accept,
        Refuse,
    }

    /// How somebody wants to hear from the clinic.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = ContactPreference)]
    pub enum Contact {
        Message,
        Phone,
        Email,
    }

    /// A part of the day: morning before 12:00, evening from 17:00 on.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum DayPart {
        Any,
        Morning,
        Afternoon,
        Evening,
    }

    /// How far an item of the wait list has come.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = WaitListItemState)]
    pub enum ItemState {
        Open,
        Offered,
        Booked,
        Closed,
    }

    /// What became of an offered time.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum OfferState {
        Held,
        Accepted,
        Declined,
        Expired,
        Withdrawn,
    }

    /// What made a time free.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum FreedBy {
        Cancellation,
        Move,
        Refusal,
        BlackoutEnded,
        CapacityAdded,
    }

    /// How a search for somebody who takes a time ended.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum RoundOutcome {
        Taken,
        Nobody,
        TooLate,
    }

    /// Why somebody was not offered a time that would have suited.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum SkipReason {
        NoChannel,
        PersonBusy,
        LiveOffer,
        OffersInWeek,
        QuietHours,
    }

    /// When somebody would like to come.
    #[derive(Serialize, ToSchema)]
    #[schema(as = TimePreference)]
    #[serde(deny_unknown_fields)]
    pub struct Preference {
        /// The first date.
        pub from: chrono::NaiveDate,
        /// The last date.
        pub to: chrono::NaiveDate,
        /// The part of the day.
        pub part: DayPart,
        /// The days of the week, 1 Monday to 7 Sunday (ISO 8601); every day when empty.
        #[serde(default)]
        #[schema(example = json!([1, 3]))]
        pub weekdays: Vec<u8>,
    }
}
