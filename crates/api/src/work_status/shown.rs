//! Domain values in the words of the wire.

use chrono::{DateTime, Utc};
use salus_domain::access::Allowed;
use salus_domain::ids::PersonId;
use salus_domain::private::Private;
use salus_domain::work_status::{
    EmployeeWorkStatus, Phase, Phrase, Provider, SharedAccommodation, SharedRestriction, State,
};
use salus_store::sealing::{Key, Place};
use salus_store::work_status::{
    NextAppointment, Sealed, StoredRestriction, WorkPerson, list_restrictions,
};
use salus_types::work_status::{
    ClinicRestriction, MyAccommodation, MyRestriction, MyWorkStatus, Period, RestrictionAct,
    Sentence, Since, TeamAccommodation, TeamNextAppointment, TeamPersonSummary, TeamRestriction,
};
use std::collections::HashMap;

use crate::error::ApiError;
use crate::transaction::Tx;
use crate::words;

pub(super) fn sentences(language: &str, phrases: Vec<Phrase>) -> Vec<Sentence> {
    phrases
        .into_iter()
        .map(|phrase| Sentence {
            text: words::phrase(language, &phrase),
            message: phrase.id,
            args: phrase.args,
        })
        .collect()
}

pub(super) fn restriction(language: &str, shared: SharedRestriction) -> TeamRestriction {
    TeamRestriction {
        id: shared.id,
        sentences: sentences(language, shared.sentences),
        period: shared.interval.into(),
        phase: shared.phase,
        comment: shared.comment.map(Private::into_inner),
    }
}

pub(super) fn accommodation(shared: SharedAccommodation) -> TeamAccommodation {
    TeamAccommodation {
        id: shared.id,
        kind: shared.kind.code().to_owned(),
        details: shared.details.map(Private::into_inner),
        period: shared.interval.into(),
    }
}

pub(super) fn summary(person: &WorkPerson) -> TeamPersonSummary {
    TeamPersonSummary {
        id: person.id,
        name: person.name.clone(),
        job: person.job.clone(),
        department: person.department.clone(),
    }
}

pub(super) fn appointment(next: &NextAppointment) -> TeamNextAppointment {
    TeamNextAppointment {
        id: next.id,
        name: next.name.clone(),
        starts_at: next.starts_at,
        time_zone: next.zone.clone(),
    }
}

/// One's own view. `names` are those of the clinicians who ordered restrictions.
pub(super) fn own(
    language: &str,
    status: EmployeeWorkStatus,
    zone: salus_domain::time::Tz,
    names: &HashMap<salus_domain::ids::RestrictionId, String>,
) -> MyWorkStatus {
    let shared = status.shared;
    MyWorkStatus {
        on: shared.on,
        status: shared.status,
        part_day: shared.part_day,
        since: Since::of(&shared.release, zone),
        restrictions: status
            .restrictions
            .into_iter()
            .map(|own| MyRestriction {
                id: own.id,
                sentences: sentences(language, own.sentences),
                period: own.interval.into(),
                phase: own.phase,
                comment: own.comment.map(Private::into_inner),
                personal: own.personal,
                reason: own.reason.map(Private::into_inner),
                provider: match own.provider {
                    Some(Provider::Outside(name)) => Some(name),
                    _ => names.get(&own.id).cloned(),
                },
            })
            .collect(),
        accommodations: status
            .accommodations
            .into_iter()
            .map(|item| MyAccommodation {
                id: item.id,
                kind: item
                    .kind
                    .map(|kind| kind.code().to_owned())
                    .unwrap_or_default(),
                details: item.details.map(Private::into_inner),
                period: item.interval.into(),
                away: item.effect == salus_domain::work_status::DayEffect::Away,
            })
            .collect(),
    }
}

