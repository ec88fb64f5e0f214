//! `cargo xtask demo` and `cargo xtask dev`: everything running on this machine.

use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::cluster::{self, Cluster, free_port};
use crate::install;
use crate::process::{Outcome, Service, file_error, note, step, stopping};
use crate::server::{self, Salus};
use crate::watch::State;
use crate::web::{self, App, Mode};
use crate::workspace::Workspace;

const HOST: &str = "127.0.0.1";
const FIRST_SMTP_PORT: u16 = 1025;
const FIRST_MAIL_PAGE_PORT: u16 = 1080;
const POLL: Duration = Duration::from_millis(300);
const HEALTH: &str = "/healthz";

/// Whose accounts the sandbox has, and what each is for.
const ACCOUNTS: [(&str, &str); 14] = [
    ("employee", "an employee"),
    ("employee2", "another employee of the same employer"),
    ("supervisor", "supervises employee@"),
    ("supervisor2", "another supervisor"),
    ("clinician", "a clinician"),
    ("scheduler", "schedules for the clinic"),
    ("admin", "administers the portals"),
    ("privacy", "the privacy officer"),
    ("recorder", "the safety recorder"),
    ("auditor", "an auditor"),
    ("other-employee", "an employee of a second employer"),
    ("other-supervisor", "a supervisor there"),
    ("foreign-employee", "an employee of another provider"),
    ("foreign-clinician", "a clinician there"),
];
const PASSWORD: &str = "salus-sandbox-only";

/// What is running. Fields are dropped, and so stopped, in this order.
struct Running {
    server: Service,
    mail: Service,
    salus: Salus,
    cluster: Option<Cluster>,
    port: u16,
}

/// Runs everything with the sandbox's people, until Ctrl-C.
pub(crate) fn demo(workspace: &Workspace, port: u16, install: bool) -> Outcome<()> {
    let mut running = Running::start(workspace, port, install, Mode::Release)?;
    while !stopping() {
        if let Some(message) = running.lost() {
            running.stop();
            return Err(message);
        }
        thread::sleep(POLL);
    }
    running.stop();
    Ok(())
}

/// As `demo`, but whatever changes is built and started again.
pub(crate) fn dev(workspace: &Workspace, port: u16, install: bool) -> Outcome<()> {
    let mut running = Running::start(workspace, port, install, Mode::Development)?;
    step("Watching for changes; Ctrl-C ends");
    let mut apps = State::of_apps(workspace)?;
    let mut server = State::of_server(workspace)?;
    while !stopping() {
        thread::sleep(POLL);
        let now = State::of_server(workspace)?;
        if now != server {
            server = now;
            said(running.replace_server(workspace));
        }
        let now = State::of_apps(workspace)?;
        if now != apps {
            apps = now;
            let built = web::build(workspace, &App::ALL, Mode::Development, install);
            if built.is_ok() {
                note("built; reload the page");
            }
            said(built.map(drop));
        }
    }
    running.stop();
    Ok(())
}

/// While watching, an error is for reading, not for ending.
fn said(result: Outcome<()>) {
    if let Err(message) = result
        && !stopping()
    {
        eprintln!("error: {message}");
    }
}

