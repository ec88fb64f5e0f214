//! The vocabulary and rules of Salus. Pure: no I/O, no clock, no async.
//!
//! Every decision of the system is a function here. The time is an argument; what happened is the
//! return value.
#![cfg_attr(not(test), warn(missing_docs))]

pub mod access;
pub mod accounts;
pub mod audit;
pub mod ids;
pub mod intake;
pub mod messaging;
pub mod people;
pub mod portals;
pub mod private;
pub mod questionnaires;
pub mod rules;
pub mod scheduling;
pub mod surveillance;
pub mod time;
pub mod work_status;
