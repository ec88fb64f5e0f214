//! New portals: one for each kind of people, at an address of its own, seen once it is published.

use super::*;
use salus_types::ids::EmployerId;
use salus_types::portals::{CreatePortal, PortalSummary};
use salus_types::problem::{PORTAL_EXISTS, SLUG_TAKEN};

async fn employer(admin: &Client, name: &str) -> Option<EmployerId> {
    let found = admin.list_employers().await.expect("employers").items;
    let found = found.into_iter().find(|employer| employer.name == name);
    Some(found.expect("the employer").id)
}

/// A portal of the organization's own.
fn own(audience: &str, slug: &str) -> CreatePortal {
    CreatePortal {
        employer_id: None,
        audience: audience.to_owned(),
        slug: slug.to_owned(),
        copy_of: None,
    }
}

async fn make(admin: &Client, command: &CreatePortal) -> Result<PortalSummary, Error> {
    Ok(admin.create_portal(&new_key(), command).await?.value)
}

/// What a portal that is made or to be made shows, in order.
fn shown(draft: &PortalDraft) -> Vec<&str> {
    let on = draft.modules.iter().filter(|module| !module.off);
    on.map(|module| module.key.as_str()).collect()
}

#[tokio::test]
async fn a_new_portal_is_seen_once_it_is_published_and_has_the_usual_modules() {
    let app = TestApp::start().await;
    let gone = "UPDATE portals SET archived_at = '2026-11-01' WHERE slug = 'northwind'";
    app.database.execute(gone).await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let command = CreatePortal {
        employer_id: employer(&admin, "Northwind").await,
        ..own("employee", " northwind-new ")
    };
    let made = make(&admin, &command).await.expect("made");
    let usual = [
        "appointments",
        "medical_information",
        "injury_report",
        "work_status",
        "send_message",
        "health_resources",
    ];
    assert_eq!(
        (made.slug.as_str(), made.name.as_str(), made.enabled),
        ("northwind-new", "Northwind", false)
    );
    assert_eq!(made.employer.as_deref(), Some("Northwind"));
    assert_eq!(
        (made.published_version, made.changed, &made.modules[..]),
        (None, true, &usual.map(str::to_owned)[..])
    );
    let mine = employee.get_my_portal().await;
    assert!(mine.expect_err("not published").is(NOT_FOUND));
    let look = app.anonymous().get_public_portal("northwind-new").await;
    assert!(look.expect_err("not published").is(NOT_FOUND));
    let begun = draft(&admin, made.id).await;
    assert_eq!((begun.published_version, begun.version), (0, 0));
    assert!(begun.changed && !begun.changes.is_empty());

    let published = publish(&admin, made.id, None).await;
    assert_eq!(published.expect("published"), 1);
    let mine = employee.get_my_portal().await.expect("a portal");
    assert_eq!(mine.appearance.slug, "northwind-new");
    let keys: Vec<&str> = mine.modules.iter().map(|one| one.key.as_str()).collect();
    assert_eq!((keys, mine.columns), (usual.to_vec(), 3));
    let now = admin.get_portal(made.id).await.expect("the portal").value;
    assert_eq!(
        (now.enabled, now.published_version, now.changed),
        (true, Some(1), false)
    );
    assert!(now.changed_at >= made.changed_at);
}

#[tokio::test]
async fn what_a_new_portal_shows_is_changed_before_its_first_publication_and_discarded() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let made = make(&admin, &own("employee", "salus-people")).await;
    let id = made.expect("made").id;
    let saved = set(&admin, id, json!({ "days_out": 14 })).await;
    let saved = saved.expect("saved");
    assert_eq!(option(&saved, "days_out"), Some(json!(14)));
    let gone = admin.discard_portal_draft(id, saved.version).await;
    let gone = gone.expect("discarded").value;
    assert_eq!(option(&gone, "days_out"), Some(json!(60)));
    assert!(gone.changed);
    assert_eq!(publish(&admin, id, None).await.expect("published"), 1);
    assert!(!draft(&admin, id).await.changed);
}

