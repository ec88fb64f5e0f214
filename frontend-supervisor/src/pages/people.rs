//! For whom: a list of the people led, or a box to type a name in when there are many.

use crate::routes::Route;
use salus_types::work_status::{TeamPeopleQuery, TeamPersonSummary};
use salus_ui::hooks::use_state;
use salus_ui::{Card, Empty, Row, Rows, TextField, Waiting, use_query, use_text};
use yew::prelude::*;

/// How many people a list shows without a name being typed.
const LISTED: usize = 10;

/// How many people one answer has.
const PAGE: u16 = 200;

/// The people led, to choose one of.
#[component]
pub(crate) fn People() -> Html {
    let t = use_text();
    let words = use_state(String::new);
    let people = use_query((), |client, ()| async move {
        let (mut all, mut cursor) = (Vec::new(), None);
        loop {
            let query = TeamPeopleQuery {
                limit: Some(PAGE),
                cursor,
                ..TeamPeopleQuery::default()
            };
            let page = client.list_team_people(&query).await?;
            all.extend(page.items.into_iter().map(|one| one.person));
            cursor = page.next_cursor;
            if cursor.is_none() {
                return Ok::<_, salus_client::Error>(all);
            }
        }
    });
    let search = {
        let words = words.clone();
        Callback::from(move |text| words.set(text))
    };
    let row = |person: &TeamPersonSummary| {
        let id = person.id;
        html! {
            <Row<Route> key={id.to_string()} to={Route::Scheduling { id }} icon="calendar-plus"
                title={person.name.clone()} text={AttrValue::from(person.job.clone())} />
        }
    };
    html! {
        <Card title={t.text("team-schedule-pick")}>
            { people.show(Waiting::Rows(4), |people| {
                if people.is_empty() {
                    return html! {
                        <Empty icon="users" title={t.text("team-schedule-nobody")} text={t.text("team-empty-hint")} />
                    };
                }
                let typed = words.trim().to_lowercase();
                let found = found(people, &typed);
                html! {
                    <div class="stack">
                        if people.len() > LISTED {
                            <TextField name="name" kind="search" label={t.text("team-schedule-search")}
                                hint={t.text("team-schedule-search-hint")} value={(*words).clone()} on_change={search} />
                        }
                        if !found.is_empty() {
                            <Rows>{ for found.into_iter().map(row) }</Rows>
                        } else if !typed.is_empty() {
                            <p role="status">{ t.text("team-schedule-nobody-matches") }</p>
                        }
                    </div>
                }
            }) }
        </Card>
    }
}

/// Whom a list shows: everybody where they are few, else whose name has what was typed.
fn found<'a>(people: &'a [TeamPersonSummary], typed: &str) -> Vec<&'a TeamPersonSummary> {
    if people.len() <= LISTED {
        return people.iter().collect();
    }
    if typed.is_empty() {
        return Vec::new();
    }
    let matching = people
        .iter()
        .filter(|person| person.name.to_lowercase().contains(typed));
    matching.take(LISTED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_types::ids::PersonId;
    use uuid::Uuid;

    fn people(count: usize) -> Vec<TeamPersonSummary> {
        let person = |n: usize| TeamPersonSummary {
            id: PersonId(Uuid::nil()),
            name: format!("Person Number{n}"),
            job: String::new(),
            department: None,
        };
        (0..count).map(person).collect()
    }

    #[test]
    fn ten_people_are_listed_and_of_eleven_a_name_is_typed() {
        assert_eq!(found(&people(10), "").len(), 10);
        assert_eq!(found(&people(11), "").len(), 0);
        assert_eq!(found(&people(11), "number10").len(), 1);
    }

    #[test]
    fn at_most_as_many_are_shown_as_a_list_has() {
        assert_eq!(found(&people(30), "person").len(), 10);
    }
}
