//! Signing in, staying signed in, signing out.
#![cfg(test)]

use chrono::Duration;
use reqwest::Method;
use salus_client::{Client, Error};
use salus_test_support::TestApp;
use salus_types::accounts::{ChangeSettings, OpenSession};
use salus_types::problem::{
    FORBIDDEN, LOCKED_OUT, SIGN_IN_FAILED, UNAUTHENTICATED, VERSION_CONFLICT,
};

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
