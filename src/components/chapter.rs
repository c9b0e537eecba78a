//! A part of a long page, below a heading that names it.

use leptos::prelude::*;

use crate::{
    ui::{IntoPart as _, Part},
    words::{Say, speech},
};

/// A section of this id, with its heading.
pub(crate) fn chapter(id: &'static str, title: Say, content: Vec<Part>) -> Part {
    let title_id = format!("{id}-title");
    let heading = view! { <h2 id=title_id.clone()>{speech().say(title)}</h2> }.into_part();
    view! {
        <section class="chapter" id=id aria-labelledby=title_id>
            {heading}
            {content}
        </section>
    }
    .into_part()
}

/// A paragraph.
pub(crate) fn paragraph(class: &'static str, text: Signal<String>) -> Part {
    view! { <p class=class>{text}</p> }.into_part()
}

/// What stands behind a line that opens it.
pub(crate) fn folded(id: &'static str, line: Signal<String>, content: Part) -> Part {
    view! { <details class="folded" id=id><summary>{line}</summary>{content}</details> }.into_part()
}

/// A table of texts that stays within the page: it scrolls by itself where it is too wide. The first column names
/// the rows. Its roles are written out: a style that stacks its cells on a phone must not take them away.
pub(crate) fn table(caption: Signal<String>, heads: Vec<Signal<String>>, rows: Vec<Vec<Part>>) -> Part {
    let heads: Vec<Part> = heads
        .into_iter()
        .map(|head| view! { <th scope="col" role="columnheader">{head}</th> }.into_part())
        .collect();
    let rows: Vec<Part> = rows.into_iter().map(row).collect();
    view! {
        <div class="table-frame" role="group" tabindex="0" aria-label=caption>
            <table class="table" role="table">
                <caption class="unseen">{caption}</caption>
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_part()
}

fn row(cells: Vec<Part>) -> Part {
    let cells = cells.into_iter().enumerate().map(|(nth, cell)| match nth {
        0 => view! { <th scope="row" role="rowheader">{cell}</th> }.into_part(),
        _ => view! { <td role="cell">{cell}</td> }.into_part(),
    });
    let cells: Vec<Part> = cells.collect();
    view! { <tr role="row">{cells}</tr> }.into_part()
}
