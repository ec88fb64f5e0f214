//! A handler's transaction: the actor, the time, the connection, and the audit trail it leaves.

use chrono::{DateTime, Utc};
use salus_domain::access::{About, Act, Actor, Allowed, DataClass, Scope};
use salus_domain::audit::{Context, Entry, shown_rows};
use salus_domain::ids::{PersonId, ProviderOrgId};
use salus_store::database::error::QueryResult;
use salus_store::database::{Entry as DatabaseEntry, Left, Transaction};
use salus_store::plumbing::{Event, FirstAnswer};
use salus_store::sealing::{Key, Place};
use salus_types::problem;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use uuid::Uuid;

use crate::access::{Caller, HatKind};
use crate::error::ApiError;
use crate::extract::{Body, Created, Idempotency};
use crate::state::AppState;

/// An open transaction of an actor. What it was allowed is written to the audit trail before it
/// commits; a refusal is written in a transaction of its own.
pub struct Tx {
    inner: Transaction,
    /// Who is acting.
    pub actor: Actor,
    /// The time this request is decided by.
    pub now: DateTime<Utc>,
    /// The application.
    pub state: AppState,
    context: Context,
    entries: Vec<Entry>,
    denied: Vec<Entry>,
    events: Vec<Event>,
    answer: Option<FirstAnswer>,
    chart_keys: HashMap<PersonId, Key>,
}

/// A connection to hand to query functions.
pub type Connection = salus_store::database::Connection;

impl Tx {
    /// The connection, for query functions.
    pub fn conn(&mut self) -> &mut Connection {
        self.inner.connection()
    }

    /// The connection, for statements that are sent together.
    pub fn shared(&self) -> &Connection {
        self.inner.shared()
    }

    /// A permission to list a class of data.
    ///
    /// # Errors
    /// 403, written to the audit trail.
    pub fn scope(&mut self, act: Act, class: DataClass) -> Result<Scope, ApiError> {
        self.actor.scope(act, class).map_err(|refusal| {
            self.denied.push(Entry::denied(act, class, None, None));
            refusal.into()
        })
    }

    /// A permission for one thing; the audit trail gets its line.
    ///
    /// # Errors
    /// 403 or 404, written to the audit trail.
    pub fn allow<T>(
        &mut self,
        act: Act,
        class: DataClass,
        about: About,
        thing: T,
    ) -> Result<Allowed<T>, ApiError> {
        match self.actor.allow(act, class, about, thing) {
            Ok(allowed) => {
                if class.is_about_a_person() {
                    self.entries.push(Entry::of(&allowed));
                }
                Ok(allowed)
            }
            Err(refusal) => {
                self.denied
                    .push(Entry::denied(act, class, about.person, about.object));
                Err(refusal.into())
            }
        }
    }

    /// Notes the rows of a list that are shown: one line for each person.
    pub fn shown(&mut self, scope: &Scope, rows: impl IntoIterator<Item = (PersonId, Uuid)>) {
        self.entries.extend(shown_rows(scope, rows));
    }

    /// Notes an attempt at something that is not there for this actor, and answers 404.
    pub fn missing(&mut self, act: Act, class: DataClass, object: impl Into<Uuid>) -> ApiError {
        self.denied
            .push(Entry::denied(act, class, None, Some(object.into())));
        ApiError::not_found()
    }

    /// Adds a line of the audit trail.
    pub fn note(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Names the fields the last permitted act changed, and the reason given for it.
    pub fn detail(&mut self, fields: &[&str], reason: Option<&str>) {
        if let Some(entry) = self.entries.last_mut() {
            entry.fields = fields.iter().map(|&field| field.to_owned()).collect();
            entry.reason = reason.map(str::to_owned);
        }
    }

    /// Adds to the last line of the audit trail that something was done all the same, and why.
    pub fn because(&mut self, field: &str, reason: &str) {
        if let Some(entry) = self.entries.last_mut() {
            entry.fields.push(field.to_owned());
            entry.reason = Some(reason.to_owned());
        }
    }

    /// The organization's key.
    ///
    /// # Errors
    /// When the key file is not the one that wrapped it.
    pub async fn organization_key(&mut self) -> Result<Key, ApiError> {
        let org = self.actor.provider_org;
        self.state
            .clone()
            .organization_key(self.inner.connection(), org)
            .await
    }

    /// A chart's key, made on first use.
    ///
    /// # Errors
    /// When the key cannot be opened.
    pub async fn chart_key(&mut self, person: PersonId) -> Result<Key, ApiError> {
        let wrapped = self.wrapped_key(Some(person)).await?;
        self.unwrapped_key(person, wrapped).await
    }

    /// The wrapped key of a chart, to be asked for together with other statements; nothing where
    /// there is no chart, no key, or the key is open already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn wrapped_key(&self, person: Option<PersonId>) -> QueryResult<Option<Vec<u8>>> {
        match person.filter(|person| !self.chart_keys.contains_key(person)) {
            Some(person) => salus_store::plumbing::chart_key(self.shared(), person).await,
            None => Ok(None),
        }
    }

