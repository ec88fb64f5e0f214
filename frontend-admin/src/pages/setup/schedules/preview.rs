//! The free times a schedule would offer in the next fourteen days.

use chrono::{NaiveTime, Timelike};
use salus_types::ids::ScheduleId;
use salus_types::scheduling::{CreateSchedule, PreviewDay, PreviewSchedule, SchedulePreview};
use salus_ui::hooks::{use_effect_with, use_state};
use salus_ui::{Card, DateStyle, Empty, Failure, Select, Text, Waiting, args, use_query, use_text};
use std::rc::Rc;
use yew::prelude::*;
use yew_hooks::use_debounce_state;

use super::times::minute_words;
use crate::pages::setup::known::Known;

/// Milliseconds after the last change before it is asked.
const PAUSE: u32 = 400;

/// What [`Preview`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct PreviewProps {
    /// What would be saved.
    pub(super) schedule: CreateSchedule,
    /// The schedule it would take the place of.
    pub(super) id: Option<ScheduleId>,
    /// What there is.
    pub(super) known: Rc<Known>,
    /// What the server says against it; nothing when it can be saved.
    pub(super) on_answer: Callback<Option<Failure>>,
}

/// Asks what the draft would offer whenever it has not changed for a moment.
#[component]
pub(super) fn Preview(props: &PreviewProps) -> Html {
    let t = use_text();
    let kind = use_state(String::new);
    let settled = use_debounce_state(|| props.schedule.clone(), PAUSE);
    {
        let settled = settled.clone();
        use_effect_with(props.schedule.clone(), move |schedule| {
            settled.set(schedule.clone());
        });
    }
    let asked = PreviewSchedule {
        schedule: (*settled).clone(),
        appointment_type_id: kind.parse().ok(),
        schedule_id: props.id,
        from: None,
    };
    let shown = use_query(asked, |client, asked| client.preview_schedule(&asked));
    {
        let on_answer = props.on_answer.clone();
        let told = (shown.failure.clone(), shown.pending);
        use_effect_with(told, move |(failure, pending)| {
            if !pending {
                on_answer.emit(failure.clone());
            }
        });
    }
    let choose = {
        let kind = kind.clone();
        Callback::from(move |id: String| kind.set(id))
    };
    let invalid = shown
        .failure
        .as_ref()
        .is_some_and(|failure| failure.slug() == "invalid");
    let chosen = match (kind.is_empty(), shown.data.as_deref()) {
        (true, Some(preview)) => preview.appointment_type_id.to_string(),
        _ => (*kind).clone(),
    };
    html! {
        <Card title={t.text("setup-preview")}>
            <div class="stack">
                <p class="muted small">{ t.text("setup-preview-lead") }</p>
                <Select name="preview_kind" label={t.text("setup-preview-kind")}
                    choices={props.known.kind_choices()} value={chosen} on_change={choose} />
                if invalid {
                    <Empty icon="calendar-days" title={t.text("setup-preview-invalid")} />
                } else {
                    { shown.show(Waiting::Rows(4), |preview| days(&t, preview)) }
                }
            </div>
        </Card>
    }
}

fn days(t: &Text, preview: &SchedulePreview) -> Html {
    let count: usize = preview.days.iter().map(|day| day.starts.len()).sum();
    if count == 0 {
        return html! { <Empty icon="calendar-days" title={t.text("setup-preview-none")} /> };
    }
    html! {
        <>
            <p class="small" role="status">{ t.msg("setup-preview-count", args!(count = count)) }</p>
            <ul class="stack" aria-label={t.text("setup-preview")}>
                { for preview.days.iter().map(|one| day(t, one)) }
            </ul>
        </>
    }
}

fn day(t: &Text, day: &PreviewDay) -> Html {
    let name = t.date(day.date, DateStyle::Medium);
    let times: Vec<String> = day
        .starts
        .iter()
        .map(|one| clock(t, one.local_time))
        .collect();
    let key = day.date.to_string();
    match (times.first(), times.last()) {
        (Some(first), Some(last)) => html! {
            <li {key}>
                <details>
                    <summary>
                        { name }{ " · " }
                        <span class="numbers">{ t.msg("setup-preview-day", args!(count = times.len(), first = first, last = last)) }</span>
                    </summary>
                    <p class="numbers small">{ times.join(" · ") }</p>
                </details>
            </li>
        },
        _ => {
            html! { <li {key} class="muted">{ name }{ " · " }{ t.text("setup-preview-day-none") }</li> }
        }
    }
}

fn clock(t: &Text, time: NaiveTime) -> String {
    let minute = time.hour() * 60 + time.minute();
    minute_words(t, u16::try_from(minute).unwrap_or_default())
}
