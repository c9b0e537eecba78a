//! Photos that wait to be sent, in IndexedDB.
//!
//! Four calls: the `idb` crate would bring 9 KB to the phone for them. A browser that keeps nothing says so by `false`
//! or by giving nothing back; nothing breaks.

use js_sys::Promise;
use model::PhotoId;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode as Mode};

/// Of the database, of the version of its layout, and of the only store in it.
const NAME: &str = "warga";
const VERSION: u32 = 1;
const STORE: &str = "photos";

/// A photo of a draft: shrunk, upright, free of what the camera wrote beside it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shot {
    /// Made with the photo.
    pub(crate) id: PhotoId,
    /// A JPEG.
    pub(crate) blob: Blob,
    /// Whether the server has it.
    pub(super) is_up: bool,
}

impl Shot {
    /// Keeps a new photo on this device; says whether the browser did.
    pub(crate) async fn keep(id: PhotoId, blob: Blob) -> (Self, bool) {
        let is_kept = keep(id, &blob).await;
        (Self { id, blob, is_up: false }, is_kept)
    }

    /// The photos of these ids, as far as they are kept here.
    pub(crate) async fn kept(ids: &[PhotoId]) -> Vec<Self> {
        match load(ids).await {
            Ok(shots) => shots,
            // Browsers lose the connection now and then; a new one is as good.
            Err(_) => load(ids).await.unwrap_or_default(),
        }
    }

    /// No longer keeps it.
    pub(crate) async fn forget(id: PhotoId) {
        forget(&[id]).await;
    }
}

/// Keeps a photo under its id. False when the browser refuses.
pub(super) async fn keep(id: PhotoId, blob: &Blob) -> bool {
    write(|store| store.put_with_key(blob, &key(id)).map(drop)).await.is_ok()
}

/// Takes photos away.
pub(super) async fn forget(ids: &[PhotoId]) {
    // What cannot be removed was never kept.
    let _ = write(|store| ids.iter().try_for_each(|id| store.delete(&key(*id)).map(drop))).await;
}

async fn load(ids: &[PhotoId]) -> Result<Vec<Shot>, JsValue> {
    let database = open().await?;
    let store = database.transaction_with_str(STORE)?.object_store(STORE)?;
    let mut shots = Vec::new();
    for id in ids {
        // Asked for before the first answer is waited for, or the browser would end the transaction.
        shots.push((*id, store.get(&key(*id))?));
    }
    let mut kept = Vec::new();
    for (id, request) in shots {
        if let Ok(blob) = answer(&request).await?.dyn_into::<Blob>() {
            kept.push(Shot { id, blob, is_up: false });
        }
    }
    database.close();
    Ok(kept)
}

async fn write(change: impl FnOnce(&IdbObjectStore) -> Result<(), JsValue>) -> Result<(), JsValue> {
    let database = open().await?;
    let transaction = database.transaction_with_str_and_mode(STORE, Mode::Readwrite)?;
    change(&transaction.object_store(STORE)?)?;
    committed(&transaction).await?;
    database.close();
    Ok(())
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    let request = factory.ok_or(JsValue::UNDEFINED)?.open_with_u32(NAME, VERSION)?;
    let opened = request.clone();
    let lay_out = Closure::once_into_js(move || {
        let database = opened.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok());
        // Were there no store, every transaction would fail and say so.
        database.map(|database| database.create_object_store(STORE).is_ok());
    });
    request.set_onupgradeneeded(Some(lay_out.unchecked_ref()));
    answer(&request).await?.dyn_into()
}

/// What a request brings.
async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}

/// Waits until it is on the disk: a full one is told of at the end only.
async fn committed(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(promise).await.map(drop)
}

fn key(id: PhotoId) -> JsValue {
    id.to_string().into()
}
