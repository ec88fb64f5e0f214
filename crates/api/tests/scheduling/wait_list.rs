//! Waiting for a time: whom a time that became free is offered to, and what comes of it.

use super::*;
use salus_api::scheduling::{offer_freed_times_once, settle_once};
use salus_types::accounts::{QuietStretch, ReplaceQuietHours};
use salus_types::ids::{OfferId, WaitListItemId};
use salus_types::problem::FORBIDDEN;

/// A sandbox in which nothing is due any more: only those wait who say so. Everybody works where
/// the clinic is.
pub(super) async fn nobody_waits() -> TestApp {
    waits_alone(uuid::Uuid::nil(), "").await
}

/// The same, but for what is due for one person: the server closes what is not due by itself.
async fn waits_alone(person: uuid::Uuid, due: &str) -> TestApp {
    let app = start().await;
    app.database
        .execute(&format!(
            "UPDATE due_items SET status = 'not_needed', closed_at = '2027-02-01T00:00:00Z'
              WHERE closed_at IS NULL AND person_id <> '{person}';
             UPDATE locations SET time_zone = 'America/Indiana/Indianapolis'; {due}"
        ))
        .await;
    app
}

/// Lets whoever is next be asked.
pub(super) async fn asked(app: &TestApp) {
    offer_freed_times_once(&app.state).await.expect("asked");
}

pub(super) async fn later(app: &TestApp, minutes: i64) {
    let clock = &app.state.clock;
    clock.set(clock.now() + TimeDelta::minutes(minutes));
    asked(app).await;
}

/// The first time of a day that is free for a person, booked.
pub(super) async fn booked_on(client: &Client, date: &str) -> Appointment {
    let free = slots(client, FIT, date, 1).await;
    book(client, FIT, &free[0]).await.expect("a booking")
}

pub(super) async fn wishes_earlier(client: &Client, visit: &Appointment) -> WaitListItem {
    let command = WishEarlier {
        wanted: true,
        wishes: TimeWishes::default(),
    };
    let item = client.wish_earlier_appointment(visit.id, &command).await;
    item.expect("a wish")
}

/// Somebody with a visit on a day who wants an earlier one.
pub(super) async fn waiting(app: &TestApp, name: &str, date: &str) -> (Client, Appointment) {
    let client = app.signed_in(name).await;
    let visit = waits(&client, date).await;
    (client, visit)
}

/// Somebody books on a day and wants an earlier time.
pub(super) async fn waits(client: &Client, date: &str) -> Appointment {
    let visit = booked_on(client, date).await;
    wishes_earlier(client, &visit).await;
    visit
}

/// Tom books the first time of Monday 1 March and gives it back.
pub(super) async fn monday_is_free(app: &TestApp) {
    let tom = app.signed_in("user5").await;
    let visit = booked_on(&tom, "2027-03-01").await;
    gives_back(&tom, &visit).await;
}

pub(super) async fn gives_back(client: &Client, visit: &Appointment) {
    let cancelled = client.cancel_my_appointment(visit.id, visit.version, &ill());
    cancelled.await.expect("given back");
}

pub(super) async fn mine(client: &Client) -> Vec<WaitListItem> {
    let items = client.list_my_wait_list_items().await;
    items.expect("what one waits for").items
}

/// Somebody who is not to be disturbed from nine to seven.
async fn quiet_at_night(client: &Client) {
    let night = ReplaceQuietHours {
        mail: Some(QuietStretch {
            from: "21:00:00".parse().expect("a time"),
            until: "07:00:00".parse().expect("a time"),
        }),
    };
    let chosen = client.replace_quiet_hours(0, &night).await;
    chosen.expect("quiet hours");
}

/// The time that is kept for somebody now.
pub(super) async fn offer_of(client: &Client) -> Option<Offer> {
    mine(client).await.into_iter().find_map(|item| item.offer)
}

pub(super) async fn kept_for(client: &Client) -> Offer {
    offer_of(client).await.expect("a time that is kept")
}

