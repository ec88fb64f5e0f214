//! The database: migrations run both ways, the walls stand, the tables are the ones the code knows.
#![cfg(test)]

use salus_store::database::{Database, EnterError, Settings, Transaction};
use salus_store::{doctor, migrations};
use salus_test_support::{TestApp, TestDatabase, backend_of};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Barrier;

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
             'cancel_comment_sealed', 'check_in_comment_sealed', 'denial_sealed', 'birth_date', 'password_hash', 'waive_reason', 'waive_note') \
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

/// As many transactions as asked for, and whose connections they have.
async fn open(database: &Database, count: usize) -> (Vec<Transaction>, BTreeSet<i32>) {
    let (mut open, mut used) = (Vec::new(), BTreeSet::new());
    for _ in 0..count {
        let mut tx = database.nobody().await.unwrap();
        used.insert(backend_of(&mut tx).await);
        open.push(tx);
    }
    (open, used)
}

/// A thread with connections of its own: it opens some transactions, keeps them until both have and
/// says whose connections they had.
fn thread(
    database: &Database,
    number: usize,
    count: usize,
    both: &Arc<Barrier>,
) -> std::thread::JoinHandle<BTreeSet<i32>> {
    let (database, both) = (database.clone(), Arc::clone(both));
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(async {
            database.settle(number).await.unwrap();
            both.wait().await;
            // Alone, each would get the same again and again.
            let (first, own) = open(&database, 3).await;
            both.wait().await;
            let (_rest, more) = open(&database, count - 3).await;
            both.wait().await;
            drop(first);
            own.union(&more).copied().collect()
        })
    })
}

async fn with_threads(size: u32) -> (TestDatabase, Database) {
    let database = TestDatabase::empty().await;
    let mut settings = Settings::new(database.settings().database_url);
    (settings.pool_size, settings.threads) = (size, 2);
    settings.wait = Duration::from_millis(300);
    let opened = Database::connect(settings).await.unwrap();
    (database, opened)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_uses_its_own_connections_and_those_of_others_when_it_has_no_more() {
    let (_kept, database) = with_threads(8).await;
    assert_eq!(database.load().size, 2);
    let both = Arc::new(Barrier::new(2));
    // Three each, and two that belong to no thread.
    let threads = [
        thread(&database, 1, 4, &both),
        thread(&database, 2, 4, &both),
    ];
    let [one, two] = threads.map(|thread| thread.join().unwrap());
    assert!(one.len() == 4 && two.len() == 4 && one.is_disjoint(&two));
    assert_eq!(database.load().size, 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_no_more_connections_than_set_however_many_threads_have_their_own() {
    let (_kept, database) = with_threads(8).await;
    let (common, _) = open(&database, 2).await;
    let third = database.nobody().await;
    assert!(
        matches!(third, Err(EnterError::Unavailable(_))),
        "not open yet"
    );
    let both = Arc::new(Barrier::new(2));
    let threads = [
        thread(&database, 1, 3, &both),
        thread(&database, 2, 3, &both),
    ];
    for thread in threads {
        thread.join().unwrap();
    }
    let load = database.load();
    assert_eq!((load.size, load.in_use), (8, 2));
    drop(common);
}
