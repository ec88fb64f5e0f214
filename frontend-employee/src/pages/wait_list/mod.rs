//! Times that became free, which ones would suit, and wishing for an earlier one.

mod wishes;

use self::wishes::WaitingFor;
use crate::pages::requests::OneOffer;
use crate::routes::Route;
use salus_types::ids::OfferId;
use salus_types::page::Page;
use salus_types::scheduling::{
    Appointment, DayPart, OfferedTypes, TimeWishes, WaitListItem, WishEarlier,
};
use salus_ui::hooks::use_state;
use salus_ui::messaging::use_live_refetch;
use salus_ui::wishes::{parts, weekdays};
use salus_ui::{
    Button, Card, CheckGroup, Note, Query, Select, Tone, args, use_action, use_background_query,
    use_query, use_text, use_toast,
};
use yew::prelude::*;
use yew_router::prelude::*;

/// What one waits for, with the times that are kept for it.
#[hook]
pub(crate) fn use_waiting() -> Query<Page<WaitListItem>> {
    let waiting = use_background_query((), |client, ()| client.list_my_wait_list_items());
    use_live_refetch(&waiting.refetch);
    waiting
}

/// The times that are kept for the person because they became free.
pub(crate) fn freed_times(waiting: &Query<Page<WaitListItem>>) -> Html {
    let offered = of(waiting).iter().filter(|item| item.offer.is_some());
    html! {
        <>
            { for offered.map(|item| html! {
                <FreedTime key={item.id.to_string()} item={item.clone()} refetch={waiting.refetch.clone()} />
            }) }
        </>
    }
}

/// What is due and waits for a time that gets free, and which ones would suit.
pub(crate) fn waiting_for(
    waiting: &Query<Page<WaitListItem>>,
    offered: &Query<OfferedTypes>,
) -> Html {
    let due = of(waiting)
        .iter()
        .filter(|item| item.appointment_id.is_none());
    let items: Vec<WaitListItem> = due.cloned().collect();
    html! {
        if let (false, Some(offered)) = (items.is_empty(), offered.data.clone()) {
            <WaitingFor {items} {offered} refetch={waiting.refetch.clone()} />
        }
    }
}

fn of(waiting: &Query<Page<WaitListItem>>) -> &[WaitListItem] {
    let found = waiting.data.as_deref();
    found.map_or(&[], |found| found.items.as_slice())
}

#[derive(Properties, PartialEq)]
struct FreedTimeProps {
    item: WaitListItem,
    refetch: Callback<()>,
}

/// One of them: taking it, or not.
#[component]
fn FreedTime(props: &FreedTimeProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let navigator = use_navigator();
    let item = &props.item;
    let accept = {
        let (toast, said) = (toast.clone(), t.text("wait-list-accepted"));
        use_action(
            |client, offer: OfferId| client.accept_my_offer(offer),
            move |visit: Appointment| {
                toast.say(said.clone());
                if let Some(navigator) = &navigator {
                    navigator.push(&Route::Appointment { id: visit.id });
                }
            },
        )
    };
    let refuse = {
        let (said, refetch) = (t.text("wait-list-refused"), props.refetch.clone());
        use_action(
            |client, offer: OfferId| client.refuse_my_offer(offer),
            move |_| {
                toast.say(said.clone());
                refetch.emit(());
            },
        )
    };
    let Some(offer) = item.offer.clone() else {
        return Html::default();
    };
    let lead = match offer.kept {
        true => "wait-list-offer-lead",
        false => "wait-list-offer-open-lead",
    };
    let aside = html! { <span class="muted">{ item.public_name.clone() }</span> };
    html! {
        <Card title={t.text("wait-list-offer")} {aside}>
            <div class="stack">
                <p>{ t.text(lead) }</p>
                if let (Some(at), Some(zone)) = (item.starts_at, &item.zone) {
                    <p>{ t.msg("wait-list-offer-moves", args!(time = t.day_and_time(at, zone).to_string())) }</p>
                }
                { accept.problem() }
                { refuse.problem() }
                <ul class="stack">
                    <OneOffer {offer} busy={accept.pending || refuse.pending} on_accept={accept.run.clone()}
                        on_refuse={Some(refuse.run.clone())} refetch={props.refetch.clone()} />
                </ul>
            </div>
        </Card>
    }
}