/// Depth and end of every round, the oldest first.
pub(super) async fn rounds(app: &TestApp) -> String {
    let query = "SELECT coalesce(string_agg(depth || ' ' || coalesce(outcome, 'open'), ', ' ORDER BY created_at, id), '')
        FROM offer_rounds";
    app.database.text(query).await
}

/// What became of the offers, in their order.
pub(super) async fn offers(app: &TestApp) -> String {
    let query = "SELECT coalesce(string_agg(state, ', ' ORDER BY created_at, id), '') FROM offers";
    app.database.text(query).await
}

/// Why turns were passed over, in their order.
pub(super) async fn skips(app: &TestApp) -> String {
    let query =
        "SELECT coalesce(string_agg(reason, ', ' ORDER BY created_at, id), '') FROM offer_skips";
    app.database.text(query).await
}

/// Asking the clinic for any day.
fn asking() -> RequestAppointment {
    RequestAppointment {
        appointment_type_id: FIT,
        location_id: None,
        resource_id: None,
        modality: Modality::InPerson,
        region: None,
        preferences: Vec::new(),
        contact: Contact::Message,
        comment: Some("Any day.".to_owned()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_an_earlier_time_is_offered_the_one_that_became_free_and_it_is_kept_from_others()
{
    let app = nobody_waits().await;
    let (client, visit) = waiting(&app, "employee2", "2027-03-02").await;
    monday_is_free(&app).await;
    asked(&app).await;
    let items = mine(&client).await;
    assert_eq!(items.len(), 1);
    assert_eq!(
        (items[0].state, items[0].appointment_id),
        (ItemState::Offered, Some(visit.id))
    );
    let offer = items[0].offer.clone().expect("a time");
    assert_eq!(offer.starts_at, instant(MONDAY_EIGHT));
    let kept = (offer.expires_at - app.state.clock.now()).num_minutes();
    assert!((118..=120).contains(&kept), "{kept}");
    let other = app.employee().await;
    let free = slots(&other, FIT, "2027-03-01", 1).await;
    assert_eq!(
        free.first().map(|slot| slot.starts_at),
        Some(instant(MONDAY_EIGHT) + TimeDelta::minutes(30))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_it_moves_the_visit_at_once_and_offers_the_old_time_on() {
    let app = nobody_waits().await;
    let (client, visit) = waiting(&app, "employee2", "2027-03-02").await;
    monday_is_free(&app).await;
    asked(&app).await;
    let offer = kept_for(&client).await;
    let moved = client.accept_my_offer(offer.id).await.expect("taken");
    assert_eq!(moved.id, visit.id);
    assert_eq!(moved.starts_at, instant(MONDAY_EIGHT));
    assert_eq!(moved.state, State::Booked);
    assert!(mine(&client).await.is_empty(), "nothing more is wanted");
    let claims = format!(
        "SELECT string_agg(DISTINCT to_char(starts_at AT TIME ZONE 'UTC', 'DD HH24:MI'), ', ') || ' x' || count(*)
           FROM claims WHERE appointment_id = '{}'",
        visit.id
    );
    assert_eq!(app.database.text(&claims).await, "01 13:00 x3");
    asked(&app).await;
    assert_eq!(rounds(&app).await, "1 taken, 2 nobody");
    assert_eq!(offers(&app).await, "accepted");
    let again = client.accept_my_offer(offer.id).await;
    assert!(again.expect_err("once").is(OFFER_EXPIRED));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_after_the_other_is_asked_and_who_stays_silent_is_too_late() {
    let app = nobody_waits().await;
    let (first, _) = waiting(&app, "employee2", "2027-03-02").await;
    let (second, _) = waiting(&app, "employee", "2027-03-03").await;
    monday_is_free(&app).await;
    asked(&app).await;
    let offer = kept_for(&first).await;
    assert_eq!(offer_of(&second).await, None);
    later(&app, 119).await;
    assert!(offer_of(&first).await.is_some());
    later(&app, 2).await;
    assert_eq!(offer_of(&first).await, None);
    let late = first.accept_my_offer(offer.id).await;
    let late = late.expect_err("too late");
    assert!(late.is(OFFER_EXPIRED), "{}", slug(&late));
    let next = kept_for(&second).await;
    assert_eq!(next.starts_at, offer.starts_at);

    let refused = second.refuse_my_offer(next.id).await.expect("refused");
    assert_eq!(refused.state, ItemState::Open);
    asked(&app).await;
    assert_eq!(rounds(&app).await, "1 nobody");
    let desk = app.scheduler().await;
    let log = desk.list_offer_rounds(&OffersQuery::default()).await;
    let log = log.expect("the log").items;
    let turns: Vec<_> = log[0].turns.iter().map(|turn| turn.offer_state).collect();
    assert_eq!(
        turns,
        [Some(OfferState::Expired), Some(OfferState::Declined)]
    );
    assert_eq!(log[0].freed_by, FreedBy::Cancellation);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_revives_no_offer() {
    let app = nobody_waits().await;
    let (client, _) = waiting(&app, "employee2", "2027-03-02").await;
    monday_is_free(&app).await;
    asked(&app).await;
    let (offer, before) = (kept_for(&client).await, app.state.clock.now());
    later(&app, 121).await;
    app.state.clock.set(before);
    asked(&app).await;
    assert_eq!(offer_of(&client).await, None);
    let late = client.accept_my_offer(offer.id).await;
    assert!(late.expect_err("it ran out").is(OFFER_EXPIRED));
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_the_clinic_puts_first_is_asked_first() {
    let app = nobody_waits().await;
    let (first, _) = waiting(&app, "employee2", "2027-03-02").await;
    let (second, _) = waiting(&app, "employee", "2027-03-03").await;
    let desk = app.scheduler().await;
    let list = desk.list_wait_list_items(&WaitListQuery::default()).await;
    let list = list.expect("the list").items;
    let elena = list
        .iter()
        .find(|item| item.person.id == TestApp::worker(4));
    let elena = elena.expect("she waits").clone();
    assert_eq!(elena.waits_for, WaitsFor::Earlier);
    let command = EscalateWaitListItem { escalated: true };
    let put = desk.escalate_wait_list_item(elena.id, elena.version, &command);
    assert!(put.await.expect("put first").value.escalated);
    let stale = desk.escalate_wait_list_item(elena.id, elena.version, &command);
    assert!(stale.await.expect_err("stale").is(VERSION_CONFLICT));
    monday_is_free(&app).await;
    asked(&app).await;
    assert!(offer_of(&second).await.is_some());
    assert_eq!(offer_of(&first).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_elsewhere_at_that_time_is_passed_over_and_the_log_says_why() {
    let app = nobody_waits().await;
    let (client, _) = waiting(&app, "employee2", "2027-03-02").await;
    // Takes an hour and a half of the person and three quarters of everybody else.
    app.database
        .execute("UPDATE appointment_types SET shown_duration = 90 WHERE code = 'PHYS'")
        .await;
    let free = slots(&client, PHYS, "2027-03-01", 1).await;
    book(&client, PHYS, &free[0]).await.expect("a booking");
    monday_is_free(&app).await;
    asked(&app).await;
    assert_eq!(offer_of(&client).await, None);
    assert_eq!(skips(&app).await, "person_busy");
    assert_eq!(rounds(&app).await, "1 nobody");
    let desk = app.scheduler().await;
    let log = desk.list_offer_rounds(&OffersQuery::default()).await;
    let log = log.expect("the log").items;
    assert_eq!(log[0].turns[0].skipped, Some(SkipReason::PersonBusy));
    assert_eq!(log[0].turns[0].person.id, TestApp::worker(6));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_a_quiet_night_is_asked_in_the_morning() {
    let app = nobody_waits().await;
    let (client, _) = waiting(&app, "employee2", "2027-03-02").await;
    quiet_at_night(&client).await;
    app.state.clock.set(instant("2027-02-23T03:00:00Z"));
    monday_is_free(&app).await;
    asked(&app).await;
    assert_eq!(offer_of(&client).await, None);
    assert_eq!(
        (skips(&app).await, rounds(&app).await),
        ("quiet_hours".to_owned(), "1 open".to_owned())
    );
    app.state.clock.set(instant("2027-02-23T11:59:00Z"));
    asked(&app).await;
    assert_eq!(offer_of(&client).await, None);
    app.state.clock.set(instant("2027-02-23T12:00:00Z"));
    asked(&app).await;
    assert!(offer_of(&client).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_said_nothing_of_quiet_hours_is_told_by_mail_at_night_too() {
    let app = nobody_waits().await;
    let (client, _) = waiting(&app, "employee2", "2027-03-02").await;
    app.state.clock.set(instant("2027-02-23T03:00:00Z"));
    monday_is_free(&app).await;
    asked(&app).await;
    assert!(offer_of(&client).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn while_one_has_quiet_hours_the_next_one_is_asked() {
    let app = nobody_waits().await;
    let (first, _) = waiting(&app, "employee2", "2027-03-02").await;
    let (second, _) = waiting(&app, "employee", "2027-03-03").await;
    quiet_at_night(&first).await;
    app.state.clock.set(instant("2027-02-23T03:00:00Z"));
    monday_is_free(&app).await;
    asked(&app).await;
    assert_eq!(offer_of(&first).await, None);
    assert!(offer_of(&second).await.is_some());
    assert_eq!(skips(&app).await, "quiet_hours");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_be_told_is_passed_over() {
    let app = nobody_waits().await;
    let (client, _) = waiting(&app, "employee2", "2027-03-02").await;
    app.database
        .execute("UPDATE contact_points SET usable = false")
        .await;
    monday_is_free(&app).await;
    asked(&app).await;
    assert_eq!(offer_of(&client).await, None);
    assert_eq!(skips(&app).await, "no_channel");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_had_three_offers_in_a_week_is_passed_over_and_so_is_who_has_one_now() {
    let app = nobody_waits().await;
    let (client, _) = waiting(&app, "employee2", "2027-03-03").await;
    for _ in 0..2 {
        monday_is_free(&app).await;
        asked(&app).await;
        let offer = kept_for(&client).await;
        client.refuse_my_offer(offer.id).await.expect("refused");
        asked(&app).await;
    }
    monday_is_free(&app).await;
    asked(&app).await;
    assert!(offer_of(&client).await.is_some(), "the third");
    let tom = app.signed_in("user5").await;
    let visit = booked_on(&tom, "2027-03-02").await;
    gives_back(&tom, &visit).await;
    asked(&app).await;
    assert_eq!(skips(&app).await, "live_offer");
    let offer = kept_for(&client).await;
    client.refuse_my_offer(offer.id).await.expect("refused");
    asked(&app).await;
    monday_is_free(&app).await;
    asked(&app).await;
    assert_eq!(skips(&app).await, "live_offer, offers_in_week");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_is_offered_on_three_times_and_then_no_more() {
    let app = nobody_waits().await;
    let mut people = Vec::new();
    for (name, date) in [
        ("employee2", "2027-03-02"),
        ("employee", "2027-03-03"),
        ("user8", "2027-03-04"),
        ("user9", "2027-03-05"),
    ] {
        people.push(waiting(&app, name, date).await.0);
    }
    monday_is_free(&app).await;
    for client in people.iter().take(3) {
        asked(&app).await;
        let offer = kept_for(client).await;
        client.accept_my_offer(offer.id).await.expect("taken");
    }
    asked(&app).await;
    asked(&app).await;
    assert_eq!(offer_of(&people[3]).await, None);
    assert_eq!(rounds(&app).await, "1 taken, 2 taken, 3 taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_suit_is_not_offered() {
    let app = nobody_waits().await;
    let (client, visit) = waiting(&app, "employee2", "2027-03-03").await;
    let item = mine(&client).await.remove(0);
    let change = |part, weekdays: &[u8]| ChangeWaitListItem {
        part: Some(part),
        weekdays: Some(Some(weekdays.to_vec())),
        ..ChangeWaitListItem::default()
    };
    let twice = client.change_my_wait_list_item(item.id, item.version, &change(None, &[1, 1]));
    let twice = twice.await.expect_err("each day once");
    let problem = twice.problem().expect("a problem");
    assert_eq!(problem.errors[0].pointer, "/weekdays");
    let tuesdays = change(Some(DayPart::Morning), &[2]);
    let changed = client.change_my_wait_list_item(item.id, item.version, &tuesdays);
    let changed = changed.await.expect("changed").value;
    assert_eq!(changed.wishes.weekdays, [2]);
    monday_is_free(&app).await;
    asked(&app).await;
    assert_eq!((offers(&app).await, skips(&app).await), Default::default());

    let tom = app.signed_in("user5").await;
    let tuesday = booked_on(&tom, "2027-03-02").await;
    gives_back(&tom, &tuesday).await;
    asked(&app).await;
    let offer = kept_for(&client).await;
    assert!(offer.starts_at < visit.starts_at);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_offer_does_not_exist() {
    let app = nobody_waits().await;
    let (client, _) = waiting(&app, "employee2", "2027-03-02").await;
    monday_is_free(&app).await;
    asked(&app).await;
    let offer = kept_for(&client).await;
    let other = app.employee().await;
    for id in [offer.id, OfferId(salus_api::sandbox::id(0x5a1_ffff))] {
        let taken = other.accept_my_offer(id).await;
        assert!(taken.expect_err("not theirs").is(NOT_FOUND));
        let refused = other.refuse_my_offer(id).await;
        assert!(refused.expect_err("not theirs").is(NOT_FOUND));
    }
    assert!(offer_of(&client).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_waits_is_booked_by_taking_a_time_and_waits_again_when_that_is_given_back() {
    let person = TestApp::worker(6);
    let due = format!(
        "UPDATE due_items SET status = 'pending', closed_at = NULL, visible_on = '2027-01-01', due_on = '2027-03-05'
          WHERE person_id = '{person}'"
    );
    let app = waits_alone(person.0, &due).await;
    let client = app.employee2().await;
    let item = mine(&client).await.remove(0);
    assert_eq!((item.state, item.past_due), (ItemState::Open, false));
    monday_is_free(&app).await;
    asked(&app).await;
    let offer = kept_for(&client).await;
    let visit = client.accept_my_offer(offer.id).await.expect("taken");
    assert!(mine(&client).await.is_empty(), "it is booked");
    let tied = format!("SELECT appointment_id::text FROM due_items WHERE person_id = '{person}'");
    assert_eq!(app.database.text(&tied).await, visit.id.to_string());

    gives_back(&client, &visit).await;
    let open = mine(&client).await.remove(0);
    assert_eq!((open.id, open.past_due), (item.id, false));
    app.state.clock.set(instant("2027-03-06T13:00:00Z"));
    assert!(mine(&client).await.remove(0).past_due);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_due_is_closed_in_the_night_and_its_offer_withdrawn() {
    let app = nobody_waits().await;
    let (client, visit) = waiting(&app, "employee2", "2027-03-02").await;
    monday_is_free(&app).await;
    asked(&app).await;
    let offer = kept_for(&client).await;
    gives_back(&client, &visit).await;
    let late = client.accept_my_offer(offer.id).await;
    assert!(late.expect_err("of no use").is(OFFER_EXPIRED));
    settle_once(&app.state).await.expect("settled");
    let closed = "SELECT string_agg(closed_because, ', ') FROM wait_list_items WHERE appointment_id IS NOT NULL";
    assert_eq!(app.database.text(closed).await, "settled");
    asked(&app).await;
    assert_eq!(offers(&app).await, "withdrawn");
    let left = "SELECT count(*)::text FROM claims";
    assert_eq!(app.database.text(left).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_without_earlier_offers_makes_none() {
    let app = nobody_waits().await;
    let (client, visit) = waiting(&app, "employee2", "2027-03-02").await;
    app.database
        .execute(
            "UPDATE portal_versions SET content = jsonb_set(content, '{modules}',
                (SELECT jsonb_agg(CASE WHEN m ->> 'key' = 'appointments'
                    THEN m || '{\"settings\": {\"earlier_offers\": false}}' ELSE m END)
                   FROM jsonb_array_elements(content -> 'modules') m))",
        )
        .await;
    monday_is_free(&app).await;
    asked(&app).await;
    assert_eq!(offer_of(&client).await, None);
    let wish = WishEarlier {
        wanted: true,
        wishes: TimeWishes::default(),
    };
    let refused = client.wish_earlier_appointment(visit.id, &wish).await;
    assert!(refused.expect_err("not here").is(FORBIDDEN));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_no_earlier_time_any_more_is_not_asked() {
    let app = nobody_waits().await;
    let (client, visit) = waiting(&app, "employee2", "2027-03-02").await;
    let command = WishEarlier {
        wanted: false,
        wishes: TimeWishes::default(),
    };
    let closed = client.wish_earlier_appointment(visit.id, &command).await;
    assert_eq!(closed.expect("taken back").state, ItemState::Closed);
    let again = client.wish_earlier_appointment(visit.id, &command).await;
    assert!(again.expect_err("there is none").is(WRONG_STATE));
    monday_is_free(&app).await;
    asked(&app).await;
    assert_eq!(offers(&app).await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_the_clinic_proposed_and_nobody_wanted_is_offered_to_those_who_wait() {
    let app = nobody_waits().await;
    let (client, _) = waiting(&app, "employee2", "2027-03-02").await;
    let (elena, desk) = (app.employee().await, app.scheduler().await);
    let sent = elena.request_my_appointment(&new_key(), &asking()).await;
    let sent = sent.expect("a request").value;
    let times = OfferTimes {
        times: vec![RequestTime {
            starts_at: instant(MONDAY_EIGHT),
            location_id: salus_types::ids::LocationId(salus_api::sandbox::id(0x5a1_0201)),
            modality: Modality::InPerson,
            resource_id: None,
        }],
        hours: None,
        set_aside: None,
    };
    let offered = desk.offer_appointment_times(sent.id, sent.version, &times);
    let offered = offered.await.expect("offered").value;
    let refused = elena.refuse_my_appointment_offers(sent.id, offered.version);
    refused.await.expect("refused");
    asked(&app).await;
    assert_eq!(kept_for(&client).await.starts_at, instant(MONDAY_EIGHT));
    let by = "SELECT string_agg(freed_by, ', ') FROM offer_rounds";
    assert_eq!(app.database.text(by).await, "refusal");
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_the_clinic_has_no_time_for_waits_on_and_takes_what_becomes_free() {
    let app = nobody_waits().await;
    let (elena, desk) = (app.employee().await, app.scheduler().await);
    let sent = elena.request_my_appointment(&new_key(), &asking()).await;
    let sent = sent.expect("a request").value;
    let command = DeclineRequest {
        reason: "Everything is taken.".to_owned(),
        wait_list: true,
    };
    let declined = desk.decline_appointment_request(sent.id, sent.version, &command);
    declined.await.expect("declined");
    let list = desk.list_wait_list_items(&WaitListQuery::default()).await;
    let list = list.expect("the list").items;
    assert_eq!(list[0].waits_for, WaitsFor::Request);
    monday_is_free(&app).await;
    asked(&app).await;
    let offer = kept_for(&elena).await;
    let visit = elena.accept_my_offer(offer.id).await.expect("taken");
    assert_eq!(visit.starts_at, instant(MONDAY_EIGHT));
    assert!(mine(&elena).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clinic_finds_who_waits_by_kind_and_date_and_closes_what_is_not_needed() {
    let app = start().await;
    let desk = app.scheduler().await;
    let list = async |query: WaitListQuery| {
        let found = desk.list_wait_list_items(&query).await;
        found.expect("the list").items
    };
    let all = list(WaitListQuery::default()).await;
    assert_eq!(all.len(), 7, "everything of the sandbox that is due");
    let hearing = list(WaitListQuery {
        appointment_type_id: Some(AUDIO),
        ..WaitListQuery::default()
    })
    .await;
    assert_eq!(hearing.len(), 3);
    let first_due = all.iter().filter_map(|item| item.due_on).min();
    let by_then = list(WaitListQuery {
        due: first_due,
        ..WaitListQuery::default()
    })
    .await;
    assert_eq!(by_then.len(), 1);
    let one: ClinicWaitListItem = by_then[0].clone();
    let id: WaitListItemId = one.id;
    let closed = desk.close_wait_list_item(id, one.version).await;
    let closed = closed.expect("closed").value;
    assert_eq!(closed.state, ItemState::Closed);
    let twice = desk.close_wait_list_item(id, closed.version).await;
    assert!(twice.expect_err("once").is(WRONG_STATE));
    assert_eq!(list(WaitListQuery::default()).await.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn for_what_is_due_one_says_where_with_whom_and_how() {
    let app = start().await;
    let client = app.employee().await;
    let items = mine(&client).await;
    let due = items.iter().find(|item| item.appointment_type_id == FIT);
    let due = due.expect("something due").clone();
    assert!(due.due_item_id.is_some());
    assert_eq!(due.wishes, TimeWishes::default());
    let names: Vec<_> = due.providers.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["J. Lee, RN"]);
    let kinds = client
        .list_my_appointment_types()
        .await
        .expect("kinds")
        .items;
    let kind = kinds.iter().find(|kind| kind.id == FIT).expect("that kind");
    let change = ChangeWaitListItem {
        location_id: Some(Some(kind.places[0].id)),
        resource_id: Some(Some(due.providers[0].id)),
        modality: Some(Some(Modality::InPerson)),
        part: Some(Some(DayPart::Afternoon)),
        weekdays: Some(Some(vec![1, 3])),
    };
    let changed = client.change_my_wait_list_item(due.id, due.version, &change);
    let changed = changed.await.expect("changed").value;
    let wished = TimeWishes {
        location_id: Some(kind.places[0].id),
        resource_id: Some(due.providers[0].id),
        modality: Some(Modality::InPerson),
        part: Some(DayPart::Afternoon),
        weekdays: vec![1, 3],
    };
    assert_eq!(changed.wishes, wished);
    let online = ChangeWaitListItem {
        modality: Some(Some(Modality::Telehealth)),
        ..ChangeWaitListItem::default()
    };
    let online = client.change_my_wait_list_item(due.id, changed.version, &online);
    let online = online.await.expect_err("never online");
    assert_eq!(
        online.problem().expect("a problem").errors[0].pointer,
        "/modality"
    );
    let rooms = app.scheduler().await.list_resources(&SetupQuery::default());
    let rooms = rooms.await.expect("resources").items;
    let room = rooms.iter().find(|one| one.kind != ResourceKind::Provider);
    let with_a_room = ChangeWaitListItem {
        resource_id: Some(room.map(|one| one.id)),
        ..ChangeWaitListItem::default()
    };
    let with_a_room = client.change_my_wait_list_item(due.id, changed.version, &with_a_room);
    let with_a_room = with_a_room.await.expect_err("nobody to see");
    assert_eq!(
        with_a_room.problem().expect("a problem").errors[0].pointer,
        "/resource_id"
    );
    let any = ChangeWaitListItem {
        location_id: Some(None),
        resource_id: Some(None),
        modality: Some(None),
        part: Some(None),
        weekdays: Some(None),
    };
    let any = client.change_my_wait_list_item(due.id, changed.version, &any);
    let any = any.await.expect("changed").value;
    assert_eq!(any.wishes, TimeWishes::default());
    let with = ChangeWaitListItem {
        resource_id: Some(Some(due.providers[0].id)),
        ..ChangeWaitListItem::default()
    };
    let with = client.change_my_wait_list_item(due.id, any.version, &with);
    let with = with.await.expect("changed").value;
    let for_staff = "UPDATE schedules SET audience = $${clinic}$$";
    app.database.execute(for_staff).await;
    let items = mine(&client).await;
    assert!(items.iter().all(|item| item.providers.is_empty()));
    let mondays = ChangeWaitListItem {
        weekdays: Some(Some(vec![1])),
        ..ChangeWaitListItem::default()
    };
    let kept = client.change_my_wait_list_item(due.id, with.version, &mondays);
    let kept = kept.await.expect("changed").value.wishes;
    assert_eq!(kept.resource_id, with.wishes.resource_id);
}
