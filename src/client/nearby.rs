//! `/reports/nearby`.

use model::{Degrees, NearbyReport, ReportPage};
use serde::Deserialize;

use super::{Client, ClientError, Stop, request::decoded};

/// How far around a place somebody may have told of the same problem, in metres.
const RADIUS: u32 = 250;

/// The distances of an answer, in the order of its reports. Read for themselves: serde's `flatten` would have the phone
/// carry code that reads every report a second way.
#[derive(Deserialize)]
struct Distances {
    reports: Vec<Distance>,
}

#[derive(Deserialize)]
struct Distance {
    distance_m: f64,
}

impl Client {
    /// Open reports of a category around a place, the nearest first; `stop` breaks it off.
    pub(crate) async fn nearby(
        &self,
        [lat, lng]: [f64; 2],
        category: &str,
        stop: Stop,
    ) -> Result<Vec<NearbyReport>, ClientError> {
        let (lat, lng) = (Degrees(lat), Degrees(lng));
        let path = format!("reports/nearby?lat={lat}&lng={lng}&category={category}&radius={RADIUS}");
        let text = self.read_text(&path, Some(stop)).await?;
        let page: ReportPage = decoded(&text)?;
        let distances: Distances = decoded(&text)?;
        let far = distances.reports.into_iter().map(|report| report.distance_m);
        let pairs = page.reports.into_iter().zip(far);
        Ok(pairs.map(|(report, distance_m)| NearbyReport { report, distance_m }).collect())
    }
}
