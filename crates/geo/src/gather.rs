//! Which of many markers stand so near to each other that they have to be shown as one.

/// Points that are shown as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Gathered {
    /// The indexes of its points, ascending.
    pub members: Vec<usize>,
    /// The mean of its points: where it is shown.
    pub at: (f64, f64),
}

/// Gathers points until no two of what is shown stand closer than `distance` on both axes: squares of that side
/// around them do not overlap.
///
/// Again and again the two that are nearest to each other become one, in the mean of their points; of several such
/// pairs the first. So a chain of near points does not become one group from end to end, and the same points always
/// give the same groups, in the order of their first points. Points and distance are in pixels of the screen. Meant
/// for a few hundred: it compares each with each, as often as two become one.
#[must_use]
pub fn gather(points: &[(f64, f64)], distance: f64) -> Vec<Gathered> {
    let mut groups: Vec<Gathered> =
        points.iter().enumerate().map(|(index, &at)| Gathered { members: vec![index], at }).collect();
    while let Some((first, second)) = nearest(&groups, distance) {
        let other = groups.remove(second);
        groups[first].join(other);
    }
    groups
}

impl Gathered {
    fn join(&mut self, other: Self) {
        let (own, others) = (self.members.len() as f64, other.members.len() as f64);
        let mean = |a: f64, b: f64| (a * own + b * others) / (own + others);
        self.at = (mean(self.at.0, other.at.0), mean(self.at.1, other.at.1));
        self.members.extend(other.members);
        self.members.sort_unstable();
    }
}

/// The two nearest of those that stand closer than `distance`, the earlier one first.
fn nearest(groups: &[Gathered], distance: f64) -> Option<(usize, usize)> {
    let mut found = None;
    let mut least = distance;
    for (second, b) in groups.iter().enumerate() {
        for (first, a) in groups[..second].iter().enumerate() {
            let apart = (a.at.0 - b.at.0).abs().max((a.at.1 - b.at.1).abs());
            if apart < least {
                least = apart;
                found = Some((first, second));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn members(points: &[(f64, f64)]) -> Vec<Vec<usize>> {
        gather(points, 44.0).into_iter().map(|group| group.members).collect()
    }

    #[test]
    fn none_and_one_stay_what_they_are() {
        assert_eq!(gather(&[], 44.0), []);
        assert_eq!(gather(&[(3.0, 4.0)], 44.0), [Gathered { members: vec![0], at: (3.0, 4.0) }]);
    }

    #[test]
    fn all_on_one_spot_are_one_there() {
        let one = Gathered { members: (0..20).collect(), at: (7.0, 9.0) };
        assert_eq!(gather(&[(7.0, 9.0); 20], 44.0), [one]);
    }

    #[test]
    fn those_that_just_do_not_overlap_stay_apart() {
        assert_eq!(members(&[(0.0, 0.0), (44.0, 0.0), (0.0, 44.0)]), [[0], [1], [2]]);
        assert_eq!(members(&[(0.0, 0.0), (43.0, 43.0)]), [[0, 1]]);
        assert_eq!(members(&[(0.0, 0.0), (43.0, 45.0)]), [[0], [1]]);
    }

    #[test]
    fn a_chain_is_no_single_group() {
        let chain: Vec<(f64, f64)> = (0..8).map(|step| (30.0 * f64::from(step), 0.0)).collect();
        assert_eq!(members(&chain), [[0, 1], [2, 3], [4, 5], [6, 7]]);
    }

    #[test]
    fn the_nearest_go_together_wherever_they_stand_in_the_list() {
        assert_eq!(
            members(&[(0.0, 0.0), (100.0, 0.0), (40.0, 0.0), (50.0, 0.0)]),
            [vec![0], vec![1], vec![2, 3]]
        );
    }

    proptest! {
        #[test]
        fn each_point_is_shown_once_and_nothing_overlaps(
            points in prop::collection::vec((0.0..400.0, 0.0..400.0), 0..90),
        ) {
            let groups = gather(&points, 44.0);
            let mut all: Vec<usize> = groups.iter().flat_map(|group| group.members.clone()).collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..points.len()).collect::<Vec<_>>());
            prop_assert!(groups.is_sorted_by_key(|group| group.members[0]));
            for (index, group) in groups.iter().enumerate() {
                let count = group.members.len() as f64;
                let sum = group.members.iter().fold((0.0, 0.0), |sum, &at| (sum.0 + points[at].0, sum.1 + points[at].1));
                prop_assert!((sum.0 / count - group.at.0).abs() < 1e-6 && (sum.1 / count - group.at.1).abs() < 1e-6);
                for other in &groups[..index] {
                    let (x, y) = ((group.at.0 - other.at.0).abs(), (group.at.1 - other.at.1).abs());
                    prop_assert!(x >= 44.0 || y >= 44.0);
                }
            }
        }
    }
}
