//! Devices that write as fast as they can, and remember what they were told.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::{Arc, Mutex, MutexGuard},
};

use fastrand::Rng;
use model::{DeviceToken, ReportId};
use reqwest::Method;
use serde_json::json;

use super::{Answer, Api, Draft, new_id, report};

/// What is signed for here.
const PROVINCES: [&str; 3] = ["11", "32", "96"];

/// Who supports what: the report, and the token of the device.
pub(crate) type SupportKey = (ReportId, String);

/// What was sent, and what of it was acknowledged. An acknowledged write is only what was answered whole.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) sent_reports: BTreeMap<ReportId, Sent>,
    pub(crate) acknowledged_reports: BTreeSet<ReportId>,
    pub(crate) sent_supports: BTreeSet<SupportKey>,
    pub(crate) acknowledged_supports: BTreeSet<SupportKey>,
    /// The province that a device has signed for, by the device's token. Each device signs once.
    pub(crate) sent_declarations: BTreeMap<String, String>,
    pub(crate) acknowledged_declarations: BTreeSet<String>,
    /// Answers that were no success.
    pub(crate) refusals: Vec<Answer>,
}

/// A report on its way, with who sent it.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) draft: Draft,
    pub(crate) by: Api,
}

impl Log {
    pub(crate) fn acknowledged(&self) -> usize {
        self.acknowledged_reports.len()
            + self.acknowledged_supports.len()
            + self.acknowledged_declarations.len()
    }

    pub(crate) fn unacknowledged_reports(&self) -> Vec<ReportId> {
        self.sent_reports.keys().filter(|id| !self.acknowledged_reports.contains(id)).copied().collect()
    }

    pub(crate) fn unacknowledged_supports(&self) -> Vec<SupportKey> {
        self.sent_supports.difference(&self.acknowledged_supports).cloned().collect()
    }

    pub(crate) fn unacknowledged_declarations(&self) -> Vec<String> {
        let sent = self.sent_declarations.keys();
        sent.filter(|token| !self.acknowledged_declarations.contains(*token)).cloned().collect()
    }
}

/// A log that many writers share.
#[derive(Clone)]
pub(crate) struct SharedLog(Arc<Mutex<Log>>);

impl SharedLog {
    pub(crate) fn new(log: Log) -> Self {
        Self(Arc::new(Mutex::new(log)))
    }

    /// The log, when nobody writes any more.
    pub(crate) fn take(&self) -> Log {
        mem::take(&mut self.lock())
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap()
    }
}

/// One device that writes.
pub(crate) struct Writer {
    pub(crate) device: Api,
    pub(crate) log: SharedLog,
    pub(crate) rng: Rng,
}

impl Writer {
    /// One write: a new report, support for one that somebody was told is kept, or a new device that joins the
    /// declaration. False when there was no answer, as from a server that has gone.
    pub(crate) async fn write(&mut self) -> bool {
        let known = {
            let log = self.log.lock();
            self.rng.choice(&log.acknowledged_reports).copied()
        };
        match (self.rng.u8(0..4), known) {
            (0, _) => self.join().await,
            (1, Some(id)) => self.support(id).await,
            _ => self.report().await,
        }
    }

    async fn report(&mut self) -> bool {
        let id = new_id();
        let length = self.rng.usize(1..3000);
        let text: String = (0..length).map(|_| self.rng.alphanumeric()).collect();
        let draft = report().description(text).at(self.rng.f64() * -10.0, 95.0 + self.rng.f64() * 45.0);
        let sent = Sent { draft: draft.clone(), by: self.device.clone() };
        self.log.lock().sent_reports.insert(id, sent);
        let request = self.device.request(Method::PUT, &format!("/reports/{id}")).json(draft.body());
        let Ok(answer) = self.device.try_send(request).await else { return false };
        let mut log = self.log.lock();
        if answer.status == 201 {
            log.acknowledged_reports.insert(id);
        } else {
            log.refusals.push(answer);
        }
        true
    }

    async fn support(&mut self, id: ReportId) -> bool {
        let key = (id, self.device.token().to_owned());
        self.log.lock().sent_supports.insert(key.clone());
        let request = self.device.request(Method::PUT, &format!("/reports/{id}/support"));
        let Ok(answer) = self.device.try_send(request).await else { return false };
        let mut log = self.log.lock();
        if answer.status == 200 {
            log.acknowledged_supports.insert(key);
        } else {
            log.refusals.push(answer);
        }
        true
    }

    async fn join(&mut self) -> bool {
        let request = self.device.request(Method::POST, "/devices").json(&json!({}));
        let Ok(answer) = self.device.try_send(request).await else { return false };
        if answer.status != 201 {
            self.log.lock().refusals.push(answer);
            return true;
        }
        let token = answer.read::<DeviceToken>().token;
        let province = self.rng.choice(PROVINCES).unwrap_or("32");
        self.log.lock().sent_declarations.insert(token.clone(), province.to_owned());
        let device = self.device.with_token(&token);
        let request = device.request(Method::PUT, "/declaration").json(&json!({ "province": province }));
        let Ok(answer) = device.try_send(request).await else { return false };
        let mut log = self.log.lock();
        if answer.status == 200 {
            log.acknowledged_declarations.insert(token);
        } else {
            log.refusals.push(answer);
        }
        true
    }
}