    /// A chart's key from what [`Tx::wrapped_key`] found, made if there is none yet.
    ///
    /// # Errors
    /// When the key cannot be opened.
    pub async fn unwrapped_key(
        &mut self,
        person: PersonId,
        wrapped: Option<Vec<u8>>,
    ) -> Result<Key, ApiError> {
        if let Some(key) = self.chart_keys.get(&person) {
            return Ok(key.clone());
        }
        let organization = self.organization_key().await?;
        let org = self.actor.provider_org;
        let now = self.now;
        let conn = self.inner.connection();
        let key = match wrapped {
            Some(wrapped) => organization.chart_key(person, &wrapped)?,
            None => {
                let (_, wrapped) = organization.new_chart_key(person)?;
                let kept =
                    salus_store::plumbing::insert_chart_key(conn, org, person, &wrapped, now)
                        .await?;
                organization.chart_key(person, &kept)?
            }
        };
        self.chart_keys.insert(person, key.clone());
        Ok(key)
    }

    /// Opens the keys of several charts in one statement, for lists.
    ///
    /// # Errors
    /// When a key cannot be opened.
    pub async fn open_chart_keys(&mut self, persons: &[PersonId]) -> Result<(), ApiError> {
        let missing: Vec<Uuid> = persons
            .iter()
            .filter(|person| !self.chart_keys.contains_key(person))
            .map(|person| person.0)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let organization = self.organization_key().await?;
        let conn = self.inner.connection();
        for (person, wrapped) in salus_store::plumbing::chart_keys(conn, &missing).await? {
            let person = PersonId(person);
            let key = organization.chart_key(person, &wrapped)?;
            self.chart_keys.insert(person, key);
        }
        Ok(())
    }

    /// Tells the outbox and live listeners of something, when the transaction commits: ids and
    /// kinds only.
    pub fn emit(&mut self, kind: &str, payload: serde_json::Value) {
        self.events.push(Event {
            kind: kind.to_owned(),
            payload,
        });
    }

    async fn finish(self) -> Result<(), ApiError> {
        let left = Left {
            now: self.now,
            events: &self.events,
            answer: self.answer,
            context: &self.context,
            entries: &self.entries,
        };
        Ok(self.inner.finish(self.actor.provider_org, &left).await?)
    }
}

impl AppState {
    /// Runs a handler's work in one transaction of the caller: enters, checks the door, works,
    /// writes the audit trail, commits. On an error nothing is kept but the refusals.
    ///
    /// # Errors
    /// 401 when the session is over, 403 when the door is closed, and what the work answers.
    pub async fn run<H: HatKind, T>(
        &self,
        caller: &Caller<H>,
        work: impl AsyncFnOnce(&mut Tx) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut tx = self.begin(caller).await?;
        let worked = match tx.actor.through_the_door() {
            Ok(()) => work(&mut tx).await,
            Err(refusal) => Err(refusal.into()),
        };
        match worked {
            Ok(answer) => {
                tx.finish().await?;
                Ok(answer)
            }
            Err(error) => {
                let (denied, context) = (std::mem::take(&mut tx.denied), tx.context.clone());
                tx.inner.rollback().await;
                if !denied.is_empty() {
                    self.record_refusals(caller, &context, &denied).await?;
                }
                Err(error)
            }
        }
    }

