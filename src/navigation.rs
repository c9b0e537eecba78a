//! Moving between pages: the address bar, links, back and forward.

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlAnchorElement, MouseEvent, Url};

use crate::{
    filter::Filter,
    layer::Layer,
    route::{Look, Route, View},
    ui::provided,
};

/// Where the visitor is. Provided once at the root.
#[derive(Clone, Copy)]
pub(crate) struct Navigation {
    route: RwSignal<Route>,
    look: RwSignal<Look>,
}

/// The navigation, from wherever below the root.
pub(crate) fn navigation() -> Navigation {
    provided()
}

impl Navigation {
    /// Reads the address, provides itself to everything below, and follows links and the back button.
    pub(crate) fn provide() -> Self {
        let navigation = Self { route: RwSignal::new(here()), look: RwSignal::new(Look::default()) };
        provide_context(navigation);
        // Both listeners live as long as the page does.
        window_event_listener(ev::popstate, move |_| navigation.arrive(here()));
        window_event_listener(ev::click, move |event| {
            if let Some(route) = followed(&event) {
                event.prevent_default();
                navigation.go(route);
            }
        });
        navigation
    }

    /// The page, tracked.
    pub(crate) fn route(self) -> Route {
        self.route.get()
    }

    /// The map as it was last looked at.
    pub(crate) fn map(self) -> Route {
        Route::Home(self.look.get())
    }

    /// Which reports are looked at, tracked; on another page, those of the map as it was last looked at.
    pub(crate) fn filter(self) -> Filter {
        match self.route.get() {
            Route::Home(look) => look.filter,
            _ => self.look.get_untracked().filter,
        }
    }

    /// Which half of the map is looked at, tracked; on another page, the one that was looked at last.
    pub(crate) fn layer(self) -> Layer {
        match self.route.get() {
            Route::Home(look) => look.layer,
            _ => self.look.get_untracked().layer,
        }
    }

    /// Goes to a page, so that "back" leads here.
    pub(crate) fn go(self, route: Route) {
        enter(&route, true);
        self.arrive(route);
    }

    /// The page of an address. The way back to the map leads to what was looked at last, also after "back".
    fn arrive(self, route: Route) {
        if let Route::Home(look) = &route {
            self.look.set(look.clone());
        }
        self.route.set(route);
    }

    /// Takes note of where the map looks, in the address and for the way back, without a step for "back".
    pub(crate) fn note_map(self, view: View) {
        self.change_look(false, |look| look.at = Some(view));
    }

    /// Looks at other reports of the same place; with a `step`, "back" leads to those of before.
    pub(crate) fn note_filter(self, filter: Filter, step: bool) {
        self.change_look(step, |look| look.filter = filter);
    }

    /// Looks at another half of the map, or at another year; with a `step`, "back" leads to the one of before.
    pub(crate) fn note_layer(self, layer: Layer, step: bool) {
        self.change_look(step, |look| look.layer = layer);
    }

    fn change_look(self, step: bool, change: impl FnOnce(&mut Look)) {
        // A map that comes to rest after the visitor has gone on must not take them back.
        let Route::Home(mut look) = self.route.get_untracked() else { return };
        change(&mut look);
        let route = Route::Home(look.clone());
        enter(&route, step);
        self.look.set(look);
        self.route.set(route);
    }
}

/// Writes a page into the address bar, as a step that "back" leads away from or in the place of the last one.
fn enter(route: &Route, step: bool) {
    let Ok(history) = window().history() else { return };
    let address = address(route);
    // A browser that refuses (too many entries at once) still shows the page.
    let _ = if step {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    };
}

/// The whole address of a page: the portal may stand under any prefix.
pub(crate) fn address(route: &Route) -> String {
    let href = route.href();
    Url::new_with_base(&href, &base()).map_or(href, |url| url.href())
}

fn base() -> String {
    document().base_uri().ok().flatten().unwrap_or_default()
}

fn here() -> Route {
    let href = document().location().and_then(|location| location.href().ok());
    href.and_then(|href| Url::new(&href).ok()).and_then(|url| within(&url)).unwrap_or(Route::Missing)
}

/// The page at an address below our base; nothing for addresses elsewhere.
fn within(url: &Url) -> Option<Route> {
    let base = Url::new(&base()).ok()?;
    if base.origin() != url.origin() {
        return None;
    }
    let (root, path) = (base.pathname(), url.pathname());
    let below = match path.strip_prefix(&root) {
        Some(below) => below,
        // The root itself, written without its slash.
        None if format!("{path}/") == root => "",
        None => return None,
    };
    Some(Route::parse(below, url.search().trim_start_matches('?')))
}

/// The page a click leads to, if it is a plain click on a link of ours.
fn followed(event: &MouseEvent) -> Option<Route> {
    let plain = event.button() == 0
        && !(event.default_prevented()
            || event.ctrl_key()
            || event.meta_key()
            || event.shift_key()
            || event.alt_key());
    if !plain {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    if !link.target().is_empty() || link.has_attribute("download") {
        return None;
    }
    let url = Url::new(&link.href()).ok()?;
    // A jump within the page is the browser's business.
    if !url.hash().is_empty() {
        return None;
    }
    within(&url)
}
