//! Opens sessions through the store, for loads of many people: a password would take its time for
//! each. Reads lines of account and organization, writes an access token for each in the same order.
//! The settings are the server's.
#![expect(clippy::expect_used, reason = "without sessions there is no load")]

use futures_util::stream::{self, StreamExt};
use salus_api::accounts::sign_in::Holder;
use salus_api::server;
use salus_api::settings::Settings;
use salus_domain::ids::{AccountId, ProviderOrgId};
use std::io::{BufRead, Write};

const AT_ONCE: usize = 8;

#[tokio::main]
async fn main() {
    let settings = Settings::read(None).expect("settings");
    let state = server::build_state(settings).await.expect("an application");
    let holders: Vec<Holder> = std::io::stdin()
        .lock()
        .lines()
        .map(|line| holder(&line.expect("a line")).expect("an account and an organization"))
        .collect();
    let tokens = stream::iter(holders)
        .map(|holder| state.open_session(holder))
        .buffered(AT_ONCE)
        .map(|opened| opened.expect("a session").signed_in.access_token)
        .collect::<Vec<_>>()
        .await;
    let mut out = std::io::stdout().lock();
    for token in tokens {
        writeln!(out, "{token}").expect("a reader");
    }
}

fn holder(line: &str) -> Option<Holder> {
    let (account, org) = line.split_once(' ')?;
    Some(Holder {
        account: AccountId(account.parse().ok()?),
        org: ProviderOrgId(org.parse().ok()?),
        epoch: 1,
        device: "load".to_owned(),
        portal: None,
    })
}
