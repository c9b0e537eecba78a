//! Reports sent to the server while it is measured, as phones send them.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use super::line::Line;
use super::pyramid::Tile;

/// Between two looks whether a report is in its tile.
const LOOK: Duration = Duration::from_millis(5);
/// Before a report is sent again, as a phone does.
const AGAIN: Duration = Duration::from_secs(1);
/// Longer than a report may ever take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A phone.
pub(super) struct Phone {
    line: Line,
    headers: String,
    /// Tells the ids of phones apart that send at the same moment.
    number: u64,
    sent: u64,
    /// How often it was told to come again later.
    pub(super) refused: u64,
}

#[derive(Deserialize)]
struct DeviceToken {
    token: String,
}

impl Phone {
    /// A phone with a token of its own. No two of them have the same `number`.
    pub(super) fn new(port: u16, number: u64) -> Result<Self> {
        let mut line = Line::open(port)?;
        let answer = line.ask("POST", "/devices", "Content-Type: application/json\r\n", "{}")?;
        let device: DeviceToken = serde_json::from_slice(&answer.body).context("no token for a device")?;
        let headers = format!("Content-Type: application/json\r\nAuthorization: Bearer {}\r\n", device.token);
        Ok(Self { line, headers, number, sent: 0, refused: 0 })
    }

    /// Sends a new report; its id, once the server has it.
    pub(super) fn send(&mut self, lat: f64, lng: f64) -> Result<String> {
        self.sent += 1;
        let milliseconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as u64;
        let id = id(milliseconds, self.number, self.sent);
        let body =
            format!(r#"{{"category":"road","description":"Lubang di jalan","lat":{lat},"lng":{lng}}}"#);
        let path = format!("/reports/{id}");
        loop {
            match self.line.ask("PUT", &path, &self.headers, &body)?.status {
                // 200: it was taken in after all when there was no answer any more.
                200 | 201 => return Ok(id),
                503 => self.refused += 1,
                status => bail!("a report was answered {status}"),
            }
            std::thread::sleep(AGAIN);
        }
    }

    /// Sends so many reports, each to another place in and around Bandung.
    pub(super) fn send_many(&mut self, reports: u64) -> Result<()> {
        for _ in 0..reports {
            let (south, east) = ((self.sent * 37 + self.number * 11) % 1009, (self.sent * 101) % 997);
            self.send(-6.7 - south as f64 * 5e-4, 107.4 + east as f64 * 5e-4)?;
        }
        Ok(())
    }

    /// Sends a report to a place where nothing else is; milliseconds from its acknowledgement until its tile shows it.
    pub(super) fn send_and_look(&mut self, other: &mut Line, lat: f64, lng: f64) -> Result<f64> {
        let id = self.send(lat, lng)?;
        let since = Instant::now();
        let path = deepest(lat, lng);
        while !Tile::unpack(&other.tile(&path)?)?.shows(&id) {
            ensure!(since.elapsed() < PATIENCE, "a report does not get into its tile");
            std::thread::sleep(LOOK);
        }
        Ok(since.elapsed().as_secs_f64() * 1e3)
    }
}

/// An id as a phone makes it (UUIDv7, RFC 9562, section 5.7), with numbers where others have chance.
fn id(milliseconds: u64, phone: u64, sent: u64) -> String {
    let (high, low) = (milliseconds >> 16 & 0xffff_ffff, milliseconds & 0xffff);
    format!("{high:08x}-{low:04x}-7{:03x}-8000-{:012x}", phone & 0xfff, sent & 0xffff_ffff_ffff)
}

/// The deepest tile that a place lies in, by the formula of the OpenStreetMap wiki ("Slippy map tilenames").
fn deepest(lat: f64, lng: f64) -> String {
    let side = f64::from(1 << 18);
    let x = (lng + 180.0) / 360.0 * side;
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * side;
    format!("/tiles/18/{}/{}", x as u32, y as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_reports_have_one_id_and_each_has_its_tile() {
        assert_eq!(id(0x019a_a9b2_5c40, 1, 0xbeef), "019aa9b2-5c40-7001-8000-00000000beef");
        assert_ne!(id(7, 1, 2), id(7, 2, 1));
        assert_eq!(deepest(0.0, 0.0), "/tiles/18/131072/131072");
        assert_eq!(deepest(-6.9175, 107.6191), "/tiles/18/209437/136121");
    }
}
