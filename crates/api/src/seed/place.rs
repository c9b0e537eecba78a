//! Where a demo report lies.

use fastrand::Rng;

use super::tables::{City, Neighbourhood};

const METRES_PER_DEGREE: f64 = 111_320.0;

/// A city by its weight.
pub(super) fn city<'t>(rng: &mut Rng, cities: &'t [City]) -> &'t City {
    let weights = cities.iter().map(|city| city.weight);
    &cities[weighted(rng, weights)]
}

/// A neighbourhood: the first of a city send more reports than the last.
pub(super) fn neighbourhood<'t>(rng: &mut Rng, city: &'t City) -> &'t Neighbourhood {
    let among = city.neighbourhoods.len();
    let at = (among as f64 * rng.f64().powf(1.35)) as usize;
    &city.neighbourhoods[at.min(among - 1)]
}

/// Latitude and longitude in degrees, to a metre: within the neighbourhood's reach, denser towards its middle.
pub(super) fn point(rng: &mut Rng, neighbourhood: &Neighbourhood) -> (f64, f64) {
    let [lat, lng] = neighbourhood.at;
    let angle = rng.f64() * std::f64::consts::TAU;
    // A root of the uniform fills a disc evenly; a higher power crowds its middle.
    let metres = neighbourhood.reach * rng.f64().powf(0.7);
    let north = metres * angle.sin() / METRES_PER_DEGREE;
    let east = metres * angle.cos() / (METRES_PER_DEGREE * lat.to_radians().cos());
    let to_a_metre = |degrees: f64| (degrees * 1e5).round() / 1e5;
    (to_a_metre(lat + north), to_a_metre(lng + east))
}

/// An index, each as likely as its weight says.
pub(super) fn weighted(rng: &mut Rng, weights: impl Iterator<Item = u32> + Clone) -> usize {
    let mut left = rng.u32(..weights.clone().sum::<u32>().max(1));
    for (index, weight) in weights.enumerate() {
        match left.checked_sub(weight) {
            Some(rest) => left = rest,
            None => return index,
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_kept() {
        let mut rng = Rng::with_seed(1);
        let mut drawn = [0_u32; 3];
        for _ in 0..4000 {
            drawn[weighted(&mut rng, [1, 0, 3].into_iter())] += 1;
        }
        assert_eq!(drawn[1], 0);
        assert!((900..1100).contains(&drawn[0]), "{drawn:?}");
    }
}
