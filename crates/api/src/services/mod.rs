//! What may be done, one use case a file. Services know no HTTP and no SQL.

pub(crate) mod add_evidence;
pub(crate) mod expire_photos;
pub(crate) mod flag_report;
pub(crate) mod join_declaration;
pub(crate) mod read_body;
pub(crate) mod read_photo;
pub(crate) mod register_device;
pub(crate) mod submit_photo;
pub(crate) mod submit_report;
pub(crate) mod support_report;
pub(crate) mod take_back_contact;
pub(crate) mod withdraw_declaration;
