//! The form of a kind of visit, in sections that open.

use super::draft::{Draft, LANGUAGES, NUMBERS, NeedDraft, Texts};
use crate::pages::lint::{Confirm, token_of};
use crate::pages::reviews::language;
use crate::pages::setup::known::Known;
use crate::pages::setup::resources::kind_choices;
use salus_client::Error;
use salus_types::questionnaires::Questionnaire;
use salus_types::scheduling::{AppointmentType, ResourceKind};
use salus_types::surveillance::OrderItem;
use salus_ui::hooks::{State, edit, use_state};
use salus_ui::{
    Action, Button, Card, Check, CheckGroup, Choice, Look, Note, Radio, Select, Text, TextArea,
    TextField, Tone, Waiting, args, use_action, use_leave_guard, use_query, use_request_key,
    use_text, use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct EditorProps {
    pub(super) known: Rc<Known>,
    /// What is changed; a new one is made when absent.
    pub(super) kind: Option<AppointmentType>,
    pub(super) on_saved: Callback<()>,
    pub(super) on_leave: Callback<()>,
}

type Form = State<Draft>;

/// The colours of the calendar.
const COLOURS: [&str; 4] = ["teal", "indigo", "amber", "rose"];

/// A kind of visit, new or changed.
#[component]
pub(super) fn Editor(props: &EditorProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let key = use_request_key();
    let before = props.kind.clone();
    let first = use_memo((), |()| {
        let known = &props.known;
        before
            .as_ref()
            .map_or_else(|| Draft::new(known), |kind| Draft::of(known, kind))
    });
    let form = use_state(|| (*first).clone());
    use_leave_guard(*form != *first);
    let handed = use_query((), |client, ()| async move {
        let forms = client.list_questionnaires().await?.items;
        let items = client.list_order_items().await?.items;
        Ok::<_, Error>((forms, items))
    });
    let is_new = before.is_none();
    let root = if is_new { "/settings" } else { "" };
    let save = {
        let key_to_send = key.get();
        let (done, saved) = (props.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, (draft, token): (Draft, Option<String>)| {
                let (key, before) = (key_to_send.clone(), before.clone());
                async move {
                    match before {
                        Some(one) => {
                            let change = draft.change(token);
                            client
                                .change_appointment_type(one.id, one.version, &change)
                                .await
                        }
                        None => {
                            let command = draft.create(token);
                            client.create_appointment_type(&key, &command).await
                        }
                    }
                }
            },
            move |_| {
                key.renew();
                toast.say(saved.clone());
                done.emit(());
            },
        )
    };
    let failure = save.failure.clone();
    let token = failure.as_ref().and_then(token_of);
    let submit = {
        let (form, run, token) = (form.clone(), save.run.clone(), token.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit(((*form).clone(), token.clone()));
        })
    };
    let fields = Fields {
        t: &t,
        form: &form,
        save: &save,
        root,
    };
    let colliding = failure.as_ref().and_then(|failure| {
        let count = failure.more("count")?.as_u64()?;
        u32::try_from(count)
            .ok()
            .filter(|_| failure.slug() == "type-in-use")
    });
    let times_changed = form.numbers.get(..4) != first.numbers.get(..4);
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    let title = if is_new {
        "setup-kind-new"
    } else {
        "setup-kind-change"
    };
    let label = if token.is_some() {
        "restrictions-lint-save"
    } else {
        "save"
    };
    html! {
        <Card title={t.text(title)}>
            <form class="form" onsubmit={submit} novalidate={true}>
                { fields.names(is_new) }
                { fields.section("setup-kind-times", &NUMBERS[..4], true, html! { <>{ for fields.numbers(0, 4) }</> }) }
                if !is_new && times_changed {
                    { apply_to(&t, &form) }
                }
                { fields.section("setup-kind-texts", &["texts", "fasting_hours"], is_new, fields.texts()) }
                { fields.section("setup-kind-booking", &BOOKING, is_new, fields.booking(&props.known)) }
                { fields.section("setup-field-needs", &["needs"], false, fields.needs(&props.known)) }
                { fields.section("setup-kind-handed", &["questionnaire_ids", "fulfils"], false,
                    handed.show(Waiting::Rows(2), |(forms, items)| fields.handed(forms, items))) }
                { fields.section("setup-kind-order", &["after", "bundle_order", "display_order"], false,
                    fields.order(&props.known, props.kind.as_ref())) }
                if let Some(count) = colliding {
                    <Note tone={Tone::Bad} title={t.msg("setup-kind-collide", args!(count = count))}>
                        <p>{ t.text("setup-kind-collide-text") }</p>
                    </Note>
                } else {
                    { save.problem() }
                }
                if let Some(failure) = &failure {
                    <Confirm failure={failure.clone()} reason={form.lint_reason.clone()}
                        on_change={edit(&form, |draft, text: String| draft.lint_reason = text)} />
                }
                <div class="button-row">
                    <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text(label) }</Button>
                    <Button look={Look::Quiet} on_press={leave}>{ t.text("cancel") }</Button>
                </div>
            </form>
        </Card>
    }
}

