//! What kind of problem a report tells of. Open311 calls a category a service.

use serde::{Deserialize, Serialize};

/// A text in every language of the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Localized {
    /// Indonesian, the default.
    pub id: String,
    /// English.
    pub en: String,
}

/// The six dimensions of the Smart City Movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Public service and order.
    Governance,
    /// The city's face and name.
    Branding,
    /// Trade and work.
    Economy,
    /// Health, mobility and safety of everyday life.
    Living,
    /// People with each other.
    Society,
    /// Air, water, waste and green.
    Environment,
}

/// A kind of problem, with the questions that are asked beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Category {
    /// A stable name in lower case, Open311's `service_code`.
    pub code: String,
    /// What people read.
    pub name: Localized,
    /// Where it belongs among the six.
    pub dimension: Dimension,
    /// Questions asked beside the description, in their order.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
}

/// A question of a category: an Open311 attribute with its texts in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attribute {
    /// False where the text only informs and nothing is answered.
    pub variable: bool,
    /// The name under which the answer is kept.
    pub code: String,
    /// What kind of answer is asked for.
    pub datatype: AttributeDatatype,
    /// Whether a report of this category must answer it.
    pub required: bool,
    /// A hint on how to answer.
    pub datatype_description: Localized,
    /// Its place among the questions, from 1.
    pub order: u32,
    /// The question itself.
    pub description: Localized,
    /// What can be chosen, for the two kinds of list.
    #[serde(default)]
    pub values: Vec<AttributeOption>,
}

/// Open311's kinds of answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum AttributeDatatype {
    /// One line.
    String,
    /// A number.
    Number,
    /// An RFC 3339 instant.
    Datetime,
    /// Several lines.
    Text,
    /// One of `values`.
    SingleValueList,
    /// Any of `values`.
    MultiValueList,
}

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttributeOption {
    /// What is kept.
    pub key: String,
    /// What is read.
    pub name: Localized,
}
