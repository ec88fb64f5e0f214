//! Times that became free: whom each was offered to, and who was passed over and why.

use salus_types::scheduling::{
    ClinicWaitListItem, OfferRound, OfferState, OfferTurn, OffersQuery, RoundOutcome,
};
use salus_ui::{Badge, Dialog, Empty, Text, Tone, Waiting, args, use_query, use_text};
use yew::prelude::*;

/// What [`Log`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct LogProps {
    /// Those in which it was this one's turn; the latest of all when there is none.
    pub(super) item: Option<ClinicWaitListItem>,
    /// It is read.
    pub(super) on_close: Callback<()>,
}

/// The log, in front of the page.
#[component]
pub(super) fn Log(props: &LogProps) -> Html {
    let t = use_text();
    let query = OffersQuery {
        item: props.item.as_ref().map(|item| item.id),
    };
    let list = use_query(query, |client, query| client.list_offer_rounds(&query));
    let title = match &props.item {
        Some(item) => t.msg("wait-list-log-of", args!(name = item.person.name.clone())),
        None => t.text("wait-list-log-all"),
    };
    html! {
        <Dialog open={true} {title} on_close={props.on_close.clone()}>
            { list.show(Waiting::Rows(3), |page| if page.items.is_empty() {
                html! { <Empty icon="clock" title={t.text("wait-list-log-none")} /> }
            } else {
                html! { <ul class="stack">{ for page.items.iter().map(|one| round(&t, one)) }</ul> }
            }) }
        </Dialog>
    }
}

fn round(t: &Text, one: &OfferRound) -> Html {
    let tone = match one.round_outcome {
        Some(RoundOutcome::Taken) => Tone::Good,
        Some(RoundOutcome::Nobody | RoundOutcome::TooLate) => Tone::Neutral,
        None => Tone::Info,
    };
    let outcome = one.round_outcome.map_or("open", RoundOutcome::as_str);
    let again = one.look_again_at.map(|at| {
        let time = t.stamp(at).to_string();
        t.msg("wait-list-look-again", args!(time = time))
    });
    html! {
        <li class="offer" key={one.id.to_string()}>
            <p class="numbers">
                <strong>{ t.moment(one.starts_at, &one.place.zone, &one.place.name) }</strong>
                { " · " }{ t.msg("wait-list-freed", args!(by = one.freed_by.as_str())) }
                if one.broadcast {
                    { " · " }{ t.text("wait-list-broadcast") }
                }
            </p>
            <p><Badge {tone} text={t.msg("wait-list-outcome", args!(outcome = outcome))} /></p>
            <ul>{ for one.turns.iter().map(|turn_of| turn(t, one, turn_of)) }</ul>
            if let Some(again) = again {
                <p class="muted small">{ again }</p>
            }
        </li>
    }
}

fn turn(t: &Text, round: &OfferRound, one: &OfferTurn) -> Html {
    let taken = round.broadcast && round.round_outcome == Some(RoundOutcome::Taken);
    let offered = one.offer_state.map(|state| {
        let word = match state {
            OfferState::Withdrawn if taken => "beaten",
            _ => state.as_str(),
        };
        t.msg("wait-list-turn-offer", args!(state = word))
    });
    let skipped = one.skipped.map(|reason| {
        let reason = args!(reason = reason.as_str());
        t.msg("wait-list-turn-skip", reason)
    });
    html! {
        <li>
            <span class="numbers muted small">{ t.stamp(one.at) }</span>{ " " }
            { one.person.name.clone() }{ " " }{ offered.or(skipped).unwrap_or_default() }
        </li>
    }
}
