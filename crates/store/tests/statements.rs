//! Which statements are prepared once, and what is logged of one that failed.
#![cfg(test)]

use diesel::pg::Pg;
use diesel::query_builder::QueryFragment;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::{ExpressionMethods, QueryDsl};
use salus_store::database::{Kept, password_of, without_values};
use salus_store::schema::{employer_locations, outbox_events};
use uuid::Uuid;

fn is_kept(query: impl QueryFragment<Pg>) -> bool {
    Kept(query).is_safe_to_cache_prepared(&Pg).unwrap()
}

#[test]
fn an_update_is_prepared_once() {
    let update = diesel::update(outbox_events::table.find(Uuid::nil()))
        .set(outbox_events::kind.eq("message.sent"));
    assert!(!update.is_safe_to_cache_prepared(&Pg).unwrap());
    assert!(is_kept(update));
}

#[test]
fn an_insert_that_may_leave_a_value_out_is_prepared_once() {
    let insert = diesel::insert_into(employer_locations::table)
        .values(Some(employer_locations::employer_id.eq(Uuid::nil())));
    assert!(!insert.is_safe_to_cache_prepared(&Pg).unwrap());
    assert!(is_kept(insert));
}

#[test]
fn a_statement_of_as_many_rows_as_there_are_is_not_kept() {
    let rows = vec![outbox_events::kind.eq("a"), outbox_events::kind.eq("b")];
    assert!(!is_kept(
        diesel::insert_into(outbox_events::table).values(rows)
    ));
}

#[test]
fn a_statement_written_by_hand_is_not_kept() {
    assert!(!is_kept(diesel::sql_query("SELECT 1")));
}

fn logged(message: &str) -> String {
    without_values(&DieselError::DatabaseError(
        DatabaseErrorKind::Unknown,
        Box::new(message.to_owned()),
    ))
}

#[test]
fn a_failed_statement_is_logged_with_the_names_and_without_the_values_it_quotes() {
    for (message, said) in [
        (
            "duplicate key value violates unique constraint \"sign_in_names_pkey\"",
            "duplicate key value violates unique constraint \"sign_in_names_pkey\"",
        ),
        (
            "invalid input syntax for type date: \"Maria Lopez\"",
            "invalid input syntax for type date: \"…\"",
        ),
        (
            "value \"5551234567\" is out of range for type integer",
            "value \"…\" is out of range for type integer",
        ),
        (
            "null value in column \"name\" of relation \"persons\" violates not-null constraint",
            "null value in column \"name\" of relation \"persons\" violates not-null constraint",
        ),
        (
            "column persons.first_name does not exist",
            "column persons.first_name does not exist",
        ),
        (
            "syntax error in tsquery: \"mar\"ia\"",
            "syntax error in tsquery: \"…\"",
        ),
    ] {
        assert_eq!(logged(message), said);
    }
}

#[test]
fn a_password_is_read_as_it_is_not_as_it_stands_in_the_address() {
    let of = |url: &str| password_of(url);
    assert_eq!(
        of("postgres://salus_app:p%40ss%2Fword@db/salus").as_deref(),
        Some("p@ss/word")
    );
    assert_eq!(
        of("host=db user=salus_app password='p@ss'").as_deref(),
        Some("p@ss")
    );
    assert_eq!(of("postgres://salus_app@db/salus"), None);
}
