//! When resources work: the list, the editor with what it would offer, the history.

mod draft;
mod editor;
mod preview;
mod templates;
pub(super) mod times;

use super::history::{History, Of};
use super::known::Known;
use crate::pages::setup::panels::{Can, Open, use_panels, use_restoring};
use editor::Editor;
use salus_types::ids::ScheduleId;
use salus_types::scheduling::{ConfirmQuery, Schedule, SetupQuery};
use salus_ui::hooks::use_state;
use salus_ui::{
    Badge, Button, Column, DataTable, DateStyle, Dialog, Empty, Look, Text, Tone, Waiting, args,
    use_action, use_query, use_text, use_toast,
};
use std::rc::Rc;
use times::window_words;
use yew::prelude::*;

/// What [`Schedules`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct SchedulesProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// Whether one may change them.
    pub(super) may: bool,
}

/// The schedules in force, or those deleted.
#[component]
pub(super) fn Schedules(props: &SchedulesProps) -> Html {
    let t = use_text();
    let deleted = use_state(|| false);
    let list = use_query(*deleted, |client, deleted| {
        client.list_schedules(&SetupQuery {
            location: None,
            deleted: deleted.then_some(true),
        })
    });
    let panels = use_panels(list.refetch.clone());
    let (close, done) = (panels.close(), panels.done());
    let restore = use_restoring(
        |client, (id, version): (ScheduleId, i32)| client.restore_schedule(id, version),
        list.refetch.clone(),
    );
    if let Some(schedule) = panels.editing() {
        return html! {
            <Editor known={props.known.clone()} {schedule} on_saved={done} on_leave={close} />
        };
    }
    let acts = |one: &Schedule| {
        let what = (one.id, one.version);
        let can = Can::of(props.may, one.deleted_at.is_some(), what, &restore);
        panels.acts(&t, one, one.id, can)
    };
    html! {
        <div class="stack">
            { panels.above(&t, props.may.then_some("setup-schedule-new"), &deleted) }
            { restore.problem() }
            { list.show(Waiting::Rows(4), |page| if page.items.is_empty() {
                html! {
                    <Empty icon="calendar-days" title={t.text("setup-schedules-none")}
                        text={t.text(if *deleted { "setup-deleted-none" } else { "setup-schedules-none-text" })} />
                }
            } else {
                let row = |one: &Schedule| row(&t, &props.known, one, acts(one));
                let rows: Vec<_> = page.items.iter().map(row).collect();
                html! { <DataTable caption={t.text("setup-schedules")} columns={columns(&t)} {rows} /> }
            }) }
            if let Open::History(id) = *panels.open() {
                <History of={Of::Schedule(id)} known={props.known.clone()} on_close={close.clone()} />
            }
            if let Open::Delete(schedule) = panels.open() {
                <Delete schedule={schedule.clone()} known={props.known.clone()} on_close={close} on_deleted={done} />
            }
        </div>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("setup-field-resource-id")),
        Column::new(t.text("setup-field-location-id")),
        Column::new(t.text("setup-field-windows")),
        Column::new(t.text("setup-schedule-dates")),
        Column::new(t.text("setup-field-appointment-type-ids")),
        Column::new(t.text("setup-field-capacity")).numeric(),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(t: &Text, known: &Known, one: &Schedule, acts: Html) -> (AttrValue, Vec<Html>) {
    let mut hours = window_words(t, &one.windows);
    if let Some(weeks) = one.every_n_weeks.filter(|weeks| *weeks > 1) {
        hours.push_str(&format!(
            " · {}",
            t.msg("setup-weeks", args!(count = weeks))
        ));
    }
    let from = t.date(one.effective_from, DateStyle::Short);
    let until = one.effective_until.map_or_else(
        || t.msg("setup-since", args!(date = from.as_str())),
        |until| {
            let until = t.date(until, DateStyle::Short);
            AttrValue::from(format!("{from} – {until}"))
        },
    );
    let kinds = match &one.appointment_type_ids {
        Some(only) => {
            let names: Vec<String> = only.iter().map(|id| known.kind(*id)).collect();
            names.join(", ")
        }
        None => t.text("setup-kinds-all").to_string(),
    };
    let cells = vec![
        html! {
            <>
                { known.resource(one.resource_id) }
                if one.deleted_at.is_some() {
                    { " " }<Badge tone={Tone::Neutral} text={t.text("setup-deleted")} />
                }
            </>
        },
        html! { { known.place(one.location_id) } },
        html! { { hours } },
        html! { <span class="numbers">{ until }</span> },
        html! { { kinds } },
        html! { { one.capacity } },
        acts,
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

#[derive(Properties, PartialEq)]
struct DeleteProps {
    schedule: Schedule,
    known: Rc<Known>,
    on_close: Callback<()>,
    on_deleted: Callback<()>,
}

/// Asks before a schedule is deleted, and again when visits lie ahead.
#[component]
fn Delete(props: &DeleteProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version) = (props.schedule.id, props.schedule.version);
    let delete = {
        let (done, said) = (props.on_deleted.clone(), t.text("setup-deleted-done"));
        use_action(
            move |client, confirmed: bool| {
                let query = ConfirmQuery {
                    confirm: confirmed.then_some(true),
                };
                client.delete_schedule(id, version, &query)
            },
            move |_| {
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let ahead = delete.failure.as_ref().and_then(|failure| {
        let count = failure.more("appointments_ahead")?;
        u32::try_from(count.as_u64()?).ok()
    });
    let on_press = delete.run.reform(move |_: MouseEvent| ahead.is_some());
    let label = if ahead.is_some() {
        "setup-delete-anyway"
    } else {
        "delete"
    };
    let actions = html! {
        <Button look={Look::Danger} busy={delete.pending} {on_press}>{ t.text(label) }</Button>
    };
    let name = props.known.resource(props.schedule.resource_id);
    html! {
        <Dialog open={true} title={t.text("setup-schedule-delete")} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p>{ t.msg("setup-schedule-delete-lead", args!(name = name, hours = window_words(&t, &props.schedule.windows))) }</p>
                if let Some(count) = ahead {
                    <p role="alert"><strong>{ t.msg("setup-schedule-ahead", args!(count = count)) }</strong></p>
                } else {
                    { delete.problem() }
                }
            </div>
        </Dialog>
    }
}
