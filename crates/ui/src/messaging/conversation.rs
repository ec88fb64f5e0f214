//! One conversation: its messages, the box, closing and opening again.

use super::{NoticeView, Thread, WriteBox, ask, title_of, use_live_refetch};
use crate::args;
use crate::frame::{App, Page, use_look};
use crate::hooks::{use_effect_with, use_mut_ref, use_state};
use crate::i18n::use_text;
use crate::parts::{
    Badge, Button, ButtonLink, Dialog, Look, Note, TextField, Tone, Waiting, use_toast,
};
use crate::query::{use_action, use_background_query, use_leave_guard, use_request_key};
use crate::session::{spawn, use_session};
use gloo::timers::callback::Timeout;
use salus_types::ids::{ConversationId, MessageId};
use salus_types::messaging::{Conversation, ConversationAct};
use yew::prelude::*;
use yew_router::Routable;

/// Milliseconds a page is visible before its messages count as seen.
const SEEN_AFTER: u32 = 1_000;
/// Milliseconds after the last key before the draft is saved.
const DRAFT_AFTER: u32 = 800;

/// What a [`ConversationView`] takes.
#[derive(Properties, PartialEq)]
pub struct ConversationViewProps<R>
where
    R: Routable + 'static,
{
    /// Which one.
    pub id: ConversationId,
    /// The list.
    pub back: R,
    /// Where a new one begins, when this one can no longer be opened.
    #[prop_or_default]
    pub anew: Option<R>,
    /// Whose conversation it is: the clinic's banner.
    #[prop_or_default]
    pub banner: Option<Callback<Conversation, Html>>,
}

