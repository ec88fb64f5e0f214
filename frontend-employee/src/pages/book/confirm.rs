//! Check and confirm, while the time is kept.

use super::Kept;
use crate::pages::appointment::{preparation, who_sees};
use salus_types::ids::HoldId;
use salus_types::scheduling::problems::HOLD_EXPIRED;
use salus_types::scheduling::{
    Appointment, BookAppointment, HoldSlot, MoveAppointment, OfferedType, Slot, SlotHold,
};
use salus_ui::booking::CommentField;
use salus_ui::hooks::use_state;
use salus_ui::times::{
    countdown, minutes_told, next_slots, phone_told, use_seconds_left, visit_place, visit_time,
};
use salus_ui::{
    Button, Card, Facts, Failure, Look, Note, ProblemView, Text, Tone, WhoSees, args, use_action,
    use_text,
};
use yew::prelude::*;

/// What [`Confirm`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct ConfirmProps {
    /// The kept time.
    pub(super) kept: Kept,
    /// What is booked.
    pub(super) kind: OfferedType,
    /// The appointment that is moved there.
    #[prop_or_default]
    pub(super) moving: Option<Appointment>,
    /// Whether something can be written.
    pub(super) comments: bool,
    /// What stands above the comment, where the portal has words of its own.
    #[prop_or_default]
    pub(super) prompt: Option<String>,
    /// What was written so far; it outlives the hold.
    pub(super) comment: String,
    /// Something was written.
    pub(super) on_comment: Callback<String>,
    /// The time is kept longer.
    pub(super) on_longer: Callback<SlotHold>,
    /// Another time.
    pub(super) on_other: Callback<()>,
    /// It is booked, at the time that was kept.
    pub(super) on_booked: Callback<(HoldId, Appointment)>,
    /// Keep a time again.
    pub(super) again: Callback<HoldSlot>,
    /// Why a time could not be kept again.
    pub(super) failure: Option<Failure>,
    /// Whether a time is being kept.
    pub(super) holding: bool,
}

