//! Kinds of visits: setting them up, changing them, also for the visits booked already, and deleting
//! them.

use actix_web::web::{Data, Json};
use actix_web::{delete, get, patch, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentTypeId, LocationId, PersonId, ResourceId};
use salus_domain::scheduling::appointment_type::{TimesError, TypeError, Which};
use salus_domain::scheduling::retiming::{Retimed, collisions};
use salus_domain::scheduling::{AppointmentType as Rules, Need, Notice, Times};
use salus_store::scheduling::{self as store, NewType, NewTypeText, TypeRecord, VisitAhead};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::problems::TYPE_IN_USE;
use salus_types::scheduling::{
    ApplyTo, AppointmentType, AppointmentTypeSettings, AppointmentTypeText, ChangeAppointmentType,
    CreateAppointmentType, Revision, RevisionAct,
};
use std::collections::BTreeSet;
use uuid::Uuid;

use super::revisions::{self, Saved, keep, permit};
use super::setup::kind as shown;
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;
use crate::words::LANGUAGES;

const CLASS: DataClass = DataClass::Configuration;
const KIND: &str = "appointment_type";

/// How many visits a refusal lists.
const LISTED: usize = 100;

/// One kind of visit.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The kind of visit")),
    responses(
        (status = 200, body = AppointmentType),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/appointment-types/{id}")]
pub async fn get_appointment_type(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentTypeId>,
) -> Result<Versioned<AppointmentType>, ApiError> {
    state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let found = found(tx, id.0, Act::Read).await?;
            Ok(versioned(shown(&found, &tx.actor.language)))
        })
        .await
}

/// Set a kind of visit up.
#[utoipa::path(
    tag = "scheduling",
    request_body = CreateAppointmentType,
    responses(
        (status = 201, body = AppointmentType),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
    )
)]
#[post("/clinic/appointment-types")]
pub async fn create_appointment_type(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<CreateAppointmentType>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let id = AppointmentTypeId(Uuid::now_v7());
            permit(tx, Act::Create, CLASS, About::default().object(id))?;
            let (org, now) = (tx.actor.provider_org, tx.now);
            let new = checked_new(tx, &body, id).await?;
            store::insert_type(tx.conn(), org, &new, now).await?;
            let answer = saved(tx, id, RevisionAct::Created, None).await?;
            let address = format!("/api/v1/clinic/appointment-types/{id}");
            Created::at(address, answer.version, &answer)
        })
        .await
}

/// Change a kind of visit. With `apply_to` `also_booked` the visits ahead get the new times too; if
/// one of them collides, nothing changes and those that collide are listed.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The kind of visit")),
    request_body = ChangeAppointmentType,
    responses(
        (status = 200, body = AppointmentType),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`type-in-use` with `appointments` and `count`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
        (status = 428, body = Problem),
    )
)]
#[patch("/clinic/appointment-types/{id}")]
pub async fn change_appointment_type(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentTypeId>,
    version: IfMatch,
    body: Body<ChangeAppointmentType>,
) -> Result<Versioned<AppointmentType>, ApiError> {
    let id = id.0;
    let also_booked = body.apply_to == Some(ApplyTo::AlsoBooked);
    let change = ChangeAppointmentType {
        apply_to: None,
        ..body.clone()
    };
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let found = locked(tx, id, version).await?;
            let before = AppointmentTypeSettings::from(shown(&found, &tx.actor.language));
            let settings = revisions::merged(&before, &change)?;
            let rules = with_settings(&found.rules, &settings);
            let mut wrong = faults(&rules, &settings, "");
            unknown_places(tx, &settings.location_ids, "", &mut wrong).await?;
            if !wrong.is_empty() {
                return Err(ApiError::invalid(wrong));
            }
            if also_booked {
                retime(tx, &rules).await?;
            }
            let changed = TypeRecord {
                rules,
                name: settings.name.trim().to_owned(),
                fasting_hours: settings.fasting_hours,
                colour: settings.colour.clone(),
                ..found
            };
            let org = tx.actor.provider_org;
            store::save_type(tx.conn(), org, &changed).await?;
            let answer = saved(tx, id, RevisionAct::Changed, Some(before)).await?;
            Ok(versioned(answer))
        })
        .await
}

