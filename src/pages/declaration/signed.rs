//! What this device has signed, and taking it back.

use leptos::prelude::*;

use super::state::State;
use crate::{
    components::{Failure, Icon, paragraph},
    focus,
    site::Load,
    ui::{IntoPart as _, aria, dynamic, flag},
    words::{Words, speech},
};

/// For which province; a button that asks once more before it takes the signature back.
#[component]
pub(super) fn Signed(state: State) -> impl IntoView {
    let speech = speech();
    let asking = RwSignal::new(false);
    let province = move || {
        let own = state.own()?;
        state.counts.with(|counts| match counts {
            Load::Ready(counts) => {
                counts.provinces.iter().find(|one| one.code == own).map(|one| one.name.clone())
            }
            _ => None,
        })
    };
    let withdraw = Callback::new(move |()| state.withdraw());
    let ask = move |_| {
        asking.set(true);
        focus::once_drawn("withdraw-ask");
    };
    let stay = move |_| {
        // What is on its way cannot be called back.
        if state.busy.get_untracked() {
            return;
        }
        state.failure.set(None);
        asking.set(false);
        focus::once_drawn("withdraw");
    };
    view! {
        <p class="sign-own">
            <Icon name="check" />
            <span>{speech.text(move |words| words.declaration_signed_for(&province().unwrap_or_default()))}</span>
        </p>
        {paragraph("hint", speech.say(Words::declaration_signed_keep))}
        <p class="buttons" hidden=flag(move || asking.get())>
            <button type="button" class="button" id="withdraw" on:click=ask>
                <Icon name="close" />{speech.say(Words::declaration_withdraw)}
            </button>
        </p>
        <div class="withdraw" role="group" aria-labelledby="withdraw-ask" hidden=flag(move || !asking.get())>
            <p id="withdraw-ask" tabindex="-1"><strong>{speech.say(Words::declaration_withdraw_ask)}</strong></p>
            {dynamic(move || state.failure.get().map(|error| view! {
                <Failure what=Words::declaration_withdraw_failed error on_retry=withdraw />
            }.into_part()))}
            <p class="buttons">
                <button type="button" class="button button-danger" id="withdraw-yes" aria-disabled=aria(move || state.busy.get())
                    on:click=move |_| withdraw.run(())>
                    {speech.text(move |words| {
                        let said = if state.busy.get() { words.declaration_withdrawing() } else { words.declaration_withdraw_yes() };
                        said.to_owned()
                    })}
                </button>
                <button type="button" class="button" aria-disabled=aria(move || state.busy.get()) on:click=stay>{speech.say(Words::declaration_withdraw_no)}</button>
            </p>
        </div>
    }
}
