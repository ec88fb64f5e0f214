//! Asking the clinic for a visit with somebody by name.

use super::requests::asking;
use super::team::{elena, set_option};
use super::*;
use salus_types::ids::ResourceId;
use salus_types::problem::INVALID;

/// Whom one can ask for, for a fit test.
async fn offered(client: &Client) -> Vec<OfferedProvider> {
    let kinds = client.list_my_appointment_types().await.expect("kinds");
    let fit = kinds.items.into_iter().find(|kind| kind.id == FIT);
    fit.expect("the fit test").providers
}

fn with(provider: Option<ResourceId>) -> RequestAppointment {
    RequestAppointment {
        resource_id: provider,
        ..asking()
    }
}

/// With whom the newest request is, as the clinic reads it.
async fn wanted(app: &TestApp) -> Option<String> {
    let clinic = app.scheduler().await;
    let list = clinic.list_appointment_requests(&RequestsQuery::default());
    let newest = list.await.expect("requests").items.pop();
    newest
        .expect("a request")
        .resource
        .map(|resource| resource.name)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_asks_for_a_provider_by_name_and_the_clinic_reads_it() {
    let app = start().await;
    let employee = app.employee().await;
    let providers = offered(&employee).await;
    let names: Vec<_> = providers.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["J. Lee, RN"]);
    let asked = with(Some(providers[0].id));
    let sent = employee.request_my_appointment(&new_key(), &asked).await;
    let sent = sent.expect("a request").value;
    assert_eq!(sent.resource.expect("somebody").name, "J. Lee, RN");
    assert_eq!(wanted(&app).await.as_deref(), Some("J. Lee, RN"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_cannot_be_asked_for() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let resources = clinic.list_resources(&SetupQuery::default()).await;
    let mut resources = resources.expect("resources").items.into_iter();
    let room = resources.find(|one| one.kind == ResourceKind::Room);
    let asked = with(room.map(|room| room.id));
    let employee = app.employee().await;
    let refused = employee.request_my_appointment(&new_key(), &asked).await;
    let refused = refused.expect_err("a room");
    assert!(refused.is(INVALID), "{}", slug(&refused));
    let problem = refused.problem().expect("a problem");
    assert_eq!(problem.errors[0].pointer, "/resource_id");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_clinic_chooses_nobody_is_named_and_a_name_is_passed_over() {
    let app = start().await;
    let employee = app.employee().await;
    let provider = offered(&employee).await[0].id;
    set_option(
        &app,
        "northwind",
        "appointments",
        "force_any_provider",
        "true",
    )
    .await;
    assert_eq!(offered(&employee).await, []);
    let asked = with(Some(provider));
    let sent = employee.request_my_appointment(&new_key(), &asked).await;
    assert_eq!(sent.expect("a request").value.resource, None);
    assert_eq!(wanted(&app).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_asks_for_a_provider_by_name() {
    let app = start().await;
    let supervisor = app.supervisor().await;
    let module = "supervisor_scheduling";
    set_option(&app, "northwind-team", module, "mode", "\"request\"").await;
    let kinds = supervisor.list_report_appointment_types(elena()).await;
    let mut kinds = kinds.expect("kinds").items.into_iter();
    let fit = kinds.find(|kind| kind.id == FIT).expect("the fit test");
    let asked = RequestForReport {
        appointment_type_id: FIT,
        location_id: None,
        resource_id: Some(fit.providers[0].id),
        modality: Modality::InPerson,
        region: None,
        preferences: Vec::new(),
        comment: None,
    };
    supervisor
        .request_for_report(elena(), &new_key(), &asked)
        .await
        .expect("a request");
    assert_eq!(wanted(&app).await.as_deref(), Some("J. Lee, RN"));
}
