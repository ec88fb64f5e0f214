//! Persons.

use salus_types::ids::PersonId;
use salus_types::page::Page;
use salus_types::people::{PeopleQuery, Person};

use crate::{Call, Client, Versioned};

impl Client {
    /// Search people by name or employee number.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_people(&self, query: &PeopleQuery) -> Call<Page<Person>> {
        self.get_with("/api/v1/clinic/people", query)
    }

    /// A person's chart header.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_person(&self, id: PersonId) -> Call<Versioned<Person>> {
        self.get_versioned(&format!("/api/v1/clinic/people/{id}"))
    }

    /// One's own name, job and contact.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn get_my_profile(&self) -> Call<Versioned<Person>> {
        self.get_versioned("/api/v1/me/profile")
    }
}
