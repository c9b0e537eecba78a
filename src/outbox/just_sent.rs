//! The reports that this device has sent since the page was opened. The last one's page says so; all of them stand on
//! the map at once, whatever an older answer tells.

use geo::WorldPoint;
use js_sys::Date;
use leptos::prelude::*;
use model::{Report, ReportId, Status, Visibility};

use crate::{ui::signal_of, world::world};

/// How long after a report was taken in a tile may still be without it, in milliseconds.
const UNTIL_SEEN: f64 = 2000.0;

/// A report of this device.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Own {
    pub(crate) id: ReportId,
    /// The code of its category.
    pub(crate) category: String,
    /// `[lat, lng]`.
    place: [f64; 2],
    pub(crate) status: Status,
    /// From when on the server's tiles have it, in milliseconds by this device's clock; never, where only this device and
    /// an agency ever see it.
    pub(crate) in_tiles_from: Option<f64>,
}

impl Own {
    /// Where it is.
    pub(crate) fn at(&self) -> WorldPoint {
        let [lat, lng] = self.place;
        world(lat, lng)
    }
}

use crate::ui::provided;

/// Provided once at the root.
#[derive(Clone, Copy)]
pub(crate) struct JustSent {
    unseen: RwSignal<Option<ReportId>>,
    own: RwSignal<Vec<Own>>,
}

impl JustSent {
    /// Provides itself, empty, to everything below.
    pub(crate) fn provide() {
        provide_context(Self { unseen: signal_of(None), own: signal_of(Vec::new()) });
    }

    pub(crate) fn get() -> Self {
        provided()
    }

    /// A report has been taken in just now.
    pub(crate) fn note(self, report: &Report) {
        self.unseen.set(Some(report.id));
        let public = report.visibility != Visibility::Private;
        let own = Own {
            id: report.id,
            category: report.category.clone(),
            place: [report.lat, report.lng],
            status: report.status,
            in_tiles_from: public.then(|| Date::now() + UNTIL_SEEN),
        };
        self.own.update(|all| {
            // Sent twice, it is one.
            all.retain(|known| known.id != own.id);
            all.push(own);
        });
    }

    /// All of them.
    pub(crate) fn own(self) -> Vec<Own> {
        self.own.get()
    }

    /// Follows their changes.
    pub(crate) fn track(self) {
        self.own.track();
    }

    /// Forgets all of them.
    pub(crate) fn forget(self) {
        self.unseen.set(None);
        self.own.set(Vec::new());
    }

    /// The one that arrived and has not been seen yet.
    pub(crate) fn unseen(self) -> Option<ReportId> {
        self.unseen.get_untracked()
    }

    /// Whether it is this one; from then on it is no news any more.
    pub(crate) fn take(self, id: ReportId) -> bool {
        let is_news = self.unseen.get_untracked() == Some(id);
        if is_news {
            self.unseen.set(None);
        }
        is_news
    }
}
