//! It is booked.

use crate::pages::appointment::{AddToCalendar, preparation};
use crate::routes::Route;
use salus_types::scheduling::{Appointment, State};
use salus_ui::times::{visit_place, visit_time};
use salus_ui::{ButtonLink, Card, Facts, Look, Note, Page, Text, Tone, use_text};
use yew::prelude::*;

/// What [`Done`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct DoneProps {
    /// The appointment.
    pub(super) visit: Appointment,
    /// Whether it was booked before and has another time now.
    #[prop_or_default]
    pub(super) moved: bool,
}

/// What was booked, and what to do next.
#[component]
pub(super) fn Done(props: &DoneProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let waits = visit.state == State::Pending;
    let title = t.text(match (props.moved, waits) {
        (true, _) => "move-done",
        (false, true) => "book-done-pending",
        (false, false) => "book-done",
    });
    let names: Vec<_> = visit.resources.iter().map(|r| r.name.clone()).collect();
    let facts = vec![
        (
            t.text("appointment-when"),
            visit_time(
                &t,
                visit.starts_at,
                &visit.zone,
                &visit.place.name,
                visit.modality,
            ),
        ),
        (
            t.text("appointment-where"),
            visit_place(&t, &visit.place, visit.modality),
        ),
        (t.text("appointment-with"), html! { names.join(", ") }),
    ];
    html! {
        <Page {title} narrow={true}>
            if waits {
                <Note tone={Tone::Info}>{ t.text("book-done-pending-text") }</Note>
            }
            <Card title={visit.public_name.clone()}><Facts {facts} /></Card>
            if !waits {
                <AddToCalendar id={visit.id} />
            }
            { preparation(&t, &visit.preparation, Some((visit.starts_at, visit.zone.as_str()))) }
            { forms_to_answer(&t) }
        </Page>
    }
}

/// The forms that are asked before a visit, and the way back to the visits.
pub(crate) fn forms_to_answer(t: &Text) -> Html {
    html! {
        <Card title={t.text("book-done-forms")}>
            <p>{ t.text("book-done-forms-text") }</p>
            <div class="button-row">
                <ButtonLink<Route> to={Route::Questionnaires} look={Look::Primary} icon="clipboard-list" wide={true}>
                    { t.text("book-done-forms-open") }
                </ButtonLink<Route>>
                <ButtonLink<Route> to={Route::Appointments} wide={true}>
                    { t.text("book-done-see") }
                </ButtonLink<Route>>
            </div>
        </Card>
    }
}
