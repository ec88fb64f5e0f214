//! What people would see with what is typed now: the app's own parts, with made-up times.

use super::{ALERT, LATE, MODULES, WARNING, flag, words, words_in};
use crate::routes::Route;
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use salus_types::ids::LocationId;
use salus_types::portals::{DraftModule, PortalDraft};
use salus_types::scheduling::{Modality, Reach, Slot};
use salus_ui::booking::{Alert, CallClinic, CommentField, new_visit, own_or};
use salus_ui::color::Rgb;
use salus_ui::hooks::{use_effect_with, use_state};
use salus_ui::look::brand_properties;
use salus_ui::times::{DaySearch, day_strip, days_of, times_of};
use salus_ui::{
    Badge, Button, Card, Choice, Empty, Lang, Look, Row, Rows, Select, Speaking, Text, Tone, args,
    today_at, use_text,
};
use web_sys::HtmlElement;
use yew::prelude::*;

/// The days from today on, and the hours, of the made-up times.
const DAYS: [u64; 5] = [1, 2, 5, 9, 20];
const HOURS: [u32; 3] = [8, 10, 14];

#[derive(Properties, PartialEq)]
pub(super) struct SampleProps {
    pub(super) form: DraftModule,
    pub(super) draft: PortalDraft,
}

/// The sample, in a language and a theme to choose.
#[component]
pub(super) fn Sample(props: &SampleProps) -> Html {
    let t = use_text();
    let chosen = use_state(|| t.lang());
    let dark = use_state(|| false);
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(props.draft.brand_color.clone(), move |color| {
            let element = place.cast::<HtmlElement>();
            if let (Some(element), Some(brand)) = (element, Rgb::parse(color)) {
                for (name, value) in brand_properties(brand) {
                    let _ = element.style().set_property(name, &value);
                }
            }
        });
    }
    let languages = &props.draft.languages;
    let is_offered = |lang: &Lang| languages.iter().any(|one| one == lang.language());
    let language = Some(*chosen)
        .filter(is_offered)
        .or_else(|| Lang::parse(&props.draft.default_language))
        .unwrap_or(*chosen);
    let offered = t.languages().into_iter();
    let languages: Vec<Choice> = offered
        .filter(|(lang, _)| is_offered(lang))
        .map(|(lang, name)| Choice::new(lang.language(), name))
        .collect();
    let themes = ["light", "dark"].map(|theme| {
        let words = t.msg("booking-sample-theme", args!(theme = theme));
        Choice::new(theme, words)
    });
    let choose_language = {
        let chosen = chosen.clone();
        Callback::from(move |tag: String| {
            if let Some(lang) = Lang::parse(&tag) {
                chosen.set(lang);
            }
        })
    };
    let choose_theme = {
        let dark = dark.clone();
        Callback::from(move |theme: String| dark.set(theme == "dark"))
    };
    let employee = props.form.key == MODULES[0];
    html! {
        <div class="sample-place">
            <Card title={t.text("booking-sample")}>
                <div class="stack">
                    <div class="flex flex-wrap gap-4">
                        if languages.len() > 1 {
                            <Select name="sample-language" label={t.text("booking-sample-language")} choices={languages}
                                value={language.language()} on_change={choose_language} />
                        }
                        <Select name="sample-theme" label={t.text("booking-sample-colours")} choices={themes.to_vec()}
                            value={if *dark { "dark" } else { "light" }} on_change={choose_theme} />
                    </div>
                    // It is looked at, not used.
                    <div class={classes!("sample", dark.then_some("sample-dark"))} ref={place} lang={language.language()} inert={true}>
                        <Speaking lang={language}>
                            if employee {
                                <Booking form={props.form.clone()} draft={props.draft.clone()} />
                            } else {
                                <Team form={props.form.clone()} />
                            }
                        </Speaking>
                    </div>
                </div>
            </Card>
        </div>
    }
}

