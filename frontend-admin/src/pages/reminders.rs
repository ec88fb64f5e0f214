//! When people of a site are reminded of visits: changed in a draft, published with it.

use super::booking_options::Publish;
use crate::routes::Route;
use chrono::{NaiveTime, Timelike};
use salus_client::Error;
use salus_types::ids::PortalId;
use salus_types::portals::{
    DraftNotifications, PortalDraft, ReminderByDays, ReminderByHours, ReminderChannel,
    ReminderSettings, ReplaceNotifications,
};
use salus_ui::hooks::{State, edit, use_state};
use salus_ui::{
    Back, Button, Card, Check, Empty, Look, Note, Page, Text, TextField, Tone, Waiting, args,
    use_action, use_leave_guard, use_query, use_text, use_toast,
};
use yew::prelude::*;

/// What [`Reminders`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct RemindersProps {
    /// Which site.
    pub(crate) id: PortalId,
}

/// When people are reminded, and what becomes of it.
#[component]
pub(crate) fn Reminders(props: &RemindersProps) -> Html {
    let t = use_text();
    let draft = use_query(props.id, |client, id| async move {
        let site = client.get_portal_draft(id).await?.value;
        let draft = client.get_draft_notifications(id).await?.value;
        Ok::<_, Error>((draft, site))
    });
    let again = draft.refetch.clone();
    let back = html! { <Back<Route> to={Route::Portals}>{ t.text("nav-portals") }</Back<Route>> };
    let lead = draft
        .data
        .as_ref()
        .map(|found| AttrValue::from(found.0.name.clone()));
    html! {
        <Page title={t.text("reminders")} {lead} {back}>
            { draft.show(Waiting::Rows(4), |(draft, site)| if site.audience == "employee" {
                html! { <Editor key={draft.version} draft={draft.clone()} site={site.clone()} again={again.clone()} /> }
            } else {
                html! { <Empty icon="bell" title={t.text("reminders-none")} /> }
            }) }
        </Page>
    }
}

/// A reminder by days while it is typed.
#[derive(Clone, PartialEq)]
struct ByDays {
    on: bool,
    days: String,
    time: String,
}

impl ByDays {
    fn of(kept: &ReminderByDays) -> Self {
        Self {
            on: kept.on,
            days: kept.days.to_string(),
            time: format!("{:02}:{:02}", kept.minute / 60, kept.minute % 60),
        }
    }

    /// What is no number or time the server refuses, beside the field.
    fn command(&self) -> ReminderByDays {
        let time = NaiveTime::parse_from_str(self.time.trim(), "%H:%M").ok();
        let minute = time.and_then(|time| u16::try_from(time.hour() * 60 + time.minute()).ok());
        ReminderByDays {
            on: self.on,
            days: self.days.trim().parse().unwrap_or(u8::MAX),
            minute: minute.unwrap_or(u16::MAX),
            channels: vec![ReminderChannel::Email],
        }
    }
}

/// The reminders while they are typed.
#[derive(Clone, PartialEq)]
struct Draft {
    three_days: ByDays,
    one_day: ByDays,
    prepares: bool,
    hours: String,
}

impl Draft {
    fn of(kept: &ReminderSettings) -> Self {
        Self {
            three_days: ByDays::of(&kept.three_days),
            one_day: ByDays::of(&kept.one_day),
            prepares: kept.preparation.on,
            hours: kept.preparation.hours.to_string(),
        }
    }

