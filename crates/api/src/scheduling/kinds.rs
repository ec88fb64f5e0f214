//! Kinds of visits: setting them up, changing them, also for the visits booked already, deleting and
//! restoring them.

use actix_web::web::{Data, Json};
use actix_web::{delete, get, patch, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentTypeId, LocationId, PersonId, ResourceId};
use salus_domain::scheduling::appointment_type::{
    LONGEST_BETWEEN, TimesError, TypeError, Which, follows_itself, seen_by_default,
};
use salus_domain::scheduling::retiming::{Retimed, collisions};
use salus_domain::scheduling::{After, AppointmentType as Rules, Need, Notice, Times};
use salus_domain::surveillance::OrderItem;
use salus_store::scheduling::{
    self as store, NewType, NewTypeText, TypeRecord, TypeText, VisitAhead,
};
use salus_store::surveillance::{answer_order_items, list_order_items};
use salus_types::page::Page;
use salus_types::problem::{Problem, WRONG_STATE};
use salus_types::scheduling::problems::TYPE_IN_USE;
use salus_types::scheduling::{
    AfterType, ApplyTo, AppointmentType, AppointmentTypeNeed, AppointmentTypeSettings,
    AppointmentTypeText, ChangeAppointmentType, CreateAppointmentType, DeletedQuery, Revision,
    RevisionAct,
};
use salus_types::work_status::LintConfirmation;
use std::collections::BTreeSet;
use uuid::Uuid;

use super::revisions::{self, Saved, keep, permit};
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;
use crate::words::LANGUAGES;
use crate::work_status::lint::{self, Confirmed};

const CLASS: DataClass = DataClass::Configuration;
const KIND: &str = "appointment_type";

/// How many visits a refusal lists.
const LISTED: usize = 100;

/// Kinds of visits, or those deleted, in the clinic's order.
#[utoipa::path(
    tag = "scheduling",
    params(DeletedQuery),
    responses(
        (status = 200, body = Page<AppointmentType>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/appointment-types")]
pub async fn list_appointment_types(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<DeletedQuery>,
) -> Result<Json<Page<AppointmentType>>, ApiError> {
    let deleted = query.0.deleted == Some(true);
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let catalogue = list_order_items(tx.conn()).await?;
            let records = match deleted {
                true => store::deleted_types(tx.shared()).await?,
                false => store::list_types(tx.shared()).await?,
            };
            Ok(records
                .iter()
                .map(|record| shown(record, &catalogue, &tx.actor.language))
                .collect())
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// One kind of visit, deleted or not.
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
            Ok(Versioned::by(answer(tx, &found).await?, |one| one.version))
        })
        .await
}

/// Set a kind of visit up. A public name that looks like health information has to be confirmed.
#[utoipa::path(
    tag = "scheduling",
    request_body = CreateAppointmentType,
    responses(
        (status = 201, body = AppointmentType),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem,
            description = "`invalid` with a pointer to each field, `lint-confirmation-required`, `lint-token-stale`"),
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
            let mut wrong = faults_of_code(tx, &body.code).await?;
            let new = checked(tx, &body.code, &body.settings, id, "/settings", &mut wrong).await?;
            if !wrong.is_empty() {
                return Err(ApiError::invalid(wrong));
            }
            let confirmation = body.lint_confirmation.as_ref();
            let confirmed = lint_names(tx, &body.settings, &[], "/settings", confirmation).await?;
            store::insert_type(tx.conn(), org, &new, now).await?;
            answer_order_items(tx.conn(), id, &body.settings.fulfils).await?;
            let answer = saved(tx, id, RevisionAct::Created, None).await?;
            noted(tx, confirmed.as_ref());
            let address = format!("/api/v1/clinic/appointment-types/{id}");
            Created::at(address, answer.version, &answer)
        })
        .await
}

