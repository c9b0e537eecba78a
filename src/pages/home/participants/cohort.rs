//! Who is shown for a year, and what is counted of them. Knows no browser.

use model::ParticipantKind;

use crate::client::Participant;

/// Which kinds of those who have a place are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds {
    /// Kabupaten and kota.
    pub(super) regions: bool,
    /// Declarators.
    pub(super) declarators: bool,
}

impl Default for Kinds {
    fn default() -> Self {
        Self { regions: true, declarators: true }
    }
}

impl Kinds {
    /// Nobody at all.
    pub(super) const NONE: Self = Self { regions: false, declarators: false };

    pub(super) fn has(self, kind: ParticipantKind) -> bool {
        match kind {
            ParticipantKind::Declarator => self.declarators,
            kind => kind.is_region() && self.regions,
        }
    }
}

/// One who is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shown {
    /// Which of all.
    pub(super) index: usize,
    /// `[lat, lng]` in degrees.
    pub(super) place: [f64; 2],
    /// Whether it took part in an earlier year only.
    pub(super) faded: bool,
    /// Whether that it took part is not sure.
    pub(super) doubtful: bool,
}

/// Those of the kinds who had taken part until a year, or in any: the ones of that very year first.
pub(super) fn shown(all: &[Participant], year: Option<u16>, kinds: Kinds) -> Vec<Shown> {
    let (own, earlier): (Vec<Shown>, Vec<Shown>) = all
        .iter()
        .enumerate()
        .filter(|(_, participant)| kinds.has(participant.id.kind))
        .filter_map(|(index, participant)| {
            let place = participant.place?;
            let began = participant.years.iter().any(|known| year.is_none_or(|year| *known <= year));
            let faded = year.is_some_and(|year| !participant.years.contains(&year));
            began.then(|| Shown { index, place, faded, doubtful: is_doubtful(participant, year) })
        })
        .partition(|shown| !shown.faded);
    [own, earlier].concat()
}

/// Whether it is not sure that a region took part: in the year that is looked at; in none until then, where it was not
/// in that one; in none at all, where no year is.
fn is_doubtful(participant: &Participant, year: Option<u16>) -> bool {
    let own = year.is_some_and(|year| participant.years.contains(&year));
    let counts = |known: u16| match year {
        Some(year) if own => known == year,
        Some(year) => known <= year,
        None => true,
    };
    let mut grades = participant.years.iter().zip(&participant.evidence).filter(|(known, _)| counts(**known));
    participant.id.kind.is_region() && grades.all(|(_, evidence)| evidence.is_doubtful())
}

/// What the rows count.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// Regions of the year; of all years, where none is looked at.
    pub(super) cohort: u64,
    /// Different regions until the end of that year.
    pub(super) so_far: u64,
    /// Those of the cohort of which it is not sure.
    pub(super) doubtful: u64,
    /// Declarators until then.
    pub(super) declarators: u64,
}

/// Counts those who are shown.
pub(super) fn count(all: &[Participant], shown: &[Shown]) -> Count {
    let mut count = Count::default();
    for one in shown {
        if all.get(one.index).is_some_and(|participant| participant.id.kind.is_region()) {
            count.so_far += 1;
            count.cohort += u64::from(!one.faded);
            count.doubtful += u64::from(one.doubtful && !one.faded);
        } else {
            count.declarators += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use model::CohortEvidence::{self, Disputed, Inferred, List};

    use super::*;

    fn one(id: &str, years: &[u16], evidence: &[CohortEvidence]) -> Participant {
        Participant {
            id: id.parse().unwrap(),
            name: None,
            province: None,
            place: (!id.starts_with("ministry")).then_some([-6.9, 107.6]),
            years: years.to_vec(),
            evidence: evidence.to_vec(),
            sources: Vec::new(),
            role: None,
            seat: None,
            cohorts: Vec::new(),
        }
    }

    fn all() -> Vec<Participant> {
        vec![
            one("kabupaten:52.03", &[2017], &[Disputed]),
            one("kota:32.73", &[2017, 2021], &[List, Inferred]),
            one("kota:33.74", &[2018], &[List]),
            one("declarator:32", &[2019], &[]),
            one("ministry:kominfo", &[2017], &[]),
        ]
    }

    /// The ids, with `-` before those that are faded and `?` after those of which it is not sure.
    fn told(year: Option<u16>, kinds: Kinds) -> Vec<String> {
        let all = all();
        let tell = |one: Shown| {
            let (before, after) = (if one.faded { "-" } else { "" }, if one.doubtful { "?" } else { "" });
            format!("{before}{}{after}", all[one.index].id)
        };
        shown(&all, year, kinds).into_iter().map(tell).collect()
    }

    #[test]
    fn a_year_shows_its_own_first_then_the_earlier_ones_and_no_later() {
        let of = |year| told(Some(year), Kinds::default());
        assert_eq!(of(2017), ["kabupaten:52.03?", "kota:32.73"]);
        assert_eq!(of(2018), ["kota:33.74", "-kabupaten:52.03?", "-kota:32.73"]);
        assert_eq!(of(2019), ["declarator:32", "-kabupaten:52.03?", "-kota:32.73", "-kota:33.74"]);
        assert_eq!(of(2021), ["kota:32.73?", "-kabupaten:52.03?", "-kota:33.74", "-declarator:32"]);
        let any = ["kabupaten:52.03?", "kota:32.73", "kota:33.74", "declarator:32"];
        assert_eq!(told(None, Kinds::default()), any, "one sure year is enough");
    }

    #[test]
    fn kinds_are_left_out_and_partners_have_no_place() {
        assert_eq!(told(None, Kinds { regions: false, declarators: true }), ["declarator:32"]);
        assert_eq!(told(Some(2018), Kinds { regions: false, declarators: true }), [""; 0]);
        assert_eq!(told(None, Kinds { regions: true, declarators: false }).len(), 3);
    }

    #[test]
    fn rows_are_counted_as_they_are_shown() {
        let of = |year| count(&all(), &shown(&all(), year, Kinds::default()));
        assert_eq!(of(Some(2017)), Count { cohort: 2, so_far: 2, doubtful: 1, declarators: 0 });
        assert_eq!(of(Some(2019)), Count { cohort: 0, so_far: 3, doubtful: 0, declarators: 1 });
        assert_eq!(of(Some(2021)), Count { cohort: 1, so_far: 3, doubtful: 1, declarators: 1 });
        assert_eq!(of(None), Count { cohort: 3, so_far: 3, doubtful: 1, declarators: 1 });
    }
}
