//! Questionnaires: what is asked, answering it on any device, the clinic's review.

mod answers;
mod assignments;
mod draft;
mod facts;
mod publish;
mod review;
mod start;
mod submit;
mod versions;

pub use answers::Forms;
pub use publish::{NewForm, PublishError, publish};

use crate::routes::Operations;

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(assignments::list_my_questionnaire_assignments)
        .service(versions::get_my_questionnaire_version)
        .service(start::start_my_response)
        .service(draft::get_my_response)
        .service(draft::save_my_answers)
        .service(draft::discard_my_response)
        .service(submit::submit_my_response)
        .service(review::list_responses)
        .service(review::get_response)
        .service(review::review_response)
        .service(assignments::list_questionnaires)
        .service(assignments::assign_questionnaire);
}
