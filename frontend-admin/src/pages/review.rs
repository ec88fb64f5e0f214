//! One submitted questionnaire: what stands out, every answer, what becomes data, the signature.

use super::reviews::{flag, language};
use crate::routes::Route;
use salus_types::ids::ResponseId;
use salus_types::questionnaires::engine::{Form, Item, Kind, Shown, shown, units};
use salus_types::questionnaires::{
    Observation, ObservationStatus, SubmittedAnswer, SubmittedResponse,
};
use salus_ui::{
    Back, Badge, Button, Card, Column, DataTable, DateStyle, Empty, Look, Note, Page, Text, Tone,
    Waiting, args, use_action, use_query, use_text, use_toast,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct ReviewProps {
    /// Which response.
    pub(crate) id: ResponseId,
}

/// One submitted questionnaire.
#[component]
pub(crate) fn Review(props: &ReviewProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let response = use_query(props.id, |client, id| client.get_response(id));
    let sign = {
        let (refetch, said) = (response.refetch.clone(), t.text("reviews-signed"));
        use_action(
            |client, (id, version)| client.review_response(id, version),
            move |_| {
                toast.say(said.clone());
                refetch.emit(());
            },
        )
    };
    let back = html! { <Back<Route> to={Route::Reviews}>{ t.text("reviews-title") }</Back<Route>> };
    if response.data.is_none() {
        let waiting = response.show(Waiting::Card, |_| Html::default());
        return html! { <Page title={t.text("reviews-title")} {back}>{ waiting }</Page> };
    }
    response.show(Waiting::Card, |found| {
        let one = &found.value;
        let (id, version) = (one.id, found.version);
        let action = if one.allowed.iter().any(|act| act == "review") {
            let press = sign.run.reform(move |_: MouseEvent| (id, version));
            html! {
                <Button look={Look::Primary} icon="badge-check" busy={sign.pending} on_press={press}>
                    { t.text("reviews-sign") }
                </Button>
            }
        } else {
            signature(&t, one)
        };
        let title = AttrValue::from(one.person.name.clone());
        html! {
            <Page {title} lead={banner(&t, one)} back={back.clone()} {action}>
                <div class="stack">
                    { sign.problem() }
                    { flags(&t, one) }
                    { answers(&t, one) }
                    { observations(&t, one) }
                </div>
            </Page>
        }
    })
}

fn signature(t: &Text, one: &SubmittedResponse) -> Html {
    match (&one.reviewed_by, one.reviewed_at) {
        (Some(name), Some(at)) => {
            let time = t.stamp(at);
            let text = t.msg(
                "reviews-signed-by",
                args!(name = name.as_str(), time = time.as_str()),
            );
            html! { <Badge tone={Tone::Good} {text} large=true /> }
        }
        _ => Html::default(),
    }
}

/// Whose answers these are, always in sight of the heading.
fn banner(t: &Text, one: &SubmittedResponse) -> AttrValue {
    let mut parts = Vec::new();
    if let Some(born) = one.person.birth_date {
        let date = t.date(born, DateStyle::Medium);
        parts.push(
            t.msg("reviews-born", args!(date = date.as_str()))
                .to_string(),
        );
    }
    parts.push(one.person.employer.clone());
    parts.push(one.title.in_language(language(t)).to_owned());
    parts.push(t.stamp(one.submitted_at).to_string());
    AttrValue::from(parts.join(" · "))
}

fn flags(t: &Text, one: &SubmittedResponse) -> Html {
    let line = |raised: &salus_types::questionnaires::engine::Raised| {
        let message = raised.message.in_language(language(t)).to_owned();
        html! { <li class="flex items-start gap-2">{ flag(t, raised.severity) }<span>{ message }</span></li> }
    };
    let blank = one.blank_recommended;
    html! {
        <Card title={t.text("reviews-flags")}>
            if one.flags.is_empty() {
                <p class="muted">{ t.text("reviews-no-flags") }</p>
            } else {
                <ul class="stack">{ for one.flags.iter().map(line) }</ul>
            }
            if blank > 0 {
                <Note>{ t.msg("reviews-blank", args!(count = blank)) }</Note>
            }
        </Card>
    }
}

/// Every answer with its question, page by page.
fn answers(t: &Text, one: &SubmittedResponse) -> Html {
    let Ok(form) = Form::published(&one.content) else {
        return Html::default();
    };
    let mut groups: Vec<(Option<String>, Vec<Html>)> = Vec::new();
    for answer in &one.answers {
        let Some(item) = form.item(&answer.link_id) else {
            continue;
        };
        let page = form.page_of(&answer.link_id).map(str::to_owned);
        if groups.last().is_none_or(|(known, _)| *known != page) {
            groups.push((page, Vec::new()));
        }
        if let Some((_, lines)) = groups.last_mut() {
            lines.push(line(t, item, answer));
        }
    }
    if groups.is_empty() {
        return html! { <Empty title={t.text("reviews-answers")} /> };
    }
    let group = |(page, lines): (Option<String>, Vec<Html>)| {
        let item = page.as_deref().and_then(|page| form.item(page));
        let title = item.map(|item| item.text.in_language(language(t)).to_owned());
        html! { <Card title={title.map(AttrValue::from)}><dl class="facts">{ lines }</dl></Card> }
    };
    html! { { for groups.into_iter().map(group) } }
}

fn line(t: &Text, item: &Item, answer: &SubmittedAnswer) -> Html {
    let question = item.text.in_language(language(t)).to_owned();
    let entered = answer
        .entered
        .as_ref()
        .and_then(|entry| shown(item, entry, language(t)))
        .map(|shown| in_words(t, shown));
    let stored = plain(t, &answer.value, None);
    let converted = item.kind == Kind::Quantity;
    let value = match &entered {
        Some(entered) if !converted => entered.clone(),
        _ => stored,
    };
    html! {
        <div class="fact" key={answer.link_id.clone()}>
            <dt>{ question }</dt>
            <dd>
                <span class="whitespace-pre-line">{ value }</span>
                if let Some(entered) = entered.filter(|_| converted) {
                    <span class="muted small">{ " " }{ t.msg("reviews-entered", args!(value = entered.as_str())) }</span>
                }
                if item.kind == Kind::Calculated {
                    <span class="muted small">{ " " }{ t.text("reviews-calculated") }</span>
                }
            </dd>
        </div>
    }
}

fn in_words(t: &Text, shown: Shown) -> AttrValue {
    match shown {
        Shown::Bool(true) => t.text("yes"),
        Shown::Bool(false) => t.text("no"),
        Shown::Date(date) => t.date(date, DateStyle::Medium),
        Shown::Texts(texts) => AttrValue::from(texts.join(", ")),
    }
}

/// A stored value as it is read: numbers with their unit, codes as they are.
fn plain(t: &Text, value: &serde_json::Value, unit: Option<&str>) -> AttrValue {
    let with_unit = |number: &str, unit: &str| {
        let label = units::find(unit).map_or(unit, |unit| unit.label);
        AttrValue::from(format!("{number} {label}"))
    };
    match (value, unit) {
        (serde_json::Value::Bool(true), _) => t.text("yes"),
        (serde_json::Value::Bool(false), _) => t.text("no"),
        (serde_json::Value::String(number), Some(unit)) => with_unit(number, unit),
        (serde_json::Value::String(text), None) => AttrValue::from(text.clone()),
        (serde_json::Value::Array(codes), _) => {
            let codes: Vec<&str> = codes.iter().filter_map(|code| code.as_str()).collect();
            AttrValue::from(codes.join(", "))
        }
        (serde_json::Value::Object(quantity), _) => {
            let part = |name: &str| quantity.get(name).and_then(|part| part.as_str());
            match (part("value"), part("unit")) {
                (Some(number), Some(unit)) => with_unit(number, unit),
                _ => AttrValue::default(),
            }
        }
        _ => AttrValue::default(),
    }
}

/// What the answers become as data, with how sure each is.
fn observations(t: &Text, one: &SubmittedResponse) -> Html {
    if one.observations.is_empty() {
        return Html::default();
    }
    let columns = vec![
        Column::new(t.text("reviews-observation")),
        Column::new(t.text("reviews-value")),
        Column::new(t.text("reviews-code")).quiet(),
        Column::new(t.text("reviews-status")),
    ];
    let row = |observation: &Observation| {
        let cells = vec![
            html! { observation.display.clone() },
            html! { <span class="numbers">{ plain(t, &observation.value, observation.unit.as_deref()) }</span> },
            html! { <span class="numbers">{ format!("{} {}", observation.system, observation.code) }</span> },
            status(t, observation.status),
        ];
        (AttrValue::from(observation.id.to_string()), cells)
    };
    let rows: Vec<_> = one.observations.iter().map(row).collect();
    html! {
        <Card title={t.text("reviews-observations")}>
            <DataTable caption={t.text("reviews-observations")} {columns} {rows} />
        </Card>
    }
}

fn status(t: &Text, status: ObservationStatus) -> Html {
    let (tone, text) = match status {
        ObservationStatus::Preliminary => (Tone::Neutral, "reviews-status-preliminary"),
        ObservationStatus::Final => (Tone::Good, "reviews-status-final"),
        ObservationStatus::Amended => (Tone::Info, "reviews-status-amended"),
        ObservationStatus::EnteredInError => (Tone::Bad, "reviews-status-entered-in-error"),
    };
    html! { <Badge {tone} text={t.text(text)} /> }
}
