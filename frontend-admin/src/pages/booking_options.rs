//! What a site lets people do with appointments: changed in a draft, seen in a sample, published.

mod changes;
mod sample;
pub(super) mod versions;

use crate::routes::Route;
use salus_types::ids::PortalId;
use salus_types::portals::{DraftModule, PortalDraft, ReplaceModules};
use salus_ui::hooks::{State, edit, use_state};
use salus_ui::{
    Action, Back, Button, Card, Check, CheckGroup, Choice, Empty, Look, Note, Page, Radio, Text,
    TextArea, TextField, Tone, Waiting, args, use_action, use_leave_guard, use_query, use_text,
    use_toast,
};
use sample::Sample;
use serde_json::{Map, Value};
pub(super) use versions::Publish;
use versions::{Planned, Versions, is_planned};
use yew::prelude::*;

/// The module of a site for people, and of one for who leads them.
const MODULES: [&str; 2] = ["appointments", "supervisor_scheduling"];

const ALERT: &str = "alert_text";
const WARNING: &str = "past_due_warning";
const LATE: &str = "allow_past_due";

/// The options of the first module, as the page groups them.
const GROUPS: [(&str, &[&str]); 7] = [
    ("booking-group-alert", &[ALERT]),
    (
        "booking-group-ways",
        &["schedule", "request", "one_visit", "earlier_offers"],
    ),
    ("booking-group-due", &[LATE, WARNING, "ignore_visible_date"]),
    (
        "booking-group-days",
        &[
            "days_out",
            "days_before_showing",
            "disable_calendar_search",
            "days_past",
        ],
    ),
    (
        "booking-group-choice",
        &["first_available", "force_any_provider", "excluded_types"],
    ),
    (
        "booking-group-words",
        &[
            "new_button_text",
            "disable_comments",
            "comment_prompt",
            "comment_required_types",
            "disable_emails",
        ],
    ),
    (
        "booking-group-limits",
        &[
            "hold_minutes",
            "max_open",
            "use_checkin",
            "checkin_before_minutes",
            "checkin_after_minutes",
        ],
    ),
];

/// What [`BookingOptions`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct BookingOptionsProps {
    /// Which site.
    pub(crate) id: PortalId,
}

