//! The next visit.

use crate::pages::joining::Join;
use crate::routes::Route;
use salus_types::scheduling::{Appointment, AppointmentView, AppointmentsQuery, Modality};
use salus_ui::times::visit_time;
use salus_ui::{
    ButtonLink, Card, Empty, Go, Icon, Look, Text, Waiting, use_look, use_query, use_text,
};
use yew::prelude::*;

/// When and where the next visit is; where visits are none of the portal's modules only one there is.
#[component]
pub(super) fn NextAppointment() -> Html {
    let t = use_text();
    let coming = use_query((), |client, ()| {
        let query = AppointmentsQuery {
            view: AppointmentView::Upcoming,
        };
        client.list_my_appointments(&query)
    });
    let books = use_look().offers_module("appointments");
    let found = coming.data.as_ref();
    if !books && coming.failure.is_none() && found.is_none_or(|found| found.items.is_empty()) {
        return Html::default();
    }
    let all = html! { <Go<Route> to={Route::Appointments}>{ t.text("home-all-appointments") }</Go<Route>> };
    html! {
        <Card title={t.text("home-next-appointment")} aside={all}>
            { coming.show(Waiting::Text, |found| match found.items.first() {
                Some(next) => html! {
                    <div class="stack">
                        { visit(&t, next) }
                        <Join visit={next.clone()} refetch={coming.refetch.clone()} />
                    </div>
                },
                None if !books => Html::default(),
                None => html! {
                    <Empty icon="calendar-days" title={t.text("home-no-appointment")} text={t.text("home-no-appointment-text")}>
                        <ButtonLink<Route> to={Route::Book} look={Look::Plain} icon="calendar-plus">
                            { t.text("home-book-one") }
                        </ButtonLink<Route>>
                    </Empty>
                },
            }) }
        </Card>
    }
}

fn visit(t: &Text, next: &Appointment) -> Html {
    let place = &next.place;
    let address: Vec<&str> = [&place.street, &place.city]
        .into_iter()
        .filter_map(Option::as_deref)
        .collect();
    html! {
        <div class="stack">
            <div>
                <p class="h3">
                    <Go<Route> to={Route::Appointment { id: next.id }}>{ &next.public_name }</Go<Route>>
                </p>
                <p>{ visit_time(t, next.starts_at, &next.zone, &place.name, next.modality) }</p>
            </div>
            if next.modality == Modality::Telehealth {
                <p class="muted">{ t.text("appointment-telehealth") }</p>
            } else if !address.is_empty() {
                <p class="flex gap-2 muted"><Icon name="map-pin" /><span>{ address.join(", ") }</span></p>
            }
        </div>
    }
}
