//! Order items and due items.

mod due_items;
mod order_items;
mod visits;

pub use due_items::{
    DueFilter, ListedDueItem, MyDueRow, SharedDueRow, find_open_due_item, insert_due_item,
    list_due_items, lock_due_item, my_due_items, open_due_items, person_name, save_due_item,
};
pub use order_items::{
    NewOrderItem, answer_order_items, appointment_type_of_code, find_order_item,
    insert_order_items, list_order_items,
};
pub use visits::{book_due_items, reopen_due_items};

/// Statuses in which something is still to be done.
const OPEN: [&str; 3] = ["pending", "ordered", "in_progress"];

/// A stored word the code does not know: the row cannot be read.
fn unknown(what: &'static str) -> diesel::result::Error {
    diesel::result::Error::DeserializationError(
        format!("the database holds an unknown {what}").into(),
    )
}
