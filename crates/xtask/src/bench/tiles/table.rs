//! What was measured, as it is written down.

use std::fmt;

use super::process::Answered;
use super::spread::Spread;

/// All that was measured. Memory in MB, times in milliseconds where nothing else is said.
#[derive(Default)]
pub(super) struct Figures {
    /// How busy the machine was before.
    load_before: String,
    /// And afterwards.
    pub(super) load_after: String,
    /// Reports that the server showed.
    pub(super) reports: u64,
    /// Memory of a server without reports.
    pub(super) empty: f64,
    /// The most while it started.
    pub(super) empty_peak: f64,
    /// After it was asked for tiles.
    pub(super) empty_after: f64,
    /// The most while many new reports came in and tiles were asked for.
    pub(super) empty_streaming: f64,
    /// Seconds from the start of a server until it was ready.
    pub(super) ready: Vec<f64>,
    /// Memory with all reports.
    pub(super) loaded: f64,
    /// The most while they were loaded.
    pub(super) loading_peak: f64,
    /// After all tiles.
    pub(super) asked_after: f64,
    /// The most while many new reports were merged and tiles were asked for.
    pub(super) merging_peak: f64,
    /// After that.
    pub(super) merged: f64,
    /// Zoom by zoom.
    pub(super) zooms: Vec<Zoom>,
    /// From the acknowledgement of a report until its tile shows it.
    pub(super) visible: Spread,
    /// While many reports came in.
    pub(super) streaming: Answered,
    /// What it was like during an import.
    pub(super) import: Option<Import>,
}

/// An import while the server is asked.
pub(super) struct Import {
    /// How long it took.
    pub(super) seconds: f64,
    /// How often a report was not taken in (503), and sent again.
    pub(super) refused: u64,
    /// The most memory of the server, which merges again and again.
    pub(super) most: f64,
    /// What the server did meanwhile.
    pub(super) answered: Answered,
}

/// The tiles of one zoom.
pub(super) struct Zoom {
    /// In the server, from the request to the answer.
    pub(super) took: Spread,
    /// How much of that its threads were computing.
    pub(super) computing: Spread,
    /// And waiting for a processor.
    pub(super) waiting: Spread,
    /// The largest, in bytes as it was sent.
    pub(super) largest: usize,
}

impl Figures {
    /// Nothing measured yet, on a machine as busy as that.
    pub(super) fn new(load: String) -> Self {
        Self { load_before: load, ..Self::default() }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ready = self.ready.iter().copied().collect::<Spread>();
        let all = |of: fn(&Zoom) -> &Spread| {
            let mut all = Spread::default();
            self.zooms.iter().for_each(|zoom| all.add(of(zoom)));
            all
        };
        let (took, computing) = (all(|zoom| &zoom.took), all(|zoom| &zoom.computing));
        let of_zooms = |of: fn(&Zoom) -> f64| self.zooms.iter().map(of).fold(0.0, f64::max);
        let worst = of_zooms(|zoom| zoom.took.within(0.99));
        let largest = self.zooms.iter().map(|zoom| zoom.largest).max().unwrap_or_default();
        writeln!(f, "{} reports; load average {} to {}\n", self.reports, self.load_before, self.load_after)?;
        writeln!(f, "| | measured | goal |\n| --- | --- | --- |")?;
        writeln!(
            f,
            "| ready after its start, s, median / slowest of {} | {:.2} / {:.2} | 3 |",
            self.ready.len(),
            ready.within(0.5),
            ready.within(1.0)
        )?;
        writeln!(f, "| memory of the points, MB | {:.1} | 60 |", self.loaded - self.empty)?;
        writeln!(f, "| … most while they are loaded | {:.1} | – |", self.loading_peak - self.empty_peak)?;
        writeln!(f, "| … after all tiles | {:.1} | – |", self.asked_after - self.empty_after)?;
        writeln!(f, "| … most while merging | {:.1} | 120 |", self.merging_peak - self.empty_streaming)?;
        writeln!(f, "| … afterwards | {:.1} | – |", self.merged - self.empty_after)?;
        writeln!(f, "| a tile in the server, ms, median / p99 / slowest of {} | {took} | 5 |", took.len())?;
        writeln!(f, "| … p99 of the slowest zoom | {worst:.2} | 5 |")?;
        writeln!(f, "| … of it computing | {computing} | – |")?;
        writeln!(f, "| largest tile, brotli, bytes | {largest} | 20,000 |")?;
        writeln!(
            f,
            "| a new report in its tile, ms, of {} | {} | 1,000 |",
            self.visible.len(),
            self.visible
        )?;
        let streaming = &self.streaming;
        writeln!(
            f,
            "| a tile while {} reports come in, ms, of {} | {} | – |",
            streaming.writes.len(),
            streaming.tiles.len(),
            streaming.tiles
        )?;
        writeln!(f, "| … such a report, ms | {} | – |", streaming.writes)?;
        if let Some(Import { seconds, refused, most, answered: Answered { tiles, writes } }) = &self.import {
            writeln!(f, "| a tile during {seconds:.0} s of import, ms, of {} | {tiles} | – |", tiles.len())?;
            let (sent, most) = (writes.len(), most - self.empty_streaming);
            writeln!(
                f,
                "| … a report meanwhile, ms, of {sent}, {refused} of them sent again | {writes} | – |"
            )?;
            writeln!(f, "| … most memory meanwhile, MB | {most:.1} | 120 |")?;
        }
        writeln!(
            f,
            "\n| zoom | tiles | in the server, ms, median / p99 / slowest | computing | waiting for a processor | largest, bytes |\n\
             | --- | --- | --- | --- | --- | --- |"
        )?;
        for (number, Zoom { took, computing, waiting, largest }) in self.zooms.iter().enumerate() {
            writeln!(f, "| {number} | {} | {took} | {computing} | {waiting} | {largest} |", took.len())?;
        }
        Ok(())
    }
}
