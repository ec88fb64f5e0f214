//! What a portal says about booking, as the people in it meet it once it is published.

use super::requests::asking;
use super::team::elena;
use super::wait_list::mine;
use super::*;
use salus_types::portals::{PublishPortal, ReplaceModules};
use salus_types::problem::INVALID;
use salus_types::surveillance::MyDueItemsQuery;
use serde_json::{Value, json};

const MONDAY: &str = "2027-03-01";

/// Sets options of Northwind's booking otherwise and publishes them, as an administrator does.
async fn published(app: &TestApp, options: Value) {
    let admin = app.admin().await;
    let portals = admin.list_portals().await.expect("portals");
    let northwind = portals.iter().find(|portal| portal.slug == "northwind");
    let id = northwind.expect("the portal").id;
    let draft = admin.get_portal_draft(id).await.expect("a draft").value;
    let mut modules = draft.modules;
    let booking = modules.iter_mut().find(|one| one.key == "appointments");
    let settings = &mut booking.expect("the module").settings;
    for (name, value) in options.as_object().expect("options") {
        settings.insert(name.clone(), value.clone());
    }
    let command = ReplaceModules {
        modules,
        columns: None,
    };
    let saved = admin.replace_draft_modules(id, draft.version, &command);
    let command = PublishPortal {
        draft_version: saved.await.expect("saved").value.version,
        version: None,
        note: "Other rules.".to_owned(),
        publish_at: None,
    };
    let published = admin.publish_portal(id, &new_key(), &command).await;
    published.expect("published");
}

