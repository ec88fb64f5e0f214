//! Looking for a time and taking it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use futures_util::future::try_join3;
use salus_domain::ids::{
    AppointmentId, AppointmentTypeId, DueItemId, HoldId, LocationId, PersonId, ResourceId,
};
use salus_domain::portals::Candidate;
use salus_domain::portals::modules::{APPOINTMENTS, SUPERVISOR_SCHEDULING, said_in};
use salus_domain::scheduling::appointment::ActError;
use salus_domain::scheduling::offered::Offer;
use salus_domain::scheduling::{
    After, Audience, BookingOptions, Item, Modality, Mode, NotOffered, Overrides, PersonCalendar,
    Refused, Region, Search, Slot, SupervisorOptions,
};
use salus_domain::time;
use salus_store::database::error::QueryResult;
use salus_store::database::is_lock_timeout;
use salus_store::scheduling::{self as store, Book, LocationRecord, TypeRecord};
use salus_types::problem;
use salus_types::scheduling::problems::{
    APPOINTMENT_BEGUN, CHECK_IN_CLOSED, LIMIT_REACHED, NOTICE_TOO_SHORT, PAST_DUE, PERSON_BUSY,
    REGION_NOT_COVERED, SEARCH_WINDOW_TOO_WIDE, SLOT_NOT_OFFERED, SLOT_TAKEN, TOO_MANY_MOVES,
};
use serde::de::DeserializeOwned;
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
    /// Where the person will be, if it is online.
    pub(super) region: Option<Region>,
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
        let own = async {
            match self.moving {
                Some(id) => store::claims_of_visit(conn, id).await,
                None => Ok(Vec::new()),
            }
        };
        let (calendar, mut book, own) = try_join3(
            self.calendar(tx, since.min(now)),
            store::load_book(conn, &ids, from, to, now),
            own,
        )
        .await?;
        if let Some(id) = self.moving {
            book.know(id, &own);
        }
        Ok(Look { book, calendar })
    }

    /// The person's own time from then on, as far as the audience is let see it.
    pub(super) async fn calendar(
        &self,
        tx: &Tx,
        since: DateTime<Utc>,
    ) -> QueryResult<PersonCalendar> {
        let (conn, moving) = (tx.shared(), self.moving);
        match self.audience {
            Audience::Supervisor => {
                store::report_calendar(conn, self.person, self.kind.rules.id, since, moving).await
            }
            by => {
                // Only people themselves are held to what their visits follow.
                let after = self.kind.rules.after.filter(|_| by.is_portal());
                let followed = after.map_or(TimeDelta::zero(), After::longest);
                store::person_calendar(conn, self.person, since, followed, moving, tx.now).await
            }
        }
    }

    /// A free time as the audience reads it: rooms and equipment would tell a supervisor what is
    /// done there.
    pub(super) fn shown(&self, slot: &Slot, book: &Book) -> salus_types::scheduling::Slot {
        let mut shown = shown::slot(slot, book, &self.options);
        if self.audience == Audience::Supervisor
            && let Some(resources) = &mut shown.resources
        {
            resources.retain(|named| book.is_provider(named.id));
        }
        shown
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
            region: self.region.as_ref(),
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

    /// Everything that could be taken at a start, with these rules set aside.
    async fn could_take(
        &self,
        tx: &mut Tx,
        place: &LocationRecord,
        start: DateTime<Utc>,
        aside: Overrides,
    ) -> Result<BTreeSet<ResourceId>, ApiError> {
        let now = tx.now;
        let date = time::local_date(start, place.place.zone);
        let look = self.look(tx, &[place], date, date).await?;
        let found = self.search(&look, place, now, |search| {
            // Where every rule holds it is said which one stands in the way.
            if aside.is_empty() {
                search.take(start)
            } else {
                search.take_with(start, aside)
            }
        });
        match found {
            Ok(ways) => Ok(resources_of(&ways).collect()),
            Err(refused) => Err(self.refuse(tx, place, start, refused).await?),
        }
    }

    /// Takes a start: looks, locks everything that could be taken, looks again. What is answered is
    /// free and stays free until the end of the transaction.
    pub(super) async fn take(
        &self,
        tx: &mut Tx,
        place: &LocationRecord,
        start: DateTime<Utc>,
    ) -> Result<Slot, ApiError> {
        self.take_with(tx, place, start, Overrides::NONE).await
    }

    /// The same with these rules set aside, as they were before.
    pub(super) async fn take_with(
        &self,
        tx: &mut Tx,
        place: &LocationRecord,
        start: DateTime<Utc>,
        aside: Overrides,
    ) -> Result<Slot, ApiError> {
        let wanted = self.could_take(tx, place, start, aside).await?;
        self.take_one(tx, place, start, aside, &wanted).await
    }

    /// Takes a start out of what could be taken, with these rules set aside.
    pub(super) async fn take_one(
        &self,
        tx: &mut Tx,
        place: &LocationRecord,
        start: DateTime<Utc>,
        aside: Overrides,
        wanted: &BTreeSet<ResourceId>,
    ) -> Result<Slot, ApiError> {
        match self.take_locked(tx, place, start, aside, wanted).await? {
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
        aside: Overrides,
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
        let taken = self.search(&look, place, now, |search| search.take_with(start, aside));
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
            Refused::PersonBusy | Refused::NotOffered(NotOffered::Limit)
                if self.audience == Audience::Supervisor =>
            {
                SLOT_TAKEN
            }
            Refused::PersonBusy => PERSON_BUSY,
            Refused::RegionNotCovered => return Ok(not_covered()),
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
                    .map(|slot| self.shown(&slot, &look.book)),
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

/// Nobody who works then may see people where the person will be.
pub(super) fn not_covered() -> ApiError {
    ApiError::of(REGION_NOT_COVERED).fields(vec![Field::new("/region", "not_covered")])
}

/// Where the person will be during a visit online: as it is said now, else as it was said before. Of
/// a visit in person nothing is kept.
pub(super) fn region(
    modality: Modality,
    said: Option<&str>,
    before: Option<&Region>,
) -> Result<Option<Region>, ApiError> {
    match (modality, said) {
        (Modality::InPerson, _) => Ok(None),
        (Modality::Telehealth, None) => Ok(before.cloned()),
        (Modality::Telehealth, Some(code)) => Region::parse(code)
            .map(Some)
            .ok_or_else(|| ApiError::field("/region", "unknown")),
    }
}

/// The same where it must be known: a visit online is not taken without it.
pub(super) fn needed_region(
    modality: Modality,
    said: Option<&str>,
    before: Option<&Region>,
) -> Result<Option<Region>, ApiError> {
    let region = region(modality, said, before)?;
    if modality == Modality::Telehealth && region.is_none() {
        return Err(ApiError::field("/region", "required"));
    }
    Ok(region)
}

pub(super) fn resources_of(slots: &[Slot]) -> impl Iterator<Item = ResourceId> {
    slots
        .iter()
        .flat_map(|slot| slot.resources.iter().map(|taken| taken.resource_id))
}

/// What the person's portal says about booking; without the module nobody books by themselves.
pub(crate) async fn portal_options(tx: &mut Tx) -> Result<BookingOptions, ApiError> {
    let person = tx.actor.own_person()?;
    booking_options(tx, person).await
}

async fn booking_options(tx: &mut Tx, person: PersonId) -> Result<BookingOptions, ApiError> {
    let portal = crate::portals::portal_of(tx, Some(person.0), "employee").await?;
    options_said_in(portal.as_ref(), &tx.actor.language)
}

/// What an employee portal says about booking, in the portal's own language.
pub(super) fn options_in(portal: Option<&Candidate>) -> Result<BookingOptions, ApiError> {
    let own = portal.map_or("", |portal| portal.content.default_language.as_str());
    options_said_in(portal, own)
}

/// What an employee portal says about booking, in a reader's language.
fn options_said_in(portal: Option<&Candidate>, language: &str) -> Result<BookingOptions, ApiError> {
    let settings = settings_in(portal, APPOINTMENTS, language)?;
    Ok(settings.unwrap_or_else(|| BookingOptions {
        schedule: false,
        ..BookingOptions::default()
    }))
}

/// What supervisors may do about the visits of a report.
pub(super) async fn supervisor_options(
    tx: &mut Tx,
    report: PersonId,
) -> Result<SupervisorOptions, ApiError> {
    let portal = crate::portals::portal_of(tx, Some(report.0), "supervisor").await?;
    let settings = settings_in(portal.as_ref(), SUPERVISOR_SCHEDULING, &tx.actor.language)?;
    Ok(settings.unwrap_or(SupervisorOptions::OFF))
}

/// What holds for booking a visit for a person in the portal of an audience. The person's own portal
/// has the options of both; whether supervisors take times themselves, theirs says.
pub(super) async fn options_for(
    tx: &mut Tx,
    audience: Audience,
    person: PersonId,
) -> Result<BookingOptions, ApiError> {
    let options = booking_options(tx, person).await?;
    Ok(match audience {
        Audience::Supervisor => BookingOptions {
            schedule: supervisor_options(tx, person).await?.mode == Mode::Schedule,
            ..options
        },
        _ => options,
    })
}

/// The settings of a module of a portal in a reader's language, if the portal has it.
fn settings_in<T: DeserializeOwned>(
    portal: Option<&Candidate>,
    key: &str,
    language: &str,
) -> Result<Option<T>, ApiError> {
    let Some(content) = portal.map(|portal| &portal.content) else {
        return Ok(None);
    };
    let module = content.modules.iter().find(|module| module.key == key);
    module
        .map(|module| said_in(module, language, &content.default_language))
        .map(|settings| serde_json::from_value(serde_json::Value::Object(settings)))
        .transpose()
        .map_err(ApiError::internal)
}

/// A kind of visit, as far as an audience may know of it; of the places it is offered at, at least
/// those among `places`.
pub(super) async fn known_kind(
    tx: &Tx,
    audience: Audience,
    id: AppointmentTypeId,
    places: &[LocationId],
) -> Result<TypeRecord, ApiError> {
    let kind = match audience {
        Audience::Supervisor => store::find_report_type(tx.shared(), id).await?,
        _ => store::find_type(tx.shared(), id, places).await?,
    };
    kind.ok_or_else(ApiError::not_found)
}

/// Whether a portal offers a kind of visit to an audience.
pub(super) fn is_offered(kind: &TypeRecord, audience: Audience, options: &BookingOptions) -> bool {
    options.schedule
        && kind.rules.is_bookable_by(audience)
        && !options.excluded_types.contains(&kind.rules.id)
}

/// A kind of visit the portal offers; others do not exist there.
pub(super) async fn offered_kind(
    tx: &Tx,
    audience: Audience,
    id: AppointmentTypeId,
    places: &[LocationId],
    options: &BookingOptions,
) -> Result<TypeRecord, ApiError> {
    let kind = known_kind(tx, audience, id, places).await?;
    Some(kind)
        .filter(|kind| is_offered(kind, audience, options))
        .ok_or_else(ApiError::not_found)
}

/// The dates of the due item a visit is for; it must be the person's, open, and answered by this
/// kind of visit. A supervisor who names none is held to what is due first all the same.
pub(super) async fn item_dates(
    tx: &mut Tx,
    audience: Audience,
    person: PersonId,
    kind: &TypeRecord,
    item: Option<DueItemId>,
) -> Result<Option<Item>, ApiError> {
    if item.is_none() && audience != Audience::Supervisor {
        return Ok(None);
    }
    let fitting = store::fitting_items(tx.conn(), person, kind.rules.id).await?;
    let Some(wanted) = item else {
        return Ok(fitting.first().map(|first| Item {
            visible_date: None,
            ..first.dates
        }));
    };
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

/// Refuses an act on a visit at a place; whoever is too late is told whom to call there.
pub(super) async fn act_refused_at(
    tx: &Tx,
    location: LocationId,
    error: ActError,
) -> Result<ApiError, ApiError> {
    let phone = match error {
        ActError::NoticeTooShort { .. } => store::find_location(tx.shared(), location)
            .await?
            .and_then(|place| place.phone),
        _ => None,
    };
    Ok(with_phone(error, phone.as_deref()))
}

/// The same where it is known whom to call.
pub(super) fn with_phone(error: ActError, phone: Option<&str>) -> ApiError {
    let refused = act_refused(error);
    match error {
        ActError::NoticeTooShort { .. } => refused.with("phone", phone),
        _ => refused,
    }
}

/// Refuses an act on a visit, without naming whom to call.
pub(super) fn act_refused(error: ActError) -> ApiError {
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
