//! When resources are away: the list, the form, what lies under it, the history.

use super::history::{History, Of};
use super::known::Known;
use super::panels::{Can, Open, use_panels};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use salus_types::scheduling::{
    Blackout, ChangeBlackout, ConfirmQuery, CreateBlackout, Modality, OverlappedAppointment,
    SetupQuery,
};
use salus_ui::hooks::{edit, use_state};
use salus_ui::wishes::how;
use salus_ui::{
    Badge, Button, Card, Check, Choice, Column, DataTable, DateField, DateStyle, Dialog, Empty,
    Failure, Look, Note, Radio, Select, Text, TextField, Tone, Waiting, args, today_at, use_action,
    use_leave_guard, use_query, use_request_key, use_text, use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

use super::schedules::times::minute_words;

/// What [`Blackouts`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct BlackoutsProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// Whether one may speak of others than oneself.
    pub(super) may: bool,
}

/// The blackouts in force, or those deleted.
#[component]
pub(super) fn Blackouts(props: &BlackoutsProps) -> Html {
    let t = use_text();
    let schedules = props.may;
    let deleted = use_state(|| false);
    let list = use_query(*deleted, |client, deleted| {
        client.list_blackouts(&SetupQuery {
            location: None,
            deleted: deleted.then_some(true),
        })
    });
    let panels = use_panels(list.refetch.clone());
    let (close, done) = (panels.close(), panels.done());
    if let Some(blackout) = panels.editing() {
        return html! {
            <Editor known={props.known.clone()} {blackout} own_only={!schedules} on_saved={done} on_leave={close} />
        };
    }
    let may_add = schedules || props.known.resources.iter().any(|one| one.own);
    let acts = |one: &Blackout| {
        let can = match (schedules || one.own, one.deleted_at) {
            (false, _) => Can::Read,
            (true, None) => Can::Change,
            // It is asked first: visits may lie there meanwhile.
            (true, Some(_)) => Can::Restore {
                on_press: panels.show(Open::Restore(one.clone())),
                busy: false,
            },
        };
        panels.acts(&t, one, one.id, can)
    };
    html! {
        <div class="stack">
            { panels.above(&t, may_add.then_some("setup-blackout-new"), &deleted) }
            { list.show(Waiting::Rows(4), |page| if page.items.is_empty() {
                html! {
                    <Empty icon="calendar-days" title={t.text("setup-blackouts-none")}
                        text={t.text(if *deleted { "setup-deleted-none" } else { "setup-blackouts-none-text" })} />
                }
            } else {
                let row = |one: &Blackout| row(&t, &props.known, one, acts(one));
                let rows: Vec<_> = page.items.iter().map(row).collect();
                html! { <DataTable caption={t.text("setup-blackouts")} columns={columns(&t)} {rows} /> }
            }) }
            if let Open::History(id) = *panels.open() {
                <History of={Of::Blackout(id)} known={props.known.clone()} on_close={close.clone()} />
            }
            if let Open::Delete(blackout) = panels.open() {
                <Ask blackout={blackout.clone()} known={props.known.clone()} restores={false}
                    on_close={close.clone()} on_done={done.clone()} />
            }
            if let Open::Restore(blackout) = panels.open() {
                <Ask blackout={blackout.clone()} known={props.known.clone()} restores={true}
                    on_close={close} on_done={done} />
            }
        </div>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("setup-blackout-who")),
        Column::new(t.text("setup-blackout-when")),
        Column::new(t.text("setup-field-reason")),
        Column::new(t.text("setup-blackout-repeats")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn who(t: &Text, known: &Known, one: &Blackout) -> String {
    match (one.resource_id, one.location_id) {
        (Some(id), _) => known.resource(id),
        (None, Some(id)) => known.place(id),
        (None, None) => t.text("setup-blackout-everybody").to_string(),
    }
}

/// A local date and time.
fn local_words(t: &Text, local: NaiveDateTime) -> String {
    let minute = local.hour() * 60 + local.minute();
    let time = minute_words(t, u16::try_from(minute).unwrap_or_default());
    format!("{}, {time}", t.date(local.date(), DateStyle::Short))
}

fn when(t: &Text, one: &Blackout) -> String {
    if !one.whole_days {
        let (from, until) = (one.starts_local, one.ends_local);
        return format!("{} – {}", local_words(t, from), local_words(t, until));
    }
    let first = t.date(one.starts_local.date(), DateStyle::Short);
    let last = t.date(one.ends_local.date(), DateStyle::Short);
    if first == last {
        first.to_string()
    } else {
        format!("{first} – {last}")
    }
}

fn row(t: &Text, known: &Known, one: &Blackout, acts: Html) -> (AttrValue, Vec<Html>) {
    let repeats = if one.yearly {
        "setup-blackout-yearly"
    } else {
        "setup-blackout-once"
    };
    let how = one.modality.map(|modality| how(t, modality));
    let cells = vec![
        html! {
            <>
                { who(t, known, one) }
                if let Some(how) = how {
                    { " " }<Badge tone={Tone::Neutral} text={how} />
                }
                if one.deleted_at.is_some() {
                    { " " }<Badge tone={Tone::Neutral} text={t.text("setup-deleted")} />
                }
            </>
        },
        html! { <span class="numbers">{ when(t, one) }</span> },
        html! { { &one.reason } },
        html! { { t.text(repeats) } },
        acts,
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

/// What was typed so far.
#[derive(Clone, PartialEq)]
struct Draft {
    target: String,
    whole_days: bool,
    first: Option<NaiveDate>,
    from: String,
    last: Option<NaiveDate>,
    until: String,
    modality: String,
    reason: String,
    yearly: bool,
}

const EVERYBODY: &str = "everybody";

impl Draft {
    fn new(known: &Known, own_only: bool, today: NaiveDate) -> Self {
        let own = known.resources.iter().find(|one| one.own);
        let target = match own.filter(|_| own_only) {
            Some(own) => own.id.to_string(),
            None => EVERYBODY.to_owned(),
        };
        Self {
            target,
            whole_days: true,
            first: Some(today),
            from: "08:00".to_owned(),
            last: Some(today),
            until: "17:00".to_owned(),
            modality: "both".to_owned(),
            reason: String::new(),
            yearly: false,
        }
    }

    fn of(one: &Blackout) -> Self {
        let target = match (one.resource_id, one.location_id) {
            (Some(id), _) => id.to_string(),
            (None, Some(id)) => id.to_string(),
            (None, None) => EVERYBODY.to_owned(),
        };
        let typed = |local: NaiveDateTime| local.format("%H:%M").to_string();
        Self {
            target,
            whole_days: one.whole_days,
            first: Some(one.starts_local.date()),
            from: typed(one.starts_local),
            last: Some(one.ends_local.date()),
            until: typed(one.ends_local),
            modality: one.modality.map_or("both", Modality::as_str).to_owned(),
            reason: one.reason.clone(),
            yearly: one.yearly,
        }
    }

    /// What would be sent; nothing while it is not known from when and until when.
    fn command(&self, known: &Known) -> Option<CreateBlackout> {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
        let at = |date: Option<NaiveDate>, text: &str| {
            let time = if self.whole_days {
                NaiveTime::MIN
            } else {
                time(text)?
            };
            Some(date?.and_time(time))
        };
        let is_resource = known
            .resources
            .iter()
            .any(|one| one.id.to_string() == self.target);
        Some(CreateBlackout {
            resource_id: self.target.parse().ok().filter(|_| is_resource),
            location_id: self.target.parse().ok().filter(|_| !is_resource),
            starts_local: at(self.first, &self.from)?,
            ends_local: at(self.last, &self.until)?,
            whole_days: self.whole_days,
            modality: Modality::parse(&self.modality),
            reason: self.reason.clone(),
            yearly: self.yearly,
            confirm: false,
        })
    }
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    known: Rc<Known>,
    /// What is changed; a new one is made when absent.
    blackout: Option<Blackout>,
    /// Whether one may speak of oneself only.
    own_only: bool,
    on_saved: Callback<()>,
    on_leave: Callback<()>,
}

/// A blackout, new or changed.
#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let key = use_request_key();
    let before = props.blackout.clone();
    let first = use_memo((), |()| {
        let zone = props.known.places.first().map(|place| place.zone.clone());
        let today = today_at(zone.as_deref().unwrap_or("UTC"));
        before.as_ref().map_or_else(
            || Draft::new(&props.known, props.own_only, today),
            Draft::of,
        )
    });
    let form = use_state(|| (*first).clone());
    use_leave_guard(*form != *first);
    let tried = use_state(|| false);
    let is_new = before.is_none();
    let save = {
        let key_to_send = key.get();
        let (done, saved) = (props.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, command: CreateBlackout| {
                let (key, before) = (key_to_send.clone(), before.clone());
                async move {
                    match before {
                        Some(one) => {
                            let change = ChangeBlackout::from(command);
                            client.change_blackout(one.id, one.version, &change).await
                        }
                        None => client.create_blackout(&key, &command).await,
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
    let command = form.command(&props.known);
    let under = save.failure.as_ref().and_then(Under::of);
    // Once the visits were shown, saving again means it; another time is asked about anew.
    let shown_for = use_state(|| None::<CreateBlackout>);
    let seen = under.is_some() && command.is_some() && *shown_for == command;
    let submit = {
        let (run, tried, command) = (save.run.clone(), tried.clone(), command.clone());
        let shown_for = shown_for.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            if let Some(command) = command.clone() {
                shown_for.set(Some(command.clone()));
                run.emit(CreateBlackout {
                    confirm: seen,
                    ..command
                });
            }
        })
    };
    let missing =
        |date: Option<NaiveDate>| (*tried && date.is_none()).then(|| t.text("setup-date-missing"));
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    let title = if is_new {
        "setup-blackout-new"
    } else {
        "setup-blackout-change"
    };
    let lengths = vec![
        Choice::new("days", t.text("setup-blackout-days")),
        Choice::new("times", t.text("setup-blackout-times")),
    ];
    let length = if form.whole_days { "days" } else { "times" };
    let time = |name: &'static str, label: &str, value: &str, on_change| {
        html! {
            <TextField {name} kind="time" label={t.text(label)} value={value.to_owned()} {on_change} />
        }
    };
    let modalities = vec![
        Choice::new("both", t.text("setup-modality-both")),
        Choice::new("in_person", t.text("appointment-in-person")),
        Choice::new("telehealth", t.text("appointment-telehealth")),
    ];
    html! {
        <Card title={t.text(title)}>
            <form class="form" onsubmit={submit} novalidate={true}>
                <Select name="target" label={t.text("setup-blackout-who")} choices={targets(&t, props)}
                    error={save.wrong("/resource_id").or_else(|| save.wrong("/location_id"))} value={form.target.clone()}
                    on_change={edit(&form, |draft, id: String| draft.target = id)} />
                <Radio name="length" label={t.text("setup-blackout-length")} inline={true} choices={lengths} value={length}
                    on_change={edit(&form, |draft, word: String| draft.whole_days = word == "days")} />
                <div class="flex flex-wrap items-end gap-3">
                    <DateField name="first" label={t.text("setup-blackout-first")} value={form.first}
                        error={missing(form.first)}
                        on_change={edit(&form, |draft, date: Option<NaiveDate>| {
                            // Whoever says when it begins has not said when it ends.
                            draft.last = draft.last.max(date);
                            draft.first = date;
                        })} />
                    if !form.whole_days {
                        { time("from", "setup-hours-from", &form.from, edit(&form, |draft, text: String| draft.from = text)) }
                    }
                </div>
                <div class="flex flex-wrap items-end gap-3">
                    <DateField name="last" label={t.text("setup-blackout-last")} value={form.last}
                        error={missing(form.last).or_else(|| save.wrong("/ends_local"))}
                        on_change={edit(&form, |draft, date: Option<NaiveDate>| draft.last = date)} />
                    if !form.whole_days {
                        { time("until", "setup-hours-to", &form.until, edit(&form, |draft, text: String| draft.until = text)) }
                    }
                </div>
                <Check name="yearly" label={t.text("setup-blackout-each-year")} hint={t.text("setup-blackout-each-year-hint")}
                    checked={form.yearly} on_change={edit(&form, |draft, on: bool| draft.yearly = on)} />
                <Select name="modality" label={t.text("setup-field-modality")} choices={modalities}
                    value={form.modality.clone()}
                    on_change={edit(&form, |draft, text: String| draft.modality = text)} />
                <TextField name="reason" label={t.text("setup-field-reason")} optional={true} max_length={200}
                    hint={t.text("setup-blackout-reason-hint")} error={save.wrong("/reason")} value={form.reason.clone()}
                    on_change={edit(&form, |draft, text: String| draft.reason = text)} />
                if let (Some(under), true) = (&under, seen) {
                    { under.show(&t) }
                } else if under.is_none() {
                    { save.problem() }
                }
                <div class="button-row">
                    <Button look={Look::Primary} submit={true} busy={save.pending}>
                        { t.text(if seen { "setup-blackout-anyway" } else { "save" }) }
                    </Button>
                    <Button look={Look::Quiet} on_press={leave}>{ t.text("cancel") }</Button>
                </div>
            </form>
        </Card>
    }
}

fn targets(t: &Text, props: &EditorProps) -> Vec<Choice> {
    let known = &props.known;
    if props.own_only {
        let own = known.resources.iter().filter(|one| one.own);
        let choice = |one: &salus_types::scheduling::Resource| {
            Choice::new(one.id.to_string(), one.name.clone())
        };
        return own.map(choice).collect();
    }
    let everybody = Choice::new(EVERYBODY, t.text("setup-blackout-everybody"));
    let mut all = vec![everybody];
    all.extend(known.place_choices());
    all.extend(known.resource_choices());
    all
}

/// The visits that lie under a blackout, as the server told.
struct Under {
    count: u64,
    visits: Vec<OverlappedAppointment>,
}

impl Under {
    fn of(failure: &Failure) -> Option<Self> {
        Some(Self {
            count: failure.more("count")?.as_u64()?,
            visits: salus_client::read_value(failure.more("appointments")?)?,
        })
    }

    fn show(&self, t: &Text) -> Html {
        let count = u32::try_from(self.count).unwrap_or(u32::MAX);
        let title = t.msg("setup-blackout-under", args!(count = count));
        html! {
            <Note tone={Tone::Warning} {title}>
                <p>{ t.text("setup-blackout-under-text") }</p>
                <ul class="small">
                    { for self.visits.iter().map(|one| html! {
                        <li key={one.id.to_string()}>
                            <span class="numbers">{ t.moment(one.starts_at, &one.zone, &one.place) }</span>
                            { " · " }{ &one.type_name }
                        </li>
                    }) }
                </ul>
            </Note>
        }
    }
}

#[derive(Properties, PartialEq)]
struct AskProps {
    blackout: Blackout,
    known: Rc<Known>,
    restores: bool,
    on_close: Callback<()>,
    on_done: Callback<()>,
}

/// Asks before a blackout is deleted or restored.
#[component]
fn Ask(props: &AskProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version, restores) = (props.blackout.id, props.blackout.version, props.restores);
    let (title, said, label) = if restores {
        ("setup-blackout-restore", "setup-restored", "setup-restore")
    } else {
        ("setup-blackout-delete", "setup-deleted-done", "delete")
    };
    let act = {
        let (done, said) = (props.on_done.clone(), t.text(said));
        use_action(
            move |client, confirmed: bool| async move {
                if restores {
                    let confirm = confirmed.then_some(true);
                    let query = ConfirmQuery { confirm };
                    client.restore_blackout(id, version, &query).await
                } else {
                    client.delete_blackout(id, version).await
                }
            },
            move |_| {
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let under = act.failure.as_ref().and_then(Under::of);
    let seen = under.is_some();
    let on_press = act.run.reform(move |_: MouseEvent| seen);
    let label = if seen { "setup-blackout-anyway" } else { label };
    let look = if restores {
        Look::Primary
    } else {
        Look::Danger
    };
    let actions = html! { <Button {look} busy={act.pending} {on_press}>{ t.text(label) }</Button> };
    html! {
        <Dialog open={true} title={t.text(title)} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p>
                    <strong>{ who(&t, &props.known, &props.blackout) }</strong>{ " · " }
                    <span class="numbers">{ when(&t, &props.blackout) }</span>
                </p>
                if let Some(under) = under {
                    { under.show(&t) }
                } else {
                    { act.problem() }
                }
            </div>
        </Dialog>
    }
}
