//! What a person may book, and when.

use super::moving;
use super::shown;
use super::slots::page_of_slots;
use super::taking::{
    Wish, check_span, item_dates, offered_kind, options_for, portal_options, region,
};
use crate::access::{Caller, Me};
use crate::error::ApiError;
use crate::extract::Query;
use crate::state::AppState;
use crate::transaction::Tx;
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::try_join;
use salus_domain::access::{Act, DataClass};
use salus_domain::ids::{EmployerId, LocationId, PersonId, ResourceId};
use salus_domain::scheduling::offered::can_be_named;
use salus_domain::scheduling::{Audience, BookingOptions, Modality, Resource, Schedule};
use salus_store::scheduling::{self as store, LocationRecord, TypeRecord};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::{
    BookingRules, OfferedProvider, OfferedType, OfferedTypes, Slot, SlotsQuery,
};

/// The kinds of visits one may book, and what the portal says about booking.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = OfferedTypes),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/me/appointment-types")]
pub async fn list_my_appointment_types(
    caller: Caller<Me>,
    state: Data<AppState>,
) -> Result<Json<OfferedTypes>, ApiError> {
    let answer = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            let options = portal_options(tx).await?;
            let person = tx.actor.own_person()?;
            let places = places_of(tx, person).await?;
            let kinds = store::list_types(tx.conn()).await?;
            let named = Named::load(tx, Audience::Employee, &places, &options).await?;
            let language = tx.actor.language.clone();
            let items = kinds
                .iter()
                .filter(|kind| {
                    (options.schedule || options.request)
                        && kind.rules.is_bookable_by(Audience::Employee)
                        && !options.excluded_types.contains(&kind.rules.id)
                })
                .map(|kind| OfferedType {
                    providers: named.of_kind(kind, tx.now),
                    ..offered(kind, &places, &options, &language)
                })
                .filter(|offered| !offered.places.is_empty())
                .collect();
            Ok(OfferedTypes {
                items,
                next_cursor: None,
                rules: rules(&options),
            })
        })
        .await?;
    Ok(Json(answer))
}

fn offered(
    kind: &TypeRecord,
    places: &[LocationRecord],
    options: &BookingOptions,
    language: &str,
) -> OfferedType {
    OfferedType {
        id: kind.rules.id,
        public_name: kind.public_name(language),
        minutes: kind.rules.times.shown_duration,
        modalities: kind.rules.modalities.clone(),
        places: places
            .iter()
            .filter(|place| kind.rules.locations.contains(&place.place.location_id))
            .map(shown::place)
            .collect(),
        providers: Vec::new(),
        comment_required: options.comment_required_types.contains(&kind.rules.id),
        preparation: shown::preparation(kind, language),
    }
}

/// Who can be chosen or asked for by name; nobody where the clinic chooses.
#[derive(Default)]
pub(super) struct Named {
    by: Option<Audience>,
    /// Providers with a schedule each, by name.
    known: Vec<(Resource, String, Schedule)>,
}

impl Named {
    /// Loads who works at some places.
    pub(super) async fn load(
        tx: &Tx,
        by: Audience,
        places: &[LocationRecord],
        options: &BookingOptions,
    ) -> Result<Self, ApiError> {
        if options.force_any_provider {
            return Ok(Self::default());
        }
        let ids: Vec<_> = places.iter().map(|at| at.place.location_id).collect();
        // A schedule that ended yesterday somewhere has not yet ended everywhere.
        let since = tx.now.date_naive() - TimeDelta::days(1);
        Ok(Self {
            by: Some(by),
            known: store::providers_at(tx.shared(), &ids, since).await?,
        })
    }

    /// Who can be asked for a kind of visit, each once with the places.
    pub(super) fn of_kind(&self, kind: &TypeRecord, now: DateTime<Utc>) -> Vec<OfferedProvider> {
        let mut named: Vec<OfferedProvider> = Vec::new();
        for (provider, name, schedule) in &self.known {
            let open = self
                .by
                .is_some_and(|by| can_be_named(&kind.rules, provider, schedule, by, now));
            if !open {
                continue;
            }
            let at = schedule.location_id;
            match named.last_mut().filter(|last| last.id == provider.id) {
                Some(last) if last.location_ids.contains(&at) => {}
                Some(last) => last.location_ids.push(at),
                None => named.push(OfferedProvider {
                    id: provider.id,
                    name: name.clone(),
                    location_ids: vec![at],
                }),
            }
        }
        named
    }

