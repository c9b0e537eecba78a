//! The form: where, what, and send.

mod place;

use leptos::{prelude::*, task::spawn_local};
use model::{FieldError, Rules, Timestamp};

use crate::{
    client::{ClientError, client},
    components::Failure,
    focus,
    navigation::navigation,
    outbox::{Draft, JustSent, SendError},
    route::{Route, View},
    site::site,
    ui::{IntoPart as _, aria, dynamic, effect, flag, text},
    words::{Words, speech},
};
use place::PlaceField;

/// The form, at the place that was looked at. What is typed is kept on this device until it has arrived.
#[component]
pub(crate) fn NewReportPage(view: Option<View>) -> impl IntoView {
    let speech = speech();
    let draft = Draft::kept_or_new();
    view! {
        <article class="page">
            <h1>{speech.say(Words::new_title)}</h1>
            <p class="hint">{speech.say(Words::new_intro)}</p>
            {match draft {
                Some(draft) => view! { <Form draft view /> }.into_part(),
                // Without randomness there are no ids, and without ids nothing can be sent exactly once.
                None => view! { <p class="notice">{speech.say(Words::error_server)}</p> }.into_part(),
            }}
        </article>
    }
}

#[component]
fn Form(draft: Draft, view: Option<View>) -> impl IntoView {
    let speech = speech();
    let site = site();
    let navigation = navigation();
    let just_sent = JustSent::get();
    let client = StoredValue::new(client());
    let draft = RwSignal::new(draft);
    let kept = RwSignal::new(true);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let failure = RwSignal::new(None::<ClientError>);
    let taken = RwSignal::new(false);
    let sending = RwSignal::new(false);
    let sealed = Memo::new(move |_| draft.with(Draft::is_sealed));

    // Kept with every keystroke, before anything is sent.
    Effect::new(move |before: Option<()>| {
        let is_kept = draft.with(Draft::keep);
        if before.is_some() {
            kept.set(is_kept);
        }
    });
    let send = move || {
        if sending.get_untracked() {
            return;
        }
        let categories = site.categories_untracked();
        if categories.is_empty() && !sealed.get_untracked() {
            // Without the categories nothing can be checked; they are asked for once more.
            site.load(client.get_value());
            failure.set(Some(ClientError::Offline));
            return;
        }
        let now = Timestamp::from_millis(js_sys::Date::now() as i64);
        let mut letter = draft.get_untracked();
        let fits = letter.seal(Rules { categories: &categories, now });
        taken.set(false);
        errors.set(fits.err().unwrap_or_default());
        if !errors.with_untracked(Vec::is_empty) {
            return;
        }
        // Sealed in the form too, and kept so, before the network is touched.
        letter.keep();
        draft.set(letter.clone());
        sending.set(true);
        spawn_local(async move {
            let sent = letter.send(&client.get_value()).await;
            // Whoever has left the form meanwhile is not called back to it; an unsent draft waits there.
            if sending.try_set(false).is_some() {
                if sent.is_err() {
                    letter.keep();
                }
                return;
            }
            failure.set(None);
            match sent {
                Ok(report) => {
                    just_sent.note(report.id);
                    navigation.go(Route::Report(report.id));
                    return;
                }
                Err(SendError::Fields(fields)) => errors.set(fields),
                Err(SendError::Taken) => taken.set(true),
                Err(SendError::Client(error)) => failure.set(Some(error)),
            }
            draft.set(letter);
        });
    };
    effect(move || {
        if !errors.with(Vec::is_empty) {
            focus::once_drawn("form-errors");
        }
    });

    view! {
        <form class="form" novalidate on:submit=move |event| { event.prevent_default(); send(); }>
            <ErrorSummary errors />
            <fieldset class="form-fields" disabled=flag(move || sealed.get() || sending.get())>
                <PlaceField draft errors view />
                <CategoryField draft errors />
                <DescriptionField draft errors />
                <AddressField draft errors />
            </fieldset>
            {dynamic(move || failure.get().map(|error| view! {
                <Failure what=Words::new_not_sent error on_retry=Callback::new(move |()| send()) />
            }.into_part()))}
            {dynamic(move || taken.get().then(|| view! {
                <p class="notice" role="alert">{speech.say(Words::new_conflict)}</p>
            }.into_part()))}
            <p class="notice" hidden=flag(move || !sealed.get() || sending.get())>
                {speech.say(Words::new_try_again)}
            </p>
            <p class="hint">{speech.text(move |words| {
                let note = if kept.get() { words.new_draft_kept() } else { words.new_draft_unkept() };
                note.to_owned()
            })}</p>
            <button type="submit" class="button button-main" aria-disabled=aria(move || sending.get())>
                {speech.text(move |words| {
                    let name = if sending.get() { words.new_sending() } else { words.new_send() };
                    name.to_owned()
                })}
            </button>
        </form>
    }
}

