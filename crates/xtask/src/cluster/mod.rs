//! A private PostgreSQL cluster for development, kept in `.data/`.
//!
//! Several commands may use it at once: each holds a shared lock while it
//! does, and the last one to leave stops the server. The data stays.

mod programs;
mod settings;

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use programs::installed;

use crate::process::{Outcome, answer, capture, feed, file_error, note, step, succeeds};
use crate::workspace::Workspace;

const FIRST_PORT: u16 = 54329;
const HOST: &str = "127.0.0.1";
const ADMINISTRATOR: &str = "postgres";

/// A running cluster, in use by this program. Dropping it leaves the cluster,
/// and stops it when nobody else uses it.
pub(crate) struct Cluster {
    place: Place,
    port: u16,
    password: String,
    in_use: File,
}

/// Where the cluster lives and who runs it.
struct Place {
    programs: PathBuf,
    data: PathBuf,
    log: PathBuf,
    /// The data, the password and the locks stay together: they belong to each other.
    folder: PathBuf,
    /// PostgreSQL refuses to run as root, so root runs it as this user.
    user: Option<&'static str>,
}

impl Cluster {
    /// Starts the cluster, making it first where there is none, or joins the
    /// commands that use it already.
    pub(crate) fn start(workspace: &Workspace) -> Outcome<Self> {
        let place = Place::choose(workspace)?;
        let starting = lock_file(&place.folder.join("postgres.starting"))?;
        starting
            .lock()
            .map_err(|error| format!("waiting for another command failed: {error}"))?;
        let password = secret(&place.folder.join("postgres-password"))?;
        if !place.data.join("PG_VERSION").exists() {
            place.create(&password)?;
        }
        let port = match place.running_port() {
            Some(port) => port,
            None => place.launch()?,
        };
        let in_use = lock_file(&place.folder.join("postgres.in-use"))?;
        in_use
            .lock_shared()
            .map_err(|error| format!("the cluster cannot be marked as in use: {error}"))?;
        Ok(Self {
            place,
            port,
            password,
            in_use,
        })
    }

    /// The administrator's address of a database.
    pub(crate) fn url(&self, database: &str) -> String {
        format!(
            "postgres://{ADMINISTRATOR}:{}@{HOST}:{}/{database}",
            self.password, self.port
        )
    }

    /// Runs statements as the administrator and gives back what they say.
    pub(crate) fn query(&self, database: &str, sql: &str) -> Outcome<String> {
        feed(
            Command::new(self.psql())
                .args(["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-h", HOST])
                .args([
                    "-U",
                    ADMINISTRATOR,
                    "-p",
                    &self.port.to_string(),
                    "-d",
                    database,
                ])
                .env("PGPASSWORD", &self.password)
                .env_remove("PGHOST")
                .env_remove("PGSERVICE"),
            sql,
            "a statement in the private cluster",
        )
        .map(|text| text.trim().to_owned())
    }

    /// Makes a database unless it is there.
    pub(crate) fn ensure_database(&self, name: &str) -> Outcome<()> {
        let there = self.query(
            "postgres",
            &format!("select 1 from pg_database where datname = '{name}';"),
        )?;
        if there.is_empty() {
            self.query("postgres", &format!("create database {name};"))?;
        }
        Ok(())
    }

    /// Gives a login, if it exists, a password.
    pub(crate) fn set_password(&self, login: &str, password: &str) -> Outcome<()> {
        let exists = self.query(
            "postgres",
            &format!("select 1 from pg_roles where rolname = '{login}';"),
        )?;
        if !exists.is_empty() {
            self.query(
                "postgres",
                &format!("alter role {login} password '{password}';"),
            )?;
        }
        Ok(())
    }

    /// Where what belongs to its data is kept: keys and passwords.
    pub(crate) fn folder(&self) -> &Path {
        &self.place.folder
    }

    /// PostgreSQL's command line.
    pub(crate) fn psql(&self) -> PathBuf {
        self.place.programs.join("psql")
    }

