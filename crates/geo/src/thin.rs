//! Which of many markers there is room for.

/// The indexes of the points to draw so that no two stand closer than `gap` on either axis: the first comes
/// first, and whoever finds no room beside those already standing is left out.
///
/// Points and gap are in pixels of the screen. Meant for the few hundred points of one answer; it compares each
/// with each.
#[must_use]
pub fn thin(points: &[(f64, f64)], gap: f64) -> Vec<usize> {
    let mut standing: Vec<usize> = Vec::new();
    for (index, &(x, y)) in points.iter().enumerate() {
        let crowded = standing.iter().any(|&other| {
            let (other_x, other_y) = points[other];
            (x - other_x).abs() < gap && (y - other_y).abs() < gap
        });
        if !crowded {
            standing.push(index);
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_of_a_crowd_stands() {
        assert_eq!(thin(&[(0.0, 0.0), (10.0, 10.0), (50.0, 0.0), (0.0, 0.0)], 44.0), [0, 2]);
        assert_eq!(thin(&[], 44.0), []);
    }

    proptest! {
        #[test]
        fn whoever_is_left_out_has_somebody_near(points in prop::collection::vec((0.0..400.0, 0.0..400.0), 0..120)) {
            let near = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 44.0 && (a.1 - b.1).abs() < 44.0;
            let standing = thin(&points, 44.0);
            for (index, &point) in points.iter().enumerate() {
                let others = standing.iter().filter(|&&other| other != index);
                let crowded = others.clone().any(|&other| near(point, points[other]));
                prop_assert_eq!(crowded, !standing.contains(&index));
            }
        }
    }
}
