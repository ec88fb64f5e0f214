//! What becomes of a visit: agreed to, attended, begun, done, missed, put right.

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
