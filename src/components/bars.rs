//! Numbers beside each other, as bars and in figures.

use leptos::prelude::*;

use crate::{
    format,
    ui::{IntoPart as _, Part},
    words::speech,
};

/// A bar.
pub(crate) struct Bar {
    /// What is counted.
    pub(crate) name: Signal<String>,
    /// How many.
    pub(crate) number: u64,
}

/// A list that is read as names and numbers; the bars beside them are for the eye alone. The longest is as wide as
/// the list; what there is none of has none.
pub(crate) fn bars(all: Vec<Bar>) -> Part {
    let most = all.iter().map(|bar| bar.number).max().unwrap_or_default();
    let bars: Vec<Part> = all.into_iter().map(|bar| line(bar, most)).collect();
    view! { <ul class="bars">{bars}</ul> }.into_part()
}

fn line(bar: Bar, most: u64) -> Part {
    let number = bar.number;
    let drawn = (number > 0).then(|| {
        view! { <rect class="bars-bar" width=percent(number, most) height="100%" rx="2"></rect> }.into_part()
    });
    view! {
        <li>
            <span>{bar.name}</span>
            " "
            <strong class="bars-number">{speech().text(move |words| format::number(words, number))}</strong>
            <svg class="bars-line" aria-hidden="true">{drawn}</svg>
        </li>
    }
    .into_part()
}

/// A share as SVG and CSS write it, to a tenth: whole numbers, because those for fractions weigh 8 KB.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    let tenths = part.saturating_mul(1000).checked_div(whole).unwrap_or_default();
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// A share in whole hundredths, to the nearest.
pub(crate) fn hundredths(part: u64, whole: u64) -> u64 {
    (part.saturating_mul(200) + whole).checked_div(whole.saturating_mul(2)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!(percent(1, 3), "33.3%");
        assert_eq!(percent(3, 3), "100.0%");
        assert_eq!(percent(0, 0), "0.0%");
        assert_eq!((hundredths(1, 3), hundredths(2, 3), hundredths(1, 2)), (33, 67, 50));
        assert_eq!(hundredths(0, 0), 0);
    }
}
