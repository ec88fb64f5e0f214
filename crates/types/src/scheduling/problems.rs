//! Why a time cannot be held, booked or given back.

use crate::problem::Kind;

/// Somebody else has the time; `next_slots` names others.
pub const SLOT_TAKEN: Kind = Kind::new("slot-taken", 409);
/// The person has another visit at that time.
pub const PERSON_BUSY: Kind = Kind::new("person-busy", 409);
/// No such time is offered.
pub const SLOT_NOT_OFFERED: Kind = Kind::new("slot-not-offered", 422);
/// The hold has run out or was used.
pub const HOLD_EXPIRED: Kind = Kind::new("hold-expired", 409);
/// Too many holds within an hour.
pub const HOLD_LIMIT: Kind = Kind::new("hold-limit", 429);
/// Less notice than the clinic wants: `deadline` says until when it was possible, `phone` whom to call.
pub const NOTICE_TOO_SHORT: Kind = Kind::new("notice-too-short", 409);
/// The visit has begun.
pub const APPOINTMENT_BEGUN: Kind = Kind::new("appointment-begun", 409);
/// It was moved as often as it may be.
pub const TOO_MANY_MOVES: Kind = Kind::new("too-many-moves", 409);
/// It is too early or too late to check in.
pub const CHECK_IN_CLOSED: Kind = Kind::new("check-in-closed", 409);
/// Too many wrong codes were typed at this door.
pub const CHECK_IN_LOCKED: Kind = Kind::new("check-in-locked", 429);
/// The proposed time is no longer kept.
pub const OFFER_EXPIRED: Kind = Kind::new("offer-expired", 409);
/// Somebody else took the time, which was kept for nobody.
pub const OFFER_TAKEN: Kind = Kind::new("offer-taken", 409);
/// Nobody who works then may see people where the person will be.
pub const REGION_NOT_COVERED: Kind = Kind::new("region-not-covered", 422);
/// What is due is past its date.
pub const PAST_DUE: Kind = Kind::new("past-due", 409);
/// As many visits as there may be.
pub const LIMIT_REACHED: Kind = Kind::new("limit-reached", 409);
/// A rule stands in the way that staff may override by name.
pub const OVERRIDE_NEEDED: Kind = Kind::new("override-needed", 409);
/// Rules are set aside without saying why.
pub const OVERRIDE_REASON_REQUIRED: Kind = Kind::new("override-reason-required", 422);
/// The kind of visit cannot be booked without a comment.
pub const COMMENT_REQUIRED: Kind = Kind::new("comment-required", 422);
/// More days than one search spans.
pub const SEARCH_WINDOW_TOO_WIDE: Kind = Kind::new("search-window-too-wide", 422);
/// Visits lie ahead that were taken out of the schedule; they are kept when it is confirmed.
pub const SCHEDULE_HAS_APPOINTMENTS: Kind = Kind::new("schedule-has-appointments", 409);
/// Visits lie ahead with the resource; they are kept when it is confirmed.
pub const RESOURCE_HAS_APPOINTMENTS: Kind = Kind::new("resource-has-appointments", 409);
/// Visits lie under the blackout; they stay booked when it is confirmed.
pub const BLACKOUT_OVERLAPS_APPOINTMENTS: Kind = Kind::new("blackout-overlaps-appointments", 409);
/// Visits ahead stand in the way of changing or deleting the kind of visit.
pub const TYPE_IN_USE: Kind = Kind::new("type-in-use", 409);

/// The link serves no more; `phone` says whom to call.
pub const LINK_EXPIRED: Kind = Kind::new("link-expired", 409);
/// Too many unknown links were tried from this address.
pub const LINK_LOCKED: Kind = Kind::new("link-locked", 429);
/// The times of a plan are not free any more, or what it is for has changed.
pub const PLAN_STALE: Kind = Kind::new("plan-stale", 409);

/// Every kind of problem of this feature.
pub const PROBLEMS: &[Kind] = &[
    SLOT_TAKEN,
    PERSON_BUSY,
    SLOT_NOT_OFFERED,
    HOLD_EXPIRED,
    HOLD_LIMIT,
    NOTICE_TOO_SHORT,
    APPOINTMENT_BEGUN,
    TOO_MANY_MOVES,
    CHECK_IN_CLOSED,
    CHECK_IN_LOCKED,
    OFFER_EXPIRED,
    OFFER_TAKEN,
    REGION_NOT_COVERED,
    PAST_DUE,
    LIMIT_REACHED,
    OVERRIDE_NEEDED,
    OVERRIDE_REASON_REQUIRED,
    COMMENT_REQUIRED,
    SEARCH_WINDOW_TOO_WIDE,
    SCHEDULE_HAS_APPOINTMENTS,
    RESOURCE_HAS_APPOINTMENTS,
    BLACKOUT_OVERLAPS_APPOINTMENTS,
    LINK_EXPIRED,
    LINK_LOCKED,
    PLAN_STALE,
    TYPE_IN_USE,
];
