//! It is booked.

use crate::pages::appointment::{AddToCalendar, Appointment as OwnPage, is_ahead, preparation};
use crate::pages::qr::check_in_code;
use crate::routes::Route;
use salus_types::ids::{AppointmentId, HoldId};
use salus_types::scheduling::{Appointment, State};
use salus_ui::times::{Course, minutes_told, visit_place, visit_time};
use salus_ui::{
    ButtonLink, Card, Facts, Look, Note, Page, Text, Tone, Waiting, use_query, use_text,
};
use yew::prelude::*;

/// The end of the way, once it is reached: from the answer that led there, else as the server knows it.
pub(super) fn done(
    course: &Course,
    answer: Option<&(HoldId, Appointment)>,
    moved: bool,
) -> Option<Html> {
    let answer = answer.filter(|(hold, visit)| course.is_done(*hold, visit.id));
    if let Some((_, visit)) = answer {
        return Some(html! { <Done visit={visit.clone()} {moved} /> });
    }
    let id = course.chosen.done?;
    Some(html! { <DoneAt {id} {moved} /> })
}

#[derive(Properties, PartialEq)]
struct DoneAtProps {
    id: AppointmentId,
    moved: bool,
}

/// The same when the page is opened anew; what is no longer ahead has its own page.
#[component]
fn DoneAt(props: &DoneAtProps) -> Html {
    let t = use_text();
    let (id, moved) = (props.id, props.moved);
    let found = use_query(id, |client, id| async move {
        client.get_my_appointment(id).await.map(|found| found.value)
    });
    match found.data.as_deref() {
        Some(visit) if is_ahead(visit) => html! { <Done visit={visit.clone()} {moved} /> },
        Some(_) => html! { <OwnPage {id} /> },
        None => html! {
            <Page title={t.text("appointment")} narrow={true}>
                { found.show(Waiting::Text, |_| Html::default()) }
            </Page>
        },
    }
}

#[derive(Properties, PartialEq)]
struct DoneProps {
    visit: Appointment,
    /// Whether it was booked before and has another time now.
    moved: bool,
}

/// What was booked, and what to do next.
#[component]
fn Done(props: &DoneProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let waits = visit.state == State::Pending;
    let title = t.text(match (props.moved, waits) {
        (true, _) => "move-done",
        (false, true) => "book-done-pending",
        (false, false) => "book-done",
    });
    let names: Vec<_> = visit.resources.iter().map(|r| r.name.clone()).collect();
    let mut facts = vec![
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
    if let Some(code) = &visit.check_in_code {
        facts.push((t.text("appointment-check-in-code"), check_in_code(&t, code)));
    }
    let minutes = minutes_told(&t, visit.starts_at, visit.ends_at);
    let aside = html! { <span class="muted">{ minutes }</span> };
    html! {
        <Page {title} narrow={true}>
            if waits {
                <Note tone={Tone::Info}>{ t.text("book-done-pending-text") }</Note>
            }
            <Card title={visit.public_name.clone()} {aside}><Facts {facts} /></Card>
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
