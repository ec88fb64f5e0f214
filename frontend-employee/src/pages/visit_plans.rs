//! One visit for everything due: the plans, check, done.

use crate::pages::appointment::who_sees;
use crate::pages::appointments::UpToAppointments;
use crate::pages::book::done::forms_to_answer;
use crate::routes::Route;
use salus_types::scheduling::problems::PLAN_STALE;
use salus_types::scheduling::{
    Appointment, BookVisitPlan, PlannedPart, PlannedVisit, State, VisitPlan, VisitPlans as Found,
};
use salus_ui::hooks::use_state;
use salus_ui::times::{place, when};
use salus_ui::{
    Action, Badge, Button, ButtonLink, Card, Empty, Facts, Look, Note, Page, Query, Steps, Text,
    TextArea, Tone, Waiting, WhoSees, args, use_action, use_query, use_text,
};
use yew::prelude::*;

/// A card that leads to the plans, where several things are due.
#[component]
pub(crate) fn Offer() -> Html {
    let t = use_text();
    let plans = use_query((), |client, ()| client.list_my_visit_plans());
    // Nothing is missing where this cannot be asked: everything can be booked by itself.
    let best = plans.data.as_ref().and_then(|found| found.items.first());
    let Some(best) = best.filter(|plan| plan.saves > 0) else {
        return Html::default();
    };
    let aside = html! { <Badge tone={Tone::Good} text={saves(&t, best)} /> };
    html! {
        <Card title={t.text("visit-plans")} {aside}>
            <div class="stack">
                <p>{ t.text("visit-plans-card") }</p>
                <ul>
                    { for best.visits.iter().map(|visit| html! { <li>{ in_short(&t, visit) }</li> }) }
                </ul>
                <div class="button-row">
                    <ButtonLink<Route> to={Route::VisitPlans} look={Look::Primary} icon="calendar-plus" wide={true}>
                        { t.text("visit-plans-look") }
                    </ButtonLink<Route>>
                </div>
            </div>
        </Card>
    }
}

/// The plans for everything due.
#[component]
pub(crate) fn VisitPlans() -> Html {
    let t = use_text();
    let plans = use_query((), |client, ()| client.list_my_visit_plans());
    let chosen = use_state(|| None::<VisitPlan>);
    let comment = use_state(String::new);
    let booked = use_state(|| None::<Vec<Appointment>>);
    if let Some(visits) = &*booked {
        return html! { <Done visits={visits.clone()} /> };
    }
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |plan: Option<VisitPlan>| chosen.set(plan))
    };
    let write = {
        let comment = comment.clone();
        Callback::from(move |text| comment.set(text))
    };
    let on_booked = {
        let booked = booked.clone();
        Callback::from(move |visits| booked.set(Some(visits)))
    };
    let steps = ["visit-plans-step-plan", "visit-plans-step-confirm"].map(|id| t.text(id));
    let back = html! { <UpToAppointments /> };
    let current = usize::from(chosen.is_some());
    html! {
        <Page title={t.text("visit-plans")} {back} narrow={true}>
            <Steps steps={steps.to_vec()} {current} />
            if let Some(plan) = &*chosen {
                <Confirm plan={plan.clone()} comments={comments(&plans)} comment={(*comment).clone()}
                    on_comment={write} on_other={choose.reform(|()| None)} {on_booked}
                    refetch={plans.refetch.clone()} />
            } else {
                { plans.show(Waiting::Rows(3), |found| listed(&t, found, &choose)) }
            }
        </Page>
    }
}

fn comments(plans: &Query<Found>) -> bool {
    plans.data.as_ref().is_some_and(|found| found.comments)
}

