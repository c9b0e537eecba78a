//! The menu: the movement, the declaration, and what there is to read about the portal.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, EventTarget};

use super::Icon;
use crate::{
    focus,
    navigation::navigation,
    route::{Route, Text},
    ui::aria,
    words::{Say, Words, speech},
};

/// The id of what opens it.
const BUTTON: &str = "menu-button";

/// What a text is called, here and above it.
pub(crate) fn text_title(text: Text) -> Say {
    match text {
        Text::About => Words::menu_about,
        Text::Privacy => Words::menu_privacy,
        Text::Accessibility => Words::menu_accessibility,
    }
}

/// A disclosure of the browser's own. It closes by Esc, by a press anywhere, and when the focus goes on.
#[component]
pub(super) fn Menu() -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    let by_key = |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && close() {
            focus::on(BUTTON);
        }
    };
    let left = |event: ev::FocusEvent| {
        if event.related_target().is_some_and(|to| within(to, ".menu").is_none()) {
            close();
        }
    };
    // Lives as long as the page does.
    window_event_listener(ev::click, |event| {
        let on = |selector| event.target().and_then(|target| within(target, selector));
        // The button opens and closes by itself.
        if on(".menu summary").is_none() && close() && on(".menu").is_some() {
            // A link to the page that is already open moves no focus.
            focus::on(BUTTON);
        }
    });
    let more: [(Route, Say); 2] =
        [(Route::Participants, Words::menu_movement), (Route::Declaration, Words::menu_declaration)];
    let texts = Text::ALL.map(|page| (Route::Text(page), text_title(page)));
    let links = more.into_iter().chain(texts).map(|(route, title)| {
        view! {
            <li>
                <a href=route.href() aria-current=aria(move || navigation.route() == route)>{speech.say(title)}</a>
            </li>
        }
    });
    view! {
        <details class="menu" on:keydown=by_key on:focusout=left>
            <summary id=BUTTON aria-label=speech.say(Words::menu_open)><Icon name="info" /></summary>
            <nav aria-label=speech.say(Words::menu_open)>
                <ul>{links.collect_view()}</ul>
            </nav>
        </details>
    }
}

/// Closes the menu; whether it was open.
fn close() -> bool {
    let menu = document().query_selector(".menu[open]").ok().flatten();
    menu.is_some_and(|menu| menu.remove_attribute("open").is_ok())
}

/// The nearest such element that a target is in.
fn within(target: EventTarget, selector: &str) -> Option<Element> {
    target.dyn_into::<Element>().ok()?.closest(selector).ok()?
}
