//! The words, names and options of modules, as people meet them.

use super::*;
use salus_types::problem::{DUPLICATE_NAME, LINK_NOT_ALLOWED};

/// The modules of a draft with one under another name in English.
async fn named(admin: &Client, id: PortalId, key: &str, name: &str) -> Result<PortalDraft, Error> {
    let before = draft(admin, id).await;
    let mut modules = before.modules.clone();
    let one = modules.iter_mut().find(|module| module.key == key).unwrap();
    one.name = [("en".to_owned(), name.to_owned())].into();
    let command = ReplaceModules {
        modules,
        columns: None,
    };
    let saved = admin.replace_draft_modules(id, before.version, &command);
    Ok(saved.await?.value)
}

async fn name_of(employee: &Client, key: &str) -> Option<String> {
    let portal = employee.get_my_portal().await.expect("a portal");
    let module = portal.modules.into_iter().find(|module| module.key == key);
    module.expect("the module").name
}

#[tokio::test]
async fn the_alert_stands_above_the_visits_where_it_says_something_to_the_reader() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let supervisor = app.supervisor().await;
    let id = portal(&admin, "northwind").await;
    let read = async || {
        let mine = employee.list_my_appointment_types().await;
        let theirs = supervisor.list_report_appointment_types(TestApp::worker(4));
        let theirs = theirs.await.expect("kinds of visits");
        let mine = mine.expect("kinds of visits");
        (mine.rules.alert_text, theirs.rules.alert_text)
    };
    for (texts, wanted) in [
        (json!({}), None),
        (json!({ "es": "Cerrado" }), None),
        (
            json!({ "en": " **Closed** on Friday ", "es": "Cerrado" }),
            Some("**Closed** on Friday".to_owned()),
        ),
    ] {
        set(&admin, id, json!({ "alert_text": texts }))
            .await
            .expect("saved");
        publish(&admin, id, None).await.expect("published");
        assert_eq!(read().await, (wanted.clone(), wanted), "{texts}");
    }
}

#[tokio::test]
async fn a_link_that_leads_where_none_may_is_refused_and_nothing_is_kept() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    for words in ["[a](javascript:alert(1))", "see [b](//evil.example)"] {
        let options = json!({ "alert_text": { "en": words } });
        let refused = set(&admin, id, options).await.expect_err("no such link");
        assert!(refused.is(LINK_NOT_ALLOWED), "{refused:?}");
        assert!(pointers(&refused)[0].ends_with("/settings/alert_text/en"));
    }
    assert_eq!(draft(&admin, id).await.version, 0);
    let long = json!({ "alert_text": { "en": "x".repeat(501) } });
    let refused = set(&admin, id, long).await.expect_err("too long");
    assert!(refused.is(INVALID), "{refused:?}");
}

#[tokio::test]
async fn a_module_has_the_portals_own_name_until_it_is_cleared() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let id = portal(&admin, "northwind").await;
    assert_eq!(name_of(&employee, "appointments").await, None);
    let longest = "v".repeat(60);
    named(&admin, id, "appointments", &longest)
        .await
        .expect("saved");
    publish(&admin, id, None).await.expect("published");
    assert_eq!(name_of(&employee, "appointments").await, Some(longest));
    named(&admin, id, "appointments", " ").await.expect("saved");
    publish(&admin, id, None).await.expect("published");
    assert_eq!(name_of(&employee, "appointments").await, None);
    let refused = named(&admin, id, "appointments", &"v".repeat(61)).await;
    let refused = refused.expect_err("too long");
    assert!(refused.is(INVALID), "{refused:?}");
    assert!(pointers(&refused)[0].ends_with("/name/en"));
}

#[tokio::test]
async fn no_two_modules_show_the_same_name() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    let refused = named(&admin, id, "appointments", "send a message").await;
    let refused = refused.expect_err("another module is called so");
    assert!(refused.is(DUPLICATE_NAME), "{refused:?}");
    assert!(pointers(&refused)[0].ends_with("/name/en"));
}

#[tokio::test]
async fn a_day_is_looked_up_in_both_portals_unless_that_is_switched_off() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let supervisor = app.supervisor().await;
    let id = portal(&admin, "northwind").await;
    let search = async || {
        let mine = employee.list_my_appointment_types().await;
        let theirs = supervisor.list_report_appointment_types(TestApp::worker(4));
        let theirs = theirs.await.expect("kinds of visits");
        let mine = mine.expect("kinds of visits");
        (mine.rules.calendar_search, theirs.rules.calendar_search)
    };
    assert_eq!(search().await, (true, true));
    set(&admin, id, json!({ "disable_calendar_search": true }))
        .await
        .expect("saved");
    publish(&admin, id, None).await.expect("published");
    assert_eq!(search().await, (false, false));
}

#[tokio::test]
async fn words_that_were_stored_before_there_were_languages_are_the_portals_own() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let id = portal(&admin, "northwind").await;
    app.database
        .execute(
            "UPDATE portal_versions v SET content = jsonb_set(content, '{modules}', (\
                 SELECT jsonb_agg(CASE WHEN m->>'key' = 'appointments' \
                     THEN jsonb_set(m, '{settings}', coalesce(m->'settings', '{}') || '{\"new_button_text\": \"Make a visit\"}') \
                     ELSE m END) FROM jsonb_array_elements(content->'modules') m)) \
               FROM portals p WHERE p.id = v.portal_id AND p.slug = 'northwind'",
        )
        .await;
    let offered = employee.list_my_appointment_types().await;
    let read = offered.expect("kinds of visits").rules.new_button_text;
    assert_eq!(read.as_deref(), Some("Make a visit"));
    let shown = draft(&admin, id).await;
    let words = Some(json!({ "en": "Make a visit" }));
    assert_eq!(option(&shown, "new_button_text"), words);
    assert!(publish(&admin, id, None).await.is_ok());
}
