//! What is needed.

use salus_types::ids::AppointmentTypeId;
use salus_types::scheduling::OfferedType;
use salus_ui::hooks::use_state;
use salus_ui::{Card, Icon, TextField, args, use_text};
use yew::prelude::*;

/// How many kinds fit without a search.
const WITHOUT_SEARCH: usize = 8;

/// What [`What`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct WhatProps {
    /// What can be booked.
    pub(super) kinds: Vec<OfferedType>,
    /// One was chosen.
    pub(super) on_type: Callback<AppointmentTypeId>,
}

/// The kinds of appointments to choose from.
#[component]
pub(super) fn What(props: &WhatProps) -> Html {
    let t = use_text();
    let words = use_state(String::new);
    let wanted = words.trim().to_lowercase();
    let search = {
        let words = words.clone();
        Callback::from(move |text| words.set(text))
    };
    let row = |kind: &OfferedType| {
        let (on_type, id) = (props.on_type.clone(), kind.id);
        let minutes = t.msg("appointment-minutes", args!(minutes = kind.minutes));
        let onclick = Callback::from(move |_: MouseEvent| on_type.emit(id));
        html! {
            <li class="row" key={kind.id.to_string()}>
                <div class="row-body">
                    <button type="button" class="row-title row-link text-start" {onclick}>
                        { kind.public_name.clone() }
                    </button>
                    <p class="row-text">
                        { minutes }
                        if !kind.preparation.summary.is_empty() {
                            { " · " }{ kind.preparation.summary.clone() }
                        }
                    </p>
                </div>
                <Icon name="chevron-right" class="row-chevron" />
            </li>
        }
    };
    let shown = props
        .kinds
        .iter()
        .filter(|kind| kind.public_name.to_lowercase().contains(&wanted));
    html! {
        <Card title={t.text("book-choose-type")}>
            if props.kinds.len() > WITHOUT_SEARCH {
                <TextField name="search" kind="search" label={t.text("book-search-type")}
                    value={(*words).clone()} on_change={search} />
            }
            <ul class="rows">{ for shown.map(row) }</ul>
        </Card>
    }
}
