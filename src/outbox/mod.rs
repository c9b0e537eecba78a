//! What this device still has to send: kept before the network is touched, sent under one id until it is answered.

mod draft;
mod just_sent;

pub(crate) use draft::{Draft, SendError};
pub(crate) use just_sent::JustSent;
