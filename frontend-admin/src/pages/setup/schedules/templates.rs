//! What a schedule can be filled with, and keeping it for the next one.

use salus_types::ids::ScheduleTemplateId;
use salus_types::scheduling::{
    CreateScheduleTemplate, ScheduleTemplate, ScheduleTemplateFields, TemplateScope,
};
use salus_ui::hooks::use_state;
use salus_ui::{
    Button, Card, Choice, Look, Radio, Text, TextField, Waiting, args, use_action, use_query,
    use_request_key, use_text, use_toast,
};
use yew::prelude::*;

use super::times::window_words;

/// What [`Templates`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct TemplatesProps {
    /// What would be kept; nothing while the form names dates or is not complete.
    pub(super) fields: Option<ScheduleTemplateFields>,
    /// A template is to fill the form.
    pub(super) on_fill: Callback<ScheduleTemplateFields>,
}

/// The templates there are, and a name for a new one.
#[component]
pub(super) fn Templates(props: &TemplatesProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let key = use_request_key();
    let name = use_state(String::new);
    let everybody = use_state(|| false);
    let list = use_query((), |client, ()| client.list_schedule_templates());
    let save = {
        let key_to_send = key.get();
        let (refetch, said) = (list.refetch.clone(), t.text("setup-template-kept"));
        let name = name.clone();
        use_action(
            move |client, command: CreateScheduleTemplate| {
                client.create_schedule_template(&key_to_send, &command)
            },
            move |_| {
                key.renew();
                name.set(String::new());
                toast.say(said.clone());
                refetch.emit(());
            },
        )
    };
    let delete = {
        let refetch = list.refetch.clone();
        use_action(
            |client, id: ScheduleTemplateId| client.delete_schedule_template(id),
            move |()| refetch.emit(()),
        )
    };
    let keep = {
        let (name, everybody, run) = (name.clone(), everybody.clone(), save.run.clone());
        let fields = props.fields.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(fields) = fields.clone() {
                run.emit(CreateScheduleTemplate {
                    name: (*name).clone(),
                    scope: if *everybody {
                        TemplateScope::Global
                    } else {
                        TemplateScope::Personal
                    },
                    fields,
                });
            }
        })
    };
    let row = |one: &ScheduleTemplate| {
        let (fields, id) = (one.fields.clone(), one.id);
        let fill = props.on_fill.reform(move |_: MouseEvent| fields.clone());
        let remove = delete.run.reform(move |_: MouseEvent| id);
        html! {
            <li key={one.id.to_string()}>
                <p><strong>{ &one.name }</strong>{ " · " }{ scope_words(&t, one.scope) }</p>
                <p class="muted small">{ window_words(&t, &one.fields.windows) }</p>
                <div class="button-row">
                    <Button on_press={fill}>{ t.msg("setup-template-use", args!(name = one.name.clone())) }</Button>
                    <Button look={Look::Quiet} icon="trash-2" busy={delete.pending} on_press={remove}>
                        { t.msg("setup-template-delete", args!(name = one.name.clone())) }
                    </Button>
                </div>
            </li>
        }
    };
    let on_name = {
        let name = name.clone();
        Callback::from(move |text: String| name.set(text))
    };
    let on_scope = {
        let everybody = everybody.clone();
        Callback::from(move |word: String| everybody.set(word == "global"))
    };
    let scopes = vec![
        Choice::new("personal", scope_words(&t, TemplateScope::Personal)),
        Choice::new("global", scope_words(&t, TemplateScope::Global)),
    ];
    let scope = if *everybody { "global" } else { "personal" };
    html! {
        <Card title={t.text("setup-templates")}>
            <div class="stack">
                { list.show(Waiting::Rows(2), |page| if page.items.is_empty() {
                    html! { <p class="muted">{ t.text("setup-templates-none") }</p> }
                } else {
                    html! { <ul class="stack">{ for page.items.iter().map(row) }</ul> }
                }) }
                { delete.problem() }
                if props.fields.is_some() {
                    <TextField name="template_name" label={t.text("setup-template-name")} max_length={60}
                        hint={t.text("setup-template-hint")} error={save.wrong("/name")} value={(*name).clone()} on_change={on_name} />
                    <Radio name="template_scope" label={t.text("setup-template-scope")} inline={true} choices={scopes}
                        value={scope} on_change={on_scope} />
                    { save.problem() }
                    <div class="button-row">
                        <Button icon="save" busy={save.pending} on_press={keep}>{ t.text("setup-template-keep") }</Button>
                    </div>
                }
            </div>
        </Card>
    }
}

fn scope_words(t: &Text, scope: TemplateScope) -> AttrValue {
    t.text(match scope {
        TemplateScope::Personal => "setup-template-personal",
        TemplateScope::Global => "setup-template-global",
    })
}
