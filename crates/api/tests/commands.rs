//! The `salus` program at the terminal: what is set wrong, missing or broken ends in one clear line.
#![cfg(test)]

mod program;

use program::{refusal, salus};
use salus_test_support::{TestApp, TestDatabase};
use std::net::TcpListener;
use std::path::PathBuf;

fn refused_start(database: &TestDatabase, changes: &[(&str, &str)], wanted: &str) {
    let line = refusal(&salus(database, changes, &["serve"]));
    assert!(line.contains(wanted), "{line}");
}

fn scratch(name: &str, content: &[u8]) -> PathBuf {
    let file = std::env::temp_dir().join(format!("salus-{}-{name}", uuid::Uuid::now_v7()));
    std::fs::write(&file, content).unwrap();
    file
}

#[tokio::test]
async fn a_setting_that_cannot_be_used_is_named_with_the_reason() {
    let database = TestDatabase::sandbox().await;
    for (name, value, wanted) in [
        (
            "SALUS_WORKERS",
            "0",
            "setting workers: 0 is not between 1 and 64",
        ),
        (
            "SALUS_RATES__CODES_PER_HOUR",
            "0",
            "setting rates.codes_per_hour",
        ),
        (
            "SALUS_PUBLIC_URL",
            "http://health.example",
            "setting public_url: must be https",
        ),
        (
            "SALUS_TRUSTED_PROXIES",
            "the proxy",
            "setting trusted_proxies: the proxy is no address",
        ),
        ("SALUS_WROKERS", "2", "wrokers"),
        ("SALUS_WORKERS", "many", "many"),
        ("SALUS_DATABASE_URL", "", "setting database_url: missing"),
        ("SALUS_SANDBOX", "false", "setting sandbox"),
    ] {
        refused_start(&database, &[(name, value)], wanted);
    }
}

#[tokio::test]
async fn a_settings_file_that_is_none_is_named_in_one_line() {
    let database = TestDatabase::sandbox().await;
    let file = scratch("settings.toml", b"workers = \n[[[");
    let output = salus(
        &database,
        &[("SALUS_CONFIG", file.to_str().unwrap())],
        &["serve"],
    );
    assert!(refusal(&output).contains("settings.toml"));
}

