//! Time that becomes free. It is told in the outbox, and whoever waits for a time is asked later.

use chrono::{DateTime, Utc};
use salus_domain::ids::{AppointmentId, LocationId, OfferRoundId, ResourceId};
use salus_domain::scheduling::{Freed, FreedBy, Stretch};
use salus_store::scheduling::{self as store, OfferRecord};
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
