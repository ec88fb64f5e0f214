//! HR files and pick-up codes, end to end.
#![cfg(test)]

use chrono::{Duration, NaiveDate};
use futures_util::future::join_all;
use salus_api::intake::feed::show::limit;
use salus_api::mail::Letter;
use salus_api::transaction::Tx;
use salus_client::{Client, new_key};
use salus_store::plumbing::take_mails;
use salus_store::sealing::Place;
use salus_test_support::TestApp;
use salus_types::accounts::SignedIn;
use salus_types::ids::PersonId;
use salus_types::intake::{
    AnswerRedemption, CompleteRedemption, DecideFeedRun, Decision, FeedRowQuery, FeedRun,
    MakePickupCode, Redemption, SendFeedFile, StartRedemption, Who, problems,
};
use salus_types::page::PageQuery;
use salus_types::problem::{FORBIDDEN, IDEMPOTENCY_KEY_REUSED, NOT_FOUND, RATE_LIMITED};

const DAY_1: &[u8] = include_bytes!("../../test-support/data/hr-feed-day1.csv");
const DAY_2: &[u8] = include_bytes!("../../test-support/data/hr-feed-day2.csv");
const PASSWORD: &str = "four quiet lanterns drift";

fn to(employer: &str) -> SendFeedFile {
    SendFeedFile {
        employer: employer.to_owned(),
        profile: None,
        file_name: Some("people.csv".to_owned()),
        replay: false,
    }
}

fn yes(decision: Decision) -> DecideFeedRun {
    DecideFeedRun {
        decision,
        reason: "the night shift was closed".to_owned(),
    }
}

/// Waits until a run has come to rest: a large file goes on after its answer.
async fn settled(admin: &Client, mut run: FeedRun) -> FeedRun {
    for _ in 0..300 {
        if !matches!(run.state.as_str(), "received" | "dry_run" | "applying") {
            return run;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        run = admin.get_hr_feed_run(run.id).await.unwrap();
    }
    run
}

async fn send(admin: &Client, query: &SendFeedFile, file: &[u8]) -> FeedRun {
    let run = admin
        .create_hr_feed_run(&new_key(), query, file.to_vec())
        .await
        .unwrap();
    settled(admin, run).await
}

async fn send_and_apply(admin: &Client, query: &SendFeedFile, file: &[u8]) -> FeedRun {
    let run = send(admin, query, file).await;
    let command = yes(Decision::Apply);
    let run = admin.decide_hr_feed_run(run.id, &command).await.unwrap();
    settled(admin, run).await
}

#[tokio::test]
async fn both_days_of_a_real_file_give_the_counts_that_are_known() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let query = to("northwind");

    let planned = send(&admin, &query, DAY_1).await;
    assert_eq!(planned.state, "paused");
    assert!(planned.first_run && planned.crossed.is_empty());
    let run = admin
        .decide_hr_feed_run(planned.id, &yes(Decision::Apply))
        .await
        .unwrap();
    let run = settled(&admin, run).await;
    assert_eq!(run.state, "applied");
    assert_eq!(run.counts, planned.counts);
    let counts = run.counts;
    assert_eq!((counts.rows, counts.errors, counts.added), (2000, 6, 1994));
    assert_eq!((counts.active_after, counts.added_ended), (1957, 37));
    assert_eq!(counts.supervised_after, 1934);
    assert_eq!((counts.held, counts.warnings), (0, 2));

    let rejected = admin.get_hr_feed_rejected_rows(run.id).await.unwrap();
    assert_eq!(String::from_utf8(rejected).unwrap().lines().count(), 7);

    let second = send(&admin, &query, DAY_2).await;
    assert_eq!(second.state, "paused");
    let counts = second.counts;
    assert_eq!((counts.added, counts.changed), (20, 59));
    assert_eq!((counts.ended, counts.unchanged), (40, 1935));
    assert_eq!(counts.active_before, 1957);
    assert!(
        second
            .crossed
            .iter()
            .any(|c| c.measure == "ended" && c.limit == limit(3914))
    );
    let applied = admin
        .decide_hr_feed_run(second.id, &yes(Decision::Apply))
        .await
        .unwrap();
    let applied = settled(&admin, applied).await;
    assert_eq!(applied.counts, counts);
    assert_eq!((counts.active_after, counts.supervised_after), (1937, 1913));

    let replay = SendFeedFile {
        replay: true,
        ..query.clone()
    };
    let again = send(&admin, &replay, DAY_2).await;
    assert_eq!(again.state, "applied");
    assert_eq!((again.counts.unchanged, again.counts.errors), (2014, 6));
}

