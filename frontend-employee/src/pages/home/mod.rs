//! The start page: what is to be done first, then what comes next, then everything else.

mod appointment;
mod messages;
mod more;
mod to_do;
mod work_status;

use appointment::NextAppointment;
use messages::Unread;
use more::More;
use salus_types::messaging::UnreadCounts;
use salus_ui::{Page, Query, args, use_look, use_session, use_text};
use to_do::ToDo;
pub(crate) use to_do::ToSchedule;
use work_status::Status;
use yew::prelude::*;

/// What the start page takes.
#[derive(Properties, PartialEq)]
pub(crate) struct HomeProps {
    /// Asked for by the frame, which shows it everywhere.
    pub unread: Query<UnreadCounts>,
}

/// The start page.
#[component]
pub(crate) fn Home(props: &HomeProps) -> Html {
    let t = use_text();
    let session = use_session();
    let look = use_look();
    let name = session
        .signed()
        .map(|signed| signed.display_name.clone())
        .unwrap_or_default();
    html! {
        <Page title={t.msg("home-greeting", args!(name = name))} lead={look.welcome()}>
            <div class="panels panels-side">
                <div class="stack">
                    <ToDo />
                    <NextAppointment />
                </div>
                <div class="stack">
                    if look.offers_module("work_status") {
                        <Status />
                    }
                    <Unread unread={props.unread.clone()} />
                    <More />
                </div>
            </div>
        </Page>
    }
}
