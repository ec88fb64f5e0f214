//! The Salus server.
//!
//! A handler has one shape: extract, load, check, decide, save, answer. Loading and saving are calls
//! of the store, checking and deciding are calls of the domain.

pub mod access;
pub mod accounts;
pub mod audit;
pub mod backup;
pub mod clock;
pub mod commands;
pub mod error;
pub mod events;
pub mod extract;
pub mod http;
pub mod intake;
pub mod logs;
pub mod mail;
pub mod messaging;
pub mod metrics;
pub mod notifications;
pub mod openapi;
pub mod people;
pub mod portals;
pub mod questionnaires;
pub mod routes;
pub mod sandbox;
pub mod scheduling;
pub mod server;
pub mod settings;
pub mod state;
pub mod stop;
pub mod surveillance;
pub mod transaction;
pub mod words;
pub mod work_status;
