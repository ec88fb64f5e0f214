//! Check and confirm, while the time is kept.

use super::Kept;
use salus_types::ids::{HoldId, PersonId};
use salus_types::scheduling::problems::HOLD_EXPIRED;
use salus_types::scheduling::{
    BookForReport, HoldForReport, MoveAppointment, Slot, TeamAppointment,
};
use salus_ui::times::{
    countdown, minutes_told, next_slots, phone_told, use_seconds_left, visit_place, visit_time,
};
use salus_ui::{
    Button, Card, DateStyle, Facts, Failure, Look, Note, ProblemView, TextArea, Tone, WhoSees,
    args, use_action, use_text,
};
use yew::prelude::*;

/// What [`Confirm`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct ConfirmProps {
    /// For whom.
    pub(super) person: PersonId,
    /// Their name.
    pub(super) name: String,
    /// The kept time.
    pub(super) kept: Kept,
    /// The appointment that is moved there.
    #[prop_or_default]
    pub(super) moving: Option<TeamAppointment>,
    /// Whether something can be written.
    pub(super) comments: bool,
    /// What was written so far; it outlives the hold.
    pub(super) comment: String,
    /// Something was written.
    pub(super) on_comment: Callback<String>,
    /// Another time.
    pub(super) on_other: Callback<()>,
    /// It is booked, at the time that was kept.
    pub(super) on_booked: Callback<(HoldId, TeamAppointment)>,
    /// Keep a time again.
    pub(super) again: Callback<HoldForReport>,
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
        let (key, hold_id, person) = (props.kept.key.clone(), hold.id, props.person);
        let moving = props.moving.as_ref().map(|visit| (visit.id, visit.version));
        use_action(
            move |client, comment: Option<String>| match moving {
                None => {
                    let command = BookForReport { hold_id, comment };
                    client.book_for_report(person, &key, &command)
                }
                Some((id, version)) => {
                    client.move_for_report(id, version, &MoveAppointment { hold_id })
                }
            },
            move |booked| on_booked.emit((hold_id, booked.value)),
        )
    };
    let press_book = {
        let text = props.comment.trim().to_owned();
        book.run
            .reform(move |_: MouseEvent| (!text.is_empty()).then(|| text.clone()))
    };
    let ran_out = book
        .failure
        .as_ref()
        .is_some_and(|failure| failure.slug() == HOLD_EXPIRED.slug);
    let expired = left <= 0 || ran_out;
    let mut facts = vec![
        (t.text("team-schedule-who"), html! { props.name.clone() }),
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
    ];
    if let Some(lead) = hold.slot.lead() {
        facts.push((t.text("appointment-with"), html! { lead.name.clone() }));
    }
    let name = props.name.clone();
    let minutes = minutes_told(&t, hold.slot.starts_at, hold.slot.ends_at);
    let aside = html! { <span class="muted">{ minutes }</span> };
    html! {
        <>
            if expired {
                { run_out(&t, props) }
            } else {
                <Note tone={Tone::Info}>
                    <span role="timer">{ t.msg("book-kept", args!(time = countdown(left))) }</span>
                </Note>
            }
            <Card title={hold.public_name.clone()} {aside}><Facts {facts} /></Card>
            if hold.clinic_confirms && props.moving.is_none() {
                <p>{ t.text("team-schedule-clinic-confirms") }</p>
            }
            if props.comments && props.moving.is_none() {
                <TextArea name="comment" label={t.text("team-schedule-comment")}
                    hint={t.msg("team-schedule-comment-hint", args!(name = name.clone()))}
                    rows={3} max_length={500} optional={true}
                    value={props.comment.clone()} on_change={props.on_comment.clone()} />
            }
            <WhoSees text={t.msg("team-schedule-will-be-told", args!(name = name))} />
            if !ran_out {
                { book.problem() }
                { phone_told(book.failure.as_ref()) }
            }
            <div class="button-row">
                <Button on_press={props.on_other.reform(|_: MouseEvent| ())}>{ t.text("book-other-time") }</Button>
                if !expired {
                    <Button look={Look::Primary} wide={true} busy={book.pending} on_press={press_book}>
                        { t.text(if props.moving.is_some() { "move-now" } else { "book-now" }) }
                    </Button>
                }
            </div>
        </>
    }
}

/// The time ran out: the same one again if it is still free, else the nearest ones, with the same
/// provider.
fn run_out(t: &salus_ui::Text, props: &ConfirmProps) -> Html {
    let others = next_slots(props.failure.as_ref());
    let button = |slot: &Slot, words: AttrValue| {
        let wish = HoldForReport {
            starts_at: slot.starts_at,
            location_id: slot.location_id,
            modality: slot.modality,
            ..props.kept.wish.clone()
        };
        let press = props.again.reform(move |_: MouseEvent| wish.clone());
        html! { <Button look={Look::Primary} busy={props.holding} on_press={press}>{ words }</Button> }
    };
    let at = |slot: &Slot| t.time(slot.starts_at, &slot.zone).to_string();
    let same = &props.kept.hold.slot;
    html! {
        <Note tone={Tone::Warning} title={t.text("book-expired")}>
            <p>{ t.text("book-expired-text") }</p>
            if others.is_empty() {
                if let Some(failure) = &props.failure {
                    <ProblemView failure={failure.clone()} />
                }
                <div class="button-row">
                    { button(same, t.msg("book-again", args!(time = at(same)))) }
                </div>
            } else {
                <p>{ t.text("book-taken") }{ " " }{ t.text("book-others") }</p>
                <div class="button-row">
                    { for others.iter().map(|slot| {
                        let day = t.date(slot.local_date, DateStyle::Short);
                        button(slot, AttrValue::from(format!("{day}, {}", at(slot))))
                    }) }
                </div>
            }
        </Note>
    }
}
