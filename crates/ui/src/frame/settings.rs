use super::{LanguageChoice, Page, use_look};
use crate::args;
use crate::density::DensityChoice;
use crate::device::device_name;
use crate::i18n::{Text, use_text};
use crate::offers::use_install;
use crate::parts::{Badge, Button, Card, Look, Tone, Waiting, use_toast};
use crate::query::{use_action, use_query};
use crate::theme::ThemeChoice;
use salus_client::Client;
use salus_types::accounts::Device;
use salus_types::ids::SessionId;
use yew::prelude::*;

/// What [`Settings`] takes.
#[derive(Properties, PartialEq)]
pub struct SettingsProps {
    /// What only this app has.
    #[prop_or_default]
    pub children: Html,
}

/// The settings every app has: language and colours, and where the account is signed in.
#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let t = use_text();
    let look = use_look();
    html! {
        <Page title={t.text("settings")} narrow={true}>
            <Card title={t.text("settings-look")}>
                <div class="stack">
                    <p class="muted">{ t.text("settings-look-hint") }</p>
                    <LanguageChoice />
                    <ThemeChoice />
                    if !look.app.is_branded() {
                        <DensityChoice />
                    }
                </div>
            </Card>
            { props.children.clone() }
            <Install />
            <Devices />
        </Page>
    }
}

/// The browser's offer to install the app, where it makes one.
#[component]
fn Install() -> Html {
    let t = use_text();
    let Some(install) = use_install() else {
        return Html::default();
    };
    html! {
        <Card title={t.text("install-title")}>
            <div class="stack">
                <p class="muted">{ t.text("install-text") }</p>
                <div class="button-row">
                    <Button on_press={install.reform(|_: MouseEvent| ())}>{ t.text("install-now") }</Button>
                </div>
            </div>
        </Card>
    }
}

/// The browsers and programs signed in to the account; each can be signed out from here.
#[component]
fn Devices() -> Html {
    let t = use_text();
    let toast = use_toast();
    let devices = use_query((), |client, ()| client.list_sessions());
    let end = {
        let refetch = devices.refetch.clone();
        let said = t.text("sessions-ended");
        use_action(
            |client: Client, id: SessionId| client.end_session(id),
            move |()| {
                toast.say(said.clone());
                refetch.emit(());
            },
        )
    };
    html! {
        <Card title={t.text("sessions")}>
            <div class="stack">
                <p class="muted">{ t.text("sessions-lead") }</p>
                { end.problem() }
                { devices.show(Waiting::Rows(2), |devices| html! {
                    <ul class="rows">
                        { for devices.iter().map(|device| row(&t, device, &end.run)) }
                    </ul>
                }) }
            </div>
        </Card>
    }
}

fn row(t: &Text, device: &Device, end: &Callback<SessionId>) -> Html {
    let id = device.id;
    let name = device_name(t, &device.device);
    let active = t.stamp(device.last_seen_at).to_string();
    html! {
        <li class="row" key={id.to_string()}>
            <div class="row-body">
                <span class="row-title">{ name.clone() }</span>
                <p class="row-text">{ t.msg("sessions-active", args!(time = active)) }</p>
            </div>
            <div class="row-aside">
                if device.current {
                    <Badge tone={Tone::Good} text={t.text("sessions-this")} />
                } else {
                    <Button look={Look::Quiet} on_press={end.reform(move |_: MouseEvent| id)}
                        label={format!("{}: {}", t.text("sessions-end"), name)}>
                        { t.text("sessions-end") }
                    </Button>
                }
            </div>
        </li>
    }
}
