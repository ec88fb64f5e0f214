//! Extending, ending, marking as a mistake; each asks first.

use chrono::NaiveDate;
use salus_types::ids::PersonId;
use salus_types::work_status::{
    ClinicRestriction, EndAllRestrictions, EndRestriction, ExtendRestriction, LocalMoment,
    MarkRestrictionAsError, Phase, RestrictionAct,
};
use salus_ui::hooks::use_state;
use salus_ui::{Button, DateField, Dialog, Look, TextField, args, use_action, use_text, use_toast};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct RowActsProps {
    /// The restriction.
    pub(super) restriction: ClinicRestriction,
    /// To change what it says.
    pub(super) on_change: Callback<ClinicRestriction>,
    /// After something changed.
    pub(super) on_done: Callback<()>,
}

#[derive(Clone, PartialEq)]
enum Asked {
    Nothing,
    Extend,
    End,
    Error,
}

#[derive(Clone)]
enum Command {
    Extend(NaiveDate),
    End,
    Error(String),
}

/// What can be done with one restriction.
#[component]
pub(super) fn RowActs(props: &RowActsProps) -> Html {
    let t = use_text();
    let asked = use_state(|| Asked::Nothing);
    let until = use_state(|| None::<NaiveDate>);
    let missing = use_state(|| false);
    let reason = use_state(String::new);
    let toast = use_toast();
    let one = &props.restriction;
    let (id, version) = (one.id, one.version);
    let act = use_action(
        move |client, command: Command| async move {
            match command {
                Command::Extend(date) => {
                    let to = ExtendRestriction {
                        ends: Some(LocalMoment::on(date)),
                        ..ExtendRestriction::default()
                    };
                    client.extend_restriction(id, version, &to).await
                }
                Command::End => {
                    client
                        .end_restriction(id, version, &EndRestriction::default())
                        .await
                }
                Command::Error(reason) => {
                    let mark = MarkRestrictionAsError { reason };
                    client.mark_restriction_as_error(id, version, &mark).await
                }
            }
        },
        {
            let (asked, done) = (asked.clone(), props.on_done.clone());
            let saved = t.text("restrictions-saved");
            move |_| {
                asked.set(Asked::Nothing);
                toast.say(saved.clone());
                done.emit(());
            }
        },
    );
    let ask = |what: Asked| {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(what.clone()))
    };
    let on_close = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(Asked::Nothing))
    };
    let button = |what: Asked, look: Look, id: &str| {
        html! { <Button {look} on_press={ask(what)}>{ t.text(id) }</Button> }
    };
    let no_day = || (*missing && until.is_none()).then(|| t.text("restrictions-extend-missing"));
    let (title, body, save) = match &*asked {
        Asked::Nothing => (AttrValue::default(), Html::default(), Html::default()),
        Asked::Extend => {
            let on_change = {
                let until = until.clone();
                Callback::from(move |date: Option<NaiveDate>| until.set(date))
            };
            let on_press = {
                let (until, run, missing) = (until.clone(), act.run.clone(), missing.clone());
                Callback::from(move |_: MouseEvent| match *until {
                    Some(date) => run.emit(Command::Extend(date)),
                    None => missing.set(true),
                })
            };
            let body = html! {
                <DateField name="until" label={t.text("restrictions-extend-to")} value={*until}
                    error={act.wrong("/ends").or_else(no_day)} earliest={one.period.ends.map(|ends| ends.date)}
                    {on_change} />
            };
            let save = html! {
                <Button look={Look::Primary} busy={act.pending} {on_press}>{ t.text("restrictions-extend-save") }</Button>
            };
            (t.text("restrictions-extend-title"), body, save)
        }
        Asked::End => {
            let word = if one.phase == Phase::Planned {
                "restrictions-cancel"
            } else {
                "restrictions-end-now"
            };
            let on_press = act.run.reform(|_: MouseEvent| Command::End);
            let said = AttrValue::from(super::said(&t, one));
            let save = html! {
                <Button look={Look::Danger} busy={act.pending} {on_press}>{ t.text(word) }</Button>
            };
            (t.text(word), html! { <p>{ said }</p> }, save)
        }
        Asked::Error => {
            let on_change = {
                let reason = reason.clone();
                Callback::from(move |text: String| reason.set(text))
            };
            let on_press = {
                let (reason, run) = (reason.clone(), act.run.clone());
                Callback::from(move |_: MouseEvent| run.emit(Command::Error((*reason).clone())))
            };
            let body = html! {
                <TextField name="reason" label={t.text("restrictions-error-reason")} max_length={200}
                    error={act.wrong("/reason")} value={(*reason).clone()} {on_change} />
            };
            let save = html! {
                <Button look={Look::Danger} busy={act.pending} {on_press}>{ t.text("restrictions-error-mark") }</Button>
            };
            (t.text("restrictions-error-mark"), body, save)
        }
    };
    let may = |wanted: RestrictionAct| one.allowed.contains(&wanted);
    let change = {
        let one = one.clone();
        props.on_change.reform(move |_: MouseEvent| one.clone())
    };
    html! {
        <>
            if may(RestrictionAct::Change) {
                <Button look={Look::Quiet} on_press={change}>{ t.text("restrictions-change") }</Button>
            }
            if may(RestrictionAct::Extend) {
                { button(Asked::Extend, Look::Quiet, "restrictions-extend") }
            }
            if may(RestrictionAct::End) {
                { button(Asked::End, Look::Quiet, "restrictions-end") }
            }
            if may(RestrictionAct::MarkAsError) {
                { button(Asked::Error, Look::Quiet, "restrictions-error-mark") }
            }
            <Dialog open={*asked != Asked::Nothing} {title} {on_close} actions={save}>
                { body }
                { act.problem() }
            </Dialog>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct EndAllProps {
    /// Whose.
    pub(super) person: PersonId,
    /// Those that would be ended or cancelled.
    pub(super) items: Vec<ClinicRestriction>,
    /// After they were.
    pub(super) on_done: Callback<()>,
}

/// Ends everything, after a list to confirm.
#[component]
pub(super) fn EndAll(props: &EndAllProps) -> Html {
    let t = use_text();
    let open = use_state(|| false);
    let person = props.person;
    let act = use_action(
        move |client, confirmed| {
            let command = EndAllRestrictions { confirmed };
            client.end_all_restrictions(person, &command)
        },
        {
            let (open, done) = (open.clone(), props.on_done.clone());
            move |_| {
                open.set(false);
                done.emit(());
            }
        },
    );
    if props.items.len() < 2 {
        return Html::default();
    }
    let show = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(true))
    };
    let on_close = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    let confirmed: Vec<_> = props.items.iter().map(|one| one.id).collect();
    let count = confirmed.len();
    let on_press = act.run.reform(move |_: MouseEvent| confirmed.clone());
    let actions = html! {
        <Button look={Look::Danger} busy={act.pending} {on_press}>
            { t.msg("restrictions-end-all-confirm", args!(count = count)) }
        </Button>
    };
    html! {
        <>
            <Button on_press={show}>{ t.text("restrictions-end-all") }</Button>
            <Dialog open={*open} title={t.text("restrictions-end-all-title")} {on_close} {actions}>
                <p>{ t.text("restrictions-end-all-lead") }</p>
                <ul>{ for props.items.iter().map(|one| html! { <li>{ super::said(&t, one) }</li> }) }</ul>
                { act.problem() }
            </Dialog>
        </>
    }
}
