//! Backups are whole and private, a restore leaves nothing live that may have been used since, and older
//! databases keep their rows when they are migrated.
#![cfg(test)]

mod program;

use program::{refusal, salus};
use salus_api::audit::sealer::{seal_all, verify};
use salus_api::server;
use salus_api::state::AppState;
use salus_store::migrations;
use salus_test_support::{TestApp, TestDatabase};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;
use uuid::Uuid;

/// A folder that is removed when the test ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("salus-restore-{}", Uuid::now_v7()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn backup(&self) -> PathBuf {
        self.0.join("backup")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// The program with PostgreSQL's programs at hand and a place of its own for checkpoints.
fn with_programs(
    database: &TestDatabase,
    place: &Scratch,
    changes: &[(&str, &str)],
    arguments: &[&str],
) -> Output {
    let path = std::env::var("PATH").unwrap_or_default();
    let folder = std::env::var("SALUS_TEST_POSTGRES_PROGRAMS").unwrap_or_default();
    let checkpoints = place.0.join("checkpoints.jsonl");
    let mut all = vec![
        ("PATH", path.as_str()),
        ("SALUS_AUDIT_CHECKPOINTS", checkpoints.to_str().unwrap()),
    ];
    if !folder.is_empty() {
        all.push(("SALUS_POSTGRES_PROGRAMS", folder.as_str()));
    }
    all.extend(changes);
    salus(database, &all, arguments)
}

