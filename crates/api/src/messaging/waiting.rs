//! The start page of the clinic: how much waits in each list.

use actix_web::get;
use actix_web::web::{Data, Json};
use salus_domain::access::{Act, DataClass, Scope};
use salus_domain::time::{Tz, day_end, day_start, local_date, parse_zone};
use salus_store::messaging::{
    Waiting, appointments_between, conversations_needing_reply, list_message_types,
    requests_to_answer, responses_to_review,
};
use salus_types::messaging::{WorkCount, WorkList, WorkSummary};
use salus_types::problem::Problem;
use std::collections::BTreeSet;

use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::Tx;

/// How much waits in each list this account works on, the most urgent first.
#[utoipa::path(
    tag = "messaging",
    responses((status = 200, body = WorkSummary), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/clinic/work-summary")]
pub async fn get_work_summary(
    caller: Caller<Clinic>,
    state: Data<AppState>,
) -> Result<Json<WorkSummary>, ApiError> {
    let summary = state.run(&caller, async |tx| {
        let mut items = Vec::new();
        let now = tx.now;
        if let Some(scope) = reads(tx, DataClass::Message) {
            let waiting = conversations_needing_reply(tx.conn(), &scope, now).await?;
            let address = "/api/v1/clinic/conversations?state=needs_reply";
            items.push(count(WorkList::Conversations, waiting, address));
        }
        if let Some(scope) = reads(tx, DataClass::Questionnaire) {
            let waiting = responses_to_review(tx.conn(), &scope).await?;
            let address = "/api/v1/clinic/responses?state=submitted";
            items.push(count(WorkList::Responses, waiting, address));
        }
        if reads(tx, DataClass::AppointmentDetail).is_some() {
            let left = salus_store::scheduling::visits_of_open_tasks(tx.conn(), now).await?;
            let tasks: BTreeSet<_> = left.into_iter().map(|(task, _)| task).collect();
            let late = salus_store::scheduling::late_tasks(tx.conn(), now).await?;
            let late = late.iter().filter(|task| tasks.contains(task)).count();
            let waiting = Waiting {
                count: i64::try_from(tasks.len()).unwrap_or(i64::MAX),
                overdue: i64::try_from(late).unwrap_or(i64::MAX),
            };
            let address = "/api/v1/clinic/scheduling-tasks";
            items.push(count(WorkList::SchedulingTasks, waiting, address));
        }
        if let Some(scope) = reads(tx, DataClass::AppointmentDetail) {
            let waiting = requests_to_answer(tx.conn(), &scope, now).await?;
            let address = "/api/v1/clinic/appointment-requests?view=waiting";
            items.push(count(WorkList::AppointmentRequests, waiting, address));
        }
        if let Some(scope) = reads(tx, DataClass::Appointment) {
            // Today where the clinic works: the zone of the queue its messages wait in.
            let types = list_message_types(tx.conn()).await?;
            let zone = types.first().and_then(|row| parse_zone(&row.time_zone));
            let zone = zone.unwrap_or(Tz::UTC);
            let today = local_date(now, zone);
            let (from, to) = (day_start(today, zone), day_end(today, zone));
            let waiting = appointments_between(tx.conn(), &scope, from, to).await?;
            let address = format!("/api/v1/clinic/appointments?date={today}");
            items.push(count(WorkList::Appointments, waiting, &address));
        }
        Ok(WorkSummary { items })
    });
    Ok(Json(summary.await?))
}

/// A list that is not this account's is left out, not refused.
fn reads(tx: &Tx, class: DataClass) -> Option<Scope> {
    tx.actor.scope(Act::Read, class).ok()
}

fn count(list: WorkList, waiting: Waiting, address: &str) -> WorkCount {
    WorkCount {
        list,
        count: u32::try_from(waiting.count).unwrap_or(u32::MAX),
        overdue: u32::try_from(waiting.overdue).unwrap_or(u32::MAX),
        address: address.to_owned(),
    }
}
