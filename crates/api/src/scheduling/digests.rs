//! Digests: what happened to visits, in counts and with one link, for the clinic's staff and for those
//! who lead people.

use chrono::{DateTime, Utc};
use salus_domain::ids::{AccountId, EmployerId, LocationId, PersonId};
use salus_domain::scheduling::Stretch;
use salus_domain::scheduling::changes::Change;
use salus_domain::scheduling::digest::{Reader, Rhythm, told};
use salus_domain::time::{Holiday, Tz};
use salus_store::accounts::mail_names;
use salus_store::notifications::recipients;
use salus_store::scheduling::{self as store, Counted, ReaderRecord};
use std::collections::HashMap;

use crate::error::ApiError;
use crate::mail::Letter;
use crate::portals::{brand_of, link_to, portal_of};
use crate::state::AppState;
use crate::transaction::Tx;
use crate::words;

/// A digest whose turn has come.
struct Due {
    account: AccountId,
    language: String,
    rhythm: Rhythm,
    due_at: DateTime<Utc>,
    /// What happened in this time is told.
    tells: Stretch,
    /// Visits in this time lie ahead.
    ahead: Stretch,
    whom: Whom,
}

/// Who reads it, and of what they may know.
enum Whom {
    Staff {
        places: Vec<LocationId>,
        employers: Option<Vec<EmployerId>>,
    },
    Supervisor(PersonId),
}

impl Whom {
    fn reader(&self) -> Reader {
        match self {
            Self::Staff { .. } => Reader::Staff,
            Self::Supervisor(_) => Reader::Supervisor,
        }
    }
}

/// Writes the digests that are due, each in a transaction of its own. After a pause only the latest
/// is written, and it tells of all that happened meanwhile.
///
/// # Errors
/// What the database says.
pub async fn write_digests_once(state: &AppState) -> Result<(), ApiError> {
    for org in state.organizations().await? {
        let due = state
            .run_system(org, "write_digests", async |tx: &mut Tx| {
                let last = store::last_digests(tx.shared())
                    .await?
                    .into_iter()
                    .collect();
                let mut due = due_for_staff(tx, &last).await?;
                due.extend(due_for_supervisors(tx, &last).await?);
                Ok(due)
            })
            .await?;
        // Staff have no chart: they are written to under the name they sign in with.
        let staff = due.iter().filter(|one| one.whom.reader() == Reader::Staff);
        let staff: Vec<AccountId> = staff.map(|one| one.account).collect();
        let mut addresses = HashMap::new();
        if !staff.is_empty() {
            let mut tx = state.database.authn().await?;
            addresses.extend(mail_names(tx.connection(), org, &staff).await?);
            tx.commit().await?;
        }
        for one in &due {
            let address = addresses.get(&one.account);
            let written = state
                .run_system(org, "write_digests", async |tx: &mut Tx| {
                    write(tx, one, address.cloned()).await
                })
                .await;
            // It is tried again, and keeps nobody else's from being written.
            if let Err(error) = written {
                tracing::warn!(error = error.logged(), "a digest could not be written");
            }
        }
    }
    Ok(())
}

/// Where a reader's days are counted, and up to when they were told.
struct Days<'a> {
    zone: Tz,
    holidays: &'a [Holiday],
    last: Option<DateTime<Utc>>,
}

/// The digest of a reader, where one is due that was not begun yet.
fn due_now(found: &ReaderRecord, whom: Whom, days: &Days<'_>, now: DateTime<Utc>) -> Option<Due> {
    let rhythm = whom.reader().rhythm(found.chosen);
    let due_at = rhythm.last_due(now, days.zone, days.holidays)?;
    let tells = told(due_at, days.last, found.since)?;
    Some(Due {
        account: found.account,
        language: found.language.clone(),
        rhythm,
        due_at,
        tells,
        ahead: rhythm.ahead(due_at, days.zone, days.holidays),
        whom,
    })
}

/// When whose digest was written last.
type Last = HashMap<(AccountId, Reader), DateTime<Utc>>;

