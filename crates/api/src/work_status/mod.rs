//! What a person may do at work: the employee's own view, the supervisor's team, the clinic's
//! restrictions.

mod accommodations;
mod change;
pub(crate) mod lint;
mod me;
mod read;
mod shown;
mod team;
mod write;

use salus_domain::work_status::draft::{Fault, FaultKind};
use salus_types::problem::Kind;
use salus_types::work_status as types;

use crate::error::{ApiError, Field};
use crate::routes::Operations;

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(me::get_my_work_status)
        .service(team::list_team_people)
        .service(team::get_team_work_status)
        .service(read::get_person_work_status)
        .service(read::list_person_restrictions)
        .service(write::write_restriction)
        .service(write::change_restriction)
        .service(change::extend_restriction)
        .service(change::end_restriction)
        .service(change::mark_restriction_as_error)
        .service(change::end_all_restrictions)
        .service(accommodations::list_person_accommodations)
        .service(accommodations::write_accommodation)
        .service(accommodations::change_accommodation)
        .service(accommodations::end_accommodation)
        .service(accommodations::mark_accommodation_as_error);
}

/// The first fault names the problem; all of them are told.
fn refused(faults: Vec<Fault>) -> ApiError {
    let kind = faults
        .first()
        .map_or(salus_types::problem::INVALID, |fault| kind(fault.kind));
    let fields = faults
        .into_iter()
        .map(|fault| {
            let field = Field::new(fault.pointer, fault.kind.code());
            match fault.kind {
                FaultKind::TooLong(most) => field.with("limit", most),
                _ => field,
            }
        })
        .collect();
    ApiError::of(kind).fields(fields)
}

fn kind(fault: FaultKind) -> Kind {
    match fault {
        FaultKind::EndRequired => types::END_REQUIRED,
        FaultKind::EndAndPermanent => types::END_AND_PERMANENT,
        FaultKind::EndBeforeStart => types::END_BEFORE_START,
        FaultKind::LimitInvalid => types::LIMIT_INVALID,
        FaultKind::LadderNotFalling => types::LADDER_NOT_FALLING,
        FaultKind::SideRequired => types::SIDE_REQUIRED,
        FaultKind::TooLong(_) | FaultKind::AlwaysAffectsWork | FaultKind::NotOfThisPerson => {
            salus_types::problem::INVALID
        }
    }
}
