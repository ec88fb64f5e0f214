//! What stands around a page: bar, places to go, heading, sign-in.

mod app;
mod bar;
mod digest;
mod gate;
mod modules;
mod page;
mod portals;
mod settings;
mod sign_in;

pub(crate) use app::PORTAL;
pub use app::{App, AppRoot, AppRootProps, LookContext, PortalMark, use_look, use_module_name};
pub use bar::{Frame, FrameProps, LanguageChoice, LanguageMenu, Place};
pub use digest::DigestChoice;
pub use gate::{Gate, GateProps};
pub use modules::{ModulePage, Tiles, TilesProps, module_places};
pub use page::{Page, PageProps};
pub use portals::PortalPage;
pub use settings::{Settings, SettingsProps};
pub use sign_in::SignIn;
