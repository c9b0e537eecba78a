//! A drawing of the sprite `public/icons-….svg`.

use leptos::prelude::*;

use crate::{shell::Icons, ui::provided};

/// For the eye only: whatever it stands in has its name in words.
#[component]
pub(crate) fn Icon(
    /// The id of a symbol.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let Icons(sprite) = provided();
    view! {
        <svg class="icon" aria-hidden="true"><use_ href=format!("{sprite}#{name}") /></svg>
    }
}
