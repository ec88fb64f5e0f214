//! The commands of `salus`.

mod account;
mod audit;
mod backup;
mod doctor;
mod feed;
mod health;
mod migrate;
mod restore;
mod sandbox;
mod serve;

pub(crate) use account::{NewStaff, create_staff};

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::settings::Settings;

/// Occupational-health portals.
#[derive(Parser)]
#[command(name = "salus", version, about)]
struct Arguments {
    /// A TOML file of settings; the environment (`SALUS_…`) wins over it.
    #[arg(long, env = "SALUS_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the apps.
    Serve,
    /// Make the roles and run pending migrations.
    Migrate,
    /// Write a backup of the database: a folder with a dump and a manifest.
    ///
    /// The key file is not in it: keep a copy of it, and of the file of audit checkpoints, apart. Needs an
    /// administrator's address and PostgreSQL's pg_dump. The server may run meanwhile.
    Backup(backup::Arguments),
    /// Make an installation of a backup, in an empty database.
    ///
    /// Needs the key file of the time, a superuser's address and PostgreSQL's pg_restore. What may have been used
    /// since the backup ends: everybody has to sign in again, codes are void, mails that waited are not sent.
    Restore(restore::Arguments),
    /// Print the OpenAPI document.
    Openapi,
    /// Fill or empty the sandbox.
    #[command(subcommand)]
    Sandbox(sandbox::Command),
    /// Read HR files.
    #[command(subcommand)]
    Feed(feed::Command),
    /// Make accounts.
    #[command(subcommand)]
    Account(account::Command),
    /// Check the audit trail.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Ask the server on this machine whether it is ready.
    Health,
    /// Check the installation: durability, roles, row-level security, keys.
    Doctor(doctor::Arguments),
}

/// One line for the person at the terminal.
pub type CommandResult = Result<(), String>;

/// Reads the arguments and runs the command.
pub async fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match dispatch(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            // What a library says may have several lines; an operator's log takes one.
            let line: Vec<&str> = text.lines().map(str::trim).collect();
            eprintln!("salus: {}", line.join(" "));
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(arguments: Arguments) -> CommandResult {
    let settings = || Settings::read(arguments.config.as_deref()).map_err(|e| e.to_string());
    match arguments.command {
        Command::Openapi => {
            print!("{}", crate::openapi::text().map_err(|e| e.to_string())?);
            Ok(())
        }
        Command::Serve => serve::run(settings()?).await,
        Command::Migrate => migrate::run(&settings()?).await,
        Command::Backup(arguments) => backup::run(settings()?, arguments).await,
        Command::Restore(arguments) => restore::run(settings()?, arguments).await,
        Command::Sandbox(command) => sandbox::run(settings()?, command).await,
        Command::Feed(command) => feed::run(settings()?, command).await,
        Command::Account(command) => account::run(settings()?, command).await,
        Command::Audit(command) => audit::run(settings()?, command).await,
        Command::Health => health::run(&settings()?),
        Command::Doctor(arguments) => doctor::run(settings()?, arguments).await,
    }
}
