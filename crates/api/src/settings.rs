//! Settings, from a TOML file (`--config`, `SALUS_CONFIG`) and the environment. The environment
//! wins; a nested name is written with two underscores (`SALUS_MAIL__URL`). What is secret can be
//! in a file of its own, which the environment names (`SALUS_DATABASE_URL_FILE`). A wrong setting
//! stops the start with one line.

use ipnet::IpNet;
use serde::Deserialize;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(PartialEq, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Address of the database for the login `salus_app`. Also read from `DATABASE_URL`.
    pub database_url: String,
    /// Address of the database for an administrator who may take the role `salus_owner`; only
    /// `migrate`, `doctor` and the sandbox need it.
    pub admin_database_url: Option<String>,
    /// Connections kept open, 2 to 200: two for jobs, the rest shared out among `workers`. More than
    /// the database has processors for make answers wait for each other, not come sooner.
    pub database_pool: u32,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Where the server's numbers can be read, by Prometheus; without it none are kept. Never a port
    /// that the world reaches.
    pub metrics_listen: Option<SocketAddr>,
    /// The address people type; `https`, or a loopback one.
    pub public_url: String,
    /// Addresses of the proxies in front, comma-separated (`10.0.0.0/8, 192.0.2.7/32`): what they say
    /// of whom they speak for (`X-Forwarded-For`) is believed, nobody else's word is.
    pub trusted_proxies: String,
    /// The file that holds the key-encryption key. `salus doctor --make-key` makes one.
    pub key_file: PathBuf,
    /// The file outside the database to which each sealed block of the audit trail is noted. Keep
    /// copies where the database's administrators cannot write.
    pub audit_checkpoints: Option<PathBuf>,
    /// Folder of PostgreSQL's programs (`pg_dump`, `pg_restore`), for backup and restore; without it
    /// they are looked for on the path.
    pub postgres_programs: Option<PathBuf>,
    /// Folder of the built apps; without it the server answers the API only.
    pub apps: Option<PathBuf>,
    /// Whether browsers keep the apps' files, so that an app opens at once and without a connection.
    /// Off also takes away what was kept.
    pub keep_apps: bool,
    /// Whether this is a sandbox: synthetic people with a published password.
    pub sandbox: bool,
    /// `required` or `off`: whether holders of a role need a second factor.
    pub staff_mfa: String,
    /// Whether this server offers times that become free to those who wait for one.
    pub offer_freed_times: bool,
    /// Threads that answer requests, 1 to 64.
    pub workers: usize,
    /// Seconds from being told to stop until the process is gone, 2 to 300.
    pub shutdown_seconds: u32,
    /// How many of them it still takes new connections, so that proxies see that it is not ready; 0
    /// to 60, and fewer than all.
    pub drain_seconds: u32,
    /// `json` or `text`.
    pub log_format: String,
    /// What is logged, as `tracing` filters say it.
    pub log: String,
    /// E-mail.
    pub mail: MailSettings,
    /// Passwords.
    pub password: PasswordSettings,
    /// Limits of rate.
    pub rates: RateSettings,
    /// How long sessions live.
    pub sessions: SessionSettings,
}

/// How e-mail leaves.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(PartialEq, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
pub struct MailSettings {
    /// `smtp://host:port` or `smtps://user:password@host`; without it mails wait in the outbox.
    pub url: Option<String>,
    /// The sender.
    pub from: String,
}

