//! How an employer wants people to be reminded.

use super::*;
use salus_types::ids::PortalId;
use salus_types::portals::{DraftNotifications, PublishPortal, ReplaceNotifications};

async fn portal(admin: &Client) -> PortalId {
    let portals = admin.list_portals().await.expect("portals");
    let mut portals = portals.into_iter();
    let found = portals.find(|one| one.slug == "northwind");
    found.expect("a portal").id
}

async fn draft(admin: &Client, id: PortalId) -> DraftNotifications {
    let draft = admin.get_draft_notifications(id).await;
    draft.expect("a draft").value
}

async fn publish(admin: &Client, id: PortalId, version: Option<i32>) -> i32 {
    let draft = admin.get_portal_draft(id).await.expect("a draft").value;
    let command = PublishPortal {
        draft_version: draft.version,
        version,
        note: String::new(),
        publish_at: None,
    };
    let published = admin.publish_portal(id, &new_key(), &command).await;
    published.expect("published").value.published_version
}

/// When somebody who books for a day is reminded, step by step.
async fn planned(app: &TestApp, client: &Client, date: &str) -> String {
    let free = slots(client, FIT, date, 1).await;
    let booked = book(client, FIT, &free[0]).await.expect("a booking");
    noted(app).await;
    let steps = format!(
        "SELECT string_agg(step || ' ' || to_char(due_at AT TIME ZONE 'UTC', 'DD HH24:MI'), ', ' ORDER BY due_at)
         FROM appointment_reminders WHERE appointment_id = '{}'",
        booked.id
    );
    app.database.text(&steps).await
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_reminded_as_their_employer_published_and_an_earlier_version_can_come_back() {
    let app = start().await;
    let admin = app.admin().await;
    let id = portal(&admin).await;
    let before = draft(&admin, id).await;
    assert!(!before.changed);
    let usual = admin.get_portal_draft(id).await.expect("a draft").value;

    let mut wanted = before.reminders.clone();
    wanted.three_days.days = 4;
    wanted.three_days.minute = 17 * 60 + 30;
    wanted.one_day.on = false;
    wanted.preparation.on = false;
    let command = ReplaceNotifications {
        reminders: wanted.clone(),
    };
    let saved = admin
        .replace_draft_notifications(id, before.version, &command)
        .await;
    let saved = saved.expect("saved").value;
    assert!(saved.changed);
    assert_eq!(saved.reminders, wanted);
    publish(&admin, id, None).await;
    let after = draft(&admin, id).await;
    assert_eq!((after.changed, &after.reminders), (false, &wanted));

    let employee = app.employee().await;
    assert_eq!(
        planned(&app, &employee, "2027-03-01").await,
        "three_days 23 22:30"
    );

    publish(&admin, id, Some(usual.published_version)).await;
    assert_eq!(draft(&admin, id).await.reminders, before.reminders);
    let other = app.signed_in("user5").await;
    assert_eq!(
        planned(&app, &other, "2027-03-02").await,
        "three_days 25 14:00, preparation 01 13:00, one_day 01 14:00"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_and_nothing_is_kept() {
    let app = start().await;
    let admin = app.admin().await;
    let id = portal(&admin).await;
    let before = draft(&admin, id).await;
    let mut wrong = before.reminders.clone();
    wrong.three_days.days = 31;
    wrong.one_day.minute = 1440;
    wrong.preparation.hours = 0;
    wrong.preparation.channels.clear();
    let command = ReplaceNotifications { reminders: wrong };
    let refused = admin
        .replace_draft_notifications(id, before.version, &command)
        .await;
    let refused = refused.expect_err("wrong");
    let problem = refused.problem().expect("a problem");
    let pointers: Vec<_> = problem.errors.iter().map(|one| &*one.pointer).collect();
    assert_eq!(
        pointers,
        [
            "/reminders/three_days/days",
            "/reminders/one_day/minute",
            "/reminders/preparation/hours",
            "/reminders/preparation/channels"
        ]
    );
    assert_eq!(draft(&admin, id).await, before);
    let command = ReplaceNotifications {
        reminders: before.reminders.clone(),
    };
    let late = admin
        .replace_draft_notifications(id, before.version + 1, &command)
        .await;
    assert!(late.expect_err("stale").is(VERSION_CONFLICT));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_discarded_and_published_only_by_who_knows_all_of_it() {
    let app = start().await;
    let admin = app.admin().await;
    let id = portal(&admin).await;
    let known = admin.get_portal_draft(id).await.expect("a draft").value;
    let before = draft(&admin, id).await;
    let mut off = before.reminders.clone();
    off.one_day.on = false;
    let command = ReplaceNotifications { reminders: off };
    let saved = admin
        .replace_draft_notifications(id, before.version, &command)
        .await;
    assert!(saved.expect("saved").value.changed);
    let publish = PublishPortal {
        draft_version: known.version,
        version: None,
        note: String::new(),
        publish_at: None,
    };
    let late = admin.publish_portal(id, &new_key(), &publish).await;
    assert!(late.expect_err("not read").is(VERSION_CONFLICT));
    let late = admin.discard_portal_draft(id, known.version).await;
    assert!(late.expect_err("not read").is(VERSION_CONFLICT));
    let read = admin.get_portal_draft(id).await.expect("a draft").value;
    let discarded = admin.discard_portal_draft(id, read.version).await;
    assert!(!discarded.expect("discarded").value.changed);
    let after = draft(&admin, id).await;
    assert_eq!((after.changed, after.reminders), (false, before.reminders));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_of_those_who_lead_people_reminds_nobody() {
    let app = start().await;
    let admin = app.admin().await;
    let portals = admin.list_portals().await.expect("portals");
    let theirs = portals.iter().find(|one| one.audience == "supervisor");
    let id = theirs.expect("a site").id;
    let before = draft(&admin, id).await;
    let command = ReplaceNotifications {
        reminders: before.reminders,
    };
    let refused = admin
        .replace_draft_notifications(id, before.version, &command)
        .await;
    let refused = refused.expect_err("no reminders");
    let problem = refused.problem().expect("a problem");
    assert_eq!(problem.errors[0].pointer, "/reminders");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_that_was_planned_and_is_switched_off_is_not_sent() {
    let app = start().await;
    let admin = app.admin().await;
    let id = portal(&admin).await;
    let employee = app.employee().await;
    planned(&app, &employee, "2027-03-01").await;
    let before = draft(&admin, id).await;
    let mut off = before.reminders.clone();
    off.three_days.on = false;
    let command = ReplaceNotifications { reminders: off };
    let saved = admin
        .replace_draft_notifications(id, before.version, &command)
        .await;
    saved.expect("saved");
    publish(&admin, id, None).await;
    app.state.clock.set(instant("2027-02-24T14:00:00Z"));
    noted(&app).await;
    let became = "SELECT state FROM appointment_reminders WHERE step = 'three_days'";
    assert_eq!(app.database.text(became).await, "moot");
}
