//! Entity tags: who has an answer already is told so, and spared its bytes.

use axum::http::{HeaderMap, header};

/// Whether the caller has what is under this tag: `"…"`, or `W/"…"` for one that stands for every way the same is
/// compressed in.
pub(super) fn has(headers: &HeaderMap, tag: &str) -> bool {
    let asked = headers.get_all(header::IF_NONE_MATCH);
    asked.iter().any(|list| names(list.as_bytes(), tag.as_bytes()))
}

/// Whether a list of entity tags holds this one (RFC 9110, section 13.1.2: weak ones count here).
fn names(list: &[u8], tag: &[u8]) -> bool {
    fn opaque(tag: &[u8]) -> &[u8] {
        tag.strip_prefix(b"W/").unwrap_or(tag)
    }
    list.split(|&byte| byte == b',')
        .map(<[u8]>::trim_ascii)
        .any(|one| one == b"*" || opaque(one) == opaque(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_among_others() {
        assert!(names(b"\"a\", W/\"b\"", b"\"b\""));
        assert!(names(b"\"a\",\"b\"", b"W/\"b\""));
        assert!(names(b"*", b"\"b\""));
        assert!(!names(b"\"a\", \"bb\"", b"\"b\""));
    }
}
