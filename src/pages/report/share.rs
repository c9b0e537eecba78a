//! Passing a report on: by the phone's own ways, as a link, on paper.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::{html::Input, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::pieces::{action, heading};
use crate::{
    ui::{effect, flag},
    words::{Words, speech},
};

/// The ways to pass a report on. Sharing a private one would send others to a page that is not there for them.
#[component]
pub(super) fn ShareTools(
    #[prop(into)] title: Signal<String>,
    address: String,
    private: bool,
) -> impl IntoView {
    let speech = speech();
    let shareable = !private && method("share").is_some();
    let (shared, copied) = (address.clone(), address);
    let share = Callback::new(move |()| {
        let data = Object::new();
        for (key, value) in [("title", title.get_untracked()), ("url", shared.clone())] {
            // Setting a property of a plain object does not fail.
            let _ = Reflect::set(&data, &key.into(), &value.into());
        }
        if let Some(promise) = method("share").and_then(|(on, share)| call(&on, &share, &data)) {
            // Who closes the phone's sheet has decided so; the promise that is broken then is no failure.
            spawn_local(async move {
                let _ = JsFuture::from(promise).await;
            });
        }
    });
    let print = Callback::new(|()| {
        // A browser that cannot print has no such button in its own menu either.
        let _ = window().print();
    });
    view! {
        <section class="share" aria-labelledby="share-title">
            {heading("share-title", speech.say(Words::share_heading))}
            <div class="buttons">
                {shareable.then(|| action("button share-button", "share", speech.say(Words::share_share), share))}
                <CopyLink address=copied />
                {action("button", "print", speech.say(Words::share_print), print)}
            </div>
        </section>
    }
}

/// What came of copying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Copied {
    No,
    Yes,
    /// The browser does not let us: the link is shown, ready to be copied by hand.
    ByHand,
}

/// A button that copies a link, and says so.
#[component]
pub(super) fn CopyLink(address: String) -> impl IntoView {
    let speech = speech();
    let field = NodeRef::<Input>::new();
    let state = RwSignal::new(Copied::No);
    let link = address.clone();
    let copy = Callback::new(move |()| {
        let done = clipboard().and_then(|(on, write)| call(&on, &write, &JsValue::from_str(&link)));
        spawn_local(async move {
            let done = match done {
                Some(promise) => JsFuture::from(promise).await.is_ok(),
                None => false,
            };
            let _ = state.try_set(if done { Copied::Yes } else { Copied::ByHand });
        });
    });
    effect(move || {
        if let (Copied::ByHand, Some(field)) = (state.get(), field.get()) {
            // Once it is shown: what is hidden takes neither focus nor selection.
            request_animation_frame(move || {
                let _ = field.focus();
                field.select();
            });
        }
    });
    view! {
        <div class="copy">
            {action("button", "link", speech.say(Words::share_copy), copy)}
            <p class="copy-done" role="status">
                {speech.text(move |words| match state.get() {
                    Copied::Yes => words.share_copied().to_owned(),
                    _ => String::new(),
                })}
            </p>
            <label class="field" hidden=flag(move || state.get() != Copied::ByHand)>
                {speech.say(Words::share_by_hand)}
                <input node_ref=field type="text" readonly value=address />
            </label>
        </div>
    }
}

/// A method of the browser's `navigator` with what it is called on, where there is one. Not by `web-sys`: it takes
/// for granted what older browsers, and pages without HTTPS, do not have.
fn method(name: &str) -> Option<(JsValue, Function)> {
    method_of(window().navigator().into(), name)
}

fn clipboard() -> Option<(JsValue, Function)> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    clipboard.is_object().then_some(())?;
    method_of(clipboard, "writeText")
}

fn method_of(on: JsValue, name: &str) -> Option<(JsValue, Function)> {
    let method = Reflect::get(&on, &name.into()).ok()?.dyn_into().ok()?;
    Some((on, method))
}

fn call(on: &JsValue, method: &Function, argument: &JsValue) -> Option<Promise> {
    method.call1(on, argument).ok()?.dyn_into().ok()
}
