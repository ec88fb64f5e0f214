//! Templates for schedules: keeping, listing and deleting them.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{LocationId, ResourceId, ScheduleId, ScheduleTemplateId};
use salus_store::scheduling::{self as store, TemplateRecord};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::{
    CreateSchedule, CreateScheduleTemplate, ScheduleTemplate, ScheduleTemplateFields, TemplateScope,
};
use uuid::Uuid;

use super::revisions::permit;
use super::schedules::faults_of;
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Configuration;

/// Templates for schedules: everybody's and one's own, by name.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = Page<ScheduleTemplate>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/schedule-templates")]
pub async fn list_schedule_templates(
    caller: Caller<Clinic>,
    state: Data<AppState>,
) -> Result<Json<Page<ScheduleTemplate>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let records = store::list_templates(tx.conn()).await?;
            records.into_iter().map(shown).collect()
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Keep hours and limits under a name, to fill new schedules with.
#[utoipa::path(
    tag = "scheduling",
    request_body = CreateScheduleTemplate,
    responses(
        (status = 201, body = ScheduleTemplate),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
    )
)]
#[post("/clinic/schedule-templates")]
pub async fn create_schedule_template(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<CreateScheduleTemplate>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let (org, now) = (tx.actor.provider_org, tx.now);
            let id = ScheduleTemplateId(Uuid::now_v7());
            permit(tx, Act::Create, CLASS, About::default().object(id))?;
            let new = checked(tx, &body, id).await?;
            store::insert_template(tx.conn(), org, &new, now).await?;
            let address = format!("/api/v1/clinic/schedule-templates/{id}");
            Created::at(address, 1, &shown(new)?)
        })
        .await
}

/// Delete a template; schedules that were filled with it stay.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The template")),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[delete("/clinic/schedule-templates/{id}")]
pub async fn delete_schedule_template(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ScheduleTemplateId>,
) -> Result<HttpResponse, ApiError> {
    let id = id.0;
    state
        .run(&caller, async |tx: &mut Tx| {
            permit(tx, Act::Change, CLASS, About::default().object(id))?;
            if store::delete_template(tx.conn(), id).await? {
                Ok(())
            } else {
                Err(tx.missing(Act::Change, CLASS, id))
            }
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A template as it may be kept; every field that is wrong is told.
async fn checked(
    tx: &mut Tx,
    body: &CreateScheduleTemplate,
    id: ScheduleTemplateId,
) -> Result<TemplateRecord, ApiError> {
    let mut wrong = Vec::new();
    let name = body.name.trim();
    match name.chars().count() {
        0 => wrong.push(Field::new("/name", "required")),
        1..=60 => {}
        _ => wrong.push(Field::new("/name", "too_long").with("limit", 60)),
    }
    let account = match body.scope {
        TemplateScope::Personal => tx.actor.account,
        TemplateScope::Global => None,
    };
    let known = store::list_templates(tx.conn()).await?;
    if known
        .iter()
        .any(|one| one.name == name && one.account == account)
    {
        wrong.push(Field::new("/name", "taken"));
    }
    let schedule = somebodys(&body.fields, tx.now.date_naive());
    for mut field in faults_of(tx, &schedule, ScheduleId(Uuid::nil())).await? {
        field.pointer.insert_str(0, "/fields");
        wrong.push(field);
    }
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    Ok(TemplateRecord {
        id,
        account,
        name: name.to_owned(),
        fields: serde_json::to_value(&body.fields).map_err(ApiError::internal)?,
    })
}

/// The schedule a template would fill: nobody's, nowhere.
fn somebodys(fields: &ScheduleTemplateFields, from: chrono::NaiveDate) -> CreateSchedule {
    let fields = fields.clone();
    CreateSchedule {
        resource_id: ResourceId(Uuid::nil()),
        location_id: LocationId(Uuid::nil()),
        modality: fields.modality,
        appointment_type_ids: fields.appointment_type_ids,
        effective_from: from,
        effective_until: None,
        every_n_weeks: Some(fields.every_n_weeks),
        windows: fields.windows,
        interval: fields.interval,
        offset: fields.offset,
        capacity: fields.capacity,
        daily_cap: fields.daily_cap,
        overbook: fields.overbook,
        opens_at: None,
        audience: fields.audience,
        priority: fields.priority,
    }
}

fn shown(record: TemplateRecord) -> Result<ScheduleTemplate, ApiError> {
    Ok(ScheduleTemplate {
        id: record.id,
        name: record.name,
        scope: match record.account {
            Some(_) => TemplateScope::Personal,
            None => TemplateScope::Global,
        },
        fields: serde_json::from_value(record.fields).map_err(ApiError::internal)?,
    })
}
