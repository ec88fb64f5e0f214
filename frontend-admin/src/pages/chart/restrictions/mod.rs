//! A person's restrictions and what answers them: the lists, and the forms that write them.

mod accommodations;
mod acts;
mod draft;
mod form;

use crate::routes::Route;
use accommodations::{AccommodationForm, Accommodations};
use acts::{EndAll, RowActs};
use form::WriteForm;
use salus_types::ids::PersonId;
use salus_types::work_status::{
    ClinicAccommodation, ClinicRestriction, Phase, RestrictionsQuery, State,
};
use salus_ui::hooks::use_state;
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Badge, Button, Card, Check, Empty, Look, Row, Rows, Text, Tone, Waiting, args, use_query,
    use_text,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct RestrictionsProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

#[derive(Clone, PartialEq)]
enum Showing {
    Lists,
    Restriction(Option<ClinicRestriction>),
    Accommodation(Option<ClinicAccommodation>),
}

/// A person's restrictions and accommodations.
#[component]
pub(crate) fn Restrictions(props: &RestrictionsProps) -> Html {
    let t = use_text();
    let person = props.person;
    let ended = use_state(|| false);
    let showing = use_state(|| Showing::Lists);
    let list = use_query((person, *ended), |client, (person, ended)| {
        let query = RestrictionsQuery {
            ended: ended.then_some(true),
        };
        client.list_person_restrictions(person, &query)
    });
    use_live_refetch(&list.refetch);
    let show = {
        let showing = showing.clone();
        Callback::from(move |what: Showing| showing.set(what))
    };
    let on_saved = {
        let (show, refetch) = (show.clone(), list.refetch.clone());
        Callback::from(move |()| {
            show.emit(Showing::Lists);
            refetch.emit(());
        })
    };
    let on_leave = show.reform(|()| Showing::Lists);
    let found = list.data.as_ref().map(|found| found.items.as_slice());
    let found = found.unwrap_or_default();
    match &*showing {
        Showing::Restriction(restriction) => {
            let restriction = restriction.clone();
            return html! { <WriteForm {person} {restriction} {on_saved} {on_leave} /> };
        }
        Showing::Accommodation(accommodation) => {
            let (accommodation, restrictions) = (accommodation.clone(), running(found));
            return html! {
                <AccommodationForm {person} {accommodation} {restrictions} {on_saved} {on_leave} />
            };
        }
        Showing::Lists => {}
    }
    let on_ended = {
        let ended = ended.clone();
        Callback::from(move |on: bool| ended.set(on))
    };
    let write = show.reform(|_: MouseEvent| Showing::Restriction(None));
    let on_change = show.reform(|one: ClinicRestriction| Showing::Restriction(Some(one)));
    let on_write = show.reform(Showing::Accommodation);
    html! {
        <>
            <div class="button-row">
                <Button look={Look::Primary} icon="plus" on_press={write}>{ t.text("restrictions-add") }</Button>
                <EndAll {person} items={running(found)} on_done={list.refetch.clone()} />
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
                            { for found.items.iter().map(|one| row(&t, one, &on_change, &list.refetch)) }
                        </Rows>
                    </Card>
                }
            }) }
            <Accommodations {person} ended={*ended} restrictions={found.to_vec()} {on_write} />
        </>
    }
}

/// Those that ending all would end or cancel, and that an accommodation can answer.
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

/// What became of something, and where today lies in its dates.
fn state_badge(t: &Text, state: State, phase: Phase) -> Html {
    let (tone, word) = match (state, phase) {
        (State::EnteredInError, _) => (Tone::Neutral, "restrictions-error"),
        (State::Cancelled, _) => (Tone::Neutral, "restrictions-cancelled"),
        (State::Current, Phase::Active) => (Tone::Warning, "restrictions-active"),
        (State::Current, Phase::Planned) => (Tone::Info, "restrictions-planned"),
        (State::Current, Phase::Ended) => (Tone::Neutral, "restrictions-ended"),
    };
    html! { <Badge {tone} text={t.text(word)} /> }
}

fn row(
    t: &Text,
    one: &ClinicRestriction,
    on_change: &Callback<ClinicRestriction>,
    done: &Callback<()>,
) -> Html {
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
    html! {
        <Row<Route> key={one.id.to_string()} title={said(t, one)} text={AttrValue::from(text.join(" · "))}>
            { state_badge(t, one.state, one.phase) }
            if !one.affects_work {
                <Badge tone={Tone::Info} text={t.text("restrictions-personal")} />
            }
            <RowActs restriction={one.clone()} on_change={on_change.clone()} on_done={done.clone()} />
        </Row<Route>>
    }
}