/// Change a kind of visit. With `apply_to` `also_booked` the visits ahead get the new times too; if
/// one of them collides, nothing changes and those that collide are listed. A new public name that
/// looks like health information has to be confirmed.
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
        (status = 422, body = Problem,
            description = "`invalid` with a pointer to each field, `lint-confirmation-required`, `lint-token-stale`"),
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
        lint_confirmation: None,
        ..body.clone()
    };
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let found = locked(tx, id, version, false).await?;
            let before = AppointmentTypeSettings::from(answer(tx, &found).await?);
            let settings = revisions::merged(&before, &change)?;
            let mut wrong = Vec::new();
            let mut new = checked(tx, &found.code, &settings, id, "", &mut wrong).await?;
            // Where and with whom it takes other times is changed elsewhere and still holds.
            new.rules.exceptions.clone_from(&found.rules.exceptions);
            if !wrong.is_empty() {
                return Err(ApiError::invalid(wrong));
            }
            let confirmation = body.lint_confirmation.as_ref();
            let confirmed = lint_names(tx, &settings, &before.texts, "", confirmation).await?;
            if also_booked {
                retime(tx, &new.rules).await?;
            }
            let org = tx.actor.provider_org;
            store::save_type(tx.conn(), org, &new).await?;
            answer_order_items(tx.conn(), id, &settings.fulfils).await?;
            let answer = saved(tx, id, RevisionAct::Changed, Some(before)).await?;
            noted(tx, confirmed.as_ref());
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Delete a kind of visit nobody has ahead of them; another one can only be made inactive. It can be
/// restored.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The kind of visit")),
    responses(
        (status = 200, body = AppointmentType),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem,
            description = "`type-in-use` with `appointments` and `count`, `wrong-state`"),
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
) -> Result<Versioned<AppointmentType>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let found = locked(tx, id, version, false).await?;
            let now = tx.now;
            let ahead = store::visits_of_type(tx.conn(), id, now).await?;
            if !ahead.is_empty() {
                return Err(in_use(ahead.iter().map(|visit| visit.id.0)));
            }
            store::set_type_deleted(tx.conn(), id, Some(now)).await?;
            let before = AppointmentTypeSettings::from(answer(tx, &found).await?);
            let answer = saved(tx, id, RevisionAct::Deleted, Some(before)).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Restore a kind of visit that was deleted, as it was.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The kind of visit")),
    responses(
        (status = 200, body = AppointmentType),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointment-types/{id}/restoration")]
pub async fn restore_appointment_type(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentTypeId>,
    version: IfMatch,
) -> Result<Versioned<AppointmentType>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            locked(tx, id, version, true).await?;
            store::set_type_deleted(tx.conn(), id, None).await?;
            let answer = saved(tx, id, RevisionAct::Restored, None).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
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
    let found = store::whole_type(tx.shared(), id).await?;
    found.ok_or_else(|| tx.missing(act, CLASS, id))
}

/// The kind of visit that is to be changed, if it still is as the caller knows it.
async fn locked(
    tx: &mut Tx,
    id: AppointmentTypeId,
    version: IfMatch,
    deleted: bool,
) -> Result<TypeRecord, ApiError> {
    permit(tx, Act::Change, CLASS, About::default().object(id))?;
    let current = store::lock_type(tx.conn(), id).await?;
    let current = current.ok_or_else(|| tx.missing(Act::Change, CLASS, id))?;
    version.check(current)?;
    let found = found(tx, id, Act::Change).await?;
    if found.deleted_at.is_some() != deleted {
        return Err(ApiError::of(WRONG_STATE));
    }
    Ok(found)
}

/// A kind of visit with what of the catalogue it answers.
async fn answer(tx: &mut Tx, record: &TypeRecord) -> Result<AppointmentType, ApiError> {
    let catalogue = list_order_items(tx.conn()).await?;
    Ok(shown(record, &catalogue, &tx.actor.language))
}

