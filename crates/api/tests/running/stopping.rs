//! The end of a server: what is under way ends well, what lasts is ended, and it is told beforehand.

use crate::program::{Program, command, token};
use futures_util::StreamExt;
use salus_test_support::TestDatabase;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const DRAIN: [(&str, &str); 1] = [("SALUS_DRAIN_SECONDS", "2")];

/// A request for a session of which the server has only a part: it cannot be answered before
/// [`Slow::finish`].
struct Slow {
    stream: TcpStream,
    rest: String,
}

impl Slow {
    async fn begin(url: &str) -> Self {
        let address = url.trim_start_matches("http://");
        let body = serde_json::json!({
            "email": "employee@sandbox.example",
            "password": salus_api::sandbox::PASSWORD,
        });
        let body = body.to_string();
        let (first, rest) = body.split_at(10);
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST /api/v1/auth/sessions HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{first}",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        Self {
            stream,
            rest: rest.to_owned(),
        }
    }

    /// The whole answer; the server closes the connection behind it.
    async fn finish(mut self) -> String {
        self.stream.write_all(self.rest.as_bytes()).await.unwrap();
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

async fn status(url: &str) -> Option<u16> {
    let asked = reqwest::get(url).await.ok()?;
    Some(asked.status().as_u16())
}

/// Waits until the server has begun a request.
async fn until_in_flight(numbers: &str) {
    loop {
        let told = reqwest::get(format!("{numbers}/metrics")).await.unwrap();
        let told = told.text().await.unwrap();
        if told.contains("salus_requests_in_flight 1\n") {
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_told_to_stop_finishes_requests_ends_streams_and_exits_well() {
    let database = TestDatabase::sandbox().await;
    let numbers = ("SALUS_METRICS_LISTEN", "127.0.0.1:0");
    let mut program = Program::start(&database, &[DRAIN[0], numbers]).await;
    let (url, numbers) = (
        program.url.clone(),
        program.address("serving metrics").await,
    );
    let ready = format!("{url}/readyz");
    assert_eq!(status(&ready).await, Some(200));

    let token = token(&url, "employee").await;
    let events = format!("{url}/api/v1/me/events");
    let events = reqwest::Client::new().get(&events).bearer_auth(&token);
    let mut stream = events.send().await.unwrap().bytes_stream();
    let first = stream.next().await.unwrap().unwrap();
    assert!(first.starts_with(b"retry: 2000"));
    let slow = Slow::begin(&url).await;
    until_in_flight(&numbers).await;

    let told = Instant::now();
    program.signal("TERM");
    program
        .wait_for(|program| program.log().contains("stopping").then_some(()))
        .await;
    assert_eq!(status(&ready).await, Some(503), "it is not ready at once");
    let again = reqwest::Client::new().get(format!("{url}/api/v1/me/events"));
    let again = again.bearer_auth(&token).send().await.unwrap();
    assert_eq!(again.status(), 503, "no stream begins any more");
    let rest = stream.map(Result::unwrap).collect::<Vec<_>>();
    let rest = tokio::time::timeout(Duration::from_secs(2), rest).await;
    assert!(rest.is_ok(), "the stream ends, and in order");

    // The server takes no connections any more and still answers who was there before.
    let address = url.trim_start_matches("http://");
    while TcpStream::connect(address).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let answer = slow.finish().await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    let ended = program.ended().await;
    assert_eq!(ended.code(), Some(0), "{}", program.log());
    assert!(told.elapsed() < Duration::from_secs(10));
    // The threads of the library below may still tell of their own ends.
    let lines = program.lines().into_iter();
    let mut own = lines.filter(|line| line["target"] == "salus_api::commands::serve");
    let last = own.next_back().unwrap();
    assert_eq!(last["fields"]["message"], "stopped", "{}", program.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_never_ends_is_not_waited_for_longer_than_set() {
    let database = TestDatabase::sandbox().await;
    let changes = [
        ("SALUS_SHUTDOWN_SECONDS", "3"),
        ("SALUS_DRAIN_SECONDS", "0"),
        ("SALUS_METRICS_LISTEN", "127.0.0.1:0"),
    ];
    let mut program = Program::start(&database, &changes).await;
    let numbers = program.address("serving metrics").await;
    assert_eq!(status(&format!("{}/readyz", program.url)).await, Some(200));
    let slow = Slow::begin(&program.url).await;
    until_in_flight(&numbers).await;
    let told = Instant::now();
    program.signal("TERM");
    let ended = program.ended().await;
    assert_eq!(ended.code(), Some(0), "{}", program.log());
    let taken = told.elapsed();
    assert!(
        (Duration::from_secs(2)..Duration::from_secs(5)).contains(&taken),
        "{taken:?}"
    );
    drop(slow);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_told_twice_ends_at_once() {
    let database = TestDatabase::sandbox().await;
    let mut program = Program::start(&database, &DRAIN).await;
    let _slow = Slow::begin(&program.url).await;
    let told = Instant::now();
    program.signal("TERM");
    program
        .wait_for(|program| program.log().contains("stopping").then_some(()))
        .await;
    program.signal("TERM");
    let ended = program.ended().await;
    assert_eq!(ended.code(), Some(1));
    assert!(told.elapsed() < Duration::from_secs(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_health_command_tells_whether_the_server_is_ready() {
    let database = TestDatabase::sandbox().await;
    let mut program = Program::start(&database, &DRAIN).await;
    let address = program.url.trim_start_matches("http://").to_owned();
    let health = || {
        let mut asking = command(&database, &[("SALUS_LISTEN", &address)]);
        asking.arg("health").output().unwrap()
    };
    let ready = health();
    assert!(ready.status.success(), "{ready:?}");
    assert_eq!(ready.stdout, b"ready\n");
    program.signal("TERM");
    program
        .wait_for(|program| program.log().contains("stopping").then_some(()))
        .await;
    let stopping = health();
    let line = String::from_utf8(stopping.stderr).unwrap();
    assert_eq!(line, format!("salus: {address} is not ready (503)\n"));
    assert_eq!(stopping.status.code(), Some(1));
    program.ended().await;
    let gone = health();
    let line = String::from_utf8(gone.stderr).unwrap();
    assert!(
        line.starts_with(&format!("salus: {address} does not answer")),
        "{line}"
    );
    assert_eq!(gone.status.code(), Some(1));
}
