//! Which points are wanted.

use crate::STATUSES;

/// So many categories a filter can tell apart.
pub const CATEGORIES: usize = 64;
/// Pairs of a category and a status.
pub(super) const KINDS: usize = CATEGORIES * STATUSES;

/// Wanted are the points of any of some categories that have any of some statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// Bit n stands for category n.
    pub categories: u64,
    /// Bit n stands for status n.
    pub statuses: u16,
}

impl Filter {
    /// Lets every point pass.
    pub const ALL: Self = Self { categories: u64::MAX, statuses: u16::MAX };

    /// Whether a point passes; one whose numbers are too large does not.
    #[must_use]
    pub fn passes(self, category: u8, status: u8) -> bool {
        let bit = |set: u64, number: u8| set.checked_shr(number.into()).is_some_and(|set| set & 1 == 1);
        bit(self.categories, category) && bit(self.statuses.into(), status)
    }

    /// For each kind of point all bits, where it passes, or none: a look into 4 KB instead of two shifts.
    pub(super) fn masks(self) -> [u32; KINDS] {
        std::array::from_fn(|kind| {
            let passes = self.passes((kind / STATUSES) as u8, (kind % STATUSES) as u8);
            if passes { u32::MAX } else { 0 }
        })
    }
}

/// Category and status as one number, below [`KINDS`] whatever they are.
pub(super) fn kind(category: u8, status: u8) -> usize {
    (usize::from(category) * STATUSES + usize::from(status)) % KINDS
}
