//! Yew's hooks for state and effects with one body for all types. Yew's own are instantiated for
//! every place that calls them, which is a large part of an app; these do the same work and are in
//! an app once.

use std::any::Any;
use std::cell::{OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;
use yew::functional::TearDown;
use yew::prelude::{Callback, hook, use_force_update};

/// Changes a part of a form's draft, and keeps the rest.
pub fn edit<T: Clone + 'static, V: 'static>(
    form: &State<T>,
    change: impl Fn(&mut T, V) + 'static,
) -> Callback<V> {
    let form = form.clone();
    Callback::from(move |value| {
        let mut next = (*form).clone();
        change(&mut next, value);
        form.set(next);
    })
}

/// A value kept from one drawing to the next. It reads as what was set last, also where an earlier
/// drawing's callback reads it.
pub struct State<T> {
    seen: Seen<T>,
    slot: Rc<Slot>,
}

/// The values a handle has shown, which live as long as it does, since they are lent from it.
struct Seen<T> {
    value: Rc<T>,
    later: OnceCell<Box<Seen<T>>>,
}

impl<T> Seen<T> {
    fn first(value: Rc<T>) -> Self {
        let later = OnceCell::new();
        Self { value, later }
    }

    fn last(&self) -> &Self {
        let mut last = self;
        while let Some(later) = last.later.get() {
            last = later;
        }
        last
    }
}

impl<T: 'static> Clone for State<T> {
    fn clone(&self) -> Self {
        let value = self.slot.get();
        Self {
            seen: Seen::first(value.unwrap_or_else(|| self.seen.last().value.clone())),
            slot: self.slot.clone(),
        }
    }
}

impl<T: 'static> Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        let last = self.seen.last();
        match self.slot.get() {
            Some(value) if !Rc::ptr_eq(&value, &last.value) => {
                let later = || Box::new(Seen::first(value));
                &last.later.get_or_init(later).value
            }
            _ => &last.value,
        }
    }
}

impl<T: PartialEq> PartialEq for State<T> {
    fn eq(&self, other: &Self) -> bool {
        self.seen.value == other.seen.value
    }
}

impl<T: 'static> State<T> {
    fn of(slot: Rc<Slot>, init: impl FnOnce() -> T) -> Self {
        let seen = Seen::first(slot.get_or(init));
        Self { seen, slot }
    }

    /// Takes another value and draws again.
    pub fn set(&self, value: T) {
        self.slot.set(Rc::new(value));
    }
}

/// Where a component keeps a value, with its type taken off.
struct Slot {
    value: RefCell<Option<Rc<dyn Any>>>,
    redraw: Callback<()>,
}

impl Slot {
    fn new(redraw: Callback<()>) -> Self {
        let value = RefCell::default();
        Self { value, redraw }
    }

    fn any(&self) -> Option<Rc<dyn Any>> {
        self.value.borrow().clone()
    }

    fn get<T: 'static>(&self) -> Option<Rc<T>> {
        self.any()?.downcast().ok()
    }

    fn get_or<T: 'static>(&self, init: impl FnOnce() -> T) -> Rc<T> {
        self.get().unwrap_or_else(|| {
            let made = Rc::new(init());
            self.put(made.clone());
            made
        })
    }

    /// Puts a value in place of the one before, which is dropped when the slot is free again: it
    /// may be what looks at it.
    fn put(&self, value: Rc<dyn Any>) {
        let before = self.value.replace(Some(value));
        drop(before);
    }

    fn set(&self, value: Rc<dyn Any>) {
        self.put(value);
        self.redraw.emit(());
    }
}

#[hook]
fn use_slot() -> Rc<Slot> {
    let redraw = use_force_update();
    let slot = yew::functional::use_mut_ref(|| None);
    let mut slot = slot.borrow_mut();
    let made = || Rc::new(Slot::new(Callback::from(move |()| redraw.force_update())));
    slot.get_or_insert_with(made).clone()
}

/// A value kept from one drawing to the next; setting it draws again.
#[hook]
pub fn use_state<T: 'static>(init: impl FnOnce() -> T) -> State<T> {
    State::of(use_slot(), init)
}

/// A value kept from one drawing to the next that draws nothing when it changes.
#[hook]
pub fn use_mut_ref<T: 'static>(init: impl FnOnce() -> T) -> Rc<RefCell<T>> {
    let slot = use_slot();
    slot.get_or(|| RefCell::new(init()))
}

/// A value whose type was taken off, and how it is compared.
pub(crate) struct Subject {
    value: Box<dyn Any>,
    same: fn(&dyn Any, &dyn Any) -> bool,
}

impl Subject {
    pub(crate) fn new<T: PartialEq + 'static>(value: T) -> Rc<Self> {
        Rc::new(Self {
            value: Box::new(value),
            same: |one, other| match (one.downcast_ref::<T>(), other.downcast_ref::<T>()) {
                (Some(one), Some(other)) => one == other,
                _ => false,
            },
        })
    }
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&*self.value, &*other.value)
    }
}

type Ending = Box<dyn FnOnce()>;
type Effect = Box<dyn FnOnce(&dyn Any) -> Ending>;

/// Does something after drawing when `about` is another than the last time; what it gives back is
/// done before the next time, and when the component goes.
#[hook]
pub fn use_effect_with<About, End, Do>(about: About, effect: Do)
where
    About: PartialEq + 'static,
    End: TearDown,
    Do: FnOnce(&About) -> End + 'static,
{
    let effect = Box::new(move |about: &dyn Any| {
        let end = about.downcast_ref().map(effect);
        Box::new(move || {
            if let Some(end) = end {
                end.tear_down();
            }
        }) as Ending
    });
    use_any_effect(Subject::new(about), effect);
}

#[hook]
fn use_any_effect(about: Rc<Subject>, effect: Effect) {
    yew::functional::use_effect_with(about, move |about| effect(&*about.value));
}

#[cfg(test)]
mod tests {
    use super::{Slot, State, Subject};
    use std::cell::Cell;
    use std::rc::Rc;
    use yew::Callback;

    fn state(redraw: Callback<()>) -> State<u32> {
        let slot = Rc::new(Slot::new(redraw));
        State::of(slot, || 1)
    }

    #[test]
    fn a_handle_reads_what_was_set_last_and_what_it_lent_stays() {
        let first = state(Callback::noop());
        let (before, again) = (&*first, first.clone());
        again.set(2);
        assert_eq!((*before, *first, *again), (1, 2, 2));
        again.set(3);
        assert_eq!((*before, *first, *again.clone()), (1, 3, 3));
    }

    #[test]
    fn setting_draws_again_even_when_the_value_is_equal() {
        let drawn = Rc::new(Cell::new(0));
        let count = drawn.clone();
        let state = state(Callback::from(move |()| count.set(count.get() + 1)));
        state.set(1);
        state.set(1);
        assert_eq!(drawn.get(), 2);
    }

    #[test]
    fn a_kept_value_is_made_once() {
        let slot = Rc::new(Slot::new(Callback::noop()));
        let made = [1, 2].map(|number| *State::of(slot.clone(), || number));
        assert_eq!(made, [1, 1]);
    }

    #[test]
    fn subjects_are_equal_by_type_and_value() {
        assert!(Subject::new(1_u8) == Subject::new(1_u8));
        assert!(Subject::new(1_u8) != Subject::new(2_u8));
        assert!(Subject::new(1_u8) != Subject::new(1_u16));
    }
}
