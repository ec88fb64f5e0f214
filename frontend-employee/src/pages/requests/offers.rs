//! The times the clinic proposes, each with how long it is kept.

use crate::routes::Route;
use salus_types::ids::OfferId;
use salus_types::scheduling::{AppointmentRequest, Offer};
use salus_ui::hooks::{use_effect_with, use_state};
use salus_ui::times::{countdown, in_seconds, use_seconds_left, visit_time};
use salus_ui::{Badge, Button, Card, Dialog, Look, Tone, args, use_action, use_text, use_toast};
use yew::prelude::*;
use yew_router::prelude::*;

/// What [`Offers`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct OffersProps {
    /// What they are for.
    pub(crate) request: AppointmentRequest,
    /// Asks again.
    pub(crate) refetch: Callback<()>,
}

/// The times proposed for a request: taking one, or none.
#[component]
pub(crate) fn Offers(props: &OffersProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let navigator = use_navigator();
    let request = &props.request;
    let (id, version) = (request.id, request.version);
    let accept = {
        let (said, refetch) = (t.text("request-accepted"), props.refetch.clone());
        use_action(
            move |client, offer: OfferId| client.accept_my_appointment_offer(id, offer, version),
            move |accepted| {
                toast.say(said.clone());
                match (&navigator, accepted.value.appointment_id) {
                    (Some(navigator), Some(id)) => navigator.push(&Route::Appointment { id }),
                    _ => refetch.emit(()),
                }
            },
        )
    };
    let lead = t.msg("request-offers-lead", args!(count = request.offers.len()));
    html! {
        <Card title={t.text("request-offers")} aside={html! { <span class="muted">{ request.public_name.clone() }</span> }}>
            <div class="stack">
                <p>{ lead }</p>
                { accept.problem() }
                <ul class="stack">
                    { for request.offers.iter().map(|offer| html! {
                        <OneOffer key={offer.id.to_string()} offer={offer.clone()} busy={accept.pending}
                            on_accept={accept.run.clone()} refetch={props.refetch.clone()} />
                    }) }
                </ul>
                <Refuse request={request.clone()} refetch={props.refetch.clone()} />
            </div>
        </Card>
    }
}

/// What [`OneOffer`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct OneOfferProps {
    /// The time.
    pub(crate) offer: Offer,
    /// Whether it is being answered.
    pub(crate) busy: bool,
    /// It is taken.
    pub(crate) on_accept: Callback<OfferId>,
    /// It alone is not; without it all of several are left together.
    #[prop_or_default]
    pub(crate) on_refuse: Option<Callback<OfferId>>,
    /// Asks again.
    pub(crate) refetch: Callback<()>,
}

/// A time that is kept, with how long it still is.
#[component]
pub(crate) fn OneOffer(props: &OneOfferProps) -> Html {
    let t = use_text();
    let offer = &props.offer;
    let until = use_memo((offer.id, offer.seconds_left), |(_, seconds)| {
        in_seconds(*seconds)
    });
    let left = use_seconds_left(*until);
    {
        let refetch = props.refetch.clone();
        use_effect_with(left == 0, move |gone| {
            if *gone {
                refetch.emit(());
            }
        });
    }
    let names: Vec<_> = offer
        .resources
        .iter()
        .flatten()
        .map(|one| one.name.clone())
        .collect();
    let id = offer.id;
    let on_press = props.on_accept.reform(move |_: MouseEvent| id);
    let time = t.day_and_time(offer.starts_at, &offer.zone).to_string();
    let words = match offer.kept {
        true => "request-offer-kept",
        false => "request-offer-open",
    };
    html! {
        <li class="offer">
            <div>{ visit_time(&t, offer.starts_at, &offer.zone, &offer.place.name, offer.modality) }</div>
            if !names.is_empty() {
                <p class="muted">{ names.join(", ") }</p>
            }
            if left > 0 {
                <p>
                    <Badge tone={Tone::Info} icon="hourglass"
                        text={t.msg(words, args!(time = countdown(left)))} />
                </p>
                <div class="button-row">
                    <Button look={Look::Primary} wide={true} busy={props.busy} {on_press}>
                        { t.msg("request-accept", args!(time = time)) }
                    </Button>
                    if let Some(refuse) = &props.on_refuse {
                        <Button wide={true} busy={props.busy} on_press={refuse.reform(move |_: MouseEvent| id)}>
                            { t.text("wait-list-refuse") }
                        </Button>
                    }
                </div>
            } else {
                <p><Badge tone={Tone::Neutral} text={t.text("request-offer-gone")} /></p>
            }
        </li>
    }
}

/// Taking none of the times, after asking once more.
#[component]
fn Refuse(props: &OffersProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let asking = use_state(|| false);
    let ask = |open: bool| {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(open))
    };
    let (id, version) = (props.request.id, props.request.version);
    let (said, refetch) = (t.text("request-refused"), props.refetch.clone());
    let refuse = use_action(
        move |client, ()| client.refuse_my_appointment_offers(id, version),
        move |_| {
            toast.say(said.clone());
            refetch.emit(());
        },
    );
    let actions = html! {
        <>
            <Button look={Look::Primary} busy={refuse.pending} on_press={refuse.run.reform(|_: MouseEvent| ())}>
                { t.text("request-refuse") }
            </Button>
            <Button on_press={ask(false).reform(|_: MouseEvent| ())}>{ t.text("back") }</Button>
        </>
    };
    html! {
        <>
            <div class="button-row">
                <Button wide={true} on_press={ask(true).reform(|_: MouseEvent| ())}>
                    { t.text("request-refuse") }
                </Button>
            </div>
            <Dialog open={*asking} title={t.text("request-refuse-title")} on_close={ask(false)} {actions}>
                <p>{ t.text("request-refuse-lead") }</p>
                { refuse.problem() }
            </Dialog>
        </>
    }
}
