//! `salus migrate`

use salus_store::migrations;

use super::CommandResult;
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings) -> CommandResult {
    let admin = admin_url(settings)?;
    let password = url::Url::parse(&settings.database_url)
        .ok()
        .and_then(|url| url.password().map(str::to_owned));
    migrations::bootstrap(admin, password.as_deref())
        .await
        .map_err(|e| e.to_string())?;
    let ran = migrations::migrate(admin)
        .await
        .map_err(|e| e.to_string())?;
    match ran.as_slice() {
        [] => println!("nothing to migrate"),
        ran => ran
            .iter()
            .for_each(|version| println!("migrated {version}")),
    }
    Ok(())
}

pub(super) fn admin_url(settings: &Settings) -> Result<&str, String> {
    settings.admin_database_url.as_deref().ok_or_else(|| {
        "setting admin_database_url: missing; set SALUS_ADMIN_DATABASE_URL to an administrator's address".to_owned()
    })
}
