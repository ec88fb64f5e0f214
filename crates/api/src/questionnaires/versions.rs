//! The content of versions.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{PersonId, QuestionnaireId, QuestionnaireVersionId};
use salus_store::questionnaires::find_version;
use salus_types::problem::Problem;
use salus_types::questionnaires::QuestionnaireVersion;

use super::answers::{content, title};
use crate::access::{Caller, Me};
use crate::error::ApiError;
use crate::extract::Id;
use crate::state::AppState;

/// The content of a published version. It never changes, so it may be kept for ever.
#[utoipa::path(
    tag = "questionnaires",
    params(("id" = Uuid, Path, description = "The version")),
    responses(
        (status = 200, body = QuestionnaireVersion, description = "Immutable; `ETag` and `Cache-Control` say so"),
        (status = 304, description = "The caller has it"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/me/questionnaire-versions/{id}")]
pub async fn get_my_questionnaire_version(
    caller: Caller<Me>,
    state: Data<AppState>,
    request: HttpRequest,
    id: Id<QuestionnaireVersionId>,
) -> Result<HttpResponse, ApiError> {
    let row = state
        .run(&caller, async |tx| {
            let Some(row) = find_version(tx.conn(), id.0).await? else {
                return Err(ApiError::not_found());
            };
            let me = tx.actor.own_person()?;
            let about = About::person(PersonId(me.0)).object(row.id);
            let allowed = tx.allow(Act::Read, DataClass::Configuration, about, row)?;
            Ok(allowed.into_inner())
        })
        .await?;
    let etag = format!("\"{}\"", row.id);
    let kept = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == etag.as_bytes());
    let mut answer = if kept {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    answer.insert_header((header::ETAG, etag)).insert_header((
        header::CACHE_CONTROL,
        "private, max-age=31536000, immutable",
    ));
    if kept {
        return Ok(answer.finish());
    }
    Ok(answer.json(QuestionnaireVersion {
        id: QuestionnaireVersionId(row.id),
        questionnaire_id: QuestionnaireId(row.questionnaire_id),
        content: content(&row)?,
        title: title(row.title)?,
        key: row.key,
        number: row.number,
    }))
}
