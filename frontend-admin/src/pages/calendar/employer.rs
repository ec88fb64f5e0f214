//! For which employer a visit is, where the server cannot tell.

use salus_types::ids::{EmployerId, PersonId};
use salus_types::people::{Employment, Person};
use salus_ui::hooks::use_state;
use salus_ui::{Button, Choice, Look, Note, Select, Tone, Waiting, use_query, use_text};
use yew::prelude::*;

/// What [`WhichEmployer`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct WhichEmployerProps {
    /// Whose visit it is.
    pub(super) person: PersonId,
    /// Whether it is being booked.
    pub(super) busy: bool,
    /// An employer was named.
    pub(super) on_send: Callback<EmployerId>,
}

/// Asks for which employer a visit is: a person may work for several.
#[component]
pub(super) fn WhichEmployer(props: &WhichEmployerProps) -> Html {
    let t = use_text();
    let chosen = use_state(|| None::<EmployerId>);
    let missing = use_state(|| false);
    let person = use_query(props.person, |client, id| client.get_person(id));
    let choose = {
        let (chosen, missing) = (chosen.clone(), missing.clone());
        Callback::from(move |id: String| {
            chosen.set(id.parse().ok());
            missing.set(false);
        })
    };
    let send = {
        let (chosen, missing) = (chosen.clone(), missing.clone());
        let on_send = props.on_send.clone();
        Callback::from(move |_: MouseEvent| match *chosen {
            Some(employer) => on_send.emit(employer),
            None => missing.set(true),
        })
    };
    html! {
        <Note tone={Tone::Warning} title={t.text("calendar-employer-title")}>
            { person.show(Waiting::Rows(1), |found| html! {
                <Select name="employer" label={t.text("calendar-employer")} choices={employers(&found.value)}
                    value={chosen.map(|id| id.to_string()).unwrap_or_default()} on_change={choose.clone()}
                    error={missing.then(|| t.text("appointment-needed"))} />
            }) }
            <div class="button-row">
                <Button look={Look::Primary} busy={props.busy} on_press={send}>
                    { t.text("calendar-employer-go") }
                </Button>
            </div>
        </Note>
    }
}

/// Whom a person works for.
fn employers(person: &Person) -> Vec<Choice> {
    let choice =
        |work: &Employment| Choice::new(work.employer_id.to_string(), work.employer.clone());
    let all = person.employment.iter().chain(&person.other_employments);
    all.map(choice).collect()
}
