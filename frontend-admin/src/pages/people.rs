//! Finding a person.

use crate::routes::Route;
use salus_types::people::{PeopleQuery, Person};
use salus_ui::hooks::use_state;
use salus_ui::{
    Column, DataTable, DateStyle, Empty, Go, Page, Text, TextField, Waiting, use_pages, use_text,
};
use yew::prelude::*;
use yew_hooks::use_debounce_state;

/// Milliseconds after the last key before the search is made.
const PAUSE: u32 = 250;

#[derive(Properties, PartialEq)]
pub(crate) struct PeopleProps {
    /// Whether the person is looked for to be written to.
    #[prop_or_default]
    pub(crate) writing: bool,
}

/// The search for a person by the beginnings of names or by number.
#[component]
pub(crate) fn People(props: &PeopleProps) -> Html {
    let t = use_text();
    let writing = props.writing;
    let typed = use_state(String::new);
    let words = use_debounce_state(String::new, PAUSE);
    let people = use_pages((*words).clone(), |client, words: String, cursor| {
        let words = words.trim().to_owned();
        let query = PeopleQuery {
            q: (!words.is_empty()).then_some(words),
            limit: None,
            cursor,
        };
        client.list_people(&query)
    });
    let on_change = {
        let typed = typed.clone();
        Callback::from(move |value: String| {
            typed.set(value.clone());
            words.set(value);
        })
    };
    let none = html! { <Empty icon="search" title={t.text("people-none")} text={t.text("people-none-text")} /> };
    let title = if writing {
        "inbox-new-to"
    } else {
        "nav-people"
    };
    html! {
        <Page title={t.text(title)} full={true}>
            <div class="form">
                <TextField name="q" label={t.text("people-search")} hint={t.text("people-search-hint")}
                    kind="search" autocomplete="off" value={(*typed).clone()} {on_change} />
            </div>
            { people.show(&t, Waiting::Rows(6), none, |people| {
                let rows: Vec<_> = people.iter().map(|person| row(&t, person, writing)).collect();
                html! { <DataTable caption={t.text("nav-people")} columns={columns(&t)} {rows} /> }
            }) }
        </Page>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("person-name")),
        Column::new(t.text("person-birth-date")),
        Column::new(t.text("person-works-for")),
        Column::new(t.text("person-job")),
        Column::new(t.text("person-place")),
        Column::new(t.text("person-number")),
    ]
}

fn row(t: &Text, person: &Person, writing: bool) -> (AttrValue, Vec<Html>) {
    let id = person.id;
    let to = if writing {
        Route::NewMessage { id }
    } else {
        Route::Chart { id }
    };
    let work = person.employment.as_ref();
    let birth = person.birth_date.map(|date| t.date(date, DateStyle::Short));
    let cells = vec![
        html! { <Go<Route> {to}>{ &person.name }</Go<Route>> },
        html! { { for birth } },
        html! { { for work.map(|work| work.employer.clone()) } },
        html! { { for work.map(|work| work.job.clone()) } },
        html! { { for work.and_then(|work| work.location.clone()) } },
        html! { { for work.and_then(|work| work.employee_number.clone()) } },
    ];
    (AttrValue::from(id.to_string()), cells)
}
