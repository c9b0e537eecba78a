//! A report in a title and a sentence, for those it is shared with.

use model::{Report, Visibility};

use crate::{
    client::{PictureSize, client},
    head::Head,
    site::{Load, SiteInfo},
    words::Words,
};

/// Characters of a description that others see of it: what search engines and messengers show.
const BEGINNING: usize = 160;

/// What the page's head says of the report, as far as it is known.
pub(super) fn head_of(words: Words, site: SiteInfo, report: &Load<Report>) -> Head {
    match report {
        Load::Ready(report) if report.visibility == Visibility::Private => {
            Head::unlisted(title(words, site, report))
        }
        Load::Ready(report) => {
            let client = client();
            Head {
                title: title(words, site, report),
                description: Some(beginning(&report.description)),
                image: report.photos.first().map(|photo| client.picture_url(photo.id, PictureSize::Full)),
                listed: true,
            }
        }
        Load::Failed(error) if error.status() == Some(404) => {
            Head::unlisted(words.report_missing().to_owned())
        }
        _ => Head::titled(words, words.report_title()),
    }
}

/// `Jalan rusak di Jl. Braga`: the address if there is one, else the government, else the category alone.
pub(super) fn title(words: Words, site: SiteInfo, report: &Report) -> String {
    let category = words.category(&site.categories(), &report.category);
    match report.address.clone().or_else(|| jurisdiction(site, report)) {
        Some(place) => words.share_title(&category, &place),
        None => category,
    }
}

/// The name of the government a report belongs to.
pub(super) fn jurisdiction(site: SiteInfo, report: &Report) -> Option<String> {
    let found = site.jurisdictions().into_iter().find(|place| place.code == report.jurisdiction);
    found.map(|place| place.name)
}

/// The beginning of a text in one line, cut between words where there are any.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(BEGINNING) else { return line };
    let cut = &line[..end];
    let whole_words = cut.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", &cut[..whole_words])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_one_line_of_whole_words() {
        assert_eq!(beginning("Lubang besar.\n\nSudah  lama."), "Lubang besar. Sudah lama.");
        let long = beginning(&"aspal ".repeat(50));
        assert!(long.ends_with("aspal…") && long.chars().count() <= BEGINNING + 1, "{long}");
        assert_eq!(beginning(&"é".repeat(200)), format!("{}…", "é".repeat(BEGINNING)));
    }
}
