//! The start page: what is to be done first, then what comes next, then everything else.

mod more;
mod work_status;

use more::More;
use salus_ui::{Page, args, use_look, use_session, use_text};
use work_status::Status;
use yew::prelude::*;

/// The start page.
#[component]
pub(crate) fn Home() -> Html {
    let t = use_text();
    let session = use_session();
    let look = use_look();
    let name = session
        .signed()
        .map(|signed| signed.display_name.clone())
        .unwrap_or_default();
    html! {
        <Page title={t.msg("home-greeting", args!(name = name))} lead={look.welcome()}>
            <div class="panels panels-2">
                <Status />
                <More />
            </div>
        </Page>
    }
}
