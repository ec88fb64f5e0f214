//! Where times are in the columns of a day or a week: minutes go down, what is at once stands beside
//! each other.

use chrono::{DateTime, TimeDelta, Utc};

/// The minutes of a day on which no clock changes.
const WHOLE_DAY: i32 = 24 * 60;
/// The minutes a visit that is dragged goes by.
const STEP: i32 = 5;
/// The pixels in which a visit can be read.
const READABLE: i32 = 72;
/// The fewest and the most pixels of a minute.
const SCALES: (i32, i32) = (2, 5);
/// What is shown of a day at least.
const USUAL: Minutes = Minutes {
    from: 8 * 60,
    until: 17 * 60,
};

/// A stretch of a day, in minutes of its wall-clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Minutes {
    /// The first minute.
    pub(super) from: i32,
    /// The first minute after it.
    pub(super) until: i32,
}

impl Minutes {
    /// A stretch of the day that ends at an instant.
    pub(super) fn of(from: DateTime<Utc>, until: DateTime<Utc>, day_end: DateTime<Utc>) -> Self {
        Self {
            from: minute_of(from, day_end),
            until: minute_of(until, day_end),
        }
    }

    /// How long it is.
    pub(super) fn length(self) -> i32 {
        self.until - self.from
    }

    fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// The minute of an instant on the day that ends at another one. It is counted back from the end: where
/// the clocks change at night, the hours in which people work have the minutes they always have.
pub(super) fn minute_of(at: DateTime<Utc>, day_end: DateTime<Utc>) -> i32 {
    let left = (day_end - at).num_minutes();
    WHOLE_DAY - i32::try_from(left).unwrap_or_default()
}

/// The instant of a minute of the day that ends at another one.
pub(super) fn instant_of(minute: i32, day_end: DateTime<Utc>) -> DateTime<Utc> {
    day_end - TimeDelta::minutes(i64::from(WHOLE_DAY - minute))
}

/// The hours that are shown, and how tall they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    shown: Minutes,
    /// Pixels of a minute.
    scale: i32,
}

impl Grid {
    /// Whole hours around everything there is; so tall that the shortest visit can be read.
    pub(super) fn around(visits: &[Minutes], others: &[Minutes]) -> Self {
        let mut shown = USUAL;
        for stretch in visits.iter().chain(others) {
            shown.from = shown.from.min(stretch.from.div_euclid(60) * 60);
            shown.until = shown.until.max((stretch.until + 59).div_euclid(60) * 60);
        }
        let shortest = visits.iter().map(|visit| visit.length()).min();
        let shortest = shortest.unwrap_or(READABLE).max(1);
        let (least, most) = SCALES;
        let scale = ((READABLE + shortest - 1) / shortest).clamp(least, most);
        Self { shown, scale }
    }

    /// How tall it is, in pixels.
    pub(super) fn height(self) -> i32 {
        self.shown.length() * self.scale
    }

    /// Its whole hours, as minutes of the day.
    pub(super) fn hours(self) -> impl Iterator<Item = i32> {
        (self.shown.from..self.shown.until).step_by(60)
    }

    /// Where a stretch begins, in pixels from the top, and how tall it is; what lies outside is cut off.
    pub(super) fn place(self, stretch: Minutes) -> (i32, i32) {
        let from = stretch.from.max(self.shown.from);
        let until = stretch.until.min(self.shown.until).max(from);
        (
            (from - self.shown.from) * self.scale,
            (until - from) * self.scale,
        )
    }

    /// The minutes between two heights, in pixels.
    pub(super) fn minutes(self, pixels: i32) -> i32 {
        pixels.div_euclid(self.scale)
    }

    /// When something of some length begins whose top is so many pixels from the top: at the nearest
    /// step, and inside the hours shown.
    pub(super) fn start_at(self, pixels: i32, length: i32) -> i32 {
        let minute = self.shown.from + self.minutes(pixels);
        let stepped = (minute + STEP / 2).div_euclid(STEP) * STEP;
        let last = (self.shown.until - length).max(self.shown.from);
        stepped.clamp(self.shown.from, last)
    }
}

