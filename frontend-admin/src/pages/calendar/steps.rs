//! How a visit came to be what it is: what was done with it when, and by whom.

use salus_types::ids::AppointmentId;
use salus_types::scheduling::{Audience, Modality, StepKind, VisitStep, VisitTime};
use salus_ui::wishes::how;
use salus_ui::{Text, Waiting, args, use_query, use_text};
use yew::prelude::*;

/// What [`Steps`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct StepsProps {
    /// Of which visit.
    pub(super) of: AppointmentId,
    /// Which version of it is shown; another one has other steps.
    pub(super) version: i32,
}

/// The steps of a visit, the first one first.
#[component]
pub(super) fn Steps(props: &StepsProps) -> Html {
    let t = use_text();
    let steps = use_query((props.of, props.version), |client, (of, _)| {
        client.list_appointment_history(of)
    });
    steps.show(Waiting::Rows(2), |page| {
        html! { <ol class="stack">{ for page.items.iter().map(|one| step(&t, one)) }</ol> }
    })
}

fn step(t: &Text, one: &VisitStep) -> Html {
    html! {
        <li>
            <p>
                <strong>{ t.msg("calendar-step", args!(kind = one.kind.as_str())) }</strong>
                { " · " }{ who(t, one) }
            </p>
            <p class="small muted numbers">{ t.stamp(one.at) }</p>
            if let Some((was, is)) = times(t, one) {
                <p class="small">
                    if let Some(was) = was {
                        <s class="muted">{ was }</s>
                        <span class="sr-only">{ t.text("setup-history-then") }</span>
                        { " " }
                    }
                    { is }
                </p>
            }
        </li>
    }
}

/// Who did it: by name where somebody was signed in, and on which side.
fn who(t: &Text, one: &VisitStep) -> String {
    let side = match one.side {
        Some(Audience::Employee) => "person",
        Some(Audience::Supervisor) => "team",
        Some(Audience::Clinic) => "clinic",
        None => "none",
    };
    let side = t.msg(
        "calendar-step-side",
        args!(
            side = side,
            signed = if one.by.is_some() { "yes" } else { "no" }
        ),
    );
    match &one.by {
        Some(name) => format!("{name} ({side})"),
        None => side.to_string(),
    }
}

/// When, where and how the visit was to be before a step and after it, where the step is about that.
fn times(t: &Text, one: &VisitStep) -> Option<(Option<String>, String)> {
    let tells = matches!(one.kind, StepKind::Booked | StepKind::Requested) || one.before.is_some();
    let before = one.before.as_ref();
    let other_way = before.is_some_and(|before| before.modality != one.after.modality);
    let words = |time: &VisitTime| {
        let when = t.moment(time.starts_at, &time.zone, &time.place);
        // In person goes without saying, unless it is what changed.
        if other_way || time.modality == Modality::Telehealth {
            format!("{when} · {}", how(t, time.modality))
        } else {
            when.to_string()
        }
    };
    tells.then(|| (before.map(words), words(&one.after)))
}
