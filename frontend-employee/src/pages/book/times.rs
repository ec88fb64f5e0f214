//! When: a strip of days, then the times of one day, the soonest first.

use super::instead;
use salus_types::ids::DueItemId;
use salus_types::page::Page;
use salus_types::scheduling::{
    Appointment, BookingRules, HoldSlot, OfferedType, Reach, Slot, SlotsQuery,
};
use salus_ui::hooks::use_effect_with;
use salus_ui::times::{Among, Course, Own, Sought, When, phone_told};
use salus_ui::{Button, Card, Failure, ProblemView, args, today_at, use_free_times, use_text};
use yew::prelude::*;

/// What [`Times`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct TimesProps {
    /// What is booked.
    pub(super) kind: OfferedType,
    /// What the site says about booking.
    pub(super) rules: BookingRules,
    /// What was chosen so far.
    pub(super) course: Course,
    /// What is due.
    pub(super) item: Option<DueItemId>,
    /// The appointment that is moved.
    #[prop_or_default]
    pub(super) moving: Option<Appointment>,
    /// A time was chosen.
    pub(super) on_wish: Callback<HoldSlot>,
    /// Another kind.
    pub(super) on_back: Option<Callback<()>>,
    /// Why the last time could not be kept.
    pub(super) failure: Option<Failure>,
    /// Whether a time is being kept.
    pub(super) pending: bool,
}

/// The free times of a kind of appointment.
#[component]
pub(super) fn Times(props: &TimesProps) -> Html {
    let t = use_text();
    let (kind, rules, course) = (&props.kind, &props.rules, &props.course);
    let moving = props.moving.as_ref();
    let among = among(kind, rules);
    let sought = Sought::of(&course.chosen, among, &own(moving));
    let today = today_at(sought.zone());
    let list = Reach {
        days_out: rules.days_out,
        days_before_showing: rules.days_before_showing,
    };
    let (from, reach) = sought.days(&course.chosen, today, list);
    let asked = SlotsQuery {
        appointment_type_id: kind.id,
        location: sought.place.as_ref().map(|place| place.id),
        resource: sought.with,
        modality: sought.how,
        region: sought.region.clone(),
        item: props.item,
        moving: moving.map(|visit| visit.id),
        from,
        to: reach.last_day(from),
        limit: None,
        cursor: None,
    };
    let about = (asked, sought.is_complete());
    let free = use_free_times(about, from, reach, |client, about, page| async move {
        let (asked, complete) = about;
        if !complete {
            return Ok(Page::last(Vec::new()));
        }
        let asked = SlotsQuery {
            from: page.from,
            to: page.to,
            limit: page.limit,
            cursor: page.cursor,
            ..asked
        };
        client.list_my_slots(&asked).await
    });
    // A time that was taken meanwhile must not be offered again.
    {
        let again = free.again.clone();
        use_effect_with(props.failure.clone(), move |failure| {
            if failure.is_some() {
                again.emit(());
            }
        });
    }
    let waits = rules.earlier_offers && props.item.is_some() && moving.is_none();
    let when = When {
        course,
        sought: &sought,
        free: &free,
        search: rules.calendar_search.then(|| (today, list.last_day(today))),
        is_now: &|slot| moving.is_some_and(|visit| is_now(visit, slot)),
        on_slot: on_slot(props, &sought),
        pending: props.pending,
        otherwise: html! { if waits { <p>{ t.text("wait-list-due") }</p> } },
    };
    let place = sought.place.as_ref().map(|place| place.id);
    html! {
        <>
            <Card title={kind.public_name.clone()}>
                <div class="stack">
                    <p class="muted">{ t.msg("appointment-minutes", args!(minutes = kind.minutes)) }</p>
                    if let Some(back) = &props.on_back {
                        <div class="button-row">
                            <Button on_press={back.reform(|_: MouseEvent| ())}>{ t.text("change") }</Button>
                        </div>
                    }
                    { sought.fields(&t, course, among, false) }
                </div>
            </Card>
            if let Some(failure) = &props.failure {
                <ProblemView failure={failure.clone()} />
                { phone_told(Some(failure)) }
            }
            { when.show(&t) }
            if rules.request && moving.is_none() {
                { instead(&t, Some(kind.id), place) }
            }
        </>
    }
}

fn among<'a>(kind: &'a OfferedType, rules: &BookingRules) -> Among<'a> {
    Among {
        places: &kind.places,
        modalities: &kind.modalities,
        providers: &kind.providers,
        first_available: rules.first_available,
        asks_region: true,
    }
}

/// Who moves an appointment mostly wants the same place and provider, and is where they said; they can
/// say another place.
fn own(moving: Option<&Appointment>) -> Own {
    moving.map_or_else(Own::default, |visit| Own {
        place: Some(visit.place.id),
        how: Some(visit.modality),
        region: visit.region.clone(),
        with: visit.resources.first().map(|lead| lead.id),
    })
}

/// Wishes the time that is pressed; with its provider where one was chosen.
fn on_slot(props: &TimesProps, sought: &Sought) -> Callback<Slot> {
    let (kind, item) = (props.kind.id, props.item);
    let moving = props.moving.as_ref().map(|visit| visit.id);
    let (region, with) = (sought.region.clone(), sought.with);
    props.on_wish.reform(move |slot: Slot| HoldSlot {
        appointment_type_id: kind,
        starts_at: slot.starts_at,
        location_id: slot.location_id,
        modality: slot.modality,
        region: region.clone(),
        resource_id: with,
        item_id: item,
        moving,
    })
}

/// Whether a time is the one an appointment has already.
fn is_now(visit: &Appointment, slot: &Slot) -> bool {
    let own = visit.resources.first().map(|lead| lead.id);
    slot.starts_at == visit.starts_at
        && slot.modality == visit.modality
        && slot.location_id == visit.place.id
        && slot.lead().is_none_or(|lead| Some(lead.id) == own)
}
