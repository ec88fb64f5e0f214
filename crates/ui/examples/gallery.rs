//! Prints a page with every part, to be looked at beside the style sheet:
//! `cargo run -p salus-ui --example gallery > gallery.html`.

use salus_ui::{
    Badge, Button, Card, Check, CheckGroup, Chip, Chips, Choice, Column, DataTable, DateField,
    Empty, ErrorSummary, Facts, Failure, Fault, Icon, Look, MemorableDate, Note, Page, Problem,
    ProblemView, Radio, Row, Rows, Select, Skeleton, Sort, Steps, TextArea, TextField, Tone,
    Waiting, WhoSees,
};
use std::rc::Rc;
use yew::prelude::*;
use yew_router::Routable;

#[derive(Clone, PartialEq, Routable)]
enum Nowhere {
    #[at("/")]
    Here,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let body = yew::ServerRenderer::<Gallery>::new()
        .hydratable(false)
        .render()
        .await;
    println!("{body}");
}

#[component]
fn Gallery() -> Html {
    html! {
        <main class="content">
            <Page title="Parts of pages" lead="Each as it stands in a page."
                action={html! { <Button look={Look::Primary} icon="calendar-plus">{ "Book an appointment" }</Button> }}>
                <div class="panels panels-2">
                    <Doing />
                    <Saying />
                    <Asking />
                    <Listing />
                </div>
                <Table />
            </Page>
        </main>
    }
}

#[component]
fn Doing() -> Html {
    html! {
        <Card title="Doing">
            <div class="stack">
                <div class="button-row">
                    <Button look={Look::Primary}>{ "Book Tue 2:30 PM" }</Button>
                    <Button>{ "Change" }</Button>
                    <Button look={Look::Quiet} icon="pencil">{ "Edit" }</Button>
                    <Button look={Look::Danger}>{ "Cancel appointment" }</Button>
                    <Button look={Look::Primary} busy={true}>{ "Booking" }</Button>
                </div>
                <Chips label="Show">
                    <Chip text="All" count={25} on={true} on_press={Callback::noop()} />
                    <Chip text="Overdue" count={3} on={false} on_press={Callback::noop()} />
                </Chips>
                <Steps steps={vec!["What".into(), "When".into(), "Check".into()]} current={1} />
            </div>
        </Card>
    }
}

#[component]
fn Saying() -> Html {
    let problem = Problem {
        title: "This time was just taken".into(),
        detail: Some("Choose another one; nothing was booked.".into()),
        instance: "0192f0a1-77aa-7c03".into(),
        kind: "/problems/slot-taken".into(),
        status: 409,
        errors: vec![],
        more: Default::default(),
    };
    html! {
        <Card title="Saying">
            <div class="stack">
                <div class="button-row">
                    <Badge tone={Tone::Good} text="Full duty" />
                    <Badge tone={Tone::Warning} text="Restricted" />
                    <Badge tone={Tone::Bad} text="Off work" />
                    <Badge tone={Tone::Info} text="New" />
                    <Badge text="Cancelled" />
                </div>
                <Badge tone={Tone::Warning} large={true} text="Restricted until 12 December" />
                <Note title="Bring your glasses"><p>{ "The eye test needs them." }</p></Note>
                <Note tone={Tone::Warning}><p>{ "This is due in 2 days." }</p></Note>
                <ProblemView failure={Failure::Problem(Rc::new(problem))} retry={Callback::noop()} />
                <WhoSees text="The clinic sees this. Nobody at work does." />
                <Empty icon="calendar-days" title="No appointments" text="When you book one, it appears here.">
                    <Button>{ "Book one" }</Button>
                </Empty>
                <Skeleton waiting={Waiting::Rows(2)} />
            </div>
        </Card>
    }
}

#[component]
fn Asking() -> Html {
    let yes_no = vec![Choice::new("yes", "Yes"), Choice::new("no", "No")];
    let kinds = vec![
        Choice::new("a", "Annual hearing test").hint("20 minutes"),
        Choice::new("b", "Fitness for duty").hint("40 minutes"),
    ];
    let fault = Fault {
        name: "email".into(),
        message: "Enter an email address like name@example.org".into(),
    };
    html! {
        <Card title="Asking">
            <div class="form">
                <ErrorSummary faults={vec![fault]} />
                <TextField name="email" label="Email address" hint="We send your confirmation there"
                    error="Enter an email address like name@example.org" value="ana" />
                <TextField name="weight" label="Weight" unit="lb" short={true} value="154" optional={true} />
                <TextArea name="note" label="What should we know?" value="" optional={true} />
                <Select name="place" label="Where" choices={vec![Choice::new("fw", "Fort Wayne")]} value="" />
                <Radio name="smoke" label="Do you smoke?" choices={yes_no} value="no" inline={true} />
                <Radio name="kind" label="What do you need?" choices={kinds.clone()} value="a" />
                <CheckGroup name="kinds" label="Which of these?" choices={kinds} values={vec!["b".into()]} />
                <Check name="agree" label="Tell me if an earlier time becomes free" checked={true} />
                <DateField name="day" label="First day" value={None} />
                <MemorableDate name="birth" label="Date of birth" birth_date={true} />
            </div>
        </Card>
    }
}

#[component]
fn Listing() -> Html {
    let row =
        |icon: &'static str, title: &'static str, text: &'static str, unread: bool, aside: Html| {
            html! { <Row<Nowhere> {icon} {title} {text} {unread}>{ aside }</Row<Nowhere>> }
        };
    let facts = vec![
        (
            "When".into(),
            html! { "Tue 4 Nov, 2:30 PM EST (Fort Wayne clinic)" },
        ),
        ("Where".into(), html! { "1200 Harbor Street, second floor" }),
        (
            "Bring".into(),
            html! { "Your glasses and a list of your medicines" },
        ),
    ];
    html! {
        <div class="stack">
            <Card title="To do">
                <Rows>
                    { row("clipboard-list", "Answer the questions before your exam", "About 6 minutes", false,
                        html! { <Badge tone={Tone::Warning} text="Due tomorrow" /> }) }
                    { row("calendar-plus", "Book your hearing test", "Due 12 December", false, Html::default()) }
                    { row("message-square", "Nurse Lee answered you", "10:32 AM", true, html! { <Icon name="paperclip" /> }) }
                </Rows>
            </Card>
            <Card title="Facts"><Facts {facts} /></Card>
        </div>
    }
}

#[component]
fn Table() -> Html {
    let columns = vec![
        Column::new("Name").sortable(),
        Column::new("Status"),
        Column::new("Until"),
        Column::new("Due").numeric().sortable(),
        Column::new("Actions").quiet(),
    ];
    let row = |key: &'static str,
               name: &'static str,
               tone: Tone,
               status: &'static str,
               until: &'static str,
               due: &'static str| {
        let cells = vec![
            html! { name },
            html! { <Badge {tone} text={status} /> },
            html! { until },
            html! { due },
            html! { <Button look={Look::Quiet} label={format!("Open {name}")}>{ "Open" }</Button> },
        ];
        (AttrValue::from(key), cells)
    };
    let rows = vec![
        row(
            "1",
            "Ana Sample",
            Tone::Warning,
            "Restricted",
            "12 Dec 2026",
            "2",
        ),
        row("2", "Ben Ortiz", Tone::Good, "Full duty", "", "0"),
        row(
            "3",
            "Chidi Okafor",
            Tone::Bad,
            "Off work",
            "30 Nov 2026",
            "1",
        ),
    ];
    let sort = Sort {
        column: 0,
        descending: false,
    };
    html! { <DataTable caption="My team" {columns} {rows} {sort} /> }
}
