//! Building blocks that keep views to few types.
//!
//! Leptos compiles every closure in a view into code of its own: some 800 bytes for a text that follows the
//! language. Given as one of the types below, all of them share it; the portal is a third smaller for it.

mod part;

use std::time::Duration;

use leptos::prelude::*;

pub(crate) use part::{IntoPart, Part};

/// A part of a view that follows signals.
pub(crate) type Dynamic = Box<dyn FnMut() -> Part + Send>;

/// A part of a view that is built anew whenever a signal it reads changes.
pub(crate) fn dynamic(mut view: impl FnMut() -> Option<Part> + Send + 'static) -> Dynamic {
    Box::new(move || view().unwrap_or_else(|| ().into_part()))
}

/// A text that follows signals.
pub(crate) fn text(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    derived_text(Box::new(text))
}

// Leptos makes a signal in some 400 bytes. The compiler would write them out for every closure, and at every place.
#[inline(never)]
fn derived_text(text: Box<dyn Fn() -> String + Send + Sync>) -> Signal<String> {
    Signal::derive(text)
}

/// A condition that follows signals.
pub(crate) fn flag(is: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    derived_flag(Box::new(is))
}

#[inline(never)]
fn derived_flag(is: Box<dyn Fn() -> bool + Send + Sync>) -> Signal<bool> {
    Signal::derive(is)
}

/// `true` or `false` as ARIA writes them, following a condition.
pub(crate) fn aria(is: impl Fn() -> bool + Send + Sync + 'static) -> Signal<String> {
    text(move || is().to_string())
}

/// What happens on an event: one type for every element that listens to it.
pub(crate) fn on<E: 'static>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}

/// What was provided at the root. Leptos' own `expect_context` names the type in its panic, and what it writes the name
/// with takes part of the map page's bytes.
pub(crate) fn provided<T: Clone + 'static>() -> T {
    let Some(value) = use_context() else { not_provided() };
    value
}

#[cold]
fn not_provided() -> ! {
    unreachable!("the root provides it");
}

/// Runs now and whenever a signal it reads changes.
pub(crate) fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

#[inline(never)]
fn boxed_effect(run: Box<dyn FnMut()>) {
    Effect::new(run);
}

/// A signal that is written to.
#[inline(never)]
pub(crate) fn signal_of<T: Send + Sync + 'static>(value: T) -> RwSignal<T> {
    RwSignal::new(value)
}

/// A value that is computed anew when a signal it reads changes, and tells so only when it is another one.
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    boxed_memo(Box::new(compute))
}

#[inline(never)]
fn boxed_memo<T: PartialEq + Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| compute())
}

/// Runs once the next picture is out: what a press has changed at once is seen before what takes longer begins.
pub(crate) fn soon(run: impl FnOnce() + 'static) {
    boxed_soon(Box::new(run));
}

#[inline(never)]
fn boxed_soon(run: Box<dyn FnOnce()>) {
    request_animation_frame(move || set_timeout(run, Duration::ZERO));
}
