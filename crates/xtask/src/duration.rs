//! Durations for people.

use std::time::Duration;

/// `0.4 s`, `41 s`, `3 m 41 s`, `1 h 02 m`.
pub(crate) fn human(duration: Duration) -> String {
    if duration < Duration::from_millis(9_950) {
        return format!("{:.1} s", duration.as_secs_f64());
    }
    let seconds = duration.as_secs_f64().round() as u64;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} m {:02} s", seconds / 60, seconds % 60),
        _ => format!("{} h {:02} m", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_well_at_every_size() {
        for (milliseconds, text) in [
            (0, "0.0 s"),
            (420, "0.4 s"),
            (9_949, "9.9 s"),
            (9_960, "10 s"),
            (59_400, "59 s"),
            (59_600, "1 m 00 s"),
            (221_000, "3 m 41 s"),
            (3_720_000, "1 h 02 m"),
        ] {
            assert_eq!(human(Duration::from_millis(milliseconds)), text);
        }
    }
}
