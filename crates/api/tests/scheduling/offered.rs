//! With whom one books: chosen by name, whoever is free first, or whom the clinic chooses.

use super::team::{elena, set_option};
use super::*;
use salus_types::ids::ResourceId;

/// A provider who works when the nurse does.
const SECOND: &str = "01a20000-0000-7000-8000-000000000001";
/// When they do.
const HOURS: &str = "01a20000-0000-7000-8000-000000000002";

/// The sandbox of [`start`] with a second provider, beside the nurse and with the same hours.
async fn with_two_providers() -> TestApp {
    let app = start().await;
    let copy = |rows: &str, changes: &str| {
        let table = rows.split(' ').next().unwrap_or_default();
        format!(
            "INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(old) \
             || jsonb_build_object({changes}))).* FROM (SELECT * FROM {rows}) old;"
        )
    };
    let of_nurse = "modality = 'in_person' AND resource_id = (SELECT id FROM resources WHERE name = 'J. Lee, RN')";
    let nobodys = "(SELECT a.id FROM accounts a WHERE a.provider_org_id = old.provider_org_id \
                   AND a.id <> old.account_id ORDER BY a.id LIMIT 1)";
    let sql = [
        copy(
            "resources WHERE name = 'J. Lee, RN'",
            &format!("'id', '{SECOND}', 'name', 'A. Diaz, NP', 'account_id', {nobodys}"),
        ),
        copy(
            &format!("schedules WHERE {of_nurse}"),
            &format!("'id', '{HOURS}', 'resource_id', '{SECOND}'"),
        ),
        copy(
            &format!(
                "schedule_windows WHERE schedule_id = (SELECT id FROM schedules WHERE {of_nurse})"
            ),
            &format!("'id', gen_random_uuid(), 'schedule_id', '{HOURS}'"),
        ),
    ];
    app.database.execute(&sql.concat()).await;
    app
}

/// Switches an option of booking on or off for Northwind's people.
async fn set(app: &TestApp, option: &str, on: bool) {
    let value = if on { "true" } else { "false" };
    set_option(app, "northwind", "appointments", option, value).await;
}

/// With whom one can book a fit test, and what holds for booking.
async fn offered(client: &Client) -> (Vec<OfferedProvider>, BookingRules) {
    let kinds = client.list_my_appointment_types().await.expect("kinds");
    let fit = kinds.items.into_iter().find(|kind| kind.id == FIT);
    (fit.expect("the fit test").providers, kinds.rules)
}

fn names(providers: &[OfferedProvider]) -> Vec<&str> {
    providers.iter().map(|one| one.name.as_str()).collect()
}

/// The free times of Monday 1 March 2027 for a fit test, with somebody or with anybody.
async fn free(client: &Client, with: Option<ResourceId>) -> Vec<Slot> {
    let query = SlotsQuery {
        appointment_type_id: FIT,
        location: None,
        resource: with,
        modality: None,
        region: None,
        item: None,
        moving: None,
        from: day("2027-03-01"),
        to: day("2027-03-01"),
        limit: Some(200),
        cursor: None,
    };
    client.list_my_slots(&query).await.expect("slots").items
}

fn starts(slots: &[Slot]) -> Vec<DateTime<Utc>> {
    slots.iter().map(|slot| slot.starts_at).collect()
}

/// Keeps a time with somebody.
async fn keep(client: &Client, slot: &Slot, with: ResourceId) -> SlotHold {
    let wanted = HoldSlot {
        resource_id: Some(with),
        ..wish(FIT, slot)
    };
    let held = client.hold_my_slot(&new_key(), &wanted).await;
    held.expect("a hold")
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_one_can_choose_is_named_also_where_times_cannot_be_asked_for() {
    let app = with_two_providers().await;
    let employee = app.employee().await;
    for request in [true, false] {
        set(&app, "request", request).await;
        let (providers, rules) = offered(&employee).await;
        assert_eq!(rules.request, request);
        assert_eq!(names(&providers), ["A. Diaz, NP", "J. Lee, RN"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_first_available_a_time_is_there_once_and_who_is_chosen_leads_it() {
    let app = with_two_providers().await;
    let employee = app.employee().await;
    let (providers, rules) = offered(&employee).await;
    assert!(rules.first_available);
    let anybody = starts(&free(&employee, None).await);
    assert!(!anybody.is_empty());
    assert!(anybody.windows(2).all(|pair| pair[0] < pair[1]));
    for provider in providers {
        let theirs = free(&employee, Some(provider.id)).await;
        assert_eq!(starts(&theirs), anybody);
        let leads = |slot: &Slot| slot.lead().is_some_and(|lead| lead.id == provider.id);
        assert!(theirs.iter().all(leads));
        let held = keep(&employee, &theirs[0], provider.id).await;
        assert!(leads(&held.slot), "{held:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_first_available_a_time_is_there_for_each_provider_and_once_for_the_one_chosen()
{
    let app = with_two_providers().await;
    set(&app, "first_available", false).await;
    let employee = app.employee().await;
    let (providers, rules) = offered(&employee).await;
    assert!(!rules.first_available);
    let all = starts(&free(&employee, None).await);
    let mut once = all.clone();
    once.dedup();
    assert_eq!(all.len(), 2 * once.len());
    for provider in providers {
        let theirs = free(&employee, Some(provider.id)).await;
        assert_eq!(starts(&theirs), once);
        let held = keep(&employee, &theirs[0], provider.id).await;
        assert_eq!(held.slot.lead().map(|lead| lead.id), Some(provider.id));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_clinic_chooses_the_provider_is_named_only_once_it_is_booked() {
    let app = with_two_providers().await;
    let employee = app.employee().await;
    let (providers, _) = offered(&employee).await;
    set(&app, "force_any_provider", true).await;
    // It counts for nothing then.
    set(&app, "first_available", false).await;
    let (named, rules) = offered(&employee).await;
    assert!(rules.force_any_provider && named.is_empty());
    let slots = free(&employee, None).await;
    assert!(starts(&slots).windows(2).all(|pair| pair[0] < pair[1]));
    assert!(slots.iter().all(|slot| slot.resources.is_none()));
    for provider in &providers {
        let asked = free(&employee, Some(provider.id)).await;
        assert_eq!(asked, slots, "asking for {} tells nothing", provider.name);
    }
    let held = keep(&employee, &slots[0], providers[0].id).await;
    assert_eq!(held.slot.resources, None);
    let command = BookAppointment {
        hold_id: held.id,
        comment: None,
    };
    let booked = employee.book_my_appointment(&new_key(), &command).await;
    let booked = booked.expect("a booking").value;
    let lead = booked.resources[0].id;
    assert!(providers.iter().any(|one| one.id == lead), "{booked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_who_takes_times_chooses_among_the_same_providers_by_the_same_option() {
    let app = with_two_providers().await;
    let supervisor = app.supervisor().await;
    let read = async || {
        let kinds = supervisor.list_report_appointment_types(elena()).await;
        let kinds = kinds.expect("kinds");
        assert_eq!(kinds.rules.mode, Mode::Schedule);
        let fit = kinds.items.into_iter().find(|kind| kind.id == FIT);
        let providers = fit.expect("the fit test").providers;
        (providers, kinds.rules.first_available)
    };
    let (providers, first_available) = read().await;
    assert_eq!(names(&providers), ["A. Diaz, NP", "J. Lee, RN"]);
    assert!(first_available);
    set(&app, "first_available", false).await;
    assert_eq!(read().await, (providers, false));
    set(&app, "force_any_provider", true).await;
    assert_eq!(read().await.0, []);
}
