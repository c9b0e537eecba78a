//! Pages that come over the network when they are first opened: their code is no part of the first load.
//!
//! `cargo xtask build` cuts the wasm where `#[wasm_split]` says so. What several parts need and the map page does
//! not is cut off as well.

use leptos::prelude::*;
use model::ReportId;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    components::later,
    pages::{
        DeclarationPage, MissingPage, MovementPage, NewReportPage, ParticipantPage, ReportPage, TextPage,
    },
    route::{Route, Text, View},
    ui::{IntoPart as _, Part},
};

pub(crate) fn report_page(id: ReportId) -> Part {
    later(Box::new(move || Box::pin(report(id))))
}

pub(crate) fn new_report_page(view: Option<View>) -> Part {
    later(Box::new(move || Box::pin(form(view))))
}

pub(crate) fn text_page(text: Text) -> Part {
    later(Box::new(move || Box::pin(about(Some(text)))))
}

pub(crate) fn missing_page() -> Part {
    later(Box::new(|| Box::pin(about(None))))
}

/// Who takes part, one of them, or the declaration.
pub(crate) fn movement_page(route: Route) -> Part {
    later(Box::new(move || Box::pin(movement(route.clone()))))
}

#[wasm_split(report, fallible)]
fn report(id: ReportId) -> Result<Part, SplitLoaderError> {
    Ok(view! { <ReportPage id /> }.into_part())
}

#[wasm_split(form, fallible)]
fn form(view: Option<View>) -> Result<Part, SplitLoaderError> {
    Ok(view! { <NewReportPage view /> }.into_part())
}

/// A text, or the word that there is no such page.
#[wasm_split(about, fallible)]
fn about(text: Option<Text>) -> Result<Part, SplitLoaderError> {
    Ok(match text {
        Some(text) => view! { <TextPage text /> }.into_part(),
        None => view! { <MissingPage /> }.into_part(),
    })
}

#[wasm_split(movement, fallible)]
fn movement(route: Route) -> Result<Part, SplitLoaderError> {
    Ok(match route {
        Route::Participant(id) => view! { <ParticipantPage id /> }.into_part(),
        Route::Declaration => view! { <DeclarationPage /> }.into_part(),
        _ => view! { <MovementPage /> }.into_part(),
    })
}
