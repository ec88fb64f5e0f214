//! A visit by the link in a mail: saying that one will come, moving it or giving it back, without
//! signing in. It says when and where, nothing of what it is for.

use super::qr::check_in_code;
use crate::routes::Route;
use chrono::{DateTime, Utc};
use salus_types::scheduling::{Act, AnswerLink, LinkedVisit, OfferState, State};
use salus_ui::hooks::{use_effect_with, use_state};
use salus_ui::times::{countdown, in_seconds, use_seconds_left, visit_time};
use salus_ui::{
    Badge, Button, ButtonLink, Client, DateStyle, Facts, Failure, LanguageMenu, Look, Note,
    PortalMark, Text, Tone, Waiting, args, use_action, use_query, use_text,
};
use yew::prelude::*;

/// The token as it stands in the address after `#`, where no server sees it.
fn token_of_address() -> String {
    let hash = gloo::utils::window().location().hash();
    hash.unwrap_or_default().trim_start_matches('#').to_owned()
}

/// What is said of the visit.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    Attend,
    Cancel,
    Move(DateTime<Utc>),
    Accept,
    Decline,
}

async fn send(
    client: Client,
    (token, said): (String, Said),
) -> Result<(LinkedVisit, Said), Failure> {
    let (word, starts_at) = match said {
        Said::Attend => ("confirm", None),
        Said::Cancel => ("cancel", None),
        Said::Move(start) => ("move", Some(start)),
        Said::Accept => ("accept", None),
        Said::Decline => ("decline", None),
    };
    let visit = client
        .answer_link(&token, word, &AnswerLink { starts_at })
        .await?;
    Ok((visit, said))
}

/// A visit by the link in a mail.
#[component]
pub(crate) fn VisitLink() -> Html {
    let t = use_text();
    let token = use_state(token_of_address);
    let title = t.text("visit-link-title");
    use_effect_with(title.clone(), |title| {
        gloo::utils::document().set_title(title);
    });
    let visit = use_query((*token).clone(), |client, token: String| async move {
        client.get_link(&token).await
    });
    let now = use_state(|| None::<(LinkedVisit, Said)>);
    html! {
        <div class="sign-in">
            <header class="bar bar-plain"><span class="bar-end"><LanguageMenu /></span></header>
            <main id="content" class="sign-in-card">
                <div class="sign-in-mark"><PortalMark /></div>
                <h1 class="h1">{ title }</h1>
                { match &*now {
                    Some((visit, said)) => html! {
                        <>
                            <Note tone={Tone::Good}><p>{ t.text(done(*said)) }</p></Note>
                            <Shown token={(*token).clone()} visit={visit.clone()} on_said={heard(&now)} />
                        </>
                    },
                    None => visit.show(Waiting::Text, |visit| html! {
                        <Shown token={(*token).clone()} visit={visit.clone()} on_said={heard(&now)} />
                    }),
                } }
                <p>
                    <ButtonLink<Route> to={Route::Appointments} look={Look::Quiet}>
                        { t.text("visit-link-sign-in") }
                    </ButtonLink<Route>>
                </p>
            </main>
        </div>
    }
}

fn heard(
    now: &salus_ui::hooks::State<Option<(LinkedVisit, Said)>>,
) -> Callback<(LinkedVisit, Said)> {
    let now = now.clone();
    Callback::from(move |answer| now.set(Some(answer)))
}

fn done(said: Said) -> &'static str {
    match said {
        Said::Attend => "visit-link-attends",
        Said::Cancel => "visit-link-cancelled",
        Said::Move(_) => "visit-link-moved",
        Said::Accept => "visit-link-offer-accepted",
        Said::Decline => "visit-link-offer-refused",
    }
}

#[derive(Properties, PartialEq)]
struct ShownProps {
    token: String,
    visit: LinkedVisit,
    on_said: Callback<(LinkedVisit, Said)>,
}

