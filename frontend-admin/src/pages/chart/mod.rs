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
        (Route::Chart { id }, "chart-overview"),
        (Route::ChartAppointments { id }, "nav-appointments"),
        (Route::ChartQuestionnaires { id }, "nav-questionnaires"),
        (Route::ChartRestrictions { id }, "chart-restrictions"),
        (Route::ChartDueItems { id }, "chart-due-items"),
        (Route::ChartMessages { id }, "chart-messages"),
        (Route::ChartAccessCodes { id }, "chart-access-codes"),
    ];
    let tabs: Vec<Tab<Route>> = all
        .into_iter()
        .map(|(to, id)| Tab {
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
            <Tabs<Route> label={t.text("chart-parts")} {tabs} current={props.route.clone()} />
            { part }
        </Heading>
    }
}