    /// As [`AppState::run`], tried again (3 times) when the transaction lost a race.
    ///
    /// # Errors
    /// As [`AppState::run`].
    pub async fn run_retrying<H: HatKind, T>(
        &self,
        caller: &Caller<H>,
        work: impl AsyncFn(&mut Tx) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut tries = 0;
        loop {
            let answer = self.run(caller, async |tx: &mut Tx| work(tx).await).await;
            match answer {
                Err(error) if error.is_retryable() && tries < 3 => {
                    tries += 1;
                    self.metrics.retried();
                }
                answer => return answer,
            }
        }
    }

    /// Runs a creating request: the first answer under an `Idempotency-Key` is kept with what was
    /// created, and a repeated request gets it again.
    ///
    /// # Errors
    /// 422 when the key was used with another body, 409 while the first is still being answered.
    pub async fn create<H: HatKind, B>(
        &self,
        caller: &Caller<H>,
        key: &Idempotency,
        body: &Body<B>,
        work: impl AsyncFn(&mut Tx) -> Result<Created, ApiError>,
    ) -> Result<Created, ApiError> {
        let hash = hash_for(caller.acts_for, body.hash());
        self.run_retrying(caller, async |tx: &mut Tx| {
            let Some(key) = &key.0 else {
                return work(tx).await;
            };
            if let Some(first) = first_answer(tx, key, &hash).await? {
                return Ok(first);
            }
            let created = work(tx).await?;
            keep(tx, key, &created).await?;
            Ok(created)
        })
        .await
    }

    /// As [`AppState::create`], for work that needs several transactions: the key is taken before
    /// the work begins, and given back when it fails.
    ///
    /// # Errors
    /// As [`AppState::create`].
    pub async fn create_in_steps<H: HatKind>(
        &self,
        caller: &Caller<H>,
        key: &Idempotency,
        hash: &[u8; 32],
        work: impl AsyncFnOnce() -> Result<Created, ApiError>,
    ) -> Result<Created, ApiError> {
        let Some(key) = &key.0 else {
            return work().await;
        };
        let hash = hash_for(caller.acts_for, *hash);
        let first = self
            .run(caller, async |tx: &mut Tx| {
                first_answer(tx, key, &hash).await
            })
            .await?;
        if let Some(first) = first {
            return Ok(first);
        }
        let answer = work().await;
        self.run(caller, async |tx: &mut Tx| match &answer {
            Ok(created) => keep(tx, key, created).await,
            Err(_) => {
                let (org, account) = (tx.actor.provider_org, tx.actor.account()?);
                let conn = tx.inner.connection();
                Ok(salus_store::plumbing::free_idempotency_key(conn, org, account, key).await?)
            }
        })
        .await?;
        answer
    }

    /// The provider organizations, for jobs that look after each of them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn organizations(&self) -> Result<Vec<ProviderOrgId>, ApiError> {
        let mut tx = self.database.authn().await?;
        let all = salus_store::accounts::provider_organizations(tx.connection()).await?;
        tx.commit().await?;
        Ok(all.into_iter().map(|(id, _)| ProviderOrgId(id)).collect())
    }

    /// Runs a job or an operator's command as the system of one provider organization.
    ///
    /// # Errors
    /// What the work answers.
    pub async fn run_system<T>(
        &self,
        org: ProviderOrgId,
        operation: &str,
        work: impl AsyncFnOnce(&mut Tx) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let now = self.clock.now();
        let (inner, actor) = self.database.system(org, now).await?;
        let context = Context {
            operation: operation.to_owned(),
            request_id: Uuid::now_v7().to_string(),
            ..Context::default()
        };
        let mut tx = Tx {
            inner,
            actor,
            now,
            state: self.clone(),
            context,
            entries: Vec::new(),
            denied: Vec::new(),
            events: Vec::new(),
            answer: None,
            chart_keys: HashMap::new(),
        };
        match work(&mut tx).await {
            Ok(answer) => {
                tx.finish().await?;
                Ok(answer)
            }
            Err(error) => {
                tx.inner.rollback().await;
                Err(error)
            }
        }
    }

    async fn begin<H: HatKind>(&self, caller: &Caller<H>) -> Result<Tx, ApiError> {
        match self.begin_for(caller, caller.acts_for).await {
            Err(error) if caller.acts_for.is_some() && error.kind() == problem::NOT_FOUND => {
                let denied = Entry::denied(Act::Read, DataClass::Profile, None, caller.acts_for);
                let mut tx = self.begin_for(caller, None).await?;
                let conn = tx.inner.connection();
                salus_store::audit::record(conn, &tx.context, &[denied]).await?;
                tx.inner.commit().await?;
                Err(error)
            }
            begun => begun,
        }
    }

    async fn begin_for<H: HatKind>(
        &self,
        caller: &Caller<H>,
        acts_for: Option<Uuid>,
    ) -> Result<Tx, ApiError> {
        let entry = DatabaseEntry {
            session: caller.session,
            epoch: caller.epoch,
            hat: H::HAT,
            now: self.clock.now(),
            session_now: self.clock.session_now(),
            moves_idle: caller.moves_idle,
            competing: caller.competing,
            acts_for,
        };
        let (inner, actor) = self.database.enter(&entry).await?;
        let context = Context {
            assurance: Some(actor.assurance),
            portal: actor.portal.clone(),
            on_behalf_of: actor.acts_for,
            ..caller.context.clone()
        };
        Ok(Tx {
            inner,
            actor,
            now: entry.now,
            state: self.clone(),
            context,
            entries: Vec::new(),
            denied: Vec::new(),
            events: Vec::new(),
            answer: None,
            chart_keys: HashMap::new(),
        })
    }

    async fn record_refusals<H: HatKind>(
        &self,
        caller: &Caller<H>,
        context: &Context,
        denied: &[Entry],
    ) -> Result<(), ApiError> {
        let mut tx = self.begin(caller).await?;
        salus_store::audit::record(tx.inner.connection(), context, denied).await?;
        tx.inner.commit().await?;
        Ok(())
    }
}

