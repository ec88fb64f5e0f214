//! What is done so that a person can work, and which restrictions nothing answers yet.

mod acts;
mod form;

pub(super) use form::AccommodationForm;

use super::{said, state_badge};
use crate::routes::Route;
use acts::RowActs;
use salus_types::ids::PersonId;
use salus_types::work_status::{
    AccommodationType, ClinicAccommodation, ClinicRestriction, RestrictionsQuery,
};
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Button, Card, Empty, Note, Row, Rows, Text, Tone, Waiting, args, use_query, use_text,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct AccommodationsProps {
    /// Whose.
    pub(super) person: PersonId,
    /// Ended ones too.
    pub(super) ended: bool,
    /// The person's restrictions, to name those that are answered.
    pub(super) restrictions: Vec<ClinicRestriction>,
    /// To write one, or to change the one given.
    pub(super) on_write: Callback<Option<ClinicAccommodation>>,
}

/// A person's accommodations.
#[component]
pub(super) fn Accommodations(props: &AccommodationsProps) -> Html {
    let t = use_text();
    // What nothing answers changes with the restrictions too.
    let known: Vec<_> = props
        .restrictions
        .iter()
        .map(|one| (one.id, one.version))
        .collect();
    let list = use_query(
        (props.person, props.ended, known),
        |client, (person, ended, _)| {
            let query = RestrictionsQuery {
                ended: ended.then_some(true),
            };
            client.list_person_accommodations(person, &query)
        },
    );
    use_live_refetch(&list.refetch);
    let write = props.on_write.reform(|_: MouseEvent| None);
    let open: Vec<String> = list.data.as_ref().map_or_else(Vec::new, |found| {
        let restrictions = props.restrictions.iter();
        restrictions
            .filter(|one| found.not_accommodated.contains(&one.id))
            .map(|one| said(&t, one))
            .collect()
    });
    html! {
        <>
            <h2 class="h2">{ t.text("accommodations-title") }</h2>
            if !open.is_empty() {
                <Note tone={Tone::Warning} title={t.text("accommodations-not-answered")}>
                    <ul>{ for open.iter().map(|said| html! { <li>{ said }</li> }) }</ul>
                </Note>
            }
            <div class="button-row">
                <Button icon="plus" on_press={write}>{ t.text("accommodations-add") }</Button>
            </div>
            { list.show(Waiting::Rows(2), |found| {
                if found.items.is_empty() {
                    return html! {
                        <Empty icon="briefcase" title={t.text("accommodations-none")} text={t.text("accommodations-none-hint")} />
                    };
                }
                html! {
                    <Card>
                        <Rows label={t.text("accommodations-title")}>
                            { for found.items.iter().map(|one| row(&t, one, props, &list.refetch)) }
                        </Rows>
                    </Card>
                }
            }) }
        </>
    }
}

fn kind_name(t: &Text, kind: AccommodationType) -> AttrValue {
    let code = kind.code().replace('_', "-");
    t.text(&format!("work-status-kind-{code}"))
}

fn row(
    t: &Text,
    one: &ClinicAccommodation,
    props: &AccommodationsProps,
    done: &Callback<()>,
) -> Html {
    let answers: Vec<String> = props
        .restrictions
        .iter()
        .filter(|restriction| one.restrictions.contains(&restriction.id))
        .map(|restriction| said(t, restriction))
        .collect();
    let answers = (!answers.is_empty()).then(|| {
        let said = args!(restrictions = answers.join(" "));
        t.msg("accommodations-answers", said).to_string()
    });
    let parts = [
        Some(t.period(&one.period).to_string()),
        one.details.clone(),
        answers,
    ];
    let text: Vec<String> = parts.into_iter().flatten().collect();
    let change = {
        let one = one.clone();
        props.on_write.reform(move |()| Some(one.clone()))
    };
    html! {
        <Row<Route> key={one.id.to_string()} title={kind_name(t, one.kind)} text={AttrValue::from(text.join(" · "))}>
            { state_badge(t, one.state, one.phase) }
            <RowActs accommodation={one.clone()} on_change={change} on_done={done.clone()} />
        </Row<Route>>
    }
}
