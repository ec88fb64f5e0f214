//! `cargo xtask`: every development command of the project.
//!
//! Needs nothing but cargo and a C compiler to build, so that it can name and
//! install everything else.

mod check;
mod cluster;
mod install;
mod process;
mod server;
mod web;
mod workspace;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::process::Outcome;
use crate::workspace::Workspace;

/// Development commands of Salus.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Whether missing tools may be installed.
#[derive(Args, Clone, Copy)]
struct Installing {
    /// Only list what is missing; install nothing.
    #[arg(long)]
    no_install: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Run everything CI runs.
    Test {
        #[command(flatten)]
        installing: Installing,
    },
    /// Build the browser apps into dist/web.
    Web {
        /// Small and precompressed, with the size budgets enforced.
        #[arg(long)]
        release: bool,
        /// Only this app; may be given more than once.
        #[arg(long = "app", value_name = "NAME")]
        apps: Vec<web::App>,
        #[command(flatten)]
        installing: Installing,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome<()> {
    let workspace = Workspace::find()?;
    process::stop_in_order()?;
    match command {
        Command::Test { installing } => check::run_all(&workspace, !installing.no_install),
        Command::Web {
            release,
            apps,
            installing,
        } => {
            let apps = if apps.is_empty() {
                web::App::ALL.to_vec()
            } else {
                apps
            };
            web::build(
                &workspace,
                &apps,
                web::Mode::from_release(release),
                !installing.no_install,
            )
        }
    }
}
