use super::Icon;
use yew::prelude::*;

/// One column of a [`DataTable`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub label: AttrValue,
    /// Whether it holds numbers, set to the right.
    pub numeric: bool,
    /// Whether it can be sorted by.
    pub sortable: bool,
    /// Whether its heading is for screen readers only, such as that of row actions.
    pub quiet: bool,
}

impl Column {
    /// A column of text.
    pub fn new(label: impl Into<AttrValue>) -> Self {
        Self {
            label: label.into(),
            numeric: false,
            sortable: false,
            quiet: false,
        }
    }

    /// A column of numbers.
    #[must_use]
    pub fn numeric(self) -> Self {
        Self {
            numeric: true,
            ..self
        }
    }

    /// A column that can be sorted by.
    #[must_use]
    pub fn sortable(self) -> Self {
        Self {
            sortable: true,
            ..self
        }
    }

    /// A column whose heading only screen readers meet.
    #[must_use]
    pub fn quiet(self) -> Self {
        Self {
            quiet: true,
            ..self
        }
    }
}

impl Column {
    fn class(&self) -> Option<&'static str> {
        match (self.numeric, self.quiet) {
            (true, _) => Some("numeric"),
            (false, true) => Some("row-actions"),
            (false, false) => None,
        }
    }
}

/// By which column a table is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column, from 0.
    pub column: usize,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// What a [`DataTable`] takes.
#[derive(Properties, PartialEq)]
pub struct DataTableProps {
    /// What it lists.
    pub caption: AttrValue,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows: a key and a cell for each column. The first cell names the row.
    pub rows: Vec<(AttrValue, Vec<Html>)>,
    /// The order it is in.
    #[prop_or_default]
    pub sort: Option<Sort>,
    /// Asks for another order.
    #[prop_or_default]
    pub on_sort: Callback<Sort>,
}

/// A table that becomes one card for each row on a phone.
#[component]
pub fn DataTable(props: &DataTableProps) -> Html {
    let head = |(index, column): (usize, &Column)| {
        let sorted = props.sort.filter(|sort| sort.column == index);
        let order = sorted.map(|sort| {
            if sort.descending {
                "descending"
            } else {
                "ascending"
            }
        });
        let words = if column.sortable {
            let next = Sort {
                column: index,
                descending: sorted.is_some_and(|sort| !sort.descending),
            };
            let onclick = props.on_sort.reform(move |_: MouseEvent| next);
            html! {
                <button type="button" class="sort-button" {onclick}>
                    { column.label.clone() }
                    <Icon name={if sorted.is_some_and(|sort| sort.descending) { "chevron-down" } else { "chevron-up" }}
                        class={if sorted.is_some() { "small-icon" } else { "small-icon faint" }} />
                </button>
            }
        } else if column.quiet {
            html! { <span class="sr-only">{ column.label.clone() }</span> }
        } else {
            html! { { column.label.clone() } }
        };
        html! {
            <th role="columnheader" scope="col" aria-sort={order}
                class={column.class()}>{ words }</th>
        }
    };
    let row = |(key, cells): &(AttrValue, Vec<Html>)| {
        let cell = |(index, cell): (usize, &Html)| {
            let column = props.columns.get(index);
            let class = column.and_then(Column::class);
            if index == 0 {
                return html! { <th role="rowheader" scope="row" {class}>{ cell.clone() }</th> };
            }
            let label = column
                .filter(|column| !column.quiet)
                .map(|column| column.label.clone());
            html! { <td role="cell" {class} data-label={label}>{ cell.clone() }</td> }
        };
        html! { <tr role="row" key={key.as_str()}>{ for cells.iter().enumerate().map(cell) }</tr> }
    };
    html! {
        <div class="table-frame">
            <table class="data" role="table">
                <caption class="sr-only">{ props.caption.clone() }</caption>
                <thead role="rowgroup"><tr role="row">{ for props.columns.iter().enumerate().map(head) }</tr></thead>
                <tbody role="rowgroup">{ for props.rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
