//! What kind of picture the first bytes announce, whatever its name or `Content-Type` says.

use image::ImageFormat;

use super::PhotoError;

/// Brands of the HEIF container that hold HEVC pictures (ISO/IEC 23008-12, annex B), which need a patented decoder.
const HEIC_BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];

/// The format of a picture that is taken.
pub(super) fn format_of(bytes: &[u8]) -> Result<ImageFormat, PhotoError> {
    if is_heic(bytes) {
        return Err(PhotoError::Heic);
    }
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => Ok(format),
        _ => Err(PhotoError::Format),
    }
}

/// An ISO media file begins with the box `ftyp`: four bytes of length, the name, the major brand.
fn is_heic(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| HEIC_BRANDS.contains(&brand))
}

/// Whether a JPEG is there to its end. Decoders fill what is missing with grey, as if it had been taken so.
///
/// Segments carry their length up to the first scan, so that a small picture inside of one is stepped over; from
/// there on the marker of the end can be nothing else, because a scan escapes the byte it begins with
/// (ITU-T T.81, B.1.1.2 and B.1.1.5). Cameras append more after it, which is of no interest.
pub(super) fn jpeg_is_whole(bytes: &[u8]) -> bool {
    const START_OF_SCAN: u8 = 0xDA;
    const END_OF_IMAGE: [u8; 2] = [0xFF, 0xD9];
    let mut at = 2;
    loop {
        let Some(&[0xFF, marker]) = bytes.get(at..).and_then(|rest| rest.first_chunk::<2>()) else {
            return false;
        };
        // Any number of 0xFF may stand before a marker.
        if marker == 0xFF {
            at += 1;
            continue;
        }
        let Some(&length) = bytes.get(at + 2..).and_then(|rest| rest.first_chunk::<2>()) else {
            return false;
        };
        at += 2 + usize::from(u16::from_be_bytes(length));
        if marker == START_OF_SCAN {
            break;
        }
    }
    bytes.get(at..).is_some_and(|scans| scans.windows(2).any(|pair| pair == END_OF_IMAGE))
}

/// Whether a WebP is there to its end: every chunk of its RIFF container lies within it. The decoder makes room for
/// as much as a chunk says it has, up to 4 GiB, before it looks how much there is.
///
/// RIFF: a name of four bytes, a length in four (little-endian), the content, and a byte more where the length is odd
/// (RFC 9649, section 2.3). The first chunk holds all others, after its own four bytes `WEBP`.
pub(super) fn webp_is_whole(bytes: &[u8]) -> bool {
    let Some(length) = riff_length(bytes) else { return false };
    let Some(mut rest) = bytes.get(8..).and_then(|rest| rest.get(..length)).and_then(|rest| rest.get(4..))
    else {
        return false;
    };
    while !rest.is_empty() {
        let Some(length) = riff_length(rest) else { return false };
        let padded = length.saturating_add(length % 2).saturating_add(8);
        // A file may end without the last byte of padding.
        match rest.get(padded..) {
            Some(next) => rest = next,
            None => return rest.len() + 1 == padded && length % 2 == 1,
        }
    }
    true
}

fn riff_length(chunk: &[u8]) -> Option<usize> {
    let length = chunk.get(4..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*length)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_decide() {
        assert_eq!(format_of(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0"), Ok(ImageFormat::Jpeg));
        assert_eq!(format_of(b"\x89PNG\r\n\x1A\n"), Ok(ImageFormat::Png));
        assert_eq!(format_of(b"RIFF\x10\0\0\0WEBPVP8 "), Ok(ImageFormat::WebP));
        assert_eq!(format_of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Err(PhotoError::Heic));
        for other in [
            &b""[..],
            b"GIF89a",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            b"Lubang",
            b"\0\0\0\x18ftypmp42",
        ] {
            assert_eq!(format_of(other), Err(PhotoError::Format));
        }
    }

    #[test]
    fn a_chunk_says_no_more_than_there_is() {
        let webp = |chunks: &[u8]| {
            let length = (4 + chunks.len() as u32).to_le_bytes();
            [&b"RIFF"[..], &length, b"WEBP", chunks].concat()
        };
        let whole = b"VP8L\x03\0\0\0abc\0EXIF\x02\0\0\0ab";
        assert!(webp_is_whole(&webp(whole)));
        assert!(webp_is_whole(&webp(b"VP8L\x03\0\0\0abc")), "without its padding");
        assert!(!webp_is_whole(&webp(b"VP8L\x04\0\0\0abc")));
        assert!(!webp_is_whole(&webp(b"VP8L\x03\0\0\0abc\0EXIF\xff\xff\xff\xff")));
        assert!(!webp_is_whole(&webp(whole)[..20]));
        assert!(!webp_is_whole(b"RIFF\xff\xff\xff\xffWEBP"));
    }

    #[test]
    fn a_picture_inside_a_segment_is_not_the_end() {
        let within = [&b"\xFF\xD8\xFF\xE1\0\x06"[..], b"\xFF\xD8\xFF\xD9"].concat();
        let scan = b"\xFF\xDA\0\x02\x11\xFF\0\x22";
        assert!(!jpeg_is_whole(&within));
        assert!(!jpeg_is_whole(&[&within[..], scan].concat()));
        assert!(jpeg_is_whole(&[&within[..], scan, b"\xFF\xD9"].concat()));
        assert!(jpeg_is_whole(&[&within[..], b"\xFF", scan, b"\xFF\xD9 and what a camera appends"].concat()));
    }
}
