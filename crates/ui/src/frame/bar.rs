use super::{PortalMark, use_look};
use crate::args;
use crate::density;
use crate::hooks::use_effect_with;
use crate::i18n::Lang;
use crate::i18n::{use_language, use_text};
use crate::kept::use_kept;
use crate::offers::use_update;
use crate::online::{use_busy, use_online};
use crate::parts::NavLink;
use crate::parts::{Button, Choice, Icon, Menu, Radio};
use crate::session::{spawn, use_session};
use yew::prelude::*;
use yew_router::prelude::*;

/// One of the places one can go to.
#[derive(Clone, PartialEq)]
pub struct Place<R> {
    /// The page.
    pub to: R,
    /// Its icon.
    pub icon: &'static str,
    /// Its name.
    pub text: AttrValue,
    /// How much waits there.
    pub waiting: u32,
    /// Whether it belongs in the dock of a phone; at most five do.
    pub docked: bool,
    /// The section it begins, if it begins one.
    pub section: Option<AttrValue>,
    /// Pages that belong to it though their address does not say so.
    pub also: Vec<R>,
}

impl<R: Routable> Place<R> {
    /// A place of the rail.
    pub fn new(to: R, icon: &'static str, text: AttrValue) -> Self {
        Self {
            to,
            icon,
            text,
            waiting: 0,
            docked: false,
            section: None,
            also: Vec::new(),
        }
    }

    /// The same place in the dock of a phone too.
    #[must_use]
    pub fn docked(self) -> Self {
        Self {
            docked: true,
            ..self
        }
    }

    /// The same place with how much waits there.
    #[must_use]
    pub fn waiting(self, waiting: u32) -> Self {
        Self { waiting, ..self }
    }

    /// The same place, first of a section.
    #[must_use]
    pub fn section(self, section: AttrValue) -> Self {
        Self {
            section: Some(section),
            ..self
        }
    }

    /// The same place, to which another page belongs too.
    #[must_use]
    pub fn also(mut self, page: R) -> Self {
        self.also.push(page);
        self
    }

    /// Whether a page is this place or below it.
    fn holds(&self, page: &R) -> bool {
        let (place, path) = (self.to.to_path(), page.to_path());
        let below = place != "/"
            && path
                .strip_prefix(&place)
                .is_some_and(|rest| rest.starts_with('/'));
        path == place || below || self.also.contains(page)
    }
}

/// The place a page belongs to: of those that hold it, the one whose address says most.
fn here<'a, R: Routable>(places: &'a [Place<R>], page: &R) -> Option<&'a Place<R>> {
    let held = places.iter().filter(|place| place.holds(page));
    held.max_by_key(|place| place.to.to_path().len())
}

/// What a [`Frame`] takes.
#[derive(Properties, PartialEq)]
pub struct FrameProps<R>
where
    R: Routable + 'static,
{
    /// Where the mark leads.
    pub home: R,
    /// The settings page.
    pub settings: R,
    /// The places.
    pub places: Vec<Place<R>>,
    /// The page shown.
    pub current: R,
    /// The page.
    pub children: Html,
}

