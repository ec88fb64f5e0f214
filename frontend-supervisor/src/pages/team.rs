//! The people led, with their work status.

use crate::routes::Route;
use salus_types::page::Page as Answer;
use salus_types::work_status::{TeamFilter, TeamPeopleQuery, TeamPerson};
use salus_ui::hooks::use_state;
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Badge, Button, ButtonLink, Chip, Chips, Column, DataTable, Empty, Go, Page, Text, Tone,
    Waiting, WhoSees, WorkStatusBadge, args, today_at, use_look, use_module_name, use_pages,
    use_text,
};
use yew::prelude::*;

/// What the chips choose.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Everybody,
    OffWork,
    Restricted,
    Ending,
    PastDue,
}

impl Shown {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Everybody, "team-filter-all"),
        (Self::OffWork, "team-filter-off-work"),
        (Self::Restricted, "team-filter-restricted"),
        (Self::Ending, "team-filter-ending"),
        (Self::PastDue, "team-filter-past-due"),
    ];

    fn query(self, cursor: Option<String>) -> TeamPeopleQuery {
        let query = TeamPeopleQuery {
            cursor,
            ..TeamPeopleQuery::default()
        };
        match self {
            Self::Everybody => query,
            Self::OffWork => TeamPeopleQuery {
                status: Some(TeamFilter::OffWork),
                ..query
            },
            Self::Restricted => TeamPeopleQuery {
                status: Some(TeamFilter::Restricted),
                ..query
            },
            Self::Ending => TeamPeopleQuery {
                ending_within: Some(7),
                ..query
            },
            Self::PastDue => TeamPeopleQuery {
                past_due: Some(true),
                ..query
            },
        }
    }
}

/// The people led, with their work status.
#[component]
pub(crate) fn Team() -> Html {
    let t = use_text();
    let shown = use_state(|| Shown::Everybody);
    let people = use_pages(*shown, |client, shown: Shown, cursor| async move {
        let team = client.list_team_people(&shown.query(cursor)).await?;
        Ok::<_, salus_client::Error>(Answer {
            items: team.items,
            next_cursor: team.next_cursor,
        })
    });
    use_live_refetch(&people.refetch());
    let chips = Shown::ALL.into_iter().map(|(choice, id)| {
        let on_press = {
            let shown = shown.clone();
            Callback::from(move |()| shown.set(choice))
        };
        html! { <Chip text={t.text(id)} on={*shown == choice} {on_press} /> }
    });
    let none = if *shown == Shown::Everybody {
        html! { <Empty icon="users" title={t.text("team-empty")} text={t.text("team-empty-hint")} /> }
    } else {
        let on_press = {
            let shown = shown.clone();
            Callback::from(move |_: MouseEvent| shown.set(Shown::Everybody))
        };
        html! {
            <Empty icon="users" title={t.text("team-none-match")}>
                <Button {on_press}>{ t.text("team-show-all") }</Button>
            </Empty>
        }
    };
    let name = use_module_name("supervisor_scheduling", "team-appointments");
    let schedules = use_look().offers_module("supervisor_scheduling");
    let appointments = html! {
        if schedules {
            <ButtonLink<Route> to={Route::Appointments} icon="calendar-days">{ name }</ButtonLink<Route>>
        }
    };
    html! {
        <Page title={t.text("team-title")} action={appointments}>
            <WhoSees text={t.text("team-lead")} />
            <Chips label={t.text("team-filter")}>{ for chips }</Chips>
            { people.show(&t, Waiting::Rows(6), none, |people| {
                let rows: Vec<_> = people.iter().map(|person| row(&t, person)).collect();
                html! { <DataTable caption={t.text("team-title")} columns={columns(&t)} {rows} /> }
            }) }
        </Page>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    [
        "team-column-name",
        "team-column-status",
        "team-column-until",
        "team-column-restrictions",
        "team-column-due",
        "team-column-appointment",
        "team-column-job",
    ]
    .into_iter()
    .map(|id| Column::new(t.text(id)))
    .collect()
}

fn row(t: &Text, row: &TeamPerson) -> (AttrValue, Vec<Html>) {
    let id = row.person.id;
    let limited = row.since.from.is_some() && row.restrictions > 0 || row.since.until.is_some();
    let until = match t.until(&row.since) {
        Some(until) => html! { <span class="numbers">{ until }</span> },
        None if limited => html! { { t.text("team-until-open") } },
        None => Html::default(),
    };
    let cells = vec![
        html! { <Go<Route> to={Route::Member { id }}>{ &row.person.name }</Go<Route>> },
        html! { <WorkStatusBadge status={row.status} /> },
        until,
        html! { { t.msg("team-restrictions", args!(count = row.restrictions)) } },
        due(t, row),
        appointment(t, row),
        html! { { row.person.job.clone() } },
    ];
    (AttrValue::from(id.to_string()), cells)
}

fn due(t: &Text, row: &TeamPerson) -> Html {
    let Some(due) = &row.next_due else {
        return html! { { t.text("team-no-due") } };
    };
    let day = t
        .due(due.due_on, today_at(&row.since.time_zone))
        .to_string();
    let words = t.msg("team-due", args!(name = due.name.clone(), due = day));
    html! {
        <>
            <span>{ words }</span>
            if due.past_due {
                { " " }<Badge tone={Tone::Bad} text={t.text("team-past-due")} />
            }
        </>
    }
}

fn appointment(t: &Text, row: &TeamPerson) -> Html {
    match &row.next_appointment {
        Some(next) => html! { { t.moment(next.starts_at, &next.time_zone, &next.name) } },
        None => html! { { t.text("team-no-appointment") } },
    }
}
