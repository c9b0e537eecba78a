//! What kind of problem it is: a list that can be searched, and folds away once one is chosen.

use js_sys::JsString;
use leptos::prelude::*;
use model::Category;
use wasm_bindgen::JsCast as _;
use web_sys::{FocusEvent, HtmlInputElement, KeyboardEvent, Node};

use super::{
    choice::{Choice, Of},
    line::{FieldProblem, Required},
    state::Form,
};
use crate::{
    components::{Failure, Icon},
    focus,
    ui::{IntoPart as _, dynamic, flag},
    words::{Words, speech},
};

/// Places that are kept free while the list is on its way: about as many as there are categories.
const EXPECTED: usize = 14;

/// The category of a draft.
#[component]
pub(super) fn CategoryField(form: Form) -> impl IntoView {
    let speech = speech();
    let open = RwSignal::new(form.draft.with_untracked(|draft| draft.category.is_empty()));
    // Whether the last key was the one that leaves: arrows go through the list and must not fold it away.
    let leaving = StoredValue::new(false);
    let fold = move || {
        if form.draft.with_untracked(|draft| !draft.category.is_empty()) {
            open.set(false);
        }
    };
    let fold_here = move || {
        fold();
        focus::once_drawn("category");
    };
    let on_key = move |event: KeyboardEvent| {
        leaving.set_value(event.key() == "Tab");
        if event.key() == "Enter" && open.get_untracked() {
            // Not yet the whole form's.
            event.prevent_default();
            fold_here();
        }
    };
    let on_leave = move |event: FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
        let group = event.current_target().and_then(|group| group.dyn_into::<Node>().ok());
        if leaving.get_value() && !group.is_some_and(|group| group.contains(next.as_ref())) {
            fold();
        }
    };
    let chosen = Memo::new(move |_| form.category());
    view! {
        <fieldset class="field" id="category-group" tabindex="-1" aria-describedby="category-error"
            on:keydown=on_key on:focusout=on_leave on:pointerdown=move |_| leaving.set_value(false)>
            <legend class="label">{speech.say(Words::new_category)} <Required required=true /></legend>
            {dynamic(move || {
                // While the list is open a choice must not build it anew under the arrows that make it.
                let folded = if open.get() { None } else { chosen.get() };
                Some(match folded {
                    Some(category) => view! { <Chosen category open /> }.into_part(),
                    None => view! { <Choices form on_pointed=Callback::new(move |()| fold_here()) /> }.into_part(),
                })
            })}
            <FieldProblem form field="category" id="category-error" />
            {dynamic(move || form.site.failure().map(|error| view! {
                <Failure what=Words::error_site error
                    on_retry=Callback::new(move |()| form.site.load(form.client())) />
            }.into_part()))}
        </fieldset>
    }
}

/// The one that was chosen, and the way back to all.
#[component]
fn Chosen(category: Category, open: RwSignal<bool>) -> impl IntoView {
    let speech = speech();
    let change = move |_| {
        open.set(true);
        focus::once_drawn("category");
    };
    view! {
        <p class="chosen">
            <Icon name=format!("cat-{}", category.code) />
            <strong>{speech.text(move |words| words.of(&category.name))}</strong>
            <button type="button" class="button" id="category" on:click=change>
                {speech.say(Words::new_category_change)}
            </button>
        </p>
    }
}

#[component]
fn Choices(
    form: Form,
    /// Called when one was chosen by a finger or a mouse, not on the way through by arrows.
    on_pointed: Callback<()>,
) -> impl IntoView {
    let speech = speech();
    let filter = RwSignal::new(String::new());
    let pointed = StoredValue::new(false);
    let matching = Memo::new(move |_| {
        let wanted = filter.with(|filter| lower(filter.trim()));
        form.site.categories().into_iter().filter(|category| matches(category, &wanted)).collect::<Vec<_>>()
    });
    let choose = move |code: &str| form.draft.update(|draft| draft.category = code.to_owned());
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter"
            && let [only] = matching.get_untracked().as_slice()
        {
            choose(&only.code);
        }
    };
    // By the click, not by the change: whoever points at the one that is chosen already means it too.
    let on_click = move |event: web_sys::MouseEvent| {
        let on_button = event.target().is_some_and(|target| target.has_type::<HtmlInputElement>());
        if on_button && pointed.get_value() {
            // After the change that belongs to it.
            request_animation_frame(move || {
                on_pointed.try_run(());
            });
        }
    };
    let told = speech.text(move |words| match matching.with(Vec::len) {
        0 if form.site.categories().is_empty() && form.site.failure().is_none() => {
            words.app_loading().to_owned()
        }
        _ if filter.with(|filter| filter.trim().is_empty()) => String::new(),
        0 => words.new_category_none().to_owned(),
        n => words.new_category_matches(n as u64),
    });
    let one = move |category: Category| {
        let (code, value) = (category.code.clone(), category.code.clone());
        let chosen = flag(move || form.draft.with(|draft| draft.category == code));
        let icon = format!("cat-{value}");
        let on_choose = {
            let code = value.clone();
            Callback::new(move |_| choose(&code))
        };
        view! {
            <Choice of=Of::One group="category" value icon label=speech.text(move |words| words.of(&category.name))
                chosen on_choose />
        }
    };
    view! {
        <div class="category-filter">
            <Icon name="search" />
            <input type="search" id="category" autocomplete="off" placeholder=speech.say(Words::new_category_filter)
                aria-label=speech.say(Words::new_category_filter) on:keydown=on_key
                on:input=move |event| filter.set(event_target_value(&event)) />
        </div>
        <p class="hint told" role="status">{told}</p>
        <div class="choices" on:click=on_click on:pointerdown=move |_| pointed.set_value(true) on:keydown=move |_| pointed.set_value(false)>
            {dynamic(move || Some(if form.site.categories().is_empty() {
                let empty = form.site.failure().is_none().then(|| {
                    (0..EXPECTED).map(|_| view! { <span class="choice-face skeleton-box"></span> }).collect_view()
                });
                empty.into_part()
            } else {
                matching.get().into_iter().map(one).collect_view().into_part()
            }))}
        </div>
    }
}

/// Whether a category is meant by a word: by its name in either language, or by what can be answered to its questions
/// ("lubang" finds the damaged road).
fn matches(category: &Category, wanted: &str) -> bool {
    let answers = category.attributes.iter().flat_map(|question| &question.values).map(|value| &value.name);
    std::iter::once(&category.name)
        .chain(answers)
        .any(|name| [&name.id, &name.en].iter().any(|text| lower(text).contains(wanted)))
}

/// In lower case, by the browser: ours would bring its tables.
fn lower(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}