/// Delete a kind of visit nobody has ahead of them; another one can only be made inactive.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The kind of visit")),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`type-in-use` with `appointments` and `count`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[delete("/clinic/appointment-types/{id}")]
pub async fn delete_appointment_type(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentTypeId>,
    version: IfMatch,
) -> Result<actix_web::HttpResponse, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let found = locked(tx, id, version).await?;
            let now = tx.now;
            let ahead = store::visits_of_type(tx.conn(), id, now).await?;
            if !ahead.is_empty() {
                return Err(in_use(ahead.iter().map(|visit| visit.id.0)));
            }
            store::delete_type(tx.conn(), id, now).await?;
            let before = AppointmentTypeSettings::from(shown(&found, &tx.actor.language));
            let deleted = Saved {
                kind: KIND,
                object: id.0,
                version: found.version + 1,
                act: RevisionAct::Deleted,
                before: Some(&before),
                after: None,
            };
            keep(tx, deleted).await
        })
        .await?;
    Ok(actix_web::HttpResponse::NoContent().finish())
}

/// Who saved a kind of visit when, and what it was before and after; the latest first.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The kind of visit")),
    responses(
        (status = 200, body = Page<Revision>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/appointment-types/{id}/revisions")]
pub async fn list_appointment_type_revisions(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentTypeId>,
) -> Result<Json<Page<Revision>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            found(tx, id.0, Act::Read).await?;
            revisions::kept(tx, KIND, id.0).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Gives the visits ahead the times of their kind.
///
/// # Errors
/// 409 with those that would collide.
async fn retime(tx: &mut Tx, rules: &Rules) -> Result<(), ApiError> {
    let now = tx.now;
    let seen = store::visits_of_type(tx.conn(), rules.id, now).await?;
    let ids = |visits: &[VisitAhead]| {
        let resources: BTreeSet<ResourceId> = visits.iter().map(|visit| visit.lead).collect();
        let persons: BTreeSet<PersonId> = visits.iter().map(|visit| visit.person).collect();
        (resources, persons)
    };
    let visits: Vec<_> = seen.iter().map(|visit| visit.id).collect();
    let with = store::appointment_resources(tx.shared(), &visits).await?;
    let (mut resources, persons) = ids(&seen);
    resources.extend(with.iter().map(|(_, resource, ..)| *resource));
    let (resources, persons): (Vec<_>, Vec<_>) = (
        resources.into_iter().collect(),
        persons.into_iter().collect(),
    );
    store::lock_all(tx.conn(), &resources, &persons).await?;
    let retimed: Vec<Retimed> = store::visits_of_type(tx.conn(), rules.id, now)
        .await?
        .iter()
        .map(|visit| Retimed {
            id: visit.id,
            starts_at: visit.starts_at,
            times: rules.times_with(visit.lead, visit.location),
        })
        .collect();
    let taken = store::taken_of(tx.conn(), &resources, &persons, now).await?;
    let colliding = collisions(&taken, &retimed);
    if !colliding.is_empty() {
        return Err(in_use(colliding.iter().map(|id| id.0)));
    }
    store::retime_visits(tx.conn(), &retimed).await?;
    Ok(())
}

/// Visits stand in the way.
fn in_use(visits: impl Iterator<Item = Uuid>) -> ApiError {
    let all: Vec<Uuid> = visits.collect();
    let count = all.len();
    let listed: Vec<Uuid> = all.into_iter().take(LISTED).collect();
    ApiError::of(TYPE_IN_USE)
        .with("count", count)
        .with("appointments", listed)
}

async fn found(tx: &mut Tx, id: AppointmentTypeId, act: Act) -> Result<TypeRecord, ApiError> {
    let kinds = store::list_types(tx.shared()).await?;
    let found = kinds.into_iter().find(|kind| kind.rules.id == id);
    found.ok_or_else(|| tx.missing(act, CLASS, id))
}

/// The kind of visit that is to be changed, if it still is as the caller knows it.
async fn locked(
    tx: &mut Tx,
    id: AppointmentTypeId,
    version: IfMatch,
) -> Result<TypeRecord, ApiError> {
    permit(tx, Act::Change, CLASS, About::default().object(id))?;
    let current = store::lock_type(tx.conn(), id).await?;
    let current = current.ok_or_else(|| tx.missing(Act::Change, CLASS, id))?;
    version.check(current)?;
    found(tx, id, Act::Change).await
}

/// Keeps the save and reads what it made.
async fn saved(
    tx: &mut Tx,
    id: AppointmentTypeId,
    act: RevisionAct,
    before: Option<AppointmentTypeSettings>,
) -> Result<AppointmentType, ApiError> {
    let found = found(tx, id, Act::Read).await?;
    let answer = shown(&found, &tx.actor.language);
    let after = AppointmentTypeSettings::from(answer.clone());
    let saved = Saved {
        kind: KIND,
        object: id.0,
        version: answer.version,
        act,
        before: before.as_ref(),
        after: Some(&after),
    };
    keep(tx, saved).await?;
    Ok(answer)
}

/// Keeps that a kind of visit was set up.
pub(crate) async fn keep_first_type(tx: &mut Tx, id: AppointmentTypeId) -> Result<(), ApiError> {
    saved(tx, id, RevisionAct::Created, None).await.map(drop)
}

/// A kind of visit as it may be set up; every field that is wrong is told.
async fn checked_new(
    tx: &mut Tx,
    body: &CreateAppointmentType,
    id: AppointmentTypeId,
) -> Result<NewType, ApiError> {
    let settings = &body.settings;
    let mut wrong = Vec::new();
    let needs = needs(tx, body, &mut wrong).await?;
    let plain = Rules {
        id,
        times: Times::of(settings.duration),
        exceptions: Vec::new(),
        modalities: Vec::new(),
        needs,
        locations: Vec::new(),
        employee_bookable: false,
        supervisor_bookable: false,
        visible_to_supervisor: false,
        clinic_confirms: false,
        min_notice_to_book: 0,
        notice: Notice {
            cancel: 0,
            move_: 0,
        },
        max_per_day: 1,
        after: None,
        bundle_order: 50,
        active: true,
    };
    let rules = with_settings(&plain, settings);
    wrong.extend(faults(&rules, settings, "/settings"));
    unknown_places(tx, &settings.location_ids, "/settings", &mut wrong).await?;
    let of_code =
        |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '-';
    if !(1..=15).contains(&body.code.len()) || !body.code.chars().all(of_code) {
        wrong.push(Field::new("/code", "type_code"));
    }
    let known = store::list_types(tx.shared()).await?;
    if known.iter().any(|kind| kind.code == body.code)
        || store::is_type_code_taken(tx.conn(), &body.code).await?
    {
        wrong.push(Field::new("/code", "taken"));
    }
    if body.texts.is_empty() {
        wrong.push(Field::new("/texts", "required"));
    }
    for (position, text) in body.texts.iter().enumerate() {
        wrong.extend(faults_of_text(text, &format!("/texts/{position}")));
    }
    for (position, id) in body.questionnaire_ids.iter().enumerate() {
        if !store::is_questionnaire(tx.conn(), *id).await? {
            let pointer = format!("/questionnaire_ids/{position}");
            wrong.push(Field::new(pointer, "unknown"));
        }
    }
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    Ok(NewType {
        rules,
        code: body.code.clone(),
        name: settings.name.trim().to_owned(),
        texts: body.texts.iter().map(stored_text).collect(),
        questionnaires: body.questionnaire_ids.clone(),
        fasting_hours: settings.fasting_hours,
        display_order: 50,
        colour: settings.colour.clone(),
    })
}

fn stored_text(text: &AppointmentTypeText) -> NewTypeText {
    NewTypeText {
        language: text.language.clone(),
        public_name: text.public_name.trim().to_owned(),
        prep_public: text.prep_public.trim().to_owned(),
        prep_full: text.prep_full.trim().to_owned(),
        bring: text.bring.clone(),
    }
}

fn faults_of_text(text: &AppointmentTypeText, root: &str) -> Vec<Field> {
    let mut wrong = Vec::new();
    if !LANGUAGES.contains(&text.language.as_str()) {
        wrong.push(Field::new(format!("{root}/language"), "unknown_language"));
    }
    let mut length = |name: &str, said: &str, limit: usize, needed: bool| {
        let pointer = format!("{root}/{name}");
        if needed && said.trim().is_empty() {
            wrong.push(Field::new(pointer, "required"));
        } else if said.trim().chars().count() > limit {
            wrong.push(Field::new(pointer, "too_long").with("limit", limit));
        }
    };
    length("public_name", &text.public_name, 60, true);
    length("prep_public", &text.prep_public, 300, false);
    length("prep_full", &text.prep_full, 4_000, false);
    for (line, said) in text.bring.iter().enumerate() {
        length(&format!("bring/{line}"), said, 80, true);
    }
    if text.bring.len() > 10 {
        let pointer = format!("{root}/bring");
        wrong.push(Field::new(pointer, "too_many").with("limit", 10));
    }
    wrong
}

/// What a visit takes; one provider where nothing is said.
async fn needs(
    tx: &mut Tx,
    body: &CreateAppointmentType,
    wrong: &mut Vec<Field>,
) -> Result<Vec<Need>, ApiError> {
    if body.needs.is_empty() {
        return Ok(vec![Need::one_provider()]);
    }
    let resources = store::list_resources(tx.conn()).await?;
    let mut needs = Vec::new();
    for (position, need) in body.needs.iter().enumerate() {
        let at = |name: &str| format!("/needs/{position}/{name}");
        if !(1..=4).contains(&need.count) {
            let range = Field::new(at("count"), "out_of_range");
            wrong.push(range.with("from", 1).with("to", 4));
        }
        let which = match (&need.skill, need.resource_id) {
            (Some(skill), None) => Which::Skilled(skill.trim().to_owned()),
            (None, Some(id)) => {
                let is_it =
                    |one: &store::ResourceRecord| one.rules.id == id && one.rules.kind == need.kind;
                if !resources.iter().any(is_it) {
                    wrong.push(Field::new(at("resource_id"), "unknown"));
                }
                Which::Named(id)
            }
            (None, None) => Which::Any,
            (Some(_), Some(_)) => {
                wrong.push(Field::new(at("resource_id"), "one_of"));
                Which::Any
            }
        };
        needs.push(Need {
            kind: need.kind,
            which,
            count: need.count,
        });
    }
    Ok(needs)
}

fn with_settings(rules: &Rules, settings: &AppointmentTypeSettings) -> Rules {
    let mut modalities = settings.modalities.clone();
    modalities.sort_unstable();
    modalities.dedup();
    let locations: BTreeSet<LocationId> = settings.location_ids.iter().copied().collect();
    Rules {
        times: Times {
            duration: settings.duration,
            shown_duration: settings.shown_duration.unwrap_or(settings.duration),
            buffer_before: settings.buffer_before,
            buffer_after: settings.buffer_after,
        },
        modalities,
        locations: locations.into_iter().collect(),
        employee_bookable: settings.employee_bookable,
        supervisor_bookable: settings.supervisor_bookable,
        visible_to_supervisor: settings.visible_to_supervisor,
        clinic_confirms: settings.clinic_confirms,
        min_notice_to_book: settings.min_notice_to_book,
        notice: Notice {
            cancel: settings.cancel_notice,
            move_: settings.move_notice,
        },
        max_per_day: settings.max_per_day,
        active: settings.active,
        ..rules.clone()
    }
}

async fn unknown_places(
    tx: &mut Tx,
    places: &[LocationId],
    root: &str,
    wrong: &mut Vec<Field>,
) -> Result<(), ApiError> {
    let known = store::find_locations(tx.shared(), places).await?;
    for (position, id) in places.iter().enumerate() {
        if !known.iter().any(|one| one.place.location_id == *id) {
            let pointer = format!("{root}/location_ids/{position}");
            wrong.push(Field::new(pointer, "unknown"));
        }
    }
    Ok(())
}

fn faults(rules: &Rules, settings: &AppointmentTypeSettings, root: &str) -> Vec<Field> {
    let at = |name: &str| format!("{root}/{name}");
    let range = |name: &str, from: u16, to: u16| {
        Field::new(at(name), "out_of_range")
            .with("from", from)
            .with("to", to)
    };
    let told = |fault| match fault {
        TypeError::Times(TimesError::Duration) => Field::new(at("duration"), "duration"),
        TypeError::Times(TimesError::ShownDuration) => range("shown_duration", 5, 720),
        TypeError::Times(TimesError::BufferBefore) => range("buffer_before", 0, 120),
        TypeError::Times(_) => range("buffer_after", 0, 120),
        TypeError::Modality => Field::new(at("modalities"), "required"),
        TypeError::NoticeToBook => range("min_notice_to_book", 0, 336),
        TypeError::CancelNotice => range("cancel_notice", 0, 336),
        TypeError::MoveNotice => range("move_notice", 0, 336),
        TypeError::MaxPerDay => range("max_per_day", 1, 10),
        TypeError::Visible => Field::new(at("visible_to_supervisor"), "needed_to_book"),
    };
    let mut wrong: Vec<Field> = rules.faults().into_iter().map(told).collect();
    let name = settings.name.trim().chars().count();
    if name == 0 {
        wrong.push(Field::new(at("name"), "required"));
    } else if name > 60 {
        wrong.push(Field::new(at("name"), "too_long").with("limit", 60));
    }
    if settings.fasting_hours > 24 {
        wrong.push(range("fasting_hours", 0, 24));
    }
    if !(1..=20).contains(&settings.colour.chars().count()) {
        wrong.push(Field::new(at("colour"), "required"));
    }
    wrong
}

fn versioned(shown: AppointmentType) -> Versioned<AppointmentType> {
    let version = shown.version;
    Versioned(shown, version)
}
