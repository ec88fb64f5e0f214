//! How a person gets in: the employer's HR file, and the code that turns a chart into an account.

pub mod codes;
pub mod feed;
pub mod redeem;

use crate::routes::Operations;

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    feed::handlers::routes(config);
    codes::routes(config);
    redeem::routes(config);
}