#[tokio::test]
async fn there_is_one_portal_for_the_same_people_and_the_refusal_says_which() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let command = CreatePortal {
        employer_id: employer(&admin, "Northwind").await,
        ..own("employee", "northwind-too")
    };
    let refused = make(&admin, &command).await.expect_err("there is one");
    assert!(refused.is(PORTAL_EXISTS), "{refused:?}");
    let existing = portal(&admin, "northwind").await.to_string();
    let told = &refused.problem().expect("a problem").more["portal_id"];
    assert_eq!(*told, json!(existing));
    make(&admin, &own("employee", "salus-people"))
        .await
        .expect("the organization's own is another one");
    let again = make(&admin, &own("employee", "salus-people-2")).await;
    assert!(again.expect_err("there is one").is(PORTAL_EXISTS));
}

#[tokio::test]
async fn an_address_name_of_another_organization_is_taken_and_nobody_learns_whose_it_is() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for slug in ["elsewhere", "lakeside"] {
        let refused = make(&admin, &own("supervisor", slug)).await;
        let refused = refused.expect_err("taken");
        assert!(refused.is(SLUG_TAKEN), "{refused:?}");
        assert_eq!(pointers(&refused), ["/slug"]);
        assert!(refused.problem().expect("a problem").more.is_empty());
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_new_portal_is_named_and_none_is_made() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let foreign = |what: &str| {
        let query = format!(
            "SELECT id::text FROM {what} WHERE provider_org_id = (SELECT provider_org_id FROM portals WHERE slug = 'elsewhere')"
        );
        let database = &app.database;
        async move { database.text(&query).await }
    };
    let (employer_id, copy_of) = (foreign("employers").await, foreign("portals").await);
    let good = own("supervisor", "salus-team");
    for (command, at) in [
        (own("applicant", "salus-team"), vec!["/audience"]),
        (own("everybody", "x"), vec!["/audience", "/slug"]),
        (own("supervisor", "Salus Team"), vec!["/slug"]),
        (own("supervisor", &"a".repeat(41)), vec!["/slug"]),
        (
            CreatePortal {
                employer_id: employer_id.parse().ok(),
                ..good.clone()
            },
            vec!["/employer_id"],
        ),
        (
            CreatePortal {
                copy_of: copy_of.parse().ok(),
                ..good.clone()
            },
            vec!["/copy_of"],
        ),
    ] {
        let refused = make(&admin, &command).await.expect_err("refused");
        assert!(refused.is(INVALID), "{refused:?}");
        assert_eq!(pointers(&refused), at);
    }
    make(&admin, &good).await.expect("nothing was made before");
}

#[tokio::test]
async fn a_copy_has_the_look_and_the_options_but_not_the_name_and_the_logo_of_another_owner() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let model = portal(&admin, "lakeside").await;
    let copy = |audience: &str, slug: &str| CreatePortal {
        copy_of: Some(model),
        ..own(audience, slug)
    };
    let made = make(&admin, &copy("employee", "salus-people")).await;
    let made = made.expect("made");
    let begun = draft(&admin, made.id).await;
    assert_eq!(
        shown(&begun),
        ["send_message", "appointments", "work_status"]
    );
    let alert = |draft: &PortalDraft| option(draft, "alert_text");
    assert_eq!(alert(&begun), alert(&draft(&admin, model).await));
    publish(&admin, made.id, None).await.expect("published");
    let look = app.anonymous().get_public_portal("salus-people").await;
    let look = look.expect("a look");
    assert_eq!((look.name.as_str(), look.logo_url), ("Salus Sandbox", None));
    assert_eq!(look.brand_color, "#7A3E0F");
    assert_eq!(look.terms["person"].singular, "associate");

    let team = make(&admin, &copy("supervisor", "salus-team")).await;
    let team = team.expect("made");
    assert_eq!(team.brand_color, "#7A3E0F");
    let usual = ["orders", "work_status", "supervisor_scheduling", "support"];
    assert_eq!(shown(&draft(&admin, team.id).await), usual);
}

#[tokio::test]
async fn a_request_that_is_repeated_makes_one_portal() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let (key, command) = (new_key(), own("employee", "salus-people"));
    let first = admin.create_portal(&key, &command).await.expect("made");
    let again = admin.create_portal(&key, &command).await.expect("the same");
    assert_eq!(first.value.id, again.value.id);
}

