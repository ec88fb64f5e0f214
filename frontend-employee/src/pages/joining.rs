//! The way into an appointment online.

use chrono::{DateTime, Utc};
use gloo::timers::callback::Timeout;
use salus_types::ids::AppointmentId;
use salus_types::scheduling::{Appointment, Joining};
use salus_ui::hooks::use_effect_with;
use salus_ui::{Icon, Waiting, args, use_query, use_text};
use yew::prelude::*;

/// The longest wait in one go, in milliseconds: an hour.
const LONGEST_WAIT: i64 = 3_600_000;

/// What [`Join`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct JoinProps {
    /// The appointment.
    pub(crate) visit: Appointment,
    /// Ask for it again: it may have opened or closed.
    pub(crate) refetch: Callback<()>,
}

/// "Join" while that is possible, before it when it will be; nothing where there is nothing to join.
#[component]
pub(crate) fn Join(props: &JoinProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let joining = visit.joining.clone();
    let next = joining.as_ref().map(changes_at);
    {
        let refetch = props.refetch.clone();
        use_effect_with((next, visit.version), move |(next, _)| {
            let waiting = next.map(|next| {
                // This browser's clock may be wrong; the answer says whether it is open.
                let left = next.timestamp_millis() - js_sys::Date::now() as i64 + 500;
                let wait = left.clamp(1_000, LONGEST_WAIT);
                Timeout::new(wait as u32, move || refetch.emit(()))
            });
            move || drop(waiting)
        });
    }
    let Some(joining) = joining else {
        return Html::default();
    };
    if joining.open {
        return html! { <Link id={visit.id} /> };
    }
    let time = t.time(
        joining.opens_at,
        &salus_ui::own_zone().unwrap_or_else(|| visit.zone.clone()),
    );
    html! {
        <p class="muted">{ t.msg("appointment-join-from", args!(time = time.to_string())) }</p>
    }
}

/// When it opens, or closes where it is open.
fn changes_at(joining: &Joining) -> DateTime<Utc> {
    match joining.open {
        true => joining.closes_at,
        false => joining.opens_at,
    }
}

#[derive(Properties, PartialEq)]
struct LinkProps {
    id: AppointmentId,
}

/// The link itself, asked for only once it is to be shown.
#[component]
fn Link(props: &LinkProps) -> Html {
    let t = use_text();
    let link = use_query(props.id, |client, id| client.get_my_join_link(id));
    link.show(Waiting::Rows(1), |link| html! {
        <div class="button-row">
            <a class="btn btn-primary btn-wide-phone" href={link.url.clone()} target="_blank" rel="noopener noreferrer">
                <Icon name="video" />
                { t.text("appointment-join") }
            </a>
        </div>
    })
}
