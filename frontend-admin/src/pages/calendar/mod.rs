//! The calendar: a day with a column for each resource, a week with one for each day, or a list, which
//! a phone always shows.

mod acts;
mod again;
pub(crate) mod booking;
mod columns;
mod employer;
mod grid;
mod moving;
pub(crate) mod overriding;
mod steps;
pub(crate) mod visit;
mod week;

use booking::BookFor;
use chrono::{Days, NaiveDate};
use columns::{Column, Columns, Wanted};
use gloo::timers::callback::Interval;
use salus_types::ids::{AppointmentId, LocationId, ResourceId};
use salus_types::scheduling::{
    AppointmentResource, ClinicAppointment, DayColumn, DaySheet, DaySheetQuery, Place, Resource,
    ResourceKind, SetupQuery, State,
};
use salus_ui::hooks::{State as Kept, use_effect_with, use_state};
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Badge, Button, Choice, DateField, DateStyle, Empty, Look, Page, Select, Text, Tone, Waiting,
    args, minutes_since, today_at, use_background_query, use_query, use_text,
};
use visit::VisitPanel;
use week::Week;
use yew::prelude::*;

/// Whose calendars are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Shown {
    /// Everybody's and everything's.
    #[default]
    All,
    /// Those of one kind: all providers, or all rooms.
    Kind(ResourceKind),
    /// One.
    One(ResourceId),
}

impl Shown {
    fn parse(word: &str) -> Self {
        match (ResourceKind::parse(word), word.parse()) {
            (Some(kind), _) => Self::Kind(kind),
            (None, Ok(id)) => Self::One(id),
            _ => Self::All,
        }
    }

    fn word(self) -> String {
        match self {
            Self::All => String::new(),
            Self::Kind(kind) => kind.as_str().to_owned(),
            Self::One(id) => id.to_string(),
        }
    }

    fn is(self, resource: &AppointmentResource) -> bool {
        match self {
            Self::All => true,
            Self::Kind(kind) => resource.kind == kind,
            Self::One(id) => resource.id == id,
        }
    }

    /// Whether a visit takes one of them.
    fn has(self, visit: &ClinicAppointment) -> bool {
        self == Self::All || visit.resources.iter().any(|resource| self.is(resource))
    }

    /// What there is to choose from.
    fn choices(t: &Text, resources: &[Resource]) -> Vec<Choice> {
        let kinds = [ResourceKind::Provider, ResourceKind::Room];
        let mut choices = vec![Choice::new("", t.text("calendar-shown-all"))];
        choices.extend(kinds.map(|kind| {
            let label = t.msg("calendar-shown-kind", args!(kind = kind.as_str()));
            Choice::new(kind.as_str(), label)
        }));
        let named = resources.iter().filter(|resource| resource.active);
        choices.extend(named.map(|one| Choice::new(one.id.to_string(), one.name.clone())));
        choices
    }
}

/// How much is shown, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Span {
    #[default]
    Day,
    Week,
    /// The day, one visit under the other.
    List,
}

impl Span {
    const ALL: [Self; 3] = [Self::Day, Self::Week, Self::List];

    fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::List => "list",
        }
    }

    fn parse(word: &str) -> Self {
        let named = Self::ALL.into_iter().find(|span| span.word() == word);
        named.unwrap_or_default()
    }
}

/// The visit whose panel is open, and where it was dropped.
type Opened = Option<(AppointmentId, Option<Wanted>)>;

/// What opens a visit's panel: by a press, and by dropping it elsewhere.
fn openers(open: &Kept<Opened>) -> (Callback<AppointmentId>, Callback<(AppointmentId, Wanted)>) {
    let (pressed, dropped) = (open.clone(), open.clone());
    (
        Callback::from(move |id| pressed.set(Some((id, None)))),
        Callback::from(move |(id, wanted)| dropped.set(Some((id, Some(wanted))))),
    )
}

