//! Saying that a report should not stand here as it does.

use leptos::{prelude::*, task::spawn_local};
use model::{FLAG_NOTE_MAX, Flag, FlagReason, ReportId};

use super::pieces::action;
use crate::{
    client::{ClientError, client},
    components::{Failure, Icon},
    focus, format,
    ui::{IntoPart as _, aria, dynamic, flag, text},
    words::{Words, speech},
};

/// A small form that opens in place. What was entered stays until it has arrived, and after: what is sent later takes
/// the place of what was sent before.
#[component]
pub(super) fn FlagForm(id: ReportId) -> impl IntoView {
    let speech = speech();
    let client = client();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(None::<FlagReason>);
    let note = RwSignal::new(String::new());
    // What is to be mended before it is sent.
    let unchosen = RwSignal::new(false);
    let too_long = RwSignal::new(false);
    let sending = RwSignal::new(false);
    let sent = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);

    let send = Callback::new(move |()| {
        if sending.get_untracked() {
            return;
        }
        let chosen = reason.get_untracked();
        unchosen.set(chosen.is_none());
        let Some(reason) = chosen else { return focus::on("flag-first") };
        let flag = Flag { reason, note: Some(note.get_untracked()) }.normalized();
        too_long.set(!flag.check().is_empty());
        if too_long.get_untracked() {
            return focus::on("flag-note");
        }
        sending.set(true);
        let client = client.clone();
        spawn_local(async move {
            let answer = client.flag(id, &flag).await;
            // Whoever has left the page meanwhile is not called back.
            if sending.try_set(false).is_some() {
                return;
            }
            sent.set(answer.is_ok());
            failure.set(answer.err());
            if sent.get_untracked() {
                open.set(false);
                focus::once_drawn("flag-open");
            }
        });
    });
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        if open.get_untracked() {
            sent.set(false);
            focus::once_drawn("flag-first");
        }
    };
    let cancel = Callback::new(move |()| {
        open.set(false);
        focus::on("flag-open");
    });
    view! {
        <section class="flag">
            <button type="button" class="button button-quiet" id="flag-open" aria-controls="flag-form"
                aria-expanded=aria(move || open.get()) on:click=toggle>
                <Icon name="flag" />{speech.say(Words::flag_open)}
            </button>
            <p class="flag-sent" role="status">
                {speech.text(move |words| if sent.get() { words.flag_sent().to_owned() } else { String::new() })}
            </p>
            <form class="flag-form" id="flag-form" novalidate hidden=flag(move || !open.get())
                on:submit=move |event| { event.prevent_default(); send.run(()); }>
                <Reasons reason unchosen />
                <Note note too_long />
                {dynamic(move || failure.get().map(|error| view! {
                    <Failure what=Words::flag_failed error on_retry=send />
                }.into_part()))}
                <p class="buttons">
                    <button type="submit" class="button button-main" aria-disabled=aria(move || sending.get())>
                        <Icon name="send" />{speech.say(Words::flag_send)}
                    </button>
                    {action("button", "close", speech.say(Words::flag_cancel), cancel)}
                </p>
            </form>
        </section>
    }
}

#[component]
fn Reasons(reason: RwSignal<Option<FlagReason>>, unchosen: RwSignal<bool>) -> impl IntoView {
    let speech = speech();
    let choices = FlagReason::ALL.into_iter().enumerate().map(|(nth, one)| {
        let choose = move |_| {
            reason.set(Some(one));
            unchosen.set(false);
        };
        view! {
            <label class="flag-choice">
                <input type="radio" name="reason" value=one.as_str() id=(nth == 0).then_some("flag-first")
                    aria-describedby=(nth == 0).then_some("flag-reason-error")
                    prop:checked=flag(move || reason.get() == Some(one)) on:change=choose />
                <span>{speech.say(said(one))}</span>
            </label>
        }
    });
    view! {
        <fieldset class="flag-choices" role="radiogroup" aria-invalid=aria(move || unchosen.get())
            aria-describedby="flag-reason-error">
            <legend>{speech.say(Words::flag_reason)}</legend>
            {choices.collect_view()}
            <p class="field-error" id="flag-reason-error" role="alert">
                {speech.text(move |words| if unchosen.get() { words.flag_choose().to_owned() } else { String::new() })}
            </p>
        </fieldset>
    }
}

#[component]
fn Note(note: RwSignal<String>, too_long: RwSignal<bool>) -> impl IntoView {
    let speech = speech();
    let length = speech.text(move |words| {
        let number = |n: usize| format::number(words, n as u64);
        words.flag_length(&number(note.with(|note| note.trim().chars().count())), &number(FLAG_NOTE_MAX))
    });
    view! {
        <div class="field">
            <label for="flag-note">{speech.say(Words::flag_note)}</label>
            <p class="hint" id="flag-note-hint">{speech.say(Words::flag_note_hint)}</p>
            <textarea id="flag-note" rows="3" aria-describedby="flag-note-hint flag-note-length flag-note-error"
                aria-invalid=aria(move || too_long.get()) prop:value=text(move || note.get())
                on:input=move |event| note.set(event_target_value(&event))></textarea>
            <p class="hint" id="flag-note-length">{length}</p>
            <p class="field-error" id="flag-note-error" role="alert">
                {speech.text(move |words| if too_long.get() { words.field_too_long().to_owned() } else { String::new() })}
            </p>
        </div>
    }
}

/// A reason as a citizen would say it.
fn said(reason: FlagReason) -> fn(Words) -> &'static str {
    match reason {
        FlagReason::Spam => Words::flag_spam,
        FlagReason::Abuse => Words::flag_abuse,
        FlagReason::PersonalData => Words::flag_personal_data,
        FlagReason::WrongPlace => Words::flag_wrong_place,
        FlagReason::Untrue => Words::flag_untrue,
        FlagReason::Other => Words::flag_other,
    }
}
