//! What is said of facts that others gathered: how well they are known, and whose they are.

use leptos::prelude::*;
use model::CohortEvidence;

use crate::words::{Say, Words};

/// A grade of evidence in a word or two, and what it means.
pub(crate) fn evidence(grade: CohortEvidence) -> (Say, Say) {
    match grade {
        CohortEvidence::List => (Words::participant_evidence_list, Words::participant_evidence_list_text),
        CohortEvidence::Group => (Words::participant_evidence_group, Words::participant_evidence_group_text),
        CohortEvidence::Own => (Words::participant_evidence_self, Words::participant_evidence_self_text),
        CohortEvidence::Inferred => {
            (Words::participant_evidence_inferred, Words::participant_evidence_inferred_text)
        }
        CohortEvidence::Disputed => {
            (Words::participant_evidence_disputed, Words::participant_evidence_disputed_text)
        }
    }
}

/// Whose the places of the participants are, as its licence asks (CC BY 4.0, section 3(a)).
#[component]
pub(crate) fn GeoNames() -> impl IntoView {
    view! {
        <a href="https://www.geonames.org/" rel="noopener external">{"GeoNames"}</a>
        " ("
        <a href="https://creativecommons.org/licenses/by/4.0/" rel="noopener external license">{"CC BY 4.0"}</a>
        ")"
    }
}