#[tokio::test]
async fn the_same_bytes_are_refused_within_30_days() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let file = b"employee_id,last_name,birth_date\nn1,One,1980-01-01\n";
    send_and_apply(&admin, &to("northwind"), file).await;
    let error = admin
        .create_hr_feed_run(&new_key(), &to("northwind"), file.to_vec())
        .await
        .unwrap_err();
    assert!(error.is(problems::FEED_DUPLICATE_FILE));
}

#[tokio::test]
async fn a_file_sent_again_under_its_key_gets_the_first_answer_and_another_file_is_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let send = async |key: &str, file: &str| {
        admin
            .create_hr_feed_run(key, &to("northwind"), file.as_bytes().to_vec())
            .await
    };
    let runs = async || {
        let runs = admin.list_hr_feed_runs(&PageQuery::default()).await;
        runs.unwrap().items.len()
    };
    let before = runs().await;
    let file = "employee_id,last_name,birth_date\nn1,One,1980-01-01\n";
    let first = send("k1", file).await.unwrap();
    assert_eq!(send("k1", file).await.unwrap(), first);
    let other = send("k1", "employee_id\n1\n").await.unwrap_err();
    assert!(other.is(IDEMPOTENCY_KEY_REUSED));
    assert_eq!(runs().await, before + 1);
}

#[tokio::test]
async fn a_key_whose_file_was_refused_is_free_again() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let send = async |file: &[u8]| {
        admin
            .create_hr_feed_run("k1", &to("northwind"), file.to_vec())
            .await
    };
    let refused = send(b"employee_id,last_name\n1,Jos\xE9\n")
        .await
        .unwrap_err();
    assert!(refused.is(problems::FEED_UNREADABLE));
    assert!(
        send(b"employee_id,last_name,birth_date\nn1,One,1980-01-01\n")
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn numbers_of_another_employer_are_another_namespace() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let file = b"employee_id,last_name,first_name,birth_date\nuser4,Other,Person,1991-01-01\n";
    let run = send_and_apply(&admin, &to("lakeside"), file).await;
    assert_eq!((run.counts.added, run.counts.held), (1, 0));
    let rows = admin
        .list_hr_feed_run_rows(run.id, &FeedRowQuery::default())
        .await
        .unwrap();
    assert_ne!(rows.items[0].person_id, Some(TestApp::worker(4)));
}

#[tokio::test]
async fn a_file_that_is_no_text_is_refused_with_its_byte_offset_and_listed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let file = b"employee_id,last_name\n1,Jos\xE9\n".to_vec();
    let error = admin
        .create_hr_feed_run(&new_key(), &to("northwind"), file)
        .await
        .unwrap_err();
    assert!(error.is(problems::FEED_UNREADABLE));
    assert_eq!(error.problem().unwrap().more["byte_offset"], 27);
    let runs = admin
        .list_hr_feed_runs(&PageQuery::default())
        .await
        .unwrap();
    assert_eq!(runs.items[0].state, "failed");
}

#[tokio::test]
async fn a_rejected_run_writes_nothing_and_is_decided_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let file = b"employee_id,last_name,birth_date\nn1,One,1980-01-01\n";
    let run = send(&admin, &to("northwind"), file).await;
    let reject = yes(Decision::Reject);
    let run = admin.decide_hr_feed_run(run.id, &reject).await.unwrap();
    assert_eq!(run.state, "rejected");
    let error = admin.decide_hr_feed_run(run.id, &reject).await.unwrap_err();
    assert!(error.is(problems::FEED_RUN_NOT_PAUSED));
}

#[tokio::test]
async fn an_ended_employment_closes_the_supervisor_portal_of_its_holder() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let file = b"employee_id,work_status\nuser2,ended\n";
    let run = send_and_apply(&admin, &to("northwind"), file).await;
    assert_eq!(run.counts.ended, 1);
    assert_eq!(run.lost_supervisor, ["user4", "user5", "user8"]);
    let session = app.supervisor().await.get_session().await.unwrap();
    assert!(!session.doors.supervisor && !session.doors.employee);
}

#[tokio::test]
async fn only_a_portal_administrator_sends_files_and_an_auditor_reads_runs() {
    let app = TestApp::start().await;
    let auditor = app.signed_in("auditor").await;
    let file = b"employee_id\n1\n".to_vec();
    let error = auditor
        .create_hr_feed_run(&new_key(), &to("northwind"), file)
        .await
        .unwrap_err();
    assert!(error.is(FORBIDDEN));
    assert!(
        auditor
            .list_hr_feed_runs(&PageQuery::default())
            .await
            .is_ok()
    );
}

