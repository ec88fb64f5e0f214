//! Which parts a site shows, in which order, and how they stand: changed in a draft, published with it.

use super::booking_options::Publish;
use super::booking_options::versions::is_planned;
use crate::routes::Route;
use salus_types::ids::PortalId;
use salus_types::portals::{
    DraftModule, PortalAudience, PortalDraft, ReplaceModules, has_page, is_link, layout,
};
use salus_ui::hooks::{State, edit, use_effect_with, use_state};
use salus_ui::{
    Action, Back, Button, Card, Check, Choice, Go, Look, Note, Page, Radio, Text, TextField, Tone,
    Waiting, args, use_action, use_leave_guard, use_query, use_text, use_toast,
};
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The parts whose options have a page of their own.
const WITH_OPTIONS: [&str; 2] = ["appointments", "supervisor_scheduling"];
/// Where a part that is a link leads.
const ADDRESS: &str = "address";

/// What [`Modules`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct ModulesProps {
    /// Which site.
    pub(crate) id: PortalId,
}

/// The parts of a site.
#[component]
pub(crate) fn Modules(props: &ModulesProps) -> Html {
    let t = use_text();
    let draft = use_query(props.id, |client, id| async move {
        let found = client.get_portal_draft(id).await;
        found.map(|draft| draft.value)
    });
    let again = draft.refetch.clone();
    let back = html! { <Back<Route> to={Route::Portals}>{ t.text("nav-portals") }</Back<Route>> };
    let lead = draft
        .data
        .as_ref()
        .map(|draft| AttrValue::from(draft.name.clone()));
    html! {
        <Page title={t.text("site-modules")} {lead} {back}>
            { draft.show(Waiting::Rows(6), |draft| html! {
                <Editor key={draft.version} draft={draft.clone()} again={again.clone()} />
            }) }
        </Page>
    }
}

/// The parts while they are chosen and ordered.
#[derive(Clone, PartialEq)]
struct Draft {
    modules: Vec<DraftModule>,
    columns: String,
}

impl Draft {
    fn of(draft: &PortalDraft) -> Self {
        Self {
            modules: draft.modules.clone(),
            columns: draft.columns.to_string(),
        }
    }

    fn command(&self) -> ReplaceModules {
        let mut modules = self.modules.clone();
        for module in &mut modules {
            if let Some(Value::String(address)) = module.settings.get_mut(ADDRESS) {
                *address = address.trim().to_owned();
            }
        }
        ReplaceModules {
            modules,
            columns: self.columns.parse().ok(),
        }
    }
}

/// The part that was moved last, or switched on or off: it keeps the focus.
#[derive(Clone, PartialEq)]
struct Moved {
    key: String,
    way: Way,
    place: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
    /// On, or off.
    Switched(bool),
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    draft: PortalDraft,
    again: Callback<()>,
}

