//! A person's questionnaires: asking them to answer one.

use crate::pages::reviews::language;
use chrono::NaiveDate;
use salus_types::ids::{PersonId, QuestionnaireId};
use salus_types::questionnaires::{AssignQuestionnaire, Questionnaire, Respondent};
use salus_ui::hooks::use_state;
use salus_ui::{
    Button, Card, Choice, DateField, Look, Select, Waiting, use_action, use_query, use_text,
    use_toast,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct QuestionnairesProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// A person's questionnaires.
#[component]
pub(crate) fn Questionnaires(props: &QuestionnairesProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let chosen = use_state(String::new);
    let due = use_state(|| None::<NaiveDate>);
    let missing = use_state(|| false);
    let forms = use_query((), |client, ()| client.list_questionnaires());
    let ask = {
        let (chosen, due, said) = (chosen.clone(), due.clone(), t.text("reviews-asked"));
        use_action(
            |client, (person, key, command): (PersonId, String, AssignQuestionnaire)| {
                client.assign_questionnaire(person, &key, &command)
            },
            move |_| {
                toast.say(said.clone());
                chosen.set(String::new());
                due.set(None);
            },
        )
    };
    let submit = {
        let (run, chosen, due, missing) = (
            ask.run.clone(),
            chosen.clone(),
            due.clone(),
            missing.clone(),
        );
        let person = props.person;
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let questionnaire: Result<QuestionnaireId, _> = chosen.parse();
            missing.set(questionnaire.is_err());
            if let Ok(questionnaire_id) = questionnaire {
                let command = AssignQuestionnaire {
                    questionnaire_id,
                    due_on: *due,
                };
                run.emit((person, salus_client::new_key(), command));
            }
        })
    };
    let on_choice = {
        let chosen = chosen.clone();
        Callback::from(move |id: String| chosen.set(id))
    };
    let on_due = {
        let due = due.clone();
        Callback::from(move |date: Option<NaiveDate>| due.set(date))
    };
    let error = missing.then(|| t.text("questionnaires-required"));
    forms.show(Waiting::Card, |found| {
        let can_be_asked =
            |one: &&Questionnaire| one.respondent == Respondent::Oneself && one.current_version.is_some();
        let choices: Vec<Choice> = found
            .items
            .iter()
            .filter(can_be_asked)
            .map(|one| Choice::new(one.id.to_string(), one.title.in_language(language(&t)).to_owned()))
            .collect();
        html! {
            <Card title={t.text("reviews-ask")}>
                { ask.problem() }
                <form class="form stack" onsubmit={submit.clone()} novalidate=true>
                    <Select name="questionnaire" label={t.text("reviews-ask-which")} {choices} error={error.clone()}
                        value={(*chosen).clone()} on_change={on_choice.clone()} />
                    <DateField name="due" label={t.text("reviews-ask-due")} value={*due} optional=true
                        error={ask.wrong("/due_on")} on_change={on_due.clone()} />
                    <div class="button-row">
                        <Button look={Look::Primary} submit=true busy={ask.pending}>{ t.text("reviews-ask") }</Button>
                    </div>
                </form>
            </Card>
        }
    })
}
