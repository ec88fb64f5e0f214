//! Backups: a folder with a dump of the database and a manifest that says what the dump holds and
//! what is needed beside it. `salus backup` makes one, `salus restore` makes an installation of it.

pub mod manifest;
pub mod programs;

pub use manifest::Manifest;
