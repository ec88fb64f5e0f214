//! What a person typed and the server does not have yet, kept in this browser until it has: it
//! outlives a reload and a closed tab.
//!
//! Everything is encrypted (AES-GCM) with a key of the account that scripts can use but not read;
//! key and texts lie in IndexedDB and go at sign-out. What is kept for one account is not read for
//! another. A browser without such storage keeps nothing, and the page asks before it is left.

#[cfg(target_arch = "wasm32")]
pub use browser::{forget, forget_all, keep, list, read};

use crate::hooks::use_effect_with;
use yew::prelude::*;

/// Says on the window that something was kept or forgotten.
const CHANGED: &str = "salus-kept";

/// How many texts are kept in this browser for the account that is signed in.
#[hook]
pub fn use_kept() -> usize {
    let count = use_state_eq(|| 0_usize);
    let session = crate::session::use_session();
    let account = session.signed().map(|signed| signed.account_id.to_string());
    {
        let count = count.clone();
        use_effect_with(account, move |account| {
            let account = account.clone().unwrap_or_default();
            let look = move || {
                let (account, count) = (account.clone(), count.clone());
                crate::session::spawn(async move { count.set(list(&account).await.len()) });
            };
            look();
            let window = gloo::utils::window();
            let listener = gloo::events::EventListener::new(&window, CHANGED, move |_| look());
            move || drop(listener)
        });
    }
    *count
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use gloo::events::EventListener;
    use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        CryptoKey, Event, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransactionMode,
        SubtleCrypto,
    };

    const DATABASE: &str = "salus";
    const KEYS: &str = "keys";
    const TEXTS: &str = "texts";
    const CIPHER: &str = "AES-GCM";
    /// Bytes of the nonce before each text.
    const NONCE: usize = 12;

    type Answer<T> = Result<T, JsValue>;

    /// Keeps a text under a name for an account, in place of the one before.
    pub async fn keep(account: &str, name: &str, text: &str) {
        let _ = write(account, name, text).await;
        changed();
    }

    /// What is kept under a name for an account.
    pub async fn read(account: &str, name: &str) -> Option<String> {
        let sealed = get(TEXTS, &full(account, name)).await.ok().flatten()?;
        open(account, name, &sealed.dyn_into().ok()?).await.ok()
    }

    /// The names of what is kept for an account.
    pub async fn list(account: &str) -> Vec<String> {
        names(account).await.unwrap_or_default()
    }

    /// Forgets what is kept under a name for an account.
    pub async fn forget(account: &str, name: &str) {
        let _ = remove(TEXTS, &JsValue::from(full(account, name))).await;
        changed();
    }

    /// Forgets everything kept for an account, and its key.
    pub async fn forget_all(account: &str) {
        if let Ok(range) = range(account) {
            let _ = remove(TEXTS, &range).await;
        }
        let _ = remove(KEYS, &JsValue::from(account)).await;
        changed();
    }

    async fn write(account: &str, name: &str, text: &str) -> Answer<()> {
        let key = key(account).await?;
        let mut sealed = [0_u8; NONCE].to_vec();
        window()?
            .crypto()?
            .get_random_values_with_u8_array(&mut sealed)?;
        let cipher = cipher(&sealed, account, name)?;
        let data = subtle()?.encrypt_with_object_and_u8_array(&cipher, &key, text.as_bytes())?;
        let data = Uint8Array::new(&JsFuture::from(data).await?);
        sealed.extend(data.to_vec());
        let (database, store) = store(TEXTS, IdbTransactionMode::Readwrite).await?;
        let sealed = Uint8Array::from(sealed.as_slice());
        answer(&store.put_with_key(&sealed, &JsValue::from(full(account, name)))?).await?;
        database.close();
        Ok(())
    }

    async fn open(account: &str, name: &str, sealed: &Uint8Array) -> Answer<String> {
        let nonce = sealed.slice(0, NONCE as u32).to_vec();
        let data = sealed.slice(NONCE as u32, sealed.length());
        let cipher = cipher(&nonce, account, name)?;
        let key = key(account).await?;
        let text = subtle()?.decrypt_with_object_and_js_u8_array(&cipher, &key, &data)?;
        let text = Uint8Array::new(&JsFuture::from(text).await?).to_vec();
        String::from_utf8(text).map_err(|_| JsValue::NULL)
    }

    /// The account's key, made on first use; two tabs end up with the same one.
    async fn key(account: &str) -> Answer<CryptoKey> {
        if let Some(key) = get(KEYS, account).await? {
            return key.dyn_into();
        }
        let kind = object(&[("name", CIPHER.into()), ("length", 256.into())])?;
        let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
        let made = JsFuture::from(subtle()?.generate_key_with_object(&kind, false, &uses)?).await?;
        let (database, store) = store(KEYS, IdbTransactionMode::Readwrite).await?;
        // Refused when another tab was quicker; its key is the one then.
        let _ = answer(&store.add_with_key(&made, &account.into())?).await;
        database.close();
        get(KEYS, account).await?.ok_or(JsValue::NULL)?.dyn_into()
    }

    /// Bound to the account and the name, so that no text can be put in another's place.
    fn cipher(nonce: &[u8], account: &str, name: &str) -> Answer<Object> {
        object(&[
            ("name", CIPHER.into()),
            ("iv", Uint8Array::from(nonce).into()),
            (
                "additionalData",
                Uint8Array::from(full(account, name).as_bytes()).into(),
            ),
        ])
    }

    async fn names(account: &str) -> Answer<Vec<String>> {
        let (database, store) = store(TEXTS, IdbTransactionMode::Readonly).await?;
        let keys = answer(&store.get_all_keys_with_key(&range(account)?)?).await?;
        database.close();
        let start = full(account, "");
        Ok(Array::from(&keys)
            .iter()
            .filter_map(|key| Some(key.as_string()?.strip_prefix(&start)?.to_owned()))
            .collect())
    }

    fn full(account: &str, name: &str) -> String {
        format!("{account}/{name}")
    }

    /// Every name of an account: `0` comes right after `/`.
    fn range(account: &str) -> Answer<JsValue> {
        let upper = format!("{account}0");
        IdbKeyRange::bound(&full(account, "").into(), &upper.into()).map(JsValue::from)
    }

    async fn get(name: &str, key: &str) -> Answer<Option<JsValue>> {
        let (database, store) = store(name, IdbTransactionMode::Readonly).await?;
        let found = answer(&store.get(&key.into())?).await?;
        database.close();
        Ok((!found.is_undefined()).then_some(found))
    }

    async fn remove(name: &str, keys: &JsValue) -> Answer<()> {
        let (database, store) = store(name, IdbTransactionMode::Readwrite).await?;
        answer(&store.delete(keys)?).await?;
        database.close();
        Ok(())
    }

    /// Opened for each use and closed after it: the browser can clear what a page holds open only
    /// when the page lets go.
    async fn store(name: &str, mode: IdbTransactionMode) -> Answer<(IdbDatabase, IdbObjectStore)> {
        let factory = window()?.indexed_db()?.ok_or(JsValue::NULL)?;
        let request = factory.open_with_u32(DATABASE, 1)?;
        let made = request.clone();
        let upgrade = EventListener::once(&request, "upgradeneeded", move |_| {
            if let Some(database) = made.result().ok().and_then(|db| db.dyn_into().ok()) {
                let database: IdbDatabase = database;
                for name in [KEYS, TEXTS] {
                    let _ = database.create_object_store(name);
                }
            }
        });
        let database: IdbDatabase = answer(&request).await?.dyn_into()?;
        drop(upgrade);
        let store = database
            .transaction_with_str_and_mode(name, mode)?
            .object_store(name)?;
        Ok((database, store))
    }

    async fn answer(request: &IdbRequest) -> Answer<JsValue> {
        let mut listeners = Vec::new();
        let promise = Promise::new(&mut |resolve, reject| {
            for (event, settle) in [("success", resolve), ("error", reject)] {
                listeners.push(EventListener::once(request, event, move |_| {
                    let _ = settle.call0(&JsValue::NULL);
                }));
            }
        });
        JsFuture::from(promise).await?;
        drop(listeners);
        request.result()
    }

    fn object(fields: &[(&str, JsValue)]) -> Answer<Object> {
        let object = Object::new();
        for (name, value) in fields {
            Reflect::set(&object, &(*name).into(), value)?;
        }
        Ok(object)
    }

    fn window() -> Answer<web_sys::Window> {
        web_sys::window().ok_or(JsValue::NULL)
    }

    fn subtle() -> Answer<SubtleCrypto> {
        // Missing where the page did not come over a safe connection.
        let subtle = Reflect::get(window()?.crypto()?.as_ref(), &"subtle".into())?;
        subtle.dyn_into()
    }

    fn changed() {
        if let (Ok(window), Ok(event)) = (window(), Event::new(super::CHANGED)) {
            let _ = window.dispatch_event(&event);
        }
    }
}

/// Outside a browser nothing is kept.
#[cfg(not(target_arch = "wasm32"))]
pub async fn keep(_account: &str, _name: &str, _text: &str) {}

/// Outside a browser nothing is kept.
#[cfg(not(target_arch = "wasm32"))]
pub async fn read(_account: &str, _name: &str) -> Option<String> {
    None
}

/// Outside a browser nothing is kept.
#[cfg(not(target_arch = "wasm32"))]
pub async fn list(_account: &str) -> Vec<String> {
    Vec::new()
}

/// Outside a browser nothing is kept.
#[cfg(not(target_arch = "wasm32"))]
pub async fn forget(_account: &str, _name: &str) {}

/// Outside a browser nothing is kept.
#[cfg(not(target_arch = "wasm32"))]
pub async fn forget_all(_account: &str) {}
