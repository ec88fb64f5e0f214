//! What administrators change of a portal, and publish.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, delete, get, post, put};
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::PortalId;
use salus_domain::portals::layout::{COLUMNS, Layout, usual_columns};
use salus_domain::portals::modules::{self, Fault, Known, Wrong};
use salus_domain::portals::versions::{self, may_be_planned};
use salus_domain::portals::{Content, Module, PortalAudience};
use salus_domain::scheduling::reminders::Reminders;
use salus_store::portals::{self as store, MadePortalRow, PlannedRow, Saving, SectionRow};
use salus_types::page::Page;
use salus_types::portals::{
    ComparisonQuery, DraftModule, KnownType, PlannedPublication, PortalChange, PortalDraft,
    PortalVersion, PublishPortal, ReplaceModules, VersionComparison,
};
use salus_types::problem::{
    DEPENDENCY_UNMET, DUPLICATE_NAME, LINK_NOT_ALLOWED, PUBLICATION_PLANNED, Problem,
};
use std::collections::BTreeSet;

use super::{named, reminders};
use crate::access::{Admin, Caller};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;
use crate::words::{self, LANGUAGES};
use salus_domain::audit::Entry;

const CLASS: DataClass = DataClass::Configuration;
/// The section of a draft with the modules.
const SECTION: &str = "modules";
/// The most characters of a note.
const LONGEST_NOTE: usize = 500;

/// What will be published of a portal: its modules and their options.
#[utoipa::path(
    tag = "portals",
    params(("id" = Uuid, Path, description = "The portal")),
    responses(
        (status = 200, body = PortalDraft),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/admin/portals/{id}/draft")]
pub async fn get_portal_draft(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<PortalId>,
) -> Result<Versioned<PortalDraft>, ApiError> {
    let draft = state
        .run(&caller, async |tx| read(tx, id.0).await?.shown(tx).await)
        .await?;
    Ok(Versioned::by(draft, |one| one.version))
}

/// Replace the modules of a portal's draft, which are on, in which order and in how many columns they
/// stand; people see them once they are published.
#[utoipa::path(
    tag = "portals",
    params(("id" = Uuid, Path, description = "The portal")),
    request_body = ReplaceModules,
    responses(
        (status = 200, body = PortalDraft),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`publication-planned`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field; `dependency-unmet` where an option depends on another; `link-not-allowed` where a link may not lead; `duplicate-name` where two modules would show the same name"),
        (status = 428, body = Problem),
    )
)]
#[put("/admin/portals/{id}/draft/modules")]
pub async fn replace_draft_modules(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<PortalId>,
    version: IfMatch,
    body: Body<ReplaceModules>,
) -> Result<Versioned<PortalDraft>, ApiError> {
    let draft = state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let permission = lock(tx, id.0).await?;
            let draft = read(tx, id.0).await?;
            version.check(draft.version())?;
            let written: Vec<Module> = body.modules.iter().cloned().map(module).collect();
            let wrong = draft.faults(&written)?;
            refuse(wrong, "/modules")?;
            let kept = Layout {
                modules: modules::kept(written, &draft.layout.modules),
                columns: match body.columns {
                    Some(columns) => columns_of(columns, draft.audience()?)?,
                    None => draft.layout.columns,
                },
            };
            let content = (kept != draft.published.layout())
                .then(|| serde_json::to_value(&kept))
                .transpose()
                .map_err(ApiError::internal)?;
            let saving = saving(tx, id.0);
            store::save_section(tx.shared(), &permission, &saving, SECTION, content.as_ref())
                .await?;
            read(tx, id.0).await?.shown(tx).await
        })
        .await?;
    Ok(Versioned::by(draft, |one| one.version))
}

/// Discard a portal's draft: it says what is published.
#[utoipa::path(
    tag = "portals",
    params(("id" = Uuid, Path, description = "The portal")),
    responses(
        (status = 200, body = PortalDraft),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`publication-planned`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[delete("/admin/portals/{id}/draft")]
pub async fn discard_portal_draft(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<PortalId>,
    version: IfMatch,
) -> Result<Versioned<PortalDraft>, ApiError> {
    let draft = state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let permission = lock(tx, id.0).await?;
            let draft = read(tx, id.0).await?;
            version.check(draft.version())?;
            let saving = saving(tx, id.0);
            store::save_section(tx.shared(), &permission, &saving, SECTION, None).await?;
            reminders::settle(tx, &permission, id.0).await?;
            read(tx, id.0).await?.shown(tx).await
        })
        .await?;
    Ok(Versioned::by(draft, |one| one.version))
}

