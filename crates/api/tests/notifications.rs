//! What leaves the portal: that there is something new, once, and nothing else.
#![cfg(test)]

use chrono::Duration;
use salus_api::mail::Letter;
use salus_api::notifications::work_once;
use salus_api::sandbox::scheduling::FIT;
use salus_api::sandbox::{ASK_THE_CLINIC, CLINICAL_QUESTION, SALUS};
use salus_api::transaction::Tx;
use salus_client::{Client, new_key};
use salus_domain::work_status::catalogue::Side;
use salus_store::plumbing::take_mails;
use salus_store::sealing::Place;
use salus_test_support::TestApp;
use salus_types::accounts::{QuietStretch, ReplaceQuietHours};
use salus_types::ids::{ConversationId, MessageTypeId};
use salus_types::messaging::{Marker, SendMessage, StartConversation};
use salus_types::scheduling::{
    Act, AnswerLink, Appointment, Audience, BookAppointment, BookForPerson, CancelAppointment,
    ClinicAppointment, ClinicSlotsQuery, HoldSlot, MarkAppointmentAsError, MoveForPerson,
    OfferState, SlotsQuery, State, StepKind,
};
use salus_types::work_status::{
    ChangeRestriction, ClinicRestriction, EndRestriction, Limit, RestrictionType, WriteRestriction,
};

/// Lets so many minutes pass and writes the notices that are due then.
async fn after(app: &TestApp, minutes: i64) {
    let clock = &app.state.clock;
    clock.set(clock.now() + Duration::minutes(minutes));
    work_once(&app.state).await.unwrap();
}

/// How many notices there are, sent or not.
async fn notices(app: &TestApp) -> String {
    let count = "SELECT count(*)::text FROM outbox_mails WHERE kind = 'something-new'";
    app.database.text(count).await
}

/// The notices and their languages. Nothing is sent, because there is no mail server; the worker
/// that tries may just hold some.
async fn letters(app: &TestApp) -> Vec<(Letter, String)> {
    loop {
        let found = waiting(app).await;
        if found.len().to_string() == notices(app).await {
            return found;
        }
    }
}

/// The mails of a kind that wait, once there are so many.
async fn told(app: &TestApp, kind: &str, count: usize) -> Vec<(Letter, String)> {
    loop {
        let found = of_kind(app, Some(kind)).await;
        if found.len() >= count {
            assert_eq!(found.len(), count);
            return found;
        }
    }
}

async fn waiting(app: &TestApp) -> Vec<(Letter, String)> {
    of_kind(app, None).await
}

async fn of_kind(app: &TestApp, kind: Option<&str>) -> Vec<(Letter, String)> {
    let mut letters = app
        .state
        .run_system(SALUS, "test", async |tx: &mut Tx| {
            let later = tx.now + Duration::days(3);
            let key = tx.organization_key().await?;
            let mut found = Vec::new();
            for mail in take_mails(tx.conn(), later, 100).await? {
                if kind.is_some_and(|kind| mail.kind != kind) {
                    continue;
                }
                let place = Place {
                    table: "outbox_mails",
                    column: "sealed",
                    row: mail.id,
                };
                let bytes = key.open(&place, &mail.sealed)?;
                found.push((serde_json::from_slice(&bytes).unwrap(), mail.language));
            }
            Ok(found)
        })
        .await
        .unwrap();
    letters.sort_by(|a: &(Letter, String), b| a.0.to.cmp(&b.0.to));
    letters
}

async fn addresses(app: &TestApp) -> Vec<String> {
    let letters = letters(app).await;
    letters.into_iter().map(|(letter, _)| letter.to).collect()
}

fn link(letter: &Letter) -> &str {
    let found = letter.variables.iter().find(|(name, _)| name == "link");
    &found.unwrap().1
}

async fn email(app: &TestApp, n: u64) -> String {
    let person = TestApp::worker(n);
    let query =
        format!("SELECT value FROM contact_points WHERE kind = 'email' AND person_id = '{person}'");
    app.database.text(&query).await
}

fn say(text: &str) -> SendMessage {
    SendMessage {
        text: text.to_owned(),
    }
}

