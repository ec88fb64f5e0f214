//! What one waits for without having a visit, and which times would suit.

use salus_types::scheduling::{
    ChangeWaitListItem, DayPart, Modality, OfferedType, OfferedTypes, TimeWishes, WaitListItem,
};
use salus_ui::hooks::{edit, use_state};
use salus_ui::wishes::{how, hows, parts, weekdays};
use salus_ui::{
    Button, Card, CheckGroup, Choice, Look, Select, Text, args, use_action, use_leave_guard,
    use_text, use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

/// What [`WaitingFor`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct WaitingForProps {
    /// What one waits for.
    pub(super) items: Vec<WaitListItem>,
    /// What the portal offers.
    pub(super) offered: Rc<OfferedTypes>,
    /// Something was changed.
    pub(super) refetch: Callback<()>,
}

/// What one waits for, and which times would suit; nothing where the portal offers none.
#[component]
pub(super) fn WaitingFor(props: &WaitingForProps) -> Html {
    let t = use_text();
    let offered = &props.offered;
    if !offered.rules.earlier_offers {
        return Html::default();
    }
    let kind = |item: &WaitListItem| {
        let mut kinds = offered.items.iter();
        kinds
            .find(|kind| kind.id == item.appointment_type_id)
            .cloned()
    };
    html! {
        <Card title={t.text("wait-list-own")}>
            <div class="stack">
                <p class="muted">{ t.text("wait-list-own-lead") }</p>
                <ul class="stack">
                    { for props.items.iter().map(|item| html! {
                        <One key={item.id.to_string()} item={item.clone()} kind={kind(item)}
                            refetch={props.refetch.clone()} />
                    }) }
                </ul>
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    item: WaitListItem,
    /// As it is offered, where it can be booked.
    kind: Option<OfferedType>,
    refetch: Callback<()>,
}

/// One of them: what would suit, and the form that changes it.
#[component]
fn One(props: &OneProps) -> Html {
    let t = use_text();
    let open = use_state(|| false);
    let item = &props.item;
    let set = |to: bool| {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(to))
    };
    let saved = {
        let (open, refetch) = (open.clone(), props.refetch.clone());
        Callback::from(move |()| {
            open.set(false);
            refetch.emit(());
        })
    };
    html! {
        <li class="offer">
            <p><strong>{ item.public_name.clone() }</strong></p>
            if *open {
                <Form key={item.version} item={item.clone()} kind={props.kind.clone()} on_saved={saved}
                    on_leave={set(false)} />
            } else {
                <p>{ in_words(&t, item, props.kind.as_ref()) }</p>
                <div class="button-row">
                    <Button icon="clock" on_press={set(true)}
                        label={format!("{}: {}", t.text("wait-list-own-change"), item.public_name)}>
                        { t.text("wait-list-own-change") }
                    </Button>
                </div>
            }
        </li>
    }
}

/// Which times would suit, in words.
fn in_words(t: &Text, item: &WaitListItem, kind: Option<&OfferedType>) -> String {
    let wishes = &item.wishes;
    let mut places = kind.iter().flat_map(|kind| &kind.places);
    let place = places.find(|place| Some(place.id) == wishes.location_id);
    let mut providers = item.providers.iter();
    let provider = providers.find(|one| Some(one.id) == wishes.resource_id);
    let part = wishes.part.filter(|part| *part != DayPart::Any);
    let part = part.map(|part| t.msg("request-part-name", args!(part = part.as_str())));
    let days = wishes
        .weekdays
        .iter()
        .map(|day| t.weekday(*day).to_string());
    let said: Vec<String> = place
        .map(|place| place.name.clone())
        .into_iter()
        .chain(provider.map(|one| one.name.clone()))
        .chain(wishes.modality.map(|one| how(t, one).to_string()))
        .chain(part.map(|part| part.to_string()))
        .chain(days)
        .collect();
    if said.is_empty() {
        t.text("wait-list-own-any").to_string()
    } else {
        said.join(", ")
    }
}

#[derive(Properties, PartialEq)]
struct FormProps {
    item: WaitListItem,
    kind: Option<OfferedType>,
    on_saved: Callback<()>,
    on_leave: Callback<MouseEvent>,
}

