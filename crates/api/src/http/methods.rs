//! Which operations an address of the API has: who uses another method is told which ones it takes.

use actix_web::http::Method;
use std::sync::Arc;
use utoipa::openapi::path::{Operation, PathItem, Paths};

use crate::routes;

/// The addresses of the API with their operations.
pub struct Methods(Vec<Address>);

struct Address {
    /// What stands between the slashes; `None` where an id does.
    parts: Vec<Option<String>>,
    operations: Vec<(Method, Arc<str>)>,
}

impl Address {
    fn of(path: &str, item: &PathItem) -> Self {
        let part = |part: &str| (!part.starts_with('{')).then(|| part.to_owned());
        Self {
            parts: parts(routes::ROOT).chain(parts(path)).map(part).collect(),
            operations: operations(item),
        }
    }

    fn ids(&self) -> usize {
        self.parts.iter().filter(|part| part.is_none()).count()
    }

    fn is_at(&self, path: &str) -> bool {
        let mut asked = parts(path);
        let mut own = self.parts.iter();
        loop {
            match (own.next(), asked.next()) {
                (None, None) => return true,
                (Some(None), Some(id)) if !id.is_empty() => {}
                (Some(Some(word)), Some(part)) if word == part => {}
                _ => return false,
            }
        }
    }
}

impl Methods {
    /// Those of every operation there is.
    #[must_use]
    pub fn all() -> Self {
        let mut described = Paths::new();
        routes::operations(&mut described);
        let described = described.paths.iter();
        let mut known: Vec<Address> = described
            .map(|(path, item)| Address::of(path, item))
            .collect();
        // A name that is spelled out goes before one that could be any.
        known.sort_by_key(Address::ids);
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
        let mut known = self.0.iter();
        known.find(|address| address.is_at(path))
    }
}

/// What stands between the slashes.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').skip(1)
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
        let methods = Methods::all();
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
        let methods = Methods::all();
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