async fn wrote(clinic: &Client, n: u64) -> ConversationId {
    let command = StartConversation {
        type_id: MessageTypeId(CLINICAL_QUESTION),
        subject: Some("Canary subject".to_owned()),
        person_id: Some(TestApp::worker(n)),
        text: "Canary text".to_owned(),
    };
    let begun = clinic.start_clinic_conversation(&new_key(), &command).await;
    begun.unwrap().value.id
}

async fn goes_on(clinic: &Client, id: ConversationId) {
    let sent = clinic
        .send_clinic_message(id, &new_key(), &say("More"))
        .await;
    sent.unwrap();
}

#[tokio::test]
async fn five_messages_in_one_unread_run_are_one_notice_and_the_next_comes_after_reading() {
    let app = TestApp::start().await;
    let (person, clinic) = (app.signed_in("user7").await, app.clinician().await);
    let id = wrote(&clinic, 7).await;
    for _ in 0..4 {
        goes_on(&clinic, id).await;
    }
    after(&app, 2).await;
    goes_on(&clinic, id).await;
    after(&app, 2).await;
    let sent = letters(&app).await;
    let [(letter, language)] = sent.as_slice() else {
        panic!("one notice, not {}", sent.len());
    };
    assert_eq!(letter.to, email(&app, 7).await);
    assert_eq!(language, "es");
    assert!(link(letter).ends_with(&format!("/messages/{id}")));
    person
        .read_my_conversation(id, Marker { seq: 6 })
        .await
        .unwrap();
    goes_on(&clinic, id).await;
    after(&app, 2).await;
    assert_eq!(notices(&app).await, "2");
}

#[tokio::test]
async fn who_is_reading_or_wrote_the_message_gets_no_notice() {
    let app = TestApp::start().await;
    let (person, clinic) = (app.employee().await, app.clinician().await);
    let id = wrote(&clinic, 4).await;
    person
        .read_my_conversation(id, Marker { seq: 1 })
        .await
        .unwrap();
    person
        .send_my_message(id, &new_key(), &say("Thank you"))
        .await
        .unwrap();
    after(&app, 2).await;
    assert_eq!(notices(&app).await, "0");
    let taken_back = wrote(&clinic, 4).await;
    let page = salus_types::page::PageQuery::default();
    let messages = clinic
        .list_clinic_messages(taken_back, &page)
        .await
        .unwrap();
    clinic
        .retract_clinic_message(messages.items[0].id)
        .await
        .unwrap();
    after(&app, 2).await;
    assert_eq!(notices(&app).await, "0");
}

#[tokio::test]
async fn an_answer_to_a_supervisor_is_told_to_that_supervisor_only() {
    let app = TestApp::start().await;
    let (supervisor, clinic) = (app.supervisor().await, app.clinician().await);
    let command = StartConversation {
        type_id: MessageTypeId(ASK_THE_CLINIC),
        subject: None,
        person_id: Some(TestApp::worker(4)),
        text: "May she drive?".to_owned(),
    };
    let begun = supervisor
        .start_team_conversation(&new_key(), &command)
        .await;
    let id = begun.unwrap().value.id;
    goes_on(&clinic, id).await;
    after(&app, 2).await;
    let sent = letters(&app).await;
    let [(letter, _)] = sent.as_slice() else {
        panic!("one notice, not {}", sent.len());
    };
    assert_eq!(letter.to, email(&app, 2).await);
    assert!(link(letter).contains("/s/"));
}

fn kneeling() -> WriteRestriction {
    WriteRestriction {
        kind: RestrictionType::Kneel,
        limit: Limit::NONE,
        side: Side::NotApplicable,
        starts: None,
        ends: Some("2099-01-31".parse().unwrap()),
        permanent: false,
        affects_work: true,
        comment: None,
        occupational: false,
        clinical_note: None,
        problem: None,
        reason_released: false,
        disability_criteria: false,
        provider_account_id: None,
        provider_name: None,
        notify: true,
        lint_confirmation: None,
    }
}

async fn restricted(app: &TestApp, n: u64, command: &WriteRestriction) -> ClinicRestriction {
    let clinician = app.clinician().await;
    let made = clinician
        .write_restriction(TestApp::worker(n), &new_key(), command)
        .await;
    made.unwrap().value
}

