//! Which operations an address of the API has: who uses another method is told which ones it takes.

use actix_web::dev::ResourceDef;
use actix_web::http::Method;
use std::sync::Arc;
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::{Operation, PathItem};

/// The addresses of the API with their operations.
pub struct Methods(Vec<Address>);

struct Address {
    pattern: ResourceDef,
    /// Parts between slashes; who asks by another number of them means another address.
    parts: usize,
    parameters: usize,
    operations: Vec<(Method, Arc<str>)>,
}

impl Methods {
    /// Those of a document.
    #[must_use]
    pub fn of(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter();
        let mut known: Vec<Address> = paths
            .map(|(path, item)| Address {
                pattern: ResourceDef::new(path.as_str()),
                parts: parts(path),
                parameters: path.matches('{').count(),
                operations: operations(item),
            })
            .collect();
        // A name that is spelled out goes before one that could be any.
        known.sort_by_key(|address| address.parameters);
        Self(known)
    }

    /// The methods of an address as the header `Allow` names them, if it is one of the API's.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<String> {
        let methods = self.find(path)?.operations.iter();
        let names: Vec<&str> = methods.map(|(method, _)| method.as_str()).collect();
        Some(names.join(", "))
    }

    /// The name of the operation a request asks for.
    #[must_use]
    pub fn operation(&self, method: &Method, path: &str) -> Option<Arc<str>> {
        let mut operations = self.find(path)?.operations.iter();
        let found = operations.find(|(known, _)| known == method)?;
        Some(Arc::clone(&found.1))
    }

    fn find(&self, path: &str) -> Option<&Address> {
        let parts = parts(path);
        let mut known = self.0.iter();
        known.find(|address| address.parts == parts && address.pattern.is_match(path))
    }
}

fn parts(path: &str) -> usize {
    path.matches('/').count()
}

fn operations(item: &PathItem) -> Vec<(Method, Arc<str>)> {
    let name = |operation: &Option<Operation>| {
        let id = operation.as_ref()?.operation_id.as_deref();
        Some(Arc::from(id.unwrap_or("none")))
    };
    let methods = [
        (Method::GET, name(&item.get)),
        (Method::POST, name(&item.post)),
        (Method::PUT, name(&item.put)),
        (Method::PATCH, name(&item.patch)),
        (Method::DELETE, name(&item.delete)),
    ];
    let taken = methods.into_iter();
    taken
        .filter_map(|(method, name)| Some((method, name?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi;

    #[test]
    fn an_operation_is_known_by_its_method_and_address_whatever_the_ids() {
        let methods = Methods::of(&openapi::document());
        let name = |method, path: &str| methods.operation(&method, path).map(|id| id.to_string());
        let one = "/api/v1/me/appointments/01900000-0000-7000-8000-000000000000";
        for (method, path, id) in [
            (Method::GET, one.to_owned(), "get_my_appointment"),
            (
                Method::POST,
                format!("{one}/cancellation"),
                "cancel_my_appointment",
            ),
            (
                Method::POST,
                "/api/v1/auth/sessions".to_owned(),
                "open_session",
            ),
            (
                Method::GET,
                "/api/v1/auth/sessions".to_owned(),
                "list_sessions",
            ),
        ] {
            assert_eq!(name(method, &path).as_deref(), Some(id), "{path}");
        }
        assert_eq!(name(Method::PUT, one), None);
        assert_eq!(name(Method::GET, "/api/v1/nowhere"), None);
    }

    #[test]
    fn every_operation_of_the_document_is_found_by_an_address_of_its_own() {
        let document = openapi::document();
        let methods = Methods::of(&document);
        for (path, item) in &document.paths.paths {
            let segments = path.split('/').map(|part| {
                if part.starts_with('{') {
                    "01900000-0000-7000-8000-000000000000"
                } else {
                    part
                }
            });
            let address = segments.collect::<Vec<_>>().join("/");
            for (method, id) in operations(item) {
                assert_eq!(methods.operation(&method, &address), Some(id), "{address}");
            }
        }
    }
}
