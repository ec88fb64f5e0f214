//! Another visit like one that was: the same kind for the same person at the same place; and what
//! else the person has and had.

use super::booking::{CommentField, FreeTimes, use_booking, written};
use super::overriding::AnotherTime;
use super::state_badge;
use chrono::{DateTime, NaiveDate, Utc};
use salus_types::ids::ResourceId;
use salus_types::scheduling::{BookForPerson, ClinicAppointment, PersonAppointmentsQuery, Slot};
use salus_ui::hooks::use_state;
use salus_ui::{DateField, Waiting, today_at, use_query, use_text};
use yew::prelude::*;

/// What [`BookAgain`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct BookAgainProps {
    /// The visit that was.
    pub(super) visit: ClinicAppointment,
    /// One like it was booked.
    pub(super) on_changed: Callback<()>,
}

/// The next visit like this one, at a time of the clinic's choice.
fn like(
    visit: &ClinicAppointment,
    starts_at: DateTime<Utc>,
    resource_id: Option<ResourceId>,
) -> BookForPerson {
    BookForPerson {
        person_id: visit.person.id,
        employer_id: Some(visit.employer_id),
        appointment_type_id: visit.appointment_type.id,
        starts_at,
        location_id: visit.location_id,
        modality: visit.modality,
        region: visit.region.clone(),
        resource_id,
        comment: None,
        walk_in: false,
        set_aside: None,
    }
}

/// The free times from a day on; pressing one books another visit like this one.
#[component]
pub(super) fn BookAgain(props: &BookAgainProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let from = use_state(|| today_at(&visit.zone));
    let comment = use_state(String::new);
    let (book, busy, problem) = use_booking(written(&comment), *from, props.on_changed.clone());
    let write = {
        let comment = comment.clone();
        Callback::from(move |text| comment.set(text))
    };
    let choose_day = {
        let from = from.clone();
        Callback::from(move |date: Option<NaiveDate>| {
            if let Some(date) = date {
                from.set(date);
            }
        })
    };
    let on_slot = {
        let visit = visit.clone();
        book.reform(move |slot: Slot| like(&visit, slot.starts_at, slot.lead().map(|lead| lead.id)))
    };
    let on_time = {
        let visit = visit.clone();
        book.reform(move |starts_at| like(&visit, starts_at, None))
    };
    html! {
        <div class="stack">
            <p>{ t.text("calendar-again-lead") }</p>
            <DateField name="from" label={t.text("calendar-from")} value={Some(*from)} on_change={choose_day} />
            <CommentField value={(*comment).clone()} on_change={write} />
            { problem }
            <FreeTimes person={visit.person.id} kind={visit.appointment_type.id} place={visit.location_id}
                from={*from} modality={visit.modality} region={visit.region.clone()} {on_slot} {busy} />
            <AnotherTime date={*from} zone={visit.zone.clone()} {busy} {on_time} />
        </div>
    }
}

/// What [`Others`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct OthersProps {
    /// The visit that is shown.
    pub(super) visit: ClinicAppointment,
}

/// What else the person has ahead and had.
#[component]
pub(super) fn Others(props: &OthersProps) -> Html {
    let t = use_text();
    let (own, person) = (props.visit.id, props.visit.person.id);
    let visits = use_query(person, |client, person| {
        client.list_appointments(&PersonAppointmentsQuery { person })
    });
    visits.show(Waiting::Rows(2), |page| {
        let others: Vec<_> = page.items.iter().filter(|one| one.id != own).collect();
        if others.is_empty() {
            return html! { <p class="muted">{ t.text("calendar-others-none") }</p> };
        }
        let line = |one: &&ClinicAppointment| {
            let with: Vec<_> = one.resources.iter().map(|with| with.name.as_str()).collect();
            html! {
                <li key={one.id.to_string()}>
                    <p>
                        <strong class="numbers">{ t.moment(one.starts_at, &one.zone, &with.join(", ")) }</strong>
                        { " " }{ state_badge(&t, one.state) }
                    </p>
                    <p class="small">{ one.appointment_type.name.clone() }</p>
                </li>
            }
        };
        html! { <ul class="stack">{ for others.iter().map(line) }</ul> }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::calendar::columns::tests::visit;

    #[test]
    fn a_visit_booked_again_has_the_kind_the_person_and_the_place_of_the_one_before() {
        let before = visit();
        let start = "2027-04-01T14:00:00Z".parse().unwrap();
        let again = like(&before, start, None);
        assert_eq!(
            (
                again.person_id,
                again.appointment_type_id,
                again.location_id
            ),
            (
                before.person.id,
                before.appointment_type.id,
                before.location_id
            )
        );
        assert_eq!((again.starts_at, again.walk_in), (start, false));
    }
}
