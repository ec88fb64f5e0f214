//! A person's chart at a glance.

use salus_types::people::Person;
use salus_ui::{Card, DateStyle, Facts, use_text};
use std::rc::Rc;
use yew::prelude::*;

/// A person's chart at a glance: who they are and where they work.
#[component]
pub(crate) fn Overview() -> Html {
    let t = use_text();
    let Some(person) = use_context::<Rc<Person>>() else {
        return Html::default();
    };
    let fact = |id: &str, value: Option<AttrValue>| {
        let value = value.filter(|value| !value.is_empty())?;
        Some((t.text(id), html! { { value } }))
    };
    let own = |text: &String| AttrValue::from(text.clone());
    let language = person
        .language
        .as_ref()
        .and_then(|tag| t.find(&format!("language-{tag}")));
    let identity = [
        fact("person-first-name", Some(own(&person.first_name))),
        fact("person-last-name", Some(own(&person.last_name))),
        fact(
            "person-preferred-name",
            person.preferred_name.as_ref().map(own),
        ),
        fact(
            "person-birth-date",
            person
                .birth_date
                .map(|date| t.date(date, DateStyle::Medium)),
        ),
        fact("person-language", language),
    ];
    let work = person.employment.as_ref().map(|work| {
        let facts = [
            fact("person-works-for", Some(own(&work.employer))),
            fact("person-job", Some(own(&work.job))),
            fact("person-department", work.department.as_ref().map(own)),
            fact("person-place", work.location.as_ref().map(own)),
            fact("person-number", work.employee_number.as_ref().map(own)),
        ];
        facts.into_iter().flatten().collect::<Vec<_>>()
    });
    html! {
        <div class="panels panels-2">
            <Card title={t.text("person-identity")}>
                <Facts facts={identity.into_iter().flatten().collect::<Vec<_>>()} />
            </Card>
            if let Some(facts) = work {
                <Card title={t.text("person-work")}><Facts {facts} /></Card>
            }
        </div>
    }
}
