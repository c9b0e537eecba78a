//! What a file names: every path in it, made absolute.

use crate::source::{Kind, Source, Token};

/// A path that a file names, from the crate's root (`crate`, `pages`, `home`) or from another crate's name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Name {
    pub(crate) line: usize,
    pub(crate) path: Vec<String>,
}

/// After these a path may begin with `::`.
const KEYWORDS: [&str; 8] = ["use", "return", "in", "as", "impl", "dyn", "mut", "ref"];

/// The module a file is, from the path below its `src`: `src/map/pins.rs` is `map::pins`.
pub(crate) fn module_of(path: &str) -> Vec<String> {
    let below = path.rsplit_once("src/").map_or(path, |(_, below)| below).trim_end_matches(".rs");
    let mut parts: Vec<String> = below.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// Every path of two or more parts, and every crate that is taken in as a whole.
pub(crate) fn names(source: &Source) -> Vec<Name> {
    let tokens = &source.tokens;
    let mut module = module_of(&source.path);
    // For every open brace, whether it is the one of a module that is written in place.
    let mut braces: Vec<bool> = Vec::new();
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            Kind::Mark('{') => {
                let inline = inline_module(tokens, at);
                braces.push(inline.is_some());
                module.extend(inline);
            }
            Kind::Mark('}') if braces.pop() == Some(true) => {
                module.pop();
            }
            Kind::Word(_) if begins_a_path(tokens, at) => {
                let mut found = Vec::new();
                let end = read_tree(tokens, at, &[], &mut found);
                let whole = at > 0 && ["use", "crate"].iter().any(|word| tokens[at - 1].word() == Some(word));
                if whole || found.iter().any(|name| name.path.len() > 1) {
                    names.extend(found.into_iter().map(|name| absolute(name, &module)));
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    names
}

/// The name of the module whose brace this is.
fn inline_module(tokens: &[Token], brace: usize) -> Option<String> {
    let keyword = tokens.get(brace.checked_sub(2)?)?;
    (keyword.word() == Some("mod")).then(|| tokens[brace - 1].word().map(str::to_owned))?
}

/// Not in the middle of a path, not a field or a method.
fn begins_a_path(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return true };
    if before.kind == Kind::Colons {
        // `::leaflet::Map` names the crate; `map::leaflet` and `<T>::leaflet` do not, but `-> ::leaflet` does.
        let earlier = |back: usize| at.checked_sub(back).map(|at| &tokens[at]);
        let closes = earlier(2).is_some_and(|t| t.is('>')) && !earlier(3).is_some_and(|t| t.is('-'));
        let goes_on = earlier(2).is_some_and(|t| t.word().is_some_and(|word| !KEYWORDS.contains(&word)));
        return !closes && !goes_on;
    }
    !before.is('.')
}

/// A path, or the tree of a `use`; gives the position after it.
fn read_tree(tokens: &[Token], at: usize, before: &[String], found: &mut Vec<Name>) -> usize {
    let mut path = before.to_vec();
    let line = tokens.get(at).map_or(0, |token| token.line);
    let mut at = at;
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            Kind::Word(word) => path.push(word.clone()),
            Kind::Mark('*') => path.push("*".to_owned()),
            Kind::Mark('{') => {
                at += 1;
                while tokens.get(at).is_some_and(|token| !token.is('}')) {
                    let next = read_tree(tokens, at, &path, found);
                    // A rename, a comma, or what is no path at all.
                    at = next.max(at + 1);
                    while let Some(token) = tokens.get(at)
                        && (token.is(',') || token.word() == Some("as"))
                    {
                        at += if token.is(',') { 1 } else { 2 };
                    }
                }
                return at + 1;
            }
            _ => break,
        }
        at += 1;
        if tokens.get(at).map(|token| &token.kind) != Some(&Kind::Colons) {
            break;
        }
        at += 1;
    }
    // A list may name the module it stands in.
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    if !path.is_empty() {
        found.push(Name { line, path });
    }
    at
}

/// `super::x` and `self::x` as seen from the root.
fn absolute(name: Name, module: &[String]) -> Name {
    let Name { line, path } = name;
    let mut here = module.to_vec();
    let mut rest = path.as_slice();
    match path[0].as_str() {
        "self" => rest = &rest[1..],
        "super" => {
            while let Some((first, after)) = rest.split_first()
                && first == "super"
            {
                here.pop();
                rest = after;
            }
        }
        // The library, as `main.rs` sees it.
        "warga" | "crate" => {
            here.clear();
            rest = &rest[1..];
        }
        _ => return Name { line, path },
    }
    let path = std::iter::once("crate".to_owned()).chain(here).chain(rest.iter().cloned()).collect();
    Name { line, path }
}

#[test]
fn every_way_to_name_something_is_read() {
    let text = "
        use crate::{format, route::{Route as R, View}, pages::home::*, words::{self}};
        use super::super::client;
        use leaflet;
        fn f(x: crate::outbox::Draft) -> ::geo::Cell { x.leaflet(); map::leaflet(); self::near::by() }
        mod tests { use super::*; mod deeper { use super::super::inner; } }
        pub(crate) fn g() { Foo { x: 1 } }
    ";
    let source = Source::new("src/pages/new_report/place.rs", text);
    let found: Vec<_> = names(&source).into_iter().map(|name| name.path.join("::")).collect();
    assert_eq!(
        found,
        [
            "crate::format",
            "crate::route::Route",
            "crate::route::View",
            "crate::pages::home::*",
            "crate::words",
            "crate::pages::client",
            "leaflet",
            "crate::outbox::Draft",
            "geo::Cell",
            "map::leaflet",
            "crate::pages::new_report::place::near::by",
            "crate::pages::new_report::place::*",
            "crate::pages::new_report::place::inner",
        ]
    );
}
