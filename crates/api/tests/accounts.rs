//! Signing in, staying signed in, signing out.
#![cfg(test)]

use chrono::Duration;
use futures_util::future::join_all;
use reqwest::Method;
use salus_api::settings::RateSettings;
use salus_api::settings::Settings;
use salus_client::{Client, Error};
use salus_test_support::TestApp;
use salus_types::accounts::{ChangeSettings, OpenSession};
use salus_types::ids::PersonId;
use salus_types::problem::{
    FORBIDDEN, LOCKED_OUT, NOT_FOUND, PAYLOAD_TOO_LARGE, RATE_LIMITED, SIGN_IN_FAILED,
    UNAUTHENTICATED, VERSION_CONFLICT,
};
use salus_types::work_status::TeamPeopleQuery;

fn with_password(name: &str, password: &str) -> OpenSession {
    OpenSession {
        email: Some(format!("{name}@sandbox.example")),
        user_name: None,
        password: password.to_owned(),
        portal: None,
    }
}

fn right(name: &str) -> OpenSession {
    with_password(name, salus_api::sandbox::PASSWORD)
}

async fn cookie_of(client: &Client, command: &OpenSession) -> (String, String) {
    let request = client
        .request(Method::POST, "/api/v1/auth/sessions")
        .unwrap()
        .json(command);
    let response = client.send(request).await.unwrap();
    let header = response
        .headers()
        .get("set-cookie")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    let token = header.split(['=', ';']).nth(1).unwrap().to_owned();
    (header, token)
}

