//! One visit of the calendar: who, what, what was written, moving it and giving it back.

use super::acts;
use super::again::{BookAgain, Others};
use super::columns::Wanted;
use super::moving::MoveTo;
use super::state_badge;
use super::steps::Steps;
use crate::routes::Route;
use salus_types::scheduling::{
    Act, CancelAppointment, ClinicAppointment, DeletedQuery, Modality, State,
};
use salus_ui::hooks::use_state;
use salus_ui::{
    Button, Choice, Dialog, Facts, Go, Look, Radio, Text, TextArea, Waiting, args, region_name,
    use_action, use_query, use_text, use_toast,
};
use yew::prelude::*;

/// What [`VisitPanel`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct VisitPanelProps {
    /// The visit.
    pub(crate) visit: ClinicAppointment,
    /// Where it is to be, if it was dragged.
    #[prop_or_default]
    pub(crate) wanted: Option<Wanted>,
    /// The panel is closed.
    pub(crate) on_close: Callback<()>,
    /// The visit was changed.
    pub(crate) on_changed: Callback<()>,
}

/// What the panel asks about.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    /// What is done with the visit.
    Act(Act),
    /// Another visit like it.
    Again,
}

/// The panel of a visit.
#[component]
pub(crate) fn VisitPanel(props: &VisitPanelProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let asked = use_state(|| props.wanted.as_ref().map(|_| Asked::Act(Act::Move)));
    let ask = |what: Option<Asked>| {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(what))
    };
    let button = |act: Act| {
        let look = match act {
            Act::Cancel | Act::Deny | Act::Strike => Look::Danger,
            _ => Look::Plain,
        };
        html! { <Button {look} on_press={ask(Some(Asked::Act(act)))}>{ acts::name(&t, act) }</Button> }
    };
    let asking = [Act::Correct, Act::Move, Act::Deny, Act::Cancel, Act::Strike];
    let open = asking.into_iter().filter(|act| visit.allowed.contains(act));
    let actions = if asked.is_some() {
        html! { <Button on_press={ask(None)}>{ t.text("back") }</Button> }
    } else {
        html! {
            <>
                { for open.map(button) }
                <Button on_press={ask(Some(Asked::Again))}>{ t.text("calendar-again") }</Button>
            </>
        }
    };
    let form = match *asked {
        Some(Asked::Again) => {
            html! { <BookAgain visit={visit.clone()} on_changed={props.on_changed.clone()} /> }
        }
        Some(Asked::Act(Act::Cancel)) => {
            html! { <GiveBack visit={visit.clone()} on_changed={props.on_changed.clone()} /> }
        }
        Some(Asked::Act(Act::Move)) => {
            html! {
                <MoveTo visit={visit.clone()} wanted={props.wanted.clone()} on_changed={props.on_changed.clone()} />
            }
        }
        Some(Asked::Act(Act::Deny)) => {
            html! { <acts::Deny visit={visit.clone()} on_changed={props.on_changed.clone()} /> }
        }
        Some(Asked::Act(Act::Correct)) => {
            html! { <acts::Correct visit={visit.clone()} on_changed={props.on_changed.clone()} /> }
        }
        Some(Asked::Act(Act::Strike)) => {
            html! { <acts::Strike visit={visit.clone()} on_changed={props.on_changed.clone()} /> }
        }
        _ => html! { <acts::Acts visit={visit.clone()} on_changed={props.on_changed.clone()} /> },
    };
    html! {
        <Dialog open={true} title={visit.person.name.clone()} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <div>{ state_badge(&t, visit.state) }</div>
                <Facts facts={facts(&t, visit)} />
                <p>
                    <Go<Route> to={Route::Chart { id: visit.person.id }}>{ t.text("calendar-open-chart") }</Go<Route>>
                </p>
                { form }
                if asked.is_none() {
                    <Opened title={t.text("calendar-history")}>
                        <Steps of={visit.id} version={visit.version} />
                    </Opened>
                    <Opened title={t.text("calendar-others")}>
                        <Others visit={visit.clone()} />
                    </Opened>
                }
            </div>
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
struct OpenedProps {
    title: AttrValue,
    children: Html,
}

/// Something more to be opened; it is asked for when it is.
#[component]
fn Opened(props: &OpenedProps) -> Html {
    let opened = use_state(|| false);
    let ontoggle = {
        let opened = opened.clone();
        Callback::from(move |_: Event| opened.set(true))
    };
    html! {
        <details {ontoggle}>
            <summary class="h3">{ props.title.clone() }</summary>
            if *opened {
                { props.children.clone() }
            }
        </details>
    }
}

fn facts(t: &Text, visit: &ClinicAppointment) -> Vec<(AttrValue, Html)> {
    let names: Vec<_> = visit.resources.iter().map(|r| r.name.clone()).collect();
    let mut facts = vec![
        (
            t.text("calendar-type"),
            html! { visit.appointment_type.name.clone() },
        ),
        (
            t.text("appointment-when"),
            html! {
                <span class="numbers">
                    { t.time(visit.starts_at, &visit.zone) }{ "–" }{ t.time(visit.ends_at, &visit.zone) }
                </span>
            },
        ),
        (t.text("appointment-with"), html! { names.join(", ") }),
    ];
    if visit.modality == Modality::Telehealth {
        let online = t.text("appointment-telehealth");
        let region = visit.region.as_ref().map(|code| region_name(t, code));
        let how = region.map_or_else(|| online.to_string(), |name| format!("{online} · {name}"));
        facts.push((t.text("appointment-how"), html! { how }));
    }
    if let Some(came) = visit.checked_in_at {
        let at = t.time(came, &visit.zone);
        facts.push((
            t.text("calendar-checked-in"),
            html! { <span class="numbers">{ at }</span> },
        ));
    }
    let in_the_end = match visit.state {
        State::EnteredInError => "calendar-struck",
        _ => "calendar-comment-cancel",
    };
    let written = [
        ("calendar-comment-booking", &visit.comment),
        ("calendar-comment-supervisor", &visit.supervisor_comment),
        ("calendar-check-in-comment", &visit.check_in_comment),
        ("calendar-denial", &visit.denial),
        ("calendar-reason", &visit.cancel_reason),
        (in_the_end, &visit.cancel_comment),
    ];
    for (name, value) in written {
        if let Some(value) = value {
            facts.push((t.text(name), html! { value.clone() }));
        }
    }
    if let Some(rules) = &visit.set_aside {
        let kinds = rules.kinds.iter();
        let kinds = kinds.map(|kind| t.msg("calendar-override-kind", args!(kind = kind.as_str())));
        let lines = kinds.map(|kind| html! { <p>{ kind }</p> });
        facts.push((
            t.text("calendar-override"),
            html! { <>{ for lines }<p class="muted">{ rules.reason.clone() }</p></> },
        ));
    }
    facts
}

#[derive(Properties, PartialEq)]
struct GiveBackProps {
    visit: ClinicAppointment,
    on_changed: Callback<()>,
}

/// Why the clinic gives the visit back.
#[component]
fn GiveBack(props: &GiveBackProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let visit = &props.visit;
    let reason = use_state(String::new);
    let words = use_state(String::new);
    let missing = use_state(|| None::<&'static str>);
    let reasons = use_query((), |client, ()| {
        client.list_cancel_reasons(&DeletedQuery::default())
    });
    let cancel = {
        let (id, version) = (visit.id, visit.version);
        let (said, changed) = (t.text("appointment-cancelled"), props.on_changed.clone());
        use_action(
            move |client, command: CancelAppointment| {
                client.cancel_appointment(id, version, &command)
            },
            move |_| {
                toast.say(said.clone());
                changed.emit(());
            },
        )
    };
    let wants_text = reasons
        .data
        .as_ref()
        .is_some_and(|list| list.items.iter().any(|r| r.code == *reason && r.wants_text));
    let send = {
        let (reason, words, missing, run) = (
            reason.clone(),
            words.clone(),
            missing.clone(),
            cancel.run.clone(),
        );
        Callback::from(move |_: MouseEvent| {
            let written = words.trim().to_owned();
            if reason.is_empty() {
                missing.set(Some("reason"));
            } else if wants_text && written.is_empty() {
                missing.set(Some("comment"));
            } else {
                missing.set(None);
                run.emit(CancelAppointment {
                    reason: (*reason).clone(),
                    comment: (!written.is_empty()).then_some(written),
                });
            }
        })
    };
    let choose = {
        let reason = reason.clone();
        Callback::from(move |code| reason.set(code))
    };
    let write = {
        let words = words.clone();
        Callback::from(move |text| words.set(text))
    };
    let needed = |field: &str| (*missing == Some(field)).then(|| t.text("appointment-needed"));
    html! {
        <div class="stack">
            <p>{ t.msg("calendar-cancel-lead", args!(name = visit.person.name.clone())) }</p>
            { cancel.problem() }
            { reasons.show(Waiting::Rows(3), |list| {
                let offered = list.items.iter().filter(|r| r.offered);
                let choices: Vec<Choice> = offered.map(|r| {
                    let missed = if r.no_show { format!(" · {}", t.text("setup-field-no-show")) } else { String::new() };
                    Choice::new(r.code.clone(), format!("{}{missed}", r.label))
                }).collect();
                html! {
                    <Radio name="reason" label={t.text("appointment-cancel-why")} {choices}
                        value={(*reason).clone()} on_change={choose.clone()} error={needed("reason")} />
                }
            }) }
            <TextArea name="comment" label={t.text("calendar-comment-cancel")} rows={2} max_length={500}
                optional={!wants_text} value={(*words).clone()} on_change={write} error={needed("comment")} />
            <div class="button-row">
                <Button look={Look::Danger} busy={cancel.pending} on_press={send}>
                    { t.text("calendar-cancel") }
                </Button>
            </div>
        </div>
    }
}