/// The parts with their order, and what becomes of it.
#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let draft = &props.draft;
    let (id, version) = (draft.portal_id, draft.version);
    let first = use_memo((), |()| Draft::of(draft));
    let form = use_state(|| (*first).clone());
    let unsaved = *form != *first;
    use_leave_guard(unsaved);
    let publishing = use_state(|| false);
    let moved = use_state(|| None::<Moved>);
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with((*moved).clone(), move |moved| {
            if let (Some(moved), Some(list)) = (moved, list.cast::<HtmlElement>()) {
                keep_focus(&list, moved);
            }
        });
    }
    let save = {
        let (again, said) = (props.again.clone(), t.text("booking-saved"));
        use_action(
            move |client, command: ReplaceModules| async move {
                client.replace_draft_modules(id, version, &command).await
            },
            move |_| {
                toast.say(said.clone());
                again.emit(());
            },
        )
    };
    let press_save = {
        let form = form.clone();
        save.run.reform(move |_: MouseEvent| form.command())
    };
    let (open, close) = {
        let (open, close) = (publishing.clone(), publishing.clone());
        (
            Callback::from(move |_: MouseEvent| open.set(true)),
            Callback::from(move |()| close.set(false)),
        )
    };
    let parts = Parts {
        t: &t,
        form: &form,
        moved: &moved,
        draft,
        save: &save,
    };
    let (_, until) = layout::COLUMNS.into_inner();
    let columns: Vec<Choice> = (1..=until)
        .map(|count| Choice::new(count.to_string(), t.number(count.into())))
        .collect();
    let closed = is_planned(draft).is_some();
    html! {
        <>
            { notes(&t, draft) }
            <p class="muted">{ t.text("site-modules-lead") }</p>
            <fieldset class="stack min-w-0" disabled={closed} ref={list}>
                { parts.lists() }
                <p class="sr-only" role="status">{ parts.said().unwrap_or_default() }</p>
                <Card>
                    <Radio name="columns" label={t.text("site-columns")} hint={t.text("site-columns-hint")} inline={true}
                        choices={columns} value={form.columns.clone()} error={save.wrong("/columns")}
                        on_change={edit(&form, |draft: &mut Draft, columns: String| draft.columns = columns)} />
                </Card>
            </fieldset>
            { save.problem() }
            <div class="button-row">
                if unsaved {
                    <Button look={Look::Primary} busy={save.pending} on_press={press_save}>{ t.text("booking-save") }</Button>
                }
                if draft.changed && !unsaved && !closed {
                    <Button icon="send" on_press={open}>{ t.text("booking-publish") }</Button>
                }
            </div>
            if *publishing {
                <Publish draft={draft.clone()} version={None::<i32>} on_close={close} again={props.again.clone()} />
            }
        </>
    }
}

/// What there is to know about the draft.
fn notes(t: &Text, draft: &PortalDraft) -> Html {
    let options = html! {
        <p>
            <Go<Route> to={Route::BookingOptions { id: draft.portal_id }}>{ t.text("booking-options") }</Go<Route>>
        </p>
    };
    let planned = is_planned(draft);
    html! {
        <>
            if draft.published_version == 0 {
                <Note tone={Tone::Info} title={t.text("site-in-setup")}><p>{ t.text("site-make-lead") }</p></Note>
            }
            if let (true, Some(saved)) = (draft.changed, draft.saved_at) {
                <Note tone={Tone::Info} title={t.text("booking-draft")}>
                    <p>{ t.msg("booking-draft-text", args!(time = t.stamp(saved).to_string(), name = draft.saved_by.clone().unwrap_or_default())) }</p>
                    <p>{ t.text("reminders-publish-all") }</p>
                </Note>
            }
            if let Some(planned) = planned {
                <Note tone={Tone::Info} title={t.msg("booking-planned", args!(time = t.moment(planned.publish_at, &draft.zone, &draft.name).to_string()))}>
                    <p>{ t.msg("booking-planned-text", args!(name = planned.planned_by.clone().unwrap_or_default())) }</p>
                    { options.clone() }
                </Note>
            } else if !draft.unmet.is_empty() {
                <Note tone={Tone::Warning} title={t.text("booking-unmet")}>
                    <p>{ t.text("booking-unmet-text") }</p>
                    { options.clone() }
                </Note>
            }
        </>
    }
}

/// The place of the nearest part above or below that people see.
fn next_on(modules: &[DraftModule], place: usize, way: Way) -> Option<usize> {
    let on = |place: &usize| modules.get(*place).is_some_and(|module| !module.off);
    match way {
        Way::Up => (0..place).rev().find(on),
        Way::Down => (place + 1..modules.len()).find(on),
        Way::Switched(_) => None,
    }
}

/// The rows of the lists.
struct Parts<'a> {
    t: &'a Text,
    form: &'a State<Draft>,
    moved: &'a State<Option<Moved>>,
    draft: &'a PortalDraft,
    save: &'a Action<ReplaceModules>,
}

