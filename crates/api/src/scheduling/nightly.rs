//! What the night does with visits that nobody said anything of, and with visits ahead that somebody
//! has to look after: nothing moves by itself.

use chrono::{DateTime, Utc};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, LocationId, ProviderOrgId};
use salus_domain::scheduling::appointment::{days_gone_before, keeps_its_word, perform};
use salus_domain::scheduling::{Act as VisitAct, Audience, State};
use salus_store::scheduling::{self as store, Cancellation, NewTask, TaskKind};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use uuid::Uuid;

use super::booking::{give_back, tell};
use super::digests::write_digests_once;
use super::rounds::close_settled;
use super::taking::act_refused;
use super::tasks;
use super::wait_list::wait_for_older;
use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::Tx;

/// The most visits of one location in one transaction.
const AT_ONCE: i64 = 200;
/// The most visits ahead that are looked at in one transaction.
const LOOKED_AT: i64 = 1000;

/// Settles the days gone by, each minute, looks after the visits ahead, each hour, and writes digests,
/// until the server stops.
pub async fn settle(state: AppState) {
    let mut stopping = state.stop.follow();
    let (mut looked, mut told) = (None, None);
    loop {
        if let Err(error) = settle_once(&state).await {
            tracing::warn!(
                error = error.logged(),
                "visits of the days gone by could not be settled"
            );
        }
        // Midnight comes at some place each hour.
        let hour = state.clock.now().timestamp() / 3600;
        if looked != Some(hour) {
            match look_after_once(&state).await {
                Ok(()) => looked = Some(hour),
                Err(error) => tracing::warn!(
                    error = error.logged(),
                    "visits ahead could not be looked after"
                ),
            }
        }
        // Zones differ by quarters of an hour.
        let quarter = state.clock.now().timestamp() / 900;
        if told != Some(quarter) {
            match write_digests_once(&state).await {
                Ok(()) => told = Some(quarter),
                Err(error) => {
                    tracing::warn!(error = error.logged(), "digests could not be written");
                }
            }
        }
        if !stopping.pause(Duration::from_secs(60)).await {
            return;
        }
    }
}

/// Settles the days gone by: from half past midnight at its location on, a visit without a check-in
/// is missed, unless the location says that itself, and one the clinic never agreed to is given back. Who waits for what is no longer due
/// waits no more.
///
/// # Errors
/// What the database says.
pub async fn settle_once(state: &AppState) -> Result<(), ApiError> {
    for org in state.organizations().await? {
        state
            .run_system(org, "settle_visits", async |tx: &mut Tx| {
                let now = tx.now;
                for place in store::settled_places(tx.conn()).await? {
                    let before = days_gone_before(now, place.zone);
                    for id in store::open_before(tx.conn(), &place, before, AT_ONCE).await? {
                        settle_visit(tx, id).await?;
                    }
                }
                close_settled(tx).await
            })
            .await?;
    }
    Ok(())
}

/// Puts on the wait list what is due and is not there yet, and opens a task for the visits ahead that
/// nobody should be surprised by: those of people who no longer
/// work for the employer, and each that would start at another time of day than was promised. A visit
/// that was in such a task at the same start comes into no other one.
///
/// # Errors
/// What the database says.
pub async fn look_after_once(state: &AppState) -> Result<(), ApiError> {
    for org in state.organizations().await? {
        while state
            .run_system(org, "wait_for_due_items", wait_for_older)
            .await?
        {}
        state
            .run_system(org, "look_after_visits", async |tx: &mut Tx| {
                let now = tx.now;
                store::close_settled_notices(tx.conn(), now).await?;
                visits_of_ended(tx).await
            })
            .await?;
        look_at_clocks(state, org, None).await?;
    }
    Ok(())
}

/// Opens a task for each visit ahead, at one place or everywhere, that would start at another time of day
/// than was promised.
pub(super) async fn look_at_clocks(
    state: &AppState,
    org: ProviderOrgId,
    place: Option<LocationId>,
) -> Result<(), ApiError> {
    let mut after = Some((state.clock.now(), Uuid::nil()));
    while let Some(from) = after {
        after = state
            .run_system(org, "look_after_visits", async |tx: &mut Tx| {
                visits_with_other_clocks(tx, place, from).await
            })
            .await?;
    }
    Ok(())
}

