//! People as the clinic finds them.
#![cfg(test)]

use salus_client::Client;
use salus_test_support::TestApp;
use salus_types::people::PeopleQuery;
use salus_types::problem::NOT_FOUND;

/// Limits the grants of `clinician@` to one employer.
async fn limited_clinician(app: &TestApp, employer: &str) -> Client {
    let account = app
        .clinician()
        .await
        .get_session()
        .await
        .unwrap()
        .account_id;
    app.database
        .execute(&format!(
            "UPDATE role_grants g SET employer_ids = ARRAY[e.id] FROM employers e \
             WHERE g.account_id = '{account}' AND e.provider_org_id = g.provider_org_id AND e.code = '{employer}'"
        ))
        .await;
    app.clinician().await
}

#[tokio::test]
async fn a_grant_limited_to_an_employer_lists_its_people_and_nobody_else() {
    let app = TestApp::start().await;
    let all = app
        .clinician()
        .await
        .list_people(&PeopleQuery::default())
        .await
        .unwrap();
    assert!(all.items.len() > 1);
    let clinician = limited_clinician(&app, "lakeside").await;
    let found = clinician
        .list_people(&PeopleQuery::default())
        .await
        .unwrap();
    assert!(!found.items.is_empty());
    for person in found.items {
        assert_eq!(person.employment.unwrap().employer, "Lakeside");
    }
}

#[tokio::test]
async fn out_of_a_limited_grants_reach_a_person_does_not_exist() {
    let app = TestApp::start().await;
    let clinician = limited_clinician(&app, "lakeside").await;
    let person = TestApp::worker(4);
    assert!(
        clinician
            .get_person(person)
            .await
            .unwrap_err()
            .is(NOT_FOUND)
    );
    assert!(
        clinician
            .list_pickup_codes(person)
            .await
            .unwrap_err()
            .is(NOT_FOUND)
    );
    let by_name = PeopleQuery {
        q: Some("Castillo".to_owned()),
        ..PeopleQuery::default()
    };
    assert!(
        clinician
            .list_people(&by_name)
            .await
            .unwrap()
            .items
            .is_empty()
    );
}
