//! Changing a due item, and closing it: it was done, or it need not be.

use chrono::NaiveDate;
use salus_types::surveillance::{
    ChangeDueItem, ClinicDueItem, CompleteDueItem, DueItemAct, WaiveDueItem, WaiverReason,
};
use salus_ui::hooks::{State, use_state};
use salus_ui::{Button, Choice, DateField, Dialog, Look, Select, TextArea, use_action, use_text};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct RowActsProps {
    /// The item.
    pub(super) item: ClinicDueItem,
    /// After it was closed.
    pub(super) on_done: Callback<()>,
}

#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Nothing,
    Change,
    Complete,
    Waive,
}

#[derive(Clone)]
enum Command {
    Change(ChangeDueItem),
    Complete(NaiveDate),
    Waive(WaiverReason, String),
}

/// What can be done with one item.
#[component]
pub(super) fn RowActs(props: &RowActsProps) -> Html {
    let t = use_text();
    let asked = use_state(|| Asked::Nothing);
    let day = use_state(|| None::<NaiveDate>);
    let missing = use_state(|| false);
    let due_on = use_state(|| Some(props.item.due_on));
    let visible_on = use_state(|| Some(props.item.visible_on));
    let comment = use_state(|| props.item.comment.clone().unwrap_or_default());
    let reason = use_state(|| WaiverReason::DoneElsewhere);
    let note = use_state(String::new);
    let item = &props.item;
    let (id, version) = (item.id, item.version);
    let act = use_action(
        move |client, command: Command| async move {
            match command {
                Command::Change(change) => client.change_due_item(id, version, &change).await,
                Command::Complete(completed_on) => {
                    let done = CompleteDueItem { completed_on };
                    client.complete_due_item(id, version, &done).await
                }
                Command::Waive(reason, note) => {
                    let waiver = WaiveDueItem { reason, note };
                    client.waive_due_item(id, version, &waiver).await
                }
            }
        },
        {
            let (asked, done) = (asked.clone(), props.on_done.clone());
            move |_| {
                asked.set(Asked::Nothing);
                done.emit(());
            }
        },
    );
    let ask = |what: Asked| {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(what))
    };
    let on_close = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(Asked::Nothing))
    };
    let no_day = || (*missing && day.is_none()).then(|| t.text("due-items-due-missing"));
    let (title, body, actions) = match *asked {
        Asked::Nothing => (AttrValue::default(), Html::default(), Html::default()),
        Asked::Change => {
            let set_date = |state: &State<Option<NaiveDate>>| {
                let state = state.clone();
                Callback::from(move |date: Option<NaiveDate>| state.set(date))
            };
            let write = {
                let comment = comment.clone();
                Callback::from(move |text: String| comment.set(text))
            };
            let on_press = {
                let typed = (*comment).trim().to_owned();
                let change = ChangeDueItem {
                    due_on: *due_on,
                    visible_on: *visible_on,
                    comment: Some(Some(typed).filter(|text| !text.is_empty())),
                };
                act.run
                    .reform(move |_: MouseEvent| Command::Change(change.clone()))
            };
            (
                t.text("due-items-change-title"),
                html! {
                    <>
                        <DateField name="due_on" label={t.text("due-items-due-on")} value={*due_on}
                            error={act.wrong("/due_on")} on_change={set_date(&due_on)} />
                        <DateField name="visible_on" label={t.text("due-items-visible-on")} value={*visible_on}
                            error={act.wrong("/visible_on")} on_change={set_date(&visible_on)} />
                        <TextArea name="comment" label={t.text("due-items-comment")} optional={true} rows={3}
                            max_length={500} error={act.wrong("/comment")} value={(*comment).clone()} on_change={write} />
                    </>
                },
                html! { <Button look={Look::Primary} busy={act.pending} {on_press}>{ t.text("due-items-change-save") }</Button> },
            )
        }
        Asked::Complete => {
            let on_change = {
                let day = day.clone();
                Callback::from(move |date: Option<NaiveDate>| day.set(date))
            };
            let on_press = {
                let (day, run, missing) = (day.clone(), act.run.clone(), missing.clone());
                Callback::from(move |_: MouseEvent| match *day {
                    Some(day) => run.emit(Command::Complete(day)),
                    None => missing.set(true),
                })
            };
            (
                t.text("due-items-complete-title"),
                html! {
                    <DateField name="completed_on" label={t.text("due-items-completed-on")} value={*day}
                        error={act.wrong("/completed_on").or_else(no_day)} {on_change} />
                },
                html! { <Button look={Look::Primary} busy={act.pending} {on_press}>{ t.text("due-items-complete-save") }</Button> },
            )
        }
        Asked::Waive => {
            let choices: Vec<_> = WaiverReason::ALL
                .iter()
                .map(|one| {
                    let id = format!("due-items-reason-{}", one.code().replace('_', "-"));
                    Choice::new(one.code(), t.text(&id))
                })
                .collect();
            let choose = {
                let reason = reason.clone();
                Callback::from(move |code: String| {
                    if let Some(chosen) = WaiverReason::from_code(&code) {
                        reason.set(chosen);
                    }
                })
            };
            let write = {
                let note = note.clone();
                Callback::from(move |text: String| note.set(text))
            };
            let on_press = {
                let (reason, note, run) = (reason.clone(), note.clone(), act.run.clone());
                Callback::from(move |_: MouseEvent| {
                    run.emit(Command::Waive(*reason, (*note).clone()))
                })
            };
            (
                t.text("due-items-waive-title"),
                html! {
                    <>
                        <Select name="reason" label={t.text("due-items-waive-reason")} {choices}
                            value={reason.code()} on_change={choose} />
                        <TextArea name="note" label={t.text("due-items-waive-note")} rows={3} max_length={500}
                            error={act.wrong("/note")} value={(*note).clone()} on_change={write} />
                    </>
                },
                html! { <Button look={Look::Danger} busy={act.pending} {on_press}>{ t.text("due-items-waive-save") }</Button> },
            )
        }
    };
    let may = |wanted: DueItemAct| item.allowed.contains(&wanted);
    html! {
        <>
            if may(DueItemAct::Change) {
                <Button look={Look::Quiet} on_press={ask(Asked::Change)}>{ t.text("due-items-change") }</Button>
            }
            if may(DueItemAct::Complete) {
                <Button look={Look::Quiet} on_press={ask(Asked::Complete)}>{ t.text("due-items-complete") }</Button>
            }
            if may(DueItemAct::Waive) {
                <Button look={Look::Quiet} on_press={ask(Asked::Waive)}>{ t.text("due-items-waive") }</Button>
            }
            <Dialog open={*asked != Asked::Nothing} {title} {on_close} {actions}>
                { body }
                { act.problem() }
            </Dialog>
        </>
    }
}
