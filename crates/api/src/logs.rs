//! The log: a line for each request and one for each cause of a failure, with ids only.
//!
//! What libraries say below `info` may quote statements and their values, so it is never written,
//! whatever the setting asks for.

use std::panic::PanicHookInfo;
use tracing::{Level, Metadata};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::http::request::current_id;
use crate::settings::Settings;

/// Starts the log of this process, on its standard error.
///
/// # Errors
/// Names the setting that cannot be used.
pub fn start(settings: &Settings) -> Result<(), String> {
    let filter = EnvFilter::try_new(&settings.log).map_err(|e| format!("setting log: {e}"))?;
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = if settings.log_format == "json" {
        lines.json().boxed()
    } else {
        lines.compact().boxed()
    };
    tracing_subscriber::registry()
        .with(filter)
        .with(filter_fn(may_be_written))
        .with(lines)
        .init();
    std::panic::set_hook(Box::new(note_panic));
    Ok(())
}

/// Whether something is ours, or said at a level at which libraries quote no values.
fn may_be_written(about: &Metadata<'_>) -> bool {
    about.target().starts_with("salus") || *about.level() <= Level::INFO
}

/// A panic's message may quote what was read; its place says enough.
pub(crate) fn note_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    tracing::error!(request_id = current_id(), place, "panicked");
}