/// Everything about the appointment, how long its time is kept, and the button that books it.
#[component]
pub(super) fn Confirm(props: &ConfirmProps) -> Html {
    let t = use_text();
    let hold = &props.kept.hold;
    let left = use_seconds_left(props.kept.until);
    let book = {
        let on_booked = props.on_booked.clone();
        let (key, hold_id) = (props.kept.key.clone(), hold.id);
        let moving = props.moving.as_ref().map(|visit| (visit.id, visit.version));
        use_action(
            move |client, comment: Option<String>| match moving {
                None => {
                    let command = BookAppointment { hold_id, comment };
                    client.book_my_appointment(&key, &command)
                }
                Some((id, version)) => {
                    client.move_my_appointment(id, version, &MoveAppointment { hold_id })
                }
            },
            move |booked| on_booked.emit((hold_id, booked.value)),
        )
    };
    let extend = {
        let (id, on_longer) = (hold.id, props.on_longer.clone());
        use_action(
            move |client, ()| client.extend_my_slot_hold(id),
            move |extended: SlotHold| on_longer.emit(extended),
        )
    };
    let release = {
        let id = hold.id;
        use_action(move |client, ()| client.release_my_slot_hold(id), |()| ())
    };
    let missing = use_state(|| false);
    // What has to be written can be, also where nothing else is.
    let required = props.kind.comment_required && props.moving.is_none();
    let writes = required || (props.comments && props.moving.is_none());
    let press_book = {
        let (run, missing) = (book.run.clone(), missing.clone());
        let text = props.comment.trim().to_owned();
        Callback::from(move |_: MouseEvent| {
            missing.set(required && text.is_empty());
            if !required || !text.is_empty() {
                run.emit((!text.is_empty()).then(|| text.clone()));
            }
        })
    };
    let press_other = {
        let (other, run) = (props.on_other.clone(), release.run.clone());
        Callback::from(move |_: MouseEvent| {
            run.emit(());
            other.emit(());
        })
    };
    let ran_out = book
        .failure
        .as_ref()
        .is_some_and(|f| f.slug() == HOLD_EXPIRED.slug);
    let expired = left <= 0 || ran_out;
    let minutes = minutes_told(&t, hold.slot.starts_at, hold.slot.ends_at);
    html! {
        <>
            if expired {
                <Expired again={props.again.clone()} wish={props.kept.wish.clone()} slot={hold.slot.clone()}
                    failure={props.failure.clone()} pending={props.holding} />
            } else {
                <Remaining {left} can_extend={hold.can_extend} busy={extend.pending} on_longer={extend.run.clone()} />
            }
            <Card title={hold.public_name.clone()} aside={html! { <span class="muted">{ minutes }</span> }}>
                <Facts facts={facts(&t, hold)} />
            </Card>
            { preparation(&t, &hold.preparation, Some((hold.slot.starts_at, hold.slot.zone.as_str()))) }
            if writes {
                <CommentField prompt={props.prompt.clone()} {required}
                    value={props.comment.clone()} on_change={props.on_comment.clone()}
                    error={missing.then(|| t.text("problem-comment-required"))} />
            }
            <WhoSees text={who_sees(&t, hold.supervisor_sees, &hold.public_name)} />
            if !ran_out {
                { book.problem() }
                { phone_told(book.failure.as_ref()) }
            }
            { extend.problem() }
            <div class="button-row">
                <Button on_press={press_other}>{ t.text("book-other-time") }</Button>
                if !expired {
                    <Button look={Look::Primary} wide={true} busy={book.pending} on_press={press_book}>
                        { t.text(if props.moving.is_some() { "move-now" } else { "book-now" }) }
                    </Button>
                }
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RemainingProps {
    left: i64,
    can_extend: bool,
    busy: bool,
    on_longer: Callback<()>,
}

/// How long the time is still kept; towards the end it can be kept longer.
#[component]
fn Remaining(props: &RemainingProps) -> Html {
    let t = use_text();
    html! {
        <Note tone={Tone::Info}>
            <span role="timer">{ t.msg("book-kept", args!(time = countdown(props.left))) }</span>
            if props.can_extend && props.left < 120 {
                { " " }
                <Button busy={props.busy} on_press={props.on_longer.reform(|_: MouseEvent| ())}>
                    { t.text("book-keep-longer") }
                </Button>
            }
        </Note>
    }
}

/// When, where and with whom it is.
fn facts(t: &Text, hold: &SlotHold) -> Vec<(AttrValue, Html)> {
    let slot = &hold.slot;
    let when = visit_time(
        t,
        slot.starts_at,
        &slot.zone,
        &hold.place.name,
        slot.modality,
    );
    let names = names(slot).unwrap_or_else(|| t.text("calendar-any-provider").to_string());
    vec![
        (t.text("appointment-when"), when),
        (
            t.text("appointment-where"),
            visit_place(t, &hold.place, slot.modality),
        ),
        (t.text("appointment-with"), html! { names }),
    ]
}

#[derive(Properties, PartialEq)]
struct ExpiredProps {
    slot: Slot,
    wish: HoldSlot,
    again: Callback<HoldSlot>,
    failure: Option<Failure>,
    pending: bool,
}

/// The time ran out: the same one again if it is still free, else the nearest ones, with the same
/// provider.
#[component]
fn Expired(props: &ExpiredProps) -> Html {
    let t = use_text();
    let others = next_slots(props.failure.as_ref());
    let button = |slot: &Slot, words: AttrValue| {
        let wish = HoldSlot {
            starts_at: slot.starts_at,
            location_id: slot.location_id,
            modality: slot.modality,
            ..props.wish.clone()
        };
        let press = props.again.reform(move |_: MouseEvent| wish.clone());
        html! { <Button look={Look::Primary} busy={props.pending} on_press={press}>{ words }</Button> }
    };
    let at = |slot: &Slot| t.time(slot.starts_at, &slot.zone).to_string();
    html! {
        <Note tone={Tone::Warning} title={t.text("book-expired")}>
            <p>{ t.text("book-expired-text") }</p>
            if others.is_empty() {
                if let Some(failure) = &props.failure {
                    <ProblemView failure={failure.clone()} />
                }
                <div class="button-row">
                    { button(&props.slot, t.msg("book-again", args!(time = at(&props.slot)))) }
                </div>
            } else {
                <p>{ t.text("book-taken") }{ " " }{ t.text("book-others") }</p>
                <div class="button-row">
                    { for others.iter().map(|slot| {
                        let day = t.date(slot.local_date, salus_ui::DateStyle::Short);
                        button(slot, AttrValue::from(format!("{day}, {}", at(slot))))
                    }) }
                </div>
            }
        </Note>
    }
}

fn names(slot: &Slot) -> Option<String> {
    let all = slot.resources.as_ref()?;
    Some(
        all.iter()
            .map(|r| r.name.clone())
            .collect::<Vec<_>>()
            .join(", "),
    )
}
