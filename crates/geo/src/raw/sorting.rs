//! Brings points into the order of the Morton curve, as far as a view needs it, in slices.
//!
//! A radix sort from the top: points go into the squares of a coarse grid, crowded squares are divided again, until a
//! square holds few points or one spot. The first division alone writes across all memory; every later one
//! stays in what it divides.

use std::{mem, ops::Range};

use super::{
    RawIndex, RawPoints,
    digit::Digit,
    leaves::{Leaves, Place},
};
use crate::WorldPoint;

/// A square with so many points is not divided any further.
const FEW: usize = 48;
/// The most squares of the first division: as many as there may be open cache lines.
const SQUARES: u64 = 4096;
/// The most bits of each axis that a later division looks at.
const LEVELS: u32 = 5;

/// Points on their way to an index. Memory: 12 bytes a point beside the columns, and as much again for the most
/// crowded square of the first division.
#[derive(Debug, Clone)]
pub struct Sorting {
    given: RawPoints,
    places: Vec<Place>,
    leaves: Leaves,
    stage: Stage,
    /// The next row that the stage looks at.
    at: usize,
    /// What a division has written and not yet brought back.
    aside: Vec<Place>,
    /// Squares not yet looked at, the first on the curve last.
    waiting: Vec<Run>,
    /// How to divide by one bit of each axis, by two, ….
    digits: Vec<Digit>,
    touched: u64,
}

/// Rows that lie in one aligned square of `2^bits` steps.
#[derive(Debug, Clone)]
struct Run {
    rows: Range<usize>,
    bits: u32,
}

/// What is being done, each to any number of rows at a time.
#[derive(Debug, Clone)]
enum Stage {
    /// Looks for the rectangle that holds all points.
    Bounding { first: WorldPoint, last: WorldPoint },
    /// Counts them by square; in a run, also looks in which bits they differ, and whether a square with a lower number
    /// ever follows one with a higher: `highest` is none then.
    Numbering { run: Option<Run>, digit: Digit, counts: Vec<u32>, differ: u32, highest: Option<usize> },
    /// Puts each where it belongs: `next` is the row for the next one of each square.
    Moving { run: Option<Run>, digit: Digit, next: Vec<u32> },
    /// Brings a run back, divided into the squares that end at these rows.
    Returning { run: Run, bits: u32, ends: Vec<u32> },
    /// Takes the next run.
    Choosing,
    /// All is done.
    Sorted,
}

impl Sorting {
    /// Begins; nothing is sorted yet.
    #[must_use]
    pub fn new(given: RawPoints) -> Self {
        let end = WorldPoint { x: u32::MAX, y: u32::MAX };
        Self {
            given,
            places: Vec::new(),
            leaves: Leaves::default(),
            stage: Stage::Bounding { first: end, last: WorldPoint { x: 0, y: 0 } },
            at: 0,
            aside: Vec::new(),
            waiting: Vec::new(),
            digits: (1..=LEVELS).map(Digit::of_square).collect(),
            touched: 0,
        }
    }

    /// The points as they were given: they can be counted as long as the sorting goes on.
    #[must_use]
    pub fn given(&self) -> &RawPoints {
        &self.given
    }

    /// How many looks at a point it took so far: about ten for each point until all is sorted, half as many for
    /// points given in the order of the curve.
    #[must_use]
    pub fn touched(&self) -> u64 {
        self.touched
    }

    /// Sorts on for about `looks` looks at a point, each some nanoseconds; true when all is sorted.
    pub fn step(&mut self, looks: usize) -> bool {
        let mut left = looks.max(1);
        while left > 0 && !matches!(self.stage, Stage::Sorted) {
            // Choosing looks at no point or at few; it is counted as one so that every step comes to its end.
            let used = self.part(left).max(1);
            self.touched += used as u64;
            left = left.saturating_sub(used);
        }
        matches!(self.stage, Stage::Sorted)
    }

    /// Sorts what is left to sort and gives the index, with a filter that lets all points pass.
    #[must_use]
    pub fn finish(mut self) -> RawIndex {
        while !self.step(usize::MAX) {}
        // The columns and what lay aside go before the index takes what it needs.
        let Self { places, leaves, .. } = self;
        RawIndex::new(places, leaves)
    }

    /// Works on at most `most` rows of the stage, and goes on to the next stage when there are no more.
    fn part(&mut self, most: usize) -> usize {
        let run = match &self.stage {
            Stage::Numbering { run, .. } | Stage::Moving { run, .. } => run.as_ref(),
            Stage::Returning { run, .. } => Some(run),
            Stage::Bounding { .. } | Stage::Choosing | Stage::Sorted => None,
        };
        let all = run.map_or(0..self.given.len(), |run| run.rows.clone());
        let rows = self.at..all.end.min(self.at.saturating_add(most));
        self.at = rows.end;
        let last = rows.end == all.end;
        let looked = rows.len();
        match &mut self.stage {
            Stage::Bounding { first, last } => {
                for (at, _) in self.given.rows(rows) {
                    *first = WorldPoint { x: first.x.min(at.x), y: first.y.min(at.y) };
                    *last = WorldPoint { x: last.x.max(at.x), y: last.y.max(at.y) };
                }
            }
            Stage::Numbering { run: None, digit, counts, .. } => {
                self.given.rows(rows).for_each(|(at, _)| counts[digit.at(at.x, at.y)] += 1);
            }
            Stage::Numbering { run: Some(run), digit, counts, differ, highest } => {
                let one = self.places[run.rows.start];
                let (mut last, mut falls) = (highest.unwrap_or(0), highest.is_none());
                for place in &self.places[rows] {
                    *differ |= (place.x ^ one.x) | (place.y ^ one.y);
                    let square = digit.at(place.x, place.y);
                    counts[square] += 1;
                    falls |= square < last;
                    last = square;
                }
                *highest = if falls { None } else { Some(last) };
            }
            Stage::Moving { run: None, digit, next } => {
                for (row, (at, kind)) in rows.clone().zip(self.given.rows(rows)) {
                    let next = &mut next[digit.at(at.x, at.y)];
                    self.places[*next as usize] = Place::new(at, kind, row);
                    *next += 1;
                }
            }
            Stage::Moving { run: Some(_), digit, next } => {
                for place in &self.places[rows] {
                    let next = &mut next[digit.at(place.x, place.y)];
                    self.aside[*next as usize] = *place;
                    *next += 1;
                }
            }
            Stage::Returning { run, .. } => {
                let aside = rows.start - run.rows.start..rows.end - run.rows.start;
                self.places[rows].copy_from_slice(&self.aside[aside]);
            }
            Stage::Choosing => return self.choose(),
            Stage::Sorted => return 0,
        }
        if last {
            self.next_stage();
        }
        looked
    }