fn listed(t: &Text, found: &Found, choose: &Callback<Option<VisitPlan>>) -> Html {
    if found.items.is_empty() {
        return html! {
            <Empty icon="calendar-days" title={t.text("visit-plans-none")} text={t.text("visit-plans-none-text")} />
        };
    }
    let card = |plan: &VisitPlan| {
        let title = t.msg("visit-plans-visits", args!(count = plan.visits.len()));
        let aside =
            (plan.saves > 0).then(|| html! { <Badge tone={Tone::Good} text={saves(t, plan)} /> });
        let press = {
            let (choose, plan) = (choose.clone(), plan.clone());
            Callback::from(move |_: MouseEvent| choose.emit(Some(plan.clone())))
        };
        html! {
            <Card key={plan.id.clone()} {title} aside={aside.unwrap_or_default()}>
                <div class="stack">
                    { for plan.visits.iter().map(|visit| shown(t, visit)) }
                    <div class="button-row">
                        <Button look={Look::Primary} wide={true} on_press={press}>{ t.text("visit-plans-choose") }</Button>
                    </div>
                </div>
            </Card>
        }
    };
    html! {
        <>
            if !found.left_out.is_empty() {
                <Note tone={Tone::Info}>
                    { t.msg("visit-plans-left-out", args!(names = found.left_out.join(", "))) }
                </Note>
            }
            { for found.items.iter().map(card) }
        </>
    }
}

fn saves(t: &Text, plan: &VisitPlan) -> AttrValue {
    t.msg("visit-plans-saves", args!(count = plan.saves))
}

/// When a visit is and what happens, in a line.
fn in_short(t: &Text, visit: &PlannedVisit) -> Html {
    let names: Vec<&str> = visit
        .parts
        .iter()
        .map(|part| part.public_name.as_str())
        .collect();
    html! {
        <>
            <strong class="numbers">{ t.moment(visit.starts_at, &visit.zone, &visit.place.name) }</strong>
            <br /><span class="muted">{ names.join(", ") }</span>
        </>
    }
}

