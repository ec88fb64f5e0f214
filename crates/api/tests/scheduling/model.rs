//! The server and its database against a table on paper: the same answers, the same time taken,
//! step after step.

use super::*;
use paper::{Answer, Clinic, KINDS, Model, Owner, Step, Steps};
use salus_types::ids::{HoldId, LocationId, ResourceId};
use std::collections::BTreeMap;
use std::fmt::Write;
use uuid::Uuid;

#[path = "../../../domain/tests/booking/model.rs"]
mod paper;

const SEED: u64 = 20_270_405;
/// Monday 5 April 2027, midnight in Fort Wayne; no clock changes there in the weeks after.
const MIDNIGHT: &str = "2027-04-05T04:00:00Z";

fn kind_id(kind: usize) -> AppointmentTypeId {
    AppointmentTypeId(Uuid::from_u128(0x6000 + kind as u128))
}

fn resource_id(resource: usize) -> ResourceId {
    ResourceId(Uuid::from_u128(0x7000 + resource as u128))
}

fn at(minute: i64) -> DateTime<Utc> {
    instant(MIDNIGHT) + TimeDelta::minutes(minute)
}

/// Sets the clinic of the paper up in the sandbox, in place of its own schedules: rows that are
/// there, with some columns changed.
fn clinic() -> String {
    let mut sql = String::from("UPDATE schedules SET deleted_at = created_at;");
    let mut copy = |rows: &str, changes: String| {
        let table = rows.split(' ').next().unwrap_or_default();
        write!(
            sql,
            "INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(old) \
             || jsonb_build_object({changes}))).* FROM (SELECT * FROM {rows}) old;"
        )
        .expect("text");
    };
    for number in 0..Clinic::RESOURCES {
        let id = resource_id(number);
        let nobodys = "(SELECT id FROM accounts WHERE provider_org_id = old.provider_org_id AND id NOT IN \
             (SELECT account_id FROM resources WHERE account_id IS NOT NULL) ORDER BY id LIMIT 1)";
        let (like, account) = match number < Clinic::PROVIDERS {
            true => ("provider", nobodys),
            false => ("room", "NULL"),
        };
        copy(
            &format!(
                "resources WHERE kind = '{like}' AND id::text NOT LIKE '00000000-%' ORDER BY id LIMIT 1"
            ),
            format!("'id', '{id}', 'name', 'Resource {number}', 'account_id', {account}"),
        );
        copy(
            "schedules WHERE provider_org_id = (SELECT provider_org_id FROM resources WHERE kind = 'room' LIMIT 1) \
             ORDER BY id LIMIT 1",
            format!("'id', '{id}', 'resource_id', '{id}', 'deleted_at', NULL, 'capacity', 1"),
        );
        for weekday in 1..=7 {
            copy(
                "schedule_windows ORDER BY id LIMIT 1",
                format!(
                    "'id', gen_random_uuid(), 'schedule_id', '{id}', 'weekday', {weekday}, \
                     'start_minute', 480, 'end_minute', 720"
                ),
            );
        }
    }
    for (number, kind) in KINDS.iter().enumerate() {
        let id = kind_id(number);
        copy(
            &format!("appointment_types WHERE id = '{FIT}'"),
            format!(
                "'id', '{id}', 'code', 'KIND-{number}', 'duration', {}, 'shown_duration', {}, \
                 'buffer_before', {}, 'buffer_after', {}, 'min_notice_to_book', {}, \
                 'cancel_notice', {}, 'move_notice', {}, 'max_moves', {}, 'max_per_day', {}",
                kind.duration,
                kind.shown,
                kind.before,
                kind.after,
                kind.notice_to_book,
                kind.cancel_notice,
                kind.move_notice,
                kind.max_moves,
                kind.max_per_day,
            ),
        );
        for table in ["appointment_type_texts", "appointment_type_locations"] {
            copy(
                &format!("{table} WHERE appointment_type_id = '{FIT}'"),
                format!("'appointment_type_id', '{id}'"),
            );
        }
        let needs = ["provider", "room"];
        for (position, need) in needs.iter().enumerate() {
            if position == 0 || kind.wants_room {
                copy(
                    &format!(
                        "appointment_type_needs WHERE appointment_type_id = '{FIT}' AND position = 0"
                    ),
                    format!(
                        "'id', gen_random_uuid(), 'appointment_type_id', '{id}', \
                         'position', {position}, 'kind', '{need}'"
                    ),
                );
            }
        }
    }
    let settings = format!(
        r#"{{"days_out": {}, "max_open": {}, "hold_minutes": {}}}"#,
        Clinic::DAYS_OUT,
        Clinic::MAX_OPEN,
        Clinic::HOLD_MINUTES
    );
    write!(
        sql,
        "UPDATE portal_versions SET content = jsonb_set(content, '{{modules}}', \
         (SELECT jsonb_agg(CASE WHEN m ->> 'key' = 'appointments' \
          THEN m || jsonb_build_object('settings', '{settings}'::jsonb) ELSE m END) \
          FROM jsonb_array_elements(content -> 'modules') m));"
    )
    .expect("text");
    sql
}

