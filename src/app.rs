//! The routes, and what every page can rely on.

use leptos::prelude::*;

use crate::{
    client::Client,
    components::{Frame, text_title},
    focus,
    head::{Head, Told},
    later,
    layer::Layer,
    navigation::{self, Navigation},
    outbox::{JustSent, UnderWay},
    pages::{HomePage, Listing},
    route::Route,
    settings::Settings,
    shell::{self, Icons},
    site::SiteInfo,
    ui::{IntoPart as _, dynamic, effect, memo},
    words::{Speech, speech},
};

/// Shows the portal in place of the shell's waiting picture.
pub(crate) fn mount(settings: Settings) {
    shell::started();
    mount_to_body(move || view! { <App settings /> });
}

#[component]
fn App(settings: Settings) -> impl IntoView {
    Speech::provide();
    Icons::provide();
    let client = Client::provide(&settings.api_url());
    provide_context(settings);
    SiteInfo::provide(&client);
    JustSent::provide();
    UnderWay::provide();
    Listing::provide(&client);
    let navigation = Navigation::provide();
    // Another view of the same page changes the address, not the page.
    let page = Memo::new_with_compare(
        move |_| navigation.route(),
        |before, now| match (before, now) {
            (Some(before), Some(now)) => !before.same_page(now),
            _ => true,
        },
    );
    arrive(page);
    view! {
        <Frame>
            {dynamic(move || Some(match page.get() {
                Route::Home(look) => view! { <HomePage start=look.at /> }.into_part(),
                Route::Report(id) => later::report_page(id),
                Route::NewReport(view) => later::new_report_page(view),
                Route::Text(text) => later::text_page(text),
                route @ (Route::Participants | Route::Participant(_) | Route::Declaration) => later::movement_page(route),
                Route::Missing => later::missing_page(),
            }))}
        </Frame>
    }
}

/// After a change of page: its head, its beginning, and the focus on it, as a new document would have.
fn arrive(page: Memo<Route>) {
    let speech = speech();
    let told = Told::provide();
    let navigation = navigation::navigation();
    let on_participants = memo(move || navigation.layer() != Layer::Reports);
    effect(move || {
        let (words, page) = (speech.words(), page.get());
        let title = match page {
            Route::Home(_) if on_participants.get() => words.layer_title(),
            Route::Home(_) => words.home_title(),
            Route::Report(_) => words.report_title(),
            Route::NewReport(_) => words.new_title(),
            Route::Text(text) => text_title(text)(words),
            Route::Participants => words.menu_movement(),
            Route::Participant(_) => words.participant_title(),
            Route::Declaration => words.menu_declaration(),
            Route::Missing => words.missing_title(),
        };
        let head = told.get().unwrap_or_else(|| match page {
            Route::Missing => Head::unlisted(title.to_owned()),
            _ => Head::titled(words, title),
        });
        head.write(words, &navigation::address(&page));
    });
    Effect::new(move |before: Option<()>| {
        page.track();
        // The first page begins where the browser puts it.
        if before.is_some() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            focus::on("content");
        }
    });
}
