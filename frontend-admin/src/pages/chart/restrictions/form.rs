//! The form that writes or changes a restriction, with the live sentence and what the supervisor
//! will see.

use super::draft::{Draft, How, Line, side, ways};
use crate::pages::lint::{Confirm, token_of};
use chrono::NaiveDate;
use salus_types::ids::PersonId;
use salus_types::work_status::{
    ClinicRestriction, RestrictionType, Side, SideUse, WEAR_CHOICES, sentences,
};
use salus_ui::hooks::{State, edit, use_state};
use salus_ui::{
    Button, Card, Check, Choice, DateField, Look, Note, Select, Text, TextArea, TextField, Tone,
    use_action, use_request_key, use_text, use_toast,
};
use std::str::FromStr;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct WriteFormProps {
    /// For whom.
    pub(super) person: PersonId,
    /// What is changed; a new one is written when absent.
    pub(super) restriction: Option<ClinicRestriction>,
    /// After it was saved.
    pub(super) on_saved: Callback<()>,
    /// Left without saving.
    pub(super) on_leave: Callback<()>,
}

type Form = State<Draft>;

/// A restriction, new or changed.
#[component]
pub(super) fn WriteForm(props: &WriteFormProps) -> Html {
    let t = use_text();
    let before = props.restriction.clone();
    let form = use_state(|| before.as_ref().map(Draft::of).unwrap_or_default());
    let key = use_request_key();
    let toast = use_toast();
    let person = props.person;
    let is_new = before.is_none();
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
                                .change_restriction(one.id, one.version, &change)
                                .await
                        }
                        None => {
                            let command = draft.command(token);
                            client.write_restriction(person, &key, &command).await
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
    let submit = {
        let (form, run, token) = (form.clone(), save.run.clone(), token.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit(((*form).clone(), token.clone()));
        })
    };
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    let area = |name: &'static str,
                label: &str,
                hint: Option<AttrValue>,
                value: &str,
                most,
                on_change| {
        html! {
            <TextArea {name} label={t.text(label)} {hint} optional={true} rows={3} max_length={most}
                error={save.wrong(&format!("/{name}"))} value={value.to_owned()} {on_change} />
        }
    };
    let label = if token.is_some() {
        "restrictions-lint-save"
    } else {
        "restrictions-save"
    };
    html! {
        <Card title={t.text(if is_new { "restrictions-form-title" } else { "restrictions-change-title" })}>
            <form class="form" onsubmit={submit} novalidate={true}>
                if is_new {
                <Select name="kind" label={t.text("restrictions-kind")} choices={kinds(&t)}
                    value={form.kind.code()}
                    on_change={edit(&form, |draft, code: String| {
                        if let Ok(kind) = RestrictionType::from_str(&code) {
                            draft.take(kind);
                        }
                    })} />
                } else {
                    <p class="font-semibold">{ kind_name(&t, form.kind) }</p>
                }
                { limit_fields(&t, &form) }
                if let Some(said) = save.wrong("/limit") {
                    <Note tone={Tone::Bad} title={said} />
                }
                if form.kind.side_use() != SideUse::Never {
                    <Select name="side" label={t.text("restrictions-side")} error={save.wrong("/side")}
                        choices={sides(&t)} value={form.side.code()}
                        on_change={edit(&form, |draft, code: String| draft.side = side(&code))} />
                }
                <DateField name="starts" label={t.text("restrictions-starts")} optional={true}
                    error={save.wrong("/starts")} value={form.starts}
                    on_change={edit(&form, |draft, date: Option<NaiveDate>| draft.starts = date)} />
                if !form.permanent {
                    <DateField name="ends" label={t.text("restrictions-ends")} error={save.wrong("/ends")}
                        value={form.ends} earliest={form.starts}
                        on_change={edit(&form, |draft, date: Option<NaiveDate>| draft.ends = date)} />
                }
                <Check name="permanent" label={t.text("restrictions-permanent")} checked={form.permanent}
                    on_change={edit(&form, |draft, on: bool| draft.permanent = on)} />
                <Check name="affects_work" label={t.text("restrictions-affects-work")} checked={form.affects_work}
                    error={save.wrong("/affects_work")}
                    on_change={edit(&form, |draft, on: bool| draft.affects_work = on)} />
                { area("comment", "restrictions-comment", Some(t.text("restrictions-comment-hint")), &form.comment, 500,
                    edit(&form, |draft, text: String| draft.comment = text)) }
                { preview(&t, &form) }
                { area("problem", "restrictions-problem", Some(t.text("restrictions-problem-hint")), &form.problem, 200,
                    edit(&form, |draft, text: String| draft.problem = text)) }
                <Check name="release" label={t.text("restrictions-release")} checked={form.release}
                    on_change={edit(&form, |draft, on: bool| draft.release = on)} />
                { area("clinical_note", "restrictions-note", None, &form.note, 2000,
                    edit(&form, |draft, text: String| draft.note = text)) }
                { save.problem() }
                if let Some(failure) = &failure {
                    <Confirm failure={failure.clone()} reason={form.lint_reason.clone()}
                        on_change={edit(&form, |draft, text: String| draft.lint_reason = text)} />
                }
                <div class="button-row">
                    <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text(label) }</Button>
                    <Button look={Look::Quiet} on_press={leave}>{ t.text("cancel") }</Button>
                </div>
            </form>
        </Card>
    }
}

