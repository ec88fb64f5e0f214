//! Free times as they come, page after page, as far as the days that are shown.

use crate::failure::Failure;
use crate::hooks::{use_effect_with, use_state};
use crate::parts::{ProblemView, Skeleton, Waiting};
use crate::query::{Query, use_query};
use chrono::{Days, NaiveDate};
use salus_client::Client;
use salus_types::page::Page;
use salus_types::scheduling::{Reach, Slot};
use std::future::Future;
use std::rc::Rc;
use yew::prelude::*;

/// The most days the server answers at once.
const SPAN: u64 = 31;

/// How many times a page holds after the first one, which is short so that something is there soon.
const MANY: u16 = 200;

/// Which page of free times is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotsPage {
    /// First local date.
    pub from: NaiveDate,
    /// Last local date.
    pub to: NaiveDate,
    /// How many.
    pub limit: Option<u16>,
    /// Where the page begins, after the first of its dates.
    pub cursor: Option<String>,
}

impl SlotsPage {
    fn from(from: NaiveDate, last: NaiveDate, limit: Option<u16>) -> Self {
        Self {
            from,
            to: last.min(from + Days::new(SPAN - 1)),
            limit,
            cursor: None,
        }
    }

    /// The page after this one: further times of these dates, or the first of the dates beyond.
    fn next(&self, cursor: Option<&String>, last: NaiveDate) -> Option<Self> {
        match cursor {
            Some(cursor) => Some(Self {
                limit: Some(MANY),
                cursor: Some(cursor.clone()),
                ..self.clone()
            }),
            None if self.to < last => {
                let from = self.to + Days::new(1);
                Some(Self::from(from, last, Some(MANY)))
            }
            None => None,
        }
    }
}

/// A page that came.
#[derive(Debug, PartialEq)]
struct Came {
    round: u32,
    asked: SlotsPage,
    page: Page<Slot>,
}

/// How far somebody has looked.
struct Progress<About> {
    about: About,
    round: u32,
    presses: u16,
    asked: SlotsPage,
    earlier: Vec<Rc<Came>>,
}

impl<About: Clone> Clone for Progress<About> {
    fn clone(&self) -> Self {
        Self {
            about: self.about.clone(),
            round: self.round,
            presses: self.presses,
            asked: self.asked.clone(),
            earlier: self.earlier.clone(),
        }
    }
}

/// The free times of the days that are shown.
pub struct FreeTimes {
    /// Those that have come.
    pub slots: Vec<Slot>,
    /// The last day that is shown.
    pub until: NaiveDate,
    /// Shows more days; none where all are shown.
    pub more: Option<Callback<MouseEvent>>,
    /// Looks again from the first day on.
    pub again: Callback<()>,
    complete: bool,
    failure: Option<Failure>,
    retry: Callback<()>,
}

impl FreeTimes {
    /// Draws what has come; a skeleton until something has, or nothing is known to be free.
    pub fn show(&self, ready: impl FnOnce() -> Html) -> Html {
        let drawn = (self.complete || !self.slots.is_empty()).then(ready);
        html! {
            <>
                if let Some(failure) = &self.failure {
                    <ProblemView failure={failure.clone()} retry={self.retry.clone()} />
                } else if drawn.is_none() {
                    <Skeleton waiting={Waiting::Rows(3)} retry={self.retry.clone()} />
                }
                { drawn }
            </>
        }
    }
}

/// Asks for the free times from `today` on, page after page, until those of the days that are shown
/// are there; where none of these has one, until the first day that has.
#[hook]
pub fn use_free_times<About, E, Request, Answer>(
    about: About,
    today: NaiveDate,
    reach: Reach,
    request: Request,
) -> FreeTimes
where
    About: PartialEq + Clone + 'static,
    E: Into<Failure> + 'static,
    Request: Fn(Client, About, SlotsPage) -> Answer + 'static,
    Answer: Future<Output = Result<Page<Slot>, E>> + 'static,
{
    let last = reach.last_day(today);
    let begun = use_state(|| None::<Progress<About>>);
    let known = (*begun).clone().filter(|one| one.about == about);
    let progress = known.unwrap_or_else(|| Progress {
        about: about.clone(),
        round: 0,
        presses: 0,
        asked: SlotsPage::from(today, last, None),
        earlier: Vec::new(),
    });
    let question = (about, progress.round, progress.asked.clone());
    let query: Query<Came> = use_query(question, move |client, (about, round, asked)| {
        let answer = request(client, about, asked.clone());
        async move { answer.await.map(|page| Came { round, asked, page }) }
    });
    let came = query
        .data
        .clone()
        .filter(|came| came.round == progress.round && came.asked == progress.asked);
    let pages = progress.earlier.iter().chain(&came);
    let mut slots: Vec<Slot> = pages.flat_map(|came| came.page.items.clone()).collect();
    let first = slots.first().map(|slot| slot.local_date);
    let until = reach.shown_until(today, progress.presses, first);
    let next = came
        .as_ref()
        .and_then(|came| came.asked.next(came.page.next_cursor.as_ref(), last));
    let lacking = match (&came, &next) {
        (None, _) => true,
        (Some(_), None) => false,
        // The last day that has come may go on in the next page.
        (Some(_), Some(next)) if next.cursor.is_some() => {
            slots.last().is_none_or(|slot| slot.local_date <= until)
        }
        (Some(_), Some(next)) => slots.is_empty() || next.from <= until,
    };
    {
        let begun = begun.clone();
        let onward = next.zip(came.clone()).filter(|_| lacking);
        let further = onward.map(|(asked, came)| {
            let mut progress = progress.clone();
            progress.earlier.push(came);
            progress.asked = asked;
            progress
        });
        let place = further.as_ref().map(|one| (one.round, one.asked.clone()));
        use_effect_with(place, move |_| {
            if further.is_some() {
                begun.set(further);
            }
        });
    }
    slots.retain(|slot| slot.local_date <= until);
    let (further, again) = (
        Progress {
            presses: progress.presses + 1,
            ..progress.clone()
        },
        Progress {
            round: progress.round + 1,
            asked: SlotsPage::from(today, last, None),
            earlier: Vec::new(),
            ..progress
        },
    );
    let set = |to: Progress<About>| {
        let begun = begun.clone();
        move || begun.set(Some(to.clone()))
    };
    let (further, again) = (set(further), set(again));
    FreeTimes {
        slots,
        until,
        more: (until < last).then(|| Callback::from(move |_: MouseEvent| further())),
        again: Callback::from(move |()| again()),
        complete: !lacking,
        failure: query.failure.clone(),
        retry: query.refetch.clone(),
    }
}
