//! One file a page; a page never imports another page.

mod declaration;
mod home;
mod missing;
mod movement;
mod new_report;
mod participant;
mod report;
mod text;

pub(crate) use declaration::DeclarationPage;
pub(crate) use home::{HomePage, Listing};
pub(crate) use missing::MissingPage;
pub(crate) use movement::MovementPage;
pub(crate) use new_report::NewReportPage;
pub(crate) use participant::ParticipantPage;
pub(crate) use report::ReportPage;
pub(crate) use text::TextPage;
