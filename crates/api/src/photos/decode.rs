//! Bytes to pixels, within limits that are held before any pixel is decoded.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, metadata::Orientation};

use super::{
    PhotoError,
    format::{format_of, jpeg_is_whole, webp_is_whole},
};

/// Pixels of a photo: what the cameras of phones give, and twice that of most.
const PIXELS_MAX: u64 = 25_000_000;
/// Bytes of its pixels once decoded: four a pixel. A picture of sixteen bits a channel may have half the pixels.
const DECODED_MAX: u64 = 4 * PIXELS_MAX;

/// The picture as it lies in the file, and how it has to be turned to stand upright.
pub(super) fn decode(bytes: &[u8]) -> Result<(DynamicImage, Orientation), PhotoError> {
    let format = format_of(bytes)?;
    let whole = match format {
        ImageFormat::Jpeg => jpeg_is_whole(bytes),
        ImageFormat::WebP => webp_is_whole(bytes),
        // The decoder says so itself, and makes room as it reads.
        _ => true,
    };
    if !whole {
        return Err(PhotoError::Broken);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(error)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > DECODED_MAX {
        return Err(PhotoError::TooManyPixels);
    }
    // A camera that writes nonsense beside the picture has still taken one.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(error)?, orientation))
}

/// What the decoders hold themselves to: for buffers of their own, and for what they read before the dimensions
/// are known (compressed texts and colour profiles of a PNG).
fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(2 * DECODED_MAX);
    limits
}

fn error(error: image::ImageError) -> PhotoError {
    match error {
        image::ImageError::Limits(_) => PhotoError::TooManyPixels,
        _ => PhotoError::Broken,
    }
}
