use crate::hooks::use_state;
use crate::i18n::use_text;
use crate::parts::{Button, Card, Choice, Look, Radio, Waiting, use_toast};
use crate::query::{use_action, use_leave_guard, use_query};
use salus_client::Client;
use salus_types::accounts::{Digest, NotificationPreferences, ReplaceNotificationPreferences};
use yew::prelude::*;

/// How often the account gets a digest by mail, for the settings of an app whose readers get one.
#[component]
pub fn DigestChoice() -> Html {
    let t = use_text();
    let found = use_query((), |client, ()| client.get_notification_preferences());
    let refetch = found.refetch.clone();
    html! {
        { found.show(Waiting::Rows(1), |kept| if kept.has_digests {
            html! {
                <Card title={t.text("digest")}>
                    <Form key={kept.version} kept={*kept} on_saved={refetch.clone()} />
                </Card>
            }
        } else {
            Html::default()
        }) }
    }
}

#[derive(Properties, PartialEq)]
struct FormProps {
    kept: NotificationPreferences,
    on_saved: Callback<()>,
}

const CHOICES: [(Digest, &str, &str); 3] = [
    (Digest::Daily, "daily", "digest-daily"),
    (Digest::Weekly, "weekly", "digest-weekly"),
    (Digest::Never, "none", "digest-none"),
];

fn word(digest: Digest) -> &'static str {
    let found = CHOICES.iter().find(|(one, ..)| *one == digest);
    found.map_or("none", |(_, word, _)| word)
}

#[component]
fn Form(props: &FormProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let chosen = use_state(|| props.kept.digest);
    use_leave_guard(*chosen != props.kept.digest);
    let save = {
        let version = props.kept.version;
        let (done, said) = (props.on_saved.clone(), t.text("digest-saved"));
        use_action(
            move |client: Client, digest: Digest| async move {
                let command = ReplaceNotificationPreferences { digest };
                client
                    .replace_notification_preferences(version, &command)
                    .await
            },
            move |_| {
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let choices: Vec<Choice> = CHOICES
        .iter()
        .map(|(_, word, text)| Choice::new(*word, t.text(text)))
        .collect();
    let on_change = {
        let chosen = chosen.clone();
        Callback::from(move |written: String| {
            let found = CHOICES.iter().find(|(_, word, _)| *word == written);
            if let Some((digest, ..)) = found {
                chosen.set(*digest);
            }
        })
    };
    let submit = {
        let (chosen, run) = (chosen.clone(), save.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit(*chosen);
        })
    };
    html! {
        <form class="stack" onsubmit={submit} novalidate={true}>
            <p class="muted">{ t.text("digest-lead") }</p>
            <Radio name="digest" label={t.text("digest-how-often")} {choices} value={word(*chosen)} {on_change} />
            { save.problem() }
            <div class="button-row">
                <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text("save") }</Button>
            </div>
        </form>
    }
}
