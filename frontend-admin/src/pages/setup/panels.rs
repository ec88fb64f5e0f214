//! What a page of the set-up shows besides its list.

use salus_ui::hooks::{State, use_state};
use yew::prelude::*;

/// What is open.
#[derive(Clone, PartialEq)]
pub(super) enum Open<T, I> {
    Nothing,
    New,
    Change(T),
    Delete(T),
    Restore(T),
    History(I),
}

/// What is open, and what opens and closes it.
pub(super) struct Panels<T: 'static, I: 'static> {
    open: State<Open<T, I>>,
    refetch: Callback<()>,
}

/// Nothing is open at first; `refetch` follows what was saved.
#[hook]
pub(super) fn use_panels<T: 'static, I: 'static>(refetch: Callback<()>) -> Panels<T, I> {
    let open = use_state(|| Open::Nothing);
    Panels { open, refetch }
}

impl<T: Clone + 'static, I: Clone + 'static> Panels<T, I> {
    /// What is open now.
    pub(super) fn open(&self) -> &Open<T, I> {
        &self.open
    }

    /// What the form is about, while it is open: something there is, or something new.
    pub(super) fn editing(&self) -> Option<Option<T>> {
        match self.open() {
            Open::New => Some(None),
            Open::Change(one) => Some(Some(one.clone())),
            _ => None,
        }
    }

    /// Opens something.
    pub(super) fn show(&self, what: Open<T, I>) -> Callback<MouseEvent> {
        let open = self.open.clone();
        Callback::from(move |_| open.set(what.clone()))
    }

    /// Closes it.
    pub(super) fn close(&self) -> Callback<()> {
        let open = self.open.clone();
        Callback::from(move |()| open.set(Open::Nothing))
    }

    /// Closes it and asks for the list again.
    pub(super) fn done(&self) -> Callback<()> {
        let (close, refetch) = (self.close(), self.refetch.clone());
        Callback::from(move |()| {
            close.emit(());
            refetch.emit(());
        })
    }
}
