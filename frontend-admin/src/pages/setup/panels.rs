//! What a page of the set-up shows besides its list.

use salus_ui::hooks::{State, use_state};
use salus_ui::{
    Action, Button, Check, Client, Failure, Look, Text, use_action, use_text, use_toast,
};
use std::future::Future;
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

/// What one can do with a thing of the list.
pub(super) enum Can {
    /// Read its history.
    Read,
    /// Change it too.
    Keep,
    /// Change and delete it too.
    Change,
    /// Restore it: it was deleted.
    Restore {
        on_press: Callback<MouseEvent>,
        busy: bool,
    },
}

impl Can {
    /// Restores what was deleted, changes what was not; nothing but read where one may not.
    pub(super) fn of<I: Copy + 'static>(
        may: bool,
        deleted: bool,
        (id, version): (I, i32),
        restore: &Action<(I, i32)>,
    ) -> Self {
        match (may, deleted) {
            (false, _) => Self::Read,
            (true, false) => Self::Change,
            (true, true) => Self::Restore {
                on_press: restore.run.reform(move |_: MouseEvent| (id, version)),
                busy: restore.pending,
            },
        }
    }
}

/// Restores something that was deleted, says so, and asks for the list again.
#[hook]
pub(super) fn use_restoring<I, T, E, Request, Answer>(
    request: Request,
    refetch: Callback<()>,
) -> Action<(I, i32)>
where
    I: Clone + 'static,
    T: 'static,
    E: Into<Failure> + 'static,
    Request: Fn(Client, (I, i32)) -> Answer + 'static,
    Answer: Future<Output = Result<T, E>> + 'static,
{
    let (toast, said) = (use_toast(), use_text().text("setup-restored"));
    use_action(request, move |_| {
        toast.say(said.clone());
        refetch.emit(());
    })
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

    /// The buttons beside a thing of the list.
    pub(super) fn acts(&self, t: &Text, one: &T, id: I, can: Can) -> Html {
        let history = html! {
            <Button look={Look::Quiet} on_press={self.show(Open::History(id))}>{ t.text("setup-history") }</Button>
        };
        let change = || {
            html! {
                <Button look={Look::Quiet} on_press={self.show(Open::Change(one.clone()))}>{ t.text("change") }</Button>
            }
        };
        match can {
            Can::Read => history,
            Can::Keep => html! { <div class="button-row">{ change() }{ history }</div> },
            Can::Change => html! {
                <div class="button-row">
                    { change() }
                    { history }
                    <Button look={Look::Quiet} on_press={self.show(Open::Delete(one.clone()))}>{ t.text("delete") }</Button>
                </div>
            },
            Can::Restore { on_press, busy } => html! {
                <div class="button-row">
                    <Button look={Look::Quiet} icon="undo-2" {busy} {on_press}>{ t.text("setup-restore") }</Button>
                    { history }
                </div>
            },
        }
    }

    /// What stands above the list: a button for something new, where one may, and whether what was
    /// deleted is shown.
    pub(super) fn above(&self, t: &Text, new: Option<&'static str>, deleted: &State<bool>) -> Html {
        let on_change = {
            let deleted = deleted.clone();
            Callback::from(move |on: bool| deleted.set(on))
        };
        html! {
            <div class="flex flex-wrap items-center gap-4">
                if let Some(words) = new {
                    <Button look={Look::Primary} icon="plus" on_press={self.show(Open::New)}>{ t.text(words) }</Button>
                }
                <Check name="deleted" label={t.text("setup-show-deleted")} checked={**deleted} {on_change} />
            </div>
        }
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
