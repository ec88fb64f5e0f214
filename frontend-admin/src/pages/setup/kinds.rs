//! Kinds of visits: the list, the form, the history.

use super::history::{History, Of};
use super::known::Known;
use super::panels::{Open, use_panels};
use salus_types::scheduling::{
    ApplyTo, AppointmentType, AppointmentTypeNeed, AppointmentTypeSettings, AppointmentTypeText,
    ChangeAppointmentType, CreateAppointmentType, Modality, ResourceKind,
};
use salus_ui::hooks::{State, edit, use_state};
use salus_ui::{
    Badge, Button, Card, Check, CheckGroup, Choice, Column, DataTable, Dialog, Empty, Look, Note,
    Radio, Select, Text, TextField, Tone, Waiting, args, use_action, use_leave_guard, use_query,
    use_request_key, use_text, use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

/// What [`Kinds`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct KindsProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// Whether one may change them.
    pub(super) may: bool,
    /// Something was changed.
    pub(super) on_changed: Callback<()>,
}

/// The kinds of visits, in the clinic's order.
#[component]
pub(super) fn Kinds(props: &KindsProps) -> Html {
    let t = use_text();
    let list = use_query((), |client, ()| client.list_appointment_types());
    let refetch = {
        let (refetch, changed) = (list.refetch.clone(), props.on_changed.clone());
        Callback::from(move |()| {
            refetch.emit(());
            changed.emit(());
        })
    };
    let panels = use_panels(refetch);
    let show = |what| panels.show(what);
    let (close, done) = (panels.close(), panels.done());
    if let Some(kind) = panels.editing() {
        return html! { <Editor known={props.known.clone()} {kind} on_saved={done} on_leave={close} /> };
    }
    let acts = |one: &AppointmentType| {
        html! {
            <div class="button-row">
                if props.may {
                    <Button look={Look::Quiet} on_press={show(Open::Change(one.clone()))}>{ t.text("change") }</Button>
                }
                <Button look={Look::Quiet} on_press={show(Open::History(one.id))}>{ t.text("setup-history") }</Button>
                if props.may {
                    <Button look={Look::Quiet} on_press={show(Open::Delete(one.clone()))}>{ t.text("delete") }</Button>
                }
            </div>
        }
    };
    html! {
        <div class="stack">
            if props.may {
                <div class="button-row">
                    <Button look={Look::Primary} icon="plus" on_press={show(Open::New)}>{ t.text("setup-kind-new") }</Button>
                </div>
            }
            { list.show(Waiting::Rows(4), |page| if page.items.is_empty() {
                html! { <Empty icon="clipboard-list" title={t.text("setup-kinds-none")} text={t.text("setup-kinds-none-text")} /> }
            } else {
                let rows: Vec<_> = page.items.iter().map(|one| row(&t, one, acts(one))).collect();
                html! { <DataTable caption={t.text("setup-kinds")} columns={columns(&t)} {rows} /> }
            }) }
            if let Open::History(id) = *panels.open() {
                <History of={Of::Kind(id)} known={props.known.clone()} on_close={close.clone()} />
            }
            if let Open::Delete(kind) = panels.open() {
                <Delete kind={kind.clone()} on_close={close} on_deleted={done} />
            }
        </div>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("setup-field-name")),
        Column::new(t.text("setup-kind-public-name")),
        Column::new(t.text("setup-kind-code")),
        Column::new(t.text("setup-field-duration")).numeric(),
        Column::new(t.text("setup-kind-who-books")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(t: &Text, one: &AppointmentType, acts: Html) -> (AttrValue, Vec<Html>) {
    let bookers = [
        (one.employee_bookable, "setup-audience-employee"),
        (one.supervisor_bookable, "setup-audience-supervisor"),
        (true, "setup-audience-clinic"),
    ];
    let bookers: Vec<String> = bookers
        .iter()
        .filter(|(books, _)| *books)
        .map(|(_, id)| t.text(id).to_string())
        .collect();
    let cells = vec![
        html! {
            <>
                { &one.name }
                if !one.active {
                    { " " }<Badge tone={Tone::Neutral} text={t.text("setup-kind-inactive")} />
                }
            </>
        },
        html! { { &one.public_name } },
        html! { <span class="numbers">{ &one.code }</span> },
        html! { { one.duration } },
        html! { { bookers.join(", ") } },
        acts,
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

/// What was typed so far; minutes and hours as text.
#[derive(Clone, PartialEq)]
struct Draft {
    code: String,
    english: String,
    spanish: String,
    room: String,
    name: String,
    numbers: [String; 9],
    modalities: Vec<String>,
    places: Vec<String>,
    employee_bookable: bool,
    supervisor_bookable: bool,
    visible_to_supervisor: bool,
    clinic_confirms: bool,
    active: bool,
    colour: String,
    also_booked: bool,
}

/// The fields with numbers, in the order of the form.
const NUMBERS: [&str; 9] = [
    "duration",
    "shown_duration",
    "buffer_before",
    "buffer_after",
    "min_notice_to_book",
    "cancel_notice",
    "move_notice",
    "max_per_day",
    "fasting_hours",
];

/// The colours of the calendar.
const COLOURS: [&str; 4] = ["teal", "indigo", "amber", "rose"];

impl Draft {
    fn new(known: &Known) -> Self {
        Self {
            code: String::new(),
            english: String::new(),
            spanish: String::new(),
            room: String::new(),
            name: String::new(),
            numbers: ["30", "30", "0", "0", "1", "24", "24", "1", "0"].map(str::to_owned),
            modalities: vec![Modality::InPerson.as_str().to_owned()],
            places: known.places.iter().map(|one| one.id.to_string()).collect(),
            employee_bookable: false,
            supervisor_bookable: false,
            visible_to_supervisor: false,
            clinic_confirms: false,
            active: true,
            colour: "teal".to_owned(),
            also_booked: false,
        }
    }

    fn of(known: &Known, kind: &AppointmentType) -> Self {
        let numbers = [
            kind.duration,
            kind.shown_duration,
            kind.buffer_before,
            kind.buffer_after,
            kind.min_notice_to_book,
            kind.cancel_notice,
            kind.move_notice,
            kind.max_per_day.into(),
            kind.fasting_hours.into(),
        ];
        Self {
            name: kind.name.clone(),
            numbers: numbers.map(|number| number.to_string()),
            modalities: kind
                .modalities
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
            places: kind.location_ids.iter().map(ToString::to_string).collect(),
            employee_bookable: kind.employee_bookable,
            supervisor_bookable: kind.supervisor_bookable,
            visible_to_supervisor: kind.visible_to_supervisor,
            clinic_confirms: kind.clinic_confirms,
            active: kind.active,
            colour: kind.colour.clone(),
            ..Self::new(known)
        }
    }

    /// What is no number is so large that the server says so.
    fn settings(&self) -> AppointmentTypeSettings {
        let [
            duration,
            shown,
            before,
            after,
            book,
            cancel,
            move_,
            per_day,
            fasting,
        ] = self
            .numbers
            .each_ref()
            .map(|text| text.trim().parse().unwrap_or(u16::MAX));
        let small = |number: u16| u8::try_from(number).unwrap_or(u8::MAX);
        AppointmentTypeSettings {
            name: self.name.clone(),
            duration,
            shown_duration: Some(shown),
            buffer_before: before,
            buffer_after: after,
            modalities: self
                .modalities
                .iter()
                .filter_map(|word| Modality::parse(word))
                .collect(),
            location_ids: self.places.iter().flat_map(|id| id.parse()).collect(),
            employee_bookable: self.employee_bookable,
            supervisor_bookable: self.supervisor_bookable,
            visible_to_supervisor: self.visible_to_supervisor,
            clinic_confirms: self.clinic_confirms,
            min_notice_to_book: book,
            cancel_notice: cancel,
            move_notice: move_,
            max_per_day: small(per_day),
            fasting_hours: small(fasting),
            colour: self.colour.clone(),
            active: self.active,
        }
    }

    fn create(&self) -> CreateAppointmentType {
        let text = |language: &str, public_name: &str| AppointmentTypeText {
            language: language.to_owned(),
            public_name: public_name.to_owned(),
            prep_public: String::new(),
            prep_full: String::new(),
            bring: Vec::new(),
        };
        let provider = AppointmentTypeNeed {
            kind: ResourceKind::Provider,
            skill: None,
            resource_id: None,
            count: 1,
        };
        let room = ResourceKind::parse(&self.room).map(|kind| AppointmentTypeNeed {
            kind,
            ..provider.clone()
        });
        CreateAppointmentType {
            code: self.code.trim().to_owned(),
            texts: vec![text("en", &self.english), text("es", &self.spanish)],
            needs: std::iter::once(provider).chain(room).collect(),
            questionnaire_ids: Vec::new(),
            settings: self.settings(),
        }
    }

    fn change(&self) -> ChangeAppointmentType {
        ChangeAppointmentType {
            apply_to: self.also_booked.then_some(ApplyTo::AlsoBooked),
            ..ChangeAppointmentType::from(self.settings())
        }
    }
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    known: Rc<Known>,
    /// What is changed; a new one is made when absent.
    kind: Option<AppointmentType>,
    on_saved: Callback<()>,
    on_leave: Callback<()>,
}

type Form = State<Draft>;

/// A kind of visit, new or changed.
#[component]
fn Editor(props: &EditorProps) -> Html {
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
    let is_new = before.is_none();
    let root = if is_new { "/settings" } else { "" };
    let save = {
        let key_to_send = key.get();
        let (done, saved) = (props.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, draft: Draft| {
                let (key, before) = (key_to_send.clone(), before.clone());
                async move {
                    match before {
                        Some(one) => {
                            let change = draft.change();
                            client
                                .change_appointment_type(one.id, one.version, &change)
                                .await
                        }
                        None => client.create_appointment_type(&key, &draft.create()).await,
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
    let submit = {
        let (form, run) = (form.clone(), save.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit((*form).clone());
        })
    };
    let wrong = |pointer: &str| -> Option<AttrValue> {
        let said = save.failure.as_ref()?.within(pointer)?;
        Some(AttrValue::from(said.to_owned()))
    };
    let colliding = save.failure.as_ref().and_then(|failure| {
        let count = failure.more("count")?.as_u64()?;
        u32::try_from(count)
            .ok()
            .filter(|_| failure.slug() == "type-in-use")
    });
    let numbers = NUMBERS.iter().enumerate().map(|(position, name)| {
        let hours = name.ends_with("notice") || name.ends_with("book") || name.ends_with("hours");
        let unit = match (*name, hours) {
            ("max_per_day", _) => None,
            (_, true) => Some(t.text("setup-hours")),
            (_, false) => Some(t.text("setup-minutes")),
        };
        let on_change = edit(&form, move |draft, text: String| {
            if let Some(number) = draft.numbers.get_mut(position) {
                *number = text;
            }
        });
        let value = form.numbers.get(position).cloned().unwrap_or_default();
        html! {
            <TextField key={*name} name={*name} label={t.text(&field(name))} short={true} input_mode="numeric" {unit}
                error={wrong(&format!("{root}/{name}"))} {value} {on_change} />
        }
    });
    let times_changed = form.numbers.get(..4) != first.numbers.get(..4);
    let text =
        |name: &'static str, label: &str, hint: Option<&str>, value: &str, error, on_change| {
            html! {
                <TextField {name} label={t.text(label)} hint={hint.map(|id| t.text(id))} {error}
                    value={value.to_owned()} {on_change} />
            }
        };
    let check = |name: &'static str, checked: bool, on_change| {
        html! {
            <Check {name} label={t.text(&field(name))} {checked} error={wrong(&format!("{root}/{name}"))} {on_change} />
        }
    };
    let values = |words: &[String]| -> Vec<AttrValue> {
        words
            .iter()
            .map(|word| AttrValue::from(word.clone()))
            .collect()
    };
    let modalities = vec![
        Choice::new("in_person", t.text("appointment-in-person")),
        Choice::new("telehealth", t.text("appointment-telehealth")),
    ];
    let rooms = vec![
        Choice::new("room", t.text("setup-kind-room")),
        Choice::new("equipment", t.text("setup-kind-equipment")),
    ];
    let colours: Vec<Choice> = COLOURS
        .iter()
        .map(|colour| {
            let id = format!("setup-colour-{colour}");
            Choice::new(*colour, t.text(&id))
        })
        .collect();
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    let title = if is_new {
        "setup-kind-new"
    } else {
        "setup-kind-change"
    };
    html! {
        <Card title={t.text(title)}>
            <form class="form" onsubmit={submit} novalidate={true}>
                if is_new {
                    { text("code", "setup-kind-code", Some("setup-kind-code-hint"), &form.code, wrong("/code"),
                        edit(&form, |draft, text: String| draft.code = text.to_uppercase())) }
                }
                { text("name", "setup-field-name", Some("setup-kind-name-hint"), &form.name, wrong(&format!("{root}/name")),
                    edit(&form, |draft, text: String| draft.name = text)) }
                if is_new {
                    { text("english", "setup-kind-english", Some("setup-kind-public-hint"), &form.english, wrong("/texts/0"),
                        edit(&form, |draft, text: String| draft.english = text)) }
                    { text("spanish", "setup-kind-spanish", None, &form.spanish, wrong("/texts/1"),
                        edit(&form, |draft, text: String| draft.spanish = text)) }
                    <Select name="room" label={t.text("setup-kind-takes")} optional={true} hint={t.text("setup-kind-takes-hint")}
                        choices={rooms} value={form.room.clone()}
                        on_change={edit(&form, |draft, word: String| draft.room = word)} />
                }
                { for numbers }
                <CheckGroup name="modalities" label={t.text("setup-field-modality")} choices={modalities}
                    error={wrong(&format!("{root}/modalities"))} values={values(&form.modalities)}
                    on_change={edit(&form, |draft, words: Vec<String>| draft.modalities = words)} />
                <CheckGroup name="location_ids" label={t.text("setup-field-location-id")} choices={props.known.place_choices()}
                    error={wrong(&format!("{root}/location_ids"))} values={values(&form.places)}
                    on_change={edit(&form, |draft, ids: Vec<String>| draft.places = ids)} />
                { check("employee_bookable", form.employee_bookable, edit(&form, |draft, on: bool| draft.employee_bookable = on)) }
                { check("supervisor_bookable", form.supervisor_bookable, edit(&form, |draft, on: bool| {
                    draft.supervisor_bookable = on;
                    // Whoever books a visit knows of it.
                    draft.visible_to_supervisor |= on;
                })) }
                { check("visible_to_supervisor", form.visible_to_supervisor, edit(&form, |draft, on: bool| draft.visible_to_supervisor = on)) }
                { check("clinic_confirms", form.clinic_confirms, edit(&form, |draft, on: bool| draft.clinic_confirms = on)) }
                { check("active", form.active, edit(&form, |draft, on: bool| draft.active = on)) }
                <Select name="colour" label={t.text("setup-field-colour")} choices={colours} value={form.colour.clone()}
                    on_change={edit(&form, |draft, word: String| draft.colour = word)} />
                if !is_new && times_changed {
                    { apply_to(&t, &form) }
                }
                if let Some(count) = colliding {
                    <Note tone={Tone::Bad} title={t.msg("setup-kind-collide", args!(count = count))}>
                        <p>{ t.text("setup-kind-collide-text") }</p>
                    </Note>
                } else {
                    { save.problem() }
                }
                <div class="button-row">
                    <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text("save") }</Button>
                    <Button look={Look::Quiet} on_press={leave}>{ t.text("cancel") }</Button>
                </div>
            </form>
        </Card>
    }
}

/// The message that names a field.
fn field(name: &str) -> String {
    format!("setup-field-{}", name.replace('_', "-"))
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

#[derive(Properties, PartialEq)]
struct DeleteProps {
    kind: AppointmentType,
    on_close: Callback<()>,
    on_deleted: Callback<()>,
}

/// Asks before a kind of visit is deleted.
#[component]
fn Delete(props: &DeleteProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version) = (props.kind.id, props.kind.version);
    let delete = {
        let (done, said) = (props.on_deleted.clone(), t.text("setup-deleted-done"));
        use_action(
            move |client, ()| client.delete_appointment_type(id, version),
            move |()| {
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let on_press = delete.run.reform(|_: MouseEvent| ());
    let actions = html! {
        <Button look={Look::Danger} busy={delete.pending} {on_press}>{ t.text("delete") }</Button>
    };
    html! {
        <Dialog open={true} title={t.text("setup-kind-delete")} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p><strong>{ &props.kind.name }</strong></p>
                <p>{ t.text("setup-kind-delete-lead") }</p>
                { delete.problem() }
            </div>
        </Dialog>
    }
}
