//! The parts pages are made of.

mod badge;
mod button;
mod choice;
mod date;
mod dialog;
mod feedback;
mod field;
mod filter;
mod icon;
mod list;
mod markup;
mod menu;
mod navigation;
mod table;
mod toast;

pub use badge::{Badge, BadgeProps, Note, NoteProps, Tone, WhoSees, WhoSeesProps};
pub use button::{Button, ButtonLink, ButtonLinkProps, ButtonProps, Look};
pub use choice::{
    Check, CheckGroup, CheckGroupProps, CheckProps, Choice, Radio, RadioProps, Select, SelectProps,
};
pub use date::{DateField, DateFieldProps, MemorableDate, MemorableDateProps};
pub use dialog::{Dialog, DialogProps};
pub use feedback::{
    Contacts, Empty, EmptyProps, ProblemView, ProblemViewProps, Skeleton, SkeletonProps, Waiting,
};
pub use field::{
    ErrorSummary, ErrorSummaryProps, Fault, Field, FieldProps, TextArea, TextAreaProps, TextField,
    TextFieldProps,
};
pub use filter::{Chip, ChipProps, Chips, ChipsProps};
pub use icon::{Icon, IconProps};
pub use list::{Card, CardProps, Facts, FactsProps, Row, RowProps, Rows, RowsProps};
pub use markup::{Markup, MarkupProps};
pub use menu::{Menu, MenuProps};
pub(crate) use navigation::NavLink;
pub use navigation::{Back, BackProps, Go, GoProps, Steps, StepsProps, Tab, Tabs, TabsProps};
pub use table::{Column, DataTable, DataTableProps, Sort};
pub use toast::{Toast, ToastProvider, ToastProviderProps, use_toast};
