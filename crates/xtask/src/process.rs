//! Running other programs, saying what happens, and stopping in order.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// What a step gives back; the error is one sentence for the person at the terminal.
pub(crate) type Outcome<T> = Result<T, String>;

const POLL: Duration = Duration::from_millis(30);

static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From now on Ctrl-C and a request to end are noted instead of ending the
/// program at once, so that everything it started is stopped in order.
pub(crate) fn stop_in_order() -> Outcome<()> {
    let flag = STOP.get_or_init(Arc::default);
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(flag))
            .map_err(|error| format!("Ctrl-C cannot be listened for: {error}"))?;
    }
    Ok(())
}

/// Whether somebody asked this program to end.
pub(crate) fn stopping() -> bool {
    STOP.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// Announces a step that may take a while.
pub(crate) fn step(text: &str) {
    eprintln!("==> {text}");
}

/// A line of detail below a step.
pub(crate) fn note(text: &str) {
    eprintln!("    {text}");
}

/// Runs a program whose output goes to the terminal.
pub(crate) fn run(command: &mut Command, what: &str) -> Outcome<()> {
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| cannot_start(what, command, &error))?;
    verdict(wait(&mut child, what)?, what)
}

/// Runs a program whose output goes to the terminal, and hands each of its lines to `see`.
pub(crate) fn run_watched(
    command: &mut Command,
    what: &str,
    mut see: impl FnMut(&str) + Send,
) -> Outcome<()> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_start(what, command, &error))?;
    let (sender, lines) = std::sync::mpsc::channel();
    let streams: [Option<Box<dyn Read + Send>>; 2] = [
        child
            .stdout
            .take()
            .map(|s| Box::new(s) as Box<dyn Read + Send>),
        child
            .stderr
            .take()
            .map(|s| Box::new(s) as Box<dyn Read + Send>),
    ];
    for stream in streams.into_iter().flatten() {
        let sender = sender.clone();
        thread::spawn(move || {
            for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                if sender
                    .send(String::from_utf8_lossy(&line).into_owned())
                    .is_err()
                {
                    break;
                }
            }
        });
    }
    drop(sender);
    let status = thread::scope(|scope| {
        scope.spawn(move || {
            let mut terminal = std::io::stderr();
            for line in lines {
                // A closed terminal is no reason to stop counting.
                drop(writeln!(terminal, "{line}"));
                see(&line);
            }
        });
        wait(&mut child, what)
    })?;
    verdict(status, what)
}

/// Runs a program and gives back what it wrote; its errors are shown only when it fails.
pub(crate) fn capture(command: &mut Command, what: &str) -> Outcome<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| cannot_start(what, command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    eprint!("{}", String::from_utf8_lossy(&output.stdout));
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    verdict(output.status, what).map(|()| String::new())
}

/// Runs a program that reads `input`, and gives back what it wrote.
pub(crate) fn feed(command: &mut Command, input: &str, what: &str) -> Outcome<String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_start(what, command, &error))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends without reading says so by its status.
        drop(stdin.write_all(input.as_bytes()));
    }
    let output = child
        .wait_with_output()
        .map_err(|error| format!("{what}: {error}"))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stdout));
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        return Err(format!("{what} failed ({})", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a program silently and says whether it succeeded.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a program writes, or nothing when it is missing or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where a program is on PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

/// Wraps the cause of a file operation into one sentence.
pub(crate) fn file_error(what: &str, path: &Path, error: &std::io::Error) -> String {
    format!("{} cannot be {what}: {error}", path.display())
}

/// A program that runs beside this one until it is stopped.
pub(crate) struct Service {
    name: &'static str,
    child: Child,
}

impl Service {
    /// Starts a program in a group of its own: Ctrl-C in the terminal reaches
    /// this program only, which then stops its services in order.
    pub(crate) fn start(command: &mut Command, name: &'static str) -> Outcome<Self> {
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|error| cannot_start(name, command, &error))?;
        Ok(Self { name, child })
    }

    /// How it ended, if it did.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Waits until `ready` says so.
    pub(crate) fn wait_until(
        &mut self,
        limit: Duration,
        mut ready: impl FnMut() -> bool,
    ) -> Outcome<()> {
        let started = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return Err(format!("{} ended right away ({status})", self.name));
            }
            if ready() {
                return Ok(());
            }
            if stopping() {
                return Err("stopped".into());
            }
            if started.elapsed() > limit {
                return Err(format!(
                    "{} did not answer within {} s",
                    self.name,
                    limit.as_secs()
                ));
            }
            thread::sleep(POLL);
        }
    }

    /// Asks it to end, and insists after fifteen seconds.
    pub(crate) fn end(&mut self) {
        if self.ended().is_some() {
            return;
        }
        terminate(&self.child);
        let asked = Instant::now();
        while self.ended().is_none() {
            if asked.elapsed() > Duration::from_secs(15) {
                // Already gone is what was wanted.
                drop(self.child.kill());
                drop(self.child.wait());
                return;
            }
            thread::sleep(POLL);
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.end();
    }
}

fn wait(child: &mut Child, what: &str) -> Outcome<ExitStatus> {
    let mut asked = false;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if stopping() && !status.success() => {
                return Err(format!("{what} was stopped"));
            }
            Ok(Some(status)) => return Ok(status),
            Ok(None) => {}
            Err(error) => return Err(format!("{what}: {error}")),
        }
        if stopping() && !asked {
            terminate(child);
            asked = true;
        }
        thread::sleep(POLL);
    }
}

fn terminate(child: &Child) {
    succeeds(Command::new("kill").args(["-TERM", &child.id().to_string()]));
}

fn verdict(status: ExitStatus, what: &str) -> Outcome<()> {
    if status.success() {
        Ok(())
    } else {
        Err(format!("{what} failed ({status})"))
    }
}

fn cannot_start(what: &str, command: &Command, error: &std::io::Error) -> String {
    format!(
        "{what}: {} cannot be started: {error}",
        command.get_program().to_string_lossy()
    )
}
