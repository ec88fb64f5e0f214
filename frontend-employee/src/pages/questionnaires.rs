//! The questionnaires to answer and those answered.

use crate::routes::Route;
use salus_types::questionnaires::{AssignmentState, QuestionnaireAssignment};
use salus_ui::{
    Badge, Card, DateStyle, Empty, Page, Row, Rows, Text, Tone, Waiting, args, use_query, use_text,
};
use yew::prelude::*;

use super::questionnaire::language_of;

/// The questionnaires to answer and those answered.
#[component]
pub(crate) fn Questionnaires() -> Html {
    let t = use_text();
    let list = use_query((), |client, ()| client.list_my_questionnaire_assignments());
    html! {
        <Page title={t.text("questionnaires-title")}>
            { list.show(Waiting::Rows(3), |found| {
                let (done, open): (Vec<_>, Vec<_>) = found
                    .items
                    .iter()
                    .partition(|one| one.state == AssignmentState::Submitted);
                html! {
                    <div class="stack">
                        if open.is_empty() {
                            <Empty icon="clipboard-check" title={t.text("questionnaires-none")}
                                text={t.text("questionnaires-none-text")} />
                        } else {
                            <Card title={t.text("questionnaires-todo")}>
                                <Rows>{ for open.iter().map(|one| row(&t, one)) }</Rows>
                            </Card>
                        }
                        if !done.is_empty() {
                            <Card title={t.text("questionnaires-done")}>
                                <Rows>{ for done.iter().map(|one| row(&t, one)) }</Rows>
                            </Card>
                        }
                    </div>
                }
            }) }
        </Page>
    }
}

fn row(t: &Text, one: &QuestionnaireAssignment) -> Html {
    let language = language_of(t, &one.languages).unwrap_or_default();
    let title = AttrValue::from(one.title.in_language(&language).to_owned());
    let mut parts: Vec<AttrValue> = Vec::new();
    if let Some(due) = one.due_on {
        let date = t.date(due, DateStyle::Medium);
        parts.push(t.msg("questionnaires-due", args!(date = date.as_str())));
    }
    if let (AssignmentState::Open, Some(minutes)) = (one.state, one.minutes) {
        parts.push(t.msg("questionnaires-minutes", args!(count = minutes)));
    }
    if one.state == AssignmentState::InProgress {
        parts.push(t.msg("questionnaires-begun", args!(count = one.answered)));
    }
    let text = (!parts.is_empty()).then(|| {
        let parts: Vec<&str> = parts.iter().map(AttrValue::as_str).collect();
        AttrValue::from(parts.join(" · "))
    });
    html! {
        <Row<Route> key={one.id.to_string()} to={Route::Questionnaire { id: one.id }} icon="clipboard-list" {title} {text}>
            if one.overdue {
                <Badge tone={Tone::Warning} text={t.text("questionnaires-overdue")} />
            } else if one.state == AssignmentState::Submitted {
                <Badge tone={Tone::Good} text={t.text("questionnaires-done-title")} />
            }
        </Row<Route>>
    }
}
