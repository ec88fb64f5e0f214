//! Portals: the addresses that lead in, the looks, the choice among several.
#![cfg(test)]

#[path = "portals/making.rs"]
mod making;
#[path = "portals/modules.rs"]
mod modules;
#[path = "portals/options.rs"]
mod options;
#[path = "portals/planned.rs"]
mod planned;

use reqwest::redirect::Policy;
use salus_client::{Client, Error, new_key};
use salus_test_support::TestApp;
use salus_types::ids::PortalId;
use salus_types::portals::{ChoosePortal, DraftModule, PortalDraft, PublishPortal, ReplaceModules};
use salus_types::problem::{DEPENDENCY_UNMET, FORBIDDEN, INVALID, NOT_FOUND, VERSION_CONFLICT};
use serde_json::{Value, json};

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

/// Signs somebody in who came by the address of a portal.
async fn came_by(app: &TestApp, name: &str, portal: &str) -> Client {
    let command = salus_types::accounts::OpenSession {
        email: Some(format!("{name}@sandbox.example")),
        user_name: None,
        password: salus_api::sandbox::PASSWORD.to_owned(),
        portal: Some(portal.to_owned()),
    };
    let signed_in = app.anonymous().open_session(&command).await.unwrap();
    app.anonymous().with_token(&signed_in.access_token)
}

#[tokio::test]
async fn an_address_that_names_one_of_several_portals_is_the_choice() {
    let app = TestApp::start().await;
    employ_twice(&app).await;
    let client = came_by(&app, "employee", "lakeside").await;
    let portal = client.get_my_portal().await.unwrap();
    assert!(portal.chosen && portal.appearance.slug == "lakeside");
}

#[tokio::test]
async fn a_supervisor_of_people_of_two_employers_has_nothing_to_choose_and_gets_the_one_they_came_by()
 {
    let app = TestApp::start().await;
    employ_twice(&app).await;
    let portal = app.supervisor().await.get_team_portal().await.unwrap();
    assert!(portal.chosen && portal.choices.is_empty());
    assert_eq!(portal.appearance.slug, "northwind-team");
    for (address, wanted) in [
        ("lakeside-team", "lakeside-team"),
        ("northwind-team", "northwind-team"),
        ("elsewhere", "northwind-team"),
    ] {
        let client = came_by(&app, "supervisor", address).await;
        let portal = client.get_team_portal().await.unwrap();
        assert!(portal.chosen && portal.choices.is_empty());
        assert_eq!(portal.appearance.slug, wanted, "{address}");
    }
}

async fn portal(admin: &Client, slug: &str) -> PortalId {
    let portals = admin.list_portals().await.expect("portals");
    let found = portals.iter().find(|portal| portal.slug == slug);
    found.expect("the portal").id
}

async fn draft(admin: &Client, id: PortalId) -> PortalDraft {
    admin.get_portal_draft(id).await.expect("a draft").value
}

/// The modules of a draft with options of the first one of a key set otherwise.
fn with(draft: &PortalDraft, key: &str, options: Value) -> ReplaceModules {
    let mut modules: Vec<DraftModule> = draft.modules.clone();
    let one = modules.iter_mut().find(|module| module.key == key).unwrap();
    for (name, value) in options.as_object().unwrap() {
        if value.is_null() {
            one.settings.remove(name);
        } else {
            one.settings.insert(name.clone(), value.clone());
        }
    }
    ReplaceModules {
        modules,
        columns: None,
    }
}

async fn set(admin: &Client, id: PortalId, options: Value) -> Result<PortalDraft, Error> {
    let before = draft(admin, id).await;
    let command = with(&before, "appointments", options);
    let saved = admin.replace_draft_modules(id, before.version, &command);
    Ok(saved.await?.value)
}

fn option(draft: &PortalDraft, name: &str) -> Option<Value> {
    let module = draft.modules.iter().find(|one| one.key == "appointments");
    module.unwrap().settings.get(name).cloned()
}

fn pointers(error: &Error) -> Vec<&str> {
    let problem = error.problem().expect("a problem");
    let at = problem.errors.iter().map(|one| one.pointer.as_str());
    at.collect()
}

async fn publish(admin: &Client, id: PortalId, version: Option<i32>) -> Result<i32, Error> {
    let command = PublishPortal {
        draft_version: draft(admin, id).await.version,
        version,
        note: "For the autumn.".to_owned(),
        publish_at: None,
    };
    let published = admin.publish_portal(id, &new_key(), &command).await?;
    Ok(published.value.published_version)
}

