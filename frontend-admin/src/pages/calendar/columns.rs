//! Columns with the hours going down: a visit stands where its time is and can be dragged elsewhere.
//!
//! Mouse and pen drag. A finger does not, since it scrolls; a visit's panel moves it as well, for
//! fingers and for the keyboard.

use super::grid::{Grid, Minutes, instant_of, lanes};
use super::{block_body, block_class, use_each_minute};
use chrono::{DateTime, NaiveDate, Utc};
use gloo::events::EventListener;
use salus_types::ids::{AppointmentId, ResourceId};
use salus_types::scheduling::{
    Act, AppointmentResource, ClinicAppointment, Closed, DaySheet, Open,
};
use salus_ui::hooks::{State, use_effect_with, use_mut_ref, use_state};
use salus_ui::{Text, use_text};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The pixels a pointer may go before a press becomes a drag.
const SLACK: i32 = 6;

/// One column: of a resource, or of a day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// What tells it from the others.
    pub(super) key: AttrValue,
    /// What stands above it.
    pub(super) head: Html,
    /// Whose it is, in a day; a week has a column for each day.
    pub(super) resource: Option<AppointmentResource>,
    /// Which day.
    pub(super) date: NaiveDate,
    /// The first instant after the day.
    pub(super) day_end: DateTime<Utc>,
    /// The place's zone.
    pub(super) zone: String,
    /// Its visits that take place.
    pub(super) visits: Vec<ClinicAppointment>,
    /// When somebody works.
    pub(super) open: Vec<Open>,
    /// When the resource is away.
    pub(super) closed: Vec<Closed>,
}

impl Column {
    /// A column of a day without anything in it.
    pub(super) fn new(sheet: &DaySheet, key: String, head: Html) -> Self {
        Self {
            key: AttrValue::from(key),
            head,
            resource: None,
            date: sheet.date,
            day_end: sheet.until,
            zone: sheet.place.zone.clone(),
            visits: Vec::new(),
            open: Vec::new(),
            closed: Vec::new(),
        }
    }

    fn minutes(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Minutes {
        Minutes::of(from, until, self.day_end)
    }

    fn of_visit(&self, visit: &ClinicAppointment) -> Minutes {
        self.minutes(visit.starts_at, visit.ends_at)
    }

    fn of_visits(&self) -> Vec<Minutes> {
        self.visits.iter().map(|one| self.of_visit(one)).collect()
    }
}

/// Where a visit is to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wanted {
    /// On which day there.
    pub(crate) date: NaiveDate,
    /// From when on.
    pub(crate) starts_at: DateTime<Utc>,
    /// With whom.
    pub(crate) lead: Option<AppointmentResource>,
}

impl Wanted {
    /// Where a visit is put that is dropped on a column. Whoever is first of a visit can be another one;
    /// what else it needs is found for it, so that it cannot be dropped there. Dropped where it was, it
    /// is put nowhere.
    fn dropped(
        visit: &ClinicAppointment,
        onto: Option<&AppointmentResource>,
        date: NaiveDate,
        starts_at: DateTime<Utc>,
    ) -> Option<Self> {
        let own = visit.resources.first();
        let lead = match (own, onto) {
            (Some(own), Some(onto)) if own.kind == onto.kind => Some(onto),
            (own, Some(onto)) if visit.resources.iter().any(|one| one.id == onto.id) => own,
            (_, Some(_)) => return None,
            (own, None) => own,
        };
        let id = |one: Option<&AppointmentResource>| one.map(|one| one.id);
        let stays = starts_at == visit.starts_at && id(lead) == id(own);
        (!stays).then(|| Self {
            date,
            starts_at,
            lead: lead.cloned(),
        })
    }

    /// With whom, for the server.
    pub(super) fn resource_id(&self) -> Option<ResourceId> {
        self.lead.as_ref().map(|lead| lead.id)
    }
}

