//! Points as flat columns: what is read together lies together.

use std::ops::Range;

use crate::{Point, WorldPoint, counts::Counts, morton::order};

/// Columns of equal length, in the order of the curve and, on one spot, of the id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    x: Vec<u32>,
    y: Vec<u32>,
    id: Vec<[u8; 16]>,
    category: Vec<u16>,
    status: Vec<u8>,
    supports: Vec<u32>,
    day: Vec<u16>,
    since: Vec<u16>,
    /// The rows in the order of their ids.
    by_id: Vec<u32>,
    /// What whole blocks of rows hold.
    counts: Counts,
}

/// The status of a row that was taken away.
const GONE: u8 = u8::MAX;

impl Point {
    /// What points are ordered by.
    pub(crate) fn place(&self) -> (u64, [u8; 16]) {
        (order(self.at), self.id)
    }
}

impl FromIterator<Point> for Columns {
    fn from_iter<I: IntoIterator<Item = Point>>(points: I) -> Self {
        let points = points.into_iter();
        let mut columns = Self::with_capacity(points.size_hint().0);
        let (mut last, mut in_order) = ((0, [0; 16]), true);
        for point in points {
            let place = point.place();
            in_order &= last <= place;
            last = place;
            columns.push(&point);
        }
        if !in_order {
            columns.sort();
        }
        columns.finished()
    }
}

impl Columns {
    fn with_capacity(rows: usize) -> Self {
        Self {
            x: Vec::with_capacity(rows),
            y: Vec::with_capacity(rows),
            id: Vec::with_capacity(rows),
            category: Vec::with_capacity(rows),
            status: Vec::with_capacity(rows),
            supports: Vec::with_capacity(rows),
            day: Vec::with_capacity(rows),
            since: Vec::with_capacity(rows),
            ..Self::default()
        }
    }

    /// Adds a row at the end. [`Self::finished`] has to follow the last one.
    fn push(&mut self, point: &Point) {
        self.x.push(point.at.x);
        self.y.push(point.at.y);
        self.id.push(point.id);
        self.category.push(point.category);
        self.status.push(point.status);
        self.supports.push(point.supports);
        self.day.push(point.day);
        self.since.push(point.since);
    }

