//! Portals: the addresses that lead in, the looks, the choice among several.
#![cfg(test)]

use reqwest::redirect::Policy;
use salus_test_support::TestApp;
use salus_types::portals::ChoosePortal;
use salus_types::problem::INVALID;

async fn leads_to(app: &TestApp, path: &str) -> String {
    let client = reqwest::Client::builder()
        .redirect(Policy::none())
        .build()
        .unwrap();
    let response = client
        .get(format!("{}{path}", app.url))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 302, "{path}");
    response.headers()["location"].to_str().unwrap().to_owned()
}

/// Employs worker 4 of Northwind at Lakeside too.
async fn employ_twice(app: &TestApp) {
    app.database
        .execute(&format!(
            "INSERT INTO employments (id, provider_org_id, employer_id, person_id, kind, status, created_at) \
             SELECT gen_random_uuid(), e.provider_org_id, e.id, '{}', 'contractor', 'active', '2026-01-01' \
             FROM employers e WHERE e.code = 'lakeside'",
            TestApp::worker(4)
        ))
        .await;
}

fn choose(slug: &str) -> ChoosePortal {
    ChoosePortal {
        slug: slug.to_owned(),
    }
}

#[tokio::test]
async fn the_addresses_of_every_portal_lead_into_its_app_and_keep_the_rest_of_the_path() {
    let app = TestApp::start().await;
    for (address, wanted) in [
        ("/p/northwind", "/employee/?portal=northwind"),
        ("/p/lakeside/code", "/employee/code?portal=lakeside"),
        ("/s/northwind-team/", "/supervisor/?portal=northwind-team"),
        (
            "/s/lakeside-team/people?x=1",
            "/supervisor/people?portal=lakeside-team&x=1",
        ),
    ] {
        assert_eq!(leads_to(&app, address).await, wanted);
    }
}

#[tokio::test]
async fn each_portal_shows_its_own_look_before_sign_in() {
    let app = TestApp::start().await;
    let mut colours = Vec::new();
    for slug in ["northwind", "northwind-team", "lakeside", "lakeside-team"] {
        let look = app.anonymous().get_public_portal(slug).await.unwrap();
        assert_eq!(look.slug, slug);
        assert_eq!(look.languages, ["en", "es"]);
        colours.push((look.name, look.brand_color));
    }
    assert!(colours[0].1 != colours[2].1 && colours[0].0 != colours[1].0);
}

#[tokio::test]
async fn a_look_is_left_out_only_for_the_very_version_that_is_known() {
    let app = TestApp::start().await;
    let address = format!("{}/api/v1/public/portals/northwind", app.url);
    let client = reqwest::Client::new();
    let first = client.get(&address).send().await.unwrap();
    let version = first.headers()["etag"].to_str().unwrap().to_owned();
    let with = |known: String| client.get(&address).header("if-none-match", known).send();

    let same = with(version.clone()).await.unwrap();
    assert_eq!(same.status(), 304);
    let other = with(format!("{}-else\"", version.trim_end_matches('"')))
        .await
        .unwrap();
    assert_eq!(other.status(), 200);
    assert!(other.text().await.unwrap().contains("northwind"));
}

#[tokio::test]
async fn an_address_with_u_0000_names_nothing() {
    let app = TestApp::start().await;
    let client = reqwest::Client::new();
    for (path, status) in [
        ("/api/v1/public/portals/north%00wind", 404),
        ("/api/v1/public/images/%00", 404),
        ("/p/%00", 404),
        ("/api/v1/clinic/people?q=%00", 400),
        ("/api/v1/public/portals/northwind?x=%2500", 200),
    ] {
        let response = client
            .get(format!("{}{path}", app.url))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), status, "{path}");
    }
}

#[tokio::test]
async fn who_is_employed_once_has_nothing_to_choose() {
    let app = TestApp::start().await;
    let portal = app.employee().await.get_my_portal().await.unwrap();
    assert_eq!(portal.appearance.slug, "northwind");
    assert!(portal.chosen && portal.choices.is_empty());
}

#[tokio::test]
async fn who_is_employed_twice_chooses_a_portal_for_the_session() {
    let app = TestApp::start().await;
    employ_twice(&app).await;
    let employee = app.employee().await;
    let portal = employee.get_my_portal().await.unwrap();
    assert!(!portal.chosen);
    let mut offered: Vec<_> = portal.choices.iter().map(|one| one.slug.as_str()).collect();
    offered.sort_unstable();
    assert_eq!(offered, ["lakeside", "northwind"]);
    for slug in ["lakeside", "northwind"] {
        let chosen = employee.choose_my_portal(&choose(slug)).await.unwrap();
        assert!(chosen.chosen && chosen.appearance.slug == slug);
        let again = employee.get_my_portal().await.unwrap();
        assert!(again.chosen && again.appearance.slug == slug);
    }
    let other_session = app.employee().await.get_my_portal().await.unwrap();
    assert!(!other_session.chosen);
}

#[tokio::test]
async fn a_portal_of_somebody_else_cannot_be_chosen() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    for slug in ["lakeside", "northwind-team", "nowhere"] {
        let error = employee.choose_my_portal(&choose(slug)).await.unwrap_err();
        assert!(error.is(INVALID));
    }
}

#[tokio::test]
async fn an_address_that_names_one_of_several_portals_is_the_choice() {
    let app = TestApp::start().await;
    employ_twice(&app).await;
    let command = salus_types::accounts::OpenSession {
        email: Some("employee@sandbox.example".to_owned()),
        user_name: None,
        password: salus_api::sandbox::PASSWORD.to_owned(),
        portal: Some("lakeside".to_owned()),
    };
    let signed_in = app.anonymous().open_session(&command).await.unwrap();
    let client = app.anonymous().with_token(&signed_in.access_token);
    let portal = client.get_my_portal().await.unwrap();
    assert!(portal.chosen && portal.appearance.slug == "lakeside");
}