fn on_days(kind: AppointmentTypeId, from: &str, to: &str) -> SlotsQuery {
    SlotsQuery {
        appointment_type_id: kind,
        location: None,
        resource: None,
        modality: None,
        region: None,
        item: None,
        moving: None,
        from: day(from),
        to: day(to),
        limit: Some(200),
        cursor: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_the_portal_leaves_out_is_not_there_for_people_and_supervisors_and_staff_book_it() {
    let app = start().await;
    let (employee, supervisor) = (app.employee().await, app.supervisor().await);
    let other = app.employee2().await;
    let free = slots(&employee, FIT, MONDAY, 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let offered = async || {
        let mine = employee.list_my_appointment_types().await.expect("kinds");
        let theirs = supervisor.list_report_appointment_types(elena()).await;
        let mut theirs = theirs.expect("kinds").items.into_iter();
        let mine = mine.items.iter().any(|kind| kind.id == FIT);
        (mine, theirs.any(|kind| kind.id == FIT))
    };
    assert_eq!(offered().await, (true, true));
    published(&app, json!({ "excluded_types": [FIT] })).await;
    assert_eq!(offered().await, (false, false));
    let searched = other.list_my_slots(&on_days(FIT, MONDAY, MONDAY)).await;
    assert!(searched.expect_err("left out").is(NOT_FOUND));
    let held = hold(&other, FIT, &free[4]).await;
    assert!(held.expect_err("left out").is(NOT_FOUND));
    let asked = other.request_my_appointment(&new_key(), &asking()).await;
    let asked = asked.expect_err("left out");
    assert!(asked.is(INVALID), "{}", slug(&asked));
    let problem = asked.problem().expect("a problem");
    assert_eq!(problem.errors[0].pointer, "/appointment_type_id");

    // What there is stays at its time, and the clinic goes on.
    let kept = employee.get_my_appointment(booked.id).await;
    let kept = kept.expect("the visit").value;
    assert_eq!(kept.state, State::Booked);
    assert_eq!(kept.allowed, [Act::Cancel, Act::Attend]);
    let command = for_person(TestApp::worker(6), FIT, &free[4]);
    let desk = app.scheduler().await;
    let by_staff = desk.book_appointment(&new_key(), &command).await;
    by_staff.expect("staff may");

    published(&app, json!({ "excluded_types": [] })).await;
    assert_eq!(offered().await, (true, true));
    let tuesday = slots(&other, FIT, "2027-03-02", 1).await;
    book(&other, FIT, &tuesday[0]).await.expect("a booking");
}

#[tokio::test(flavor = "multi_thread")]
async fn past_visits_and_ended_requests_are_shown_as_many_days_back_as_the_portal_says() {
    let app = start().await;
    let employee = app.employee().await;
    let sent = employee.request_my_appointment(&new_key(), &asking()).await;
    let sent = sent.expect("a request").value;
    let withdrawn = employee.withdraw_my_appointment_request(sent.id, sent.version);
    withdrawn.await.expect("withdrawn");
    let free = slots(&employee, FIT, MONDAY, 1).await;
    let visit = book(&employee, FIT, &free[0]).await.expect("a booking");
    let past = AppointmentsQuery {
        view: AppointmentView::Past,
    };
    let shown = async |at: DateTime<Utc>| {
        app.state.clock.set(at);
        let visits = employee.list_my_appointments(&past).await.expect("visits");
        let requests = employee.list_my_appointment_requests().await;
        let requests = requests.expect("requests").items;
        let visit = visits.items.iter().any(|one| one.id == visit.id);
        (visit, requests.iter().any(|one| one.id == sent.id))
    };
    let after = |span: TimeDelta| visit.starts_at + span;
    let (days, minute) = (TimeDelta::days, TimeDelta::minutes(1));
    // The request ended a week before the visit.
    assert_eq!(shown(after(days(1))).await, (true, true));
    assert_eq!(shown(after(days(90) - minute)).await, (true, false));
    assert_eq!(shown(after(days(90) + minute)).await, (false, false));
    published(&app, json!({ "days_past": 3650 })).await;
    assert_eq!(shown(after(days(90) + minute)).await, (true, true));
    published(&app, json!({ "days_past": 2 })).await;
    assert_eq!(shown(after(days(2) + minute)).await, (false, false));
    assert_eq!(shown(after(days(2) - minute)).await, (true, false));
}

/// Of Elena the hearing test is due, and a fit test that she is to see from 10 March on.
async fn one_is_due_later(app: &TestApp) {
    let dates = |code: &str, dates: &str| {
        format!(
            "UPDATE due_items SET {dates} WHERE person_id = '{}'
                AND order_item_id IN (SELECT id FROM order_items WHERE code = '{code}');",
            elena()
        )
    };
    let sql = [
        dates("AUDIO", "visible_on = '2027-02-01', due_on = '2027-03-31'"),
        dates("FIT", "visible_on = '2027-03-10', due_on = '2027-03-31'"),
        dates(
            "PHYS",
            "status = 'not_needed', closed_at = '2027-02-01T00:00:00Z'",
        ),
    ];
    app.database.execute(&sql.concat()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_later_is_shown_early_where_the_portal_wants_it_and_booked_from_its_date_on() {
    let app = start().await;
    one_is_due_later(&app).await;
    let employee = app.employee().await;
    let waits = async || {
        let items = mine(&employee).await.into_iter();
        let mut kinds: Vec<_> = items.map(|item| item.appointment_type_id).collect();
        kinds.sort_unstable();
        kinds
    };
    let home = async || {
        let due = employee
            .list_my_due_items(&MyDueItemsQuery::default())
            .await;
        due.expect("what is due").items.len()
    };
    assert_eq!((waits().await, home().await), (vec![AUDIO], 1));
    let plans = employee.list_my_visit_plans().await.expect("plans");
    assert!(plans.items.is_empty(), "one thing by itself");

    published(&app, json!({ "ignore_visible_date": true })).await;
    assert_eq!((waits().await, home().await), (vec![AUDIO, FIT], 2));
    let plans = employee.list_my_visit_plans().await.expect("plans");
    let plan = plans.items.first().expect("a plan for both");
    let fit_tests = plan.visits.iter().flat_map(|visit| &visit.parts);
    let mut fit_tests = fit_tests.filter(|part| part.appointment_type_id == FIT);
    let planned = fit_tests.next().expect("the fit test").starts_at;
    assert!(instant("2027-03-10T05:00:00Z") <= planned, "{planned}");

    let items = mine(&employee).await;
    let fit = items.iter().find(|item| item.appointment_type_id == FIT);
    let item = fit.expect("the fit test").due_item_id;
    assert!(item.is_some());
    let query = SlotsQuery {
        item,
        ..on_days(FIT, "2027-03-08", "2027-03-11")
    };
    let free = employee.list_my_slots(&query).await.expect("times").items;
    assert_eq!(free[0].local_date, day("2027-03-10"));
    let for_it = |slot: &Slot| HoldSlot {
        item_id: item,
        ..wish(FIT, slot)
    };
    let early = slots(&employee, FIT, "2027-03-09", 1).await;
    let refused = employee.hold_my_slot(&new_key(), &for_it(&early[0])).await;
    let refused = refused.expect_err("the day before");
    assert!(refused.is(SLOT_NOT_OFFERED), "{}", slug(&refused));
    let kept = employee.hold_my_slot(&new_key(), &for_it(&free[0])).await;
    kept.expect("on its date");

    published(&app, json!({ "ignore_visible_date": false })).await;
    assert_eq!(waits().await, [AUDIO]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_portal_wants_no_comments_nobody_is_asked_for_one() {
    let app = start().await;
    let (employee, supervisor) = (app.employee().await, app.supervisor().await);
    let asked = async || {
        let mine = employee.list_my_appointment_types().await.expect("kinds");
        let theirs = supervisor.list_report_appointment_types(elena()).await;
        let plans = employee.list_my_visit_plans().await.expect("plans");
        let theirs = theirs.expect("kinds").rules.comments;
        (mine.rules.comments, theirs, plans.comments)
    };
    assert_eq!(asked().await, (true, true, true));
    published(&app, json!({ "disable_comments": true })).await;
    assert_eq!(asked().await, (false, false, false));
    let free = slots(&employee, FIT, MONDAY, 1).await;
    let held = hold(&employee, FIT, &free[0]).await.expect("a hold");
    let command = BookAppointment {
        hold_id: held.id,
        comment: None,
    };
    let booked = employee.book_my_appointment(&new_key(), &command).await;
    assert_eq!(booked.expect("a booking").value.comment, None);
    published(&app, json!({ "disable_comments": false })).await;
    assert_eq!(asked().await, (true, true, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_above_the_comment_and_on_the_button_are_the_portals_words_in_the_readers_language()
 {
    let app = start().await;
    let (english, spanish) = (app.employee().await, app.signed_in("user7").await);
    let said = async || {
        let mut all = Vec::new();
        for client in [&english, &spanish] {
            let rules = client.list_my_appointment_types().await;
            let rules = rules.expect("kinds").rules;
            let words = [rules.comment_prompt, rules.new_button_text];
            all.extend(words.map(Option::unwrap_or_default));
        }
        all
    };
    assert_eq!(said().await, ["", "", "", ""], "the usual words");
    let words = json!({
        "comment_prompt": { "en": "Which shift do you work?", "es": "¿En qué turno trabaja?" },
        "new_button_text": { "en": "See the nurse" },
    });
    published(&app, words).await;
    let own = [
        "Which shift do you work?",
        "See the nurse",
        "¿En qué turno trabaja?",
        "See the nurse",
    ];
    assert_eq!(said().await, own);
    let nothing = json!({ "comment_prompt": { "en": "  " }, "new_button_text": {} });
    published(&app, nothing).await;
    assert_eq!(said().await, ["", "", "", ""]);
}
