//! Asking the clinic for a visit: what becomes of a request, and of the times that are proposed.

use super::*;
use salus_types::ids::{AppointmentRequestId, OfferId};
use salus_types::messaging::{ConversationsQuery, TYPE_NOT_SENDABLE};
use salus_types::problem::{FORBIDDEN, INVALID};

pub(super) fn asking() -> RequestAppointment {
    RequestAppointment {
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
        contact: Contact::Phone,
        comment: Some("I work the late shift.".to_owned()),
    }
}

async fn ask(client: &Client) -> AppointmentRequest {
    let sent = client.request_my_appointment(&new_key(), &asking()).await;
    sent.expect("a request").value
}

async fn mine(client: &Client, id: AppointmentRequestId) -> AppointmentRequest {
    let found = client.get_my_appointment_request(id).await;
    found.expect("one's own request").value
}

async fn theirs(clinic: &Client, id: AppointmentRequestId) -> ClinicAppointmentRequest {
    let found = clinic.get_appointment_request(id).await;
    found.expect("a request").value
}

/// A time on that day that starts at so many minutes after eight.
fn time(minutes: i64) -> RequestTime {
    RequestTime {
        starts_at: instant(MONDAY_EIGHT) + TimeDelta::minutes(minutes),
        location_id: place(),
        modality: Modality::InPerson,
        resource_id: None,
    }
}

fn place() -> salus_types::ids::LocationId {
    salus_types::ids::LocationId(salus_api::sandbox::id(0x5a1_0201))
}

fn times(minutes: &[i64]) -> OfferTimes {
    OfferTimes {
        times: minutes.iter().copied().map(time).collect(),
        hours: None,
        set_aside: None,
    }
}

async fn offer(
    clinic: &Client,
    id: AppointmentRequestId,
    minutes: &[i64],
) -> Result<ClinicAppointmentRequest, Error> {
    let version = theirs(clinic, id).await.version;
    let offered = clinic.offer_appointment_times(id, version, &times(minutes));
    Ok(offered.await?.value)
}

async fn accept(
    client: &Client,
    id: AppointmentRequestId,
    offer: OfferId,
) -> Result<AppointmentRequest, Error> {
    let version = mine(client, id).await.version;
    let accepted = client
        .accept_my_appointment_offer(id, offer, version)
        .await?;
    Ok(accepted.value)
}

/// What is taken on that day, by whom.
async fn taken(app: &TestApp) -> String {
    let query = "SELECT coalesce(string_agg(line, ', '), '') FROM (
        SELECT to_char(starts_at AT TIME ZONE 'UTC', 'HH24:MI') || CASE WHEN offer_id IS NULL THEN ' visit' ELSE ' offer' END
            || ' x' || count(*) AS line
          FROM claims GROUP BY starts_at, offer_id IS NULL ORDER BY starts_at, offer_id IS NULL) lines";
    app.database.text(query).await
}

async fn told(app: &TestApp) -> String {
    let query = "SELECT coalesce(string_agg(replace(kind, 'appointment_request.', ''), ', ' ORDER BY id), '')
        FROM outbox_events WHERE kind LIKE 'appointment_request.%'";
    app.database.text(query).await
}

/// Whether something is a few seconds after an instant: the clock goes on while a test runs.
fn is_about(at: DateTime<Utc>, text: &str) -> bool {
    let after = at - instant(text);
    (TimeDelta::zero()..TimeDelta::minutes(1)).contains(&after)
}

