//! Times that differ with a resource or at a location: the list, setting up in bulk, changing.

use super::history::{History, Of};
use super::known::Known;
use super::panels::{Can, Open, use_panels, use_restoring};
use salus_types::ids::TypeOverrideId;
use salus_types::scheduling::{
    ChangeTypeOverride, CreateTypeOverrides, CreatedTypeOverrides, OverriddenTimes, SetupQuery,
    TypeOverride,
};
use salus_ui::hooks::{State, use_state};
use salus_ui::{
    Action, Badge, Button, Card, CheckGroup, Column, DataTable, Dialog, Empty, Look, Note, Text,
    TextField, Tone, Waiting, args, use_action, use_query, use_request_key, use_text, use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

/// What [`Overrides`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct OverridesProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// Whether one may change them.
    pub(super) may: bool,
}

/// The overrides in force.
#[component]
pub(super) fn Overrides(props: &OverridesProps) -> Html {
    let t = use_text();
    let made = use_state(|| None::<CreatedTypeOverrides>);
    let deleted = use_state(|| false);
    let list = use_query(*deleted, |client, deleted| {
        client.list_type_overrides(&SetupQuery {
            location: None,
            deleted: deleted.then_some(true),
        })
    });
    let panels = use_panels(list.refetch.clone());
    let (close, done) = (panels.close(), panels.done());
    let restore = use_restoring(
        |client, (id, version): (TypeOverrideId, i32)| client.restore_type_override(id, version),
        list.refetch.clone(),
    );
    let on_made = {
        let (made, done) = (made.clone(), done.clone());
        Callback::from(move |answer: CreatedTypeOverrides| {
            made.set(Some(answer));
            done.emit(());
        })
    };
    if let Open::New = panels.open() {
        return html! { <New known={props.known.clone()} {on_made} on_leave={close} /> };
    }
    let acts = |one: &TypeOverride| {
        let what = (one.id, one.version);
        let can = Can::of(props.may, one.deleted_at.is_some(), what, &restore);
        panels.acts(&t, one, one.id, can)
    };
    html! {
        <div class="stack">
            { panels.above(&t, props.may.then_some("setup-override-new"), &deleted) }
            { restore.problem() }
            if let Some(made) = &*made {
                { summary(&t, &props.known, made) }
            }
            { list.show(Waiting::Rows(4), |page| if page.items.is_empty() {
                html! {
                    <Empty icon="clock" title={t.text("setup-overrides-none")}
                        text={t.text(if *deleted { "setup-deleted-none" } else { "setup-overrides-none-text" })} />
                }
            } else {
                let row = |one: &TypeOverride| row(&t, &props.known, one, acts(one));
                let rows: Vec<_> = page.items.iter().map(row).collect();
                html! { <DataTable caption={t.text("setup-overrides")} columns={columns(&t)} {rows} /> }
            }) }
            if let Open::History(id) = *panels.open() {
                <History of={Of::Override(id)} known={props.known.clone()} on_close={close.clone()} />
            }
            if let Open::Change(one) = panels.open() {
                <Change known={props.known.clone()} one={one.clone()} on_close={close.clone()} on_saved={done.clone()} />
            }
            if let Open::Delete(one) = panels.open() {
                <Delete known={props.known.clone()} one={one.clone()} on_close={close} on_deleted={done} />
            }
        </div>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("setup-override-kind")),
        Column::new(t.text("setup-field-resource-id")),
        Column::new(t.text("setup-field-location-id")),
        Column::new(t.text("setup-field-duration")).numeric(),
        Column::new(t.text("setup-field-shown-duration")).numeric(),
        Column::new(t.text("setup-field-buffer-before")).numeric(),
        Column::new(t.text("setup-field-buffer-after")).numeric(),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn whom(t: &Text, known: &Known, one: &TypeOverride) -> (String, String) {
    let any = || t.text("setup-override-any").to_string();
    let resource = one.resource_id.map_or_else(any, |id| known.resource(id));
    let place = one.location_id.map_or_else(any, |id| known.place(id));
    (resource, place)
}

fn row(t: &Text, known: &Known, one: &TypeOverride, acts: Html) -> (AttrValue, Vec<Html>) {
    let (resource, place) = whom(t, known, one);
    let minutes = |value: Option<u16>| {
        let usual = || t.text("setup-override-usual").to_string();
        let words = value.map_or_else(usual, |minutes| minutes.to_string());
        html! { <span class={classes!(value.is_none().then_some("muted"))}>{ words }</span> }
    };
    let cells = vec![
        html! {
            <>
                { known.kind(one.appointment_type_id) }
                if one.deleted_at.is_some() {
                    { " " }<Badge tone={Tone::Neutral} text={t.text("setup-deleted")} />
                }
            </>
        },
        html! { { resource } },
        html! { { place } },
        minutes(one.times.duration),
        minutes(one.times.shown_duration),
        minutes(one.times.buffer_before),
        minutes(one.times.buffer_after),
        acts,
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

/// What came of setting up in bulk.
fn summary(t: &Text, known: &Known, made: &CreatedTypeOverrides) -> Html {
    let title = t.msg("setup-overrides-made", args!(count = made.created.len()));
    let tone = if made.left_alone.is_empty() {
        Tone::Good
    } else {
        Tone::Warning
    };
    html! {
        <Note {tone} {title}>
            if !made.left_alone.is_empty() {
                <p>{ t.msg("setup-overrides-left", args!(count = made.left_alone.len())) }</p>
                <ul class="small">
                    { for made.left_alone.iter().map(|one| {
                        let (resource, place) = whom(t, known, one);
                        let kind = known.kind(one.appointment_type_id);
                        html! { <li key={one.id.to_string()}>{ kind }{ " · " }{ resource }{ " · " }{ place }</li> }
                    }) }
                </ul>
            }
        </Note>
    }
}

/// Minutes as they are typed; empty is as usual.
#[derive(Clone, Default, PartialEq)]
struct Draft {
    duration: String,
    shown_duration: String,
    buffer_before: String,
    buffer_after: String,
}

impl Draft {
    fn of(times: &OverriddenTimes) -> Self {
        let typed = |value: Option<u16>| value.map_or_else(String::new, |one| one.to_string());
        Self {
            duration: typed(times.duration),
            shown_duration: typed(times.shown_duration),
            buffer_before: typed(times.buffer_before),
            buffer_after: typed(times.buffer_after),
        }
    }

    /// What is no number is so large that the server says so.
    fn times(&self) -> OverriddenTimes {
        let minutes = |text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| text.parse().unwrap_or(u16::MAX))
        };
        OverriddenTimes {
            duration: minutes(&self.duration),
            shown_duration: minutes(&self.shown_duration),
            buffer_before: minutes(&self.buffer_before),
            buffer_after: minutes(&self.buffer_after),
        }
    }
}

fn fields<I>(t: &Text, form: &State<Draft>, save: &Action<I>, root: &str) -> Html {
    let field = |name: &'static str, value: &str, set: fn(&mut Draft, String)| {
        let form = form.clone();
        let on_change = Callback::from(move |text: String| {
            let mut next = (*form).clone();
            set(&mut next, text);
            form.set(next);
        });
        let label = t.text(&format!("setup-field-{}", name.replace('_', "-")));
        let error = save.wrong(&format!("{root}/{name}"));
        html! {
            <TextField {name} {label} {error} short={true} optional={true} input_mode="numeric"
                unit={t.text("setup-minutes")} value={value.to_owned()} {on_change} />
        }
    };
    html! {
        <>
            { field("duration", &form.duration, |draft, text| draft.duration = text) }
            { field("shown_duration", &form.shown_duration, |draft, text| draft.shown_duration = text) }
            { field("buffer_before", &form.buffer_before, |draft, text| draft.buffer_before = text) }
            { field("buffer_after", &form.buffer_after, |draft, text| draft.buffer_after = text) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct NewProps {
    known: Rc<Known>,
    on_made: Callback<CreatedTypeOverrides>,
    on_leave: Callback<()>,
}

/// One override for each kind with each resource at each location.
#[component]
fn New(props: &NewProps) -> Html {
    let t = use_text();
    let key = use_request_key();
    let form = use_state(Draft::default);
    let kinds = use_state(Vec::<String>::new);
    let resources = use_state(Vec::<String>::new);
    let places = use_state(Vec::<String>::new);
    let save = {
        let (to_send, made) = (key.get(), props.on_made.clone());
        use_action(
            move |client, command: CreateTypeOverrides| {
                client.create_type_overrides(&to_send, &command)
            },
            move |answer: salus_client::Versioned<CreatedTypeOverrides>| {
                key.renew();
                made.emit(answer.value);
            },
        )
    };
    let submit = {
        let (form, run) = (form.clone(), save.run.clone());
        let (kinds, resources, places) = (kinds.clone(), resources.clone(), places.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit(CreateTypeOverrides {
                appointment_type_ids: kinds.iter().flat_map(|id| id.parse()).collect(),
                resource_ids: resources.iter().flat_map(|id| id.parse()).collect(),
                location_ids: places.iter().flat_map(|id| id.parse()).collect(),
                times: form.times(),
            });
        })
    };
    let group = |name: &'static str,
                 label: &str,
                 hint: Option<&str>,
                 state: &State<Vec<String>>,
                 choices| {
        let values: Vec<AttrValue> = state
            .iter()
            .map(|one| AttrValue::from(one.clone()))
            .collect();
        let on_change = {
            let state = state.clone();
            Callback::from(move |ids: Vec<String>| state.set(ids))
        };
        let error = save.wrong(&format!("/{name}"));
        html! {
            <CheckGroup {name} label={t.text(label)} hint={hint.map(|id| t.text(id))} {error} {choices} {values} {on_change} />
        }
    };
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    let known = &props.known;
    html! {
        <Card title={t.text("setup-override-new")}>
            <form class="form" onsubmit={submit} novalidate={true}>
                { group("appointment_type_ids", "setup-field-appointment-type-ids", None, &kinds, known.kind_choices()) }
                { group("resource_ids", "setup-field-resource-id", Some("setup-override-any-hint"), &resources, known.resource_choices()) }
                { group("location_ids", "setup-field-location-id", Some("setup-override-any-hint"), &places, known.place_choices()) }
                <p class="muted small">{ t.text("setup-override-lead") }</p>
                { fields(&t, &form, &save, "/times") }
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
struct ChangeProps {
    known: Rc<Known>,
    one: TypeOverride,
    on_close: Callback<()>,
    on_saved: Callback<()>,
}

/// Other minutes for one override.
#[component]
fn Change(props: &ChangeProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let form = use_state(|| Draft::of(&props.one.times));
    let (id, version) = (props.one.id, props.one.version);
    let save = {
        let (done, said) = (props.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, times: OverriddenTimes| {
                let change = ChangeTypeOverride::from(times);
                client.change_type_override(id, version, &change)
            },
            move |_| {
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let on_press = {
        let (form, run) = (form.clone(), save.run.clone());
        Callback::from(move |_: MouseEvent| run.emit(form.times()))
    };
    let actions = html! {
        <Button look={Look::Primary} busy={save.pending} {on_press}>{ t.text("save") }</Button>
    };
    let title = props.known.kind(props.one.appointment_type_id);
    let (resource, place) = whom(&t, &props.known, &props.one);
    html! {
        <Dialog open={true} {title} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p class="muted">{ resource }{ " · " }{ place }</p>
                { fields(&t, &form, &save, "") }
                { save.problem() }
            </div>
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
struct DeleteProps {
    known: Rc<Known>,
    one: TypeOverride,
    on_close: Callback<()>,
    on_deleted: Callback<()>,
}

/// Asks before an override is deleted.
#[component]
fn Delete(props: &DeleteProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version) = (props.one.id, props.one.version);
    let delete = {
        let (done, said) = (props.on_deleted.clone(), t.text("setup-deleted-done"));
        use_action(
            move |client, ()| client.delete_type_override(id, version),
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
    let kind = props.known.kind(props.one.appointment_type_id);
    let (resource, place) = whom(&t, &props.known, &props.one);
    html! {
        <Dialog open={true} title={t.text("setup-override-delete")} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p><strong>{ kind }</strong>{ " · " }{ resource }{ " · " }{ place }</p>
                <p>{ t.text("setup-override-delete-lead") }</p>
                { delete.problem() }
            </div>
        </Dialog>
    }
}
