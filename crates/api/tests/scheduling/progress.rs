//! What becomes of a visit: agreed to, attended, begun, done, missed, put right.

use super::team::set_option;
use super::*;

/// The sandbox's health check waits for the clinic.
const MONDAY: &str = "2027-03-01";

async fn booked_at_eight(app: &TestApp) -> (Client, Appointment) {
    let employee = app.employee().await;
    let free = slots(&employee, FIT, MONDAY, 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    (employee, booked)
}

async fn waiting_for_the_clinic(app: &TestApp) -> (Client, Appointment) {
    let employee = app.employee().await;
    let free = slots(&employee, PHYS, MONDAY, 1).await;
    let asked = book(&employee, PHYS, &free[0]).await.expect("a booking");
    assert_eq!(asked.state, State::Pending);
    (employee, asked)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clinic_agrees_to_a_visit_that_waits_for_it() {
    let app = start().await;
    let (employee, asked) = waiting_for_the_clinic(&app).await;
    assert!(!asked.allowed.contains(&Act::Attend));
    let clinic = app.scheduler().await;
    let agreed = clinic
        .confirm_appointment(asked.id, asked.version)
        .await
        .expect("agreed");
    assert_eq!(agreed.value.state, State::Booked);
    let again = clinic
        .confirm_appointment(asked.id, agreed.value.version)
        .await
        .expect_err("agreed before");
    assert!(again.is(WRONG_STATE), "{}", slug(&again));
    let mine = employee.get_my_appointment(asked.id).await.expect("there");
    assert_eq!(mine.value.state, State::Booked);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_clinic_does_not_agree_to_is_free_again_and_the_person_reads_why() {
    let app = start().await;
    let (employee, asked) = waiting_for_the_clinic(&app).await;
    let clinic = app.scheduler().await;
    let without = DenyAppointment {
        reason: "  ".to_owned(),
    };
    let refused = clinic
        .deny_appointment(asked.id, asked.version, &without)
        .await
        .expect_err("no reason");
    assert_eq!(refused.problem().map(|problem| problem.status), Some(422));
    let why = DenyAppointment {
        reason: "Please come fasting on another day.".to_owned(),
    };
    let denied = clinic
        .deny_appointment(asked.id, asked.version, &why)
        .await
        .expect("denied");
    assert_eq!(denied.value.state, State::Cancelled);
    let mine = employee.get_my_appointment(asked.id).await.expect("there");
    assert_eq!(mine.value.denial.as_deref(), Some(why.reason.as_str()));
    assert_eq!(
        app.database.text("SELECT count(*)::text FROM claims").await,
        "0"
    );
    let again = slots(&employee, PHYS, MONDAY, 1).await;
    book(&employee, PHYS, &again[0]).await.expect("free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_says_once_that_they_will_come() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let coming = employee
        .confirm_my_appointment(booked.id, booked.version)
        .await
        .expect("said");
    assert!(coming.value.attends);
    assert!(!coming.value.allowed.contains(&Act::Attend));
    let seen = app.scheduler().await.get_appointment(booked.id).await;
    let seen = seen.expect("the clinic sees it").value;
    assert!(seen.attends && seen.state == State::Booked);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_check_in_by_themselves_around_the_start_where_the_portal_lets_them() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let at = |minutes| booked.starts_at + TimeDelta::minutes(minutes);
    let here = CheckIn {
        comment: Some("I use the side door.".to_owned()),
    };
    for closed in [at(-361), at(16)] {
        app.state.clock.set(closed);
        let now = app.employee().await;
        let seen = now.get_my_appointment(booked.id).await.expect("there");
        assert!(!seen.value.allowed.contains(&Act::CheckIn), "{closed}");
        let refused = now
            .check_in_to_my_appointment(booked.id, booked.version, &here)
            .await
            .expect_err("closed");
        assert!(refused.is(CHECK_IN_CLOSED), "{}", slug(&refused));
    }
    app.state.clock.set(at(-360));
    let seen = employee.get_my_appointment(booked.id).await.expect("there");
    assert!(seen.value.allowed.contains(&Act::CheckIn));
    let there = employee
        .check_in_to_my_appointment(booked.id, booked.version, &here)
        .await
        .expect("checked in");
    assert_eq!(there.value.state, State::CheckedIn);
    let came = there.value.checked_in_at.expect("when");
    assert!(at(-360) <= came && came < at(-359));
    let seen = app.scheduler().await.get_appointment(booked.id).await;
    let seen = seen.expect("the clinic sees it").value;
    assert_eq!(seen.check_in_comment, here.comment);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_clinician_says_that_a_visit_is_done() {
    let app = start().await;
    let (_, booked) = booked_at_eight(&app).await;
    app.state.clock.set(booked.starts_at);
    let desk = app.scheduler().await;
    let there = desk
        .check_in_appointment(booked.id, booked.version, &CheckIn::default())
        .await
        .expect("there")
        .value;
    let back = desk
        .undo_check_in(booked.id, there.version)
        .await
        .expect("not there")
        .value;
    assert_eq!((back.state, back.checked_in_at), (State::Booked, None));
    let there = desk
        .check_in_appointment(booked.id, back.version, &CheckIn::default())
        .await
        .expect("there")
        .value;
    assert!(!there.allowed.contains(&Act::Finish));
    let begun = desk
        .begin_appointment(booked.id, there.version)
        .await
        .expect("begun")
        .value;
    let refused = desk
        .complete_appointment(booked.id, begun.version)
        .await
        .expect_err("not the desk's word");
    assert_eq!(refused.problem().map(|problem| problem.status), Some(403));
    let clinician = app.clinician().await;
    let done = clinician
        .complete_appointment(booked.id, begun.version)
        .await
        .expect("done")
        .value;
    assert_eq!(done.state, State::Fulfilled);
    let written =
        "SELECT (begun_at IS NOT NULL AND finished_at IS NOT NULL)::text FROM appointments";
    assert_eq!(app.database.text(written).await, "true");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_taken_for_missed_is_put_right_with_a_reason_in_the_trail() {
    let app = start().await;
    let (_, booked) = booked_at_eight(&app).await;
    let desk = app.scheduler().await;
    let early = desk
        .miss_appointment(booked.id, booked.version)
        .await
        .expect_err("it has not begun");
    assert!(early.is(WRONG_STATE), "{}", slug(&early));
    app.state.clock.set(booked.starts_at + TimeDelta::hours(1));
    let missed = app
        .scheduler()
        .await
        .miss_appointment(booked.id, booked.version)
        .await
        .expect("missed")
        .value;
    assert_eq!(missed.state, State::NoShow);
    let right = CorrectAppointment {
        state: State::Fulfilled,
        reason: "Seen in the other room.".to_owned(),
    };
    let wrong = CorrectAppointment {
        state: State::Cancelled,
        ..right.clone()
    };
    let refused = app
        .scheduler()
        .await
        .correct_appointment(booked.id, missed.version, &wrong)
        .await
        .expect_err("that is no correction");
    assert!(refused.is(WRONG_STATE), "{}", slug(&refused));
    let corrected = app
        .scheduler()
        .await
        .correct_appointment(booked.id, missed.version, &right)
        .await
        .expect("put right")
        .value;
    assert_eq!(corrected.state, State::Fulfilled);
    let trail = "SELECT reason FROM audit_events WHERE operation = 'correct_appointment' AND outcome = 'allowed'";
    assert_eq!(app.database.text(trail).await, right.reason);
}

fn mistaken(reason: &str) -> MarkAppointmentAsError {
    MarkAppointmentAsError {
        reason: reason.to_owned(),
    }
}

const NAMESAKE: &str = "Booked for another person of that name.";

#[tokio::test(flavor = "multi_thread")]
async fn only_a_clinician_marks_a_visit_as_a_mistake_and_says_why() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let (desk, clinician) = (app.scheduler().await, app.clinician().await);
    let mut allowed = Vec::new();
    for client in [&desk, &clinician] {
        let seen = client.get_appointment(booked.id).await.expect("it").value;
        allowed.push(seen.allowed.contains(&Act::Strike));
    }
    assert_eq!(allowed, [false, true]);
    let why = mistaken(NAMESAKE);
    let refused = desk.mark_appointment_as_error(booked.id, booked.version, &why);
    let refused = refused.await.expect_err("not the desk's word");
    assert_eq!(refused.problem().map(|problem| problem.status), Some(403));
    for (reason, code) in [(" ".to_owned(), "required"), ("x".repeat(501), "too_long")] {
        let wrong = mistaken(&reason);
        let refused = clinician.mark_appointment_as_error(booked.id, booked.version, &wrong);
        let refused = refused.await.expect_err(code);
        let told = &refused.problem().expect("a problem").errors[0];
        assert_eq!(
            (told.pointer.as_str(), told.code.as_str()),
            ("/reason", code)
        );
    }
    let stale = clinician.mark_appointment_as_error(booked.id, booked.version + 1, &why);
    assert!(stale.await.expect_err("stale").is(VERSION_CONFLICT));

    let struck = clinician.mark_appointment_as_error(booked.id, booked.version, &why);
    let struck = struck.await.expect("marked").value;
    assert_eq!(struck.state, State::EnteredInError);
    assert_eq!(struck.cancel_comment.as_deref(), Some(NAMESAKE));
    assert!(struck.allowed.is_empty());
    let again = clinician.mark_appointment_as_error(booked.id, struck.version, &why);
    assert!(again.await.expect_err("once").is(WRONG_STATE));
    let history = desk.list_appointment_history(booked.id).await;
    let history = history.expect("a history").items;
    assert_eq!(history.last().map(|step| step.kind), Some(StepKind::Struck));
    let sealed = "SELECT count(*)::text FROM audit_events WHERE reason IS NOT NULL";
    assert_eq!(
        app.database.text(sealed).await,
        "0",
        "staff read it with the visit"
    );

    // The clinic still finds it with the person; the person has it in no list.
    let query = PersonAppointmentsQuery {
        person: TestApp::worker(4),
    };
    let known = desk.list_appointments(&query).await.expect("visits").items;
    let known: Vec<_> = known.iter().map(|visit| (visit.id, visit.state)).collect();
    assert_eq!(known, [(booked.id, State::EnteredInError)]);
    for view in [AppointmentView::Upcoming, AppointmentView::Past] {
        let mine = employee.list_my_appointments(&AppointmentsQuery { view });
        assert_eq!(mine.await.expect("visits").items, []);
    }
}

/// How many mails say that a visit is cancelled, once all is told.
async fn told_as_cancelled(app: &TestApp) -> String {
    noted(app).await;
    let mails = "SELECT count(*)::text FROM outbox_mails WHERE kind = 'appointment-cancelled'";
    app.database.text(mails).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_takes_no_time_asks_for_no_form_answers_nothing_due_and_nobody_comes_for_it() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let tomorrow = app.state.clock.now().date_naive() + Days::new(1);
    let free = slots(&employee, AUDIO, &tomorrow.to_string(), 12).await;
    let last = free.last().expect("a free time");
    let booked = book(&employee, AUDIO, last).await.expect("a booking");
    let of_visit = async |what: &str, table: &str| {
        let query = format!(
            "SELECT {what} FROM {table} WHERE appointment_id = '{}'",
            booked.id
        );
        app.database.text(&query).await
    };
    let count = "count(*)::text";
    assert_eq!(of_visit(count, "due_items").await, "1");
    let struck = app.clinician().await;
    let struck = struck.mark_appointment_as_error(booked.id, booked.version, &mistaken(NAMESAKE));
    struck.await.expect("marked");
    assert_eq!(of_visit(count, "claims").await, "0");
    assert_eq!(of_visit(count, "due_items").await, "0");
    let forms = of_visit("string_agg(state, ' ')", "questionnaire_assignments").await;
    assert_eq!(forms, "cancelled");
    assert_eq!(told_as_cancelled(&app).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_mistake_that_is_over_or_was_given_back_before_nobody_is_told_again() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let command = CancelAppointment {
        reason: "other".to_owned(),
        comment: Some("I moved away.".to_owned()),
    };
    let gone = employee.cancel_my_appointment(booked.id, booked.version, &command);
    let gone = gone.await.expect("given back").value;
    assert_eq!(told_as_cancelled(&app).await, "1");
    let clinician = app.clinician().await;
    let struck = clinician.mark_appointment_as_error(booked.id, gone.version, &mistaken(NAMESAKE));
    let struck = struck.await.expect("marked").value;
    let words = format!("I moved away.\n{NAMESAKE}");
    assert_eq!(struck.cancel_comment, Some(words), "both are kept");
    assert_eq!(struck.cancelled_by, Some(Audience::Employee));

    let free = slots(&employee, FIT, MONDAY, 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    app.state.clock.set(booked.starts_at);
    let desk = app.scheduler().await;
    let there = desk.check_in_appointment(booked.id, booked.version, &CheckIn::default());
    let there = there.await.expect("there").value;
    let clinician = app.clinician().await;
    let done = clinician.complete_appointment(booked.id, there.version);
    let done = done.await.expect("done").value;
    let struck = clinician.mark_appointment_as_error(booked.id, done.version, &mistaken(NAMESAKE));
    assert_eq!(
        struck.await.expect("marked").value.state,
        State::EnteredInError
    );
    assert_eq!(told_as_cancelled(&app).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_portal_offers_no_times_of_a_kind_none_is_moved() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let movable = async || {
        let seen = employee.get_my_appointment(booked.id).await.expect("it");
        seen.value.allowed.contains(&Act::Move)
    };
    assert!(movable().await);
    let set = async |option: &str, value: &str| {
        set_option(&app, "northwind", "appointments", option, value).await;
    };
    set("excluded_types", &format!("[\"{FIT}\"]")).await;
    assert!(!movable().await);
    set("excluded_types", "[]").await;
    assert!(movable().await);
    set("schedule", "false").await;
    assert!(!movable().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_too_late_is_told_until_when_it_was_possible_and_whom_to_call() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let late = booked.deadline_cancel + TimeDelta::seconds(1);
    app.state.clock.set(late);
    let cancelled = employee.cancel_my_appointment(booked.id, booked.version, &ill());
    let slot = slots(&employee, FIT, "2027-03-03", 1).await.remove(0);
    let moving = HoldSlot {
        moving: Some(booked.id),
        ..wish(FIT, &slot)
    };
    let held = employee.hold_my_slot(&new_key(), &moving);
    for refused in [cancelled.await.err(), held.await.err()] {
        let refused = refused.expect("too late");
        assert!(refused.is(NOTICE_TOO_SHORT), "{}", slug(&refused));
        let more = &refused.problem().expect("a problem").more;
        assert!(more["phone"].is_string());
        assert!(more["deadline"].is_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clinic_takes_up_again_what_was_given_back_while_its_time_is_free() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, AUDIO, MONDAY, 1).await;
    let booked = book(&employee, AUDIO, &free[0]).await.expect("a booking");
    let forms = "SELECT string_agg(state, ' ') FROM questionnaire_assignments WHERE appointment_id IS NOT NULL";
    let before = app.database.text(forms).await;
    let gone = employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await
        .expect("a cancellation")
        .value;
    let desk = app.scheduler().await;
    let again = desk
        .undo_cancellation(booked.id, gone.version)
        .await
        .expect("taken up again")
        .value;
    assert_eq!(again.state, State::Booked);
    assert_eq!(again.cancel_reason, None);
    assert_eq!(app.database.text(forms).await, before);
    let mine = employee.get_my_appointment(booked.id).await.expect("there");
    assert_eq!(mine.value.starts_at, booked.starts_at);
    assert_eq!(mine.value.resources, booked.resources);

    let gone = employee
        .cancel_my_appointment(booked.id, again.version, &ill())
        .await
        .expect("a cancellation")
        .value;
    let other = app.employee2().await;
    let same = slots(&other, AUDIO, MONDAY, 1).await;
    let same = same
        .into_iter()
        .find(|slot| slot.starts_at == booked.starts_at)
        .expect("free again");
    book(&other, AUDIO, &same).await.expect("theirs");
    let refused = desk
        .undo_cancellation(booked.id, gone.version)
        .await
        .expect_err("somebody has it");
    assert!(refused.is(SLOT_TAKEN), "{}", slug(&refused));
    let still = employee.get_my_appointment(booked.id).await.expect("there");
    assert_eq!(still.value.state, State::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_walks_in_is_taken_in_at_once_wherever_the_grid_is() {
    let app = start().await;
    // Monday 1 March 2027, seven past eight and a bit.
    app.state.clock.set(instant("2027-03-01T13:07:20Z"));
    let clinic = app.scheduler().await;
    let free = clinic_slots(&clinic).await.remove(0);
    let here = BookForPerson {
        walk_in: true,
        ..for_person(TestApp::worker(2), FIT, &free)
    };
    let taken = clinic.book_appointment(&new_key(), &here).await;
    let taken = taken.expect("a visit").value;
    assert_eq!(taken.starts_at, instant("2027-03-01T13:08:00Z"));
    assert_eq!(taken.state, State::CheckedIn);
    assert_eq!(taken.set_aside, None);
    let planned = BookForPerson {
        starts_at: instant("2027-03-01T13:48:00Z"),
        ..for_person(TestApp::worker(3), FIT, &free)
    };
    let refused = clinic.book_appointment(&new_key(), &planned).await;
    assert!(refused.expect_err("off the grid").is(OVERRIDE_NEEDED));
}

async fn clinic_slots(clinic: &Client) -> Vec<Slot> {
    let places = clinic.list_locations().await.expect("places").items;
    let place = places.iter().find(|place| place.zone.contains("Indiana"));
    let query = ClinicSlotsQuery {
        person: TestApp::worker(2),
        appointment_type_id: FIT,
        location: place.expect("a clinic").id,
        resource: None,
        modality: None,
        region: None,
        moving: None,
        from: day("2027-03-01"),
        to: day("2027-03-01"),
        limit: None,
        cursor: None,
    };
    clinic.list_slots(&query).await.expect("times").items
}
