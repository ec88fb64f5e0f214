//! How places offer times and what they do by themselves.

use super::*;
use salus_types::ids::LocationId;
use salus_types::problem::{FORBIDDEN, INVALID};

async fn first_place(clinic: &Client) -> LocationId {
    let places = clinic.list_locations().await.expect("places").items;
    places.first().expect("a place").id
}

async fn settings(clinic: &Client, id: LocationId) -> LocationSettings {
    let settings = clinic.get_location_settings(id).await;
    settings.expect("its settings").value
}

#[tokio::test(flavor = "multi_thread")]
async fn the_front_desk_says_how_a_place_offers_times_and_what_was_saved_is_kept() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let id = first_place(&clinic).await;
    let before = settings(&clinic, id).await;
    let usual = (
        before.offer_minutes_soon,
        before.offer_minutes_later,
        before.offer_lead_hours,
    );
    assert_eq!(usual, (15, 120, 4));
    assert!(!before.offer_broadcast && before.settles_no_shows);
    let change = ChangeLocationSettings {
        offer_minutes_soon: Some(240),
        offer_broadcast: Some(true),
        settles_no_shows: Some(false),
        ..ChangeLocationSettings::default()
    };
    let changed = clinic.change_location_settings(id, before.version, &change);
    let changed = changed.await.expect("changed").value;
    assert_eq!(
        changed,
        LocationSettings {
            offer_minutes_soon: 240,
            offer_broadcast: true,
            settles_no_shows: false,
            version: before.version + 1,
            ..before
        }
    );
    assert_eq!(settings(&clinic, id).await, changed);
    let stale = clinic.change_location_settings(id, before.version, &change);
    assert!(stale.await.expect_err("stale").is(VERSION_CONFLICT));
    let saves = clinic.list_location_settings_revisions(id).await;
    let saves = saves.expect("its saves").items;
    let fields = saves[0].changes.iter().map(|change| change.field.as_str());
    assert_eq!(
        fields.collect::<Vec<_>>(),
        ["offer_broadcast", "offer_minutes_soon", "settles_no_shows"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_that_cannot_be_is_told_at_its_field() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let id = first_place(&clinic).await;
    let before = settings(&clinic, id).await;
    let change = ChangeLocationSettings {
        offer_minutes_soon: Some(4),
        offer_minutes_later: Some(241),
        offer_lead_hours: Some(73),
        ..ChangeLocationSettings::default()
    };
    let wrong = clinic.change_location_settings(id, before.version, &change);
    let wrong = wrong.await.expect_err("out of range");
    assert!(wrong.is(INVALID));
    let problem = wrong.problem().expect("a problem");
    let pointers = problem.errors.iter().map(|one| one.pointer.as_str());
    assert_eq!(
        pointers.collect::<Vec<_>>(),
        [
            "/offer_minutes_soon",
            "/offer_minutes_later",
            "/offer_lead_hours"
        ]
    );
    assert_eq!(settings(&clinic, id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinician_reads_the_settings_of_a_place_and_does_not_change_them() {
    let app = start().await;
    let clinician = app.clinician().await;
    let id = first_place(&clinician).await;
    let before = settings(&clinician, id).await;
    let change = ChangeLocationSettings {
        offer_broadcast: Some(true),
        ..ChangeLocationSettings::default()
    };
    let changed = clinician.change_location_settings(id, before.version, &change);
    assert!(changed.await.expect_err("not theirs").is(FORBIDDEN));
    let unknown = LocationId(salus_api::sandbox::id(0x5a1_ffff));
    let unknown = clinician.get_location_settings(unknown).await;
    assert!(unknown.expect_err("no such place").is(NOT_FOUND));
}
