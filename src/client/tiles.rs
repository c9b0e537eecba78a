//! `/tiles/{z}/{x}/{y}`: the reports of one square of the world.

use geo::{TileAddress, WorldPoint};
use model::{ReportId, TileStatus};

use super::{Client, ClientError, Stop};
use crate::json::Value;

/// A category and a status, as places in the tile's lists.
pub(crate) type Kind = (usize, usize);

/// A tile, its positions turned into places of the world.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MapTile {
    /// Reports counted together.
    pub(crate) cells: Vec<MapCell>,
    /// Single reports.
    pub(crate) points: Vec<MapPoint>,
    /// The codes of its categories.
    pub(crate) categories: Vec<String>,
    /// Its statuses.
    pub(crate) statuses: Vec<TileStatus>,
}

/// Reports that are counted together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MapCell {
    /// Amid them.
    pub(crate) at: WorldPoint,
    /// How many there are of each kind.
    pub(crate) by: Vec<(Kind, u32)>,
}

/// A single report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MapPoint {
    /// Which.
    pub(crate) id: ReportId,
    /// Where, as exactly as the tile tells.
    pub(crate) at: WorldPoint,
    /// Its category and status.
    pub(crate) kind: Kind,
}

impl Client {
    /// A tile; `stop` breaks it off. One that is to be `fresh` is not an answer of some minutes ago.
    pub(crate) async fn tile(
        &self,
        address: TileAddress,
        stop: Stop,
        fresh: bool,
    ) -> Result<MapTile, ClientError> {
        let sent = self.read_part(&format!("tiles/{address}"), stop, fresh).await?;
        tile(address, &sent).ok_or(ClientError::NotOurs(200))
    }
}

fn tile(address: TileAddress, sent: &Value) -> Option<MapTile> {
    let at = |x: u32, y: u32| Some(address.place(x.try_into().ok()?, y.try_into().ok()?));
    let categories = sent.list("categories", Value::as_text)?;
    let statuses: Vec<TileStatus> = sent.list("statuses", |word| word.as_text()?.try_into().ok())?;
    let kind = |category: u32, status: u32| {
        let kind = (category as usize, status as usize);
        (kind.0 < categories.len() && kind.1 < statuses.len()).then_some(kind)
    };
    let mut cells = Vec::new();
    for cell in sent.get("cells").items()? {
        let mut by = Vec::new();
        for count in cell.get("by").row()?.chunks_exact(3) {
            by.push((kind(count[0], count[1])?, count[2]));
        }
        cells.push(MapCell { at: at(cell.small("x")?, cell.small("y")?)?, by });
    }
    let mut points = Vec::new();
    for point in sent.get("points").items()? {
        // `[id, x, y, category, status, supports, day]`
        let (id, row) = (point.items()?.first()?.as_text()?.parse().ok()?, point.row()?);
        let [_, x, y, category, status, ..] = row[..] else { return None };
        points.push(MapPoint { id, at: at(x, y)?, kind: kind(category, status)? });
    }
    Some(MapTile { cells, points, categories, statuses })
}
