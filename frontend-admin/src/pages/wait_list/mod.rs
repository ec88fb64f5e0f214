//! Who waits for a time: finding them, putting somebody first, and what was offered to whom.

mod log;

use self::log::Log;
use crate::routes::Route;
use chrono::NaiveDate;
use salus_types::ids::{AppointmentTypeId, LocationId, ResourceId};
use salus_types::scheduling::{
    ClinicWaitListItem, DeletedQuery, EscalateWaitListItem, SetupQuery, WaitListQuery, WaitsFor,
};
use salus_ui::hooks::{State, use_state};
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Badge, Button, Check, Choice, Column, DataTable, DateField, DateStyle, Dialog, Empty, Go, Icon,
    Look, Menu, Page, Select, Text, Tone, Waiting, args, use_action, use_background_query,
    use_query, use_text, use_toast,
};
use yew::prelude::*;

/// What is in front of the list.
#[derive(Clone, PartialEq)]
enum Open {
    Nothing,
    Closing(Box<ClinicWaitListItem>),
    /// What was offered: to one, or to all.
    Log(Option<Box<ClinicWaitListItem>>),
}

/// The wait list.
#[component]
pub(crate) fn WaitList() -> Html {
    let t = use_text();
    let filter = use_state(WaitListQuery::default);
    let open = use_state(|| Open::Nothing);
    let list = use_background_query((*filter).clone(), |client, query| {
        client.list_wait_list_items(&query)
    });
    use_live_refetch(&list.refetch);
    let escalate = {
        let refetch = list.refetch.clone();
        use_action(
            |client, one: ClinicWaitListItem| {
                let command = EscalateWaitListItem {
                    escalated: !one.escalated,
                };
                client.escalate_wait_list_item(one.id, one.version, &command)
            },
            move |_| refetch.emit(()),
        )
    };
    let show = |what: Open| {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(what.clone()))
    };
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(Open::Nothing))
    };
    let acts = |one: &ClinicWaitListItem| {
        let first = one.clone();
        let words = match one.escalated {
            true => "wait-list-escalate-back",
            false => "wait-list-escalate",
        };
        let more = t.msg("wait-list-more", args!(name = one.person.name.clone()));
        html! {
            <div class="flex items-center gap-2">
                <Button look={Look::Quiet} busy={escalate.pending}
                    on_press={escalate.run.reform(move |_: MouseEvent| first.clone())}>
                    { t.text(words) }
                </Button>
                <Menu id={format!("acts-{}", one.id)} label={more} wordless={true}>
                    <button type="button" class="menu-item" onclick={show(Open::Log(Some(Box::new(one.clone()))))}>
                        <Icon name="clock" />{ t.text("wait-list-log") }
                    </button>
                    <button type="button" class="menu-item" onclick={show(Open::Closing(Box::new(one.clone())))}>
                        <Icon name="x" />{ t.text("wait-list-close") }
                    </button>
                </Menu>
            </div>
        }
    };
    let action = html! {
        <Button icon="clock" on_press={show(Open::Log(None))}>{ t.text("wait-list-log-all") }</Button>
    };
    html! {
        <Page title={t.text("wait-list")} lead={t.text("wait-list-lead")} full={true} {action}>
            <Filters filter={filter.clone()} />
            { escalate.problem() }
            { list.show(Waiting::Rows(6), |page| if page.items.is_empty() {
                html! {
                    <Empty icon="circle-check" title={t.text("wait-list-none")} text={t.text("wait-list-none-text")} />
                }
            } else {
                let rows: Vec<_> = page.items.iter().map(|one| row(&t, one, acts(one))).collect();
                html! { <DataTable caption={t.text("wait-list")} columns={columns(&t)} {rows} /> }
            }) }
            if let Open::Closing(one) = &*open {
                <Close item={(**one).clone()} on_close={close.clone()} refetch={list.refetch.clone()} />
            }
            if let Open::Log(item) = &*open {
                <Log item={item.as_deref().cloned()} on_close={close} />
            }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct FiltersProps {
    filter: State<WaitListQuery>,
}

/// Whom one looks for.
#[component]
fn Filters(props: &FiltersProps) -> Html {
    let t = use_text();
    let places = use_query((), |client, ()| client.list_locations());
    let resources = use_query((), |client, ()| {
        client.list_resources(&SetupQuery::default())
    });
    let kinds = use_query((), |client, ()| {
        client.list_appointment_types(&DeletedQuery::default())
    });
    let filter = &props.filter;
    let with_any = |any: &str, known: Vec<Choice>| {
        let mut choices = vec![Choice::new("", t.text(any))];
        choices.extend(known);
        choices
    };
    let known = places.data.as_deref().map_or(Vec::new(), |found| {
        let choice = |one: &salus_types::scheduling::Place| {
            Choice::new(one.id.to_string(), one.name.clone())
        };
        found.items.iter().map(choice).collect()
    });
    let place_choices = with_any("wait-list-any-place", known);
    let known = resources.data.as_deref().map_or(Vec::new(), |found| {
        let choice = |one: &salus_types::scheduling::Resource| {
            Choice::new(one.id.to_string(), one.name.clone())
        };
        found.items.iter().map(choice).collect()
    });
    let resource_choices = with_any("wait-list-any-resource", known);
    let known = kinds.data.as_deref().map_or(Vec::new(), |found| {
        let choice = |one: &salus_types::scheduling::AppointmentType| {
            Choice::new(one.id.to_string(), one.name.clone())
        };
        found.items.iter().map(choice).collect()
    });
    let kind_choices = with_any("wait-list-any-kind", known);
    let change = |set: fn(&mut WaitListQuery, String)| {
        let filter = filter.clone();
        Callback::from(move |value: String| {
            let mut next = (*filter).clone();
            set(&mut next, value);
            filter.set(next);
        })
    };
    let on_due = {
        let filter = filter.clone();
        Callback::from(move |due: Option<NaiveDate>| {
            filter.set(WaitListQuery {
                due,
                ..(*filter).clone()
            });
        })
    };
    let on_hide = {
        let filter = filter.clone();
        Callback::from(move |hide_future: bool| {
            filter.set(WaitListQuery {
                hide_future,
                ..(*filter).clone()
            });
        })
    };
    let id = |value: Option<String>| value.unwrap_or_default();
    html! {
        <div class="flex flex-wrap items-end gap-3">
            <Select name="kind" label={t.text("calendar-type")} choices={kind_choices}
                value={id(filter.appointment_type_id.map(|id| id.to_string()))}
                on_change={change(|next, value| next.appointment_type_id = value.parse::<AppointmentTypeId>().ok())} />
            <Select name="place" label={t.text("appointment-where")} choices={place_choices}
                value={id(filter.location.map(|id| id.to_string()))}
                on_change={change(|next, value| next.location = value.parse::<LocationId>().ok())} />
            <Select name="resource" label={t.text("appointment-with")} choices={resource_choices}
                value={id(filter.resource.map(|id| id.to_string()))}
                on_change={change(|next, value| next.resource = value.parse::<ResourceId>().ok())} />
            <DateField name="due" label={t.text("wait-list-due-by")} value={filter.due} optional={true} on_change={on_due} />
            <Check name="hide-future" label={t.text("wait-list-hide-future")} checked={filter.hide_future}
                on_change={on_hide} />
        </div>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("calendar-person")),
        Column::new(t.text("calendar-type")),
        Column::new(t.text("wait-list-waits-for")),
        Column::new(t.text("wait-list-wishes")),
        Column::new(t.text("requests-clinic-show-state")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(t: &Text, one: &ClinicWaitListItem, acts: Html) -> (AttrValue, Vec<Html>) {
    let to = Route::Chart { id: one.person.id };
    let cells = vec![
        html! { <Go<Route> {to}>{ one.person.name.clone() }</Go<Route>> },
        html! { one.appointment_type.name.clone() },
        waits_for(t, one),
        html! { wishes(t, one).join(", ") },
        html! { <span class="flex flex-wrap gap-1">{ badges(t, one) }</span> },
        acts,
    ];
    (one.id.to_string().into(), cells)
}

/// For what somebody waits, and by when.
fn waits_for(t: &Text, one: &ClinicWaitListItem) -> Html {
    let date = |id: &str, date: NaiveDate| {
        t.msg(
            id,
            args!(date = t.date(date, DateStyle::Medium).to_string()),
        )
    };
    let what = t.msg(
        "wait-list-waits-for-name",
        args!(what = one.waits_for.as_str()),
    );
    let visit = one.starts_at.zip(one.zone.as_deref()).map(|(at, zone)| {
        let time = t.day_and_time(at, zone).to_string();
        t.msg("wait-list-instead-of", args!(time = time))
    });
    html! {
        <div>
            <p>{ what }</p>
            if let Some(due) = one.due_on {
                <p class="muted small numbers">{ date("wait-list-due-on", due) }</p>
            }
            if let Some(visible) = one.visible_on.filter(|_| one.waits_for == WaitsFor::DueItem) {
                <p class="muted small numbers">{ date("wait-list-visible-on", visible) }</p>
            }
            if let Some(visit) = visit {
                <p class="muted small numbers">{ visit }</p>
            }
            <p class="muted small numbers">{ t.text("wait-list-since") }{" "}{ t.stamp(one.since) }</p>
        </div>
    }
}

/// Which times would suit, in words.
fn wishes(t: &Text, one: &ClinicWaitListItem) -> Vec<String> {
    let place = one.place.as_ref().map(|place| place.name.clone());
    let with = one.resource.as_ref().map(|resource| resource.name.clone());
    let part = one.wishes.part.map(|part| {
        let part = args!(part = part.as_str());
        t.msg("request-part-name", part).to_string()
    });
    let days = one.wishes.weekdays.iter();
    let days = days.map(|day| t.weekday(*day).to_string());
    place
        .into_iter()
        .chain(with)
        .chain(part)
        .chain(days)
        .collect()
}

fn badges(t: &Text, one: &ClinicWaitListItem) -> Html {
    html! {
        <>
            if one.escalated {
                <Badge tone={Tone::Warning} text={t.text("wait-list-first")} />
            }
            if one.past_due {
                <Badge tone={Tone::Bad} text={t.text("wait-list-past-due")} />
            }
            if let Some(offer) = &one.offer {
                <Badge tone={Tone::Info} icon="hourglass"
                    text={t.msg("wait-list-offered", args!(time = t.stamp(offer.expires_at).to_string()))} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct CloseProps {
    item: ClinicWaitListItem,
    on_close: Callback<()>,
    refetch: Callback<()>,
}

/// Taking somebody off the list, after asking once more.
#[component]
fn Close(props: &CloseProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version) = (props.item.id, props.item.version);
    let close = {
        let (said, on_close, refetch) = (
            t.text("wait-list-closed"),
            props.on_close.clone(),
            props.refetch.clone(),
        );
        use_action(
            move |client, ()| client.close_wait_list_item(id, version),
            move |_| {
                toast.say(said.clone());
                on_close.emit(());
                refetch.emit(());
            },
        )
    };
    let actions = html! {
        <>
            <Button look={Look::Danger} busy={close.pending} on_press={close.run.reform(|_: MouseEvent| ())}>
                { t.text("wait-list-close") }
            </Button>
            <Button on_press={props.on_close.reform(|_: MouseEvent| ())}>{ t.text("back") }</Button>
        </>
    };
    let name = props.item.person.name.clone();
    html! {
        <Dialog open={true} title={t.text("wait-list-close-title")} on_close={props.on_close.clone()} {actions}>
            <p>{ t.msg("wait-list-close-lead", args!(name = name)) }</p>
            { close.problem() }
        </Dialog>
    }
}
