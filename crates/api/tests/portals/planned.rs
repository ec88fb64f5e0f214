//! Publications at a time, and what differs between versions.

use super::*;
use chrono::{DateTime, TimeDelta, Utc};
use salus_api::portals::publish_due_once;
use salus_types::portals::{ComparisonQuery, ReplaceNotifications};
use salus_types::problem::{PUBLICATION_PLANNED, WRONG_STATE};

/// A site with a draft that shows two weeks.
async fn with_a_draft() -> (TestApp, Client, PortalId) {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    set(&admin, id, json!({ "days_out": 14 }))
        .await
        .expect("saved");
    (app, admin, id)
}

/// Plans the draft, or what an earlier version said, at a time.
async fn plan(
    admin: &Client,
    id: PortalId,
    version: Option<i32>,
    at: DateTime<Utc>,
) -> Result<PortalDraft, Error> {
    let command = PublishPortal {
        draft_version: draft(admin, id).await.version,
        version,
        note: "From Monday on.".to_owned(),
        publish_at: Some(at),
    };
    let planned = admin.publish_portal(id, &new_key(), &command).await?;
    Ok(planned.value)
}

fn state_of(draft: &PortalDraft) -> Option<&str> {
    draft.planned.as_ref().map(|planned| planned.state.as_str())
}

async fn at(app: &TestApp, now: DateTime<Utc>) {
    app.state.clock.set(now);
    publish_due_once(&app.state).await.expect("what is due");
}

async fn numbers(admin: &Client, id: PortalId) -> Vec<i32> {
    let found = admin.list_portal_versions(id).await.expect("versions");
    found.items.into_iter().map(|one| one.number).collect()
}

