//! A time for a report: what a supervisor finds, takes, moves and gives back, and never learns.

use super::*;
use salus_types::problem::FORBIDDEN;
use salus_types::surveillance::{DueItemAct, MyDueItemsQuery};
use serde_json::{Value, json};

const NINE: &str = "2027-03-01T14:00:00Z";
const HALF_PAST_NINE: &str = "2027-03-01T14:30:00Z";

pub(super) fn elena() -> PersonId {
    TestApp::worker(4)
}

/// The sandbox of [`start`] in which what Elena is due for is due on 20 March 2027.
async fn in_time() -> (TestApp, Client) {
    let app = start().await;
    let later = format!(
        "UPDATE due_items SET due_on = '2027-03-20', visible_on = '2027-02-01' WHERE person_id = '{}'",
        elena()
    );
    app.database.execute(&later).await;
    let supervisor = app.supervisor().await;
    (app, supervisor)
}

/// Sets an option of the first portal module with a key.
pub(super) async fn set_option(
    app: &TestApp,
    portal: &str,
    module: &str,
    option: &str,
    value: &str,
) {
    let sql = format!(
        "UPDATE portal_versions v SET content = jsonb_set(content, '{{modules}}', (
             SELECT jsonb_agg(CASE WHEN m->>'key' = '{module}'
                 THEN jsonb_set(m, '{{settings}}', coalesce(m->'settings', '{{}}') || '{{\"{option}\": {value}}}')
                 ELSE m END) FROM jsonb_array_elements(content->'modules') m))
           FROM portals p WHERE p.id = v.portal_id AND p.slug = '{portal}'"
    );
    app.database.execute(&sql).await;
}

fn on_monday(kind: AppointmentTypeId) -> SlotsQuery {
    SlotsQuery {
        appointment_type_id: kind,
        location: None,
        resource: None,
        modality: None,
        region: None,
        item: None,
        moving: None,
        from: day("2027-03-01"),
        to: day("2027-03-01"),
        limit: Some(200),
        cursor: None,
    }
}

/// The same, asked by a supervisor, who does not know the kind of a visit to move.
fn asked(query: &SlotsQuery) -> TeamSlotsQuery {
    TeamSlotsQuery {
        appointment_type_id: query.moving.is_none().then_some(query.appointment_type_id),
        location: query.location,
        resource: query.resource,
        modality: query.modality,
        region: None,
        item: query.item,
        moving: query.moving,
        from: query.from,
        to: query.to,
        limit: Some(200),
        cursor: None,
    }
}

async fn free_for(client: &Client, query: &SlotsQuery) -> Vec<Slot> {
    let free = client.list_report_slots(elena(), &asked(query)).await;
    free.expect("free times").items
}

fn wanted(wish: &HoldSlot) -> HoldForReport {
    HoldForReport {
        appointment_type_id: wish.moving.is_none().then_some(wish.appointment_type_id),
        starts_at: wish.starts_at,
        location_id: wish.location_id,
        modality: wish.modality,
        region: None,
        resource_id: wish.resource_id,
        item_id: wish.item_id,
        moving: wish.moving,
    }
}

async fn keep(client: &Client, wish: &HoldSlot) -> Result<TeamSlotHold, Error> {
    client
        .hold_slot_for_report(elena(), &new_key(), &wanted(wish))
        .await
}

fn at(slot: &Slot, start: &str) -> Slot {
    Slot {
        starts_at: instant(start),
        ..slot.clone()
    }
}

async fn book_for(
    client: &Client,
    kind: AppointmentTypeId,
    slot: &Slot,
) -> Result<TeamAppointment, Error> {
    let held = keep(client, &wish(kind, slot)).await?;
    let command = BookForReport {
        hold_id: held.id,
        comment: Some("The van leaves at 8:30.".to_owned()),
    };
    let booked = client
        .book_for_report(elena(), &new_key(), &command)
        .await?;
    Ok(booked.value)
}

