//! Providers, rooms and equipment: set up, taken out of use, deleted and restored.

use super::*;
use salus_types::problem::FORBIDDEN;

fn room(home: salus_types::ids::LocationId) -> CreateResource {
    CreateResource {
        kind: ResourceKind::Room,
        account_id: None,
        name: "Exam room 2".to_owned(),
        skills: vec!["spirometry".to_owned(), " audiometry ".to_owned()],
        home_location_id: home,
        join_link: None,
        regions: Vec::new(),
        active: true,
    }
}

async fn all(clinic: &Client, deleted: bool) -> Vec<Resource> {
    let query = SetupQuery {
        deleted: deleted.then_some(true),
        ..SetupQuery::default()
    };
    clinic
        .list_resources(&query)
        .await
        .expect("resources")
        .items
}

async fn nurse(clinic: &Client) -> Resource {
    let found = all(clinic, false).await.into_iter();
    let mut providers = found.filter(|one| one.kind == ResourceKind::Provider);
    providers.next().expect("a provider")
}

/// The codes of what was wrong, with where.
fn told(refused: &Error) -> Vec<(&str, &str)> {
    let problem = refused.problem().expect("a problem");
    let errors = problem.errors.iter();
    errors
        .map(|one| (one.pointer.as_str(), one.code.as_str()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_set_up_and_changed_and_every_save_is_kept() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let home = nurse(&clinic).await.home_location_id;
    let made = clinic.create_resource(&new_key(), &room(home)).await;
    let made = made.expect("a room").value;
    assert_eq!(made.skills, ["audiometry", "spirometry"]);
    let change = ChangeResource {
        name: Some("Exam room 3".to_owned()),
        ..ChangeResource::default()
    };
    let changed = clinic
        .change_resource(made.id, made.version, &change)
        .await
        .expect("changed")
        .value;
    assert_eq!(
        (changed.name.as_str(), changed.skills.len()),
        ("Exam room 3", 2)
    );
    let saves = clinic
        .list_resource_revisions(made.id)
        .await
        .expect("saves");
    let last = &saves.items[0];
    assert_eq!((last.act, last.changes.len()), (RevisionAct::Changed, 1));
    assert_eq!(last.changes[0].field, "name");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_is_one_account_with_a_clinicians_role_and_has_one_calendar() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let known = nurse(&clinic).await;
    let clinicians = clinic.list_clinicians().await.expect("clinicians").items;
    let theirs = clinicians
        .iter()
        .find(|one| one.resource_id == Some(known.id));
    let account = theirs.expect("the nurse is one of them").account_id;
    let new = |kind, account_id| CreateResource {
        kind,
        account_id,
        ..room(known.home_location_id)
    };
    let stranger = salus_types::ids::AccountId(salus_api::sandbox::id(0xffff));
    let cases = [
        (new(ResourceKind::Provider, None), "required"),
        (new(ResourceKind::Provider, Some(account)), "taken"),
        (new(ResourceKind::Provider, Some(stranger)), "unknown"),
        (new(ResourceKind::Room, Some(account)), "unknown"),
    ];
    for (wanted, code) in cases {
        let refused = clinic.create_resource(&new_key(), &wanted).await;
        let refused = refused.expect_err("refused");
        assert_eq!(told(&refused), [("/account_id", code)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resource_with_visits_ahead_is_deleted_when_it_is_confirmed_and_the_visits_stay() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let visit = book(&employee, FIT, &free[0]).await.expect("a booking");
    let provider = nurse(&clinic).await;
    let plain = ConfirmQuery::default();
    let refused = clinic
        .delete_resource(provider.id, provider.version, &plain)
        .await
        .expect_err("a visit lies ahead");
    assert!(refused.is(RESOURCE_HAS_APPOINTMENTS), "{}", slug(&refused));
    let confirmed = ConfirmQuery {
        confirm: Some(true),
    };
    let gone = clinic
        .delete_resource(provider.id, provider.version, &confirmed)
        .await
        .expect("deleted");
    assert_eq!(gone.appointments_ahead, 1);
    let still = employee
        .get_my_appointment(visit.id)
        .await
        .expect("it")
        .value;
    assert_eq!(still.state, State::Booked);
    assert!(slots(&employee, FIT, "2027-03-02", 1).await.is_empty());
    assert_eq!(all(&clinic, true).await.len(), 1);
    let back = clinic
        .restore_resource(provider.id, gone.resource.version)
        .await
        .expect("restored")
        .value;
    assert!(back.deleted_at.is_none());
    assert!(!slots(&employee, FIT, "2027-03-02", 1).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_is_offered_no_time_of_a_resource_that_was_deleted() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let provider = nurse(&clinic).await;
    let later = "UPDATE due_items SET due_on = '2027-03-20', visible_on = '2027-02-01'";
    app.database.execute(later).await;
    let supervisor = app.supervisor().await;
    let query = TeamSlotsQuery {
        appointment_type_id: Some(FIT),
        location: None,
        resource: None,
        modality: None,
        region: None,
        item: None,
        moving: None,
        from: day("2027-03-01"),
        to: day("2027-03-01"),
        limit: Some(200),
        cursor: None,
    };
    let report = TestApp::worker(4);
    let found = supervisor.list_report_slots(report, &query).await;
    assert!(!found.expect("times").items.is_empty());
    let confirmed = ConfirmQuery::default();
    clinic
        .delete_resource(provider.id, provider.version, &confirmed)
        .await
        .expect("deleted");
    let found = supervisor.list_report_slots(report, &query).await;
    assert!(found.expect("times").items.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinician_sets_no_resource_up() {
    let app = start().await;
    let clinician = app.clinician().await;
    let home = nurse(&clinician).await.home_location_id;
    let refused = clinician.create_resource(&new_key(), &room(home)).await;
    assert!(refused.expect_err("only the front desk").is(FORBIDDEN));
}
