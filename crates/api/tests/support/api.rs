//! Somebody who speaks to the server: a device with its token, or nobody in particular.

use std::{collections::BTreeSet, net::IpAddr, sync::Arc};

use model::{DeclarationCounts, Declared, DeviceToken, PhotoId, Report, ReportId, ReportPage, Support};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::{Answer, Document, Draft};

/// A server's document, read when somebody first has an answer to hold against it.
pub(crate) type SharedDocument = Arc<OnceCell<Document>>;

/// A caller of the API.
#[derive(Clone)]
pub(crate) struct Api {
    http: reqwest::Client,
    /// Below what its paths stand.
    base: String,
    /// Where the API is.
    api: String,
    token: Option<String>,
    document: SharedDocument,
}

impl Api {
    /// Nobody in particular, at the API below `base`.
    pub(crate) fn nobody(base: &str, document: SharedDocument) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let api = format!("{base}/api/v1");
        Self { http, base: api.clone(), api, token: None, document }
    }

    /// The same caller beside the API: paths stand below the server's own address.
    pub(crate) fn beside(&self) -> Self {
        let base = self.api.strip_suffix("/api/v1").unwrap();
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// Nobody in particular, who asks from another address of this machine.
    pub(crate) fn at_address(&self, address: IpAddr) -> Self {
        let http = reqwest::Client::builder().no_proxy().local_address(address).build().unwrap();
        Self { http, token: None, ..self.clone() }
    }

    /// The same caller with another token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// A new device.
    pub(crate) async fn register(&self) -> Self {
        let answer = self.post("/devices", &json!({})).await.expect(201);
        self.with_token(&answer.read::<DeviceToken>().token)
    }

    /// The same caller over another line to the same server.
    pub(crate) fn over(&self, base: &str) -> Self {
        Self { base: format!("{base}/api/v1"), ..self.clone() }
    }

    pub(crate) fn token(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    /// A request, for tests that add to it or send it in a way of their own. The path stands below `/api/v1`.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request whose answer has to come, whole and as the server's own document says.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        self.try_send(request).await.unwrap()
    }

    /// The same of a server that may be gone, or a line that may break: an answer that comes has to fit all the same.
    pub(crate) async fn try_send(&self, request: RequestBuilder) -> reqwest::Result<Answer> {
        let (http, request) = request.build_split();
        let request = request?;
        let (method, url) = (request.method().clone(), request.url().clone());
        let answer = Answer::of(http.execute(request).await?).await?;
        let root: reqwest::Url = self.api.parse().unwrap();
        // What lies beside the API (the portal's page) is in no document, nor is what a browser asks beforehand.
        let described = url.path().strip_prefix(root.path()).filter(|_| method != Method::OPTIONS);
        if let Some(path) = described {
            let document = self.document().await?;
            if let Some(misfit) = document.misfit(&method, path, &answer) {
                panic!("{method} {url} is answered {answer:?}, which does not fit the document: {misfit}");
            }
        }
        Ok(answer)
    }

    /// The document of the very server that is spoken to.
    async fn document(&self) -> reqwest::Result<&Document> {
        let read = async || self.http.get(format!("{}/openapi.json", self.api)).send().await?.json().await;
        self.document.get_or_try_init(async || read().await.map(Document::new)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// Sends a body as it is written, said to be JSON.
    pub(crate) async fn put_text(&self, path: &str, body: impl Into<String>) -> Answer {
        self.try_put_text(path, body).await.unwrap()
    }

    /// The same over a line that may break.
    pub(crate) async fn try_put_text(&self, path: &str, body: impl Into<String>) -> reqwest::Result<Answer> {
        let request = self.request(Method::PUT, path).header("content-type", "application/json");
        self.try_send(request.body(body.into())).await
    }

    pub(crate) async fn put_report(&self, id: ReportId, draft: &Draft) -> Answer {
        self.put(&format!("/reports/{id}"), draft.body()).await
    }

    /// Sends a new report that has to be taken in; gives its id.
    pub(crate) async fn submit(&self, draft: Draft) -> ReportId {
        let id = super::new_id();
        self.put_report(id, &draft).await.expect(201);
        id
    }

    pub(crate) async fn get_report(&self, id: ReportId) -> Answer {
        self.get(&format!("/reports/{id}")).await
    }

    /// A report that has to be there.
    pub(crate) async fn report(&self, id: ReportId) -> Report {
        self.get_report(id).await.expect(200).read()
    }

    /// A page that has to be there; `query` without the question mark.
    pub(crate) async fn list(&self, query: &str) -> ReportPage {
        self.get(&format!("/reports?{query}")).await.expect(200).read()
    }

    /// The ids of a page.
    pub(crate) async fn ids(&self, query: &str) -> Vec<ReportId> {
        self.list(query).await.reports.into_iter().map(|report| report.id).collect()
    }

    /// Follows `next` from the first page to the last, and gives each page's ids.
    pub(crate) async fn pages(&self, query: &str) -> Vec<Vec<ReportId>> {
        let mut pages = Vec::new();
        let mut cursors = BTreeSet::new();
        let mut page = self.list(query).await;
        loop {
            pages.push(page.reports.iter().map(|report| report.id).collect());
            let Some(next) = page.next else { return pages };
            assert!(cursors.insert(next.clone()), "{query}: the list goes in a circle");
            page = self.list(&format!("{query}&cursor={next}")).await;
        }
    }

    pub(crate) async fn put_photo(&self, id: PhotoId, bytes: impl Into<reqwest::Body>) -> Answer {
        self.send(self.request(Method::PUT, &format!("/photos/{id}")).body(bytes)).await
    }

    /// Sends a new photo that has to be taken in; gives its id.
    pub(crate) async fn photo(&self) -> PhotoId {
        let id = super::new_photo_id();
        self.put_photo(id, super::picture::jpeg(64, 48)).await.expect(201);
        id
    }

    /// A photo that has to be there, as bytes; `query` with its question mark.
    pub(crate) async fn get_jpeg(&self, id: PhotoId, query: &str) -> Vec<u8> {
        let answer = self.get(&format!("/photos/{id}{query}")).await.expect(200);
        assert_eq!(answer.header("content-type"), "image/jpeg");
        answer.bytes
    }

    pub(crate) async fn put_evidence(&self, id: ReportId, photo: PhotoId) -> Answer {
        self.send(self.request(Method::PUT, &format!("/reports/{id}/evidence/{photo}"))).await
    }

    pub(crate) async fn delete_contact(&self, id: ReportId) -> Answer {
        self.delete(&format!("/reports/{id}/contact")).await
    }

    pub(crate) async fn put_flag(&self, id: ReportId, body: &Value) -> Answer {
        self.put(&format!("/reports/{id}/flag"), body).await
    }

    pub(crate) async fn put_declaration(&self, province: &str) -> Answer {
        self.put("/declaration", &json!({ "province": province })).await
    }

    /// Joins the declaration for a province, which has to be possible.
    pub(crate) async fn join(&self, province: &str) -> Declared {
        self.put_declaration(province).await.expect(200).read()
    }

    pub(crate) async fn withdraw(&self) -> Declared {
        self.delete("/declaration").await.expect(200).read()
    }

    pub(crate) async fn declaration_counts(&self) -> DeclarationCounts {
        self.get("/declaration/counts").await.expect(200).read()
    }

    pub(crate) async fn put_support(&self, id: ReportId) -> Answer {
        self.send(self.request(Method::PUT, &format!("/reports/{id}/support"))).await
    }

    pub(crate) async fn delete_support(&self, id: ReportId) -> Answer {
        self.delete(&format!("/reports/{id}/support")).await
    }

    pub(crate) async fn support(&self, id: ReportId) -> Support {
        self.put_support(id).await.expect(200).read()
    }

    pub(crate) async fn unsupport(&self, id: ReportId) -> Support {
        self.delete_support(id).await.expect(200).read()
    }
}
