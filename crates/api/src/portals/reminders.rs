//! How people are reminded, as administrators change it in a portal's draft.

use actix_web::web::Data;
use actix_web::{get, put};
use salus_domain::access::{Act, Allowed, DataClass};
use salus_domain::ids::PortalId;
use salus_domain::portals::{Content, PortalAudience};
use salus_domain::scheduling::reminders::{ByDays, ByHours, Channel, ReminderFault, Reminders};
use salus_store::portals::{self as store, MadePortalRow, SectionRow};
use salus_types::portals::{
    DraftNotifications, ReminderByDays, ReminderByHours, ReminderChannel, ReminderSettings,
    ReplaceNotifications,
};
use salus_types::problem::Problem;

use super::drafts::{lock, saving};
use super::named;
use crate::access::{Admin, Caller};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Configuration;
/// The section of a draft with what people are told outside the portal.
const SECTION: &str = "notifications";

/// What will be published of a portal about how people are reminded of visits.
#[utoipa::path(
    tag = "portals",
    params(("id" = Uuid, Path, description = "The portal")),
    responses(
        (status = 200, body = DraftNotifications),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/admin/portals/{id}/draft/notifications")]
pub async fn get_draft_notifications(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<PortalId>,
) -> Result<Versioned<DraftNotifications>, ApiError> {
    let draft = state
        .run(&caller, async |tx| Ok(read(tx, id.0).await?.shown(tx)))
        .await?;
    Ok(Versioned::by(draft, |one| one.version))
}

/// Replace how people are reminded of visits in a portal's draft; once it is published, it counts for
/// visits that are booked or moved from then on.
#[utoipa::path(
    tag = "portals",
    params(("id" = Uuid, Path, description = "The portal")),
    request_body = ReplaceNotifications,
    responses(
        (status = 200, body = DraftNotifications),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`publication-planned`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
        (status = 428, body = Problem),
    )
)]
#[put("/admin/portals/{id}/draft/notifications")]
pub async fn replace_draft_notifications(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<PortalId>,
    version: IfMatch,
    body: Body<ReplaceNotifications>,
) -> Result<Versioned<DraftNotifications>, ApiError> {
    let draft = state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let permission = lock(tx, id.0).await?;
            let draft = read(tx, id.0).await?;
            version.check(draft.version())?;
            if PortalAudience::parse(&draft.portal.audience) != Some(PortalAudience::Employee) {
                return Err(ApiError::field("/reminders", "unknown"));
            }
            let written = reminders(&body.reminders);
            let wrong: Vec<Field> = written.faults().into_iter().map(field).collect();
            if !wrong.is_empty() {
                return Err(ApiError::invalid(wrong));
            }
            let content = (written != draft.published.reminders)
                .then(|| serde_json::to_value(&written))
                .transpose()
                .map_err(ApiError::internal)?;
            let saving = saving(tx, id.0);
            store::save_section(tx.shared(), &permission, &saving, SECTION, content.as_ref())
                .await?;
            Ok(read(tx, id.0).await?.shown(tx))
        })
        .await?;
    Ok(Versioned::by(draft, |one| one.version))
}

/// How people will be reminded once a portal's draft is published, or nothing where that stays; with the
/// version of what says so.
pub(super) async fn drafted(
    tx: &mut Tx,
    id: PortalId,
) -> Result<(Option<Reminders>, i32), ApiError> {
    let section = store::find_section(tx.shared(), id, SECTION).await?;
    let section = section.as_ref();
    Ok((said(section)?, section.map_or(0, |section| section.version)))
}

fn said(section: Option<&SectionRow>) -> Result<Option<Reminders>, ApiError> {
    let content = section.and_then(|section| section.content.clone());
    let reminders = content.map(serde_json::from_value).transpose();
    reminders.map_err(ApiError::internal)
}

/// The draft says what is published.
pub(super) async fn settle(
    tx: &mut Tx,
    permission: &Allowed<()>,
    id: PortalId,
) -> Result<(), ApiError> {
    if drafted(tx, id).await?.0.is_some() {
        let saving = saving(tx, id);
        store::save_section(tx.shared(), permission, &saving, SECTION, None).await?;
    }
    Ok(())
}

struct Draft {
    portal: MadePortalRow,
    published: Content,
    section: Option<SectionRow>,
    /// What will be published.
    reminders: Reminders,
}

async fn read(tx: &mut Tx, id: PortalId) -> Result<Draft, ApiError> {
    let scope = tx.scope(Act::Read, CLASS)?;
    let Some(portal) = store::get_portal(tx.shared(), &scope, id).await? else {
        return Err(tx.missing(Act::Read, CLASS, id));
    };
    let published = portal.content();
    let section = store::find_section(tx.shared(), id, SECTION).await?;
    let changed = said(section.as_ref())?;
    Ok(Draft {
        reminders: changed.unwrap_or_else(|| published.reminders.clone()),
        portal,
        published,
        section,
    })
}

impl Draft {
    fn version(&self) -> i32 {
        self.section.as_ref().map_or(0, |section| section.version)
    }

    fn shown(self, tx: &Tx) -> DraftNotifications {
        let version = self.version();
        let section = self.section.as_ref();
        DraftNotifications {
            portal_id: PortalId(self.portal.id),
            name: named(&self.published, &self.portal.slug, &tx.actor.language),
            changed: section.is_some_and(|one| one.content.is_some()),
            saved_at: section.map(|one| one.saved_at),
            saved_by: section.and_then(|one| one.saved_by.clone()),
            version,
            reminders: settings(&self.reminders),
        }
    }
}

fn settings(reminders: &Reminders) -> ReminderSettings {
    let channels = |channels: &[Channel]| {
        let shown = channels.iter().map(|channel| match channel {
            Channel::Email => ReminderChannel::Email,
        });
        shown.collect()
    };
    let by_days = |one: &ByDays| ReminderByDays {
        on: one.on,
        days: one.days,
        minute: one.minute,
        channels: channels(&one.channels),
    };
    ReminderSettings {
        three_days: by_days(&reminders.three_days),
        one_day: by_days(&reminders.one_day),
        preparation: ReminderByHours {
            on: reminders.preparation.on,
            hours: reminders.preparation.hours,
            channels: channels(&reminders.preparation.channels),
        },
    }
}

fn reminders(written: &ReminderSettings) -> Reminders {
    let channels = |channels: &[ReminderChannel]| {
        let mut kept: Vec<Channel> = Vec::new();
        for channel in channels {
            let channel = match channel {
                ReminderChannel::Email => Channel::Email,
            };
            if !kept.contains(&channel) {
                kept.push(channel);
            }
        }
        kept
    };
    let by_days = |one: &ReminderByDays| ByDays {
        on: one.on,
        days: one.days,
        minute: one.minute,
        channels: channels(&one.channels),
    };
    Reminders {
        three_days: by_days(&written.three_days),
        one_day: by_days(&written.one_day),
        preparation: ByHours {
            on: written.preparation.on,
            hours: written.preparation.hours,
            channels: channels(&written.preparation.channels),
        },
    }
}

fn field(fault: ReminderFault) -> Field {
    let at = format!("/reminders{}", fault.pointer);
    match fault.range {
        Some((from, to)) => Field::new(at, "out_of_range")
            .with("from", from)
            .with("to", to),
        None => Field::new(at, "required"),
    }
}
