use super::Icon;
use super::field::{Field, described_by, error_of, hint_of};
use crate::i18n::use_text;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// One of several answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is kept.
    pub value: AttrValue,
    /// What is read.
    pub label: AttrValue,
    /// A line under the label.
    pub hint: Option<AttrValue>,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }

    /// The same choice with a line under its label.
    #[must_use]
    pub fn hint(self, hint: impl Into<AttrValue>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}

/// What a [`Select`] takes.
#[derive(Properties, PartialEq)]
pub struct SelectProps {
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
    /// The answers offered.
    pub choices: Vec<Choice>,
    /// The answer so far; empty shows "Choose".
    pub value: AttrValue,
    /// A change.
    #[prop_or_default]
    pub on_change: Callback<String>,
}

/// One answer of many. With up to seven, a [`Radio`] is clearer.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let t = use_text();
    let onchange = {
        let on_change = props.on_change.clone();
        Callback::from(move |event: Event| {
            on_change.emit(event.target_unchecked_into::<HtmlSelectElement>().value());
        })
    };
    let known = props
        .choices
        .iter()
        .any(|choice| choice.value == props.value);
    let (hint, error) = (props.hint.as_ref(), props.error.as_ref());
    html! {
        <Field name={props.name.clone()} label={props.label.clone()} hint={props.hint.clone()}
            error={props.error.clone()} optional={props.optional}>
            <div class="select-box"><select id={format!("f-{}", props.name)} name={props.name.clone()} class="select"
                aria-describedby={described_by(&props.name, hint, error)}
                aria-invalid={props.error.is_some().then_some("true")} {onchange}>
                if props.optional || !known {
                    <option value="" selected={!known}>{ t.text("choose") }</option>
                }
                { for props.choices.iter().map(|choice| html! {
                    <option value={choice.value.clone()} selected={choice.value == props.value}>
                        { choice.label.clone() }
                    </option>
                }) }
            </select><Icon name="chevron-down" /></div>
        </Field>
    }
}

/// What a [`Radio`] takes.
#[derive(Properties, PartialEq)]
pub struct RadioProps {
    /// The group's name.
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
    /// The answers offered.
    pub choices: Vec<Choice>,
    /// The answer so far.
    pub value: AttrValue,
    /// Whether short answers stand side by side, such as yes and no.
    #[prop_or_default]
    pub inline: bool,
    /// A change.
    #[prop_or_default]
    pub on_change: Callback<String>,
}

/// One answer of a few, all in sight.
#[component]
pub fn Radio(props: &RadioProps) -> Html {
    let one = |choice: &Choice| {
        let onchange = {
            let value = choice.value.to_string();
            props.on_change.reform(move |_: Event| value.clone())
        };
        html! {
            <label class="choice">
                <input type="radio" class="radio" name={props.name.clone()} value={choice.value.clone()}
                    checked={choice.value == props.value} {onchange} />
                { words(choice) }
            </label>
        }
    };
    html! {
        <Group name={props.name.clone()} label={props.label.clone()} hint={props.hint.clone()}
            error={props.error.clone()} optional={props.optional} inline={props.inline} role="radiogroup">
            { for props.choices.iter().map(one) }
        </Group>
    }
}

/// What a [`CheckGroup`] takes.
#[derive(Properties, PartialEq)]
pub struct CheckGroupProps {
    /// The group's name.
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
    /// The answers offered.
    pub choices: Vec<Choice>,
    /// The answers so far.
    pub values: Vec<AttrValue>,
    /// Whether short answers stand side by side, such as weekdays.
    #[prop_or_default]
    pub inline: bool,
    /// All answers after a change, in the order offered.
    #[prop_or_default]
    pub on_change: Callback<Vec<String>>,
}

/// Any number of answers.
#[component]
pub fn CheckGroup(props: &CheckGroupProps) -> Html {
    let one = |choice: &Choice| {
        let onchange = {
            let value = choice.value.clone();
            let offered: Vec<AttrValue> = props
                .choices
                .iter()
                .map(|choice| choice.value.clone())
                .collect();
            let before = props.values.clone();
            props.on_change.reform(move |event: Event| {
                let ticked = event.target_unchecked_into::<HtmlInputElement>().checked();
                let holds = |one: &&AttrValue| {
                    if **one == value {
                        ticked
                    } else {
                        before.contains(one)
                    }
                };
                offered
                    .iter()
                    .filter(holds)
                    .map(|one| one.to_string())
                    .collect()
            })
        };
        html! {
            <label class="choice">
                <input type="checkbox" class="checkbox" name={props.name.clone()}
                    value={choice.value.clone()} checked={props.values.contains(&choice.value)} {onchange} />
                { words(choice) }
            </label>
        }
    };
    html! {
        <Group name={props.name.clone()} label={props.label.clone()} hint={props.hint.clone()}
            error={props.error.clone()} optional={props.optional} inline={props.inline}>
            { for props.choices.iter().map(one) }
        </Group>
    }
}

/// What a [`Check`] takes.
#[derive(Properties, PartialEq)]
pub struct CheckProps {
    /// The field's name.
    pub name: AttrValue,
    /// What is agreed to or switched on.
    pub label: AttrValue,
    /// A line under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Whether it is ticked.
    pub checked: bool,
    /// A change.
    #[prop_or_default]
    pub on_change: Callback<bool>,
}

/// One tick box.
#[component]
pub fn Check(props: &CheckProps) -> Html {
    let onchange = props
        .on_change
        .reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <div class={classes!("field", props.error.is_some().then_some("field-wrong"))}>
            <label class="choice choice-alone">
                <input type="checkbox" class="checkbox" id={format!("f-{}", props.name)}
                    name={props.name.clone()} checked={props.checked}
                    aria-describedby={described_by(&props.name, props.hint.as_ref(), props.error.as_ref())}
                    aria-invalid={props.error.is_some().then_some("true")} {onchange} />
                <span>{ props.label.clone() }</span>
            </label>
            { hint_of(&props.name, props.hint.as_ref()) }
            { error_of(&props.name, props.error.as_ref()) }
        </div>
    }
}

fn words(choice: &Choice) -> Html {
    html! {
        <span class="choice-words">
            <span>{ choice.label.clone() }</span>
            if let Some(hint) = &choice.hint {
                <span class="choice-hint">{ hint }</span>
            }
        </span>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct GroupProps {
    pub(super) name: AttrValue,
    pub(super) label: AttrValue,
    pub(super) hint: Option<AttrValue>,
    pub(super) error: Option<AttrValue>,
    pub(super) optional: bool,
    pub(super) inline: bool,
    #[prop_or_default]
    pub(super) role: Option<AttrValue>,
    pub(super) children: Html,
}

/// Several controls under one question.
#[component]
pub(super) fn Group(props: &GroupProps) -> Html {
    let t = use_text();
    let name = &props.name;
    let described = described_by(name, props.hint.as_ref(), props.error.as_ref());
    html! {
        <fieldset id={format!("f-{name}")} role={props.role.clone()} aria-describedby={described}
            class={classes!("field", props.error.is_some().then_some("field-wrong"))}>
            <legend class="field-label">
                { props.label.clone() }
                if props.optional {
                    <span class="field-optional">{ " " }{ t.text("field-optional") }</span>
                }
            </legend>
            { hint_of(name, props.hint.as_ref()) }
            <div class={if props.inline { "choices choices-inline" } else { "choices" }}>
                { props.children.clone() }
            </div>
            { error_of(name, props.error.as_ref()) }
        </fieldset>
    }
}
