//! Where in a row the columns of a profile stand.

use csv::ByteRecord;

use super::profile::Profile;

/// Indexes into a row, found once by the names in the file's first line.
pub(super) struct Columns {
    pub(super) id: usize,
    pub(super) opened: usize,
    pub(super) target: Option<usize>,
    pub(super) closed: Option<usize>,
    pub(super) ontime: Option<usize>,
    pub(super) status: usize,
    pub(super) lat: usize,
    pub(super) lng: usize,
    pub(super) description: Vec<usize>,
    pub(super) address: Vec<usize>,
    pub(super) agency: Vec<usize>,
    /// The conditions of the profile's rules, in their order.
    pub(super) rules: Vec<Vec<usize>>,
    /// The names of all columns of the file.
    pub(super) names: Vec<String>,
}

impl Columns {
    /// Finds every column the profile names. The error is the list of those that are not there.
    pub(super) fn find(header: &ByteRecord, profile: &Profile) -> Result<Self, Vec<String>> {
        let names: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let mut missing = Vec::new();
        let mut find = |wanted: &str| {
            let found = names.iter().position(|name| name == wanted);
            if found.is_none() && !missing.iter().any(|name| name == wanted) {
                missing.push(wanted.to_owned());
            }
            // Never read: a column that is missing ends in the error below.
            found.unwrap_or(usize::MAX)
        };
        let wanted = &profile.columns;
        let columns = Self {
            id: find(&wanted.id),
            opened: find(&wanted.opened),
            target: wanted.target.as_deref().map(&mut find),
            closed: wanted.closed.as_deref().map(&mut find),
            ontime: wanted.ontime.as_deref().map(&mut find),
            status: find(&wanted.status),
            lat: find(&wanted.lat),
            lng: find(&wanted.lng),
            description: wanted.description.iter().map(|name| find(name)).collect(),
            address: wanted.address.iter().map(|name| find(name)).collect(),
            agency: wanted.agency.iter().map(|name| find(name)).collect(),
            rules: profile
                .categories
                .iter()
                .map(|rule| rule.when.keys().map(|name| find(name)).collect())
                .collect(),
            names: names.clone(),
        };
        if missing.is_empty() { Ok(columns) } else { Err(missing) }
    }
}