/// When and where, and the buttons that answer.
#[component]
fn Shown(props: &ShownProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let asking = use_state(|| None::<Act>);
    let act = {
        let (asking, on_said) = (asking.clone(), props.on_said.clone());
        use_action(send, move |answer| {
            asking.set(None);
            on_said.emit(answer);
        })
    };
    let say = |said: Said| {
        let token = props.token.clone();
        act.run.reform(move |_: MouseEvent| (token.clone(), said))
    };
    let ask = |what: Option<Act>| {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(what))
    };
    let may = |act: Act| visit.allowed.contains(&act);
    let buttons = html! {
        <div class="button-row">
            if may(Act::Attend) {
                <Button look={Look::Primary} busy={act.pending} on_press={say(Said::Attend)}>
                    { t.text("visit-link-attend") }
                </Button>
            }
            if may(Act::Move) && !visit.other_starts.is_empty() {
                <Button on_press={ask(Some(Act::Move))}>{ t.text("visit-link-move") }</Button>
            }
            if may(Act::Cancel) {
                <Button on_press={ask(Some(Act::Cancel))}>{ t.text("visit-link-cancel") }</Button>
            }
        </div>
    };
    let form = match *asking {
        Some(Act::Cancel) => html! {
            <>
                <p>{ t.text("visit-link-cancel-sure") }</p>
                <div class="button-row">
                    <Button look={Look::Danger} busy={act.pending} on_press={say(Said::Cancel)}>
                        { t.text("visit-link-cancel") }
                    </Button>
                    <Button on_press={ask(None)}>{ t.text("back") }</Button>
                </div>
            </>
        },
        Some(Act::Move) => html! {
            <>
                <p>{ t.text("visit-link-move-choose") }</p>
                <div class="button-row">
                    { for visit.other_starts.iter().map(|start| html! {
                        <Button key={start.to_rfc3339()} class="numbers" busy={act.pending} on_press={say(Said::Move(*start))}>
                            { t.moment(*start, &visit.zone, &visit.place_label) }
                        </Button>
                    }) }
                </div>
                <div class="button-row"><Button on_press={ask(None)}>{ t.text("back") }</Button></div>
            </>
        },
        _ => buttons,
    };
    if let Some(offer) = &visit.offer {
        return html! {
            <div class="stack">
                <p class="lead numbers">{ t.moment(visit.starts_at, &visit.zone, &visit.place_label) }</p>
                <Facts facts={facts(&t, visit)} />
                { act.problem() }
                if offer.offer_state == OfferState::Withdrawn {
                    <Note tone={Tone::Warning}><p>{ t.text("problem-offer-taken") }</p></Note>
                }
                if offer.offer_state == OfferState::Held {
                    <Offered seconds={offer.seconds_left} kept={offer.kept} busy={act.pending}
                        on_accept={say(Said::Accept)} on_decline={say(Said::Decline)} />
                }
            </div>
        };
    }
    html! {
            <div class="stack">
                <p class="lead">
                    { visit_time(&t, visit.starts_at, &visit.zone, &visit.place_label, visit.modality) }
                </p>
                { state(&t, visit) }
                <Facts facts={facts(&t, visit)} />
                { act.problem() }
                { form }
                { too_late(&t, visit) }
                if let Some(code) = &visit.check_in_code {
                    <Facts facts={vec![(t.text("appointment-check-in-code"), check_in_code(&t, code))]} />
                }
            </div>
    }
}

#[derive(Properties, PartialEq)]
struct OfferedProps {
    seconds: u32,
    kept: bool,
    busy: bool,
    on_accept: Callback<MouseEvent>,
    on_decline: Callback<MouseEvent>,
}

/// How long an offered time is still kept, and the buttons that answer.
#[component]
fn Offered(props: &OfferedProps) -> Html {
    let t = use_text();
    let until = use_memo(props.seconds, |seconds| in_seconds(*seconds));
    let left = use_seconds_left(*until);
    if left <= 0 {
        return html! { <Note tone={Tone::Warning}><p>{ t.text("visit-link-offer-gone") }</p></Note> };
    }
    let words = match props.kept {
        true => "visit-link-offer-kept",
        false => "request-offer-open",
    };
    let kept = t.msg(words, args!(time = countdown(left)));
    html! {
        <>
            <p><Badge tone={Tone::Info} icon="hourglass" text={kept} /></p>
            <div class="button-row">
                <Button look={Look::Primary} busy={props.busy} on_press={props.on_accept.clone()}>
                    { t.text("visit-link-offer-accept") }
                </Button>
                <Button busy={props.busy} on_press={props.on_decline.clone()}>
                    { t.text("visit-link-offer-refuse") }
                </Button>
            </div>
        </>
    }
}

fn state(t: &Text, visit: &LinkedVisit) -> Html {
    match visit.state {
        State::Cancelled | State::EnteredInError => {
            html! { <Badge tone={Tone::Warning} text={t.text("visit-link-state-cancelled")} /> }
        }
        State::Pending => {
            html! { <Badge tone={Tone::Warning} text={t.text("visit-link-state-pending")} /> }
        }
        _ if visit.attends => {
            html! { <Badge tone={Tone::Good} text={t.text("visit-link-attends")} /> }
        }
        _ => Html::default(),
    }
}

/// What the notice does not let one do any more.
fn too_late(t: &Text, visit: &LinkedVisit) -> Html {
    let over = visit.state == State::Booked && !visit.allowed.contains(&Act::Cancel);
    if !over {
        return Html::default();
    }
    let day = visit.deadline_cancel.date_naive();
    html! {
        <Note><p>{ t.msg("visit-link-too-late", args!(
            time = t.time(visit.deadline_cancel, &visit.zone).to_string(),
            date = t.date(day, DateStyle::Medium).to_string()
        )) }</p></Note>
    }
}

fn facts(t: &Text, visit: &LinkedVisit) -> Vec<(AttrValue, Html)> {
    let online = t.text("appointment-telehealth");
    let place = visit.address.clone().map_or(online, AttrValue::from);
    let mut facts = vec![(t.text("visit-link-place"), html! { place })];
    if let Some(phone) = &visit.phone {
        let href = format!("tel:{phone}");
        facts.push((
            t.text("visit-link-phone"),
            html! { <a class="link" {href}>{ phone.clone() }</a> },
        ));
    }
    if let Some(preparation) = &visit.preparation {
        facts.push((
            t.text("visit-link-preparation"),
            html! { preparation.clone() },
        ));
    }
    facts
}
