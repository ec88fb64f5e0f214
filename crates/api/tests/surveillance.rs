//! What is due: entered by the clinic, read by the person and their supervisor.
#![cfg(test)]

use chrono::Days;
use salus_api::sandbox::surveillance::{AUDIO, FIT};
use salus_client::new_key;
use salus_test_support::TestApp;
use salus_types::problem::{FORBIDDEN, NOT_FOUND, VERSION_CONFLICT};
use salus_types::surveillance::{
    COMPLETION_IN_FUTURE, ChangeDueItem, CompleteDueItem, DUPLICATE_ORDER, DueFilter,
    DueItemsQuery, EnterDueItem, ITEM_NOT_ORDERABLE, MyDueItemsQuery, ORDER_LINE_CLOSED,
    REASON_REQUIRED, WaiveDueItem, WaiverReason,
};

fn hearing_test(app: &TestApp, n: u64) -> EnterDueItem {
    EnterDueItem {
        person_id: TestApp::worker(n),
        order_item_id: AUDIO,
        due_on: app.state.clock.now().date_naive() + Days::new(10),
        visible_on: None,
        comment: Some("Ask about the left ear".to_owned()),
        confirm_duplicate: false,
    }
}

#[tokio::test]
async fn the_same_item_is_entered_twice_only_when_that_is_confirmed() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let once = hearing_test(&app, 5);
    let first = clinician.enter_due_item(&new_key(), &once).await.unwrap();
    let error = clinician
        .enter_due_item(&new_key(), &once)
        .await
        .unwrap_err();
    assert!(error.is(DUPLICATE_ORDER));
    let existing = &error.problem().unwrap().more["existing"];
    assert_eq!(existing["id"], first.value.id.to_string());
    let twice = EnterDueItem {
        confirm_duplicate: true,
        ..once.clone()
    };
    let second = clinician.enter_due_item(&new_key(), &twice).await.unwrap();
    assert_ne!(second.value.id, first.value.id);
    for item in [first, second] {
        let done = CompleteDueItem {
            completed_on: app.state.clock.now().date_naive(),
        };
        clinician
            .complete_due_item(item.value.id, 1, &done)
            .await
            .unwrap();
    }
    clinician.enter_due_item(&new_key(), &once).await.unwrap();
}

#[tokio::test]
async fn the_person_sees_what_is_due_by_date_and_what_comes_next() {
    let app = TestApp::start().await;
    let due = app
        .employee()
        .await
        .list_my_due_items(&MyDueItemsQuery::default())
        .await
        .unwrap();
    let names: Vec<_> = due.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["Hearing test", "Respirator fit test"]);
    assert_eq!(due.upcoming.unwrap().name, "Periodic exam");
}

#[tokio::test]
async fn an_item_entered_by_hand_reaches_the_person_and_the_supervisor_without_the_comment() {
    let app = TestApp::start().await;
    let command = hearing_test(&app, 5);
    let clinician = app.clinician().await;
    let made = clinician
        .enter_due_item(&new_key(), &command)
        .await
        .unwrap();
    assert_eq!(made.value.visible_on, command.due_on - Days::new(30));
    let supervisor = app.supervisor().await;
    let seen = supervisor
        .list_team_due_items(TestApp::worker(5))
        .await
        .unwrap();
    let item = seen
        .items
        .iter()
        .find(|item| item.id == made.value.id)
        .unwrap();
    assert_eq!(item.name, "Hearing test");
    assert!(!serde_json::to_string(&seen).unwrap().contains("left ear"));
    let own = app.signed_in("user5").await;
    let own = own
        .list_my_due_items(&MyDueItemsQuery::default())
        .await
        .unwrap();
    assert!(own.items.iter().any(|item| item.id == made.value.id));
}

