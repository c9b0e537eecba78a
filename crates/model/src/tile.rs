//! A tile of the map: single reports where they are few, cells with counts where they are many.

use serde::{Deserialize, Serialize};

use crate::{ReportId, TileStatus};

/// The answer of `GET /tiles/{z}/{x}/{y}`.
///
/// Positions are 0 to 4,095 inside of the tile, from its western and its northern edge. A tile of at most 300 reports
/// lists them as points, but for more than 20 on one and the same spot, which are one cell. A tile of more is a grid
/// of 8 × 8 cells, empty ones left out. Tile by tile, the counts are the sums of those of the four tiles below it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
        "cells": [{ "x": 2048, "y": 1024, "by": [[0, 0, 17], [0, 1, 4]] }],
        "points": [["019aa9b2-5c40-7d31-8f6e-2b7c40d9e5a1", 3071, 512, 0, 0, 12, 20779]],
        "categories": ["road"],
        "statuses": ["received", "resolved_old"],
    })))]
pub struct Tile {
    /// Reports that are counted together.
    pub cells: Vec<TileCell>,
    /// Single reports.
    pub points: Vec<TilePoint>,
    /// The codes of the categories in this tile: counts and points give the place in this list.
    pub categories: Vec<String>,
    /// The statuses in this tile, likewise.
    pub statuses: Vec<TileStatus>,
}

/// Reports that are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TileCell {
    /// The mean of their positions.
    pub x: u16,
    /// The same from north to south.
    pub y: u16,
    /// How many there are of each category and status: pairs that occur.
    pub by: Vec<TileCount>,
}

/// So many reports of a category and status: `[category, status, reports]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "(u16, u16, u32)", from = "(u16, u16, u32)")]
pub struct TileCount {
    /// Its place in the tile's list.
    pub category: u16,
    /// Its place in the tile's list.
    pub status: u16,
    /// How many.
    pub reports: u32,
}

/// A single report: `[id, x, y, category, status, supports, day]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "PointArray", from = "PointArray")]
pub struct TilePoint {
    /// Which.
    pub id: ReportId,
    /// From the tile's western edge.
    pub x: u16,
    /// From its northern edge.
    pub y: u16,
    /// Its place in the tile's list.
    pub category: u16,
    /// Its place in the tile's list.
    pub status: u16,
    /// How many devices support it.
    pub supports: u32,
    /// Days from 1970-01-01 to `created_at`, in UTC.
    pub day: u16,
}

/// A point as it travels.
type PointArray = (ReportId, u16, u16, u16, u16, u32, u16);

impl From<TileCount> for (u16, u16, u32) {
    fn from(count: TileCount) -> Self {
        (count.category, count.status, count.reports)
    }
}

impl From<(u16, u16, u32)> for TileCount {
    fn from((category, status, reports): (u16, u16, u32)) -> Self {
        Self { category, status, reports }
    }
}

impl From<TilePoint> for PointArray {
    fn from(point: TilePoint) -> Self {
        let TilePoint { id, x, y, category, status, supports, day } = point;
        (id, x, y, category, status, supports, day)
    }
}

impl From<PointArray> for TilePoint {
    fn from((id, x, y, category, status, supports, day): PointArray) -> Self {
        Self { id, x, y, category, status, supports, day }
    }
}

/// The schemas of what travels as an array: derived ones would show fields.
#[cfg(feature = "openapi")]
mod schema {
    use std::borrow::Cow;

    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{
            RefOr, Schema, SchemaFormat,
            schema::{ArrayBuilder, ArrayItems, ObjectBuilder, Type},
        },
    };

    use super::{TileCount, TilePoint};

    fn number(description: &str, most: Option<u32>) -> Schema {
        let most = most.map(f64::from);
        let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).maximum(most);
        number.description(Some(description)).into()
    }

    fn array(description: &str, parts: Vec<Schema>) -> RefOr<Schema> {
        let length = parts.len();
        let array = ArrayBuilder::new().prefix_items(parts).items(ArrayItems::False);
        array.min_items(Some(length)).max_items(Some(length)).description(Some(description)).into()
    }

    impl PartialSchema for TileCount {
        fn schema() -> RefOr<Schema> {
            let parts = vec![
                number("Place of the category in `categories`.", None),
                number("Place of the status in `statuses`.", None),
                number("How many reports.", None),
            ];
            array("So many reports of a category and status.", parts)
        }
    }

    impl ToSchema for TileCount {
        fn name() -> Cow<'static, str> {
            "TileCount".into()
        }
    }

    impl PartialSchema for TilePoint {
        fn schema() -> RefOr<Schema> {
            let uuid = SchemaFormat::Custom("uuid".to_owned());
            let id = ObjectBuilder::new().schema_type(Type::String).format(Some(uuid));
            let parts = vec![
                id.description(Some("Its id.")).into(),
                number("From the tile's western edge.", Some(4095)),
                number("From the tile's northern edge.", Some(4095)),
                number("Place of the category in `categories`.", None),
                number("Place of the status in `statuses`.", None),
                number("How many devices support it.", None),
                number("Days from 1970-01-01 to `created_at`, in UTC.", None),
            ];
            array("A single report.", parts)
        }
    }

    impl ToSchema for TilePoint {
        fn name() -> Cow<'static, str> {
            "TilePoint".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Status;

    #[test]
    fn a_tile_travels_as_the_contract_says() {
        let id: ReportId = "019aa9b2-5c40-7d31-8f6e-2b7c40d9e5a1".parse().unwrap();
        let tile = Tile {
            cells: vec![TileCell { x: 1, y: 2, by: vec![TileCount { category: 0, status: 1, reports: 3 }] }],
            points: vec![TilePoint { id, x: 4, y: 5, category: 0, status: 1, supports: 6, day: 20_779 }],
            categories: vec!["road".into()],
            statuses: vec![Status::Received.into(), TileStatus::old(Status::Resolved)],
        };
        let sent = json!({
            "cells": [{ "x": 1, "y": 2, "by": [[0, 1, 3]] }],
            "points": [[id, 4, 5, 0, 1, 6, 20_779]],
            "categories": ["road"],
            "statuses": ["received", "resolved_old"],
        });
        assert_eq!(serde_json::to_value(&tile).unwrap(), sent);
        assert_eq!(serde_json::from_value::<Tile>(sent).unwrap(), tile);
    }
}