/// A visit under the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Drag {
    visit: AppointmentId,
    /// Where it was pressed.
    pressed: (i32, i32),
    /// The pixels between its top and where it is held.
    grip: i32,
    /// The minutes it takes.
    length: i32,
    /// Whether it has left its place.
    moved: bool,
    /// The column and the minute it would be put at.
    over: Option<(usize, i32)>,
}

/// What [`Columns`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct ColumnsProps {
    /// What they are, for screen readers.
    pub(super) label: AttrValue,
    /// The columns.
    pub(super) columns: Vec<Column>,
    /// Whether a visit names its resources.
    #[prop_or_default]
    pub(super) with_resources: bool,
    /// A visit was pressed.
    pub(super) on_visit: Callback<AppointmentId>,
    /// A visit was dropped elsewhere.
    pub(super) on_drop: Callback<(AppointmentId, Wanted)>,
}

/// The columns beside each other.
#[component]
pub(super) fn Columns(props: &ColumnsProps) -> Html {
    let t = use_text();
    use_each_minute();
    let drag = use_state(|| None::<Drag>);
    // The press that ends a drag is not one that opens the panel.
    let dragged = use_mut_ref(|| false);
    let visits: Vec<Minutes> = props.columns.iter().flat_map(Column::of_visits).collect();
    let grid = Grid::around(&visits, &hours_worked(&props.columns));
    let held = drag.filter(|drag| drag.moved);
    {
        let drag = drag.clone();
        use_effect_with(held.is_some(), move |dragging| {
            let put_back = move |event: &Event| {
                let event = event.dyn_ref::<KeyboardEvent>();
                if event.is_some_and(|event| event.key() == "Escape") {
                    drag.set(None);
                }
            };
            let window = gloo::utils::window();
            let listener = dragging.then(|| EventListener::new(&window, "keydown", put_back));
            move || drop(listener)
        });
    }
    let holding = Holding {
        t: t.clone(),
        grid,
        drag: drag.clone(),
        dragged,
        columns: Rc::new(props.columns.clone()),
        with_resources: props.with_resources,
        on_visit: props.on_visit.clone(),
        on_drop: props.on_drop.clone(),
    };
    let class = classes!("grid-columns", held.is_some().then_some("grid-dragging"));
    html! {
        <section {class} aria-label={props.label.clone()} tabindex="0">
            { axis(&t, grid, props.columns.first()) }
            { for props.columns.iter().enumerate().map(|(at, column)| holding.column(at, column)) }
        </section>
    }
}

/// When somebody works.
fn hours_worked(columns: &[Column]) -> Vec<Minutes> {
    let worked = columns.iter().flat_map(|column| {
        let open = column.open.iter();
        open.map(|open| column.minutes(open.from, open.until))
    });
    worked.collect()
}

/// The hours at the side.
fn axis(t: &Text, grid: Grid, first: Option<&Column>) -> Html {
    let Some(column) = first else {
        return Html::default();
    };
    let hour = |minute: i32| {
        let (top, _) = grid.place(Minutes {
            from: minute,
            until: minute,
        });
        let label = t.time(instant_of(minute, column.day_end), &column.zone);
        html! {
            <Placed key={minute} class="grid-hour numbers small muted" numbers={vec![("--top", top)]}>{ label }</Placed>
        }
    };
    html! {
        <div class="grid-axis" aria-hidden="true">
            <div class="day-column-head" />
            <Placed class="grid-hours" numbers={vec![("--tall", grid.height())]}>{ for grid.hours().map(hour) }</Placed>
        </div>
    }
}

/// What a column needs to draw its visits and to drag them.
struct Holding {
    t: Text,
    grid: Grid,
    drag: State<Option<Drag>>,
    dragged: Rc<RefCell<bool>>,
    columns: Rc<Vec<Column>>,
    with_resources: bool,
    on_visit: Callback<AppointmentId>,
    on_drop: Callback<(AppointmentId, Wanted)>,
}

