//! The numbers: what they tell, that they say of nobody, and where they can be read.

use crate::program::{Program, command};
use reqwest::Method;
use salus_api::audit::sealer;
use salus_api::metrics::{self, ALL};
use salus_client::Client;
use salus_test_support::{TestApp, TestDatabase};
use salus_types::accounts::OpenSession;
use std::collections::BTreeSet;
use std::net::TcpListener;
use uuid::Uuid;

const LABELS: [&str; 8] = [
    "operation",
    "method",
    "status",
    "le",
    "problem",
    "outcome",
    "way",
    "version",
];

async fn counting() -> TestApp {
    TestApp::start_with(|settings| {
        settings.metrics_listen = Some("127.0.0.1:0".parse().unwrap());
    })
    .await
}

fn text(app: &TestApp) -> String {
    app.state.metrics.text(&app.state).unwrap()
}

/// The value of a number with all its labels, as it is written.
fn value(app: &TestApp, name: &str) -> f64 {
    let text = text(app);
    let mut lines = text.lines();
    let found = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    found
        .unwrap_or_else(|| panic!("no {name} in\n{text}"))
        .parse()
        .unwrap()
}

/// A line: the number's name, its labels, and whether it is one of [`ALL`].
struct Line<'a> {
    name: &'a str,
    labels: Vec<(&'a str, &'a str)>,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Self {
        let (series, _) = line.rsplit_once(' ').unwrap();
        let (name, labels) = series.split_once('{').unwrap_or((series, ""));
        let labels = labels.trim_end_matches('}').split(',');
        let labels = labels.filter_map(|label| label.split_once('='));
        Self {
            name,
            labels: labels
                .map(|(name, value)| (name, value.trim_matches('"')))
                .collect(),
        }
    }

    fn number(&self) -> Option<&'static str> {
        ALL.iter().map(|(name, ..)| *name).find(|name| {
            let rest = self.name.strip_prefix(name);
            matches!(rest, Some("" | "_bucket" | "_sum" | "_count"))
        })
    }
}

/// What must not be in the numbers: names that are not documented, labels that are not ours, values
/// that could say who.
fn faults(text: &str, names: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(about) = line.strip_prefix("# ") {
            let name = about.split(' ').nth(1).unwrap();
            if !ALL.iter().any(|(known, ..)| *known == name) {
                faults.push(format!("not documented: {line}"));
            }
            continue;
        }
        let read = Line::read(line);
        if read.number().is_none() {
            faults.push(format!("not documented: {line}"));
        }
        for (label, value) in read.labels {
            let telling = value.contains('@')
                || names.contains(value)
                || value
                    .split(['/', '?', '=', ' '])
                    .any(|part| Uuid::try_parse(part).is_ok());
            if telling || !LABELS.contains(&label) {
                faults.push(format!("says who: {line}"));
            }
        }
    }
    faults
}

/// Everything in the sandbox that somebody could be told by.
async fn names(app: &TestApp) -> BTreeSet<String> {
    let query = "SELECT string_agg(DISTINCT value, E'\\n') FROM ( \
         SELECT first_name AS value FROM persons UNION ALL SELECT last_name FROM persons \
         UNION ALL SELECT display_name FROM accounts UNION ALL SELECT name FROM sign_in_names \
         UNION ALL SELECT value FROM contact_points UNION ALL SELECT name FROM employers \
         UNION ALL SELECT code FROM employers UNION ALL SELECT name FROM provider_organizations) v \
         WHERE value <> ''";
    let found = app.database.text(query).await;
    let found: BTreeSet<String> = found.lines().map(str::to_owned).collect();
    assert!(found.len() > 50, "there are names to look for");
    found
}

/// Asks every operation of the document once, for a thing that is not there.
async fn walk(client: &Client, asked: &mut BTreeSet<String>) {
    let document = serde_json::to_value(salus_api::openapi::document()).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else {
                continue;
            };
            let id = operation["operationId"].as_str().unwrap();
            // It would end the walk for the rest.
            if id == "close_session" {
                continue;
            }
            asked.insert(id.to_owned());
            let nothing = Uuid::now_v7().to_string();
            let parts = path.split('/').map(|part| {
                if part.starts_with('{') {
                    nothing.as_str()
                } else {
                    part
                }
            });
            let address = parts.collect::<Vec<_>>().join("/");
            let request = client.request(method, &address).unwrap();
            let contents = &operation["requestBody"]["content"];
            let request = match &contents["application/json"]["example"] {
                serde_json::Value::Null => request,
                example => request.json(example),
            };
            let request = request
                .query(&[("q", "Castillo")])
                .header("if-match", "\"1\"");
            // The head is enough: streams do not end.
            drop(request.send().await.unwrap());
        }
    }
}

