//! What is to be done, the most urgent first: one verb each, and the minutes it takes.

use crate::routes::Route;
use chrono::{Days, NaiveDate};
use salus_types::questionnaires::{AssignmentState, QuestionnaireAssignment};
use salus_types::scheduling::AppointmentRequest;
use salus_types::surveillance::{DueItemAct, DueState, MyDueItem, MyDueItems, MyDueItemsQuery};
use salus_ui::booking::own_or;
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Badge, Card, DateStyle, Empty, Row, Rows, Text, Tone, Waiting, args, own_zone, today_at,
    use_query, use_text,
};
use std::collections::BTreeMap;
use yew::prelude::*;

/// Days before the last day when it starts to look urgent.
const SOON: u64 = 7;

/// One thing to do.
struct Task {
    due_on: Option<NaiveDate>,
    overdue: bool,
    icon: &'static str,
    title: AttrValue,
    minutes: Option<i64>,
    to: Option<Route>,
    query: Option<BTreeMap<String, String>>,
    warning: Option<AttrValue>,
}

/// What is due and what is to be answered, in one list.
#[component]
pub(super) fn ToDo() -> Html {
    let t = use_text();
    let due = use_query((), |client, ()| {
        client.list_my_due_items(&MyDueItemsQuery::default())
    });
    let asked = use_query((), |client, ()| client.list_my_questionnaire_assignments());
    use_live_refetch(&due.refetch);
    use_live_refetch(&asked.refetch);
    let requests = use_query((), |client, ()| client.list_my_appointment_requests());
    use_live_refetch(&requests.refetch);
    let proposed: Vec<Task> = requests
        .data
        .iter()
        .flat_map(|found| &found.items)
        .filter_map(|one| to_choose(&t, one))
        .collect();
    let list = due.show(Waiting::Rows(3), |due| {
        asked.show(Waiting::Rows(3), |asked| {
            let answered = asked.items.iter().filter_map(|one| to_answer(&t, one));
            let mut tasks: Vec<Task> = all_to_book(&t, due).chain(answered).collect();
            tasks.sort_by_key(|task| (task.due_on.is_none(), task.due_on));
            if tasks.is_empty() && proposed.is_empty() {
                let next = due.upcoming.as_ref().map(|next| {
                    let when = t.date(next.visible_on, DateStyle::Medium).to_string();
                    t.msg("home-upcoming", args!(what = next.name.clone(), date = when))
                });
                let text = next.unwrap_or_else(|| t.text("home-to-do-empty-text"));
                return html! { <Empty icon="circle-check" title={t.text("home-to-do-empty")} {text} /> };
            }
            // What the clinic keeps for somebody is gone first.
            html! { <Rows>{ for proposed.iter().chain(&tasks).map(|task| row(&t, task)) }</Rows> }
        })
    });
    html! { <Card title={t.text("home-to-do")}>{ list }</Card> }
}

/// What is due and has no appointment yet; nothing where nothing is.
#[component]
pub(crate) fn ToSchedule() -> Html {
    let t = use_text();
    let due = use_query((), |client, ()| {
        client.list_my_due_items(&MyDueItemsQuery::default())
    });
    use_live_refetch(&due.refetch);
    let found = due.data.as_deref();
    let tasks: Vec<Task> = found.map_or_else(Vec::new, |found| all_to_book(&t, found).collect());
    if tasks.is_empty() && due.failure.is_none() {
        return Html::default();
    }
    let list = due.show(Waiting::Rows(1), |_| {
        html! { <Rows>{ for tasks.iter().map(|task| row(&t, task)) }</Rows> }
    });
    html! { <Card title={t.text("appointments-to-schedule")}>{ list }</Card> }
}

/// Everything due that has no appointment yet.
fn all_to_book<'a>(t: &'a Text, due: &'a MyDueItems) -> impl Iterator<Item = Task> + 'a {
    let late = due.past_due_warning.as_deref();
    let items = due.items.iter();
    items.filter_map(move |item| to_book(t, item, late))
}

fn to_choose(t: &Text, one: &AppointmentRequest) -> Option<Task> {
    let what = one.public_name.clone();
    (!one.offers.is_empty()).then(|| Task {
        due_on: None,
        overdue: false,
        icon: "hourglass",
        title: t.msg("home-choose", args!(what = what)),
        minutes: None,
        to: Some(Route::AppointmentRequest { id: one.id }),
        warning: None,
        query: None,
    })
}

/// Something due; past due it may be the clinic's to schedule, which is said in the site's words.
fn to_book(t: &Text, item: &MyDueItem, late: Option<&str>) -> Option<Task> {
    let kind = item
        .appointment_type_id
        .map(|kind| ("type".to_owned(), kind.to_string()));
    let this = Some(("item".to_owned(), item.id.to_string()));
    let too_late = item.past_due && !item.allowed.contains(&DueItemAct::Book);
    (item.state == DueState::Open).then(|| Task {
        due_on: Some(item.due_on),
        overdue: item.past_due,
        icon: "calendar-plus",
        title: if too_late {
            AttrValue::from(item.name.clone())
        } else {
            t.msg("home-book", args!(what = item.name.clone()))
        },
        minutes: item.minutes.map(i64::from),
        to: (!too_late).then_some(Route::Book),
        query: Some(kind.into_iter().chain(this).collect()),
        warning: too_late.then(|| own_or(t, late, "home-past-due-warning")),
    })
}

fn to_answer(t: &Text, one: &QuestionnaireAssignment) -> Option<Task> {
    let what = one.title.in_language(t.lang().language()).to_owned();
    let title = match one.state {
        AssignmentState::Open => t.msg("home-answer", args!(what = what)),
        AssignmentState::InProgress => t.msg("home-answer-on", args!(what = what)),
        _ => return None,
    };
    Some(Task {
        due_on: one.due_on,
        overdue: one.overdue,
        icon: "clipboard-list",
        title,
        minutes: one.minutes.map(i64::from),
        to: Some(Route::Questionnaire { id: one.id }),
        query: None,
        warning: None,
    })
}

fn row(t: &Text, task: &Task) -> Html {
    let today = today_at(&own_zone().unwrap_or_else(|| "UTC".to_owned()));
    let when = task.due_on.map(|due| {
        let when = t.due(due, today).to_string();
        t.msg("home-due", args!(date = when))
    });
    let soon = |due: NaiveDate| {
        today
            .checked_add_days(Days::new(SOON))
            .is_some_and(|soon| due <= soon)
    };
    let badge = match (&when, task.overdue) {
        (_, true) => Some((Tone::Bad, t.text("home-overdue"))),
        (Some(when), false) if task.due_on.is_some_and(soon) => Some((Tone::Warning, when.clone())),
        _ => None,
    };
    let minutes = task
        .minutes
        .map(|count| t.msg("home-minutes", args!(count = count)));
    let calm = when.filter(|_| badge.is_none() || task.overdue);
    let warning = task.warning.clone();
    let parts: Vec<AttrValue> = calm.into_iter().chain(minutes).chain(warning).collect();
    let text = (!parts.is_empty()).then(|| AttrValue::from(parts.join(" · ")));
    html! {
        <Row<Route> to={task.to.clone()} query={task.query.clone()} icon={task.icon} title={task.title.clone()} {text}>
            { for badge.map(|(tone, text)| html! { <Badge {tone} {text} /> }) }
        </Row<Route>>
    }
}
