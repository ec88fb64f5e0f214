//! `salus serve`

use actix_web::dev::ServerHandle;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{Instant, timeout_at};

use super::CommandResult;
use crate::settings::Settings;
use crate::state::AppState;
use crate::{logs, metrics, server};

pub(super) async fn run(settings: Settings) -> CommandResult {
    logs::start(&settings)?;
    let mut signals = Signals::new().map_err(|e| format!("signals cannot be heard: {e}"))?;
    let (listener, address) = bind("listen", settings.listen)?;
    let numbers = settings
        .metrics_listen
        .map(|address| bind("metrics_listen", address))
        .transpose()?;
    let limit = Duration::from_secs(settings.shutdown_seconds.into());
    let state = server::build_serving_state(settings)
        .await
        .map_err(|e| e.to_string())?;
    server::check_start(&state)
        .await
        .map_err(|e| e.to_string())?;
    if let Some((listener, address)) = numbers {
        let server = metrics::serve(state.clone(), listener).map_err(|e| e.to_string())?;
        tokio::spawn(server);
        tracing::info!(%address, "serving metrics");
    }
    let server = server::serve(state.clone(), listener).map_err(|e| e.to_string())?;
    tracing::info!(%address, "serving");

    let handle = server.handle();
    let mut serving = tokio::spawn(server);
    tokio::select! {
        ended = &mut serving => return ended.map_err(|e| e.to_string())?.map_err(|e| e.to_string()),
        () = signals.next() => {}
    }
    let until = Instant::now() + limit;
    tokio::select! {
        () = stop(&state, &handle, until) => {
            tracing::info!("stopped");
            Ok(())
        }
        () = signals.next() => Err("told twice to stop: what was under way is lost".to_owned()),
    }
}

fn bind(setting: &str, address: SocketAddr) -> Result<(TcpListener, SocketAddr), String> {
    let bound = TcpListener::bind(address)
        .and_then(|listener| listener.local_addr().map(|address| (listener, address)));
    bound.map_err(|e| {
        let variable = setting.to_uppercase();
        format!("setting {setting}: {address} cannot be used ({e}); set SALUS_{variable}")
    })
}

/// Ends in order: streams close and the server says that it is not ready, then it takes no more
/// connections, then it waits for requests and workers.
async fn stop(state: &AppState, server: &ServerHandle, until: Instant) {
    tracing::info!("stopping");
    state.stop.begin();
    tokio::time::sleep(Duration::from_secs(state.settings.drain_seconds.into())).await;
    let through = async {
        server.stop(true).await;
        state.stop.all_through().await;
    };
    if timeout_at(until, through).await.is_err() {
        tracing::warn!("not everything under way was over in time");
    }
}

/// What tells the process to stop.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
