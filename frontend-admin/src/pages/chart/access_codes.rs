//! A person's pick-up codes and account.

use salus_types::ids::PersonId;
use salus_types::intake::{MadePickupCode, MakePickupCode, PickupCode, PickupCodeList};
use salus_ui::hooks::use_state;
use salus_ui::{
    Badge, Button, Empty, Look, Note, Text, Tone, Waiting, args, use_action, use_query, use_text,
    use_toast,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct AccessCodesProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// A person's pick-up codes and account.
#[component]
pub(crate) fn AccessCodes(props: &AccessCodesProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let person = props.person;
    let made = use_state(|| None::<MadePickupCode>);
    let list = use_query(person, |client, person| client.list_pickup_codes(person));
    let make = {
        let (made, refetch) = (made.clone(), list.refetch.clone());
        use_action(
            move |client, channel: &'static str| {
                let command = MakePickupCode {
                    channel: channel.to_owned(),
                    valid_days: None,
                };
                client.create_pickup_code(person, &command)
            },
            move |code| {
                made.set(Some(code));
                refetch.emit(());
            },
        )
    };
    let take_back = {
        let (made, refetch, t) = (made.clone(), list.refetch.clone(), t.clone());
        use_action(
            move |client, ()| client.void_pickup_codes(person),
            move |()| {
                made.set(None);
                toast.say(t.text("codes-voided"));
                refetch.emit(());
            },
        )
    };
    let press = |channel: &'static str| make.run.reform(move |_: MouseEvent| channel);
    list.show(Waiting::Rows(3), |list: &PickupCodeList| {
        let pending = list.items.iter().any(|code| code.state == "pending");
        html! {
            <section aria-labelledby="codes-title">
                <h2 id="codes-title" class="h2">{ t.text("codes-title") }</h2>
                <p>{ account(&t, list) }</p>
                <p class="quiet">{ t.text("codes-lead") }</p>
                { make.problem() }
                { take_back.problem() }
                if let Some(code) = &*made {
                    { shown_once(&t, code) }
                }
                <p>
                    <Button look={Look::Primary} busy={make.pending} on_press={press("shown")}>{ t.text("codes-make") }</Button>
                    if list.can_email {
                        <Button busy={make.pending} on_press={press("email")}>{ t.text("codes-make-email") }</Button>
                    }
                    if pending {
                        <Button look={Look::Quiet} busy={take_back.pending}
                            on_press={take_back.run.reform(|_: MouseEvent| ())}>{ t.text("codes-void") }</Button>
                    }
                </p>
                if list.items.is_empty() {
                    <Empty icon="key-round" title={t.text("codes-none")} />
                } else {
                    <ul class="rows">{ for list.items.iter().map(|code| one(&t, code)) }</ul>
                }
            </section>
        }
    })
}

fn account(t: &Text, list: &PickupCodeList) -> AttrValue {
    let state = list
        .account_state
        .clone()
        .unwrap_or_else(|| "none".to_owned());
    t.msg("codes-account", args!(state = state))
}

/// The code, the only time it is shown.
fn shown_once(t: &Text, made: &MadePickupCode) -> Html {
    let until = t.stamp(made.pickup_code.expires_at).to_string();
    html! {
        <div role="status">
            <Note tone={Tone::Good}>
                <p><strong>{ t.text("codes-made-title") }</strong></p>
                <p class="code-shown">{ &made.code }</p>
                <p>{ &made.link }</p>
                <p>{ t.msg("codes-made-lead", args!(until = until)) }</p>
                if made.pickup_code.channel == "email" {
                    <p>{ t.text("codes-made-sent") }</p>
                }
            </Note>
        </div>
    }
}

fn one(t: &Text, code: &PickupCode) -> Html {
    let tone = match code.state.as_str() {
        "pending" => Tone::Info,
        "redeemed" => Tone::Good,
        "locked" => Tone::Warning,
        _ => Tone::Neutral,
    };
    let until = t.stamp(code.expires_at).to_string();
    html! {
        <li>
            <Badge {tone} text={t.msg("codes-state", args!(state = code.state.clone()))} />
            { " " }{ t.msg("codes-ends-in", args!(last = code.last_four.clone())) }
            { ", " }{ t.msg("codes-until", args!(time = until)) }
        </li>
    }
}
