//! The database: migrations run both ways, the walls stand, the tables are the ones the code knows.
#![cfg(test)]

use salus_store::database::EnterError;
use salus_store::{doctor, migrations};
use salus_test_support::{TestApp, TestDatabase};

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lint_of_the_database_finds_nothing() {
    let database = TestDatabase::empty().await;
    for finding in doctor::examine(&database.admin_url()).await.unwrap() {
        assert_eq!(finding.wrong, None, "{}", finding.what);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lint_finds_a_table_without_walls() {
    let database = TestDatabase::empty().await;
    database
        .execute("CREATE TABLE open_house (id uuid PRIMARY KEY)")
        .await;
    let wrong = doctor::examine(&database.admin_url())
        .await
        .unwrap()
        .into_iter()
        .filter(|f| f.wrong.is_some());
    assert!(wrong.count() >= 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_run_down_and_up_again() {
    let database = TestDatabase::empty().await;
    let undone = migrations::revert_all(&database.admin_url()).await.unwrap();
    let done = migrations::migrate(&database.admin_url()).await.unwrap();
    assert_eq!(undone.len(), done.len());
    assert!(
        migrations::pending(&database.admin_url())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_roles_are_made_by_several_at_once_for_different_databases_of_a_cluster() {
    let databases = [
        TestDatabase::blank().await,
        TestDatabase::blank().await,
        TestDatabase::blank().await,
    ];
    let password = std::env::var("SALUS_TEST_APP_PASSWORD");
    let password = password.unwrap_or_else(|_| "salus-test".to_owned());
    for _ in 0..5 {
        let [one, two, three] = databases.each_ref().map(TestDatabase::admin_url);
        let make = |url: String| {
            let password = password.clone();
            tokio::spawn(async move { migrations::bootstrap(&url, Some(&password)).await })
        };
        let (one, two, three) = tokio::join!(make(one), make(two), make(three));
        for made in [one, two, three] {
            made.unwrap().unwrap();
        }
    }
}

#[tokio::test]
async fn the_schema_the_code_knows_is_the_migrated_one() {
    let database = TestDatabase::empty().await;
    let rendered = database
        .text(include_str!("../../store/src/schema.sql"))
        .await;
    let known = include_str!("../../store/src/schema.rs");
    assert_eq!(words(known), words(&rendered));
}

#[tokio::test]
async fn a_supervisors_role_can_select_no_clinical_column() {
    let database = TestDatabase::empty().await;
    let readable = database
        .text(
            "SELECT coalesce(string_agg(table_name || '.' || column_name, E'\\n'), '') FROM \
             information_schema.column_privileges WHERE grantee = 'salus_supervisor' AND privilege_type = 'SELECT' \
             AND (table_name IN ('questionnaire_answers', 'questionnaire_responses', 'observations', 'chart_keys') \
             OR column_name IN ('clinical_note', 'problem', 'occupational', 'disability_criteria', 'comment_sealed', \
             'cancel_comment_sealed', 'birth_date', 'password_hash', 'waive_reason', 'waive_note') \
             OR (table_name = 'appointment_types' AND column_name IN ('name', 'code')))",
        )
        .await;
    assert_eq!(readable, "");
}

#[tokio::test]
async fn strangers_leave_connections_to_people_who_are_signed_in() {
    let app = TestApp::start_with(|settings| settings.database_pool = 4).await;
    let database = &app.state.database;
    let _first = database.stranger().await.unwrap();
    // A quarter of four is one: a second stranger is turned away, anybody else is not.
    let second = database.stranger().await;
    assert!(matches!(second, Err(EnterError::Unavailable(_))));
    assert!(app.employee().await.get_session().await.is_ok());
}