fn kinds(t: &Text) -> Vec<Choice> {
    RestrictionType::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), kind_name(t, *kind)))
        .collect()
}

fn kind_name(t: &Text, kind: RestrictionType) -> AttrValue {
    let code = kind.code().replace('_', "-");
    t.text(&format!("work-status-type-{code}"))
}

fn sides(t: &Text) -> Vec<Choice> {
    [Side::NotApplicable, Side::Left, Side::Right, Side::Both]
        .into_iter()
        .map(|side| {
            let id = format!("restrictions-side-{}", side.code().replace('_', "-"));
            Choice::new(side.code(), t.text(&id))
        })
        .collect()
}

fn limit_fields(t: &Text, form: &Form) -> Html {
    let ways = ways(form.kind);
    let text = |name: &'static str, label: &str, value: &str, numeric: bool, on_change| {
        let input_mode = numeric.then_some(AttrValue::Static("decimal"));
        html! {
            <TextField {name} label={t.text(label)} value={value.to_owned()} short={numeric} {input_mode} {on_change} />
        }
    };
    let how = (ways.len() > 1).then(|| {
        let all = [
            (How::None, "none", "restrictions-how-none"),
            (How::Weight, "weight", "restrictions-how-weight"),
            (How::Hours, "hours", "restrictions-how-hours"),
        ];
        let choices: Vec<_> = all
            .iter()
            .filter(|(how, _, _)| ways.contains(how))
            .map(|(_, code, id)| Choice::new(*code, t.text(id)))
            .collect();
        let value = all.iter().find(|(how, _, _)| *how == form.how).map_or("none", |one| one.1);
        let on_change = edit(form, |draft, code: String| {
            draft.how = match code.as_str() {
                "weight" => How::Weight,
                "hours" => How::Hours,
                _ => How::None,
            };
        });
        html! { <Select name="how" label={t.text("restrictions-how")} {choices} {value} {on_change} /> }
    });
    let fields = match form.how {
        How::None => Html::default(),
        How::Weight => ladder(t, form),
        How::Hours => html! {
            <>
                { text("per_day", "restrictions-per-day", &form.per_day, true,
                    edit(form, |draft, value: String| draft.per_day = value)) }
                if form.kind != RestrictionType::TotalHours {
                    { text("at_once", "restrictions-at-once", &form.at_once, true,
                        edit(form, |draft, value: String| draft.at_once = value)) }
                }
            </>
        },
        How::Minutes => text(
            "minutes",
            "restrictions-minutes",
            &form.minutes,
            true,
            edit(form, |draft, value: String| draft.minutes = value),
        ),
        How::Breaks => html! {
            <>
                { text("minutes", "restrictions-minutes", &form.minutes, true,
                    edit(form, |draft, value: String| draft.minutes = value)) }
                { text("every", "restrictions-every-hours", &form.every, true,
                    edit(form, |draft, value: String| draft.every = value)) }
            </>
        },
        How::Days => text(
            "days",
            "restrictions-days",
            &form.days,
            true,
            edit(form, |draft, value: String| draft.days = value),
        ),
        How::Choice => {
            let choices: Vec<_> = WEAR_CHOICES
                .iter()
                .map(|code| {
                    let mut args = salus_ui::Args::new();
                    args.set("choice", *code);
                    Choice::new(*code, t.msg("work-status-wear-thing", args))
                })
                .collect();
            html! {
                <Select name="choice" label={t.text("restrictions-choice")} {choices} value={form.choice.clone()}
                    on_change={edit(form, |draft, value: String| draft.choice = value)} />
            }
        }
        How::Text => text(
            "text",
            "restrictions-text",
            &form.text,
            false,
            edit(form, |draft, value: String| draft.text = value),
        ),
    };
    html! { <>{ for how }{ fields }</> }
}

