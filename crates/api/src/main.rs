//! The `salus` command.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    salus_api::commands::run().await
}