impl Holding {
    fn column(&self, at: usize, column: &Column) -> Html {
        let t = &self.t;
        let beside = lanes(&column.of_visits());
        let wide = beside.iter().map(|(_, wide)| *wide).max().unwrap_or(1);
        let open = column.open.iter().map(|open| {
            let numbers = self.band(column.minutes(open.from, open.until));
            html! { <Placed key={format!("open-{}", open.from)} class="grid-open" {numbers} /> }
        });
        let closed = column.closed.iter().map(|closed| {
            let numbers = self.band(column.minutes(closed.from, closed.until));
            html! {
                <Placed key={format!("closed-{}", closed.from)} class="grid-closed small" {numbers}>
                    <strong>{ t.text("calendar-closed") }</strong>{ " " }
                    <span class="numbers">
                        { t.time(closed.from, &column.zone) }{ "–" }{ t.time(closed.until, &column.zone) }
                    </span>
                    if !closed.reason.is_empty() {
                        { " · " }{ closed.reason.clone() }
                    }
                </Placed>
            }
        });
        let visits = column.visits.iter().zip(&beside);
        let visits = visits.map(|(visit, beside)| self.visit(column, visit, *beside));
        let sheet = vec![
            ("--tall", self.grid.height()),
            ("--hour", self.grid.place(HOUR).1),
        ];
        let numbers = vec![("--wide", i32::try_from(wide).unwrap_or(1))];
        html! {
            <Placed key={column.key.to_string()} class="day-column" {numbers}>
                <div class="day-column-head">{ column.head.clone() }</div>
                <Placed class="grid-column" numbers={sheet} column={at}>
                    { for open }
                    { for closed }
                    { for visits }
                    { self.ghost(at, column) }
                </Placed>
            </Placed>
        }
    }

    fn band(&self, stretch: Minutes) -> Vec<(&'static str, i32)> {
        let (top, height) = self.grid.place(stretch);
        vec![("--top", top), ("--tall", height)]
    }

    fn visit(
        &self,
        column: &Column,
        visit: &ClinicAppointment,
        (lane, wide): (usize, usize),
    ) -> Html {
        let mut numbers = self.band(column.of_visit(visit));
        let whole = |count: usize| i32::try_from(count).unwrap_or_default();
        numbers.extend([("--lane", whole(lane)), ("--lanes", whole(wide))]);
        let held = self
            .drag
            .filter(|drag| drag.moved && drag.visit == visit.id);
        let class = classes!(
            block_class(visit),
            "visit-placed",
            visit
                .allowed
                .contains(&Act::Move)
                .then_some("visit-movable"),
            held.is_some().then_some("visit-held"),
        );
        html! {
            <Placed key={visit.id.to_string()} class="grid-visit" {numbers}>
                <button type="button" {class} onclick={self.pressed(visit)}
                    onpointerdown={self.take(visit)} onpointermove={self.carry(visit)}
                    onpointerup={self.let_go(visit)} onpointercancel={self.put_back()}
                    onlostpointercapture={self.put_back()}>
                    { block_body(&self.t, visit, self.with_resources) }
                </button>
            </Placed>
        }
    }

    /// Where the visit would be put.
    fn ghost(&self, at: usize, column: &Column) -> Html {
        let held = self.drag.filter(|drag| drag.moved);
        let Some((drag, (_, minute))) =
            held.and_then(|drag| Some((drag, drag.over.filter(|(over, _)| *over == at)?)))
        else {
            return Html::default();
        };
        let until = minute + drag.length;
        let numbers = self.band(Minutes {
            from: minute,
            until,
        });
        let time = |minute| {
            self.t
                .time(instant_of(minute, column.day_end), &column.zone)
        };
        html! {
            <Placed key="ghost" class="grid-ghost numbers" {numbers}>{ time(minute) }{ "–" }{ time(until) }</Placed>
        }
    }

    /// A press opens the panel, unless it ends a drag; a key has no press before it.
    fn pressed(&self, visit: &ClinicAppointment) -> Callback<MouseEvent> {
        let (dragged, on_visit, id) = (self.dragged.clone(), self.on_visit.clone(), visit.id);
        Callback::from(move |event: MouseEvent| {
            if !dragged.replace(false) || event.detail() == 0 {
                on_visit.emit(id);
            }
        })
    }

