//! Who opened the person's record.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// Who opened the person's record.
#[component]
pub(crate) fn RecordAccess() -> Html {
    html! { <NotFound /> }
}
