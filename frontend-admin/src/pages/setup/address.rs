//! What a place is called, where it is, and its clocks: a form of its own, saved by itself.

use salus_types::ids::LocationId;
use salus_types::scheduling::{ChangeClinicLocation, ClinicLocation};
use salus_ui::hooks::{edit, use_state};
use salus_ui::{
    Button, Card, Look, Note, TextField, Tone, Waiting, use_action, use_leave_guard, use_query,
    use_text, use_toast,
};
use yew::prelude::*;

/// What [`Address`] takes.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct AddressProps {
    /// Which place.
    pub(super) id: LocationId,
    /// It was saved.
    pub(super) on_saved: Callback<()>,
    /// It is left as it is.
    pub(super) on_leave: Callback<()>,
}

/// The form, once the place is known.
#[component]
pub(super) fn Address(props: &AddressProps) -> Html {
    let place = use_query(props.id, |client, id| async move {
        client.get_location(id).await.map(|found| found.value)
    });
    place.show(Waiting::Rows(4), |place| {
        html! { <Form place={place.clone()} asked={props.clone()} /> }
    })
}

#[derive(Properties, PartialEq)]
struct FormProps {
    place: ClinicLocation,
    asked: AddressProps,
}

/// The place with what was typed; what is empty of an address is taken away.
fn command(typed: &ClinicLocation) -> ChangeClinicLocation {
    let line = |text: &Option<String>| Some(text.clone().filter(|text| !text.trim().is_empty()));
    ChangeClinicLocation {
        street: line(&typed.street),
        city: line(&typed.city),
        state: line(&typed.state),
        zip: line(&typed.zip),
        phone: line(&typed.phone),
        ..ChangeClinicLocation::from(typed)
    }
}

#[component]
fn Form(props: &FormProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let form = use_state(|| props.place.clone());
    use_leave_guard(*form != props.place);
    let (id, version) = (props.place.id, props.place.version);
    let save = {
        let (done, said) = (props.asked.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, command: ChangeClinicLocation| async move {
                client.change_location(id, version, &command).await
            },
            move |_| {
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let submit = {
        let (form, run) = (form.clone(), save.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit(command(&form));
        })
    };
    let wrong = |name: &str| save.wrong(&format!("/{name}"));
    let field = |name: &'static str,
                 value: &str,
                 optional,
                 set: fn(&mut ClinicLocation, String)| {
        let label = match name {
            "name" => t.text("setup-place-name"),
            _ => t.text(&format!("setup-field-{}", name.replace('_', "-"))),
        };
        let max_length = if name == "public_label" { 80 } else { 120 };
        html! {
            <TextField {name} {label} {optional} {max_length} error={wrong(name)} value={value.to_owned()}
                on_change={edit(&form, set)} />
        }
    };
    let line = |name, value: &Option<String>, set| {
        field(name, value.as_deref().unwrap_or_default(), true, set)
    };
    let leave = props.asked.on_leave.reform(|_: MouseEvent| ());
    let other_clocks = form.zone != props.place.zone;
    html! {
        <Card title={t.text("setup-address")}>
            <form class="form" onsubmit={submit} novalidate={true}>
                { field("name", &form.name, false, |place, text| place.name = text) }
                { field("public_label", &form.public_label, false, |place, text| place.public_label = text) }
                { line("street", &form.street, |place, text| place.street = Some(text)) }
                { line("city", &form.city, |place, text| place.city = Some(text)) }
                { line("state", &form.state, |place, text| place.state = Some(text)) }
                { line("zip", &form.zip, |place, text| place.zip = Some(text)) }
                { line("phone", &form.phone, |place, text| place.phone = Some(text)) }
                { field("zone", &form.zone, false, |place, text| place.zone = text) }
                if other_clocks {
                    <Note tone={Tone::Warning}><p>{ t.text("setup-address-zone-lead") }</p></Note>
                }
                { save.problem() }
                <div class="button-row">
                    <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text("save") }</Button>
                    <Button look={Look::Quiet} on_press={leave}>{ t.text("cancel") }</Button>
                </div>
            </form>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_line_of_an_address_is_taken_away_and_the_rest_is_sent_as_it_stands() {
        let typed = ClinicLocation {
            id: LocationId(uuid::Uuid::nil()),
            name: "Harbor".to_owned(),
            public_label: "Fort Wayne".to_owned(),
            street: Some(" ".to_owned()),
            city: Some("Fort Wayne".to_owned()),
            state: None,
            zip: None,
            phone: None,
            zone: "America/New_York".to_owned(),
            version: 3,
        };
        let sent = command(&typed);
        assert_eq!(sent.street, Some(None));
        assert_eq!(sent.city, Some(Some("Fort Wayne".to_owned())));
        assert_eq!(sent.zone.as_deref(), Some("America/New_York"));
    }
}
