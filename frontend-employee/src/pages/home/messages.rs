//! What is unread.

use super::HomeProps;
use crate::routes::Route;
use salus_ui::{Badge, Card, Go, Tone, Waiting, args, use_text};
use yew::prelude::*;

/// How many conversations hold something unread.
#[component]
pub(super) fn Unread(props: &HomeProps) -> Html {
    let t = use_text();
    let all = html! { <Go<Route> to={Route::Messages}>{ t.text("home-all-messages") }</Go<Route>> };
    html! {
        <Card title={t.text("home-messages")} aside={all}>
            { props.unread.show(Waiting::Text, |counts| if counts.conversations == 0 {
                html! { <p class="muted">{ t.text("home-messages-none") }</p> }
            } else {
                let text = t.msg("home-messages-unread", args!(count = counts.conversations));
                html! { <Badge tone={Tone::Info} icon="message-square" {text} /> }
            }) }
        </Card>
    }
}
