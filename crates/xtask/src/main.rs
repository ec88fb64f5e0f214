//! `cargo xtask`: every development command of the project.
//!
//! Needs nothing but cargo and a C compiler to build, so that it can name and
//! install everything else.

mod check;
mod cluster;
mod demo;
mod dist;
mod install;
mod process;
mod prove;
mod server;
mod watch;
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
    /// Measure the main operations with many people, each beside its statements by pgbench.
    Bench {
        #[command(flatten)]
        installing: Installing,
        /// What it takes, such as `--people 1000000 --baseline FILE`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run everything on this machine, with the sandbox's people.
    Demo {
        /// Where the server listens.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        #[command(flatten)]
        installing: Installing,
    },
    /// Compile the questionnaire engine's corpus for the browser and say where it is.
    Corpus {
        /// As the released apps are compiled.
        #[arg(long)]
        release: bool,
        #[command(flatten)]
        installing: Installing,
    },
    /// Like demo, but build and start again whatever changes.
    Dev {
        /// Where the server listens.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        #[command(flatten)]
        installing: Installing,
    },
    /// Build the server and the apps for an installation, into dist/.
    Dist {
        #[command(flatten)]
        installing: Installing,
    },
    /// Write openapi/salus.v1.json anew from the server.
    Openapi,
    /// Run one of the long harnesses.
    Prove {
        /// Which one.
        proof: prove::Proof,
        #[command(flatten)]
        installing: Installing,
        /// What it takes, after two dashes: `-- --help`.
        #[arg(last = true)]
        arguments: Vec<String>,
    },
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
        Command::Bench {
            installing,
            arguments,
        } => prove::bench(&workspace, &arguments, !installing.no_install),
        Command::Demo { port, installing } => demo::demo(&workspace, port, !installing.no_install),
        Command::Corpus {
            release,
            installing,
        } => {
            let mode = web::Mode::from_release(release);
            let script = web::corpus(&workspace, mode, !installing.no_install)?;
            println!("{}", script.display());
            Ok(())
        }
        Command::Dev { port, installing } => demo::dev(&workspace, port, !installing.no_install),
        Command::Dist { installing } => dist::dist(&workspace, !installing.no_install),
        Command::Openapi => dist::openapi(&workspace),
        Command::Prove {
            proof,
            installing,
            arguments,
        } => prove::prove(&workspace, proof, &arguments, !installing.no_install),
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
            web::build_within_budget(
                &workspace,
                &apps,
                web::Mode::from_release(release),
                !installing.no_install,
            )
        }
    }
}
