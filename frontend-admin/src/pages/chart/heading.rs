//! The heading of a chart: it says whose it is on every tab.

use crate::routes::Route;
use salus_types::ids::PersonId;
use salus_types::people::Person;
use salus_ui::{Back, DateStyle, Page, Text, Waiting, args, use_query, use_text};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct HeadingProps {
    /// Whose chart.
    pub(crate) person: PersonId,
    /// The tabs and the part shown.
    pub(crate) children: Html,
}

/// The page around the parts of a chart. The parts find the person in the context.
#[component]
pub(crate) fn Heading(props: &HeadingProps) -> Html {
    let t = use_text();
    let person = use_query(props.person, |client, id| client.get_person(id));
    let back = html! { <Back<Route> to={Route::People}>{ t.text("nav-people") }</Back<Route>> };
    let Some(found) = &person.data else {
        return html! {
            <Page title={t.text("chart")} {back} full={true}>
                { person.show(Waiting::Text, |_| Html::default()) }
            </Page>
        };
    };
    let context = Rc::new(found.value.clone());
    html! {
        <Page title={found.value.name.clone()} lead={facts(&t, &found.value)} {back} full={true} key="known">
            <ContextProvider<Rc<Person>> {context}>{ props.children.clone() }</ContextProvider<Rc<Person>>>
        </Page>
    }
}

/// The line under the name: enough to be sure who it is.
fn facts(t: &Text, person: &Person) -> AttrValue {
    let born = person.birth_date.map(|date| {
        let date = t.date(date, DateStyle::Short).to_string();
        t.msg("person-born", args!(date = date)).to_string()
    });
    let work = person.employment.as_ref();
    let parts = [
        born,
        work.map(|work| work.job.clone()),
        work.map(|work| work.employer.clone()),
        work.and_then(|work| work.employee_number.clone()),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    AttrValue::from(parts.join(" · "))
}