fn first_invalid(error: &Error) -> (String, String) {
    let problem = error.problem().expect("a problem");
    let field = problem.errors.first().expect("a wrong field");
    (field.pointer.clone(), field.code.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_reaches_the_clinic_and_begins_a_conversation_about_appointments() {
    let app = start().await;
    let (employee, desk) = (app.employee().await, app.scheduler().await);
    let sent = ask(&employee).await;
    assert_eq!(sent.state, RequestState::Open);
    assert_eq!(sent.public_name, "Respirator fit test");
    assert_eq!(sent.preferences, asking().preferences);
    assert_eq!(sent.comment.as_deref(), Some("I work the late shift."));
    assert_eq!(sent.allowed, [RequestAct::Withdraw]);
    // Monday 08:00 and 18 business hours later, nine of them a day.
    let answer_by = sent.answer_by.expect("a promise");
    assert!(is_about(answer_by, "2027-02-24T13:00:00Z"), "{answer_by}");

    let list = desk
        .list_appointment_requests(&RequestsQuery::default())
        .await;
    let list = list.expect("requests").items;
    let found = list.last().expect("the newest is the last");
    assert_eq!(found.id, sent.id);
    assert_eq!(found.person.name, "Elena Castillo");
    assert_eq!(found.contact, Contact::Phone);
    assert_eq!(
        found.allowed,
        [
            RequestAct::See,
            RequestAct::Offer,
            RequestAct::Book,
            RequestAct::Decline
        ]
    );

    let threads = desk
        .list_clinic_conversations(&ConversationsQuery::default())
        .await;
    let threads = threads.expect("conversations").items;
    let thread = threads
        .iter()
        .find(|one| Some(one.id) == sent.conversation_id);
    let thread = thread.expect("the desk has the conversation");
    assert_eq!(thread.subject.as_deref(), Some("Respirator fit test"));
    assert_eq!(thread.last_words.as_deref(), Some("I work the late shift."));
    assert!(!thread.needs_reply, "the request waits, not a second thing");
    assert_eq!(told(&app).await, "received");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clinic_reads_books_and_the_visit_appears() {
    let app = start().await;
    let (employee, desk) = (app.employee().await, app.scheduler().await);
    let sent = ask(&employee).await;
    let seen = desk.see_appointment_request(sent.id, sent.version).await;
    let seen = seen.expect("seen").value;
    assert_eq!(
        (seen.state, seen.seen_at.is_some()),
        (RequestState::Seen, true)
    );
    let again = desk.see_appointment_request(sent.id, seen.version).await;
    assert!(again.expect_err("once").is(WRONG_STATE));

    let command = BookRequest {
        time: time(60),
        comment: Some("Ask for Jo at the desk.".to_owned()),
        set_aside: None,
    };
    let stale = desk
        .book_appointment_request(sent.id, sent.version, &command)
        .await;
    assert!(stale.expect_err("stale").is(VERSION_CONFLICT));
    let booked = desk
        .book_appointment_request(sent.id, seen.version, &command)
        .await;
    let booked = booked.expect("booked").value;
    assert_eq!(
        (booked.state, booked.allowed.len()),
        (RequestState::Booked, 0)
    );
    let request = mine(&employee, sent.id).await;
    assert_eq!(request.seen_at, seen.seen_at);
    let visit = employee
        .get_my_appointment(request.appointment_id.expect("a visit"))
        .await;
    let visit = visit.expect("the visit").value;
    assert_eq!(visit.starts_at, command.time.starts_at);
    assert_eq!(visit.state, State::Booked);
    assert_eq!(told(&app).await, "received, seen, booked");
    let ended = RequestsQuery {
        view: RequestView::Ended,
    };
    let ended = desk
        .list_appointment_requests(&ended)
        .await
        .expect("requests")
        .items;
    assert_eq!(ended.first().map(|one| one.id), Some(sent.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_reads_why_the_clinic_has_no_time() {
    let app = start().await;
    let (employee, clinic) = (app.employee().await, app.clinician().await);
    let sent = ask(&employee).await;
    let declining = |reason: &str| DeclineRequest {
        reason: reason.to_owned(),
        wait_list: false,
    };
    let silent = clinic
        .decline_appointment_request(sent.id, sent.version, &declining(" "))
        .await;
    assert_eq!(
        first_invalid(&silent.expect_err("why?")),
        ("/reason".to_owned(), "required".to_owned())
    );
    let reason = declining("We do this on Thursdays only.");
    let declined = clinic
        .decline_appointment_request(sent.id, sent.version, &reason)
        .await;
    let declined = declined.expect("declined").value;
    let read = mine(&employee, sent.id).await;
    assert_eq!(read.state, RequestState::Declined);
    assert_eq!(read.decline_reason, Some(reason.reason));
    let late = clinic
        .offer_appointment_times(sent.id, declined.version, &times(&[0]))
        .await;
    assert!(late.expect_err("it is over").is(WRONG_STATE));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_keeps_no_time() {
    let app = start().await;
    let (employee, clinic) = (app.employee().await, app.clinician().await);
    let sent = ask(&employee).await;
    let offered = offer(&clinic, sent.id, &[0, 30]).await.expect("offers");
    assert_eq!(taken(&app).await, "13:00 offer x2, 13:30 offer x2");
    let gone = employee
        .withdraw_my_appointment_request(sent.id, offered.version)
        .await;
    let gone = gone.expect("withdrawn").value;
    assert_eq!(gone.state, RequestState::Withdrawn);
    assert!(gone.offers.is_empty() && gone.allowed.is_empty());
    assert_eq!(taken(&app).await, "");
    assert_eq!(told(&app).await, "received, offered, withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_proposed_is_kept_from_others_and_taking_one_frees_the_rest() {
    let app = start().await;
    let (employee, other) = (app.employee().await, app.employee2().await);
    let clinic = app.clinician().await;
    let sent = ask(&employee).await;
    let offered = offer(&clinic, sent.id, &[0, 30]).await.expect("offers");
    assert_eq!(offered.state, RequestState::Offered);
    let a_day = |one: &Offer| is_about(one.expires_at, "2027-02-23T13:00:00Z");
    assert!(offered.offers.iter().all(a_day), "when nothing is said");
    let free = slots(&other, FIT, "2027-03-01", 1).await;
    let first = free.first().map(|slot| slot.starts_at);
    assert_eq!(first, Some(time(60).starts_at), "the first hour is kept");

    let request = mine(&employee, sent.id).await;
    assert_eq!(
        request.allowed,
        [RequestAct::Withdraw, RequestAct::Accept, RequestAct::Refuse]
    );
    let second = request.offers[1].clone();
    let accepted = accept(&employee, sent.id, second.id).await.expect("taken");
    assert_eq!(accepted.state, RequestState::Booked);
    assert!(accepted.offers.is_empty());
    let visit = employee
        .get_my_appointment(accepted.appointment_id.expect("a visit"))
        .await;
    let visit = visit.expect("the visit").value;
    assert_eq!(visit.starts_at, second.starts_at);
    assert_eq!(visit.resources, second.resources.expect("names"));
    assert_eq!(
        taken(&app).await,
        "13:30 visit x3",
        "two resources and the person"
    );
    let states = "SELECT string_agg(state, ', ' ORDER BY starts_at) FROM offers";
    assert_eq!(app.database.text(states).await, "declined, accepted");
    assert_eq!(told(&app).await, "received, offered, booked");
    let booked = "SELECT count(*)::text FROM outbox_events WHERE kind = 'appointment.booked'";
    assert_eq!(app.database.text(booked).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_gone_from_the_instant_it_runs_out_before_anybody_sweeps() {
    let app = start().await;
    let (employee, other) = (app.employee().await, app.employee2().await);
    let clinic = app.clinician().await;
    let sent = ask(&employee).await;
    let offered = offer(&clinic, sent.id, &[0]).await.expect("offers");
    let end = offered.offers[0].expires_at;
    app.state.clock.set(end - TimeDelta::minutes(1));
    let left = mine(&employee, sent.id).await.offers[0].seconds_left;
    assert!((1..60).contains(&left), "{left}");

    app.state.clock.set(end);
    let late = accept(&employee, sent.id, offered.offers[0].id).await;
    let late = late.expect_err("too late");
    assert!(late.is(OFFER_EXPIRED), "{}", slug(&late));
    let request = mine(&employee, sent.id).await;
    assert_eq!(
        (request.state, request.offers.len()),
        (RequestState::Open, 0)
    );
    assert_eq!(theirs(&clinic, sent.id).await.state, RequestState::Open);
    let free = slots(&other, FIT, "2027-03-01", 1).await;
    book(&other, FIT, &free[0]).await.expect("the time is free");
    assert_eq!(free[0].starts_at, instant(MONDAY_EIGHT));

    salus_api::scheduling::sweep_once(&app.state)
        .await
        .expect("swept");
    assert_eq!(told(&app).await, "received, offered, expired");
    let states = "SELECT string_agg(state, ', ') FROM offers";
    assert_eq!(app.database.text(states).await, "expired");
    let swept = accept(&employee, sent.id, offered.offers[0].id).await;
    assert!(swept.expect_err("too late").is(OFFER_EXPIRED));
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_none_of_the_times_puts_the_request_back() {
    let app = start().await;
    let (employee, clinic) = (app.employee().await, app.clinician().await);
    let sent = ask(&employee).await;
    let offered = offer(&clinic, sent.id, &[0, 30]).await.expect("offers");
    let back = employee
        .refuse_my_appointment_offers(sent.id, offered.version)
        .await;
    let back = back.expect("refused").value;
    assert_eq!((back.state, back.offers.len()), (RequestState::Open, 0));
    assert_eq!(taken(&app).await, "");
    let again = employee
        .refuse_my_appointment_offers(sent.id, back.version)
        .await;
    assert!(again.expect_err("nothing is proposed").is(WRONG_STATE));
    assert_eq!(told(&app).await, "received, offered, refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_proposed_anew_takes_the_place_of_what_was() {
    let app = start().await;
    let (employee, clinic) = (app.employee().await, app.clinician().await);
    let sent = ask(&employee).await;
    let first = offer(&clinic, sent.id, &[0, 30]).await.expect("offers");
    let second = offer(&clinic, sent.id, &[15])
        .await
        .expect("over its own times");
    assert_eq!(second.offers.len(), 1);
    assert_eq!(taken(&app).await, "13:15 offer x2");
    let old = accept(&employee, sent.id, first.offers[0].id).await;
    assert!(old.expect_err("taken back").is(OFFER_EXPIRED));

    let command = BookRequest {
        time: time(30),
        comment: None,
        set_aside: None,
    };
    let booked = clinic
        .book_appointment_request(sent.id, second.version, &command)
        .await;
    booked.expect("over its own times");
    assert_eq!(taken(&app).await, "13:30 visit x3");
    let states = "SELECT string_agg(DISTINCT state, ', ') FROM offers";
    assert_eq!(app.database.text(states).await, "withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_the_times_are_kept_or_none_and_the_taken_one_is_named() {
    let app = start().await;
    let (employee, other) = (app.employee().await, app.employee2().await);
    let clinic = app.clinician().await;
    let free = slots(&other, FIT, "2027-03-01", 1).await;
    book(&other, FIT, &free[2]).await.expect("half past eight");
    let sent = ask(&employee).await;
    let refused = offer(&clinic, sent.id, &[60, 30]).await.expect_err("taken");
    assert!(refused.is(SLOT_TAKEN), "{}", slug(&refused));
    assert_eq!(
        first_invalid(&refused),
        ("/times/1".to_owned(), "slot_taken".to_owned())
    );
    assert_eq!(taken(&app).await, "13:30 visit x3");
    assert_eq!(theirs(&clinic, sent.id).await.state, RequestState::Open);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_to_five_times_apart_are_proposed_for_one_to_seventy_two_hours() {
    let app = start().await;
    let (employee, clinic) = (app.employee().await, app.clinician().await);
    let sent = ask(&employee).await;
    for (command, pointer, code) in [
        (times(&[]), "/times", "out_of_range"),
        (times(&[0, 30, 60, 90, 120, 150]), "/times", "out_of_range"),
        (times(&[0, 60, 15]), "/times/2", "overlaps"),
        (
            OfferTimes {
                hours: Some(73),
                ..times(&[0])
            },
            "/hours",
            "out_of_range",
        ),
        // Two weeks before, which is over.
        (times(&[-20_160]), "/times/0/starts_at", "not_offered"),
    ] {
        let refused = clinic
            .offer_appointment_times(sent.id, sent.version, &command)
            .await;
        let refused = refused.expect_err(pointer);
        assert_eq!(
            first_invalid(&refused),
            (pointer.to_owned(), code.to_owned())
        );
    }
    let longest = OfferTimes {
        hours: Some(72),
        ..times(&[0, 30, 60, 90, 120])
    };
    let offered = clinic
        .offer_appointment_times(sent.id, sent.version, &longest)
        .await;
    let offered = offered.expect("five times for three days").value;
    assert_eq!(offered.offers.len(), 5);
    assert!(is_about(
        offered.offers[4].expires_at,
        "2027-02-25T13:00:00Z"
    ));
}

const WHY: &str = "The line stands still only then.";

fn aside(kinds: &[Override]) -> Option<OverrideRules> {
    Some(OverrideRules {
        kinds: kinds.to_vec(),
        reason: WHY.to_owned(),
    })
}

/// Half past seven in the evening, as minutes after eight.
const EVENING: i64 = 690;

/// The rules that a refusal names.
fn named(refused: &Error) -> serde_json::Value {
    assert!(refused.is(OVERRIDE_NEEDED), "{}", slug(refused));
    refused.problem().expect("a problem").more["kinds"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_the_hours_a_request_is_booked_only_by_the_name_of_the_rule_and_with_a_reason() {
    let app = start().await;
    let (employee, desk) = (app.employee().await, app.scheduler().await);
    let sent = ask(&employee).await;
    let book = async |set_aside: Option<OverrideRules>| {
        let command = BookRequest {
            time: time(EVENING),
            comment: None,
            set_aside,
        };
        let booked = desk.book_appointment_request(sent.id, sent.version, &command);
        booked.await.map(|booked| booked.value)
    };
    let refused = book(None).await.expect_err("outside the hours");
    assert_eq!(named(&refused), serde_json::json!(["outside_hours"]));
    let silent = OverrideRules {
        kinds: vec![Override::OutsideHours],
        reason: " because ".to_owned(),
    };
    let refused = book(Some(silent)).await.expect_err("why?");
    assert!(refused.is(OVERRIDE_REASON_REQUIRED), "{}", slug(&refused));
    let more = aside(&[Override::OutsideHours, Override::OverCap]);
    let refused = book(more).await.expect_err("more than is asked for");
    assert_eq!(
        first_invalid(&refused),
        ("/override/kinds".to_owned(), "not_asked_for".to_owned())
    );
    let booked = book(aside(&[Override::OutsideHours])).await;
    let visit = booked.expect("booked").appointment_id.expect("a visit");
    let visit = desk.get_appointment(visit).await.expect("it").value;
    assert_eq!(visit.starts_at, time(EVENING).starts_at);
    assert_eq!(visit.set_aside, aside(&[Override::OutsideHours]));
    let trail = "SELECT reason FROM audit_events WHERE operation = 'book_appointment_request' AND 'override.outside_hours' = ANY(fields)";
    assert_eq!(app.database.text(trail).await, WHY);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_is_proposed_against_a_rule_bears_the_mark_once_it_is_taken() {
    let app = start().await;
    let (employee, desk) = (app.employee().await, app.scheduler().await);
    let sent = ask(&employee).await;
    let mut command = times(&[0, EVENING]);
    let refused = desk.offer_appointment_times(sent.id, sent.version, &command);
    let refused = refused.await.expect_err("one is outside the hours");
    assert_eq!(named(&refused), serde_json::json!(["outside_hours"]));
    assert_eq!(
        first_invalid(&refused),
        ("/times/1".to_owned(), "override_needed".to_owned())
    );
    assert_eq!(taken(&app).await, "");
    command.set_aside = aside(&[Override::OutsideHours]);
    let offered = desk.offer_appointment_times(sent.id, sent.version, &command);
    let offered = offered.await.expect("offers").value;
    assert_eq!(taken(&app).await, "13:00 offer x2, 00:30 offer x2");
    let trail = "SELECT string_agg(reason, ' ') FROM audit_events WHERE operation = 'offer_appointment_times' AND 'override.outside_hours' = ANY(fields)";
    assert_eq!(app.database.text(trail).await, WHY);

    let accepted = accept(&employee, sent.id, offered.offers[1].id).await;
    let visit = accepted.expect("taken").appointment_id.expect("a visit");
    let visit = desk.get_appointment(visit).await.expect("it").value;
    assert_eq!(visit.starts_at, time(EVENING).starts_at);
    assert_eq!(visit.set_aside, aside(&[Override::OutsideHours]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_presses_on_one_offer_one_books() {
    let app = start().await;
    let (employee, clinic) = (app.employee().await, app.clinician().await);
    let sent = ask(&employee).await;
    let offered = offer(&clinic, sent.id, &[0, 30]).await.expect("offers");
    let presses = (0..8).map(|n| {
        let id = offered.offers[n % 2].id;
        employee.accept_my_appointment_offer(sent.id, id, offered.version)
    });
    let answers = join_all(presses).await;
    let booked = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(booked, 1);
    for answer in answers {
        if let Err(refused) = answer {
            assert!(refused.is(OFFER_EXPIRED), "{}", slug(&refused));
        }
    }
    let visits = "SELECT count(*)::text FROM appointments";
    assert_eq!(app.database.text(visits).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_elsewhere_by_then_cannot_take_the_time_and_keeps_the_offer() {
    let app = start().await;
    let (employee, clinic) = (app.employee().await, app.clinician().await);
    let sent = ask(&employee).await;
    // The nurse is done with the other visit when this one begins; the person is told a longer end.
    let offered = offer(&clinic, sent.id, &[45]).await.expect("offers");
    let eight = slots(&employee, PHYS, "2027-03-01", 1).await;
    assert_eq!(eight[0].starts_at, instant(MONDAY_EIGHT));
    book(&employee, PHYS, &eight[0]).await.expect("a visit");
    let refused = accept(&employee, sent.id, offered.offers[0].id).await;
    let refused = refused.expect_err("busy");
    assert!(refused.is(PERSON_BUSY), "{}", slug(&refused));
    assert!(
        !refused
            .problem()
            .expect("a problem")
            .more
            .contains_key("next_slots")
    );
    assert_eq!(mine(&employee, sent.id).await.offers.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_persons_request_does_not_exist_and_a_foreign_offer_neither() {
    let app = start().await;
    let (employee, other) = (app.employee().await, app.employee2().await);
    let clinic = app.clinician().await;
    let (own, sent) = (ask(&other).await, ask(&employee).await);
    let offered = offer(&clinic, sent.id, &[0]).await.expect("offers");
    let id = offered.offers[0].id;
    let not_found = |error: Error| assert!(error.is(NOT_FOUND), "{}", slug(&error));
    not_found(
        other
            .get_my_appointment_request(sent.id)
            .await
            .expect_err("hidden"),
    );
    let theirs = other
        .accept_my_appointment_offer(sent.id, id, offered.version)
        .await;
    not_found(theirs.expect_err("hidden"));
    let mixed = other
        .accept_my_appointment_offer(own.id, id, own.version)
        .await;
    not_found(mixed.expect_err("of another request"));
    let withdrawn = other
        .withdraw_my_appointment_request(sent.id, offered.version)
        .await;
    not_found(withdrawn.expect_err("hidden"));
    let foreign = app.signed_in("foreign-clinician").await;
    not_found(
        foreign
            .get_appointment_request(sent.id)
            .await
            .expect_err("elsewhere"),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_asks_where_the_portal_does_not_let_them_or_for_what_it_does_not_show() {
    let app = start().await;
    let employee = app.employee().await;
    let hidden = RequestAppointment {
        appointment_type_id: FOLLOW_UP,
        ..asking()
    };
    let refused = employee.request_my_appointment(&new_key(), &hidden).await;
    assert_eq!(
        first_invalid(&refused.expect_err("hidden")),
        ("/appointment_type_id".to_owned(), "unknown".to_owned())
    );
    let past = RequestAppointment {
        preferences: vec![Preference {
            from: day("2027-02-01"),
            to: day("2027-02-21"),
            ..asking().preferences[0].clone()
        }],
        ..asking()
    };
    let refused = employee
        .request_my_appointment(&new_key(), &past)
        .await
        .expect_err("past");
    assert!(refused.is(INVALID));
    assert_eq!(
        first_invalid(&refused),
        ("/preferences/0/to".to_owned(), "in_the_past".to_owned())
    );

    app.database
        .execute("UPDATE message_types SET sending = false WHERE kind = 'request'")
        .await;
    let mute = employee.request_my_appointment(&new_key(), &asking()).await;
    assert!(
        mute.expect_err("nothing to send it with")
            .is(TYPE_NOT_SENDABLE)
    );
    app.database
        .execute("UPDATE portal_versions SET content = replace(content::text, '\"request\": true', '\"request\": false')::jsonb")
        .await;
    let off = employee.request_my_appointment(&new_key(), &asking()).await;
    let off = off.expect_err("off");
    assert!(off.is(FORBIDDEN), "{}", slug(&off));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_asks_once() {
    let app = start().await;
    let employee = app.employee().await;
    let key = new_key();
    let first = employee
        .request_my_appointment(&key, &asking())
        .await
        .expect("sent");
    let again = employee
        .request_my_appointment(&key, &asking())
        .await
        .expect("the same");
    assert_eq!(first.value.id, again.value.id);
    assert_eq!(told(&app).await, "received");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_work_list_counts_requests_until_they_are_answered() {
    let app = start().await;
    let (employee, desk) = (app.employee().await, app.scheduler().await);
    async fn waiting(desk: &Client) -> (u32, u32) {
        use salus_types::messaging::WorkList;
        let summary = desk.get_work_summary().await.expect("a summary");
        let list = summary
            .items
            .iter()
            .find(|one| one.list == WorkList::AppointmentRequests);
        list.map(|one| (one.count, one.overdue)).expect("the list")
    }
    let before = waiting(&desk).await;
    let sent = ask(&employee).await;
    assert_eq!(waiting(&desk).await, (before.0 + 1, before.1));
    offer(&desk, sent.id, &[0]).await.expect("offers");
    assert_eq!(waiting(&desk).await, before, "it is the person's turn");
    app.state.clock.set(instant("2027-02-24T13:01:00Z"));
    assert_eq!(waiting(&desk).await, (before.0 + 1, before.1 + 1), "late");
}
