//! Fort Wayne Clinic's provider, rooms, kinds of visits, schedules and blackouts.

use chrono::{NaiveDate, Weekday};
use salus_domain::ids::{
    AccountId, AppointmentTypeId, BlackoutId, CancelReasonId, HolidayId, LocationId, ResourceId,
    ScheduleId,
};
use salus_domain::scheduling::appointment_type::Which;
use salus_domain::scheduling::cancel_reason::NOT_CONFIRMED;
use salus_domain::scheduling::{
    AppointmentType, Audience, Blackout, CancelReason, JoinLink, Modality, Need, Notice, Pattern,
    Region, Resource, ResourceKind, Schedule, Span, Target, Times, TypeScope, WeeklyWindow, Window,
};
use salus_domain::time::Holiday;
use salus_store::scheduling::{
    self as store, HolidayRecord, NewBlackout, NewCancelReason, NewResource, NewSchedule, NewType,
    NewTypeText,
};

use super::organizations::CLINIC;
use super::{SALUS, id};
use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::Tx;

/// The hearing test; employees book it, a questionnaire goes with it.
pub const AUDIO: AppointmentTypeId = AppointmentTypeId(id(0x5a1_3001));
/// The respirator fit test.
pub const FIT: AppointmentTypeId = AppointmentTypeId(id(0x5a1_3002));
/// The periodic examination; the clinic confirms it.
pub const PHYS: AppointmentTypeId = AppointmentTypeId(id(0x5a1_3003));
/// A follow-up of an injury; only the clinic books it, and a supervisor never sees it.
pub const FOLLOW_UP: AppointmentTypeId = AppointmentTypeId(id(0x5a1_3004));

/// A talk by video; employees book it.
pub const VIDEO: AppointmentTypeId = AppointmentTypeId(id(0x5a1_3005));

const NURSE: ResourceId = ResourceId(id(0x5a1_3101));
const BOOTH: ResourceId = ResourceId(id(0x5a1_3102));
const EXAM_ROOM: ResourceId = ResourceId(id(0x5a1_3103));
const AT: LocationId = LocationId(CLINIC);

/// The form that goes with the hearing test.
const PRE_EXAM: &str = "pre-exam";

pub(super) async fn seed(state: &AppState) -> Result<(), ApiError> {
    state
        .run_system(SALUS, "seed_sandbox", async |tx| {
            resources(tx).await?;
            types(tx).await?;
            schedules(tx).await?;
            blackouts(tx).await?;
            holidays(tx).await?;
            reasons(tx).await
        })
        .await
}

async fn resources(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let nurse = Some(AccountId(super::accounts::CLINICIAN));
    let all = [
        (NURSE, ResourceKind::Provider, "J. Lee, RN", nurse),
        (BOOTH, ResourceKind::Equipment, "Hearing booth", None),
        (EXAM_ROOM, ResourceKind::Room, "Exam room 1", None),
    ];
    for (id, kind, name, account) in all {
        let new = NewResource {
            rules: Resource {
                id,
                kind,
                skills: Vec::new(),
                home_location: AT,
                regions: if id == NURSE { licensed() } else { Vec::new() },
            },
            name: name.to_owned(),
            account,
            active: true,
            join_link: (id == NURSE).then(room).flatten(),
        };
        store::insert_resource(tx.conn(), SALUS, &new, now).await?;
        crate::scheduling::keep_first_resource(tx, id).await?;
    }
    Ok(())
}

/// Where the nurse may see people by video.
fn licensed() -> Vec<Region> {
    ["US-IN", "US-OH"]
        .into_iter()
        .filter_map(Region::parse)
        .collect()
}

/// Where she does.
fn room() -> Option<JoinLink> {
    JoinLink::parse("https://video.example/lee/{appointment}").ok()
}

/// A kind of visit by what differs from the usual.
fn kind(id: AppointmentTypeId, minutes: u16, needs: Vec<Need>) -> AppointmentType {
    AppointmentType {
        id,
        times: Times::of(minutes),
        exceptions: Vec::new(),
        modalities: vec![Modality::InPerson],
        needs,
        locations: vec![AT],
        employee_bookable: true,
        supervisor_bookable: true,
        visible_to_supervisor: true,
        clinic_confirms: false,
        min_notice_to_book: 1,
        notice: Notice {
            cancel: 24,
            move_: 24,
        },
        max_per_day: 1,
        bundle_order: 50,
        after: None,
        active: true,
    }
}

