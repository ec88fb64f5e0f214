//! A new conversation.

use super::{NoticeView, WriteBox};
use crate::frame::{App, Page, use_look};
use crate::hooks::{State, use_state};
use crate::i18n::use_text;
use crate::parts::{Back, Choice, ErrorSummary, Fault, Radio, TextField, Waiting, use_toast};
use crate::query::{use_action, use_leave_guard, use_query, use_request_key};
use salus_types::ids::PersonId;
use salus_types::messaging::{MAX_SUBJECT, MessageType, StartConversation};
use yew::prelude::*;
use yew_router::Routable;
use yew_router::hooks::use_navigator;

/// What a [`StartView`] takes.
#[derive(Properties, PartialEq)]
pub struct StartViewProps<R>
where
    R: Routable + 'static,
{
    /// The list; where one is led when it is sent.
    pub back: R,
    /// Whom it is about.
    #[prop_or_default]
    pub person: Option<PersonId>,
    /// What stands above the form, such as who that is.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
}

/// A new conversation: what it is about, a subject, the first message.
#[component]
pub fn StartView<R>(props: &StartViewProps<R>) -> Html
where
    R: Routable + 'static,
{
    let t = use_text();
    let toast = use_toast();
    let app = use_look().app;
    let types = use_query(app, |client, app| async move {
        match app {
            App::Employee => client.list_my_message_types().await,
            App::Supervisor => client.list_team_message_types().await,
            App::Admin => client.list_clinic_message_types().await,
        }
    });
    let chosen = use_state(|| None::<String>);
    let subject = use_state(String::new);
    let text = use_state(String::new);
    let faults = use_state(Vec::<Fault>::new);
    let key = use_request_key();
    let navigator = use_navigator();
    let back = props.back.clone();
    let person = props.person;
    let start = use_action(
        move |client, (key, command): (String, StartConversation)| async move {
            match app {
                App::Employee => client.start_my_conversation(&key, &command).await,
                App::Supervisor => client.start_team_conversation(&key, &command).await,
                App::Admin => client.start_clinic_conversation(&key, &command).await,
            }
        },
        {
            let (key, said, text) = (key.clone(), t.text("message-sent"), text.clone());
            let back = back.clone();
            move |_| {
                key.renew();
                text.set(String::new());
                toast.say(said.clone());
                if let Some(navigator) = &navigator {
                    navigator.push(&back);
                }
            }
        },
    );
    use_leave_guard(!text.trim().is_empty());
    let type_of = |types: &[MessageType]| {
        let only = (types.len() == 1).then(|| types.first()).flatten();
        let picked = types
            .iter()
            .find(|kind| chosen.as_deref() == Some(kind.id.to_string().as_str()));
        picked.or(only).cloned()
    };
    let form = types.show(Waiting::Rows(3), |types| {
        let kind = type_of(&types.items);
        let choices: Vec<Choice> = types
            .items
            .iter()
            .map(|kind| {
                let choice = Choice::new(kind.id.to_string(), kind.name.clone());
                match &kind.description {
                    Some(text) => choice.hint(text.clone()),
                    None => choice,
                }
            })
            .collect();
        let set = |state: &State<String>| {
            let state = state.clone();
            Callback::from(move |value: String| state.set(value))
        };
        let on_choose = {
            let chosen = chosen.clone();
            Callback::from(move |value: String| chosen.set(Some(value)))
        };
        let error = |name: &str| {
            let found = faults.iter().find(|fault| fault.name == name);
            found.map(|fault| fault.message.clone())
        };
        let on_send = {
            let (run, key, faults) = (start.run.clone(), key.get(), faults.clone());
            let (subject, text, kind) = ((*subject).clone(), (*text).clone(), kind.clone());
            let missing = [
                ("type", t.text("message-choose-type")),
                ("message", t.text("message-text-missing")),
            ];
            Callback::from(move |()| {
                let wrong = [kind.is_none(), text.trim().is_empty()];
                let found: Vec<Fault> = missing
                    .iter()
                    .zip(wrong)
                    .filter(|(_, wrong)| *wrong)
                    .map(|((name, message), _)| Fault {
                        name: AttrValue::Static(name),
                        message: message.clone(),
                    })
                    .collect();
                let complete = found.is_empty();
                faults.set(found);
                if let (true, Some(kind)) = (complete, &kind) {
                    let command = StartConversation {
                        type_id: kind.id,
                        subject: Some(subject.clone()).filter(|text| !text.trim().is_empty()),
                        person_id: person,
                        text: text.clone(),
                    };
                    run.emit((key.clone(), command));
                }
            })
        };
        let value = kind.as_ref().map(|kind| kind.id.to_string());
        html! {
            <div class="form">
                <ErrorSummary faults={(*faults).clone()} />
                <Radio name="type" label={t.text("message-types")} {choices} error={error("type")}
                    value={value.unwrap_or_default()} on_change={on_choose} />
                <TextField name="subject" label={t.text("message-subject")} hint={t.text("message-subject-hint")}
                    optional={true} max_length={u32::try_from(MAX_SUBJECT).unwrap_or(120)} value={(*subject).clone()}
                    on_change={set(&subject)} />
                if let (false, Some(kind)) = (app == App::Admin, &kind) {
                    <NoticeView notice={kind.notice.clone()} />
                }
                <WriteBox label={t.text("message-text")} value={(*text).clone()} error={error("message")}
                    busy={start.pending} on_change={set(&text)} {on_send} />
                { start.problem() }
            </div>
        }
    });
    html! {
        <Page title={t.text("message-new-title")} lead={props.lead.clone()} narrow={true}
            back={html! { <Back<R> to={back}>{ t.text("messages") }</Back<R>> }}>
            { form }
        </Page>
    }
}
