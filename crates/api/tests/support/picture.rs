//! Pictures as phones take them, and as nobody should send them.

use std::io::Cursor;

use image::{
    DynamicImage, ExtendedColorType, ImageEncoder as _, ImageFormat, Rgb, RgbImage, codecs::png::PngEncoder,
};
use jpeg_encoder::{ColorType, Encoder};

/// What a camera writes beside a picture, and nobody may ever read.
pub(crate) const PLACE: &str = "6.9175 S, 107.6191 E";

/// A picture whose left upper quarter is red, on a ground that has something to encode.
pub(crate) fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 2 && y < height / 2 {
            Rgb([220, 20, 20])
        } else {
            Rgb([(x * 7 % 64) as u8, (y * 5 % 128) as u8, 160])
        }
    })
}

/// A JPEG with its place beside it, lying in the file as EXIF's orientation says (1 to 8).
pub(crate) fn jpeg_of(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.add_exif_metadata(&exif(orientation)).unwrap();
    // Where XMP, comments of the maker and a second, small picture lie as well.
    encoder.add_app_segment(2, format!("MPF {PLACE}").into_bytes()).unwrap();
    encoder.encode(picture, picture.width() as u16, picture.height() as u16, ColorType::Rgb).unwrap();
    // What a camera appends after the picture's end.
    bytes.extend_from_slice(PLACE.as_bytes());
    bytes
}

/// A plain JPEG.
pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    jpeg_of(&picture(width, height), 1)
}

/// A JPEG that no other is like.
pub(crate) fn some_jpeg(seed: u32) -> Vec<u8> {
    let noise = RgbImage::from_fn(160, 120, |x, y| {
        let n =
            (x.wrapping_mul(374_761_393) ^ y.wrapping_mul(668_265_263) ^ seed.wrapping_mul(2_654_435_761))
                >> 3;
        Rgb([n as u8, (n >> 8) as u8, (n >> 16) as u8])
    });
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 80).encode(&noise, 160, 120, ColorType::Rgb).unwrap();
    bytes
}

/// A PNG with its place in an eXIf chunk.
pub(crate) fn png_of(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    encoder.write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// A plain PNG.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    png_of(&picture(width, height), 1)
}

pub(crate) fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture(width, height)).write_to(&mut bytes, ImageFormat::WebP).unwrap();
    bytes.into_inner()
}

/// A PNG of one grey that is small on its way in and large once decoded.
pub(crate) fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let grey = vec![128; width as usize * height as usize];
    PngEncoder::new(&mut bytes).write_image(&grey, width, height, ExtendedColorType::L8).unwrap();
    bytes
}

/// A PNG whose header says more than its body holds.
pub(crate) fn boast(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = bomb(8, 8);
    // The header is the first chunk: after the signature (8), its length (4) and its name (4).
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&checksum.to_be_bytes());
    bytes
}

/// A PNG with a compressed text that unpacks to `length` bytes.
pub(crate) fn text_bomb(length: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b'a'; length]).unwrap();
    let body = [&b"zTXtComment\0\0"[..], &packed.finish().unwrap()].concat();
    let mut chunk = ((body.len() - 4) as u32).to_be_bytes().to_vec();
    chunk.extend_from_slice(&body);
    chunk.extend_from_slice(&crc32(&body).to_be_bytes());
    let mut bytes = bomb(8, 8);
    // After the signature and the header.
    bytes.splice(33..33, chunk);
    bytes
}

/// A TIFF structure (EXIF 2.32, section 4.6) with two entries: the orientation, and a description.
fn exif(orientation: u8) -> Vec<u8> {
    let text = format!("{PLACE}\0");
    let mut bytes = b"II*\0\x08\0\0\0\x02\0".to_vec();
    bytes.extend_from_slice(b"\x0E\x01\x02\0");
    bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&38_u32.to_le_bytes());
    bytes.extend_from_slice(&[0x12, 0x01, 0x03, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    bytes.extend_from_slice(&[0; 4]);
    assert_eq!(bytes.len(), 38);
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}
