//! Restrictions of the sandbox's people; dates count from the day of seeding.

use chrono::{Days, NaiveDate};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AccountId, EmployerId, PersonId, RestrictionId};
use salus_domain::time::local_date;
use salus_domain::work_status::catalogue::Side;
use salus_domain::work_status::change::Author;
use salus_domain::work_status::{
    AccommodationDraft, AccommodationType, ClinicAccommodation, Clinical, Coverage, Frequency,
    Hours, Limit, LocalMoment, Provider, Restriction, RestrictionDraft, RestrictionType, Source,
    State, WeightLine, WeightUnit,
};
use salus_store::sealing::Place;
use salus_store::work_status::{
    Sealed, Writing, insert_accommodation, insert_restriction, insert_restriction_version,
    work_people,
};

use std::collections::BTreeSet;

use super::organizations::NORTHWIND;
use super::people::worker;
use super::{SALUS, id};
use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::Tx;

/// The account of `clinician@`.
const CLINICIAN: AccountId = AccountId(id(0x5a1_2000 + 301));
/// What the first of the sandbox's restrictions is called by.
const FIRST: u64 = 0x5a1_6001;
/// What the first of the sandbox's accommodations is called by.
const FIRST_ACCOMMODATION: u64 = 0x5a1_6301;

struct Written {
    worker: u64,
    kind: RestrictionType,
    limit: Limit,
    side: Side,
    from: i64,
    to: Option<i64>,
    affects_work: bool,
    comment: Option<&'static str>,
    problem: &'static str,
    note: &'static str,
}

pub(super) async fn seed(state: &AppState) -> Result<(), ApiError> {
    state
        .run_system(SALUS, "seed_sandbox", async |tx| {
            for (n, written) in (FIRST..).zip(all()) {
                write(tx, RestrictionId(id(n)), written).await?;
            }
            accommodate(tx).await
        })
        .await
}

/// Elena Castillo: limits at work and a personal one; Tom Becker: off work; Grace Lindqvist: back
/// at full duty since last week; Aisha Farouk, who reports to somebody else: hours on her feet.
fn all() -> Vec<Written> {
    let restriction = |worker, kind, limit, from, to| Written {
        worker,
        kind,
        limit,
        side: Side::NotApplicable,
        from,
        to,
        affects_work: true,
        comment: None,
        problem: "Strain of the right shoulder",
        note: "Pain on abduction above 90 degrees; seen again before the end.",
    };
    vec![
        Written {
            comment: Some("Use the cart or ask a colleague for anything heavier."),
            ..restriction(4, RestrictionType::Lift, ladder(), -10, Some(21))
        },
        Written {
            side: Side::Right,
            ..restriction(
                4,
                RestrictionType::ReachAboveShoulder,
                Limit::NONE,
                -10,
                Some(21),
            )
        },
        Written {
            affects_work: false,
            problem: "Photosensitivity",
            note: "Advised about sun at the weekend.",
            ..restriction(4, RestrictionType::Wear, sun(), -10, Some(80))
        },
        Written {
            problem: "Lumbar sprain",
            note: "Rest, then review.",
            ..restriction(5, RestrictionType::NoWork, Limit::NONE, -3, Some(6))
        },
        Written {
            problem: "Ankle sprain, resolved",
            note: "Full range of motion.",
            ..restriction(8, RestrictionType::ClimbLadder, Limit::NONE, -30, Some(-7))
        },
        Written {
            problem: "Plantar fasciitis",
            note: "Insoles fitted.",
            ..restriction(6, RestrictionType::Stand, on_feet(), -5, Some(30))
        },
    ]
}

fn ladder() -> Limit {
    let line = |value: u8, frequency| WeightLine {
        value: value.into(),
        unit: WeightUnit::Lb,
        frequency,
    };
    Limit::Weight {
        lines: vec![
            line(20, Frequency::Occasional),
            line(10, Frequency::Frequent),
        ],
        hours_per_day: None,
    }
}

