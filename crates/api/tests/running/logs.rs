//! What the log holds: a line for each request, causes with the request's id, and nothing personal.

use crate::program::{Program, token};
use reqwest::{Client, Method};
use salus_api::sandbox::CLINICAL_QUESTION;
use salus_test_support::{TestApp, TestDatabase};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use uuid::Uuid;

/// Values that are nowhere but in what is sent.
const CANARIES: [&str; 9] = [
    "Kanarienvogel",
    "kanari.bird@private.example",
    "canary-password-31415",
    "canarymessagetext",
    "canarysearchterm",
    "canarypathpart",
    "canaryheadervalue",
    "canaryfieldname",
    "canarycsvcell",
];

/// What is in a text of what must not be.
fn found<'a>(text: &str, secrets: &'a [String]) -> Vec<&'a str> {
    let secrets = secrets.iter().map(String::as_str);
    secrets.filter(|secret| text.contains(secret)).collect()
}

/// The names, addresses and sign-in names of everybody in the sandbox, and its password.
async fn people(database: &TestDatabase) -> Vec<String> {
    let query = "SELECT string_agg(DISTINCT value, E'\\n') FROM ( \
         SELECT first_name AS value FROM persons UNION ALL SELECT last_name FROM persons \
         UNION ALL SELECT display_name FROM accounts UNION ALL SELECT value FROM contact_points \
         UNION ALL SELECT name FROM sign_in_names) v \
         WHERE length(value) > 3";
    let mut found: Vec<String> = database
        .text(query)
        .await
        .lines()
        .map(str::to_owned)
        .collect();
    assert!(found.len() > 50, "there are people to look for");
    found.push(salus_api::sandbox::PASSWORD.to_owned());
    found.push("@sandbox.example".to_owned());
    found
}

/// An SMTP server that refuses everybody and says whom.
fn refusing_mails() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || refuse(stream));
        }
    });
    format!("smtp://{address}")
}

fn refuse(mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut answer = "220 mail".to_owned();
    while write!(stream, "{answer}\r\n").is_ok() {
        let Some(Ok(line)) = lines.next() else { return };
        answer = match line.split_once("RCPT TO:") {
            Some((_, to)) => format!("550 5.1.1 {to}: nobody of that name"),
            None => "250 yes".to_owned(),
        };
    }
}

struct Talk {
    url: String,
    ids: Vec<String>,
}