#[tokio::test]
async fn what_changed_within_a_quarter_of_an_hour_is_one_notice_to_the_person_and_the_supervisor() {
    let app = TestApp::start().await;
    let made = restricted(&app, 4, &kneeling()).await;
    restricted(&app, 5, &kneeling()).await;
    let change = ChangeRestriction {
        permanent: Some(true),
        ends: Some(None),
        ..ChangeRestriction::default()
    };
    let clinician = app.clinician().await;
    clinician
        .change_restriction(made.id, 1, &change)
        .await
        .unwrap();
    after(&app, 14).await;
    assert_eq!(notices(&app).await, "0");
    after(&app, 2).await;
    let mut expected = Vec::new();
    for n in [2, 4, 5] {
        expected.push(email(&app, n).await);
    }
    expected.sort();
    assert_eq!(addresses(&app).await, expected);
    clinician
        .end_restriction(made.id, 2, &EndRestriction::default())
        .await
        .unwrap();
    after(&app, 16).await;
    assert_eq!(notices(&app).await, "5");
    after(&app, 16).await;
    assert_eq!(notices(&app).await, "5");
}

#[tokio::test]
async fn a_personal_restriction_is_told_to_the_person_alone_and_without_notice_nobody_is_told() {
    let app = TestApp::start().await;
    let personal = WriteRestriction {
        affects_work: false,
        ..kneeling()
    };
    restricted(&app, 4, &personal).await;
    let quiet = WriteRestriction {
        notify: false,
        ..kneeling()
    };
    restricted(&app, 5, &quiet).await;
    after(&app, 16).await;
    assert_eq!(addresses(&app).await, [email(&app, 4).await]);
}

#[tokio::test]
async fn a_notice_names_nothing_but_the_portal() {
    let app = TestApp::start().await;
    wrote(&app.clinician().await, 4).await;
    restricted(&app, 4, &kneeling()).await;
    after(&app, 16).await;
    let letters = letters(&app).await;
    assert_eq!(letters.len(), 3);
    for (letter, _) in letters {
        let text = serde_json::to_string(&letter).unwrap();
        for word in ["Canary", "Castillo", "Elena", "neel", "work-status"] {
            assert!(!text.contains(word), "{word} has left the portal");
        }
        let names: Vec<_> = letter.variables.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["brand", "link"]);
    }
}

/// A time that is free for a person, taken by the clinic.
async fn booked_for(app: &TestApp, n: u64) -> (Client, ClinicAppointment) {
    app.state.clock.set("2027-02-22T13:00:00Z".parse().unwrap());
    let clinic = app.scheduler().await;
    let places = clinic.list_locations().await.unwrap();
    let place = places
        .items
        .iter()
        .find(|place| place.zone.contains("Indiana"))
        .unwrap();
    let day = "2027-03-01".parse().unwrap();
    let query = ClinicSlotsQuery {
        person: TestApp::worker(n),
        appointment_type_id: FIT,
        location: place.id,
        resource: None,
        modality: None,
        region: None,
        moving: None,
        from: day,
        to: day,
        limit: Some(200),
        cursor: None,
    };
    let free = clinic.list_slots(&query).await.unwrap().items.remove(0);
    let command = BookForPerson {
        person_id: TestApp::worker(n),
        employer_id: None,
        appointment_type_id: FIT,
        starts_at: free.starts_at,
        location_id: free.location_id,
        modality: free.modality,
        region: None,
        resource_id: None,
        comment: None,
        walk_in: false,
        set_aside: None,
    };
    let booked = clinic.book_appointment(&new_key(), &command).await.unwrap();
    (clinic, booked.value)
}