/// The bar on top, the rail at the left of a desktop or the dock at the bottom of a phone, and the
/// page between them.
#[component]
pub fn Frame<R>(props: &FrameProps<R>) -> Html
where
    R: Routable + 'static,
{
    let t = use_text();
    let look = use_look();
    use_effect_with(look.app, |app| density::show(*app));
    let here = here(&props.places, &props.current);
    let is_here = |place: &Place<R>| here.is_some_and(|here| std::ptr::eq(here, place));
    let rail = |place: &Place<R>| {
        html! {
            <>
                if let Some(section) = &place.section {
                    <li class="rail-section" aria-hidden="true">{ section }</li>
                }
                <li><PlaceLink<R> here={is_here(place)} place={place.clone()} class="rail-link" /></li>
            </>
        }
    };
    let dock = |place: &Place<R>| html! { <li><PlaceLink<R> here={is_here(place)} place={place.clone()} class="dock-link" /></li> };
    let docked = props.places.iter().filter(|place| place.docked).take(5);
    html! {
        <div class="frame">
            <a class="skip" href="#content">{ t.text("skip-to-content") }</a>
            <header class="bar">
                <NavLink<R> to={props.home.clone()} here={false} class="mark-link"><PortalMark /></NavLink<R>>
                <div class="bar-end">
                    <LanguageMenu />
                    <AccountMenu<R> settings={props.settings.clone()} />
                </div>
            </header>
            <OfflineBanner />
            <UpdateBanner />
            <nav class="rail" aria-label={t.text("nav-main")}>
                <ul>{ for props.places.iter().map(rail) }</ul>
            </nav>
            <main id="content" class="content" tabindex="-1">{ props.children.clone() }</main>
            <nav class="phone-dock" aria-label={t.text("nav-main-phone")}>
                <ul>{ for docked.map(dock) }</ul>
            </nav>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PlaceLinkProps<R>
where
    R: Routable + 'static,
{
    place: Place<R>,
    here: bool,
    class: &'static str,
}

#[component]
fn PlaceLink<R>(props: &PlaceLinkProps<R>) -> Html
where
    R: Routable + 'static,
{
    let t = use_text();
    let place = &props.place;
    html! {
        <NavLink<R> to={place.to.clone()} here={props.here} class={props.class}>
            <span class="place-icon">
                <Icon name={place.icon} />
                if place.waiting > 0 {
                    <span class="place-dot" aria-hidden="true">{ place.waiting.min(99) }</span>
                }
            </span>
            <span class="place-text">{ place.text.clone() }</span>
            if place.waiting > 0 {
                <span class="sr-only">{ ", " }{ t.msg("nav-unread", args!(count = place.waiting)) }</span>
            }
        </NavLink<R>>
    }
}

#[derive(Properties, PartialEq)]
struct AccountMenuProps<R>
where
    R: Routable + 'static,
{
    settings: R,
}

/// The signed-in person's name with settings, the other apps open to them, and sign-out.
#[component]
fn AccountMenu<R>(props: &AccountMenuProps<R>) -> Html
where
    R: Routable + 'static,
{
    let t = use_text();
    let session = use_session();
    let look = use_look();
    let Some(signed) = session.signed() else {
        return Html::default();
    };
    let others = [
        (super::App::Employee, "app-employee", "heart-pulse"),
        (super::App::Supervisor, "app-supervisor", "users"),
        (super::App::Admin, "app-admin", "stethoscope"),
    ];
    let others = others
        .into_iter()
        .filter(|(app, _, _)| *app != look.app && app.is_open_to(signed));
    let here = look
        .look
        .as_ref()
        .map(|look| look.appearance.slug.clone())
        .unwrap_or_default();
    let portals = look.choices().iter().filter(|choice| choice.slug != here);
    let sign_out = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.sign_out())
    };
    html! {
        <Menu id="account-menu" label={AttrValue::from(signed.display_name.clone())} icon="user">
            <NavLink<R> to={props.settings.clone()} here={false} class="menu-item">
                <Icon name="settings" />{ t.text("settings") }
            </NavLink<R>>
            { for others.map(|(app, id, icon)| html! {
                <a class="menu-item" href={app.base()}><Icon name={icon} />{ t.text(id) }</a>
            }) }
            { for portals.map(|choice| {
                let slug = choice.slug.clone();
                let onclick = look.choose.reform(move |_: MouseEvent| slug.clone());
                html! {
                    <button type="button" class="menu-item" {onclick}>
                        <Icon name="arrow-right" />{ choice.name.clone() }
                    </button>
                }
            }) }
            <button type="button" class="menu-item" onclick={sign_out}>
                <Icon name="log-out" />{ t.text("sign-out") }
            </button>
        </Menu>
    }
}

