//! Hours kept under a name, to fill schedules with.

use super::*;
use salus_types::problem::FORBIDDEN;

fn mornings(scope: TemplateScope) -> CreateScheduleTemplate {
    CreateScheduleTemplate {
        name: "Mornings".to_owned(),
        scope,
        fields: ScheduleTemplateFields {
            modality: None,
            appointment_type_ids: Some(vec![FIT]),
            every_n_weeks: 2,
            windows: vec![ScheduleWindow {
                weekday: Some(1),
                on_date: None,
                start_minute: 480,
                end_minute: 720,
            }],
            interval: 30,
            offset: 0,
            capacity: 1,
            daily_cap: None,
            overbook: 0,
            audience: vec![Audience::Employee],
            priority: 5,
        },
    }
}

async fn names(client: &Client) -> Vec<(String, TemplateScope)> {
    let list = client.list_schedule_templates().await.expect("templates");
    let items = list.items.into_iter();
    items.map(|one| (one.name, one.scope)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_personal_template_is_its_keepers_and_a_global_one_everybodys() {
    let app = start().await;
    let clinic = app.scheduler().await;
    for scope in [TemplateScope::Personal, TemplateScope::Global] {
        let made = clinic
            .create_schedule_template(&new_key(), &mornings(scope))
            .await;
        let made = made.expect("kept").value;
        assert_eq!(made.fields, mornings(scope).fields);
    }
    assert_eq!(names(&clinic).await.len(), 2);
    let other = app.clinician().await;
    let global = ("Mornings".to_owned(), TemplateScope::Global);
    assert_eq!(names(&other).await, [global]);
    let twice = clinic
        .create_schedule_template(&new_key(), &mornings(TemplateScope::Global))
        .await
        .expect_err("there is one");
    let told = &twice.problem().expect("a problem").errors[0];
    assert_eq!(
        (told.pointer.as_str(), told.code.as_str()),
        ("/name", "taken")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_checked_as_the_schedule_it_fills_and_deleted_for_good() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let mut wrong = mornings(TemplateScope::Global);
    wrong.name = " ".to_owned();
    wrong.fields.offset = 30;
    wrong.fields.windows[0].end_minute = 480;
    let refused = clinic.create_schedule_template(&new_key(), &wrong).await;
    let refused = refused.expect_err("wrong");
    let problem = refused.problem().expect("a problem");
    let told: Vec<_> = problem
        .errors
        .iter()
        .map(|one| one.pointer.as_str())
        .collect();
    assert_eq!(
        told,
        ["/name", "/fields/windows/0/end_minute", "/fields/offset"]
    );
    let kept = clinic
        .create_schedule_template(&new_key(), &mornings(TemplateScope::Global))
        .await
        .expect("kept")
        .value;
    let clinician = app.clinician().await;
    let refused = clinician.delete_schedule_template(kept.id).await;
    assert!(refused.expect_err("only the front desk").is(FORBIDDEN));
    clinic
        .delete_schedule_template(kept.id)
        .await
        .expect("deleted");
    assert!(names(&clinic).await.is_empty());
    let again = clinic.delete_schedule_template(kept.id).await;
    assert!(again.expect_err("it is gone").is(NOT_FOUND));
}
