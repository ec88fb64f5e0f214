//! The catalogue and what the sandbox's people are due for; dates count from the day of seeding.

use chrono::{Days, NaiveDate};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{DueItemId, EmployerId, OrderItemId, PersonId, WaitListItemId};
use salus_domain::scheduling::Wishes;
use salus_domain::scheduling::request::DayPart;
use salus_domain::surveillance::{DueItem, OrderItem, OrderItemKind, Status, preset_visible_on};
use salus_store::scheduling::DueToVisit;
use salus_store::surveillance::{
    NewOrderItem, appointment_type_of_code, insert_due_item, insert_order_items,
};

use super::organizations::NORTHWIND;
use super::people::worker;
use super::{SALUS, id};
use crate::error::ApiError;
use crate::scheduling::wait_for_due_item;
use crate::state::AppState;
use crate::transaction::Tx;

/// The hearing test.
pub const AUDIO: OrderItemId = OrderItemId(id(0x5a1_6101));
/// The respirator fit test.
pub const FIT: OrderItemId = OrderItemId(id(0x5a1_6102));
/// The periodic examination.
pub const PHYS: OrderItemId = OrderItemId(id(0x5a1_6103));

/// What the first of the sandbox's due items is called by.
const FIRST: u64 = 0x5a1_6201;
/// What the first of those who wait is called by.
const FIRST_WAITING: u64 = 0x5a1_3601;

const CATALOGUE: [(OrderItemId, &str, &str, &str, OrderItemKind, i16); 5] = [
    (
        AUDIO,
        "AUDIO",
        "Audiometry, pure tone, air",
        "Hearing test",
        OrderItemKind::Test,
        25,
    ),
    (
        FIT,
        "FIT",
        "Respirator fit test, quantitative",
        "Respirator fit test",
        OrderItemKind::Test,
        30,
    ),
    (
        PHYS,
        "PHYS",
        "Periodic physical examination",
        "Periodic exam",
        OrderItemKind::Procedure,
        45,
    ),
    (
        OrderItemId(id(0x5a1_6104)),
        "TDAP",
        "Tetanus, diphtheria, pertussis booster",
        "Health appointment",
        OrderItemKind::Injection,
        15,
    ),
    (
        OrderItemId(id(0x5a1_6105)),
        "RESPQ",
        "Respirator medical evaluation questionnaire",
        "Respirator questionnaire",
        OrderItemKind::Questionnaire,
        20,
    ),
];

/// Worker, item, and in how many days it is due.
const DUE: [(u64, OrderItemId, i64); 7] = [
    (4, AUDIO, 14),
    (4, FIT, 27),
    (4, PHYS, 120),
    (5, FIT, -5),
    (6, AUDIO, -12),
    (8, AUDIO, 25),
    (9, PHYS, 9),
];

pub(super) async fn seed(state: &AppState) -> Result<(), ApiError> {
    state
        .run_system(SALUS, "seed_sandbox", async |tx| {
            catalogue(tx).await?;
            due(tx).await
        })
        .await
}

async fn catalogue(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let mut new = Vec::with_capacity(CATALOGUE.len());
    for (id, code, name, public_name, kind, minutes) in CATALOGUE {
        new.push(NewOrderItem {
            item: OrderItem {
                id,
                code: code.to_owned(),
                name: name.to_owned(),
                public_name: public_name.to_owned(),
                kind,
                minutes: Some(minutes),
                appointment_type_id: appointment_type_of_code(tx.conn(), code).await?,
                active: true,
            },
            provider_org: SALUS,
            created_at: now,
        });
    }
    insert_order_items(tx.conn(), &new).await?;
    Ok(())
}

async fn due(tx: &mut Tx) -> Result<(), ApiError> {
    let today = tx.now.date_naive();
    for (n, (person, order_item_id, days)) in (FIRST..).zip(DUE) {
        let due_on = after(today, days);
        let item = DueItem {
            id: DueItemId(id(n)),
            person_id: PersonId(worker(person)),
            employer_id: EmployerId(NORTHWIND),
            order_item_id,
            due_on,
            visible_on: preset_visible_on(due_on),
            status: Status::Pending,
            appointment_id: None,
            comment: None,
            completed_on: None,
            waiver: None,
            closed: None,
            version: 1,
        };
        let about = About::person(item.person_id)
            .employer(item.employer_id)
            .object(item.id);
        let item = tx.allow(Act::Create, DataClass::DueItem, about, item)?;
        let now = tx.now;
        insert_due_item(tx.conn(), &item, SALUS, now, None).await?;
        wait(tx, n, item.get()).await?;
    }
    Ok(())
}

/// Puts what is due on the wait list; one of the people can come in the afternoon only.
async fn wait(tx: &mut Tx, number: u64, due: &DueItem) -> Result<(), ApiError> {
    let kind = match due.order_item_id {
        AUDIO => super::scheduling::AUDIO,
        FIT => super::scheduling::FIT,
        _ => super::scheduling::PHYS,
    };
    let afternoon = due.person_id == PersonId(worker(9));
    let wishes = Wishes {
        part: afternoon.then_some(DayPart::Afternoon),
        ..Wishes::default()
    };
    let wait = WaitListItemId(id(number - FIRST + FIRST_WAITING));
    let due = DueToVisit {
        id: due.id,
        person: due.person_id,
        employer: due.employer_id,
        appointment_type: kind,
        since: tx.now,
    };
    wait_for_due_item(tx, wait, &due, wishes).await
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
