//! Pages of free times.

use chrono::{DateTime, Days, NaiveDate, Utc};
use salus_domain::ids::{LocationId, ResourceId};
use salus_domain::scheduling::{BookingOptions, Slot};
use salus_domain::time;
use salus_store::scheduling::LocationRecord;
use salus_types::page::{Page, PageQuery};
use salus_types::scheduling::Slot as ShownSlot;
use std::cmp::Reverse;

use super::taking::Wish;
use crate::error::ApiError;
use crate::extract::{cursor, limit, place};
use crate::transaction::Tx;

/// How many days are looked at first; each time these do not fill a page, three times as many.
const FIRST_LOOK: u64 = 4;

/// What free times are ordered by: start, preference, then what leads and where.
type Place = (DateTime<Utc>, Reverse<u8>, Option<ResourceId>, LocationId);

/// Where the clinic chooses who leads there is one time for each start, and the page says nothing of
/// whom.
fn place_of(slot: &Slot, options: &BookingOptions) -> Place {
    let lead = slot.resources.first().map(|assigned| assigned.resource_id);
    let lead = lead.filter(|_| !options.force_any_provider);
    let preference = Reverse(slot.priority);
    (slot.starts_at, preference, lead, slot.place.location_id)
}

/// A page of what is free at some places on the local dates `from` to `to`. Only as many days are
/// looked at as fill it.
pub(super) async fn page_of_slots(
    tx: &mut Tx,
    wish: &Wish,
    places: &[&LocationRecord],
    (from, to): (NaiveDate, NaiveDate),
    page: &PageQuery,
) -> Result<Page<ShownSlot>, ApiError> {
    let limit = usize::try_from(limit(page)?).unwrap_or_default();
    let after = place::<Place>(page.cursor.as_deref())?;
    let now = tx.now;
    let zones = || places.iter().map(|record| record.place.zone);
    let begun = after.and_then(|(start, ..)| {
        let dates = zones().map(|zone| time::local_date(start, zone));
        dates.min()
    });
    let mut from = begun.map_or(from, |date| date.max(from));
    let mut days = FIRST_LOOK;
    let mut found: Vec<(Place, ShownSlot)> = Vec::new();
    while from <= to && !places.is_empty() {
        let until = to.min(from + Days::new(days - 1));
        let look = wish.look(tx, places, from, until).await?;
        let slots = places
            .iter()
            .flat_map(|record| wish.free(&look, record, (from, until), now))
            .map(|slot| (place_of(&slot, &wish.options), slot))
            .filter(|(place, _)| after.is_none_or(|after| *place > after));
        let mut slots: Vec<_> = slots.collect();
        slots.sort_by_key(|(place, _)| *place);
        // What is beyond the page need not be told in full.
        slots.truncate(limit + 1);
        let shown = slots
            .iter()
            .map(|(place, slot)| (*place, wish.shown(slot, &look.book)));
        found.extend(shown);
        found.sort_by_key(|(place, _)| *place);
        from = until + Days::new(1);
        days *= 3;
        // Another place's clock may be behind: only what no later look can come before is settled.
        let settled = zones().map(|zone| time::day_start(from, zone)).min();
        let is_settled = |(place, _): &(Place, _)| settled.is_none_or(|until| place.0 < until);
        if found.get(limit).is_some_and(is_settled) {
            break;
        }
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|(place, _)| cursor(place)).transpose()?;
    Ok(Page {
        items: found.into_iter().map(|(_, slot)| slot).collect(),
        next_cursor,
    })
}
