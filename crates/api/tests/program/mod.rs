//! The `salus` program, run as an operator runs it.

use salus_test_support::TestDatabase;
use std::process::{Command, Output};

/// The program with the settings of a test database, and nothing of this process's own.
pub(crate) fn salus(
    database: &TestDatabase,
    changes: &[(&str, &str)],
    arguments: &[&str],
) -> Output {
    let settings = database.settings();
    let mut command = Command::new(env!("CARGO_BIN_EXE_salus"));
    command
        .env_clear()
        .env("SALUS_DATABASE_URL", settings.database_url)
        .env("SALUS_ADMIN_DATABASE_URL", database.admin_url())
        .env("SALUS_KEY_FILE", settings.key_file)
        .env(
            "SALUS_AUDIT_CHECKPOINTS",
            std::env::temp_dir().join("salus-commands.jsonl"),
        )
        .env("SALUS_SANDBOX", "true")
        .env("SALUS_LISTEN", "127.0.0.1:0")
        .env("SALUS_PASSWORD__MEMORY_KIB", "64")
        .args(arguments);
    for (name, value) in changes {
        command.env(name, value);
    }
    command.output().unwrap()
}

/// The one line a refused command leaves.
pub(crate) fn refusal(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!output.status.success(), "it succeeded: {text}");
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("salus: "))
        .collect();
    assert_eq!(lines.len(), 1, "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    lines[0].to_owned()
}
