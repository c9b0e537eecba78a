//! The most memory a process had resident, as Linux counts it.

use std::fs;

/// Keeps the highest value seen; the kernel's own mark dies with the process.
#[derive(Debug, Default)]
pub(crate) struct Peak {
    kib: Option<u64>,
}

impl Peak {
    /// Looks at the running process `pid`.
    pub(crate) fn look(&mut self, pid: u32) {
        let now =
            fs::read_to_string(format!("/proc/{pid}/status")).ok().and_then(|status| high_water(&status));
        self.kib = self.kib.max(now);
    }

    /// In MiB; `None` where the system does not tell.
    pub(crate) fn mib(&self) -> Option<f64> {
        self.kib.map(|kib| kib as f64 / 1024.0)
    }
}

/// `VmHWM` of a `/proc/PID/status`, in KiB (proc_pid_status(5)).
fn high_water(status: &str) -> Option<u64> {
    let value = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    value.trim().strip_suffix("kB")?.trim_end().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_mark_and_keeps_the_highest() {
        assert_eq!(high_water("Name:\twarga-api\nVmHWM:\t   54321 kB\nVmRSS:\t 1 kB\n"), Some(54_321));
        assert_eq!(high_water("Name:\tzombie\n"), None);

        let mut peak = Peak { kib: Some(2_048) };
        peak.look(u32::MAX);
        assert_eq!(peak.mib(), Some(2.0), "a process that is gone takes nothing away");
    }
}