fn named(kind: ResourceKind, id: ResourceId) -> Need {
    Need {
        kind,
        which: Which::Named(id),
        count: 1,
    }
}

fn text(language: &str, name: &str, short: &str, full: &str, bring: &[&str]) -> NewTypeText {
    NewTypeText {
        language: language.to_owned(),
        public_name: name.to_owned(),
        prep_public: short.to_owned(),
        prep_full: full.to_owned(),
        bring: bring.iter().map(|&line| line.to_owned()).collect(),
    }
}

async fn types(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let in_booth = vec![Need::one_provider(), named(ResourceKind::Equipment, BOOTH)];
    let in_room = vec![Need::one_provider(), named(ResourceKind::Room, EXAM_ROOM)];
    let pre_exam = store::questionnaire_by_key(tx.conn(), PRE_EXAM).await?;
    let all = [
        NewType {
            rules: AppointmentType {
                times: Times {
                    buffer_after: 5,
                    ..Times::of(25)
                },
                ..kind(AUDIO, 25, in_booth)
            },
            code: "AUDIO".to_owned(),
            name: "Annual audiogram (29 CFR 1910.95)".to_owned(),
            texts: vec![
                text(
                    "en",
                    "Hearing test",
                    "Stay away from loud noise before the test.",
                    "Keep away from loud noise for 14 hours before the test: no concerts, no power \
                     tools, no headphones. If you have to be at work, wear your hearing protection.",
                    &["Your hearing protection", "Your glasses, if you wear any"],
                ),
                text(
                    "es",
                    "Prueba de audición",
                    "Evite el ruido fuerte antes de la prueba.",
                    "Evite el ruido fuerte durante las 14 horas anteriores: sin conciertos, sin \
                     herramientas eléctricas, sin auriculares. Si tiene que trabajar, use su \
                     protección auditiva.",
                    &["Su protección auditiva", "Sus anteojos, si los usa"],
                ),
            ],
            questionnaires: pre_exam.into_iter().collect(),
            fasting_hours: 0,
            max_moves: 3,
            display_order: 10,
            colour: "teal".to_owned(),
        },
        NewType {
            rules: kind(FIT, 30, in_room.clone()),
            code: "FIT".to_owned(),
            name: "Respirator fit test (29 CFR 1910.134)".to_owned(),
            texts: vec![
                text(
                    "en",
                    "Respirator fit test",
                    "Come clean-shaven where the mask touches your face.",
                    "Come clean-shaven where the mask touches your face. Do not eat, drink, smoke \
                     or chew gum for 15 minutes before the test.",
                    &["The respirator you use at work"],
                ),
                text(
                    "es",
                    "Prueba de ajuste del respirador",
                    "Venga afeitado donde la máscara toca la cara.",
                    "Venga afeitado donde la máscara toca la cara. No coma, beba, fume ni masque \
                     chicle en los 15 minutos anteriores a la prueba.",
                    &["El respirador que usa en el trabajo"],
                ),
            ],
            questionnaires: Vec::new(),
            fasting_hours: 0,
            max_moves: 3,
            display_order: 20,
            colour: "indigo".to_owned(),
        },
        NewType {
            rules: AppointmentType {
                clinic_confirms: true,
                times: Times {
                    shown_duration: 60,
                    ..Times::of(45)
                },
                ..kind(PHYS, 45, in_room.clone())
            },
            code: "PHYS".to_owned(),
            name: "Periodic physical examination".to_owned(),
            texts: vec![
                text(
                    "en",
                    "Health check",
                    "Nothing but water for 8 hours before.",
                    "Eat and drink nothing but water for 8 hours before. Take your medicines as \
                     usual, with water.",
                    &[
                        "A list of the medicines you take",
                        "Your glasses, if you wear any",
                    ],
                ),
                text(
                    "es",
                    "Revisión de salud",
                    "Solo agua durante las 8 horas anteriores.",
                    "No coma ni beba nada, salvo agua, durante las 8 horas anteriores. Tome sus \
                     medicinas como siempre, con agua.",
                    &[
                        "Una lista de las medicinas que toma",
                        "Sus anteojos, si los usa",
                    ],
                ),
            ],
            questionnaires: Vec::new(),
            fasting_hours: 8,
            max_moves: 3,
            display_order: 30,
            colour: "amber".to_owned(),
        },
        NewType {
            rules: AppointmentType {
                employee_bookable: false,
                supervisor_bookable: false,
                visible_to_supervisor: false,
                ..kind(FOLLOW_UP, 30, in_room)
            },
            code: "INJ-FU".to_owned(),
            name: "Injury follow-up".to_owned(),
            texts: vec![
                text("en", "Clinic visit", "", "", &[]),
                text("es", "Visita a la clínica", "", "", &[]),
            ],
            questionnaires: Vec::new(),
            fasting_hours: 0,
            max_moves: 3,
            display_order: 40,
            colour: "rose".to_owned(),
        },
        NewType {
            rules: AppointmentType {
                modalities: vec![Modality::Telehealth],
                supervisor_bookable: false,
                visible_to_supervisor: false,
                ..kind(VIDEO, 20, vec![Need::one_provider()])
            },
            code: "VIDEO".to_owned(),
            name: "Telehealth consultation".to_owned(),
            texts: vec![
                text(
                    "en",
                    "Video visit",
                    "Find a quiet place with a good connection.",
                    "Find a quiet place where nobody listens, with a good connection. You can join \
                     15 minutes before the start.",
                    &[],
                ),
                text(
                    "es",
                    "Visita por video",
                    "Busque un lugar tranquilo con buena conexión.",
                    "Busque un lugar tranquilo donde nadie escuche, con buena conexión. Puede entrar \
                     15 minutos antes del comienzo.",
                    &[],
                ),
            ],
            questionnaires: Vec::new(),
            fasting_hours: 0,
            max_moves: 3,
            display_order: 35,
            colour: "sky".to_owned(),
        },
    ];
    for new in &all {
        store::insert_type(tx.conn(), SALUS, new, now).await?;
        crate::scheduling::keep_first_type(tx, new.rules.id).await?;
    }
    Ok(())
}

