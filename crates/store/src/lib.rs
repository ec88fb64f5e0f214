//! PostgreSQL through diesel: schema, rows, query functions, embedded migrations.
//!
//! The store never decides and never returns a wire type. One query function per need.

pub mod accounts;
pub mod audit;
pub mod backup;
pub mod database;
pub mod doctor;
pub mod intake;
pub mod messaging;
pub mod migrations;
pub mod notifications;
pub mod people;
pub mod plumbing;
pub mod portals;
pub mod questionnaires;
pub mod scheduling;
pub mod schema;
pub mod sealing;
pub mod surveillance;
pub mod work_status;
