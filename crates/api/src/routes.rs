//! Which operations there are.

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers every operation under `/api/v1`.
pub fn operations(config: &mut ServiceConfig<'_>) {
    crate::accounts::routes(config);
    crate::audit::routes(config);
    crate::people::routes(config);
    crate::portals::routes(config);
    crate::scheduling::routes(config);
    crate::questionnaires::routes(config);
    crate::messaging::routes(config);
    crate::work_status::routes(config);
    crate::surveillance::routes(config);
    crate::intake::routes(config);
}