#[tokio::test]
async fn a_port_in_use_is_told_with_the_setting_that_moves_it() {
    let database = TestDatabase::sandbox().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let wanted = format!("setting listen: {address} cannot be used");
    refused_start(&database, &[("SALUS_LISTEN", &address)], &wanted);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_told_at_once() {
    let database = TestDatabase::sandbox().await;
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let url = format!("postgres://salus_app@{free}/salus");
    let changes = [("SALUS_DATABASE_URL", url.as_str())];
    refused_start(
        &database,
        &changes,
        "setting database_url: the database is not available",
    );
    let line = refusal(&salus(
        &database,
        &[("SALUS_ADMIN_DATABASE_URL", &url)],
        &["migrate"],
    ));
    assert!(line.contains("the database cannot be reached"), "{line}");
}

#[tokio::test]
async fn a_half_migrated_database_is_not_served() {
    let database = TestDatabase::sandbox().await;
    let newest = database
        .text("SELECT max(version) FROM __diesel_schema_migrations")
        .await;
    database
        .execute(&format!(
            "DELETE FROM __diesel_schema_migrations WHERE version = '{newest}'"
        ))
        .await;
    let wanted = format!(
        "the database is not migrated: 1 pending, the first is {newest}; run salus migrate"
    );
    refused_start(&database, &[], &wanted);
}

#[tokio::test]
async fn a_lost_key_file_is_told_apart_from_a_wrong_one() {
    let database = TestDatabase::sandbox().await;
    let other = format!("salus-key-1:{}\n", "ab".repeat(32));
    for (content, wanted) in [
        (None, "is not there"),
        (Some("no key"), "is no key file"),
        (Some(other.as_str()), "another key file wrapped it"),
    ] {
        let path = match content {
            Some(content) => scratch("key", content.as_bytes()),
            None => std::env::temp_dir().join("salus-no-such.key"),
        };
        let changes = [("SALUS_KEY_FILE", path.to_str().unwrap())];
        refused_start(&database, &changes, wanted);
        let doctor = salus(&database, &changes, &["doctor"]);
        let found = String::from_utf8(doctor.stdout).unwrap();
        let keys = found
            .lines()
            .find(|line| line.starts_with("wrong keys"))
            .unwrap();
        assert!(!doctor.status.success() && keys.contains(wanted), "{found}");
    }
}

#[tokio::test]
async fn the_doctor_looks_at_durability_roles_walls_and_keys() {
    let database = TestDatabase::sandbox().await;
    let output = salus(&database, &[], &["doctor"]);
    let found = String::from_utf8(output.stdout).unwrap();
    // Whether these are on is the cluster's matter; that they are looked at is the program's.
    for durable in [
        "fsync",
        "full_page_writes",
        "synchronous_commit",
        "data_checksums",
    ] {
        let looked = |line: &str| line.split([' ', ':']).any(|word| word == durable);
        assert!(found.lines().any(looked), "{durable}: {found}");
    }
    for check in [
        "migrations",
        "roles own nothing and bypass nothing",
        "row-level security forced on every table",
        "keys and start checks",
    ] {
        assert!(
            found.contains(&format!("ok    {check}\n")),
            "{check}: {found}"
        );
    }
    let nothing_wrong = found.lines().all(|line| !line.starts_with("wrong"));
    assert_eq!(output.status.success(), nothing_wrong);
}

#[tokio::test]
async fn a_corrupted_csv_is_refused_with_the_byte_at_which_it_breaks() {
    let database = TestDatabase::sandbox().await;
    let file = scratch("people.csv", b"employee_id,last_name\n1,Jos\xE9\n");
    let arguments = [
        "feed",
        "import",
        file.to_str().unwrap(),
        "--employer",
        "northwind",
    ];
    let line = refusal(&salus(&database, &[], &arguments));
    assert!(
        line.contains("feed-unreadable") && line.contains("byte_offset 27"),
        "{line}"
    );
    let file = scratch("people.csv", b"name,last_name\n1,One\n");
    let arguments = [
        "feed",
        "import",
        file.to_str().unwrap(),
        "--employer",
        "northwind",
    ];
    let line = refusal(&salus(&database, &[], &arguments));
    assert!(
        line.contains("feed-header") && line.contains("employee_id"),
        "{line}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_trail_is_checked_at_the_terminal() {
    let file = std::env::temp_dir().join(format!("salus-{}.jsonl", std::process::id()));
    let noting = file.clone();
    let app = TestApp::start_with(|settings| settings.audit_checkpoints = Some(noting)).await;
    app.employee().await.get_my_profile().await.unwrap();
    while salus_api::audit::sealer::seal_all(&app.state)
        .await
        .unwrap()
        .is_empty()
    {}
    let changes = [("SALUS_AUDIT_CHECKPOINTS", file.to_str().unwrap())];
    let verify = ["audit", "verify"];
    let whole = salus(&app.database, &changes, &verify);
    let text = String::from_utf8(whole.stdout).unwrap();
    assert!(
        whole.status.success() && text.ends_with("whole\n"),
        "{text}"
    );
    // Transactions of other databases decide how many blocks it takes, but each one is noted.
    let count = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().to_owned()
    };
    assert_eq!(count("checkpoints"), count("blocks"));
    assert_ne!(count("blocks"), "0");
    let gone = salus(
        &app.database,
        &changes,
        &["audit", "verify", "--checkpoint", "nowhere.jsonl"],
    );
    assert!(refusal(&gone).starts_with("salus: nowhere.jsonl: "));
    app.database
        .execute("UPDATE audit_events SET act = act || 'x' WHERE id = (SELECT event_ids[1] FROM audit_blocks WHERE number = 1)")
        .await;
    let broken = salus(&app.database, &changes, &verify);
    let text = String::from_utf8(broken.stdout.clone()).unwrap();
    assert!(text.contains("broken       event "), "{text}");
    assert_eq!(
        refusal(&broken),
        "salus: the audit trail is broken in one place"
    );
    let _ = std::fs::remove_file(file);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_could_note_no_block_does_not_start() {
    let database = TestDatabase::sandbox().await;
    let changes = [("SALUS_AUDIT_CHECKPOINTS", "/nowhere/checkpoints.jsonl")];
    let refused = refusal(&salus(&database, &changes, &["serve"]));
    let said = "salus: setting audit_checkpoints: /nowhere/checkpoints.jsonl cannot be written";
    assert!(refused.starts_with(said), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_that_is_reset_begins_a_trail_of_its_own() {
    let file = std::env::temp_dir().join(format!("salus-reset-{}.jsonl", std::process::id()));
    std::fs::write(&file, "of the trail before\n").unwrap();
    let database = TestDatabase::sandbox().await;
    let changes = [("SALUS_AUDIT_CHECKPOINTS", file.to_str().unwrap())];
    let reset = salus(&database, &changes, &["sandbox", "reset"]);
    assert!(reset.status.success(), "{reset:?}");
    assert!(!file.exists());
    let whole = salus(&database, &changes, &["audit", "verify"]);
    assert!(whole.status.success(), "{whole:?}");
}
