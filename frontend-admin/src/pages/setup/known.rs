//! The names of what the set-up is about.

use salus_client::Error;
use salus_types::ids::{AppointmentTypeId, LocationId, ResourceId};
use salus_types::scheduling::{AppointmentType, DeletedQuery, Place, Resource, SetupQuery};
use salus_ui::{Choice, Query, use_query};
use std::rc::Rc;
use yew::prelude::*;

/// Places, resources and kinds of visits.
#[derive(Debug, PartialEq)]
pub(super) struct Known {
    pub(super) places: Vec<Place>,
    pub(super) resources: Vec<Resource>,
    pub(super) kinds: Vec<AppointmentType>,
    /// Resources that were deleted: what is about them still names them.
    pub(super) past_resources: Vec<Resource>,
    /// Kinds of visits that were deleted.
    pub(super) past_kinds: Vec<AppointmentType>,
}

/// Loads them once for all parts of the set-up.
#[hook]
pub(super) fn use_known() -> Query<Rc<Known>> {
    use_query((), |client, ()| async move {
        let gone = SetupQuery {
            deleted: Some(true),
            ..SetupQuery::default()
        };
        let there = DeletedQuery::default();
        let deleted = DeletedQuery {
            deleted: Some(true),
        };
        Ok::<_, Error>(Rc::new(Known {
            places: client.list_locations().await?.items,
            resources: client.list_resources(&SetupQuery::default()).await?.items,
            past_resources: client.list_resources(&gone).await?.items,
            kinds: client.list_appointment_types(&there).await?.items,
            past_kinds: client.list_appointment_types(&deleted).await?.items,
        }))
    })
}

impl Known {
    pub(super) fn place(&self, id: LocationId) -> String {
        let found = self.places.iter().find(|one| one.id == id);
        found.map_or_else(String::new, |one| one.name.clone())
    }

    pub(super) fn resource(&self, id: ResourceId) -> String {
        let mut all = self.resources.iter().chain(&self.past_resources);
        let found = all.find(|one| one.id == id);
        found.map_or_else(String::new, |one| one.name.clone())
    }

    pub(super) fn kind(&self, id: AppointmentTypeId) -> String {
        let mut all = self.kinds.iter().chain(&self.past_kinds);
        let found = all.find(|one| one.id == id);
        found.map_or_else(String::new, |one| one.name.clone())
    }

    /// The name that goes with an id, whatever it is of.
    pub(super) fn name_of(&self, id: &str) -> Option<String> {
        let places = self.places.iter().map(|one| (one.id.0, &one.name));
        let resources = self.resources.iter().chain(&self.past_resources);
        let resources = resources.map(|one| (one.id.0, &one.name));
        let kinds = self.kinds.iter().chain(&self.past_kinds);
        let kinds = kinds.map(|one| (one.id.0, &one.name));
        places
            .chain(resources)
            .chain(kinds)
            .find(|(known, _)| known.to_string() == id)
            .map(|(_, name)| name.clone())
    }

    pub(super) fn place_choices(&self) -> Vec<Choice> {
        let one = |one: &Place| Choice::new(one.id.to_string(), one.name.clone());
        self.places.iter().map(one).collect()
    }

    pub(super) fn resource_choices(&self) -> Vec<Choice> {
        let one = |one: &Resource| Choice::new(one.id.to_string(), one.name.clone());
        self.resources.iter().map(one).collect()
    }

    pub(super) fn kind_choices(&self) -> Vec<Choice> {
        let one = |one: &AppointmentType| Choice::new(one.id.to_string(), one.name.clone());
        self.kinds.iter().map(one).collect()
    }
}
