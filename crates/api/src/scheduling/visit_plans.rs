//! One visit for everything due.

use actix_web::web::{self, Data, Json};
use actix_web::{get, post};
use chrono::{DateTime, Days, NaiveDate, Utc};
use futures_util::future::{try_join, try_join4};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{
    AppointmentId, AppointmentTypeId, EmployerId, LocationId, PersonId, ResourceId,
};
use salus_domain::scheduling::visit_plans::{is_sound, plan};
use salus_domain::scheduling::{
    Audience, BookingOptions, DueVisit, Item, Modality, Part, Slot, VisitPlan,
};
use salus_domain::time;
use salus_store::database::is_lock_timeout;
use salus_store::scheduling::{self as store, Book, HeldClaims, LocationRecord, TypeRecord};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::problems::{COMMENT_REQUIRED, PLAN_STALE};
use salus_types::scheduling::{
    self as wire, Appointment, BookVisitPlan, PlannedPart, PlannedVisit, VisitPlans,
};
use std::collections::BTreeSet;
use uuid::Uuid;

use super::booking::{self, Booked};
use super::shown::{self, Around};
use super::taking::{Wish, comment, is_offered, portal_options};
use crate::access::{Caller, Me};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Idempotency, cursor, place as read_back};
use crate::state::AppState;
use crate::transaction::Tx;

/// How far ahead plans reach, in days.
const REACH: u64 = 62;

/// Everything due for oneself in as few visits as possible.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = VisitPlans),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/me/visit-plans")]
pub async fn list_my_visit_plans(
    caller: Caller<Me>,
    state: Data<AppState>,
) -> Result<Json<VisitPlans>, ApiError> {
    let (everything, book, language) = state
        .run(&caller, async |tx| {
            let mut everything = Everything::load(tx).await?;
            let book = everything.look(tx).await?;
            Ok((everything, book, tx.actor.language.clone()))
        })
        .await?;
    let comments = !everything.options.disable_comments;
    let Some(book) = book else {
        return Ok(Json(VisitPlans {
            items: Vec::new(),
            next_cursor: None,
            left_out: everything.without(&[], &language),
            comments,
        }));
    };
    // Trying all combinations takes a while; others go on meanwhile.
    let due = everything.due.clone();
    let found = web::block(move || plan(&due))
        .await
        .map_err(ApiError::internal)?;
    let planned: Vec<usize> = (0..everything.due.len())
        .filter(|due| !found.left_out.contains(due))
        .collect();
    Ok(Json(VisitPlans {
        items: found
            .plans
            .iter()
            .map(|plan| everything.shown(plan, &book, &language))
            .collect::<Result<_, _>>()?,
        next_cursor: None,
        left_out: everything.without(&planned, &language),
        comments,
    }))
}

/// Book all visits of a plan, or none.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = String, Path, description = "The plan")),
    request_body = BookVisitPlan,
    responses(
        (status = 201, body = Page<Appointment>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`plan-stale`"),
        (status = 422, body = Problem, description = "`comment-required`, `invalid`"),
    )
)]
#[post("/me/visit-plans/{id}/booking")]
pub async fn book_my_visit_plan(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: web::Path<String>,
    key: Idempotency,
    body: Body<BookVisitPlan>,
) -> Result<Created, ApiError> {
    state
        .create(&caller.competing(), &key, &body, async |tx: &mut Tx| {
            let person = tx.actor.own_person()?;
            tx.allow(
                Act::Create,
                DataClass::Appointment,
                About::person(person),
                (),
            )?;
            let wanted = Named::read(&id)?;
            let everything = Everything::load(tx).await?;
            let written = comment(body.comment.as_deref(), "/comment")?;
            let wishes = everything.wishes(&wanted)?;
            let required = &everything.options.comment_required_types;
            let wants_comment = wishes
                .iter()
                .any(|(wish, ..)| required.contains(&wish.kind.rules.id));
            if written.is_none() && wants_comment {
                return Err(
                    ApiError::of(COMMENT_REQUIRED).fields(vec![Field::new("/comment", "required")])
                );
            }
            let booked = everything.book(tx, &wanted, &wishes, written).await?;
            let mut records = Vec::with_capacity(booked.len());
            for id in booked {
                let record = store::find_appointment(tx.shared(), id).await?;
                records.push(record.ok_or_else(ApiError::not_found)?);
            }
            let around = Around::load(tx, &records).await?;
            let items: Vec<Appointment> = records
                .iter()
                .map(|record| around.for_person(record, &tx.actor.language, tx.now))
                .collect::<Result<_, _>>()?;
            Created::at("/api/v1/me/appointments".to_owned(), 1, &Page::last(items))
        })
        .await
}

