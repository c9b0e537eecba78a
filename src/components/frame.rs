//! What stands around every page.

use leptos::prelude::*;

use crate::{
    navigation::navigation,
    route::Route,
    ui::{aria, flag, text},
    words::{Language, Words, speech},
};

/// The site's name, the way to a new report, the language; below it the page.
#[component]
pub(crate) fn Frame(children: Children) -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    // The form begins where the visitor was looking.
    let new_report = text(move || match navigation.route() {
        Route::Home(view) => Route::NewReport(view).href(),
        _ => Route::NewReport(None).href(),
    });
    let writing = flag(move || matches!(navigation.route(), Route::NewReport(_)));
    view! {
        <header class="top">
            <a class="skip" href="#content">{speech.say(Words::app_skip)}</a>
            <a class="brand" href=Route::Home(None).href() aria-label=speech.say(Words::app_home)>
                <span class="brand-mark" aria-hidden="true"></span>
                <span class="brand-name">{speech.say(Words::app_name)}</span>
            </a>
            <Languages />
            <a class="button button-main" hidden=writing href=new_report>
                {speech.say(Words::app_report)}
            </a>
        </header>
        <main id="content" tabindex="-1">{children()}</main>
    }
}

#[component]
fn Languages() -> impl IntoView {
    let speech = speech();
    let buttons = Language::ALL.map(|language| {
        view! {
            <button type="button" lang=language.tag()
                aria-pressed=aria(move || speech.words().language() == language)
                aria-label=speech.say(match language {
                    Language::Indonesian => Words::app_language_id,
                    Language::English => Words::app_language_en,
                })
                on:click=move |_| speech.speak(language)>
                {language.tag().to_ascii_uppercase()}
            </button>
        }
    });
    view! {
        <div class="languages" role="group" aria-label=speech.say(Words::app_language)>
            {buttons.into_iter().collect_view()}
        </div>
    }
}