const WORK_DAYS: [Weekday; 5] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
];

/// Minutes after midnight from and to which a resource is there.
type Hours<'a> = &'a [(u16, u16)];

async fn schedules(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let (eight, noon, one, four, six) = (8 * 60, 12 * 60, 13 * 60, 16 * 60, 18 * 60);
    let (here, online) = (Modality::InPerson, Modality::Telehealth);
    let all: [(u64, ResourceId, Modality, Hours); 4] = [
        (0x5a1_3201, NURSE, here, &[(eight, noon), (one, four)]),
        (0x5a1_3202, BOOTH, here, &[(eight - 60, six)]),
        (0x5a1_3203, EXAM_ROOM, here, &[(eight - 60, six)]),
        (0x5a1_3204, NURSE, online, &[(four, six)]),
    ];
    for (number, resource, modality, hours) in all {
        let rules = Schedule {
            id: ScheduleId(id(number)),
            resource_id: resource,
            location_id: AT,
            modality: Some(modality),
            types: TypeScope::All,
            effective_from: date(2026, 1, 1)?,
            effective_until: None,
            pattern: Pattern::Weekly {
                every_n_weeks: 1,
                windows: weekly(hours)?,
            },
            interval: 15,
            offset: 0,
            capacity: 1,
            daily_cap: None,
            overbook: 0,
            opens_at: None,
            audience: Audience::ALL.to_vec(),
            priority: 5,
        };
        let id = rules.id;
        store::insert_schedule(tx.conn(), SALUS, &NewSchedule { rules }, now).await?;
        crate::scheduling::keep_first_schedule(tx, id).await?;
    }
    Ok(())
}