/// Cost of password hashes (Argon2id).
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(PartialEq, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
pub struct PasswordSettings {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// Hashes computed at the same time.
    pub at_once: usize,
    /// Sign-ins that may wait for their turn.
    pub queue: usize,
}

/// Limits of rate.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(PartialEq, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
pub struct RateSettings {
    /// Sign-ins a minute from one address, right or wrong.
    pub sign_ins_per_minute: u32,
    /// Requests a minute of one account.
    pub requests_per_minute: u32,
    /// Requests a minute from one address of which nobody is signed in.
    pub anonymous_per_minute: u32,
    /// Pick-up codes tried an hour from one address.
    pub codes_per_hour: u32,
}

/// How long sessions live.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(PartialEq, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
pub struct SessionSettings {
    /// Minutes without activity, 5 to 60.
    pub idle_minutes: u32,
    /// Hours at most, 1 to 24.
    pub absolute_hours: u32,
    /// Seconds of an access token, 60 to 900.
    pub access_seconds: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database_url: String::new(),
            admin_database_url: None,
            database_pool: 8,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: None,
            public_url: "http://127.0.0.1:8080".to_owned(),
            trusted_proxies: String::new(),
            key_file: PathBuf::from("salus.key"),
            audit_checkpoints: Some(PathBuf::from("audit-checkpoints.jsonl")),
            postgres_programs: None,
            apps: None,
            keep_apps: true,
            sandbox: false,
            staff_mfa: "off".to_owned(),
            offer_freed_times: true,
            workers: 2,
            shutdown_seconds: 10,
            drain_seconds: 1,
            log_format: "text".to_owned(),
            log: "info".to_owned(),
            mail: MailSettings::default(),
            password: PasswordSettings::default(),
            rates: RateSettings::default(),
            sessions: SessionSettings::default(),
        }
    }
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            url: None,
            from: "Salus <no-reply@salus.example>".to_owned(),
        }
    }
}

impl Default for PasswordSettings {
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            at_once: 2,
            queue: 16,
        }
    }
}

impl Default for RateSettings {
    fn default() -> Self {
        Self {
            sign_ins_per_minute: 30,
            requests_per_minute: 300,
            anonymous_per_minute: 60,
            codes_per_hour: 20,
        }
    }
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self {
            idle_minutes: 15,
            absolute_hours: 12,
            access_seconds: 300,
        }
    }
}

/// A setting that cannot be used; one line that says which and why.
#[derive(Debug, thiserror::Error)]
#[error("setting {name}: {why}")]
pub struct SettingsError {
    /// The setting.
    pub name: String,
    /// What is wrong with it.
    pub why: String,
}

impl SettingsError {
    fn new(name: &str, why: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            why: why.into(),
        }
    }
}

