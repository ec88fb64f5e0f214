use super::Icon;
use crate::args;
use crate::hooks::use_effect_with;
use crate::i18n::use_text;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What a [`Field`] takes.
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// The field's name; its control has the id `f-<name>`.
    pub name: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// How to answer.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with the answer.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Whether it may be left empty; the label then says so.
    #[prop_or_default]
    pub optional: bool,
    /// The control.
    pub children: Html,
}

/// Label above, hint under it, control, error under the control.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let t = use_text();
    let name = &props.name;
    html! {
        <div class={classes!("field", props.error.is_some().then_some("field-wrong"))}>
            <label class="field-label" for={format!("f-{name}")}>
                { props.label.clone() }
                if props.optional {
                    <span class="field-optional">{ " " }{ t.text("field-optional") }</span>
                }
            </label>
            { hint_of(name, props.hint.as_ref()) }
            { props.children.clone() }
            { error_of(name, props.error.as_ref()) }
        </div>
    }
}

pub(super) fn hint_of(name: &str, hint: Option<&AttrValue>) -> Html {
    match hint {
        Some(hint) => html! { <p class="field-hint" id={format!("f-{name}-hint")}>{ hint }</p> },
        None => Html::default(),
    }
}

pub(super) fn error_of(name: &str, error: Option<&AttrValue>) -> Html {
    match error {
        Some(error) => html! {
            <p class="field-error" id={format!("f-{name}-error")}>
                <Icon name="circle-alert" /><span>{ error }</span>
            </p>
        },
        None => Html::default(),
    }
}

/// The ids that describe a control, for `aria-describedby`.
pub(super) fn described_by(
    name: &str,
    hint: Option<&AttrValue>,
    error: Option<&AttrValue>,
) -> Option<String> {
    let hint = hint.map(|_| format!("f-{name}-hint"));
    let error = error.map(|_| format!("f-{name}-error"));
    match (hint, error) {
        (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
        (hint, error) => hint.or(error),
    }
}

/// What a [`TextField`] takes.
#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
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
    /// The answer so far.
    pub value: AttrValue,
    /// `text`, `email`, `password`, `tel`, `search`, `url` or `number`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// What the browser may fill in, such as `username` or `current-password`.
    #[prop_or_default]
    pub autocomplete: Option<AttrValue>,
    /// Which keyboard a phone shows, such as `numeric`.
    #[prop_or_default]
    pub input_mode: Option<AttrValue>,
    /// The longest answer in characters.
    #[prop_or_default]
    pub max_length: Option<u32>,
    /// A unit after the field, such as "kg".
    #[prop_or_default]
    pub unit: Option<AttrValue>,
    /// Whether it is short, such as a code or a number.
    #[prop_or_default]
    pub short: bool,
    /// Each change.
    #[prop_or_default]
    pub on_change: Callback<String>,
    /// Leaving the field.
    #[prop_or_default]
    pub on_leave: Callback<()>,
}

