//! What this device still has to send: kept before the network is touched, sent under one id until it is answered.

mod declaration;
mod draft;
mod erase;
mod just_sent;
mod letter;
mod photo_store;
mod sending;
mod under_way;

pub(crate) use declaration::{choose_province, chosen_province};
pub(crate) use draft::{Draft, answer_key};
pub(crate) use erase::erase;
pub(crate) use just_sent::{JustSent, Own};
pub(crate) use letter::Terms;
pub(crate) use photo_store::Shot;
pub(crate) use sending::SendError;
pub(crate) use under_way::UnderWay;

/// Whether this browser keeps anything at all.
pub(crate) fn keeps() -> bool {
    crate::local::works()
}
