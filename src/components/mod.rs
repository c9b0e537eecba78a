//! What pages share, one thing a file.

mod failure;
mod frame;
mod icon;
mod later;
mod menu;
mod offline;
mod report_card;
mod status_badge;
mod support_button;

pub(crate) use failure::Failure;
pub(crate) use frame::Frame;
pub(crate) use icon::Icon;
pub(crate) use later::{Coming, later, later_quiet};
pub(crate) use menu::text_title;
pub(crate) use report_card::{ReportCard, link_id};
pub(crate) use status_badge::StatusBadge;
pub(crate) use support_button::SupportButton;
