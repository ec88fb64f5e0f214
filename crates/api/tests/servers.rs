//! Two servers on one database: what one of them does holds at the other.
#![cfg(test)]

use chrono::Duration;
use futures_util::StreamExt;
use salus_api::accounts::signing_keys;
use salus_api::audit::sealer::{seal_all, verify};
use salus_api::http::rates;
use salus_api::mail::Letter;
use salus_api::sandbox::SALUS;
use salus_client::Client;
use salus_test_support::{TestApp, TestDatabase};
use salus_types::accounts::OpenSession;
use salus_types::problem::RATE_LIMITED;
use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::sync::Arc;
use std::time;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

fn employee() -> OpenSession {
    OpenSession {
        email: Some("employee@sandbox.example".to_owned()),
        user_name: None,
        password: salus_api::sandbox::PASSWORD.to_owned(),
        portal: None,
    }
}

fn at(url: &str) -> Client {
    Client::new(url).unwrap()
}

/// Signs in at a server and gives back a client of another one.
async fn from_one_to_the_other(one: &str, other: &str) -> Client {
    let opened = at(one).open_session(&employee()).await.unwrap();
    at(other).with_token(&opened.access_token)
}

async fn keys(app: &TestApp) -> String {
    let count = "SELECT count(*)::text FROM signing_keys";
    app.database.text(count).await
}

#[tokio::test]
async fn a_token_of_a_key_made_after_the_other_server_started_is_accepted_there() {
    let app = TestApp::start().await;
    app.database
        .execute("UPDATE signing_keys SET retires_at = now() - interval '1 day'")
        .await;
    let (_, other) = app.beside().await;
    let there = from_one_to_the_other(&other, &app.url).await;
    assert!(there.get_session().await.is_ok());
    // What it has read it signs with too, the key before being retired.
    let here = from_one_to_the_other(&app.url, &other).await;
    assert!(here.get_session().await.is_ok());
    assert_eq!(keys(&app).await, "2");
}

#[tokio::test]
async fn servers_that_run_for_months_change_keys_without_refusing_a_token() {
    let app = TestApp::start().await;
    let (state, other) = app.beside().await;
    app.database
        .execute("UPDATE signing_keys SET retires_at = now() + interval '90 days'")
        .await;
    let advance = |days: i64| {
        app.state.clock.advance_sessions(Duration::days(days));
        state.clock.advance_sessions(Duration::days(days));
    };
    for (days, expected) in [(88, "1"), (1, "2"), (1, "2"), (89, "3"), (1, "3")] {
        advance(days);
        for running in [&app.state, &state] {
            signing_keys::read_again(running).await.unwrap();
        }
        assert_eq!(keys(&app).await, expected);
        for (one, two) in [(&app.url, &other), (&other, &app.url)] {
            let client = from_one_to_the_other(one, two).await;
            assert!(client.get_session().await.is_ok());
        }
    }
}

#[tokio::test]
async fn servers_that_start_at_once_make_one_key() {
    let app = TestApp::start().await;
    app.database.execute("DELETE FROM signing_keys").await;
    let (one, two) = tokio::join!(app.beside(), app.beside());
    assert_eq!(keys(&app).await, "1");
    let client = from_one_to_the_other(&one.1, &two.1).await;
    assert!(client.get_session().await.is_ok());
}

#[tokio::test]
async fn servers_that_start_at_once_on_an_empty_database_make_one_key() {
    let database = TestDatabase::empty().await;
    let build = || salus_api::server::build_state(database.settings());
    let (one, two) = tokio::join!(build(), build());
    assert!(one.is_ok() && two.is_ok());
    let count = "SELECT count(*)::text FROM signing_keys";
    assert_eq!(database.text(count).await, "1");
}

#[tokio::test]
async fn a_stream_is_told_to_ask_again_after_its_server_could_not_listen_for_a_while() {
    let app = TestApp::start().await;
    let person = app.employee().await;
    let mut stream = pin!(person.stream_my_events(None).await.unwrap());
    assert_eq!(stream.next().await.unwrap().kind, "ready");
    let ended = "SELECT count(pg_terminate_backend(pid))::text FROM pg_stat_activity \
                 WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let ended = soon(async || app.database.text(ended).await == "1").await;
    assert!(ended);
    assert_eq!(stream.next().await.unwrap().kind, "resync");
}

/// A mail server that takes mails when it is told to: each recipient is sent through `asked` first.
async fn mail_server(asked: UnboundedSender<String>, may_take: Arc<Notify>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(take_mails(stream, asked.clone(), may_take.clone()));
        }
    });
    url
}

