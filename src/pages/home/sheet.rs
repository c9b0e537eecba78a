//! On a phone map and list share the screen: the list is a sheet that is drawn up over the map, by finger, by its
//! button or by keys. Where there is room for both, none of this is seen (style/sheet.css).

use leptos::{html, prelude::*};
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};

use crate::{
    ui::{aria, on, signal_of, text},
    words::{Words, speech},
};

/// How far a finger moves, in pixels, before a touch becomes a drag.
const SLIP: f64 = 6.0;
/// What stays free above the highest sheet, in pixels (`--tools` in style/sheet.css).
const TOOLS: f64 = 60.0;
/// From here on a drag means the next height, however near the old one it ends.
const MEANT: f64 = 24.0;

/// How high the sheet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Height {
    /// Only what it is about; the map has the screen.
    Peek,
    Half,
    /// All but what searches and filters.
    Full,
}

impl Height {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Peek => "peek",
            Self::Half => "half",
            Self::Full => "full",
        }
    }

    fn higher(self) -> Self {
        if self == Self::Peek { Self::Half } else { Self::Full }
    }

    fn lower(self) -> Self {
        if self == Self::Full { Self::Half } else { Self::Peek }
    }

    fn name(self, words: Words) -> &'static str {
        match self {
            Self::Peek => words.home_sheet_peek(),
            Self::Half => words.home_sheet_half(),
            Self::Full => words.home_sheet_full(),
        }
    }

    /// Where a drag ends: `from` here, at a height of `pixels`, of which the sheet has `[peek, half, full]`.
    fn after_drag(self, started: f64, pixels: f64, stops: [f64; 3]) -> Self {
        let far = |stop: f64| (stop - pixels).abs();
        let [peek, half, full] = stops;
        let nearest = if far(full) <= far(half) {
            Self::Full
        } else if far(half) <= far(peek) {
            Self::Half
        } else {
            Self::Peek
        };
        match pixels - started {
            up if nearest == self && up > MEANT => self.higher(),
            down if nearest == self && down < -MEANT => self.lower(),
            _ => nearest,
        }
    }
}

/// A drag that is under way.
#[derive(Clone, Copy)]
struct Drag {
    /// Where the finger touched down, in pixels from the top of the screen.
    y: f64,
    /// How high the sheet was then, in pixels.
    height: f64,
}

/// The sheet: its head can be dragged, its body scrolls.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    height: RwSignal<Height>,
    node: NodeRef<html::Section>,
    drag: StoredValue<Option<Drag>>,
    /// How high the finger holds it, in pixels.
    held: RwSignal<Option<f64>>,
}

impl Sheet {
    pub(super) fn new(height: RwSignal<Height>, node: NodeRef<html::Section>) -> Self {
        Self { height, node, drag: StoredValue::new(None), held: signal_of(None) }
    }

    /// The height in CSS while a finger holds it; nothing when it stands by itself.
    pub(super) fn held(self) -> Signal<String> {
        // Whole pixels: to write a fraction would cost 30 KB (`model::Degrees` says why).
        text(move || self.held.get().map(|height| format!("{}px", height as u32)).unwrap_or_default())
    }

    pub(super) fn on_down(self, event: &PointerEvent) {
        // A list to choose from is not a handle.
        let on_control =
            event_target::<HtmlElement>(event).closest("select").is_ok_and(|found| found.is_some());
        if let (false, true, Some(sheet)) = (on_control, event.is_primary(), self.node.get_untracked()) {
            let drag = Drag { y: f64::from(event.client_y()), height: f64::from(sheet.offset_height()) };
            self.drag.set_value(Some(drag));
        }
    }

    pub(super) fn on_move(self, event: &PointerEvent) {
        let Some(drag) = self.drag.get_value() else { return };
        let up = drag.y - f64::from(event.client_y());
        if self.held.get_untracked().is_none() {
            if up.abs() < SLIP {
                return;
            }
            // From now on the finger may leave the head. Before, a press would have lost its button.
            if let Some(head) = self.node.get_untracked().and_then(|sheet| sheet.first_element_child()) {
                // Fails only for a finger that has been lifted.
                let _ = head.set_pointer_capture(event.pointer_id());
            }
        }
        let [_, _, full] = self.stops();
        // Not `clamp`: it would bring the writing of fractions along, for a panic that cannot happen.
        self.held.set(Some((drag.height + up).max(0.0).min(full)));
    }

    pub(super) fn on_up(self) {
        let drag = self.drag.try_update_value(Option::take).flatten();
        let held = self.held.get_untracked();
        self.held.set(None);
        if let (Some(drag), Some(held)) = (drag, held) {
            self.height.set(self.height.get_untracked().after_drag(drag.height, held, self.stops()));
        }
    }

    /// The three heights in pixels.
    fn stops(self) -> [f64; 3] {
        let sheet = self.node.get_untracked();
        let head = sheet.as_ref().and_then(|sheet| sheet.first_element_child());
        let room = sheet.as_ref().and_then(|sheet| sheet.parent_element());
        let peek = head.map_or(0.0, |head| f64::from(head.client_height()));
        let room = room.map_or(0.0, |room| f64::from(room.client_height()));
        [peek, room / 2.0, room - TOOLS]
    }
}

/// The button on the sheet's head: a press makes it higher, and small again after that; arrow keys move it both ways.
#[component]
pub(super) fn Handle(height: RwSignal<Height>) -> impl IntoView {
    let speech = speech();
    let press = move |_| {
        height
            .update(|height| *height = if *height == Height::Full { Height::Peek } else { height.higher() });
    };
    let on_key = move |event: KeyboardEvent| {
        let now = height.get_untracked();
        let next = match event.key().as_str() {
            "ArrowUp" => now.higher(),
            "ArrowDown" => now.lower(),
            "Home" => Height::Peek,
            "End" => Height::Full,
            _ => return,
        };
        event.prevent_default();
        height.set(next);
    };
    view! {
        <button type="button" class="sheet-handle" aria-controls="list-body" on:click=on(press) on:keydown=on_key
            aria-expanded=aria(move || height.get() != Height::Peek)
            aria-label=speech.text(move |words| words.home_sheet(height.get().name(words)))>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drag_ends_where_it_was_meant_to() {
        let stops = [70.0, 300.0, 560.0];
        assert_eq!(Height::Half.after_drag(300.0, 310.0, stops), Height::Half, "a slip is no drag");
        assert_eq!(
            Height::Half.after_drag(300.0, 340.0, stops),
            Height::Full,
            "a short pull goes one further"
        );
        assert_eq!(Height::Half.after_drag(300.0, 260.0, stops), Height::Peek);
        assert_eq!(Height::Peek.after_drag(70.0, 540.0, stops), Height::Full, "a long one all the way");
        assert_eq!(Height::Full.after_drag(560.0, 20.0, stops), Height::Peek);
        assert_eq!(Height::Full.after_drag(560.0, 320.0, stops), Height::Half);
        assert_eq!(Height::Full.after_drag(560.0, 560.0, stops), Height::Full);
    }
}
