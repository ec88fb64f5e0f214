//! Asking the clinic for a visit of a report, by their supervisor.

use actix_web::post;
use actix_web::web::Data;
use salus_domain::access::Act;
use salus_domain::ids::PersonId;
use salus_domain::people::today;
use salus_domain::scheduling::request::State;
use salus_domain::scheduling::{Audience, BookingOptions, Mode};
use salus_store::scheduling as store;
use salus_types::problem::{FORBIDDEN, Problem};
use salus_types::scheduling::{Contact, RequestForReport, TeamAppointmentRequest};

use super::{Asked, ask, chosen, preferred};
use crate::access::{Caller, Team};
use crate::error::ApiError;
use crate::extract::{Body, Created, Id, Idempotency};
use crate::scheduling::offered::{Named, each_once};
use crate::scheduling::taking::{
    comment, is_offered, needed_region, options_for, supervisor_options,
};
use crate::scheduling::team_booking::reach;
use crate::state::AppState;
use crate::transaction::Tx;

/// Ask the clinic for a visit of a report, who is told at once. It begins a conversation of the
/// supervisor with the clinic.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The person")),
    request_body = RequestForReport,
    responses(
        (status = 201, body = TeamAppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`invalid`, `type-not-sendable`"),
    )
)]
#[post("/team/people/{id}/appointment-requests")]
pub async fn request_for_report(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<PersonId>,
    key: Idempotency,
    body: Body<RequestForReport>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let (person, now) = (id.0, tx.now);
            reach(tx, Act::Create, person)?;
            if supervisor_options(tx, person).await?.mode != Mode::Request {
                return Err(ApiError::of(FORBIDDEN));
            }
            // What can be asked for is what could be booked if supervisors took times themselves.
            let by = Audience::Supervisor;
            let options = BookingOptions {
                schedule: true,
                ..options_for(tx, by, person).await?
            };
            let linked = store::linked_locations(tx.shared(), person, now).await?;
            let kind = store::find_report_type(tx.shared(), body.appointment_type_id)
                .await?
                .filter(|kind| is_offered(kind, by, &options))
                .ok_or_else(|| ApiError::field("/appointment_type_id", "unknown"))?;
            let (employer, place) = chosen(&linked, &kind, body.location_id)?;
            if !kind.rules.modalities.contains(&body.modality) {
                return Err(ApiError::field("/modality", "unknown"));
            }
            preferred(&body.preferences, today(now, place.place.zone))?;
            let places = each_once(linked.clone());
            let named = Named::load(tx, by, &places, &options).await?;
            let public_name = kind.public_name(&tx.actor.language);
            let asked = Asked {
                audience: by,
                person,
                employer,
                appointment_type: kind.rules.id,
                public_name: public_name.clone(),
                place: body.location_id.map(|_| place),
                resource: named.asked(&kind, body.resource_id, body.location_id, now)?,
                modality: body.modality,
                region: needed_region(body.modality, body.region.as_deref(), None)?,
                preferences: body.preferences.clone(),
                contact: Contact::Message,
                comment: comment(body.comment.as_deref(), "/comment")?,
            };
            let (request, begun) = ask(tx, asked).await?;
            let answer = TeamAppointmentRequest {
                id: request,
                version: 1,
                person_id: person,
                public_name,
                state: State::Open,
                modality: body.modality,
                preferences: body.preferences.clone(),
                sent_at: now,
                answer_by: begun.answer_by,
                conversation_id: begun.conversation,
            };
            let path = format!("/api/v1/team/conversations/{}", begun.conversation);
            Created::at(path, answer.version, &answer)
        })
        .await
}
