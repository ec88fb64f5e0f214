//! What the clinic's calendar shows of a day.

use super::*;
use salus_types::ids::LocationId;

async fn sheet(clinic: &Client, location: LocationId) -> DaySheet {
    let query = DaySheetQuery {
        date: day("2027-03-01"),
        location,
    };
    clinic.get_day_sheet(&query).await.expect("a day")
}

fn columns(sheet: &DaySheet) -> Vec<(&str, bool)> {
    let columns = sheet.columns.iter();
    columns
        .map(|column| (column.resource.name.as_str(), column.deleted))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_resource_keeps_its_column_on_the_days_on_which_it_has_visits() {
    let app = start().await;
    let (clinic, employee) = (app.scheduler().await, app.employee().await);
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let visit = book(&employee, FIT, &free[0]).await.expect("a booking");
    let resources = clinic.list_resources(&SetupQuery::default()).await;
    let resources = resources.expect("resources").items.into_iter();
    let mut providers = resources.filter(|one| one.kind == ResourceKind::Provider);
    let provider = providers.next().expect("a provider");
    let confirmed = ConfirmQuery {
        confirm: Some(true),
    };
    clinic
        .delete_resource(provider.id, provider.version, &confirmed)
        .await
        .expect("deleted");
    let of_day = sheet(&clinic, visit.place.id).await;
    assert_eq!(
        columns(&of_day),
        [
            ("J. Lee, RN", true),
            ("Exam room 1", false),
            ("Hearing booth", false)
        ]
    );
    assert_eq!(of_day.columns[0].appointment_ids, [visit.id]);
    assert!(of_day.columns[0].open.is_empty(), "nobody works there");

    employee
        .cancel_my_appointment(visit.id, visit.version, &ill())
        .await
        .expect("a cancellation");
    let of_day = sheet(&clinic, visit.place.id).await;
    assert_eq!(
        columns(&of_day),
        [("Exam room 1", false), ("Hearing booth", false)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_sent_and_not_reviewed_is_marked_for_clinicians_alone() {
    let app = start().await;
    let (clinician, desk) = (app.clinician().await, app.scheduler().await);
    let employee = app.employee().await;
    let free = slots(&employee, AUDIO, "2027-03-01", 1).await;
    let visit = book(&employee, AUDIO, &free[0]).await.expect("a booking");
    let forms = employee.list_my_questionnaire_assignments().await;
    let mut forms = forms.expect("forms").items.into_iter();
    let form = forms.find(|form| form.appointment_id == Some(visit.id));
    let begin = StartResponse {
        assignment_id: form.expect("the form of the visit").id,
        language: None,
    };
    let draft = employee.start_my_response(&new_key(), &begin).await;
    let draft = draft.expect("a draft").value;
    let unread = async |client: &Client| {
        let found = client.get_appointment(visit.id).await.expect("the visit");
        let of_day = sheet(client, visit.place.id).await;
        let on_sheet = of_day.appointments.iter().map(|one| one.unread_forms);
        assert_eq!(on_sheet.collect::<Vec<_>>(), [found.value.unread_forms]);
        found.value.unread_forms
    };
    assert_eq!(unread(&clinician).await, 0, "a draft is nobody's to read");
    let state = async |state: &str| {
        let sql = format!(
            "UPDATE questionnaire_responses SET state = '{state}', submitted_at = saved_at, \
             reviewed_at = saved_at, reviewed_by = author_account_id WHERE id = '{}'",
            draft.id
        );
        app.database.execute(&sql).await;
    };
    state("submitted").await;
    assert_eq!(unread(&clinician).await, 1);
    assert_eq!(unread(&desk).await, 0, "the front desk reads no answers");
    state("reviewed").await;
    assert_eq!(unread(&clinician).await, 0);
}