struct Served {
    app: TestApp,
    place: LocationId,
    staff: Client,
    people: Vec<(PersonId, Client)>,
    holds: Vec<(usize, HoldId)>,
    visits: Vec<(usize, AppointmentId, i32)>,
}

impl Served {
    async fn start() -> Self {
        let app = TestApp::start().await;
        app.database.execute(&clinic()).await;
        app.state.clock.set(at(0));
        let place =
            "SELECT location_id FROM appointment_type_locations WHERE appointment_type_id = ";
        let place = app.database.text(&format!("{place}'{FIT}'")).await;
        Self {
            place: LocationId(place.parse().expect("an id")),
            staff: app.scheduler().await,
            people: app.crowd(Clinic::PEOPLE).await,
            holds: Vec::new(),
            visits: Vec::new(),
            app,
        }
    }

    fn last_hold(&self, person: usize) -> HoldId {
        let last = self.holds.iter().rfind(|(who, _)| *who == person);
        last.expect("a hold").1
    }

    async fn take(&mut self, step: Step, moves: Option<usize>, expected: Answer) -> Answer {
        match self.taken(step, moves).await {
            Ok(()) => Answer::Done,
            // Staff are asked which rules they want to set aside, in one word for both.
            Err(error)
                if error.is(OVERRIDE_NEEDED)
                    && matches!(expected, Answer::Taken | Answer::NotOffered) =>
            {
                expected
            }
            // Any time can be asked for by name, so that whom it is for comes first.
            Err(error)
                if matches!(step, Step::StaffBook { .. } | Step::StaffMove { .. })
                    && error.is(PERSON_BUSY) =>
            {
                match expected {
                    Answer::NotOffered => expected,
                    _ => Answer::Busy,
                }
            }
            // What ran out a day ago has been swept away when the minute's sweep came between.
            Err(error) if expected == Answer::HoldExpired && error.is(NOT_FOUND) => expected,
            Err(error) => answer(&error),
        }
    }

    async fn taken(&mut self, step: Step, moves: Option<usize>) -> Result<(), Error> {
        match step {
            Step::Hold {
                person,
                kind,
                start,
                wanted,
                moving,
            } => {
                let command = HoldSlot {
                    appointment_type_id: kind_id(kind),
                    starts_at: at(start),
                    location_id: self.place,
                    modality: Modality::InPerson,
                    region: None,
                    resource_id: wanted.map(resource_id),
                    item_id: None,
                    moving: moving.map(|visit| self.visits[visit].1),
                };
                let held = self.people[person].1.hold_my_slot(&new_key(), &command);
                self.holds.push((person, held.await?.id));
            }
            Step::Extend { person } => {
                let hold = self.last_hold(person);
                self.people[person].1.extend_my_slot_hold(hold).await?;
            }
            Step::Release { person } => {
                let hold = self.last_hold(person);
                self.people[person].1.release_my_slot_hold(hold).await?;
            }
            Step::Confirm { person } => self.confirm(person, moves).await?,
            Step::Cancel { visit } => {
                let (person, id, version) = self.visits[visit];
                let client = &self.people[person].1;
                let gone = client.cancel_my_appointment(id, version, &ill()).await?;
                self.visits[visit].2 = gone.value.version;
            }
            Step::StaffCancel { visit } => {
                let (_, id, version) = self.visits[visit];
                let gone = self.staff.cancel_appointment(id, version, &ill()).await?;
                self.visits[visit].2 = gone.value.version;
            }
            Step::StaffBook {
                person,
                kind,
                start,
                wanted,
            } => {
                let command = BookForPerson {
                    person_id: self.people[person].0,
                    employer_id: None,
                    appointment_type_id: kind_id(kind),
                    starts_at: at(start),
                    location_id: self.place,
                    modality: Modality::InPerson,
                    region: None,
                    resource_id: wanted.map(resource_id),
                    comment: None,
                    walk_in: false,
                    set_aside: None,
                };
                let booked = self
                    .staff
                    .book_appointment(&new_key(), &command)
                    .await?
                    .value;
                self.visits.push((person, booked.id, booked.version));
            }
            Step::StaffMove { visit, start } => {
                let (_, id, version) = self.visits[visit];
                let command = MoveForPerson {
                    starts_at: at(start),
                    location_id: self.place,
                    modality: Modality::InPerson,
                    region: None,
                    resource_id: None,
                    set_aside: None,
                };
                let moved = self.staff.move_appointment(id, version, &command).await?;
                self.visits[visit].2 = moved.value.version;
            }
            Step::Capacity { resource, capacity } => {
                let id = resource_id(resource);
                let sql = format!("UPDATE schedules SET capacity = {capacity} WHERE id = '{id}'");
                self.app.database.execute(&sql).await;
            }
            Step::Force { .. } | Step::Pass { .. } => {}
        }
        Ok(())
    }