/// What a repeated request has to repeat: what was sent, and for whom.
fn hash_for(acts_for: Option<Uuid>, sent: [u8; 32]) -> [u8; 32] {
    match acts_for {
        Some(acts_for) => Sha256::new()
            .chain_update(acts_for)
            .chain_update(sent)
            .finalize()
            .into(),
        None => sent,
    }
}

async fn first_answer(
    tx: &mut Tx,
    key: &str,
    hash: &[u8; 32],
) -> Result<Option<Created>, ApiError> {
    let (org, account, now) = (tx.actor.provider_org, tx.actor.account()?, tx.now);
    let operation = tx.context.operation.clone();
    let conn = tx.inner.connection();
    let taken =
        salus_store::plumbing::take_idempotency_key(conn, org, account, key, &operation, hash, now)
            .await;
    match taken {
        Ok(true) => return Ok(None),
        Ok(false) => {}
        Err(error) if salus_store::database::is_lock_timeout(&error) => {
            return Err(ApiError::of(problem::IDEMPOTENCY_IN_PROGRESS).retry_after(1));
        }
        Err(error) => return Err(error.into()),
    }
    let first = salus_store::plumbing::answered(conn, org, account, key)
        .await?
        .ok_or_else(ApiError::not_found)?;
    if first.operation != operation || first.request_hash != hash {
        return Err(ApiError::of(problem::IDEMPOTENCY_KEY_REUSED));
    }
    let (Some(status), Some(sealed)) = (first.status, first.answer) else {
        return Err(ApiError::of(problem::IDEMPOTENCY_IN_PROGRESS).retry_after(1));
    };
    let body = tx
        .organization_key()
        .await?
        .open(&answer_place(account.0), &sealed)?;
    let status = u16::try_from(status).unwrap_or(200);
    Ok(Some(Created {
        status,
        location: first.location,
        etag: first.etag,
        body,
    }))
}

async fn keep(tx: &mut Tx, key: &str, created: &Created) -> Result<(), ApiError> {
    let account = tx.actor.account()?;
    let sealed = tx
        .organization_key()
        .await?
        .seal(&answer_place(account.0), &created.body)?;
    tx.answer = Some(FirstAnswer {
        account,
        key: key.to_owned(),
        status: i32::from(created.status),
        location: created.location.clone(),
        etag: created.etag.clone(),
        answer: sealed,
    });
    Ok(())
}

fn answer_place(account: Uuid) -> Place<'static> {
    Place {
        table: "idempotency_keys",
        column: "answer",
        row: account,
    }
}

/// Writes a value as JSON bytes, for sealing.
///
/// # Errors
/// When it cannot be written.
pub fn json_bytes(value: &impl Serialize) -> Result<Vec<u8>, ApiError> {
    serde_json::to_vec(value).map_err(ApiError::internal)
}
