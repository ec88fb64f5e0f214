//! What the clinic answers a request: times to choose from, a visit, or why there is none.

use super::times::Times;
use crate::pages::calendar::booking::{CommentField, written};
use crate::pages::calendar::overriding::{AnotherTime, use_trying};
use chrono::{DateTime, NaiveDate, Utc};
use salus_types::ids::LocationId;
use salus_types::scheduling::{
    BookRequest, ClinicAppointmentRequest, DeclineRequest, MOST_TIMES, OfferTimes, Place,
    RequestTime, SlotResource, USUAL_HOURS,
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

/// The chosen times without one that was among them, or with one that was not, the soonest first.
fn toggled(chosen: &[RequestTime], time: RequestTime) -> Vec<RequestTime> {
    let mut all = chosen.to_vec();
    match all.iter().position(|one| *one == time) {
        Some(index) => drop(all.remove(index)),
        None if all.len() < MOST_TIMES => all.push(time),
        None => {}
    }
    all.sort_by_key(|one| one.starts_at);
    all
}

#[component]
fn Find(props: &FindProps) -> Html {
    let t = use_text();
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
    let chosen = use_state(Vec::<RequestTime>::new);
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
    let filter = {
        let suits_only = suits_only.clone();
        Callback::from(move |on| suits_only.set(on))
    };
    let toggle = {
        let chosen = chosen.clone();
        Callback::from(move |time: RequestTime| chosen.set(toggled(&chosen, time)))
    };
    let on_time = |place: &Place| {
        let chosen = chosen.clone();
        let (location_id, modality, resource_id) = (place.id, request.modality, *with);
        Callback::from(move |starts_at: DateTime<Utc>| {
            let time = RequestTime {
                starts_at,
                location_id,
                modality,
                resource_id,
            };
            if !chosen.contains(&time) {
                chosen.set(toggled(&chosen, time));
            }
        })
    };
    let on_sent = {
        let (chosen, changed) = (chosen.clone(), props.on_changed.clone());
        Callback::from(move |()| {
            chosen.set(Vec::new());
            changed.emit(());
        })
    };
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
            if let Some(place) = here.filter(|_| chosen.len() < MOST_TIMES) {
                <AnotherTime date={*from} zone={place.zone.clone()} button={t.text("requests-another-time-choose")}
                    on_time={on_time(place)} />
            }
            <Chosen request={request.clone()} places={props.places.clone()} chosen={(*chosen).clone()}
                on_toggle={toggle} {on_sent} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ChosenProps {
    request: ClinicAppointmentRequest,
    places: Vec<Place>,
    /// The times that were chosen, the soonest first.
    chosen: Vec<RequestTime>,
    /// A time is not chosen any more.
    on_toggle: Callback<RequestTime>,
    /// They were proposed, or one was booked.
    on_sent: Callback<()>,
}

/// What is done with the times that were chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Propose,
    Book,
}

/// The times that were chosen: they are proposed, or the only one is booked.
#[component]
fn Chosen(props: &ChosenProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version) = (props.request.id, props.request.version);
    let hours = use_state(|| USUAL_HOURS);
    let comment = use_state(String::new);
    // What stood in the way is about what was sent, not about what is chosen since.
    let sent = use_state(|| None::<(Way, Vec<RequestTime>)>);
    let done = {
        let (on_sent, comment) = (props.on_sent.clone(), comment.clone());
        move |said: AttrValue| {
            let (toast, on_sent, comment) = (toast.clone(), on_sent.clone(), comment.clone());
            move |_| {
                toast.say(said.clone());
                comment.set(String::new());
                on_sent.emit(());
            }
        }
    };
    // Where it is sent once more, with rules set aside, it says what is written then.
    let offer = {
        let hours = hours.clone();
        use_action(
            move |client, command: OfferTimes| {
                let command = OfferTimes {
                    hours: Some(*hours),
                    ..command
                };
                client.offer_appointment_times(id, version, &command)
            },
            done(t.text("requests-offered")),
        )
    };
    let book = {
        let comment = comment.clone();
        use_action(
            move |client, command: BookRequest| {
                let command = BookRequest {
                    comment: written(&comment),
                    ..command
                };
                client.book_appointment_request(id, version, &command)
            },
            done(t.text("requests-booked")),
        )
    };
    let (try_offer, not_offered) = use_trying(&offer, (), |command, rules| OfferTimes {
        set_aside: Some(rules),
        ..command
    });
    let (try_book, not_booked) = use_trying(&book, (), |command, rules| BookRequest {
        set_aside: Some(rules),
        ..command
    });
    let problem = match &*sent {
        Some((Way::Propose, times)) if *times == props.chosen => not_offered,
        Some((Way::Book, times)) if *times == props.chosen => not_booked,
        _ => Html::default(),
    };
    let press_offer = {
        let (sent, times) = (sent.clone(), props.chosen.clone());
        try_offer.reform(move |_: MouseEvent| {
            sent.set(Some((Way::Propose, times.clone())));
            OfferTimes {
                times: times.clone(),
                hours: None,
                set_aside: None,
            }
        })
    };
    let press_book = {
        let (sent, times) = (sent.clone(), props.chosen.clone());
        move |time: &RequestTime| {
            let (sent, times, time) = (sent.clone(), times.clone(), time.clone());
            try_book.reform(move |_: MouseEvent| {
                sent.set(Some((Way::Book, times.clone())));
                BookRequest {
                    time: time.clone(),
                    comment: None,
                    set_aside: None,
                }
            })
        }
    };
    let choose_hours = {
        let hours = hours.clone();
        Callback::from(move |text: String| hours.set(text.parse().unwrap_or(USUAL_HOURS)))
    };
    let write = {
        let comment = comment.clone();
        Callback::from(move |text| comment.set(text))
    };
    let count = props.chosen.len();
    let only = props.chosen.first().filter(|_| count == 1);
    html! {
        <>
            <p role="status">{ t.msg("requests-chosen", args!(count = count)) }</p>
            if count > 0 {
                { chosen_times(&t, props) }
                <Select name="hours" label={t.text("requests-hours")} choices={lengths(&t)}
                    value={hours.to_string()} on_change={choose_hours} />
                if only.is_some() {
                    <CommentField hint={t.text("requests-book-comment-hint")} value={(*comment).clone()}
                        on_change={write} />
                }
                if !props.request.offers.is_empty() {
                    <Note tone={Tone::Info}>{ t.text("requests-offer-again") }</Note>
                }
                { problem }
                <div class="button-row">
                    <Button look={Look::Primary} icon="send" busy={offer.pending} on_press={press_offer}>
                        { t.msg("requests-offer", args!(count = count)) }
                    </Button>
                    if let Some(time) = only {
                        <Button icon="calendar-check" busy={book.pending} on_press={press_book(time)}>
                            { t.text("requests-book") }
                        </Button>
                    }
                </div>
            }
        </>
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
fn chosen_times(t: &Text, props: &ChosenProps) -> Html {
    let one = |time: &RequestTime| {
        let place = props
            .places
            .iter()
            .find(|known| known.id == time.location_id);
        let zone = place.map_or("UTC", |place| place.zone.as_str());
        let when = t.day_and_time(time.starts_at, zone).to_string();
        let time = time.clone();
        let on_press = props.on_toggle.reform(move |_: MouseEvent| time.clone());
        let label = t.msg("requests-chosen-remove", args!(time = when.clone()));
        html! {
            <Button class="numbers" {label} {on_press}>{ when }<Icon name="x" /></Button>
        }
    };
    html! { <div class="button-row">{ for props.chosen.iter().map(one) }</div> }
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

#[cfg(test)]
mod tests {
    use super::*;
    use salus_types::scheduling::Modality;
    use uuid::Uuid;

    fn time(minutes: i64) -> RequestTime {
        RequestTime {
            starts_at: DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minutes),
            location_id: LocationId(Uuid::nil()),
            modality: Modality::InPerson,
            resource_id: None,
        }
    }

    #[test]
    fn a_time_that_is_pressed_twice_is_not_chosen_and_the_others_stay_in_their_order() {
        let all = [30, 0, 15].map(time);
        let chosen = all
            .into_iter()
            .fold(Vec::new(), |all, one| toggled(&all, one));
        assert_eq!(chosen, [0, 15, 30].map(time));
        assert_eq!(toggled(&chosen, time(15)), [0, 30].map(time));
    }

    #[test]
    fn no_more_times_are_chosen_than_can_be_proposed() {
        let all = (0..10).map(time);
        let chosen = all.fold(Vec::new(), |all, one| toggled(&all, one));
        assert_eq!(chosen.len(), MOST_TIMES);
    }
}
