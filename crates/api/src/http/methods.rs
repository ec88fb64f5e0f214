//! Which methods an address of the API takes: who uses another one is told.

use actix_web::dev::ResourceDef;
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::PathItem;

/// The addresses of the API, each with its methods as the header `Allow` names them.
pub struct Methods(Vec<(ResourceDef, String)>);

impl Methods {
    /// Those of a document.
    #[must_use]
    pub fn of(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter();
        let known = paths.map(|(path, item)| (ResourceDef::new(path.as_str()), allowed(item)));
        Self(known.collect())
    }

    /// The methods of an address, if it is one of the API's.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&str> {
        let mut known = self.0.iter();
        let found = known.find(|(address, _)| address.is_match(path));
        found.map(|(_, methods)| methods.as_str())
    }
}

fn allowed(item: &PathItem) -> String {
    let methods = [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ];
    let taken = methods.iter().filter(|(_, operation)| operation.is_some());
    let names: Vec<&str> = taken.map(|(name, _)| *name).collect();
    names.join(", ")
}
