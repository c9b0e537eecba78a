//! `/participants`: who takes part in the Smart City Movement and the Smart Citizen declaration.

use model::{
    Claim, Cohort, CohortEvidence, Counted, EvidenceCount, Localized, MovementSummary, ParticipantId,
    Province, YearCount,
};

use super::{Client, ClientError};
use crate::json::Value;

/// A participant. What only one that is asked for tells is empty in the list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Participant {
    /// Its kind and code.
    pub(crate) id: ParticipantId,
    /// Its official name; none for a declarator whose name no source tells.
    pub(crate) name: Option<String>,
    /// The name of its province; none for partners.
    pub(crate) province: Option<String>,
    /// `[lat, lng]` in degrees; none for partners.
    pub(crate) place: Option<[f64; 2]>,
    /// Its years, in their order.
    pub(crate) years: Vec<u16>,
    /// For each of a region's years, how well it is known.
    pub(crate) evidence: Vec<CohortEvidence>,
    /// Addresses of what says so: for each of a region's years, one.
    pub(crate) sources: Vec<String>,
    /// What a partner did.
    pub(crate) role: Option<Localized>,
    /// Its seat of government or capital. Only of one that is asked for.
    pub(crate) seat: Option<String>,
    /// A region's years with their evidence. Only of one that is asked for.
    pub(crate) cohorts: Vec<Cohort>,
}

impl Client {
    /// All participants: regions by their code, then declarators by province, then partners.
    pub(crate) async fn participants(&self) -> Result<Vec<Participant>, ClientError> {
        self.read_as_anybody("participants", |value| value.list("features", participant)).await
    }

    /// One participant, with all that is known of it.
    pub(crate) async fn participant(&self, id: &ParticipantId) -> Result<Participant, ClientError> {
        self.read_as_anybody(&format!("participants/{id}"), participant).await
    }

    /// What officials claimed and what the rows count.
    pub(crate) async fn movement(&self) -> Result<MovementSummary, ClientError> {
        self.read_as_anybody("participants/summary", movement).await
    }
}

fn participant(value: &Value) -> Option<Participant> {
    let about = value.get("properties");
    let lng_lat = value.get("geometry").numbers("coordinates");
    Some(Participant {
        id: value.parsed("id")?,
        name: about.text("name"),
        province: about.text("province"),
        place: lng_lat.map(|[lng, lat]| [lat, lng]),
        years: about.list("years", Value::as_whole)?,
        evidence: about.list("evidence", evidence)?,
        sources: about.list("sources", Value::as_text)?,
        role: localized(&about.get("role")),
        seat: about.text("seat"),
        // Only of one that is asked for.
        cohorts: about.list("cohorts", cohort).unwrap_or_default(),
    })
}

fn cohort(value: &Value) -> Option<Cohort> {
    Some(Cohort {
        year: value.small("year")?,
        evidence: evidence(&value.get("evidence"))?,
        source: value.text("source")?,
        name_as_published: value.text("name_as_published")?,
        note: localized(&value.get("note")),
    })
}

fn movement(value: &Value) -> Option<MovementSummary> {
    Some(MovementSummary {
        claims: value.list("claims", claim)?,
        counted: counted(&value.get("counted"))?,
        provinces: value.list("provinces", province)?,
    })
}

fn claim(value: &Value) -> Option<Claim> {
    Some(Claim {
        about: value.word("about")?,
        year: value.small("year")?,
        number: value.small("number")?,
        out_of: value.small("out_of"),
        said_on: value.text("said_on"),
        speaker: localized(&value.get("speaker")),
        source: value.text("source")?,
    })
}

fn counted(value: &Value) -> Option<Counted> {
    Some(Counted {
        rows: value.small("rows")?,
        regions: value.small("regions")?,
        provinces: value.small("provinces")?,
        regencies: value.small("regencies")?,
        declarators: value.small("declarators")?,
        years: value.list("years", year)?,
    })
}

fn year(value: &Value) -> Option<YearCount> {
    let grade = |value: &Value| {
        Some(EvidenceCount { evidence: evidence(&value.get("evidence"))?, rows: value.small("rows")? })
    };
    Some(YearCount {
        year: value.small("year")?,
        rows: value.small("rows")?,
        regions_so_far: value.small("regions_so_far")?,
        evidence: value.list("evidence", grade)?,
    })
}

fn province(value: &Value) -> Option<Province> {
    Some(Province {
        code: value.text("code")?,
        name: value.text("name")?,
        tile: value.list("tile", Value::as_whole)?.try_into().ok()?,
        regencies: value.small("regencies")?,
        regions: value.small("regions")?,
    })
}

fn evidence(value: &Value) -> Option<CohortEvidence> {
    let word = value.as_text()?;
    CohortEvidence::ALL.into_iter().find(|evidence| evidence.as_str() == word)
}

fn localized(value: &Value) -> Option<Localized> {
    Some(Localized { id: value.text("id")?, en: value.text("en")? })
}