/// Publish a portal's draft, or what an earlier version said: people see it from their next request
/// on, or from a time on. Until that time the draft does not change.
#[utoipa::path(
    tag = "portals",
    params(("id" = Uuid, Path, description = "The portal")),
    request_body = PublishPortal,
    responses(
        (status = 201, body = PortalDraft),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`publication-planned`: it is to be published at a time already"),
        (status = 412, body = Problem, description = "The draft was changed meanwhile"),
        (status = 422, body = Problem, description = "`invalid`; `dependency-unmet` where an option depends on something that is set otherwise"),
    )
)]
#[post("/admin/portals/{id}/publications")]
pub async fn publish_portal(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<PortalId>,
    key: Idempotency,
    body: Body<PublishPortal>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let note = body.note.trim();
            if note.chars().count() > LONGEST_NOTE {
                return Err(ApiError::invalid(vec![
                    Field::new("/note", "too_long").with("limit", LONGEST_NOTE),
                ]));
            }
            let permission = lock(tx, id.0).await?;
            let draft = read(tx, id.0).await?;
            IfMatch(body.draft_version).check(draft.version())?;
            let content = draft.content_of(tx, body.version).await?;
            let content = content.ok_or_else(|| ApiError::field("/version", "unknown"))?;
            refuse(draft.unpublishable(&content)?, "/modules")?;
            let saving = saving(tx, id.0);
            match body.publish_at {
                None => publish(tx, &permission, &saving, &content, note).await?,
                Some(publish_at) => {
                    if !may_be_planned(publish_at, tx.now) {
                        return Err(ApiError::field("/publish_at", "not_plannable"));
                    }
                    let plan = store::Plan {
                        publish_at,
                        brings_back: body.version,
                        note,
                    };
                    let by = tx.actor.account()?;
                    store::plan(tx.shared(), &permission, &saving, by, plan).await?;
                }
            }
            let answer = read(tx, id.0).await?.shown(tx).await?;
            let path = format!("/api/v1/admin/portals/{}/draft", id.0);
            Created::at(path, answer.version, &answer)
        })
        .await
}

/// Publishes what a portal is to say; nothing of its draft is left over.
pub(super) async fn publish(
    tx: &mut Tx,
    permission: &Allowed<()>,
    saving: &Saving,
    content: &Content,
    note: &str,
) -> Result<(), ApiError> {
    let said = serde_json::to_value(content).map_err(ApiError::internal)?;
    store::publish(tx.shared(), permission, saving, &said, note).await?;
    store::save_section(tx.shared(), permission, saving, SECTION, None).await?;
    reminders::settle(tx, permission, saving.portal).await
}

