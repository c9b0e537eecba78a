//! Parts of a page, or whole pages, that come over the network when they are first opened: their code is no part of
//! the first load.

use std::{future::Future, pin::Pin};

use leptos::{prelude::*, reactive::computed::ScopedFuture, task::spawn_local};
use wasm_bindgen_futures::JsFuture;
use wasm_split_helpers::SplitLoaderError;

use super::Failure;
use crate::{
    client::ClientError,
    shell,
    ui::{IntoPart as _, Part, dynamic, signal_of},
    words::{Words, speech},
};

/// A part on its way.
pub(crate) type Coming = Pin<Box<dyn Future<Output = Result<Part, SplitLoaderError>>>>;

/// What is known of a part that was asked for.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Coming,
    Here,
    NotCome,
}

/// Asks for a part and shows it when it is here; when it does not come, says so and asks again.
pub(crate) fn later(ask: Box<dyn Fn() -> Coming>) -> Part {
    load(ask, true)
}

/// Asks for a part that is not missed until it is here.
pub(crate) fn later_quiet(ask: Box<dyn Fn() -> Coming>) -> Part {
    load(ask, false)
}

fn load(ask: Box<dyn Fn() -> Coming>, aloud: bool) -> Part {
    let speech = speech();
    // The part belongs to the place it was asked for from: its signals live and end with that, and it finds there what
    // the page provides, also when it is asked for again by a press (which has no place of its own).
    let owner = StoredValue::new(Owner::current());
    let state = signal_of(State::Coming);
    let part = StoredValue::new_local(None::<Part>);
    let ask = StoredValue::new_local(ask);
    let load = move || {
        state.set(State::Coming);
        let ask = || ask.with_value(|ask| ScopedFuture::new_untracked(ask()));
        let coming = owner.get_value().map_or_else(ask, |owner| owner.with(ask));
        spawn_local(async move {
            let dressing = shell::dress();
            let came = coming.await;
            let dressed = JsFuture::from(dressing).await.inspect_err(|_| shell::undress());
            // Whoever has gone on meanwhile is not called back.
            if state.is_disposed() {
                return;
            }
            let came = came.ok().filter(|_| dressed.is_ok());
            let next = if came.is_some() { State::Here } else { State::NotCome };
            part.set_value(came);
            state.set(next);
        });
    };
    load();
    dynamic(move || {
        Some(match state.get() {
            State::Coming | State::NotCome if !aloud => return None,
            State::Coming => view! { <p class="page skeleton" role="status">{speech.say(Words::app_loading)}</p> }.into_part(),
            State::Here => part.try_update_value(Option::take).flatten()?,
            State::NotCome => view! {
                <div class="page">
                    <Failure what=Words::error_page error=ClientError::Offline on_retry=Callback::new(move |()| load()) />
                </div>
            }
            .into_part(),
        })
    })
    .into_part()
}
