//! What waits for the clinic.

use crate::routes::Route;
use salus_types::messaging::{WorkCount, WorkList as List};
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Badge, Empty, Page, Row, Rows, Text, Tone, Waiting, args, use_background_query, use_text,
};
use yew::prelude::*;

/// What waits for the clinic, the most urgent first.
#[component]
pub(crate) fn WorkList() -> Html {
    let t = use_text();
    let summary = use_background_query((), |client, ()| client.get_work_summary());
    use_live_refetch(&summary.refetch);
    html! {
        <Page title={t.text("work-list")} lead={t.text("work-list-lead")}>
            { summary.show(Waiting::Rows(3), |found| {
                if found.items.iter().all(|one| one.count == 0) {
                    return html! { <Empty icon="circle-check" title={t.text("work-none")} /> };
                }
                html! { <Rows>{ for found.items.iter().map(|one| row(&t, one)) }</Rows> }
            }) }
        </Page>
    }
}

fn row(t: &Text, one: &WorkCount) -> Html {
    let (to, icon, name) = match one.list {
        List::Conversations => (Route::Inbox, "inbox", "work-conversations"),
        List::Responses => (Route::Reviews, "clipboard-list", "work-responses"),
        List::SchedulingTasks => (Route::Tasks, "calendar-check", "work-scheduling-tasks"),
        List::AppointmentRequests => (Route::Requests, "hourglass", "work-requests"),
        List::Appointments => (Route::Calendar, "calendar-days", "work-appointments"),
    };
    html! {
        <Row<Route> {to} {icon} title={t.text(name)}>
            if one.overdue > 0 {
                <Badge tone={Tone::Bad} text={t.msg("work-overdue", args!(count = one.overdue))} />
            }
            <strong class="numbers">{ one.count }</strong>
        </Row<Route>>
    }
}
