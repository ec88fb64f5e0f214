//! What travels on the wire: requests are commands, responses are nouns.
#![warn(missing_docs)]

pub mod accounts;
pub mod audit;
pub mod intake;
pub mod messaging;
pub mod page;
pub mod patch;
pub mod people;
pub mod portals;
pub mod problem;
pub mod questionnaires;
pub mod scheduling;
pub mod surveillance;
pub mod work_status;

pub use salus_domain::ids;