impl Parts<'_> {
    /// The parts people see, in their order, and those they do not, which have none.
    fn lists(&self) -> Html {
        let (on, off) = (self.rows(false), self.rows(true));
        html! {
            <>
                if !on.is_empty() {
                    <ol class="rows">{ on }</ol>
                }
                if !off.is_empty() {
                    <h2 class="h2">{ self.t.text("site-modules-off") }</h2>
                    <ul class="rows">{ off }</ul>
                }
            </>
        }
    }

    fn rows(&self, off: bool) -> Vec<Html> {
        let modules = self.form.modules.iter().enumerate();
        modules
            .filter(|(_, module)| module.off == off)
            .map(|(place, module)| self.row(place, module))
            .collect()
    }

    fn row(&self, place: usize, module: &DraftModule) -> Html {
        let t = self.t;
        let key = module.key.as_str();
        let name = self.name(module);
        let error = self
            .wrong(place, "key")
            .or_else(|| self.wrong(place, "name"))
            .or_else(|| {
                (!is_link(key))
                    .then(|| self.wrong(place, "settings"))
                    .flatten()
            });
        let on_change = self.switch(place, key);
        let moves = |way: Way| !module.off && next_on(&self.form.modules, place, way).is_some();
        let has_options = !module.off && WITH_OPTIONS.contains(&key);
        html! {
            <li class="row" key={key.to_owned()} id={format!("module-{key}")}>
                <div class="row-body">
                    <Check name={format!("on-{key}")} label={name.clone()} hint={self.hint(key)} {error}
                        checked={!module.off} {on_change} />
                    if is_link(key) && !module.off {
                        { self.link(place, module) }
                    }
                </div>
                <div class="row-aside">
                    if has_options {
                        <Go<Route> to={Route::BookingOptions { id: self.draft.portal_id }}>{ t.text("booking-options") }</Go<Route>>
                    }
                    if moves(Way::Up) {
                        <Button look={Look::Quiet} icon="chevron-up" class="move-up" on_press={self.shift(place, Way::Up)}
                            label={format!("{}: {name}", t.text("site-module-up"))}>{ t.text("site-module-up") }</Button>
                    }
                    if moves(Way::Down) {
                        <Button look={Look::Quiet} icon="chevron-down" class="move-down" on_press={self.shift(place, Way::Down)}
                            label={format!("{}: {name}", t.text("site-module-down"))}>{ t.text("site-module-down") }</Button>
                    }
                </div>
            </li>
        }
    }

    /// What a part that is a link is called, and where it leads.
    fn link(&self, place: usize, module: &DraftModule) -> Html {
        let t = self.t;
        let key = module.key.as_str();
        let name_in = |language: &String| {
            let to = language.clone();
            let on_change = self.change(place, move |module, name: String| {
                module.name.insert(to.clone(), name);
            });
            let label = t.msg("booking-name", args!(language = language.as_str()));
            html! {
                <TextField key={language.clone()} name={format!("{key}-name-{language}")} {label} optional={true} max_length={60}
                    value={module.name.get(language).cloned().unwrap_or_default()} {on_change}
                    error={self.wrong(place, &format!("name/{language}"))} />
            }
        };
        let address = module.settings.get(ADDRESS).and_then(Value::as_str);
        let on_change = self.change(place, |module, address: String| {
            module
                .settings
                .insert(ADDRESS.to_owned(), Value::String(address));
        });
        html! {
            <div class="form">
                { for self.draft.languages.iter().map(name_in) }
                <TextField name={format!("{key}-address")} label={t.text("site-module-link")} input_mode="url"
                    hint={t.text("site-module-link-hint")} value={address.unwrap_or_default().to_owned()} {on_change}
                    error={self.wrong(place, "settings/address")} />
            </div>
        }
    }

    /// By the site's own name, else by the usual one.
    fn name(&self, module: &DraftModule) -> AttrValue {
        let languages = [
            self.t.lang().language(),
            self.draft.default_language.as_str(),
        ];
        let own = languages.into_iter().filter_map(|tag| module.name.get(tag));
        let own = own
            .map(|name| name.trim())
            .find(|name| !name.is_empty())
            .map(|name| AttrValue::from(name.to_owned()));
        own.or_else(|| self.t.module_name(&module.key))
            .unwrap_or_else(|| module.key.replace('_', " ").into())
    }

    /// What becomes of it that one would not think.
    fn hint(&self, key: &str) -> Option<AttrValue> {
        let audience = PortalAudience::parse(&self.draft.audience)?;
        if audience == PortalAudience::Supervisor && key == "work_status" {
            return Some(self.t.text("site-module-always"));
        }
        (!has_page(audience, key)).then(|| self.t.text("site-module-later"))
    }

    fn wrong(&self, place: usize, rest: &str) -> Option<AttrValue> {
        self.save.wrong(&format!("/modules/{place}/{rest}"))
    }

    /// Changes one of the parts.
    fn change<V: 'static>(
        &self,
        place: usize,
        how: impl Fn(&mut DraftModule, V) + 'static,
    ) -> Callback<V> {
        edit(self.form, move |draft: &mut Draft, value: V| {
            if let Some(module) = draft.modules.get_mut(place) {
                how(module, value);
            }
        })
    }

    /// Switches one of the parts on or off, which brings it to the other list.
    fn switch(&self, place: usize, key: &str) -> Callback<bool> {
        let change = self.change(place, |module, on: bool| module.off = !on);
        let (moved, key) = (self.moved.clone(), key.to_owned());
        Callback::from(move |on: bool| {
            change.emit(on);
            moved.set(Some(Moved {
                key: key.clone(),
                way: Way::Switched(on),
                place,
            }));
        })
    }

    /// Lets one of the parts people see change places with the nearest one above or below.
    fn shift(&self, place: usize, way: Way) -> Callback<MouseEvent> {
        let (form, moved) = (self.form.clone(), self.moved.clone());
        Callback::from(move |_| {
            let mut next = (*form).clone();
            let to = next_on(&next.modules, place, way);
            let (Some(to), Some(module)) = (to, next.modules.get(place)) else {
                return;
            };
            let key = module.key.clone();
            next.modules.swap(place, to);
            form.set(next);
            let place = to;
            moved.set(Some(Moved { key, way, place }));
        })
    }

    /// Where the part that was moved last stands now.
    fn said(&self) -> Option<AttrValue> {
        let moved = (**self.moved).as_ref()?;
        if matches!(moved.way, Way::Switched(_)) {
            return None;
        }
        let on = || self.form.modules.iter().filter(|module| !module.off);
        let (before, module) = on().enumerate().find(|(_, one)| one.key == moved.key)?;
        let (place, count) = (before + 1, on().count());
        let name = self.name(module).to_string();
        let args = args!(name = name, place = place, count = count);
        Some(self.t.msg("site-module-moved", args))
    }
}

/// The focus stays on what moved the part, or goes to the other button where that one is gone.
fn keep_focus(list: &HtmlElement, moved: &Moved) {
    let (this, other) = match moved.way {
        Way::Up => (".move-up", ".move-down"),
        Way::Down => (".move-down", ".move-up"),
        Way::Switched(_) => (".checkbox", ".checkbox"),
    };
    let button = |which: &str| {
        let place = format!("#module-{} {which}", moved.key);
        let found = list.query_selector(&place).ok().flatten()?;
        found.dyn_into::<HtmlElement>().ok()
    };
    if let Some(button) = button(this).or_else(|| button(other)) {
        let _ = button.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_part_people_see_passes_those_they_do_not_and_stays_where_it_is_at_the_ends() {
        let modules = [false, true, false, true].map(|off| DraftModule {
            key: String::new(),
            off,
            name: BTreeMap::new(),
            settings: serde_json::Map::new(),
        });
        assert_eq!(next_on(&modules, 0, Way::Down), Some(2));
        assert_eq!(next_on(&modules, 2, Way::Up), Some(0));
        assert_eq!(next_on(&modules, 0, Way::Up), None);
        assert_eq!(next_on(&modules, 2, Way::Down), None);
    }
}