fn done(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn back_up(database: &TestDatabase, place: &Scratch) -> PathBuf {
    let folder = place.backup();
    let to = folder.to_str().unwrap();
    done(&with_programs(
        database,
        place,
        &[],
        &["backup", "--to", to],
    ));
    folder
}

fn restore(
    database: &TestDatabase,
    place: &Scratch,
    changes: &[(&str, &str)],
    folder: &Path,
) -> Output {
    let from = folder.to_str().unwrap();
    with_programs(database, place, changes, &["restore", "--from", from])
}

/// The manifest with something changed.
fn change_manifest(folder: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let file = folder.join("manifest.json");
    let mut manifest = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    change(&mut manifest);
    fs::write(&file, serde_json::to_vec(&manifest).unwrap()).unwrap();
}

async fn is_blank(database: &TestDatabase) -> bool {
    let tables = "SELECT count(*)::text FROM pg_tables WHERE schemaname IN ('public', 'app')";
    database.text(tables).await == "0"
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_private_and_says_what_it_holds_and_which_key_it_needs() {
    let (database, place) = (TestDatabase::sandbox().await, Scratch::new());
    let folder = back_up(&database, &place);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("database.dump")), 0o600);
    assert_eq!(mode(&folder.join("manifest.json")), 0o600);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let wrapped_by = database
        .text("SELECT min(key_file_id) FROM organization_keys")
        .await;
    assert_eq!(manifest["key_file_id"], wrapped_by);
    let newest = database
        .text("SELECT max(version) FROM __diesel_schema_migrations")
        .await;
    assert_eq!(manifest["newest_migration"], newest);
    let persons = database.text("SELECT count(*)::text FROM persons").await;
    assert_eq!(manifest["tables"]["persons"].to_string(), persons);
    assert!(
        manifest["read_me"]
            .as_str()
            .unwrap()
            .contains("must not be kept with it")
    );
    let beside: Vec<_> = fs::read_dir(&place.0).unwrap().flatten().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_never_written_over_and_a_failed_one_leaves_nothing() {
    let (database, place) = (TestDatabase::sandbox().await, Scratch::new());
    let folder = back_up(&database, &place);
    let to = folder.to_str().unwrap();
    let again = with_programs(&database, &place, &[], &["backup", "--to", to]);
    assert!(refusal(&again).ends_with("is there already; a backup is never written over"));
    let new = place.0.join("new");
    let nowhere = [("SALUS_POSTGRES_PROGRAMS", "/nowhere")];
    let to = new.to_str().unwrap();
    let failed = with_programs(&database, &place, &nowhere, &["backup", "--to", to]);
    assert!(refusal(&failed).contains("pg_dump is not there; install PostgreSQL's client"));
    let beside: Vec<_> = fs::read_dir(&place.0).unwrap().flatten().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
    // In a folder that is there, each gets a name of its own.
    let to = place.0.to_str().unwrap();
    let said = done(&with_programs(
        &database,
        &place,
        &[],
        &["backup", "--to", to],
    ));
    let made = said.lines().next().unwrap().split_once("backup").unwrap().1;
    assert!(Path::new(made.trim()).join("manifest.json").is_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_row_level_security_binds_makes_no_backup() {
    let (database, place) = (TestDatabase::sandbox().await, Scratch::new());
    let url = database.settings().database_url;
    let changes = [("SALUS_ADMIN_DATABASE_URL", url.as_str())];
    let folder = place.backup();
    let arguments = ["backup", "--to", folder.to_str().unwrap()];
    let line = refusal(&with_programs(&database, &place, &changes, &arguments));
    assert!(
        line.contains("row-level security is forced on every table and binds salus_app"),
        "{line}"
    );
    assert!(!folder.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_restored_from_what_is_damaged_newer_or_of_another_key() {
    let (database, place) = (TestDatabase::sandbox().await, Scratch::new());
    let target = TestDatabase::blank().await;
    let folder = back_up(&database, &place);
    let dump = folder.join("database.dump");
    let whole = fs::read(&dump).unwrap();

    let other = place.0.join("other.key");
    fs::write(&other, format!("salus-key-1:{}\n", "ab".repeat(32))).unwrap();
    let changes = [("SALUS_KEY_FILE", other.to_str().unwrap())];
    let line = refusal(&restore(&target, &place, &changes, &folder));
    assert!(line.contains("made with another key file"), "{line}");

    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    fs::write(&dump, &flipped).unwrap();
    let line = refusal(&restore(&target, &place, &[], &folder));
    assert!(line.contains("is damaged: its SHA-256 is"), "{line}");
    fs::write(&dump, &whole).unwrap();

    let manifest = fs::read(folder.join("manifest.json")).unwrap();
    change_manifest(&folder, |m| {
        m["migrations"]
            .as_array_mut()
            .unwrap()
            .push("99991231235959".into());
    });
    let line = refusal(&restore(&target, &place, &[], &folder));
    assert!(
        line.contains("the backup is newer than this program"),
        "{line}"
    );
    change_manifest(&folder, |m| m["format"] = 2.into());
    let line = refusal(&restore(&target, &place, &[], &folder));
    assert!(line.contains("form 2, this program reads 1"), "{line}");
    fs::remove_file(folder.join("manifest.json")).unwrap();
    let line = refusal(&restore(&target, &place, &[], &folder));
    assert!(line.contains("is no backup"), "{line}");
    fs::write(folder.join("manifest.json"), manifest).unwrap();

    assert!(is_blank(&target).await);
    let line = refusal(&restore(&database, &place, &[], &folder));
    assert!(
        line.contains("the database is not empty") && line.contains("a restore needs an empty one"),
        "{line}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_that_postgresql_cannot_read_leaves_the_database_empty_and_open() {
    let (database, place) = (TestDatabase::sandbox().await, Scratch::new());
    let target = TestDatabase::blank().await;
    let folder = back_up(&database, &place);
    let dump = folder.join("database.dump");
    let half = fs::read(&dump).unwrap();
    fs::write(&dump, &half[..half.len() / 2]).unwrap();
    let made = salus_api::backup::manifest::Dump::of(&dump).unwrap();
    change_manifest(&folder, |m| m["dump"] = serde_json::to_value(made).unwrap());
    let output = restore(&target, &place, &[], &folder);
    assert!(refusal(&output).starts_with("salus: pg_restore: "));
    assert!(is_blank(&target).await);
    let open = "SELECT has_database_privilege('salus_app', current_database(), 'CONNECT')::text";
    assert_eq!(target.text(open).await, "true");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_count_that_is_not_the_manifests_keeps_the_database_closed() {
    let (database, place) = (TestDatabase::sandbox().await, Scratch::new());
    let target = TestDatabase::blank().await;
    let folder = back_up(&database, &place);
    change_manifest(&folder, |m| m["tables"]["persons"] = 1.into());
    let line = refusal(&restore(&target, &place, &[], &folder));
    assert!(
        line.contains("the table persons has ") && line.contains("stays closed to the server"),
        "{line}"
    );
    let line = refusal(&salus(&target, &[], &["serve"]));
    assert!(line.contains("setting database_url"), "{line}");
}

/// Has something happen until a further block is sealed, by whoever seals it: what holds a transaction
/// open anywhere in the cluster holds it up.
async fn sealed(state: &AppState, mut happens: impl AsyncFnMut()) {
    let blocks = async || verify(state, &BTreeMap::new()).await.unwrap().blocks;
    let before = blocks().await;
    let mut pause = tokio::time::interval(std::time::Duration::from_millis(100));
    while blocks().await == before {
        happens().await;
        seal_all(state).await.unwrap();
        pause.tick().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_nobody_is_signed_in_and_the_trail_goes_on() {
    let place = Scratch::new();
    let checkpoints = place.0.join("source.jsonl");
    let noting = checkpoints.clone();
    let app = TestApp::start_with(|settings| settings.audit_checkpoints = Some(noting)).await;
    let employee = app.employee().await;
    let works = async || drop(employee.get_my_profile().await.unwrap());
    sealed(&app.state, works).await;
    let folder = back_up(&app.database, &place);
    // Sealed after the backup, and noted.
    sealed(&app.state, works).await;
    let noted = |file: &Path| fs::read_to_string(file).unwrap().lines().count();
    let (all, file) = (noted(&checkpoints), place.0.join("checkpoints.jsonl"));
    fs::copy(&checkpoints, &file).unwrap();

    let target = TestDatabase::blank().await;
    let said = done(&restore(&target, &place, &[], &folder));
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let kept = manifest["audit"]["block"]["number"].as_u64().unwrap();
    assert!(
        said.contains("were sealed after the backup and are lost"),
        "{said}"
    );
    assert_eq!(noted(&file) as u64, kept);
    let aside = fs::read_dir(&place.0).unwrap().flatten();
    let aside = aside
        .map(|entry| entry.path())
        .find(|path| path.to_string_lossy().contains(".before-"));
    assert_eq!(noted(&aside.unwrap()), all);

    for (what, expected) in [
        (
            "SELECT count(*)::text FROM sessions WHERE ended_at IS NULL",
            "0",
        ),
        ("SELECT count(*)::text FROM refresh_tokens", "0"),
        ("SELECT count(*)::text FROM signing_keys", "0"),
        (
            "SELECT count(*)::text FROM pickup_codes WHERE state = 'pending'",
            "0",
        ),
        (
            "SELECT (count(*) = (SELECT count(*) FROM provider_organizations))::text FROM audit_events WHERE operation = 'restore'",
            "true",
        ),
        (
            "SELECT (max(xact) FILTER (WHERE operation <> 'restore') < min(xact) FILTER (WHERE operation = 'restore'))::text FROM audit_events",
            "true",
        ),
        (
            "SELECT has_database_privilege('salus_app', current_database(), 'CONNECT')::text",
            "true",
        ),
    ] {
        assert_eq!(target.text(what).await, expected, "{what}");
    }
    let mut settings = target.settings();
    settings.audit_checkpoints = Some(file.clone());
    let state = server::build_state(settings).await.unwrap();
    sealed(&state, async || {}).await;
    let report = verify(&state, &BTreeMap::new()).await.unwrap();
    assert!(
        report.broken.is_empty() && report.blocks as u64 > kept,
        "{report:?}"
    );
    // The copy of the checkpoints that was made with the backup still fits.
    let old = place.0.join("old.jsonl");
    let text = fs::read_to_string(&checkpoints).unwrap();
    let lines: Vec<&str> = text.lines().take(usize::try_from(kept).unwrap()).collect();
    fs::write(&old, format!("{}\n", lines.join("\n"))).unwrap();
    for file in [&old, &file] {
        let arguments = ["audit", "verify", "--checkpoint", file.to_str().unwrap()];
        assert!(done(&with_programs(&target, &place, &[], &arguments)).ends_with("whole\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_to_which_a_server_is_connected_is_not_restored_into() {
    let (database, place) = (TestDatabase::sandbox().await, Scratch::new());
    let target = TestDatabase::blank().await;
    let folder = back_up(&database, &place);
    let url = target.settings().database_url;
    let mut options = salus_store::database::Settings::new(url);
    options.pool_size = 2;
    let server = salus_store::database::Database::connect(options)
        .await
        .unwrap();
    let line = refusal(&restore(&target, &place, &[], &folder));
    assert!(
        line.contains("stop every server before a restore"),
        "{line}"
    );
    assert!(is_blank(&target).await && server.nobody().await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_a_trail_whose_numbers_lie_ahead() {
    let database = TestDatabase::sandbox().await;
    database
        .execute("UPDATE audit_events SET xact = xact + 1000000000000")
        .await;
    let output = salus(&database, &[], &["doctor"]);
    let found = String::from_utf8(output.stdout).unwrap();
    assert!(
        found.contains("wrong transaction numbers go on after the audit trail"),
        "{found}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_a_newer_program_migrated_is_left_alone() {
    let database = TestDatabase::sandbox().await;
    database
        .execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231235959')")
        .await;
    let line = refusal(&salus(&database, &[], &["migrate"]));
    assert!(
        line.contains("the database is newer than this program: it ran migration 99991231235959"),
        "{line}"
    );
    assert!(migrations::migrate(&database.admin_url()).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_out_or_is_a_secret_ends_with_a_restore_or_is_known_to_last() {
    /// Answers begun and not handed over, and times that are proposed: they belong to their person, who
    /// signs in again.
    const LASTING: [&str; 2] = ["offers", "questionnaire_responses"];
    let database = TestDatabase::empty().await;
    let query = "SELECT string_agg(DISTINCT table_name, E'\\n') FROM information_schema.columns \
        WHERE table_schema = 'public' AND (column_name ~ '(^|_)expires?_at$' OR \
        column_name ~ '^(token|code|digits|link|secret)_hash$')";
    for table in database.text(query).await.lines() {
        let judged = salus_store::backup::ended_tables().any(|ended| ended == table);
        assert!(judged || LASTING.contains(&table), "{table}");
    }
}

/// The columns of every table, as a list for a query.
async fn columns(database: &TestDatabase) -> BTreeMap<String, String> {
    let query = "SELECT string_agg(table_name || ' ' || columns, E'\\n') FROM ( \
        SELECT table_name, string_agg(quote_ident(column_name), ',' ORDER BY ordinal_position) AS columns \
          FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) \
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '__diesel_schema_migrations' \
         GROUP BY table_name) each";
    let text = database.text(query).await;
    let pairs = text.lines().filter_map(|line| line.split_once(' '));
    pairs
        .map(|(table, columns)| (table.to_owned(), columns.to_owned()))
        .collect()
}

/// How many rows there are and a fingerprint of all of them, in some columns of each table.
async fn rows(database: &TestDatabase, of: &BTreeMap<String, String>) -> String {
    let each: Vec<String> = of
        .iter()
        .map(|(table, columns)| {
            format!(
                "SELECT '{table} ' || count(*) || ' ' || md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) \
                 AS line FROM (SELECT {columns} FROM {table}) t"
            )
        })
        .collect();
    let query = format!(
        "SELECT string_agg(line, E'\\n' ORDER BY line) FROM ({}) each",
        each.join(" UNION ALL ")
    );
    database.text(&query).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_keeps_its_rows_when_it_is_migrated() {
    let database = TestDatabase::sandbox().await;
    let admin = database.admin_url();
    let all = migrations::known().unwrap().len();
    // As each of the last programs left it, back to one without the trail's blocks, supervisors'
    // limits and versions of accommodations.
    for back in 1..=7 {
        for _ in 0..back {
            migrations::revert_last(&admin).await.unwrap();
        }
        let known = columns(&database).await;
        let before = rows(&database, &known).await;
        assert!(before.lines().count() > 50, "{before}");
        let said = done(&salus(&database, &[], &["migrate"]));
        assert_eq!(said.lines().count(), back, "{said}");
        assert_eq!(
            rows(&database, &known).await,
            before,
            "{back} of {all} migrations back"
        );
        assert_eq!(
            done(&salus(&database, &[], &["migrate"])),
            "nothing to migrate\n"
        );
    }
    let doctor = String::from_utf8(salus(&database, &[], &["doctor"]).stdout).unwrap();
    assert!(doctor.contains("ok    migrations\n"), "{doctor}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_an_older_database_is_migrated_when_it_is_restored() {
    let (database, place) = (TestDatabase::sandbox().await, Scratch::new());
    for _ in 0..3 {
        migrations::revert_last(&database.admin_url())
            .await
            .unwrap();
    }
    let folder = back_up(&database, &place);
    let target = TestDatabase::blank().await;
    // As a restore leaves it that was broken off.
    let close = "DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', current_database()); END $$";
    target.execute(close).await;
    let said = done(&restore(&target, &place, &[], &folder));
    let open = "SELECT has_database_privilege('salus_app', current_database(), 'CONNECT')::text";
    assert_eq!(target.text(open).await, "true");
    let ran = said.lines().filter(|line| line.starts_with("migrated "));
    assert_eq!(ran.count(), 3, "{said}");
    let mut known = columns(&database).await;
    for changed in [
        "audit_events",
        "sessions",
        "signing_keys",
        "outbox_mails",
        "outbox_events",
    ] {
        known.remove(changed);
    }
    assert_eq!(rows(&target, &known).await, rows(&database, &known).await);
    let missing = migrations::pending(&target.admin_url()).await.unwrap();
    assert!(missing.is_empty(), "{missing:?}");
}
