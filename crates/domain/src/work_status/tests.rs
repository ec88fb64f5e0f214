use super::catalogue::{Side, WEAR_CHOICES};
use super::change::{Author, end_all};
use super::draft::interval;
use super::*;
use crate::ids::{AccountId, PersonId, RestrictionId};
use crate::private::Private;
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::America::New_York;
use chrono_tz::Tz;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

mod accommodations;
mod dates;
mod limits;
mod notices;
mod statuses;

static NEXT: AtomicU64 = AtomicU64::new(1);

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn moment(text: &str) -> LocalMoment {
    text.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn by(at: &str) -> Author {
    Author {
        account: AccountId(Uuid::from_u128(9)),
        at: utc(at),
    }
}

/// A "no lifting" restriction in New York, with the given kind and dates.
fn restriction(kind: RestrictionType, starts: &str, ends: Option<&str>) -> Restriction {
    let terms = Terms {
        kind,
        limit: Limit::NONE,
        side: Side::NotApplicable,
        interval: interval(
            Some(moment(starts)),
            ends.map(moment),
            ends.is_none(),
            New_York,
            utc("2026-01-01T00:00:00Z"),
        )
        .unwrap(),
        affects_work: true,
        comment: None,
    };
    Restriction::write(
        RestrictionId(Uuid::from_u128(u128::from(
            NEXT.fetch_add(1, Ordering::Relaxed),
        ))),
        PersonId(Uuid::from_u128(1)),
        terms,
        Clinical {
            note: Some(Private("clinic only".to_owned())),
            problem: Some(Private("back".to_owned())),
            ..Clinical::default()
        },
        true,
        Source::Clinic,
        by("2026-01-01T00:00:00Z"),
    )
}

fn facts(restrictions: &[Restriction]) -> Facts {
    Facts {
        zone: New_York,
        limitations: restrictions
            .iter()
            .filter_map(Restriction::limitation)
            .collect(),
        accommodations: Vec::new(),
        employed_until: None,
    }
}
