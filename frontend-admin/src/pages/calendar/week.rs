//! A week of the calendar: a column for each day, a list on a phone.

use super::columns::{Column, Columns};
use super::visit::VisitPanel;
use super::{Opened, Shown, counts, fallen_out, in_list, openers, use_each_minute};
use chrono::{Datelike, Days, NaiveDate};
use salus_types::ids::{AppointmentId, LocationId};
use salus_types::scheduling::{ClinicAppointment, DayColumn, DaySheet, DaySheetQuery};
use salus_ui::hooks::use_state;
use salus_ui::messaging::use_live_refetch;
use salus_ui::{Client, DateStyle, Failure, Text, Waiting, use_background_query, use_text};
use yew::prelude::*;

/// What [`Week`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct WeekProps {
    /// Where.
    pub(super) place: LocationId,
    /// A day of the week.
    pub(super) date: NaiveDate,
    /// Whose visits.
    pub(super) shown: Shown,
    /// A day was chosen.
    pub(super) on_day: Callback<NaiveDate>,
}

/// The Monday of a date's week.
pub(super) fn monday(date: NaiveDate) -> NaiveDate {
    let since = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(since)).unwrap_or(date)
}

async fn sheets(
    client: Client,
    (location, monday): (LocationId, NaiveDate),
) -> Result<Vec<DaySheet>, Failure> {
    let mut week = Vec::new();
    for date in monday.iter_days().take(7) {
        let query = DaySheetQuery { date, location };
        week.push(client.get_day_sheet(&query).await?);
    }
    Ok(week)
}

/// The days of a week with their visits.
#[component]
pub(super) fn Week(props: &WeekProps) -> Html {
    let t = use_text();
    use_each_minute();
    let open = use_state(|| Opened::None);
    let week = use_background_query((props.place, monday(props.date)), sheets);
    use_live_refetch(&week.refetch);
    let (on_visit, on_drop) = openers(&open);
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let changed = {
        let (open, refetch) = (open.clone(), week.refetch.clone());
        Callback::from(move |()| {
            open.set(None);
            refetch.emit(());
        })
    };
    let opened = (*open).clone().and_then(|(id, wanted)| {
        let days = week.data.as_deref()?;
        let mut visits = days.iter().flat_map(|day| &day.appointments);
        let visit = visits.find(|visit| visit.id == id)?;
        Some((visit.clone(), wanted))
    });
    html! {
        <>
            { week.show(Waiting::Rows(6), |days| {
                let columns: Vec<Column> = days.iter().map(|sheet| column(&t, sheet, props)).collect();
                let all = days.iter().flat_map(|sheet| &sheet.appointments);
                let gone: Vec<_> = all.filter(|visit| !counts(visit) && props.shown.has(visit)).collect();
                html! {
                    <>
                        <Columns label={t.text("calendar-week-columns")} {columns} with_resources={true}
                            on_visit={on_visit.clone()} on_drop={on_drop.clone()} />
                        <div class="day-list stack">{ for days.iter().map(|sheet| list(&t, sheet, props, &on_visit)) }</div>
                        { fallen_out(&t, &gone, &on_visit) }
                    </>
                }
            }) }
            if let Some((visit, wanted)) = opened {
                <VisitPanel {visit} {wanted} on_close={close} on_changed={changed} />
            }
        </>
    }
}

/// A day's visits that take place.
fn visits(sheet: &DaySheet, shown: Shown) -> Vec<ClinicAppointment> {
    let here = |visit: &&ClinicAppointment| counts(visit) && shown.has(visit);
    sheet.appointments.iter().filter(here).cloned().collect()
}

/// What stands above a day: its date, which leads to it, and that nothing is on it.
fn head(t: &Text, sheet: &DaySheet, props: &WeekProps) -> Html {
    let date = sheet.date;
    let choose = props.on_day.reform(move |_: MouseEvent| date);
    let works = |column: &DayColumn| !column.open.is_empty() && props.shown.is(&column.resource);
    let nobody = !sheet.columns.iter().any(works);
    html! {
        <>
            <h3><button type="button" class="link" onclick={choose}>{ t.date(date, DateStyle::Medium) }</button></h3>
            if visits(sheet, props.shown).is_empty() {
                <p class="muted small">
                    { t.text(if nobody { "calendar-no-schedules" } else { "calendar-empty" }) }
                </p>
            }
        </>
    }
}

fn column(t: &Text, sheet: &DaySheet, props: &WeekProps) -> Column {
    let of_shown = sheet
        .columns
        .iter()
        .filter(|column| props.shown.is(&column.resource));
    Column {
        visits: visits(sheet, props.shown),
        open: of_shown.flat_map(|column| column.open.clone()).collect(),
        ..Column::new(sheet, sheet.date.to_string(), head(t, sheet, props))
    }
}

fn list(t: &Text, sheet: &DaySheet, props: &WeekProps, on_visit: &Callback<AppointmentId>) -> Html {
    let visits = visits(sheet, props.shown);
    html! {
        <section class="stack" key={sheet.date.to_string()}>
            <div>{ head(t, sheet, props) }</div>
            if !visits.is_empty() {
                <ul class="stack">{ for visits.iter().map(|visit| in_list(t, visit, on_visit)) }</ul>
            }
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(monday(day("2027-03-01")), day("2027-03-01"));
        assert_eq!(monday(day("2027-03-07")), day("2027-03-01"));
    }
}
