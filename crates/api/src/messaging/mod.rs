//! Conversations with the clinic, what waits to be read, and live updates.

mod hats;
mod reading;
mod stream;
mod threads;
mod types;
mod waiting;
mod writing;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations of this feature.
pub fn routes(config: &mut ServiceConfig<'_>) {
    hats::routes_of_me(config);
    hats::routes_of_team(config);
    hats::routes_of_clinic(config);
    stream::routes(config);
    config.service(waiting::get_work_summary);
}
