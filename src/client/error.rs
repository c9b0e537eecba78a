//! How a call can fail, as far as it makes a difference to whoever made it.

use model::Problem;

/// A call to the API did not succeed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum ClientError {
    /// No answer: no network, or no server there.
    #[error("no connection")]
    Offline,
    /// No answer in time.
    #[error("timed out")]
    TimedOut,
    /// An answer, but not from our server: a captive portal, a proxy, a server of another kind.
    #[error("not an answer of the API (status {0})")]
    NotOurs(u16),
    /// The API says what is wrong.
    #[error("{}: {}", .0.status, .0.title)]
    Problem(Problem),
    /// The API says that it will take the same in so many seconds from now.
    #[error("{}: again in {} s", .0.status, .1)]
    Wait(Problem, u32),
}

impl ClientError {
    /// The HTTP status of a problem; none where the API did not answer.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Problem(problem) | Self::Wait(problem, _) => Some(problem.status),
            _ => None,
        }
    }
}
