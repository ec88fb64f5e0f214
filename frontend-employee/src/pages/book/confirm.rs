//! Check and confirm, while the time is kept.

use crate::pages::appointment::{preparation, who_sees};
use salus_types::ids::HoldId;
use salus_types::scheduling::problems::HOLD_EXPIRED;
use salus_types::scheduling::{
    Appointment, BookAppointment, MoveAppointment, OfferedType, Slot, SlotHold,
};
use salus_ui::booking::CommentField;
use salus_ui::hooks::use_state;
use salus_ui::times::{
    countdown, in_seconds, next_slots, use_seconds_left, visit_place, visit_time,
};
use salus_ui::{
    Button, Card, Facts, Failure, Look, Note, ProblemView, Tone, WhoSees, args, use_action,
    use_text,
};
use yew::prelude::*;

/// What [`Confirm`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct ConfirmProps {
    /// The kept time.
    pub(super) hold: SlotHold,
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
    /// Another time.
    pub(super) on_other: Callback<()>,
    /// It is booked.
    pub(super) on_booked: Callback<Appointment>,
    /// Keep a time again.
    pub(super) again: Callback<(Slot, bool)>,
    /// Why a time could not be kept again.
    pub(super) failure: Option<Failure>,
    /// Whether a time is being kept.
    pub(super) holding: bool,
}

/// Everything about the appointment, how long its time is kept, and the button that books it.
#[component]
pub(super) fn Confirm(props: &ConfirmProps) -> Html {
    let t = use_text();
    let hold = &props.hold;
    // The server's clock says how long the time is kept; this browser's may be wrong.
    let first = use_memo(hold.id, |_| Kept::of(hold));
    let longer = use_state(|| None::<Kept>);
    let kept = longer.filter(|kept| kept.id == hold.id).unwrap_or(*first);
    let left = use_seconds_left(kept.until);
    let key = use_memo(hold.id, |_| salus_client::new_key());
    let book = {
        let on_booked = props.on_booked.clone();
        let (key, hold_id) = (key.clone(), hold.id);
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
            move |booked| on_booked.emit(booked.value),
        )
    };
    let extend = {
        let longer = longer.clone();
        let id = hold.id;
        use_action(
            move |client, ()| client.extend_my_slot_hold(id),
            move |extended: SlotHold| longer.set(Some(Kept::of(&extended))),
        )
    };
    let release = {
        let id = hold.id;
        use_action(move |client, ()| client.release_my_slot_hold(id), |()| ())
    };
    let missing = use_state(|| false);
    let press_book = {
        let (run, missing) = (book.run.clone(), missing.clone());
        let required = props.kind.comment_required && props.moving.is_none();
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
    let facts = vec![
        (
            t.text("appointment-when"),
            visit_time(
                &t,
                hold.slot.starts_at,
                &hold.slot.zone,
                &hold.place.name,
                hold.slot.modality,
            ),
        ),
        (
            t.text("appointment-where"),
            visit_place(&t, &hold.place, hold.slot.modality),
        ),
        (
            t.text("appointment-with"),
            html! { names(&hold.slot).unwrap_or_else(|| t.text("calendar-any-provider").to_string()) },
        ),
    ];
    let minutes = t.msg("appointment-minutes", args!(minutes = props.kind.minutes));
    html! {
        <>
            if expired {
                <Expired again={props.again.clone()} slot={hold.slot.clone()} failure={props.failure.clone()}
                    pending={props.holding} />
            } else {
                <Note tone={Tone::Info}>
                    <span role="timer">{ t.msg("book-kept", args!(time = countdown(left))) }</span>
                    if kept.can_extend && left < 120 {
                        { " " }
                        <Button busy={extend.pending} on_press={extend.run.reform(|_: MouseEvent| ())}>
                            { t.text("book-keep-longer") }
                        </Button>
                    }
                </Note>
            }
            <Card title={hold.public_name.clone()} aside={html! { <span class="muted">{ minutes }</span> }}>
                <Facts {facts} />
            </Card>
            { preparation(&t, &hold.preparation, Some((hold.slot.starts_at, hold.slot.zone.as_str()))) }
            if props.comments && props.moving.is_none() {
                <CommentField prompt={props.prompt.clone()} required={props.kind.comment_required}
                    value={props.comment.clone()} on_change={props.on_comment.clone()}
                    error={missing.then(|| t.text("problem-comment-required"))} />
            }
            <WhoSees text={who_sees(&t, hold.supervisor_sees, &hold.public_name)} />
            if !ran_out {
                { book.problem() }
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
struct ExpiredProps {
    slot: Slot,
    again: Callback<(Slot, bool)>,
    failure: Option<Failure>,
    pending: bool,
}

/// The time ran out: the same one again if it is still free, else the nearest ones.
#[component]
fn Expired(props: &ExpiredProps) -> Html {
    let t = use_text();
    let others = next_slots(props.failure.as_ref());
    let button = |slot: &Slot, words: AttrValue| {
        let (again, slot) = (props.again.clone(), slot.clone());
        let press = Callback::from(move |_: MouseEvent| again.emit((slot.clone(), false)));
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

/// Until when a time is kept, in milliseconds of this browser's clock.
#[derive(Clone, Copy, PartialEq)]
struct Kept {
    id: HoldId,
    until: f64,
    can_extend: bool,
}

impl Kept {
    fn of(hold: &SlotHold) -> Self {
        Self {
            id: hold.id,
            until: in_seconds(hold.seconds_left),
            can_extend: hold.can_extend,
        }
    }
}
