//! Who takes part in making cities smart, from the tables of `data/participants/`. They were checked when the server
//! was built (`build.rs`).

use std::fmt::Write as _;

use axum::body::Bytes;
use model::{CollectionType, MovementSummary, Participant, ParticipantId, ParticipantProperties, Province};
use sha2::{Digest as _, Sha256};

/// Whose the coordinates are (<https://www.geonames.org/about.html>).
const ATTRIBUTION: &str = "GeoNames (geonames.org), CC BY 4.0";

/// Who takes part, and the provinces. Read once at start.
#[derive(Debug)]
pub struct Participants {
    all: Vec<Participant>,
    provinces: Vec<Province>,
    list: Written,
    summary: Written,
}

/// An answer of JSON that is the same for everybody, written once.
#[derive(Debug, Clone)]
pub struct Written {
    /// The JSON.
    pub json: Bytes,
    /// Its entity tag: a weak one, because it stands for every way the answer is compressed in on its way out.
    pub tag: String,
}

impl Written {
    fn new(json: impl Into<Bytes>) -> Self {
        let json = json.into();
        // Half of the hash is more than two versions of a table ever need to be told apart.
        let mut tag = String::from("W/\"");
        for byte in &Sha256::digest(&json)[..16] {
            // Writing to a text does not fail.
            let _ = write!(tag, "{byte:02x}");
        }
        tag.push('"');
        Self { json, tag }
    }
}

impl Participants {
    /// Reads what the build laid down.
    ///
    /// # Errors
    /// Never of what `build.rs` has written.
    pub fn built_in() -> Result<Self, serde_json::Error> {
        let all: Vec<Participant> =
            serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/participants.json")))?;
        let summary = include_str!(concat!(env!("OUT_DIR"), "/movement.json"));
        let list = model::Participants {
            kind: CollectionType::FeatureCollection,
            attribution: ATTRIBUTION.to_owned(),
            features: all.iter().map(listed).collect(),
        };
        Ok(Self {
            list: Written::new(serde_json::to_vec(&list)?),
            summary: Written::new(summary),
            provinces: serde_json::from_str::<MovementSummary>(summary)?.provinces,
            all,
        })
    }

    /// All provinces, by their code.
    #[must_use]
    pub fn provinces(&self) -> &[Province] {
        &self.provinces
    }

    /// What `GET /participants` answers, written once.
    #[must_use]
    pub fn list(&self) -> &Written {
        &self.list
    }

    /// What `GET /participants/summary` answers, written once.
    #[must_use]
    pub fn summary(&self) -> &Written {
        &self.summary
    }

    /// One of them, with all that is known.
    #[must_use]
    pub fn find(&self, id: &ParticipantId) -> Option<&Participant> {
        self.all.iter().find(|one| one.properties.kind == id.kind && one.properties.code == id.code)
    }
}

/// As it stands in the list: without what only its own page shows.
fn listed(participant: &Participant) -> Participant {
    let properties =
        ParticipantProperties { seat: None, cohorts: Vec::new(), ..participant.properties.clone() };
    Participant { properties, ..participant.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_laid_down_can_be_read() {
        let participants = Participants::built_in().unwrap();
        assert_eq!(participants.provinces().len(), 38);
        let bandung = participants.find(&"kabupaten:32.04".parse().unwrap()).unwrap();
        assert_eq!(bandung.properties.seat.as_deref(), Some("Soreang"), "not the city of the same name");
        assert!(participants.find(&"kota:32.04".parse().unwrap()).is_none(), "its code, but it is no kota");
    }
}