/// Changes the language here, and for the account when somebody is signed in.
#[hook]
fn use_choose_language() -> Callback<Lang> {
    let language = use_language();
    let session = use_session();
    Callback::from(move |lang: Lang| {
        language.choose.emit(lang);
        if session.signed().is_some() {
            spawn(
                session
                    .keeper
                    .clone()
                    .keep_language(lang.language().to_owned()),
            );
        }
    })
}

/// The languages the portal offers, each with its own name.
#[hook]
fn use_offered_languages() -> Vec<(Lang, &'static str)> {
    let language = use_language();
    let look = use_look();
    let known = language.text.languages().into_iter();
    known.filter(|(lang, _)| look.offers(*lang)).collect()
}

/// The languages, each by its own name.
#[component]
pub fn LanguageMenu() -> Html {
    let t = use_text();
    let choose = use_choose_language();
    let languages = use_offered_languages();
    // Where there is only one, there is nothing to choose.
    if languages.len() < 2 {
        return Html::default();
    }
    let one = |(lang, name): &(Lang, &'static str)| {
        let here = *lang == t.lang();
        let lang = *lang;
        let onclick = choose.reform(move |_: MouseEvent| lang);
        html! {
            <button type="button" class="menu-item" lang={lang.language().to_owned()}
                aria-current={here.then_some("true")} {onclick}>
                <Icon name={if here { "check" } else { "languages" }} />{ *name }
            </button>
        }
    };
    html! {
        <Menu id="language-menu" label={t.text("language")} wordless={true} icon="languages">
            { for languages.iter().map(one) }
        </Menu>
    }
}

/// The languages as a question, for the settings page.
#[component]
pub fn LanguageChoice() -> Html {
    let t = use_text();
    let choices = use_offered_languages()
        .into_iter()
        .map(|(lang, name)| Choice::new(lang.language().to_owned(), name))
        .collect::<Vec<_>>();
    let on_change = use_choose_language();
    let on_change = Callback::from(move |tag: String| {
        if let Some(lang) = Lang::parse(&tag) {
            on_change.emit(lang);
        }
    });
    html! {
        <Radio name="language" label={t.text("language")} {choices} value={t.lang().language()}
            inline={true} {on_change} />
    }
}

/// Says that the server cannot be reached and that nothing typed is lost, or that it is too busy.
#[component]
fn OfflineBanner() -> Html {
    let t = use_text();
    let (online, busy, kept) = (use_online(), use_busy(), use_kept());
    html! {
        <div role="status" class="offline-place">
            if !online {
                <p class="offline">
                    <Icon name="wifi-off" />
                    <span>{ t.text(if kept > 0 { "offline-kept" } else { "offline" }) }</span>
                </p>
            } else if busy {
                <p class="offline"><Icon name="hourglass" /><span>{ t.text("busy") }</span></p>
            }
        </div>
    }
}

/// Says that a newer version of the app is there. What is typed is lost when it is loaded, so the
/// person says when.
#[component]
fn UpdateBanner() -> Html {
    let t = use_text();
    let update = use_update();
    html! {
        <div role="status" class="update-place">
            if let Some(update) = update {
                <p class="update">
                    <span>{ t.text("update-ready") }</span>
                    <Button on_press={update.reform(|_: MouseEvent| ())}>{ t.text("update-now") }</Button>
                </p>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Routable)]
    enum Route {
        #[at("/clinic")]
        WorkList,
        #[at("/clinic/people")]
        People,
        #[at("/clinic/people/:id")]
        Chart { id: u32 },
    }

    #[test]
    fn a_page_belongs_to_one_place_though_two_addresses_lead_to_it() {
        let places = [
            Place::new(Route::WorkList, "inbox", "Work list".into()),
            Place::new(Route::People, "users", "People".into()),
        ];
        let found = |page| here(&places, &page).map(|place| place.text.to_string());
        assert_eq!(found(Route::WorkList).as_deref(), Some("Work list"));
        assert_eq!(found(Route::People).as_deref(), Some("People"));
        assert_eq!(found(Route::Chart { id: 4 }).as_deref(), Some("People"));
    }
}
