//! When one does not want to be disturbed by mail.

use chrono::NaiveTime;
use salus_types::accounts::{QuietHours, QuietStretch, ReplaceQuietHours};
use salus_ui::hooks::{edit, use_state};
use salus_ui::{
    Button, Card, Check, Look, TextField, Waiting, use_action, use_leave_guard, use_query,
    use_text, use_toast,
};
use yew::prelude::*;

/// Quiet hours as they are typed.
#[derive(Clone, PartialEq)]
struct Draft {
    on: bool,
    from: String,
    until: String,
}

impl Draft {
    fn of(chosen: Option<QuietStretch>) -> Self {
        let clock = |time: NaiveTime| time.format("%H:%M").to_string();
        // Nine in the evening to seven in the morning, until something else is said.
        let (from, until) = chosen.map_or_else(
            || ("21:00".to_owned(), "07:00".to_owned()),
            |hours| (clock(hours.from), clock(hours.until)),
        );
        Self {
            on: chosen.is_some(),
            from,
            until,
        }
    }

    /// What would be sent; nothing while a time is missing.
    fn command(&self) -> Option<ReplaceQuietHours> {
        if !self.on {
            return Some(ReplaceQuietHours { mail: None });
        }
        let (from, until) = (time(&self.from)?, time(&self.until)?);
        let mail = Some(QuietStretch { from, until });
        Some(ReplaceQuietHours { mail })
    }
}

fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

/// The quiet hours among the settings.
#[component]
pub(crate) fn QuietHoursChoice() -> Html {
    let t = use_text();
    let hours = use_query((), |client, ()| client.get_quiet_hours());
    let refetch = hours.refetch.clone();
    html! {
        <Card title={t.text("quiet-hours")}>
            <div class="stack">
                <p class="muted">{ t.text("quiet-hours-lead") }</p>
                { hours.show(Waiting::Rows(1), |hours| html! {
                    <Form key={hours.version} hours={*hours} on_saved={refetch.clone()} />
                }) }
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct FormProps {
    hours: QuietHours,
    on_saved: Callback<()>,
}

/// Whether there are some, and which.
#[component]
fn Form(props: &FormProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let first = Draft::of(props.hours.mail);
    let form = use_state(|| first.clone());
    use_leave_guard(*form != first);
    let tried = use_state(|| false);
    let version = props.hours.version;
    let save = {
        let (done, said) = (props.on_saved.clone(), t.text("saved"));
        use_action(
            move |client, command: ReplaceQuietHours| async move {
                client.replace_quiet_hours(version, &command).await
            },
            move |_| {
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let submit = {
        let (form, tried, run) = (form.clone(), tried.clone(), save.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            if let Some(command) = form.command() {
                run.emit(command);
            }
        })
    };
    let missing =
        |text: &str| (*tried && time(text).is_none()).then(|| t.text("appointment-needed"));
    html! {
        <form class="form" onsubmit={submit} novalidate={true}>
            <Check name="quiet-hours" label={t.text("quiet-hours-on")} checked={form.on}
                on_change={edit(&form, |draft, on: bool| draft.on = on)} />
            if form.on {
                <div class="flex flex-wrap gap-3">
                    <TextField name="quiet-from" kind="time" label={t.text("quiet-hours-from")}
                        error={missing(&form.from).or_else(|| save.wrong("/mail/from"))}
                        value={form.from.clone()} on_change={edit(&form, |draft, text: String| draft.from = text)} />
                    <TextField name="quiet-until" kind="time" label={t.text("quiet-hours-until")}
                        error={missing(&form.until).or_else(|| save.wrong("/mail/until"))}
                        value={form.until.clone()} on_change={edit(&form, |draft, text: String| draft.until = text)} />
                </div>
            }
            { save.problem() }
            <div class="button-row">
                <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text("save") }</Button>
            </div>
        </form>
    }
}
