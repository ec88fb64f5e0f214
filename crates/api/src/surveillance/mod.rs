//! What is due: one's own list, the supervisor's by public name and date, the clinic's.

mod clinic;
mod me;
mod team;

use crate::routes::Operations;

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(me::list_my_due_items)
        .service(team::list_team_due_items)
        .service(clinic::list_order_items)
        .service(clinic::list_due_items)
        .service(clinic::enter_due_item)
        .service(clinic::change_due_item)
        .service(clinic::complete_due_item)
        .service(clinic::waive_due_item);
}