/// What was published of a portal, the latest first.
#[utoipa::path(
    tag = "portals",
    params(("id" = Uuid, Path, description = "The portal")),
    responses(
        (status = 200, body = Page<PortalVersion>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/admin/portals/{id}/versions")]
pub async fn list_portal_versions(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<PortalId>,
) -> Result<Json<Page<PortalVersion>>, ApiError> {
    let items = state.run(&caller, async |tx| list(tx, id.0).await).await?;
    Ok(Json(Page::last(items)))
}

async fn list(tx: &mut Tx, id: PortalId) -> Result<Vec<PortalVersion>, ApiError> {
    let scope = tx.scope(Act::Read, CLASS)?;
    let Some(portal) = store::get_portal(tx.shared(), &scope, id).await? else {
        return Err(tx.missing(Act::Read, CLASS, id));
    };
    let rows = store::versions(tx.shared(), &scope, id).await?;
    let shown = rows.into_iter().map(|row| PortalVersion {
        number: row.number,
        published: Some(row.number) == portal.number,
        published_at: row.published_at,
        published_by: row.published_by,
        note: row.note,
    });
    Ok(shown.collect())
}

/// What one version of a portal says otherwise than another.
#[utoipa::path(
    tag = "portals",
    params(
        ("id" = Uuid, Path, description = "The portal"),
        ("number" = i32, Path, description = "The version"),
        ComparisonQuery,
    ),
    responses(
        (status = 200, body = VersionComparison),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/admin/portals/{id}/versions/{number}/diff")]
pub async fn compare_portal_versions(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<PortalId>,
    request: HttpRequest,
    query: Query<ComparisonQuery>,
) -> Result<Json<VersionComparison>, ApiError> {
    let number = request.match_info().query("number").parse::<i32>();
    let number = number.map_err(|_| ApiError::not_found())?;
    let answer = state
        .run(&caller, async |tx| {
            let draft = read(tx, id.0).await?;
            let against = query.0.against.unwrap_or(draft.published_number());
            let (after, before) = (
                draft.content_of(tx, Some(number)).await?,
                draft.content_of(tx, Some(against)).await?,
            );
            let (Some(after), Some(before)) = (after, before) else {
                return Err(ApiError::not_found());
            };
            Ok(VersionComparison {
                number,
                against,
                changes: changes(&before, &after, draft.audience()?),
            })
        })
        .await?;
    Ok(Json(answer))
}

/// What differs between two versions.
fn changes(before: &Content, after: &Content, audience: PortalAudience) -> Vec<PortalChange> {
    let compared = |content: &Content| versions::compared(content, audience);
    let found = versions::changes(&compared(before), &compared(after));
    let shown = found.into_iter().map(|change| PortalChange {
        pointer: change.pointer,
        before: change.before,
        after: change.after,
    });
    shown.collect()
}

/// A portal with what is published and what will be.
pub(super) struct Draft {
    portal: MadePortalRow,
    /// What is published, or what the portal begins with.
    published: Content,
    section: Option<SectionRow>,
    /// The modules that will be published, and how they stand.
    layout: Layout,
    /// How people will be reminded, and the version of what says so.
    reminders: Reminders,
    reminders_version: i32,
    types: Vec<KnownType>,
    can_request: bool,
    zone: String,
    /// The publication that was planned last.
    pub(super) planned: Option<PlannedRow>,
}

pub(super) async fn read(tx: &mut Tx, id: PortalId) -> Result<Draft, ApiError> {
    let scope = tx.scope(Act::Read, CLASS)?;
    let Some(portal) = store::get_portal(tx.shared(), &scope, id).await? else {
        return Err(tx.missing(Act::Read, CLASS, id));
    };
    let published = by_language(portal.content());
    let section = store::find_section(tx.shared(), id, SECTION).await?;
    let changed = section.as_ref().and_then(|section| section.content.clone());
    let layout = match changed {
        Some(content) => {
            let kept = Layout::read(content, published.columns).map_err(ApiError::internal)?;
            Layout {
                modules: modules::by_language(kept.modules, &published.default_language),
                ..kept
            }
        }
        None => published.layout(),
    };
    let types = store::type_names(tx.shared(), &scope).await?;
    let can_request = store::can_request(tx.shared(), &portal.audience).await?;
    let zone = store::zone_of(tx.shared(), id).await?;
    let planned = store::last_planned(tx.shared(), id).await?;
    let (reminders, reminders_version) = reminders::drafted(tx, id).await?;
    Ok(Draft {
        reminders: reminders.unwrap_or_else(|| published.reminders.clone()),
        reminders_version,
        zone,
        planned,
        portal,
        published,
        section,
        layout,
        types: types
            .into_iter()
            .map(|(id, name)| KnownType { id, name })
            .collect(),
        can_request,
    })
}

impl Draft {
    /// What a version says, or the draft.
    pub(super) async fn content_of(
        &self,
        tx: &Tx,
        version: Option<i32>,
    ) -> Result<Option<Content>, ApiError> {
        let Some(number) = version else {
            return Ok(Some(self.content()));
        };
        let id = PortalId(self.portal.id);
        let found = store::content_of(tx.shared(), id, number).await?;
        let read = found.map(serde_json::from_value).transpose();
        Ok(read.map_err(ApiError::internal)?.map(by_language))
    }

    /// What a copy begins with: what people see, or would see first.
    pub(super) fn to_copy(&self) -> Content {
        match self.portal.number {
            Some(_) => self.published.clone(),
            None => self.content(),
        }
    }

    fn content(&self) -> Content {
        Content {
            modules: self.layout.modules.clone(),
            columns: self.layout.columns,
            reminders: self.reminders.clone(),
            ..self.published.clone()
        }
    }

    /// What stands in the way of publishing something. Words without effect are kept for later, and what is
    /// switched off harms nobody.
    pub(super) fn unpublishable(&self, content: &Content) -> Result<Vec<Fault>, ApiError> {
        let mut wrong = self.faults(&content.modules)?;
        wrong.retain(|fault| !modules::is_of_off(fault, &content.modules));
        wrong.retain(|fault| fault.what != Wrong::Dependency);
        wrong.extend(modules::unmet(&content.modules, self.can_request));
        Ok(wrong)
    }

    /// Counts the changes of everything that is published or discarded together.
    fn version(&self) -> i32 {
        let modules = self.section.as_ref().map_or(0, |section| section.version);
        modules + self.reminders_version
    }

    /// The version people see; 0 before the first publication.
    fn published_number(&self) -> i32 {
        self.portal.number.unwrap_or_default()
    }

    /// What will be other than people see now; everything, where they see nothing yet.
    fn changes(&self) -> Result<Vec<PortalChange>, ApiError> {
        let nothing = Content::default();
        let before = match self.portal.number {
            Some(_) => &self.published,
            None => &nothing,
        };
        Ok(changes(before, &self.content(), self.audience()?))
    }

    pub(super) fn audience(&self) -> Result<PortalAudience, ApiError> {
        PortalAudience::parse(&self.portal.audience)
            .ok_or_else(|| ApiError::internal("a portal of an unknown audience"))
    }

    /// What is wrong with modules for this portal.
    fn faults(&self, modules: &[Module]) -> Result<Vec<Fault>, ApiError> {
        let types: BTreeSet<_> = self.types.iter().map(|known| known.id.0).collect();
        let known = Known {
            types: &types,
            languages: &LANGUAGES,
        };
        let usual = |key: &str, language: &str| {
            let id = format!("module-{}", key.replace('_', "-"));
            words::find(language, &id, &[])
        };
        let (languages, own) = (&self.published.languages, &self.published.default_language);
        let mut wrong = modules::faults(self.audience()?, modules, known);
        wrong.extend(modules::same_names(modules, languages, own, usual));
        Ok(wrong)
    }

    pub(super) async fn shown(self, tx: &mut Tx) -> Result<PortalDraft, ApiError> {
        let (audience, layout) = (self.audience()?, &self.layout);
        let all = modules::whole(audience, layout.modules.clone());
        let readable = modules::readable(&all).into_iter();
        let modules = readable.map(shown).collect();
        let columns = layout.columns.unwrap_or(usual_columns(audience));
        let unmet = modules::unmet(&layout.modules, self.can_request);
        let version = self.version();
        let changes = self.changes()?;
        let published_version = self.published_number();
        let saved = self.section.as_ref();
        let changed = published_version == 0 || saved.is_some_and(|one| one.content.is_some());
        let saved_at = self.section.as_ref().map(|section| section.saved_at);
        let told = |planned: &PlannedRow| planned.state.is_told(planned.settled_at, saved_at);
        let planned = self.planned.filter(told).map(|planned| PlannedPublication {
            publish_at: planned.publish_at,
            version: planned.brings_back,
            note: planned.note,
            planned_by: planned.planner,
            state: planned.state.as_str().to_owned(),
        });
        Ok(PortalDraft {
            zone: self.zone,
            planned,
            changes,
            brand_color: self.published.brand_color.clone(),
            portal_id: PortalId(self.portal.id),
            name: named(&self.published, &self.portal.slug, &tx.actor.language),
            audience: self.portal.audience,
            languages: self.published.languages,
            default_language: self.published.default_language,
            published_version,
            changed,
            saved_at: self.section.as_ref().map(|section| section.saved_at),
            saved_by: self.section.and_then(|section| section.saved_by),
            version,
            modules,
            columns,
            unmet: unmet
                .into_iter()
                .map(|fault| format!("/modules{}", fault.pointer))
                .collect(),
            appointment_types: self.types,
        })
    }
}

/// What a version says, with all words by language.
fn by_language(content: Content) -> Content {
    let modules = modules::by_language(content.modules, &content.default_language);
    Content { modules, ..content }
}

/// The columns to keep.
fn columns_of(columns: u8, audience: PortalAudience) -> Result<Option<u8>, ApiError> {
    if COLUMNS.contains(&columns) {
        return Ok(Layout::kept_columns(columns, audience));
    }
    let field = Field::new("/columns", "out_of_range");
    let field = field
        .with("from", COLUMNS.start())
        .with("to", COLUMNS.end());
    Err(ApiError::invalid(vec![field]))
}

fn shown(module: Module) -> DraftModule {
    DraftModule {
        key: module.key,
        off: module.off,
        name: module.name,
        settings: module.settings,
    }
}

fn module(written: DraftModule) -> Module {
    Module {
        key: written.key,
        off: written.off,
        name: written.name,
        settings: written.settings,
    }
}

/// Locks a portal for whoever may change its draft, which nobody may while it is to be published at a
/// time.
pub(super) async fn lock(tx: &mut Tx, id: PortalId) -> Result<Allowed<()>, ApiError> {
    let permission = lock_planned(tx, id).await?;
    let planned = store::last_planned(tx.shared(), id).await?;
    match planned.filter(PlannedRow::waits) {
        None => Ok(permission),
        Some(planned) => {
            Err(ApiError::of(PUBLICATION_PLANNED).with("publish_at", planned.publish_at))
        }
    }
}

/// Locks a portal, also while it is to be published at a time.
pub(super) async fn lock_planned(tx: &mut Tx, id: PortalId) -> Result<Allowed<()>, ApiError> {
    let permission = tx.allow(Act::Change, CLASS, About::default().object(id), ())?;
    let scope = tx.scope(Act::Change, CLASS)?;
    if !store::lock_portal(tx.shared(), &scope, id).await? {
        return Err(tx.missing(Act::Change, CLASS, id));
    }
    tx.note(Entry::of(&permission));
    Ok(permission)
}

pub(super) fn saving(tx: &Tx, portal: PortalId) -> Saving {
    Saving {
        org: tx.actor.provider_org,
        portal,
        by: tx.actor.account,
        now: tx.now,
    }
}

/// Refuses what is wrong: what depends on something else by a problem of its own.
fn refuse(wrong: Vec<Fault>, root: &str) -> Result<(), ApiError> {
    if wrong.is_empty() {
        return Ok(());
    }
    let all = |what: &Wrong| wrong.iter().all(|fault| fault.what == *what);
    let problem = [
        (Wrong::Dependency, DEPENDENCY_UNMET),
        (Wrong::Link, LINK_NOT_ALLOWED),
        (Wrong::SameName, DUPLICATE_NAME),
    ];
    let problem = problem.into_iter().find(|(what, _)| all(what));
    let fields = wrong.into_iter().map(|fault| field(fault, root)).collect();
    Err(match problem {
        Some((_, problem)) => ApiError::of(problem).fields(fields),
        None => ApiError::invalid(fields),
    })
}

fn field(fault: Fault, root: &str) -> Field {
    let at = format!("{root}{}", fault.pointer);
    match fault.what {
        Wrong::Unknown => Field::new(at, "unknown"),
        Wrong::Twice => Field::new(at, "duplicate"),
        Wrong::Kind => Field::new(at, "invalid"),
        Wrong::Range { from, to } => Field::new(at, "out_of_range")
            .with("from", from)
            .with("to", to),
        Wrong::TooLong { limit } => Field::new(at, "too_long").with("limit", limit),
        Wrong::Link => Field::new(at, "link_not_allowed"),
        Wrong::SameName => Field::new(at, "same_name"),
        Wrong::Dependency => Field::new(at, "depends"),
        Wrong::Missing => Field::new(at, "required"),
    }
}
