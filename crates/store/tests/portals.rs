//! What stored versions of portals are read as.
#![cfg(test)]

use salus_store::portals::PortalRow;
use serde_json::{Value, json};
use uuid::Uuid;

fn row(content: Value) -> PortalRow {
    PortalRow {
        id: Uuid::nil(),
        employer_id: None,
        audience: "employee".to_owned(),
        slug: "shared".to_owned(),
        enabled: true,
        number: 1,
        content,
    }
}

#[test]
fn a_version_with_a_field_of_a_newer_server_keeps_its_modules() {
    let newer = json!({
        "ticker": ["Closed"],
        "modules": [{ "key": "appointments", "shape": "wide" }, { "key": "questionnaires" }],
    });
    let modules = row(newer).content().modules;
    let keys: Vec<&str> = modules.iter().map(|module| module.key.as_str()).collect();
    assert_eq!(keys, ["appointments"]);
}

#[test]
fn what_is_switched_off_is_not_offered() {
    let row = row(json!({
        "modules": [{ "key": "appointments", "off": true }, { "key": "work_status" }],
    }));
    assert_eq!(row.content().modules.len(), 2);
    let offered = row.candidate().content.modules;
    assert_eq!((offered.len(), offered[0].key.as_str()), (1, "work_status"));
}