/// What a site says about booking, and what it said before.
#[component]
pub(crate) fn BookingOptions(props: &BookingOptionsProps) -> Html {
    let t = use_text();
    let id = props.id;
    let draft = use_query(id, |client, id| async move {
        let found = client.get_portal_draft(id).await;
        found.map(|draft| draft.value)
    });
    let versions = use_query(id, |client, id| client.list_portal_versions(id));
    let again = {
        let (draft, versions) = (draft.refetch.clone(), versions.refetch.clone());
        Callback::from(move |()| {
            draft.emit(());
            versions.emit(());
        })
    };
    let back = html! { <Back<Route> to={Route::Portals}>{ t.text("nav-portals") }</Back<Route>> };
    let lead = draft
        .data
        .as_ref()
        .map(|draft| AttrValue::from(draft.name.clone()));
    let shown = |draft: &PortalDraft| {
        let known = |module: &DraftModule| MODULES.contains(&module.key.as_str());
        match draft.modules.iter().position(known) {
            Some(place) => html! {
                <>
                    if let Some(planned) = &draft.planned {
                        <Planned draft={draft.clone()} planned={planned.clone()} again={again.clone()} />
                    }
                    <Editor key={draft.version} draft={draft.clone()} {place} again={again.clone()} />
                </>
            },
            None => html! { <Empty icon="calendar-days" title={t.text("booking-none")} /> },
        }
    };
    html! {
        <Page title={t.text("booking-options")} {lead} {back}>
            { draft.show(Waiting::Rows(6), shown) }
            <Card title={t.text("booking-versions")}>
                { versions.show(Waiting::Rows(2), |found| {
                    draft.show(Waiting::Rows(2), |draft| html! {
                        <Versions draft={draft.clone()} versions={found.items.clone()} again={again.clone()} />
                    })
                }) }
            </Card>
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    draft: PortalDraft,
    /// Which of the modules.
    place: usize,
    again: Callback<()>,
}

type Form = State<DraftModule>;

/// The options, what they look like, and what becomes of them.
#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let draft = &props.draft;
    let (id, version, place) = (draft.portal_id, draft.version, props.place);
    let first = use_memo((), |()| draft.modules.get(place).cloned());
    let form = use_state(|| {
        (*first).clone().unwrap_or_else(|| DraftModule {
            key: String::new(),
            off: false,
            name: Default::default(),
            settings: Default::default(),
        })
    });
    let unsaved = first.as_ref().as_ref() != Some(&*form);
    use_leave_guard(unsaved);
    let publishing = use_state(|| false);
    let save = {
        let (modules, again, said) = (
            draft.modules.clone(),
            props.again.clone(),
            t.text("booking-saved"),
        );
        let toast = toast.clone();
        use_action(
            move |client, module: DraftModule| {
                let mut modules = modules.clone();
                if let Some(one) = modules.get_mut(place) {
                    *one = module;
                }
                async move {
                    let command = ReplaceModules {
                        modules,
                        columns: None,
                    };
                    client.replace_draft_modules(id, version, &command).await
                }
            },
            move |_| {
                toast.say(said.clone());
                again.emit(());
            },
        )
    };
    let discard = {
        let again = props.again.clone();
        use_action(
            move |client, ()| client.discard_portal_draft(id, version),
            move |_| again.emit(()),
        )
    };
    let press_save = {
        let form = form.clone();
        save.run.reform(move |_: MouseEvent| to_send(&form))
    };
    let (open, close) = {
        let (open, close) = (publishing.clone(), publishing.clone());
        (
            Callback::from(move |_: MouseEvent| open.set(true)),
            Callback::from(move |()| close.set(false)),
        )
    };
    let fields = Fields {
        t: &t,
        form: &form,
        draft,
        place,
        save: &save,
    };
    let employee = form.key == MODULES[0];
    let closed = is_planned(draft).is_some();
    html! {
        <>
            if let (true, Some(saved)) = (draft.changed, draft.saved_at) {
                <Note tone={Tone::Info} title={t.text("booking-draft")}>
                    <p>{ t.msg("booking-draft-text", args!(time = t.stamp(saved).to_string(), name = draft.saved_by.clone().unwrap_or_default())) }</p>
                </Note>
            }
            if !draft.unmet.is_empty() {
                <Note tone={Tone::Warning} title={t.text("booking-unmet")}><p>{ t.text("booking-unmet-text") }</p></Note>
            }
            <div class="with-sample">
                <fieldset class="stack min-w-0" disabled={closed}>
                    <Card title={t.text("booking-group-name")}>
                        <div class="form">
                            { for draft.languages.iter().map(|language| fields.name(language)) }
                        </div>
                    </Card>
                    if employee {
                        { for GROUPS.iter().map(|(title, options)| html! {
                            <Card title={t.text(title)}>
                                <div class="form">{ for options.iter().map(|option| fields.option(option)) }</div>
                            </Card>
                        }) }
                    } else {
                        <Card title={t.text("booking-group-ways")}>
                            <div class="form">{ fields.mode() }{ fields.option("allow_cancel") }</div>
                        </Card>
                    }
                </fieldset>
                <Sample form={(*form).clone()} draft={draft.clone()} />
            </div>
            { save.problem() }
            { discard.problem() }
            <div class="button-row">
                if unsaved {
                    <Button look={Look::Primary} busy={save.pending} on_press={press_save}>{ t.text("booking-save") }</Button>
                }
                if draft.changed && !unsaved && !closed {
                    <Button icon="send" on_press={open}>{ t.text("booking-publish") }</Button>
                    <Button busy={discard.pending} on_press={discard.run.reform(|_: MouseEvent| ())}>
                        { t.text("booking-discard") }
                    </Button>
                }
            </div>
            if *publishing {
                <Publish draft={draft.clone()} version={None::<i32>} on_close={close} again={props.again.clone()} />
            }
        </>
    }
}

/// What is sent: without the words that have no effect now.
fn to_send(form: &DraftModule) -> DraftModule {
    let mut module = form.clone();
    if flag(form, LATE) {
        module.settings.remove(WARNING);
    }
    module.name.retain(|_, name| !name.trim().is_empty());
    module
}

fn flag(module: &DraftModule, option: &str) -> bool {
    module.settings.get(option).and_then(Value::as_bool) == Some(true)
}

