//! Devices that write as fast as they can, and remember what they were told.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::{Arc, Mutex, MutexGuard},
};

use fastrand::Rng;
use model::ReportId;
use reqwest::Method;

use super::{Answer, Api, Draft, new_id, report};

/// Who supports what: the report, and the token of the device.
pub(crate) type SupportKey = (ReportId, String);

/// What was sent, and what of it was acknowledged. An acknowledged write is only what was answered whole.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) sent_reports: BTreeMap<ReportId, Sent>,
    pub(crate) acknowledged_reports: BTreeSet<ReportId>,
    pub(crate) sent_supports: BTreeSet<SupportKey>,
    pub(crate) acknowledged_supports: BTreeSet<SupportKey>,
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
        self.acknowledged_reports.len() + self.acknowledged_supports.len()
    }

    pub(crate) fn unacknowledged_reports(&self) -> Vec<ReportId> {
        self.sent_reports.keys().filter(|id| !self.acknowledged_reports.contains(id)).copied().collect()
    }

    pub(crate) fn unacknowledged_supports(&self) -> Vec<SupportKey> {
        self.sent_supports.difference(&self.acknowledged_supports).cloned().collect()
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
    /// One write: a new report, or support for one that somebody was told is kept. False when there was no
    /// answer, as from a server that has gone.
    pub(crate) async fn write(&mut self) -> bool {
        let known = {
            let log = self.log.lock();
            self.rng.choice(&log.acknowledged_reports).copied()
        };
        match known {
            Some(id) if self.rng.u8(0..3) == 0 => self.support(id).await,
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
}
