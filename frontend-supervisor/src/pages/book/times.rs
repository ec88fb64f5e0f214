//! When: a strip of days, then the times of one day, the soonest first.

use super::Wanted;
use salus_types::ids::{DueItemId, PersonId};
use salus_types::page::Page;
use salus_types::scheduling::{
    HoldForReport, Reach, Slot, TeamAppointment, TeamBookingRules, TeamSlotsQuery,
};
use salus_ui::hooks::use_effect_with;
use salus_ui::times::{Among, Course, Own, Sought, When, phone_told};
use salus_ui::{Button, Card, Failure, ProblemView, args, today_at, use_free_times, use_text};
use yew::prelude::*;

/// What [`Times`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct TimesProps {
    /// For whom.
    pub(super) person: PersonId,
    /// What is booked or moved.
    pub(super) wanted: Wanted,
    /// What the site says about booking.
    pub(super) rules: TeamBookingRules,
    /// What was chosen so far.
    pub(super) course: Course,
    /// What is due.
    pub(super) item: Option<DueItemId>,
    /// The appointment that is moved.
    #[prop_or_default]
    pub(super) moving: Option<TeamAppointment>,
    /// A time was chosen.
    pub(super) on_wish: Callback<HoldForReport>,
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
    let (wanted, rules, course) = (&props.wanted, &props.rules, &props.course);
    let moving = props.moving.as_ref();
    let among = among(props);
    let own = moving.map_or_else(Own::default, |visit| Own {
        place: Some(visit.location.id),
        how: Some(visit.modality),
        ..Own::default()
    });
    let sought = Sought::of(&course.chosen, among, &own);
    let today = today_at(sought.zone());
    let list = Reach {
        days_out: rules.days_out,
        days_before_showing: rules.days_before_showing,
    };
    let (from, reach) = sought.days(&course.chosen, today, list);
    let asked = TeamSlotsQuery {
        appointment_type_id: wanted.kind,
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
    let about = (props.person, asked, sought.is_complete());
    let free = use_free_times(about, from, reach, |client, about, page| async move {
        let (person, asked, complete) = about;
        if !complete {
            return Ok(Page::last(Vec::new()));
        }
        let asked = TeamSlotsQuery {
            from: page.from,
            to: page.to,
            limit: page.limit,
            cursor: page.cursor,
            ..asked
        };
        client.list_report_slots(person, &asked).await
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
    let when = When {
        course,
        sought: &sought,
        free: &free,
        search: rules.calendar_search.then(|| (today, list.last_day(today))),
        is_now: &|slot| {
            moving.is_some_and(|visit| {
                slot.starts_at == visit.starts_at && slot.location_id == visit.location.id
            })
        },
        on_slot: on_slot(props, &sought),
        pending: props.pending,
        otherwise: Html::default(),
    };
    html! {
        <>
            <Card title={wanted.public_name.clone()}>
                <div class="stack">
                    <p class="muted">{ t.msg("appointment-minutes", args!(minutes = wanted.minutes)) }</p>
                    { sought.fields(&t, course, among, true) }
                    if let Some(back) = &props.on_back {
                        <div class="button-row">
                            <Button on_press={back.reform(|_: MouseEvent| ())}>{ t.text("change") }</Button>
                        </div>
                    }
                </div>
            </Card>
            if let Some(failure) = &props.failure {
                <ProblemView failure={failure.clone()} />
                { phone_told(Some(failure)) }
            }
            { when.show(&t) }
        </>
    }
}

/// What there is to choose among; online the person whose visit is moved is where they said.
fn among(props: &TimesProps) -> Among<'_> {
    let wanted = &props.wanted;
    Among {
        places: &wanted.places,
        modalities: &wanted.modalities,
        providers: &wanted.providers,
        first_available: props.rules.first_available,
        asks_region: props.moving.is_none(),
    }
}

/// Wishes the time that is pressed; with its provider where one was chosen.
fn on_slot(props: &TimesProps, sought: &Sought) -> Callback<Slot> {
    let (kind, item) = (props.wanted.kind, props.item);
    let moving = props.moving.as_ref().map(|visit| visit.id);
    let (region, with) = (sought.region.clone(), sought.with);
    props.on_wish.reform(move |slot: Slot| HoldForReport {
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
