//! Persons.

use salus_types::ids::PersonId;
use salus_types::page::Page;
use salus_types::people::{PeopleQuery, Person};

use crate::{Client, Error, Versioned};

impl Client {
    /// Search people by name or employee number.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_people(&self, query: &PeopleQuery) -> Result<Page<Person>, Error> {
        self.get_with("/api/v1/clinic/people", query).await
    }

    /// A person's chart header.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_person(&self, id: PersonId) -> Result<Versioned<Person>, Error> {
        self.get_versioned(&format!("/api/v1/clinic/people/{id}"))
            .await
    }

    /// One's own name, job and contact.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn get_my_profile(&self) -> Result<Versioned<Person>, Error> {
        self.get_versioned("/api/v1/me/profile").await
    }
}
