//! `salus serve`

use std::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::CommandResult;
use crate::server;
use crate::settings::Settings;

pub(super) async fn run(settings: Settings) -> CommandResult {
    let filter = EnvFilter::try_new(&settings.log).map_err(|e| format!("setting log: {e}"))?;
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if settings.log_format == "json" {
        logs.json().init()
    } else {
        logs.compact().init()
    }

    let listener = TcpListener::bind(settings.listen).map_err(|e| {
        format!(
            "setting listen: {} cannot be used ({e}); set SALUS_LISTEN",
            settings.listen
        )
    })?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let state = server::build_state(settings)
        .await
        .map_err(|e| e.to_string())?;
    server::check_start(&state)
        .await
        .map_err(|e| e.to_string())?;
    let server = server::serve(state, listener).map_err(|e| e.to_string())?;
    let handle = server.handle();
    tokio::spawn(async move {
        stop_signal().await;
        tracing::info!("stopping");
        handle.stop(true).await;
    });
    tracing::info!(%address, "serving");
    server.await.map_err(|e| e.to_string())
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => drop(interrupt.await),
    }
}
