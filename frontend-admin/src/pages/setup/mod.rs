//! What the clinic sets up: when resources work, and when they do not.

mod address;
mod blackouts;
mod history;
mod holidays;
mod kinds;
mod known;
mod overrides;
mod panels;
mod places;
mod providers;
mod reasons;
mod resources;
mod schedules;

use crate::routes::Route;
use known::use_known;
use salus_ui::{Page, Tab, Tabs, Text, Waiting, use_session, use_text};
use std::rc::Rc;
use yew::prelude::*;

/// What [`Setup`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct SetupProps {
    /// Which part.
    pub(crate) route: Route,
}

/// The parts of the set-up as tabs.
#[component]
pub(crate) fn Setup(props: &SetupProps) -> Html {
    let t = use_text();
    let known = use_known();
    let session = use_session();
    // The front desk sets up; clinicians read, and say when they are away themselves.
    let may = session
        .signed()
        .is_some_and(|signed| signed.roles.iter().any(|role| role.as_str() == "scheduler"));
    let refetch = known.refetch.clone();
    let part = |known: &Rc<known::Known>| match props.route {
        Route::TypeOverrides => {
            html! { <overrides::Overrides known={known.clone()} {may} /> }
        }
        Route::Kinds => {
            let on_changed = refetch.clone();
            html! { <kinds::Kinds known={known.clone()} {may} {on_changed} /> }
        }
        Route::Resources => {
            let on_changed = refetch.clone();
            html! { <resources::Resources known={known.clone()} {may} {on_changed} /> }
        }
        Route::Places => {
            let on_changed = refetch.clone();
            html! { <places::Places known={known.clone()} {may} {on_changed} /> }
        }
        Route::CancelReasons => html! { <reasons::Reasons known={known.clone()} {may} /> },
        Route::Providers => {
            let on_changed = refetch.clone();
            html! { <providers::Providers known={known.clone()} {may} {on_changed} /> }
        }
        Route::Holidays => html! { <holidays::Holidays known={known.clone()} {may} /> },
        Route::Blackouts => html! { <blackouts::Blackouts known={known.clone()} {may} /> },
        _ => html! { <schedules::Schedules known={known.clone()} {may} /> },
    };
    html! {
        <Page title={t.text("setup")} lead={t.text("setup-lead")} full={true}>
            <Tabs<Route> label={t.text("setup")} tabs={tabs(&t)} current={props.route.clone()} />
            { known.show(Waiting::Rows(4), part) }
        </Page>
    }
}

fn tabs(t: &Text) -> Vec<Tab<Route>> {
    let tab = |to, id| Tab {
        to,
        text: t.text(id),
        count: None,
    };
    vec![
        tab(Route::Schedules, "setup-schedules"),
        tab(Route::Blackouts, "setup-blackouts"),
        tab(Route::Holidays, "setup-holidays"),
        tab(Route::Kinds, "setup-kinds"),
        tab(Route::TypeOverrides, "setup-overrides"),
        tab(Route::Resources, "setup-resources"),
        tab(Route::Places, "setup-places"),
        tab(Route::CancelReasons, "setup-reasons"),
        tab(Route::Providers, "setup-providers"),
    ]
}