fn sun() -> Limit {
    Limit::Choice {
        value: "sun_protection".to_owned(),
    }
}

fn on_feet() -> Limit {
    Limit::Hours {
        per_day: Hours::from_quarters(16),
        at_once: Hours::from_quarters(4),
    }
}

async fn write(tx: &mut Tx, id: RestrictionId, written: Written) -> Result<(), ApiError> {
    let person = PersonId(worker(written.worker));
    let zone = work_people(tx.conn(), &[person])
        .await?
        .pop()
        .ok_or_else(ApiError::not_found)?
        .zone;
    let today = local_date(tx.now, zone);
    let draft = RestrictionDraft {
        kind: written.kind,
        limit: written.limit,
        side: written.side,
        starts: Some(LocalMoment::on(after(today, written.from))),
        ends: written.to.map(|days| LocalMoment::on(after(today, days))),
        permanent: written.to.is_none(),
        affects_work: written.affects_work,
        comment: written.comment.map(str::to_owned),
    };
    let terms = draft
        .check(zone, tx.now)
        .map_err(|_| ApiError::internal("a sandbox restriction does not pass its own rules"))?;
    let restriction = Restriction::write(
        id,
        person,
        terms,
        Clinical {
            provider: Some(Provider::Account(CLINICIAN)),
            ..Clinical::default()
        },
        true,
        Source::Clinic,
        Author {
            account: CLINICIAN,
            at: tx.now,
        },
    );
    let key = tx.chart_key(person).await?;
    let seal = |column, text: &str| {
        let place = Place {
            table: "restrictions",
            column,
            row: id.uuid(),
        };
        key.seal(&place, text.as_bytes())
    };
    let with = Writing {
        provider_org: SALUS,
        employer: EmployerId(NORTHWIND),
        sealed: Sealed {
            note: Some(seal("clinical_note_sealed", written.note)?),
            problem: Some(seal("problem_sealed", written.problem)?),
        },
    };
    let about = About::person(person).employer(with.employer).object(id);
    let restriction = tx.allow(Act::Create, DataClass::WorkStatus, about, restriction)?;
    insert_restriction(tx.conn(), &restriction, &with).await?;
    insert_restriction_version(tx.conn(), &restriction, &with).await?;
    Ok(())
}

/// What is arranged for Elena Castillo's first restriction.
async fn accommodate(tx: &mut Tx) -> Result<(), ApiError> {
    let person = PersonId(worker(4));
    let zone = work_people(tx.conn(), &[person])
        .await?
        .pop()
        .ok_or_else(ApiError::not_found)?
        .zone;
    let today = local_date(tx.now, zone);
    let lifting = RestrictionId(id(FIRST));
    let draft = AccommodationDraft {
        kind: AccommodationType::TransitionalDuty,
        details: Some("Packs small parts at the bench by the window.".to_owned()),
        starts: Some(LocalMoment::on(after(today, -9))),
        ends: Some(LocalMoment::on(after(today, 21))),
        coverage: Coverage::Full,
        restrictions: vec![lifting],
    };
    let terms = draft
        .check(zone, tx.now, &BTreeSet::from([lifting]))
        .map_err(|_| ApiError::internal("a sandbox accommodation does not pass its own rules"))?;
    let accommodation = ClinicAccommodation {
        id: id(FIRST_ACCOMMODATION),
        person_id: person,
        version: 1,
        state: State::Current,
        error_reason: None,
        terms,
        notify: true,
        saved_by: CLINICIAN,
        saved_at: tx.now,
    };
    let employer = EmployerId(NORTHWIND);
    let about = About::person(person)
        .employer(employer)
        .object(accommodation.id);
    let accommodation = tx.allow(Act::Create, DataClass::WorkStatus, about, accommodation)?;
    insert_accommodation(tx.conn(), &accommodation, SALUS, employer).await?;
    Ok(())
}

fn after(today: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let day = if days < 0 {
        today.checked_sub_days(by)
    } else {
        today.checked_add_days(by)
    };
    day.unwrap_or(today)
}
