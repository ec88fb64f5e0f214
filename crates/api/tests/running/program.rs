//! `salus serve` as a process of its own, with its log.

use salus_test_support::TestDatabase;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long anything here is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The running program. It is killed when it is dropped.
pub struct Program {
    /// Its address.
    pub url: String,
    /// The lines of its log.
    log: Arc<Mutex<Vec<String>>>,
    child: Child,
}

impl Program {
    /// Starts it on a test database with some settings changed; it writes its log as JSON.
    pub async fn start(database: &TestDatabase, changes: &[(&str, &str)]) -> Self {
        let mut command = command(database, changes);
        command
            .arg("serve")
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (lines, written) = (child.stderr.take().unwrap(), Arc::clone(&log));
        std::thread::spawn(move || {
            for line in BufReader::new(lines).lines().map_while(Result::ok) {
                written.lock().unwrap().push(line);
            }
        });
        let mut program = Self {
            url: String::new(),
            log,
            child,
        };
        program.url = program.address("serving").await;
        program
    }

    /// The address the log tells with a message.
    pub async fn address(&mut self, message: &str) -> String {
        let wanted = |line: &Value| {
            (line["fields"]["message"] == message)
                .then(|| format!("http://{}", line["fields"]["address"].as_str().unwrap()))
        };
        self.wait_for(|program| program.lines().iter().find_map(wanted))
            .await
    }

    /// What the log says, each line read as JSON.
    pub fn lines(&self) -> Vec<Value> {
        let log = self.log.lock().unwrap();
        log.iter()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}")))
            .collect()
    }

    /// The log as it was written.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// Waits until something is so.
    pub async fn wait_for<T>(&mut self, mut so: impl FnMut(&mut Self) -> Option<T>) -> T {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = so(self) {
                return found;
            }
            assert!(Instant::now() < until, "it never was so:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// How it ended.
    pub async fn ended(&mut self) -> ExitStatus {
        self.wait_for(|program| program.child.try_wait().unwrap())
            .await
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The program with the settings of a test database, and nothing of this process's own.
pub fn command(database: &TestDatabase, changes: &[(&str, &str)]) -> Command {
    let settings = database.settings();
    let mut command = Command::new(env!("CARGO_BIN_EXE_salus"));
    let checkpoints = std::env::temp_dir().join("salus-programs.jsonl");
    command
        .env_clear()
        .env("SALUS_DATABASE_URL", settings.database_url)
        .env("SALUS_KEY_FILE", settings.key_file)
        .env("SALUS_AUDIT_CHECKPOINTS", checkpoints)
        .env("SALUS_SANDBOX", "true")
        .env("SALUS_LISTEN", "127.0.0.1:0")
        .env("SALUS_PASSWORD__MEMORY_KIB", "64")
        .env("SALUS_PASSWORD__PASSES", "1")
        .env("SALUS_RATES__SIGN_INS_PER_MINUTE", "100000")
        .env("SALUS_RATES__REQUESTS_PER_MINUTE", "1000000")
        .env("SALUS_RATES__ANONYMOUS_PER_MINUTE", "1000000")
        .env("SALUS_LOG_FORMAT", "json");
    for (name, value) in changes {
        command.env(name, value);
    }
    command
}

/// An access token of a sandbox account.
pub async fn token(url: &str, name: &str) -> String {
    let body = serde_json::json!({
        "email": format!("{name}@sandbox.example"),
        "password": salus_api::sandbox::PASSWORD,
    });
    let request = reqwest::Client::new().post(format!("{url}/api/v1/auth/sessions"));
    let answer = request.json(&body).send().await.unwrap();
    let signed_in: Value = answer.json().await.unwrap();
    signed_in["access_token"].as_str().unwrap().to_owned()
}
