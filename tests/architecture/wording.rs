//! What people read comes from `locales/`: a view holds no words of its own.

use crate::source::{Kind, Source, Token};

/// Attributes that are read out or shown.
const READ: [&str; 9] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "label",
    "placeholder",
    "title",
];

/// Words written into a view, as text of an element (quoted or not) or of an attribute that is read. What stands
/// in the code between the elements is not looked at.
pub(crate) fn words_in_views(source: &Source) -> Vec<String> {
    let tokens = &source.tokens;
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let begins = tokens[at].word() == Some("view")
            && tokens.get(at + 1).is_some_and(|t| t.is('!'))
            && tokens.get(at + 2).is_some_and(|t| t.is('{') || t.is('('));
        if begins {
            for at in markup(tokens, at + 3) {
                if let Some(words) = words(tokens, at) {
                    let line = tokens[at].line;
                    found.push(format!("{}:{line}: \"{words}\" belongs into locales/", source.path));
                }
            }
        }
    }
    found
}

/// The tokens of a view that stand in no braces of their own.
fn markup(tokens: &[Token], start: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.kind {
            Kind::Mark('{' | '(' | '[') => depth += 1,
            Kind::Mark('}' | ')' | ']') if depth == 0 => break,
            Kind::Mark('}' | ')' | ']') => depth -= 1,
            _ if depth == 0 => found.push(at),
            _ => {}
        }
    }
    found
}

/// The words a token shows to people, if it does.
fn words(tokens: &[Token], at: usize) -> Option<String> {
    let before = |back: usize| at.checked_sub(back).map(|at| &tokens[at]);
    match &tokens[at].kind {
        Kind::Text(text) if before(1).is_some_and(|t| t.is('=')) => {
            (READ.contains(&attribute(tokens, at - 1).as_str()) && has_words(text)).then(|| text.clone())
        }
        Kind::Text(text) => has_words(text).then(|| text.clone()),
        // Text without quotes begins after the end of a tag; `->`, `=>` and `/>` of an expression do not end one.
        Kind::Word(word) => {
            let after_tag = before(1)?.is('>') && !before(2)?.is('-') && !before(2)?.is('=');
            after_tag.then(|| word.clone())
        }
        _ => None,
    }
}

/// The name of the attribute whose `=` this is: `aria-label`.
fn attribute(tokens: &[Token], equals: usize) -> String {
    let part =
        |token: &Token| token.word().map(str::to_owned).or_else(|| token.is('-').then(|| "-".to_owned()));
    let mut parts = Vec::new();
    let mut at = equals;
    while let Some(before) = at.checked_sub(1)
        && let Some(text) = part(&tokens[before])
        // Two names side by side are two attributes.
        && !(text != "-" && parts.last().is_some_and(|last| last != "-"))
    {
        parts.push(text);
        at = before;
    }
    parts.into_iter().rev().collect()
}

/// Whether anybody could read it: two letters beside each other.
fn has_words(text: &str) -> bool {
    let letters: Vec<bool> = text.chars().map(char::is_alphabetic).collect();
    letters.windows(2).any(|pair| pair == [true, true])
}

#[test]
fn words_in_a_view_are_found() {
    for view in [
        r#"view! { <p>"Halo dunia"</p> }"#,
        r#"view! { <p class="hint">{n} "laporan"</p> }"#,
        r#"view! { <p>Halo dunia</p> }"#,
        r#"view! { <p><b/>Halo</p> }"#,
        r#"view! { <button disabled aria-label="Tutup peta">{mark}</button> }"#,
        r#"view! { <img src="x.png" alt="Peta"/> }"#,
        r#"view! { <p>{move || view! { <b>"Halo"</b> }}</p> }"#,
    ] {
        let found = words_in_views(&Source::new("src/pages/home.rs", &format!("\nfn f() {{ {view} }}")));
        assert_eq!(found.len(), 1, "{view}: {found:?}");
        assert!(found[0].starts_with("src/pages/home.rs:2: "), "{found:?}");
    }
}

#[test]
fn what_is_not_read_is_let_through() {
    let view = r##"
        let x = "Halo dunia";
        view! {
            <p class="button button-main" aria-hidden="true" id="list-title">{words.title()} " · " "–"</p>
            <a href="#content" title=move || words.skip() aria-describedby="one-hint two-hint">{x}</a>
            <Foo on:click=move |_: Event<Mouse>| go(a > b) children=|c: C| -> Bar { bar(c, "place it") }/>
            {move || match a { Some(b) => f(b, "two words"), None => g() }}
            <p>{format!("{address} pada {n}")}</p>
        }
    "##;
    assert_eq!(words_in_views(&Source::new("src/pages/home.rs", view)), [""; 0]);
}
