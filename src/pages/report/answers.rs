//! What was answered to the questions of the category.

use leptos::prelude::*;
use model::{Attribute, AttributeDatatype, AttributeValue, Attributes, Timestamp};

use super::pieces::heading;
use crate::{
    format,
    site::site,
    ui::{IntoPart as _, dynamic},
    words::{Words, speech},
};

/// Questions and answers in the reader's language; nothing where nothing was answered.
#[component]
pub(super) fn Answers(category: String, attributes: Attributes) -> impl IntoView {
    let speech = speech();
    let site = site();
    (!attributes.is_empty()).then(|| {
        let rows = dynamic(move || {
            let (words, categories) = (speech.words(), site.categories());
            let questions = categories.iter().find(|known| known.code == category);
            let questions = questions.map_or(&[][..], |category| &category.attributes);
            let row = |(code, value): (&String, &AttributeValue)| {
                let question = questions.iter().find(|question| question.code == *code);
                let asked = question.map_or_else(|| code.clone(), |question| words.of(&question.description));
                let said = said(words, question, value).into_iter().map(|text| view! { <dd>{text}</dd> });
                view! { <div><dt>{asked}</dt>{said.collect_view()}</div> }
            };
            Some(in_order(questions, &attributes).into_iter().map(row).collect_view().into_part())
        });
        view! {
            <section class="report-answers" aria-labelledby="answers-title">
                {heading("answers-title", speech.say(Words::report_answers))}
                <dl>{rows}</dl>
            </section>
        }
        .into_part()
    })
}

/// The answers as the category asks for them, then those that its questions (of today) do not know.
fn in_order<'a>(questions: &[Attribute], answers: &'a Attributes) -> Vec<(&'a String, &'a AttributeValue)> {
    let mut rows: Vec<_> = answers.iter().collect();
    let place = |code: &String| questions.iter().find(|question| question.code == *code).map(|q| q.order);
    // Stable, so that what is unknown keeps the order of its codes.
    rows.sort_by_key(|(code, _)| place(code).unwrap_or(u32::MAX));
    rows
}

/// An answer as people read it, several where several were chosen. What the question does not offer (any more) is
/// shown as it is kept.
fn said(words: Words, question: Option<&Attribute>, value: &AttributeValue) -> Vec<String> {
    let named = |key: &String| {
        let option = question.and_then(|question| question.values.iter().find(|option| option.key == *key));
        option.map_or_else(|| key.clone(), |option| words.of(&option.name))
    };
    match value {
        AttributeValue::Keys(keys) => keys.iter().map(named).collect(),
        AttributeValue::Number(number) => vec![format::decimal(words, *number)],
        AttributeValue::Text(text) => {
            let is_time = question.is_some_and(|asked| asked.datatype == AttributeDatatype::Datetime);
            let at: Option<Timestamp> = text.parse().ok().filter(|_| is_time);
            vec![at.map_or_else(|| named(text), |at| format::date_time(words, at))]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;
    use model::{AttributeOption, Localized};

    fn asked(code: &str, order: u32) -> Attribute {
        let name = Localized { id: "Berlubang".into(), en: "Pothole".into() };
        Attribute {
            variable: true,
            code: code.into(),
            datatype: AttributeDatatype::SingleValueList,
            required: false,
            datatype_description: name.clone(),
            order,
            description: name.clone(),
            values: vec![AttributeOption { key: "pothole".into(), name }],
        }
    }

    #[test]
    fn answers_stand_in_the_order_of_the_questions_and_unknown_ones_last() {
        let text = || AttributeValue::Text("x".into());
        let answers = Attributes::from([("a".into(), text()), ("b".into(), text()), ("c".into(), text())]);
        let rows = in_order(&[asked("c", 1), asked("b", 2)], &answers);
        assert_eq!(rows.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["c", "b", "a"]);
    }

    #[test]
    fn a_key_is_named_and_an_unknown_one_is_shown_as_it_is() {
        let words = Words::new(Language::Indonesian);
        let keys = AttributeValue::Keys(vec!["pothole".into(), "gone".into()]);
        assert_eq!(said(words, Some(&asked("damage", 1)), &keys), ["Berlubang", "gone"]);
        assert_eq!(said(words, None, &keys), ["pothole", "gone"]);
        let one = AttributeValue::Text("pothole".into());
        assert_eq!(said(Words::new(Language::English), Some(&asked("damage", 1)), &one), ["Pothole"]);
    }
}
