//! One question and its control.

use salus_types::questionnaires::engine::{
    AnswerError, Entry, ErrorCode, Item, Kind, toggle, units,
};
use salus_ui::{
    CheckGroup, Choice, DateField, DateStyle, Field, Radio, Select, Text, TextArea, TextField,
    args, use_text, use_toast,
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct QuestionProps {
    pub(super) item: Item,
    pub(super) entry: Option<Entry>,
    pub(super) required: bool,
    pub(super) error: Option<AttrValue>,
    pub(super) language: AttrValue,
    /// A new answer; none clears it.
    pub(super) on_change: Callback<Option<Entry>>,
    /// The field was left.
    pub(super) on_leave: Callback<()>,
}

/// What is wrong with an answer, in words.
pub(super) fn fault(t: &Text, error: &AnswerError, language: &str) -> AttrValue {
    if let Some(message) = &error.message {
        return AttrValue::from(message.in_language(language).to_owned());
    }
    if error.code == ErrorCode::Required {
        return t.text("questionnaires-required");
    }
    let limit = error.limit.clone().unwrap_or_default();
    let limit = match limit.parse() {
        Ok(date) => t.date(date, DateStyle::Medium),
        Err(_) => AttrValue::from(limit),
    };
    let id = format!("code-{}", error.code.as_str().replace('_', "-"));
    t.msg(&id, args!(limit = limit.as_str()))
}

/// One question with the control its kind asks for.
#[component]
pub(super) fn Question(props: &QuestionProps) -> Html {
    let item = &props.item;
    let words = |words: &salus_types::questionnaires::engine::Words| {
        AttrValue::from(words.in_language(&props.language).to_owned())
    };
    let common = Common {
        name: AttrValue::from(item.link_id.clone()),
        label: words(&item.text),
        hint: item.help.as_ref().map(words),
        error: props.error.clone(),
        optional: !props.required && item.kind.is_answerable(),
    };
    let control = match item.kind {
        Kind::Display => html! { <p class="whitespace-pre-line">{ common.label }</p> },
        Kind::YesNo => html! { <YesNo ..control(props, common) /> },
        Kind::Choice => html! { <OneOf ..control(props, common) /> },
        Kind::MultiChoice => html! { <AnyOf ..control(props, common) /> },
        Kind::Date => html! { <Day ..control(props, common) /> },
        Kind::Quantity => html! { <Amount ..control(props, common) /> },
        Kind::LongText => html! { <Long ..control(props, common) /> },
        _ => html! { <Line ..control(props, common) /> },
    };
    html! { <div lang={props.language.clone()}>{ control }</div> }
}

#[derive(Clone, PartialEq)]
struct Common {
    name: AttrValue,
    label: AttrValue,
    hint: Option<AttrValue>,
    error: Option<AttrValue>,
    optional: bool,
}

#[derive(Properties, PartialEq)]
struct ControlProps {
    common: Common,
    item: Item,
    entry: Option<Entry>,
    language: AttrValue,
    on_change: Callback<Option<Entry>>,
    on_leave: Callback<()>,
}

fn control(props: &QuestionProps, common: Common) -> ControlProps {
    ControlProps {
        common,
        item: props.item.clone(),
        entry: props.entry.clone(),
        language: props.language.clone(),
        on_change: props.on_change.clone(),
        on_leave: props.on_leave.clone(),
    }
}

impl ControlProps {
    fn typed(&self) -> AttrValue {
        match &self.entry {
            Some(Entry::Text(text)) => AttrValue::from(text.clone()),
            _ => AttrValue::default(),
        }
    }

    fn on_text(&self) -> Callback<String> {
        self.on_change
            .reform(|text: String| Some(Entry::Text(text)))
    }

    fn choices(&self) -> Vec<Choice> {
        let options = self.item.options.iter();
        options
            .map(|option| {
                let label = option.text.in_language(&self.language).to_owned();
                Choice::new(option.code.clone(), label)
            })
            .collect()
    }
}

#[component]
fn YesNo(props: &ControlProps) -> Html {
    let t = use_text();
    let Common {
        name,
        label,
        hint,
        error,
        optional,
    } = props.common.clone();
    let value = match &props.entry {
        Some(Entry::Bool(true)) => "yes",
        Some(Entry::Bool(false)) => "no",
        _ => "",
    };
    let choices = vec![
        Choice::new("yes", t.text("yes")),
        Choice::new("no", t.text("no")),
    ];
    let on_change = props
        .on_change
        .reform(|value: String| Some(Entry::Bool(value == "yes")));
    html! { <Radio {name} {label} {hint} {error} {optional} {choices} {value} inline=true {on_change} /> }
}

#[component]
fn OneOf(props: &ControlProps) -> Html {
    let Common {
        name,
        label,
        hint,
        error,
        optional,
    } = props.common.clone();
    let (choices, value, on_change) = (props.choices(), props.typed(), props.on_text());
    if choices.len() <= 7 {
        html! { <Radio {name} {label} {hint} {error} {optional} {choices} {value} {on_change} /> }
    } else {
        html! { <Select {name} {label} {hint} {error} {optional} {choices} {value} {on_change} /> }
    }
}

/// "None of these" clears the others, and the other way round; what was cleared is said and can be
/// brought back.
#[component]
fn AnyOf(props: &ControlProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let Common {
        name,
        label,
        hint,
        error,
        optional,
    } = props.common.clone();
    let chosen: Vec<String> = match &props.entry {
        Some(Entry::Codes(codes)) => codes.clone(),
        _ => Vec::new(),
    };
    let values: Vec<AttrValue> = chosen.iter().map(|code| code.clone().into()).collect();
    let choices = props.choices();
    let on_change = {
        let (options, on_change) = (props.item.options.clone(), props.on_change.clone());
        Callback::from(move |now: Vec<String>| {
            let pressed = now
                .iter()
                .find(|code| !chosen.contains(code))
                .or_else(|| chosen.iter().find(|code| !now.contains(code)));
            let Some(pressed) = pressed else {
                return;
            };
            let (kept, cleared) = toggle(&options, &chosen, pressed);
            on_change.emit(Some(Entry::Codes(kept)));
            if !cleared.is_empty() {
                let said = t.msg("questionnaires-cleared", args!(count = cleared.len()));
                let (before, on_change) = (chosen.clone(), on_change.clone());
                let undo =
                    Callback::from(move |()| on_change.emit(Some(Entry::Codes(before.clone()))));
                toast.say_with_undo(said, undo);
            }
        })
    };
    html! { <CheckGroup {name} {label} {hint} {error} {optional} {choices} {values} {on_change} /> }
}

#[component]
fn Day(props: &ControlProps) -> Html {
    let Common {
        name,
        label,
        hint,
        error,
        optional,
    } = props.common.clone();
    let value = props.typed().parse().ok();
    let on_change = props
        .on_change
        .reform(|date: Option<chrono::NaiveDate>| date.map(|d| Entry::Text(d.to_string())));
    html! { <DateField {name} {label} {hint} {error} {optional} {value} {on_change} /> }
}

#[component]
fn Line(props: &ControlProps) -> Html {
    let Common {
        name,
        label,
        hint,
        error,
        optional,
    } = props.common.clone();
    let input_mode = match props.item.kind {
        Kind::Integer => Some(AttrValue::Static("numeric")),
        Kind::Decimal => Some(AttrValue::Static("decimal")),
        _ => None,
    };
    let short = input_mode.is_some();
    let (value, on_change) = (props.typed(), props.on_text());
    let on_leave = props.on_leave.clone();
    html! {
        <TextField {name} {label} {hint} {error} {optional} {value} {input_mode} {short} {on_change} {on_leave} />
    }
}

#[component]
fn Long(props: &ControlProps) -> Html {
    let Common {
        name,
        label,
        hint,
        error,
        optional,
    } = props.common.clone();
    let max_length = u32::try_from(props.item.text_limit()).ok();
    let (value, on_change) = (props.typed(), props.on_text());
    let on_leave = props.on_leave.clone();
    html! {
        <TextArea {name} {label} {hint} {error} {optional} {value} {max_length} {on_change} {on_leave} />
    }
}

/// A number and the unit it is given in.
#[component]
fn Amount(props: &ControlProps) -> Html {
    let t = use_text();
    let Common {
        name,
        label,
        hint,
        error,
        optional,
    } = props.common.clone();
    let first = props.item.units.first().cloned().unwrap_or_default();
    let (value, unit) = match &props.entry {
        Some(Entry::Quantity { value, unit }) => (value.clone(), unit.clone()),
        _ => (String::new(), first),
    };
    let oninput = {
        let unit = unit.clone();
        props.on_change.reform(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            let unit = unit.clone();
            Some(Entry::Quantity { value, unit })
        })
    };
    let onchange = {
        let value = value.clone();
        props.on_change.reform(move |event: Event| {
            let unit = event.target_unchecked_into::<HtmlSelectElement>().value();
            let value = value.clone();
            Some(Entry::Quantity { value, unit })
        })
    };
    let described = format!("f-{name}-hint f-{name}-error");
    let option = |code: &String| {
        let label = units::find(code).map_or(code.as_str(), |unit| unit.label);
        html! { <option value={code.clone()} selected={*code == unit}>{ label }</option> }
    };
    html! {
        <Field name={name.clone()} {label} {hint} error={error.clone()} {optional}>
            <div class="flex gap-2">
                <input type="text" inputmode="decimal" class="input input-short" id={format!("f-{name}")}
                    name={name.clone()} {value} {oninput} onblur={props.on_leave.reform(|_| ())}
                    aria-describedby={described} aria-invalid={error.is_some().then_some("true")} />
                <select class="select w-auto" aria-label={t.text("questionnaires-unit")} {onchange}>
                    { for props.item.units.iter().map(option) }
                </select>
            </div>
        </Field>
    }
}