/// What [`Earlier`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct EarlierProps {
    /// The visit one has.
    pub(crate) visit: Appointment,
}

/// Wishing to be told when an earlier time gets free; nothing where the portal offers none.
#[component]
pub(crate) fn Earlier(props: &EarlierProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let visit = &props.visit;
    let part = use_state(|| DayPart::Any);
    let days = use_state(Vec::<String>::new);
    let offered = use_query((), |client, ()| client.list_my_appointment_types());
    let waiting = use_query((), |client, ()| client.list_my_wait_list_items());
    let wish = {
        let (id, refetch, stopped) = (
            visit.id,
            waiting.refetch.clone(),
            t.text("wait-list-earlier-stopped"),
        );
        let wished = t.text("wait-list-earlier-wished");
        use_action(
            move |client, command: WishEarlier| async move {
                let wanted = command.wanted;
                let answer = client.wish_earlier_appointment(id, &command).await;
                answer.map(|_| wanted)
            },
            move |wanted| {
                toast.say(if wanted {
                    wished.clone()
                } else {
                    stopped.clone()
                });
                refetch.emit(());
            },
        )
    };
    let (Some(offered), Some(waiting)) = (&offered.data, &waiting.data) else {
        return Html::default();
    };
    let kind = offered
        .items
        .iter()
        .find(|kind| kind.id == visit.appointment_type_id);
    if !offered.rules.earlier_offers || kind.is_none() {
        return Html::default();
    }
    let wanted = |wanted: bool, wishes: TimeWishes| {
        wish.run.reform(move |_: MouseEvent| WishEarlier {
            wanted,
            wishes: wishes.clone(),
        })
    };
    if waiting
        .items
        .iter()
        .any(|item| item.appointment_id == Some(visit.id))
    {
        return html! {
            <Note tone={Tone::Info} title={t.text("wait-list-earlier")}>
                <p>{ t.text("wait-list-earlier-wished") }</p>
                { wish.problem() }
                <div class="button-row">
                    <Button busy={wish.pending} on_press={wanted(false, TimeWishes::default())}>
                        { t.text("wait-list-earlier-stop") }
                    </Button>
                </div>
            </Note>
        };
    }
    let wishes = TimeWishes {
        part: Some(*part).filter(|part| *part != DayPart::Any),
        weekdays: days.iter().filter_map(|day| day.parse().ok()).collect(),
        ..TimeWishes::default()
    };
    let on_part = {
        let part = part.clone();
        Callback::from(move |word: String| part.set(DayPart::parse(&word).unwrap_or(DayPart::Any)))
    };
    let on_days = {
        let days = days.clone();
        Callback::from(move |chosen: Vec<String>| days.set(chosen))
    };
    let chosen: Vec<AttrValue> = days.iter().map(|day| day.clone().into()).collect();
    html! {
        <Card title={t.text("wait-list-earlier")}>
            <div class="stack">
                <p>{ t.text("wait-list-earlier-lead") }</p>
                <Select name="earlier-part" label={t.text("request-part")} choices={parts(&t)}
                    value={part.as_str()} on_change={on_part} />
                <CheckGroup name="earlier-weekdays" label={t.text("request-weekdays")}
                    hint={t.text("request-weekdays-hint")} choices={weekdays(&t)} values={chosen} on_change={on_days} />
                { wish.problem() }
                <div class="button-row">
                    <Button icon="bell" wide={true} busy={wish.pending} on_press={wanted(true, wishes)}>
                        { t.text("wait-list-earlier-wish") }
                    </Button>
                </div>
            </div>
        </Card>
    }
}
