//! Before the first question: why, how long, who will see it.

use crate::routes::Route;
use salus_types::questionnaires::{AssignmentState, QuestionnaireAssignment};
use salus_ui::hooks::use_state;
use salus_ui::{Back, Button, DateStyle, Dialog, Facts, Look, Page, use_action, use_text};
use std::rc::Rc;
use yew::prelude::*;

use super::language_of;

#[derive(Properties, PartialEq)]
pub(super) struct StartProps {
    pub(super) assignment: Rc<QuestionnaireAssignment>,
    /// Begin, or go on.
    pub(super) on_start: Callback<()>,
    /// The draft was put aside.
    pub(super) on_fresh: Callback<()>,
    pub(super) busy: bool,
    pub(super) problem: Html,
}

/// Why, how long, who will see it; then start or go on.
#[component]
pub(super) fn Start(props: &StartProps) -> Html {
    let t = use_text();
    let assignment = &props.assignment;
    let asking = use_state(|| false);
    let language = language_of(&t, &assignment.languages).unwrap_or_default();
    let fresh = {
        let (asking, on_fresh) = (asking.clone(), props.on_fresh.clone());
        use_action(
            |client, id| async move {
                let draft = client.get_my_response(id).await?;
                client.discard_my_response(id, draft.version).await
            },
            move |()| {
                asking.set(false);
                on_fresh.emit(());
            },
        )
    };
    let begun = assignment.state == AssignmentState::InProgress;
    let draft = assignment.response_id.filter(|_| begun);
    let mut facts: Vec<(AttrValue, Html)> = Vec::new();
    if let Some(why) = &assignment.introduction {
        let why = html! { <span lang={language.clone()}>{ why.in_language(&language) }</span> };
        facts.push((t.text("questionnaires-why"), why));
    }
    if let Some(minutes) = assignment.minutes {
        let minutes = t.msg("questionnaires-minutes", salus_ui::args!(count = minutes));
        facts.push((t.text("questionnaires-long"), html! { minutes }));
    }
    let who = t.text("questionnaires-who-text");
    facts.push((t.text("questionnaires-who"), html! { who }));
    let kept = t.text("questionnaires-kept-text");
    facts.push((t.text("questionnaires-kept"), html! { kept }));
    if let Some(due) = assignment.due_on {
        let due = t.date(due, DateStyle::Medium);
        facts.push((t.text("questionnaires-due-by"), html! { due }));
    }
    let open_dialog = {
        let asking = asking.clone();
        Callback::from(move |_| asking.set(true))
    };
    let close_dialog = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(false))
    };
    let back = html! { <Back<Route> to={Route::Questionnaires}>{ t.text("questionnaires-title") }</Back<Route>> };
    let title = AttrValue::from(assignment.title.in_language(&language).to_owned());
    let actions = html! {
        <>
            <Button on_press={close_dialog.reform(|_| ())}>{ t.text("questionnaires-go-back") }</Button>
            if let Some(id) = draft {
                <Button look={Look::Danger} busy={fresh.pending} on_press={fresh.run.reform(move |_| id)}>
                    { t.text("questionnaires-start-over") }
                </Button>
            }
        </>
    };
    html! {
        <Page {title} {back} narrow=true>
            <div class="stack">
                { props.problem.clone() }
                <Facts {facts} />
                <div class="button-row">
                    <Button look={Look::Primary} wide=true busy={props.busy} on_press={props.on_start.reform(|_| ())}>
                        { t.text(if begun { "questionnaires-continue" } else { "questionnaires-start" }) }
                    </Button>
                    if begun {
                        <Button look={Look::Quiet} on_press={open_dialog}>{ t.text("questionnaires-start-over") }</Button>
                    }
                </div>
            </div>
            <Dialog open={*asking} title={t.text("questionnaires-start-over-ask")} on_close={close_dialog} {actions}>
                { fresh.problem() }
                <p>{ t.text("questionnaires-start-over-text") }</p>
            </Dialog>
        </Page>
    }
}