async fn waiting(client: &Client) -> Vec<TeamWaitListItem> {
    let items = client.list_report_wait_list_items(elena()).await;
    items.expect("a list").items
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_books_what_is_due_and_the_person_reads_what_they_wrote() {
    let (app, supervisor) = in_time().await;
    let offered = supervisor.list_report_appointment_types(elena()).await;
    let offered = offered.expect("kinds of visits");
    let names: Vec<_> = offered
        .items
        .iter()
        .map(|kind| &*kind.public_name)
        .collect();
    assert_eq!(
        names,
        ["Hearing test", "Respirator fit test", "Health check"]
    );
    assert_eq!(offered.rules.mode, Mode::Schedule);
    let due = waiting(&supervisor).await;
    let fit = due
        .iter()
        .find(|item| item.appointment_type_id == Some(FIT))
        .expect("the fit test is due");
    assert_eq!(fit.allowed, [ItemAct::Schedule]);
    let query = SlotsQuery {
        item: Some(fit.id),
        ..on_monday(FIT)
    };
    let free = free_for(&supervisor, &query).await;
    let named = free[0].resources.as_ref().expect("a provider");
    assert_eq!(named.len(), 1, "no room, no equipment: {named:?}");
    assert_eq!(named[0].name, "J. Lee, RN");

    let hold = HoldSlot {
        item_id: Some(fit.id),
        ..wish(FIT, &free[0])
    };
    let held = keep(&supervisor, &hold).await.expect("a hold");
    assert_eq!(held.public_name, "Respirator fit test");
    let command = json!({ "hold_id": held.id, "comment": "The van leaves at 8:30." });
    let path = format!("/api/v1/team/people/{}/appointments", elena());
    let request = supervisor.request(Method::POST, &path).expect("a request");
    let answer = supervisor.send(request.json(&command)).await;
    let answer: Value = answer.expect("a visit").json().await.expect("JSON");
    let mut keys: Vec<_> = answer.as_object().expect("fields").keys().collect();
    keys.sort();
    assert_eq!(
        keys,
        [
            "allowed",
            "ends_at",
            "id",
            "location",
            "modality",
            "person_id",
            "person_name",
            "public_name",
            "starts_at",
            "state",
            "version",
            "zone"
        ]
    );
    assert_eq!(answer["allowed"], json!(["move", "cancel"]));

    let mine = app.employee().await;
    let query = AppointmentsQuery {
        view: AppointmentView::Upcoming,
    };
    let mine = mine.list_my_appointments(&query).await.expect("visits");
    assert_eq!(json!(mine.items[0].id), answer["id"]);
    assert_eq!(
        mine.items[0].supervisor_comment.as_deref(),
        Some("The van leaves at 8:30.")
    );
    assert_eq!(mine.items[0].comment, None);
    assert!(
        waiting(&supervisor)
            .await
            .iter()
            .all(|item| item.id != fit.id)
    );
    let told = "SELECT count(*)::text FROM outbox_events WHERE kind = 'appointment.booked'";
    assert_eq!(app.database.text(told).await, "1");
    let taken = "SELECT count(*)::text FROM claims WHERE appointment_id IS NOT NULL";
    assert_eq!(
        app.database.text(taken).await,
        "3",
        "nurse, room and person"
    );
}

/// What a hold at nine is answered, but for the request's number, and which starts are offered.
async fn at_nine(supervisor: &Client, slot: &Slot) -> (Value, Vec<DateTime<Utc>>) {
    let offered = free_for(supervisor, &on_monday(FIT)).await;
    let path = format!("/api/v1/team/people/{}/slot-holds", elena());
    let request = supervisor.request(Method::POST, &path).expect("a request");
    let answer = request
        .json(&wanted(&wish(FIT, &at(slot, NINE))))
        .send()
        .await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.status().as_u16(), 409);
    let mut body: Value = answer.json().await.expect("JSON");
    body["instance"].take();
    (body, offered.iter().map(|free| free.starts_at).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_who_is_busy_looks_like_a_provider_who_is() {
    let (app, supervisor) = in_time().await;
    let free = free_for(&supervisor, &on_monday(FIT)).await;
    let clinic = app.scheduler().await;
    let hidden = for_person(elena(), FOLLOW_UP, &at(&free[0], NINE));
    clinic
        .book_appointment(&new_key(), &hidden)
        .await
        .expect("a visit supervisors know nothing of");
    // As if it were with somebody else: only the person is busy.
    app.database
        .execute("DELETE FROM claims WHERE resource_id IS NOT NULL")
        .await;
    let person_busy = at_nine(&supervisor, &free[0]).await;
    let listed = supervisor.list_report_appointments(elena()).await;
    assert_eq!(listed.expect("visits").items, []);

    app.database
        .execute("DELETE FROM claims WHERE person_id IS NOT NULL")
        .await;
    let theirs = for_person(TestApp::worker(6), FOLLOW_UP, &at(&free[0], NINE));
    clinic
        .book_appointment(&new_key(), &theirs)
        .await
        .expect("a visit of somebody else");
    let provider_busy = at_nine(&supervisor, &free[0]).await;
    assert_eq!(person_busy, provider_busy);
    let (body, offered) = person_busy;
    assert_eq!(body["type"], "/problems/slot-taken");
    assert_eq!(body["next_slots"][0]["starts_at"], json!(HALF_PAST_NINE));
    assert!(!offered.contains(&instant(NINE)));
    assert!(offered.contains(&instant(HALF_PAST_NINE)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_who_was_booked_elsewhere_meanwhile_is_a_time_that_was_taken() {
    let (app, supervisor) = in_time().await;
    let free = free_for(&supervisor, &on_monday(FIT)).await;
    let held = keep(&supervisor, &wish(FIT, &free[0]))
        .await
        .expect("a hold");
    let busy = "INSERT INTO claims (id, provider_org_id, person_id, lane, starts_at, ends_at, local_date, appointment_id, created_at)
        SELECT gen_random_uuid(), provider_org_id, person_id, 1, starts_at, ends_at, local_start::date, id, created_at FROM appointments
         WHERE state <> 'cancelled'";
    let clinic = app.scheduler().await;
    let later = at(&free[0], "2027-03-01T19:00:00Z");
    let hidden = for_person(elena(), FOLLOW_UP, &later);
    let hidden = clinic.book_appointment(&new_key(), &hidden).await;
    hidden.expect("a visit supervisors know nothing of");
    app.database
        .execute("DELETE FROM claims WHERE hold_id IS NULL")
        .await;
    let moved = format!(
        "UPDATE appointments SET starts_at = '{MONDAY_EIGHT}', ends_at = '{NINE}', shown_ends_at = '{NINE}'"
    );
    app.database.execute(&moved).await;
    app.database.execute(busy).await;
    let command = BookForReport {
        hold_id: held.id,
        comment: None,
    };
    let refused = supervisor
        .book_for_report(elena(), &new_key(), &command)
        .await
        .expect_err("busy");
    assert!(refused.is(SLOT_TAKEN), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_is_reached_is_a_time_that_is_taken() {
    let (_app, supervisor) = in_time().await;
    let free = free_for(&supervisor, &on_monday(FIT)).await;
    book_for(&supervisor, FIT, &free[0]).await.expect("a visit");
    assert_eq!(free_for(&supervisor, &on_monday(FIT)).await, []);
    let second = keep(&supervisor, &wish(FIT, &at(&free[0], NINE))).await;
    let refused = second.expect_err("one a day");
    assert!(refused.is(SLOT_TAKEN), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn past_due_a_person_may_book_where_it_is_allowed_staff_always_and_a_supervisor_never() {
    let app = start().await;
    set_option(&app, "northwind", "appointments", "allow_past_due", "true").await;
    let (employee, supervisor) = (app.employee().await, app.supervisor().await);
    let due = waiting(&supervisor).await;
    let fit = due
        .iter()
        .find(|item| item.public_name == "Respirator fit test")
        .expect("the fit test is due");
    assert!(fit.past_due);
    assert_eq!(fit.allowed, []);

    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    for item in [Some(fit.id), None] {
        let query = SlotsQuery {
            item,
            ..on_monday(FIT)
        };
        assert_eq!(free_for(&supervisor, &query).await, []);
        let command = HoldSlot {
            item_id: item,
            ..wish(FIT, &free[0])
        };
        let refused = keep(&supervisor, &command).await.expect_err("past due");
        assert!(refused.is(PAST_DUE), "{}", slug(&refused));
    }
    let theirs = HoldSlot {
        item_id: Some(fit.id),
        ..wish(FIT, &free[0])
    };
    employee
        .hold_my_slot(&new_key(), &theirs)
        .await
        .expect("the person may");
    let clinic = app.scheduler().await;
    clinic
        .book_appointment(&new_key(), &for_person(elena(), FIT, &free[4]))
        .await
        .expect("staff may");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_option_a_person_does_not_book_what_is_past_due_either() {
    let app = start().await;
    let (employee, supervisor) = (app.employee().await, app.supervisor().await);
    let due = waiting(&supervisor).await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let fit = due
        .iter()
        .find(|item| item.public_name == "Respirator fit test")
        .expect("the fit test is due");
    let command = HoldSlot {
        item_id: Some(fit.id),
        ..wish(FIT, &free[0])
    };
    let refused = employee
        .hold_my_slot(&new_key(), &command)
        .await
        .expect_err("past due");
    assert!(refused.is(PAST_DUE), "{}", slug(&refused));
    let mine = async || {
        let due = employee.list_my_due_items(&MyDueItemsQuery::default());
        let due = due.await.expect("what is due");
        let mut items = due.items.iter();
        let fit = items.find(|item| item.id == fit.id).expect("the fit test");
        let may_book = fit.allowed.contains(&DueItemAct::Book);
        (may_book, due.past_due_warning)
    };
    assert_eq!(mine().await, (false, None));
    let (portal, module) = ("northwind", "appointments");
    let words = "Too late here. Ask Dana.";
    let quoted = format!("\"{words}\"");
    set_option(&app, portal, module, "past_due_warning", &quoted).await;
    assert_eq!(mine().await, (false, Some(words.to_owned())));
    set_option(&app, portal, module, "allow_past_due", "true").await;
    assert_eq!(mine().await, (true, None));
    set_option(&app, portal, module, "allow_past_due", "false").await;
    assert_eq!(mine().await, (false, Some(words.to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_given_back_leaves_what_is_due_open_and_past_due_once_it_is() {
    let (app, supervisor) = in_time().await;
    let free = free_for(&supervisor, &on_monday(AUDIO)).await;
    let booked = book_for(&supervisor, AUDIO, &free[0])
        .await
        .expect("a visit");
    let forms = format!(
        "SELECT string_agg(state, ' ') FROM questionnaire_assignments WHERE appointment_id = '{}'",
        booked.id
    );
    assert_eq!(app.database.text(&forms).await, "open");
    let hearing = async || {
        let items = waiting(&supervisor).await.into_iter();
        items
            .filter(|item| item.appointment_type_id == Some(AUDIO))
            .map(|item| (item.past_due, item.allowed))
            .collect::<Vec<_>>()
    };
    assert_eq!(hearing().await, []);
    let given_back = supervisor
        .cancel_for_report(booked.id, booked.version)
        .await;
    let given_back = given_back.expect("a cancellation").value;
    assert_eq!(given_back.state, TeamState::Cancelled);
    assert_eq!(given_back.allowed, []);
    assert_eq!(hearing().await, [(false, vec![ItemAct::Schedule])]);
    assert_eq!(app.database.text(&forms).await, "cancelled");
    let left = "SELECT count(*)::text FROM claims";
    assert_eq!(app.database.text(left).await, "0");
    let told = "SELECT count(*)::text FROM outbox_events WHERE kind = 'appointment.cancelled'";
    assert_eq!(app.database.text(told).await, "1");
    let by = "SELECT cancelled_by_audience FROM appointments";
    assert_eq!(app.database.text(by).await, "supervisor");
    app.state.clock.set(instant("2027-03-21T15:00:00Z"));
    assert_eq!(hearing().await, [(true, vec![])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_moves_a_reports_visit_and_it_keeps_its_id() {
    let (app, supervisor) = in_time().await;
    let free = free_for(&supervisor, &on_monday(AUDIO)).await;
    let booked = book_for(&supervisor, AUDIO, &free[0])
        .await
        .expect("a visit");
    let query = SlotsQuery {
        moving: Some(booked.id),
        ..on_monday(AUDIO)
    };
    let other = free_for(&supervisor, &query).await;
    assert!(other.contains(&at(&free[0], NINE)) || other.len() > 1);
    let later = other.last().expect("another time");
    let hold = HoldSlot {
        moving: Some(booked.id),
        ..wish(AUDIO, later)
    };
    let held = keep(&supervisor, &hold).await.expect("a hold");
    let command = MoveAppointment { hold_id: held.id };
    let stale = supervisor
        .move_for_report(booked.id, booked.version + 1, &command)
        .await
        .expect_err("stale");
    assert!(stale.is(VERSION_CONFLICT), "{}", slug(&stale));
    let moved = supervisor
        .move_for_report(booked.id, booked.version, &command)
        .await
        .expect("a move")
        .value;
    assert_eq!(moved.id, booked.id);
    assert_eq!(moved.starts_at, later.starts_at);
    assert_eq!(moved.version, booked.version + 1);
    let counted = "SELECT sequence || ' ' || moves FROM appointments";
    assert_eq!(app.database.text(counted).await, "1 1");
    let taken = "SELECT count(*)::text || ' ' || count(DISTINCT starts_at) FROM claims";
    assert_eq!(app.database.text(taken).await, "3 1");
    let told = "SELECT count(*)::text FROM outbox_events WHERE kind = 'appointment.moved'";
    assert_eq!(app.database.text(told).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn within_the_notice_a_supervisor_neither_moves_nor_gives_back() {
    let (app, supervisor) = in_time().await;
    let free = free_for(&supervisor, &on_monday(FIT)).await;
    let booked = book_for(&supervisor, FIT, &free[0]).await.expect("a visit");
    app.state.clock.set(instant("2027-02-28T13:00:01Z"));
    let listed = supervisor.list_report_appointments(elena()).await;
    assert_eq!(listed.expect("visits").items[0].allowed, []);
    let refused = supervisor
        .cancel_for_report(booked.id, booked.version)
        .await
        .expect_err("too late");
    assert!(refused.is(NOTICE_TOO_SHORT), "{}", slug(&refused));
    let hold = HoldSlot {
        moving: Some(booked.id),
        ..wish(FIT, &free[4])
    };
    let refused = keep(&supervisor, &hold).await.expect_err("too late");
    assert!(refused.is(NOTICE_TOO_SHORT), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_of_a_kind_that_supervisors_do_not_book_is_seen_and_left_alone() {
    let (app, supervisor) = in_time().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let only_seen =
        format!("UPDATE appointment_types SET supervisor_bookable = false WHERE id = '{FIT}'");
    app.database.execute(&only_seen).await;
    let listed = supervisor.list_report_appointments(elena()).await;
    let listed = listed.expect("visits").items;
    assert_eq!(listed[0].id, booked.id);
    assert_eq!(listed[0].allowed, []);
    let refused = supervisor
        .cancel_for_report(booked.id, booked.version)
        .await
        .expect_err("not theirs to change");
    assert!(refused.is(FORBIDDEN), "{}", slug(&refused));
    let query = supervisor
        .list_report_slots(elena(), &asked(&on_monday(FIT)))
        .await;
    assert!(query.expect_err("not offered").is(NOT_FOUND));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_supervisors_ask_they_take_no_times_and_where_neither_they_are_offered_nothing() {
    let (app, supervisor) = in_time().await;
    let free = free_for(&supervisor, &on_monday(FIT)).await;
    let held = keep(&supervisor, &wish(FIT, &free[0]))
        .await
        .expect("a hold");
    let module = "supervisor_scheduling";
    set_option(&app, "northwind-team", module, "mode", "\"request\"").await;
    let offered = async || {
        let offered = supervisor.list_report_appointment_types(elena()).await;
        let offered = offered.expect("kinds of visits");
        (offered.rules.mode, offered.items.len())
    };
    assert_eq!(offered().await, (Mode::Request, 3));
    let due = waiting(&supervisor).await;
    assert!(due.iter().all(|item| item.allowed == [ItemAct::Request]));
    let refused = supervisor
        .list_report_slots(elena(), &asked(&on_monday(FIT)))
        .await;
    assert!(refused.expect_err("not offered").is(NOT_FOUND));
    let refused = keep(&supervisor, &wish(FIT, &free[0])).await;
    assert!(refused.expect_err("not offered").is(NOT_FOUND));
    let command = BookForReport {
        hold_id: held.id,
        comment: None,
    };
    let refused = supervisor
        .book_for_report(elena(), &new_key(), &command)
        .await
        .expect_err("they ask");
    assert!(refused.is(FORBIDDEN), "{}", slug(&refused));
    set_option(&app, "northwind-team", module, "mode", "\"none\"").await;
    assert_eq!(offered().await, (Mode::None, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_supervisors_may_not_cancel_they_do_not() {
    let (app, supervisor) = in_time().await;
    let free = free_for(&supervisor, &on_monday(FIT)).await;
    let booked = book_for(&supervisor, FIT, &free[0]).await.expect("a visit");
    let module = "supervisor_scheduling";
    set_option(&app, "northwind-team", module, "allow_cancel", "false").await;
    let listed = supervisor.list_report_appointments(elena()).await;
    assert_eq!(listed.expect("visits").items[0].allowed, [Act::Move]);
    let refused = supervisor
        .cancel_for_report(booked.id, booked.version)
        .await
        .expect_err("not here");
    assert!(refused.is(FORBIDDEN), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_kept_for_a_person_frees_the_one_kept_before_by_whomever() {
    let (app, supervisor) = in_time().await;
    let employee = app.employee().await;
    let free = free_for(&supervisor, &on_monday(FIT)).await;
    let own = hold(&employee, FIT, &free[0]).await.expect("a hold");
    let theirs = keep(&supervisor, &wish(FIT, &free[4]))
        .await
        .expect("a hold");
    let live = "SELECT string_agg(id::text, ' ') FROM slot_holds WHERE ended_at IS NULL";
    assert_eq!(app.database.text(live).await, theirs.id.to_string());
    let kept = "SELECT count(*)::text || ' ' || count(DISTINCT hold_id) FROM claims";
    assert_eq!(app.database.text(kept).await, "2 1");
    let command = BookAppointment {
        hold_id: own.id,
        comment: None,
    };
    let refused = employee.book_my_appointment(&new_key(), &command).await;
    assert!(refused.expect_err("it was freed").is(HOLD_EXPIRED));
    hold(&employee, FIT, &free[0]).await.expect("a hold");
    let command = BookForReport {
        hold_id: theirs.id,
        comment: None,
    };
    let refused = supervisor
        .book_for_report(elena(), &new_key(), &command)
        .await;
    assert!(refused.expect_err("it was freed").is(HOLD_EXPIRED));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_report_is_out_of_reach_in_every_way() {
    let (app, supervisor) = in_time().await;
    let free = free_for(&supervisor, &on_monday(FIT)).await;
    let booked = book_for(&supervisor, FIT, &free[0]).await.expect("a visit");
    let held = keep(&supervisor, &wish(PHYS, &free[8]))
        .await
        .expect("a hold");
    let other = app.supervisor2().await;
    let command = BookForReport {
        hold_id: held.id,
        comment: None,
    };
    let hold = HoldSlot {
        moving: Some(booked.id),
        ..wish(FIT, &free[4])
    };
    let refused = [
        other.list_report_appointment_types(elena()).await.err(),
        other
            .list_report_slots(elena(), &asked(&on_monday(FIT)))
            .await
            .err(),
        other.list_report_wait_list_items(elena()).await.err(),
        keep(&other, &wish(FIT, &free[0])).await.err(),
        other
            .book_for_report(elena(), &new_key(), &command)
            .await
            .err(),
        // Their own report, somebody else's hold and visit.
        other
            .book_for_report(TestApp::worker(6), &new_key(), &command)
            .await
            .err(),
        other
            .hold_slot_for_report(TestApp::worker(6), &new_key(), &wanted(&hold))
            .await
            .err(),
        other
            .cancel_for_report(booked.id, booked.version)
            .await
            .err(),
        other
            .move_for_report(
                booked.id,
                booked.version,
                &MoveAppointment { hold_id: held.id },
            )
            .await
            .err(),
    ];
    for (position, error) in refused.into_iter().enumerate() {
        let error = error.unwrap_or_else(|| panic!("number {position} was let through"));
        assert!(error.is(NOT_FOUND), "number {position}: {}", slug(&error));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_supervisors_role_reads_nothing_clinical_of_what_it_books() {
    let app = TestApp::start().await;
    for (table, column) in [
        ("appointment_types", "name"),
        ("appointment_types", "code"),
        ("appointment_type_texts", "prep_full"),
        ("appointments", "comment_sealed"),
        ("appointments", "supervisor_comment_sealed"),
        ("appointments", "denial_sealed"),
        ("blackouts", "reason"),
        ("questionnaire_assignments", "questionnaire_id"),
        ("chart_keys", "wrapped"),
    ] {
        let query = format!(
            "SELECT coalesce((SELECT has_column_privilege('salus_supervisor', 'public.{table}', attname, 'SELECT')::text
               FROM pg_attribute WHERE attrelid = 'public.{table}'::regclass AND attname = '{column}'), 'no such column')"
        );
        assert_ne!(app.database.text(&query).await, "true", "{table}.{column}");
    }
}

fn request_for_fit() -> RequestForReport {
    RequestForReport {
        appointment_type_id: FIT,
        location_id: None,
        resource_id: None,
        modality: Modality::InPerson,
        region: None,
        preferences: vec![Preference {
            from: day("2027-03-01"),
            to: day("2027-03-05"),
            part: DayPart::Morning,
            weekdays: vec![1, 3],
        }],
        comment: Some("After the shift, please.".to_owned()),
    }
}

/// The sandbox of [`in_time`] in which supervisors ask for times.
async fn where_they_ask() -> (TestApp, Client) {
    let (app, supervisor) = in_time().await;
    set_option(
        &app,
        "northwind-team",
        "supervisor_scheduling",
        "mode",
        "\"request\"",
    )
    .await;
    (app, supervisor)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_asks_for_a_report_who_reads_what_was_written_and_takes_a_time() {
    let (app, supervisor) = where_they_ask().await;
    let sent = supervisor
        .request_for_report(elena(), &new_key(), &request_for_fit())
        .await
        .expect("a request")
        .value;
    assert_eq!((sent.person_id, sent.state), (elena(), RequestState::Open));
    let conversation = supervisor
        .get_team_conversation(sent.conversation_id)
        .await
        .expect("the supervisor's own conversation");
    assert_eq!(conversation.value.id, sent.conversation_id);
    let employee = app.employee().await;
    let mine = employee.get_my_appointment_request(sent.id).await;
    let mine = mine.expect("told at once").value;
    assert_eq!(mine.asked_by, Audience::Supervisor);
    assert_eq!(mine.comment.as_deref(), Some("After the shift, please."));
    assert_eq!(mine.conversation_id, None);
    let clinic = app.clinician().await;
    let theirs = clinic.get_appointment_request(sent.id).await;
    let theirs = theirs.expect("a request").value;
    assert_eq!(theirs.asked_by, Audience::Supervisor);
    assert_eq!(theirs.comment.as_deref(), Some("After the shift, please."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_asks_only_for_reports_and_for_what_supervisors_may_get() {
    let (app, supervisor) = where_they_ask().await;
    let ask = async |person, command: &RequestForReport| {
        supervisor
            .request_for_report(person, &new_key(), command)
            .await
            .map(|sent| sent.value)
    };
    let refused = ask(TestApp::worker(6), &request_for_fit()).await;
    assert!(refused.expect_err("nobody of theirs").is(NOT_FOUND));
    for (pointer, command) in [
        (
            "/appointment_type_id",
            RequestForReport {
                appointment_type_id: FOLLOW_UP,
                ..request_for_fit()
            },
        ),
        (
            "/modality",
            RequestForReport {
                modality: Modality::Telehealth,
                ..request_for_fit()
            },
        ),
        (
            "/comment",
            RequestForReport {
                comment: Some("x".repeat(501)),
                ..request_for_fit()
            },
        ),
    ] {
        let refused = ask(elena(), &command).await.expect_err("refused");
        let problem = refused.problem().expect("a problem");
        let pointers = problem.errors.iter().map(|one| one.pointer.as_str());
        assert_eq!(pointers.collect::<Vec<_>>(), [pointer]);
    }
    set_option(
        &app,
        "northwind-team",
        "supervisor_scheduling",
        "mode",
        "\"schedule\"",
    )
    .await;
    let refused = ask(elena(), &request_for_fit()).await;
    assert!(refused.expect_err("they schedule").is(FORBIDDEN));
}