/// One task for all visits of a person for an employer they no longer work for.
async fn visits_of_ended(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let visits = store::visits_of_ended(tx.conn(), now).await?;
    let ids: Vec<_> = visits.iter().map(|(.., id, _)| *id).collect();
    let new = without_task(tx, TaskKind::EmploymentEnded, &ids).await?;
    let visits = visits.iter().filter(|(.., id, _)| new.contains(id));
    let mut whose: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (person, employer, id, start) in visits {
        let key = (person.0, employer.0);
        whose.entry(key).or_default().push((*id, *start));
    }
    for visits in whose.values() {
        open(tx, TaskKind::EmploymentEnded, visits).await?;
    }
    Ok(())
}

/// A task for each of the next visits whose time of day would not be the one that was promised. Answers
/// from where on to look further.
async fn visits_with_other_clocks(
    tx: &mut Tx,
    place: Option<LocationId>,
    from: (DateTime<Utc>, Uuid),
) -> Result<Option<(DateTime<Utc>, Uuid)>, ApiError> {
    let page = store::promised_visits(tx.conn(), place, from, LOOKED_AT).await?;
    let full = i64::try_from(page.len()).is_ok_and(|count| count == LOOKED_AT);
    let last = page.last().map(|visit| (visit.starts_at, visit.id.0));
    let moved = page
        .iter()
        .filter(|visit| !keeps_its_word(visit.starts_at, visit.promised, visit.zone));
    let moved: Vec<_> = moved.collect();
    let ids: Vec<_> = moved.iter().map(|visit| visit.id).collect();
    let new = without_task(tx, TaskKind::ZoneChanged, &ids).await?;
    for visit in moved.iter().filter(|visit| new.contains(&visit.id)) {
        open(tx, TaskKind::ZoneChanged, &[(visit.id, visit.starts_at)]).await?;
    }
    Ok(last.filter(|_| full))
}

/// Those of some visits that were in no task of a kind yet; another server waits here.
async fn without_task(
    tx: &mut Tx,
    kind: TaskKind,
    visits: &[AppointmentId],
) -> Result<BTreeSet<AppointmentId>, ApiError> {
    let known = store::visits_with_task(tx.conn(), kind, visits).await?;
    let mut new: BTreeSet<_> = visits.iter().copied().collect();
    new.retain(|visit| !known.contains(visit));
    for visit in &new {
        store::lock_appointment(tx.conn(), *visit).await?;
    }
    let locked: Vec<_> = new.iter().copied().collect();
    let known = store::visits_with_task(tx.conn(), kind, &locked).await?;
    new.retain(|visit| !known.contains(visit));
    Ok(new)
}

async fn open(
    tx: &mut Tx,
    kind: TaskKind,
    visits: &[(AppointmentId, DateTime<Utc>)],
) -> Result<(), ApiError> {
    tasks::open(tx, &NewTask::new(kind, visits)).await
}

async fn settle_visit(tx: &mut Tx, id: AppointmentId) -> Result<(), ApiError> {
    let now = tx.now;
    let Some(found) = store::lock_appointment(tx.conn(), id).await? else {
        return Ok(());
    };
    let act = match found.rules.state {
        State::Booked => VisitAct::Miss,
        State::Pending => VisitAct::Deny,
        // Somebody was quicker.
        _ => return Ok(()),
    };
    let about = About::person(found.person)
        .employer(found.employer)
        .object(id);
    let allowed = tx.allow(Act::Change, DataClass::Appointment, about, found.rules)?;
    tx.detail(&["state"], None);
    let (visit, event) = allowed
        .decide(|rules| perform(rules, act, Audience::Clinic, now))
        .map_err(act_refused)?;
    if act == VisitAct::Miss {
        store::progress_appointment(tx.shared(), &visit, act, None, now).await?;
    } else {
        let reasons = store::cancel_reasons(tx.conn()).await?;
        let reason = reasons.iter().find(|one| one.rules.is_of_the_night());
        let how = Cancellation {
            reason: reason.map(|reason| reason.id),
            ..Cancellation::by(Audience::Clinic, None, now)
        };
        give_back(tx, &visit, &how).await?;
        let visit = [(id, found.rules.starts_at)];
        open(tx, TaskKind::NotConfirmed, &visit).await?;
    }
    tell(tx, event, found.person, found.employer);
    Ok(())
}