/// What is to be mended, each leading to its field.
#[component]
fn ErrorSummary(errors: RwSignal<Vec<FieldError>>) -> impl IntoView {
    let speech = speech();
    let line = move |error: FieldError| {
        let (name, id) = field_of(&error.field);
        let jump = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            focus::on(id);
        };
        view! {
            <li><a href=format!("#{id}") on:click=jump>
                {speech.text(move |words| format!("{} – {}", name(words), problem(words, &error)))}
            </a></li>
        }
    };
    view! {
        <div class="failure" role="alert" id="form-errors" tabindex="-1" hidden=flag(move || errors.with(Vec::is_empty))>
            <p><strong>{speech.say(Words::new_fix)}</strong></p>
            <ul>{dynamic(move || Some(errors.get().into_iter().map(line).collect_view().into_part()))}</ul>
        </div>
    }
}

/// A field's name for people and the id of what the citizen can change.
fn field_of(field: &str) -> (fn(Words) -> &'static str, &'static str) {
    match field {
        "category" => (Words::new_category, "category"),
        "description" => (Words::new_description, "description"),
        "address" => (Words::new_address, "address"),
        "lat" | "lng" => (Words::new_place, "place"),
        _ => (Words::new_title, "category"),
    }
}

#[component]
fn CategoryField(draft: RwSignal<Draft>, errors: RwSignal<Vec<FieldError>>) -> impl IntoView {
    let speech = speech();
    let site = site();
    let client = StoredValue::new(client());
    // The choice is set again once the choices have arrived.
    let chosen = text(move || {
        site.categories();
        draft.with(|draft| draft.category.clone())
    });
    view! {
        <div class="field">
            <label for="category">{speech.say(Words::new_category)}</label>
            <select id="category" aria-describedby="category-error" prop:value=chosen
                aria-invalid=aria(move || has_error(errors, "category"))
                on:change=move |event| draft.update(|draft| draft.category = event_target_value(&event))>
                <option value="">{speech.say(Words::new_choose_category)}</option>
                {dynamic(move || Some(site.categories().into_iter().map(|category| {
                    let selected = category.code == draft.with_untracked(|draft| draft.category.clone());
                    view! { <option value=category.code selected=selected>{speech.words().of(&category.name)}</option> }
                }).collect_view().into_part()))}
            </select>
            <FieldProblem id="category-error" field="category" errors />
            {dynamic(move || site.failure().map(|error| view! {
                <Failure what=Words::error_site error
                    on_retry=Callback::new(move |()| site.load(client.get_value())) />
            }.into_part()))}
        </div>
    }
}

#[component]
fn DescriptionField(draft: RwSignal<Draft>, errors: RwSignal<Vec<FieldError>>) -> impl IntoView {
    let speech = speech();
    let site = site();
    let length = speech.text(move |words| {
        let number = |n: usize| crate::format::number(words, n as u64);
        let used = draft.with(|draft| draft.description.trim().chars().count());
        words.new_length(&number(used), &number(site.limits().description))
    });
    view! {
        <div class="field">
            <label for="description">{speech.say(Words::new_description)}</label>
            <p class="hint" id="description-hint">{speech.say(Words::new_description_hint)}</p>
            <textarea id="description" rows="5" aria-describedby="description-hint description-length description-error"
                aria-invalid=aria(move || has_error(errors, "description"))
                prop:value=text(move || draft.with(|draft| draft.description.clone()))
                on:input=move |event| draft.update(|draft| draft.description = event_target_value(&event))></textarea>
            <p class="hint" id="description-length">{length}</p>
            <FieldProblem id="description-error" field="description" errors />
        </div>
    }
}

#[component]
fn AddressField(draft: RwSignal<Draft>, errors: RwSignal<Vec<FieldError>>) -> impl IntoView {
    let speech = speech();
    view! {
        <div class="field">
            <label for="address">{speech.say(Words::new_address)}</label>
            <p class="hint" id="address-hint">{speech.say(Words::new_address_hint)}</p>
            <input id="address" type="text" autocomplete="off" aria-describedby="address-hint address-error"
                aria-invalid=aria(move || has_error(errors, "address"))
                prop:value=text(move || draft.with(|draft| draft.address.clone()))
                on:input=move |event| draft.update(|draft| draft.address = event_target_value(&event)) />
            <FieldProblem id="address-error" field="address" errors />
        </div>
    }
}

/// What is wrong with a field, beside it.
#[component]
fn FieldProblem(id: &'static str, field: &'static str, errors: RwSignal<Vec<FieldError>>) -> impl IntoView {
    let speech = speech();
    let text = speech.text(move |words| {
        let found = errors.with(|errors| errors.iter().find(|error| concerns(error, field)).cloned());
        found.map(|error| problem(words, &error).to_owned()).unwrap_or_default()
    });
    view! { <p class="field-error" id=id>{text}</p> }
}

fn has_error(errors: RwSignal<Vec<FieldError>>, field: &str) -> bool {
    errors.with(|errors| errors.iter().any(|error| concerns(error, field)))
}

/// What is wrong with a field; of the place it can only be that there is none yet.
fn problem(words: Words, error: &FieldError) -> &'static str {
    if concerns(error, "place") { words.new_place_needed() } else { words.field(error.code) }
}

/// The place is one field to the citizen and two to the API.
fn concerns(error: &FieldError, field: &str) -> bool {
    error.field == field || (field == "place" && matches!(error.field.as_str(), "lat" | "lng"))
}
