//! Kinds of visits: the list, the form, the history.

mod draft;
mod editor;

use super::history::{History, Of};
use super::known::Known;
use super::panels::{Can, Open, use_panels, use_restoring};
use editor::Editor;
use salus_types::ids::AppointmentTypeId;
use salus_types::scheduling::{AppointmentType, DeletedQuery};
use salus_ui::hooks::use_state;
use salus_ui::{
    Badge, Button, Column, DataTable, Dialog, Empty, Look, Text, Tone, Waiting, use_action,
    use_query, use_text, use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

/// What [`Kinds`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct KindsProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// Whether one may change them.
    pub(super) may: bool,
    /// Something was changed.
    pub(super) on_changed: Callback<()>,
}

/// The kinds of visits, in the clinic's order.
#[component]
pub(super) fn Kinds(props: &KindsProps) -> Html {
    let t = use_text();
    let deleted = use_state(|| false);
    let list = use_query(*deleted, |client, deleted| {
        client.list_appointment_types(&DeletedQuery {
            deleted: deleted.then_some(true),
        })
    });
    let refetch = {
        let (refetch, changed) = (list.refetch.clone(), props.on_changed.clone());
        Callback::from(move |()| {
            refetch.emit(());
            changed.emit(());
        })
    };
    let panels = use_panels(refetch.clone());
    let (close, done) = (panels.close(), panels.done());
    let restore = use_restoring(
        |client, (id, version): (AppointmentTypeId, i32)| {
            client.restore_appointment_type(id, version)
        },
        refetch,
    );
    if let Some(kind) = panels.editing() {
        return html! { <Editor known={props.known.clone()} {kind} on_saved={done} on_leave={close} /> };
    }
    let acts = |one: &AppointmentType| {
        let what = (one.id, one.version);
        let can = Can::of(props.may, one.deleted_at.is_some(), what, &restore);
        panels.acts(&t, one, one.id, can)
    };
    html! {
        <div class="stack">
            { panels.above(&t, props.may.then_some("setup-kind-new"), &deleted) }
            { restore.problem() }
            { list.show(Waiting::Rows(4), |page| if page.items.is_empty() {
                html! {
                    <Empty icon="clipboard-list" title={t.text("setup-kinds-none")}
                        text={t.text(if *deleted { "setup-deleted-none" } else { "setup-kinds-none-text" })} />
                }
            } else {
                let rows: Vec<_> = page.items.iter().map(|one| row(&t, one, acts(one))).collect();
                html! { <DataTable caption={t.text("setup-kinds")} columns={columns(&t)} {rows} /> }
            }) }
            if let Open::History(id) = *panels.open() {
                <History of={Of::Kind(id)} known={props.known.clone()} on_close={close.clone()} />
            }
            if let Open::Delete(kind) = panels.open() {
                <Delete kind={kind.clone()} on_close={close} on_deleted={done} />
            }
        </div>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("setup-field-name")),
        Column::new(t.text("setup-kind-public-name")),
        Column::new(t.text("setup-kind-code")),
        Column::new(t.text("setup-field-duration")).numeric(),
        Column::new(t.text("setup-kind-who-books")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(t: &Text, one: &AppointmentType, acts: Html) -> (AttrValue, Vec<Html>) {
    let bookers = [
        (one.employee_bookable, "setup-audience-employee"),
        (one.supervisor_bookable, "setup-audience-supervisor"),
        (true, "setup-audience-clinic"),
    ];
    let bookers: Vec<String> = bookers
        .iter()
        .filter(|(books, _)| *books)
        .map(|(_, id)| t.text(id).to_string())
        .collect();
    let cells = vec![
        html! {
            <>
                { &one.name }
                if one.deleted_at.is_some() {
                    { " " }<Badge tone={Tone::Neutral} text={t.text("setup-deleted")} />
                } else if !one.active {
                    { " " }<Badge tone={Tone::Neutral} text={t.text("setup-kind-inactive")} />
                }
            </>
        },
        html! { { &one.public_name } },
        html! { <span class="numbers">{ &one.code }</span> },
        html! { { one.duration } },
        html! { { bookers.join(", ") } },
        acts,
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

#[derive(Properties, PartialEq)]
struct DeleteProps {
    kind: AppointmentType,
    on_close: Callback<()>,
    on_deleted: Callback<()>,
}

/// Asks before a kind of visit is deleted.
#[component]
fn Delete(props: &DeleteProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version) = (props.kind.id, props.kind.version);
    let delete = {
        let (done, said) = (props.on_deleted.clone(), t.text("setup-deleted-done"));
        use_action(
            move |client, ()| client.delete_appointment_type(id, version),
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
        <Dialog open={true} title={t.text("setup-kind-delete")} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p><strong>{ &props.kind.name }</strong></p>
                <p>{ t.text("setup-kind-delete-lead") }</p>
                { delete.problem() }
            </div>
        </Dialog>
    }
}
