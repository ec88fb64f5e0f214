//! Portals of the two employers, in different colours and words.

use salus_domain::portals::{Content, Module, SupportContact, Term, Texts};
use salus_store::portals::{NewPortal, insert_image, insert_published};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::organizations::{ELSEWHERE, LAKESIDE, NORTHWIND};
use super::{FOREIGN, SALUS, id};
use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::Tx;

const NORTHWIND_LOGO: &[u8] = include_bytes!("../../sandbox/northwind.png");
const LAKESIDE_LOGO: &[u8] = include_bytes!("../../sandbox/lakeside.png");

const EMPLOYEE_MODULES: [&str; 3] = ["appointments", "work_status", "send_message"];
const SUPERVISOR_MODULES: [&str; 4] = [
    "work_status",
    "supervisor_scheduling",
    "support",
    "send_message",
];

pub(super) async fn seed(state: &AppState) -> Result<(), ApiError> {
    state
        .run_system(SALUS, "seed_sandbox", async |tx| {
            let northwind = image(tx, 0x5a1_0401, NORTHWIND_LOGO).await?;
            let lakeside = image(tx, 0x5a1_0402, LAKESIDE_LOGO).await?;
            let look = Content {
                name: texts("Northwind Health", "Salud Northwind"),
                brand_color: "#0F5E7A".to_owned(),
                logo: Some(northwind),
                logo_alt: texts("Northwind", "Northwind"),
                welcome: texts(
                    "Your appointments, forms and work status in one place.",
                    "Sus citas, formularios y estado laboral en un solo lugar.",
                ),
                support_contacts: contacts(),
                ..Content::default()
            };
            publish(
                tx,
                0x5a1_0411,
                Some(NORTHWIND),
                "employee",
                "northwind",
                &look,
                &EMPLOYEE_MODULES,
            )
            .await?;
            let team = Content {
                name: texts("Northwind Teams", "Equipos Northwind"),
                ..look
            };
            publish(
                tx,
                0x5a1_0412,
                Some(NORTHWIND),
                "supervisor",
                "northwind-team",
                &team,
                &SUPERVISOR_MODULES,
            )
            .await?;

            let look = Content {
                name: texts("Lakeside Wellbeing", "Bienestar Lakeside"),
                brand_color: "#7A3E0F".to_owned(),
                logo: Some(lakeside),
                logo_alt: texts("Lakeside", "Lakeside"),
                welcome: texts(
                    "Book a visit, answer a form, ask us.",
                    "Reserve una visita, responda un formulario, pregunte.",
                ),
                terms: associate(),
                support_contacts: contacts(),
                ..Content::default()
            };
            let modules = ["send_message", "appointments", "work_status"];
            publish(
                tx,
                0x5a1_0413,
                Some(LAKESIDE),
                "employee",
                "lakeside",
                &look,
                &modules,
            )
            .await?;
            let team = Content {
                name: texts("Lakeside Leads", "Líderes Lakeside"),
                ..look
            };
            publish(
                tx,
                0x5a1_0414,
                Some(LAKESIDE),
                "supervisor",
                "lakeside-team",
                &team,
                &SUPERVISOR_MODULES,
            )
            .await
        })
        .await?;
    state
        .run_system(FOREIGN, "seed_sandbox", async |tx| {
            let look = Content {
                name: texts("Elsewhere", "Elsewhere"),
                brand_color: "#4B5563".to_owned(),
                ..Content::default()
            };
            publish(
                tx,
                0x5a1_0415,
                Some(ELSEWHERE),
                "employee",
                "elsewhere",
                &look,
                &EMPLOYEE_MODULES,
            )
            .await
        })
        .await
}

async fn image(tx: &mut Tx, n: u64, bytes: &[u8]) -> Result<Uuid, ApiError> {
    let (org, now, hash) = (
        tx.actor.provider_org.0,
        tx.now,
        hex::encode(Sha256::digest(bytes)),
    );
    insert_image(tx.conn(), org, id(n), &hash, bytes, now).await?;
    Ok(id(n))
}

async fn publish(
    tx: &mut Tx,
    n: u64,
    employer: Option<Uuid>,
    audience: &str,
    slug: &str,
    look: &Content,
    modules: &[&str],
) -> Result<(), ApiError> {
    let settings = |key: &str| match (key, slug) {
        ("appointments", _) => ["use_checkin", "request"]
            .map(|option| (option.to_owned(), true.into()))
            .into_iter()
            .chain((slug == "lakeside").then(|| ("alert_text".to_owned(), alert())))
            .collect(),
        // Northwind's supervisors take times; Lakeside's ask for them, as a new portal's do.
        ("supervisor_scheduling", "northwind-team") => [("mode".to_owned(), "schedule".into())]
            .into_iter()
            .collect(),
        _ => serde_json::Map::new(),
    };
    let modules = modules.iter().map(|&key| Module {
        key: key.to_owned(),
        settings: settings(key),
        ..Module::default()
    });
    let content = Content {
        modules: modules.collect(),
        ..look.clone()
    };
    let portal = NewPortal {
        id: id(n),
        provider_org_id: tx.actor.provider_org.0,
        employer_id: employer,
        audience: audience.to_owned(),
        slug: slug.to_owned(),
        content: serde_json::to_value(content).map_err(ApiError::internal)?,
    };
    let now = tx.now;
    insert_published(tx.conn(), &portal, now).await?;
    Ok(())
}

/// What Lakeside's people read above their visits.
fn alert() -> serde_json::Value {
    serde_json::json!({
        "en": "The clinic is closed on **public holidays**. Call [+1 260 555 0142](tel:+12605550142) when it is urgent.",
        "es": "La clínica cierra los **días festivos**. Llame al [+1 260 555 0142](tel:+12605550142) si es urgente.",
    })
}

fn texts(english: &str, spanish: &str) -> Texts {
    [
        ("en".to_owned(), english.to_owned()),
        ("es".to_owned(), spanish.to_owned()),
    ]
    .into()
}

fn associate() -> BTreeMap<String, BTreeMap<String, Term>> {
    let term = |singular: &str, plural: &str| Term {
        singular: singular.to_owned(),
        plural: plural.to_owned(),
    };
    let languages = [
        ("en".to_owned(), term("associate", "associates")),
        ("es".to_owned(), term("asociado", "asociados")),
    ];
    [("person".to_owned(), languages.into())].into()
}

fn contacts() -> Vec<SupportContact> {
    vec![SupportContact {
        label: "Fort Wayne Clinic".to_owned(),
        phone: Some("+1 260 555 0100".to_owned()),
        email: Some("help@sandbox.example".to_owned()),
        hours: Some("Mon-Fri 8 AM - 5 PM".to_owned()),
    }]
}
