//! The audit trail: sealed in blocks behind the writing, and whoever tampers with it is found out.
#![cfg(test)]

use aws_lc_rs::signature::Ed25519KeyPair;
use salus_api::audit::checkpoints::{self, Signer};
use salus_api::audit::sealer::{seal_all, verify};
use salus_store::audit::blocks::{self, Broken, Sign, Signature};
use salus_store::audit::seal::Hash;
use salus_test_support::TestApp;
use salus_types::people::PeopleQuery;
use std::collections::BTreeMap;
use std::path::PathBuf;
use uuid::Uuid;

/// A server whose trail has three blocks of several people's events, and what was noted of them.
struct Trail {
    app: TestApp,
    file: PathBuf,
    noted: BTreeMap<i64, Hash>,
    /// A block between others, with several events.
    middle: i64,
}

/// Seals until nothing is left. Transactions elsewhere in the cluster hold it up while they run.
async fn seal(app: &TestApp) {
    let left = "SELECT count(*)::text FROM audit_events e WHERE NOT EXISTS \
                (SELECT 1 FROM audit_blocks WHERE e.id = ANY (event_ids))";
    loop {
        seal_all(&app.state).await.unwrap();
        if app.database.text(left).await == "0" {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

impl Trail {
    /// One event in the middle of the block.
    fn one(&self) -> String {
        format!(
            "(SELECT event_ids[2] FROM audit_blocks WHERE number = {})",
            self.middle
        )
    }

    async fn sealed() -> Self {
        let file = std::env::temp_dir().join(format!("salus-audit-{}.jsonl", Uuid::now_v7()));
        let noting = file.clone();
        let app = TestApp::start_with(|settings| settings.audit_checkpoints = Some(noting)).await;
        let (employee, clinician) = (app.employee().await, app.clinician().await);
        let middle = loop {
            employee.get_my_profile().await.unwrap();
            employee.get_my_work_status(None).await.unwrap();
            clinician
                .list_people(&PeopleQuery::default())
                .await
                .unwrap();
            clinician.get_person(TestApp::worker(4)).await.unwrap();
            seal(&app).await;
            let found = app
                .database
                .text(
                    "SELECT number::text FROM audit_blocks WHERE cardinality(event_ids) > 2 AND number > 1 \
                     AND number < (SELECT max(number) FROM audit_blocks) LIMIT 1",
                )
                .await;
            if let Ok(middle) = found.parse() {
                break middle;
            }
        };
        let signer = Signer::new(&app.state.key_file).unwrap();
        let noted = checkpoints::read(&file, &signer).unwrap();
        app.database
            .execute(
                "CREATE TABLE kept_events AS TABLE audit_events; \
                 CREATE TABLE kept_blocks AS TABLE audit_blocks",
            )
            .await;
        Self {
            app,
            file,
            noted,
            middle,
        }
    }

    async fn broken(&self, noted: &BTreeMap<i64, Hash>) -> Vec<Broken> {
        verify(&self.app.state, noted).await.unwrap().broken
    }

    /// Undoes what was tampered with.
    async fn restore(&self) {
        self.app
            .database
            .execute(
                "DELETE FROM audit_blocks; DELETE FROM audit_events; \
                 INSERT INTO audit_events TABLE kept_events; INSERT INTO audit_blocks TABLE kept_blocks",
            )
            .await;
    }

    /// Seals everything anew, as somebody would who can write everything in the database.
    async fn seal_anew(&self, sign: Sign<'_>) {
        self.app.database.execute("DELETE FROM audit_blocks").await;
        let mut tx = self.app.state.database.authn().await.unwrap();
        let now = self.app.state.clock.session_now();
        while blocks::seal_next(tx.connection(), now, sign)
            .await
            .unwrap()
            .is_some()
        {}
        tx.commit().await.unwrap();
    }
}

impl Drop for Trail {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.file);
    }
}

/// What somebody with all rights in the database may try.
fn edits(trail: &Trail) -> Vec<(&'static str, String)> {
    let (one, number) = (trail.one(), trail.middle);
    let event = |what: &'static str, set: &str| {
        (
            what,
            format!("UPDATE audit_events SET {set} WHERE id = {one}"),
        )
    };
    let block = |what: &'static str, set: &str| {
        (
            what,
            format!("UPDATE audit_blocks SET {set} WHERE number = {number}"),
        )
    };
    let other = |what: &'static str, sql: &str| (what, sql.to_owned());
    vec![
        event("whose record it was", "person_id = gen_random_uuid()"),
        event("who did it", "account_id = gen_random_uuid()"),
        event("nobody did it", "account_id = NULL"),
        event("when", "at = at + interval '1 microsecond'"),
        event("in which session", "session_id = gen_random_uuid()"),
        event("wearing which hat", "hat = hat || 'x'"),
        event("with which roles", "roles = roles || 'x'::text"),
        event(
            "how sure the sign-in was",
            "assurance = concat(assurance, 'x')",
        ),
        event("through which portal", "portal = concat(portal, 'x')"),
        event("from which address", "address = concat(address, 'x')"),
        event("which data", "data_class = data_class || 'x'"),
        event("what was done", "act = act || 'x'"),
        event("by which operation", "operation = operation || 'x'"),
        event(
            "to which rows",
            "object_ids = object_ids || gen_random_uuid()",
        ),
        event("to which fields", "fields = fields || 'x'::text"),
        event("what for", "purpose = purpose || ' '"),
        event(
            "that it was refused",
            "outcome = CASE outcome WHEN 'denied' THEN 'allowed' ELSE 'denied' END",
        ),
        event("the reason", "reason = concat(reason, 'x')"),
        event("for whom", "on_behalf_of = gen_random_uuid()"),
        event("in which request", "request_id = request_id || 'x'"),
        event(
            "of which organization",
            "provider_org_id = gen_random_uuid()",
        ),
        event("its id", "id = gen_random_uuid()"),
        event("its place in the order", "xact = xact + 1"),
        other(
            "an event removed",
            &format!("DELETE FROM audit_events WHERE id = {one}"),
        ),
        other(
            "all events of a block removed",
            &format!(
                "DELETE FROM audit_events WHERE id IN (SELECT unnest(event_ids) FROM audit_blocks WHERE number = {number})"
            ),
        ),
        other(
            "an event added among sealed ones",
            &format!(
                "CREATE TEMP TABLE forged AS SELECT * FROM audit_events WHERE id = {one}; \
                 UPDATE forged SET id = overlay(id::text PLACING '000000000001' FROM 25)::uuid; \
                 INSERT INTO audit_events TABLE forged"
            ),
        ),
        other(
            "two events exchanged",
            &format!(
                "UPDATE audit_events a SET person_id = b.person_id, account_id = b.account_id, operation = b.operation, \
             object_ids = b.object_ids FROM audit_events b, audit_blocks k WHERE k.number = {number} AND \
             (a.id, b.id) IN ((k.event_ids[1], k.event_ids[2]), (k.event_ids[2], k.event_ids[1]))"
            ),
        ),
        other(
            "the events of a block reordered, with their hashes",
            &format!(
                "UPDATE audit_blocks SET event_ids = ARRAY[event_ids[2], event_ids[1]] || event_ids[3:], \
             leaves = substr(leaves, 33, 32) || substr(leaves, 1, 32) || substr(leaves, 65) WHERE number = {number}"
            ),
        ),
        block("a block's tree", "root = decode(repeat('00', 32), 'hex')"),
        block("a block's hash", "hash = decode(repeat('00', 32), 'hex')"),
        block(
            "the hash of an event",
            "leaves = overlay(leaves PLACING '\\x00' FROM 33)",
        ),
        block(
            "the block before",
            "previous = decode(repeat('00', 32), 'hex')",
        ),
        block(
            "when a block was sealed",
            "sealed_at = sealed_at - interval '1 day'",
        ),
        block("the key of a block", "key_id = '0011223344556677'"),
        block(
            "the signature of a block",
            "signature = decode(repeat('00', 64), 'hex')",
        ),
        block(
            "which events a block has",
            "event_ids[1] = gen_random_uuid()",
        ),
        other(
            "the first block removed",
            "DELETE FROM audit_blocks WHERE number = 1",
        ),
        other(
            "a block in the middle removed",
            &format!("DELETE FROM audit_blocks WHERE number = {number}"),
        ),
        other(
            "the end cut off, with its events",
            "DELETE FROM audit_events WHERE id IN (SELECT unnest(event_ids) FROM audit_blocks WHERE number = (SELECT max(number) FROM audit_blocks)); \
             DELETE FROM audit_blocks WHERE number = (SELECT max(number) FROM audit_blocks)",
        ),
        other(
            "everything removed",
            "DELETE FROM audit_events; DELETE FROM audit_blocks",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_tampers_with_the_trail_is_found_out() {
    let trail = Trail::sealed().await;
    let before = verify(&trail.app.state, &trail.noted).await.unwrap();
    assert_eq!((before.broken, before.waiting), (vec![], 0));
    assert!(before.blocks >= 3 && before.events >= 9);
    let edits = edits(&trail);
    assert!(edits.len() >= 18);
    for (what, sql) in edits {
        trail.app.database.execute(&sql).await;
        assert_ne!(trail.broken(&trail.noted).await, [], "not found: {what}");
        trail.restore().await;
    }
    assert_eq!(trail.broken(&trail.noted).await, [], "after all was undone");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_is_named() {
    let trail = Trail::sealed().await;
    let id: Uuid = trail
        .app
        .database
        .text(&format!("SELECT {}::text", trail.one()))
        .await
        .parse()
        .unwrap();
    let database = &trail.app.database;
    for (sql, found) in [
        (
            "UPDATE audit_events SET act = 'export'",
            Broken::EventChanged(trail.middle, id),
        ),
        (
            "DELETE FROM audit_events",
            Broken::EventMissing(trail.middle, id),
        ),
    ] {
        database.execute(&format!("{sql} WHERE id = '{id}'")).await;
        assert_eq!(trail.broken(&BTreeMap::new()).await, [found]);
        trail.restore().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sealing_everything_anew_is_found_by_the_signature_and_by_the_checkpoints() {
    let trail = Trail::sealed().await;
    trail
        .app
        .database
        .execute(&format!(
            "UPDATE audit_events SET act = 'export' WHERE id = {}",
            trail.one()
        ))
        .await;
    // With a key of their own: no block is signed as it must be.
    let theirs = Ed25519KeyPair::generate().unwrap();
    let key_id = Signer::new(&trail.app.state.key_file)
        .unwrap()
        .sign(&[])
        .key_id;
    trail
        .seal_anew(&|hash| Signature {
            key_id: key_id.clone(),
            bytes: theirs.sign(hash).as_ref().to_vec(),
        })
        .await;
    let broken = trail.broken(&BTreeMap::new()).await;
    assert!(broken.contains(&Broken::Unsigned(1)), "{broken:?}");
    // With the installation's own key, stolen: only what was noted outside tells.
    let signer = Signer::new(&trail.app.state.key_file).unwrap();
    trail.seal_anew(&|hash| signer.sign(hash)).await;
    assert_eq!(trail.broken(&BTreeMap::new()).await, []);
    let broken = trail.broken(&trail.noted).await;
    assert!(broken.contains(&Broken::NotAsNoted(1)), "{broken:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_the_checkpoints_that_was_written_by_another_key_is_refused() {
    let trail = Trail::sealed().await;
    let signer = Signer::new(&trail.app.state.key_file).unwrap();
    let text = std::fs::read_to_string(&trail.file).unwrap();
    for (forged, said) in [
        (
            text.replacen("\"block\":2", "\"block\":1", 1),
            "notes another block 1",
        ),
        (
            text.replacen("\"hash\":\"", "\"hash\":\"00", 1),
            "line 1 is not signed with this key",
        ),
        (text.replacen("}\n", "\n", 1), "line 1 is no checkpoint"),
    ] {
        std::fs::write(&trail.file, forged).unwrap();
        let refused = checkpoints::read(&trail.file, &signer).unwrap_err();
        assert!(refused.ends_with(said), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_running_transaction_appends_is_sealed_after_it_and_nothing_is_left_out() {
    let trail = Trail::sealed().await;
    let employee = trail.app.employee().await;
    let running = trail.app.database.open().await;
    running
        .batch_execute(&format!(
            "BEGIN; CREATE TEMP TABLE late AS SELECT * FROM audit_events WHERE id = {}; \
             UPDATE late SET id = gen_random_uuid(), xact = pg_current_xact_id()::text::bigint; \
             INSERT INTO audit_events TABLE late",
            trail.one()
        ))
        .await
        .unwrap();
    employee.get_my_profile().await.unwrap();
    assert_eq!(
        seal_all(&trail.app.state).await.unwrap().len(),
        0,
        "it waits"
    );
    running.batch_execute("COMMIT").await.unwrap();
    seal(&trail.app).await;
    let report = verify(&trail.app.state, &trail.noted).await.unwrap();
    let all = trail
        .app
        .database
        .text("SELECT count(*) FROM audit_events")
        .await;
    assert_eq!((report.broken, report.events.to_string()), (vec![], all));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_audit_trail_nothing_is_shown() {
    let app = TestApp::start().await;
    let (employee, clinician) = (app.employee().await, app.clinician().await);
    employee.get_my_profile().await.unwrap();
    app.database
        .execute("ALTER TABLE audit_events ADD CONSTRAINT shut CHECK (request_id = '') NOT VALID")
        .await;
    assert!(employee.get_my_profile().await.is_err());
    assert!(employee.get_my_work_status(None).await.is_err());
    assert!(clinician.get_person(TestApp::worker(4)).await.is_err());
    let counted = "SELECT count(*)::text FROM audit_events";
    let before = app.database.text(counted).await;
    assert!(
        clinician
            .list_people(&PeopleQuery::default())
            .await
            .is_err()
    );
    assert_eq!(app.database.text(counted).await, before);
}
