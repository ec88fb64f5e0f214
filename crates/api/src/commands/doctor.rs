//! `salus doctor`

use salus_store::doctor::{Finding, examine};
use salus_store::sealing::KeyFile;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;

use super::CommandResult;
use crate::server;
use crate::settings::Settings;

/// What to check.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Make the key file where the setting `key_file` points; never replaces one.
    #[arg(long)]
    make_key: bool,
}

pub(super) async fn run(settings: Settings, arguments: Arguments) -> CommandResult {
    if arguments.make_key {
        return make_key(&settings);
    }
    let admin = super::migrate::admin_url(&settings)?.to_owned();
    let staff_mfa = settings.staff_mfa.clone();
    let mut findings = examine(&admin).await.map_err(|e| e.to_string())?;
    let keys = match server::build_state(settings).await {
        Ok(state) => server::check_start(&state).await.map_err(|e| e.to_string()),
        Err(error) => Err(error.to_string()),
    };
    findings.push(Finding {
        what: "keys and start checks".to_owned(),
        wrong: keys.err(),
    });
    let mut bad = 0;
    for finding in &findings {
        match &finding.wrong {
            None => println!("ok    {}", finding.what),
            Some(why) => {
                bad += 1;
                println!("wrong {}: {why}", finding.what);
            }
        }
    }
    println!("note  second factors for staff: {staff_mfa}");
    if bad == 0 {
        Ok(())
    } else {
        Err(format!(
            "{bad} of {} checks found something wrong",
            findings.len()
        ))
    }
}

fn make_key(settings: &Settings) -> CommandResult {
    let path = settings.key_file.display();
    let content = KeyFile::generate().map_err(|e| e.to_string())?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&settings.key_file)
        .map_err(|e| format!("{path} cannot be made ({e})"))?;
    file.write_all(content.as_bytes())
        .map_err(|e| e.to_string())?;
    println!(
        "key file {path} made; keep a copy apart from the database: without it sealed values are lost"
    );
    Ok(())
}
