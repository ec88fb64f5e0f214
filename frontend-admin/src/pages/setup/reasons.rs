//! Why appointments are given back: the list, the form, the history.

use super::history::{History, Of};
use super::known::Known;
use super::panels::{Can, Open, use_panels, use_restoring};
use salus_types::ids::CancelReasonId;
use salus_types::scheduling::{
    Audience, CancelReasonLabel, ChangeCancelReason, ClinicCancelReason, CreateCancelReason,
    DeletedQuery,
};
use salus_ui::hooks::{edit, use_state};
use salus_ui::{
    Badge, Button, Card, Check, CheckGroup, Choice, Column, DataTable, Dialog, Empty, Look, Text,
    TextField, Tone, Waiting, use_action, use_leave_guard, use_query, use_request_key, use_text,
    use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

/// What [`Reasons`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct ReasonsProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// Whether one may change them.
    pub(super) may: bool,
}

/// The reasons in use, or those deleted.
#[component]
pub(super) fn Reasons(props: &ReasonsProps) -> Html {
    let t = use_text();
    let deleted = use_state(|| false);
    let list = use_query(*deleted, |client, deleted| {
        client.list_cancel_reasons(&DeletedQuery {
            deleted: deleted.then_some(true),
        })
    });
    let panels = use_panels(list.refetch.clone());
    let (close, done) = (panels.close(), panels.done());
    let restore = use_restoring(
        |client, (id, version): (CancelReasonId, i32)| client.restore_cancel_reason(id, version),
        list.refetch.clone(),
    );
    if let Some(reason) = panels.editing() {
        return html! { <Editor {reason} on_saved={done} on_leave={close} /> };
    }
    let acts = |one: &ClinicCancelReason| {
        let what = (one.id, one.version);
        let can = Can::of(props.may, one.deleted_at.is_some(), what, &restore);
        let can = match can {
            Can::Change if one.fixed => Can::Keep,
            can => can,
        };
        panels.acts(&t, one, one.id, can)
    };
    html! {
        <div class="stack">
            { panels.above(&t, props.may.then_some("setup-reason-new"), &deleted) }
            { restore.problem() }
            { list.show(Waiting::Rows(4), |page| if page.items.is_empty() {
                html! {
                    <Empty icon="clipboard-list" title={t.text("setup-reasons-none")}
                        text={t.text(if *deleted { "setup-deleted-none" } else { "setup-reasons-none-text" })} />
                }
            } else {
                let rows: Vec<_> = page.items.iter().map(|one| row(&t, one, acts(one))).collect();
                html! { <DataTable caption={t.text("setup-reasons")} columns={columns(&t)} {rows} /> }
            }) }
            if let Open::History(id) = *panels.open() {
                <History of={Of::Reason(id)} known={props.known.clone()} on_close={close.clone()} />
            }
            if let Open::Delete(reason) = panels.open() {
                <Delete reason={reason.clone()} on_close={close} on_deleted={done} />
            }
        </div>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("setup-reason")),
        Column::new(t.text("setup-kind-code")),
        Column::new(t.text("setup-field-used-by")),
        Column::new(t.text("setup-reason-notes")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(t: &Text, one: &ClinicCancelReason, acts: Html) -> (AttrValue, Vec<Html>) {
    let mut used_by: Vec<String> = one.used_by.iter().map(|side| name_of(t, *side)).collect();
    if one.fixed {
        used_by.push(t.text("setup-reason-night").to_string());
    }
    let notes: Vec<String> = [
        (one.wants_text, "setup-field-wants-text"),
        (one.no_show, "setup-field-no-show"),
    ]
    .iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, id)| t.text(id).to_string())
    .collect();
    let cells = vec![
        html! {
            <>
                { &one.label }
                if one.deleted_at.is_some() {
                    { " " }<Badge tone={Tone::Neutral} text={t.text("setup-deleted")} />
                } else if !one.active {
                    { " " }<Badge tone={Tone::Neutral} text={t.text("setup-kind-inactive")} />
                }
            </>
        },
        html! { <span class="numbers">{ &one.code }</span> },
        html! { { used_by.join(", ") } },
        html! { { notes.join(" · ") } },
        acts,
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

fn name_of(t: &Text, side: Audience) -> String {
    let id = format!("setup-audience-{}", side.as_str());
    t.text(&id).to_string()
}

/// A reason while it is typed.
#[derive(Clone, PartialEq)]
struct Draft {
    code: String,
    english: String,
    spanish: String,
    used_by: Vec<String>,
    no_show: bool,
    wants_text: bool,
    position: String,
    active: bool,
}

impl Draft {
    fn new() -> Self {
        Self {
            code: String::new(),
            english: String::new(),
            spanish: String::new(),
            used_by: Audience::ALL
                .iter()
                .map(|side| side.as_str().to_owned())
                .collect(),
            no_show: false,
            wants_text: false,
            position: "50".to_owned(),
            active: true,
        }
    }

    fn of(reason: &ClinicCancelReason) -> Self {
        let label = |language: &str| {
            let found = reason.labels.iter().find(|one| one.language == language);
            found.map_or_else(String::new, |one| one.label.clone())
        };
        Self {
            code: reason.code.clone(),
            english: label("en"),
            spanish: label("es"),
            used_by: reason
                .used_by
                .iter()
                .map(|side| side.as_str().to_owned())
                .collect(),
            no_show: reason.no_show,
            wants_text: reason.wants_text,
            position: reason.position.to_string(),
            active: reason.active,
        }
    }

    /// What is no number is so large that the server says so.
    fn command(&self) -> CreateCancelReason {
        let label = |language: &str, label: &str| CancelReasonLabel {
            language: language.to_owned(),
            label: label.to_owned(),
        };
        CreateCancelReason {
            code: self.code.trim().to_owned(),
            labels: vec![label("en", &self.english), label("es", &self.spanish)],
            used_by: Audience::ALL
                .iter()
                .filter(|side| self.used_by.iter().any(|word| word == side.as_str()))
                .copied()
                .collect(),
            no_show: self.no_show,
            wants_text: self.wants_text,
            position: self.position.trim().parse().unwrap_or(u8::MAX),
            active: self.active,
        }
    }
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    /// What is changed; a new one is made when absent.
    reason: Option<ClinicCancelReason>,
    on_saved: Callback<()>,
    on_leave: Callback<()>,
}

/// A reason, new or changed.
#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let key = use_request_key();
    let before = props.reason.clone();
    let first = use_memo((), |()| before.as_ref().map_or_else(Draft::new, Draft::of));
    let form = use_state(|| (*first).clone());
    use_leave_guard(*form != *first);
    let is_new = before.is_none();
    let fixed = before.as_ref().is_some_and(|reason| reason.fixed);
    let save = {
        let key_to_send = key.get();
        let (done, saved) = (props.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, command: CreateCancelReason| {
                let (key, before) = (key_to_send.clone(), before.clone());
                async move {
                    match before {
                        Some(one) => {
                            let change = ChangeCancelReason::from(command);
                            client
                                .change_cancel_reason(one.id, one.version, &change)
                                .await
                        }
                        None => client.create_cancel_reason(&key, &command).await,
                    }
                }
            },
            move |_| {
                key.renew();
                toast.say(saved.clone());
                done.emit(());
            },
        )
    };
    let submit = {
        let (form, run) = (form.clone(), save.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit(form.command());
        })
    };
    let sides: Vec<Choice> = Audience::ALL
        .iter()
        .map(|side| Choice::new(side.as_str(), name_of(&t, *side)))
        .collect();
    let chosen: Vec<AttrValue> = form
        .used_by
        .iter()
        .map(|word| AttrValue::from(word.clone()))
        .collect();
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    let title = if is_new {
        "setup-reason-new"
    } else {
        "setup-reason-change"
    };
    html! {
        <Card title={t.text(title)}>
            <form class="form" onsubmit={submit} novalidate={true}>
                if is_new {
                    <TextField name="code" label={t.text("setup-kind-code")} hint={t.text("setup-reason-code-hint")}
                        error={save.wrong("/code")} value={form.code.clone()}
                        on_change={edit(&form, |draft, text: String| draft.code = text.to_lowercase())} />
                }
                <TextField name="english" label={t.text("setup-reason-english")} max_length={80}
                    error={save.wrong("/labels/0")} value={form.english.clone()}
                    on_change={edit(&form, |draft, text: String| draft.english = text)} />
                <TextField name="spanish" label={t.text("setup-reason-spanish")} max_length={80}
                    error={save.wrong("/labels/1")} value={form.spanish.clone()}
                    on_change={edit(&form, |draft, text: String| draft.spanish = text)} />
                if !fixed {
                    <CheckGroup name="used_by" label={t.text("setup-field-used-by")} choices={sides} values={chosen}
                        error={save.wrong("/used_by")}
                        on_change={edit(&form, |draft, words: Vec<String>| draft.used_by = words)} />
                    <Check name="wants_text" label={t.text("setup-field-wants-text")} hint={t.text("setup-reason-text-hint")}
                        checked={form.wants_text} on_change={edit(&form, |draft, on: bool| draft.wants_text = on)} />
                    <Check name="no_show" label={t.text("setup-field-no-show")} checked={form.no_show}
                        on_change={edit(&form, |draft, on: bool| draft.no_show = on)} />
                }
                <TextField name="position" label={t.text("setup-field-position")} hint={t.text("setup-position-hint")}
                    short={true} input_mode="numeric" error={save.wrong("/position")} value={form.position.clone()}
                    on_change={edit(&form, |draft, text: String| draft.position = text)} />
                if !fixed {
                    <Check name="active" label={t.text("setup-reason-active")} checked={form.active}
                        on_change={edit(&form, |draft, on: bool| draft.active = on)} />
                }
                { save.problem() }
                <div class="button-row">
                    <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text("save") }</Button>
                    <Button look={Look::Quiet} on_press={leave}>{ t.text("cancel") }</Button>
                </div>
            </form>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct DeleteProps {
    reason: ClinicCancelReason,
    on_close: Callback<()>,
    on_deleted: Callback<()>,
}

/// Asks before a reason is deleted.
#[component]
fn Delete(props: &DeleteProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version) = (props.reason.id, props.reason.version);
    let delete = {
        let (done, said) = (props.on_deleted.clone(), t.text("setup-deleted-done"));
        use_action(
            move |client, ()| client.delete_cancel_reason(id, version),
            move |_| {
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let on_press = delete.run.reform(|_: MouseEvent| ());
    let actions = html! {
        <Button look={Look::Danger} busy={delete.pending} {on_press}>{ t.text("delete") }</Button>
    };
    html! {
        <Dialog open={true} title={t.text("setup-reason-delete")} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p><strong>{ &props.reason.label }</strong></p>
                <p>{ t.text("setup-reason-delete-lead") }</p>
                { delete.problem() }
            </div>
        </Dialog>
    }
}
