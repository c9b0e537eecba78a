//! Small pieces that stand on the page again and again. Each is one type, whoever asks for it: written out in place,
//! every one of them would bring code of its own to the phone.

use leptos::prelude::*;
use model::Timestamp;

use crate::{
    components::Icon,
    ui::{IntoPart as _, Part},
};

/// A paragraph.
pub(super) fn paragraph(class: &'static str, text: Signal<String>) -> Part {
    view! { <p class=class>{text}</p> }.into_part()
}

/// The heading of a section that names it by this id.
pub(super) fn heading(id: &'static str, text: Signal<String>) -> Part {
    view! { <h2 id=id>{text}</h2> }.into_part()
}

/// An instant in words.
pub(super) fn time(at: Timestamp, text: Signal<String>) -> Part {
    view! { <time datetime=at.to_string()>{text}</time> }.into_part()
}

/// A button with a drawing before its name.
pub(super) fn action(
    class: &'static str,
    icon: &'static str,
    name: Signal<String>,
    press: Callback<()>,
) -> Part {
    view! {
        <button type="button" class=class on:click=move |_| press.run(())><Icon name=icon />{name}</button>
    }
    .into_part()
}

/// A link that looks like one of these.
pub(super) fn way(
    class: &'static str,
    icon: &'static str,
    name: Signal<String>,
    href: Signal<String>,
) -> Part {
    view! { <a class=class href=href><Icon name=icon />{name}</a> }.into_part()
}
