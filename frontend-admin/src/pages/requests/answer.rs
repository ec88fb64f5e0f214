//! What the clinic answers a request: times to choose from, a visit, or why there is none.

use super::times::Times;
use chrono::NaiveDate;
use salus_types::ids::LocationId;
use salus_types::scheduling::{
    BookRequest, ClinicAppointmentRequest, DeclineRequest, MOST_TIMES, OfferTimes, Place,
    RequestTime, Slot, SlotResource, USUAL_HOURS,
};
use salus_ui::hooks::use_state;
use salus_ui::{
    Button, Card, Check, Choice, DateField, Dialog, Icon, Look, Note, Select, Text, TextArea, Tone,
    Waiting, args, today_at, use_action, use_query, use_text, use_toast,
};
use yew::prelude::*;

/// For how many hours proposed times can be kept.
const HOURS: [u16; 6] = [1, 4, 12, 24, 48, 72];

/// What the answers take.
#[derive(Properties, PartialEq)]
pub(super) struct AnswerProps {
    /// The request.
    pub(super) request: ClinicAppointmentRequest,
    /// It was answered.
    pub(super) on_changed: Callback<()>,
}

/// Finding times for a request: booking one, or proposing up to five.
#[component]
pub(super) fn Answer(props: &AnswerProps) -> Html {
    let t = use_text();
    let places = use_query((), |client, ()| client.list_locations());
    html! {
        <Card title={t.text("requests-find")}>
            { places.show(Waiting::Rows(3), |page| html! {
                <Find request={props.request.clone()} places={page.items.clone()} on_changed={props.on_changed.clone()} />
            }) }
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct FindProps {
    request: ClinicAppointmentRequest,
    places: Vec<Place>,
    on_changed: Callback<()>,
}

fn time_of(slot: &Slot) -> RequestTime {
    RequestTime {
        starts_at: slot.starts_at,
        location_id: slot.location_id,
        modality: slot.modality,
        resource_id: slot.lead().map(|lead| lead.id),
    }
}

#[component]
fn Find(props: &FindProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let request = &props.request;
    let wanted = request.place.as_ref().map(|place| place.id);
    let place = use_state(|| wanted.or(props.places.first().map(|place| place.id)));
    let here = props.places.iter().find(|known| Some(known.id) == *place);
    let today = today_at(here.map_or("UTC", |place| place.zone.as_str()));
    let from = use_state(|| {
        let first = request.preferences.iter().map(|wish| wish.from).min();
        first.map_or(today, |first| first.max(today))
    });
    // Who was asked for comes first, and is not the only one there may be.
    let with = use_state(|| request.resource.as_ref().map(|one| one.id));
    let choose_with = {
        let with = with.clone();
        Callback::from(move |id: String| with.set(id.parse().ok()))
    };
    let suits_only = use_state(|| !request.preferences.is_empty());
    let chosen = use_state(Vec::<Slot>::new);
    let hours = use_state(|| USUAL_HOURS);
    let (id, version) = (request.id, request.version);
    let done = {
        let (chosen, changed) = (chosen.clone(), props.on_changed.clone());
        move |said: AttrValue| {
            let (toast, chosen, changed) = (toast.clone(), chosen.clone(), changed.clone());
            move |_| {
                toast.say(said.clone());
                chosen.set(Vec::new());
                changed.emit(());
            }
        }
    };
    let offer = use_action(
        move |client, command: OfferTimes| client.offer_appointment_times(id, version, &command),
        done(t.text("requests-offered")),
    );
    let book = use_action(
        move |client, command: BookRequest| client.book_appointment_request(id, version, &command),
        done(t.text("requests-booked")),
    );
    let choose_place = {
        let place = place.clone();
        Callback::from(move |id: String| place.set(id.parse::<LocationId>().ok()))
    };
    let choose_day = {
        let from = from.clone();
        Callback::from(move |date: Option<NaiveDate>| {
            if let Some(date) = date {
                from.set(date);
            }
        })
    };
    let choose_hours = {
        let hours = hours.clone();
        Callback::from(move |text: String| hours.set(text.parse().unwrap_or(USUAL_HOURS)))
    };
    let filter = {
        let suits_only = suits_only.clone();
        Callback::from(move |on| suits_only.set(on))
    };
    let toggle = {
        let chosen = chosen.clone();
        Callback::from(move |slot: Slot| {
            let mut all = (*chosen).clone();
            match all.iter().position(|one| *one == slot) {
                Some(index) => drop(all.remove(index)),
                None if all.len() < MOST_TIMES => all.push(slot),
                None => {}
            }
            all.sort_by_key(|one| one.starts_at);
            chosen.set(all);
        })
    };
    let press_offer = {
        let (times, hours) = (chosen.iter().map(time_of).collect::<Vec<_>>(), *hours);
        offer.run.reform(move |_: MouseEvent| OfferTimes {
            times: times.clone(),
            hours: Some(hours),
        })
    };
    let press_book = chosen.first().map(|slot| {
        let time = time_of(slot);
        book.run.reform(move |_: MouseEvent| BookRequest {
            time: time.clone(),
            comment: None,
        })
    });
    let choices: Vec<Choice> = props
        .places
        .iter()
        .map(|place| Choice::new(place.id.to_string(), place.name.clone()))
        .collect();
    let wishes = if *suits_only {
        request.preferences.clone()
    } else {
        Vec::new()
    };
    let count = chosen.len();
    html! {
        <div class="stack">
            <p class="muted">{ t.text("requests-find-hint") }</p>
            <div class="flex flex-wrap items-end gap-3">
                if choices.len() > 1 {
                    <Select name="location" label={t.text("calendar-location")} {choices}
                        value={place.map(|id| id.to_string()).unwrap_or_default()} on_change={choose_place} />
                }
                if let Some(asked) = &request.resource {
                    <Select name="provider" label={t.text("calendar-provider")} choices={asked_or_any(&t, asked)}
                        value={with.map(|id| id.to_string()).unwrap_or_default()} on_change={choose_with} />
                }
                <DateField name="from" label={t.text("calendar-from")} value={Some(*from)}
                    earliest={Some(today)} on_change={choose_day} />
            </div>
            if !request.preferences.is_empty() {
                <Check name="suits" label={t.text("requests-suits-only")} checked={*suits_only} on_change={filter} />
            }
            if let Some(place) = *place {
                <Times request={request.clone()} {place} with={*with} from={*from} {wishes} chosen={(*chosen).clone()}
                    on_toggle={toggle.clone()} />
            }
            { offer.problem() }
            { book.problem() }
            <p role="status">{ t.msg("requests-chosen", args!(count = count)) }</p>
            if count > 0 {
                { chosen_times(&t, &chosen, &toggle) }
                <Select name="hours" label={t.text("requests-hours")} choices={lengths(&t)}
                    value={hours.to_string()} on_change={choose_hours} />
                if !request.offers.is_empty() {
                    <Note tone={Tone::Info}>{ t.text("requests-offer-again") }</Note>
                }
                <div class="button-row">
                    <Button look={Look::Primary} icon="send" busy={offer.pending} on_press={press_offer}>
                        { t.msg("requests-offer", args!(count = count)) }
                    </Button>
                    if let Some(on_press) = press_book.filter(|_| count == 1) {
                        <Button icon="calendar-check" busy={book.pending} {on_press}>
                            { t.text("requests-book") }
                        </Button>
                    }
                </div>
            }
        </div>
    }
}

/// Who was asked for, or anybody.
fn asked_or_any(t: &Text, asked: &SlotResource) -> Vec<Choice> {
    vec![
        Choice::new(asked.id.to_string(), asked.name.clone()),
        Choice::new("", t.text("calendar-any-provider")),
    ]
}

fn lengths(t: &Text) -> Vec<Choice> {
    HOURS
        .iter()
        .map(|hours| {
            let words = t.msg("requests-hours-count", args!(hours = *hours));
            Choice::new(hours.to_string(), words)
        })
        .collect()
}

/// The chosen times, each with a way to take it out again.
fn chosen_times(t: &Text, chosen: &[Slot], toggle: &Callback<Slot>) -> Html {
    let one = |slot: &Slot| {
        let time = t.day_and_time(slot.starts_at, &slot.zone).to_string();
        let slot = slot.clone();
        let on_press = toggle.reform(move |_: MouseEvent| slot.clone());
        let label = t.msg("requests-chosen-remove", args!(time = time.clone()));
        html! {
            <Button class="numbers" {label} {on_press}>{ time }<Icon name="x" /></Button>
        }
    };
    html! { <div class="button-row">{ for chosen.iter().map(one) }</div> }
}

/// What [`Decline`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct DeclineProps {
    /// The request.
    pub(super) request: ClinicAppointmentRequest,
    /// It is closed.
    pub(super) on_close: Callback<()>,
    /// It was declined.
    pub(super) on_changed: Callback<()>,
}

/// Why there is no time, for the person to read.
#[component]
pub(super) fn Decline(props: &DeclineProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version) = (props.request.id, props.request.version);
    let reason = use_state(String::new);
    let waits = use_state(|| false);
    let missing = use_state(|| false);
    let decline = {
        let (said, changed, close) = (
            t.text("requests-declined"),
            props.on_changed.clone(),
            props.on_close.clone(),
        );
        use_action(
            move |client, command: DeclineRequest| {
                client.decline_appointment_request(id, version, &command)
            },
            move |_| {
                toast.say(said.clone());
                close.emit(());
                changed.emit(());
            },
        )
    };
    let write = {
        let (reason, missing) = (reason.clone(), missing.clone());
        Callback::from(move |text| {
            reason.set(text);
            missing.set(false);
        })
    };
    let press = {
        let (reason, missing, run) = (reason.clone(), missing.clone(), decline.run.clone());
        let wait_list = *waits;
        Callback::from(move |_: MouseEvent| {
            let written = reason.trim().to_owned();
            missing.set(written.is_empty());
            if !written.is_empty() {
                run.emit(DeclineRequest {
                    reason: written,
                    wait_list,
                });
            }
        })
    };
    let wait = {
        let waits = waits.clone();
        Callback::from(move |wait| waits.set(wait))
    };
    let lead = args!(name = props.request.person.name.clone());
    let actions = html! {
        <Button look={Look::Danger} busy={decline.pending} on_press={press}>{ t.text("requests-decline") }</Button>
    };
    html! {
        <Dialog open={true} title={t.text("requests-decline")} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p>{ t.msg("requests-decline-lead", lead) }</p>
                { decline.problem() }
                <TextArea name="reason" label={t.text("requests-decline-reason")} rows={3} max_length={500}
                    value={(*reason).clone()} on_change={write} error={missing.then(|| t.text("appointment-needed"))} />
                <Check name="wait-list" label={t.text("wait-list-put")} checked={*waits} on_change={wait} />
            </div>
        </Dialog>
    }
}
