//! The moment from which times can be booked: nobody is early, and no time goes to two.

use super::schedules::of_resource;
use super::*;
use salus_types::problem::UNAVAILABLE;

const MONDAY: &str = "2027-03-01";
/// Monday 22 February 2027, 10:00 in Fort Wayne.
const OPENS: &str = "2027-02-22T15:00:00Z";

/// Keeps the nurse's hours in person from people until they open.
async fn open_later(desk: &Client) {
    let nurse = of_resource(desk, "J. Lee, RN").await.resource_id;
    let all = desk.list_schedules(&SetupQuery::default()).await;
    let mut all = all.expect("schedules").items.into_iter();
    let in_person = Some(Modality::InPerson);
    let hours = all.find(|one| one.resource_id == nurse && one.modality == in_person);
    let hours = hours.expect("her hours");
    let change = ChangeSchedule {
        opens_at: Some(Some(instant(OPENS))),
        ..ChangeSchedule::default()
    };
    for _ in 0..TRIES {
        match desk.change_schedule(hours.id, hours.version, &change).await {
            // A machine that is busy with other tests is to be asked again.
            Err(busy) if busy.is(UNAVAILABLE) => {}
            changed => {
                let opens_at = changed.expect("changed").value.opens_at;
                assert_eq!(opens_at, Some(instant(OPENS)));
                return;
            }
        }
    }
    panic!("the hours are never changed");
}

/// The times of that Monday as the front desk finds them for Elena.
async fn at_the_desk(desk: &Client) -> Vec<Slot> {
    let places = desk.list_locations().await.expect("places").items;
    let place = places.iter().find(|place| place.zone.contains("Indiana"));
    let query = ClinicSlotsQuery {
        person: TestApp::worker(4),
        appointment_type_id: FIT,
        location: place.expect("a clinic").id,
        resource: None,
        modality: None,
        region: None,
        moving: None,
        from: day(MONDAY),
        to: day(MONDAY),
        limit: Some(200),
        cursor: None,
    };
    desk.list_slots(&query).await.expect("times").items
}

#[tokio::test(flavor = "multi_thread")]
async fn before_they_open_times_are_there_for_staff_alone_and_from_then_on_for_everybody() {
    let app = start().await;
    let (employee, desk) = (app.employee().await, app.scheduler().await);
    let known = slots(&employee, FIT, MONDAY, 1).await;
    open_later(&desk).await;
    let opens = instant(OPENS);
    app.state.clock.set(opens - TimeDelta::minutes(2));
    assert_eq!(slots(&employee, FIT, MONDAY, 1).await, []);
    let early = hold(&employee, FIT, &known[0]).await;
    let early = early.expect_err("it does not open yet");
    assert!(early.is(SLOT_NOT_OFFERED), "{}", slug(&early));
    let problem = early.problem().expect("a problem");
    assert_eq!(problem.errors[0].pointer, "/starts_at");

    let seen = at_the_desk(&desk).await;
    assert_eq!(seen[0].starts_at, instant(MONDAY_EIGHT));
    let command = for_person(TestApp::worker(6), FIT, &seen[0]);
    let by_staff = desk.book_appointment(&new_key(), &command).await;
    by_staff.expect("staff may");

    app.state.clock.set(opens);
    let open = slots(&employee, FIT, MONDAY, 1).await;
    let half_past = instant(MONDAY_EIGHT) + TimeDelta::minutes(30);
    assert_eq!(open[0].starts_at, half_past);
    book(&employee, FIT, &open[0]).await.expect("it is open");
}

/// The times somebody is told of whose wish somebody else has.
fn told_instead(refused: &Error) -> Vec<Slot> {
    assert!(refused.is(SLOT_TAKEN), "{}", slug(refused));
    let others = &refused.problem().expect("a problem").more["next_slots"];
    let others: Vec<Slot> = serde_json::from_value(others.clone()).expect("slots");
    assert_eq!(others.len(), 3);
    others
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_people_who_want_times_the_moment_they_open_no_two_get_the_same() {
    let (app, crowd) = start_crowded().await;
    open_later(&app.scheduler().await).await;
    assert_eq!(slots(&crowd[0].1, FIT, MONDAY, 1).await, []);
    app.state.clock.set(instant(OPENS));
    let mut seen = Vec::new();
    for some in crowd.chunks(16) {
        let looks = some.iter().map(|(_, client)| slots(client, FIT, MONDAY, 1));
        seen.extend(join_all(looks).await);
    }
    let free = &seen[0];
    assert!(seen.iter().all(|one| one == free), "all see the same");

    // Seven times one after the other, each wanted by nine or ten.
    let wishes = crowd.iter().enumerate();
    let wishes = wishes.map(|(n, (_, client))| hold(client, FIT, &free[(n % 7) * 2]));
    let first = join_all(wishes).await;
    let won = first.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(won, 7, "each time has one who keeps it");
    // Whoever lost takes one of the times they were told of.
    let again = first.into_iter().zip(&crowd).enumerate();
    let again = again.map(|(n, (answer, (_, client)))| async move {
        let refused = match answer {
            Ok(held) => return Some(held),
            // Who waited too long in the line of a busy machine asks no more here.
            Err(busy) if busy.is(UNAVAILABLE) => return None,
            Err(refused) => refused,
        };
        let others = told_instead(&refused);
        match hold(client, FIT, &others[n % 3]).await {
            Ok(held) => Some(held),
            Err(refused) => {
                let late = refused.is(SLOT_TAKEN) || refused.is(UNAVAILABLE);
                assert!(late, "{}", slug(&refused));
                None
            }
        }
    });
    let kept = join_all(again).await;
    let bookings = kept.iter().zip(&crowd).filter_map(|(held, (_, client))| {
        let command = BookAppointment {
            hold_id: held.as_ref()?.id,
            comment: None,
        };
        Some(async move { client.book_my_appointment(&new_key(), &command).await })
    });
    let booked = join_all(bookings).await;
    let mut starts: Vec<DateTime<Utc>> = booked
        .into_iter()
        .map(|visit| visit.expect("what is kept is booked").value.starts_at)
        .collect();
    starts.sort_unstable();
    let apart = |two: &[DateTime<Utc>]| two[1] - two[0] >= TimeDelta::minutes(30);
    assert!(starts.windows(2).all(apart), "{starts:?}");
    assert!(starts.len() > won, "{starts:?}");
    let visits = "SELECT count(DISTINCT starts_at)::text FROM appointments";
    assert_eq!(app.database.text(visits).await, starts.len().to_string());
}
