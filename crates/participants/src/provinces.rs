//! `provinces.csv`: the provinces, how many kabupaten and kota each has, and their places in a map of tiles.

use std::path::Path;

use model::{Participant, Province};
use serde::Deserialize;

use crate::{
    Fault, TableError, fields,
    table::{Once, Table},
};

/// Columns and rows of the map of tiles: as many as are still told apart on a screen of 320 pixels.
pub(crate) const GRID: [u8; 2] = [13, 8];

/// Provinces there are, and kabupaten and kota in all of them (Kepmendagri 100.1.1-6117 of 2022).
const PROVINCES: u32 = 38;
const REGENCIES: u32 = 514;

/// Provinces of 2019, before Papua and Papua Barat were divided into six.
pub(crate) const PROVINCES_OF_2019: u32 = 34;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    name: String,
    regencies: u32,
    in_2019: YesNo,
    column: u8,
    row: u8,
    source: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum YesNo {
    Yes,
    No,
}

/// A province, and whether it is one of those that had a declarator.
pub(crate) struct Known {
    province: Province,
    pub(crate) in_2019: bool,
}

impl Known {
    pub(crate) fn code(&self) -> &str {
        &self.province.code
    }

    pub(crate) fn name(&self) -> &str {
        &self.province.name
    }

    /// The province with the number of these regions that lie in it.
    pub(crate) fn counted(&self, regions: &[Participant]) -> Province {
        let inside = regions.iter().filter(|region| region.properties.code.starts_with(self.code())).count();
        // There are 514 at most.
        Province { regions: u32::try_from(inside).unwrap_or(u32::MAX), ..self.province.clone() }
    }
}

/// The provinces by their code.
pub(crate) fn read(root: &Path) -> Result<Vec<Known>, TableError> {
    let table = Table::<Row>::read(root, "provinces.csv")?;
    let (mut codes, mut names, mut tiles) = (Once::new(), Once::new(), Once::new());
    let mut all = table.each(|line, row| {
        if row.code.len() != 2 || !row.code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Fault::Code(row.code.clone()));
        }
        codes.take(row.code.clone(), line, || format!("province {}", row.code))?;
        let name = fields::text("name", &row.name)?;
        names.take(name.clone(), line, || name.clone())?;
        let tile = [row.column, row.row];
        if row.column >= GRID[0] || row.row >= GRID[1] {
            return Err(Fault::Tile(row.column, row.row));
        }
        tiles.take(tile, line, || format!("tile {}, {}", row.column, row.row))?;
        fields::source(&row.source)?;
        let province = Province { code: row.code.clone(), name, tile, regencies: row.regencies, regions: 0 };
        Ok(Known { province, in_2019: row.in_2019 == YesNo::Yes })
    })?;
    let count = |those: &dyn Fn(&Known) -> u32| all.iter().map(those).sum::<u32>();
    table.expect("provinces", count(&|_| 1), PROVINCES)?;
    table.expect("kabupaten and kota", count(&|known| known.province.regencies), REGENCIES)?;
    table.expect("provinces of 2019", count(&|known| u32::from(known.in_2019)), PROVINCES_OF_2019)?;
    all.sort_by(|a, b| a.code().cmp(b.code()));
    Ok(all)
}

/// The province of a code.
pub(crate) fn find<'a>(all: &'a [Known], code: &str) -> Result<&'a Known, Fault> {
    all.iter().find(|known| known.code() == code).ok_or_else(|| Fault::Province(code.to_owned()))
}
