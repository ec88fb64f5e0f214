//! A person's chart: the heading that always says whose it is, and a tab for each part.

pub(crate) mod access_codes;
pub(crate) mod appointments;
pub(crate) mod due_items;
mod heading;
pub(crate) mod messages;
pub(crate) mod overview;
pub(crate) mod questionnaires;
pub(crate) mod restrictions;

use super::NotFound;
use crate::routes::Route;
use heading::Heading;
use salus_types::ids::PersonId;
use salus_ui::{Tab, Tabs, use_text};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct ChartProps {
    /// Whose.
    pub(crate) person: PersonId,
    /// Which part.
    pub(crate) route: Route,
}

/// A person's chart.
#[component]
pub(crate) fn Chart(props: &ChartProps) -> Html {
    let t = use_text();
    let id = props.person;
    let all = [
        (overview::BUILT, Route::Chart { id }, "chart-overview"),
        (
            appointments::BUILT,
            Route::ChartAppointments { id },
            "nav-appointments",
        ),
        (
            questionnaires::BUILT,
            Route::ChartQuestionnaires { id },
            "nav-questionnaires",
        ),
        (
            restrictions::BUILT,
            Route::ChartRestrictions { id },
            "chart-restrictions",
        ),
        (
            due_items::BUILT,
            Route::ChartDueItems { id },
            "chart-due-items",
        ),
        (
            messages::BUILT,
            Route::ChartMessages { id },
            "chart-messages",
        ),
        (
            access_codes::BUILT,
            Route::ChartAccessCodes { id },
            "chart-access-codes",
        ),
    ];
    let tabs: Vec<Tab<Route>> = all
        .into_iter()
        .filter(|(built, _, _)| *built)
        .map(|(_, to, id)| Tab {
            to,
            text: t.text(id),
            count: None,
        })
        .collect();
    let part = match &props.route {
        Route::Chart { .. } => html! { <overview::Overview /> },
        Route::ChartAppointments { id } => html! { <appointments::Appointments person={*id} /> },
        Route::ChartQuestionnaires { id } => {
            html! { <questionnaires::Questionnaires person={*id} /> }
        }
        Route::ChartRestrictions { id } => html! { <restrictions::Restrictions person={*id} /> },
        Route::ChartDueItems { id } => html! { <due_items::DueItems person={*id} /> },
        Route::ChartMessages { id } => html! { <messages::Messages person={*id} /> },
        Route::ChartAccessCodes { id } => html! { <access_codes::AccessCodes person={*id} /> },
        _ => html! { <NotFound /> },
    };
    html! {
        <Heading person={id}>
            if !tabs.is_empty() {
                <Tabs<Route> label={t.text("chart-parts")} {tabs} current={props.route.clone()} />
            }
            { part }
        </Heading>
    }
}