/// A plan by what is in it: for each visit its parts, by kind, start and place.
struct Named(Vec<Vec<(AppointmentTypeId, DateTime<Utc>, LocationId)>>);

impl Named {
    fn of(plan: &VisitPlan, due: &[DueVisit]) -> Self {
        let part = |part: &Part| {
            let kind = due.get(part.due)?.kind;
            let slot = &part.slot;
            Some((kind, slot.starts_at, slot.place.location_id))
        };
        let visits = plan.visits.iter();
        Self(
            visits
                .map(|parts| parts.iter().filter_map(part).collect())
                .collect(),
        )
    }

    fn id(&self) -> Result<String, ApiError> {
        let seconds = |at: &DateTime<Utc>| at.timestamp();
        let visits: Vec<Vec<(Uuid, i64, Uuid)>> = self
            .0
            .iter()
            .map(|parts| {
                let parts = parts.iter();
                parts
                    .map(|(kind, at, place)| (kind.0, seconds(at), place.0))
                    .collect()
            })
            .collect();
        cursor(&visits)
    }

    fn read(id: &str) -> Result<Self, ApiError> {
        let visits: Option<Vec<Vec<(Uuid, i64, Uuid)>>> =
            read_back(Some(id)).map_err(|_| ApiError::not_found())?;
        let visits = visits.ok_or_else(ApiError::not_found)?;
        let part = |(kind, at, place)| {
            let at = DateTime::from_timestamp(at, 0)?;
            Some((AppointmentTypeId(kind), at, LocationId(place)))
        };
        let visits: Option<Vec<Vec<_>>> = visits
            .into_iter()
            .map(|parts| parts.into_iter().map(part).collect())
            .collect();
        visits
            .filter(|visits| !visits.is_empty())
            .map(Self)
            .ok_or_else(ApiError::not_found)
    }

    fn parts(&self) -> impl Iterator<Item = (AppointmentTypeId, DateTime<Utc>, LocationId)> {
        self.0.iter().flatten().copied()
    }
}

/// What is due for a person and could be booked here.
struct Everything {
    person: PersonId,
    options: BookingOptions,
    due: Vec<DueVisit>,
    kinds: Vec<TypeRecord>,
    places: Vec<(EmployerId, LocationRecord)>,
    own_hold: Option<salus_domain::ids::HoldId>,
    now: DateTime<Utc>,
}

/// A part of a plan as something to take: what, where and when, and for whom.
type PartWish<'a> = (Wish, &'a LocationRecord, EmployerId, DateTime<Utc>);

impl Everything {
    async fn load(tx: &mut Tx) -> Result<Self, ApiError> {
        tx.scope(Act::Read, DataClass::Configuration)?;
        let (person, now) = (tx.actor.own_person()?, tx.now);
        tx.allow(Act::Read, DataClass::DueItem, About::person(person), ())?;
        let options = portal_options(tx).await?;
        let conn = tx.shared();
        let (mut places, items, mut kinds, own_hold) = try_join4(
            store::linked_locations(conn, person, now),
            store::items_to_visit(conn, person),
            store::list_types(conn),
            store::live_hold(conn, person),
        )
        .await?;
        let mut seen = BTreeSet::new();
        places.retain(|(_, record)| seen.insert(record.place.location_id));
        let is_here = |kind: &TypeRecord| {
            let rules = &kind.rules;
            let here = rules.locations.iter().any(|at| seen.contains(at));
            here && rules.modalities.contains(&Modality::InPerson)
        };
        let offered = |kind: &TypeRecord| is_offered(kind, Audience::Employee, &options);
        kinds.retain(|kind| options.one_visit && offered(kind) && is_here(kind));
        let today = places.first().map_or(now.date_naive(), |(_, record)| {
            time::local_date(now, record.place.zone)
        });
        let mut due: Vec<DueVisit> = Vec::new();
        for (id, item) in items {
            let visible = item.dates.visible_date.is_none_or(|from| from <= today);
            let kind = kinds.iter().find(|kind| kind.rules.id == id);
            let known = due.iter_mut().find(|known| known.kind == id);
            match (kind, known) {
                (Some(_), _) if !visible && !options.ignore_visible_date => {}
                (Some(_), Some(known)) => {
                    // One visit answers all of them; the first to be due decides until when.
                    let dates = &mut known.dates;
                    dates.visible_date = dates.visible_date.max(item.dates.visible_date);
                }
                (Some(kind), None) => due.push(DueVisit {
                    kind: id,
                    dates: item.dates,
                    fasting: kind.fasting_hours > 0,
                    bundle_order: kind.rules.bundle_order,
                    after: kind.rules.after,
                    times: Vec::new(),
                }),
                (None, _) => {}
            }
        }
        Ok(Self {
            person,
            options,
            due,
            kinds,
            places,
            own_hold,
            now,
        })
    }

