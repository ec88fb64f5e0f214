//! What the person may do at work.

use crate::routes::Route;
use salus_types::work_status::{
    MyAccommodation, MyRestriction, MyWorkStatus, WorkStatus as Status,
};
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Badge, Card, Page, Row, Rows, Text, Tone, Waiting, WhoSees, WorkStatusBadge, args, use_query,
    use_text,
};
use yew::prelude::*;

/// What the person may do at work, and who else sees it.
#[component]
pub(crate) fn WorkStatus() -> Html {
    let t = use_text();
    let status = use_query((), |client, ()| client.get_my_work_status(None));
    use_live_refetch(&status.refetch);
    html! {
        <Page title={t.text("work-status-title")}>
            { status.show(Waiting::Text, |status| shown(&t, status)) }
        </Page>
    }
}

fn shown(t: &Text, status: &MyWorkStatus) -> Html {
    let nothing = status.restrictions.is_empty() && status.accommodations.is_empty();
    html! {
        <>
            <Card>
                <WorkStatusBadge status={status.status} large={true} />
                <p>
                    if nothing && status.status == Status::FullDuty && status.since.from.is_none() {
                        { t.text("work-status-none") }
                    } else {
                        { t.release("work-status", status.status, &status.since) }
                    }
                </p>
                if status.part_day {
                    <p>{ t.text("work-status-part-day") }</p>
                }
                if status.status != Status::FullDuty {
                    <p class="muted">{ t.valid_until(&status.since) }</p>
                }
            </Card>
            if !status.restrictions.is_empty() {
                <Card title={t.text("work-status-limits")}>
                    <Rows>{ for status.restrictions.iter().map(|one| restriction(t, one)) }</Rows>
                </Card>
            }
            if !status.accommodations.is_empty() {
                <Card title={t.text("work-status-accommodations")}>
                    <Rows>{ for status.accommodations.iter().map(|one| accommodation(t, one)) }</Rows>
                </Card>
            }
            <WhoSees text={t.text("work-status-who-sees")} />
        </>
    }
}

fn restriction(t: &Text, one: &MyRestriction) -> Html {
    let said: Vec<String> = one
        .sentences
        .iter()
        .map(|sentence| t.sentence(sentence).to_string())
        .collect();
    let more = [
        Some(t.period(&one.period)),
        one.comment
            .clone()
            .map(|comment| t.msg("work-status-comment", args!(comment = comment))),
        one.reason
            .clone()
            .map(|reason| t.msg("work-status-reason", args!(reason = reason))),
        one.provider
            .clone()
            .map(|name| t.msg("work-status-ordered-by", args!(name = name))),
    ];
    let more: Vec<String> = more
        .into_iter()
        .flatten()
        .map(|part| part.to_string())
        .collect();
    html! {
        <Row<Route> icon="briefcase" title={said.join(" ")} text={AttrValue::from(more.join(" · "))}>
            if one.personal {
                <Badge tone={Tone::Info} text={t.text("work-status-personal")} />
            }
        </Row<Route>>
    }
}

fn accommodation(t: &Text, one: &MyAccommodation) -> Html {
    let title = t.text(&format!("work-status-kind-{}", one.kind.replace('_', "-")));
    let dates = t.period(&one.period);
    let text = match &one.details {
        Some(details) => AttrValue::from(format!("{details} · {dates}")),
        None => dates,
    };
    html! { <Row<Route> icon="briefcase" {title} {text} /> }
}
