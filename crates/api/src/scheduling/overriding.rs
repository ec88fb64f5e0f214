//! Times that staff take against a rule.

use chrono::{DateTime, Utc};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, ResourceId};
use salus_domain::scheduling::overrides::{self, LONGEST_REASON, OverrideError, SHORTEST_REASON};
use salus_domain::scheduling::{Override, Overrides, Slot};
use salus_domain::time;
use salus_store::scheduling::{self as store, AppointmentRecord, LocationRecord};
use salus_types::scheduling::OverrideRules;
use salus_types::scheduling::problems::{OVERRIDE_NEEDED, OVERRIDE_REASON_REQUIRED};
use std::collections::BTreeSet;

use super::shown::{self, OVERRIDE_REASON};
use super::taking::{Wish, not_covered, resources_of};
use crate::error::{ApiError, Field};
use crate::transaction::Tx;

/// What staff set aside, and why.
#[derive(Default)]
pub(super) struct Aside {
    kinds: Overrides,
    reason: String,
}

impl Aside {
    /// Reads what was sent.
    pub(super) fn read(sent: Option<&OverrideRules>) -> Result<Self, ApiError> {
        let Some(sent) = sent else {
            return Ok(Self::default());
        };
        let reason = sent.reason.trim().to_owned();
        let length = reason.chars().count();
        if length < SHORTEST_REASON {
            let field = Field::new("/override/reason", "too_short");
            let field = field.with("limit", SHORTEST_REASON);
            return Err(ApiError::of(OVERRIDE_REASON_REQUIRED).fields(vec![field]));
        }
        if length > LONGEST_REASON {
            let field = Field::new("/override/reason", "too_long");
            return Err(ApiError::invalid(vec![field.with("limit", LONGEST_REASON)]));
        }
        Ok(Self {
            kinds: sent.kinds.iter().copied().collect(),
            reason,
        })
    }

    /// Whether it is just what stands in the way.
    pub(super) fn check(&self, needed: Overrides) -> Result<(), ApiError> {
        overrides::check(needed, self.kinds).map_err(|error| match error {
            OverrideError::Needed(needed) => {
                ApiError::of(OVERRIDE_NEEDED).with("kinds", needed.kinds())
            }
            OverrideError::NotAskedFor => ApiError::field("/override/kinds", "not_asked_for"),
        })
    }

    /// Names in the trail, for the last permitted act, what of it counts there and why, and the visits that
    /// something stands beside.
    pub(super) fn tell(&self, tx: &mut Tx, kinds: Overrides, beside: &[AppointmentId]) {
        let mut fields = named(kinds);
        fields.extend(
            beside
                .iter()
                .map(|other| format!("override.beside.{other}")),
        );
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        tx.detail(&fields, Some(&self.reason));
    }

    /// Why, for staff.
    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    /// Notes on the visit what was set aside for it; the trail names the visits it stands beside.
    pub(super) async fn note(
        &self,
        tx: &mut Tx,
        visit: AppointmentId,
        beside: &[AppointmentId],
    ) -> Result<(), ApiError> {
        if self.kinds.is_empty() {
            return Ok(());
        }
        let found: AppointmentRecord = store::find_appointment(tx.shared(), visit)
            .await?
            .ok_or_else(ApiError::not_found)?;
        let about = About::person(found.person)
            .employer(found.employer)
            .object(visit);
        let allowed = tx.allow(Act::Change, DataClass::AppointmentDetail, about, visit)?;
        self.tell(tx, self.kinds, beside);
        let sealed =
            shown::seal(tx, found.person, visit, OVERRIDE_REASON, Some(&self.reason)).await?;
        let sealed = sealed.unwrap_or_default();
        Ok(store::set_aside(tx.shared(), &allowed, self.kinds, &sealed).await?)
    }
}

/// Rules that are set aside, as the trail names them.
pub(super) fn named(kinds: Overrides) -> Vec<String> {
    let kinds = kinds.kinds().into_iter();
    kinds
        .map(|kind| format!("override.{}", kind.as_str()))
        .collect()
}

/// A start as staff can take it.
pub(super) struct Forced {
    /// The rules of calendars that have to be set aside: as few as can be.
    pub(super) fewest: Overrides,
    /// All rules that stand in the way.
    pub(super) needed: Overrides,
    /// Everything that could be taken.
    pub(super) wanted: BTreeSet<ResourceId>,
    /// The visits it stands beside.
    pub(super) beside: Vec<AppointmentId>,
}

/// Whether who asks may answer for seeing somebody where they are not licensed: the front desk may not.
pub(super) fn is_professional(tx: &Tx) -> bool {
    let class = DataClass::AppointmentDetail;
    tx.actor.scope(Act::Review, class).is_ok()
}

impl Wish {
    /// What of the rules stands in the way of a start for staff, beside those that do so already.
    pub(super) async fn could_force(
        &self,
        tx: &mut Tx,
        place: &LocationRecord,
        start: DateTime<Utc>,
        needed: Overrides,
    ) -> Result<Forced, ApiError> {
        let now = tx.now;
        let date = time::local_date(start, place.place.zone);
        let look = self.look(tx, &[place], date, date).await?;
        let found = self.search(&look, place, now, |search| {
            let (fewest, ways) = search.force(start)?;
            let beside = ways.first().map(|slot| search.beside(slot));
            Ok((fewest, ways, beside.unwrap_or_default()))
        });
        let (fewest, ways, beside) = match found {
            Ok(found) => found,
            Err(refused) => return Err(self.refuse(tx, place, start, refused).await?),
        };
        let needed = needed.and(fewest);
        if needed.has(Override::Region) && !is_professional(tx) {
            return Err(not_covered());
        }
        Ok(Forced {
            fewest,
            needed,
            wanted: resources_of(&ways).collect(),
            beside,
        })
    }

    /// Takes a start for staff, who may set rules aside by their names; `needed` are those that stand
    /// in the way already. Answers the slot and the visits it stands beside.
    pub(super) async fn force(
        &self,
        tx: &mut Tx,
        place: &LocationRecord,
        start: DateTime<Utc>,
        aside: &Aside,
        needed: Overrides,
    ) -> Result<(Slot, Vec<AppointmentId>), ApiError> {
        let forced = self.could_force(tx, place, start, needed).await?;
        aside.check(forced.needed)?;
        let slot = self
            .take_one(tx, place, start, forced.fewest, &forced.wanted)
            .await?;
        Ok((slot, forced.beside))
    }
}
