//! A week of the calendar: a column for each day, a list on a phone.

use super::visit::VisitPanel;
use super::{Shown, block, counts};
use chrono::{Datelike, Days, NaiveDate};
use salus_types::ids::{AppointmentId, LocationId};
use salus_types::scheduling::{ClinicAppointment, DaySheet, DaySheetQuery};
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
    let open = use_state(|| None::<AppointmentId>);
    let week = use_background_query((props.place, monday(props.date)), sheets);
    use_live_refetch(&week.refetch);
    let on_visit = {
        let open = open.clone();
        Callback::from(move |id| open.set(Some(id)))
    };
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
    let visit = open.and_then(|id| {
        let days = week.data.as_deref()?;
        let mut visits = days.iter().flat_map(|day| &day.appointments);
        visits.find(|visit| visit.id == id).cloned()
    });
    html! {
        <>
            { week.show(Waiting::Rows(6), |days| html! {
                <section class="week-columns" aria-label={t.text("calendar-week-columns")} tabindex="0">
                    { for days.iter().map(|sheet| day(&t, sheet, props, &on_visit)) }
                </section>
            }) }
            if let Some(visit) = visit {
                <VisitPanel {visit} on_close={close} on_changed={changed} />
            }
        </>
    }
}

fn day(t: &Text, sheet: &DaySheet, props: &WeekProps, on_visit: &Callback<AppointmentId>) -> Html {
    let date = sheet.date;
    let choose = props.on_day.reform(move |_: MouseEvent| date);
    let here = |visit: &&ClinicAppointment| counts(visit) && props.shown.has(visit);
    let visits: Vec<_> = sheet.appointments.iter().filter(here).collect();
    let works = |column: &salus_types::scheduling::DayColumn| {
        !column.open.is_empty() && props.shown.is(&column.resource)
    };
    let nobody = !sheet.columns.iter().any(works);
    html! {
        <div class="day-column" key={date.to_string()}>
            <h3 class="day-column-head">
                <button type="button" class="link" onclick={choose}>{ t.date(date, DateStyle::Medium) }</button>
            </h3>
            if visits.is_empty() {
                <p class="muted small">
                    { t.text(if nobody { "calendar-no-schedules" } else { "calendar-empty" }) }
                </p>
            }
            { for visits.into_iter().map(|visit| block(t, visit, true, on_visit)) }
        </div>
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