/// Seals a block here, with something to seal each time: the server's own worker may have sealed the
/// rest.
async fn seal(app: &TestApp) {
    let employee = app.employee().await;
    let mut pause = tokio::time::interval(std::time::Duration::from_millis(100));
    while sealer::seal_all(&app.state).await.unwrap().is_empty() {
        employee.get_my_profile().await.unwrap();
        pause.tick().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_walks_the_whole_api_leaves_no_trace_of_anybody_in_the_numbers() {
    let app = counting().await;
    let mut asked = BTreeSet::new();
    for caller in ["employee", "supervisor", "clinician", "admin"] {
        walk(&app.signed_in(caller).await, &mut asked).await;
    }
    walk(&app.anonymous(), &mut asked).await;
    let http = reqwest::Client::new();
    for (method, path) in [
        ("GET", "/api/v1/Castillo/employee@sandbox.example"),
        ("CASTILLO", "/api/v1/me/profile"),
        ("GET", "/employee/Castillo"),
        ("GET", "/p/northwind?q=Castillo"),
        ("GET", "/readyz"),
    ] {
        let request = http.request(method.parse().unwrap(), format!("{}{path}", app.url));
        request.send().await.unwrap();
    }
    seal(&app).await;
    sealer::check(&app.state).await;
    metrics::measure(&app.state).await.unwrap();
    let (text, names) = (text(&app), names(&app).await);
    assert_eq!(faults(&text, &names), Vec::<String>::new());

    let (mut told, mut operations) = (BTreeSet::new(), BTreeSet::new());
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let read = Line::read(line);
        told.extend(read.number());
        let labels = read.labels.into_iter();
        operations.extend(
            labels
                .filter(|(label, _)| *label == "operation")
                .map(|(_, value)| value.to_owned()),
        );
    }
    let untold: Vec<_> = ALL
        .iter()
        .filter(|(name, ..)| !told.contains(name))
        .collect();
    assert!(untold.is_empty(), "documented and never told: {untold:?}");
    for (name, _, help) in ALL {
        assert!(text.contains(&format!("# HELP {name} {help}\n")), "{name}");
    }
    asked.extend(["file", "probe", "none"].map(str::to_owned));
    assert_eq!(operations, asked, "each request counts for its operation");
    assert!(
        text.lines().count() < 4_000,
        "few series, however much is asked"
    );
}

#[tokio::test]
async fn looking_at_the_numbers_like_that_finds_what_must_not_be_there() {
    let names = BTreeSet::from(["Castillo".to_owned()]);
    for wrong in [
        "salus_people_total 1".to_owned(),
        "salus_problems_total{problem=\"Castillo\"} 1".to_owned(),
        "salus_problems_total{who=\"internal\"} 1".to_owned(),
        "salus_problems_total{problem=\"a@b.example\"} 1".to_owned(),
        format!(
            "salus_requests_total{{operation=\"/me/{}\"}} 1",
            Uuid::now_v7()
        ),
        "# HELP salus_secret Something".to_owned(),
    ] {
        assert_eq!(faults(&wrong, &names).len(), 1, "{wrong}");
    }
    let right = "salus_problems_total{problem=\"internal\"} 1";
    assert!(faults(right, &names).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_follow_what_happens() {
    let app = counting().await;
    let sign_in = |password: &str| OpenSession {
        email: Some("employee@sandbox.example".to_owned()),
        user_name: None,
        password: password.to_owned(),
        portal: None,
    };
    let nobody = app.anonymous();
    nobody
        .open_session(&sign_in("not the password"))
        .await
        .unwrap_err();
    nobody
        .open_session(&sign_in(salus_api::sandbox::PASSWORD))
        .await
        .unwrap();
    let sign_ins = |outcome: &str| {
        value(
            &app,
            &format!("salus_sign_ins_total{{way=\"password\",outcome=\"{outcome}\"}}"),
        )
    };
    assert_eq!((sign_ins("right"), sign_ins("wrong")), (1.0, 1.0));
    assert_eq!(sign_ins("closed"), 0.0);
    let requests = |status: &str| {
        value(
            &app,
            &format!(
                "salus_requests_total{{operation=\"open_session\",method=\"POST\",status=\"{status}\"}}"
            ),
        )
    };
    assert_eq!((requests("2xx"), requests("4xx")), (1.0, 1.0));
    assert_eq!(
        value(&app, "salus_problems_total{problem=\"sign-in-failed\"}"),
        1.0
    );
    assert_eq!(
        value(
            &app,
            "salus_request_seconds_count{operation=\"open_session\"}"
        ),
        2.0
    );
    assert_eq!(value(&app, "salus_requests_in_flight"), 0.0);
    assert_eq!(value(&app, "salus_database_connections"), 8.0);
    assert!(value(&app, "salus_transactions_total{outcome=\"committed\"}") > 0.0);
    assert!(value(&app, "salus_database_wait_seconds_count") > 0.0);

    let stream = app
        .employee()
        .await
        .request(Method::GET, "/api/v1/me/events")
        .unwrap();
    let stream = stream.send().await.unwrap();
    assert_eq!(value(&app, "salus_streams_open"), 1.0);
    drop(stream);

    let held = app.state.database.nobody().await.unwrap();
    assert!(value(&app, "salus_database_connections_in_use") >= 1.0);
    let dropped = "salus_transactions_total{outcome=\"dropped\"}";
    let before = value(&app, dropped);
    drop(held);
    assert_eq!(value(&app, dropped), before + 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_counted_where_it_waits() {
    let app = counting().await;
    seal(&app).await;
    // Nobody works it off meanwhile.
    app.state.stop.begin();
    app.state.stop.all_through().await;
    app.database
        .execute(
            "INSERT INTO outbox_mails (id, provider_org_id, kind, language, sealed, next_attempt_at, created_at) \
             SELECT gen_random_uuid(), id, 'something-new', 'en', '', now(), now() FROM provider_organizations; \
             INSERT INTO outbox_events (id, provider_org_id, kind, payload, created_at) \
             SELECT gen_random_uuid(), id, 'message.sent', '{}', '2026-11-16T13:00:00Z' FROM provider_organizations",
        )
        .await;
    let waiting = app
        .database
        .text(
            "SELECT count(*)::text FROM outbox_mails WHERE sent_at IS NULL AND gave_up_at IS NULL",
        )
        .await;
    metrics::measure(&app.state).await.unwrap();
    assert_eq!(value(&app, "salus_mails_waiting").to_string(), waiting);
    // An hour, less the minute in which a notice may still be spared.
    let lag = value(&app, "salus_notices_lag_seconds");
    assert!((3_540.0..3_700.0).contains(&lag), "{lag}");
    assert!(value(&app, "salus_audit_blocks") >= 1.0);
    assert!(value(&app, "salus_audit_last_block_age_seconds") >= 0.0);

    sealer::check(&app.state).await;
    assert_eq!(value(&app, "salus_audit_whole"), 1.0);
    app.database
        .execute("UPDATE audit_events SET act = act || 'x' WHERE id = (SELECT event_ids[1] FROM audit_blocks WHERE number = 1)")
        .await;
    sealer::check(&app.state).await;
    assert_eq!(value(&app, "salus_audit_whole"), 0.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_have_a_port_of_their_own_and_are_off_unless_it_is_set() {
    let database = TestDatabase::sandbox().await;
    let on = [("SALUS_METRICS_LISTEN", "127.0.0.1:0")];
    let mut program = Program::start(&database, &on).await;
    let numbers = program.address("serving metrics").await;
    assert_ne!(numbers, program.url);
    let answer = reqwest::get(format!("{numbers}/metrics")).await.unwrap();
    let kind = answer.headers()["content-type"].to_str().unwrap();
    assert!(kind.starts_with("text/plain; version=0.0.4"));
    let text = answer.text().await.unwrap();
    assert!(text.contains("process_resident_memory_bytes "), "{text}");
    assert!(text.contains("salus_build_info{version="), "{text}");
    for path in ["/metrics", "/api/v1/metrics"] {
        let public = reqwest::get(format!("{}{path}", program.url))
            .await
            .unwrap();
        assert_eq!(public.status(), 404, "{path}");
    }
    for path in ["/", "/api/v1/auth/session", "/readyz", "/openapi.json"] {
        let other = reqwest::get(format!("{numbers}{path}")).await.unwrap();
        assert_eq!(other.status(), 404, "{path}");
    }
    drop(program);
    let program = Program::start(&database, &[]).await;
    assert!(!program.log().contains("serving metrics"));
}

#[tokio::test]
async fn a_port_of_the_numbers_in_use_is_told_in_one_line() {
    let database = TestDatabase::sandbox().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut starting = command(&database, &[("SALUS_METRICS_LISTEN", &address)]);
    let refused = starting.arg("serve").output().unwrap();
    let line = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let wanted = format!("salus: setting metrics_listen: {address} cannot be used");
    assert!(
        line.starts_with(&wanted) && line.lines().count() == 1,
        "{line}"
    );
    assert!(line.ends_with("set SALUS_METRICS_LISTEN\n"), "{line}");
}
