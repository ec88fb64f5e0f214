//! Publishing what a site says, now or later, and what was published before.

use super::changes::Changes;
use chrono::{NaiveDate, NaiveTime};
use salus_types::portals::{
    ComparisonQuery, PlannedPublication, PortalDraft, PortalVersion, PublishPortal,
    VersionComparison,
};
use salus_types::problem::{PUBLICATION_PLANNED, VERSION_CONFLICT};
use salus_ui::hooks::use_state;
use salus_ui::{
    Badge, Button, Check, Choice, DateField, Dialog, Failure, Look, Note, Select, TextArea,
    TextField, Tone, Waiting, args, instant_at, today_at, use_action, use_query, use_request_key,
    use_text, use_toast,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct VersionsProps {
    pub(super) draft: PortalDraft,
    pub(super) versions: Vec<PortalVersion>,
    pub(super) again: Callback<()>,
}

/// What was published when, by whom; an earlier one can come back.
#[component]
pub(super) fn Versions(props: &VersionsProps) -> Html {
    let t = use_text();
    let chosen = use_state(|| None::<i32>);
    let close = {
        let chosen = chosen.clone();
        Callback::from(move |()| chosen.set(None))
    };
    let waits = is_planned(&props.draft).is_some();
    let row = |one: &PortalVersion| {
        let (chosen, number) = (chosen.clone(), one.number);
        let press = Callback::from(move |_: MouseEvent| chosen.set(Some(number)));
        let by = one.published_by.clone();
        let by = by.unwrap_or_else(|| t.text("setup-history-installation").to_string());
        html! {
            <li class="row" key={number}>
                <div class="row-body">
                    <p class="row-title">{ t.msg("booking-version", args!(number = number)) }</p>
                    <p class="row-text">{ t.stamp(one.published_at) }{ " · " }{ by }</p>
                    if !one.note.is_empty() {
                        <p>{ one.note.clone() }</p>
                    }
                </div>
                if one.published {
                    <Badge tone={Tone::Good} text={t.text("booking-version-now")} />
                } else if !waits {
                    <Button label={t.msg("booking-version-back-of", args!(number = number))} on_press={press}>
                        { t.text("booking-version-back") }
                    </Button>
                }
            </li>
        }
    };
    html! {
        <div class="stack">
            <ul class="rows">{ for props.versions.iter().map(row) }</ul>
            if props.versions.len() > 1 {
                <Compare draft={props.draft.clone()} versions={props.versions.clone()} />
            }
            if let Some(number) = *chosen {
                <Publish draft={props.draft.clone()} version={Some(number)} on_close={close}
                    again={props.again.clone()} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CompareProps {
    draft: PortalDraft,
    versions: Vec<PortalVersion>,
}

/// What any version says otherwise than any other one.
#[component]
fn Compare(props: &CompareProps) -> Html {
    let t = use_text();
    let latest = |place: usize| props.versions.get(place).map_or(1, |one| one.number);
    let later = use_state(|| latest(0));
    let earlier = use_state(|| latest(1));
    let choices: Vec<Choice> = props
        .versions
        .iter()
        .map(|one| {
            let name = t.msg("booking-version", args!(number = one.number));
            Choice::new(one.number.to_string(), name)
        })
        .collect();
    let choose = |state: &salus_ui::hooks::State<i32>| {
        let state = state.clone();
        Callback::from(move |number: String| {
            if let Ok(number) = number.parse() {
                state.set(number);
            }
        })
    };
    html! {
        <div class="stack">
            <h3 class="h3">{ t.text("booking-compare") }</h3>
            <div class="flex flex-wrap gap-4">
                <Select name="earlier" label={t.text("booking-compare-earlier")} choices={choices.clone()}
                    value={earlier.to_string()} on_change={choose(&earlier)} />
                <Select name="later" label={t.text("booking-compare-later")} {choices}
                    value={later.to_string()} on_change={choose(&later)} />
            </div>
            <Compared draft={props.draft.clone()} number={*later} against={*earlier} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ComparedProps {
    draft: PortalDraft,
    number: i32,
    against: i32,
}

/// What one version says otherwise than another.
#[component]
fn Compared(props: &ComparedProps) -> Html {
    let id = props.draft.portal_id;
    let asked = (id, props.number, props.against);
    let found = use_query(asked, |client, (id, number, against)| {
        let query = ComparisonQuery {
            against: Some(against),
        };
        client.compare_portal_versions(id, number, &query)
    });
    found.show(Waiting::Rows(2), |found: &VersionComparison| {
        html! { <Changes draft={props.draft.clone()} changes={found.changes.clone()} /> }
    })
}

/// The publication that is to come.
pub(crate) fn is_planned(draft: &PortalDraft) -> Option<&PlannedPublication> {
    let planned = draft.planned.as_ref();
    planned.filter(|planned| planned.state == "waiting")
}

#[derive(Properties, PartialEq)]
pub(super) struct PlannedProps {
    pub(super) draft: PortalDraft,
    pub(super) planned: PlannedPublication,
    pub(super) again: Callback<()>,
}

/// A publication that is to come and can be called off, or that could not be made.
#[component]
pub(super) fn Planned(props: &PlannedProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (draft, planned) = (&props.draft, &props.planned);
    let call_off = {
        let (again, said, id) = (
            props.again.clone(),
            t.text("booking-planned-off-done"),
            draft.portal_id,
        );
        use_action(
            move |client, ()| client.call_off_publication(id),
            move |_| {
                toast.say(said.clone());
                again.emit(());
            },
        )
    };
    let time = t
        .moment(planned.publish_at, &draft.zone, &draft.name)
        .to_string();
    if planned.state != "waiting" {
        return html! {
            <Note tone={Tone::Warning} title={t.text("booking-planned-failed")}>
                <p>{ t.msg("booking-planned-failed-text", args!(time = time)) }</p>
            </Note>
        };
    }
    let title = match planned.version {
        Some(number) => t.msg("booking-planned-back", args!(number = number, time = time)),
        None => t.msg("booking-planned", args!(time = time)),
    };
    let by = planned.planned_by.clone().unwrap_or_default();
    html! {
        <Note tone={Tone::Info} {title}>
            <div class="stack">
                <p>{ t.msg("booking-planned-text", args!(name = by)) }</p>
                if !planned.note.is_empty() {
                    <p>{ planned.note.clone() }</p>
                }
                { call_off.problem() }
                <div class="button-row">
                    <Button busy={call_off.pending} on_press={call_off.run.reform(|_: MouseEvent| ())}>
                        { t.text("booking-planned-off") }
                    </Button>
                </div>
            </div>
        </Note>
    }
}

/// What [`Publish`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct PublishProps {
    /// The draft as it was read.
    pub(crate) draft: PortalDraft,
    /// The version that comes back; the draft when there is none.
    pub(crate) version: Option<i32>,
    /// It is closed.
    pub(crate) on_close: Callback<()>,
    /// What is shown has to be asked for again.
    pub(crate) again: Callback<()>,
}

/// What will be other than now, what is new about it, and when people see it.
#[component]
pub(crate) fn Publish(props: &PublishProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let draft = &props.draft;
    let zone = draft.zone.as_str();
    let note = use_state(String::new);
    let later = use_state(|| false);
    let day = use_state(|| None::<NaiveDate>);
    let time = use_state(String::new);
    let tried = use_state(|| false);
    let key = use_request_key();
    let publish = {
        let (id, sent) = (draft.portal_id, key.clone());
        let (again, close, t) = (props.again.clone(), props.on_close.clone(), t.clone());
        use_action(
            move |client, command: PublishPortal| {
                let key = sent.get();
                async move { client.publish_portal(id, &key, &command).await }
            },
            move |now| {
                key.renew();
                let planned = is_planned(&now.value).is_some();
                toast.say(t.text(if planned {
                    "booking-planned-done"
                } else {
                    "booking-published"
                }));
                close.emit(());
                again.emit(());
            },
        )
    };
    let at = later.then(|| {
        let time: NaiveTime = time.get(..5)?.parse().ok()?;
        Some(instant_at((*day)?.and_time(time), zone))
    });
    let press = {
        let (draft_version, version) = (draft.version, props.version);
        let (note, tried, run) = (note.clone(), tried.clone(), publish.run.clone());
        Callback::from(move |_: MouseEvent| {
            tried.set(true);
            if at != Some(None) {
                run.emit(PublishPortal {
                    draft_version,
                    version,
                    note: note.trim().to_owned(),
                    publish_at: at.flatten(),
                });
            }
        })
    };
    let write = {
        let note = note.clone();
        Callback::from(move |text| note.set(text))
    };
    let choose_later = {
        let later = later.clone();
        Callback::from(move |chosen| later.set(chosen))
    };
    let choose_day = {
        let day = day.clone();
        Callback::from(move |chosen| day.set(chosen))
    };
    let choose_time = {
        let time = time.clone();
        Callback::from(move |typed| time.set(typed))
    };
    let title = match props.version {
        Some(number) => t.msg("booking-version-back-title", args!(number = number)),
        None => t.text("booking-publish-title"),
    };
    let overtaken = publish.failure.as_ref().is_some_and(is_overtaken);
    let missing = *tried && at == Some(None);
    let wrong_day = missing
        .then(|| t.text("booking-later-needed"))
        .or_else(|| publish.wrong("/publish_at"));
    let actions = html! {
        <Button look={Look::Primary} busy={publish.pending} on_press={press}>
            { t.text(if *later { "booking-plan" } else { "booking-publish" }) }
        </Button>
    };
    let read_again = {
        let (again, close) = (props.again.clone(), props.on_close.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            again.emit(());
        })
    };
    html! {
        <Dialog open={true} {title} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                if let Some(number) = props.version {
                    <Compared draft={draft.clone()} {number} against={draft.published_version} />
                } else {
                    <Changes draft={draft.clone()} changes={draft.changes.clone()} />
                }
                <TextArea name="note" label={t.text("booking-note")} rows={3} max_length={500} optional={true}
                    value={(*note).clone()} on_change={write} />
                <Check name="later" label={t.text("booking-later")} checked={*later} on_change={choose_later} />
                if *later {
                    <DateField name="publish-day" label={t.text("booking-later-day")} value={*day}
                        earliest={today_at(zone)} on_change={choose_day} error={wrong_day} />
                    <TextField name="publish-time" kind="time" label={t.text("booking-later-time")} short={true}
                        hint={t.msg("booking-later-zone", args!(zone = zone))}
                        value={(*time).clone()} on_change={choose_time} />
                } else {
                    <p class="muted">{ t.text("booking-publish-text") }</p>
                }
                if overtaken {
                    <Note tone={Tone::Warning} title={t.text("booking-overtaken")}>
                        <div class="stack">
                            <p>{ t.text("booking-overtaken-text") }</p>
                            <div class="button-row">
                                <Button on_press={read_again}>{ t.text("booking-overtaken-read") }</Button>
                            </div>
                        </div>
                    </Note>
                } else {
                    { publish.problem() }
                }
            </div>
        </Dialog>
    }
}

/// Whether somebody else was quicker.
fn is_overtaken(failure: &Failure) -> bool {
    [VERSION_CONFLICT.slug, PUBLICATION_PLANNED.slug].contains(&failure.slug())
}
