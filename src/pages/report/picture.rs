//! A photo on the page, wherever its bytes come from.

use leptos::{prelude::*, task::spawn_local};
use model::Photo;

use crate::{
    client::{OwnPicture, PictureSize, client},
    ui::{IntoPart as _, dynamic, flag},
    words::{Words, speech},
};

/// A photo; one that does not come says so in its place.
#[component]
pub(super) fn Picture(
    photo: Photo,
    size: PictureSize,
    /// Whether it is there for this device only.
    private: bool,
    /// What it is for those who do not see it; empty where words stand beside it.
    #[prop(into)]
    alt: Signal<String>,
    /// Whether it can be asked for again here.
    #[prop(optional)]
    retry: bool,
) -> impl IntoView {
    let speech = speech();
    let client = client();
    let source = RwSignal::new(None::<String>);
    let failed = RwSignal::new(false);
    // Kept as long as it is shown, then given back.
    let own = StoredValue::new_local(None::<OwnPicture>);
    let load = move || {
        failed.set(false);
        if !private {
            source.set(Some(client.picture_url(photo.id, size)));
            return;
        }
        let client = client.clone();
        spawn_local(async move {
            let picture = client.own_picture(photo.id, size).await;
            // Whoever has gone on meanwhile has no use for it; it is dropped here.
            if source.is_disposed() {
                return;
            }
            failed.set(picture.is_err());
            source.set(picture.as_ref().ok().map(|picture| picture.url().to_owned()));
            own.set_value(picture.ok());
        });
    };
    load();
    let broken = move |_| {
        source.set(None);
        failed.set(true);
    };
    let again = Callback::new(move |()| load());
    view! {
        <span class="picture">
            {dynamic(move || source.get().map(|source| view! {
                <img src=source alt=alt width=photo.width height=photo.height loading="lazy" decoding="async"
                    on:error=broken />
            }.into_part()))}
            <span class="picture-failed" role="status" hidden=flag(move || !failed.get())>
                {speech.say(Words::report_photo_failed)}
                {retry.then(|| view! {
                    <button type="button" class="button" on:click=move |_| again.run(())>
                        {speech.say(Words::error_retry)}
                    </button>
                })}
            </span>
        </span>
    }
}
