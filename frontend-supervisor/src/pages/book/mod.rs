//! A time for one of the people led: what, when, check, done; and another time for a visit.

mod confirm;
mod times;

use crate::routes::Route;
use confirm::Confirm;
use salus_types::ids::{AppointmentId, AppointmentTypeId, DueItemId, PersonId};
use salus_types::scheduling::{
    Act, AppointmentView, AppointmentsQuery, HoldForReport, Modality, Mode, Place, Reach, Slot,
    TeamAppointment, TeamBookingRules, TeamOfferedType, TeamOfferedTypes, TeamSlotHold, TeamState,
};
use salus_ui::hooks::{State, use_state};
use salus_ui::times::{place, when};
use salus_ui::{
    Action, Back, ButtonLink, Card, Empty, Facts, Icon, Look, Note, Page, Steps, Text, Tone,
    Waiting, WhoSees, args, use_action, use_module_name, use_query, use_text,
};
use serde::Deserialize;
use times::Times;
use yew::prelude::*;
use yew_router::prelude::*;

/// What an address may ask for: `?type=…&item=…`, from something that is due.
#[derive(Clone, Copy, Default, PartialEq, Deserialize)]
struct Asked {
    #[serde(rename = "type")]
    appointment_type: Option<AppointmentTypeId>,
    item: Option<DueItemId>,
}

/// What a time is looked for.
#[derive(Clone, PartialEq)]
struct Wanted {
    /// The kind; for a visit that is moved it is not told, and stays what it is.
    kind: Option<AppointmentTypeId>,
    public_name: String,
    minutes: i64,
    modality: Option<Modality>,
    places: Vec<Place>,
}

impl From<&TeamOfferedType> for Wanted {
    fn from(kind: &TeamOfferedType) -> Self {
        Self {
            kind: Some(kind.id),
            public_name: kind.public_name.clone(),
            minutes: kind.minutes.into(),
            modality: kind.modalities.first().copied(),
            places: kind.places.clone(),
        }
    }
}