    fn take(&self, visit: &ClinicAppointment) -> Callback<PointerEvent> {
        let (drag, dragged) = (self.drag.clone(), self.dragged.clone());
        let (id, movable) = (visit.id, visit.allowed.contains(&Act::Move));
        let length = visit.ends_at - visit.starts_at;
        let length = i32::try_from(length.num_minutes()).unwrap_or_default();
        Callback::from(move |event: PointerEvent| {
            dragged.replace(false);
            let held = event.is_primary() && event.button() == 0;
            let Some(block) = block_of(&event).filter(|_| held && movable) else {
                return;
            };
            if event.pointer_type() != "touch" {
                let top = block.get_bounding_client_rect().top() as i32;
                drag.set(Some(Drag {
                    visit: id,
                    pressed: (event.client_x(), event.client_y()),
                    grip: event.client_y() - top,
                    length,
                    moved: false,
                    over: None,
                }));
            }
        })
    }

    fn carry(&self, visit: &ClinicAppointment) -> Callback<PointerEvent> {
        let (drag, dragged, grid) = (self.drag.clone(), self.dragged.clone(), self.grid);
        let (columns, visit) = (self.columns.clone(), visit.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(held) = drag.filter(|drag| drag.visit == visit.id) else {
                return;
            };
            let (x, y) = (event.client_x(), event.client_y());
            let (from_x, from_y) = held.pressed;
            let far = (x - from_x).abs().max((y - from_y).abs()) > SLACK;
            if !held.moved && !far {
                return;
            }
            if !held.moved {
                dragged.replace(true);
                if let Some(block) = block_of(&event) {
                    let _ = block.set_pointer_capture(event.pointer_id());
                }
            }
            let over = column_under(x, y).and_then(|(at, top)| {
                let minute = grid.start_at(y - held.grip - top, held.length);
                let there = wanted(&visit, columns.get(at)?, minute);
                there.map(|_| (at, minute))
            });
            let next = Drag {
                moved: true,
                over,
                ..held
            };
            // A pointer tells of every pixel; only another step is drawn.
            if next != held {
                drag.set(Some(next));
            }
        })
    }

    fn let_go(&self, visit: &ClinicAppointment) -> Callback<PointerEvent> {
        let (drag, columns, visit) = (self.drag.clone(), self.columns.clone(), visit.clone());
        let on_drop = self.on_drop.clone();
        Callback::from(move |_: PointerEvent| {
            let held = drag.filter(|drag| drag.visit == visit.id && drag.moved);
            if drag.is_some() {
                drag.set(None);
            }
            let put = held.and_then(|held| held.over).and_then(|(at, minute)| {
                let column = columns.get(at)?;
                wanted(&visit, column, minute)
            });
            if let Some(put) = put {
                on_drop.emit((visit.id, put));
            }
        })
    }

    fn put_back(&self) -> Callback<PointerEvent> {
        let drag = self.drag.clone();
        Callback::from(move |_: PointerEvent| {
            if drag.is_some() {
                drag.set(None);
            }
        })
    }
}

const HOUR: Minutes = Minutes {
    from: 12 * 60,
    until: 13 * 60,
};

fn wanted(visit: &ClinicAppointment, column: &Column, minute: i32) -> Option<Wanted> {
    let starts_at = instant_of(minute, column.day_end);
    Wanted::dropped(visit, column.resource.as_ref(), column.date, starts_at)
}

/// The visit an event is about.
fn block_of(event: &PointerEvent) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(".visit").ok().flatten()
}

/// The column at a point of the window, and where its hours begin.
fn column_under(x: i32, y: i32) -> Option<(usize, i32)> {
    let there = gloo::utils::document().element_from_point(x as f32, y as f32)?;
    let column = there.closest("[data-column]").ok().flatten()?;
    let at = column.get_attribute("data-column")?.parse().ok()?;
    Some((at, column.get_bounding_client_rect().top() as i32))
}

