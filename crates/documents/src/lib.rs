//! Documents from data: calendar files of appointments.

mod calendar_file;

pub use calendar_file::{Method, Visit, calendar_file};