#[tokio::test]
async fn another_supervisor_finds_nothing_and_the_front_desk_enters_nothing() {
    let app = TestApp::start().await;
    let stranger = app.supervisor2().await;
    let answer = stranger.list_team_due_items(TestApp::worker(4)).await;
    assert!(answer.unwrap_err().is(NOT_FOUND));
    let command = hearing_test(&app, 4);
    let answer = app
        .scheduler()
        .await
        .enter_due_item(&new_key(), &command)
        .await;
    assert!(answer.unwrap_err().is(FORBIDDEN));
}

#[tokio::test]
async fn the_front_desk_reads_dates_and_no_comment() {
    let app = TestApp::start().await;
    let command = hearing_test(&app, 5);
    let made = app
        .clinician()
        .await
        .enter_due_item(&new_key(), &command)
        .await
        .unwrap();
    let query = DueItemsQuery {
        person: Some(TestApp::worker(5)),
        ..DueItemsQuery::default()
    };
    let seen = app.scheduler().await.list_due_items(&query).await.unwrap();
    let item = seen
        .items
        .iter()
        .find(|item| item.id == made.value.id)
        .unwrap();
    assert_eq!(
        (item.due_on, item.comment.as_deref()),
        (command.due_on, None)
    );
}

#[tokio::test]
async fn the_list_of_late_items_is_exactly_that() {
    let app = TestApp::start().await;
    let query = DueItemsQuery {
        state: Some(DueFilter::PastDue),
        ..DueItemsQuery::default()
    };
    let late = app.clinician().await.list_due_items(&query).await.unwrap();
    assert_eq!(late.items.len(), 2);
    assert!(late.items.iter().all(|item| item.past_due));
}

#[tokio::test]
async fn an_item_is_done_once_and_not_tomorrow() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let made = clinician
        .enter_due_item(&new_key(), &hearing_test(&app, 5))
        .await
        .unwrap()
        .value;
    let today = app.state.clock.now().date_naive();
    let done = |days| CompleteDueItem {
        completed_on: today + Days::new(days),
    };
    let future = clinician.complete_due_item(made.id, 1, &done(2)).await;
    assert!(future.unwrap_err().is(COMPLETION_IN_FUTURE));
    let yesterday = CompleteDueItem {
        completed_on: today - Days::new(1),
    };
    let closed = clinician
        .complete_due_item(made.id, 1, &yesterday)
        .await
        .unwrap();
    assert_eq!(
        (closed.value.status.as_str(), closed.version),
        ("completed", 2)
    );
    let again = clinician.complete_due_item(made.id, 2, &yesterday).await;
    assert!(again.unwrap_err().is(ORDER_LINE_CLOSED));
}

#[tokio::test]
async fn a_waiver_needs_words_and_a_change_the_version() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let made = clinician
        .enter_due_item(&new_key(), &hearing_test(&app, 5))
        .await
        .unwrap()
        .value;
    let silent = WaiveDueItem {
        reason: WaiverReason::JobChanged,
        note: " ".to_owned(),
    };
    let answer = clinician.waive_due_item(made.id, 1, &silent).await;
    assert!(answer.unwrap_err().is(REASON_REQUIRED));
    let later = ChangeDueItem {
        due_on: Some(made.due_on + Days::new(5)),
        ..ChangeDueItem::default()
    };
    let changed = clinician.change_due_item(made.id, 1, &later).await.unwrap();
    assert_eq!(changed.version, 2);
    let stale = clinician.change_due_item(made.id, 1, &later).await;
    assert!(stale.unwrap_err().is(VERSION_CONFLICT));
}

#[tokio::test]
async fn only_what_the_catalogue_offers_can_be_entered() {
    let app = TestApp::start().await;
    let unknown = EnterDueItem {
        order_item_id: salus_types::ids::OrderItemId(TestApp::worker(1).uuid()),
        ..hearing_test(&app, 4)
    };
    let clinician = app.clinician().await;
    let answer = clinician.enter_due_item(&new_key(), &unknown).await;
    assert!(answer.unwrap_err().is(ITEM_NOT_ORDERABLE));
    let offered = clinician.list_order_items().await.unwrap();
    assert!(
        offered
            .items
            .iter()
            .any(|item| item.id == FIT && item.code == "FIT")
    );
}
