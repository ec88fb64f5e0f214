//! What the person may do at work, in one word.

use crate::routes::Route;
use salus_types::work_status::{MyWorkStatus, WorkStatus};
use salus_ui::messaging::use_live_refetch;
use salus_ui::{Badge, Card, DateStyle, Go, Text, Tone, Waiting, args, use_query, use_text};
use yew::prelude::*;

/// The work status of today.
#[component]
pub(super) fn Status() -> Html {
    let t = use_text();
    let status = use_query((), |client, ()| client.get_my_work_status(None));
    use_live_refetch(&status.refetch);
    let more = html! { <Go<Route> to={Route::WorkStatus}>{ t.text("details") }</Go<Route>> };
    html! {
        <Card title={t.text("home-work-status")} aside={more}>
            { status.show(Waiting::Text, |status| word(&t, status)) }
        </Card>
    }
}

fn word(t: &Text, status: &MyWorkStatus) -> Html {
    let (tone, id) = match status.status {
        WorkStatus::FullDuty => (Tone::Good, "work-status-full-duty"),
        WorkStatus::Restricted => (Tone::Warning, "work-status-restricted"),
        WorkStatus::OffWork => (Tone::Bad, "work-status-off-work"),
        WorkStatus::NotEmployed => (Tone::Neutral, "work-status-not-employed"),
    };
    let until = status.since.until.map(|until| {
        let date = t.date(until.date, DateStyle::Medium).to_string();
        t.msg("home-until", args!(date = date))
    });
    html! {
        <div class="stack">
            <div><Badge {tone} large={true} text={t.text(id)} /></div>
            if let Some(until) = until {
                <p class="muted">{ until }</p>
            }
        </div>
    }
}
