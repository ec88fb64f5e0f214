//! What schedules can be filled with.

use super::Modality;
use super::schedules::CreateSchedule;
use super::setup::ScheduleWindow;
use crate::ids::{AppointmentTypeId, ScheduleTemplateId};
use salus_domain::scheduling::Audience;
use serde::{Deserialize, Serialize};

/// Who may use a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TemplateScope {
    /// Who keeps it.
    Personal,
    /// Everybody at the clinic.
    Global,
}

/// Hours and limits kept under a name, to fill new schedules with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScheduleTemplate {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: ScheduleTemplateId,
    /// Its name.
    pub name: String,
    /// Who may use it.
    pub scope: TemplateScope,
    /// What it fills in.
    pub fields: ScheduleTemplateFields,
}

/// What a template fills in: not whose, where and from when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ScheduleTemplateFields {
    /// In this way only; both when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Modality>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub modality: Option<Modality>,
    /// For these kinds only; all when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<uuid::Uuid>>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_type_ids: Option<Vec<AppointmentTypeId>>,
    /// Every so many weeks, 1 to 4.
    pub every_n_weeks: u8,
    /// When in the week; none may overlap another.
    pub windows: Vec<ScheduleWindow>,
    /// Minutes between starts: 5, 10, 15, 20, 30 or 60.
    pub interval: u16,
    /// Minutes by which the starts are shifted, less than the interval.
    pub offset: u16,
    /// How many at the same time, 1 to 50.
    pub capacity: u8,
    /// How many on one date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub daily_cap: Option<u16>,
    /// How many more staff may force, 0 to 5.
    pub overbook: u8,
    /// Who sees it.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Audience>))]
    pub audience: Vec<Audience>,
    /// 1 to 9; the higher is preferred.
    pub priority: u8,
}

impl ScheduleTemplateFields {
    /// What a template would keep of a schedule; nothing of one that names dates.
    #[must_use]
    pub fn of(schedule: &CreateSchedule) -> Option<Self> {
        Some(Self {
            modality: schedule.modality,
            appointment_type_ids: schedule.appointment_type_ids.clone(),
            every_n_weeks: schedule.every_n_weeks?,
            windows: schedule.windows.clone(),
            interval: schedule.interval,
            offset: schedule.offset,
            capacity: schedule.capacity,
            daily_cap: schedule.daily_cap,
            overbook: schedule.overbook,
            audience: schedule.audience.clone(),
            priority: schedule.priority,
        })
    }
}

/// Keep hours and limits under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateScheduleTemplate {
    /// Its name, at most 60 characters; none of the same scope has it.
    pub name: String,
    /// Who may use it.
    pub scope: TemplateScope,
    /// What it fills in.
    pub fields: ScheduleTemplateFields,
}
