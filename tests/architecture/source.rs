//! Rust source as tokens: enough to see what a file names, without being misled by comments and texts.

use std::{fs, path::Path};

/// A file, by its path from the root of the repository.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) tokens: Vec<Token>,
}

/// A token and the line it begins on, from 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub(crate) line: usize,
    pub(crate) kind: Kind,
}

/// What is told apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// A name or a keyword.
    Word(String),
    /// The content of a string literal, escapes as they are written.
    Text(String),
    /// `::`.
    Colons,
    /// Any other character that is no white space.
    Mark(char),
}

impl Token {
    pub(crate) fn word(&self) -> Option<&str> {
        if let Kind::Word(word) = &self.kind { Some(word) } else { None }
    }

    pub(crate) fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), tokens: tokens(text) }
    }

    /// Every Rust file below a folder of the repository, in the order of their paths.
    pub(crate) fn all_below(folder: &str) -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        let mut folders = vec![root.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    files.push(path);
                }
            }
        }
        files.sort();
        assert!(!files.is_empty(), "no source below {folder}");
        let read = |path: &Path| {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            Self::new(name, &fs::read_to_string(path).unwrap())
        };
        files.iter().map(|path| read(path)).collect()
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { rest: text, line: 1 };
    let mut tokens = Vec::new();
    while !reader.rest.is_empty() {
        let line = reader.line;
        if let Some(kind) = reader.next() {
            tokens.push(Token { line, kind });
        }
    }
    tokens
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Reader<'a> {
    /// Takes one token or one piece of what is none (white space, a comment, a character, a lifetime).
    fn next(&mut self) -> Option<Kind> {
        let first = self.rest.chars().next()?;
        if self.rest.starts_with("//") {
            self.take(self.rest.find('\n').unwrap_or(self.rest.len()));
            None
        } else if self.rest.starts_with("/*") {
            self.comment();
            None
        } else if let Some(hashes) = raw_text(self.rest) {
            let start = self.rest.find('"').map_or(0, |at| at + 1);
            self.take(start);
            let end = format!("\"{}", "#".repeat(hashes));
            let length = self.rest.find(&end).unwrap_or(self.rest.len());
            let text = self.take(length).to_owned();
            self.take(end.len());
            Some(Kind::Text(text))
        } else if first == '"' || self.rest.starts_with("b\"") || self.rest.starts_with("c\"") {
            self.take(if first == '"' { 1 } else { 2 });
            let length = end_of_text(self.rest, '"');
            let text = self.take(length).to_owned();
            self.take(1);
            Some(Kind::Text(text))
        } else if first == '\'' {
            self.character_or_lifetime();
            None
        } else if first.is_alphabetic() || first == '_' {
            self.take(if self.rest.starts_with("r#") { 2 } else { 0 });
            Some(Kind::Word(self.word().to_owned()))
        } else if self.rest.starts_with("::") {
            self.take(2);
            Some(Kind::Colons)
        } else {
            self.take(first.len_utf8());
            (!first.is_whitespace()).then_some(Kind::Mark(first))
        }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }

    fn word(&mut self) -> &'a str {
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
        self.take(end.unwrap_or(self.rest.len()))
    }

    /// Comments nest.
    fn comment(&mut self) {
        let mut depth = 0;
        loop {
            let (step, change) = match self.rest {
                rest if rest.starts_with("/*") => (2, 1),
                rest if rest.starts_with("*/") => (2, -1),
                rest => (rest.chars().next().map_or(0, char::len_utf8), 0),
            };
            self.take(step);
            depth += change;
            if depth == 0 || step == 0 {
                return;
            }
        }
    }

    fn character_or_lifetime(&mut self) {
        self.take(1);
        let mut chars = self.rest.chars();
        let is_character = self.rest.starts_with('\\') || chars.nth(1) == Some('\'');
        if is_character {
            self.take(end_of_text(self.rest, '\'') + 1);
        } else {
            self.word();
        }
    }
}

/// The number of `#` of a raw string that begins here.
fn raw_text(rest: &str) -> Option<usize> {
    let hashes =
        rest.strip_prefix("r").or_else(|| rest.strip_prefix("br")).or_else(|| rest.strip_prefix("cr"))?;
    let text = hashes.trim_start_matches('#');
    text.starts_with('"').then(|| hashes.len() - text.len())
}

/// Where a text ends that has escapes in it.
fn end_of_text(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = rest.find(|c| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.unwrap_or(rest.len())
}

#[test]
fn comments_texts_and_lifetimes_do_not_mislead() {
    let text = r##"
        // use crate::pages::a;
        /* one /* two */ use crate::pages::b; */
        fn f<'a>(c: char) -> &'a str { let x = ['"', '\'', 'u']; r#"crate::"pages"::c"# }
        let s = "say \"crate::pages::d\""; // "
        crate::real
    "##;
    let source = Source::new("x.rs", text);
    let words: Vec<_> = source.tokens.iter().filter_map(Token::word).collect();
    assert_eq!(words, ["fn", "f", "c", "char", "str", "let", "x", "let", "s", "crate", "real"]);
    let texts: Vec<_> = source.tokens.iter().filter(|t| matches!(t.kind, Kind::Text(_))).collect();
    assert_eq!((texts.len(), texts[1].line), (2, 5));
    assert_eq!(source.tokens.last().unwrap().line, 6);
}