/// The calendar.
#[component]
pub(crate) fn Calendar() -> Html {
    let t = use_text();
    let places = use_query((), |client, ()| client.list_locations());
    html! {
        <Page title={t.text("calendar")} full={true}>
            { places.show(Waiting::Rows(6), |page| if page.items.is_empty() {
                html! {
                    <Empty icon="calendar-days" title={t.text("calendar-empty")}
                        text={t.text("calendar-no-schedules")} />
                }
            } else {
                html! { <Day places={page.items.clone()} /> }
            }) }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct DayProps {
    places: Vec<Place>,
}

#[component]
fn Day(props: &DayProps) -> Html {
    let t = use_text();
    use_each_minute();
    let place = use_state(|| props.places.first().map(|place| place.id));
    let here = props.places.iter().find(|known| Some(known.id) == *place);
    let today = today_at(here.map_or("UTC", |place| place.zone.as_str()));
    let chosen = use_state(|| None::<NaiveDate>);
    let date = chosen.unwrap_or(today);
    let open = use_state(|| Opened::None);
    let booking = use_state(|| false);
    let span = use_state(Span::default);
    let shown = use_state(Shown::default);
    let resources = use_query((), |client, ()| {
        client.list_resources(&SetupQuery::default())
    });
    let sheet = use_background_query((*place, date), |client, (place, date)| {
        let location = place.unwrap_or_else(|| LocationId(uuid::Uuid::nil()));
        client.get_day_sheet(&DaySheetQuery { date, location })
    });
    // What is booked or given back in the portals appears by itself.
    use_live_refetch(&sheet.refetch);
    let go = |to: Option<NaiveDate>| {
        let chosen = chosen.clone();
        Callback::from(move |_: MouseEvent| chosen.set(to))
    };
    let typed = {
        let chosen = chosen.clone();
        Callback::from(move |date| chosen.set(date))
    };
    let move_to = {
        let place = place.clone();
        Callback::from(move |id: String| place.set(id.parse::<LocationId>().ok()))
    };
    let (on_visit, on_drop) = openers(&open);
    let ask = |wanted: bool| {
        let booking = booking.clone();
        Callback::from(move |()| booking.set(wanted))
    };
    let changed = {
        let (open, booking, refetch) = (open.clone(), booking.clone(), sheet.refetch.clone());
        Callback::from(move |()| {
            open.set(None);
            booking.set(false);
            refetch.emit(());
        })
    };
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let opened = (*open).clone().and_then(|(id, wanted)| {
        let visits = &sheet.data.as_deref()?.appointments;
        let visit = visits.iter().find(|visit| visit.id == id)?;
        Some((visit.clone(), wanted))
    });
    let choices: Vec<Choice> = props
        .places
        .iter()
        .map(|place| Choice::new(place.id.to_string(), place.name.clone()))
        .collect();
    let by_week = *span == Span::Week;
    let step = Days::new(if by_week { 7 } else { 1 });
    let day_before = date.checked_sub_days(step);
    let day_after = date.checked_add_days(step);
    let spans = Span::ALL
        .map(Span::word)
        .map(|word| Choice::new(word, t.msg("calendar-span", args!(span = word))))
        .to_vec();
    let choose_span = {
        let span = span.clone();
        Callback::from(move |word: String| span.set(Span::parse(&word)))
    };
    let whose = resources.data.as_ref().map_or_else(Vec::new, |page| {
        let here = page
            .items
            .iter()
            .filter(|one| Some(one.home_location_id) == *place);
        Shown::choices(&t, &here.cloned().collect::<Vec<_>>())
    });
    let choose_shown = {
        let shown = shown.clone();
        Callback::from(move |word: String| shown.set(Shown::parse(&word)))
    };
    let on_day = {
        let (chosen, span) = (chosen.clone(), span.clone());
        Callback::from(move |date: NaiveDate| {
            chosen.set(Some(date));
            span.set(Span::Day);
        })
    };
    let title = if by_week {
        t.msg(
            "calendar-week-of",
            args!(date = t.date(week::monday(date), DateStyle::Long).to_string()),
        )
    } else {
        t.date(date, DateStyle::Long)
    };
    html! {
        <>
            <div class="flex flex-wrap items-end gap-3">
                if choices.len() > 1 {
                    <Select name="location" label={t.text("calendar-location")} {choices}
                        value={place.map(|id| id.to_string()).unwrap_or_default()} on_change={move_to} />
                }
                <DateField name="date" label={t.text("calendar-date")} value={Some(date)} on_change={typed} />
                <Select name="span" label={t.text("calendar-span-label")} choices={spans}
                    value={span.word()} on_change={choose_span} />
                if !whose.is_empty() {
                    <Select name="shown" label={t.text("calendar-shown")} choices={whose}
                        value={shown.word()} on_change={choose_shown} />
                }
                <div class="button-row">
                    <Button icon="chevron-left" on_press={go(day_before)}>{ t.msg("calendar-before", args!(span = span.word())) }</Button>
                    <Button on_press={go(None)}>{ t.text("calendar-today") }</Button>
                    <Button icon="chevron-right" on_press={go(day_after)}>{ t.msg("calendar-after", args!(span = span.word())) }</Button>
                    <Button look={Look::Primary} icon="calendar-plus" on_press={ask(true).reform(|_: MouseEvent| ())}>
                        { t.text("calendar-book") }
                    </Button>
                </div>
            </div>
            <h2 class="h2">{ title }</h2>
            if let (true, Some(place)) = (by_week, *place) {
                <Week {place} {date} shown={*shown} {on_day} />
            } else {
                { sheet.show(Waiting::Rows(6), |sheet| {
                    let as_list = *span == Span::List;
                    day(&t, sheet, (*shown, as_list), &on_visit, &on_drop)
                }) }
            }
            if let Some((visit, wanted)) = opened {
                <VisitPanel {visit} {wanted} on_close={close} on_changed={changed.clone()} />
            }
            if let Some(place) = here.filter(|_| *booking) {
                <BookFor places={props.places.clone()} place={place.id} {date} on_close={ask(false)}
                    on_booked={changed} />
            }
        </>
    }
}

/// Whether a visit still takes place or took place.
fn counts(visit: &ClinicAppointment) -> bool {
    !matches!(
        visit.state,
        State::Cancelled | State::NoShow | State::EnteredInError
    )
}

fn day(
    t: &Text,
    sheet: &DaySheet,
    (shown, as_list): (Shown, bool),
    on_visit: &Callback<AppointmentId>,
    on_drop: &Callback<(AppointmentId, Wanted)>,
) -> Html {
    let here = sheet.appointments.iter().filter(|visit| shown.has(visit));
    let (kept, gone): (Vec<_>, Vec<_>) = here.partition(|visit| counts(visit));
    let working: Vec<&DayColumn> = sheet
        .columns
        .iter()
        .filter(|c| !c.open.is_empty() && shown.is(&c.resource))
        .collect();
    let hours = working.iter().map(|c| hours_of(t, c, &sheet.place.zone));
    let hours = hours.collect::<Vec<_>>().join(" · ");
    let empty = if hours.is_empty() {
        t.text("calendar-no-schedules")
    } else {
        t.msg("calendar-empty-text", args!(schedules = hours))
    };
    let of_shown = sheet.columns.iter().filter(|c| shown.is(&c.resource));
    let columns: Vec<Column> = of_shown.map(|c| column(t, sheet, c)).collect();
    html! {
        <>
            if kept.is_empty() {
                <Empty icon="calendar-days" title={t.text("calendar-empty")} text={empty} />
            } else {
                if !as_list {
                    <Columns label={t.text("calendar-columns")} {columns}
                        on_visit={on_visit.clone()} on_drop={on_drop.clone()} />
                }
                <ul class={classes!("stack", (!as_list).then_some("day-list"))} aria-label={t.text("calendar-list")}>
                    { for kept.iter().map(|visit| in_list(t, visit, on_visit)) }
                </ul>
            }
            { fallen_out(t, &gone, on_visit) }
        </>
    }
}

/// One visit of a list.
fn in_list(t: &Text, visit: &ClinicAppointment, on_visit: &Callback<AppointmentId>) -> Html {
    let (on_visit, id) = (on_visit.clone(), visit.id);
    let onclick = Callback::from(move |_: MouseEvent| on_visit.emit(id));
    html! {
        <li key={visit.id.to_string()}>
            <button type="button" class={block_class(visit)} {onclick}>{ block_body(t, visit, true) }</button>
        </li>
    }
}

/// What was cancelled, missed or entered in error, to be opened.
fn fallen_out(t: &Text, gone: &[&ClinicAppointment], on_visit: &Callback<AppointmentId>) -> Html {
    if gone.is_empty() {
        return Html::default();
    }
    html! {
        <details>
            <summary class="h3">{ t.text("calendar-cancelled") }{ " (" }{ gone.len() }{ ")" }</summary>
            <ul class="stack">{ for gone.iter().map(|visit| in_list(t, visit, on_visit)) }</ul>
        </details>
    }
}

fn hours_of(t: &Text, column: &DayColumn, zone: &str) -> String {
    let stretches = column
        .open
        .iter()
        .map(|open| format!("{}–{}", t.time(open.from, zone), t.time(open.until, zone)));
    format!(
        "{} {}",
        column.resource.name,
        stretches.collect::<Vec<_>>().join(", ")
    )
}

/// A resource's day.
fn column(t: &Text, sheet: &DaySheet, of: &DayColumn) -> Column {
    let head = html! {
        <>
            <h3>{ of.resource.name.clone() }</h3>
            if of.deleted {
                <Badge tone={Tone::Warning} text={t.text("calendar-column-deleted")} />
            }
        </>
    };
    let here = |visit: &&ClinicAppointment| counts(visit) && of.appointment_ids.contains(&visit.id);
    Column {
        resource: Some(of.resource.clone()),
        visits: sheet.appointments.iter().filter(here).cloned().collect(),
        open: of.open.clone(),
        closed: of.closed.clone(),
        ..Column::new(sheet, of.resource.id.to_string(), head)
    }
}

/// How a visit looks: the colour of its kind, whose name stands on it, or that nothing comes of it.
fn block_class(visit: &ClinicAppointment) -> Classes {
    let colour = format!("visit-{}", visit.appointment_type.colour);
    classes!("visit", colour, (!counts(visit)).then_some("visit-closed"))
}

/// What is read on a visit.
fn block_body(t: &Text, visit: &ClinicAppointment, with_resources: bool) -> Html {
    let names: Vec<_> = visit.resources.iter().map(|r| r.name.clone()).collect();
    html! {
        <>
            <span class="numbers small">
                { t.time(visit.starts_at, &visit.zone) }{ "–" }{ t.time(visit.ends_at, &visit.zone) }
            </span>
            <strong>{ visit.person.name.clone() }</strong>
            <span class="small">{ visit.appointment_type.name.clone() }</span>
            if with_resources && !names.is_empty() {
                <span class="muted small">{ names.join(", ") }</span>
            }
            <span class="flex flex-wrap gap-1">
                { state_badge(t, visit.state) }
                if let (State::CheckedIn, Some(came)) = (visit.state, visit.checked_in_at) {
                    { waiting(t, minutes_since(came)) }
                }
                if visit.attends && visit.state == State::Booked {
                    <Badge tone={Tone::Good} text={t.text("calendar-attends")} />
                }
                if visit.set_aside.is_some() {
                    <Badge tone={Tone::Warning} text={t.text("calendar-override")} />
                }
                if visit.fasting_hours > 0 {
                    <Badge tone={Tone::Info} text={t.text("calendar-fasting")} />
                }
                if visit.unread_forms > 0 {
                    <Badge tone={Tone::Info} icon="clipboard-list"
                        text={t.msg("calendar-unread", args!(count = visit.unread_forms))} />
                }
            </span>
            if let Some(rules) = &visit.set_aside {
                <span class="small">{ rules.reason.clone() }</span>
            }
        </>
    }
}

/// Draws again each minute, since people wait longer.
#[hook]
fn use_each_minute() {
    let redraw = use_force_update();
    use_effect_with((), move |()| {
        let each = Interval::new(60_000, move || redraw.force_update());
        move || drop(each)
    });
}

/// The minutes after which a wait is long.
const LONG_WAIT: i64 = 15;

/// How long somebody has been waiting.
fn waiting(t: &Text, minutes: i64) -> Html {
    let (tone, id) = if minutes > LONG_WAIT {
        (Tone::Warning, "calendar-waiting-long")
    } else {
        (Tone::Info, "calendar-waiting")
    };
    let text = t.msg(id, args!(minutes = minutes));
    html! { <Badge {tone} {text} /> }
}

/// How far a visit has come, for the clinic.
pub(crate) fn state_badge(t: &Text, state: State) -> Html {
    let tone = match state {
        State::Booked | State::CheckedIn | State::InProgress | State::Fulfilled => Tone::Good,
        State::Pending | State::NoShow => Tone::Warning,
        State::Cancelled | State::EnteredInError => Tone::Neutral,
    };
    let text = t.msg("calendar-state", args!(state = state.as_str()));
    html! { <Badge {tone} {text} /> }
}
