//! What a category asks besides: Open311's attributes, each by its kind.

use leptos::prelude::*;
use model::{Attribute, AttributeDatatype as Datatype, Localized};

use super::{
    choice::{Choice, Of},
    line::{FieldProblem, Kind, Line, Required},
    state::Form,
};
use crate::{
    components::Icon,
    outbox::answer_key,
    ui::{IntoPart as _, Part, dynamic, flag},
    words::{Words, speech},
};

/// The questions of the chosen category, in their order.
#[component]
pub(super) fn Questions(form: Form) -> impl IntoView {
    let category = Memo::new(move |_| form.category());
    dynamic(move || {
        let category = category.get()?;
        let parts =
            category.attributes.into_iter().map(|question| Asked::new(form, &category.code, question).part());
        Some(parts.collect_view().into_part())
    })
}

/// A question and where its answer is.
#[derive(Clone, Copy)]
struct Asked {
    form: Form,
    question: StoredValue<Attribute>,
    /// Where a draft keeps the answer.
    key: StoredValue<String>,
}

impl Asked {
    fn new(form: Form, category: &str, question: Attribute) -> Self {
        let key = StoredValue::new(answer_key(category, &question.code));
        Self { form, question: StoredValue::new(question), key }
    }

    fn part(self) -> Part {
        let (variable, kind) = self.question.with_value(|question| (question.variable, question.datatype));
        match (variable, kind) {
            (false, _) => self.information(),
            (_, Datatype::String) => self.line(Kind::Text),
            (_, Datatype::Text) => self.line(Kind::Lines),
            (_, Datatype::Number) => self.line(Kind::Number),
            (_, Datatype::Datetime) => self.moment(),
            (_, Datatype::SingleValueList) => self.list(Of::One),
            (_, Datatype::MultiValueList) => self.list(Of::Many),
        }
    }

    fn code(self) -> String {
        self.question.with_value(|question| question.code.clone())
    }

    fn text(self, pick: fn(&Attribute) -> &Localized) -> Signal<String> {
        speech().text(move |words| self.question.with_value(|question| words.of(pick(question))))
    }

    fn title(self) -> Signal<String> {
        self.text(|question| &question.description)
    }

    fn hint(self) -> Signal<String> {
        self.text(|question| &question.datatype_description)
    }

    fn is_required(self) -> bool {
        self.question.with_value(|question| question.required)
    }

    /// The answer, followed.
    fn answer(self) -> Vec<String> {
        let key = self.key.get_value();
        self.form.draft.with(|draft| draft.answers.get(&key).cloned().unwrap_or_default())
    }

    /// What of the answer stands at a place.
    fn typed(self, at: usize) -> String {
        untrack(|| self.answer()).into_iter().nth(at).unwrap_or_default()
    }

    fn set(self, answer: Vec<String>) {
        let key = self.key.get_value();
        self.form.draft.update(|draft| {
            if answer.iter().all(String::is_empty) {
                draft.answers.remove(&key);
            } else {
                draft.answers.insert(key, answer);
            }
        });
    }

    /// Nothing to answer, but to know: whom to call when somebody is in danger.
    fn information(self) -> Part {
        view! { <p class="callout"><Icon name="info" /><strong>{self.title()}</strong></p> }.into_part()
    }

    fn line(self, kind: Kind) -> Part {
        let (code, required) = (self.code(), self.is_required());
        view! {
            <Line form=self.form id=format!("answer-{code}") field=format!("attributes.{code}") kind
                label=self.title() hint=self.hint() value=self.typed(0) required
                on_input=Callback::new(move |text| self.set(vec![text])) />
        }
        .into_part()
    }

    /// A day, and a time for those who remember it: a field for both would give neither away until both are there.
    fn moment(self) -> Part {
        let speech = speech();
        let code = self.code();
        let input = move |at: usize, kind: &'static str, id: String, label: fn(Words) -> &'static str| {
            let typed = move |event: web_sys::Event| {
                let mut answer = [self.typed(0), self.typed(1)];
                answer[at] = event_target_value(&event);
                self.set(answer.into());
            };
            view! {
                <label>{speech.say(label)}<input type=kind id=id prop:value=self.typed(at) on:input=typed /></label>
            }
        };
        self.group(
            view! {
                <div class="moment">
                    {input(0, "date", format!("answer-{code}"), Words::new_answer_day)}
                    {input(1, "time", format!("answer-{code}-time"), Words::new_answer_time)}
                </div>
            }
            .into_part(),
        )
    }

    fn list(self, of: Of) -> Part {
        let speech = speech();
        let group = format!("answer-{}", self.code());
        let first = StoredValue::new(group.clone());
        let values = self.question.with_value(|question| question.values.clone());
        let choices = values.into_iter().map(|value| {
            let (key, label) = (value.key.clone(), value.name);
            let chosen = flag({
                let key = key.clone();
                move || self.answer().contains(&key)
            });
            let on_choose = Callback::new(move |is_chosen: bool| {
                let mut answer = if of == Of::One { Vec::new() } else { untrack(|| self.answer()) };
                answer.retain(|known| *known != key);
                answer.extend(is_chosen.then(|| key.clone()));
                self.set(answer);
            });
            view! {
                <Choice of group=group.clone() value=value.key label=speech.text(move |words| words.of(&label))
                    chosen on_choose />
            }
        });
        let choices = choices.collect_view();
        // A radio button does not let go by itself.
        let kept = flag(move || of == Of::Many || self.is_required() || self.answer().is_empty());
        let clear = move |_| {
            self.set(Vec::new());
            crate::focus::on(&first.get_value());
        };
        self.group(
            view! {
                <div class="pills">{choices}</div>
                <button type="button" class="quiet" hidden=kept on:click=clear>{speech.say(Words::new_answer_clear)}</button>
            }
            .into_part(),
        )
    }

    /// What is answered by more than one element, under its question.
    fn group(self, inner: Part) -> Part {
        let code = self.code();
        let (hint, error) = (format!("answer-{code}-hint"), format!("answer-{code}-error"));
        let described_by = format!("{hint} {error}");
        // A date's own field has the id; of a list, the group does.
        let is_list = self.question.with_value(|question| !question.values.is_empty());
        let id = if is_list { format!("answer-{code}") } else { format!("answer-{code}-group") };
        view! {
            <fieldset class="field" id=id tabindex="-1" aria-describedby=described_by>
                <legend class="label">{self.title()} <Required required=self.is_required() /></legend>
                <p class="hint" id=hint>{self.hint()}</p>
                {inner}
                <FieldProblem form=self.form field=format!("attributes.{code}") id=error />
            </fieldset>
        }
        .into_part()
    }
}