    /// What follows a stage that has seen all its rows.
    fn next_stage(&mut self) {
        self.at = 0;
        self.stage = match mem::replace(&mut self.stage, Stage::Choosing) {
            Stage::Bounding { .. } if self.given.is_empty() => Stage::Sorted,
            Stage::Bounding { first, last } => {
                let squares = |bits: u32| {
                    let along = |first: u32, last: u32| u64::from((last >> bits) - (first >> bits)) + 1;
                    along(first.x, last.x).next_power_of_two().saturating_mul(along(first.y, last.y))
                };
                // At 31 bits there are four squares at most.
                let bits = (0..32).find(|&bits| squares(bits) <= SQUARES).unwrap_or(31);
                let digit = Digit::of(bits, first, last);
                let counts = vec![0; digit.len()];
                Stage::Numbering { run: None, digit, counts, differ: 0, highest: None }
            }
            Stage::Numbering { run: None, digit, counts, .. } => {
                self.places = vec![Place::default(); self.given.len()];
                Stage::Moving { run: None, digit, next: starts(&counts) }
            }
            Stage::Numbering { run: Some(run), digit, counts, differ, highest } => {
                // The smallest square that holds them all. If that is no larger than one of the digit's, nothing is won
                // by dividing, and on one spot there is nothing to divide.
                let bits = 32 - differ.leading_zeros();
                if bits <= digit.bits {
                    self.waiting.push(Run { bits, ..run });
                    Stage::Choosing
                } else if highest.is_some() {
                    // They stand as they should: whoever gives points in the order of the curve pays for no moving.
                    self.wait(&ends(&counts), run.rows.start, digit.bits);
                    Stage::Choosing
                } else {
                    self.at = run.rows.start;
                    self.aside.resize(self.aside.len().max(run.rows.len()), Place::default());
                    Stage::Moving { run: Some(run), digit, next: starts(&counts) }
                }
            }
            Stage::Moving { run: None, digit, next } => {
                self.wait(&next, 0, digit.bits);
                Stage::Choosing
            }
            Stage::Moving { run: Some(run), digit, next } => {
                self.at = run.rows.start;
                Stage::Returning { run, bits: digit.bits, ends: next }
            }
            Stage::Returning { run, bits, ends } => {
                self.wait(&ends, run.rows.start, bits);
                Stage::Choosing
            }
            stage @ (Stage::Choosing | Stage::Sorted) => stage,
        };
    }

    /// Takes the next square: it is kept as it is, or divided.
    fn choose(&mut self) -> usize {
        let Some(run) = self.waiting.pop() else {
            self.stage = Stage::Sorted;
            return 0;
        };
        let length = run.rows.len();
        if length <= FEW || run.bits == 0 {
            self.leaves.push(&self.places, run.rows);
            return length.min(FEW);
        }
        // So that a square of the next size holds a dozen, if they lie evenly.
        let crowd = (length / 12).ilog2() / 2;
        let levels = crowd.clamp(1, LEVELS.min(run.bits));
        let one = self.places[run.rows.start];
        let digit = &self.digits[levels as usize - 1];
        let corner = one.corner(run.bits);
        let digit = digit.moved_to(run.bits - levels, corner);
        let counts = vec![0; digit.len()];
        self.at = run.rows.start;
        self.stage = Stage::Numbering { run: Some(run), digit, counts, differ: 0, highest: Some(0) };
        0
    }

    /// Lets the squares that end at these rows, counted from `first`, wait for their turn.
    fn wait(&mut self, ends: &[u32], first: usize, bits: u32) {
        for (index, &end) in ends.iter().enumerate().rev() {
            let start = index.checked_sub(1).map_or(0, |before| ends[before]);
            if start < end {
                self.waiting.push(Run { rows: first + start as usize..first + end as usize, bits });
            }
        }
    }
}

/// Where each of so many ends when they stand one behind the other.
fn ends(counts: &[u32]) -> Vec<u32> {
    let sum = |end: &mut u32, count: &u32| {
        *end += count;
        Some(*end)
    };
    counts.iter().scan(0, sum).collect()
}

/// Where each begins.
fn starts(counts: &[u32]) -> Vec<u32> {
    ends(counts).into_iter().zip(counts).map(|(end, count)| end - count).collect()
}
