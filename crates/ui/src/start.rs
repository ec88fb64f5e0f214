//! Starting an app in the page's shell.

use crate::storage;
use yew::BaseComponent;

/// Puts an app in the place of the shell that `index.html` painted.
pub fn start<Root>()
where
    Root: BaseComponent,
    Root::Properties: Default,
{
    if let Some(theme) = storage::get(crate::theme::REMEMBERED) {
        crate::theme::Theme::from_key(&theme).choose();
    }
    let Some(place) = gloo::utils::document().get_element_by_id("app") else {
        return;
    };
    place.set_text_content(None);
    yew::Renderer::<Root>::with_root(place).render();
}
