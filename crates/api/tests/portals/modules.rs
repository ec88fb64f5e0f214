//! Which modules a portal shows, in which order, and how they stand.

use super::*;
use salus_types::problem::LINK_NOT_ALLOWED;

/// Changes the modules of a draft, and the columns where some are named.
async fn lay_out(
    admin: &Client,
    id: PortalId,
    columns: Option<u8>,
    change: impl Fn(&mut Vec<DraftModule>),
) -> Result<PortalDraft, Error> {
    let before = draft(admin, id).await;
    let mut modules = before.modules.clone();
    change(&mut modules);
    let command = ReplaceModules { modules, columns };
    let saved = admin.replace_draft_modules(id, before.version, &command);
    Ok(saved.await?.value)
}

fn one<'a>(modules: &'a mut [DraftModule], key: &str) -> &'a mut DraftModule {
    let found = modules.iter_mut().find(|module| module.key == key);
    found.expect("the module")
}

/// What the people of a portal are offered.
async fn offered(employee: &Client) -> Vec<String> {
    let portal = employee.get_my_portal().await.expect("a portal");
    portal.modules.into_iter().map(|one| one.key).collect()
}

#[tokio::test]
async fn a_module_that_is_switched_off_is_offered_to_nobody_and_keeps_its_options() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let id = portal(&admin, "northwind").await;
    let out = async || {
        let kinds = employee.list_my_appointment_types().await;
        kinds.expect("kinds of visits").rules.days_out
    };
    set(&admin, id, json!({ "days_out": 14 }))
        .await
        .expect("saved");
    let switch = async |off: bool| {
        let saved = lay_out(&admin, id, None, |modules| {
            one(modules, "appointments").off = off;
        });
        let saved = saved.await.expect("saved");
        publish(&admin, id, None).await.expect("published");
        saved
    };
    let saved = switch(true).await;
    assert_eq!(option(&saved, "days_out"), Some(json!(14)));
    assert_eq!(offered(&employee).await, ["work_status", "send_message"]);
    assert_ne!(out().await, 14);
    switch(false).await;
    assert_eq!(
        offered(&employee).await,
        ["appointments", "work_status", "send_message"]
    );
    assert_eq!(out().await, 14);
}

#[tokio::test]
async fn people_meet_the_modules_in_the_order_of_the_portal() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let id = portal(&admin, "northwind").await;
    let saved = lay_out(&admin, id, None, |modules| {
        one(modules, "medical_information").off = false;
        modules.reverse();
    });
    let saved = saved.await.expect("saved");
    let told: Vec<&str> = saved
        .changes
        .iter()
        .map(|change| change.pointer.as_str())
        .collect();
    assert_eq!(told, ["/module_order", "/modules/medical_information/on"]);
    publish(&admin, id, None).await.expect("published");
    assert_eq!(
        offered(&employee).await,
        [
            "medical_information",
            "send_message",
            "work_status",
            "appointments"
        ]
    );
}

#[tokio::test]
async fn a_module_that_is_left_out_is_off_and_all_there_are_can_be_chosen() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let id = portal(&admin, "northwind").await;
    let saved = lay_out(&admin, id, None, |modules| modules.truncate(1));
    let saved = saved.await.expect("saved");
    let on: Vec<bool> = saved.modules.iter().map(|module| !module.off).collect();
    assert_eq!((on.len(), on.iter().filter(|on| **on).count()), (10, 1));
    publish(&admin, id, None).await.expect("published");
    assert_eq!(offered(&employee).await, ["appointments"]);
    let unknown = lay_out(&admin, id, None, |modules| {
        modules[1].key = "questionnaires".to_owned();
    });
    let unknown = unknown.await.expect_err("no such module");
    assert!(unknown.is(INVALID), "{unknown:?}");
    assert_eq!(pointers(&unknown), ["/modules/1/key"]);
}

#[tokio::test]
async fn a_portal_says_how_many_modules_stand_side_by_side() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let id = portal(&admin, "northwind").await;
    assert_eq!(draft(&admin, id).await.columns, 3);
    for columns in [0, 5] {
        let refused = lay_out(&admin, id, Some(columns), |_| ()).await;
        let refused = refused.expect_err("too few or too many");
        assert!(refused.is(INVALID), "{refused:?}");
        assert_eq!(pointers(&refused), ["/columns"]);
    }
    let four = lay_out(&admin, id, Some(4), |_| ()).await.expect("saved");
    assert_eq!((four.columns, four.changed), (4, true));
    let options = set(&admin, id, json!({ "days_out": 14 })).await;
    assert_eq!(options.expect("saved").columns, 4);
    publish(&admin, id, None).await.expect("published");
    let mine = employee.get_my_portal().await.expect("a portal");
    assert_eq!(mine.columns, 4);
    let three = lay_out(&admin, id, Some(3), |_| ()).await.expect("saved");
    assert_eq!((three.columns, three.changed), (3, true));
    let four = lay_out(&admin, id, Some(4), |_| ()).await.expect("saved");
    assert!(!four.changed);
    let team = app.supervisor().await.get_team_portal().await;
    assert_eq!(team.expect("a portal").columns, 2);
}

#[tokio::test]
async fn a_draft_that_was_stored_before_there_were_columns_is_read() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = portal(&admin, "northwind").await;
    set(&admin, id, json!({ "days_out": 14 }))
        .await
        .expect("saved");
    app.database
        .execute("UPDATE portal_drafts SET content = content->'modules' WHERE section = 'modules'")
        .await;
    let read = draft(&admin, id).await;
    assert_eq!(option(&read, "days_out"), Some(json!(14)));
    assert_eq!((read.columns, read.changed), (3, true));
}

#[tokio::test]
async fn a_link_of_a_portal_for_supervisors_leads_where_links_may_lead() {
    let app = TestApp::start().await;
    let (admin, supervisor) = (app.admin().await, app.supervisor().await);
    let id = portal(&admin, "northwind-team").await;
    let link = async |address: &str| {
        lay_out(&admin, id, None, |modules| {
            let link = one(modules, "page_link_1");
            link.off = false;
            link.name = [("en".to_owned(), "Safety".to_owned())].into();
            link.settings.insert("address".to_owned(), json!(address));
        })
        .await
    };
    let missing = link("").await.expect_err("leads nowhere");
    assert!(missing.is(INVALID), "{missing:?}");
    assert!(pointers(&missing)[0].ends_with("/settings/address"));
    let refused = link("javascript:alert(1)").await.expect_err("no address");
    assert!(refused.is(LINK_NOT_ALLOWED), "{refused:?}");
    let address = "https://intranet.example/safety";
    link(address).await.expect("saved");
    publish(&admin, id, None).await.expect("published");
    let team = supervisor.get_team_portal().await.expect("a portal");
    let shown = team.modules.iter().find(|one| one.key == "page_link_1");
    let shown = shown.expect("the link");
    assert_eq!(shown.name.as_deref(), Some("Safety"));
    assert_eq!(shown.settings["address"], address);
}
