//! What staff, and those who lead people, are told all in one.

use super::*;
use salus_api::mail::Letter;
use salus_api::sandbox::SALUS;
use salus_api::scheduling::write_digests_once;
use salus_api::transaction::Tx;
use salus_store::plumbing::take_mails;
use salus_store::sealing::Place as Sealed;
use salus_types::accounts::{Digest, ReplaceNotificationPreferences};

/// Seven in the morning in Fort Wayne, on a date in winter.
fn seven(date: &str) -> DateTime<Utc> {
    instant(&format!("{date}T12:00:00Z"))
}

async fn written_at(app: &TestApp, at: DateTime<Utc>) -> Vec<(String, String, String)> {
    app.state.clock.set(at);
    write_digests_once(&app.state).await.expect("written");
    letters(app).await
}

/// Kind, address and lines of the digests, in that order. The worker that tries to send them may just
/// hold some.
async fn letters(app: &TestApp) -> Vec<(String, String, String)> {
    let written = "SELECT count(*)::text FROM outbox_mails WHERE kind LIKE 'digest-%'";
    for _ in 0..TRIES {
        let found = waiting(app).await;
        if found.len().to_string() == app.database.text(written).await {
            return found;
        }
    }
    panic!("some are held for ever");
}

async fn waiting(app: &TestApp) -> Vec<(String, String, String)> {
    let mut found = app
        .state
        .run_system(SALUS, "test", async |tx: &mut Tx| {
            let later = tx.now + TimeDelta::days(30);
            let key = tx.organization_key().await?;
            let mut found = Vec::new();
            for mail in take_mails(tx.conn(), later, 200).await? {
                if !mail.kind.starts_with("digest-") {
                    continue;
                }
                let place = Sealed {
                    table: "outbox_mails",
                    column: "sealed",
                    row: mail.id,
                };
                let bytes = key.open(&place, &mail.sealed)?;
                let letter: Letter = serde_json::from_slice(&bytes).expect("a letter");
                let mut said = letter.variables.into_iter();
                let said = said.find(|(name, _)| name == "details");
                found.push((mail.kind, letter.to, said.expect("lines").1));
            }
            Ok(found)
        })
        .await
        .expect("mails");
    found.sort();
    found
}

fn line(kind: &str, name: &str, said: &str) -> (String, String, String) {
    let address = format!("{name}@sandbox.example");
    (kind.to_owned(), address, said.to_owned())
}

/// Somebody books for Monday 1 March with the nurse.
async fn one_booking(app: &TestApp) -> Appointment {
    write_digests_once(&app.state).await.expect("up to now");
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    noted(app).await;
    booked
}

async fn choose(client: &Client, digest: Digest) {
    let before = client.get_notification_preferences().await.expect("kept");
    let command = ReplaceNotificationPreferences { digest };
    let saved = client
        .replace_notification_preferences(before.version, &command)
        .await;
    assert_eq!(saved.expect("saved").value.digest, digest);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_once_on_the_next_business_day_and_of_what_lies_ahead_the_day_before() {
    let app = start().await;
    one_booking(&app).await;
    let early = written_at(&app, seven("2027-02-23") - TimeDelta::seconds(1)).await;
    assert_eq!(early, []);
    let tuesday = [
        line("digest-daily", "clinician", "Booked online: 1"),
        line("digest-daily", "scheduler", "Booked online: 1"),
    ];
    assert_eq!(written_at(&app, seven("2027-02-23")).await, tuesday);
    assert_eq!(written_at(&app, seven("2027-02-23")).await, tuesday, "once");
    assert_eq!(
        written_at(&app, seven("2027-02-24")).await,
        tuesday,
        "nothing new, nothing sent"
    );
    // On Friday the nurse reads of Monday.
    let friday = written_at(&app, seven("2027-02-26")).await;
    let ahead = "With you by the end of the next business day: 1";
    assert!(friday.contains(&line("digest-daily", "clinician", ahead)));
    assert_eq!(friday.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_pause_one_digest_tells_of_all_of_it() {
    let app = start().await;
    let booked = one_booking(&app).await;
    app.state.clock.set(seven("2027-02-24"));
    let employee = app.employee().await;
    let gone = employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await;
    gone.expect("cancelled");
    noted(&app).await;
    let said = "Booked online: 1\nCancelled online: 1";
    assert_eq!(
        written_at(&app, seven("2027-02-25") + TimeDelta::hours(9)).await,
        [
            line("digest-daily", "clinician", said),
            line("digest-daily", "scheduler", said),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_front_desk_was_told_at_once_is_in_no_digest() {
    let app = start().await;
    write_digests_once(&app.state).await.expect("up to now");
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-02-23", 1).await;
    let free = free.last().expect("a free time");
    book(&employee, FIT, free).await.expect("a booking");
    noted(&app).await;
    assert_eq!(written_at(&app, seven("2027-02-23")).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leads_people_is_told_on_mondays_of_their_visits_and_no_others() {
    let app = start().await;
    one_booking(&app).await;
    for name in ["clinician", "scheduler"] {
        choose(&app.signed_in(name).await, Digest::Never).await;
    }
    assert_eq!(written_at(&app, seven("2027-02-26")).await, []);
    let monday = written_at(&app, seven("2027-03-01")).await;
    let [(kind, to, said)] = monday.as_slice() else {
        panic!("one digest, not {}", monday.len());
    };
    assert_eq!(kind, "digest-weekly");
    assert_eq!(said, "Booked for your people: 1");
    let theirs = "SELECT value FROM contact_points c JOIN relationships own ON own.person_id = c.person_id AND own.kind = 'self'
        JOIN relationships r ON r.account_id = own.account_id AND r.kind = 'supervisor'
        WHERE c.kind = 'email' AND r.person_id = (SELECT person_id FROM appointments WHERE created_at >= '2027-01-01')";
    assert_eq!(*to, app.database.text(theirs).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_chooses_how_often_and_is_told_of_what_happens_from_then_on() {
    let app = start().await;
    let desk = app.scheduler().await;
    let usual = desk.get_notification_preferences().await.expect("usual");
    assert_eq!((usual.digest, usual.has_digests), (Digest::Daily, true));
    let leads = app.supervisor().await;
    let usual = leads.get_notification_preferences().await.expect("usual");
    assert_eq!((usual.digest, usual.has_digests), (Digest::Weekly, true));
    let person = app.employee().await;
    let usual = person.get_notification_preferences().await.expect("usual");
    assert_eq!((usual.digest, usual.has_digests), (Digest::Never, false));

    one_booking(&app).await;
    choose(&app.clinician().await, Digest::Weekly).await;
    choose(&desk, Digest::Daily).await;
    let command = ReplaceNotificationPreferences {
        digest: Digest::Never,
    };
    let late = desk.replace_notification_preferences(0, &command).await;
    assert!(late.expect_err("stale").is(VERSION_CONFLICT));
    // Both chose after it was booked.
    assert_eq!(written_at(&app, seven("2027-02-23")).await, []);
    let ahead = "With you this week: 1";
    let monday = written_at(&app, seven("2027-03-01")).await;
    assert!(monday.contains(&line("digest-weekly", "clinician", ahead)));
}
