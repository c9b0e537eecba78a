//! One of several things to choose: a radio button or a checkbox as large as a finger.

use leptos::prelude::*;

use crate::components::Icon;

/// Whether one can be chosen of a group, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    One,
    Many,
}

/// A native button behind a face of our own.
#[component]
pub(super) fn Choice(
    of: Of,
    /// The name of its group.
    #[prop(into)]
    group: String,
    /// Its own name in the group; the two make its id.
    #[prop(into)]
    value: String,
    #[prop(into)] label: Signal<String>,
    /// A sentence about it, as part of its name.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// The id of a symbol.
    #[prop(optional, into)]
    icon: Option<String>,
    #[prop(into)] chosen: Signal<bool>,
    /// Called with whether it is chosen now.
    on_choose: Callback<bool>,
) -> impl IntoView {
    let kind = if of == Of::One { "radio" } else { "checkbox" };
    view! {
        <label class="choice">
            <input type=kind id=format!("{group}-{value}") name=group value=value prop:checked=chosen
                on:change=move |event| on_choose.run(event_target_checked(&event)) />
            <span class="choice-face">
                {icon.map(|name| view! { <Icon name /> })}
                <span class="choice-text">
                    <span>{label}</span>
                    {hint.map(|hint| view! { <span class="hint">{hint}</span> })}
                </span>
            </span>
        </label>
    }
}
