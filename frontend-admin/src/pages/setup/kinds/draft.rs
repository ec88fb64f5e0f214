//! A kind of visit while it is typed.

use crate::pages::setup::known::Known;
use salus_types::scheduling::{
    AfterType, ApplyTo, AppointmentType, AppointmentTypeNeed, AppointmentTypeSettings,
    AppointmentTypeText, ChangeAppointmentType, CreateAppointmentType, Modality, ResourceKind,
};
use salus_types::work_status::LintConfirmation;

/// The languages people read, in the order of the form.
pub(super) const LANGUAGES: [&str; 2] = ["en", "es"];

/// The fields with numbers, in the order of [`Draft::numbers`].
pub(super) const NUMBERS: [&str; 12] = [
    "duration",
    "shown_duration",
    "buffer_before",
    "buffer_after",
    "min_notice_to_book",
    "cancel_notice",
    "move_notice",
    "max_moves",
    "max_per_day",
    "fasting_hours",
    "bundle_order",
    "display_order",
];

/// What people read, in one language.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Texts {
    pub(super) public_name: String,
    pub(super) prep_public: String,
    pub(super) prep_full: String,
    /// Line by line.
    pub(super) bring: String,
}

/// Something a visit takes.
#[derive(Clone, PartialEq)]
pub(super) struct NeedDraft {
    pub(super) kind: String,
    /// One with this skill.
    pub(super) skill: String,
    /// This one.
    pub(super) resource: String,
    pub(super) count: String,
}

impl NeedDraft {
    /// One of a kind, whichever.
    pub(super) fn any(kind: ResourceKind) -> Self {
        Self {
            kind: kind.as_str().to_owned(),
            skill: String::new(),
            resource: String::new(),
            count: "1".to_owned(),
        }
    }

    fn of(need: &AppointmentTypeNeed) -> Self {
        Self {
            kind: need.kind.as_str().to_owned(),
            skill: need.skill.clone().unwrap_or_default(),
            resource: need
                .resource_id
                .map_or_else(String::new, |id| id.to_string()),
            count: need.count.to_string(),
        }
    }

    fn need(&self) -> Option<AppointmentTypeNeed> {
        let skill = self.skill.trim();
        Some(AppointmentTypeNeed {
            kind: ResourceKind::parse(&self.kind)?,
            skill: (!skill.is_empty()).then(|| skill.to_owned()),
            resource_id: self.resource.parse().ok(),
            count: self.count.trim().parse().unwrap_or(u8::MAX),
        })
    }
}

/// What was typed so far.
#[derive(Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) texts: [Texts; 2],
    pub(super) needs: Vec<NeedDraft>,
    pub(super) forms: Vec<String>,
    pub(super) fulfils: Vec<String>,
    pub(super) numbers: [String; 12],
    pub(super) modalities: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) employee_bookable: bool,
    pub(super) supervisor_bookable: bool,
    pub(super) visible_to_supervisor: bool,
    pub(super) clinic_confirms: bool,
    pub(super) active: bool,
    pub(super) colour: String,
    /// Which kind it follows; none when empty.
    pub(super) after: String,
    pub(super) least_hours: String,
    pub(super) most_hours: String,
    pub(super) also_booked: bool,
    /// Why a public name stays although it looks like health information.
    pub(super) lint_reason: String,
}

impl Draft {
    pub(super) fn new(known: &Known) -> Self {
        let numbers = [
            "30", "30", "0", "0", "1", "24", "24", "3", "1", "0", "50", "50",
        ];
        Self {
            code: String::new(),
            name: String::new(),
            texts: [Texts::default(), Texts::default()],
            needs: vec![NeedDraft::any(ResourceKind::Provider)],
            forms: Vec::new(),
            fulfils: Vec::new(),
            numbers: numbers.map(str::to_owned),
            modalities: vec![Modality::InPerson.as_str().to_owned()],
            places: known.places.iter().map(|one| one.id.to_string()).collect(),
            employee_bookable: false,
            supervisor_bookable: false,
            visible_to_supervisor: false,
            clinic_confirms: false,
            active: true,
            colour: "teal".to_owned(),
            after: String::new(),
            least_hours: "0".to_owned(),
            most_hours: "72".to_owned(),
            also_booked: false,
            lint_reason: String::new(),
        }
    }

