//! questionnaires
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations of this feature.
pub fn routes(_config: &mut ServiceConfig<'_>) {}
