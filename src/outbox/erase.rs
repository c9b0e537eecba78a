//! Forgetting everything that this device keeps.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbFactory, window};

use crate::{client::Client, local};

/// How everything of ours is called, or begins, wherever the browser keeps it.
const OURS: &str = "warga";

/// Something of ours is still here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not everything was erased")]
pub(crate) struct Remains;

/// Erases the draft, its photos, the device's token and every choice that was kept.
///
/// # Errors
/// When the browser does not let go of something, as when another tab is using it. All the rest is gone then.
pub(crate) async fn erase(client: &Client) -> Result<(), Remains> {
    local::remove_all(OURS);
    client.forget_device();
    let databases = databases().await;
    let caches = caches().await;
    databases.and(caches).map_err(|_| Remains)
}

async fn databases() -> Result<(), JsValue> {
    // A browser that refuses the whole of it has kept nothing there.
    let Some(factory) = window().and_then(|window| window.indexed_db().ok().flatten()) else { return Ok(()) };
    let mut names = listed(&factory).await.unwrap_or_default();
    // Browsers that list nothing still delete by name; what is not there is deleted as well.
    names.push(OURS.to_owned());
    for name in names.iter().filter(|name| name.starts_with(OURS)) {
        let request = factory.delete_database(name)?;
        let deleted = Promise::new(&mut |resolve, reject| {
            request.set_onsuccess(Some(&resolve));
            request.set_onerror(Some(&reject));
            // Another tab holds it open. It may still go when that closes, but nobody knows when.
            request.set_onblocked(Some(&reject));
        });
        JsFuture::from(deleted).await?;
    }
    Ok(())
}

/// The names of all databases of this origin, where the browser tells them (`indexedDB.databases()`).
async fn listed(factory: &IdbFactory) -> Result<Vec<String>, JsValue> {
    let list: Function = Reflect::get(factory, &"databases".into())?.dyn_into()?;
    let promise: Promise = list.call0(factory)?.dyn_into()?;
    let databases: Array = JsFuture::from(promise).await?.dyn_into()?;
    let name = |database: JsValue| Reflect::get(&database, &"name".into()).ok()?.as_string();
    Ok(databases.iter().filter_map(name).collect())
}

async fn caches() -> Result<(), JsValue> {
    // There are none on a page that came without TLS.
    let caches = window().and_then(|window| window.caches().ok()).filter(|caches| !caches.is_undefined());
    let Some(caches) = caches else { return Ok(()) };
    // A private window that refuses to list them has none.
    let Ok(names) = JsFuture::from(caches.keys()).await else { return Ok(()) };
    for name in names.unchecked_into::<Array>().iter().filter_map(|name| name.as_string()) {
        if name.starts_with(OURS) {
            JsFuture::from(caches.delete(&name)).await?;
        }
    }
    Ok(())
}
