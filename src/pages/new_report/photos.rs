//! Up to three photos: shrunk and kept on the device when they are chosen, sent with the report.

use leptos::{prelude::*, task::spawn_local};
use web_sys::{Event, File, HtmlInputElement, Url};

use super::{line::FieldProblem, shrink, state::Form};
use crate::{
    components::Icon,
    focus,
    outbox::Shot,
    random,
    ui::{IntoPart as _, Part, dynamic, flag},
    words::{Words, speech},
};

/// What became of files that are no photo of the report now.
#[derive(Debug, Clone, PartialEq)]
enum Refused {
    TooMany,
    /// In a format of Apple's that few browsers read.
    Heic(String),
    Unreadable(String),
}

/// The photos of a draft.
#[component]
pub(super) fn PhotosField(form: Form) -> impl IntoView {
    let speech = speech();
    let preparing = form.preparing;
    let refused = RwSignal::new(Vec::<Refused>::new());
    let unkept = RwSignal::new(false);
    let count = move || form.shots.with(Vec::len) + form.to_find.get() + preparing.get();
    let max = move || form.site.limits().photos;

    let add = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        let mut files: Vec<File> = input
            .files()
            .map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect())
            .unwrap_or_default();
        // So that the same file can be chosen again after it was removed.
        input.set_value("");
        let room = untrack(|| max().saturating_sub(count()));
        refused.set(Vec::new());
        if files.len() > room {
            files.truncate(room);
            refused.set(vec![Refused::TooMany]);
        }
        preparing.update(|waiting| *waiting += files.len());
        spawn_local(async move {
            // One after the other: a phone has no memory for three large pictures at once.
            for file in files {
                let taken = take(&file).await;
                if preparing.is_disposed() {
                    // The form is gone, and no draft names this one.
                    if let Ok((shot, _)) = taken {
                        Shot::forget(shot.id).await;
                    }
                    return;
                }
                preparing.update(|waiting| *waiting -= 1);
                match taken {
                    Ok((shot, is_kept)) => {
                        unkept.update(|unkept| *unkept |= !is_kept);
                        form.photos_lost.set(false);
                        form.change_shots(|shots| shots.push(shot));
                    }
                    Err(why) => refused.update(|refused| refused.push(why)),
                }
            }
        });
    };
    let remove = Callback::new(move |at: usize| {
        form.change_shots(|shots| {
            if at < shots.len() {
                let id = shots.remove(at).id;
                spawn_local(Shot::forget(id));
            }
        });
        refused.set(Vec::new());
        focus::once_drawn("photos");
    });
    let full = flag(move || count() >= max());

    view! {
        <div class="field">
            <p class="hint" id="photos-hint">{speech.text(move |words| words.photo_hint(max() as u64))}</p>
            <div class="photos">
                {dynamic(move || Some(pictures(form, Some(remove))))}
                {dynamic(move || Some(places(preparing.get())))}
                <label class="photo photo-add" hidden=full>
                    <input type="file" id="photos" accept="image/*" multiple aria-describedby="photos-hint photos-error" on:change=add />
                    <span class="choice-face"><Icon name="camera" /><span>{speech.say(Words::photo_add)}</span></span>
                </label>
            </div>
            <p class="unseen" role="status">{speech.text(move |words| {
                (if preparing.get() > 0 { words.photo_preparing() } else { "" }).to_owned()
            })}</p>
            <div role="alert">
                {dynamic(move || Some(refused.get().into_iter().map(|why| view! {
                    <p class="field-error">{speech.text(move |words| said(words, &why, max()))}</p>
                }).collect_view().into_part()))}
                <p class="notice" hidden=flag(move || !unkept.get())>{speech.say(Words::photo_unkept)}</p>
                <p class="notice" hidden=flag(move || !form.photos_lost.get())>{speech.say(Words::photo_lost)}</p>
            </div>
            <FieldProblem form field="photos" id="photos-error" />
        </div>
    }
}

/// The photos as pictures; with a button each that takes it away, where they can be.
pub(super) fn pictures(form: Form, on_remove: Option<Callback<usize>>) -> Part {
    let speech = speech();
    let shown = form.shots.get().into_iter().enumerate().map(|(at, shot)| {
        let number = (at + 1).to_string();
        let remove_name = number.clone();
        // Without an address the picture stays empty; the photo is there all the same.
        let url = Url::create_object_url_with_blob(&shot.blob).unwrap_or_default();
        let shown_url = url.clone();
        on_cleanup(move || drop(Url::revoke_object_url(&shown_url)));
        let remove = on_remove.map(|on_remove| {
            view! {
                <button type="button" class="photo-remove" on:click=move |_| on_remove.run(at)
                    aria-label=speech.text(move |words| words.photo_remove(&remove_name))>
                    <Icon name="close" />
                </button>
            }
        });
        view! {
            <span class="photo">
                <img src=url alt=speech.text(move |words| words.photo_number(&number)) />
                {remove}
            </span>
        }
    });
    (places(form.to_find.get()), shown.collect_view()).into_part()
}

/// Room for photos that are on their way.
fn places(count: usize) -> Part {
    (0..count).map(|_| view! { <span class="photo skeleton-box"></span> }).collect_view().into_part()
}

/// Makes a photo of a file and keeps it; says whether the browser keeps it too.
async fn take(file: &File) -> Result<(Shot, bool), Refused> {
    let named = |why: fn(String) -> Refused| why(file.name());
    let Some(blob) = shrink::shrunk(file).await else {
        let name = file.name();
        let is_heic = [".heic", ".heif", ".HEIC", ".HEIF"].iter().any(|ending| name.ends_with(ending));
        return Err(named(if is_heic || file.type_().contains("/hei") {
            Refused::Heic
        } else {
            Refused::Unreadable
        }));
    };
    let id = random::photo_id().ok_or_else(|| named(Refused::Unreadable))?;
    Ok(Shot::keep(id, blob).await)
}

fn said(words: Words, why: &Refused, max: usize) -> String {
    match why {
        Refused::TooMany => words.photo_too_many(max as u64),
        Refused::Heic(name) => words.photo_heic(name),
        Refused::Unreadable(name) => words.photo_unreadable(name),
    }
}
