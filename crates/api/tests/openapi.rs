//! The contract: the committed document is the code's, and every operation can be called.
#![cfg(test)]

use serde_json::Value;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document() -> Value {
    serde_json::to_value(salus_api::openapi::document()).unwrap()
}

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if ["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                found.push((method.clone(), path.clone(), operation));
            }
        }
    }
    found
}

#[test]
fn the_committed_document_is_what_the_handlers_say() {
    let file = root().join("openapi/salus.v1.json");
    let text = salus_api::openapi::text().unwrap();
    if std::env::var_os("SALUS_UPDATE").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == text,
        "openapi/salus.v1.json is not of this code; write it with SALUS_UPDATE=1 and review"
    );
}

#[test]
fn the_document_names_this_project_and_its_version_of_openapi() {
    let document = document();
    assert_eq!(document["info"]["title"], "Salus");
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[test]
fn every_operation_has_a_name_of_its_own_a_summary_and_a_tag() {
    let document = document();
    let mut names = Vec::new();
    for (method, path, operation) in operations(&document) {
        let name = operation["operationId"]
            .as_str()
            .unwrap_or_else(|| panic!("{method} {path} has no name"));
        assert!(!names.contains(&name.to_owned()), "{name} twice");
        names.push(name.to_owned());
        assert!(
            operation["summary"].as_str().is_some_and(|s| !s.is_empty()),
            "{name} has no summary"
        );
        let tag = operation["tags"][0].as_str().unwrap_or_default();
        assert!(
            document["tags"]
                .as_array()
                .unwrap()
                .iter()
                .any(|t| t["name"] == tag),
            "{name}: tag {tag}"
        );
    }
    assert!(names.len() > 20);
}

#[test]
fn every_operation_behind_a_door_documents_401() {
    let document = document();
    for (_, path, operation) in operations(&document) {
        if ["/me", "/team", "/clinic", "/admin"]
            .iter()
            .any(|door| path.starts_with(&format!("/api/v1{door}")))
        {
            assert!(
                operation["responses"]["401"].is_object(),
                "{}",
                operation["operationId"]
            );
        }
    }
}

#[test]
fn every_operation_has_a_client_method_of_its_name() {
    let document = document();
    let mut client = String::new();
    for entry in std::fs::read_dir(root().join("crates/client/src")).unwrap() {
        client.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let missing: Vec<_> = operations(&document)
        .iter()
        .map(|(_, _, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .filter(|name| !client.contains(&format!(" fn {name}(")))
        .collect();
    assert!(missing.is_empty(), "no client method: {missing:?}");
}
