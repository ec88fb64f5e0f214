//! What a person is due for: obligations with dates.
//!
//! A due item names a catalogue entry (an order item) and two dates: from when it is seen, and
//! when it must be done. Booking a fitting visit ties the visit to it; doing it, or a reason why it
//! need not be done, closes it. Nothing is erased.

pub mod due_item;
pub mod order_item;

pub use due_item::{
    Completion, DueItem, DueItemChange, DueItemDraft, DueItemError, Status, Waiver, WaiverReason,
    preset_visible_on,
};
pub use order_item::{OrderItem, OrderItemKind};
