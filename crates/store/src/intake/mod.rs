//! HR files and pick-up codes: what is known before a file, what a run does, codes and the attempts
//! to redeem them.

pub mod apply;
pub mod codes;
pub mod known;
pub mod redemptions;
pub mod runs;
