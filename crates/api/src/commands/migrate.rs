//! `salus migrate`

use salus_store::database::password_of;
use salus_store::migrations;

use super::CommandResult;
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings) -> CommandResult {
    let admin = admin_url(settings)?;
    migrations::check_not_newer(admin)
        .await
        .map_err(|e| e.to_string())?;
    make_roles(settings).await?;
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

/// Makes the roles, and gives the server's login the password it is set to use.
pub(super) async fn make_roles(settings: &Settings) -> CommandResult {
    let password = password_of(&settings.database_url);
    migrations::bootstrap(admin_url(settings)?, password.as_deref())
        .await
        .map_err(|e| e.to_string())
}

pub(super) fn admin_url(settings: &Settings) -> Result<&str, String> {
    settings.admin_database_url.as_deref().ok_or_else(|| {
        "setting admin_database_url: missing; set SALUS_ADMIN_DATABASE_URL to an administrator's address".to_owned()
    })
}
