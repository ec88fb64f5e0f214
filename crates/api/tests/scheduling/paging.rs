//! Free times come in pages.

use super::*;
use salus_types::problem::{CURSOR_INVALID, INVALID};
use std::collections::BTreeSet;

fn over(days: u64) -> SlotsQuery {
    SlotsQuery {
        appointment_type_id: FIT,
        location: None,
        resource: None,
        modality: None,
        region: None,
        item: None,
        moving: None,
        from: day("2027-03-01"),
        to: day("2027-03-01") + Days::new(days - 1),
        limit: None,
        cursor: None,
    }
}

/// All pages of so many times, put together.
async fn together(client: &Client, query: &SlotsQuery, limit: u16) -> Vec<Slot> {
    let mut asked = SlotsQuery {
        limit: Some(limit),
        ..query.clone()
    };
    let mut found = Vec::new();
    loop {
        let page = client.list_my_slots(&asked).await.expect("a page");
        assert!(page.items.len() <= usize::from(limit));
        assert!(!page.items.is_empty() || page.next_cursor.is_none());
        found.extend(page.items);
        match page.next_cursor {
            Some(cursor) => asked.cursor = Some(cursor),
            None => return found,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_put_together_are_every_free_time_once_and_in_order() {
    let app = start().await;
    let employee = app.employee().await;
    let query = over(31);
    let all = together(&employee, &query, 200).await;
    assert!(all.len() > 200, "{}", all.len());
    assert!(all.is_sorted_by_key(|slot| slot.starts_at));
    let dates: BTreeSet<NaiveDate> = all.iter().map(|slot| slot.local_date).collect();
    assert!(dates.len() > 15, "{dates:?}");
    assert_eq!(together(&employee, &query, 37).await, all);
    let mut days = Vec::new();
    for date in 0..31 {
        let date = query.from + Days::new(date);
        let one = SlotsQuery {
            from: date,
            to: date,
            ..query.clone()
        };
        days.extend(together(&employee, &one, 50).await);
    }
    assert_eq!(days, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_holds_50_times_unless_another_number_is_asked_for() {
    let app = start().await;
    let employee = app.employee().await;
    let page = employee.list_my_slots(&over(31)).await.expect("a page");
    assert_eq!(page.items.len(), 50);
    assert!(page.next_cursor.is_some());
    for limit in [0, 201] {
        let asked = SlotsQuery {
            limit: Some(limit),
            ..over(1)
        };
        let refused = employee.list_my_slots(&asked).await.expect_err("no such");
        assert!(refused.is(INVALID), "{}", slug(&refused));
    }
    let asked = SlotsQuery {
        cursor: Some("page-2".to_owned()),
        ..over(1)
    };
    let refused = employee.list_my_slots(&asked).await.expect_err("no such");
    assert!(refused.is(CURSOR_INVALID), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_is_taken_between_two_pages_is_missing_and_nothing_else() {
    let app = start().await;
    let (employee, other) = (app.employee().await, app.employee2().await);
    let all = together(&employee, &over(5), 200).await;
    let first = SlotsQuery {
        limit: Some(10),
        ..over(5)
    };
    let page = employee.list_my_slots(&first).await.expect("a page");
    let taken = &all[20];
    hold(&other, FIT, taken).await.expect("a hold");
    let next = SlotsQuery {
        limit: Some(200),
        cursor: page.next_cursor,
        ..over(5)
    };
    let rest = employee.list_my_slots(&next).await.expect("a page");
    let starts = |slots: &[Slot]| -> BTreeSet<DateTime<Utc>> {
        slots.iter().map(|slot| slot.starts_at).collect()
    };
    let (before, after) = (starts(&all[10..]), starts(&rest.items));
    let beside =
        |start: &&DateTime<Utc>| (**start - taken.starts_at).abs() < TimeDelta::minutes(30);
    assert!(before.difference(&after).all(|start| beside(&start)));
    assert!(after.is_subset(&before) && after.len() < before.len());
}
