//! Compressing an answer in its route, where the tag of its content has to say how (RFC 9110, section 12.5.3).

use std::io::{self, Write as _};

use axum::http::{HeaderMap, HeaderValue, header};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

/// A way to send bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// Every way, the best first.
    const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// The way that the caller likes best; of those it likes alike the one with the fewest bytes. Bytes as they are
    /// where it takes nothing else, and even where it does not take them: something to read is better than a refusal.
    pub(super) fn accepted(headers: &HeaderMap) -> Self {
        // Several headers of one name are one list.
        let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
        let choices: Vec<(&str, f32)> = lines.flat_map(|line| line.split(',')).filter_map(choice).collect();
        let weight = |name: &str| choices.iter().find(|(named, _)| named.eq_ignore_ascii_case(name));
        let mut best = (Self::Identity, 0.0);
        for encoding in Self::ALL {
            // What is not named is not wanted, but for bytes as they are: those are taken, though not preferred.
            let unnamed = if encoding == Self::Identity { f32::MIN_POSITIVE } else { 0.0 };
            let weight =
                weight(encoding.name()).or_else(|| weight("*")).map_or(unnamed, |&(_, weight)| weight);
            if weight > best.1 {
                best = (encoding, weight);
            }
        }
        best.0
    }

    /// The name of its content coding.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// The header that tells it, where it has to be told.
    pub(super) fn header(self) -> Option<(header::HeaderName, HeaderValue)> {
        (self != Self::Identity).then(|| (header::CONTENT_ENCODING, HeaderValue::from_static(self.name())))
    }

    /// Bytes as they are sent.
    pub(super) fn encode(self, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let mut packed = Vec::new();
                let parameters = BrotliEncoderParams {
                    // Beyond this one, a few per cent less cost several times the work.
                    quality: 5,
                    // A window of 256 KiB: more than any answer has, and less memory to prepare for each than the 4 MiB
                    // of a larger one.
                    lgwin: 18,
                    size_hint: bytes.len(),
                    ..BrotliEncoderParams::default()
                };
                brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &parameters)?;
                Ok(packed)
            }
            Self::Gzip => {
                let mut packed = GzEncoder::new(Vec::new(), Compression::default());
                packed.write_all(&bytes)?;
                packed.finish()
            }
            Self::Identity => Ok(bytes),
        }
    }
}

/// `gzip;q=0.5`: a name, and how much it is liked. One that cannot be read is not there.
fn choice(text: &str) -> Option<(&str, f32)> {
    let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
    let weight = match parameters.trim().split_once('=') {
        Some((name, weight)) if name.trim().eq_ignore_ascii_case("q") => weight.trim().parse().ok()?,
        Some(_) => return None,
        None => 1.0,
    };
    (0.0..=1.0).contains(&weight).then_some((name.trim(), weight))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn accepted(lines: &[&str]) -> Encoding {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::ACCEPT_ENCODING, line.parse().unwrap());
        }
        Encoding::accepted(&headers)
    }

    #[test]
    fn the_caller_says_what_it_takes() {
        for (lines, expected) in [
            (&[][..], Encoding::Identity),
            (&[""], Encoding::Identity),
            (&["gzip, deflate, br, zstd"], Encoding::Brotli),
            (&["gzip, deflate"], Encoding::Gzip),
            (&["gzip", "BR"], Encoding::Brotli),
            (&["gzip;q=1.0, br;q=0.9"], Encoding::Gzip),
            (&["br;q=0, gzip;q=0.1"], Encoding::Gzip),
            (&["br;q=0, gzip;q=0"], Encoding::Identity),
            (&["*"], Encoding::Brotli),
            (&["*;q=0.5, br;q=0"], Encoding::Gzip),
            (&["identity, br;q=0.5"], Encoding::Identity),
            (&["*;q=0"], Encoding::Identity),
            (&["br;q=2, gzip;q=x, gzip;level=1"], Encoding::Identity),
            (&["deflate, zstd"], Encoding::Identity),
        ] {
            assert_eq!(accepted(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn what_is_packed_is_unpacked_to_the_same() {
        let bytes = b"Lubang besar di depan pasar. ".repeat(100);
        let mut unpacked = Vec::new();
        let packed = Encoding::Brotli.encode(bytes.clone()).unwrap();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert!(unpacked == bytes && packed.len() < bytes.len() / 10);
        let packed = Encoding::Gzip.encode(bytes.clone()).unwrap();
        unpacked.clear();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut unpacked).unwrap();
        assert!(unpacked == bytes && packed.len() < bytes.len() / 10);
        assert_eq!(Encoding::Identity.encode(bytes.clone()).unwrap(), bytes);
    }
}
