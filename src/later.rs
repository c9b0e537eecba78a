//! Pages that come over the network when they are first opened: their code is no part of the first load.
//!
//! `cargo xtask build` cuts the wasm where `#[wasm_split]` says so. What several parts need and the map page does
//! not is cut off as well.

use std::{future::Future, pin::Pin};

use leptos::{prelude::*, reactive::computed::ScopedFuture, task::spawn_local};
use model::ReportId;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    client::ClientError,
    components::Failure,
    pages::{NewReportPage, ReportPage},
    route::View,
    ui::{IntoPart as _, Part, dynamic},
    words::{Words, speech},
};

/// A page on its way.
type Coming = Pin<Box<dyn Future<Output = Result<Part, SplitLoaderError>>>>;

pub(crate) fn report_page(id: ReportId) -> Part {
    later(Box::new(move || Box::pin(report(id))))
}

pub(crate) fn new_report_page(view: Option<View>) -> Part {
    later(Box::new(move || Box::pin(form(view))))
}

#[wasm_split(report, fallible)]
fn report(id: ReportId) -> Result<Part, SplitLoaderError> {
    Ok(view! { <ReportPage id /> }.into_part())
}

#[wasm_split(form, fallible)]
fn form(view: Option<View>) -> Result<Part, SplitLoaderError> {
    Ok(view! { <NewReportPage view /> }.into_part())
}

/// What is known of a page that was asked for.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Coming,
    Here,
    NotCome,
}

/// Asks for a page and shows it when it is here; when it does not come, says so and asks again.
fn later(ask: Box<dyn Fn() -> Coming>) -> Part {
    let speech = speech();
    let state = RwSignal::new(State::Coming);
    let part = StoredValue::new_local(None::<Part>);
    let ask = StoredValue::new_local(ask);
    let load = move || {
        state.set(State::Coming);
        // The page belongs to the place it was asked for from: its signals live and end with that.
        let coming = ask.with_value(|ask| ScopedFuture::new_untracked(ask()));
        spawn_local(async move {
            let came = coming.await;
            // Whoever has gone on meanwhile is not called back.
            if state.is_disposed() {
                return;
            }
            let next = if came.is_ok() { State::Here } else { State::NotCome };
            part.set_value(came.ok());
            state.set(next);
        });
    };
    load();
    dynamic(move || {
        Some(match state.get() {
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