/// Puts what overlaps beside each other: for each stretch its place from the left, and how many stand
/// there. What comes first, and what is first in the list, stands left.
pub(super) fn lanes(stretches: &[Minutes]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by_key(|at| stretches.get(*at).map(|stretch| stretch.from));
    let mut placed = vec![(0, 1); stretches.len()];
    // Those that overlap each other, directly or through others, and until when.
    let mut together: Vec<usize> = Vec::new();
    let mut end = i32::MIN;
    for at in order {
        let Some(stretch) = stretches.get(at).copied() else {
            continue;
        };
        if stretch.from >= end {
            together.clear();
        }
        let taken: Vec<usize> = together
            .iter()
            .filter(|other| {
                let other = stretches.get(**other);
                other.is_some_and(|other| other.overlaps(stretch))
            })
            .filter_map(|other| placed.get(*other).map(|(lane, _)| *lane))
            .collect();
        let lane = (0..).find(|lane| !taken.contains(lane)).unwrap_or_default();
        let wide = together
            .iter()
            .filter_map(|other| placed.get(*other))
            .map(|(_, wide)| *wide)
            .max()
            .unwrap_or(1)
            .max(lane + 1);
        together.push(at);
        end = end.max(stretch.until);
        if let Some(own) = placed.get_mut(at) {
            *own = (lane, wide);
        }
        for other in &together {
            if let Some((_, others)) = placed.get_mut(*other) {
                *others = wide;
            }
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn minutes(from: i32, until: i32) -> Minutes {
        Minutes { from, until }
    }

    #[test]
    fn working_hours_have_their_usual_minutes_on_the_days_on_which_clocks_change() {
        // Midnight after 3 March, 14 March and 7 November 2027 in New York.
        let usual = minute_of(at("2027-03-03T14:00:00Z"), at("2027-03-04T05:00:00Z"));
        let forward = minute_of(at("2027-03-14T13:00:00Z"), at("2027-03-15T04:00:00Z"));
        let back = minute_of(at("2027-11-07T14:00:00Z"), at("2027-11-08T05:00:00Z"));
        assert_eq!([usual, forward, back], [540, 540, 540]);
    }

    #[test]
    fn a_minute_leads_back_to_its_instant() {
        let end = at("2027-03-15T04:00:00Z");
        let start = at("2027-03-14T13:35:00Z");
        assert_eq!(instant_of(minute_of(start, end), end), start);
    }

    #[test]
    fn the_grid_reaches_around_everything_in_whole_hours() {
        let grid = Grid::around(&[minutes(7 * 60 + 30, 8 * 60)], &[minutes(960, 1100)]);
        let hours: Vec<_> = grid.hours().map(|minute| minute / 60).collect();
        assert_eq!(hours.first(), Some(&7));
        assert_eq!(hours.last(), Some(&18));
    }

    #[test]
    fn the_shortest_visit_is_tall_enough_to_read() {
        for length in [15, 20, 30, 60] {
            let visit = minutes(600, 600 + length);
            let (_, height) = Grid::around(&[visit], &[]).place(visit);
            assert!(height >= READABLE, "{length} minutes are {height} pixels");
        }
    }

    #[test]
    fn what_is_dropped_begins_at_the_nearest_five_minutes() {
        let grid = Grid::around(&[minutes(600, 630)], &[]);
        let (top, _) = grid.place(minutes(603, 633));
        assert_eq!(grid.start_at(top, 30), 605);
        let (top, _) = grid.place(minutes(602, 632));
        assert_eq!(grid.start_at(top, 30), 600);
    }

    #[test]
    fn nothing_is_dropped_outside_the_hours_shown() {
        let grid = Grid::around(&[minutes(600, 630)], &[]);
        assert_eq!(grid.start_at(-200, 30), 8 * 60);
        assert_eq!(grid.start_at(grid.height(), 30), 16 * 60 + 30);
    }

    #[test]
    fn what_lies_outside_the_hours_shown_is_cut_off() {
        let grid = Grid::around(&[], &[]);
        assert_eq!(grid.place(minutes(0, WHOLE_DAY)), (0, grid.height()));
    }

    #[test]
    fn visits_at_once_stand_beside_each_other_and_others_take_the_whole_width() {
        let visits = [
            minutes(540, 600),
            minutes(555, 570),
            minutes(570, 590),
            minutes(600, 660),
        ];
        assert_eq!(lanes(&visits), [(0, 2), (1, 2), (1, 2), (0, 1)]);
    }

    #[test]
    fn everybody_of_a_crowd_has_the_same_width() {
        let visits = [
            minutes(0, 30),
            minutes(0, 30),
            minutes(10, 60),
            minutes(50, 70),
        ];
        assert_eq!(lanes(&visits), [(0, 3), (1, 3), (2, 3), (0, 3)]);
    }
}