    pub(super) fn of(known: &Known, kind: &AppointmentType) -> Self {
        let numbers = [
            kind.duration,
            kind.shown_duration,
            kind.buffer_before,
            kind.buffer_after,
            kind.min_notice_to_book,
            kind.cancel_notice,
            kind.move_notice,
            kind.max_moves.into(),
            kind.max_per_day.into(),
            kind.fasting_hours.into(),
            kind.bundle_order.into(),
            kind.display_order.into(),
        ];
        let texts = LANGUAGES.map(|language| {
            let found = kind.texts.iter().find(|text| text.language == language);
            found.map_or_else(Texts::default, |text| Texts {
                public_name: text.public_name.clone(),
                prep_public: text.prep_public.clone(),
                prep_full: text.prep_full.clone(),
                bring: text.bring.join("\n"),
            })
        });
        let usual = Self::new(known);
        Self {
            name: kind.name.clone(),
            texts,
            needs: kind.needs.iter().map(NeedDraft::of).collect(),
            forms: words(&kind.questionnaire_ids),
            fulfils: words(&kind.fulfils),
            numbers: numbers.map(|number| number.to_string()),
            modalities: kind
                .modalities
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
            places: words(&kind.location_ids),
            employee_bookable: kind.employee_bookable,
            supervisor_bookable: kind.supervisor_bookable,
            visible_to_supervisor: kind.visible_to_supervisor,
            clinic_confirms: kind.clinic_confirms,
            active: kind.active,
            colour: kind.colour.clone(),
            after: kind
                .after
                .map_or_else(String::new, |after| after.appointment_type_id.to_string()),
            least_hours: kind
                .after
                .map_or(usual.least_hours, |after| after.least_hours.to_string()),
            most_hours: kind
                .after
                .map_or(usual.most_hours, |after| after.most_hours.to_string()),
            code: usual.code,
            also_booked: usual.also_booked,
            lint_reason: usual.lint_reason,
        }
    }

    /// What is no number is so large that the server says so.
    fn settings(&self) -> AppointmentTypeSettings {
        let number = |text: &String| text.trim().parse().unwrap_or(u16::MAX);
        let [
            duration,
            shown,
            before,
            after,
            book,
            cancel,
            move_,
            moves,
            per_day,
            fasting,
            bundle,
            display,
        ] = self.numbers.each_ref().map(number);
        let small = |number: u16| u8::try_from(number).unwrap_or(u8::MAX);
        AppointmentTypeSettings {
            name: self.name.clone(),
            texts: self.texts(),
            needs: self.needs.iter().filter_map(NeedDraft::need).collect(),
            questionnaire_ids: self.forms.iter().flat_map(|id| id.parse()).collect(),
            fulfils: self.fulfils.iter().flat_map(|id| id.parse()).collect(),
            duration,
            shown_duration: Some(shown),
            buffer_before: before,
            buffer_after: after,
            modalities: self
                .modalities
                .iter()
                .filter_map(|word| Modality::parse(word))
                .collect(),
            location_ids: self.places.iter().flat_map(|id| id.parse()).collect(),
            employee_bookable: self.employee_bookable,
            supervisor_bookable: self.supervisor_bookable,
            visible_to_supervisor: Some(self.visible_to_supervisor),
            clinic_confirms: self.clinic_confirms,
            min_notice_to_book: book,
            cancel_notice: cancel,
            move_notice: move_,
            max_moves: small(moves),
            max_per_day: small(per_day),
            bundle_order: small(bundle),
            after: self.after.parse().ok().map(|kind| AfterType {
                appointment_type_id: kind,
                least_hours: number(&self.least_hours),
                most_hours: number(&self.most_hours),
            }),
            fasting_hours: small(fasting),
            display_order: small(display),
            colour: self.colour.clone(),
            active: self.active,
        }
    }

    fn texts(&self) -> Vec<AppointmentTypeText> {
        let lines = |text: &str| {
            let lines = text.lines().map(str::trim);
            let said = lines.filter(|line| !line.is_empty());
            said.map(str::to_owned).collect()
        };
        LANGUAGES
            .iter()
            .zip(&self.texts)
            .map(|(language, texts)| AppointmentTypeText {
                language: (*language).to_owned(),
                public_name: texts.public_name.clone(),
                prep_public: texts.prep_public.clone(),
                prep_full: texts.prep_full.clone(),
                bring: lines(&texts.bring),
            })
            .collect()
    }

    fn confirmation(&self, token: Option<String>) -> Option<LintConfirmation> {
        token.map(|token| LintConfirmation {
            token,
            reason: self.lint_reason.clone(),
        })
    }

    pub(super) fn create(&self, token: Option<String>) -> CreateAppointmentType {
        CreateAppointmentType {
            code: self.code.trim().to_owned(),
            settings: self.settings(),
            lint_confirmation: self.confirmation(token),
        }
    }

    pub(super) fn change(&self, token: Option<String>) -> ChangeAppointmentType {
        ChangeAppointmentType {
            apply_to: self.also_booked.then_some(ApplyTo::AlsoBooked),
            lint_confirmation: self.confirmation(token),
            ..ChangeAppointmentType::from(self.settings())
        }
    }
}

fn words<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
