//! How a person gets into Salus: the employer's HR file, and the code that turns a chart into an
//! account of one's own.

pub mod feed;
pub mod names;
pub mod pickup_code;
pub mod redemption;

pub use pickup_code::PickupCode;
