//! What stands around every page.

use leptos::prelude::*;

use crate::{
    components::{menu::Menu, offline::Offline},
    focus,
    navigation::navigation,
    route::Route,
    ui::{aria, flag, on, text},
    words::{Language, Words, speech},
};

/// The site's name, the way to a new report, the language, the menu; below it the page.
#[component]
pub(crate) fn Frame(children: Children) -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    // The form begins where the visitor was looking.
    let new_report = text(move || match navigation.route() {
        Route::Home(look) => Route::NewReport(look.at).href(),
        _ => Route::NewReport(None).href(),
    });
    let writing = flag(move || matches!(navigation.route(), Route::NewReport(_)));
    view! {
        <header class="top">
            <a class="skip" href="#content" on:click=on(skip)>{speech.say(Words::app_skip)}</a>
            <a class="brand" href=Route::whole_map().href()>
                <span class="brand-mark" aria-hidden="true"></span>
                <span class="brand-name">{speech.say(Words::app_name)}</span>
                <span class="unseen">" – " {speech.say(Words::app_home)}</span>
            </a>
            <Languages />
            <a class="button button-main" hidden=writing href=new_report>
                {speech.say(Words::app_report)}
            </a>
            <Menu />
        </header>
        <main id="content" tabindex="-1">{children()}</main>
        <Offline />
    }
}

/// Goes on to the page. Not by the address: a reference like `#content` would be one of the page's base.
fn skip(event: web_sys::MouseEvent) {
    event.prevent_default();
    focus::on("content");
}

/// `ID`, `EN`: what the buttons show, and what their names begin with, for those who press by voice.
fn short(language: Language) -> String {
    language.tag().to_ascii_uppercase()
}

#[component]
fn Languages() -> impl IntoView {
    let speech = speech();
    let buttons = Language::ALL.map(|language| {
        view! {
            <button type="button" lang=language.tag()
                aria-pressed=aria(move || speech.words().language() == language)
                aria-label=speech.text(move |words| format!("{} – {}", short(language), match language {
                    Language::Indonesian => words.app_language_id(),
                    Language::English => words.app_language_en(),
                }))
                on:click=on(move |_| speech.speak(language))>
                {short(language)}
            </button>
        }
    });
    view! {
        <div class="languages" role="group" aria-label=speech.say(Words::app_language)>
            {buttons.into_iter().collect_view()}
        </div>
    }
}