    /// Who was asked for by name, if they can be: at the place that was chosen, or anywhere. Where the
    /// clinic chooses, nobody was.
    pub(super) fn asked(
        &self,
        kind: &TypeRecord,
        wanted: Option<ResourceId>,
        at: Option<LocationId>,
        now: DateTime<Utc>,
    ) -> Result<Option<ResourceId>, ApiError> {
        let Some(wanted) = wanted.filter(|_| self.by.is_some()) else {
            return Ok(None);
        };
        let fits = |one: &OfferedProvider| {
            one.id == wanted && at.is_none_or(|at| one.location_ids.contains(&at))
        };
        match self.of_kind(kind, now).iter().any(fits) {
            true => Ok(Some(wanted)),
            false => Err(ApiError::field("/resource_id", "unknown")),
        }
    }
}

fn rules(options: &BookingOptions) -> BookingRules {
    BookingRules {
        alert_text: own_words(&options.alert_text),
        earlier_offers: options.earlier_offers,
        schedule: options.schedule,
        request: options.request,
        days_out: options.days_out,
        days_before_showing: options.days_before_showing,
        calendar_search: !options.disable_calendar_search,
        first_available: options.first_available,
        force_any_provider: options.force_any_provider,
        comments: !options.disable_comments,
        comment_prompt: own_words(&options.comment_prompt),
        new_button_text: own_words(&options.new_button_text),
    }
}

/// Words of the portal's own, if it has some.
pub(super) fn own_words(words: &str) -> Option<String> {
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// The places linked to the person's employers, each once.
pub(super) async fn places_of(tx: &Tx, person: PersonId) -> Result<Vec<LocationRecord>, ApiError> {
    let linked = store::linked_locations(tx.shared(), person, tx.now).await?;
    Ok(each_once(linked))
}

pub(super) fn each_once(linked: Vec<(EmployerId, LocationRecord)>) -> Vec<LocationRecord> {
    let mut places: Vec<LocationRecord> = Vec::new();
    for (_, record) in linked {
        let id = record.place.location_id;
        if places.iter().all(|known| known.place.location_id != id) {
            places.push(record);
        }
    }
    places
}

/// Free times for a kind of visit, by start and preference. At most 31 days at once.
#[utoipa::path(
    tag = "scheduling",
    params(SlotsQuery),
    responses(
        (status = 200, body = Page<Slot>),
        (status = 400, body = Problem, description = "`cursor-invalid`"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`search-window-too-wide`; `invalid` where `limit` is out of range"),
    )
)]
#[get("/me/slots")]
pub async fn list_my_slots(
    caller: Caller<Me>,
    state: Data<AppState>,
    query: Query<SlotsQuery>,
) -> Result<Json<Page<Slot>>, ApiError> {
    let asked = query.0;
    check_span(asked.from, asked.to)?;
    let answer = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            let person = tx.actor.own_person()?;
            free_slots(tx, Audience::Employee, person, &asked).await
        })
        .await?;
    Ok(Json(answer))
}

/// A page of free times for a visit of a person, for whoever asks in a portal. Where the clinic chooses
/// who leads it, nobody is asked for by name.
pub(super) async fn free_slots(
    tx: &mut Tx,
    by: Audience,
    person: PersonId,
    asked: &SlotsQuery,
) -> Result<Page<Slot>, ApiError> {
    let options = options_for(tx, by, person).await?;
    let (conn, now) = (tx.shared(), tx.now);
    let (linked, own_hold) = try_join(
        store::linked_locations(conn, person, now),
        store::live_hold(conn, person),
    )
    .await?;
    let wanted = (asked.moving, asked.appointment_type_id);
    let moved = moving::wanted(tx, by, Act::Read, person, wanted).await?;
    let places = each_once(moving::places_for(moved.as_ref(), linked));
    let ids: Vec<_> = places.iter().map(|place| place.place.location_id).collect();
    let kind = offered_kind(tx, by, asked.appointment_type_id, &ids, &options).await?;
    let item = match &moved {
        Some(visit) => store::dates_of_visit(tx.shared(), visit.rules.id).await?,
        None => item_dates(tx, by, person, &kind, asked.item).await?,
    };
    let modality = asked.modality.unwrap_or(Modality::InPerson);
    let resource = asked.resource.filter(|_| !options.force_any_provider);
    let before = moved.as_ref().and_then(|visit| visit.region.as_ref());
    let wish = Wish {
        audience: by,
        person,
        kind,
        options,
        item,
        modality,
        region: region(modality, asked.region.as_deref(), before)?,
        resource,
        own_hold,
        moving: asked.moving,
    };
    let places: Vec<&LocationRecord> = places
        .iter()
        .filter(|place| {
            asked
                .location
                .is_none_or(|only| only == place.place.location_id)
        })
        .collect();
    page_of_slots(tx, &wish, &places, (asked.from, asked.to), &asked.page()).await
}
