//! The modules of the portal: in the navigation, and as tiles on the start page.

use super::{LookContext, Place, use_look};
use crate::i18n::{Text, use_text};
use crate::parts::{Icon, Row};
use salus_types::portals::markup::Address;
use salus_types::portals::{Module, is_link};
use yew::prelude::*;
use yew_router::prelude::*;

impl LookContext {
    /// Whether the portal has a module; where no portal is known all there are, as usual.
    #[must_use]
    pub fn offers_module(&self, key: &str) -> bool {
        let known = self.known_modules();
        known.is_none_or(|modules| modules.iter().any(|module| module.key == key))
    }
}

/// The page of an app that a module leads to.
#[derive(Clone, PartialEq)]
pub struct ModulePage<R> {
    /// The module.
    pub key: &'static str,
    /// The page, under the module's usual name.
    pub place: Place<R>,
}

impl<R: Routable> ModulePage<R> {
    /// The page of a module.
    pub fn new(key: &'static str, place: Place<R>) -> Self {
        Self { key, place }
    }
}

/// The pages of the portal's modules, in its order and under its own names. Where no portal is known all
/// there are, as usual.
pub fn module_places<R: Routable>(look: &LookContext, pages: Vec<ModulePage<R>>) -> Vec<Place<R>> {
    let Some(modules) = look.known_modules() else {
        return pages.into_iter().map(|page| page.place).collect();
    };
    let place = |module: &Module| {
        let page = pages.iter().find(|page| page.key == module.key)?;
        let mut place = page.place.clone();
        if let Some(own) = &module.name {
            place.text = AttrValue::from(own.clone());
        }
        Some(place)
    };
    modules.iter().filter_map(place).collect()
}

/// What [`Tiles`] take.
#[derive(Properties, PartialEq)]
pub struct TilesProps<R>
where
    R: Routable + 'static,
{
    /// The pages there are.
    pub pages: Vec<ModulePage<R>>,
}

/// The portal's modules on the start page, in its order and as many side by side as it says.
#[component]
pub fn Tiles<R>(props: &TilesProps<R>) -> Html
where
    R: Routable + 'static,
{
    let t = use_text();
    let look = use_look();
    let tile = |module: &Module| {
        let page = props.pages.iter().find(|page| page.key == module.key);
        match page {
            Some(page) => {
                let (to, icon) = (page.place.to.clone(), page.place.icon);
                let title = name(&t, module).unwrap_or_else(|| page.place.text.clone());
                Some(html! { <Row<R> {to} {icon} {title} /> })
            }
            None => elsewhere(&t, module),
        }
    };
    let tiles: Vec<Html> = look.modules().iter().filter_map(tile).collect();
    if tiles.is_empty() {
        return Html::default();
    }
    let columns = match look.look.as_ref().map_or(1, |look| look.columns) {
        0 | 1 => "tiles",
        2 => "tiles tiles-2",
        3 => "tiles tiles-3",
        _ => "tiles tiles-4",
    };
    let label = t.text("home-modules");
    html! { <ul class={classes!("page", columns)} aria-label={label}>{ tiles }</ul> }
}

/// What a module is called: by the portal's own name, else by its usual one.
fn name(t: &Text, module: &Module) -> Option<AttrValue> {
    let own = module.name.clone().map(AttrValue::from);
    own.or_else(|| t.module_name(&module.key))
}

/// A module that leads to another site, or to a page that is none of the app's.
fn elsewhere(t: &Text, module: &Module) -> Option<Html> {
    if !is_link(&module.key) {
        return None;
    }
    let to = Address::parse(module.settings.get("address")?.as_str()?)?;
    let external = to.is_external();
    let name = name(t, module).unwrap_or_else(|| AttrValue::from(module.key.clone()));
    Some(html! {
        <li class="row">
            <span class="row-icon"><Icon name="external-link" /></span>
            <div class="row-body">
                <a class="row-title row-link" href={to.as_str().to_owned()}
                    target={external.then_some("_blank")} rel={external.then_some("noopener noreferrer")}>
                    { name }
                    if external {
                        <span class="sr-only">{ " " }{ t.text("opens-new-tab") }</span>
                    }
                </a>
            </div>
        </li>
    })
}
