//! Answers to the questions of a category, held against them.

use std::ops::RangeInclusive;

use crate::submission::{Lines, text_error};
use crate::{Attribute, AttributeDatatype as Kind, AttributeValue, Attributes, FieldCode, Timestamp};

/// Characters of an answer in one line, after trimming.
const STRING_MAX: usize = 200;
/// Characters of an answer in several lines, after trimming.
const TEXT_MAX: usize = 1000;
/// Every question for a number asks how deep, how many or how long, in units that need no more.
const NUMBERS: RangeInclusive<f64> = 0.0..=1_000_000.0;

/// Tells `wrong` the code of everything that is answered wrongly and what is wrong with it: first the questions in
/// their order, then what nobody asked.
pub(crate) fn check(questions: &[Attribute], answers: &Attributes, mut wrong: impl FnMut(&str, FieldCode)) {
    for question in questions {
        if let Some(code) = answer_error(question, answers.get(&question.code)) {
            wrong(&question.code, code);
        }
    }
    for code in answers.keys() {
        if questions.iter().all(|question| question.code != *code) {
            wrong(code, FieldCode::Unknown);
        }
    }
}

fn answer_error(question: &Attribute, answer: Option<&AttributeValue>) -> Option<FieldCode> {
    use AttributeValue::{Keys, Number, Text};
    let offered = |key: &String| question.values.iter().any(|value| value.key == *key);
    let wrong = match (question.variable, question.datatype, answer) {
        // A text that only informs asks for nothing, even where a table calls it required.
        (variable, _, None) => (variable && question.required, FieldCode::Missing),
        (false, _, Some(_)) => (true, FieldCode::Unknown),
        (_, Kind::String, Some(Text(text))) => return text_error(text, STRING_MAX, Lines::One),
        (_, Kind::Text, Some(Text(text))) => return text_error(text, TEXT_MAX, Lines::Many),
        (_, Kind::Datetime, Some(Text(text))) => (text.parse::<Timestamp>().is_err(), FieldCode::Malformed),
        (_, Kind::Number, Some(Number(number))) => (!NUMBERS.contains(number), FieldCode::OutOfRange),
        (_, Kind::SingleValueList, Some(Text(key))) => (!offered(key), FieldCode::Unknown),
        (_, Kind::MultiValueList, Some(Keys(keys))) => {
            let twice = |(i, key)| keys[..i].contains(key);
            if keys.is_empty() {
                (true, FieldCode::Blank)
            } else if keys.iter().enumerate().any(twice) {
                (true, FieldCode::Repeated)
            } else {
                (!keys.iter().all(offered), FieldCode::Unknown)
            }
        }
        _ => (true, FieldCode::WrongType),
    };
    wrong.0.then_some(wrong.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AttributeOption, Localized};

    fn words(text: &str) -> Localized {
        Localized { id: text.into(), en: text.into() }
    }

    fn question(code: &str, datatype: Kind) -> Attribute {
        let is_list = matches!(datatype, Kind::SingleValueList | Kind::MultiValueList);
        let keys: &[&str] = if is_list { &["rain", "river"] } else { &[] };
        Attribute {
            variable: true,
            code: code.into(),
            datatype,
            required: false,
            datatype_description: words("hint"),
            order: 1,
            description: words("question"),
            values: keys.iter().map(|key| AttributeOption { key: (*key).into(), name: words(key) }).collect(),
        }
    }

    fn text(text: impl Into<String>) -> AttributeValue {
        AttributeValue::Text(text.into())
    }

    fn keys(keys: &[&str]) -> AttributeValue {
        AttributeValue::Keys(keys.iter().map(|key| (*key).into()).collect())
    }

    /// What is wrong with one answer to one question of a kind.
    fn said(kind: Kind, answer: AttributeValue) -> Option<FieldCode> {
        answer_error(&question("q", kind), Some(&answer))
    }

    #[test]
    fn every_kind_takes_its_own_answers_and_no_others() {
        let answers =
            [text("2026-01-02T03:04:05+07:00"), text("rain"), AttributeValue::Number(30.5), keys(&["rain"])];
        for (kind, taken) in [
            (Kind::String, [true, true, false, false]),
            (Kind::Text, [true, true, false, false]),
            (Kind::Datetime, [true, false, false, false]),
            (Kind::Number, [false, false, true, false]),
            (Kind::SingleValueList, [false, true, false, false]),
            (Kind::MultiValueList, [false, false, false, true]),
        ] {
            for (answer, taken) in answers.iter().zip(taken) {
                assert_eq!(said(kind, answer.clone()).is_none(), taken, "{kind:?} {answer:?}");
            }
        }
        assert_eq!(said(Kind::Number, text("30")), Some(FieldCode::WrongType));
        assert_eq!(said(Kind::MultiValueList, text("rain")), Some(FieldCode::WrongType));
        assert_eq!(said(Kind::SingleValueList, keys(&["rain"])), Some(FieldCode::WrongType));
    }

    #[test]
    fn words_have_bounds_in_characters() {
        assert_eq!(said(Kind::String, text("é".repeat(200))), None);
        assert_eq!(said(Kind::String, text("é".repeat(201))), Some(FieldCode::TooLong));
        assert_eq!(said(Kind::String, text("dua\nbaris")), Some(FieldCode::ControlCharacter));
        assert_eq!(said(Kind::Text, text("dua\nbaris")), None);
        assert_eq!(said(Kind::Text, text("é".repeat(1000))), None);
        assert_eq!(said(Kind::Text, text("é".repeat(1001))), Some(FieldCode::TooLong));
        assert_eq!(said(Kind::Text, text("a\u{7}b")), Some(FieldCode::ControlCharacter));
        assert_eq!(said(Kind::String, text(" ")), Some(FieldCode::Blank));
    }

    #[test]
    fn numbers_have_bounds_and_times_are_times() {
        for right in [0.0, 30.5, 1_000_000.0] {
            assert_eq!(said(Kind::Number, AttributeValue::Number(right)), None, "{right}");
        }
        for wrong in [-0.1, -1e300, 1_000_000.1] {
            let code = Some(FieldCode::OutOfRange);
            assert_eq!(said(Kind::Number, AttributeValue::Number(wrong)), code, "{wrong}");
        }
        assert_eq!(said(Kind::Number, AttributeValue::Number(f64::NAN)), Some(FieldCode::OutOfRange));
        assert_eq!(said(Kind::Number, AttributeValue::Number(f64::INFINITY)), Some(FieldCode::OutOfRange));
        assert_eq!(said(Kind::Datetime, text("2026-01-02")), Some(FieldCode::Malformed));
        assert_eq!(said(Kind::Datetime, text("")), Some(FieldCode::Malformed));
    }

    #[test]
    fn lists_take_what_they_offer_each_once() {
        assert_eq!(said(Kind::SingleValueList, text("snow")), Some(FieldCode::Unknown));
        assert_eq!(said(Kind::MultiValueList, keys(&["river", "rain"])), None);
        assert_eq!(said(Kind::MultiValueList, keys(&["river", "snow"])), Some(FieldCode::Unknown));
        assert_eq!(said(Kind::MultiValueList, keys(&["rain", "river", "rain"])), Some(FieldCode::Repeated));
        assert_eq!(said(Kind::MultiValueList, keys(&[])), Some(FieldCode::Blank));
    }

    #[test]
    fn what_is_required_is_answered_and_what_informs_is_not() {
        let optional = question("q", Kind::String);
        let required = Attribute { required: true, ..optional.clone() };
        let informing = Attribute { variable: false, ..optional.clone() };
        let informing_required = Attribute { variable: false, ..required.clone() };
        assert_eq!(answer_error(&optional, None), None);
        assert_eq!(answer_error(&required, None), Some(FieldCode::Missing));
        assert_eq!(answer_error(&required, Some(&text(" "))), Some(FieldCode::Blank));
        assert_eq!(answer_error(&required, Some(&text("ya"))), None);
        for question in [informing, informing_required] {
            assert_eq!(answer_error(&question, None), None);
            assert_eq!(answer_error(&question, Some(&text("ya"))), Some(FieldCode::Unknown));
        }
    }

    #[test]
    fn every_wrong_answer_is_told_in_the_order_of_the_questions() {
        let required = Attribute { required: true, ..question("z", Kind::Number) };
        let questions = [required, question("m", Kind::SingleValueList)];
        let answers = Attributes::from([("m".into(), text("snow")), ("a".into(), text("nobody asked"))]);
        let mut told = Vec::new();
        check(&questions, &answers, |code, what| told.push((code.to_owned(), what)));
        assert_eq!(
            told,
            [
                ("z".into(), FieldCode::Missing),
                ("m".into(), FieldCode::Unknown),
                ("a".into(), FieldCode::Unknown)
            ]
        );
    }
}
