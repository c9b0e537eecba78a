//! What an import did.

use std::{fmt, path::PathBuf, time::Duration};

/// The figures of an import. After a whole one `read = added + known + rejected`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// What the file is, in the profile's words.
    pub label: String,
    /// Rows of the file, without its header.
    pub read: usize,
    /// Reports that were not there before.
    pub added: usize,
    /// Reports that were there already: from an earlier import, or from an earlier row of the same id and time.
    pub known: usize,
    /// Rows that could not be taken in as they stand.
    pub rejected: usize,
    /// How long it took.
    pub elapsed: Duration,
    /// Where the rejected rows stand, with line and reason.
    pub rejects: PathBuf,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.elapsed.as_secs_f64();
        writeln!(f, "{}: {} rows read in {seconds:.1} s", self.label, self.read)?;
        writeln!(f, "  {} reports added", self.added)?;
        writeln!(f, "  {} were there already", self.known)?;
        write!(f, "  {} rows rejected", self.rejected)?;
        if self.rejected > 0 {
            write!(f, ", with their reasons in {}", self.rejects.display())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rejects_are_named_only_when_there_are_some() {
        let clean = Summary { label: "Test".into(), read: 2, added: 2, ..Summary::default() };
        assert!(clean.to_string().ends_with("0 rows rejected"));
        let some = Summary { read: 3, rejected: 1, rejects: "/tmp/r.csv".into(), ..clean };
        assert!(some.to_string().ends_with("1 rows rejected, with their reasons in /tmp/r.csv"));
    }
}