/// Where, with whom, how, in which part of the day, on which days: each only where there is a choice.
#[component]
fn Form(props: &FormProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let item = &props.item;
    let form = use_state(|| item.wishes.clone());
    use_leave_guard(*form != item.wishes);
    let save = {
        let (id, version) = (item.id, item.version);
        let (done, said) = (props.on_saved.clone(), t.text("wait-list-own-saved"));
        use_action(
            move |client, wishes: TimeWishes| async move {
                let command = ChangeWaitListItem {
                    location_id: Some(wishes.location_id),
                    resource_id: Some(wishes.resource_id),
                    modality: Some(wishes.modality),
                    part: Some(wishes.part),
                    weekdays: Some(Some(wishes.weekdays)),
                };
                client.change_my_wait_list_item(id, version, &command).await
            },
            move |_| {
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let name = |field: &str| AttrValue::from(format!("{field}-{}", item.id));
    let with_any = |any: &str, known: Vec<Choice>| {
        let mut choices = vec![Choice::new("", t.text(any))];
        choices.extend(known);
        choices
    };
    let (places, ways) = props.kind.as_ref().map_or((&[][..], &[][..]), |kind| {
        (kind.places.as_slice(), kind.modalities.as_slice())
    });
    let known = places.iter();
    let known = known.map(|one| Choice::new(one.id.to_string(), one.name.clone()));
    let place_choices = with_any("request-anywhere", known.collect());
    let known = item.providers.iter();
    let known = known.map(|one| Choice::new(one.id.to_string(), one.name.clone()));
    let provider_choices = with_any("calendar-any-provider", known.collect());
    let way_choices = with_any("wait-list-own-any-way", hows(&t, ways));
    let part = form.part.unwrap_or(DayPart::Any);
    let days = form.weekdays.iter();
    let days: Vec<AttrValue> = days.map(|day| day.to_string().into()).collect();
    let on_place = edit(&form, |wishes: &mut TimeWishes, id: String| {
        wishes.location_id = id.parse().ok();
    });
    let on_provider = edit(&form, |wishes: &mut TimeWishes, id: String| {
        wishes.resource_id = id.parse().ok();
    });
    let on_way = edit(&form, |wishes: &mut TimeWishes, word: String| {
        wishes.modality = Modality::parse(&word);
    });
    let on_part = edit(&form, |wishes: &mut TimeWishes, word: String| {
        wishes.part = DayPart::parse(&word).filter(|part| *part != DayPart::Any);
    });
    let on_days = edit(&form, |wishes: &mut TimeWishes, days: Vec<String>| {
        wishes.weekdays = days.iter().filter_map(|day| day.parse().ok()).collect();
        wishes.weekdays.sort_unstable();
    });
    let id = |value: Option<String>| value.unwrap_or_default();
    let press = {
        let (form, run) = (form.clone(), save.run.clone());
        Callback::from(move |_: MouseEvent| run.emit((*form).clone()))
    };
    html! {
        <div class="stack">
            if places.len() > 1 {
                <Select name={name("wish-place")} label={t.text("request-where")} choices={place_choices}
                    value={id(form.location_id.map(|id| id.to_string()))} on_change={on_place}
                    error={save.wrong("/location_id")} />
            }
            if item.providers.len() > 1 || form.resource_id.is_some() {
                <Select name={name("wish-provider")} label={t.text("book-choose-provider")} choices={provider_choices}
                    value={id(form.resource_id.map(|id| id.to_string()))} on_change={on_provider}
                    error={save.wrong("/resource_id")} />
            }
            if ways.len() > 1 {
                <Select name={name("wish-how")} label={t.text("appointment-how")} choices={way_choices}
                    value={form.modality.map_or("", Modality::as_str)} on_change={on_way}
                    error={save.wrong("/modality")} />
            }
            <Select name={name("wish-part")} label={t.text("request-part")} choices={parts(&t)}
                value={part.as_str()} on_change={on_part} />
            <CheckGroup name={name("wish-weekdays")} label={t.text("request-weekdays")}
                hint={t.text("request-weekdays-hint")} choices={weekdays(&t)} values={days} on_change={on_days} />
            { save.problem() }
            <div class="button-row">
                <Button look={Look::Primary} busy={save.pending} on_press={press}>{ t.text("save") }</Button>
                <Button look={Look::Quiet} on_press={props.on_leave.clone()}>{ t.text("cancel") }</Button>
            </div>
        </div>
    }
}