/// The fields about who books it, where and how.
const BOOKING: [&str; 11] = [
    "modalities",
    "location_ids",
    "employee_bookable",
    "supervisor_bookable",
    "visible_to_supervisor",
    "clinic_confirms",
    "min_notice_to_book",
    "cancel_notice",
    "move_notice",
    "max_moves",
    "max_per_day",
];

/// What every field needs.
struct Fields<'a> {
    t: &'a Text,
    form: &'a Form,
    save: &'a Action<(Draft, Option<String>)>,
    root: &'static str,
}

impl Fields<'_> {
    fn wrong(&self, name: &str) -> Option<AttrValue> {
        self.save.wrong(&format!("{}/{name}", self.root))
    }

    /// A part of the form; it is open when something in it is wrong.
    fn section(&self, title: &str, names: &[&str], open: bool, content: Html) -> Html {
        let wrong = names.iter().any(|name| self.wrong(name).is_some());
        html! {
            <details key={title.to_owned()} open={open || wrong}>
                <summary class="h3">{ self.t.text(title) }</summary>
                <div class="form">{ content }</div>
            </details>
        }
    }

    /// One line of text.
    fn line(
        &self,
        name: &'static str,
        (label, hint): (&str, &str),
        error: Option<AttrValue>,
        value: &str,
        on_change: Callback<String>,
    ) -> Html {
        html! {
            <TextField {name} label={self.t.text(label)} hint={self.t.text(hint)} {error}
                value={value.to_owned()} {on_change} />
        }
    }

    fn check(&self, name: &'static str, checked: bool, on_change: Callback<bool>) -> Html {
        html! {
            <Check {name} label={self.t.text(&field(name))} {checked} error={self.wrong(name)} {on_change} />
        }
    }

    /// The fields with numbers from one to another.
    fn numbers(&self, from: usize, to: usize) -> Vec<Html> {
        let named = NUMBERS.iter().enumerate();
        let some = named.filter(|(position, _)| (from..to).contains(position));
        some.map(|(position, name)| self.number(position, name))
            .collect()
    }

    fn number(&self, position: usize, name: &'static str) -> Html {
        let t = self.t;
        let unit = match name {
            "max_moves" | "max_per_day" | "bundle_order" | "display_order" => None,
            _ if position < 4 => Some(t.text("setup-minutes")),
            _ => Some(t.text("setup-hours")),
        };
        let hint = match name {
            "bundle_order" | "display_order" => Some(t.text("setup-position-hint")),
            _ => None,
        };
        let on_change = edit(self.form, move |draft, text: String| {
            if let Some(number) = draft.numbers.get_mut(position) {
                *number = text;
            }
        });
        let value = self.form.numbers.get(position).cloned().unwrap_or_default();
        html! {
            <TextField key={name} {name} label={t.text(&field(name))} {hint} short={true} input_mode="numeric" {unit}
                error={self.wrong(name)} {value} {on_change} />
        }
    }

    fn names(&self, is_new: bool) -> Html {
        let (t, form) = (self.t, self.form);
        let public = |position: usize, label: &'static str, hint: Option<AttrValue>| {
            let name = match position {
                0 => "english",
                _ => "spanish",
            };
            let value = form.texts.get(position).map(|one| one.public_name.clone());
            let error = self.wrong(&format!("texts/{position}/public_name"));
            html! {
                <TextField {name} label={t.text(label)} {hint} {error} max_length={60} value={value.unwrap_or_default()}
                    on_change={typed(form, position, |texts, text| texts.public_name = text)} />
            }
        };
        let code = self.save.wrong("/code");
        let colours: Vec<Choice> = COLOURS
            .iter()
            .map(|colour| {
                let id = format!("setup-colour-{colour}");
                Choice::new(*colour, t.text(&id))
            })
            .collect();
        html! {
            <>
                if is_new {
                    { self.line("code", ("setup-kind-code", "setup-kind-code-hint"), code, &form.code,
                        edit(form, |draft, text: String| draft.code = text.to_uppercase())) }
                }
                { self.line("name", ("setup-field-name", "setup-kind-name-hint"), self.wrong("name"), &form.name,
                    edit(form, |draft, text: String| draft.name = text)) }
                { public(0, "setup-kind-english", Some(t.text("setup-kind-public-hint"))) }
                { public(1, "setup-kind-spanish", None) }
                <Select name="colour" label={t.text("setup-field-colour")} choices={colours} value={form.colour.clone()}
                    on_change={edit(form, |draft, word: String| draft.colour = word)} />
                { self.check("active", form.active, edit(form, |draft, on: bool| draft.active = on)) }
            </>
        }
    }

    fn texts(&self) -> Html {
        let (t, form) = (self.t, self.form);
        let of_language = |(position, language): (usize, &&'static str)| {
            let texts = form.texts.get(position).cloned().unwrap_or_default();
            let error = |name: &str| self.wrong(&format!("texts/{position}/{name}"));
            let name = |name: &str| format!("{name}-{language}");
            html! {
                <fieldset class="stack" key={*language}>
                    <legend class="field-label">{ t.msg("setup-kind-language", args!(language = *language)) }</legend>
                    <TextArea name={name("prep_public")} label={t.text("setup-kind-prep-public")}
                        hint={t.text("setup-kind-prep-public-hint")} optional={true} rows={2} max_length={300}
                        error={error("prep_public")} value={texts.prep_public}
                        on_change={typed(form, position, |texts, text| texts.prep_public = text)} />
                    <TextArea name={name("prep_full")} label={t.text("setup-kind-prep-full")} optional={true} rows={4}
                        max_length={4000} error={error("prep_full")} value={texts.prep_full}
                        on_change={typed(form, position, |texts, text| texts.prep_full = text)} />
                    <TextArea name={name("bring")} label={t.text("setup-kind-bring")} hint={t.text("setup-kind-bring-hint")}
                        optional={true} rows={3} error={error("bring")} value={texts.bring}
                        on_change={typed(form, position, |texts, text| texts.bring = text)} />
                </fieldset>
            }
        };
        html! {
            <>
                { for LANGUAGES.iter().enumerate().map(of_language) }
                { for self.numbers(9, 10) }
            </>
        }
    }

    fn booking(&self, known: &Known) -> Html {
        let (t, form) = (self.t, self.form);
        let modalities = vec![
            Choice::new("in_person", t.text("appointment-in-person")),
            Choice::new("telehealth", t.text("appointment-telehealth")),
        ];
        html! {
            <>
                <CheckGroup name="modalities" label={t.text("setup-field-modality")} choices={modalities}
                    error={self.wrong("modalities")} values={values(&form.modalities)}
                    on_change={edit(form, |draft, words: Vec<String>| draft.modalities = words)} />
                <CheckGroup name="location_ids" label={t.text("setup-field-location-id")} choices={known.place_choices()}
                    error={self.wrong("location_ids")} values={values(&form.places)}
                    on_change={edit(form, |draft, ids: Vec<String>| draft.places = ids)} />
                { self.check("employee_bookable", form.employee_bookable,
                    edit(form, |draft, on: bool| draft.employee_bookable = on)) }
                { self.check("supervisor_bookable", form.supervisor_bookable, edit(form, |draft, on: bool| {
                    draft.supervisor_bookable = on;
                    // Whoever books a visit knows of it.
                    draft.visible_to_supervisor |= on;
                })) }
                { self.check("visible_to_supervisor", form.visible_to_supervisor,
                    edit(form, |draft, on: bool| draft.visible_to_supervisor = on)) }
                { self.check("clinic_confirms", form.clinic_confirms,
                    edit(form, |draft, on: bool| draft.clinic_confirms = on)) }
                { for self.numbers(4, 9) }
            </>
        }
    }

    fn needs(&self, known: &Known) -> Html {
        let (t, form) = (self.t, self.form);
        let add = edit(form, |draft, _: MouseEvent| {
            draft.needs.push(NeedDraft::any(ResourceKind::Room));
        });
        html! {
            <>
                <p class="muted small">{ t.text("setup-needs-lead") }</p>
                { for form.needs.iter().enumerate().map(|(line, need)| self.need(known, line, need)) }
                <div class="button-row">
                    <Button icon="plus" on_press={add}>{ t.text("setup-needs-add") }</Button>
                </div>
            </>
        }
    }

    fn need(&self, known: &Known, line: usize, need: &NeedDraft) -> Html {
        let (t, form) = (self.t, self.form);
        let change = |set: fn(&mut NeedDraft, String)| {
            edit(form, move |draft, text: String| {
                if let Some(need) = draft.needs.get_mut(line) {
                    set(need, text);
                }
            })
        };
        let remove = edit(form, move |draft, _: MouseEvent| {
            if draft.needs.len() > 1 {
                draft.needs.remove(line);
            }
        });
        let of_kind = known
            .resources
            .iter()
            .filter(|one| one.kind.as_str() == need.kind);
        let which: Vec<Choice> = of_kind
            .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
            .collect();
        let error = |name: &str| self.wrong(&format!("needs/{line}/{name}"));
        html! {
            <div class="stack setup-hours" key={line}>
                <Select name={format!("need-kind-{line}")} label={t.text("setup-resource-kind")} choices={kind_choices(t)}
                    value={need.kind.clone()} on_change={change(|need, word| {
                        need.kind = word;
                        need.resource = String::new();
                    })} />
                <Select name={format!("need-resource-{line}")} label={t.text("setup-need-which")} optional={true}
                    hint={t.text("setup-need-which-hint")} choices={which} error={error("resource_id")}
                    value={need.resource.clone()} on_change={change(|need, id| need.resource = id)} />
                <TextField name={format!("need-skill-{line}")} label={t.text("setup-need-skill")} optional={true}
                    max_length={40} error={error("skill")} value={need.skill.clone()}
                    on_change={change(|need, text| need.skill = text)} />
                <TextField name={format!("need-count-{line}")} label={t.text("setup-need-count")} short={true}
                    input_mode="numeric" error={error("count")} value={need.count.clone()}
                    on_change={change(|need, text| need.count = text)} />
                if form.needs.len() > 1 {
                    <div class="button-row">
                        <Button look={Look::Quiet} icon="trash-2" on_press={remove}>{ t.text("setup-needs-remove") }</Button>
                    </div>
                }
            </div>
        }
    }

    fn handed(&self, forms: &[Questionnaire], items: &[OrderItem]) -> Html {
        let (t, form) = (self.t, self.form);
        let forms = forms.iter().map(|one| {
            Choice::new(
                one.id.to_string(),
                one.title.in_language(language(t)).to_owned(),
            )
        });
        let items = items
            .iter()
            .map(|one| Choice::new(one.id.to_string(), one.name.clone()));
        html! {
            <>
                <CheckGroup name="questionnaire_ids" label={t.text("setup-field-questionnaire-ids")} optional={true}
                    hint={t.text("setup-kind-forms-hint")} choices={forms.collect::<Vec<_>>()}
                    error={self.wrong("questionnaire_ids")} values={values(&form.forms)}
                    on_change={edit(form, |draft, ids: Vec<String>| draft.forms = ids)} />
                <CheckGroup name="fulfils" label={t.text("setup-field-fulfils")} optional={true}
                    hint={t.text("setup-kind-fulfils-hint")} choices={items.collect::<Vec<_>>()}
                    error={self.wrong("fulfils")} values={values(&form.fulfils)}
                    on_change={edit(form, |draft, ids: Vec<String>| draft.fulfils = ids)} />
            </>
        }
    }

    fn order(&self, known: &Known, itself: Option<&AppointmentType>) -> Html {
        let (t, form) = (self.t, self.form);
        let others = known
            .kinds
            .iter()
            .filter(|one| itself.is_none_or(|kind| kind.id != one.id));
        let others: Vec<Choice> = others
            .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
            .collect();
        let hours = |name: &'static str, label: &str, value: &str, on_change| {
            html! {
                <TextField {name} label={t.text(label)} short={true} input_mode="numeric" unit={t.text("setup-hours")}
                    error={self.wrong(&format!("after/{name}"))} value={value.to_owned()} {on_change} />
            }
        };
        html! {
            <>
                <Select name="after" label={t.text("setup-field-after")} optional={true} hint={t.text("setup-kind-after-hint")}
                    choices={others} error={self.wrong("after/appointment_type_id")} value={form.after.clone()}
                    on_change={edit(form, |draft, id: String| draft.after = id)} />
                if !form.after.is_empty() {
                    { hours("least_hours", "setup-kind-least-hours", &form.least_hours,
                        edit(form, |draft, text: String| draft.least_hours = text)) }
                    { hours("most_hours", "setup-kind-most-hours", &form.most_hours,
                        edit(form, |draft, text: String| draft.most_hours = text)) }
                }
                { for self.numbers(10, 12) }
            </>
        }
    }
}

/// The message that names a field.
fn field(name: &str) -> String {
    format!("setup-field-{}", name.replace('_', "-"))
}

fn values(words: &[String]) -> Vec<AttrValue> {
    let words = words.iter();
    words.map(|word| AttrValue::from(word.clone())).collect()
}

/// Edits what people read in one language.
fn typed(form: &Form, position: usize, set: fn(&mut Texts, String)) -> Callback<String> {
    edit(form, move |draft, text: String| {
        if let Some(texts) = draft.texts.get_mut(position) {
            set(texts, text);
        }
    })
}

fn apply_to(t: &Text, form: &Form) -> Html {
    let choices = vec![
        Choice::new("new", t.text("setup-kind-new-only")),
        Choice::new("booked", t.text("setup-kind-also-booked")),
    ];
    let value = if form.also_booked { "booked" } else { "new" };
    html! {
        <Radio name="apply_to" label={t.text("setup-kind-apply")} {choices} {value}
            on_change={edit(form, |draft, word: String| draft.also_booked = word == "booked")} />
    }
}
