//! What there is to read about the portal: one file a text.

mod about;
mod accessibility;
mod erase;
mod privacy;

use leptos::prelude::*;

use crate::{
    components::{Icon, text_title},
    navigation::navigation,
    route::Text,
    ui::{IntoPart as _, Part, text as following},
    words::{Words, speech},
};

/// A sentence or more, in the language of the page.
type Say = fn(Words) -> &'static str;

/// A text, below the way back to the map.
#[component]
pub(crate) fn TextPage(text: Text) -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    let parts = match text {
        Text::About => about::parts(),
        Text::Privacy => privacy::parts(),
        Text::Accessibility => accessibility::parts(),
    };
    view! {
        <article class="page text">
            <p><a class="back" href=following(move || navigation.map().href())><Icon name="back" />{speech.say(Words::report_back)}</a></p>
            <h1>{speech.say(text_title(text))}</h1>
            {parts}
        </article>
    }
}

fn heading(say: Say) -> Part {
    view! { <h2>{speech().say(say)}</h2> }.into_part()
}

fn paragraph(say: Say) -> Part {
    view! { <p>{speech().say(say)}</p> }.into_part()
}

/// The first paragraph: what the whole is about.
fn lead(say: Say) -> Part {
    view! { <p class="text-lead">{speech().say(say)}</p> }.into_part()
}

fn points(all: Vec<Say>) -> Part {
    let speech = speech();
    let all: Vec<Part> =
        all.into_iter().map(|say| view! { <li>{speech.say(say)}</li> }.into_part()).collect();
    view! { <ul class="text-points">{all}</ul> }.into_part()
}
