//! Booking an appointment: what, when, check, done; and moving one.

mod confirm;
pub(crate) mod done;
mod moving;
mod times;
mod what;

use crate::pages::appointments::UpToAppointments;
use crate::routes::Route;
use confirm::Confirm;
use done::done;
pub(crate) use moving::Move;
use salus_types::ids::{AppointmentTypeId, HoldId, LocationId};
use salus_types::scheduling::{Appointment, BookingRules, HoldSlot, OfferedType, SlotHold};
use salus_ui::hooks::{State, use_state};
use salus_ui::times::{Course, in_seconds, use_course};
use salus_ui::{
    Action, Contacts, Empty, Page, Row, Rows, Steps, Text, Waiting, use_action, use_query, use_text,
};
use std::collections::BTreeMap;
use times::Times;
use what::What;
use yew::prelude::*;

/// Booking an appointment. What was chosen stands in the address, from something due or step by step:
/// `?type=…&item=…`.
#[component]
pub(crate) fn Book() -> Html {
    let t = use_text();
    let course = use_course(Route::Book);
    let chosen = &course.chosen;
    let (kept, keep) = use_kept(&course);
    let booked = use_state(|| None::<(HoldId, Appointment)>);
    let comment = use_state(String::new);
    let offered = use_query((), |client, ()| client.list_my_appointment_types());
    if let Some(done) = done(&course, (*booked).as_ref(), false) {
        return done;
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
        Callback::from(move |(hold, visit): (HoldId, Appointment)| {
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
    let shown = |kinds: &[OfferedType], rules: &BookingRules| {
        let kind = chosen
            .kind
            .and_then(|id| kinds.iter().find(|kind| kind.id == id));
        match (kind, &held) {
            (Some(kind), Some(held)) => html! {
                <Confirm key={held.hold.id.to_string()} kept={held.clone()} kind={kind.clone()}
                    comments={rules.comments} prompt={rules.comment_prompt.clone()}
                    comment={(*comment).clone()} on_comment={write} on_longer={longer(&kept)}
                    on_other={other_time(&kept, &course)} {on_booked} again={take(&keep)}
                    failure={keep.failure.clone()} holding={keep.pending} />
            },
            (Some(kind), None) => {
                // What is due has its kind.
                let on_back = chosen.item.is_none().then(|| course.other_kind());
                html! {
                    <Times kind={kind.clone()} rules={rules.clone()} course={course.clone()} item={chosen.item}
                        on_wish={take(&keep)} {on_back} failure={keep.failure.clone()} pending={keep.pending} />
                }
            }
            (None, _) if rules.schedule && !kinds.is_empty() => html! {
                <>
                    <What kinds={kinds.to_vec()} on_type={course.on_kind()} />
                    if rules.request {
                        { instead(&t, None, None) }
                    }
                </>
            },
            (None, _) if rules.request && !kinds.is_empty() => instead(&t, None, None),
            (None, _) => html! {
                <Empty icon="phone" title={t.text("book-no-types")} text={t.text("book-no-types-text")}>
                    <Contacts />
                </Empty>
            },
        }
    };
    let steps = ["book-step-type", "book-step-time", "book-step-confirm"].map(|id| t.text(id));
    let back = html! { <UpToAppointments /> };
    // Each step is a page of its own: it begins at the top, and its heading takes the focus.
    html! {
        <Page key={step} title={t.text("book")} {back} narrow={true}>
            <Steps steps={steps.to_vec()} current={step} />
            { offered.show(Waiting::Rows(3), |found| shown(&found.items, &found.rules)) }
        </Page>
    }
}

/// The way to ask the clinic for a time, with what was chosen so far.
fn instead(t: &Text, kind: Option<AppointmentTypeId>, place: Option<LocationId>) -> Html {
    let chosen = [
        ("type", kind.map(|id| id.to_string())),
        ("place", place.map(|id| id.to_string())),
    ];
    let query: BTreeMap<String, String> = chosen
        .into_iter()
        .filter_map(|(name, id)| Some((name.to_owned(), id?)))
        .collect();
    html! {
        <Rows>
            <Row<Route> to={Route::Request} {query} icon="calendar-plus" title={t.text("book-request-instead")}
                text={t.text("book-request-text")} />
        </Rows>
    }
}

/// A time that is kept.
#[derive(Clone, PartialEq)]
struct Kept {
    hold: SlotHold,
    /// Until when, in milliseconds of this browser's clock: the server's says how long it is kept, and
    /// this one's may be wrong.
    until: f64,
    /// What was wished: the same again when it runs out.
    wish: HoldSlot,
    /// The key of its booking: pressing once more books nothing twice.
    key: String,
}

impl Kept {
    fn new(hold: SlotHold, wish: HoldSlot) -> Self {
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
fn use_kept(course: &Course) -> (State<Option<Kept>>, Action<(String, HoldSlot)>) {
    let kept = use_state(|| None::<Kept>);
    let keep = {
        let (kept, on_hold) = (kept.clone(), course.on_hold());
        use_action(
            |client, (key, wish): (String, HoldSlot)| async move {
                let hold = client.hold_my_slot(&key, &wish).await;
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
fn take(keep: &Action<(String, HoldSlot)>) -> Callback<HoldSlot> {
    keep.run
        .reform(|wish: HoldSlot| (salus_client::new_key(), wish))
}

/// The same time is kept longer.
fn longer(kept: &State<Option<Kept>>) -> Callback<SlotHold> {
    let kept = kept.clone();
    Callback::from(move |hold: SlotHold| {
        if let Some(before) = (*kept).clone() {
            kept.set(Some(Kept {
                until: in_seconds(hold.seconds_left),
                hold,
                ..before
            }));
        }
    })
}

/// Lets the time go, and leads back to the others.
fn other_time(kept: &State<Option<Kept>>, course: &Course) -> Callback<()> {
    let (kept, back) = (kept.clone(), course.other_time());
    Callback::from(move |()| {
        kept.set(None);
        back.emit(());
    })
}
