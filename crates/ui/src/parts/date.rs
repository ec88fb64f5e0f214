use super::choice::Group;
use super::field::{Field, described_by};
use crate::hooks::use_state;
use crate::i18n::use_text;
use chrono::{Datelike, NaiveDate};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a [`DateField`] takes.
#[derive(Properties, PartialEq)]
pub struct DateFieldProps {
    /// The field's name.
    pub name: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// How to answer.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with the answer.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Whether it may be left empty.
    #[prop_or_default]
    pub optional: bool,
    /// The date so far.
    pub value: Option<NaiveDate>,
    /// The first date offered.
    #[prop_or_default]
    pub earliest: Option<NaiveDate>,
    /// The last date offered.
    #[prop_or_default]
    pub latest: Option<NaiveDate>,
    /// A change; `None` when it is empty or not a date.
    #[prop_or_default]
    pub on_change: Callback<Option<NaiveDate>>,
}

/// A date near today, with the browser's calendar.
#[component]
pub fn DateField(props: &DateFieldProps) -> Html {
    let onchange = {
        let on_change = props.on_change.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            on_change.emit(value.parse().ok());
        })
    };
    let written = |date: &NaiveDate| date.to_string();
    html! {
        <Field name={props.name.clone()} label={props.label.clone()} hint={props.hint.clone()}
            error={props.error.clone()} optional={props.optional}>
            <input type="date" class="input input-date" id={format!("f-{}", props.name)}
                name={props.name.clone()} value={props.value.as_ref().map(written).unwrap_or_default()}
                min={props.earliest.as_ref().map(written)} max={props.latest.as_ref().map(written)}
                aria-describedby={described_by(&props.name, props.hint.as_ref(), props.error.as_ref())}
                aria-invalid={props.error.is_some().then_some("true")} {onchange} />
        </Field>
    }
}

/// What a [`MemorableDate`] takes.
#[derive(Properties, PartialEq)]
pub struct MemorableDateProps {
    /// The group's name.
    pub name: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// How to answer; an example is given by itself.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with the answer.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Whether it may be left empty.
    #[prop_or_default]
    pub optional: bool,
    /// Whether it is the reader's birth date, which the browser may fill in.
    #[prop_or_default]
    pub birth_date: bool,
    /// The date at first.
    #[prop_or_default]
    pub value: Option<NaiveDate>,
    /// A change; `None` while it is not a whole, real date.
    #[prop_or_default]
    pub on_change: Callback<Option<NaiveDate>>,
}

/// A date one knows by heart: three fields, typed, in the order the language writes them.
#[component]
pub fn MemorableDate(props: &MemorableDateProps) -> Html {
    let t = use_text();
    let parts = use_state(|| props.value.map_or_else(Default::default, typed));
    let field = |index: usize, part: &'static str, label: AttrValue, width: &'static str| {
        let oninput = {
            let parts = parts.clone();
            let on_change = props.on_change.clone();
            Callback::from(move |event: InputEvent| {
                let mut now: [String; 3] = (*parts).clone();
                if let Some(slot) = now.get_mut(index) {
                    *slot = event.target_unchecked_into::<HtmlInputElement>().value();
                }
                on_change.emit(date_of(&now));
                parts.set(now);
            })
        };
        let id = format!("f-{}-{part}", props.name);
        let fill = props.birth_date.then(|| format!("bday-{part}"));
        html! {
            <div class="date-part">
                <label class="date-part-label" for={id.clone()}>{ label }</label>
                <input {id} class={classes!("input", width)} type="text" inputmode="numeric"
                    autocomplete={fill.unwrap_or_else(|| "off".into())}
                    maxlength={if index == 0 { "4" } else { "2" }}
                    value={parts.get(index).cloned().unwrap_or_default()}
                    aria-invalid={props.error.is_some().then_some("true")} {oninput} />
            </div>
        }
    };
    let day = field(2, "day", t.text("date-day"), "input-2");
    let month = field(1, "month", t.text("date-month"), "input-2");
    let year = field(0, "year", t.text("date-year"), "input-4");
    let month_first = t.lang().language() == "en";
    let hint = props.hint.clone().unwrap_or_else(|| t.text("date-example"));
    html! {
        <Group name={props.name.clone()} label={props.label.clone()} hint={Some(hint)}
            error={props.error.clone()} optional={props.optional} inline={true}>
            if month_first { { month }{ day } } else { { day }{ month } }
            { year }
        </Group>
    }
}

/// Year, month, day as they are typed.
fn typed(date: NaiveDate) -> [String; 3] {
    [
        date.year().to_string(),
        date.month().to_string(),
        date.day().to_string(),
    ]
}

fn date_of([year, month, day]: &[String; 3]) -> Option<NaiveDate> {
    let year = Some(year.trim())
        .filter(|year| year.len() == 4)?
        .parse()
        .ok()?;
    NaiveDate::from_ymd_opt(year, month.trim().parse().ok()?, day.trim().parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
        date_of(&[year.into(), month.into(), day.into()])
    }

    #[test]
    fn three_fields_make_a_date_only_when_it_exists() {
        assert_eq!(
            read("1984", "2", "29"),
            NaiveDate::from_ymd_opt(1984, 2, 29)
        );
        assert_eq!(read("1985", "02", "29"), None);
        assert_eq!(read("85", "2", "3"), None);
        assert_eq!(read("1985", "", "3"), None);
    }
}
