//! How long things took: the middle, the slowest of a hundred, the slowest of all.

use std::fmt;

/// Times in milliseconds.
#[derive(Debug, Default, Clone)]
pub(super) struct Spread(Vec<f64>);

impl Spread {
    /// Adds others.
    pub(super) fn add(&mut self, others: &Self) {
        self.0.extend(&others.0);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The time that `share` (0 to 1) of all stay within: of no times, none.
    pub(super) fn within(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        // The nearest rank: one of the times that were measured.
        let rank = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

impl FromIterator<f64> for Spread {
    fn from_iter<I: IntoIterator<Item = f64>>(times: I) -> Self {
        Self(times.into_iter().collect())
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [middle, slow, slowest] = [0.5, 0.99, 1.0].map(|share| self.within(share));
        write!(f, "{middle:.2} / {slow:.2} / {slowest:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_counts() {
        let spread: Spread = (1..=1000).rev().map(f64::from).collect();
        assert_eq!(spread.to_string(), "500.00 / 990.00 / 1000.00");
        assert_eq!(Spread::from_iter([7.0]).to_string(), "7.00 / 7.00 / 7.00");
        assert_eq!(Spread::default().to_string(), "0.00 / 0.00 / 0.00");
    }
}
