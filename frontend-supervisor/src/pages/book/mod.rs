//! A time for one of the people led: what, when, check, done; and another time for a visit.

mod confirm;
mod times;

use crate::pages::scheduling::Scheduling;
use crate::routes::Route;
use confirm::Confirm;
use salus_types::ids::{AppointmentId, AppointmentTypeId, HoldId, PersonId};
use salus_types::scheduling::{
    Act, AppointmentView, AppointmentsQuery, HoldForReport, Modality, Mode, OfferedProvider, Place,
    TeamAppointment, TeamOfferedType, TeamOfferedTypes, TeamSlotHold, TeamState,
};
use salus_ui::hooks::{State, use_state};
use salus_ui::times::{
    Course, in_seconds, minutes_told, phone, use_course, visit_place, visit_time,
};
use salus_ui::{
    Action, Back, ButtonLink, Card, Empty, Facts, Icon, Look, Note, Page, Steps, Text, Tone,
    Waiting, WhoSees, args, use_action, use_module_name, use_query, use_text,
};
use times::Times;
use yew::prelude::*;

/// What a time is looked for.
#[derive(Clone, PartialEq)]
struct Wanted {
    /// The kind; for a visit that is moved it is not told, and stays what it is.
    kind: Option<AppointmentTypeId>,
    public_name: String,
    minutes: i64,
    modalities: Vec<Modality>,
    places: Vec<Place>,
    providers: Vec<OfferedProvider>,
}

impl From<&TeamOfferedType> for Wanted {
    fn from(kind: &TeamOfferedType) -> Self {
        Self {
            kind: Some(kind.id),
            public_name: kind.public_name.clone(),
            minutes: kind.minutes.into(),
            modalities: kind.modalities.clone(),
            places: kind.places.clone(),
            providers: kind.providers.clone(),
        }
    }
}