    fn leave(&self) -> Outcome<()> {
        let starting = lock_file(&self.place.folder.join("postgres.starting"))?;
        starting
            .lock()
            .map_err(|error| format!("waiting for another command failed: {error}"))?;
        self.in_use
            .unlock()
            .map_err(|error| format!("the cluster cannot be left: {error}"))?;
        if self.in_use.try_lock().is_err() {
            note("the database cluster stays up for another command");
            return Ok(());
        }
        self.place.halt()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(message) = self.leave() {
            eprintln!("warning: {message}");
        }
    }
}

impl Place {
    fn choose(workspace: &Workspace) -> Outcome<Self> {
        let local = workspace.path(".data");
        make_folder(&local)?;
        let root = answer(Command::new("id").arg("-u")).as_deref() == Some("0");
        if !root {
            return Self::new(&local, None);
        }
        if !succeeds(Command::new("id").arg("postgres")) {
            return Err(
                "PostgreSQL does not run as root, and there is no user `postgres` to run it as: install Debian's postgresql package or create that user".into(),
            );
        }
        if succeeds(
            as_user(Some("postgres"), "test")
                .arg("-x")
                .arg(&local)
                .arg("-a")
                .arg("-r")
                .arg("/"),
        ) {
            return Self::new(&local, Some("postgres"));
        }
        let name = workspace
            .root()
            .display()
            .to_string()
            .trim_matches('/')
            .replace('/', "-");
        let fallback = PathBuf::from("/var/lib/salus-development").join(name);
        make_folder(&fallback)?;
        note(&format!(
            "the user postgres cannot reach {}, so the cluster lives in {}",
            local.display(),
            fallback.display()
        ));
        Self::new(&fallback, Some("postgres"))
    }

    fn new(folder: &Path, user: Option<&'static str>) -> Outcome<Self> {
        let data = folder.join("postgres");
        let made_by = fs::read_to_string(data.join("PG_VERSION")).ok();
        let programs = programs::find(made_by.as_deref().map(str::trim))?;
        Ok(Self {
            programs,
            data,
            log: folder.join("postgres.log"),
            folder: folder.to_path_buf(),
            user,
        })
    }

    fn program(&self, name: &str) -> Command {
        let mut command = as_user(self.user, &self.programs.join(name).to_string_lossy());
        // The user it runs as may not be allowed into the folder this one was started in.
        command.current_dir("/");
        command
    }

    fn create(&self, password: &str) -> Outcome<()> {
        step(&format!(
            "Creating a private PostgreSQL cluster in {}",
            self.data.display()
        ));
        make_folder(&self.data)?;
        self.hand_over(&self.data)?;
        // Another user cannot open this program's pipe, so the password goes
        // through a file of that user's own, for a moment.
        let handed = self.data.with_extension("password");
        remove_file(&handed)?;
        private_file(&handed, password)?;
        self.hand_over(&handed)?;
        let made = capture(
            self.program("initdb")
                .arg("--pgdata")
                .arg(&self.data)
                .args(["--username", ADMINISTRATOR, "--pwfile"])
                .arg(&handed)
                .args(["--auth", "scram-sha-256", "--data-checksums"])
                .args(["--encoding", "UTF8", "--locale", settings::LOCALE]),
            "creating the cluster",
        );
        remove_file(&handed)?;
        made?;
        let path = self.data.join("postgresql.conf");
        let given = fs::read_to_string(&path).map_err(|error| file_error("read", &path, &error))?;
        fs::write(&path, given + settings::SETTINGS)
            .map_err(|error| file_error("written", &path, &error))
    }

