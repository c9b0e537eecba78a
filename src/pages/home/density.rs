//! How dense the reports lie, as a picture. Pure numbers.

use super::picture::Spot;
use geo::Frame;

/// Pixels of the map that are one of the picture: what is blurred needs no more.
pub(super) const COARSE: u32 = 4;
/// How far a report is felt, in the picture's pixels: half a square of the tiles' cells beyond its own.
const REACH: i32 = 11;
/// From thin to dense, as red, green, blue: light to dark, so that it is read without telling colours apart
/// (ColorBrewer's YlOrRd).
pub(super) const RAMP: [[u8; 3]; 5] =
    [[255, 237, 160], [254, 178, 76], [252, 78, 42], [227, 26, 28], [128, 0, 38]];
/// How much of the map a place lets through, at least and at most, of 255.
const ALPHA: [f32; 2] = [60.0, 215.0];

/// A picture, row by row, four bytes a pixel: red, green, blue, alpha.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) rgba: Vec<u8>,
}

/// The density of some spots in a frame that is so many pixels wide and high. Where it is densest in the frame is the
/// ramp's end.
pub(super) fn raster(spots: &[Spot], frame: Frame, [width, height]: [u32; 2]) -> Raster {
    let (width, height) = ((width / COARSE).max(1), (height / COARSE).max(1));
    let mut field = vec![0.0_f32; (width * height) as usize];
    for spot in spots {
        // Those around the frame are felt in it as well.
        let place = |steps: u32, whole: u32, pixels: u32| {
            (i64::from(steps as i32) * i64::from(pixels) / i64::from(whole.max(1))) as i32
        };
        let x = place(spot.at.x.wrapping_sub(frame.from.x), frame.across(), width);
        let y = place(spot.at.y.wrapping_sub(frame.from.y), frame.down(), height);
        // Further away it is not felt.
        let off = |at: i32, size: u32| at < -REACH || at > size as i32 + REACH;
        if off(x, width) || off(y, height) {
            continue;
        }
        for (row, column) in
            (y - REACH..=y + REACH).flat_map(|row| (x - REACH..=x + REACH).map(move |column| (row, column)))
        {
            let near = 1.0 - ((row - y).pow(2) + (column - x).pow(2)) as f32 / (REACH * REACH) as f32;
            let on = (0..height as i32).contains(&row) && (0..width as i32).contains(&column);
            if on && near > 0.0 {
                field[(row as u32 * width + column as u32) as usize] += spot.reports as f32 * near * near;
            }
        }
    }
    let most = field.iter().copied().fold(0.0, f32::max);
    let rgba = field.iter().flat_map(|&at| pixel(at, most)).collect();
    Raster { width, height, rgba }
}

/// The colour of a density beside the highest one. The root of the root of it: a village is seen beside a city.
fn pixel(at: f32, most: f32) -> [u8; 4] {
    if at <= 0.0 {
        return [0; 4];
    }
    let share = (at / most).sqrt().sqrt();
    let step = share * (RAMP.len() - 1) as f32;
    let (low, part) = ((step as usize).min(RAMP.len() - 2), step);
    let part = part - low as f32;
    let mix = |channel: usize| {
        let (from, to) = (f32::from(RAMP[low][channel]), f32::from(RAMP[low + 1][channel]));
        (from + (to - from) * part) as u8
    };
    // Thin places fade out, so that no edge is seen where there is none.
    let alpha = (ALPHA[0] + (ALPHA[1] - ALPHA[0]) * share) * (share * 3.0).min(1.0);
    [mix(0), mix(1), mix(2), alpha as u8]
}

#[cfg(test)]
mod tests {
    use geo::WorldPoint;

    use super::*;

    fn frame() -> Frame {
        Frame { from: WorldPoint { x: 0, y: 0 }, to: WorldPoint { x: 399, y: 199 } }
    }

    fn spot(x: u32, y: u32, reports: u32) -> Spot {
        Spot { at: WorldPoint { x, y }, bits: 0, reports, open: 0, old: 0, one: None }
    }

    fn at(raster: &Raster, x: u32, y: u32) -> [u8; 4] {
        let from = ((y * raster.width + x) * 4) as usize;
        [raster.rgba[from], raster.rgba[from + 1], raster.rgba[from + 2], raster.rgba[from + 3]]
    }

    #[test]
    fn the_densest_place_is_the_end_of_the_ramp_and_far_away_there_is_nothing() {
        let raster = raster(&[spot(200, 100, 1000), spot(40, 40, 1)], frame(), [400, 200]);
        assert_eq!((raster.width, raster.height, raster.rgba.len()), (100, 50, 20_000));
        let [red, green, blue, alpha] = at(&raster, 50, 25);
        assert_eq!([red, green, blue], RAMP[4]);
        assert_eq!(alpha, 215);
        assert_eq!(at(&raster, 99, 0), [0; 4]);
        let thin = at(&raster, 10, 10);
        assert!(thin[3] > 0 && thin[3] < alpha, "one report is seen beside a thousand: {thin:?}");
        assert!(thin[1] > green, "and is lighter");
    }

    #[test]
    fn what_lies_around_the_frame_is_felt_in_it_and_nothing_is_an_empty_picture() {
        let beyond = raster(&[spot(u32::MAX - 8, 100, 5)], frame(), [400, 200]);
        assert!(at(&beyond, 0, 25)[3] > 0);
        assert_eq!(at(&beyond, 30, 25), [0; 4]);
        assert!(raster(&[], frame(), [400, 200]).rgba.iter().all(|byte| *byte == 0));
        assert_eq!(raster(&[spot(0, 0, 1)], frame(), [0, 0]).rgba.len(), 4);
    }
}
