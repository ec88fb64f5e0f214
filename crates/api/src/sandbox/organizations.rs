//! Provider organizations, employers, places, departments.

use salus_domain::ids::ProviderOrgId;
use salus_store::people::{
    NewDepartment, NewEmployer, NewLocation, NewProviderOrganization, insert_departments,
    insert_employers, insert_locations, insert_provider_organization, link_location,
};
use salus_store::plumbing::insert_organization_key;
use uuid::Uuid;

use super::{FOREIGN, SALUS, id};
use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::Tx;

/// Northwind, the employer most of the sandbox is about.
pub(crate) const NORTHWIND: Uuid = id(0x5a1_0101);
/// Lakeside, a second employer of the same provider organization.
pub(crate) const LAKESIDE: Uuid = id(0x5a1_0102);
/// The employer of the second provider organization.
pub(crate) const ELSEWHERE: Uuid = id(0x5a1_0103);
/// Fort Wayne Clinic.
pub(crate) const CLINIC: Uuid = id(0x5a1_0201);
/// The clinic of the second provider organization.
pub(crate) const FOREIGN_CLINIC: Uuid = id(0x5a1_0202);
/// Lakeside's site.
pub(crate) const LAKESIDE_SITE: Uuid = id(0x5a1_0221);
/// The site of the employer of the second provider organization.
pub(crate) const ELSEWHERE_SITE: Uuid = id(0x5a1_0231);

const INDIANA: &str = "America/Indiana/Indianapolis";

pub(super) async fn seed(state: &AppState) -> Result<(), ApiError> {
    state
        .run_system(SALUS, "seed_sandbox", async |tx| salus(tx).await)
        .await?;
    state
        .run_system(FOREIGN, "seed_sandbox", async |tx| foreign(tx).await)
        .await
}

async fn salus(tx: &mut Tx) -> Result<(), ApiError> {
    organization(tx, SALUS, "salus-sandbox", "Salus Sandbox").await?;
    let employers = [
        employer(tx, NORTHWIND, "northwind", "Northwind"),
        employer(tx, LAKESIDE, "lakeside", "Lakeside"),
    ];
    insert_employers(tx.conn(), &employers).await?;
    let mut locations = vec![NewLocation {
        street: Some("1200 Clinic Way".to_owned()),
        city: Some("Fort Wayne".to_owned()),
        state: Some("IN".to_owned()),
        zip: Some("46802".to_owned()),
        country: Some("US".to_owned()),
        phone: Some("+1 260 555 0100".to_owned()),
        ..location(
            tx,
            CLINIC,
            None,
            "FWC",
            "Fort Wayne Clinic",
            "Fort Wayne",
            INDIANA,
        )
    }];
    let sites = [
        ("FTW", "Fort Wayne Plant", "Fort Wayne", INDIANA),
        ("PHX", "Phoenix Distribution", "Phoenix", "America/Phoenix"),
        ("ELP", "El Paso Works", "El Paso", "America/Denver"),
        ("ANC", "Anchorage Depot", "Anchorage", "America/Anchorage"),
    ];
    for ((code, name, city, zone), n) in sites.into_iter().zip(0x5a1_0211..) {
        locations.push(location(tx, id(n), Some(NORTHWIND), code, name, city, zone));
    }
    locations.push(location(
        tx,
        LAKESIDE_SITE,
        Some(LAKESIDE),
        "LKS",
        "Lakeside Mill",
        "Warsaw",
        INDIANA,
    ));
    insert_locations(tx.conn(), &locations).await?;
    for employer in [NORTHWIND, LAKESIDE] {
        link_location(tx.conn(), SALUS.0, employer, CLINIC).await?;
    }
    departments(tx, NORTHWIND, 0x5a1_0301).await?;
    departments(tx, LAKESIDE, 0x5a1_0321).await
}

async fn foreign(tx: &mut Tx) -> Result<(), ApiError> {
    organization(tx, FOREIGN, "other-service", "Other Health Service").await?;
    let employer = employer(tx, ELSEWHERE, "elsewhere", "Elsewhere");
    insert_employers(tx.conn(), &[employer]).await?;
    let locations = [
        location(
            tx,
            FOREIGN_CLINIC,
            None,
            "OTH",
            "Other Clinic",
            "Toledo",
            "America/New_York",
        ),
        location(
            tx,
            ELSEWHERE_SITE,
            Some(ELSEWHERE),
            "ELS",
            "Elsewhere Works",
            "Toledo",
            "America/New_York",
        ),
    ];
    insert_locations(tx.conn(), &locations).await?;
    link_location(tx.conn(), FOREIGN.0, ELSEWHERE, FOREIGN_CLINIC).await?;
    departments(tx, ELSEWHERE, 0x5a1_0341).await
}

async fn organization(
    tx: &mut Tx,
    org: ProviderOrgId,
    code: &str,
    name: &str,
) -> Result<(), ApiError> {
    let now = tx.now;
    let row = NewProviderOrganization {
        id: org.0,
        code: code.to_owned(),
        name: name.to_owned(),
        time_zone: INDIANA.to_owned(),
        created_at: now,
    };
    insert_provider_organization(tx.conn(), &row).await?;
    let (_, wrapped) = tx.state.key_file.new_organization_key(org)?;
    let key_file = tx.state.key_file.id();
    insert_organization_key(tx.conn(), org, &wrapped, &key_file, now).await?;
    Ok(())
}

fn employer(tx: &Tx, id: Uuid, code: &str, name: &str) -> NewEmployer {
    NewEmployer {
        id,
        provider_org_id: tx.actor.provider_org.0,
        code: code.to_owned(),
        name: name.to_owned(),
        time_zone: INDIANA.to_owned(),
        created_at: tx.now,
    }
}

fn location(
    tx: &Tx,
    id: Uuid,
    employer: Option<Uuid>,
    code: &str,
    name: &str,
    label: &str,
    zone: &str,
) -> NewLocation {
    NewLocation {
        id,
        provider_org_id: tx.actor.provider_org.0,
        employer_id: employer,
        kind: if employer.is_some() {
            "employer_site"
        } else {
            "clinic"
        }
        .to_owned(),
        code: code.to_owned(),
        name: name.to_owned(),
        public_label: label.to_owned(),
        time_zone: zone.to_owned(),
        created_at: tx.now,
        ..NewLocation::default()
    }
}

async fn departments(tx: &mut Tx, employer: Uuid, first: u64) -> Result<(), ApiError> {
    let named = [
        ("FAB", "Fabrication"),
        ("ASM", "Assembly"),
        ("WHS", "Warehouse"),
        ("LAB", "Laboratory"),
        ("MNT", "Maintenance"),
        ("ADM", "Administration"),
        ("TRN", "Transport"),
        ("APPLICANTS", "Applicants"),
    ];
    let rows: Vec<NewDepartment> = named
        .into_iter()
        .zip(first..)
        .map(|((code, name), n)| NewDepartment {
            id: id(n),
            provider_org_id: tx.actor.provider_org.0,
            employer_id: employer,
            code: code.to_owned(),
            name: name.to_owned(),
            for_applicants: code == "APPLICANTS",
            created_at: tx.now,
        })
        .collect();
    insert_departments(tx.conn(), &rows).await?;
    Ok(())
}
