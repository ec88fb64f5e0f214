use crate::hooks::{use_effect_with, use_state};
use crate::i18n::Lang;
use crate::i18n::{Text, TextProvider, use_language, use_text};
use crate::look::{Look, wear};
use crate::online::OnlineProvider;
use crate::parts::ToastProvider;
use crate::session::{SessionProvider, Signed, spawn, use_session};
use crate::storage;
use salus_client::Client;
use salus_types::portals::{ChoosePortal, Module, PortalChoice, SupportContact};
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
    /// Chooses one of several portals by its address name.
    pub choose: Callback<String>,
}

impl LookContext {
    /// The name on the bar and in window titles.
    #[must_use]
    pub fn name(&self, t: &Text) -> AttrValue {
        let portal = self.look.as_ref().map(|look| look.appearance.name.clone());
        let organization = self.organization.clone().filter(|_| !self.app.is_branded());
        let own = portal.map(AttrValue::from).or(organization);
        own.unwrap_or_else(|| t.text("app-name"))
    }

    /// Whom to ask for help.
    #[must_use]
    pub fn support_contacts(&self) -> &[SupportContact] {
        self.look
            .as_ref()
            .map_or(&[], |look| look.appearance.support_contacts.as_slice())
    }

    /// A line of welcome under the greeting.
    #[must_use]
    pub fn welcome(&self) -> Option<AttrValue> {
        self.look
            .as_ref()?
            .appearance
            .welcome
            .clone()
            .map(AttrValue::from)
    }

    /// The portals one may choose among, where there are several.
    #[must_use]
    pub fn choices(&self) -> &[PortalChoice] {
        self.look
            .as_ref()
            .map_or(&[], |look| look.choices.as_slice())
    }

    /// Whether one of several portals is still to be chosen.
    #[must_use]
    pub fn must_choose(&self) -> bool {
        self.look.as_ref().is_some_and(|look| !look.chosen)
    }

    /// Whether a language is offered here.
    #[must_use]
    pub fn offers(&self, lang: Lang) -> bool {
        self.look.as_ref().is_none_or(|look| look.offers(lang))
    }

    /// The portal's modules in their order, once they are known.
    #[must_use]
    pub fn known_modules(&self) -> Option<&[Module]> {
        self.look.as_ref()?.modules.as_deref()
    }

    /// The portal's modules in their order.
    #[must_use]
    pub fn modules(&self) -> &[Module] {
        self.known_modules().unwrap_or_default()
    }
}

/// What a module is called here: by the portal's own name, else by a message.
#[hook]
pub fn use_module_name(key: &'static str, usual: &'static str) -> AttrValue {
    let t = use_text();
    let look = use_look();
    let module = look.modules().iter().find(|module| module.key == key);
    let own = module.and_then(|module| module.name.clone());
    own.map_or_else(|| t.text(usual), AttrValue::from)
}

/// The look of the nearest app.
#[hook]
pub fn use_look() -> LookContext {
    use_context::<LookContext>().unwrap_or(LookContext {
        app: App::Employee,
        look: None,
        organization: None,
        choose: Callback::noop(),
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
    let lang = language.text.lang();
    {
        let keeper = session.keeper.clone();
        let look = look.clone();
        let account = session.signed().map(|signed| signed.account_id);
        use_effect_with((props.app, account, lang), move |(app, account, _)| {
            let Some(wanted) = Wanted::of(*app, account.is_some()) else {
                look.set(None);
                return;
            };
            spawn(async move {
                // Without an answer the look stays as it is.
                if let Ok(found) = keeper
                    .call(true, move |client| wanted.clone().ask(client))
                    .await
                {
                    look.set(Some(Rc::new(found)));
                }
            });
        });
    }
    {
        let set_terms = language.set_terms.clone();
        use_effect_with(((*look).clone(), lang), move |(look, lang)| {
            wear(look.as_deref());
            set_terms.emit(look.as_ref().map(|look| look.terms(*lang)));
        });
    }
    {
        // Whoever comes with a language the portal does not offer reads its own.
        let choose = language.choose.clone();
        use_effect_with(((*look).clone(), lang), move |(look, lang)| {
            if let Some(look) = look.as_ref().filter(|look| !look.offers(*lang))
                && let Some(own) = Lang::parse(&look.appearance.default_language)
            {
                choose.emit(own);
            }
        });
    }
    let choose = {
        let (keeper, look) = (session.keeper.clone(), look.clone());
        Callback::from(move |slug: String| {
            let (keeper, look) = (keeper.clone(), look.clone());
            spawn(async move {
                let chosen = keeper.call(false, move |client| {
                    let command = ChoosePortal { slug: slug.clone() };
                    async move { client.choose_my_portal(&command).await }
                });
                // Without an answer the portal stays as it is.
                if let Ok(portal) = chosen.await {
                    look.set(Some(Rc::new(Look::from(portal))));
                }
            });
        })
    };
    let context = LookContext {
        app: props.app,
        choose,
        look: (*look).clone(),
        organization: session
            .signed()
            .map(|signed| AttrValue::from(signed.organization.clone())),
    };
    html! {
        <ContextProvider<LookContext> {context}>{ props.children.clone() }</ContextProvider<LookContext>>
    }
}

/// Which look is asked for.
#[derive(Clone)]
enum Wanted {
    /// The one an address named, before sign-in.
    Public(String),
    /// The one of the signed-in person.
    Mine,
    /// The one of the signed-in supervisor.
    Team,
}

impl Wanted {
    fn of(app: App, signed_in: bool) -> Option<Self> {
        match (app, signed_in) {
            (App::Admin, _) => None,
            (App::Employee, true) => Some(Self::Mine),
            (App::Supervisor, true) => Some(Self::Team),
            (_, false) => portal_slug().map(Self::Public),
        }
    }

    async fn ask(self, client: Client) -> Result<Look, salus_client::Error> {
        match self {
            Self::Public(slug) => client.get_public_portal(&slug).await.map(Look::from),
            Self::Mine => client.get_my_portal().await.map(Look::from),
            Self::Team => client.get_team_portal().await.map(Look::from),
        }
    }
}

/// The logo, or the built-in mark, with the name beside it.
#[component]
pub fn PortalMark() -> Html {
    let t = use_text();
    let look = use_look();
    let name = look.name(&t);
    let logo = look.look.as_ref().and_then(|look| {
        let appearance = &look.appearance;
        let address = appearance.logo_url.clone()?;
        // The name stands beside it; a picture that only repeats it stays silent.
        let alt = appearance
            .logo_alt
            .clone()
            .filter(|alt| *alt != appearance.name);
        Some((address, alt.unwrap_or_default()))
    });
    let picture = match logo {
        Some((address, alt)) => html! { <img class="mark-logo" src={address} {alt} /> },
        None => html! {
            <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
                <rect class="mark-field" x="1" y="1" width="22" height="22" rx="7" />
                <path class="mark-line" d="M12 6v12M6 12h12" />
            </svg>
        },
    };
    html! { <>{ picture }<span class="mark-name">{ name }</span></> }
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
