//! What pages share, one thing a file.

mod bars;
mod chapter;
mod evidence;
mod failure;
mod frame;
mod icon;
mod later;
mod menu;
mod offline;
mod participants_map;
mod report_card;
mod source_link;
mod status_badge;
mod support_button;

pub(crate) use bars::{Bar, bars, hundredths, percent};
pub(crate) use chapter::{chapter, folded, paragraph, table};
pub(crate) use evidence::{GeoNames, evidence};
pub(crate) use failure::Failure;
pub(crate) use frame::Frame;
pub(crate) use icon::Icon;
pub(crate) use later::{Coming, later, later_quiet};
pub(crate) use menu::text_title;
pub(crate) use participants_map::participants_map;
pub(crate) use report_card::{ReportCard, link_id};
pub(crate) use source_link::{source_link, source_links};
pub(crate) use status_badge::StatusBadge;
pub(crate) use support_button::SupportButton;
