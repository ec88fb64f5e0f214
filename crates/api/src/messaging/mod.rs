//! Conversations with the clinic, what waits to be read, and live updates.

mod clinic;
mod me;
mod reading;
mod stream;
mod team;
mod threads;
mod types;
mod waiting;
mod writing;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations of this feature.
pub fn routes(config: &mut ServiceConfig<'_>) {
    me::routes(config);
    team::routes(config);
    clinic::routes(config);
    stream::routes(config);
    config.service(waiting::get_work_summary);
}
