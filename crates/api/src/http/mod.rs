//! What every request passes through: its id and language, headers, deadlines, files of the apps; and
//! what is noted of it.

pub mod address;
pub mod apps;
pub mod connection;
pub mod headers;
pub mod methods;
pub mod rates;
pub mod request;
pub mod watched;
