//! Looking for a time and taking it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use futures_util::future::try_join;
use salus_domain::ids::{AppointmentId, DueItemId, HoldId, LocationId, PersonId, ResourceId};
use salus_domain::scheduling::offered::Offer;
use salus_domain::scheduling::{
    Audience, BookingOptions, Item, Modality, NotOffered, PersonCalendar, Refused, Search, Slot,
};
use salus_domain::time;
use salus_store::database::is_lock_timeout;
use salus_store::scheduling::{self as store, Book, LocationRecord, TypeRecord};
use salus_types::problem;
use salus_types::scheduling::problems::{
    APPOINTMENT_BEGUN, CHECK_IN_CLOSED, LIMIT_REACHED, NOTICE_TOO_SHORT, PAST_DUE, PERSON_BUSY,
    SEARCH_WINDOW_TOO_WIDE, SLOT_NOT_OFFERED, SLOT_TAKEN, TOO_MANY_MOVES,
};
use std::collections::BTreeSet;

use super::shown;
use crate::error::{ApiError, Field};
use crate::transaction::Tx;

/// The days other times are looked for on first, the wanted one among them.
const NEARBY: i64 = 7;

/// What somebody wants, for whom.
pub(super) struct Wish {
    pub(super) audience: Audience,
    pub(super) person: PersonId,
    pub(super) kind: TypeRecord,
    pub(super) options: BookingOptions,
    pub(super) item: Option<Item>,
    pub(super) modality: Modality,
    pub(super) resource: Option<ResourceId>,
    /// The person's own hold, which a new one would free.
    pub(super) own_hold: Option<HoldId>,
    /// The visit that is to be moved.
    pub(super) moving: Option<AppointmentId>,
}

/// Calendars loaded for a wish.
pub(super) struct Look {
    pub(super) book: Book,
    pub(super) calendar: PersonCalendar,
}

