//! A photo made anew: upright, scaled, encoded, with nothing beside its pixels.

use axum::body::Bytes;
use image::{DynamicImage, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder, EncodingError, SamplingFactor};

use super::{PhotoError, decode::decode};

/// What a photo is kept as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, utoipa::ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum Size {
    /// For a card in a list.
    Thumb,
    /// For looking at.
    Full,
}

impl Size {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Thumb, Self::Full];

    /// The word as it travels and as objects are named.
    #[must_use]
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Full => "full",
        }
    }

    /// The longer side, in pixels, at most. A full photo fills a phone's screen with a little room to zoom in.
    fn side(self) -> u32 {
        match self {
            Self::Thumb => 320,
            Self::Full => 1600,
        }
    }

    /// On the encoder's scale of 1 to 100: where a hole in a road stays one and a byte more shows nothing more.
    fn quality(self) -> u8 {
        match self {
            Self::Thumb => 70,
            Self::Full => 80,
        }
    }
}

/// A photo as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rendered {
    /// Of the full size, in pixels.
    pub(crate) width: u32,
    /// Of the full size, in pixels.
    pub(crate) height: u32,
    full: Bytes,
    thumb: Bytes,
}

impl Rendered {
    /// The JPEG of a size.
    #[must_use]
    pub(crate) fn jpeg(&self, size: Size) -> Bytes {
        match size {
            Size::Thumb => self.thumb.clone(),
            Size::Full => self.full.clone(),
        }
    }
}

/// Makes a photo of what a phone sent.
pub(super) fn render(bytes: &[u8]) -> Result<Rendered, PhotoError> {
    let (picture, orientation) = decode(bytes)?;
    // Scaled before it is turned: there are fewer pixels to move.
    let mut upright = DynamicImage::ImageRgb8(on_white(fitted(picture, Size::Full)));
    upright.apply_orientation(orientation);
    let thumb = fitted(upright.clone(), Size::Thumb).into_rgb8();
    let full = upright.into_rgb8();
    Ok(Rendered {
        width: full.width(),
        height: full.height(),
        full: encode(&full, Size::Full)?,
        thumb: encode(&thumb, Size::Thumb)?,
    })
}

/// Made smaller where it is larger, never larger.
fn fitted(picture: DynamicImage, size: Size) -> DynamicImage {
    let side = size.side();
    if picture.width() <= side && picture.height() <= side { picture } else { picture.thumbnail(side, side) }
}

/// JPEG knows no transparency; what shows through is white, as on a page.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let rgba = picture.into_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, alpha] = rgba.get_pixel(x, y).0.map(u16::from);
        Rgb([r, g, b].map(|channel| {
            // At most 255 x 255, and at most 255 after the division.
            ((channel * alpha + 255 * (255 - alpha)) / 255) as u8
        }))
    })
}

fn encode(picture: &RgbImage, size: Size) -> Result<Bytes, PhotoError> {
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, size.quality());
    // Half the colour in each direction, which nobody sees; tables of its own; and first a blurred whole, so that a
    // slow line shows something early.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_progressive(true);
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| PhotoError::TooManyPixels);
    encoder.encode(picture, side(picture.width())?, side(picture.height())?, ColorType::Rgb).map_err(
        |error: EncodingError| {
            tracing::error!(%error, "a photo that was decoded could not be encoded");
            PhotoError::Broken
        },
    )?;
    Ok(jpeg.into())
}
