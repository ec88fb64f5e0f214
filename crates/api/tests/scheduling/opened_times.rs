//! Times that are free because a blackout ended or a schedule has room for more.

use super::schedules::{of_resource, open_saturdays};
use super::wait_list::{asked, kept_for, nobody_waits, offer_of, rounds, waiting};
use super::*;
use salus_types::ids::BlackoutId;

/// Everybody is away on Monday 1 March 2027 from eight to ten.
async fn away_on_monday(clinic: &Client) -> Blackout {
    let local = |text: &str| text.parse().expect("a local time");
    let command = CreateBlackout {
        resource_id: None,
        location_id: None,
        starts_local: local("2027-03-01T08:00:00"),
        ends_local: local("2027-03-01T10:00:00"),
        whole_days: false,
        modality: None,
        reason: "Training".to_owned(),
        yearly: false,
        confirm: false,
    };
    let made = clinic.create_blackout(&new_key(), &command).await;
    made.expect("a blackout").value
}

/// What made times free, in the order in which their rounds began, each once.
async fn causes(app: &TestApp) -> String {
    let query = "SELECT coalesce(string_agg(DISTINCT freed_by, ', '), '') FROM offer_rounds WHERE depth = 1";
    app.database.text(query).await
}

async fn delete(clinic: &Client, id: BlackoutId, version: i32) {
    let deleted = clinic.delete_blackout(id, version).await;
    deleted.expect("deleted");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_blackout_kept_is_offered_when_it_is_deleted_and_the_log_says_so() {
    let app = nobody_waits().await;
    let clinic = app.scheduler().await;
    let away = away_on_monday(&clinic).await;
    let (client, _) = waiting(&app, "employee2", "2027-03-02").await;
    asked(&app).await;
    assert_eq!(rounds(&app).await, "", "being away frees nothing");
    delete(&clinic, away.id, away.version).await;
    asked(&app).await;
    assert_eq!(kept_for(&client).await.starts_at, instant(MONDAY_EIGHT));
    let log = clinic.list_offer_rounds(&OffersQuery::default()).await;
    let log = log.expect("the log").items;
    assert!(
        log.iter()
            .all(|round| round.freed_by == FreedBy::BlackoutEnded)
    );
    let hour = TimeDelta::hours(1);
    let lengths = log.iter().map(|round| round.ends_at - round.starts_at);
    assert!(lengths.into_iter().all(|length| length == hour));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_blackout_that_is_cut_short_only_the_rest_is_offered() {
    let app = nobody_waits().await;
    let clinic = app.scheduler().await;
    let away = away_on_monday(&clinic).await;
    let (client, _) = waiting(&app, "employee2", "2027-03-02").await;
    let renamed = ChangeBlackout {
        reason: Some("Inventory".to_owned()),
        ..ChangeBlackout::default()
    };
    let renamed = clinic
        .change_blackout(away.id, away.version, &renamed)
        .await;
    let version = renamed.expect("changed").value.version;
    asked(&app).await;
    assert_eq!(rounds(&app).await, "", "nothing is free that was not");
    let shorter = ChangeBlackout {
        ends_local: Some("2027-03-01T09:00:00".parse().expect("a local time")),
        ..ChangeBlackout::default()
    };
    let shorter = clinic.change_blackout(away.id, version, &shorter).await;
    shorter.expect("changed");
    asked(&app).await;
    let nine = instant(MONDAY_EIGHT) + TimeDelta::hours(1);
    assert_eq!(kept_for(&client).await.starts_at, nine);
}

#[tokio::test(flavor = "multi_thread")]
async fn new_hours_are_offered_and_those_of_a_schedule_that_takes_more() {
    let app = nobody_waits().await;
    let clinic = app.scheduler().await;
    let (client, _) = waiting(&app, "employee2", "2027-03-08").await;
    open_saturdays(&clinic).await;
    asked(&app).await;
    assert_eq!(causes(&app).await, "capacity_added");
    let saturday = instant("2027-02-27T14:00:00Z");
    assert_eq!(kept_for(&client).await.starts_at, saturday);

    let count = "SELECT count(*)::text FROM offer_rounds";
    let before: usize = app.database.text(count).await.parse().expect("a count");
    let nurse = of_resource(&clinic, "J. Lee, RN").await;
    let more = ChangeSchedule {
        capacity: Some(nurse.capacity + 1),
        ..ChangeSchedule::default()
    };
    let more = clinic.change_schedule(nurse.id, nurse.version, &more).await;
    let more = more.expect("changed").value;
    asked(&app).await;
    let after: usize = app.database.text(count).await.parse().expect("a count");
    assert!((1..=24).contains(&(after - before)), "{before} {after}");
    let less = ChangeSchedule {
        capacity: Some(nurse.capacity),
        ..ChangeSchedule::default()
    };
    let less = clinic.change_schedule(more.id, more.version, &less).await;
    less.expect("changed");
    asked(&app).await;
    assert_eq!(app.database.text(count).await, after.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_starts_too_soon_after_a_change_is_not_offered() {
    let app = nobody_waits().await;
    let clinic = app.scheduler().await;
    let away = away_on_monday(&clinic).await;
    let (client, _) = waiting(&app, "employee2", "2027-03-02").await;
    // Half past six on that Monday: ten is more than four hours off, but not what was kept.
    app.state.clock.set(instant("2027-03-01T11:30:00Z"));
    delete(&clinic, away.id, away.version).await;
    asked(&app).await;
    assert_eq!(
        (offer_of(&client).await, rounds(&app).await),
        (None, String::new())
    );
}
