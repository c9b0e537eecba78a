//! What can be wrong with a picture.

/// Bytes that no photo can be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PhotoError {
    /// No picture of a kind that is taken.
    #[error("neither JPEG nor PNG nor WebP")]
    Format,
    /// A picture as newer iPhones keep it.
    #[error("HEIC")]
    Heic,
    /// More pixels, or more memory to decode them, than is given to one photo.
    #[error("too many pixels")]
    TooManyPixels,
    /// It ends too early, or the decoder cannot make it out.
    #[error("broken")]
    Broken,
}