    /// Looks for the times of everything due; nothing where there are less than two.
    async fn look(&mut self, tx: &mut Tx) -> Result<Option<Book>, ApiError> {
        let Some((_, first)) = self.places.first().filter(|_| self.due.len() > 1) else {
            return Ok(None);
        };
        let today = time::local_date(self.now, first.place.zone);
        let reach = today
            .checked_add_days(Days::new(REACH))
            .unwrap_or(NaiveDate::MAX);
        let last = self.options.last_day(today).min(reach);
        let places: Vec<LocationRecord> =
            self.places.iter().map(|(_, place)| place.clone()).collect();
        let places: Vec<&LocationRecord> = places.iter().collect();
        // The calendars are the same whatever is looked for; the person's own reaches back as far as
        // anything may follow something else.
        let hours = |one: &&DueVisit| one.after.map_or(0, |after| after.most_hours);
        let Some(first) = self.due.iter().max_by_key(hours) else {
            return Ok(None);
        };
        let look = self
            .wish(first.kind, first.dates)?
            .look(tx, &places, today, last)
            .await?;
        let mut times: Vec<Vec<Slot>> = Vec::with_capacity(self.due.len());
        for one in &self.due {
            let wish = self.wish(one.kind, one.dates)?;
            let mut found: Vec<Slot> = places
                .iter()
                .flat_map(|place| {
                    wish.search(&look, place, self.now, |search| {
                        search.first_available(today, last)
                    })
                })
                .collect();
            found.sort_by_key(|slot| slot.starts_at);
            times.push(found);
        }
        for (one, times) in self.due.iter_mut().zip(times) {
            one.times = times;
        }
        // More than may be open at once cannot be booked.
        let free = self.options.max_open.saturating_sub(look.calendar.open);
        self.due.truncate(usize::from(free));
        Ok((self.due.len() > 1).then_some(look.book))
    }

    fn kind(&self, id: AppointmentTypeId) -> Option<&TypeRecord> {
        self.kinds.iter().find(|kind| kind.rules.id == id)
    }

    fn wish(&self, kind: AppointmentTypeId, dates: Item) -> Result<Wish, ApiError> {
        let kind = self.kind(kind).ok_or_else(|| ApiError::of(PLAN_STALE))?;
        Ok(Wish {
            audience: Audience::Employee,
            person: self.person,
            kind: kind.clone(),
            options: self.options.clone(),
            item: Some(dates),
            modality: Modality::InPerson,
            region: None,
            resource: None,
            own_hold: self.own_hold,
            moving: None,
        })
    }