/// Where a restriction's sealed text stands.
pub(super) fn place(id: salus_domain::ids::RestrictionId, column: &'static str) -> Place<'static> {
    Place {
        table: "restrictions",
        column,
        row: id.uuid(),
    }
}

/// The column of the clinical note.
pub(super) const NOTE: &str = "clinical_note_sealed";
/// The column of what a restriction is about.
pub(super) const PROBLEM: &str = "problem_sealed";

/// Opens a sealed text.
///
/// # Errors
/// When the key is another one or the value was changed.
pub(super) fn open(
    key: &Key,
    place: &Place<'_>,
    sealed: Option<&Vec<u8>>,
) -> Result<Option<String>, ApiError> {
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let text = key.open(place, sealed)?;
    String::from_utf8(text)
        .map(Some)
        .map_err(ApiError::internal)
}

/// Restrictions as the clinic reads them, their texts opened.
///
/// # Errors
/// When a text cannot be opened.
pub(super) async fn for_the_clinic(
    tx: &mut Tx,
    stored: Vec<StoredRestriction>,
) -> Result<Vec<ClinicRestriction>, ApiError> {
    let mut shown = Vec::with_capacity(stored.len());
    for one in stored {
        let Sealed { note, problem } = &one.sealed;
        let (note, problem) = if note.is_some() || problem.is_some() {
            let key = tx.chart_key(one.restriction.person_id).await?;
            let id = one.restriction.id;
            (
                open(&key, &place(id, NOTE), note.as_ref())?,
                open(&key, &place(id, PROBLEM), problem.as_ref())?,
            )
        } else {
            (None, None)
        };
        shown.push(clinic(&tx.actor.language, one, note, problem, tx.now));
    }
    Ok(shown)
}

/// The restrictions of a person the clinic just changed, as they are now.
///
/// # Errors
/// What the database says.
pub(super) async fn reread(
    tx: &mut Tx,
    person: &Allowed<PersonId>,
    ids: &[salus_domain::ids::RestrictionId],
) -> Result<Vec<ClinicRestriction>, ApiError> {
    let stored = list_restrictions(tx.conn(), person).await?;
    let wanted = stored
        .into_iter()
        .filter(|one| ids.contains(&one.restriction.id))
        .collect();
    for_the_clinic(tx, wanted).await
}

fn clinic(
    language: &str,
    stored: StoredRestriction,
    note: Option<String>,
    problem: Option<String>,
    now: DateTime<Utc>,
) -> ClinicRestriction {
    let restriction = stored.restriction;
    let allowed = acts(&restriction, now);
    let phase = restriction.phase(now);
    let sentences = sentences(language, restriction.terms.sentences());
    let (provider_account_id, provider_name) = match restriction.clinical.provider {
        Some(Provider::Account(account)) => (Some(account), stored.provider),
        Some(Provider::Outside(name)) => (None, Some(name)),
        None => (None, None),
    };
    let terms = restriction.terms;
    ClinicRestriction {
        id: restriction.id,
        person_id: restriction.person_id,
        kind: terms.kind,
        limit: terms.limit,
        side: terms.side,
        sentences,
        permanent: terms.interval.end.instant().is_none(),
        period: Period::from(terms.interval),
        phase,
        state: restriction.state,
        error_reason: restriction.error_reason.map(Private::into_inner),
        affects_work: terms.affects_work,
        comment: terms.comment.map(Private::into_inner),
        occupational: restriction.clinical.occupational,
        clinical_note: note,
        problem,
        reason_released: restriction.clinical.reason_released,
        disability_criteria: restriction.clinical.disability_criteria,
        provider_account_id,
        provider_name,
        notify: restriction.notify,
        source: restriction.source,
        saved_at: restriction.saved_at,
        saved_by: stored.saved_by,
        allowed,
        version: restriction.version,
    }
}

fn acts(
    restriction: &salus_domain::work_status::Restriction,
    now: DateTime<Utc>,
) -> Vec<RestrictionAct> {
    let mut acts = Vec::new();
    if restriction.state == State::Current {
        acts.push(RestrictionAct::Change);
        if restriction.terms.interval.end.instant().is_some() {
            acts.push(RestrictionAct::Extend);
        }
        if restriction.phase(now) != Phase::Ended {
            acts.push(RestrictionAct::End);
        }
    }
    if restriction.state != State::EnteredInError {
        acts.push(RestrictionAct::MarkAsError);
    }
    acts
}
