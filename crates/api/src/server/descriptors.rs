//! How many connections there are file descriptors for.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Connections at the same time, at most: what one of them may hold of a body is what bounds the memory.
const CONNECTIONS_MAX: u64 = 4096;
/// Descriptors beside those of connections: the database and its readers, the log, the listener, the runtime.
const RESERVE: u64 = 64;
/// A connection and the file of the portal that is sent over it.
const EACH: u64 = 2;

/// Raises the soft limit of open files as far as needed and allowed, and says for how many connections it is enough.
pub(crate) fn room_for_connections() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let wanted = CONNECTIONS_MAX * EACH + RESERVE;
    let reachable = wanted.min(limit.maximum.unwrap_or(wanted));
    let mut current = limit.current.unwrap_or(wanted);
    if current < reachable
        && setrlimit(Resource::Nofile, Rlimit { current: Some(reachable), maximum: limit.maximum }).is_ok()
    {
        current = reachable;
    }
    let connections = connections_of(current);
    if connections < CONNECTIONS_MAX {
        tracing::warn!(
            connections,
            open_files = current,
            "the limit of open files leaves room for few connections"
        );
    }
    usize::try_from(connections).unwrap_or(usize::MAX)
}

/// At least one: a server that can take nobody is of no use, and the limit may be meant for another machine.
fn connections_of(files: u64) -> u64 {
    (files.saturating_sub(RESERVE) / EACH).clamp(1, CONNECTIONS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_descriptors_for_all_connections_and_the_rest() {
        assert_eq!(connections_of(1024), 480);
        assert_eq!(connections_of(1_000_000), CONNECTIONS_MAX);
        for files in [0, RESERVE, RESERVE + 1] {
            assert_eq!(connections_of(files), 1);
        }
    }
}
