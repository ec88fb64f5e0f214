//! Submitted questionnaires to review.

use crate::routes::Route;
use salus_types::questionnaires::engine::Severity;
use salus_types::questionnaires::{ReviewQuery, ReviewState, SubmittedResponseSummary};
use salus_ui::hooks::use_state;
use salus_ui::{
    Badge, Chip, Chips, Column, DataTable, DateStyle, Empty, Go, Page, Text, Tone, Waiting,
    use_query, use_text,
};
use yew::prelude::*;

/// Submitted questionnaires to review.
#[component]
pub(crate) fn Reviews() -> Html {
    let t = use_text();
    let wanted = use_state(ReviewState::default);
    let list = use_query(*wanted, |client, state| {
        let query = ReviewQuery {
            state: Some(state),
            limit: Some(200),
            cursor: None,
        };
        client.list_responses(&query)
    });
    let chip = |state: ReviewState, text: &str| {
        let on_press = {
            let wanted = wanted.clone();
            Callback::from(move |_| wanted.set(state))
        };
        html! { <Chip text={t.text(text)} on={*wanted == state} {on_press} /> }
    };
    let (empty, empty_text) = match *wanted {
        ReviewState::Submitted => ("reviews-none", "reviews-none-text"),
        ReviewState::Reviewed => ("reviews-none-finished", "reviews-none-finished-text"),
    };
    html! {
        <Page title={t.text("reviews-title")} full=true>
            <div class="stack">
                <Chips label={t.text("reviews-title")}>
                    { chip(ReviewState::Submitted, "reviews-waiting") }
                    { chip(ReviewState::Reviewed, "reviews-finished") }
                </Chips>
                { list.show(Waiting::Rows(6), |found| if found.items.is_empty() {
                    html! { <Empty icon="clipboard-check" title={t.text(empty)} text={t.text(empty_text)} /> }
                } else {
                    let columns = vec![
                        Column::new(t.text("reviews-person")),
                        Column::new(t.text("reviews-questionnaire")),
                        Column::new(t.text("reviews-flag")),
                        Column::new(t.text("reviews-submitted")),
                    ];
                    let rows: Vec<_> = found.items.iter().map(|one| row(&t, one)).collect();
                    html! { <DataTable caption={t.text("reviews-title")} {columns} {rows} /> }
                }) }
            </div>
        </Page>
    }
}

fn row(t: &Text, one: &SubmittedResponseSummary) -> (AttrValue, Vec<Html>) {
    let person = &one.person;
    let born = person
        .birth_date
        .map(|date| t.date(date, DateStyle::Medium));
    let cells = vec![
        html! {
            <>
                <Go<Route> to={Route::Review { id: one.id }}>{ person.name.clone() }</Go<Route>>
                <span class="block muted small">
                    { person.employer.clone() }
                    if let Some(born) = born { { " · " }{ born } }
                </span>
            </>
        },
        html! { one.title.in_language(language(t)) },
        html! { if let Some(severity) = one.severity { { flag(t, severity) } } },
        html! { <span class="numbers">{ t.stamp(one.submitted_at) }</span> },
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

/// The reader's language.
pub(crate) fn language(t: &Text) -> &'static str {
    t.locale().split('-').next().unwrap_or("en")
}

/// How urgent a flag is, in colour, icon and word.
pub(crate) fn flag(t: &Text, severity: Severity) -> Html {
    let (tone, text) = match severity {
        Severity::Urgent => (Tone::Bad, "reviews-flag-urgent"),
        Severity::Attention => (Tone::Warning, "reviews-flag-attention"),
        Severity::Info => (Tone::Info, "reviews-flag-info"),
    };
    html! { <Badge {tone} text={t.text(text)} /> }
}
