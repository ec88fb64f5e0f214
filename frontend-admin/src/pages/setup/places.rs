//! What places are called, how they offer times and what they do by themselves: the list, the forms,
//! the history.

use super::address::Address;
use super::history::{History, Of};
use super::known::Known;
use super::panels::{Can, Open, use_panels};
use salus_types::ids::LocationId;
use salus_types::scheduling::{ChangeLocationSettings, LocationSettings, Place};
use salus_ui::hooks::{State, edit, use_state};
use salus_ui::{
    Button, Card, Check, Column, DataTable, Empty, Look, Text, TextField, Waiting, use_action,
    use_leave_guard, use_query, use_text, use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

/// What [`Places`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct PlacesProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// Whether one may change them.
    pub(super) may: bool,
    /// What there is, is another now.
    pub(super) on_changed: Callback<()>,
}

/// The places of the clinic.
#[component]
pub(super) fn Places(props: &PlacesProps) -> Html {
    let t = use_text();
    let panels = use_panels::<Place, LocationId>(props.on_changed.clone());
    let address = use_state(|| None::<LocationId>);
    let (close, done) = (panels.close(), panels.done());
    if let Open::Change(place) = panels.open() {
        return html! { <Settings place={place.clone()} on_saved={done} on_leave={close} /> };
    }
    if let Some(id) = *address {
        let leave = Callback::from({
            let address = address.clone();
            move |()| address.set(None)
        });
        let saved = Callback::from({
            let leave = leave.clone();
            move |()| {
                leave.emit(());
                done.emit(());
            }
        });
        return html! { <Address {id} on_saved={saved} on_leave={leave} /> };
    }
    if props.known.places.is_empty() {
        return html! { <Empty icon="house" title={t.text("setup-places-none")} /> };
    }
    let can = || match props.may {
        true => Can::Keep,
        false => Can::Read,
    };
    let places = props.known.places.iter();
    let acts = |one: &Place| {
        let (address, id) = (address.clone(), one.id);
        let on_press = Callback::from(move |_: MouseEvent| address.set(Some(id)));
        html! {
            <div class="button-row">
                { panels.acts(&t, one, id, can()) }
                if props.may {
                    <Button look={Look::Quiet} {on_press}>{ t.text("setup-address-change") }</Button>
                }
            </div>
        }
    };
    let rows: Vec<_> = places.map(|one| row(one, acts(one))).collect();
    html! {
        <div class="stack">
            <DataTable caption={t.text("setup-places")} columns={columns(&t)} {rows} />
            if let Open::History(id) = *panels.open() {
                <History of={Of::Place(id)} known={props.known.clone()} on_close={close} />
            }
        </div>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("setup-place-name")),
        Column::new(t.text("setup-field-city")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(one: &Place, acts: Html) -> (AttrValue, Vec<Html>) {
    let cells = vec![
        html! { { &one.name } },
        html! { { one.city.clone().unwrap_or_default() } },
        acts,
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

#[derive(Properties, PartialEq)]
struct SettingsProps {
    place: Place,
    on_saved: Callback<()>,
    on_leave: Callback<()>,
}

/// The settings of one place, once they are known.
#[component]
fn Settings(props: &SettingsProps) -> Html {
    let settings = use_query(props.place.id, |client, id| async move {
        client
            .get_location_settings(id)
            .await
            .map(|found| found.value)
    });
    settings.show(Waiting::Rows(4), |settings| {
        html! {
            <Editor place={props.place.clone()} settings={settings.clone()} on_saved={props.on_saved.clone()}
                on_leave={props.on_leave.clone()} />
        }
    })
}

/// The settings while they are typed.
#[derive(Clone, PartialEq)]
struct Draft {
    soon: String,
    later: String,
    lead: String,
    broadcast: bool,
    no_shows: bool,
}

impl Draft {
    fn of(settings: &LocationSettings) -> Self {
        Self {
            soon: settings.offer_minutes_soon.to_string(),
            later: settings.offer_minutes_later.to_string(),
            lead: settings.offer_lead_hours.to_string(),
            broadcast: settings.offer_broadcast,
            no_shows: settings.settles_no_shows,
        }
    }

    /// What would be sent. What is no number is out of range, and the answer says so.
    fn command(&self) -> ChangeLocationSettings {
        let number = |text: &String| Some(text.trim().parse().unwrap_or_default());
        ChangeLocationSettings {
            offer_minutes_soon: number(&self.soon),
            offer_minutes_later: number(&self.later),
            offer_lead_hours: number(&self.lead),
            offer_broadcast: Some(self.broadcast),
            settles_no_shows: Some(self.no_shows),
        }
    }
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    place: Place,
    settings: LocationSettings,
    on_saved: Callback<()>,
    on_leave: Callback<()>,
}

/// The form.
#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let first = use_memo((), |()| Draft::of(&props.settings));
    let form = use_state(|| (*first).clone());
    use_leave_guard(*form != *first);
    let (id, version) = (props.place.id, props.settings.version);
    let save = {
        let (done, said) = (props.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, command: ChangeLocationSettings| async move {
                client.change_location_settings(id, version, &command).await
            },
            move |_| {
                toast.say(said.clone());
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
    let wrong = |name: &str| save.wrong(&format!("/{name}"));
    let number = |name: &'static str, unit, value: &str, set: fn(&mut Draft, String)| {
        let label = t.text(&format!("setup-field-{}", name.replace('_', "-")));
        html! {
            <TextField {name} {label} short={true} input_mode="numeric" unit={t.text(unit)} error={wrong(name)}
                value={value.to_owned()} on_change={edit(&form, set)} />
        }
    };
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    html! {
        <Card title={props.place.name.clone()}>
            <form class="form" onsubmit={submit} novalidate={true}>
                <h3 class="h3">{ t.text("setup-place-offers") }</h3>
                <p class="muted">{ t.text("setup-place-offers-lead") }</p>
                { number("offer_lead_hours", "setup-hours", &form.lead, |draft, text| draft.lead = text) }
                { number("offer_minutes_soon", "setup-minutes", &form.soon, |draft, text| draft.soon = text) }
                { number("offer_minutes_later", "setup-minutes", &form.later, |draft, text| draft.later = text) }
                { check(&t, "offer_broadcast", form.broadcast, &form, |draft, on| draft.broadcast = on) }
                <h3 class="h3">{ t.text("setup-place-night") }</h3>
                { check(&t, "settles_no_shows", form.no_shows, &form, |draft, on| draft.no_shows = on) }
                { save.problem() }
                <div class="button-row">
                    <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text("save") }</Button>
                    <Button look={Look::Quiet} on_press={leave}>{ t.text("cancel") }</Button>
                </div>
            </form>
        </Card>
    }
}

fn check(
    t: &Text,
    name: &'static str,
    checked: bool,
    form: &State<Draft>,
    set: fn(&mut Draft, bool),
) -> Html {
    let label = t.text(&format!("setup-field-{}", name.replace('_', "-")));
    html! { <Check {name} {label} {checked} on_change={edit(form, set)} /> }
}