impl Running {
    fn start(workspace: &Workspace, port: u16, install: bool, mode: Mode) -> Outcome<Self> {
        let started = Instant::now();
        if TcpListener::bind((HOST, port)).is_err() {
            return Err(format!(
                "port {port} is in use: stop what uses it, or choose another with --port"
            ));
        }
        let own_database = env::var_os("DATABASE_URL").is_none();
        let mut needs = vec![install::node()];
        if own_database {
            needs.push(install::postgres(cluster::installed()));
        }
        install::ensure(&needs, install)?;
        install::npm(&web::tools(workspace), install)?;
        let data = workspace.path(".data");
        fs::create_dir_all(&data).map_err(|error| file_error("created", &data, &error))?;

        let cluster = own_database
            .then(|| Cluster::start(workspace))
            .transpose()?;
        step("Compiling the server; the first time takes some minutes");
        let binary = server::compile(workspace, false)?;
        for excess in web::build(workspace, &App::ALL, mode, install)? {
            note(&format!("over the size budget: {excess}"));
        }

        let (mail, smtp_port, mail_page) = catch_mail(workspace)?;
        let salus = Salus::of_sandbox(workspace, binary, cluster.as_ref(), port, smtp_port)?;
        step("Preparing the database and the sandbox");
        salus.prepare()?;
        let server = serve(&salus, port)?;
        step(&format!(
            "Salus is ready after {} s",
            started.elapsed().as_secs()
        ));
        print_addresses(port, mail_page);
        Ok(Self {
            server,
            mail,
            salus,
            cluster,
            port,
        })
    }

    /// Compiles the server anew and puts it in the place of the running one.
    fn replace_server(&mut self, workspace: &Workspace) -> Outcome<()> {
        step("The server changed");
        server::compile(workspace, false)?;
        self.server.end();
        self.salus.prepare()?;
        self.server = serve(&self.salus, self.port)?;
        note("the server runs again");
        Ok(())
    }

    /// What ended by itself, if anything did.
    fn lost(&mut self) -> Option<String> {
        if let Some(status) = self.server.ended() {
            return Some(format!("the server ended ({status})"));
        }
        self.mail
            .ended()
            .map(|status| format!("the mail catcher ended ({status})"))
    }

    fn stop(mut self) {
        eprintln!();
        step("Stopping");
        self.server.end();
        self.mail.end();
        if self.cluster.is_none() {
            note("the database is yours and keeps running");
        }
    }
}

fn serve(salus: &Salus, port: u16) -> Outcome<Service> {
    step("Starting the server");
    let mut server = Service::start(&mut salus.command(&["serve"]), "the server")?;
    server.wait_until(Duration::from_secs(60), || answers(port, HEALTH))?;
    Ok(server)
}

/// Starts a mail server that keeps what it receives and shows it on a page.
fn catch_mail(workspace: &Workspace) -> Outcome<(Service, u16, u16)> {
    let smtp = free_port(FIRST_SMTP_PORT)?;
    let page = free_port(FIRST_MAIL_PAGE_PORT)?;
    let folder = workspace.path(".data/mail");
    step("Starting the mail catcher");
    let mut mail = Service::start(
        Command::new("node")
            .arg(web::tools(workspace).join("node_modules/maildev/bin/maildev"))
            .args(["--ip", HOST, "--smtp", &smtp.to_string()])
            .args(["--web-ip", HOST, "--web", &page.to_string()])
            .arg("--mail-directory")
            .arg(&folder)
            .arg("--silent")
            .stdout(Stdio::null()),
        "the mail catcher",
    )?;
    mail.wait_until(Duration::from_secs(30), || answers(page, "/healthz"))?;
    Ok((mail, smtp, page))
}

/// Whether a GET is answered with success.
fn answers(port: u16, path: &str) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((HOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut head = [0_u8; 32];
        let length = stream.read(&mut head)?;
        Ok(String::from_utf8_lossy(head.get(..length).unwrap_or_default()).into_owned())
    };
    ask().is_ok_and(|head| head.starts_with("HTTP/1.1 200"))
}

fn print_addresses(port: u16, mail_page: u16) {
    let site = format!("http://{HOST}:{port}");
    println!();
    println!("  Employees     {site}/employee/");
    println!("  Supervisors   {site}/supervisor/");
    println!("  Clinic        {site}/admin/");
    println!("  API           {site}/docs/");
    println!("  Mail          http://{HOST}:{mail_page}/");
    println!();
    println!("  Accounts (password {PASSWORD}):");
    for (name, role) in ACCOUNTS {
        println!("    {:<34} {role}", format!("{name}@sandbox.example"));
    }
    println!();
    println!("  Ctrl-C stops everything; the data stays in .data/");
}