/// Keeps the save and reads what it made.
async fn saved(
    tx: &mut Tx,
    id: AppointmentTypeId,
    act: RevisionAct,
    before: Option<AppointmentTypeSettings>,
) -> Result<AppointmentType, ApiError> {
    let found = found(tx, id, Act::Read).await?;
    let answer = answer(tx, &found).await?;
    let after =
        (act != RevisionAct::Deleted).then(|| AppointmentTypeSettings::from(answer.clone()));
    let saved = Saved {
        kind: KIND,
        object: id.0,
        version: answer.version,
        act,
        before: before.as_ref(),
        after: after.as_ref(),
    };
    keep(tx, saved).await?;
    Ok(answer)
}

/// Keeps that a kind of visit was set up.
pub(crate) async fn keep_first_type(tx: &mut Tx, id: AppointmentTypeId) -> Result<(), ApiError> {
    saved(tx, id, RevisionAct::Created, None).await.map(drop)
}

/// A code is short, and no other kind's, deleted or not.
async fn faults_of_code(tx: &mut Tx, code: &str) -> Result<Vec<Field>, ApiError> {
    let of_code =
        |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '-';
    let mut wrong = Vec::new();
    if !(1..=15).contains(&code.len()) || !code.chars().all(of_code) {
        wrong.push(Field::new("/code", "type_code"));
    }
    if store::is_type_code_taken(tx.conn(), code).await? {
        wrong.push(Field::new("/code", "taken"));
    }
    Ok(wrong)
}

/// A kind of visit as it may be saved; every field that is wrong is told, below `root`.
async fn checked(
    tx: &mut Tx,
    code: &str,
    settings: &AppointmentTypeSettings,
    id: AppointmentTypeId,
    root: &str,
    wrong: &mut Vec<Field>,
) -> Result<NewType, ApiError> {
    let needs = needs(tx, settings, root, wrong).await?;
    let rules = rules(id, settings, needs);
    wrong.extend(faults(&rules, settings, root));
    unknown_places(tx, &settings.location_ids, root, wrong).await?;
    faults_of_after(tx, &rules, root, wrong).await?;
    if settings.texts.is_empty() {
        wrong.push(Field::new(format!("{root}/texts"), "required"));
    }
    for (position, text) in settings.texts.iter().enumerate() {
        let at = format!("{root}/texts/{position}");
        let earlier = settings.texts.iter().take(position);
        if earlier
            .into_iter()
            .any(|other| other.language == text.language)
        {
            wrong.push(Field::new(format!("{at}/language"), "taken"));
        }
        wrong.extend(faults_of_text(text, &at));
    }
    for (position, id) in settings.questionnaire_ids.iter().enumerate() {
        if !store::is_questionnaire(tx.conn(), *id).await? {
            let pointer = format!("{root}/questionnaire_ids/{position}");
            wrong.push(Field::new(pointer, "unknown"));
        }
    }
    let catalogue = list_order_items(tx.conn()).await?;
    for (position, item) in settings.fulfils.iter().enumerate() {
        let known = catalogue.iter().find(|one| one.id == *item);
        let fault = match known.map(|one| one.appointment_type_id) {
            None => Some("unknown"),
            Some(Some(other)) if other != id => Some("answered_elsewhere"),
            Some(_) => None,
        };
        let pointer = || format!("{root}/fulfils/{position}");
        wrong.extend(fault.map(|code| Field::new(pointer(), code)));
    }
    Ok(NewType {
        rules,
        code: code.to_owned(),
        name: settings.name.trim().to_owned(),
        texts: settings.texts.iter().map(stored_text).collect(),
        questionnaires: once(&settings.questionnaire_ids),
        fasting_hours: settings.fasting_hours,
        max_moves: settings.max_moves,
        display_order: settings.display_order,
        colour: settings.colour.clone(),
    })
}

/// Each of them once, where it came first.
fn once<T: Copy + Ord>(all: &[T]) -> Vec<T> {
    let mut seen = BTreeSet::new();
    let fresh = all.iter().copied().filter(|one| seen.insert(*one));
    fresh.collect()
}

