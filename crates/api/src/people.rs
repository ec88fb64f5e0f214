//! Persons: the clinic's search and chart header, one's own profile.

use actix_web::get;
use actix_web::web::{Data, Json};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{EmployerId, LocationId, PersonId};
use salus_domain::people::{shown_name, zone_of};
use salus_store::people::{EmploymentRow, PersonRow, find_person, search_people};
use salus_types::page::Page;
use salus_types::people::{Employment, PeopleQuery, Person};
use salus_types::problem::Problem;
use uuid::Uuid;

use crate::access::{Caller, Clinic, Me};
use crate::error::ApiError;
use crate::extract::{Id, Query, Versioned, cursor, limit, place};
use crate::routes::Operations;
use crate::state::AppState;

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(list_people)
        .service(get_person)
        .service(get_my_profile);
}

/// Search people by the beginnings of their names or by employee number; by last, then first name.
#[utoipa::path(
    tag = "people",
    params(PeopleQuery),
    responses((status = 200, body = Page<Person>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/clinic/people")]
pub async fn list_people(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<PeopleQuery>,
) -> Result<Json<Page<Person>>, ApiError> {
    let page = query.0.page();
    let (rows, next_cursor) = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::Profile)?;
            let limit = limit(&page)?;
            let after = place::<(String, String, Uuid)>(page.cursor.as_deref())?;
            let words = query.0.q.as_deref().unwrap_or_default();
            let mut rows = search_people(tx.conn(), &scope, words, after, limit + 1).await?;
            let limit = usize::try_from(limit).unwrap_or_default();
            let more = rows.len() > limit;
            rows.truncate(limit);
            let last = rows.last().filter(|_| more);
            let next = last
                .map(|row| {
                    cursor(&(
                        row.last_name.to_lowercase(),
                        row.first_name.to_lowercase(),
                        row.id,
                    ))
                })
                .transpose()?;
            tx.shown(&scope, rows.iter().map(|row| (PersonId(row.id), row.id)));
            Ok((rows, next))
        })
        .await?;
    Ok(Json(Page {
        items: rows.into_iter().map(shown).collect(),
        next_cursor,
    }))
}

/// A person's chart header.
#[utoipa::path(
    tag = "people",
    params(("id" = Uuid, Path, description = "The person")),
    responses((status = 200, body = Person), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/clinic/people/{id}")]
pub async fn get_person(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
) -> Result<Versioned<Person>, ApiError> {
    let row = state
        .run(&caller, async |tx| {
            let Some(row) = find_person(tx.conn(), id.0).await? else {
                return Err(tx.missing(Act::Read, DataClass::Profile, id.0));
            };
            let about = about(&row);
            Ok(tx
                .allow(Act::Read, DataClass::Profile, about, row)?
                .into_inner())
        })
        .await?;
    let version = row.version;
    Ok(Versioned(shown(row), version))
}

/// One's own name, job and contact.
#[utoipa::path(
    tag = "people",
    responses((status = 200, body = Person), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/me/profile")]
pub async fn get_my_profile(
    caller: Caller<Me>,
    state: Data<AppState>,
) -> Result<Versioned<Person>, ApiError> {
    let row = state
        .run(&caller, async |tx| {
            let me = tx.actor.own_person()?;
            let row = find_person(tx.conn(), me)
                .await?
                .ok_or_else(ApiError::not_found)?;
            let about = about(&row);
            Ok(tx
                .allow(Act::Read, DataClass::Profile, about, row)?
                .into_inner())
        })
        .await?;
    let version = row.version;
    Ok(Versioned(shown(row), version))
}

/// What the policy needs to know of a person's row.
#[must_use]
pub fn about(row: &PersonRow) -> About {
    let about = About::person(PersonId(row.id)).object(row.id);
    match &row.employment {
        Some(employment) => about.employer(EmployerId(employment.employer_id)),
        None => about,
    }
}

fn shown(row: PersonRow) -> Person {
    let zone = zone_of(
        row.employment
            .as_ref()
            .and_then(|e| e.location_time_zone.as_deref()),
        row.employment
            .as_ref()
            .map(|e| e.employer_time_zone.as_str()),
        "UTC",
    );
    Person {
        id: PersonId(row.id),
        name: shown_name(&row.first_name, &row.preferred_name, &row.last_name),
        first_name: row.first_name,
        last_name: row.last_name,
        preferred_name: Some(row.preferred_name).filter(|name| !name.is_empty()),
        birth_date: row.birth_date,
        language: row.language,
        time_zone: zone.name().to_owned(),
        employment: row.employment.map(employment),
        other_employments: row.other_employments.into_iter().map(employment).collect(),
        version: row.version,
    }
}

fn employment(row: EmploymentRow) -> Employment {
    Employment {
        employer_id: EmployerId(row.employer_id),
        employer: row.employer_name,
        kind: row.kind,
        status: row.status,
        job: row.job,
        department: row.department,
        location_id: row.location_id.map(LocationId),
        location: row.location,
        employee_number: row.employee_number,
    }
}