fn variable<'a>(letter: &'a Letter, name: &str) -> &'a str {
    let found = letter.variables.iter().find(|(known, _)| known == name);
    &found.unwrap().1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booked_moved_and_cancelled_visit_is_told_with_one_calendar_event_and_nothing_of_what_it_is_for()
 {
    let app = TestApp::start().await;
    let (clinic, booked) = booked_for(&app, 4).await;
    after(&app, 0).await;
    let (first, _) = told(&app, "appointment-booked", 1).await.remove(0);
    assert_eq!(first.to, email(&app, 4).await);
    assert_eq!(
        variable(&first, "time"),
        "Mon 1 Mar, 8:00 AM EST (Fort Wayne)"
    );
    assert!(link(&first).ends_with(&format!("/appointments/{}", booked.id)));
    let command = MoveForPerson {
        starts_at: booked.starts_at + Duration::minutes(30),
        location_id: booked.location_id,
        modality: booked.modality,
        region: None,
        resource_id: None,
        set_aside: None,
    };
    let moved = clinic
        .move_appointment(booked.id, booked.version, &command)
        .await
        .unwrap();
    after(&app, 1).await;
    let (second, _) = told(&app, "appointment-moved", 1).await.remove(0);
    let command = CancelAppointment {
        reason: "clinic_cancels".to_owned(),
        comment: None,
    };
    clinic
        .cancel_appointment(booked.id, moved.value.version, &command)
        .await
        .unwrap();
    after(&app, 1).await;
    let (third, _) = told(&app, "appointment-cancelled", 1).await.remove(0);
    let events: Vec<String> = [&first, &second, &third]
        .map(|letter| {
            let file = letter.calendar.clone().unwrap().replace("\r\n ", "");
            let kept = ["METHOD", "UID", "SEQUENCE"];
            let lines = file
                .lines()
                .filter(|line| kept.iter().any(|name| line.starts_with(name)));
            lines.collect::<Vec<_>>().join(" ")
        })
        .to_vec();
    let uid = format!("UID:{}@127.0.0.1", booked.id);
    assert_eq!(
        events,
        [
            format!("METHOD:REQUEST SEQUENCE:0 {uid}"),
            format!("METHOD:REQUEST SEQUENCE:1 {uid}"),
            format!("METHOD:CANCEL SEQUENCE:2 {uid}"),
        ]
    );
    for letter in [&first, &second, &third] {
        let all = format!("{letter:?}");
        for secret in [
            "Respirator",
            "fit test",
            "J. Lee",
            "Fort Wayne Clinic",
            "1910",
        ] {
            assert!(!all.contains(secret), "{secret} in {all}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_offered_a_time_that_became_free_reads_when_it_is_and_nothing_of_what_it_is_for() {
    let app = TestApp::start().await;
    app.database
        .execute("UPDATE locations SET time_zone = 'America/Indiana/Indianapolis'")
        .await;
    // What somebody is due for is past its date: they are asked before the others.
    let (clinic, booked) = booked_for(&app, 4).await;
    let command = CancelAppointment {
        reason: "cannot_come".to_owned(),
        comment: None,
    };
    let cancelled = clinic.cancel_appointment(booked.id, booked.version, &command);
    cancelled.await.unwrap();
    salus_api::scheduling::offer_freed_times_once(&app.state)
        .await
        .unwrap();
    work_once(&app.state).await.unwrap();
    let letters = told(&app, "offer-made", 1).await;
    let (letter, _) = &letters[0];
    assert!(variable(letter, "time").starts_with("Mon 1 Mar, 8:00 AM"));
    let until = variable(letter, "until");
    assert!(until.starts_with("Mon 22 Feb, "), "{until}");
    assert!(link(letter).contains("/appointments"));
    let said = letter.variables.iter().map(|(_, value)| value.as_str());
    let said = said.collect::<Vec<_>>().join(" ").to_lowercase();
    for word in ["fit", "hearing", "lee", "fort wayne clinic"] {
        assert!(!said.contains(word), "{word} in {said}");
    }
    work_once(&app.state).await.unwrap();
    told(&app, "offer-made", 1).await;

    // The link says no more than the mail, looking takes nothing, and one press takes the time.
    let anonymous = app.anonymous();
    let token = token(letter);
    for _ in 0..5 {
        let seen = anonymous.get_link(&token).await.unwrap();
        let offer = seen.offer.unwrap();
        assert_eq!(offer.offer_state, OfferState::Held);
    }
    let wrong = anonymous
        .answer_link(&token, "cancel", &AnswerLink::default())
        .await;
    assert_eq!(slug(&wrong.unwrap_err()), "not-found");
    let taken = anonymous
        .answer_link(&token, "accept", &AnswerLink::default())
        .await;
    let taken = taken.unwrap().offer.unwrap();
    assert_eq!(taken.offer_state, OfferState::Accepted);
    let seen = anonymous.get_link(&token).await;
    assert_eq!(slug(&seen.unwrap_err()), "link-expired");
    let booked = "SELECT count(*)::text FROM appointments WHERE state = 'booked' AND starts_at = '2027-03-01T13:00:00Z'";
    assert_eq!(app.database.text(booked).await, "1");
    let twice = anonymous
        .answer_link(&token, "accept", &AnswerLink::default())
        .await;
    assert_eq!(slug(&twice.unwrap_err()), "link-expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_booked_and_given_back_meanwhile_is_told_as_it_is_now() {
    let app = TestApp::start().await;
    let (clinic, booked) = booked_for(&app, 4).await;
    let command = CancelAppointment {
        reason: "clinic_cancels".to_owned(),
        comment: None,
    };
    clinic
        .cancel_appointment(booked.id, booked.version, &command)
        .await
        .unwrap();
    after(&app, 1).await;
    told(&app, "appointment-cancelled", 1).await;
    let others = "SELECT count(*)::text FROM outbox_mails WHERE kind = 'appointment-booked'";
    assert_eq!(app.database.text(others).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_can_keep_its_mails_to_itself_but_not_what_the_clinic_takes_away() {
    let app = TestApp::start().await;
    app.database
        .execute(
            "UPDATE portal_versions SET content = jsonb_set(content, '{modules}', (SELECT jsonb_agg(CASE WHEN m->>'key' = 'appointments'
                THEN jsonb_set(m, '{settings,disable_emails}', 'true') ELSE m END) FROM jsonb_array_elements(content->'modules') m))
                WHERE content ? 'modules'",
        )
        .await;
    let (clinic, booked) = booked_for(&app, 4).await;
    after(&app, 1).await;
    let any = "SELECT count(*)::text FROM outbox_mails WHERE kind LIKE 'appointment-%'";
    assert_eq!(app.database.text(any).await, "0");
    let command = CancelAppointment {
        reason: "clinic_cancels".to_owned(),
        comment: None,
    };
    clinic
        .cancel_appointment(booked.id, booked.version, &command)
        .await
        .unwrap();
    after(&app, 1).await;
    told(&app, "appointment-cancelled", 1).await;
}

/// The token of the link in a mail.
fn token(letter: &Letter) -> String {
    let (_, token) = variable(letter, "answer").split_once('#').unwrap();
    token.to_owned()
}

/// A visit somebody took for themselves, and the token of the link in its mail.
async fn linked(app: &TestApp) -> (Appointment, String) {
    app.state.clock.set("2027-02-22T13:00:00Z".parse().unwrap());
    let employee = app.employee().await;
    let day = "2027-03-01".parse().unwrap();
    let query = SlotsQuery {
        appointment_type_id: FIT,
        location: None,
        resource: None,
        modality: None,
        region: None,
        item: None,
        moving: None,
        from: day,
        to: day,
        limit: Some(200),
        cursor: None,
    };
    let free = employee
        .list_my_slots(&query)
        .await
        .unwrap()
        .items
        .remove(0);
    let wish = HoldSlot {
        appointment_type_id: FIT,
        starts_at: free.starts_at,
        location_id: free.location_id,
        modality: free.modality,
        region: None,
        resource_id: None,
        item_id: None,
        moving: None,
    };
    let held = employee.hold_my_slot(&new_key(), &wish).await.unwrap();
    let command = BookAppointment {
        hold_id: held.id,
        comment: None,
    };
    let booked = employee.book_my_appointment(&new_key(), &command).await;
    let booked = booked.unwrap().value;
    after(app, 0).await;
    let (letter, _) = told(app, "appointment-booked", 1).await.remove(0);
    (booked, token(&letter))
}

fn slug(error: &salus_client::Error) -> String {
    let problem = error.problem().unwrap();
    problem.slug().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_a_link_changes_nothing_and_says_nothing_of_what_it_is_for() {
    let app = TestApp::start().await;
    let (booked, token) = linked(&app).await;
    let anybody = app.anonymous();
    for _ in 0..5 {
        let seen = anybody.get_link(&token).await.unwrap();
        assert_eq!(seen.state, State::Booked);
        assert_eq!(seen.starts_at, booked.starts_at);
        assert_eq!(seen.place_label, "Fort Wayne");
        assert_eq!(seen.allowed, [Act::Move, Act::Cancel, Act::Attend]);
        let all = format!("{seen:?}");
        for secret in ["Respirator", "J. Lee", "Fort Wayne Clinic"] {
            assert!(!all.contains(secret), "{secret} in {all}");
        }
    }
    let query = format!(
        "SELECT state || version FROM appointments WHERE id = '{}'",
        booked.id
    );
    assert_eq!(app.database.text(&query).await, "booked1");
}

#[tokio::test(flavor = "multi_thread")]
async fn by_a_link_one_says_that_one_comes_moves_and_gives_back_and_the_old_link_shows_what_is_now()
{
    let app = TestApp::start().await;
    let (booked, token) = linked(&app).await;
    let anybody = app.anonymous();
    let nothing = AnswerLink::default();
    for _ in 0..2 {
        let coming = anybody
            .answer_link(&token, "confirm", &nothing)
            .await
            .unwrap();
        assert!(coming.attends);
    }
    let seen = anybody.get_link(&token).await.unwrap();
    assert_eq!(seen.other_starts.len(), 10);
    let signed_in = app.employee().await;
    let own = signed_in.get_my_appointment(booked.id).await.unwrap().value;
    assert!(own.check_in_code.is_some());
    assert_eq!(seen.check_in_code, own.check_in_code);
    let to = AnswerLink {
        starts_at: seen.other_starts.last().copied(),
    };
    let missing = anybody
        .answer_link(&token, "move", &nothing)
        .await
        .unwrap_err();
    assert_eq!(slug(&missing), "invalid");
    let moved = anybody.answer_link(&token, "move", &to).await.unwrap();
    assert_eq!(Some(&moved.starts_at), seen.other_starts.last());
    assert!(!moved.attends);
    after(&app, 1).await;
    let (letter, _) = told(&app, "appointment-moved", 1).await.remove(0);
    let newer = self::token(&letter);
    assert_ne!(newer, token);
    // The next times are so near that the notice has begun.
    app.database
        .execute("UPDATE appointment_types SET cancel_notice = 0")
        .await;
    let by_old = anybody.get_link(&token).await.unwrap();
    assert_eq!(by_old.starts_at, moved.starts_at);
    let gone = anybody
        .answer_link(&newer, "cancel", &nothing)
        .await
        .unwrap();
    assert_eq!((gone.state, gone.allowed), (State::Cancelled, vec![]));
    let again = anybody
        .answer_link(&newer, "cancel", &nothing)
        .await
        .unwrap_err();
    assert_eq!(slug(&again), "link-expired");
    let spent = anybody.get_link(&newer).await.unwrap_err();
    assert_eq!(slug(&spent), "link-expired");
    assert!(spent.problem().unwrap().more["phone"].is_string());
    let by_old = anybody.get_link(&token).await.unwrap();
    assert_eq!(by_old.state, State::Cancelled);
    let left = "SELECT count(*)::text FROM claims";
    assert_eq!(app.database.text(left).await, "0");
    let desk = app.scheduler().await;
    let history = desk.list_appointment_history(booked.id).await.unwrap();
    let by_link: Vec<_> = history.items[1..]
        .iter()
        .map(|one| (one.kind, one.by.as_deref(), one.side))
        .collect();
    let person = Some(Audience::Employee);
    assert_eq!(
        by_link,
        [
            (StepKind::Attending, None, person),
            (StepKind::Moved, None, person),
            (StepKind::Cancelled, None, person)
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_of_a_visit_that_should_never_have_been_written_says_that_there_is_none() {
    let app = TestApp::start().await;
    let (booked, token) = linked(&app).await;
    let anybody = app.anonymous();
    let coming = anybody.answer_link(&token, "confirm", &AnswerLink::default());
    let coming = coming.await.unwrap();
    assert!(coming.attends);
    let nurse = app.clinician().await;
    let visit = nurse.get_appointment(booked.id).await.unwrap().value;
    let why = MarkAppointmentAsError {
        reason: "Booked for somebody else of that name.".to_owned(),
    };
    nurse
        .mark_appointment_as_error(visit.id, visit.version, &why)
        .await
        .unwrap();
    let seen = anybody.get_link(&token).await.unwrap();
    assert_eq!((seen.state, seen.attends), (State::Cancelled, false));
    assert_eq!(seen.allowed, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_keeps_the_notice_and_ends_with_the_start_and_with_the_address() {
    let app = TestApp::start().await;
    let (booked, token) = linked(&app).await;
    let anybody = app.anonymous();
    let nothing = AnswerLink::default();
    app.state
        .clock
        .set(booked.starts_at - Duration::hours(24) + Duration::seconds(1));
    let late = anybody
        .answer_link(&token, "cancel", &nothing)
        .await
        .unwrap_err();
    assert_eq!(slug(&late), "notice-too-short");
    assert!(late.problem().unwrap().more["phone"].is_string());
    app.state.clock.set(booked.starts_at);
    let over = anybody.get_link(&token).await.unwrap_err();
    assert_eq!(slug(&over), "link-expired");
    assert!(over.problem().unwrap().more["phone"].is_string());
    app.state.clock.set(booked.starts_at - Duration::hours(48));
    anybody.get_link(&token).await.unwrap();
    let change = format!(
        "UPDATE contact_points SET value = 'new@sandbox.example' WHERE kind = 'email' AND person_id = '{}'",
        TestApp::worker(4)
    );
    app.database.execute(&change).await;
    let revoked = anybody.get_link(&token).await.unwrap_err();
    assert_eq!(slug(&revoked), "link-expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_links_is_refused_for_a_quarter_of_an_hour() {
    let app = TestApp::start().await;
    let (_, token) = linked(&app).await;
    let anybody = app.anonymous();
    for guess in 0..10 {
        let unknown = anybody.get_link(&format!("{guess:064}")).await.unwrap_err();
        assert_eq!(slug(&unknown), "not-found");
    }
    let locked = anybody.get_link(&token).await.unwrap_err();
    assert_eq!(slug(&locked), "link-locked");
}

/// What was written to remind, in the order it was: kinds and times.
async fn reminded(app: &TestApp) -> Vec<String> {
    let written = "SELECT coalesce(string_agg(kind, ' ' ORDER BY created_at, id), '') FROM outbox_mails \
        WHERE kind IN ('appointment-reminder', 'appointment-preparation')";
    let kinds = app.database.text(written).await;
    kinds.split_whitespace().map(str::to_owned).collect()
}

async fn at(app: &TestApp, instant: &str) -> Vec<String> {
    app.state.clock.set(instant.parse().unwrap());
    // The server's own worker may hold some.
    let due = format!(
        "SELECT count(*)::text FROM appointment_reminders WHERE state = 'waiting' AND due_at <= '{instant}'"
    );
    for _ in 0..1000 {
        work_once(&app.state).await.unwrap();
        if app.database.text(&due).await == "0" {
            return reminded(app).await;
        }
    }
    panic!("some are never settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_appointment_is_reminded_three_business_days_and_a_day_before_and_of_what_to_do()
{
    let app = TestApp::start().await;
    // Monday 1 March 2027, 8:00 in Fort Wayne.
    let (_, booked) = booked_for(&app, 4).await;
    after(&app, 0).await;
    assert_eq!(booked.starts_at.to_rfc3339(), "2027-03-01T13:00:00+00:00");
    assert!(at(&app, "2027-02-24T13:59:59Z").await.is_empty());
    let (reminder, preparation) = ("appointment-reminder", "appointment-preparation");
    assert_eq!(at(&app, "2027-02-24T14:00:00Z").await, [reminder]);
    assert_eq!(at(&app, "2027-02-28T12:59:59Z").await, [reminder]);
    let two = [reminder, preparation];
    assert_eq!(at(&app, "2027-02-28T13:00:00Z").await, two);
    let three = [reminder, preparation, reminder];
    assert_eq!(at(&app, "2027-02-28T14:00:00Z").await, three);
    assert_eq!(at(&app, "2027-02-28T15:00:00Z").await, three);
}

/// The person of the worker with that number does not want to be disturbed from `from` to `until`.
async fn quiet(app: &TestApp, user: &str, (from, until): (&str, &str)) {
    let hours = ReplaceQuietHours {
        mail: Some(QuietStretch {
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
        }),
    };
    let client = app.signed_in(user).await;
    client.replace_quiet_hours(0, &hours).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_that_falls_into_quiet_hours_waits_for_their_end() {
    let app = TestApp::start().await;
    booked_for(&app, 4).await;
    quiet(&app, "employee", ("08:30:00", "11:00:00")).await;
    after(&app, 0).await;
    // Nine in Fort Wayne.
    assert!(at(&app, "2027-02-24T14:00:00Z").await.is_empty());
    assert!(at(&app, "2027-02-24T15:59:59Z").await.is_empty());
    assert_eq!(
        at(&app, "2027-02-24T16:00:00Z").await,
        ["appointment-reminder"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_is_moot_when_the_visit_was_given_back_during_quiet_hours() {
    let app = TestApp::start().await;
    let (clinic, booked) = booked_for(&app, 4).await;
    quiet(&app, "employee", ("08:30:00", "11:00:00")).await;
    after(&app, 0).await;
    assert!(at(&app, "2027-02-24T14:00:00Z").await.is_empty());
    let command = CancelAppointment {
        reason: "clinic_cancels".to_owned(),
        comment: None,
    };
    let gone = clinic.cancel_appointment(booked.id, booked.version, &command);
    gone.await.unwrap();
    assert!(at(&app, "2027-02-24T16:00:00Z").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_is_moot_when_quiet_hours_end_after_the_visit_began() {
    let app = TestApp::start().await;
    // Monday 1 March 2027, 8:00 in Fort Wayne.
    booked_for(&app, 4).await;
    quiet(&app, "employee", ("08:55:00", "08:30:00")).await;
    after(&app, 0).await;
    assert!(at(&app, "2027-02-28T14:00:00Z").await.is_empty());
    assert!(at(&app, "2027-03-01T13:30:00Z").await.is_empty());
    let states =
        "SELECT string_agg(DISTINCT state, ' ') FROM appointment_reminders WHERE step = 'one_day'";
    assert_eq!(app.database.text(states).await, "moot");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_pause_only_the_last_reminder_of_an_appointment_is_sent() {
    let app = TestApp::start().await;
    booked_for(&app, 4).await;
    after(&app, 0).await;
    assert_eq!(
        at(&app, "2027-02-28T20:00:00Z").await,
        ["appointment-reminder"]
    );
    let states = "SELECT string_agg(state, ' ' ORDER BY due_at) FROM appointment_reminders";
    let states = app.database.text(states).await;
    assert_eq!(states, "passed_over passed_over written");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_reminded_of_what_was_moved_or_given_back() {
    let app = TestApp::start().await;
    let (clinic, booked) = booked_for(&app, 4).await;
    after(&app, 0).await;
    let command = MoveForPerson {
        starts_at: booked.starts_at + Duration::days(1),
        location_id: booked.location_id,
        modality: booked.modality,
        region: None,
        resource_id: None,
        set_aside: None,
    };
    let moved = clinic
        .move_appointment(booked.id, booked.version, &command)
        .await;
    let moved = moved.unwrap().value;
    after(&app, 1).await;
    // A Tuesday: three business days before is the Thursday.
    assert!(at(&app, "2027-02-24T14:00:00Z").await.is_empty());
    assert_eq!(at(&app, "2027-02-25T14:00:00Z").await.len(), 1);
    let command = CancelAppointment {
        reason: "clinic_cancels".to_owned(),
        comment: None,
    };
    let gone = clinic
        .cancel_appointment(moved.id, moved.version, &command)
        .await;
    gone.unwrap();
    assert_eq!(at(&app, "2027-03-02T12:00:00Z").await.len(), 1);
}
