//! What opens over the map page on demand: a dialog whose content is loaded with its first opening. The browser keeps
//! the focus in it, closes it on Esc and gives the focus back.

use leptos::{ev, html, prelude::*};

use crate::{
    components::{Coming, Icon, later},
    ui::{dynamic, effect, on},
    words::{Words, speech},
};

/// A dialog, open as long as `open` is true.
#[component]
pub(super) fn Panel(
    open: RwSignal<bool>,
    title: fn(Words) -> &'static str,
    /// The id of its heading.
    id: &'static str,
    /// Asks for what stands in it.
    content: Callback<(), Coming>,
) -> impl IntoView {
    let speech = speech();
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            // Fails only for one that is open already.
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    // A press beside it is one on the dialog itself: all it holds lies in elements of its own.
    let beside = move |event: ev::MouseEvent| {
        if event.target() == event.current_target() {
            open.set(false);
        }
    };
    view! {
        <dialog class="panel" node_ref=node aria-labelledby=id on:close=move |_| open.set(false) on:click=on(beside)>
            <div class="panel-head">
                <h2 id=id>{speech.say(title)}</h2>
                <button type="button" class="panel-close" aria-label=speech.say(Words::filter_close)
                    on:click=on(move |_| open.set(false))>
                    <Icon name="close" />
                </button>
            </div>
            {dynamic(move || open.get().then(|| later(Box::new(move || content.run(())))))}
        </dialog>
    }
}