impl Settings {
    /// Reads the file, if one is named, and the environment, and checks every value.
    ///
    /// # Errors
    /// Names the first setting that cannot be used.
    pub fn read(file: Option<&std::path::Path>) -> Result<Self, SettingsError> {
        let mut builder = config::Config::builder();
        if let Some(file) = file {
            builder = builder.add_source(config::File::from(file).format(config::FileFormat::Toml));
        }
        if let Ok(url) = std::env::var("DATABASE_URL") {
            builder = builder
                .set_default("database_url", url)
                .map_err(|e| SettingsError::new("database_url", e.to_string()))?;
        }
        let environment = with_secrets(std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }))?;
        let settings: Self = builder
            .add_source(
                config::Environment::with_prefix("SALUS")
                    .source(Some(environment))
                    .prefix_separator("_")
                    .separator("__")
                    .try_parsing(true),
            )
            .build()
            .and_then(config::Config::try_deserialize)
            .map_err(|e| SettingsError::new("file or environment", e.to_string()))?;
        settings.check()?;
        Ok(settings)
    }

    /// The networks of the proxies in front.
    ///
    /// # Errors
    /// When one of them is no address.
    pub fn proxies(&self) -> Result<Vec<IpNet>, SettingsError> {
        let parts = self.trusted_proxies.split(',').map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(|part| {
                let single = part.parse::<std::net::IpAddr>().map(IpNet::from);
                single.or_else(|_| part.parse()).map_err(|_| {
                    SettingsError::new("trusted_proxies", format!("{part} is no address"))
                })
            })
            .collect()
    }

    /// Checks every value.
    ///
    /// # Errors
    /// Names the first setting that cannot be used.
    pub fn check(&self) -> Result<(), SettingsError> {
        let within = |name: &str, value: u64, from: u64, to: u64| {
            if (from..=to).contains(&value) {
                Ok(())
            } else {
                Err(SettingsError::new(
                    name,
                    format!("{value} is not between {from} and {to}"),
                ))
            }
        };
        if self.database_url.is_empty() {
            return Err(SettingsError::new(
                "database_url",
                "missing; set SALUS_DATABASE_URL or DATABASE_URL",
            ));
        }
        within("database_pool", u64::from(self.database_pool), 2, 200)?;
        within("workers", self.workers as u64, 1, 64)?;
        within("shutdown_seconds", u64::from(self.shutdown_seconds), 2, 300)?;
        let most = u64::from(self.shutdown_seconds - 1).min(60);
        within("drain_seconds", u64::from(self.drain_seconds), 0, most)?;
        if self
            .metrics_listen
            .is_some_and(|numbers| numbers == self.listen && numbers.port() != 0)
        {
            return Err(SettingsError::new(
                "metrics_listen",
                "must not be the port the server listens on",
            ));
        }
        within(
            "sessions.idle_minutes",
            u64::from(self.sessions.idle_minutes),
            5,
            60,
        )?;
        within(
            "sessions.absolute_hours",
            u64::from(self.sessions.absolute_hours),
            1,
            24,
        )?;
        within(
            "sessions.access_seconds",
            u64::from(self.sessions.access_seconds),
            60,
            900,
        )?;
        within("password.passes", u64::from(self.password.passes), 1, 10)?;
        within(
            "password.memory_kib",
            u64::from(self.password.memory_kib),
            8,
            1024 * 1024,
        )?;
        within("password.at_once", self.password.at_once as u64, 1, 64)?;
        for (name, rate) in [
            ("rates.sign_ins_per_minute", self.rates.sign_ins_per_minute),
            ("rates.requests_per_minute", self.rates.requests_per_minute),
            (
                "rates.anonymous_per_minute",
                self.rates.anonymous_per_minute,
            ),
            ("rates.codes_per_hour", self.rates.codes_per_hour),
        ] {
            within(name, u64::from(rate), 1, 10_000_000)?;
        }
        self.proxies()?;
        if !matches!(self.log_format.as_str(), "json" | "text") {
            return Err(SettingsError::new("log_format", "must be json or text"));
        }
        if self.staff_mfa != "off" {
            return Err(SettingsError::new(
                "staff_mfa",
                "only off is possible until second factors exist",
            ));
        }
        let url = url::Url::parse(&self.public_url)
            .map_err(|e| SettingsError::new("public_url", format!("{} ({e})", self.public_url)))?;
        let loopback = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
            return Err(SettingsError::new(
                "public_url",
                "must be https, or a loopback address",
            ));
        }
        if url.path() != "/" {
            return Err(SettingsError::new("public_url", "must have no path"));
        }
        Ok(())
    }
}

/// Secrets that can be in a file of their own, as container platforms hand them over.
const SECRETS: [&str; 3] = [
    "SALUS_DATABASE_URL",
    "SALUS_ADMIN_DATABASE_URL",
    "SALUS_MAIL__URL",
];

