//! What is sealed opens where it belongs and nowhere else.
#![cfg(test)]

use salus_domain::ids::{PersonId, ProviderOrgId};
use salus_store::sealing::{KeyFile, Place, SealError};
use uuid::Uuid;

fn key_file() -> KeyFile {
    KeyFile::parse(&KeyFile::generate().unwrap()).unwrap()
}

fn org() -> ProviderOrgId {
    ProviderOrgId(Uuid::from_u128(1))
}

fn place(row: u128) -> Place<'static> {
    Place {
        table: "messages",
        column: "body",
        row: Uuid::from_u128(row),
    }
}

#[test]
fn a_value_opens_in_its_place_only() {
    let (key, _) = key_file().new_organization_key(org()).unwrap();
    let sealed = key.seal(&place(1), b"my ears ring").unwrap();
    assert_eq!(key.open(&place(1), &sealed).unwrap(), b"my ears ring");
    assert_eq!(key.open(&place(2), &sealed), Err(SealError::Damaged));
}

#[test]
fn a_wrong_key_is_told_apart_from_a_damaged_value() {
    let (key, _) = key_file().new_organization_key(org()).unwrap();
    let (other, _) = key_file().new_organization_key(org()).unwrap();
    let mut sealed = key.seal(&place(1), b"x").unwrap();
    assert_eq!(other.open(&place(1), &sealed), Err(SealError::OtherKey));
    *sealed.last_mut().unwrap() ^= 1;
    assert_eq!(key.open(&place(1), &sealed), Err(SealError::Damaged));
}

#[test]
fn keys_unwrap_along_the_chain() {
    let file = key_file();
    let person = PersonId(Uuid::from_u128(7));
    let (org_key, wrapped_org) = file.new_organization_key(org()).unwrap();
    let (chart, wrapped_chart) = org_key.new_chart_key(person).unwrap();
    let sealed = chart.seal(&place(3), b"answer").unwrap();
    let again = file
        .organization_key(org(), &wrapped_org)
        .unwrap()
        .chart_key(person, &wrapped_chart)
        .unwrap();
    assert_eq!(again.open(&place(3), &sealed).unwrap(), b"answer");
    assert_eq!(
        key_file().organization_key(org(), &wrapped_org).err(),
        Some(SealError::OtherKey)
    );
}