#[tokio::test]
async fn signing_in_tells_which_doors_are_open() {
    let app = TestApp::start().await;
    let signed_in = app
        .anonymous()
        .open_session(&right("supervisor"))
        .await
        .unwrap();
    assert!(signed_in.session.doors.employee && signed_in.session.doors.supervisor);
    assert!(!signed_in.session.doors.clinic && !signed_in.session.doors.administration);
    let session = app
        .anonymous()
        .with_token(&signed_in.access_token)
        .get_session()
        .await
        .unwrap();
    assert_eq!(session.id, signed_in.session.id);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_told_alike() {
    let app = TestApp::start().await;
    let wrong = app
        .anonymous()
        .open_session(&with_password("employee", "x"))
        .await
        .unwrap_err();
    let unknown = app
        .anonymous()
        .open_session(&with_password("nobody", "x"))
        .await
        .unwrap_err();
    assert!(wrong.is(SIGN_IN_FAILED) && unknown.is(SIGN_IN_FAILED));
    assert_eq!(
        wrong.problem().unwrap().detail,
        unknown.problem().unwrap().detail
    );
}

#[tokio::test]
async fn the_sixth_try_in_a_row_has_to_wait() {
    let app = TestApp::start().await;
    for _ in 0..5 {
        let error = app
            .anonymous()
            .open_session(&with_password("employee", "x"))
            .await
            .unwrap_err();
        assert!(error.is(SIGN_IN_FAILED));
    }
    let error = app
        .anonymous()
        .open_session(&right("employee"))
        .await
        .unwrap_err();
    assert!(error.is(LOCKED_OUT));
}

#[tokio::test]
async fn the_tenth_failure_closes_the_account_and_its_holder_is_told() {
    let app = TestApp::start().await;
    let mails = async |wanted: &str| {
        let count = "SELECT count(*)::text FROM outbox_mails WHERE kind = 'sign-in-closed'";
        for _ in 0..100 {
            if app.database.text(count).await == wanted {
                return true;
            }
            tokio::task::yield_now().await;
        }
        false
    };
    for _ in 0..10 {
        let error = app
            .anonymous()
            .open_session(&with_password("employee", "x"))
            .await
            .unwrap_err();
        assert!(error.is(SIGN_IN_FAILED));
        app.state.clock.advance_sessions(Duration::seconds(61));
    }
    let closed = app.anonymous().open_session(&right("employee")).await;
    assert!(closed.unwrap_err().is(LOCKED_OUT));
    assert!(mails("1").await);
    app.state.clock.advance_sessions(Duration::minutes(30));
    assert!(
        app.anonymous()
            .open_session(&right("employee"))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn the_refresh_cookie_is_bound_to_the_origin_and_out_of_reach_of_scripts() {
    let app = TestApp::start().await;
    let (header, _) = cookie_of(&app.anonymous(), &right("employee")).await;
    for part in ["__Host-", "HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
        assert!(header.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_replaced_refresh_token_used_again_ends_the_session() {
    let app = TestApp::start().await;
    let (_, first) = cookie_of(&app.anonymous(), &right("employee")).await;
    let first = app.anonymous().with_refresh_cookie(&first);
    let signed_in = first.refresh_session().await.unwrap();
    app.state.clock.advance_sessions(Duration::seconds(11));
    assert!(
        first
            .refresh_session()
            .await
            .unwrap_err()
            .is(UNAUTHENTICATED)
    );
    let session = app
        .anonymous()
        .with_token(&signed_in.access_token)
        .get_session()
        .await;
    assert!(session.unwrap_err().is(UNAUTHENTICATED));
}

/// Refreshes with a token; gives back the token that replaces it, if the answer carries one.
async fn successor(app: &TestApp, token: &str) -> Option<String> {
    let client = app.anonymous().with_refresh_cookie(token);
    let request = client
        .request(Method::POST, "/api/v1/auth/refresh")
        .unwrap();
    let response = client.send(request).await.unwrap();
    let cookie = response.headers().get("set-cookie")?.to_str().unwrap();
    cookie.split(['=', ';']).nth(1).map(str::to_owned)
}

#[tokio::test]
async fn a_refresh_whose_answer_was_lost_is_answered_again_until_the_successor_is_used() {
    let app = TestApp::start().await;
    let (_, first) = cookie_of(&app.anonymous(), &right("employee")).await;
    let lost = successor(&app, &first).await.unwrap();
    assert_eq!(successor(&app, &first).await.as_ref(), Some(&lost));
    app.state.clock.advance_sessions(Duration::minutes(5));
    assert!(successor(&app, &lost).await.is_some());

    let (_, first) = cookie_of(&app.anonymous(), &right("employee")).await;
    let second = successor(&app, &first).await.unwrap();
    successor(&app, &second).await.unwrap();
    assert_eq!(successor(&app, &first).await, None);
}

#[tokio::test]
async fn who_was_given_a_successor_again_and_uses_it_beside_its_holder_ends_the_session() {
    let app = TestApp::start().await;
    let (_, first) = cookie_of(&app.anonymous(), &right("employee")).await;
    let held = successor(&app, &first).await.unwrap();
    let stolen = successor(&app, &first).await.unwrap();
    let next = successor(&app, &held).await.unwrap();
    app.state.clock.advance_sessions(Duration::seconds(11));
    for token in [stolen, next] {
        let client = app.anonymous().with_refresh_cookie(&token);
        let refused = client.refresh_session().await.unwrap_err();
        assert!(refused.is(UNAUTHENTICATED));
    }
}

#[tokio::test]
async fn two_tabs_that_refresh_at_once_both_stay_signed_in() {
    let app = TestApp::start().await;
    let (_, token) = cookie_of(&app.anonymous(), &right("employee")).await;
    let tab = app.anonymous().with_refresh_cookie(&token);
    let (one, two) = tokio::join!(tab.refresh_session(), tab.refresh_session());
    assert!(one.is_ok() && two.is_ok());
}

#[tokio::test]
async fn a_session_ends_after_fifteen_idle_minutes_and_not_before() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    app.state.clock.advance_sessions(Duration::minutes(14));
    // The access token is over; the session is not.
    let again = app
        .anonymous()
        .with_token(&employee.refresh_session().await.unwrap().access_token);
    assert!(again.get_session().await.is_ok());
    app.state.clock.advance_sessions(Duration::minutes(15));
    assert!(
        employee
            .refresh_session()
            .await
            .unwrap_err()
            .is(UNAUTHENTICATED)
    );
}

#[tokio::test]
async fn signing_out_acts_on_the_next_request() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    employee.close_session().await.unwrap();
    assert!(
        employee
            .get_my_profile()
            .await
            .unwrap_err()
            .is(UNAUTHENTICATED)
    );
}

#[tokio::test]
async fn a_session_can_be_ended_from_another_device() {
    let app = TestApp::start().await;
    let (phone, laptop) = (app.employee().await, app.employee().await);
    let devices = laptop.list_sessions().await.unwrap();
    let other = devices.iter().find(|device| !device.current).unwrap();
    laptop.end_session(other.id).await.unwrap();
    assert!(phone.get_session().await.unwrap_err().is(UNAUTHENTICATED));
    assert!(laptop.get_session().await.is_ok());
}

#[tokio::test]
async fn the_sixth_session_ends_the_oldest() {
    let app = TestApp::start().await;
    let first = app.employee().await;
    for _ in 0..5 {
        app.employee().await;
    }
    assert!(first.get_session().await.unwrap_err().is(UNAUTHENTICATED));
}

#[tokio::test]
async fn a_stale_version_of_the_settings_is_refused() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let version = employee.get_session().await.unwrap().version;
    let spanish = ChangeSettings {
        language: Some("es".to_owned()),
    };
    assert_eq!(
        employee
            .change_settings(version, &spanish)
            .await
            .unwrap()
            .value
            .language,
        "es"
    );
    assert!(
        employee
            .change_settings(version, &spanish)
            .await
            .unwrap_err()
            .is(VERSION_CONFLICT)
    );
}

#[tokio::test]
async fn a_change_sent_by_another_site_is_refused() {
    let app = TestApp::start().await;
    let url = format!("{}/api/v1/auth/sessions", app.url);
    let request = reqwest::Client::new()
        .post(url)
        .header("sec-fetch-site", "cross-site")
        .json(&right("employee"));
    let error: Result<_, Error> = app.anonymous().send(request).await;
    assert!(error.unwrap_err().is(FORBIDDEN));
}

#[tokio::test]
async fn an_employee_reads_the_own_profile_and_who_opened_the_record() {
    let app = TestApp::start().await;
    let (employee, clinician) = (app.employee().await, app.clinician().await);
    let profile = employee.get_my_profile().await.unwrap().value;
    assert_eq!(profile.name, "Elena Castillo");
    clinician.get_person(profile.id).await.unwrap();
    let ledger = employee
        .list_my_access_ledger(&Default::default())
        .await
        .unwrap();
    let opened = ledger.items.iter().find(|entry| !entry.own).unwrap();
    assert_eq!(
        (opened.by.as_deref(), opened.capacity.as_str()),
        (Some("J. Lee, RN"), "clinic")
    );
}

#[tokio::test]
async fn a_supervisor_and_a_proxy_who_opened_the_record_are_named() {
    let app = TestApp::start().await;
    let person = TestApp::worker(5);
    make_proxy(&app, person, "NULL").await;
    let proxy = app.employee().await.acting_for(person);
    proxy.get_my_profile().await.unwrap();
    let supervisor = app.supervisor().await;
    let team = TeamPeopleQuery::default();
    supervisor.list_team_people(&team).await.unwrap();
    let ledger = proxy.list_my_access_ledger(&Default::default()).await;
    let lines = ledger.unwrap().items;
    let capacity = |name: &str| {
        let mut named = lines.iter().filter(|line| line.by.as_deref() == Some(name));
        named.next().map(|line| line.capacity.clone())
    };
    assert_eq!(capacity("Marcus Holloway").as_deref(), Some("supervisor"));
    assert!(
        lines
            .iter()
            .any(|line| line.own && line.capacity == "proxy")
    );
}

#[tokio::test]
async fn a_supervisor_has_no_door_to_the_clinic() {
    let app = TestApp::start().await;
    let error = app
        .supervisor()
        .await
        .get_person(TestApp::worker(4))
        .await
        .unwrap_err();
    assert!(error.is(FORBIDDEN));
}

/// A server with the rates people meet, which tests otherwise have out of their way.
async fn with_usual_rates() -> TestApp {
    TestApp::start_with(|settings| settings.rates = RateSettings::default()).await
}

#[tokio::test]
async fn the_thirty_first_sign_in_of_a_minute_from_one_address_is_refused_and_told_when_to_come_back()
 {
    let app = with_usual_rates().await;
    for _ in 0..30 {
        app.anonymous()
            .open_session(&right("employee"))
            .await
            .unwrap();
    }
    let client = app.anonymous();
    let request = client
        .request(Method::POST, "/api/v1/auth/sessions")
        .unwrap();
    let response = request.json(&right("employee")).send().await.unwrap();
    assert_eq!(response.status(), 429);
    let header = |name: &str| response.headers()[name].to_str().unwrap();
    assert_eq!(header("ratelimit-policy"), "\"sign-in\";q=30;w=60");
    assert!(header("ratelimit").starts_with("\"sign-in\";r=0;t="));
    assert!((1..=60).contains(&header("retry-after").parse::<u32>().unwrap()));
    app.state.clock.advance_sessions(Duration::minutes(1));
    assert!(
        app.anonymous()
            .open_session(&right("employee"))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_restart_does_not_forget_how_often_an_address_signed_in() {
    let app = with_usual_rates().await;
    for _ in 0..30 {
        app.anonymous()
            .open_session(&right("employee"))
            .await
            .unwrap();
    }
    let restarted = Client::new(&app.restarted().await).unwrap();
    let error = restarted
        .open_session(&right("employee"))
        .await
        .unwrap_err();
    assert!(error.is(RATE_LIMITED));
}

#[tokio::test]
async fn who_is_not_signed_in_may_ask_sixty_times_a_minute_and_an_account_oftener() {
    let app = with_usual_rates().await;
    let (anonymous, employee) = (app.anonymous(), app.employee().await);
    let mut answered = 0;
    // One comes back each second while the test asks.
    while answered < 200 {
        match anonymous.get_public_portal("northwind").await {
            Ok(_) => answered += 1,
            Err(error) => {
                assert!(error.is(RATE_LIMITED));
                break;
            }
        }
    }
    assert!((60..200).contains(&answered), "{answered}");
    for _ in 0..100 {
        employee.get_session().await.unwrap();
    }
    let request = employee
        .request(Method::GET, "/api/v1/auth/session")
        .unwrap();
    let response = employee.send(request).await.unwrap();
    assert_eq!(
        response.headers()["ratelimit-policy"],
        "\"account\";q=300;w=60"
    );
}

#[tokio::test]
async fn an_account_that_asks_too_often_is_told_to_wait() {
    let app = TestApp::start_with(|settings| settings.rates.requests_per_minute = 5).await;
    let (employee, other) = (app.employee().await, app.employee2().await);
    for _ in 0..5 {
        employee.get_session().await.unwrap();
    }
    assert!(employee.get_session().await.unwrap_err().is(RATE_LIMITED));
    assert!(other.get_session().await.is_ok());
}

/// Lets `employee@` act for a person.
async fn make_proxy(app: &TestApp, person: PersonId, ends_at: &str) {
    let account = app.employee().await.get_session().await.unwrap().account_id;
    app.database
        .execute(&format!(
            "INSERT INTO relationships (id, provider_org_id, account_id, person_id, kind, source, starts_at, ends_at, created_at) \
             SELECT gen_random_uuid(), provider_org_id, '{account}', id, 'proxy', 'manual', '2020-01-01', {ends_at}, '2020-01-01' \
             FROM persons WHERE id = '{person}'"
        ))
        .await;
}

#[tokio::test]
async fn a_proxy_reads_the_record_of_the_person_it_acts_for_and_the_trail_says_so() {
    let app = TestApp::start().await;
    let person = TestApp::worker(5);
    make_proxy(&app, person, "NULL").await;
    let proxy = app.employee().await.acting_for(person);
    assert_eq!(proxy.get_my_profile().await.unwrap().value.id, person);
    let own = app.employee().await.get_my_profile().await.unwrap();
    assert_eq!(own.value.id, TestApp::worker(4));
    let trail = format!(
        "SELECT count(*)::text FROM audit_events WHERE person_id = '{person}' AND on_behalf_of = '{person}' \
         AND operation = 'get_my_profile' AND outcome = 'allowed'"
    );
    assert_eq!(app.database.text(&trail).await, "1");
}

#[tokio::test]
async fn without_a_live_right_to_act_for_somebody_nothing_is_there() {
    let app = TestApp::start().await;
    let ended = TestApp::worker(7);
    make_proxy(&app, ended, "'2021-01-01'").await;
    let employee = app.employee().await;
    for person in [TestApp::worker(6), ended, PersonId(uuid::Uuid::now_v7())] {
        let error = employee.acting_for(person).get_my_profile().await;
        assert!(error.unwrap_err().is(NOT_FOUND));
    }
    let request = employee.request(Method::GET, "/api/v1/me/profile").unwrap();
    let response = request.header("salus-for", "nobody").send().await.unwrap();
    assert_eq!(response.status(), 404);
    let denied = "SELECT count(*)::text FROM audit_events WHERE operation = 'get_my_profile' AND outcome = 'denied'";
    assert_eq!(app.database.text(denied).await, "3");
}

#[tokio::test]
async fn naming_oneself_is_as_naming_nobody() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let own = employee.acting_for(TestApp::worker(4));
    assert_eq!(
        own.get_my_profile().await.unwrap().value.id,
        TestApp::worker(4)
    );
}

#[tokio::test]
async fn nobody_stands_in_for_a_supervisor_without_a_delegation() {
    let app = TestApp::start().await;
    let other = app.supervisor2().await.get_session().await.unwrap();
    let supervisor = app.supervisor().await;
    let error = supervisor
        .acting_for(other.account_id)
        .get_team_portal()
        .await;
    assert!(error.unwrap_err().is(NOT_FOUND));
    let own = supervisor.get_session().await.unwrap();
    assert!(
        supervisor
            .acting_for(own.account_id)
            .get_team_portal()
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_query_of_more_than_8_kib_is_not_read() {
    let app = TestApp::start().await;
    let client = app.anonymous();
    let path = |length: usize| format!("/api/v1/public/portals/northwind?x={}", "a".repeat(length));
    let status = async |length: usize| {
        let request = client.request(Method::GET, &path(length)).unwrap();
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(status(8 * 1024 - 2).await, 200);
    assert_eq!(status(8 * 1024 - 1).await, 400);
}

#[tokio::test]
async fn a_body_of_more_than_256_kib_is_not_read() {
    let app = TestApp::start().await;
    let error = app
        .anonymous()
        .open_session(&with_password("employee", &"x".repeat(256 * 1024)))
        .await
        .unwrap_err();
    assert!(error.is(PAYLOAD_TOO_LARGE));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_who_bring_one_refresh_token_at_once_one_replaces_it_and_all_stay_signed_in() {
    let app = with_usual_pool().await;
    let (_, token) = cookie_of(&app.anonymous(), &right("employee")).await;
    let tab = app.anonymous().with_refresh_cookie(&token);
    let answers = join_all((0..64).map(|_| tab.refresh_session())).await;
    for answer in &answers {
        assert!(answer.is_ok(), "{answer:?}");
    }
    let tokens = app
        .database
        .text(
            "SELECT count(*) || ' of which ' || count(rotated_at) FROM refresh_tokens WHERE session_id = \
             (SELECT session_id FROM refresh_tokens ORDER BY created_at DESC LIMIT 1)",
        )
        .await;
    assert_eq!(tokens, "2 of which 1");
}

/// A server with the connections it has by default.
async fn with_usual_pool() -> TestApp {
    let usual = Settings::default().database_pool;
    TestApp::start_with(|settings| settings.database_pool = usual).await
}
