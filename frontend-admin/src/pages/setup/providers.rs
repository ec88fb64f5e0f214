//! How providers see people online: where, and where those people may be.

use super::known::Known;
use super::panels::{Open, use_panels};
use salus_types::ids::ResourceId;
use salus_types::scheduling::{ChangeResource, Resource, ResourceKind};
use salus_ui::hooks::use_state;
use salus_ui::{
    Button, Card, Column, DataTable, Dialog, Empty, Look, Text, TextField, args, region_name,
    use_action, use_text, use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

/// What [`Providers`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct ProvidersProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// Whether one may change them.
    pub(super) may: bool,
    /// Something was changed.
    pub(super) on_changed: Callback<()>,
}

/// The providers, and the doors people check in at.
#[component]
pub(super) fn Providers(props: &ProvidersProps) -> Html {
    let t = use_text();
    let panels = use_panels::<Resource, ResourceId>(props.on_changed.clone());
    let all = props.known.resources.iter();
    let providers = all.filter(|one| one.kind == ResourceKind::Provider && one.active);
    let rows: Vec<_> = providers
        .map(|one| {
            let acts = html! {
                if props.may {
                    <Button look={Look::Quiet} on_press={panels.show(Open::Change(one.clone()))}>{ t.text("change") }</Button>
                }
            };
            row(&t, one, acts)
        })
        .collect();
    html! {
        <div class="stack">
            if rows.is_empty() {
                <Empty icon="users" title={t.text("setup-providers-none")} />
            } else {
                <DataTable caption={t.text("setup-providers")} columns={columns(&t)} {rows} />
            }
            <Card title={t.text("setup-doors")}>
                <div class="stack">
                    <p class="muted">{ t.text("setup-doors-lead") }</p>
                    <ul class="stack">
                        { for props.known.places.iter().map(|place| html! {
                            <li key={place.id.to_string()}>
                                <a class="link" href={format!("/employee/check-in/{}", place.id)} target="_blank" rel="noopener noreferrer">
                                    { place.name.clone() }
                                </a>
                            </li>
                        }) }
                    </ul>
                </div>
            </Card>
            if let Open::Change(one) = panels.open() {
                <Change one={one.clone()} on_close={panels.close()} on_saved={panels.done()} />
            }
        </div>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("setup-provider")),
        Column::new(t.text("setup-field-join-link")),
        Column::new(t.text("setup-field-regions")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(t: &Text, one: &Resource, acts: Html) -> (AttrValue, Vec<Html>) {
    let regions: Vec<String> = one
        .regions
        .iter()
        .map(|code| region_name(t, code))
        .collect();
    let anywhere = || t.text("setup-regions-any").to_string();
    let regions = if regions.is_empty() {
        anywhere()
    } else {
        regions.join(", ")
    };
    let none = || t.text("setup-join-link-none").to_string();
    let cells = vec![
        html! { { one.name.clone() } },
        html! { <span class="break-all">{ one.join_link.clone().unwrap_or_else(none) }</span> },
        html! { { regions } },
        acts,
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

#[derive(Properties, PartialEq)]
struct ChangeProps {
    one: Resource,
    on_close: Callback<()>,
    on_saved: Callback<()>,
}

/// The link and the regions of one provider.
#[component]
fn Change(props: &ChangeProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let one = &props.one;
    let link = use_state(|| one.join_link.clone().unwrap_or_default());
    let regions = use_state(|| one.regions.join(", "));
    let save = {
        let (id, version) = (one.id, one.version);
        let (done, said) = (props.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, change: ChangeResource| client.change_resource(id, version, &change),
            move |_| {
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let on_press = {
        let (link, regions, run) = (link.clone(), regions.clone(), save.run.clone());
        Callback::from(move |_: MouseEvent| {
            let typed = link.trim().to_owned();
            let codes = regions.split([',', ' ']).map(str::trim);
            let codes = codes.filter(|code| !code.is_empty());
            run.emit(ChangeResource {
                join_link: Some((!typed.is_empty()).then_some(typed)),
                regions: Some(codes.map(str::to_ascii_uppercase).collect()),
                ..ChangeResource::default()
            });
        })
    };
    let write = |state: &salus_ui::hooks::State<String>| {
        let state = state.clone();
        Callback::from(move |text| state.set(text))
    };
    let actions = html! {
        <Button look={Look::Primary} busy={save.pending} {on_press}>{ t.text("save") }</Button>
    };
    html! {
        <Dialog open={true} title={one.name.clone()} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <TextField name="join_link" kind="url" label={t.text("setup-field-join-link")}
                    hint={t.msg("setup-join-link-hint", args!(template = "{appointment}"))} optional={true} max_length={500} value={(*link).clone()}
                    error={save.wrong("/join_link")} on_change={write(&link)} />
                <TextField name="regions" label={t.text("setup-field-regions")} hint={t.text("setup-regions-hint")}
                    optional={true} value={(*regions).clone()} error={save.wrong("/regions")} on_change={write(&regions)} />
                { save.problem() }
            </div>
        </Dialog>
    }
}
