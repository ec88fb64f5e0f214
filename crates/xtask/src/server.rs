//! The `salus` program of this checkout, and the settings it is run with here.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cluster::{Cluster, secret};
use crate::process::{Outcome, run};
use crate::web;
use crate::workspace::Workspace;

const DATABASE: &str = "salus";
/// The server's login at the database.
pub(crate) const APP_LOGIN: &str = "salus_app";

/// Compiles the server and says where it is.
pub(crate) fn compile(workspace: &Workspace, release: bool) -> Outcome<PathBuf> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace.root()).args([
        "build",
        "--locked",
        "-p",
        "salus-api",
        "--bin",
        "salus",
    ]);
    if release {
        command.arg("--release");
    }
    run(&mut command, "compiling the server")?;
    let profile = if release { "release" } else { "debug" };
    Ok(workspace.target().join(profile).join("salus"))
}

/// Compiles the released server and what opens sessions for a load, and says where both are. One
/// command for both and for all who want either: by itself each would compile anew what they depend on.
pub(crate) fn compile_for_load(workspace: &Workspace) -> Outcome<(PathBuf, PathBuf)> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(workspace.root())
        .args(["build", "--locked", "--release"])
        .args(["-p", "salus-api", "--bin", "salus"])
        .args(["-p", "salus-test-support", "--example", "sessions"]);
    run(&mut command, "compiling the server")?;
    let built = workspace.target().join("release");
    Ok((built.join("salus"), built.join("examples/sessions")))
}

/// How the server runs on a developer's machine.
pub(crate) struct Salus {
    binary: PathBuf,
    settings: Vec<(&'static str, String)>,
    key_file: PathBuf,
}

impl Salus {
    /// The server on a port, with the sandbox's people. `DATABASE_URL`, when
    /// set, is an administrator's address of the database to use, unless
    /// `SALUS_ADMIN_DATABASE_URL` says that there is another one for that.
    pub(crate) fn of_sandbox(
        workspace: &Workspace,
        binary: PathBuf,
        cluster: Option<&Cluster>,
        port: u16,
        smtp_port: u16,
    ) -> Outcome<Self> {
        let folder = cluster.map_or_else(
            || workspace.path(".data"),
            |cluster| cluster.folder().into(),
        );
        let (app, admin) = match cluster {
            Some(cluster) => {
                cluster.ensure_database(DATABASE)?;
                let admin = cluster.url(DATABASE);
                (as_app(&folder, &admin)?, admin)
            }
            None => {
                let given = env::var("DATABASE_URL").map_err(|error| error.to_string())?;
                match env::var("SALUS_ADMIN_DATABASE_URL") {
                    Ok(admin) => (given, admin),
                    Err(_) => (as_app(&folder, &given)?, given),
                }
            }
        };
        let key_file = folder.join("salus.key");
        let settings = vec![
            ("SALUS_DATABASE_URL", app),
            ("SALUS_ADMIN_DATABASE_URL", admin),
            ("SALUS_LISTEN", format!("127.0.0.1:{port}")),
            ("SALUS_PUBLIC_URL", format!("http://127.0.0.1:{port}")),
            ("SALUS_KEY_FILE", key_file.display().to_string()),
            (
                "SALUS_AUDIT_CHECKPOINTS",
                folder.join("audit-checkpoints.jsonl").display().to_string(),
            ),
            ("SALUS_APPS", web::output(workspace).display().to_string()),
            ("SALUS_SANDBOX", "true".into()),
            ("SALUS_MAIL__URL", format!("smtp://127.0.0.1:{smtp_port}")),
            // One person plays everybody in a sandbox, from one address.
            ("SALUS_RATES__SIGN_INS_PER_MINUTE", "10000".into()),
            ("SALUS_RATES__REQUESTS_PER_MINUTE", "100000".into()),
            ("SALUS_RATES__ANONYMOUS_PER_MINUTE", "100000".into()),
        ];
        Ok(Self {
            binary,
            settings,
            key_file,
        })
    }

    /// The program with its settings and arguments.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        without_settings(&mut command);
        command.args(arguments);
        for (name, value) in &self.settings {
            command.env(name, value);
        }
        command
    }

    /// Brings the database and its people up to date.
    pub(crate) fn prepare(&self) -> Outcome<()> {
        if !self.key_file.exists() {
            run(
                &mut self.command(&["doctor", "--make-key"]),
                "making the key that seals what is confidential",
            )?;
        }
        run(&mut self.command(&["migrate"]), "migrating the database")?;
        run(
            &mut self.command(&["sandbox", "seed"]),
            "filling the sandbox",
        )
    }
}

/// Takes settings meant for other purposes out of a server's environment: it
/// refuses settings it does not know.
fn without_settings(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("SALUS_") || text == "DATABASE_URL" {
            command.env_remove(&name);
        }
    }
}

/// The same address for the server's own login.
fn as_app(folder: &Path, admin: &str) -> Outcome<String> {
    let password = app_password(folder)?;
    replace_login(admin, APP_LOGIN, &password)
        .ok_or_else(|| "DATABASE_URL must look like postgres://user:password@host:port/name".into())
}

/// The password of the server's own login, kept beside the data.
pub(crate) fn app_password(folder: &Path) -> Outcome<String> {
    secret(&folder.join("salus-app-password"))
}

fn replace_login(url: &str, user: &str, password: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority_end = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(authority_end)?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, h)| h);
    Some(format!("{scheme}://{user}:{password}@{host}{path}"))
}

#[cfg(test)]
mod tests {
    use super::replace_login;

    #[test]
    fn an_address_keeps_its_place_when_the_login_changes() {
        assert_eq!(
            replace_login("postgres://root:p%40ss@db:5433/salus?x=1", "app", "secret").as_deref(),
            Some("postgres://app:secret@db:5433/salus?x=1")
        );
        assert_eq!(
            replace_login("postgres://127.0.0.1/salus", "app", "secret").as_deref(),
            Some("postgres://app:secret@127.0.0.1/salus")
        );
        assert_eq!(replace_login("nonsense", "app", "secret"), None);
    }
}
