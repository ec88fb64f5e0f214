use crate::i18n::{Text, TextProvider, use_language, use_text};
use crate::look::{Look, Module, wear};
use crate::online::OnlineProvider;
use crate::parts::ToastProvider;
use crate::session::{SessionProvider, Signed, use_session};
use crate::storage;
use std::rc::Rc;
use yew::prelude::*;

pub(crate) const PORTAL: &str = "salus.portal";

/// Which of the three apps this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum App {
    /// The employee's.
    Employee,
    /// The supervisor's.
    Supervisor,
    /// The clinic's and the administration's.
    Admin,
}

impl App {
    /// The path it lives under, as the router wants it.
    #[must_use]
    pub fn base(self) -> &'static str {
        match self {
            Self::Employee => "/employee/",
            Self::Supervisor => "/supervisor/",
            Self::Admin => "/admin/",
        }
    }

    /// Whether it is open to an account.
    #[must_use]
    pub fn is_open_to(self, signed: &Signed) -> bool {
        let doors = signed.doors;
        match self {
            Self::Employee => doors.employee,
            Self::Supervisor => doors.supervisor,
            Self::Admin => doors.clinic || doors.administration,
        }
    }

    /// Whether it wears a portal's look.
    #[must_use]
    pub fn is_branded(self) -> bool {
        self != Self::Admin
    }
}

/// The look the app wears.
#[derive(Clone, PartialEq)]
pub struct LookContext {
    /// The app.
    pub app: App,
    /// The portal's look, once it is known.
    pub look: Option<Rc<Look>>,
    /// The provider organization, once somebody is signed in: the name the clinic's app wears.
    pub organization: Option<AttrValue>,
}

impl LookContext {
    /// The name on the bar and in window titles.
    #[must_use]
    pub fn name(&self, t: &Text) -> AttrValue {
        let portal = self.look.as_ref().and_then(|look| look.name.clone());
        let organization = self.organization.clone().filter(|_| !self.app.is_branded());
        let own = portal.map(AttrValue::from).or(organization);
        own.unwrap_or_else(|| t.text("app-name"))
    }

    /// The portal's modules in their order.
    #[must_use]
    pub fn modules(&self) -> &[Module] {
        self.look
            .as_ref()
            .map_or(&[], |look| look.modules.as_slice())
    }
}

/// The look of the nearest app.
#[hook]
pub fn use_look() -> LookContext {
    use_context::<LookContext>().unwrap_or(LookContext {
        app: App::Employee,
        look: None,
        organization: None,
    })
}

/// What an [`AppRoot`] takes.
#[derive(Properties, PartialEq)]
pub struct AppRootProps {
    /// The app.
    pub app: App,
    /// Its router.
    pub children: Html,
}

/// Everything an app's pages rely on: language, connection, session, look, short words.
#[component]
pub fn AppRoot(props: &AppRootProps) -> Html {
    html! {
        <TextProvider>
            <OnlineProvider>
                <ToastProvider>
                    <SessionProvider>
                        <LookProvider app={props.app}>{ props.children.clone() }</LookProvider>
                    </SessionProvider>
                </ToastProvider>
            </OnlineProvider>
        </TextProvider>
    }
}

/// Asks for the portal's look, by its address name before sign-in and by the session after.
#[component]
fn LookProvider(props: &AppRootProps) -> Html {
    let session = use_session();
    let language = use_language();
    let look = use_state(|| None::<Rc<Look>>);
    {
        let set_terms = language.set_terms.clone();
        use_effect_with((*look).clone(), move |look| {
            wear(look.as_deref());
            set_terms.emit(look.as_ref().and_then(|look| look.terms.clone()));
        });
    }
    let context = LookContext {
        app: props.app,
        look: (*look).clone(),
        organization: session
            .signed()
            .map(|signed| AttrValue::from(signed.organization.clone())),
    };
    html! {
        <ContextProvider<LookContext> {context}>{ props.children.clone() }</ContextProvider<LookContext>>
    }
}

/// The logo, or the built-in mark, with the name beside it.
#[component]
pub fn PortalMark() -> Html {
    let t = use_text();
    let look = use_look();
    let name = look.name(&t);
    let logo = look.look.as_ref().and_then(|look| {
        let address = look.logo_url.clone()?;
        Some((address, look.logo_alt.clone().unwrap_or_default()))
    });
    match logo {
        Some((address, alt)) => html! { <img class="mark-logo" src={address} {alt} /> },
        None => html! {
            <>
                <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
                    <rect class="mark-field" x="1" y="1" width="22" height="22" rx="7" />
                    <path class="mark-line" d="M12 6v12M6 12h12" />
                </svg>
                <span class="mark-name">{ name }</span>
            </>
        },
    }
}

/// Takes `?portal=<slug>` off the address and remembers it; else the remembered one.
#[cfg(target_arch = "wasm32")]
fn portal_slug() -> Option<String> {
    let window = gloo::utils::window();
    let location = window.location();
    let search = location.search().unwrap_or_default();
    let given = search
        .trim_start_matches('?')
        .split('&')
        .find_map(|pair| pair.strip_prefix("portal="))
        .filter(|slug| slug.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
        .map(str::to_owned);
    let Some(slug) = given else {
        return storage::get(PORTAL);
    };
    storage::set(PORTAL, &slug);
    let address = format!(
        "{}{}",
        location.pathname().unwrap_or_default(),
        location.hash().unwrap_or_default()
    );
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
    }
    Some(slug)
}

#[cfg(not(target_arch = "wasm32"))]
fn portal_slug() -> Option<String> {
    storage::get(PORTAL)
}