#[tokio::test]
async fn people_see_options_once_they_are_published_and_an_earlier_version_can_come_back() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let id = portal(&admin, "northwind").await;
    let out = async || {
        let offered = employee.list_my_appointment_types().await;
        offered.expect("kinds of visits").rules.days_out
    };
    assert_eq!((out().await, draft(&admin, id).await.version), (60, 0));
    let saved = set(&admin, id, json!({ "days_out": 14 }))
        .await
        .expect("saved");
    assert!(saved.changed);
    assert_eq!((saved.published_version, out().await), (1, 60));
    assert_eq!(publish(&admin, id, None).await.expect("published"), 2);
    assert_eq!(out().await, 14);
    assert!(!draft(&admin, id).await.changed);
    assert_eq!(publish(&admin, id, Some(1)).await.expect("published"), 3);
    assert_eq!(out().await, 60);
    let versions = admin
        .list_portal_versions(id)
        .await
        .expect("versions")
        .items;
    let told: Vec<_> = versions
        .iter()
        .map(|one| (one.number, one.published))
        .collect();
    assert_eq!(told, [(3, true), (2, false), (1, false)]);
    assert_eq!(versions[0].note, "For the autumn.");
    assert!(versions[0].published_by.is_some());
}

#[tokio::test]
async fn the_past_due_warning_can_be_written_only_while_it_is_shown_and_comes_back() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    let words = json!({ "en": "Please call us." });
    set(&admin, id, json!({ "past_due_warning": words }))
        .await
        .expect("saved");
    let both = json!({ "allow_past_due": true, "past_due_warning": words });
    let refused = set(&admin, id, both).await.expect_err("no such words now");
    assert!(refused.is(DEPENDENCY_UNMET), "{refused:?}");
    let place = draft(&admin, id).await;
    let place = place
        .modules
        .iter()
        .position(|one| one.key == "appointments");
    let at = format!("/modules/{}/settings/past_due_warning", place.unwrap());
    assert_eq!(pointers(&refused), [at.as_str()]);
    let on = json!({ "allow_past_due": true, "past_due_warning": null });
    let on = set(&admin, id, on).await.expect("saved");
    assert_eq!(option(&on, "past_due_warning"), None);
    publish(&admin, id, None).await.expect("published");
    let off = json!({ "allow_past_due": false });
    let off = set(&admin, id, off).await.expect("saved");
    assert_eq!(option(&off, "past_due_warning"), Some(words));
}

#[tokio::test]
async fn what_is_wrong_with_an_option_is_named_and_nothing_is_kept() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    for (options, last) in [
        (json!({ "days_out": 366 }), "days_out"),
        (json!({ "hold_minutes": "soon" }), "hold_minutes"),
        (json!({ "colour": "red" }), "colour"),
        (
            json!({ "days_out": 5, "days_before_showing": 6 }),
            "days_before_showing",
        ),
    ] {
        let refused = set(&admin, id, options).await.expect_err(last);
        assert!(refused.is(INVALID), "{refused:?}");
        let pointers = pointers(&refused);
        assert!(
            pointers.len() == 1 && pointers[0].ends_with(last),
            "{pointers:?}"
        );
    }
    assert_eq!(draft(&admin, id).await.version, 0);
}

#[tokio::test]
async fn of_two_who_change_a_draft_the_second_reads_it_again_first() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    let seen = draft(&admin, id).await;
    set(&admin, id, json!({ "days_out": 14 }))
        .await
        .expect("saved");
    let command = with(&seen, "appointments", json!({ "days_out": 21 }));
    let late = admin
        .replace_draft_modules(id, seen.version, &command)
        .await;
    assert!(late.expect_err("stale").is(VERSION_CONFLICT));
    let late = PublishPortal {
        draft_version: seen.version,
        version: None,
        note: String::new(),
        publish_at: None,
    };
    let late = admin.publish_portal(id, &new_key(), &late).await;
    assert!(late.expect_err("stale").is(VERSION_CONFLICT));
    let now = draft(&admin, id).await;
    let gone = admin.discard_portal_draft(id, now.version).await;
    let gone = gone.expect("discarded").value;
    assert_eq!(
        (gone.changed, option(&gone, "days_out")),
        (false, Some(json!(60)))
    );
    let late = admin.discard_portal_draft(id, now.version).await;
    assert!(late.expect_err("stale").is(VERSION_CONFLICT));
}

#[tokio::test]
async fn requests_are_published_only_where_the_message_for_them_can_be_sent() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    let off =
        "UPDATE message_types SET sending = false WHERE kind = 'request' AND audience = 'employee'";
    app.database.execute(off).await;
    let saved = set(&admin, id, json!({ "request": true, "days_out": 14 })).await;
    assert_eq!(saved.expect("a draft may").unmet.len(), 1);
    let refused = publish(&admin, id, None)
        .await
        .expect_err("nothing to send");
    assert!(refused.is(DEPENDENCY_UNMET), "{refused:?}");
    set(&admin, id, json!({ "request": false }))
        .await
        .expect("saved");
    publish(&admin, id, None).await.expect("published");
}

#[tokio::test]
async fn only_administrators_of_portals_change_them_and_only_their_organizations() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    let foreign = admin.get_portal_draft(PortalId(TestApp::worker(1).0)).await;
    assert!(foreign.expect_err("no such portal").is(NOT_FOUND));
    let refused = app.clinician().await.get_portal_draft(id).await;
    assert!(refused.expect_err("not theirs").is(FORBIDDEN));
}