/// The page of the visits and the one on which a time is chosen.
#[component]
fn Booking(props: &SampleProps) -> Html {
    let t = use_text();
    let form = &props.form;
    let own = |option: &str| {
        let languages = [t.lang().language(), props.draft.default_language.as_str()];
        let words = languages.map(|language| words_in(form, option, language));
        let words = words.into_iter().find(|words| !words.trim().is_empty())?;
        Some(words.trim().to_owned())
    };
    let (schedule, request) = (flag(form, "schedule"), flag(form, "request"));
    let name = [t.lang().language(), props.draft.default_language.as_str()]
        .into_iter()
        .filter_map(|language| form.name.get(language))
        .find(|name| !name.trim().is_empty());
    let late = if flag(form, LATE) {
        t.msg(
            "home-book",
            args!(what = t.text("booking-sample-due").to_string()),
        )
    } else {
        t.text("booking-sample-due")
    };
    let warning = (!flag(form, LATE)).then(|| {
        let words = own(WARNING);
        own_or(&t, words.as_deref(), "home-past-due-warning")
    });
    html! {
        <div class="stack">
            <p class="h2">{ name.map_or_else(|| t.text("appointments"), |name| AttrValue::from(name.clone())) }</p>
            <Alert text={own(ALERT)} />
            <Rows>
                <Row<Route> icon="calendar-plus" title={late} text={warning}>
                    <Badge tone={Tone::Bad} text={t.text("due-past-due")} />
                </Row<Route>>
            </Rows>
            if schedule {
                <div class="button-row">
                    <Button look={Look::Primary} icon="calendar-plus">{ new_visit(&t, own("new_button_text").as_deref()) }</Button>
                </div>
            }
            if request {
                <div class="button-row"><Button icon="plus">{ t.text("request") }</Button></div>
            }
            if !schedule && !request {
                <CallClinic />
            }
            if schedule {
                <Times form={form.clone()} />
                if !flag(form, "disable_comments") {
                    <CommentField prompt={own("comment_prompt")} value="" />
                }
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OfModuleProps {
    form: DraftModule,
}

/// Choosing a provider, a day and a time.
#[component]
fn Times(props: &OfModuleProps) -> Html {
    let t = use_text();
    let form = &props.form;
    let today = today_at("UTC");
    let number = |option: &str| words(form, option).parse::<u16>().unwrap_or_default();
    let reach = Reach {
        days_out: number("days_out"),
        days_before_showing: number("days_before_showing"),
    };
    let free = made_up(today, reach.last_day(today));
    let first = free.first().map(|slot| slot.local_date);
    let until = reach.shown_until(today, 0, first);
    let shown: Vec<Slot> = free
        .into_iter()
        .filter(|slot| slot.local_date <= until)
        .collect();
    let days = days_of(&shown);
    let mut providers = vec![Choice::new("one", t.text("booking-sample-provider"))];
    if flag(form, "first_available") {
        providers.insert(0, Choice::new("", t.text("book-first-available")));
    }
    html! {
        <Card title={t.text("book-choose-day")}>
            <div class="stack">
                if !flag(form, "force_any_provider") {
                    <Select name="sample-provider" label={t.text("book-choose-provider")} choices={providers} value="" />
                }
                if !flag(form, "disable_calendar_search") {
                    <DaySearch day={None::<NaiveDate>} earliest={today} latest={reach.last_day(today)} on_day={Callback::noop()} />
                }
                if let Some(date) = first.filter(|_| !days.is_empty()) {
                    { day_strip(&t, &days, date, &Callback::noop()) }
                    { times_of(&t, &shown, date, &Callback::noop(), false) }
                }
                if until < reach.last_day(today) {
                    <div class="button-row">
                        <Button icon="chevron-right">{ t.text("book-more-days") }</Button>
                    </div>
                }
            </div>
        </Card>
    }
}

/// Times of the next weeks, on a clock without a place.
fn made_up(today: NaiveDate, last: NaiveDate) -> Vec<Slot> {
    let days = DAYS.into_iter().map(|ahead| today + Days::new(ahead));
    let times = days.filter(|date| *date <= last).flat_map(|date| {
        let hours = HOURS
            .into_iter()
            .filter_map(|hour| NaiveTime::from_hms_opt(hour, 30, 0));
        hours.map(move |time| (date, time))
    });
    let slot = |(date, time): (NaiveDate, NaiveTime)| {
        let starts_at = date.and_time(time).and_utc();
        Slot {
            starts_at,
            ends_at: starts_at + TimeDelta::minutes(30),
            local_date: date,
            local_time: time,
            zone: "UTC".to_owned(),
            location_id: LocationId(uuid::Uuid::nil()),
            modality: Modality::InPerson,
            resources: None,
        }
    };
    times.map(slot).collect()
}

/// How who leads people gets a time for one of them.
#[component]
fn Team(props: &OfModuleProps) -> Html {
    let t = use_text();
    let form = &props.form;
    html! {
        <div class="stack">
            { way(&t, &words(form, "mode")) }
            <Rows>
                <Row<Route> icon="calendar-days" title={t.text("booking-sample-visit")}>
                    if flag(form, "allow_cancel") {
                        <Button>{ t.text("team-visit-cancel") }</Button>
                    }
                </Row<Route>>
            </Rows>
        </div>
    }
}

fn way(t: &Text, mode: &str) -> Html {
    match mode {
        "schedule" => html! {
            <div class="button-row"><Button icon="calendar-plus">{ t.text("team-schedule-title") }</Button></div>
        },
        "request" => html! {
            <div class="button-row"><Button icon="calendar-plus">{ t.text("team-ask-for-time") }</Button></div>
        },
        _ => html! {
            <Empty icon="phone" title={t.text("team-schedule-by-clinic")} text={t.text("team-schedule-by-clinic-text")} />
        },
    }
}