async fn take_mails(stream: TcpStream, asked: UnboundedSender<String>, may_take: Arc<Notify>) {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    writing.write_all(b"220 here\r\n").await.unwrap();
    let mut in_data = false;
    while let Ok(Some(line)) = lines.next_line().await {
        let answer: &[u8] = match line.as_str() {
            "." => {
                may_take.notified().await;
                in_data = false;
                b"250 taken\r\n"
            }
            _ if in_data => continue,
            "DATA" => {
                in_data = true;
                b"354 go on\r\n"
            }
            _ => {
                if let Some(to) = line.strip_prefix("RCPT TO:") {
                    asked.send(to.to_owned()).unwrap();
                }
                b"250 yes\r\n"
            }
        };
        if writing.write_all(answer).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn a_mail_is_handed_over_once_however_long_that_takes_and_no_transaction_waits_for_it() {
    let (asked, mut recipients) = unbounded_channel();
    let may_take = Arc::new(Notify::new());
    let url = mail_server(asked, may_take.clone()).await;
    let app = TestApp::start_with(|settings| settings.mail.url = Some(url)).await;
    app.beside().await;
    let letter = Letter {
        to: "somebody@sandbox.example".to_owned(),
        variables: Vec::new(),
        calendar: None,
    };
    let written = app.state.run_system(SALUS, "write_notices", async |tx| {
        tx.mail("something-new", "en", &letter).await
    });
    written.await.unwrap();
    assert_eq!(
        recipients.recv().await.unwrap(),
        "<somebody@sandbox.example>"
    );
    // The longest wait of a worker that looks for mails is half a second.
    let outbox =
        "SELECT string_agg(attempts || ' ' || (sent_at IS NOT NULL), ',') FROM outbox_mails";
    let waiting = "SELECT count(*)::text FROM pg_stat_activity WHERE datname = current_database() \
                   AND state = 'idle in transaction' AND state_change < now() - interval '200 ms'";
    let mut pause = tokio::time::interval(time::Duration::from_millis(100));
    for _ in 0..10 {
        pause.tick().await;
        assert_eq!(app.database.text(waiting).await, "0");
    }
    assert_eq!(app.database.text(outbox).await, "1 false");
    may_take.notify_one();
    assert!(soon(async || app.database.text(outbox).await == "1 true").await);
    assert!(recipients.try_recv().is_err());
}

#[tokio::test]
async fn servers_that_seal_at_once_take_turns_and_the_trail_is_whole() {
    let app = TestApp::start().await;
    let (state, _) = app.beside().await;
    let employee = app.employee().await;
    let mut numbers = Vec::new();
    // What holds a transaction open anywhere in the cluster holds sealing up.
    let sealed = soon(async || {
        employee.get_my_profile().await.unwrap();
        let (one, two) = tokio::join!(seal_all(&app.state), seal_all(&state));
        let sealed = one.unwrap().into_iter().chain(two.unwrap());
        numbers.extend(sealed.map(|block| block.number));
        numbers.len() > 9
    });
    assert!(sealed.await);
    let once: BTreeSet<i64> = numbers.iter().copied().collect();
    assert_eq!(once.len(), numbers.len());
    let report = verify(&state, &BTreeMap::new()).await.unwrap();
    assert!(report.blocks > 9 && report.broken.is_empty());
}

/// Asks again and again until something holds; the servers tell each other within a moment.
async fn soon(mut holds: impl AsyncFnMut() -> bool) -> bool {
    let mut pause = tokio::time::interval(time::Duration::from_millis(100));
    for _ in 0..200 {
        pause.tick().await;
        if holds().await {
            return true;
        }
    }
    false
}

async fn refused(client: &Client) -> bool {
    match client.get_session().await {
        Ok(_) => false,
        Err(error) => {
            assert!(error.is(RATE_LIMITED));
            true
        }
    }
}

#[tokio::test]
async fn an_account_has_one_quota_at_all_servers_together() {
    let app = TestApp::start_with(|settings| settings.rates.requests_per_minute = 120).await;
    let (state, other) = app.beside().await;
    let opened = at(&other).open_session(&employee()).await.unwrap();
    let (here, there) = (at(&app.url), at(&other));
    let (here, there) = (
        here.with_token(&opened.access_token),
        there.with_token(&opened.access_token),
    );
    while !refused(&there).await {}
    rates::tell(&state).await.unwrap();
    // Fewer than it may ask in a minute.
    assert!(soon(async || refused(&here).await).await);
    assert!(app.employee2().await.get_session().await.is_ok());
}
