//! The parts as they are drawn, without a browser.
#![cfg(test)]

use salus_ui::{
    Badge, Button, CheckGroup, Chip, Choice, Column, DataTable, Dialog, Empty, ErrorSummary, Facts,
    Failure, Fault, Markup, MemorableDate, Note, Problem, ProblemView, Radio, Select, Skeleton,
    Steps, Text, TextArea, TextField, TextProvider, Tone, Waiting, WhoSees,
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, Copy, PartialEq)]
enum Words {
    English,
    Pseudo,
}

#[derive(Clone, Properties)]
struct StageProps {
    draw: fn() -> Html,
    words: Words,
}

impl PartialEq for StageProps {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[component]
fn Stage(props: &StageProps) -> Html {
    let text = match props.words {
        Words::English => Text::new(salus_ui::ENGLISH),
        Words::Pseudo => Text::pseudo(),
    };
    html! { <TextProvider fixed={text}>{ (props.draw)() }</TextProvider> }
}

async fn drawn(words: Words, draw: fn() -> Html) -> String {
    yew::ServerRenderer::<Stage>::with_props(move || StageProps { draw, words })
        .hydratable(false)
        .render()
        .await
}

async fn check(draw: fn() -> Html, wanted: &[&str]) {
    let html = drawn(Words::English, draw).await;
    for part in wanted {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

#[tokio::test]
async fn marked_words_are_drawn_and_links_elsewhere_open_in_a_new_tab_and_say_so() {
    let draw = || {
        html! {
            <Markup text="**Closed** on *Friday*, see [more](https://e.example) <b>x</b> [y](javascript:z)" />
        }
    };
    let wanted = [
        "<strong>Closed</strong> on <em>Friday</em>",
        "href=\"https://e.example\"",
        "target=\"_blank\"",
        "rel=\"noopener noreferrer\"",
        "(opens in a new tab)",
        "&lt;b&gt;x&lt;/b&gt;",
        "[y](javascript:z)",
    ];
    check(draw, &wanted).await;
}

#[tokio::test]
async fn a_link_within_the_site_opens_where_it_is() {
    let draw = || html! { <Markup text="[visits](/employee/)" /> };
    let html = drawn(Words::English, draw).await;
    assert!(
        html.contains("href=\"/employee/\"") && html.contains(">visits"),
        "{html}"
    );
    assert!(!html.contains("_blank"), "{html}");
}

#[tokio::test]
async fn a_field_has_its_label_above_and_says_what_describes_it() {
    let draw = || {
        html! {
            <TextField name="email" label="Email" hint="At work" error="Enter it" value="" optional={true} />
        }
    };
    let html = drawn(Words::English, draw).await;
    for part in [
        r#"for="f-email""#,
        r#"id="f-email""#,
        r#"aria-describedby="f-email-hint f-email-error""#,
        r#"aria-invalid="true""#,
        "(optional)",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(html.find("Email").unwrap() < html.find("<input").unwrap());
    assert!(html.find("Enter it").unwrap() > html.find("<input").unwrap());
}

#[tokio::test]
async fn a_required_field_is_not_marked() {
    let html = drawn(Words::English, || {
        html! { <TextField name="email" label="Email" value="" /> }
    })
    .await;
    assert!(!html.contains("(optional)"));
}

#[tokio::test]
async fn radio_buttons_are_a_group_with_a_legend() {
    check(
        || {
            let choices = vec![
                Choice::new("yes", "Yes"),
                Choice::new("no", "No").hint("Or never"),
            ];
            html! { <Radio name="smokes" label="Do you smoke?" {choices} value="no" /> }
        },
        &[
            "<fieldset",
            "<legend",
            r#"role="radiogroup""#,
            "Or never",
            r#"value="no""#,
        ],
    )
    .await;
}

#[tokio::test]
async fn a_select_without_an_answer_asks_to_choose() {
    check(
        || {
            let choices = vec![Choice::new("a", "A")];
            html! { <Select name="type" label="Type" {choices} value="" /> }
        },
        &["Choose", r#"<option value="a">A</option>"#],
    )
    .await;
}

#[tokio::test]
async fn a_date_one_knows_by_heart_is_three_fields() {
    check(
        || html! { <MemorableDate name="birth" label="Date of birth" birth_date={true} /> },
        &[
            "bday-day",
            "bday-month",
            "bday-year",
            "For example, 3 27 1985",
        ],
    )
    .await;
}

#[tokio::test]
async fn how_many_characters_are_left_is_said_near_the_end_only() {
    check(
        || html! { <TextArea name="note" label="Note" value="12345678" max_length={10} /> },
        &["2 characters left"],
    )
    .await;
    let early = drawn(Words::English, || {
        html! { <TextArea name="note" label="Note" value="1" max_length={10} /> }
    })
    .await;
    assert!(!early.contains("characters left"));
}

#[tokio::test]
async fn the_error_summary_leads_to_each_field() {
    check(
        || {
            let fault = Fault {
                name: "email".into(),
                message: "Enter your email".into(),
            };
            html! { <ErrorSummary faults={vec![fault]} /> }
        },
        &[r#"role="alert""#, "#f-email", "Enter your email"],
    )
    .await;
}

#[tokio::test]
async fn a_problem_shows_its_words_and_the_id_to_quote() {
    check(
        || {
            let problem = Problem {
                title: "This time is taken".into(),
                detail: Some("Choose another one.".into()),
                instance: "0192f0a1".into(),
                kind: "/problems/slot-taken".into(),
                status: 409,
                errors: vec![],
                more: Default::default(),
            };
            html! { <ProblemView failure={Failure::Problem(Rc::new(problem))} /> }
        },
        &[
            "This time is taken",
            "Choose another one.",
            "0192f0a1",
            r#"role="alert""#,
        ],
    )
    .await;
}

#[tokio::test]
async fn a_lost_connection_is_told_in_words() {
    check(
        || html! { <ProblemView failure={Failure::Offline} /> },
        &[
            "We cannot reach the server",
            "What you typed is still here.",
        ],
    )
    .await;
}

#[tokio::test]
async fn a_state_is_never_colour_alone() {
    check(
        || html! { <Badge tone={Tone::Warning} text="Restricted" /> },
        &["#i-triangle-alert", "Restricted", "tone-warning"],
    )
    .await;
}

#[tokio::test]
async fn icons_are_hidden_from_screen_readers() {
    check(
        || html! { <Empty title="Nothing here" /> },
        &[r#"aria-hidden="true""#],
    )
    .await;
}

#[tokio::test]
async fn a_closed_dialog_draws_nothing_inside() {
    let html = drawn(Words::English, || {
        html! { <Dialog open={false} title="Sure?" on_close={Callback::noop()}>{ "Body" }</Dialog> }
    })
    .await;
    assert!(html.contains("<dialog"));
    assert!(!html.contains("Body"));
}

#[tokio::test]
async fn every_cell_of_a_table_carries_its_heading_for_the_phone() {
    check(
        || {
            let columns = vec![Column::new("Name"), Column::new("Due").numeric().sortable()];
            let rows = vec![("1".into(), vec![html! { "Ana" }, html! { "4 Nov" }])];
            html! { <DataTable caption="Team" {columns} {rows} /> }
        },
        &[
            r#"data-label="Due""#,
            r#"scope="row""#,
            "<caption",
            "sort-button",
            "numeric",
        ],
    )
    .await;
}

#[tokio::test]
async fn a_filter_says_whether_it_is_on() {
    check(
        || html! { <Chip text="Overdue" count={3} on={true} on_press={Callback::noop()} /> },
        &[r#"aria-pressed="true""#, "Overdue", "3"],
    )
    .await;
}

#[tokio::test]
async fn the_current_step_is_marked() {
    check(
        || html! { <Steps steps={vec!["Time".into(), "Check".into()]} current={1} /> },
        &[r#"aria-current="step""#, "(done)"],
    )
    .await;
}

#[tokio::test]
async fn no_part_says_a_word_that_is_not_a_message() {
    let draw = || {
        let fault = Fault {
            name: "a".into(),
            message: "1".into(),
        };
        html! {
            <>
                <TextField name="a" label="1" value="" optional={true} />
                <TextArea name="b" label="2" value="123" max_length={3} />
                <Select name="c" label="3" choices={vec![]} value="" />
                <CheckGroup name="d" label="4" choices={vec![Choice::new("5", "5")]} values={vec![]} />
                <MemorableDate name="e" label="6" />
                <ErrorSummary faults={vec![fault]} />
                <ProblemView failure={Failure::Unreadable} retry={Callback::noop()} />
                <Skeleton waiting={Waiting::Rows(2)} />
                <Note title="7" />
                <WhoSees text="8" />
                <Steps steps={vec!["9".into(), "0".into()]} current={1} />
                <Button busy={true}>{ "1" }</Button>
                <Dialog open={true} title="2" on_close={Callback::noop()}>{ "3" }</Dialog>
                <Facts facts={vec![("3".into(), html! { "4" })]} />
            </>
        }
    };
    let html = drawn(Words::Pseudo, draw).await;
    for text in texts(&html) {
        let plain = text.chars().any(char::is_alphabetic);
        let translated = text.starts_with('⟦') && text.ends_with('⟧');
        assert!(!plain || translated, "{text:?} is not a message");
    }
}

/// The texts between the tags.
fn texts(html: &str) -> Vec<&str> {
    html.split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, text)| text.trim())
        .filter(|text| !text.is_empty())
        .collect()
}