/// A conversation with its messages; the newest come by themselves.
#[component]
pub fn ConversationView<R>(props: &ConversationViewProps<R>) -> Html
where
    R: Routable + 'static,
{
    let t = use_text();
    let toast = use_toast();
    let app = use_look().app;
    let session = use_session();
    let id = props.id;
    let found = use_background_query((app, id), |client, (app, id)| {
        ask::conversation(&client, app, id)
    });
    let messages = use_background_query((app, id), |client, (app, id)| {
        ask::messages(&client, app, id)
    });
    let again = {
        let (one, other) = (found.refetch.clone(), messages.refetch.clone());
        use_callback((), move |(), ()| {
            one.emit(());
            other.emit(());
        })
    };
    use_live_refetch(&again);

    // What is typed: the saved draft first, then what the person types.
    let typed = use_state(|| None::<String>);
    let saved_at = use_state(|| None::<chrono::DateTime<chrono::Utc>>);
    let draft = found
        .data
        .as_ref()
        .and_then(|one| one.value.draft.as_ref())
        .map(|draft| draft.text.clone());
    let text = (*typed).clone().or(draft).unwrap_or_default();
    use_leave_guard(typed.as_ref().is_some_and(|text| !text.trim().is_empty()));
    {
        let keeper = session.keeper.clone();
        let saved_at = saved_at.clone();
        use_effect_with((*typed).clone(), move |typed| {
            let pending = typed.clone().map(|text| {
                Timeout::new(DRAFT_AFTER, move || {
                    spawn(async move {
                        let save = move |client| {
                            let text = text.clone();
                            ask::save_draft(&client, app, id, text)
                        };
                        // Without an answer the text is still in the box.
                        if let Ok(kept) = keeper.call(true, save).await {
                            saved_at.set(kept.map(|draft| draft.saved_at));
                        }
                    });
                })
            });
            move || drop(pending)
        });
    }

    // Seen: shown for a second in a visible page.
    {
        let keeper = session.keeper.clone();
        let again = again.clone();
        let waiting = found
            .data
            .as_ref()
            .filter(|one| one.value.unread > 0)
            .map(|one| one.value.last_seq);
        let shown = messages.data.is_some();
        let held = use_mut_ref(|| None::<i32>);
        let marked = held.clone();
        use_effect_with((waiting, shown), move |(waiting, shown)| {
            let news =
                waiting.filter(|seq| *shown && marked.borrow().is_none_or(|last| *seq > last));
            let pending = news.map(|seq| {
                Timeout::new(SEEN_AFTER, move || {
                    if gloo::utils::document().hidden() {
                        return;
                    }
                    marked.replace(Some(seq));
                    spawn(async move {
                        let read = move |client| ask::read(&client, app, id, seq);
                        if keeper.call(true, read).await.is_ok() {
                            again.emit(());
                        }
                    });
                })
            });
            move || drop(pending)
        });
    }

    let key = use_request_key();
    let send = {
        let (again, typed, key) = (again.clone(), typed.clone(), key.clone());
        use_action(
            move |client, (key, text): (String, String)| ask::send(&client, app, id, &key, text),
            move |_| {
                typed.set(Some(String::new()));
                key.renew();
                again.emit(());
            },
        )
    };
    let retract = {
        let (again, toast, said) = (
            again.clone(),
            toast.clone(),
            t.text("conversation-retracted"),
        );
        use_action(
            move |client, message: MessageId| ask::retract(&client, app, message),
            move |_| {
                toast.say(said.clone());
                again.emit(());
            },
        )
    };
    let unread = {
        let (again, toast, said) = (
            again.clone(),
            toast.clone(),
            t.text("conversation-marked-unread"),
        );
        use_action(
            move |client, seq: i32| ask::mark_unread(&client, app, id, seq),
            move |_| {
                toast.say(said.clone());
                again.emit(());
            },
        )
    };
    let asking = use_state(|| false);
    let reason = use_state(String::new);
    let close = {
        let (again, asking, said) = (
            again.clone(),
            asking.clone(),
            t.text("conversation-closed-said"),
        );
        let toast = toast.clone();
        use_action(
            move |client, (version, reason): (i32, Option<String>)| {
                ask::close(&client, app, id, version, reason)
            },
            move |_| {
                asking.set(false);
                toast.say(said.clone());
                again.emit(());
            },
        )
    };
    let reopen = {
        let (again, said) = (again, t.text("conversation-reopened-said"));
        use_action(
            move |client, version: i32| ask::reopen(&client, app, id, version),
            move |_| {
                toast.say(said.clone());
                again.emit(());
            },
        )
    };

    let title = found
        .data
        .as_ref()
        .map_or_else(|| t.text("messages"), |one| title_of(&one.value));
    let shown = found.show(Waiting::Rows(4), |one| {
        let conversation = &one.value;
        let may = |act| conversation.allowed.contains(&act);
        let version = one.version;
        let on_change = {
            let typed = typed.clone();
            Callback::from(move |value: String| typed.set(Some(value)))
        };
        let on_send = {
            let (run, key, text) = (send.run.clone(), key.get(), text.clone());
            Callback::from(move |()| {
                if !text.trim().is_empty() {
                    run.emit((key.clone(), text.clone()));
                }
            })
        };
        let ask_first = {
            let asking = asking.clone();
            Callback::from(move |_: MouseEvent| asking.set(true))
        };
        let open_again = reopen.run.reform(move |_: MouseEvent| version);
        let said = saved_at.as_ref().filter(|_| !text.is_empty()).map(|at| {
            let time = t.clock_time(*at).to_string();
            t.msg("message-draft-saved", args!(time = time))
        });
        let label = t.text(if app == App::Admin {
            "inbox-reply-text"
        } else {
            "message-text"
        });
        let person = conversation
            .person_name
            .clone()
            .filter(|_| app == App::Admin)
            .map(AttrValue::from);
        html! {
            <div class="stack">
                { for props.banner.as_ref().map(|banner| banner.emit(conversation.clone())) }
                <p class="muted">{ conversation.type_name.clone() }</p>
                { messages.show(Waiting::Rows(4), |page| html! {
                    <Thread messages={page.items.clone()} on_retract={retract.run.clone()} on_unread={unread.run.clone()} />
                }) }
                { retract.problem() }
                { unread.problem() }
                if may(ConversationAct::Send) {
                    <NoticeView notice={conversation.notice.clone()} {person} />
                    <WriteBox {label} value={text.clone()} busy={send.pending} {said} {on_change} {on_send} />
                    { send.problem() }
                    <div class="button-row">
                        <Button look={Look::Quiet} icon="lock" on_press={ask_first}>{ t.text("conversation-close") }</Button>
                    </div>
                } else {
                    <Note tone={Tone::Neutral}>{ t.text("conversation-closed-note") }</Note>
                    <div class="button-row">
                        if may(ConversationAct::Reopen) {
                            <Button icon="undo-2" busy={reopen.pending} on_press={open_again}>{ t.text("conversation-reopen") }</Button>
                        } else if let Some(anew) = props.anew.clone() {
                            <ButtonLink<R> to={anew} look={Look::Primary}>{ t.text("conversation-new-about") }</ButtonLink<R>>
                        }
                    </div>
                    { reopen.problem() }
                }
            </div>
        }
    });
    let (needs_reply, version, closed_at) = found.data.as_ref().map_or((false, 0, None), |one| {
        (one.value.needs_reply, one.version, one.value.closed_at)
    });
    let state = match closed_at {
        Some(at) => {
            let time = t.stamp(at).to_string();
            html! { <Badge tone={Tone::Neutral} icon={Some("lock")} text={t.msg("conversation-state-closed", args!(time = time))} /> }
        }
        None => Html::default(),
    };
    let says_why = app == App::Admin && needs_reply;
    let confirm = {
        let (run, reason) = (close.run.clone(), (*reason).clone());
        Callback::from(move |_: MouseEvent| {
            let reason = Some(reason.clone()).filter(|reason| !reason.trim().is_empty());
            run.emit((version, reason));
        })
    };
    let cancel = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(false))
    };
    let on_reason = {
        let reason = reason.clone();
        Callback::from(move |value: String| reason.set(value))
    };
    html! {
        <Page {title} back={html! { <crate::parts::Back<R> to={props.back.clone()}>{ t.text("messages") }</crate::parts::Back<R>> }}
            action={state}>
            { shown }
            <Dialog open={*asking} title={t.text("conversation-close-title")} on_close={cancel}
                actions={html! { <Button look={Look::Primary} busy={close.pending} on_press={confirm}>{ t.text("conversation-close") }</Button> }}>
                <p>{ t.text("conversation-close-text") }</p>
                if says_why {
                    <TextField name="reason" label={t.text("inbox-close-why")} value={(*reason).clone()}
                        max_length={500_u32} on_change={on_reason} />
                }
                { close.problem() }
            </Dialog>
        </Page>
    }
}
