//! The `salus` command.

use std::process::ExitCode;
use tokio::runtime::Runtime;

fn main() -> ExitCode {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("salus: no threads to work with ({error})");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(salus_api::commands::run());
    // Whoever still works at the end of a server's patience is not waited for.
    runtime.shutdown_background();
    code
}