/// Words of the site's own in a language.
fn words_in(module: &DraftModule, option: &str, language: &str) -> String {
    let texts = module.settings.get(option).and_then(Value::as_object);
    let words = texts.and_then(|texts| texts.get(language));
    words.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn words(module: &DraftModule, option: &str) -> String {
    match module.settings.get(option) {
        Some(Value::String(words)) => words.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// What an option is called.
fn label(t: &Text, option: &str) -> AttrValue {
    let id = format!("booking-option-{}", option.replace('_', "-"));
    t.find(&id).unwrap_or_else(|| option.to_owned().into())
}

/// The fields of the form.
struct Fields<'a> {
    t: &'a Text,
    form: &'a Form,
    draft: &'a PortalDraft,
    place: usize,
    save: &'a Action<DraftModule>,
}

impl Fields<'_> {
    fn wrong(&self, rest: &str) -> Option<AttrValue> {
        self.save.wrong(&format!("/modules/{}/{rest}", self.place))
    }

    fn label(&self, option: &str) -> AttrValue {
        label(self.t, option)
    }

    fn hint(&self, option: &str) -> Option<AttrValue> {
        self.t
            .find(&format!("booking-hint-{}", option.replace('_', "-")))
    }

    fn set<V: 'static>(
        &self,
        option: &'static str,
        value: impl Fn(V) -> Value + 'static,
    ) -> Callback<V> {
        edit(self.form, move |module: &mut DraftModule, typed| {
            module.settings.insert(option.to_owned(), value(typed));
        })
    }

    /// The site's own name for the module, in one language.
    fn name(&self, language: &str) -> Html {
        let to = language.to_owned();
        let on_change = edit(self.form, move |module: &mut DraftModule, name: String| {
            module.name.insert(to.clone(), name);
        });
        let label = self.t.msg("booking-name", args!(language = language));
        html! {
            <TextField key={language.to_owned()} name={format!("name-{language}")} {label} optional={true} max_length={60}
                value={self.form.name.get(language).cloned().unwrap_or_default()} {on_change}
                error={self.wrong(&format!("name/{language}"))} />
        }
    }

    /// How those who lead people get a time for them.
    fn mode(&self) -> Html {
        let choices: Vec<Choice> = ["request", "schedule", "none"]
            .into_iter()
            .map(|mode| Choice::new(mode, self.t.msg("booking-mode", args!(mode = mode))))
            .collect();
        html! {
            <Radio name="mode" label={self.label("mode")} {choices} value={words(self.form, "mode")}
                on_change={self.set("mode", Value::String)} error={self.wrong("settings/mode")} />
        }
    }

    /// Words of the site's own, in one language.
    fn words(&self, option: &'static str, language: &str) -> Html {
        let name = format!("{option}-{language}");
        let label = match self.draft.languages.as_slice() {
            [_] => self.label(option),
            _ => {
                let label = self.label(option).to_string();
                let args = args!(label = label, language = language);
                self.t.msg("booking-words-in", args)
            }
        };
        let hint = self.hint(option);
        let error = self.wrong(&format!("settings/{option}/{language}"));
        let value = words_in(self.form, option, language);
        let to = language.to_owned();
        let on_change = edit(self.form, move |module: &mut DraftModule, typed: String| {
            let texts = module
                .settings
                .entry(option)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(texts) = texts {
                texts.insert(to.clone(), Value::String(typed));
            }
        });
        let key = name.clone();
        match option {
            ALERT | WARNING => html! {
                <TextArea {key} {name} {label} {hint} {error} optional={true} rows={2} max_length={500} {value} {on_change} />
            },
            _ => {
                let max_length = if option == "comment_prompt" { 100 } else { 60 };
                html! {
                    <TextField {key} {name} {label} {hint} {error} optional={true} {max_length} {value} {on_change} />
                }
            }
        }
    }

    fn option(&self, option: &'static str) -> Html {
        let (label, hint) = (self.label(option), self.hint(option));
        let error = self.wrong(&format!("settings/{option}"));
        match option {
            // It has no effect while what is past due can be booked.
            WARNING if flag(self.form, LATE) => Html::default(),
            ALERT | WARNING | "comment_prompt" | "new_button_text" => {
                let languages = self.draft.languages.iter();
                languages
                    .map(|language| self.words(option, language))
                    .collect()
            }
            "excluded_types" | "comment_required_types" => {
                let known = self.draft.appointment_types.iter();
                let choices: Vec<Choice> = known
                    .map(|kind| Choice::new(kind.id.to_string(), kind.name.clone()))
                    .collect();
                let chosen = self.form.settings.get(option).and_then(Value::as_array);
                let chosen = chosen.into_iter().flatten().filter_map(Value::as_str);
                let values: Vec<AttrValue> = chosen.map(|id| id.to_owned().into()).collect();
                let set = self.set(option, |ids: Vec<String>| {
                    Value::Array(ids.into_iter().map(Value::String).collect())
                });
                html! {
                    <CheckGroup key={option} name={option} {label} {hint} {error} optional={true} {choices} {values} on_change={set} />
                }
            }
            "days_out"
            | "days_before_showing"
            | "days_past"
            | "hold_minutes"
            | "max_open"
            | "checkin_before_minutes"
            | "checkin_after_minutes" => {
                let unit = match option {
                    "max_open" => None,
                    "hold_minutes" | "checkin_before_minutes" | "checkin_after_minutes" => {
                        Some(self.t.text("booking-minutes"))
                    }
                    _ => Some(self.t.text("booking-days")),
                };
                // What is no number the server refuses, beside the field.
                let set = self.set(option, |typed: String| match typed.trim().parse::<u32>() {
                    Ok(number) => Value::from(number),
                    Err(_) => Value::String(typed),
                });
                html! {
                    <TextField key={option} name={option} {label} {hint} {error} {unit} short={true} input_mode="numeric"
                        value={words(self.form, option)} on_change={set} />
                }
            }
            _ => html! {
                <Check key={option} name={option} {label} {hint} {error} checked={flag(self.form, option)}
                    on_change={self.set(option, Value::Bool)} />
            },
        }
    }
}
