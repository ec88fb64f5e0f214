//! Who may see people online where they will be.

use super::{ANA, BEN, CLINIC, Clinic, at, day, every_half_hour};
use crate::scheduling::{
    Audience, Modality, Override, Overrides, Refused, Region, Resource, ResourceCalendar,
};

const START: &str = "2027-03-01T09:00:00Z";

fn region(code: &str) -> Region {
    Region::parse(code).unwrap()
}

/// A provider who may see people only in some regions.
fn licensed(whose: crate::ids::ResourceId, codes: &[&str]) -> ResourceCalendar {
    let calendar = every_half_hour(whose);
    ResourceCalendar {
        resource: Resource {
            regions: codes.iter().map(|code| region(code)).collect(),
            ..calendar.resource.clone()
        },
        ..calendar
    }
}

/// A visit online with somebody who will be in a region.
fn online(calendars: Vec<ResourceCalendar>, from: Option<&str>) -> Clinic {
    let mut clinic = Clinic::new(30, calendars);
    clinic.kind.modalities = vec![Modality::Telehealth];
    clinic.modality = Modality::Telehealth;
    clinic.region = from.map(region);
    clinic
}

fn leads(clinic: &Clinic) -> Vec<crate::ids::ResourceId> {
    let slots = clinic.search().slots(day("2027-03-01"), day("2027-03-01"));
    let first = slots.iter().filter(|slot| slot.starts_at == at(START));
    first.map(|slot| slot.resources[0].resource_id).collect()
}

#[test]
fn a_provider_with_regions_is_offered_only_inside_them() {
    let both = || vec![licensed(ANA, &["US-IN", "US-OH"]), licensed(BEN, &[])];
    assert_eq!(leads(&online(both(), Some("US-IN"))), [ANA, BEN]);
    assert_eq!(leads(&online(both(), Some("US-TX"))), [BEN]);
    assert_eq!(leads(&online(both(), Some("CA"))), [BEN]);
    assert_eq!(leads(&online(both(), None)), [BEN]);
}

#[test]
fn who_may_see_people_in_a_country_may_in_all_of_it() {
    let ana = || vec![licensed(ANA, &["US"])];
    assert_eq!(leads(&online(ana(), Some("US-IN"))), [ANA]);
    assert_eq!(leads(&online(ana(), Some("CA-ON"))), []);
}

#[test]
fn where_somebody_is_does_not_matter_in_person() {
    let mut clinic = Clinic::new(30, vec![licensed(ANA, &["US-IN"])]);
    clinic.region = Some(region("US-TX"));
    assert_eq!(leads(&clinic), [ANA]);
}

#[test]
fn a_start_that_only_others_could_have_is_told_apart_from_one_that_is_taken() {
    let clinic = online(vec![licensed(ANA, &["US-IN"])], Some("US-TX"));
    let refused = clinic.search().take(at(START));
    assert_eq!(refused, Err(Refused::RegionNotCovered));
    let never = clinic.search().take(at("2027-03-01T09:10:00Z"));
    assert_eq!(never, Err(Refused::NoCandidate));
}

#[test]
fn staff_set_the_region_aside_by_its_name_and_everything_else_as_before() {
    let mut clinic = online(vec![licensed(ANA, &["US-IN"])], Some("US-TX"));
    clinic.audience = Audience::Clinic;
    let (aside, ways) = clinic.search().force(at(START)).unwrap();
    assert_eq!(aside.kinds(), [Override::Region]);
    assert_eq!(ways[0].place.location_id, CLINIC);
    let (aside, _) = clinic.search().force(at("2027-03-01T13:00:00Z")).unwrap();
    assert_eq!(aside.kinds(), [Override::OutsideHours, Override::Region]);
    clinic.region = Some(region("US-IN"));
    let (aside, _) = clinic.search().force(at(START)).unwrap();
    assert_eq!(aside, Overrides::NONE);
}
