//! A person's restrictions: the list, and the form that writes one.

mod acts;
mod draft;
mod form;

use crate::routes::Route;
use acts::{EndAll, RowActs};
use form::WriteForm;
use salus_types::ids::PersonId;
use salus_types::work_status::{ClinicRestriction, Phase, RestrictionsQuery, State};
use salus_ui::hooks::use_state;
use salus_ui::{
    Badge, Button, Card, Check, Empty, Look, Row, Rows, Text, Tone, Waiting, args, use_query,
    use_text,
};
use yew::prelude::*;

/// Whether the chart's tabs may lead here.
pub(crate) const BUILT: bool = true;

#[derive(Properties, PartialEq)]
pub(crate) struct RestrictionsProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// A person's restrictions.
#[component]
pub(crate) fn Restrictions(props: &RestrictionsProps) -> Html {
    let t = use_text();
    let ended = use_state(|| false);
    let writing = use_state(|| false);
    let list = use_query((props.person, *ended), |client, (person, ended)| {
        let query = RestrictionsQuery {
            ended: ended.then_some(true),
        };
        client.list_person_restrictions(person, &query)
    });
    let toggle = |to: bool| {
        let writing = writing.clone();
        Callback::from(move |_: MouseEvent| writing.set(to))
    };
    let on_saved = {
        let (writing, refetch) = (writing.clone(), list.refetch.clone());
        Callback::from(move |()| {
            writing.set(false);
            refetch.emit(());
        })
    };
    let on_leave = {
        let writing = writing.clone();
        Callback::from(move |()| writing.set(false))
    };
    let on_ended = {
        let ended = ended.clone();
        Callback::from(move |on: bool| ended.set(on))
    };
    if *writing {
        return html! { <WriteForm person={props.person} {on_saved} {on_leave} /> };
    }
    html! {
        <>
            <div class="button-row">
                <Button look={Look::Primary} icon="plus" on_press={toggle(true)}>{ t.text("restrictions-add") }</Button>
                if let Some(found) = &list.data {
                    <EndAll person={props.person} items={running(&found.items)} on_done={list.refetch.clone()} />
                }
            </div>
            <Check name="ended" label={t.text("restrictions-show-ended")} checked={*ended} on_change={on_ended} />
            { list.show(Waiting::Rows(3), |found| {
                if found.items.is_empty() {
                    return html! {
                        <Empty icon="briefcase" title={t.text("restrictions-none")} text={t.text("restrictions-none-hint")} />
                    };
                }
                html! {
                    <Card>
                        <Rows label={t.text("restrictions-title")}>
                            { for found.items.iter().map(|one| row(&t, one, &list.refetch)) }
                        </Rows>
                    </Card>
                }
            }) }
        </>
    }
}

/// Those that ending all would end or cancel.
fn running(items: &[ClinicRestriction]) -> Vec<ClinicRestriction> {
    items
        .iter()
        .filter(|one| one.state == State::Current && one.phase != Phase::Ended)
        .cloned()
        .collect()
}

/// What a restriction says, as one line.
fn said(t: &Text, one: &ClinicRestriction) -> String {
    let said: Vec<String> = one
        .sentences
        .iter()
        .map(|sentence| t.sentence(sentence).to_string())
        .collect();
    said.join(" ")
}

fn row(t: &Text, one: &ClinicRestriction, done: &Callback<()>) -> Html {
    let parts = [
        Some(t.period(&one.period).to_string()),
        one.comment.clone().map(|comment| {
            t.msg("work-status-comment", args!(comment = comment))
                .to_string()
        }),
        one.problem.clone(),
        one.clinical_note.clone(),
        one.provider_name.clone(),
    ];
    let text: Vec<String> = parts.into_iter().flatten().collect();
    let (tone, word) = match (one.state, one.phase) {
        (State::EnteredInError, _) => (Tone::Neutral, "restrictions-error"),
        (State::Cancelled, _) => (Tone::Neutral, "restrictions-cancelled"),
        (State::Current, Phase::Active) => (Tone::Warning, "restrictions-active"),
        (State::Current, Phase::Planned) => (Tone::Info, "restrictions-planned"),
        (State::Current, Phase::Ended) => (Tone::Neutral, "restrictions-ended"),
    };
    html! {
        <Row<Route> key={one.id.to_string()} title={said(t, one)} text={AttrValue::from(text.join(" · "))}>
            <Badge {tone} text={t.text(word)} />
            if !one.affects_work {
                <Badge tone={Tone::Info} text={t.text("restrictions-personal")} />
            }
            <RowActs restriction={one.clone()} on_done={done.clone()} />
        </Row<Route>>
    }
}
