//! Several who want the same at the same moment, and what is due afterwards.

use super::*;
use futures_util::future::join;

/// Copies the nurse so many times, each with an account nobody else works under and the same hours.
async fn more_providers(app: &TestApp, count: usize) {
    let copies = |rows: &str, changes: &str| {
        let table = rows.split(' ').next().unwrap_or_default();
        format!(
            "INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(old) \
             || jsonb_build_object({changes}))).* FROM (SELECT * FROM {rows}) old, more;"
        )
    };
    let sql = [
        format!(
            "CREATE TEMP TABLE more AS SELECT a.id AS account, gen_random_uuid() AS resource, gen_random_uuid() AS schedule
               FROM accounts a JOIN resources r USING (provider_org_id)
              WHERE r.kind = 'provider' AND a.id <> r.account_id ORDER BY a.id LIMIT {count};"
        ),
        copies(
            "resources WHERE kind = 'provider'",
            "'id', resource, 'account_id', account, 'name', 'Another provider'",
        ),
        copies(
            "schedules WHERE modality = 'in_person' AND resource_id = (SELECT id FROM resources WHERE name = 'J. Lee, RN')",
            "'id', schedule, 'resource_id', resource",
        ),
        copies(
            "schedule_windows WHERE schedule_id = (SELECT s.id FROM schedules s JOIN resources r ON r.id = s.resource_id WHERE r.name = 'J. Lee, RN' AND s.modality = 'in_person')",
            "'id', gen_random_uuid(), 'schedule_id', schedule",
        ),
        "UPDATE schedules SET capacity = 20 WHERE resource_id IN (SELECT id FROM resources WHERE kind <> 'provider');".to_owned(),
    ];
    app.database.execute(&sql.concat()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_20_people_who_want_anybody_three_providers_get_one_each_and_the_rest_are_told() {
    let app = start().await;
    more_providers(&app, 2).await;
    let crowd = app.crowd(20).await;
    let free = slots(&app.employee().await, FIT, "2027-03-01", 1).await;
    let slot = free.first().expect("a free time");
    let answers = join_all(crowd.iter().map(|(_, client)| book(client, FIT, slot))).await;
    let mut with: Vec<_> = answers
        .iter()
        .filter_map(|answer| answer.as_ref().ok())
        .map(|visit| visit.resources[0].id)
        .collect();
    with.sort_unstable();
    with.dedup();
    let booked = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!((booked, with.len()), (3, 3), "each with somebody else");
    for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert!(error.is(SLOT_TAKEN), "{}", slug(error));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_visits_of_one_person_that_overlap_one_is_booked_and_touching_is_allowed() {
    let app = start().await;
    more_providers(&app, 1).await;
    let free = slots(&app.employee().await, FIT, "2027-03-01", 1).await;
    let at = |minutes| Slot {
        starts_at: free[0].starts_at + TimeDelta::minutes(minutes),
        ..free[0].clone()
    };
    let clinic = app.scheduler().await;
    let person = TestApp::worker(4);
    let ask = |kind, minutes| {
        let (clinic, command) = (clinic.clone(), for_person(person, kind, &at(minutes)));
        async move { clinic.book_appointment(&new_key(), &command).await }
    };
    let (first, second) = join(ask(FIT, 0), ask(AUDIO, 15)).await;
    assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
    let refused = first.err().or(second.err()).expect("one is refused");
    assert!(refused.is(PERSON_BUSY), "{}", slug(&refused));
    ask(FOLLOW_UP, 45).await.expect("touching is allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_visit_was_for_is_open_again_after_it_is_given_back_and_past_due_after_its_date() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let item = async || {
        let due = employee.list_my_due_items(&Default::default()).await;
        let found = due.expect("what is due").items.into_iter();
        let mut hearing = found.filter(|item| item.appointment_type_id == Some(AUDIO));
        hearing.next().expect("the hearing test")
    };
    let due = item().await;
    let tomorrow = app.state.clock.now().date_naive() + Days::new(1);
    let free = slots(&employee, AUDIO, &tomorrow.to_string(), 5).await;
    let booked = book(&employee, AUDIO, &free[0]).await.expect("a booking");
    assert_eq!(item().await.appointment_id, Some(booked.id));
    let clinic = app.scheduler().await;
    let gone = clinic.cancel_appointment(booked.id, booked.version, &ill());
    gone.await.expect("a cancellation");
    let open = item().await;
    assert!(open.appointment_id.is_none() && !open.past_due);

    let later = slots(&employee, AUDIO, &tomorrow.to_string(), 5).await;
    let booked = book(&employee, AUDIO, &later[0]).await.expect("a booking");
    let late = due.due_on + Days::new(2);
    app.state
        .clock
        .set(late.and_time(chrono::NaiveTime::MIN).and_utc());
    let gone = clinic.cancel_appointment(booked.id, booked.version, &ill());
    gone.await.expect("a cancellation");
    let open = item().await;
    assert!(open.appointment_id.is_none() && open.past_due);
    let week = slots(&employee, AUDIO, &(late + Days::new(1)).to_string(), 7).await;
    let wanted = HoldSlot {
        item_id: Some(due.id),
        ..wish(AUDIO, week.first().expect("a free time"))
    };
    let refused = employee.hold_my_slot(&new_key(), &wanted).await;
    let refused = refused.expect_err("past due");
    assert!(refused.is(PAST_DUE), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_was_lost_before_it_was_kept_happens_once_when_it_is_sent_again() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let held = hold(&employee, FIT, &free[0]).await.expect("a hold");
    let command = BookAppointment {
        hold_id: held.id,
        comment: None,
    };
    let key = new_key();
    // Whatever would be written last is refused: the transaction ends as if the server had died.
    let block = "CREATE FUNCTION public.lost() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''lost''; END';
        CREATE TRIGGER lost BEFORE INSERT ON idempotency_keys FOR EACH ROW EXECUTE FUNCTION public.lost();";
    app.database.execute(block).await;
    employee
        .book_my_appointment(&key, &command)
        .await
        .expect_err("lost");
    app.database
        .execute("DROP TRIGGER lost ON idempotency_keys")
        .await;
    let counts = "SELECT (SELECT count(*) FROM appointments) || ' ' || (SELECT count(*) FROM claims WHERE person_id IS NOT NULL)
        || ' ' || (SELECT count(*) FROM outbox_events WHERE kind = 'appointment.booked')";
    assert_eq!(app.database.text(counts).await, "0 0 0");
    employee
        .book_my_appointment(&key, &command)
        .await
        .expect("the same, sent again");
    assert_eq!(app.database.text(counts).await, "1 1 1");
}
