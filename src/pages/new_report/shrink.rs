//! A picture from the camera as one that a slow network can carry: upright, smaller, a JPEG without the camera's notes.

use js_sys::Promise;
use leptos::prelude::document;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlImageElement, Url};

/// Pixels of the longer side: what the server keeps at most.
const SIDE: f64 = 1600.0;
/// Of the JPEG, from 0 to 1.
const QUALITY: f64 = 0.75;

/// The picture of a file, drawn anew; none when the browser cannot read it as one.
pub(super) async fn shrunk(file: &File) -> Option<Blob> {
    let url = Url::create_object_url_with_blob(file).ok()?;
    let drawn = drawn(&url).await;
    // Only fails for what is no address of ours.
    let _ = Url::revoke_object_url(&url);
    let blob = jpeg(&drawn.ok()?).await.ok()?;
    blob.dyn_into().ok()
}

/// By an `img`, which every browser turns upright by what the camera noted. `createImageBitmap` does so only in newer
/// ones, and in some of the older ones not even when asked.
async fn drawn(url: &str) -> Result<HtmlCanvasElement, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(url);
    JsFuture::from(image.decode()).await?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = (SIDE / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round(), (height * scale).round());
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::UNDEFINED)?;
    let context: CanvasRenderingContext2d = context.dyn_into().map_err(JsValue::from)?;
    // What is transparent would turn black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    Ok(canvas)
}

async fn jpeg(canvas: &HtmlCanvasElement) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let quality = JsValue::from_f64(QUALITY);
        if let Err(error) = canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &quality) {
            // A promise that is settled already takes no notice.
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        }
    });
    JsFuture::from(promise).await
}
