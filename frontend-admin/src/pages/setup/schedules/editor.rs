//! The form of a schedule, beside what it would offer.

use super::draft::{Draft, Hours};
use super::preview::Preview;
use super::templates::Templates;
use super::times::weekday_words;
use crate::pages::setup::known::Known;
use chrono::NaiveDate;
use salus_types::scheduling::{
    Audience, ChangeSchedule, CreateSchedule, Modality, Schedule, ScheduleTemplateFields,
};
use salus_ui::hooks::{State, edit, use_state};
use salus_ui::{
    Button, Card, CheckGroup, Choice, DateField, Empty, Failure, Look, Radio, Select, Text,
    TextField, today_at, use_action, use_leave_guard, use_request_key, use_text, use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

/// What [`Editor`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct EditorProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// What is changed; a new one is made when absent.
    pub(super) schedule: Option<Schedule>,
    /// After it was saved.
    pub(super) on_saved: Callback<()>,
    /// Left without saving.
    pub(super) on_leave: Callback<()>,
}

type Form = State<Draft>;

/// A schedule, new or changed.
#[component]
pub(super) fn Editor(props: &EditorProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let key = use_request_key();
    let before = props.schedule.clone();
    let first = use_memo((), |()| {
        let zone = props.known.places.first().map(|place| place.zone.clone());
        let today = today_at(zone.as_deref().unwrap_or("UTC"));
        before
            .as_ref()
            .map_or_else(|| Draft::new(&props.known, today), Draft::of)
    });
    let form = use_state(|| (*first).clone());
    use_leave_guard(*form != *first);
    // What the server says of the draft as it stands, without being asked to save it.
    let said = use_state(|| None::<Failure>);
    let on_answer = {
        let said = said.clone();
        Callback::from(move |failure| said.set(failure))
    };
    let id = before.as_ref().map(|schedule| schedule.id);
    let is_new = before.is_none();
    let save = {
        let key_to_send = key.get();
        let (done, saved) = (props.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, command: CreateSchedule| {
                let (key, before) = (key_to_send.clone(), before.clone());
                async move {
                    match before {
                        Some(one) => {
                            let change = ChangeSchedule::from(command);
                            client.change_schedule(one.id, one.version, &change).await
                        }
                        None => client.create_schedule(&key, &command).await,
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
    let command = form.command();
    let submit = {
        let (run, command) = (save.run.clone(), command.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some((command, _)) = command.clone() {
                run.emit(command);
            }
        })
    };
    let wrong = |pointer: &str| -> Option<AttrValue> {
        let of_save = save
            .failure
            .as_ref()
            .and_then(|failure| failure.field(pointer));
        let inside = format!("/schedule{pointer}");
        let of_draft = (*said).as_ref().and_then(|failure| failure.field(&inside));
        of_draft
            .or(of_save)
            .map(|text| AttrValue::from(text.to_owned()))
    };
    let lines = command
        .as_ref()
        .map(|(_, lines)| lines.clone())
        .unwrap_or_default();
    let wrong_line = |line: usize| -> Option<AttrValue> {
        let of_line = lines.iter().enumerate().filter(|(_, at)| **at == line);
        of_line.map(|(window, _)| window).find_map(|window| {
            ["end_minute", "start_minute", "weekday", "on_date"]
                .iter()
                .find_map(|name| wrong(&format!("/windows/{window}/{name}")))
        })
    };
    let kept = command
        .as_ref()
        .and_then(|(schedule, _)| ScheduleTemplateFields::of(schedule));
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    let title = if is_new {
        "setup-schedule-new"
    } else {
        "setup-schedule-change"
    };
    let short = |name: &'static str, value: &str, hint: Option<AttrValue>, on_change| {
        let label = t.text(&format!("setup-field-{}", name.replace('_', "-")));
        html! {
            <TextField {name} {label} {hint} short={true} input_mode="numeric" value={value.to_owned()}
                error={wrong(&format!("/{name}"))} {on_change} />
        }
    };
    html! {
        <div class="panels panels-side">
            <Card title={t.text(title)}>
                <form class="form" onsubmit={submit} novalidate={true}>
                    <Select name="resource_id" label={t.text("setup-field-resource-id")} error={wrong("/resource_id")}
                        choices={props.known.resource_choices()} value={form.resource.clone()}
                        on_change={edit(&form, |draft, id: String| draft.resource = id)} />
                    <Select name="location_id" label={t.text("setup-field-location-id")} error={wrong("/location_id")}
                        choices={props.known.place_choices()} value={form.place.clone()}
                        on_change={edit(&form, |draft, id: String| draft.place = id)} />
                    <DateField name="effective_from" label={t.text("setup-field-effective-from")}
                        error={wrong("/effective_from")} value={form.from}
                        on_change={edit(&form, |draft, date: Option<NaiveDate>| draft.from = date)} />
                    <DateField name="effective_until" label={t.text("setup-field-effective-until")} optional={true}
                        error={wrong("/effective_until")} value={form.until}
                        on_change={edit(&form, |draft, date: Option<NaiveDate>| draft.until = date)} />
                    { pattern(&t, &form, &wrong) }
                    { hours(&t, &form, wrong("/windows"), &wrong_line) }
                    <Select name="interval" label={t.text("setup-field-interval")} error={wrong("/interval")}
                        choices={["5", "10", "15", "20", "30", "60"].map(|one| Choice::new(one, one)).to_vec()}
                        value={form.interval.clone()}
                        on_change={edit(&form, |draft, text: String| draft.interval = text)} />
                    <CheckGroup name="appointment_type_ids" label={t.text("setup-field-appointment-type-ids")}
                        optional={true} hint={t.text("setup-kinds-hint")} choices={props.known.kind_choices()}
                        error={wrong("/appointment_type_ids")} values={attributes(&form.kinds)}
                        on_change={edit(&form, |draft, ids: Vec<String>| draft.kinds = ids)} />
                    { short("capacity", &form.capacity, None, edit(&form, |draft, text: String| draft.capacity = text)) }
                    <details>
                        <summary class="h3">{ t.text("setup-more") }</summary>
                        <div class="form">
                            <Select name="modality" label={t.text("setup-field-modality")} choices={modalities(&t)}
                                value={form.modality.clone()}
                                on_change={edit(&form, |draft, text: String| draft.modality = text)} />
                            { short("offset", &form.offset, Some(t.text("setup-offset-hint")),
                                edit(&form, |draft, text: String| draft.offset = text)) }
                            { short("daily_cap", &form.daily_cap, Some(t.text("setup-daily-cap-hint")),
                                edit(&form, |draft, text: String| draft.daily_cap = text)) }
                            { short("overbook", &form.overbook, Some(t.text("setup-overbook-hint")),
                                edit(&form, |draft, text: String| draft.overbook = text)) }
                            { short("priority", &form.priority, Some(t.text("setup-priority-hint")),
                                edit(&form, |draft, text: String| draft.priority = text)) }
                            <CheckGroup name="audience" label={t.text("setup-field-audience")} choices={audiences(&t)}
                                error={wrong("/audience")} values={attributes(&form.audience)}
                                on_change={edit(&form, |draft, words: Vec<String>| draft.audience = words)} />
                            <TextField name="opens_at" kind="datetime-local" label={t.text("setup-field-opens-at")}
                                optional={true} hint={t.text("setup-opens-at-hint")} value={form.opens_at.clone()}
                                on_change={edit(&form, |draft, text: String| draft.opens_at = text)} />
                        </div>
                    </details>
                    { save.problem() }
                    <div class="button-row">
                        <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text("save") }</Button>
                        <Button look={Look::Quiet} on_press={leave}>{ t.text("cancel") }</Button>
                    </div>
                </form>
            </Card>
            <div class="stack">
                if let Some((schedule, _)) = command {
                    <Preview {schedule} {id} known={props.known.clone()} {on_answer} />
                } else {
                    <Card title={t.text("setup-preview")}>
                        <Empty icon="calendar-days" title={t.text("setup-preview-invalid")} />
                    </Card>
                }
                <Templates fields={kept} on_fill={edit(&form, |draft, fields: ScheduleTemplateFields| draft.fill(&fields))} />
            </div>
        </div>
    }
}

fn attributes(words: &[String]) -> Vec<AttrValue> {
    words
        .iter()
        .map(|word| AttrValue::from(word.clone()))
        .collect()
}

fn pattern(t: &Text, form: &Form, wrong: &dyn Fn(&str) -> Option<AttrValue>) -> Html {
    let choices = vec![
        Choice::new("weekly", t.text("setup-pattern-weekly")),
        Choice::new("dates", t.text("setup-pattern-dates")),
    ];
    let value = if form.weekly { "weekly" } else { "dates" };
    let weeks = (1_u8..=4).map(|count| {
        let words = t.msg("setup-weeks", salus_ui::args!(count = count));
        Choice::new(count.to_string(), words)
    });
    html! {
        <>
            <Radio name="pattern" label={t.text("setup-pattern")} inline={true} {choices} {value}
                on_change={edit(form, |draft, word: String| draft.weekly = word == "weekly")} />
            if form.weekly {
                <Select name="every_n_weeks" label={t.text("setup-field-every-n-weeks")} choices={weeks.collect::<Vec<_>>()}
                    error={wrong("/every_n_weeks")} value={form.weeks.clone()}
                    on_change={edit(form, |draft, text: String| draft.weeks = text)} />
            }
        </>
    }
}

/// The lines of days and hours.
fn hours(
    t: &Text,
    form: &Form,
    missing: Option<AttrValue>,
    wrong: &dyn Fn(usize) -> Option<AttrValue>,
) -> Html {
    let add = edit(form, |draft, _: MouseEvent| {
        let like = draft.hours.last().cloned().unwrap_or_default();
        draft.hours.push(Hours {
            start: like.end.clone(),
            end: String::new(),
            ..like
        });
    });
    html! {
        <fieldset class="stack">
            <legend class="field-label">{ t.text("setup-field-windows") }</legend>
            if let Some(missing) = missing {
                <p class="field-error" role="alert">{ missing }</p>
            }
            { for form.hours.iter().enumerate().map(|(line, one)| line_of_hours(t, form, line, one, wrong(line))) }
            <div class="button-row">
                <Button icon="plus" on_press={add}>{ t.text("setup-hours-add") }</Button>
            </div>
        </fieldset>
    }
}

fn line_of_hours(
    t: &Text,
    form: &Form,
    line: usize,
    hours: &Hours,
    error: Option<AttrValue>,
) -> Html {
    let change = |set: fn(&mut Hours, String)| {
        edit(form, move |draft, text: String| {
            if let Some(hours) = draft.hours.get_mut(line) {
                set(hours, text);
            }
        })
    };
    let on_date = edit(form, move |draft, date: Option<NaiveDate>| {
        if let Some(hours) = draft.hours.get_mut(line) {
            hours.date = date;
        }
    });
    let on_days = edit(form, move |draft, days: Vec<String>| {
        if let Some(hours) = draft.hours.get_mut(line) {
            hours.days = days.iter().flat_map(|day| day.parse()).collect();
        }
    });
    let remove = edit(form, move |draft, _: MouseEvent| {
        if draft.hours.len() > 1 {
            draft.hours.remove(line);
        }
    });
    let days: Vec<Choice> = (1_u8..=7)
        .map(|day| Choice::new(day.to_string(), weekday_words(t, day)))
        .collect();
    let chosen: Vec<AttrValue> = hours
        .days
        .iter()
        .map(|day| day.to_string().into())
        .collect();
    html! {
        <div class="stack setup-hours" key={line}>
            if form.weekly {
                <CheckGroup name={format!("days-{line}")} label={t.text("setup-days")} inline={true} choices={days}
                    values={chosen} on_change={on_days} />
            } else {
                <DateField name={format!("date-{line}")} label={t.text("setup-date")} value={hours.date}
                    on_change={on_date} />
            }
            <div class="flex flex-wrap items-end gap-3">
                <TextField name={format!("start-{line}")} kind="time" label={t.text("setup-hours-from")}
                    value={hours.start.clone()} on_change={change(|hours, text| hours.start = text)} />
                <TextField name={format!("end-{line}")} kind="time" label={t.text("setup-hours-to")}
                    value={hours.end.clone()} on_change={change(|hours, text| hours.end = text)} />
                if form.hours.len() > 1 {
                    <Button look={Look::Quiet} icon="trash-2" on_press={remove}>{ t.text("setup-hours-remove") }</Button>
                }
            </div>
            if let Some(error) = error {
                <p class="field-error" role="alert">{ error }</p>
            }
        </div>
    }
}

/// The ways a visit can take place, both among them.
fn modalities(t: &Text) -> Vec<Choice> {
    vec![
        Choice::new("both", t.text("setup-modality-both")),
        Choice::new(Modality::InPerson.as_str(), t.text("appointment-in-person")),
        Choice::new(
            Modality::Telehealth.as_str(),
            t.text("appointment-telehealth"),
        ),
    ]
}

fn audiences(t: &Text) -> Vec<Choice> {
    let one = |audience: &Audience| {
        let id = format!("setup-audience-{}", audience.as_str());
        Choice::new(audience.as_str(), t.text(&id))
    };
    Audience::ALL.iter().map(one).collect()
}
