//! What the three apps share: language, session, questions to the server, and the parts of pages.
//!
//! `README.md` beside this crate shows how to write a page.

pub mod booking;
mod clock;
pub mod color;
mod density;
mod device;
mod download;
mod failure;
pub mod format;
mod frame;
mod free;
pub mod hooks;
mod i18n;
pub mod kept;
pub mod look;
mod message;
pub mod messaging;
mod offers;
mod online;
mod parts;
mod query;
mod regions;
mod section;
mod session;
mod start;
mod storage;
mod theme;
pub mod times;
pub mod wishes;
mod words;
mod work_status;

pub use density::DensityChoice;
pub use download::hand_over;
pub use failure::{Failure, Problem};
pub use format::{DateStyle, instant_at, minutes_since, own_zone, today_at};
pub use frame::{
    App, AppRoot, AppRootProps, DigestChoice, Frame, FrameProps, Gate, GateProps, LanguageChoice,
    LanguageMenu, LookContext, ModulePage, Page, PageProps, Place, PortalMark, PortalPage,
    Settings, SettingsProps, SignIn, Tiles, TilesProps, module_places, use_look, use_module_name,
};
pub use free::{FreeTimes, SlotsPage, use_free_times};
pub use i18n::{
    ENGLISH, Lang, Language, SPANISH, Speaking, SpeakingProps, Term, Terms, Text, TextProvider,
    TextProviderProps, use_language, use_text,
};
pub use message::{Args, Value};
pub use online::{Online, OnlineProvider, OnlineProviderProps, use_busy, use_online};
pub use parts::{
    Back, BackProps, Badge, BadgeProps, Button, ButtonLink, ButtonLinkProps, ButtonProps, Card,
    CardProps, Check, CheckGroup, CheckGroupProps, CheckProps, Chip, ChipProps, Chips, ChipsProps,
    Choice, Column, Contacts, DataTable, DataTableProps, DateField, DateFieldProps, Dialog,
    DialogProps, Empty, EmptyProps, ErrorSummary, ErrorSummaryProps, Facts, FactsProps, Fault,
    Field, FieldProps, Go, GoProps, Icon, IconProps, Look, Markup, MarkupProps, MemorableDate,
    MemorableDateProps, Menu, MenuProps, Note, NoteProps, ProblemView, ProblemViewProps, Radio,
    RadioProps, Row, RowProps, Rows, RowsProps, Select, SelectProps, Skeleton, SkeletonProps, Sort,
    Steps, StepsProps, Tab, Tabs, TabsProps, TextArea, TextAreaProps, TextField, TextFieldProps,
    Toast, ToastProvider, ToastProviderProps, Tone, Waiting, WhoSees, WhoSeesProps, use_toast,
};
pub use query::{
    Action, Pages, Query, RequestKey, use_action, use_background_query, use_leave_guard, use_pages,
    use_query, use_request_key,
};
pub use regions::{RegionField, RegionFieldProps, region_name};
pub use salus_client::Client;
pub use section::{fetched, use_fetching_later};
pub use session::{
    Ended, IdleClock, Keeper, Remaining, Session, SessionProvider, SessionProviderProps, Signed,
    Status, spawn, use_session,
};
pub use start::start;
pub use theme::{Theme, ThemeChoice};
pub use work_status::{WorkStatusBadge, WorkStatusBadgeProps};