#[tokio::test]
async fn only_administrators_of_the_organization_make_and_read_portals() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let query = "SELECT id::text FROM portals WHERE slug = 'elsewhere'";
    let foreign = app.database.text(query).await.parse().expect("an id");
    let missing = admin.get_portal(foreign).await;
    assert!(missing.expect_err("not theirs").is(NOT_FOUND));
    let names = admin.list_employers().await.expect("employers").items;
    let names: Vec<&str> = names.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Lakeside", "Northwind"]);
    let clinician = app.clinician().await;
    let refused = make(&clinician, &own("employee", "salus-people")).await;
    assert!(refused.expect_err("not theirs").is(FORBIDDEN));
    let refused = clinician.list_employers().await;
    assert!(refused.expect_err("not theirs").is(FORBIDDEN));
}

/// The administrator, whose grants are for one employer from now on.
async fn limited_admin(app: &TestApp, employer: &str) -> Client {
    let session = app.admin().await.get_session().await.expect("a session");
    let account = session.account_id;
    let limit = format!(
        "UPDATE role_grants g SET employer_ids = ARRAY[e.id] FROM employers e \
         WHERE g.account_id = '{account}' AND e.provider_org_id = g.provider_org_id AND e.code = '{employer}'"
    );
    app.database.execute(&limit).await;
    app.admin().await
}

#[tokio::test]
async fn out_of_a_limited_grants_reach_a_portal_does_not_exist_and_the_own_ones_are_read() {
    let app = TestApp::start().await;
    let all = app.admin().await;
    let (northwind, lakeside) = (
        portal(&all, "northwind").await,
        portal(&all, "lakeside").await,
    );
    let own_one = make(&all, &own("employee", "salus-people")).await;
    let own_one = own_one.expect("made").id;
    let before = draft(&all, northwind).await;

    let admin = limited_admin(&app, "lakeside").await;
    let listed = admin.list_portals().await.expect("portals");
    let mut employers = listed.iter().filter_map(|one| one.employer.as_deref());
    assert!(employers.all(|name| name == "Lakeside"));
    for id in [lakeside, own_one] {
        assert!(listed.iter().any(|one| one.id == id));
        admin.get_portal(id).await.expect("within reach");
        admin.get_portal_draft(id).await.expect("within reach");
    }
    let missing = [
        admin.get_portal(northwind).await.map(drop),
        admin.get_portal_draft(northwind).await.map(drop),
        admin.list_portal_versions(northwind).await.map(drop),
        admin.call_off_publication(northwind).await.map(drop),
        admin
            .replace_draft_modules(
                northwind,
                before.version,
                &with(&before, "appointments", json!({ "days_out": 14 })),
            )
            .await
            .map(drop),
    ];
    for answer in missing {
        assert!(answer.expect_err("out of reach").is(NOT_FOUND));
    }
    // What everybody has is read, and left as it is.
    let everybodys = admin
        .get_portal_draft(own_one)
        .await
        .expect("a draft")
        .value;
    let changed = with(&everybodys, "appointments", json!({ "days_out": 14 }));
    let refused = admin.replace_draft_modules(own_one, everybodys.version, &changed);
    assert!(refused.await.expect_err("everybody's").is(NOT_FOUND));
}

#[tokio::test]
async fn a_limited_grant_makes_no_portal_for_an_employer_out_of_reach_and_copies_none_of_theirs() {
    let app = TestApp::start().await;
    let all = app.admin().await;
    let northwind = employer(&all, "Northwind").await;
    let model = portal(&all, "northwind").await;
    let admin = limited_admin(&app, "lakeside").await;
    let unknown = "01890000-0000-7000-8000-000000000000".parse().ok();
    for employer_id in [northwind, unknown] {
        let command = CreatePortal {
            employer_id,
            ..own("employee", "somebody-elses")
        };
        let refused = make(&admin, &command).await;
        assert!(refused.expect_err("out of reach").is(NOT_FOUND));
    }
    let everybodys = make(&admin, &own("employee", "salus-people")).await;
    assert!(everybodys.expect_err("everybody's").is(NOT_FOUND));
    let copy = CreatePortal {
        copy_of: Some(model),
        employer_id: employer(&all, "Lakeside").await,
        ..own("employee", "lakeside-people")
    };
    let refused = make(&admin, &copy).await.expect_err("out of reach");
    assert!(refused.is(INVALID), "{refused:?}");
    assert_eq!(pointers(&refused), ["/copy_of"]);
}
