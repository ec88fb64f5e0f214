//! Who and what has a calendar: the list, the form, the history.

use super::history::{History, Of};
use super::known::Known;
use super::panels::{Can, Open, use_panels, use_restoring};
use salus_types::ids::ResourceId;
use salus_types::scheduling::{
    ChangeResource, Clinician, ConfirmQuery, CreateResource, Resource, ResourceKind, SetupQuery,
};
use salus_ui::hooks::{edit, use_state};
use salus_ui::{
    Badge, Button, Card, Check, Choice, Column, DataTable, Dialog, Empty, Look, Radio, Select,
    Text, TextArea, TextField, Tone, Waiting, args, use_action, use_leave_guard, use_query,
    use_request_key, use_text, use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

/// What [`Resources`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct ResourcesProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// Whether one may change them.
    pub(super) may: bool,
    /// Something was changed.
    pub(super) on_changed: Callback<()>,
}

/// Providers, rooms and equipment, or those deleted.
#[component]
pub(super) fn Resources(props: &ResourcesProps) -> Html {
    let t = use_text();
    let deleted = use_state(|| false);
    let list = use_query(*deleted, |client, deleted| {
        client.list_resources(&SetupQuery {
            location: None,
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
        |client, (id, version): (ResourceId, i32)| client.restore_resource(id, version),
        refetch,
    );
    if let Some(resource) = panels.editing() {
        return html! {
            <Editor known={props.known.clone()} {resource} on_saved={done} on_leave={close} />
        };
    }
    let acts = |one: &Resource| {
        let what = (one.id, one.version);
        let can = Can::of(props.may, one.deleted_at.is_some(), what, &restore);
        panels.acts(&t, one, one.id, can)
    };
    html! {
        <div class="stack">
            { panels.above(&t, props.may.then_some("setup-resource-new"), &deleted) }
            { restore.problem() }
            { list.show(Waiting::Rows(4), |page| if page.items.is_empty() {
                html! {
                    <Empty icon="users" title={t.text("setup-resources-none")}
                        text={t.text(if *deleted { "setup-deleted-none" } else { "setup-resources-none-text" })} />
                }
            } else {
                let row = |one: &Resource| row(&t, &props.known, one, acts(one));
                let rows: Vec<_> = page.items.iter().map(row).collect();
                html! { <DataTable caption={t.text("setup-resources")} columns={columns(&t)} {rows} /> }
            }) }
            if let Open::History(id) = *panels.open() {
                <History of={Of::Resource(id)} known={props.known.clone()} on_close={close.clone()} />
            }
            if let Open::Delete(resource) = panels.open() {
                <Delete resource={resource.clone()} on_close={close} on_deleted={done} />
            }
        </div>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("setup-resource-name")),
        Column::new(t.text("setup-resource-kind")),
        Column::new(t.text("setup-field-home-location-id")),
        Column::new(t.text("setup-field-skills")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(t: &Text, known: &Known, one: &Resource, acts: Html) -> (AttrValue, Vec<Html>) {
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
        html! { { kind_name(t, one.kind) } },
        html! { { known.place(one.home_location_id) } },
        html! { { one.skills.join(", ") } },
        acts,
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

/// What a resource is, in a word.
pub(super) fn kind_name(t: &Text, kind: ResourceKind) -> AttrValue {
    t.msg("setup-resource-kind-name", args!(kind = kind.as_str()))
}

/// Every kind of resource.
pub(super) fn kind_choices(t: &Text) -> Vec<Choice> {
    let all = ResourceKind::ALL.iter();
    all.map(|kind| Choice::new(kind.as_str(), kind_name(t, *kind)))
        .collect()
}

/// A resource while it is typed.
#[derive(Clone, PartialEq)]
struct Draft {
    kind: String,
    account: String,
    name: String,
    skills: String,
    home: String,
    active: bool,
}

impl Draft {
    fn new(known: &Known) -> Self {
        let home = known.places.first().map(|place| place.id.to_string());
        Self {
            kind: ResourceKind::Room.as_str().to_owned(),
            account: String::new(),
            name: String::new(),
            skills: String::new(),
            home: home.unwrap_or_default(),
            active: true,
        }
    }

    fn of(resource: &Resource) -> Self {
        let account = resource.account_id.map(|id| id.to_string());
        Self {
            kind: resource.kind.as_str().to_owned(),
            account: account.unwrap_or_default(),
            name: resource.name.clone(),
            skills: resource.skills.join("\n"),
            home: resource.home_location_id.to_string(),
            active: resource.active,
        }
    }

    fn is_provider(&self) -> bool {
        self.kind == ResourceKind::Provider.as_str()
    }

    /// What would be sent; nothing while it is not known what it is and where.
    fn command(&self) -> Option<CreateResource> {
        let account = self.is_provider().then(|| self.account.parse().ok());
        let skills = self.skills.lines().map(str::trim);
        Some(CreateResource {
            kind: ResourceKind::parse(&self.kind)?,
            account_id: account.flatten(),
            name: self.name.clone(),
            skills: skills
                .filter(|skill| !skill.is_empty())
                .map(str::to_owned)
                .collect(),
            home_location_id: self.home.parse().ok()?,
            join_link: None,
            regions: Vec::new(),
            active: self.active,
        })
    }
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    known: Rc<Known>,
    /// What is changed; a new one is made when absent.
    resource: Option<Resource>,
    on_saved: Callback<()>,
    on_leave: Callback<()>,
}

/// A resource, new or changed.
#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let key = use_request_key();
    let before = props.resource.clone();
    let first = use_memo((), |()| {
        let known = &props.known;
        before.as_ref().map_or_else(|| Draft::new(known), Draft::of)
    });
    let form = use_state(|| (*first).clone());
    use_leave_guard(*form != *first);
    let clinicians = use_query((), |client, ()| client.list_clinicians());
    let is_new = before.is_none();
    let save = {
        let key_to_send = key.get();
        let (done, saved) = (props.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, command: CreateResource| {
                let (key, before) = (key_to_send.clone(), before.clone());
                async move {
                    match before {
                        Some(one) => {
                            // How people are seen online is said on a page of its own.
                            let change = ChangeResource {
                                join_link: None,
                                regions: None,
                                ..ChangeResource::from(command)
                            };
                            client.change_resource(one.id, one.version, &change).await
                        }
                        None => client.create_resource(&key, &command).await,
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
            if let Some(command) = form.command() {
                run.emit(command);
            }
        })
    };
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    let title = if is_new {
        "setup-resource-new"
    } else {
        "setup-resource-change"
    };
    let whose = |known: &[Clinician]| {
        let free = known.iter().filter(|one| one.resource_id.is_none());
        let choices: Vec<Choice> = free
            .map(|one| Choice::new(one.account_id.to_string(), one.name.clone()))
            .collect();
        let names: Vec<(String, String)> = known
            .iter()
            .map(|one| (one.account_id.to_string(), one.name.clone()))
            .collect();
        // The name is the account's until another one is typed.
        let on_change = edit(&form, move |draft, id: String| {
            let name = names.iter().find(|(known, _)| *known == id);
            if let Some((_, name)) = name {
                draft.name.clone_from(name);
            }
            draft.account = id;
        });
        html! {
            <Select name="account_id" label={t.text("setup-field-account-id")} hint={t.text("setup-resource-account-hint")}
                optional={true} error={save.wrong("/account_id")} {choices} value={form.account.clone()} {on_change} />
        }
    };
    html! {
        <Card title={t.text(title)}>
            <form class="form" onsubmit={submit} novalidate={true}>
                if is_new {
                    <Radio name="kind" label={t.text("setup-resource-kind")} choices={kind_choices(&t)}
                        value={form.kind.clone()} on_change={edit(&form, |draft, word: String| draft.kind = word)} />
                    if form.is_provider() {
                        { clinicians.show(Waiting::Rows(1), |page| whose(&page.items)) }
                    }
                }
                <TextField name="name" label={t.text("setup-resource-name")} max_length={60} error={save.wrong("/name")}
                    value={form.name.clone()} on_change={edit(&form, |draft, text: String| draft.name = text)} />
                <Select name="home_location_id" label={t.text("setup-field-home-location-id")}
                    hint={t.text("setup-resource-home-hint")} choices={props.known.place_choices()}
                    error={save.wrong("/home_location_id")} value={form.home.clone()}
                    on_change={edit(&form, |draft, id: String| draft.home = id)} />
                <TextArea name="skills" label={t.text("setup-field-skills")} hint={t.text("setup-resource-skills-hint")}
                    optional={true} rows={3} error={save.wrong("/skills")} value={form.skills.clone()}
                    on_change={edit(&form, |draft, text: String| draft.skills = text)} />
                <Check name="active" label={t.text("setup-resource-active")} checked={form.active}
                    on_change={edit(&form, |draft, on: bool| draft.active = on)} />
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
    resource: Resource,
    on_close: Callback<()>,
    on_deleted: Callback<()>,
}

/// Asks before a resource is deleted, and again when visits lie ahead.
#[component]
fn Delete(props: &DeleteProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version) = (props.resource.id, props.resource.version);
    let delete = {
        let (done, said) = (props.on_deleted.clone(), t.text("setup-deleted-done"));
        use_action(
            move |client, confirmed: bool| {
                let query = ConfirmQuery {
                    confirm: confirmed.then_some(true),
                };
                client.delete_resource(id, version, &query)
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
    html! {
        <Dialog open={true} title={t.text("setup-resource-delete")} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p><strong>{ &props.resource.name }</strong></p>
                <p>{ t.text("setup-resource-delete-lead") }</p>
                if let Some(count) = ahead {
                    <p role="alert"><strong>{ t.msg("setup-resource-ahead", args!(count = count)) }</strong></p>
                } else {
                    { delete.problem() }
                }
            </div>
        </Dialog>
    }
}