    /// Puts the rows in their order. One column after the other, so that it needs little memory beside them.
    fn sort(&mut self) {
        let mut rows: Vec<(u64, u32)> =
            (0..).zip(0..self.rows()).map(|(n, row)| (order(self.at(row)), n)).collect();
        rows.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.id_of(a.1).cmp(self.id_of(b.1))));
        fn arrange<T: Copy>(column: &mut Vec<T>, rows: &[(u64, u32)]) {
            *column = rows.iter().map(|&(_, row)| column[row as usize]).collect();
        }
        arrange(&mut self.x, &rows);
        arrange(&mut self.y, &rows);
        arrange(&mut self.id, &rows);
        arrange(&mut self.category, &rows);
        arrange(&mut self.status, &rows);
        arrange(&mut self.supports, &rows);
        arrange(&mut self.day, &rows);
        arrange(&mut self.since, &rows);
    }

    /// The same rows with what is derived from them. They have to be in their order.
    fn finished(mut self) -> Self {
        // The first half of an id tells almost all apart; to fetch both ids for each comparison would take four
        // times as long.
        let half =
            |id: &[u8; 16]| u64::from_be_bytes([id[0], id[1], id[2], id[3], id[4], id[5], id[6], id[7]]);
        let mut rows: Vec<(u64, u32)> = (0..).zip(&self.id).map(|(row, id)| (half(id), row)).collect();
        rows.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.id_of(a.1).cmp(self.id_of(b.1))));
        let mut kept: Vec<u32> = Vec::with_capacity(rows.len());
        for (_, row) in rows {
            // The rows of one id stand side by side here: the first stays.
            if kept.last().is_some_and(|&last| self.id_of(last) == self.id_of(row)) {
                self.status[row as usize] = GONE;
            } else {
                kept.push(row);
            }
        }
        self.by_id = kept;
        self.counts = self.counted();
        self
    }

    /// The rows that are still there and others, which come in their order with ids that no such row has.
    ///
    /// The many have their orders already, by place and by id, so only the few are sorted: to sort all by their ids would
    /// take as much time again, and sixteen bytes of memory for each.
    pub(crate) fn merged(&self, late: &[Point]) -> Self {
        let mut merged = Self::with_capacity(self.live() + late.len());
        let mut late_rows: Vec<u32> = Vec::with_capacity(late.len());
        // Where each row goes; of one that was taken away it is never read.
        let mut places: Vec<u32> = Vec::with_capacity(self.rows());
        let mut waiting = late.iter().peekable();
        for row in 0..self.rows() {
            if self.status[row] == GONE {
                places.push(merged.next());
                continue;
            }
            let point = self.point(row);
            while let Some(earlier) = waiting.next_if(|late| late.place() < point.place()) {
                late_rows.push(merged.next());
                merged.push(earlier);
            }
            places.push(merged.next());
            merged.push(&point);
        }
        for point in waiting {
            late_rows.push(merged.next());
            merged.push(point);
        }
        late_rows.sort_unstable_by_key(|&row| merged.id_of(row));
        let mut by_id = Vec::with_capacity(merged.rows());
        let mut old = self.by_id.as_slice();
        let moved = |row: &u32| (self.status[*row as usize] != GONE).then(|| places[*row as usize]);
        for late in late_rows {
            let (before, after) =
                old.split_at(old.partition_point(|&row| self.id_of(row) < merged.id_of(late)));
            by_id.extend(before.iter().filter_map(moved));
            by_id.push(late);
            old = after;
        }
        by_id.extend(old.iter().filter_map(moved));
        merged.by_id = by_id;
        merged.counts = merged.counted();
        merged
    }

    fn counted(&self) -> Counts {
        let width = self.category.iter().max().map_or(0, |&largest| usize::from(largest) + 1);
        let mut counts = Counts::new(self.rows(), width);
        for row in (0..self.rows()).filter(|&row| self.status[row] != GONE) {
            counts.add(row, self.at(row), self.category[row], self.status[row]);
        }
        counts
    }

    /// The number of the row that is pushed next. Rows have 32-bit numbers: four thousand million are more than fit in
    /// memory.
    fn next(&self) -> u32 {
        self.rows() as u32
    }

    pub(crate) fn rows(&self) -> usize {
        self.x.len()
    }

    /// How many rows have not been taken away.
    pub(crate) fn live(&self) -> usize {
        self.counts.live()
    }

    pub(crate) fn at(&self, row: usize) -> WorldPoint {
        WorldPoint { x: self.x[row], y: self.y[row] }
    }

    fn id_of(&self, row: u32) -> &[u8; 16] {
        &self.id[row as usize]
    }

    /// The row of a report that is still there.
    pub(crate) fn row_of(&self, id: &[u8; 16]) -> Option<usize> {
        let place = self.by_id.binary_search_by_key(&id, |&row| self.id_of(row)).ok()?;
        let row = self.by_id[place] as usize;
        (self.status[row] != GONE).then_some(row)
    }

    /// Writes anew what can change of a row while it stays in its place.
    pub(crate) fn change(&mut self, row: usize, point: &Point) {
        self.counts.remove(row, self.at(row), self.category[row], self.status[row]);
        self.category[row] = point.category;
        self.status[row] = point.status;
        self.supports[row] = point.supports;
        self.day[row] = point.day;
        self.since[row] = point.since;
        if self.counts.has_room_for(point.category) {
            self.counts.add(row, point.at, point.category, point.status);
        } else {
            self.counts = self.counted();
        }
    }

    /// Takes a row away that is still there.
    pub(crate) fn remove(&mut self, row: usize) {
        self.counts.remove(row, self.at(row), self.category[row], self.status[row]);
        self.status[row] = GONE;
    }

    /// Gives every row a status made of its own and of its day.
    pub(crate) fn restate(&mut self, mut state: impl FnMut(u8, u16) -> u8) {
        for row in 0..self.rows() {
            let old = self.status[row];
            if old == GONE {
                continue;
            }
            let new = state(old, self.since[row]);
            if new != old {
                let (at, category) = (self.at(row), self.category[row]);
                self.counts.remove(row, at, category, old);
                self.counts.add(row, at, category, new);
                self.status[row] = new;
            }
        }
    }

    /// The rows of a square: all places that share the bits above `below` with its first corner.
    pub(crate) fn run(&self, first: WorldPoint, below: u32) -> Range<usize> {
        let start = order(first);
        // The whole world has no end that a number could name.
        let end = 1_u64.checked_shl(2 * below).and_then(|length| start.checked_add(length));
        let from = self.place_of(start, 0..self.rows());
        from..end.map_or(self.rows(), |end| self.place_of(end, from..self.rows()))
    }

    /// The first row of some whose place is not before this one on the curve.
    pub(crate) fn place_of(&self, place: u64, within: Range<usize>) -> usize {
        let Range { start: mut low, end: mut high } = within;
        while low < high {
            let middle = low.midpoint(high);
            if order(self.at(middle)) < place { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// What whole blocks of rows hold.
    pub(crate) fn counts(&self) -> &Counts {
        &self.counts
    }

    /// How many rows of a run are still there, counted no further than to `most`.
    pub(crate) fn live_in(&self, run: Range<usize>, most: usize) -> usize {
        if self.live() == self.rows() {
            return run.len().min(most);
        }
        self.status[run].iter().filter(|status| **status != GONE).take(most).count()
    }

    /// Calls `see` with place, category and status of each row of a run that is still there.
    pub(crate) fn each(&self, run: Range<usize>, mut see: impl FnMut(WorldPoint, u16, u8)) {
        let places = self.x[run.clone()].iter().zip(&self.y[run.clone()]);
        let kinds = self.category[run.clone()].iter().zip(&self.status[run]);
        for ((&x, &y), (&category, &status)) in places.zip(kinds) {
            if status != GONE {
                see(WorldPoint { x, y }, category, status);
            }
        }
    }

    /// The reports of a run that are still there.
    pub(crate) fn points(&self, run: Range<usize>) -> impl Iterator<Item = Point> + '_ {
        run.filter(|&row| self.status[row] != GONE).map(|row| self.point(row))
    }

    fn point(&self, row: usize) -> Point {
        Point {
            at: self.at(row),
            id: self.id[row],
            category: self.category[row],
            status: self.status[row],
            supports: self.supports[row],
            day: self.day[row],
            since: self.since[row],
        }
    }
}
