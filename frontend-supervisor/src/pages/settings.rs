//! Language and colours on this device, and where the account is signed in.

use salus_ui::{Card, LanguageChoice, Page, ThemeChoice, use_text};
use yew::prelude::*;

/// The settings of this device and of the account.
#[component]
pub(crate) fn Settings() -> Html {
    let t = use_text();
    html! {
        <Page title={t.text("settings")} narrow={true}>
            <Card title={t.text("settings-look")}>
                <div class="stack">
                    <p class="muted">{ t.text("settings-look-hint") }</p>
                    <LanguageChoice />
                    <ThemeChoice />
                </div>
            </Card>
        </Page>
    }
}
