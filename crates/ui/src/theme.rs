//! Light, dark, or as the device says.

use crate::hooks::use_state;
use crate::i18n::use_text;
use crate::parts::{Choice, Radio};
use crate::storage;
use yew::prelude::*;

pub(crate) const REMEMBERED: &str = "salus.theme";

/// Which colours the reader wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn from_key(key: &str) -> Self {
        match key {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The remembered choice.
    #[must_use]
    pub fn remembered() -> Self {
        storage::get(REMEMBERED).map_or(Self::System, |key| Self::from_key(&key))
    }

    /// Remembers the choice and shows it at once.
    pub fn choose(self) {
        storage::set(REMEMBERED, self.key());
        mark(self);
    }
}

#[cfg(target_arch = "wasm32")]
fn mark(theme: Theme) {
    let Some(root) = gloo::utils::document().document_element() else {
        return;
    };
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.key()),
    };
}

#[cfg(not(target_arch = "wasm32"))]
fn mark(_theme: Theme) {}

/// Lets the reader choose the colours; the choice is remembered on this device.
#[component]
pub fn ThemeChoice() -> Html {
    let t = use_text();
    let theme = use_state(Theme::remembered);
    let on_change = {
        let theme = theme.clone();
        Callback::from(move |key: String| {
            let chosen = Theme::from_key(&key);
            chosen.choose();
            theme.set(chosen);
        })
    };
    let choices = vec![
        Choice::new("system", t.text("theme-system")),
        Choice::new("light", t.text("theme-light")),
        Choice::new("dark", t.text("theme-dark")),
    ];
    html! {
        <Radio name="theme" label={t.text("theme")} {choices} value={theme.key()} inline={true} {on_change} />
    }
}
