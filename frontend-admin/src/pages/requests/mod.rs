//! What people ask the clinic for: the list, the oldest first, and one request.

mod answer;
mod one;
mod times;

use crate::routes::Route;
pub(crate) use one::Request;
use salus_types::scheduling::{
    ClinicAppointmentRequest, RequestState as State, RequestView, RequestsQuery,
};
use salus_ui::hooks::use_state;
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Badge, Choice, Column, DataTable, Empty, Go, Page, Radio, Text, Tone, Waiting, args,
    minutes_since, use_background_query, use_text,
};
use yew::prelude::*;

/// The list of requests.
#[component]
pub(crate) fn Requests() -> Html {
    let t = use_text();
    let view = use_state(RequestView::default);
    let list = use_background_query(*view, |client, view| {
        client.list_appointment_requests(&RequestsQuery { view })
    });
    use_live_refetch(&list.refetch);
    let choices = vec![
        Choice::new("waiting", t.text("requests-clinic-waiting")),
        Choice::new("ended", t.text("requests-clinic-ended")),
    ];
    let value = match *view {
        RequestView::Waiting => "waiting",
        RequestView::Ended => "ended",
    };
    let on_change = {
        let view = view.clone();
        Callback::from(move |value: String| {
            view.set(match value.as_str() {
                "ended" => RequestView::Ended,
                _ => RequestView::Waiting,
            });
        })
    };
    html! {
        <Page title={t.text("requests-clinic")} lead={t.text("requests-clinic-lead")} full={true}>
            <Radio name="view" label={t.text("requests-clinic-show")} {choices} {value} inline={true} {on_change} />
            { list.show(Waiting::Rows(6), |page| if page.items.is_empty() {
                let none = match *view {
                    RequestView::Waiting => "requests-clinic-none",
                    RequestView::Ended => "requests-clinic-ended-none",
                };
                html! { <Empty icon="circle-check" title={t.text(none)} /> }
            } else {
                let rows: Vec<_> = page.items.iter().map(|one| row(&t, one)).collect();
                html! { <DataTable caption={t.text("requests-clinic")} columns={columns(&t)} {rows} /> }
            }) }
        </Page>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("calendar-person")),
        Column::new(t.text("calendar-type")),
        Column::new(t.text("requests-sent")),
        Column::new(t.text("requests-clinic-show-state")),
    ]
}

fn row(t: &Text, one: &ClinicAppointmentRequest) -> (AttrValue, Vec<Html>) {
    let id = one.id;
    let cells = vec![
        html! { <Go<Route> to={Route::AppointmentRequest { id }}>{ one.person.name.clone() }</Go<Route>> },
        html! { one.appointment_type.name.clone() },
        html! { t.stamp(one.sent_at) },
        html! { <span class="flex flex-wrap gap-1">{ badges(t, one) }</span> },
    ];
    (id.to_string().into(), cells)
}

/// How far a request has come and how long it waits.
fn badges(t: &Text, one: &ClinicAppointmentRequest) -> Html {
    let tone = match one.state {
        State::Open => Tone::Warning,
        State::Seen | State::Offered => Tone::Info,
        State::Booked => Tone::Good,
        State::Declined | State::Withdrawn => Tone::Neutral,
    };
    let text = t.msg("requests-clinic-state", args!(state = one.state.as_str()));
    let waits = matches!(one.state, State::Open | State::Seen);
    html! {
        <>
            <Badge {tone} {text} />
            if waits {
                <Badge tone={Tone::Neutral} icon="clock" text={waiting(t, minutes_since(one.sent_at))} />
            }
            if one.overdue {
                <Badge tone={Tone::Bad} text={t.text("requests-overdue")} />
            }
        </>
    }
}

/// How long somebody has been waiting, in hours, from two days on in days.
fn waiting(t: &Text, minutes: i64) -> AttrValue {
    let hours = minutes / 60;
    if hours < 48 {
        t.msg("requests-waits", args!(hours = hours))
    } else {
        t.msg("requests-waits-days", args!(days = hours / 24))
    }
}
