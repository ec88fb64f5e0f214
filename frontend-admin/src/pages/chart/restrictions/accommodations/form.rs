//! The form that writes or changes an accommodation.

use super::super::said;
use super::kind_name;
use crate::pages::lint::{Confirm, token_of};
use chrono::NaiveDate;
use salus_types::ids::PersonId;
use salus_types::work_status::{
    AccommodationType, ChangeAccommodation, ClinicAccommodation, ClinicRestriction, Coverage,
    DayEffect, LintConfirmation, LocalMoment, WriteAccommodation,
};
use salus_ui::hooks::{edit, use_state};
use salus_ui::{
    Button, Card, CheckGroup, Choice, DateField, Look, Note, Radio, Select, TextArea, use_action,
    use_request_key, use_text, use_toast,
};
use yew::prelude::*;

/// The form as typed.
#[derive(Clone, PartialEq)]
struct Draft {
    kind: AccommodationType,
    details: String,
    starts: Option<NaiveDate>,
    ends: Option<NaiveDate>,
    coverage: Coverage,
    answers: Vec<String>,
    lint_reason: String,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            kind: AccommodationType::TransitionalDuty,
            details: String::new(),
            starts: None,
            ends: None,
            coverage: Coverage::Full,
            answers: Vec::new(),
            lint_reason: String::new(),
        }
    }
}

impl Draft {
    fn of(one: &ClinicAccommodation) -> Self {
        Self {
            kind: one.kind,
            details: one.details.clone().unwrap_or_default(),
            starts: Some(one.period.starts.date),
            ends: one.period.ends.map(|ends| ends.date),
            coverage: one.coverage,
            answers: one.restrictions.iter().map(ToString::to_string).collect(),
            lint_reason: String::new(),
        }
    }

    fn command(&self, token: Option<String>) -> WriteAccommodation {
        WriteAccommodation {
            kind: self.kind,
            details: Some(self.details.trim().to_owned()).filter(|text| !text.is_empty()),
            starts: self.starts.map(LocalMoment::on),
            ends: self.ends.map(LocalMoment::on),
            coverage: self.coverage,
            restrictions: self
                .answers
                .iter()
                .filter_map(|id| id.parse().ok())
                .collect(),
            notify: true,
            lint_confirmation: token.map(|token| LintConfirmation {
                token,
                reason: self.lint_reason.clone(),
            }),
        }
    }

    /// What was typed differently; the rest keeps its value, times of day too.
    fn change(&self, before: &ClinicAccommodation, token: Option<String>) -> ChangeAccommodation {
        let (was, now) = (Self::of(before), self.command(token));
        ChangeAccommodation {
            kind: (now.kind != was.kind).then_some(now.kind),
            details: (self.details != was.details).then_some(now.details),
            starts: now.starts.filter(|_| self.starts != was.starts),
            ends: (self.ends != was.ends).then_some(now.ends),
            coverage: (now.coverage != was.coverage).then_some(now.coverage),
            restrictions: (self.answers != was.answers).then_some(now.restrictions),
            notify: None,
            lint_confirmation: now.lint_confirmation,
        }
    }
}

#[derive(Properties, PartialEq)]
pub(in super::super) struct AccommodationFormProps {
    /// For whom.
    pub(in super::super) person: PersonId,
    /// What is changed; a new one is written when absent.
    pub(in super::super) accommodation: Option<ClinicAccommodation>,
    /// The restrictions it can answer.
    pub(in super::super) restrictions: Vec<ClinicRestriction>,
    /// After it was saved.
    pub(in super::super) on_saved: Callback<()>,
    /// Left without saving.
    pub(in super::super) on_leave: Callback<()>,
}