    /// Starts the server on the first free port.
    fn launch(&self) -> Outcome<u16> {
        let port = free_port(FIRST_PORT)?;
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(&self.log)
            .map_err(|error| file_error("written", &self.log, &error))?;
        drop(log);
        self.hand_over(&self.log)?;
        let started = capture(
            self.program("pg_ctl")
                .arg("start")
                .arg("--pgdata")
                .arg(&self.data)
                .arg("--log")
                .arg(&self.log)
                .args(["--silent", "--wait", "--timeout", "60"])
                .args(["--options", &format!("-p {port}")])
                // The server would keep the pipes of this program open.
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null()),
            "starting the private PostgreSQL cluster",
        );
        if let Err(message) = started {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            let tail: Vec<&str> = log.lines().rev().take(5).collect();
            for line in tail.iter().rev() {
                note(line);
            }
            return Err(format!("{message}; see {}", self.log.display()));
        }
        step(&format!("PostgreSQL runs on {HOST}:{port}"));
        Ok(port)
    }

    fn halt(&self) -> Outcome<()> {
        capture(
            self.program("pg_ctl")
                .arg("stop")
                .arg("--pgdata")
                .arg(&self.data)
                .args(["--silent", "--wait", "--mode", "fast"]),
            "stopping the private PostgreSQL cluster",
        )?;
        note(&format!(
            "PostgreSQL has stopped; its data stays in {}",
            self.data.display()
        ));
        Ok(())
    }

    /// The port of the server that runs on this data, if one does.
    fn running_port(&self) -> Option<u16> {
        if !succeeds(
            self.program("pg_ctl")
                .arg("status")
                .arg("--pgdata")
                .arg(&self.data),
        ) {
            return None;
        }
        fs::read_to_string(self.data.join("postmaster.pid"))
            .ok()?
            .lines()
            .nth(3)?
            .trim()
            .parse()
            .ok()
    }

    fn hand_over(&self, path: &Path) -> Outcome<()> {
        match self.user {
            Some(user) => capture(
                Command::new("chown").arg(format!("{user}:")).arg(path),
                "handing the cluster to its user",
            )
            .map(drop),
            None => Ok(()),
        }
    }
}

/// A port nobody listens on, from `first` upwards.
pub(crate) fn free_port(first: u16) -> Outcome<u16> {
    (first..first.saturating_add(200))
        .find(|port| TcpListener::bind((HOST, *port)).is_ok())
        .ok_or_else(|| format!("no free port from {first} on"))
}

/// A random value kept in a file only its owner can read; made at the first call.
pub(crate) fn secret(path: &Path) -> Outcome<String> {
    if let Ok(found) = fs::read_to_string(path) {
        return Ok(found.trim().to_owned());
    }
    let mut bytes = [0_u8; 24];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .map_err(|error| format!("no random bytes: {error}"))?;
    let value = hex::encode(bytes);
    private_file(path, &value)?;
    Ok(value)
}

/// Makes a file that only its owner can read.
fn private_file(path: &Path, content: &str) -> Outcome<()> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| file.write_all(content.as_bytes()))
        .map_err(|error| file_error("written", path, &error))
}

fn remove_file(path: &Path) -> Outcome<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(file_error("removed", path, &error))
        }
        _ => Ok(()),
    }
}

fn as_user(user: Option<&str>, program: &str) -> Command {
    match user {
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--", program]);
            command
        }
        None => Command::new(program),
    }
}

fn make_folder(path: &Path) -> Outcome<()> {
    if path.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(path).map_err(|error| file_error("created", path, &error))?;
    // Others may pass through, as the cluster's user has to, but not look around.
    fs::set_permissions(path, fs::Permissions::from_mode(0o711))
        .map_err(|error| file_error("protected", path, &error))
}

fn lock_file(path: &Path) -> Outcome<File> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|error| file_error("opened", path, &error))
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::{free_port, secret};

    #[test]
    fn a_busy_port_is_passed_over() {
        let busy = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = busy.local_addr().unwrap().port();
        if port < u16::MAX - 200 {
            assert!(free_port(port).unwrap() > port);
        }
    }

    #[test]
    fn a_secret_stays_the_same_and_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;

        let folder = std::env::temp_dir().join(format!("xtask-secret-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("secret");
        let first = secret(&path).unwrap();
        assert_eq!(secret(&path).unwrap(), first);
        assert_eq!(first.len(), 48);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
