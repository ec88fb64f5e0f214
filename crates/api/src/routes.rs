//! Which operations there are.

use actix_web::dev::HttpServiceFactory;
use actix_web::web;
use utoipa::openapi::path::Paths;
use utoipa_actix_web::OpenApiFactory;
use utoipa_actix_web::service_config::ServiceConfig;

/// Where operations are registered.
pub trait Operations {
    /// Registers one.
    fn service<F>(&mut self, operation: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static;
}

/// The server, which does them. It holds nothing that describes them.
impl Operations for web::ServiceConfig {
    fn service<F>(&mut self, operation: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        Self::service(self, operation)
    }
}

/// The document of the API.
impl Operations for ServiceConfig<'_> {
    fn service<F>(&mut self, operation: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        Self::service(self, operation)
    }
}

/// Their names and addresses alone.
impl Operations for Paths {
    fn service<F>(&mut self, operation: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        self.merge(operation.paths());
        self
    }
}

/// Where all of them are.
pub const ROOT: &str = "/api/v1";

/// Registers every operation, under [`ROOT`].
pub fn operations(config: &mut impl Operations) {
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
