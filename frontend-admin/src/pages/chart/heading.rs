//! The heading of a chart: it says whose it is on every tab.

use crate::routes::Route;
use salus_types::ids::PersonId;
use salus_ui::{Back, Page, use_text};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct HeadingProps {
    /// Whose chart.
    pub(crate) person: PersonId,
    /// The tabs and the part shown.
    pub(crate) children: Html,
}

/// The page around the parts of a chart.
#[component]
pub(crate) fn Heading(props: &HeadingProps) -> Html {
    let t = use_text();
    let back = html! { <Back<Route> to={Route::People}>{ t.text("nav-people") }</Back<Route>> };
    html! {
        <Page title={t.text("chart")} {back} full={true}>
            { props.children.clone() }
        </Page>
    }
}
