use super::{Page, PortalMark, use_look};
use crate::i18n::use_text;
use crate::parts::Icon;
use salus_types::portals::PortalChoice;
use yew::prelude::*;

/// Signed in with several portals: which one is it to be?
#[component]
pub fn PortalPage() -> Html {
    let t = use_text();
    let look = use_look();
    let one = |choice: &PortalChoice| {
        let slug = choice.slug.clone();
        let onclick = look.choose.reform(move |_: MouseEvent| slug.clone());
        html! {
            <li>
                <button type="button" class="portal-choice" {onclick}>
                    if let Some(address) = choice.logo_url.clone() {
                        <img class="mark-logo" src={address} alt="" />
                    }
                    <span class="portal-choice-name">
                        <strong>{ choice.name.clone() }</strong>
                        if let Some(employer) = &choice.employer {
                            <span class="muted">{ employer.clone() }</span>
                        }
                    </span>
                    <Icon name="chevron-right" />
                </button>
            </li>
        }
    };
    html! {
        <>
            <header class="bar"><span class="mark-link"><PortalMark /></span></header>
            <main class="content content-alone">
                <Page title={t.text("portal-choice")} lead={t.text("portal-choice-lead")} narrow={true}>
                    <ul class="portal-choices">{ for look.choices().iter().map(one) }</ul>
                </Page>
            </main>
        </>
    }
}
