//! Points as people report them: crowded in cities, few between them. Made up, and the same from every seed.

use geo::WorldPoint;

/// Kabupaten and kota, each a centre.
const CENTRES: u32 = 514;
/// The n-th centre has n^-ZIPF as many points as the first.
const ZIPF: f64 = 0.8;
/// West, south, east, north of Indonesia, in degrees.
const BOX: [f64; 4] = [95.0, -11.0, 141.0, 6.0];
/// How far the points of a centre scatter, in degrees: standard deviations from the densest to the widest.
const SIGMA: [f64; 2] = [0.03, 0.15];

/// A report as the bench needs it.
#[derive(Debug, Clone, Copy)]
pub struct Report {
    /// Where.
    pub at: WorldPoint,
    /// 0 to 13, the first ones more often.
    pub category: u8,
    /// 0 to 5.
    pub status: u8,
}

/// So many reports, in no order.
pub fn indonesia(reports: usize, seed: u64) -> Vec<Report> {
    let mut random = Random(seed);
    let [west, south, east, north] = BOX;
    let mut total = 0.0;
    let centres: Vec<_> = (1..=CENTRES)
        .map(|rank| {
            total += f64::from(rank).powf(-ZIPF);
            let at = (random.between(west, east), random.between(south, north));
            (total, at, random.between(SIGMA[0], SIGMA[1]))
        })
        .collect();
    let one = |_| {
        let drawn = random.between(0.0, total);
        let index = centres.partition_point(|(below, ..)| *below <= drawn).min(centres.len() - 1);
        let (_, (lng, lat), sigma) = centres[index];
        let (east, north) = random.normal();
        Report {
            at: WorldPoint::from_degrees(lat + sigma * north, lng + sigma * east),
            category: random.below(14).min(random.below(14)),
            status: random.below(6),
        }
    };
    (0..reports).map(one).collect()
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Evenly, the upper end left out.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        // The upper 53 bits are what an f64 holds.
        low + (high - low) * ((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// Evenly, from 0.
    pub fn below(&mut self, end: u8) -> u8 {
        (self.next() % u64::from(end)) as u8
    }

    /// Two from the normal distribution (Box and Muller 1958).
    fn normal(&mut self) -> (f64, f64) {
        let length = (-2.0 * (1.0 - self.between(0.0, 1.0)).ln()).sqrt();
        let angle = self.between(0.0, std::f64::consts::TAU);
        (length * angle.cos(), length * angle.sin())
    }
}