impl Wanted {
    /// A visit that is moved, to any of the places where the person's visits can be.
    fn moved(visit: &TeamAppointment, offered: &TeamOfferedTypes) -> Self {
        let mut places = vec![visit.location.clone()];
        for place in offered.items.iter().flat_map(|kind| &kind.places) {
            if places.iter().all(|known| known.id != place.id) {
                places.push(place.clone());
            }
        }
        Self {
            kind: None,
            public_name: visit.public_name.clone(),
            minutes: (visit.ends_at - visit.starts_at).num_minutes(),
            modality: Some(visit.modality),
            places,
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct BookProps {
    /// For whom.
    pub(crate) id: PersonId,
}

/// A new appointment for one of the people led.
#[component]
pub(crate) fn Book(props: &BookProps) -> Html {
    let t = use_text();
    let person = props.id;
    let asked = use_location()
        .and_then(|location| location.query::<Asked>().ok())
        .unwrap_or_default();
    let chosen = use_state(|| None::<AppointmentTypeId>);
    let comment = use_state(String::new);
    let region = use_state(|| None::<String>);
    let (hold, keep) = use_kept(person);
    let booked = use_state(|| None::<TeamAppointment>);
    let offered = use_query(person, |client, id| {
        client.list_report_appointment_types(id)
    });
    let status = use_query(person, |client, id| client.get_team_work_status(id));
    let name = status
        .data
        .as_ref()
        .map(|found| found.person.name.clone())
        .unwrap_or_default();
    if let Some(visit) = &*booked {
        return done(&t, visit, false);
    }
    let kind_id = chosen.or(asked.appointment_type);
    let step = match (&*hold, kind_id) {
        (Some(_), _) => 2,
        (None, Some(_)) => 1,
        (None, None) => 0,
    };
    let on_type = {
        let chosen = chosen.clone();
        Callback::from(move |id| chosen.set(Some(id)))
    };
    let other_type = {
        let chosen = chosen.clone();
        (asked.appointment_type.is_none()).then(|| Callback::from(move |()| chosen.set(None)))
    };
    let let_go = {
        let hold = hold.clone();
        Callback::from(move |()| hold.set(None))
    };
    let on_booked = {
        let booked = booked.clone();
        Callback::from(move |visit| booked.set(Some(visit)))
    };
    let write = {
        let comment = comment.clone();
        Callback::from(move |text| comment.set(text))
    };
    let on_region = {
        let region = region.clone();
        Callback::from(move |chosen| region.set(chosen))
    };
    let slot_of = |kind: &TeamOfferedType| {
        let region = (*region).clone();
        on_slot(&keep, (Some(kind.id), asked.item), None, region)
    };
    let shown = |offered: &TeamOfferedTypes| {
        let kind = kind_id.and_then(|id| offered.items.iter().find(|kind| kind.id == id));
        match (kind, &*hold) {
            (Some(kind), Some(kept)) => html! {
                <Confirm {person} name={name.clone()} hold={kept.clone()} comments={offered.rules.comments}
                    comment={(*comment).clone()} on_comment={write} on_other={let_go} {on_booked}
                    again={slot_of(kind)} failure={keep.failure.clone()}
                    holding={keep.pending} />
            },
            (Some(kind), None) => html! {
                <Times {person} wanted={Wanted::from(kind)} reach={reach(&offered.rules)} search={offered.rules.calendar_search} item={asked.item}
                    region={(*region).clone()} {on_region} on_slot={slot_of(kind)} on_back={other_type}
                    failure={keep.failure.clone()} pending={keep.pending} />
            },
            (None, _) if offered.rules.mode == Mode::Schedule && !offered.items.is_empty() => {
                what(&t, &offered.items, &on_type)
            }
            (None, _) => html! {
                <Empty icon="phone" title={t.text("book-no-types")} text={t.text("book-no-types-text")} />
            },
        }
    };
    let steps = ["book-step-type", "book-step-time", "book-step-confirm"].map(|id| t.text(id));
    let lead = (!name.is_empty()).then(|| t.msg("message-about", args!(name = name.clone())));
    html! {
        <Page title={t.text("team-schedule-title")} {lead} back={html! { <UpToScheduling id={person} /> }} narrow={true}>
            <Steps steps={steps.to_vec()} current={step} />
            { offered.show(Waiting::Rows(3), shown) }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct MoveProps {
    /// Which appointment.
    pub(crate) id: AppointmentId,
}

/// Another time for an appointment of somebody's.
#[component]
pub(crate) fn Move(props: &MoveProps) -> Html {
    let t = use_text();
    let id = props.id;
    let visits = use_query((), |client, ()| {
        client.list_team_appointments(&AppointmentsQuery {
            view: AppointmentView::Upcoming,
        })
    });
    let visit = visits
        .data
        .as_ref()
        .and_then(|found| found.items.iter().find(|visit| visit.id == id));
    match visit.filter(|visit| visit.allowed.contains(&Act::Move)) {
        Some(visit) => html! { <Moving visit={visit.clone()} /> },
        None => html! {
            <Page title={t.text("move")} narrow={true}>
                { visits.show(Waiting::Rows(3), |_| html! {
                    <Empty icon="phone" title={t.text("move-not")} text={t.text("move-not-text")} />
                }) }
            </Page>
        },
    }
}

#[derive(Properties, PartialEq)]
struct MovingProps {
    visit: TeamAppointment,
}

/// When, check, done. The old time stays until the new one is confirmed.
#[component]
fn Moving(props: &MovingProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let person = visit.person_id;
    let (hold, keep) = use_kept(person);
    let moved = use_state(|| None::<TeamAppointment>);
    let offered = use_query(person, |client, id| {
        client.list_report_appointment_types(id)
    });
    if let Some(visit) = &*moved {
        return done(&t, visit, true);
    }
    let let_go = {
        let hold = hold.clone();
        Callback::from(move |()| hold.set(None))
    };
    let on_moved = {
        let moved = moved.clone();
        Callback::from(move |visit| moved.set(Some(visit)))
    };
    // Online the person is where they said when it was booked.
    let on_slot = on_slot(&keep, (None, None), Some(visit.id), None);
    let shown = |offered: &TeamOfferedTypes| match &*hold {
        Some(kept) => html! {
            <Confirm {person} name={visit.person_name.clone()} hold={kept.clone()} moving={visit.clone()}
                comments={false} comment="" on_comment={Callback::noop()} on_other={let_go}
                on_booked={on_moved} again={on_slot} failure={keep.failure.clone()} holding={keep.pending} />
        },
        None => html! {
            <Times {person} wanted={Wanted::moved(visit, offered)} reach={reach(&offered.rules)} search={offered.rules.calendar_search} item={None}
                moving={visit.clone()} {on_slot} on_back={None::<Callback<()>>}
                failure={keep.failure.clone()} pending={keep.pending} />
        },
    };
    let steps = ["book-step-time", "book-step-confirm"].map(|id| t.text(id));
    let lead = t.msg("message-about", args!(name = visit.person_name.clone()));
    html! {
        <Page title={t.text("move")} {lead} back={html! { <UpToScheduling id={person} /> }} narrow={true}>
            <Steps steps={steps.to_vec()} current={usize::from(hold.is_some())} />
            <Note tone={Tone::Neutral} title={t.text("move-now-at")}>
                <p>{ when(&t, visit.starts_at, &visit.zone, &visit.location.name) }</p>
                <p class="muted">{ t.text("move-stays") }</p>
            </Note>
            { offered.show(Waiting::Rows(3), shown) }
        </Page>
    }
}

/// The time that is kept, and what keeps another one. A key for each press: when the server is too
/// busy it is asked again under the same.
#[hook]
fn use_kept(person: PersonId) -> (State<Option<TeamSlotHold>>, Action<(String, HoldForReport)>) {
    let hold = use_state(|| None::<TeamSlotHold>);
    let keep = {
        let hold = hold.clone();
        use_action(
            move |client, (key, wish): (String, HoldForReport)| {
                client.hold_slot_for_report(person, &key, &wish)
            },
            move |kept| hold.set(Some(kept)),
        )
    };
    (hold, keep)
}

/// Keeps the slot that is pressed; with its provider when one was chosen.
fn on_slot(
    keep: &Action<(String, HoldForReport)>,
    (kind, item): (Option<AppointmentTypeId>, Option<DueItemId>),
    moving: Option<AppointmentId>,
    region: Option<String>,
) -> Callback<(Slot, bool)> {
    let run = keep.run.clone();
    Callback::from(move |(slot, named): (Slot, bool)| {
        let lead = slot.lead().map(|lead| lead.id);
        let wish = HoldForReport {
            appointment_type_id: kind,
            starts_at: slot.starts_at,
            location_id: slot.location_id,
            modality: slot.modality,
            region: region.clone(),
            resource_id: lead.filter(|_| named),
            item_id: item,
            moving,
        };
        run.emit((salus_client::new_key(), wish));
    })
}

#[derive(Properties, PartialEq)]
pub(super) struct UpToSchedulingProps {
    /// Of whom.
    pub(super) id: PersonId,
}

/// The way up to what somebody is scheduled for, by the name it has here.
#[component]
pub(super) fn UpToScheduling(props: &UpToSchedulingProps) -> Html {
    let name = use_module_name("supervisor_scheduling", "team-appointments");
    html! { <Back<Route> to={Route::Scheduling { id: props.id }}>{ name }</Back<Route>> }
}

/// The kinds of appointments to choose from.
fn what(t: &Text, kinds: &[TeamOfferedType], on_type: &Callback<AppointmentTypeId>) -> Html {
    let row = |kind: &TeamOfferedType| {
        let (on_type, id) = (on_type.clone(), kind.id);
        let onclick = Callback::from(move |_: MouseEvent| on_type.emit(id));
        html! {
            <li class="row" key={id.to_string()}>
                <div class="row-body">
                    <button type="button" class="row-title row-link text-start" {onclick}>
                        { kind.public_name.clone() }
                    </button>
                    <p class="row-text">
                        { t.msg("appointment-minutes", args!(minutes = kind.minutes)) }
                    </p>
                </div>
                <Icon name="chevron-right" class="row-chevron" />
            </li>
        }
    };
    html! {
        <Card title={t.text("team-schedule-what")}>
            <ul class="rows">{ for kinds.iter().map(row) }</ul>
        </Card>
    }
}

/// What was booked or moved, and the way back.
fn done(t: &Text, visit: &TeamAppointment, moved: bool) -> Html {
    let waits = visit.state == TeamState::WaitingForClinic;
    let title = t.text(match (moved, waits) {
        (true, _) => "team-schedule-moved",
        (false, true) => "book-done-pending",
        (false, false) => "team-schedule-done",
    });
    let name = visit.person_name.clone();
    let facts = vec![
        (t.text("team-schedule-who"), html! { name.clone() }),
        (
            t.text("appointment-when"),
            when(t, visit.starts_at, &visit.zone, &visit.location.name),
        ),
        (t.text("appointment-where"), place(&visit.location)),
    ];
    html! {
        <Page {title} narrow={true}>
            <Note tone={Tone::Good}>{ t.msg("team-schedule-told", args!(name = name)) }</Note>
            <Card title={visit.public_name.clone()}><Facts {facts} /></Card>
            <WhoSees text={t.text("team-appointments-lead")} />
            <div class="button-row">
                <ButtonLink<Route> to={Route::Scheduling { id: visit.person_id }} look={Look::Primary} wide={true}>
                    { t.text("team-schedule-see") }
                </ButtonLink<Route>>
            </div>
        </Page>
    }
}

fn reach(rules: &TeamBookingRules) -> Reach {
    Reach {
        days_out: rules.days_out,
        days_before_showing: rules.days_before_showing,
    }
}