impl Wish {
    /// Loads the calendars at some places for the local dates `from` to `to`.
    pub(super) async fn look(
        &self,
        tx: &mut Tx,
        places: &[&LocationRecord],
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Look, ApiError> {
        let now = tx.now;
        let ids: Vec<_> = places
            .iter()
            .map(|record| record.place.location_id)
            .collect();
        let since = from.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::days(2);
        let conn = tx.shared();
        let (calendar, book) = try_join(
            store::person_calendar(conn, self.person, since.min(now), self.moving, now),
            store::load_book(conn, &ids, from, to, now),
        )
        .await?;
        Ok(Look { book, calendar })
    }

    /// Searches one place with what was loaded.
    pub(super) fn search<T>(
        &self,
        look: &Look,
        place: &LocationRecord,
        now: DateTime<Utc>,
        answer: impl FnOnce(&Search<'_>) -> T,
    ) -> T {
        let calendars = look.book.at(place.place, self.own_hold);
        answer(&Search {
            offer: Offer {
                appointment_type: &self.kind.rules,
                audience: self.audience,
                options: &self.options,
                item: self.item,
                person: &look.calendar,
                moving: self.moving.is_some(),
                now,
            },
            place: place.place,
            modality: self.modality,
            calendars: &calendars,
            wanted: self.resource,
            moving: self.moving,
        })
    }

    /// Free times at one place, the provider chosen where the portal wants it so.
    pub(super) fn free(
        &self,
        look: &Look,
        place: &LocationRecord,
        (from, to): (NaiveDate, NaiveDate),
        now: DateTime<Utc>,
    ) -> Vec<Slot> {
        let any = self.options.force_any_provider
            || (self.options.first_available && self.audience.is_portal());
        self.search(look, place, now, |search| {
            if any && self.resource.is_none() {
                search.first_available(from, to)
            } else {
                search.slots(from, to)
            }
        })
    }

    /// Takes a start: looks, locks everything that could be taken, looks again. What is answered is
    /// free and stays free until the end of the transaction.
    pub(super) async fn take(
        &self,
        tx: &mut Tx,
        place: &LocationRecord,
        start: DateTime<Utc>,
    ) -> Result<Slot, ApiError> {
        let now = tx.now;
        let date = time::local_date(start, place.place.zone);
        let look = self.look(tx, &[place], date, date).await?;
        let ways = match self.search(&look, place, now, |search| search.take(start)) {
            Ok(ways) => ways,
            Err(refused) => return Err(self.refuse(tx, place, start, refused).await?),
        };
        let wanted: BTreeSet<ResourceId> = resources_of(&ways).collect();
        match self.take_locked(tx, place, start, &wanted).await? {
            Ok(slot) => Ok(slot),
            Err(refused) => {
                // Others wait for these locks; the search for other times needs none.
                store::give_up_attempt(tx.conn()).await?;
                Err(self.refuse(tx, place, start, refused).await?)
            }
        }
    }

    async fn take_locked(
        &self,
        tx: &mut Tx,
        place: &LocationRecord,
        start: DateTime<Utc>,
        wanted: &BTreeSet<ResourceId>,
    ) -> Result<Result<Slot, Refused>, ApiError> {
        let now = tx.now;
        let date = time::local_date(start, place.place.zone);
        let ids: Vec<ResourceId> = wanted.iter().copied().collect();
        match store::begin_attempt(tx.shared(), self.person, &ids, now).await {
            Ok(()) => {}
            // So many want it that there is no getting through: somebody gets it.
            Err(error) if is_lock_timeout(&error) => return Ok(Err(Refused::Taken)),
            Err(error) => return Err(error.into()),
        }
        let look = self.look(tx, &[place], date, date).await?;
        let taken = self.search(&look, place, now, |search| search.take(start));
        let locked = |slot: &Slot| {
            slot.resources
                .iter()
                .all(|taken| wanted.contains(&taken.resource_id))
        };
        Ok(taken.and_then(|ways| ways.into_iter().find(locked).ok_or(Refused::Taken)))
    }

    /// Puts a refusal into the problem that belongs to it.
    pub(super) async fn refuse(
        &self,
        tx: &mut Tx,
        place: &LocationRecord,
        start: DateTime<Utc>,
        refused: Refused,
    ) -> Result<ApiError, ApiError> {
        let taken = match refused {
            Refused::Taken => SLOT_TAKEN,
            // A supervisor must not learn the difference: it would tell of visits they may not see.
            Refused::PersonBusy if self.audience == Audience::Supervisor => SLOT_TAKEN,
            Refused::PersonBusy => PERSON_BUSY,
            Refused::NotOffered(NotOffered::PastDue) => return Ok(ApiError::of(PAST_DUE)),
            Refused::NotOffered(NotOffered::Limit) => return Ok(ApiError::of(LIMIT_REACHED)),
            Refused::NotOffered(_) | Refused::NoCandidate => {
                return Ok(not_offered());
            }
        };
        let others = self.others(tx, place, start).await?;
        Ok(ApiError::of(taken).with("next_slots", others))
    }

    /// The next three free starts, nearby days first.
    async fn others(
        &self,
        tx: &mut Tx,
        place: &LocationRecord,
        start: DateTime<Utc>,
    ) -> Result<Vec<salus_types::scheduling::Slot>, ApiError> {
        let now = tx.now;
        let date = time::local_date(start, place.place.zone);
        let plus = |days| date + TimeDelta::days(days);
        let mut found = Vec::new();
        for (from, to) in [(date, plus(NEARBY - 1)), (plus(NEARBY), plus(30))] {
            let look = self.look(tx, &[place], from, to).await?;
            let free = self.search(&look, place, now, |search| search.first_available(from, to));
            found.extend(
                free.into_iter()
                    .filter(|slot| slot.starts_at > start)
                    .map(|slot| shown::slot(&slot, &look.book, &self.options)),
            );
            if found.len() >= 3 {
                break;
            }
        }
        found.truncate(3);
        Ok(found)
    }
}

/// No such time is offered.
pub(super) fn not_offered() -> ApiError {
    ApiError::of(SLOT_NOT_OFFERED).fields(vec![Field::new("/starts_at", "not_offered")])
}

fn resources_of(slots: &[Slot]) -> impl Iterator<Item = ResourceId> {
    slots
        .iter()
        .flat_map(|slot| slot.resources.iter().map(|taken| taken.resource_id))
}

/// The key of the portal module these options belong to.
const MODULE: &str = "appointments";

/// What the person's portal says about booking; without the module nobody books by themselves.
pub(super) async fn portal_options(tx: &mut Tx) -> Result<BookingOptions, ApiError> {
    let person = tx.actor.own_person()?;
    let portal = crate::portals::portal_of(tx, Some(person.0), "employee").await?;
    let modules = portal
        .map(|portal| portal.content.modules)
        .unwrap_or_default();
    match modules.into_iter().find(|module| module.key == MODULE) {
        Some(module) => {
            let settings = serde_json::Value::Object(module.settings);
            serde_json::from_value(settings).map_err(ApiError::internal)
        }
        None => Ok(BookingOptions {
            schedule: false,
            ..BookingOptions::default()
        }),
    }
}

/// A kind of visit the portal offers to the person; others do not exist there.
pub(super) async fn offered_kind(
    tx: &mut Tx,
    id: salus_domain::ids::AppointmentTypeId,
    places: &[LocationId],
    options: &BookingOptions,
) -> Result<TypeRecord, ApiError> {
    let kind = store::find_type(tx.shared(), id, places).await?;
    kind.filter(|kind| {
        options.schedule
            && kind.rules.is_bookable_by(Audience::Employee)
            && !options.excluded_types.contains(&kind.rules.id)
    })
    .ok_or_else(ApiError::not_found)
}

/// The dates of the due item a visit is for; it must be the person's, open, and answered by this
/// kind of visit.
pub(super) async fn item_dates(
    tx: &mut Tx,
    person: PersonId,
    kind: &TypeRecord,
    item: Option<DueItemId>,
) -> Result<Option<Item>, ApiError> {
    let Some(wanted) = item else {
        return Ok(None);
    };
    let fitting = store::fitting_items(tx.conn(), person, kind.rules.id).await?;
    fitting
        .iter()
        .find(|item| item.id == wanted)
        .map(|item| Some(item.dates))
        .ok_or_else(ApiError::not_found)
}

/// Checks the dates of a search.
pub(super) fn check_span(from: NaiveDate, to: NaiveDate) -> Result<(), ApiError> {
    salus_domain::scheduling::search::check_span(from, to)
        .map_err(|_| ApiError::of(SEARCH_WINDOW_TOO_WIDE))
}

/// A comment, trimmed; nothing where nothing was written.
pub(super) fn comment(text: Option<&str>, pointer: &str) -> Result<Option<String>, ApiError> {
    words(text, pointer, 500)
}

/// Something written, trimmed, of at most so many characters; nothing where nothing was written.
pub(super) fn words(
    text: Option<&str>,
    pointer: &str,
    limit: usize,
) -> Result<Option<String>, ApiError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > limit) {
        return Err(ApiError::invalid(vec![
            Field::new(pointer, "too_long").with("limit", limit),
        ]));
    }
    Ok(text.map(str::to_owned))
}

/// A reason that must be given, at most 500 characters.
pub(super) fn reason(text: &str) -> Result<String, ApiError> {
    let written = words(Some(text), "/reason", 500)?;
    written.ok_or_else(|| ApiError::invalid(vec![Field::new("/reason", "required")]))
}

/// Refuses an act on a visit.
pub(super) fn act_refused(error: salus_domain::scheduling::appointment::ActError) -> ApiError {
    use salus_domain::scheduling::appointment::ActError;
    match error {
        ActError::WrongState => ApiError::of(problem::WRONG_STATE),
        ActError::Begun => ApiError::of(APPOINTMENT_BEGUN),
        ActError::CheckInClosed => ApiError::of(CHECK_IN_CLOSED),
        ActError::TooManyMoves => ApiError::of(TOO_MANY_MOVES),
        ActError::NoticeTooShort { deadline } => {
            ApiError::of(NOTICE_TOO_SHORT).with("deadline", deadline)
        }
    }
}