fn weekly(hours: &[(u16, u16)]) -> Result<Vec<WeeklyWindow>, ApiError> {
    let mut windows = Vec::new();
    for weekday in WORK_DAYS {
        for (start, end) in hours {
            let window = Window::new(*start, *end).map_err(ApiError::internal)?;
            windows.push(WeeklyWindow { weekday, window });
        }
    }
    Ok(windows)
}

fn date(year: i32, month: u32, day: u32) -> Result<NaiveDate, ApiError> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| ApiError::internal("no such date"))
}

async fn blackouts(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let thanksgiving = date(2026, 11, 26)?;
    let christmas = date(2026, 12, 25)?;
    let all = [
        (
            0x5a1_3301,
            Target::Location(AT),
            thanksgiving,
            "Thanksgiving",
            false,
        ),
        (
            0x5a1_3302,
            Target::Organization,
            christmas,
            "Christmas Day",
            true,
        ),
    ];
    for (number, target, day, reason, yearly) in all {
        let new = NewBlackout {
            rules: Blackout {
                id: BlackoutId(id(number)),
                target,
                span: Span::Dates(day, day),
                modality: None,
                yearly,
            },
            reason: reason.to_owned(),
            created_by: None,
        };
        store::insert_blackout(tx.conn(), SALUS, &new, now).await?;
        crate::scheduling::keep_first_blackout(tx, new.rules.id).await?;
    }
    Ok(())
}

async fn holidays(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let all = [
        (0x5a1_3601, date(2026, 11, 26)?, "Thanksgiving", false),
        (0x5a1_3602, date(2026, 12, 25)?, "Christmas Day", true),
        (0x5a1_3603, date(2027, 1, 1)?, "New Year's Day", true),
    ];
    for (number, date, name, yearly) in all {
        let new = HolidayRecord {
            id: HolidayId(id(number)),
            location: AT,
            name: name.to_owned(),
            rules: Holiday { date, yearly },
        };
        store::insert_holiday(tx.shared(), SALUS, &new, None, now).await?;
    }
    Ok(())
}

async fn reasons(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let all = [
        ("cannot_come", "I cannot make it", "No puedo ir", false),
        ("ill", "I am ill", "Estoy enfermo", false),
        (
            "work_conflict",
            "Work got in the way",
            "Por el trabajo",
            false,
        ),
        (
            "no_longer_needed",
            "It is no longer needed",
            "Ya no hace falta",
            false,
        ),
        ("other", "Another reason", "Otro motivo", true),
    ];
    let everybody = Audience::ALL.to_vec();
    for ((code, english, spanish, wants_text), position) in all.into_iter().zip(1_u8..) {
        let used_by = everybody.clone();
        reason(
            tx, position, code, english, spanish, wants_text, used_by, now,
        )
        .await?;
    }
    let clinic = vec![Audience::Clinic];
    let (english, spanish) = ("The clinic has to cancel", "La clínica tiene que anularla");
    reason(
        tx,
        6,
        "clinic_cancels",
        english,
        spanish,
        false,
        clinic,
        now,
    )
    .await?;
    // What the night writes; nobody chooses it.
    let (english, spanish) = (
        "The clinic did not answer in time",
        "La clínica no respondió a tiempo",
    );
    reason(
        tx,
        7,
        NOT_CONFIRMED,
        english,
        spanish,
        false,
        Vec::new(),
        now,
    )
    .await
}

#[expect(clippy::too_many_arguments, reason = "the columns of one row")]
async fn reason(
    tx: &mut Tx,
    position: u8,
    code: &str,
    english: &str,
    spanish: &str,
    wants_text: bool,
    used_by: Vec<Audience>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), ApiError> {
    let number = CancelReasonId(id(0x5a1_3400 + u64::from(position)));
    let new = NewCancelReason {
        rules: CancelReason {
            code: code.to_owned(),
            used_by,
            no_show: false,
            wants_text,
            position,
            active: true,
            deleted: false,
        },
        labels: vec![
            ("en".to_owned(), english.to_owned()),
            ("es".to_owned(), spanish.to_owned()),
        ],
    };
    store::insert_cancel_reason(tx.conn(), SALUS, number, &new, now).await?;
    crate::scheduling::keep_first_cancel_reason(tx, number).await
}
