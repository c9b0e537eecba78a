//! Photos side by side, and one of them enlarged.

use leptos::{html::Dialog, prelude::*};
use model::Photo;

use super::{picture::Picture, pieces::action};
use crate::{
    client::PictureSize,
    format,
    ui::{IntoPart as _, dynamic, effect},
    words::{Words, speech},
};

/// Small pictures; a press enlarges one. Nothing where there are none.
#[component]
pub(super) fn Gallery(photos: Vec<Photo>, private: bool) -> impl IntoView {
    (!photos.is_empty()).then(|| {
        let speech = speech();
        let total = photos.len();
        let open = RwSignal::new(None::<usize>);
        // One alone is as wide as the page, where a thumbnail would be blurred.
        let size = if total == 1 { PictureSize::Full } else { PictureSize::Thumb };
        let tiles = photos.clone().into_iter().enumerate().map(move |(nth, photo)| {
            view! {
                <li>
                    <button type="button" class="gallery-photo" on:click=move |_| open.set(Some(nth))>
                        <span class="unseen">{speech.text(move |words| {
                            format!("{}, {}", nth_of(words, nth, total), words.report_photo_enlarge())
                        })}</span>
                        <Picture photo size private alt=String::new() />
                    </button>
                </li>
            }
        });
        view! {
            <ul class="gallery" data-photos=total.to_string()>{tiles.collect_view()}</ul>
            <Viewer photos private open />
        }
        .into_part()
    })
}

/// `Foto 1 dari 3`.
fn nth_of(words: Words, nth: usize, total: usize) -> String {
    let number = |n: usize| format::number(words, n as u64);
    words.report_photo(&number(nth + 1), &number(total))
}

/// One photo as large as the screen. A dialog of the browser's own: it keeps the focus inside, closes by Escape and
/// gives the focus back to where it was.
#[component]
fn Viewer(photos: Vec<Photo>, private: bool, open: RwSignal<Option<usize>>) -> impl IntoView {
    let speech = speech();
    let node = NodeRef::<Dialog>::new();
    let total = photos.len();
    let name = speech.text(move |words| open.get().map(|nth| nth_of(words, nth, total)).unwrap_or_default());
    let step = move |by: usize| open.update(|open| *open = open.map(|nth| (nth + by) % total));
    effect(move || {
        if let (Some(_), Some(dialog)) = (open.get(), node.get())
            && !dialog.open()
        {
            // Only fails for a dialog that is open or not on the page.
            let _ = dialog.show_modal();
        }
    });
    let close = Callback::new(move |()| node.get_untracked().iter().for_each(|dialog| dialog.close()));
    let previous = Callback::new(move |()| step(total - 1));
    let next = Callback::new(move |()| step(1));
    let by_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "ArrowRight" => step(1),
        "ArrowLeft" => step(total - 1),
        _ => {}
    };
    view! {
        <dialog class="viewer" node_ref=node aria-label=name on:keydown=by_key on:close=move |_| open.set(None)>
            <p class="viewer-top">
                <span role="status">{name}</span>
                {action("button", "close", speech.say(Words::report_photo_close), close)}
            </p>
            <div class="viewer-photo">
                {dynamic(move || open.get().and_then(|nth| photos.get(nth).cloned()).map(|photo| view! {
                    <Picture photo size=PictureSize::Full private alt=name retry=true />
                }.into_part()))}
            </div>
            {(total > 1).then(|| view! {
                <p class="viewer-steps">
                    {action("button", "back", speech.say(Words::report_photo_previous), previous)}
                    {action("button viewer-next", "back", speech.say(Words::report_photo_next), next)}
                </p>
            }.into_part())}
        </dialog>
    }
}
