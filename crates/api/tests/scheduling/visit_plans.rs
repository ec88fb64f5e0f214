//! Everything due in one visit: planned, booked together or not at all.

use super::*;

async fn plans(client: &Client) -> VisitPlans {
    client.list_my_visit_plans().await.expect("plans")
}

async fn book_plan(client: &Client, plan: &VisitPlan) -> Result<Vec<Appointment>, Error> {
    let command = BookVisitPlan {
        comment: Some("I wear glasses.".to_owned()),
    };
    let booked = client.book_my_visit_plan(&new_key(), &plan.id, &command);
    Ok(booked.await?.value.items)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_planned_in_one_visit_and_booked_at_once() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let found = plans(&employee).await;
    let plan = found.items.first().expect("a plan");
    assert_eq!((plan.visits.len(), plan.saves), (1, 1));
    let visit = &plan.visits[0];
    let names: Vec<_> = visit
        .parts
        .iter()
        .map(|part| part.public_name.as_str())
        .collect();
    assert_eq!(names, ["Hearing test", "Respirator fit test"]);
    let gap = visit.parts[1].starts_at - visit.parts[0].ends_at;
    assert!(
        TimeDelta::zero() <= gap && gap <= TimeDelta::minutes(15),
        "{gap}"
    );
    assert!(found.items.len() <= 3 && found.left_out.is_empty());

    let booked = book_plan(&employee, plan).await.expect("a booking");
    let starts: Vec<_> = booked.iter().map(|visit| visit.starts_at).collect();
    let planned: Vec<_> = visit.parts.iter().map(|part| part.starts_at).collect();
    assert_eq!(starts, planned);
    assert!(booked.iter().all(|visit| visit.comment.is_some()));
    let due = employee.list_my_due_items(&Default::default()).await;
    let tied = due.expect("what is due").items;
    let tied = tied.iter().filter(|item| item.appointment_id.is_some());
    assert_eq!(tied.count(), 2);
    let told = "SELECT count(*)::text FROM outbox_events WHERE kind = 'appointment.booked'";
    assert_eq!(app.database.text(told).await, "2");
    assert!(
        plans(&employee).await.items.is_empty(),
        "nothing more is due"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_of_which_one_part_was_taken_books_nothing() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let plan = plans(&employee).await.items.remove(0);
    let last = plan.visits[0].parts.last().expect("a part");
    let taken = BookForPerson {
        person_id: TestApp::worker(6),
        employer_id: None,
        appointment_type_id: FIT,
        starts_at: last.starts_at,
        location_id: plan.visits[0].place.id,
        modality: Modality::InPerson,
        region: None,
        resource_id: None,
        comment: None,
        walk_in: false,
        set_aside: None,
    };
    let clinic = app.scheduler().await;
    clinic
        .book_appointment(&new_key(), &taken)
        .await
        .expect("theirs");
    let refused = book_plan(&employee, &plan).await.expect_err("taken");
    assert!(refused.is(PLAN_STALE), "{}", slug(&refused));
    let mine = format!(
        "SELECT count(*)::text FROM appointments WHERE person_id = '{}'",
        TestApp::worker(4)
    );
    assert_eq!(app.database.text(&mine).await, "0");
    let again = plans(&employee).await.items.remove(0);
    book_plan(&employee, &again).await.expect("made anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_booked_once_and_by_nobody_else() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let plan = plans(&employee).await.items.remove(0);
    let other = app.signed_in("other-employee").await;
    let foreign = book_plan(&other, &plan).await.expect_err("not theirs");
    assert!(foreign.is(PLAN_STALE), "{}", slug(&foreign));
    book_plan(&employee, &plan).await.expect("a booking");
    let again = book_plan(&employee, &plan).await.expect_err("booked");
    assert!(again.is(PLAN_STALE), "{}", slug(&again));
    let nothing = VisitPlan {
        id: "nothing".to_owned(),
        ..plan
    };
    let unknown = book_plan(&employee, &nothing).await.expect_err("no plan");
    assert!(unknown.is(NOT_FOUND), "{}", slug(&unknown));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_kept_for_the_person_does_not_stand_in_the_way_of_a_plan() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let plan = plans(&employee).await.items.remove(0);
    let first = &plan.visits[0].parts[0];
    let kept = HoldSlot {
        appointment_type_id: first.appointment_type_id,
        starts_at: first.starts_at,
        location_id: plan.visits[0].place.id,
        modality: Modality::InPerson,
        region: None,
        resource_id: None,
        item_id: None,
        moving: None,
    };
    let kept = employee
        .hold_my_slot(&new_key(), &kept)
        .await
        .expect("kept");
    book_plan(&employee, &plan).await.expect("a booking");
    let command = BookAppointment {
        hold_id: kept.id,
        comment: None,
    };
    let used = employee.book_my_appointment(&new_key(), &command).await;
    assert!(used.expect_err("gone").is(HOLD_EXPIRED));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_does_not_plan_shows_no_plans() {
    let app = TestApp::start().await;
    app.database
        .execute(
            "UPDATE portal_versions SET content = jsonb_set(content, '{modules}',
                (SELECT jsonb_agg(CASE WHEN m ->> 'key' = 'appointments'
                    THEN m || '{\"settings\": {\"one_visit\": false}}' ELSE m END)
                   FROM jsonb_array_elements(content -> 'modules') m))",
        )
        .await;
    assert!(plans(&app.employee().await).await.items.is_empty());
}