#[tokio::test]
async fn people_see_what_was_planned_when_its_time_comes_and_a_clock_that_goes_back_undoes_nothing()
{
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let id = portal(&admin, "northwind").await;
    let out = async || {
        let offered = employee.list_my_appointment_types().await;
        offered.expect("kinds of visits").rules.days_out
    };
    let now = app.state.clock.now();
    let due = now + TimeDelta::minutes(10);
    set(&admin, id, json!({ "days_out": 14 }))
        .await
        .expect("saved");
    let planned = plan(&admin, id, None, due).await.expect("planned");
    assert_eq!(state_of(&planned), Some("waiting"));
    assert_eq!(planned.published_version, 1);
    at(&app, due - TimeDelta::seconds(1)).await;
    assert_eq!((out().await, numbers(&admin, id).await), (60, vec![1]));
    at(&app, due).await;
    assert_eq!((out().await, numbers(&admin, id).await), (14, vec![2, 1]));
    let after = draft(&admin, id).await;
    assert_eq!((state_of(&after), after.changed), (None, false));
    let late = admin.call_off_publication(id).await;
    assert!(late.expect_err("it was made").is(WRONG_STATE));
    let versions = admin.list_portal_versions(id).await.expect("versions");
    assert_eq!(versions.items[0].note, "From Monday on.");
    assert!(versions.items[0].published_by.is_some());
    for again in [due, now, due + TimeDelta::hours(1)] {
        at(&app, again).await;
        assert_eq!((out().await, numbers(&admin, id).await), (14, vec![2, 1]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_publish_what_is_due_once() {
    let (app, admin, id) = with_a_draft().await;
    let due = app.state.clock.now() + TimeDelta::minutes(10);
    plan(&admin, id, None, due).await.expect("planned");
    app.state.clock.set(due);
    let (one, other) = tokio::join!(publish_due_once(&app.state), publish_due_once(&app.state));
    one.expect("published");
    other.expect("published");
    assert_eq!(numbers(&admin, id).await, [2, 1]);
}

#[tokio::test]
async fn until_a_planned_publication_is_called_off_nothing_changes() {
    let (app, admin, id) = with_a_draft().await;
    let due = app.state.clock.now() + TimeDelta::minutes(10);
    let planned = plan(&admin, id, None, due).await.expect("planned");
    let closed = |error: Error| assert!(error.is(PUBLICATION_PLANNED), "{error:?}");
    closed(
        set(&admin, id, json!({ "days_out": 21 }))
            .await
            .expect_err("closed"),
    );
    closed(publish(&admin, id, None).await.expect_err("closed"));
    closed(plan(&admin, id, None, due).await.expect_err("closed"));
    let discarded = admin.discard_portal_draft(id, planned.version).await;
    closed(discarded.expect_err("closed"));
    let reminders = admin.get_draft_notifications(id).await.expect("reminders");
    let command = ReplaceNotifications {
        reminders: reminders.value.reminders,
    };
    let saved = admin.replace_draft_notifications(id, reminders.version, &command);
    closed(saved.await.expect_err("closed"));
    let free = admin.call_off_publication(id).await.expect("called off");
    assert_eq!((state_of(&free.value), free.value.changed), (None, true));
    let again = admin.call_off_publication(id).await;
    assert!(again.expect_err("none is planned").is(WRONG_STATE));
    at(&app, due).await;
    assert_eq!(numbers(&admin, id).await, [1]);
    set(&admin, id, json!({ "days_out": 21 }))
        .await
        .expect("saved");
}

#[tokio::test]
async fn a_publication_is_planned_between_five_minutes_and_a_year_ahead() {
    let (app, admin, id) = with_a_draft().await;
    let now = app.state.clock.now();
    for ahead in [
        TimeDelta::minutes(-1),
        TimeDelta::minutes(4),
        TimeDelta::days(366),
    ] {
        let refused = plan(&admin, id, None, now + ahead).await;
        let refused = refused.expect_err("no such time");
        assert_eq!(pointers(&refused), ["/publish_at"]);
    }
}

#[tokio::test]
async fn what_cannot_be_published_any_more_is_a_draft_again() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    set(&admin, id, json!({ "request": true, "days_out": 14 }))
        .await
        .expect("saved");
    let due = app.state.clock.now() + TimeDelta::minutes(10);
    plan(&admin, id, None, due).await.expect("planned");
    let off =
        "UPDATE message_types SET sending = false WHERE kind = 'request' AND audience = 'employee'";
    app.database.execute(off).await;
    at(&app, due).await;
    let after = draft(&admin, id).await;
    assert_eq!((state_of(&after), after.changed), (Some("failed"), true));
    assert_eq!(numbers(&admin, id).await, [1]);
    set(&admin, id, json!({ "request": false }))
        .await
        .expect("saved");
    publish(&admin, id, None).await.expect("published");
    assert_eq!(state_of(&draft(&admin, id).await), None);
}

#[tokio::test]
async fn an_earlier_version_can_come_back_at_a_time() {
    let (app, admin, id) = with_a_draft().await;
    publish(&admin, id, None).await.expect("published");
    let due = app.state.clock.now() + TimeDelta::minutes(10);
    plan(&admin, id, Some(1), due).await.expect("planned");
    at(&app, due).await;
    let after = draft(&admin, id).await;
    assert_eq!(after.published_version, 3);
    assert_eq!(option(&after, "days_out"), Some(json!(60)));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_publish_at_once_one_wins_and_the_other_reads_so() {
    let (_app, admin, id) = with_a_draft().await;
    let command = PublishPortal {
        draft_version: draft(&admin, id).await.version,
        version: None,
        note: String::new(),
        publish_at: None,
    };
    let (first, second) = (new_key(), new_key());
    let both = tokio::join!(
        admin.publish_portal(id, &first, &command),
        admin.publish_portal(id, &second, &command),
    );
    let refused = match both {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        other => panic!("one of them wins: {other:?}"),
    };
    assert!(refused.is(VERSION_CONFLICT), "{refused:?}");
    assert_eq!(numbers(&admin, id).await, [2, 1]);
}

#[tokio::test]
async fn any_two_versions_are_compared_option_by_option() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    let saved = set(&admin, id, json!({ "days_out": 14 })).await;
    let place = "/modules/appointments/settings/days_out";
    let told = |changes: &[salus_types::portals::PortalChange]| {
        let one = |change: &salus_types::portals::PortalChange| {
            let (before, after) = (change.before.clone(), change.after.clone());
            (change.pointer.clone(), before, after)
        };
        changes.iter().map(one).collect::<Vec<_>>()
    };
    let narrower = (place.to_owned(), Some(json!(60)), Some(json!(14)));
    assert_eq!(
        told(&saved.expect("saved").changes),
        std::slice::from_ref(&narrower)
    );
    publish(&admin, id, None).await.expect("published");
    let compare = async |number: i32, against: Option<i32>| {
        let query = ComparisonQuery { against };
        admin.compare_portal_versions(id, number, &query).await
    };
    let found = compare(2, Some(1)).await.expect("compared");
    assert_eq!(told(&found.changes), [narrower]);
    let found = compare(1, None).await.expect("compared");
    let wider = (place.to_owned(), Some(json!(14)), Some(json!(60)));
    assert_eq!((found.against, told(&found.changes)), (2, vec![wider]));
    assert!(compare(2, Some(2)).await.expect("same").changes.is_empty());
    let missing = compare(2, Some(9)).await.expect_err("no such version");
    assert!(missing.is(NOT_FOUND));
    let missing = compare(9, None).await.expect_err("no such version");
    assert!(missing.is(NOT_FOUND));
}
