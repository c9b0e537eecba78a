//! Whether a caller has already what it asks for (RFC 9110, section 13.1.2).

use axum::http::{HeaderMap, header};

/// Whether `If-None-Match` names this tag, which may be strong or weak, by a strong one or a weak one, among others, or by
/// `*`.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let tag = tag.strip_prefix("W/").unwrap_or(tag);
    // Several headers of one name are one list. None of our tags has a comma in it.
    let lines = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = lines.flat_map(|line| line.as_bytes().split(|&byte| byte == b',')).map(<[u8]>::trim_ascii);
    tags.any(|one| one == b"*" || one.strip_prefix(b"W/").unwrap_or(one) == tag.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_among_others() {
        let known = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::IF_NONE_MATCH, line.parse().unwrap());
            }
            is_known(&headers, "\"b\"")
        };
        assert!(known(&["\"b\""]) && known(&["W/\"b\""]) && known(&["*"]));
        assert!(known(&["\"a\", W/\"b\""]) && known(&["\"a\"", "\"b\""]));
        assert!(!known(&[]) && !known(&["\"a\", \"bb\""]) && !known(&["b"]) && !known(&["w/\"b\""]));
    }
}
