//! `/site`.

use model::{
    Attribute, AttributeDatatype, AttributeOption, Category, Dimension, Jurisdiction, Limits, Localized, Site,
};

use super::{Client, ClientError};
use crate::json::Value;

impl Client {
    /// What the server offers.
    pub(crate) async fn site(&self) -> Result<Site, ClientError> {
        self.read_as_anybody("site", site).await
    }
}

fn site(value: &Value) -> Option<Site> {
    Some(Site {
        jurisdictions: value.list("jurisdictions", jurisdiction)?,
        categories: value.list("categories", category)?,
        languages: value.list("languages", Value::as_text)?,
        limits: limits(&value.get("limits"))?,
    })
}

fn jurisdiction(value: &Value) -> Option<Jurisdiction> {
    Some(Jurisdiction {
        code: value.text("code")?,
        name: value.text("name")?,
        domain: value.text("domain")?,
        center: value.numbers("center")?,
        bbox: value.numbers("bbox")?,
    })
}

fn category(value: &Value) -> Option<Category> {
    Some(Category {
        code: value.text("code")?,
        name: localized(&value.get("name"))?,
        dimension: value.word::<Dimension>("dimension")?,
        // Only where there are questions.
        attributes: value.list("attributes", attribute).unwrap_or_default(),
    })
}

fn attribute(value: &Value) -> Option<Attribute> {
    Some(Attribute {
        variable: value.truth("variable")?,
        code: value.text("code")?,
        datatype: value.word::<AttributeDatatype>("datatype")?,
        required: value.truth("required")?,
        datatype_description: localized(&value.get("datatype_description"))?,
        order: value.whole("order")?.try_into().ok()?,
        description: localized(&value.get("description"))?,
        // Only for lists to choose from.
        values: value.list("values", option).unwrap_or_default(),
    })
}

fn option(value: &Value) -> Option<AttributeOption> {
    Some(AttributeOption { key: value.text("key")?, name: localized(&value.get("name"))? })
}

fn localized(value: &Value) -> Option<Localized> {
    Some(Localized { id: value.text("id")?, en: value.text("en")? })
}

fn limits(value: &Value) -> Option<Limits> {
    let limit = |name| value.whole(name).map(|limit| limit as usize);
    Some(Limits {
        description: limit("description")?,
        address: limit("address")?,
        name: limit("name")?,
        photos: limit("photos")?,
        photo_bytes: limit("photo_bytes")?,
    })
}
