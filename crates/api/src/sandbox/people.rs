//! Northwind's people, read from their HR file, and a few of the other employers.

use chrono::NaiveDate;
use salus_domain::ids::{EmployerId, ProviderOrgId};
use salus_store::intake::known::find_employer;
use salus_store::people::{
    NewContactPoint, NewEmployment, NewIdentifier, NewPerson, insert_contact_points,
    insert_employments, insert_identifiers, insert_persons,
};
use uuid::Uuid;

use super::organizations::{ELSEWHERE, ELSEWHERE_SITE, LAKESIDE, LAKESIDE_SITE, NORTHWIND};
use super::{FOREIGN, SALUS, id};
use crate::error::ApiError;
use crate::intake::feed::apply::{Decided, apply};
use crate::intake::feed::receive::{Incoming, dry_run, receive};
use crate::state::AppState;
use crate::transaction::Tx;

/// The id of Northwind's worker `user<n>`.
#[must_use]
pub const fn worker(n: u64) -> Uuid {
    id(0x5a1_1000 + n)
}

/// Lakeside's worker and supervisor.
pub(crate) const LAKESIDE_WORKER: Uuid = id(0x5a1_1101);
pub(crate) const LAKESIDE_SUPERVISOR: Uuid = id(0x5a1_1102);
/// The worker of the second provider organization.
pub(crate) const FOREIGN_WORKER: Uuid = id(0x5a1_1201);

struct Worker {
    id: Uuid,
    number: &'static str,
    first: &'static str,
    last: &'static str,
    born: (i32, u32, u32),
    job: &'static str,
    language: &'static str,
}

/// Northwind's people, as an HR department would send them.
const NORTHWIND_FILE: &[u8] = include_bytes!("../../sandbox/people.csv");

pub(super) async fn seed(state: &AppState) -> Result<(), ApiError> {
    northwind(state).await?;
    let lakeside = [
        Worker {
            id: LAKESIDE_WORKER,
            number: "L-1",
            first: "Owen",
            last: "Marsh",
            born: (1985, 6, 6),
            job: "Welder",
            language: "en",
        },
        Worker {
            id: LAKESIDE_SUPERVISOR,
            number: "L-2",
            first: "Ruth",
            last: "Kessler",
            born: (1975, 8, 16),
            job: "Line Lead",
            language: "en",
        },
    ];
    let foreign = [Worker {
        id: FOREIGN_WORKER,
        number: "E-1",
        first: "Ivo",
        last: "Petrov",
        born: (1980, 11, 2),
        job: "Welder",
        language: "en",
    }];
    state
        .run_system(SALUS, "seed_sandbox", async |tx| {
            insert(tx, SALUS, LAKESIDE, LAKESIDE_SITE, &lakeside).await
        })
        .await?;
    state
        .run_system(FOREIGN, "seed_sandbox", async |tx| {
            insert(tx, FOREIGN, ELSEWHERE, ELSEWHERE_SITE, &foreign).await
        })
        .await
}

/// Reads Northwind's file as any HR file is read.
async fn northwind(state: &AppState) -> Result<(), ApiError> {
    let employer = state
        .run_system(SALUS, "seed_sandbox", async |tx: &mut Tx| {
            find_employer(tx.conn(), EmployerId(NORTHWIND))
                .await?
                .ok_or_else(ApiError::not_found)
        })
        .await?;
    let incoming = Incoming {
        employer,
        profile: "sandbox".to_owned(),
        source: "sandbox",
        by: None,
        file_name: "people.csv".to_owned(),
        bytes: NORTHWIND_FILE.to_vec(),
        replay: false,
    };
    let run = receive(state, incoming).await?;
    dry_run(state, SALUS, run).await?;
    apply(state, SALUS, run, Decided::default()).await?;
    Ok(())
}

async fn insert(
    tx: &mut Tx,
    org: ProviderOrgId,
    employer: Uuid,
    site: Uuid,
    workers: &[Worker],
) -> Result<(), ApiError> {
    let now = tx.now;
    let persons: Vec<NewPerson> = workers
        .iter()
        .map(|w| NewPerson {
            id: w.id,
            provider_org_id: org.0,
            last_name: w.last.to_owned(),
            first_name: w.first.to_owned(),
            middle_name: String::new(),
            preferred_name: String::new(),
            birth_date: NaiveDate::from_ymd_opt(w.born.0, w.born.1, w.born.2),
            sex: None,
            language: Some(w.language.to_owned()),
            time_zone: None,
            created_at: now,
            created_by: None,
        })
        .collect();
    let employments: Vec<NewEmployment> = workers
        .iter()
        .map(|w| NewEmployment {
            id: Uuid::now_v7(),
            provider_org_id: org.0,
            employer_id: employer,
            person_id: w.id,
            kind: "employee".to_owned(),
            status: "active".to_owned(),
            job: w.job.to_owned(),
            job_class: String::new(),
            cost_center: String::new(),
            shift: String::new(),
            department_id: None,
            location_id: Some(site),
            hired_on: NaiveDate::from_ymd_opt(2020, 3, 2),
            ends_on: None,
            ends_at: None,
            created_at: now,
            created_by: None,
        })
        .collect();
    let identifiers: Vec<NewIdentifier> = workers
        .iter()
        .map(|w| NewIdentifier {
            id: Uuid::now_v7(),
            provider_org_id: org.0,
            employer_id: employer,
            person_id: w.id,
            kind: "employee_number".to_owned(),
            value: w.number.to_owned(),
            source: "hr_feed".to_owned(),
            created_at: now,
        })
        .collect();
    let contacts: Vec<NewContactPoint> = workers
        .iter()
        .map(|w| NewContactPoint {
            id: Uuid::now_v7(),
            provider_org_id: org.0,
            person_id: w.id,
            kind: "email".to_owned(),
            value: format!("{}@sandbox.example", w.number.to_lowercase()),
            source: "hr_feed".to_owned(),
            usable: true,
            created_at: now,
            ..NewContactPoint::default()
        })
        .collect();
    insert_persons(tx.conn(), &persons).await?;
    insert_employments(tx.conn(), &employments).await?;
    insert_identifiers(tx.conn(), &identifiers).await?;
    insert_contact_points(tx.conn(), &contacts).await?;
    Ok(())
}
