//! Times that several people are told of at once, at a place that wants it so.

use super::wait_list::{
    asked, kept_for, mine, monday_is_free, nobody_waits, offer_of, offers, rounds, skips, waiting,
    waits,
};
use super::*;

/// A sandbox whose places tell several at once.
async fn all_at_once() -> TestApp {
    let app = nobody_waits().await;
    app.database
        .execute("UPDATE locations SET offer_broadcast = true")
        .await;
    app
}

fn is_taken(refused: Result<Appointment, Error>) -> bool {
    refused.is_err_and(|error| error.is(OFFER_TAKEN))
}

#[tokio::test(flavor = "multi_thread")]
async fn all_are_told_at_once_and_the_time_is_kept_for_none_of_them() {
    let app = all_at_once().await;
    let (first, _) = waiting(&app, "employee2", "2027-03-02").await;
    let (second, _) = waiting(&app, "employee", "2027-03-03").await;
    monday_is_free(&app).await;
    asked(&app).await;
    let offer = kept_for(&first).await;
    assert_eq!(offer.starts_at, instant(MONDAY_EIGHT));
    assert!(!offer.kept);
    assert_eq!(kept_for(&second).await.starts_at, offer.starts_at);
    let other = app.signed_in("user8").await;
    let free = slots(&other, FIT, "2027-03-01", 1).await;
    assert_eq!(free[0].starts_at, offer.starts_at);
    let desk = app.scheduler().await;
    let log = desk.list_offer_rounds(&OffersQuery::default()).await;
    assert!(log.expect("the log").items[0].broadcast);
    noted(&app).await;
    let mails = "SELECT string_agg(kind, ' ') FROM outbox_mails WHERE kind LIKE 'offer-%'";
    assert_eq!(app.database.text(mails).await, "offer-open offer-open");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_it_first_has_it_and_the_others_read_that_it_has_gone() {
    let app = all_at_once().await;
    let (first, visit) = waiting(&app, "employee2", "2027-03-02").await;
    let (second, _) = waiting(&app, "employee", "2027-03-03").await;
    monday_is_free(&app).await;
    asked(&app).await;
    let (offer, late) = (kept_for(&first).await, kept_for(&second).await);
    let moved = first.accept_my_offer(offer.id).await.expect("taken");
    assert_eq!((moved.id, moved.starts_at), (visit.id, offer.starts_at));
    assert!(mine(&first).await.is_empty(), "nothing more is wanted");
    assert!(is_taken(second.accept_my_offer(late.id).await));
    asked(&app).await;
    assert!(rounds(&app).await.starts_with("1 taken"));
    assert!(offers(&app).await.starts_with("accepted, withdrawn"));
    assert!(is_taken(second.accept_my_offer(late.id).await));
    let claims = format!(
        "SELECT count(*)::text FROM claims WHERE appointment_id = '{}'",
        visit.id
    );
    assert_eq!(app.database.text(&claims).await, "3");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_take_it_at_the_same_moment_one_has_it() {
    let app = all_at_once().await;
    let (first, _) = waiting(&app, "employee2", "2027-03-02").await;
    let (second, _) = waiting(&app, "employee", "2027-03-03").await;
    monday_is_free(&app).await;
    asked(&app).await;
    let (one, other) = (kept_for(&first).await.id, kept_for(&second).await.id);
    let both = join_all([first.accept_my_offer(one), second.accept_my_offer(other)]).await;
    let taken = both.iter().filter(|answer| answer.is_ok()).count();
    let gone = both.into_iter().map(is_taken);
    assert_eq!((taken, gone.filter(|gone| *gone).count()), (1, 1));
}

/// Eleven people who can be reached by mail.
async fn eleven_with_mail(app: &TestApp) -> Vec<Client> {
    let crowd = app.crowd(11).await;
    let ids: Vec<_> = crowd.iter().map(|(id, _)| format!("'{id}'")).collect();
    let mails = format!(
        "INSERT INTO contact_points SELECT (jsonb_populate_record(NULL::contact_points, to_jsonb(old)
            || jsonb_build_object('id', gen_random_uuid(), 'person_id', p.id))).*
           FROM contact_points old, persons p
          WHERE old.person_id = '{}' AND old.kind = 'email' AND p.id IN ({})",
        TestApp::worker(4),
        ids.join(", ")
    );
    app.database.execute(&mails).await;
    crowd.into_iter().map(|(_, client)| client).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn not_more_than_ten_are_told_and_the_others_when_those_do_not_want_it() {
    let app = all_at_once().await;
    let mut people = eleven_with_mail(&app).await;
    for client in &people {
        waits(client, "2027-03-02").await;
    }
    monday_is_free(&app).await;
    asked(&app).await;
    let told = "SELECT count(*)::text FROM offers WHERE state = 'held'";
    assert_eq!(app.database.text(told).await, "10");
    let Some(last) = people.pop() else { return };
    assert_eq!(offer_of(&last).await, None);
    for client in &people {
        let offer = kept_for(client).await;
        client.refuse_my_offer(offer.id).await.expect("refused");
    }
    asked(&app).await;
    assert!(offer_of(&last).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_passed_over_is_so_with_a_reason_while_the_others_are_told() {
    let app = all_at_once().await;
    let (first, _) = waiting(&app, "employee2", "2027-03-02").await;
    let (second, _) = waiting(&app, "employee", "2027-03-03").await;
    let address = format!(
        "UPDATE contact_points SET usable = false WHERE person_id = '{}'",
        TestApp::worker(6)
    );
    app.database.execute(&address).await;
    monday_is_free(&app).await;
    asked(&app).await;
    assert_eq!(offer_of(&first).await, None);
    assert!(offer_of(&second).await.is_some());
    assert_eq!(skips(&app).await, "no_channel");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_booked_meanwhile_has_gone_too() {
    let app = all_at_once().await;
    let (client, visit) = waiting(&app, "employee2", "2027-03-02").await;
    monday_is_free(&app).await;
    asked(&app).await;
    let offer = kept_for(&client).await;
    for name in ["user8", "user9", "user10", "user11", "user12"] {
        let other = app.signed_in(name).await;
        let free = slots(&other, FIT, "2027-03-01", 1).await;
        if free[0].starts_at != offer.starts_at {
            break;
        }
        book(&other, FIT, &free[0]).await.expect("a booking");
    }
    assert!(is_taken(client.accept_my_offer(offer.id).await));
    let still = client.get_my_appointment(visit.id).await.expect("it");
    assert_eq!(still.value.starts_at, visit.starts_at);
}
