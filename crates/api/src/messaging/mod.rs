//! Conversations with the clinic, what waits to be read, and live updates.

mod hats;
mod reading;
mod stream;
mod threads;
mod types;
mod waiting;
mod writing;

use crate::routes::Operations;

pub use writing::{BegunRequest, begin_request};

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    hats::routes_of_me(config);
    hats::routes_of_team(config);
    hats::routes_of_clinic(config);
    stream::routes(config);
    config.service(waiting::get_work_summary);
}
