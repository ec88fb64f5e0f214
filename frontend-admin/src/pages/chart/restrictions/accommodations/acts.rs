//! Ending an accommodation and marking it as a mistake; each asks first.

use super::kind_name;
use salus_types::work_status::{
    AccommodationAct, ClinicAccommodation, EndAccommodation, MarkAccommodationAsError, Phase,
};
use salus_ui::hooks::use_state;
use salus_ui::{Button, Dialog, Look, TextField, use_action, use_text, use_toast};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct RowActsProps {
    /// The accommodation.
    pub(super) accommodation: ClinicAccommodation,
    /// To change what it says.
    pub(super) on_change: Callback<()>,
    /// After something changed.
    pub(super) on_done: Callback<()>,
}

/// What can be done with one accommodation.
#[component]
pub(super) fn RowActs(props: &RowActsProps) -> Html {
    let t = use_text();
    let asked = use_state(|| None::<AccommodationAct>);
    let reason = use_state(String::new);
    let toast = use_toast();
    let one = &props.accommodation;
    let (id, version) = (one.id, one.version);
    let act = use_action(
        move |client, mistake: Option<String>| async move {
            match mistake {
                Some(reason) => {
                    let mark = MarkAccommodationAsError { reason };
                    client.mark_accommodation_as_error(id, version, &mark).await
                }
                None => {
                    let now = EndAccommodation::default();
                    client.end_accommodation(id, version, &now).await
                }
            }
        },
        {
            let (asked, done) = (asked.clone(), props.on_done.clone());
            let saved = t.text("restrictions-saved");
            move |_| {
                asked.set(None);
                toast.say(saved.clone());
                done.emit(());
            }
        },
    );
    let ask = |what: AccommodationAct| {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(Some(what)))
    };
    let on_close = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    let may = |wanted: AccommodationAct| one.allowed.contains(&wanted);
    let end_word = if one.phase == Phase::Planned {
        "restrictions-cancel"
    } else {
        "restrictions-end-now"
    };
    let is_mistake = *asked == Some(AccommodationAct::MarkAsError);
    let word = if is_mistake {
        "restrictions-error-mark"
    } else {
        end_word
    };
    let on_press = {
        let (reason, run) = (reason.clone(), act.run.clone());
        Callback::from(move |_: MouseEvent| run.emit(is_mistake.then(|| (*reason).clone())))
    };
    let on_reason = {
        let reason = reason.clone();
        Callback::from(move |text: String| reason.set(text))
    };
    let save = html! {
        <Button look={Look::Danger} busy={act.pending} {on_press}>{ t.text(word) }</Button>
    };
    html! {
        <>
            if may(AccommodationAct::Change) {
                <Button look={Look::Quiet} on_press={props.on_change.reform(|_: MouseEvent| ())}>
                    { t.text("restrictions-change") }
                </Button>
            }
            if may(AccommodationAct::End) {
                <Button look={Look::Quiet} on_press={ask(AccommodationAct::End)}>{ t.text("restrictions-end") }</Button>
            }
            if may(AccommodationAct::MarkAsError) {
                <Button look={Look::Quiet} on_press={ask(AccommodationAct::MarkAsError)}>
                    { t.text("restrictions-error-mark") }
                </Button>
            }
            <Dialog open={asked.is_some()} title={t.text(word)} {on_close} actions={save}>
                <p>{ kind_name(&t, one.kind) }</p>
                if is_mistake {
                    <TextField name="reason" label={t.text("restrictions-error-reason")} max_length={200}
                        error={act.wrong("/reason")} value={(*reason).clone()} on_change={on_reason} />
                }
                { act.problem() }
            </Dialog>
        </>
    }
}