/// What [`Placed`] takes.
#[derive(Properties, PartialEq)]
struct PlacedProps {
    class: AttrValue,
    /// Variables for its rules, in pixels or counted.
    numbers: Vec<(&'static str, i32)>,
    /// Which column it is.
    #[prop_or_default]
    column: Option<usize>,
    #[prop_or_default]
    children: Html,
}

/// An element that is where numbers say. They are set when it is there: attributes with styles do
/// nothing on our pages.
#[component]
fn Placed(props: &PlacedProps) -> Html {
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(props.numbers.clone(), move |numbers| {
            if let Some(element) = place.cast::<HtmlElement>() {
                for (name, value) in numbers {
                    let _ = element.style().set_property(name, &value.to_string());
                }
            }
        });
    }
    let column = props.column.map(|at| at.to_string());
    html! {
        <div ref={place} class={props.class.clone()} data-column={column}>{ props.children.clone() }</div>
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use salus_types::scheduling::ResourceKind;
    use uuid::Uuid;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn resource(id: u128, kind: ResourceKind) -> AppointmentResource {
        AppointmentResource {
            id: ResourceId(Uuid::from_u128(id)),
            name: id.to_string(),
            kind,
        }
    }

    /// A visit of provider 1 in room 2.
    pub(in super::super) fn visit() -> ClinicAppointment {
        let id = Uuid::nil();
        let sent = serde_json::json!({
            "id": id, "version": 1, "person": { "id": id, "name": "A" }, "employer_id": id,
            "appointment_type": { "id": id, "code": "A", "name": "A", "colour": "teal" },
            "starts_at": "2027-03-03T14:00:00Z", "ends_at": "2027-03-03T14:30:00Z",
            "shown_ends_at": "2027-03-03T14:30:00Z", "zone": "America/New_York",
            "location_id": id, "modality": "in_person", "state": "booked", "fasting_hours": 0, "unread_forms": 0,
            "booked_by": "employee", "attends": false, "allowed": ["move"],
            "resources": [resource(1, ResourceKind::Provider), resource(2, ResourceKind::Room)],
        });
        serde_json::from_value(sent).unwrap()
    }

    fn dropped(onto: Option<AppointmentResource>, start: &str) -> Option<Wanted> {
        let date = NaiveDate::from_ymd_opt(2027, 3, 3).unwrap();
        Wanted::dropped(&visit(), onto.as_ref(), date, at(start))
    }

    const OWN: &str = "2027-03-03T14:00:00Z";
    const LATER: &str = "2027-03-03T15:00:00Z";

    #[test]
    fn a_visit_dropped_on_another_provider_is_wanted_with_them() {
        let other = resource(3, ResourceKind::Provider);
        let wanted = dropped(Some(other.clone()), OWN).unwrap();
        assert_eq!((wanted.lead, wanted.starts_at), (Some(other), at(OWN)));
    }

    #[test]
    fn a_visit_dropped_in_its_own_room_at_another_time_stays_with_its_provider() {
        let wanted = dropped(Some(resource(2, ResourceKind::Room)), LATER).unwrap();
        assert_eq!(wanted.lead, Some(resource(1, ResourceKind::Provider)));
    }

    #[test]
    fn a_visit_cannot_be_dropped_on_another_room() {
        assert_eq!(dropped(Some(resource(4, ResourceKind::Room)), LATER), None);
    }

    #[test]
    fn a_visit_dropped_on_a_day_stays_with_its_provider() {
        let wanted = dropped(None, LATER).unwrap();
        assert_eq!(wanted.lead, Some(resource(1, ResourceKind::Provider)));
    }

    #[test]
    fn a_visit_dropped_where_it_was_is_not_moved() {
        assert_eq!(
            dropped(Some(resource(1, ResourceKind::Provider)), OWN),
            None
        );
        assert_eq!(dropped(None, OWN), None);
    }
}