fn shown() -> MakePickupCode {
    MakePickupCode {
        channel: "shown".to_owned(),
        valid_days: None,
    }
}

/// A person of the file who has an account nobody uses yet, born on the given date.
async fn newcomer(app: &TestApp) -> PersonId {
    let admin = app.admin().await;
    let file = b"employee_id,last_name,first_name,birth_date\nnew1,Newcomer,Nadia,1990-02-03\n";
    let run = send_and_apply(&admin, &to("northwind"), file).await;
    let rows = admin
        .list_hr_feed_run_rows(run.id, &FeedRowQuery::default())
        .await
        .unwrap();
    rows.items[0].person_id.unwrap()
}

async fn start(app: &TestApp, code: &str) -> Redemption {
    let command = StartRedemption {
        code: code.to_owned(),
    };
    app.anonymous()
        .start_code_redemption(&command)
        .await
        .unwrap()
}

fn answer(attempt: &Redemption, token: &str) -> (salus_types::ids::RedemptionId, AnswerRedemption) {
    let command = AnswerRedemption {
        token: token.to_owned(),
        ..AnswerRedemption::default()
    };
    (attempt.id, command)
}

/// The six digits last sent to an address. The worker may just hold the row.
async fn mailed_digits(app: &TestApp, email: &str) -> String {
    for _ in 0..50 {
        if let Some(digits) = mailed(app, email).await {
            return digits;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("no message to {email}");
}

async fn mailed(app: &TestApp, email: &str) -> Option<String> {
    let org = salus_api::sandbox::SALUS;
    app.state
        .run_system(org, "test", async |tx: &mut Tx| {
            let later = tx.now + Duration::days(2);
            let mails = take_mails(tx.conn(), later, 100).await?;
            let key = tx.organization_key().await?;
            let mut found = None;
            for mail in mails.iter().filter(|mail| mail.kind == "code-check") {
                let place = Place {
                    table: "outbox_mails",
                    column: "sealed",
                    row: mail.id,
                };
                let bytes = key.open(&place, &mail.sealed)?;
                let letter: Letter = serde_json::from_slice(&bytes).unwrap();
                if letter.to == email {
                    found = letter.variables.first().map(|(_, digits)| digits.clone());
                }
            }
            Ok(found)
        })
        .await
        .unwrap()
}

async fn up_to_password(app: &TestApp, code: &str, email: &str) -> (Redemption, String) {
    let nobody = app.anonymous();
    let attempt = start(app, code).await;
    let token = attempt.token.clone().unwrap();
    let (id, empty) = answer(&attempt, &token);
    let born = AnswerRedemption {
        birth_date: NaiveDate::from_ymd_opt(1990, 2, 3),
        ..empty.clone()
    };
    nobody.answer_code_redemption(id, &born).await.unwrap();
    let who = AnswerRedemption {
        who: Some(Who::Myself),
        ..empty.clone()
    };
    nobody.answer_code_redemption(id, &who).await.unwrap();
    let address = AnswerRedemption {
        email: Some(email.to_owned()),
        ..empty.clone()
    };
    nobody.answer_code_redemption(id, &address).await.unwrap();
    let digits = AnswerRedemption {
        digits: Some(mailed_digits(app, email).await),
        ..empty
    };
    let step = nobody.answer_code_redemption(id, &digits).await.unwrap();
    assert_eq!(step.step, "password");
    (attempt, token)
}

async fn complete(
    app: &TestApp,
    (attempt, token): &(Redemption, String),
) -> Result<SignedIn, salus_client::Error> {
    let command = CompleteRedemption {
        token: token.clone(),
        password: PASSWORD.to_owned(),
        language: "es".to_owned(),
    };
    app.anonymous()
        .complete_code_redemption(attempt.id, &command)
        .await
}

#[tokio::test]
async fn a_code_becomes_an_account_that_signs_in() {
    let app = TestApp::start().await;
    let person = newcomer(&app).await;
    let clinic = app.scheduler().await;
    let made = clinic.create_pickup_code(person, &shown()).await.unwrap();
    let attempt = up_to_password(&app, &made.code.to_lowercase(), "nadia@home.example").await;
    let signed_in = complete(&app, &attempt).await.unwrap();
    assert_eq!(signed_in.session.person_id, Some(person));
    assert!(signed_in.session.doors.employee);
    assert_eq!(signed_in.session.language, "es");
    let list = clinic.list_pickup_codes(person).await.unwrap();
    assert_eq!(list.items[0].state, "redeemed");
    assert_eq!(list.account_state.as_deref(), Some("active"));
}

#[tokio::test]
async fn of_two_redemptions_at_once_one_makes_the_account() {
    let app = TestApp::start().await;
    let person = newcomer(&app).await;
    let clinic = app.scheduler().await;
    let made = clinic.create_pickup_code(person, &shown()).await.unwrap();
    let first = up_to_password(&app, &made.code, "one@home.example").await;
    let second = up_to_password(&app, &made.code, "two@home.example").await;
    let (first, second) = tokio::join!(complete(&app, &first), complete(&app, &second));
    let (won, lost) = if first.is_ok() {
        (first, second)
    } else {
        (second, first)
    };
    assert!(won.is_ok());
    assert!(lost.unwrap_err().is(problems::CODE_NOT_USABLE));
}

#[tokio::test]
async fn the_fifth_wrong_birth_date_locks_the_code() {
    let app = TestApp::start().await;
    let person = newcomer(&app).await;
    let clinic = app.scheduler().await;
    let made = clinic.create_pickup_code(person, &shown()).await.unwrap();
    let attempt = start(&app, &made.code).await;
    let token = attempt.token.clone().unwrap();
    let (id, empty) = answer(&attempt, &token);
    let wrong = AnswerRedemption {
        birth_date: NaiveDate::from_ymd_opt(1991, 2, 3),
        ..empty.clone()
    };
    let nobody = app.anonymous();
    for left in (1..5).rev() {
        let error = nobody.answer_code_redemption(id, &wrong).await.unwrap_err();
        assert!(error.is(problems::VERIFICATION_FAILED));
        assert_eq!(error.problem().unwrap().more["tries_left"], left);
    }
    let error = nobody.answer_code_redemption(id, &wrong).await.unwrap_err();
    assert!(error.is(problems::CODE_LOCKED));
    let right = AnswerRedemption {
        birth_date: NaiveDate::from_ymd_opt(1990, 2, 3),
        ..empty
    };
    let error = nobody.answer_code_redemption(id, &right).await.unwrap_err();
    assert!(error.is(problems::CODE_LOCKED));
}

#[tokio::test]
async fn a_code_expires_to_the_second_and_a_new_one_voids_it() {
    let app = TestApp::start().await;
    let person = newcomer(&app).await;
    let clinic = app.scheduler().await;
    let first = clinic.create_pickup_code(person, &shown()).await.unwrap();
    let second = clinic.create_pickup_code(person, &shown()).await.unwrap();
    let nobody = app.anonymous();
    let used = StartRedemption { code: first.code };
    let error = nobody.start_code_redemption(&used).await.unwrap_err();
    assert!(error.is(problems::CODE_NOT_USABLE));
    let command = StartRedemption { code: second.code };
    let expires = second.pickup_code.expires_at;
    app.state.clock.set(expires - Duration::seconds(30));
    assert!(nobody.start_code_redemption(&command).await.is_ok());
    app.state.clock.set(expires);
    let error = nobody.start_code_redemption(&command).await.unwrap_err();
    assert!(error.is(problems::CODE_EXPIRED));
}

#[tokio::test]
async fn twenty_codes_an_hour_may_be_tried_from_one_address() {
    let app = TestApp::start().await;
    let nobody = app.anonymous();
    let command = StartRedemption {
        code: "0000-0000-0000".to_owned(),
    };
    for _ in 0..20 {
        let error = nobody.start_code_redemption(&command).await.unwrap_err();
        assert!(error.is(problems::CODE_NOT_USABLE));
    }
    let error = nobody.start_code_redemption(&command).await.unwrap_err();
    assert!(error.is(RATE_LIMITED));
}

#[tokio::test]
async fn a_clinician_of_another_provider_organization_makes_no_codes() {
    let app = TestApp::start().await;
    let foreign = app.signed_in("foreign-clinician").await;
    let error = foreign
        .create_pickup_code(TestApp::worker(4), &shown())
        .await
        .unwrap_err();
    assert!(error.is(NOT_FOUND));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_who_complete_one_code_at_once_one_makes_the_account() {
    let app = TestApp::start().await;
    let person = newcomer(&app).await;
    let clinic = app.scheduler().await;
    let made = clinic.create_pickup_code(person, &shown()).await.unwrap();
    let attempt = up_to_password(&app, &made.code, "nadia@home.example").await;
    let answers = join_all((0..64).map(|_| complete(&app, &attempt))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        let status = error.problem().map(|problem| problem.status);
        assert!(status.is_some_and(|status| status < 500), "{error:?}");
    }
    let list = clinic.list_pickup_codes(person).await.unwrap();
    assert_eq!(list.items[0].state, "redeemed");
}