impl Wanted {
    /// A visit that is moved, to any of the places where the person's visits can be, with whoever does
    /// what has its name.
    fn moved(visit: &TeamAppointment, offered: &TeamOfferedTypes) -> Self {
        let mut places = vec![visit.location.clone()];
        for place in offered.items.iter().flat_map(|kind| &kind.places) {
            if places.iter().all(|known| known.id != place.id) {
                places.push(place.clone());
            }
        }
        let of_name = |kind: &&TeamOfferedType| kind.public_name == visit.public_name;
        let named = offered.items.iter().filter(of_name);
        let mut providers: Vec<OfferedProvider> = Vec::new();
        for one in named.flat_map(|kind| &kind.providers) {
            if providers.iter().all(|known| known.id != one.id) {
                providers.push(one.clone());
            }
        }
        Self {
            kind: None,
            public_name: visit.public_name.clone(),
            minutes: (visit.ends_at - visit.starts_at).num_minutes(),
            modalities: vec![visit.modality],
            places,
            providers,
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct BookProps {
    /// For whom.
    pub(crate) id: PersonId,
}

/// A new appointment for one of the people led. What was chosen stands in the address, from something
/// due or step by step: `?type=…&item=…`.
#[component]
pub(crate) fn Book(props: &BookProps) -> Html {
    let t = use_text();
    let person = props.id;
    let course = use_course(Route::Book { id: person });
    let chosen = &course.chosen;
    let (kept, keep) = use_kept(person, &course);
    let comment = use_state(String::new);
    let booked = use_state(|| None::<(HoldId, TeamAppointment)>);
    let offered = use_query(person, |client, id| {
        client.list_report_appointment_types(id)
    });
    let status = use_query(person, |client, id| client.get_team_work_status(id));
    let name = status
        .data
        .as_ref()
        .map(|found| found.person.name.clone())
        .unwrap_or_default();
    if let Some(visit) = answered(&course, (*booked).as_ref()) {
        return done(&t, visit, false);
    }
    if let Some(visit) = chosen.done {
        return html! { <DoneAt {person} {visit} /> };
    }
    let held = (*kept)
        .clone()
        .filter(|held| chosen.hold == Some(held.hold.id));
    let step: usize = match (&held, chosen.kind) {
        (Some(_), _) => 2,
        (None, Some(_)) => 1,
        (None, None) => 0,
    };
    let on_booked = {
        let (booked, comment, on_done) = (booked.clone(), comment.clone(), course.on_done());
        Callback::from(move |(hold, visit): (HoldId, TeamAppointment)| {
            let id = visit.id;
            comment.set(String::new());
            booked.set(Some((hold, visit)));
            on_done.emit(id);
        })
    };
    let write = {
        let comment = comment.clone();
        Callback::from(move |text| comment.set(text))
    };
    let shown = |offered: &TeamOfferedTypes| {
        let kind = chosen
            .kind
            .and_then(|id| offered.items.iter().find(|kind| kind.id == id));
        match (kind, &held) {
            (Some(_), Some(held)) => html! {
                <Confirm key={held.hold.id.to_string()} {person} name={name.clone()} kept={held.clone()}
                    comments={offered.rules.comments} comment={(*comment).clone()} on_comment={write}
                    on_other={other_time(&kept, &course)} {on_booked} again={take(&keep)}
                    failure={keep.failure.clone()} holding={keep.pending} />
            },
            (Some(kind), None) => {
                // What is due has its kind.
                let on_back = chosen.item.is_none().then(|| course.other_kind());
                html! {
                    <Times {person} wanted={Wanted::from(kind)} rules={offered.rules.clone()} course={course.clone()}
                        item={chosen.item} on_wish={take(&keep)} {on_back} failure={keep.failure.clone()}
                        pending={keep.pending} />
                }
            }
            (None, _) if offered.rules.mode == Mode::Schedule && !offered.items.is_empty() => {
                what(&t, &offered.items, &course.on_kind())
            }
            (None, _) => html! {
                <Empty icon="phone" title={t.text("book-no-types")} text={t.text("book-no-types-text")} />
            },
        }
    };
    let steps = ["book-step-type", "book-step-time", "book-step-confirm"].map(|id| t.text(id));
    let lead = (!name.is_empty()).then(|| t.msg("message-about", args!(name = name.clone())));
    // Each step is a page of its own: it begins at the top, and its heading takes the focus.
    html! {
        <Page key={step} title={t.text("team-schedule-title")} {lead} back={html! { <UpToScheduling id={person} /> }}
            narrow={true}>
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
    let course = use_course(Route::Move { id });
    let moved = use_state(|| None::<(HoldId, TeamAppointment)>);
    let visits = use_query((), |client, ()| {
        client.list_team_appointments(&AppointmentsQuery {
            view: AppointmentView::Upcoming,
        })
    });
    if let Some(visit) = answered(&course, (*moved).as_ref()) {
        return done(&t, visit, true);
    }
    let wanted = course.chosen.done.unwrap_or(id);
    let visit = match &*moved {
        // Somebody went back after it was moved.
        Some((_, visit)) => Some(visit),
        None => visits
            .data
            .as_ref()
            .and_then(|found| found.items.iter().find(|visit| visit.id == wanted)),
    };
    let on_moved = {
        let (moved, on_done) = (moved.clone(), course.on_done());
        Callback::from(move |(hold, visit): (HoldId, TeamAppointment)| {
            let id = visit.id;
            moved.set(Some((hold, visit)));
            on_done.emit(id);
        })
    };
    match visit {
        Some(visit) if course.chosen.done.is_some() => done(&t, visit, true),
        Some(visit) if visit.allowed.contains(&Act::Move) => html! {
            <Moving visit={visit.clone()} course={course.clone()} {on_moved} />
        },
        _ => {
            let number = visit.and_then(|visit| visit.location.phone.as_deref());
            html! {
                <Page title={t.text("move")} narrow={true}>
                    { visits.show(Waiting::Rows(3), |_| html! {
                        <Empty icon="phone" title={t.text("move-not")} text={t.text("move-not-text")}>
                            <p>{ phone(number) }</p>
                        </Empty>
                    }) }
                </Page>
            }
        }
    }
}

/// What an answer of this page booked or moved, while the address speaks of it.
fn answered<'a>(
    course: &Course,
    answer: Option<&'a (HoldId, TeamAppointment)>,
) -> Option<&'a TeamAppointment> {
    let (hold, visit) = answer?;
    course.is_done(*hold, visit.id).then_some(visit)
}

#[derive(Properties, PartialEq)]
struct DoneAtProps {
    person: PersonId,
    visit: AppointmentId,
}

/// The end of booking when the page is opened anew; what is no longer ahead stands among the others.
#[component]
fn DoneAt(props: &DoneAtProps) -> Html {
    let t = use_text();
    let id = props.person;
    let visits = use_query(id, |client, id| client.list_report_appointments(id));
    let is_it = |visit: &&TeamAppointment| {
        let ahead = matches!(visit.state, TeamState::Booked | TeamState::WaitingForClinic);
        ahead && visit.id == props.visit
    };
    match visits.data.as_deref() {
        Some(found) => match found.items.iter().find(is_it) {
            Some(visit) => done(&t, visit, false),
            None => html! { <Scheduling {id} /> },
        },
        None => html! {
            <Page title={t.text("team-schedule-title")} back={html! { <UpToScheduling {id} /> }} narrow={true}>
                { visits.show(Waiting::Rows(3), |_| Html::default()) }
            </Page>
        },
    }
}

#[derive(Properties, PartialEq)]
struct MovingProps {
    visit: TeamAppointment,
    course: Course,
    on_moved: Callback<(HoldId, TeamAppointment)>,
}

/// When, check, done. The old time stays until the new one is confirmed.
#[component]
fn Moving(props: &MovingProps) -> Html {
    let t = use_text();
    let (visit, course) = (&props.visit, &props.course);
    let person = visit.person_id;
    let chosen = &course.chosen;
    let (kept, keep) = use_kept(person, course);
    let offered = use_query(person, |client, id| {
        client.list_report_appointment_types(id)
    });
    let held = (*kept)
        .clone()
        .filter(|held| chosen.hold == Some(held.hold.id));
    let step = usize::from(held.is_some());
    let shown = |offered: &TeamOfferedTypes| match &held {
        Some(held) => html! {
            <Confirm key={held.hold.id.to_string()} {person} name={visit.person_name.clone()} kept={held.clone()}
                moving={visit.clone()} comments={false} comment="" on_comment={Callback::noop()}
                on_other={other_time(&kept, course)} on_booked={props.on_moved.clone()} again={take(&keep)}
                failure={keep.failure.clone()} holding={keep.pending} />
        },
        None => html! {
            <Times {person} wanted={Wanted::moved(visit, offered)} rules={offered.rules.clone()} course={course.clone()}
                item={None} moving={visit.clone()} on_wish={take(&keep)} on_back={None::<Callback<()>>}
                failure={keep.failure.clone()} pending={keep.pending} />
        },
    };
    let steps = ["book-step-time", "book-step-confirm"].map(|id| t.text(id));
    let lead = t.msg("message-about", args!(name = visit.person_name.clone()));
    html! {
        <Page key={step} title={t.text("move")} {lead} back={html! { <UpToScheduling id={person} /> }} narrow={true}>
            <Steps steps={steps.to_vec()} current={step} />
            <Note tone={Tone::Neutral} title={t.text("move-now-at")}>
                <p>{ visit_time(&t, visit.starts_at, &visit.zone, &visit.location.name, visit.modality) }</p>
                <p class="muted">{ t.text("move-stays") }</p>
            </Note>
            { offered.show(Waiting::Rows(3), shown) }
        </Page>
    }
}

/// A time that is kept.
#[derive(Clone, PartialEq)]
struct Kept {
    hold: TeamSlotHold,
    /// Until when, in milliseconds of this browser's clock: the server's says how long it is kept, and
    /// this one's may be wrong.
    until: f64,
    /// What was wished: the same again when it runs out.
    wish: HoldForReport,
    /// The key of its booking: pressing once more books nothing twice.
    key: String,
}

impl Kept {
    fn new(hold: TeamSlotHold, wish: HoldForReport) -> Self {
        Self {
            until: in_seconds(hold.seconds_left),
            hold,
            wish,
            key: salus_client::new_key(),
        }
    }
}

/// The time that is kept, and what keeps another one and leads on to its check. A key for each press:
/// when the server is too busy it is asked again under the same. It stays when somebody goes back,
/// until another one is taken or it runs out.
#[hook]
fn use_kept(
    person: PersonId,
    course: &Course,
) -> (State<Option<Kept>>, Action<(String, HoldForReport)>) {
    let kept = use_state(|| None::<Kept>);
    let keep = {
        let (kept, on_hold) = (kept.clone(), course.on_hold());
        use_action(
            move |client, (key, wish): (String, HoldForReport)| async move {
                let hold = client.hold_slot_for_report(person, &key, &wish).await;
                hold.map(|hold| Kept::new(hold, wish))
            },
            move |held: Kept| {
                let id = held.hold.id;
                kept.set(Some(held));
                on_hold.emit(id);
            },
        )
    };
    (kept, keep)
}

/// Keeps what is wished.
fn take(keep: &Action<(String, HoldForReport)>) -> Callback<HoldForReport> {
    keep.run
        .reform(|wish: HoldForReport| (salus_client::new_key(), wish))
}

/// Lets the time go, and leads back to the others.
fn other_time(kept: &State<Option<Kept>>, course: &Course) -> Callback<()> {
    let (kept, back) = (kept.clone(), course.other_time());
    Callback::from(move |()| {
        kept.set(None);
        back.emit(());
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
            visit_time(
                t,
                visit.starts_at,
                &visit.zone,
                &visit.location.name,
                visit.modality,
            ),
        ),
        (
            t.text("appointment-where"),
            visit_place(t, &visit.location, visit.modality),
        ),
    ];
    let minutes = minutes_told(t, visit.starts_at, visit.ends_at);
    let aside = html! { <span class="muted">{ minutes }</span> };
    html! {
        <Page {title} narrow={true}>
            <Note tone={Tone::Good}>{ t.msg("team-schedule-told", args!(name = name)) }</Note>
            <Card title={visit.public_name.clone()} {aside}><Facts {facts} /></Card>
            <WhoSees text={t.text("team-appointments-lead")} />
            <div class="button-row">
                <ButtonLink<Route> to={Route::Scheduling { id: visit.person_id }} look={Look::Primary} wide={true}>
                    { t.text("team-schedule-see") }
                </ButtonLink<Route>>
            </div>
        </Page>
    }
}