/// What a kind follows is there, and does not follow it in turn.
async fn faults_of_after(
    tx: &mut Tx,
    rules: &Rules,
    root: &str,
    wrong: &mut Vec<Field>,
) -> Result<(), ApiError> {
    let Some(after) = rules.after else {
        return Ok(());
    };
    let pointer = format!("{root}/after/appointment_type_id");
    let known = store::list_types(tx.shared()).await?;
    let all: Vec<_> = known
        .iter()
        .filter_map(|kind| Some((kind.rules.id, kind.rules.after?.kind)))
        .collect();
    if follows_itself(rules.id, after.kind, &all) {
        wrong.push(Field::new(pointer, "follows_itself"));
    } else if !known.iter().any(|kind| kind.rules.id == after.kind) {
        wrong.push(Field::new(pointer, "unknown"));
    }
    Ok(())
}

/// Asks before a public name that looks like health information is saved; what was there before is
/// not asked again.
async fn lint_names(
    tx: &mut Tx,
    settings: &AppointmentTypeSettings,
    before: &[AppointmentTypeText],
    root: &str,
    confirmation: Option<&LintConfirmation>,
) -> Result<Option<Confirmed>, ApiError> {
    let is_new = |text: &AppointmentTypeText| {
        let same = |old: &AppointmentTypeText| {
            old.language == text.language && old.public_name == text.public_name.trim()
        };
        !before.iter().any(same)
    };
    let names: Vec<(String, &str)> = settings
        .texts
        .iter()
        .enumerate()
        .filter(|(_, text)| is_new(text))
        .map(|(position, text)| {
            let pointer = format!("{root}/texts/{position}/public_name");
            (pointer, text.public_name.as_str())
        })
        .collect();
    lint::check_all(tx, &names, confirmation).await
}

/// The audit trail names that a name was confirmed, and why.
fn noted(tx: &mut Tx, confirmed: Option<&Confirmed>) {
    if let Some(confirmed) = confirmed {
        let field = if confirmed.sensitive {
            "shared_text_sensitive"
        } else {
            "shared_text_confirmed"
        };
        tx.because(field, &confirmed.reason);
    }
}