/// The environment, with what stands in the files it names for secrets.
fn with_secrets(
    environment: impl Iterator<Item = (String, String)>,
) -> Result<HashMap<String, String>, SettingsError> {
    let mut environment: HashMap<String, String> = environment.collect();
    for name in SECRETS {
        let Some(file) = environment.remove(&format!("{name}_FILE")) else {
            continue;
        };
        let setting = name.trim_start_matches("SALUS_").to_lowercase();
        let setting = setting.replace("__", ".");
        let content = std::fs::read_to_string(&file).map_err(|error| {
            SettingsError::new(&setting, format!("{file} cannot be read ({error})"))
        })?;
        let twice = environment.insert(name.to_owned(), content.trim_end().to_owned());
        if twice.is_some() {
            return Err(SettingsError::new(
                &setting,
                format!("given twice; set {name} or {name}_FILE"),
            ));
        }
    }
    Ok(environment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valid() -> Settings {
        Settings {
            database_url: "postgres://x".to_owned(),
            ..Settings::default()
        }
    }

    #[test]
    fn the_defaults_need_only_a_database() {
        assert!(valid().check().is_ok());
        assert_eq!(
            Settings::default().check().unwrap_err().name,
            "database_url"
        );
    }

    const EXAMPLE: &str = include_str!("../../../salus.example.toml");

    #[test]
    fn the_example_file_says_the_defaults() {
        let file = config::File::from_str(EXAMPLE, config::FileFormat::Toml);
        let read = config::Config::builder().add_source(file).build().unwrap();
        assert_eq!(
            read.try_deserialize::<Settings>().unwrap(),
            Settings::default()
        );
    }

    #[test]
    fn every_setting_stands_in_the_example_file() {
        let all = serde_json::to_value(Settings::default()).unwrap();
        let sections = all.as_object().unwrap().iter();
        let names = sections.flat_map(|(name, value)| match value.as_object() {
            Some(section) => section.keys().cloned().collect(),
            None => vec![name.clone()],
        });
        for name in names {
            let said = |line: &str| {
                let line = line.trim_start_matches("# ");
                line.strip_prefix(&name)
                    .is_some_and(|rest| rest.starts_with(" ="))
            };
            assert!(EXAMPLE.lines().any(said), "{name}");
        }
    }

    #[test]
    fn a_secret_is_read_from_the_file_that_the_environment_names() {
        let file = std::env::temp_dir().join(format!("salus-secret-{}", std::process::id()));
        std::fs::write(&file, "postgres://salus_app:s3cret@db/salus\n").unwrap();
        let path = file.to_str().unwrap().to_owned();
        let named = ("SALUS_DATABASE_URL_FILE".to_owned(), path.clone());
        let read = with_secrets([named.clone()].into_iter()).unwrap();
        assert_eq!(
            read.get("SALUS_DATABASE_URL").map(String::as_str),
            Some("postgres://salus_app:s3cret@db/salus")
        );
        assert!(!read.contains_key("SALUS_DATABASE_URL_FILE"));
        let own = ("SALUS_DATABASE_URL".to_owned(), "postgres://x".to_owned());
        let twice = with_secrets([named, own].into_iter()).unwrap_err();
        assert_eq!(
            twice.to_string(),
            "setting database_url: given twice; set SALUS_DATABASE_URL or SALUS_DATABASE_URL_FILE"
        );
        // The key file is a setting by itself, not a file with a secret setting.
        let key = ("SALUS_KEY_FILE".to_owned(), path);
        assert_eq!(
            with_secrets([key.clone()].into_iter()).unwrap().get(&key.0),
            Some(&key.1)
        );
        std::fs::remove_file(file).unwrap();
    }

    #[test]
    fn a_secret_file_that_cannot_be_read_is_named_with_its_setting() {
        let named = ("SALUS_MAIL__URL_FILE", "/nowhere/mail-url");
        let error = with_secrets([(named.0.to_owned(), named.1.to_owned())].into_iter());
        let line = error.unwrap_err().to_string();
        assert!(
            line.starts_with("setting mail.url: /nowhere/mail-url cannot be read"),
            "{line}"
        );
    }

    #[test]
    fn the_numbers_are_never_on_the_public_port() {
        let on = |metrics: &str| Settings {
            metrics_listen: Some(metrics.parse().unwrap()),
            ..valid()
        };
        assert!(on("127.0.0.1:9464").check().is_ok());
        assert_eq!(
            on("127.0.0.1:8080").check().unwrap_err().name,
            "metrics_listen"
        );
    }

    #[test]
    fn the_server_drains_for_less_than_it_has_to_stop() {
        let settings = Settings {
            shutdown_seconds: 5,
            drain_seconds: 5,
            ..valid()
        };
        assert_eq!(settings.check().unwrap_err().name, "drain_seconds");
    }

    #[test]
    fn a_public_address_without_tls_is_refused_unless_it_is_loopback() {
        let with = |url: &str| {
            Settings {
                public_url: url.to_owned(),
                ..valid()
            }
            .check()
        };
        assert!(with("https://health.acme.example").is_ok());
        assert!(with("http://localhost:8080").is_ok());
        assert_eq!(
            with("http://health.acme.example").unwrap_err().name,
            "public_url"
        );
    }
}