/// A visit of a plan: when, and what happens one after the other.
fn shown(t: &Text, visit: &PlannedVisit) -> Html {
    let part = |part: &PlannedPart| {
        let start = t.time(part.starts_at, &visit.zone);
        html! {
            <li>
                <span class="numbers">{ start }</span>{ " " }{ part.public_name.clone() }
                if part.late {
                    { " " }<Badge tone={Tone::Warning} text={t.text("visit-plans-late")} />
                }
            </li>
        }
    };
    html! {
        <div>
            <h3 class="h3">{ when(t, visit.starts_at, &visit.zone, &visit.place.name) }</h3>
            <ul>{ for visit.parts.iter().map(part) }</ul>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ConfirmProps {
    plan: VisitPlan,
    comments: bool,
    comment: String,
    on_comment: Callback<String>,
    on_other: Callback<()>,
    on_booked: Callback<Vec<Appointment>>,
    refetch: Callback<()>,
}

/// Everything about a plan, and the button that books it.
#[component]
fn Confirm(props: &ConfirmProps) -> Html {
    let t = use_text();
    let plan = &props.plan;
    let key = use_memo(plan.id.clone(), |_| salus_client::new_key());
    let book: Action<Option<String>> = {
        let (key, id, on_booked) = (key.clone(), plan.id.clone(), props.on_booked.clone());
        use_action(
            move |client, comment: Option<String>| {
                client.book_my_visit_plan(&key, &id, &BookVisitPlan { comment })
            },
            move |booked| on_booked.emit(booked.value.items),
        )
    };
    let missing = use_state(|| false);
    let press = {
        let (run, missing) = (book.run.clone(), missing.clone());
        let required = plan.comment_required;
        let text = props.comment.trim().to_owned();
        Callback::from(move |_: MouseEvent| {
            missing.set(required && text.is_empty());
            if !required || !text.is_empty() {
                run.emit((!text.is_empty()).then(|| text.clone()));
            }
        })
    };
    let stale = book
        .failure
        .as_ref()
        .is_some_and(|failure| failure.slug() == PLAN_STALE.slug);
    let other = {
        let (other, refetch) = (props.on_other.clone(), props.refetch.clone());
        Callback::from(move |_: MouseEvent| {
            refetch.emit(());
            other.emit(());
        })
    };
    let parts = || plan.visits.iter().flat_map(|visit| &visit.parts);
    let seen: Vec<&str> = parts()
        .filter(|part| part.supervisor_sees)
        .map(|part| part.public_name.as_str())
        .collect();
    html! {
        <>
            { for plan.visits.iter().enumerate().map(|(at, visit)| html! {
                <VisitCard number={at + 1} alone={plan.visits.len() == 1} visit={visit.clone()} />
            }) }
            <Note tone={Tone::Info}>{ t.text("visit-plans-not-kept") }</Note>
            if props.comments {
                <TextArea name="comment" label={t.text("book-comment")} hint={t.text("book-comment-hint")}
                    rows={3} max_length={500} optional={!plan.comment_required}
                    value={props.comment.clone()} on_change={props.on_comment.clone()}
                    error={missing.then(|| t.text("problem-comment-required"))} />
            }
            <WhoSees text={who_sees(&t, !seen.is_empty(), &seen.join(", "))} />
            { book.problem() }
            <div class="button-row">
                <Button on_press={other}>{ t.text("visit-plans-other") }</Button>
                if !stale {
                    <Button look={Look::Primary} wide={true} busy={book.pending} on_press={press}>
                        { t.msg("visit-plans-book", args!(count = plan.visits.len())) }
                    </Button>
                }
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct VisitCardProps {
    number: usize,
    alone: bool,
    visit: PlannedVisit,
}

/// One visit of a plan: when, where, what happens, and what to do before.
#[component]
fn VisitCard(props: &VisitCardProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let minutes = (visit.ends_at - visit.starts_at).num_minutes();
    let aside = html! {
        <span class="muted">{ t.msg("appointment-minutes", args!(minutes = minutes)) }</span>
    };
    let title = match props.alone {
        true => t.text("visit-plans-check"),
        false => t.msg("visit-plans-visit", args!(number = props.number)),
    };
    let facts = vec![
        (
            t.text("appointment-when"),
            when(&t, visit.starts_at, &visit.zone, &visit.place.name),
        ),
        (t.text("appointment-where"), place(&visit.place)),
    ];
    html! {
        <Card {title} {aside}>
            <div class="stack">
                <Facts {facts} />
                <ol class="stack">{ for visit.parts.iter().map(|part| in_full(&t, visit, part)) }</ol>
            </div>
        </Card>
    }
}

/// A part with whom it is, and what to do before.
fn in_full(t: &Text, visit: &PlannedVisit, part: &PlannedPart) -> Html {
    let names: Vec<&str> = part
        .resources
        .iter()
        .flatten()
        .map(|with| with.name.as_str())
        .collect();
    let before = &part.preparation;
    let fasting = (before.fasting_hours > 0).then(|| {
        let from = visit.starts_at - chrono::TimeDelta::hours(i64::from(before.fasting_hours));
        let time = t.time(from, &visit.zone).to_string();
        t.msg("appointment-fasting", args!(time = time))
    });
    html! {
        <li>
            <strong class="numbers">{ t.time(part.starts_at, &visit.zone) }{ " " }{ part.public_name.clone() }</strong>
            if part.late {
                { " " }<Badge tone={Tone::Warning} text={t.text("visit-plans-late")} />
            }
            if !names.is_empty() {
                <br /><span class="muted">{ names.join(", ") }</span>
            }
            if let Some(fasting) = fasting {
                <p><strong>{ fasting }</strong></p>
            }
            if !before.full.is_empty() {
                <p>{ before.full.clone() }</p>
            }
            if !before.bring.is_empty() {
                <p>{ t.text("appointment-bring") }{ ": " }{ before.bring.join("; ") }</p>
            }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct DoneProps {
    visits: Vec<Appointment>,
}

/// What was booked, and what to do next.
#[component]
fn Done(props: &DoneProps) -> Html {
    let t = use_text();
    let waits = props
        .visits
        .iter()
        .any(|visit| visit.state == State::Pending);
    let facts: Vec<_> = props
        .visits
        .iter()
        .map(|visit| {
            let at = when(&t, visit.starts_at, &visit.zone, &visit.place.name);
            (AttrValue::from(visit.public_name.clone()), at)
        })
        .collect();
    html! {
        <Page title={t.text("visit-plans-done")} narrow={true}>
            if waits {
                <Note tone={Tone::Info}>{ t.text("visit-plans-done-pending") }</Note>
            }
            <Card title={t.text("appointments-upcoming")}><Facts {facts} /></Card>
            { forms_to_answer(&t) }
        </Page>
    }
}