/// An accommodation, new or changed.
#[component]
pub(in super::super) fn AccommodationForm(props: &AccommodationFormProps) -> Html {
    let t = use_text();
    let before = props.accommodation.clone();
    let form = use_state(|| before.as_ref().map(Draft::of).unwrap_or_default());
    let key = use_request_key();
    let toast = use_toast();
    let person = props.person;
    let title = if before.is_none() {
        "accommodations-form-title"
    } else {
        "accommodations-change-title"
    };
    let save = {
        let key_to_send = key.get();
        let (done, saved) = (props.on_saved.clone(), t.text("restrictions-saved"));
        use_action(
            move |client, (draft, token): (Draft, Option<String>)| {
                let (key, before) = (key_to_send.clone(), before.clone());
                async move {
                    match before {
                        Some(one) => {
                            let change = draft.change(&one, token);
                            client
                                .change_accommodation(one.id, one.version, &change)
                                .await
                        }
                        None => {
                            let command = draft.command(token);
                            client.write_accommodation(person, &key, &command).await
                        }
                    }
                }
            },
            move |_| {
                key.renew();
                toast.say(saved.clone());
                done.emit(());
            },
        )
    };
    let failure = save.failure.clone();
    let token = failure.as_ref().and_then(token_of);
    let label = if token.is_some() {
        "restrictions-lint-save"
    } else {
        "accommodations-save"
    };
    let submit = {
        let (form, run) = (form.clone(), save.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit(((*form).clone(), token.clone()));
        })
    };
    let kinds: Vec<_> = AccommodationType::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), kind_name(&t, *kind)))
        .collect();
    let answers: Vec<_> = props
        .restrictions
        .iter()
        .map(|one| Choice::new(one.id.to_string(), said(&t, one)))
        .collect();
    let coverages = vec![
        Choice::new("full", t.text("accommodations-coverage-full")),
        Choice::new("for_now", t.text("accommodations-coverage-for-now")),
    ];
    let away = form.kind.effect() == DayEffect::Away;
    let seen = if away {
        t.text("accommodations-preview-away")
    } else {
        kind_name(&t, form.kind)
    };
    html! {
        <Card title={t.text(title)}>
            <form class="form" onsubmit={submit} novalidate={true}>
                <Select name="kind" label={t.text("accommodations-kind")} choices={kinds} value={form.kind.code()}
                    on_change={edit(&form, |draft, code: String| {
                        draft.kind = AccommodationType::from_code(&code).unwrap_or(draft.kind);
                    })} />
                <TextArea name="details" label={t.text("restrictions-comment")} optional={true} rows={3}
                    hint={t.text("restrictions-comment-hint")} max_length={500} error={save.wrong("/details")}
                    value={form.details.clone()}
                    on_change={edit(&form, |draft, text: String| draft.details = text)} />
                <Note title={t.text("restrictions-preview")}>
                    <p>{ seen }</p>
                    if !away && !form.details.trim().is_empty() {
                        <p>{ form.details.clone() }</p>
                    }
                </Note>
                <DateField name="starts" label={t.text("restrictions-starts")} optional={true}
                    error={save.wrong("/starts")} value={form.starts}
                    on_change={edit(&form, |draft, date: Option<NaiveDate>| draft.starts = date)} />
                <DateField name="ends" label={t.text("restrictions-ends")} optional={true}
                    hint={t.text("accommodations-ends-hint")} error={save.wrong("/ends")}
                    value={form.ends} earliest={form.starts}
                    on_change={edit(&form, |draft, date: Option<NaiveDate>| draft.ends = date)} />
                if !answers.is_empty() {
                    <CheckGroup name="restrictions" label={t.text("accommodations-restrictions")} optional={true}
                        choices={answers} error={save.wrong("/restrictions")}
                        values={form.answers.iter().map(|id| AttrValue::from(id.clone())).collect::<Vec<_>>()}
                        on_change={edit(&form, |draft, ids: Vec<String>| draft.answers = ids)} />
                    <Radio name="coverage" label={t.text("accommodations-coverage")} choices={coverages}
                        value={form.coverage.code()}
                        on_change={edit(&form, |draft, code: String| {
                            draft.coverage = Coverage::from_code(&code).unwrap_or_default();
                        })} />
                }
                { save.problem() }
                if let Some(failure) = &failure {
                    <Confirm failure={failure.clone()} reason={form.lint_reason.clone()}
                        on_change={edit(&form, |draft, text: String| draft.lint_reason = text)} />
                }
                <div class="button-row">
                    <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text(label) }</Button>
                    <Button look={Look::Quiet} on_press={props.on_leave.reform(|_: MouseEvent| ())}>
                        { t.text("cancel") }
                    </Button>
                </div>
            </form>
        </Card>
    }
}
