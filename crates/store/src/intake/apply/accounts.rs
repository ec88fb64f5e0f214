//! Accounts of the people of a file, and who supervises whom.

use super::Target;
use crate::accounts::{NewAccount, NewRelationship};
use crate::database::Connection;
use crate::schema::{person_identifiers, persons, relationships};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::PersonId;
use std::collections::HashMap;
use uuid::Uuid;

/// A relationship to set or clear, by ids.
#[derive(Clone, Copy, Debug)]
pub struct SupervisorChange {
    /// Who is supervised.
    pub person: PersonId,
    /// Whether the first column says so, the solid line.
    pub solid: bool,
    /// The supervisor's person before.
    pub before: Option<PersonId>,
    /// The supervisor's person after.
    pub after: Option<PersonId>,
}

/// Ends and begins supervision as a file says. Rows set by hand stay.
///
/// # Errors
/// What the database says.
pub async fn write_supervisors(
    conn: &mut Connection,
    target: &Target,
    changes: &[SupervisorChange],
) -> QueryResult<()> {
    let people: Vec<Uuid> = changes
        .iter()
        .flat_map(|change| [change.before, change.after])
        .flatten()
        .map(Uuid::from)
        .collect();
    let own: HashMap<Uuid, Uuid> = own_accounts(conn, &people).await?;
    for change in changes {
        let account = change.before.and_then(|person| own.get(&person.0));
        let Some(account) = account else { continue };
        diesel::update(
            relationships::table
                .filter(relationships::account_id.eq(account))
                .filter(relationships::person_id.eq(change.person.0))
                .filter(relationships::kind.eq("supervisor"))
                .filter(relationships::source.eq("hr_feed"))
                .filter(
                    relationships::ends_at
                        .is_null()
                        .or(relationships::ends_at.gt(target.now)),
                ),
        )
        .set((
            relationships::ends_at.eq(target.now),
            relationships::version.eq(relationships::version + 1),
        ))
        .execute(conn)
        .await?;
    }
    let begun: Vec<NewRelationship> = changes
        .iter()
        .filter_map(|change| {
            let account = own.get(&change.after?.0)?;
            let line = if change.solid { "solid" } else { "dotted" };
            Some(NewRelationship {
                line: Some(line.into()),
                ..relationship(target, *account, change.person, "supervisor")
            })
        })
        .collect();
    for chunk in begun.chunks(2_000) {
        crate::accounts::insert_relationships(conn, chunk).await?;
    }
    Ok(())
}

fn relationship(target: &Target, account: Uuid, person: PersonId, kind: &str) -> NewRelationship {
    NewRelationship {
        id: Uuid::now_v7(),
        provider_org_id: target.org.0,
        account_id: account,
        person_id: person.0,
        kind: kind.into(),
        line: None,
        source: "hr_feed".into(),
        starts_at: target.now,
        created_at: target.now,
        created_by: target.by,
    }
}

async fn own_accounts(conn: &mut Connection, people: &[Uuid]) -> QueryResult<HashMap<Uuid, Uuid>> {
    let rows: Vec<(Uuid, Uuid)> = relationships::table
        .filter(relationships::person_id.eq_any(people))
        .filter(relationships::kind.eq("self"))
        .filter(relationships::ends_at.is_null())
        .order(relationships::person_id)
        .select((relationships::person_id, relationships::account_id))
        .load(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Makes accounts for people, by their numbers, without any means to sign in yet; whether each
/// opens the employee portal.
///
/// # Errors
/// What the database says.
pub async fn make_accounts(
    conn: &mut Connection,
    target: &Target,
    people: &[(PersonId, &str, bool)],
) -> QueryResult<()> {
    for chunk in people.chunks(1_000) {
        let ids: Vec<Uuid> = chunk.iter().map(|(person, ..)| person.0).collect();
        let names: HashMap<Uuid, PersonName> = names(conn, &ids).await?;
        let with_sso: Vec<Uuid> = person_identifiers::table
            .filter(person_identifiers::person_id.eq_any(&ids))
            .filter(person_identifiers::employer_id.eq(target.employer.0))
            .filter(person_identifiers::kind.eq("sso"))
            .order(person_identifiers::person_id)
            .select(person_identifiers::person_id)
            .load(conn)
            .await?;
        let mut made = Vec::with_capacity(chunk.len());
        let mut rights = Vec::with_capacity(chunk.len() * 2);
        for (person, number, portal_user) in chunk {
            let Some(name) = names.get(&person.0) else {
                continue;
            };
            let account = account(target, name, number, with_sso.contains(&person.0));
            rights.push(relationship(target, account.id, *person, "self"));
            if *portal_user {
                rights.push(relationship(target, account.id, *person, "portal_user"));
            }
            made.push(account);
        }
        crate::accounts::insert_accounts(conn, &made).await?;
        crate::accounts::insert_relationships(conn, &rights).await?;
    }
    Ok(())
}

struct PersonName {
    shown: String,
    language: Option<String>,
}

async fn names(conn: &mut Connection, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, PersonName>> {
    let rows: Vec<(Uuid, String, String, String, Option<String>)> = persons::table
        .filter(persons::id.eq_any(ids))
        .order(persons::id)
        .select((
            persons::id,
            persons::preferred_name,
            persons::first_name,
            persons::last_name,
            persons::language,
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, preferred, first, last, language)| {
            let first = if preferred.is_empty() {
                first
            } else {
                preferred
            };
            let shown = format!("{first} {last}").trim().chars().take(200).collect();
            (id, PersonName { shown, language })
        })
        .collect())
}

fn account(target: &Target, name: &PersonName, number: &str, sso: bool) -> NewAccount {
    let fixed = target.sandbox.and_then(|ids| (ids.account)(number));
    NewAccount {
        id: fixed.unwrap_or_else(Uuid::now_v7),
        provider_org_id: target.org.0,
        kind: "managed".into(),
        state: if sso { "sso_ready" } else { "invited" }.into(),
        display_name: name.shown.clone(),
        language: name
            .language
            .as_deref()
            .and_then(|tag| tag.split('-').next())
            .filter(|language| matches!(*language, "en" | "es"))
            .unwrap_or("en")
            .to_owned(),
        password_hash: None,
        password_changed_at: None,
        sandbox: target.sandbox.is_some(),
        created_at: target.now,
        created_by: target.by,
    }
}