    fn command(&self) -> ReplaceNotifications {
        ReplaceNotifications {
            reminders: ReminderSettings {
                three_days: self.three_days.command(),
                one_day: self.one_day.command(),
                preparation: ReminderByHours {
                    on: self.prepares,
                    hours: self.hours.trim().parse().unwrap_or(u8::MAX),
                    channels: vec![ReminderChannel::Email],
                },
            },
        }
    }
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    draft: DraftNotifications,
    /// The site's draft, which is published with it.
    site: PortalDraft,
    again: Callback<()>,
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let draft = &props.draft;
    let (id, version) = (draft.portal_id, draft.version);
    let first = use_memo((), |()| Draft::of(&draft.reminders));
    let form = use_state(|| (*first).clone());
    let unsaved = *form != *first;
    use_leave_guard(unsaved);
    let publishing = use_state(|| false);
    let save = {
        let (again, said) = (props.again.clone(), t.text("booking-saved"));
        use_action(
            move |client, command: ReplaceNotifications| async move {
                client
                    .replace_draft_notifications(id, version, &command)
                    .await
            },
            move |_| {
                toast.say(said.clone());
                again.emit(());
            },
        )
    };
    let submit = {
        let (form, run) = (form.clone(), save.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit(form.command());
        })
    };
    let (open, close) = {
        let (open, close) = (publishing.clone(), publishing.clone());
        (
            Callback::from(move |_: MouseEvent| open.set(true)),
            Callback::from(move |()| close.set(false)),
        )
    };
    let wrong = |rest: &str| save.wrong(&format!("/reminders/{rest}"));
    let wrong_hours = wrong("preparation/hours");
    html! {
        <>
            if let (true, Some(saved)) = (draft.changed, draft.saved_at) {
                <Note tone={Tone::Info} title={t.text("booking-draft")}>
                    <p>{ t.msg("booking-draft-text", args!(time = t.stamp(saved).to_string(), name = draft.saved_by.clone().unwrap_or_default())) }</p>
                    <p>{ t.text("reminders-publish-all") }</p>
                </Note>
            }
            <p class="muted">{ t.text("reminders-lead") }</p>
            <form class="stack" onsubmit={submit} novalidate={true}>
                <Card title={t.text("reminders-three-days")}>
                    <div class="form">
                        { by_days(&t, &form, "three_days", "reminders-business-days", |draft| &mut draft.three_days, &form.three_days, &wrong) }
                    </div>
                </Card>
                <Card title={t.text("reminders-one-day")}>
                    <div class="form">
                        { by_days(&t, &form, "one_day", "reminders-days", |draft| &mut draft.one_day, &form.one_day, &wrong) }
                    </div>
                </Card>
                <Card title={t.text("reminders-preparation")}>
                    <div class="form">
                        <p class="muted">{ t.text("reminders-preparation-lead") }</p>
                        <Check name="prepares" label={t.text("reminders-on")} checked={form.prepares}
                            on_change={edit(&form, |draft, on: bool| draft.prepares = on)} />
                        if form.prepares || wrong_hours.is_some() {
                            <TextField name="hours" label={t.text("reminders-hours")} short={true} input_mode="numeric"
                                error={wrong_hours} value={form.hours.clone()}
                                on_change={edit(&form, |draft, text: String| draft.hours = text)} />
                        }
                    </div>
                </Card>
                { save.problem() }
                <div class="button-row">
                    if unsaved {
                        <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text("booking-save") }</Button>
                    }
                    if draft.changed && !unsaved {
                        <Button icon="send" on_press={open}>{ t.text("booking-publish") }</Button>
                    }
                </div>
            </form>
            if *publishing {
                <Publish draft={props.site.clone()} version={None::<i32>} on_close={close} again={props.again.clone()} />
            }
        </>
    }
}

fn by_days(
    t: &Text,
    form: &State<Draft>,
    step: &'static str,
    unit: &str,
    which: fn(&mut Draft) -> &mut ByDays,
    typed: &ByDays,
    wrong: &dyn Fn(&str) -> Option<AttrValue>,
) -> Html {
    let wrong_days = wrong(&format!("{step}/days"));
    let wrong_time = wrong(&format!("{step}/minute"));
    // What was refused is shown, or it could not be mended.
    let shown = typed.on || wrong_days.is_some() || wrong_time.is_some();
    html! {
        <>
            <Check name={format!("{step}-on")} label={t.text("reminders-on")} checked={typed.on}
                on_change={edit(form, move |draft, on: bool| which(draft).on = on)} />
            if shown {
                <TextField name={format!("{step}-days")} label={t.text(unit)} short={true} input_mode="numeric"
                    error={wrong_days} value={typed.days.clone()}
                    on_change={edit(form, move |draft, text: String| which(draft).days = text)} />
                <TextField name={format!("{step}-time")} kind="time" label={t.text("reminders-time")}
                    hint={t.text("reminders-time-hint")} short={true}
                    error={wrong_time} value={typed.time.clone()}
                    on_change={edit(form, move |draft, text: String| which(draft).time = text)} />
            }
        </>
    }
}
