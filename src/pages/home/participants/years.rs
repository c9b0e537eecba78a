//! The years as a slider, which also plays.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use model::COHORT_YEARS;

use crate::{
    layer::Layer,
    navigation::navigation,
    ui::{effect, flag, on, signal_of, text},
    words::{Words, speech},
};

/// How long a year is looked at while it plays.
const BEAT: Duration = Duration::from_millis(1200);
/// After the years: all of them.
const LAST: usize = COHORT_YEARS.len();
const SLIDER: &str = "layer-year";

/// Chooses the year that is looked at.
#[component]
pub(super) fn Years(year: Memo<Option<u16>>) -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    let playing = signal_of(false);
    let beat = StoredValue::new_local(None::<TimeoutHandle>);
    let stop =
        move |year: Option<u16>| COHORT_YEARS.iter().position(|known| Some(*known) == year).unwrap_or(LAST);
    // One step for "back" leads away from this half of the map, not through its years.
    let go = move |stop: usize| {
        navigation.note_layer(Layer::Participants(COHORT_YEARS.get(stop).copied()), false);
    };
    let hush = move || {
        if let Some(beat) = beat.try_update_value(Option::take).flatten() {
            beat.clear();
        }
    };
    let pause = move || {
        hush();
        playing.try_set(false);
    };
    let step = move || {
        // A timer that was about to fire when it was stopped.
        if playing.try_get_untracked() != Some(true) {
            return;
        }
        let next = stop(year.get_untracked()) + 1;
        // Nobody is to come back to a year they have not seen coming.
        let seen = !document().hidden();
        if !seen || next >= LAST {
            playing.set(false);
        }
        if seen {
            go(next);
        }
    };
    effect(move || {
        year.track();
        hush();
        if playing.get() {
            beat.set_value(set_timeout_with_handle(step, BEAT).ok());
        }
    });
    let press = move |_| {
        if playing.get_untracked() {
            return pause();
        }
        if stop(year.get_untracked()) == LAST {
            go(0);
        }
        playing.set(true);
    };
    let slide = move |event| {
        pause();
        go(event_target_value(&event).parse().unwrap_or(LAST));
    };
    on_cleanup(hush);

    let said = speech.text(move |words| {
        year.get().map_or_else(|| words.layer_all_years().to_owned(), |year| year.to_string())
    });
    let button = speech
        .text(move |words| if playing.get() { words.layer_pause() } else { words.layer_play() }.to_owned());
    let ticks = (0..=LAST).map(|at| {
        let name = speech.text(move |words| {
            COHORT_YEARS.get(at).map_or_else(|| words.layer_all().to_owned(), u16::to_string)
        });
        let press = move |_| {
            pause();
            go(at);
        };
        // For a finger or a mouse; keys have the slider itself.
        view! { <span class="year-tick" data-on=flag(move || stop(year.get()) == at) on:click=press>{name}</span> }
    });
    view! {
        <div class="years">
            <button type="button" class="year-play" data-playing=flag(move || playing.get())
                aria-label=button title=button on:click=on(press)></button>
            <div class="year-slide">
                <label class="unseen" for=SLIDER>{speech.say(Words::layer_year)}</label>
                <input type="range" id=SLIDER min="0" max=LAST.to_string() step="1" aria-valuetext=said
                    prop:value=text(move || stop(year.get()).to_string()) on:input=slide />
                <div class="year-ticks" aria-hidden="true">{ticks.collect_view()}</div>
            </div>
        </div>
    }
}
