//! Who saved something of the set-up when, and what it was before and after.

use super::known::Known;
use super::schedules::times::window_words;
use salus_types::ids::{
    AppointmentTypeId, BlackoutId, CancelReasonId, LocationId, ResourceId, ScheduleId,
    TypeOverrideId,
};
use salus_types::scheduling::{Revision, RevisionAct, RevisionChange, ScheduleWindow};
use salus_ui::{Dialog, Empty, Text, Waiting, args, use_query, use_text};
use serde_json::Value;
use std::rc::Rc;
use yew::prelude::*;

/// Whose history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Of {
    Schedule(ScheduleId),
    Blackout(BlackoutId),
    Override(TypeOverrideId),
    Kind(AppointmentTypeId),
    Resource(ResourceId),
    Reason(CancelReasonId),
    Place(LocationId),
}

/// What [`History`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct HistoryProps {
    /// Whose.
    pub(super) of: Of,
    /// What ids stand for.
    pub(super) known: Rc<Known>,
    /// It is closed.
    pub(super) on_close: Callback<()>,
}

/// The saves of one thing, the latest first.
#[component]
pub(super) fn History(props: &HistoryProps) -> Html {
    let t = use_text();
    let saves = use_query(props.of, |client, of| match of {
        Of::Schedule(id) => client.list_schedule_revisions(id),
        Of::Blackout(id) => client.list_blackout_revisions(id),
        Of::Kind(id) => client.list_appointment_type_revisions(id),
        Of::Override(id) => client.list_type_override_revisions(id),
        Of::Resource(id) => client.list_resource_revisions(id),
        Of::Reason(id) => client.list_cancel_reason_revisions(id),
        Of::Place(id) => client.list_location_settings_revisions(id),
    });
    html! {
        <Dialog open={true} title={t.text("setup-history")} on_close={props.on_close.clone()}>
            { saves.show(Waiting::Rows(3), |page| if page.items.is_empty() {
                html! { <Empty icon="file-text" title={t.text("setup-history-none")} /> }
            } else {
                html! {
                    <ol class="stack">
                        { for page.items.iter().map(|one| save(&t, &props.known, one)) }
                    </ol>
                }
            }) }
        </Dialog>
    }
}

fn save(t: &Text, known: &Known, one: &Revision) -> Html {
    let by = one.saved_by.clone();
    let by = by.unwrap_or_else(|| t.text("setup-history-installation").to_string());
    let act = t.msg("setup-history-act", args!(act = one.act.as_str()));
    html! {
        <li key={one.version.to_string()}>
            <p>
                <strong>{ act }</strong>{ " · " }{ by }{ " · " }
                <span class="numbers">{ t.stamp(one.saved_at) }</span>
            </p>
            if one.act == RevisionAct::Changed {
                <dl class="facts">
                    { for one.changes.iter().map(|change| changed(t, known, change)) }
                </dl>
            }
        </li>
    }
}

fn changed(t: &Text, known: &Known, change: &RevisionChange) -> Html {
    let id = format!("setup-field-{}", change.field.replace('_', "-"));
    let name = t
        .find(&id)
        .unwrap_or_else(|| AttrValue::from(change.field.clone()));
    let words = |value: &Option<Value>| match value {
        Some(value) => said(t, known, value),
        None => t.text("setup-history-nothing").to_string(),
    };
    html! {
        <div class="fact" key={change.field.clone()}>
            <dt>{ name }</dt>
            <dd>
                <s class="muted">{ words(&change.before) }</s>
                <span class="sr-only">{ t.text("setup-history-then") }</span>
                { " " }{ words(&change.after) }
            </dd>
        </div>
    }
}

/// A value of the set-up in words.
fn said(t: &Text, known: &Known, value: &Value) -> String {
    if let Some(windows) =
        salus_client::read_value::<Vec<ScheduleWindow>>(value).filter(|windows| !windows.is_empty())
    {
        return window_words(t, &windows);
    }
    match value {
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().map(|one| said(t, known, one)).collect();
            parts.join(", ")
        }
        Value::Object(fields) => {
            let parts = fields.iter().map(|(_, one)| said(t, known, one));
            let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
            parts.join(": ")
        }
        Value::String(text) => known.name_of(text).unwrap_or_else(|| text.clone()),
        Value::Bool(true) => t.text("yes").to_string(),
        Value::Bool(false) => t.text("no").to_string(),
        Value::Null => t.text("setup-history-nothing").to_string(),
        other => other.to_string(),
    }
}