    /// The parts of a plan as things to take, as long as each is still due.
    fn wishes(&self, wanted: &Named) -> Result<Vec<PartWish<'_>>, ApiError> {
        let stale = || ApiError::of(PLAN_STALE);
        wanted
            .parts()
            .map(|(kind, at, location)| {
                let due = self.due.iter().find(|due| due.kind == kind);
                let place = self
                    .places
                    .iter()
                    .find(|(_, record)| record.place.location_id == location);
                let (due, (employer, place)) = due.zip(place).ok_or_else(stale)?;
                Ok((self.wish(kind, due.dates)?, place, *employer, at))
            })
            .collect()
    }

    /// Takes every part of a plan, under the locks of everything any of them could take.
    async fn book(
        &self,
        tx: &mut Tx,
        wanted: &Named,
        wishes: &[PartWish<'_>],
        written: Option<String>,
    ) -> Result<Vec<AppointmentId>, ApiError> {
        let now = tx.now;
        let mut resources: BTreeSet<ResourceId> = BTreeSet::new();
        let mut slots = Vec::with_capacity(wishes.len());
        for (wish, place, _, at) in wishes {
            let ways = ways(tx, wish, place, *at).await?;
            let taken = ways.iter().flat_map(|slot| &slot.resources);
            resources.extend(taken.map(|taken| taken.resource_id));
            slots.extend(ways.into_iter().next());
        }
        if !self.is_sound(wanted, slots) {
            return Err(ApiError::of(PLAN_STALE));
        }
        let locked: Vec<ResourceId> = resources.iter().copied().collect();
        match store::begin_attempt(tx.shared(), self.person, &locked, now).await {
            Ok(()) => {}
            Err(error) if is_lock_timeout(&error) => return Err(ApiError::of(PLAN_STALE)),
            Err(error) => return Err(error.into()),
        }
        if let Some(hold) = self.own_hold {
            let conn = tx.shared();
            try_join(
                store::free_hold(conn, hold),
                store::end_hold(conn, hold, now),
            )
            .await?;
        }
        let org = tx.actor.provider_org;
        let mut booked = Vec::with_capacity(wishes.len());
        for (wish, place, employer, at) in wishes {
            let ways = ways(tx, wish, place, *at).await?;
            let is_locked = |slot: &Slot| {
                let mut taken = slot.resources.iter();
                taken.all(|taken| resources.contains(&taken.resource_id))
            };
            let slot = ways.into_iter().find(is_locked);
            let slot = slot.ok_or_else(|| ApiError::of(PLAN_STALE))?;
            let id = AppointmentId(Uuid::now_v7());
            let new = Booked {
                id,
                employer: *employer,
                comment: written.clone(),
            };
            booking::write(tx, wish, place, &slot, new).await?;
            let held = HeldClaims::Appointment(id);
            store::claim_resources(tx.shared(), org, &slot, held, now).await?;
            booked.push(id);
        }
        Ok(booked)
    }

    /// Whether the parts, with the slots found for them, are what somebody may book together.
    fn is_sound(&self, wanted: &Named, slots: Vec<Slot>) -> bool {
        let mut slots = slots.into_iter();
        let visits = wanted.0.iter().map(|parts| {
            let parts = parts.iter().filter_map(|(kind, ..)| {
                let due = self.due.iter().position(|due| due.kind == *kind)?;
                Some(Part {
                    due,
                    slot: slots.next()?,
                })
            });
            parts.collect::<Vec<_>>()
        });
        let plan = VisitPlan {
            visits: visits.collect(),
        };
        plan.parts() == wanted.parts().count() && is_sound(&self.due, &plan)
    }

    fn shown(
        &self,
        plan: &VisitPlan,
        book: &Book,
        language: &str,
    ) -> Result<wire::VisitPlan, ApiError> {
        let required = &self.options.comment_required_types;
        let kinds = plan.visits.iter().flatten();
        let mut kinds = kinds.filter_map(|part| self.due.get(part.due));
        let comment_required = kinds.any(|due| required.contains(&due.kind));
        let visits = plan.visits.iter();
        Ok(wire::VisitPlan {
            id: Named::of(plan, &self.due).id()?,
            saves: u16::try_from(plan.saves()).unwrap_or(u16::MAX),
            visits: visits
                .filter_map(|parts| self.shown_visit(parts, book, language))
                .collect(),
            comment_required,
        })
    }

    fn shown_visit(&self, parts: &[Part], book: &Book, language: &str) -> Option<PlannedVisit> {
        let (first, last) = (parts.first()?, parts.last()?);
        let at = first.slot.place.location_id;
        let mut places = self.places.iter();
        let (_, place) = places.find(|(_, record)| record.place.location_id == at)?;
        let part = |part: &Part| {
            let due = self.due.get(part.due)?;
            let kind = self.kind(due.kind)?;
            let slot = shown::slot(&part.slot, book, &self.options);
            Some(PlannedPart {
                appointment_type_id: due.kind,
                public_name: kind.public_name(language),
                starts_at: slot.starts_at,
                ends_at: slot.ends_at,
                due_on: due.dates.due_date,
                late: due.dates.is_past_due(slot.local_date),
                resources: slot.resources,
                preparation: shown::preparation(kind, language),
                supervisor_sees: kind.rules.visible_to_supervisor,
                clinic_confirms: kind.rules.clinic_confirms,
            })
        };
        Some(PlannedVisit {
            starts_at: first.slot.starts_at,
            ends_at: last.slot.shown_ends_at,
            zone: place.place.zone.name().to_owned(),
            place: shown::place(place),
            parts: parts.iter().filter_map(part).collect(),
        })
    }

    /// The public names of what is due beside the planned ones.
    fn without(&self, planned: &[usize], language: &str) -> Vec<String> {
        let due = self.due.iter().enumerate();
        due.filter(|(number, _)| !planned.contains(number))
            .filter_map(|(_, due)| Some(self.kind(due.kind)?.public_name(language)))
            .collect()
    }
}

/// The ways to take a part, as things are now.
async fn ways(
    tx: &mut Tx,
    wish: &Wish,
    place: &LocationRecord,
    at: DateTime<Utc>,
) -> Result<Vec<Slot>, ApiError> {
    let now = tx.now;
    let date = time::local_date(at, place.place.zone);
    let look = wish.look(tx, &[place], date, date).await?;
    wish.search(&look, place, now, |search| search.take(at))
        .map_err(|_| ApiError::of(PLAN_STALE))
}