fn stored_text(text: &AppointmentTypeText) -> NewTypeText {
    NewTypeText {
        language: text.language.clone(),
        public_name: text.public_name.trim().to_owned(),
        prep_public: text.prep_public.trim().to_owned(),
        prep_full: text.prep_full.trim().to_owned(),
        bring: text
            .bring
            .iter()
            .map(|line| line.trim().to_owned())
            .collect(),
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
    settings: &AppointmentTypeSettings,
    root: &str,
    wrong: &mut Vec<Field>,
) -> Result<Vec<Need>, ApiError> {
    if settings.needs.is_empty() {
        return Ok(vec![Need::one_provider()]);
    }
    let resources = store::list_resources(tx.conn(), false).await?;
    let mut needs = Vec::new();
    for (position, need) in settings.needs.iter().enumerate() {
        let at = |name: &str| format!("{root}/needs/{position}/{name}");
        if !(1..=4).contains(&need.count) {
            let range = Field::new(at("count"), "out_of_range");
            wrong.push(range.with("from", 1).with("to", 4));
        }
        let which = match (&need.skill, need.resource_id) {
            (Some(skill), None) => {
                let skill = skill.trim();
                match skill.chars().count() {
                    0 => wrong.push(Field::new(at("skill"), "required")),
                    1..=40 => {}
                    _ => wrong.push(Field::new(at("skill"), "too_long").with("limit", 40)),
                }
                Which::Skilled(skill.to_owned())
            }
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

fn rules(id: AppointmentTypeId, settings: &AppointmentTypeSettings, needs: Vec<Need>) -> Rules {
    let mut modalities = settings.modalities.clone();
    modalities.sort_unstable();
    modalities.dedup();
    let locations: BTreeSet<LocationId> = settings.location_ids.iter().copied().collect();
    Rules {
        id,
        times: Times {
            duration: settings.duration,
            shown_duration: settings.shown_duration.unwrap_or(settings.duration),
            buffer_before: settings.buffer_before,
            buffer_after: settings.buffer_after,
        },
        exceptions: Vec::new(),
        modalities,
        needs,
        locations: locations.into_iter().collect(),
        employee_bookable: settings.employee_bookable,
        supervisor_bookable: settings.supervisor_bookable,
        visible_to_supervisor: settings.visible_to_supervisor.unwrap_or_else(|| {
            seen_by_default(settings.supervisor_bookable, !settings.fulfils.is_empty())
        }),
        clinic_confirms: settings.clinic_confirms,
        min_notice_to_book: settings.min_notice_to_book,
        notice: Notice {
            cancel: settings.cancel_notice,
            move_: settings.move_notice,
        },
        max_per_day: settings.max_per_day,
        bundle_order: settings.bundle_order,
        after: settings.after.map(|after| After {
            kind: after.appointment_type_id,
            least_hours: after.least_hours,
            most_hours: after.most_hours,
        }),
        active: settings.active,
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
    let least = settings.after.map_or(0, |after| after.least_hours);
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
        TypeError::BundleOrder => range("bundle_order", 1, 99),
        TypeError::AfterHours => range("after/most_hours", least, LONGEST_BETWEEN),
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
    if settings.max_moves > 20 {
        wrong.push(range("max_moves", 0, 20));
    }
    if !(1..=99).contains(&settings.display_order) {
        wrong.push(range("display_order", 1, 99));
    }
    if !(1..=20).contains(&settings.colour.chars().count()) {
        wrong.push(Field::new(at("colour"), "required"));
    }
    wrong
}

fn shown(record: &TypeRecord, catalogue: &[OrderItem], language: &str) -> AppointmentType {
    let rules = &record.rules;
    let text = |text: &TypeText| AppointmentTypeText {
        language: text.language.clone(),
        public_name: text.public_name.clone(),
        prep_public: text.prep_public.clone(),
        prep_full: text.prep_full.clone(),
        bring: text.bring.clone(),
    };
    let need = |need: &Need| {
        let (skill, resource_id) = match &need.which {
            Which::Any => (None, None),
            Which::Skilled(skill) => (Some(skill.clone()), None),
            Which::Named(id) => (None, Some(*id)),
        };
        AppointmentTypeNeed {
            kind: need.kind,
            skill,
            resource_id,
            count: need.count,
        }
    };
    let answered = catalogue
        .iter()
        .filter(|item| item.appointment_type_id == Some(rules.id));
    AppointmentType {
        id: rules.id,
        code: record.code.clone(),
        name: record.name.clone(),
        public_name: record.public_name(language),
        texts: record.texts.iter().map(text).collect(),
        needs: rules.needs.iter().map(need).collect(),
        questionnaire_ids: record.questionnaires.clone(),
        fulfils: answered.map(|item| item.id).collect(),
        duration: rules.times.duration,
        shown_duration: rules.times.shown_duration,
        buffer_before: rules.times.buffer_before,
        buffer_after: rules.times.buffer_after,
        modalities: rules.modalities.clone(),
        location_ids: rules.locations.clone(),
        employee_bookable: rules.employee_bookable,
        supervisor_bookable: rules.supervisor_bookable,
        visible_to_supervisor: rules.visible_to_supervisor,
        clinic_confirms: rules.clinic_confirms,
        min_notice_to_book: rules.min_notice_to_book,
        cancel_notice: rules.notice.cancel,
        move_notice: rules.notice.move_,
        max_moves: record.max_moves,
        max_per_day: rules.max_per_day,
        bundle_order: rules.bundle_order,
        after: rules.after.map(|after| AfterType {
            appointment_type_id: after.kind,
            least_hours: after.least_hours,
            most_hours: after.most_hours,
        }),
        fasting_hours: record.fasting_hours,
        display_order: record.display_order,
        colour: record.colour.clone(),
        active: rules.active,
        deleted_at: record.deleted_at,
        version: record.version,
    }
}