/// On business days where a provider belongs; else at the first of the clinics within reach. What is told
/// is of all places within reach.
async fn due_for_staff(tx: &mut Tx, last: &Last) -> Result<Vec<Due>, ApiError> {
    let now = tx.now;
    let readers = store::staff_readers(tx.shared(), now).await?;
    let clinics = store::list_clinics(tx.conn()).await?;
    let places = store::location_ids(tx.shared()).await?;
    let linked = store::places_of_employers(tx.shared()).await?;
    let homes: HashMap<_, _> = store::homes_of_providers(tx.shared())
        .await?
        .into_iter()
        .collect();
    let mut holidays: HashMap<LocationId, Vec<Holiday>> = HashMap::new();
    for one in store::list_holidays(tx.shared(), None).await? {
        holidays.entry(one.location).or_default().push(one.rules);
    }
    let mut due = Vec::new();
    for found in readers {
        let reaches = |place: LocationId| {
            found.employers.as_ref().is_none_or(|employers| {
                let mut linked = linked.iter();
                linked.any(|(employer, there)| *there == place && employers.contains(employer))
            })
        };
        let mut within = clinics
            .iter()
            .filter(|clinic| reaches(clinic.place.location_id));
        let home = homes.get(&found.account);
        let at_home = within
            .clone()
            .find(|clinic| Some(&clinic.place.location_id) == home);
        let Some(counted_at) = at_home.or_else(|| within.next()) else {
            continue;
        };
        let place = counted_at.place.location_id;
        let days = Days {
            zone: counted_at.place.zone,
            holidays: holidays.get(&place).map_or(&[], Vec::as_slice),
            last: last.get(&(found.account, Reader::Staff)).copied(),
        };
        let whom = Whom::Staff {
            places: places
                .iter()
                .copied()
                .filter(|place| reaches(*place))
                .collect(),
            employers: found.employers.clone(),
        };
        due.extend(due_now(&found, whom, &days, now));
    }
    Ok(due)
}

/// On the clocks people who lead others live by.
async fn due_for_supervisors(tx: &mut Tx, last: &Last) -> Result<Vec<Due>, ApiError> {
    let now = tx.now;
    let mut due = Vec::new();
    for (found, person) in store::leading_readers(tx.shared(), now).await? {
        let last = last.get(&(found.account, Reader::Supervisor)).copied();
        let Some(pause) = Reader::Supervisor.rhythm(found.chosen).pause() else {
            continue;
        };
        if last.is_some_and(|last| now < last + pause) {
            continue;
        }
        let zone = store::zone_of_person(tx.shared(), person).await?;
        let days = Days {
            zone: zone.unwrap_or(Tz::UTC),
            holidays: &[],
            last,
        };
        due.extend(due_now(&found, Whom::Supervisor(person), &days, now));
    }
    Ok(due)
}

/// Writes a digest where there is something to say; where another server was quicker, it is theirs.
async fn write(tx: &mut Tx, due: &Due, address: Option<String>) -> Result<(), ApiError> {
    let (org, now) = (tx.actor.provider_org, tx.now);
    let reader = due.whom.reader();
    if !store::begin_digest(tx.shared(), org, due.account, reader, due.due_at, now).await? {
        return Ok(());
    }
    let language = words::offered(&due.language).unwrap_or("en");
    let (counts, ahead, to, brand, link) = match &due.whom {
        Whom::Staff { places, employers } => {
            let counts =
                store::changes_at(tx.shared(), places, employers.as_deref(), due.tells).await?;
            let ahead = store::visits_with(tx.shared(), due.account, due.ahead).await?;
            let base = &tx.state.settings.public_url;
            let link = link_to(base, None, "admin", "/clinic/calendar");
            (counts, ahead, address, brand_of(None, language), link)
        }
        Whom::Supervisor(person) => {
            let people = store::people_led_by(tx.shared(), due.account, now).await?;
            let counts = store::changes_of(tx.shared(), &people, due.tells).await?;
            let ahead =
                store::visits_booked_by(tx.shared(), due.account, &people, due.ahead).await?;
            let found = recipients(tx.conn(), &[*person], &["self"], now).await?;
            let mut found = found.into_iter();
            let found = found.find(|one| one.account_id == due.account.0);
            let portal = portal_of(tx, Some(person.0), "supervisor").await?;
            let base = &tx.state.settings.public_url;
            let link = link_to(base, portal.as_ref(), "supervisor", "/appointments");
            let brand = brand_of(portal.as_ref(), language);
            (counts, ahead, found.map(|one| one.email), brand, link)
        }
    };
    let details = lines(language, due, &counts, ahead);
    let Some(to) = to.filter(|_| !details.is_empty()) else {
        return Ok(());
    };
    let letter = Letter {
        to,
        variables: vec![
            ("brand".to_owned(), brand),
            ("details".to_owned(), details.join("\n")),
            ("link".to_owned(), link),
        ],
        calendar: None,
    };
    let kind = format!("digest-{}", due.rhythm.as_str());
    tx.mail(&kind, language, &letter).await
}

/// A line for each count that is not nothing.
fn lines(language: &str, due: &Due, counts: &Counted, ahead: usize) -> Vec<String> {
    let side = due.whom.reader().as_str();
    let line = |id: String, count: String| words::text(language, &id, &[("count", count)]);
    let happened = Change::ALL.iter().filter_map(|what| {
        let count = counts.get(what)?;
        let id = format!("mail-digest-{side}-{}", what.as_str());
        Some(line(id, count.to_string()))
    });
    let mut lines: Vec<String> = happened.collect();
    if ahead > 0 {
        let id = format!("mail-digest-{side}-ahead-{}", due.rhythm.as_str());
        lines.push(line(id, ahead.to_string()));
    }
    lines
}
