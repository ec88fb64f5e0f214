//! Time that becomes free. It is told in the outbox, and whoever waits for a time is asked later.

use chrono::{DateTime, TimeDelta, Utc};
use salus_domain::ids::{AppointmentId, LocationId, OfferRoundId, ResourceId};
use salus_domain::scheduling::opening::{self, Opened};
use salus_domain::scheduling::{
    Blackout, Freed, FreedBy, Place, ResourceCalendar, Schedule, Stretch, Target,
};
use salus_store::scheduling::{self as store, Book, OfferRecord};
use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::transaction::Tx;

/// Under which name it is told.
pub(super) const KIND: &str = "time.freed";

/// What is told.
#[derive(Serialize, Deserialize)]
pub(super) struct FreedTime {
    location_id: LocationId,
    resource_ids: Vec<ResourceId>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    pub(super) freed_by: FreedBy,
    /// The round whose time was taken in exchange for this one.
    pub(super) after: Option<OfferRoundId>,
}

impl FreedTime {
    pub(super) fn freed(&self) -> Freed {
        Freed {
            location: self.location_id,
            resources: self.resource_ids.clone(),
            gap: Stretch {
                from: self.from,
                until: self.until,
            },
        }
    }
}

/// Tells that what a visit has taken is about to be free; to be called before it is.
pub(super) async fn of_visit(
    tx: &mut Tx,
    id: AppointmentId,
    by: FreedBy,
    after: Option<OfferRoundId>,
) -> Result<(), ApiError> {
    match store::taken_by_visit(tx.shared(), id).await? {
        Some(freed) => tell(tx, freed, by, after),
        None => Ok(()),
    }
}

/// Tells that a time is free that the clinic had proposed.
pub(super) fn of_offer(tx: &mut Tx, offer: &OfferRecord) -> Result<(), ApiError> {
    let freed = Freed {
        location: offer.location,
        resources: offer.resources.clone(),
        gap: Stretch {
            from: offer.starts_at,
            until: offer.ends_at,
        },
    };
    tell(tx, freed, FreedBy::Refusal, None)
}

/// Tells what a blackout kept as it was before and nothing keeps as it is now.
pub(super) async fn of_blackout(tx: &mut Tx, before: &Blackout) -> Result<(), ApiError> {
    let schedules = store::list_schedules(tx.conn(), None, false).await?;
    let at = schedules.into_iter().map(|schedule| schedule.rules);
    let at = at.filter(|schedule| match before.target {
        Target::Resource(id) => schedule.resource_id == id,
        Target::Location(id) => schedule.location_id == id,
        Target::Organization => true,
    });
    let mut places: Vec<LocationId> = at.map(|schedule| schedule.location_id).collect();
    places.sort_unstable();
    places.dedup();
    let by = FreedBy::BlackoutEnded;
    tell_opened(tx, &places, by, |book, calendar, place, within| {
        let kept = book.kept_by(before, calendar.resource.id, place);
        opening::reopened(calendar, place, &kept, before.modality, within)
    })
    .await
}

/// Tells what a schedule that was saved gives beyond what it gave before.
pub(super) async fn of_schedule(
    tx: &mut Tx,
    before: Option<&Schedule>,
    after: &Schedule,
) -> Result<(), ApiError> {
    let (places, by) = ([after.location_id], FreedBy::CapacityAdded);
    tell_opened(tx, &places, by, |_, calendar, place, within| {
        if calendar.resource.id == after.resource_id {
            opening::added(before, after, calendar, place, within)
        } else {
            Vec::new()
        }
    })
    .await
}

/// Tells what is open now at some places, of the next days and far enough ahead to be offered.
async fn tell_opened(
    tx: &mut Tx,
    places: &[LocationId],
    by: FreedBy,
    opened: impl Fn(&Book, &ResourceCalendar, Place, Stretch) -> Vec<Stretch>,
) -> Result<(), ApiError> {
    if places.is_empty() {
        return Ok(());
    }
    let now = tx.now;
    let until = now + TimeDelta::days(opening::DAYS);
    let dates = (now.date_naive(), until.date_naive());
    let book = store::load_book(tx.shared(), places, dates.0, dates.1, now).await?;
    let mut all = Vec::new();
    for (place, keep) in store::places_that_offer(tx.shared(), places).await? {
        let from = keep.earliest(now);
        let within = Stretch { from, until };
        all.extend(book.at(place, None).iter().map(|calendar| Opened {
            location: place.location_id,
            resource: calendar.resource.id,
            kind: calendar.resource.kind,
            stretches: opened(&book, calendar, place, within),
        }));
    }
    for freed in opening::times(all) {
        tell(tx, freed, by, None)?;
    }
    Ok(())
}

fn tell(
    tx: &mut Tx,
    freed: Freed,
    freed_by: FreedBy,
    after: Option<OfferRoundId>,
) -> Result<(), ApiError> {
    // What has begun is of no use to anybody.
    if freed.gap.from <= tx.now {
        return Ok(());
    }
    let told = FreedTime {
        location_id: freed.location,
        resource_ids: freed.resources,
        from: freed.gap.from,
        until: freed.gap.until,
        freed_by,
        after,
    };
    let payload = serde_json::to_value(told).map_err(ApiError::internal)?;
    tx.emit(KIND, payload);
    Ok(())
}
