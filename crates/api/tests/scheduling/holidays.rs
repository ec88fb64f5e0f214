//! When places do not work, and what is counted in business days.

use super::*;

fn epiphany() -> AddHoliday {
    AddHoliday {
        name: " Epiphany ".to_owned(),
        date: day("2027-01-06"),
        yearly: true,
    }
}

async fn names(client: &Client, place: LocationId) -> Vec<String> {
    let list = client.list_holidays(place).await.expect("holidays");
    list.items.into_iter().map(|one| one.name).collect()
}

async fn clinic(client: &Client) -> LocationId {
    let places = client.list_locations().await.expect("places");
    places.items[0].id
}

#[tokio::test(flavor = "multi_thread")]
async fn the_front_desk_keeps_the_holidays_of_a_place_and_clinicians_read_them() {
    let app = start().await;
    let (desk, nurse) = (app.scheduler().await, app.clinician().await);
    let place = clinic(&desk).await;
    let usual = ["Thanksgiving", "Christmas Day", "New Year's Day"];
    assert_eq!(names(&nurse, place).await, usual);

    let added = desk.add_holiday(place, &new_key(), &epiphany()).await;
    let added = added.expect("added").value;
    assert_eq!(
        names(&nurse, place).await,
        [usual.as_slice(), &["Epiphany"]].concat()
    );
    let again = desk.add_holiday(place, &new_key(), &epiphany()).await;
    let again = again.expect_err("there already");
    let problem = again.problem().expect("a problem");
    assert_eq!(problem.errors[0].pointer, "/date");
    for name in [" ".to_owned(), "x".repeat(61)] {
        let wrong = AddHoliday { name, ..epiphany() };
        let wrong = desk.add_holiday(place, &new_key(), &wrong).await;
        let wrong = wrong.expect_err("no name, or a long one");
        let problem = wrong.problem().expect("a problem");
        assert_eq!(problem.errors[0].pointer, "/name");
    }
    let other = LocationId(uuid::Uuid::now_v7());
    let copy = format!(
        "INSERT INTO locations SELECT (jsonb_populate_record(known, jsonb_build_object(
             'id', '{other}', 'code', 'NORTH', 'name', 'North clinic'))).*
           FROM locations AS known WHERE id = '{place}'"
    );
    app.database.execute(&copy).await;
    let elsewhere = desk.remove_holiday(other, added.id).await;
    assert!(elsewhere.expect_err("not there").is(NOT_FOUND));

    let refused = nurse.add_holiday(place, &new_key(), &epiphany()).await;
    assert_eq!(slug(&refused.expect_err("to read")), "forbidden");
    let refused = nurse.remove_holiday(place, added.id).await;
    assert_eq!(slug(&refused.expect_err("to read")), "forbidden");
    desk.remove_holiday(place, added.id).await.expect("removed");
    assert_eq!(names(&nurse, place).await, usual);
    let gone = desk.remove_holiday(place, added.id).await;
    assert!(gone.expect_err("gone").is(NOT_FOUND));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_elsewhere_has_no_holidays_here() {
    let app = start().await;
    let place = clinic(&app.signed_in("foreign-clinician").await).await;
    let desk = app.scheduler().await;
    let found = desk.list_holidays(place).await;
    assert!(found.expect_err("elsewhere").is(NOT_FOUND));
    let added = desk.add_holiday(place, &new_key(), &epiphany()).await;
    assert!(added.expect_err("elsewhere").is(NOT_FOUND));
}

#[tokio::test(flavor = "multi_thread")]
async fn three_business_days_before_the_tuesday_after_christmas_is_the_wednesday_before_it() {
    let app = TestApp::start().await;
    app.state.clock.set(instant("2026-12-07T14:00:00Z"));
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2026-12-29", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    noted(&app).await;
    let due = format!(
        "SELECT due_at::text FROM appointment_reminders WHERE step = 'three_days' AND appointment_id = '{}'",
        booked.id
    );
    // Friday 25 December does not count; nine o'clock in Fort Wayne.
    let due = app.database.text(&due).await;
    assert!(due.starts_with("2026-12-23 14:00:00"), "{due}");
}