impl Talk {
    /// Sends a request, and keeps the id its answer names.
    async fn say(&mut self, method: Method, path: &str, token: &str, body: Option<Value>) -> u16 {
        let mut request = Client::new()
            .request(method, format!("{}{path}", self.url))
            .header("user-agent", "canaryheadervalue")
            .header("x-forwarded-for", "canaryheadervalue")
            .header("idempotency-key", Uuid::now_v7().to_string())
            .header("if-match", "\"1\"");
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let id = answer.headers()["x-request-id"].to_str().unwrap();
        self.ids.push(id.to_owned());
        answer.status().as_u16()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_write_ask_and_are_called_is_in_no_line_of_the_log() {
    let database = TestDatabase::sandbox().await;
    let mails = refusing_mails();
    // Everything that can be asked of the log, libraries included.
    let changes = [("SALUS_LOG", "trace"), ("SALUS_MAIL__URL", mails.as_str())];
    let mut program = Program::start(&database, &changes).await;
    let url = program.url.clone();
    let (employee, clinician) = (
        token(&url, "employee").await,
        token(&url, "clinician").await,
    );
    let admin = token(&url, "admin").await;
    let mut talk = Talk {
        url,
        ids: Vec::new(),
    };
    let worker = TestApp::worker(4);
    let nothing = Uuid::now_v7();
    let canary = |field: &str| {
        Some(json!({ field: "canarymessagetext", "canaryfieldname": "Kanarienvogel" }))
    };
    for (method, path, token, body) in [
        (
            Method::POST,
            "/api/v1/auth/sessions",
            "",
            Some(json!({ "email": CANARIES[1], "password": CANARIES[2] })),
        ),
        (
            Method::POST,
            "/api/v1/me/conversations",
            &*employee,
            Some(json!({ "type_id": CLINICAL_QUESTION, "text": "canarymessagetext" })),
        ),
        (
            Method::POST,
            "/api/v1/me/conversations",
            &*employee,
            canary("text"),
        ),
        (
            Method::GET,
            "/api/v1/clinic/people?q=canarysearchterm",
            &*clinician,
            None,
        ),
        (
            Method::GET,
            "/api/v1/clinic/people?q=Castillo",
            &*clinician,
            None,
        ),
        (
            Method::GET,
            "/api/v1/clinic/people?limit=canarysearchterm",
            &*clinician,
            None,
        ),
        (
            Method::GET,
            &format!("/api/v1/clinic/people/{worker}"),
            &*clinician,
            None,
        ),
        (
            Method::PATCH,
            &format!("/api/v1/clinic/restrictions/{nothing}"),
            &*clinician,
            canary("comment"),
        ),
        (Method::GET, "/api/v1/canarypathpart", &*clinician, None),
        (
            Method::GET,
            "/api/v1/clinic/people/canarypathpart",
            &*clinician,
            None,
        ),
        (Method::GET, "/employee/canarypathpart", "", None),
        (
            Method::GET,
            "/p/canarypathpart?q=canarysearchterm",
            "",
            None,
        ),
        (Method::GET, "/canarypathpart", "canaryheadervalue", None),
        (Method::POST, "/api/v1/me/profile", &*employee, canary("x")),
        (
            Method::POST,
            "/api/v1/public/code-redemptions",
            "",
            Some(json!({ "code": "canarysearchterm" })),
        ),
        (
            Method::POST,
            "/api/v1/admin/hr-feed-runs?employer=northwind&file_name=canarypathpart",
            &*admin,
            canary("rows"),
        ),
    ] {
        let status = talk.say(method, path, token, body).await;
        assert!(status < 500, "{path}: {status}");
    }
    let feed = Client::new()
        .post(format!(
            "{}/api/v1/admin/hr-feed-runs?employer=northwind&file_name=canarypathpart",
            talk.url
        ))
        .bearer_auth(&admin)
        .header("content-type", "text/csv")
        .body("employee_id,last_name,first_name\ncanarycsvcell,Kanarienvogel,canarycsvcell\n");
    feed.send().await.unwrap();

    // Ten failures close an account, which its holder is told by mail; the server refuses it.
    database
        .execute(
            "INSERT INTO throttles (key, failures, window_started_at, last_failure_at) \
             VALUES ('account:employee2@sandbox.example', 9, now() - interval '5 minutes', now() - interval '4 minutes')",
        )
        .await;
    let wrong = json!({ "email": "employee2@sandbox.example", "password": CANARIES[2] });
    let status = talk.say(Method::POST, "/api/v1/auth/sessions", "", Some(wrong));
    assert_eq!(status.await, 401);
    let refused =
        |program: &mut Program| program.log().contains("a mail was not taken").then_some(());
    program.wait_for(refused).await;

    // A failure on our side: its cause is in the log.
    database
        .execute("ALTER TABLE persons RENAME COLUMN first_name TO gone")
        .await;
    let broken = format!("/api/v1/clinic/people/{worker}?q=canarysearchterm");
    let status = talk.say(Method::GET, &broken, &clinician, None).await;
    assert_eq!(status, 500);
    let failed = talk.ids.last().unwrap().clone();

    let mut secrets: Vec<String> = CANARIES.map(str::to_owned).to_vec();
    database
        .execute("ALTER TABLE persons RENAME COLUMN gone TO first_name")
        .await;
    secrets.extend(people(&database).await);
    secrets.extend([employee, clinician, admin]);
    let log = program.log();
    assert_eq!(found(&log, &secrets), Vec::<&str>::new(), "{log}");

    let lines = program.lines();
    let of = |id: &str, message: &str| {
        let mut own = lines.iter().filter(|line| {
            line["fields"]["request_id"] == id && line["fields"]["message"] == message
        });
        (own.next().cloned().unwrap_or_default(), own.count())
    };
    for id in &talk.ids {
        let (line, more) = of(id, "request");
        assert!(
            line.is_object() && more == 0,
            "one line for each request: {id}"
        );
    }
    let (cause, _) = of(&failed, "request failed");
    assert_eq!(cause["level"], "ERROR");
    let said = cause["fields"]["cause"].as_str().unwrap();
    assert!(said.contains("does not exist"), "{said}");
    let (line, _) = of(&failed, "request");
    let fields = line["fields"].as_object().unwrap();
    assert_eq!(fields["operation"], "get_person");
    assert_eq!(fields["status"], 500);
    assert_eq!(fields["problem"], "internal");
    for (name, query) in [
        (
            "account",
            "SELECT id::text FROM accounts WHERE id = (SELECT account_id FROM sign_in_names WHERE name = 'clinician@sandbox.example')",
        ),
        (
            "organization",
            "SELECT provider_org_id::text FROM accounts WHERE id = (SELECT account_id FROM sign_in_names WHERE name = 'clinician@sandbox.example')",
        ),
    ] {
        assert_eq!(fields[name], *database.text(query).await, "{name}");
    }
    let known = [
        "message",
        "request_id",
        "operation",
        "method",
        "status",
        "duration_ms",
        "account",
        "organization",
        "problem",
    ];
    for name in lines
        .iter()
        .filter(|line| line["fields"]["message"] == "request")
        .flat_map(|line| line["fields"].as_object().unwrap().keys())
    {
        assert!(
            known.contains(&name.as_str()),
            "{name} is in the line of a request"
        );
    }

    // Looking like this finds what is there.
    assert_eq!(found("said canarymessagetext", &secrets), [CANARIES[3]]);
    assert_eq!(
        found(&log, std::slice::from_ref(&failed)),
        [failed.as_str()]
    );
}
