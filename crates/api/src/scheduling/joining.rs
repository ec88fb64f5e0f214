//! Joining one's visit online.

use actix_web::get;
use actix_web::web::{Data, Json};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::AppointmentId;
use salus_domain::scheduling::joining::{JoinError, check_joining, is_joinable, joining_time};
use salus_domain::scheduling::{JoinLink as Link, Modality, Stretch};
use salus_store::scheduling::{self as store, AppointmentRecord};
use salus_types::problem::{Problem, WRONG_STATE};
use salus_types::scheduling::{JoinLink, Joining};

use crate::access::{Caller, Me};
use crate::error::ApiError;
use crate::extract::Id;
use crate::state::AppState;

/// Where to join one's visit online: from a quarter of an hour before its start until half an hour
/// after its end.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The visit")),
    responses(
        (status = 200, body = JoinLink),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`, with `opens_at` when it is too early"),
    )
)]
#[get("/me/appointments/{id}/join-link")]
pub async fn get_my_join_link(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
) -> Result<Json<JoinLink>, ApiError> {
    let id = id.0;
    let answer = state
        .run(&caller, async |tx| {
            let class = DataClass::Appointment;
            let Some(record) = store::find_appointment(tx.shared(), id).await? else {
                return Err(tx.missing(Act::Read, class, id));
            };
            let about = About::person(record.person).object(id);
            tx.allow(Act::Read, class, about, ())?;
            let links = store::join_links_of(tx.shared(), &[id]).await?;
            let link = links.get(&id);
            let link = link.filter(|_| record.modality == Modality::Telehealth);
            let link = link.ok_or_else(ApiError::not_found)?;
            let visit = told(&record);
            check_joining(record.rules.state, visit, tx.now).map_err(refused)?;
            Ok(JoinLink {
                url: link.of_visit(id),
                closes_at: joining_time(visit).until,
            })
        })
        .await?;
    Ok(Json(answer))
}

fn refused(error: JoinError) -> ApiError {
    let problem = ApiError::of(WRONG_STATE);
    match error {
        JoinError::TooEarly { opens_at } => problem.with("opens_at", opens_at),
        JoinError::TooLate | JoinError::WrongState => problem,
    }
}

/// When a visit can be joined; nothing where there is nothing to join.
pub(super) fn joining(
    record: &AppointmentRecord,
    link: Option<&Link>,
    now: chrono::DateTime<chrono::Utc>,
) -> Option<Joining> {
    let state = record.rules.state;
    link.filter(|_| record.modality == Modality::Telehealth && is_joinable(state))?;
    let visit = told(record);
    let time = joining_time(visit);
    (now <= time.until).then(|| Joining {
        opens_at: time.from,
        closes_at: time.until,
        open: check_joining(state, visit, now).is_ok(),
    })
}

/// The visit until the later of its two ends.
fn told(record: &AppointmentRecord) -> Stretch {
    Stretch {
        from: record.rules.starts_at,
        until: record.ends_at.max(record.shown_ends_at),
    }
}
