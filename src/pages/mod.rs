//! One file a page; a page never imports another page.

mod home;
mod missing;
mod new_report;
mod report;
mod text;

pub(crate) use home::{HomePage, Listing};
pub(crate) use missing::MissingPage;
pub(crate) use new_report::NewReportPage;
pub(crate) use report::ReportPage;
pub(crate) use text::TextPage;