fn ladder(t: &Text, form: &Form) -> Html {
    let units: Vec<_> = ["lb", "kg"]
        .iter()
        .map(|code| Choice::new(*code, t.text(&format!("restrictions-unit-{code}"))))
        .collect();
    let frequencies: Vec<_> = ["once", "occasional", "frequent", "constant", "any"]
        .iter()
        .map(|code| Choice::new(*code, t.text(&format!("restrictions-frequency-{code}"))))
        .collect();
    let line = |(n, line): (usize, &Line)| {
        let change = |set: fn(&mut Line, String)| {
            edit(form, move |draft: &mut Draft, value: String| {
                if let Some(line) = draft.lines.get_mut(n) {
                    set(line, value);
                }
            })
        };
        let remove = edit(form, move |draft: &mut Draft, _: MouseEvent| {
            draft.lines.remove(n);
        });
        html! {
            <div class="button-row" key={n}>
                <TextField name={format!("value-{n}")} label={t.text("restrictions-value")} short={true} input_mode="decimal"
                    value={line.value.clone()} on_change={change(|line, value| line.value = value)} />
                <Select name={format!("unit-{n}")} label={t.text("restrictions-unit")} choices={units.clone()}
                    value={line.unit.clone()} on_change={change(|line, value| line.unit = value)} />
                <Select name={format!("frequency-{n}")} label={t.text("restrictions-frequency")} choices={frequencies.clone()}
                    value={line.frequency.clone()} on_change={change(|line, value| line.frequency = value)} />
                if form.lines.len() > 1 {
                    <Button look={Look::Quiet} on_press={remove}>{ t.text("restrictions-remove-line") }</Button>
                }
            </div>
        }
    };
    let add = edit(form, |draft: &mut Draft, _: MouseEvent| {
        draft.lines.push(Line {
            frequency: "frequent".to_owned(),
            ..Line::default()
        });
    });
    html! {
        <>
            { for form.lines.iter().enumerate().map(line) }
            if form.lines.len() < 4 {
                <div><Button icon="plus" on_press={add}>{ t.text("restrictions-add-line") }</Button></div>
            }
        </>
    }
}

/// The supervisor's eye: the live sentences and the comment, nothing else.
fn preview(t: &Text, form: &Form) -> Html {
    let seen = match (form.affects_work, form.limit()) {
        (false, _) => html! { <p>{ t.text("restrictions-preview-nothing") }</p> },
        (true, None) => html! { <p>{ t.text("restrictions-preview-incomplete") }</p> },
        (true, Some(limit)) => {
            let said = sentences(form.kind, &limit, form.side);
            html! {
                <>
                    { for said.iter().map(|phrase| html! { <p>{ t.phrase(phrase) }</p> }) }
                    if !form.comment.trim().is_empty() {
                        <p>{ form.comment.clone() }</p>
                    }
                </>
            }
        }
    };
    html! { <Note title={t.text("restrictions-preview")}>{ seen }</Note> }
}