    async fn confirm(&mut self, person: usize, moves: Option<usize>) -> Result<(), Error> {
        let hold_id = self.last_hold(person);
        let client = &self.people[person].1;
        match moves {
            None => {
                let command = BookAppointment {
                    hold_id,
                    comment: None,
                };
                let booked = client
                    .book_my_appointment(&new_key(), &command)
                    .await?
                    .value;
                self.visits.push((person, booked.id, booked.version));
            }
            Some(visit) => {
                let (_, id, version) = self.visits[visit];
                let command = MoveAppointment { hold_id };
                let moved = client.move_my_appointment(id, version, &command).await?;
                self.visits[visit].2 = moved.value.version;
            }
        }
        Ok(())
    }

    /// What is taken of resources and of people, in five minutes since yesterday.
    async fn cells(
        &self,
        now: i64,
    ) -> (BTreeMap<paper::Cell, Owner>, BTreeMap<(usize, i64), usize>) {
        let live = self.app.state.clock.now().to_rfc3339();
        let query = format!(
            "SELECT coalesce(json_agg(json_build_array(coalesce(resource_id, person_id), lane, \
                    extract(epoch FROM starts_at - '{MIDNIGHT}')::bigint / 60, \
                    extract(epoch FROM ends_at - '{MIDNIGHT}')::bigint / 60, \
                    coalesce(appointment_id, hold_id))), '[]')::text \
               FROM claims WHERE expires_at IS NULL OR expires_at > '{live}'"
        );
        let claims = self.app.database.text(&query).await;
        let claims: Vec<(Uuid, u16, i64, i64, Uuid)> =
            serde_json::from_str(&claims).expect("claims");
        let (mut taken, mut busy) = (BTreeMap::new(), BTreeMap::new());
        for (whose, lane, from, until, of) in claims {
            let cells = (from..until).step_by(5);
            let visit = self.visits.iter().position(|(_, known, _)| known.0 == of);
            let hold = self.holds.iter().position(|(_, known)| known.0 == of);
            let owner = visit.map(Owner::Visit).or(hold.map(Owner::Hold));
            let owner = owner.expect("a claim of somebody");
            let resource = (0..Clinic::RESOURCES).find(|known| resource_id(*known).0 == whose);
            let person = self.people.iter().position(|(known, _)| known.0 == whose);
            for cell in cells.filter(|cell| *cell > now - 24 * 60) {
                match (resource, person, owner) {
                    (Some(resource), ..) => {
                        taken.insert((resource, lane, cell), owner);
                    }
                    (None, Some(person), Owner::Visit(visit)) => {
                        busy.insert((person, cell), visit);
                    }
                    _ => panic!("a claim on nothing"),
                }
            }
        }
        (taken, busy)
    }
}

fn answer(error: &Error) -> Answer {
    let all = [
        (SLOT_TAKEN, Answer::Taken),
        (PERSON_BUSY, Answer::Busy),
        (SLOT_NOT_OFFERED, Answer::NotOffered),
        (LIMIT_REACHED, Answer::Limit),
        (HOLD_EXPIRED, Answer::HoldExpired),
        (HOLD_LIMIT, Answer::HoldLimit),
        (WRONG_STATE, Answer::WrongState),
        (APPOINTMENT_BEGUN, Answer::Begun),
        (NOTICE_TOO_SHORT, Answer::NoticeTooShort),
        (TOO_MANY_MOVES, Answer::TooManyMoves),
    ];
    let known = all.iter().find(|(kind, _)| error.is(*kind));
    known.unwrap_or_else(|| panic!("{}", slug(error))).1
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_steps_of_booking_go_as_they_go_on_paper() {
    let named = std::env::var("SALUS_SEED").ok();
    let seed = named.and_then(|text| text.parse().ok()).unwrap_or(SEED);
    println!("SALUS_SEED={seed}");
    let mut served = Served::start().await;
    let (mut steps, mut model) = (Steps::new(seed), Model::new(None));
    (steps.forces, steps.exact) = (false, false);
    let mut last = Vec::new();
    let mut answers: BTreeMap<String, usize> = BTreeMap::new();
    for number in 0..5_000 {
        let step = steps.choose(&model);
        last.push(step);
        let moves = match step {
            Step::Confirm { person } => model.moves(person),
            _ => None,
        };
        let expected = model.take(step);
        served.app.state.clock.set(at(model.now()));
        let found = served.take(step, moves, expected).await;
        let tail = &last[last.len().saturating_sub(12)..];
        assert_eq!(
            expected, found,
            "seed {seed}, step {number}, after {tail:#?}"
        );
        *answers.entry(format!("{found:?}")).or_default() += 1;
        if number % 20 == 19 {
            let (taken, busy) = served.cells(model.now()).await;
            assert_eq!(
                *model.taken(),
                taken,
                "seed {seed}, step {number}, after {tail:#?}"
            );
            assert_eq!(
                *model.busy(),
                busy,
                "seed {seed}, step {number}, after {tail:#?}"
            );
        }
    }
    println!("{answers:?}");
}