/// One line of text.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let oninput = {
        let on_change = props.on_change.clone();
        Callback::from(move |event: InputEvent| {
            on_change.emit(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let onblur = props.on_leave.reform(|_: FocusEvent| ());
    let (hint, error) = (props.hint.as_ref(), props.error.as_ref());
    html! {
        <Field name={props.name.clone()} label={props.label.clone()} hint={props.hint.clone()}
            error={props.error.clone()} optional={props.optional}>
            <div class="field-line">
                <input id={format!("f-{}", props.name)} name={props.name.clone()}
                    class={classes!("input", props.short.then_some("input-short"))}
                    type={props.kind.clone()} value={props.value.clone()}
                    autocomplete={props.autocomplete.clone()} inputmode={props.input_mode.clone()}
                    maxlength={props.max_length.map(|most| most.to_string())}
                    aria-describedby={described_by(&props.name, hint, error)}
                    aria-invalid={props.error.is_some().then_some("true")}
                    {oninput} {onblur} />
                if let Some(unit) = &props.unit {
                    <span class="field-unit">{ unit }</span>
                }
            </div>
        </Field>
    }
}

/// What a [`TextArea`] takes.
#[derive(Properties, PartialEq)]
pub struct TextAreaProps {
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
    /// The answer so far.
    pub value: AttrValue,
    /// Lines shown.
    #[prop_or(4)]
    pub rows: u32,
    /// The longest answer in characters; how many are left is said near the end.
    #[prop_or_default]
    pub max_length: Option<u32>,
    /// Each change.
    #[prop_or_default]
    pub on_change: Callback<String>,
    /// Leaving the field.
    #[prop_or_default]
    pub on_leave: Callback<()>,
}

/// Several lines of text.
#[component]
pub fn TextArea(props: &TextAreaProps) -> Html {
    let t = use_text();
    let oninput = {
        let on_change = props.on_change.clone();
        Callback::from(move |event: InputEvent| {
            on_change.emit(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let onblur = props.on_leave.reform(|_: FocusEvent| ());
    let used = u32::try_from(props.value.chars().count()).unwrap_or(u32::MAX);
    let left = props
        .max_length
        .filter(|most| used.saturating_mul(10) >= most.saturating_mul(8))
        .map(|most| most.saturating_sub(used));
    let (hint, error) = (props.hint.as_ref(), props.error.as_ref());
    html! {
        <Field name={props.name.clone()} label={props.label.clone()} hint={props.hint.clone()}
            error={props.error.clone()} optional={props.optional}>
            <textarea id={format!("f-{}", props.name)} name={props.name.clone()} class="textarea"
                rows={props.rows.to_string()} value={props.value.clone()}
                maxlength={props.max_length.map(|most| most.to_string())}
                aria-describedby={described_by(&props.name, hint, error)}
                aria-invalid={props.error.is_some().then_some("true")}
                {oninput} {onblur} />
            if let Some(left) = left {
                <p class="field-hint" role="status">{ t.msg("field-characters-left", args!(count = left)) }</p>
            }
        </Field>
    }
}

/// One line of an [`ErrorSummary`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name.
    pub name: AttrValue,
    /// What is wrong with it.
    pub message: AttrValue,
}

/// What an [`ErrorSummary`] takes.
#[derive(Properties, PartialEq)]
pub struct ErrorSummaryProps {
    /// What is wrong; nothing is drawn when it is empty.
    pub faults: Vec<Fault>,
}

/// All that is wrong with a form, on top of it. It takes the focus when it appears, and each line
/// leads to its field.
#[component]
pub fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let t = use_text();
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(props.faults.clone(), move |faults| {
            if let (false, Some(element)) = (faults.is_empty(), place.cast::<HtmlElement>()) {
                let _ = element.focus();
            }
        });
    }
    if props.faults.is_empty() {
        return Html::default();
    }
    let line = |fault: &Fault| {
        let id = format!("f-{}", fault.name);
        let target = id.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            focus(&target);
        });
        html! { <li><a class="link" href={format!("#{id}")} {onclick}>{ fault.message.clone() }</a></li> }
    };
    html! {
        <div class="note tone-bad error-summary" role="alert" tabindex="-1" ref={place}>
            <Icon name="circle-alert" />
            <div class="note-body">
                <h2 class="font-semibold">{ t.text("form-problems") }</h2>
                <ul>{ for props.faults.iter().map(line) }</ul>
            </div>
        </div>
    }
}

/// Moves the focus to a field by its id; a group's first control when the id is the group's.
fn focus(id: &str) {
    let Some(element) = gloo::utils::document().get_element_by_id(id) else {
        return;
    };
    let inner = element
        .query_selector("input, select, textarea")
        .ok()
        .flatten();
    if let Ok(control) = inner.unwrap_or(element).dyn_into::<HtmlElement>() {
        let _ = control.focus();
    }
}
