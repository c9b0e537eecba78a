//! What the parts of the form share.

use leptos::{prelude::*, task::spawn_local};
use model::{Category, FieldError, NearbyReport, Submission, Timestamp};

use super::nearby;
use crate::{
    client::{Client, ClientError, client},
    navigation::{Navigation, navigation},
    outbox::{Draft, JustSent, Shot, Terms, UnderWay},
    site::{SiteInfo, site},
    ui::effect,
    words::{Speech, speech},
};

/// Where the citizen is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// Filling in; another number is another form, to be filled in from its beginning.
    Write(u32),
    /// Looking at all of it before it goes.
    Review,
}

/// Why it was not sent, where no field is to blame.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    Report(ClientError),
    Photo(ClientError),
    Taken,
}

/// The form. Cheap to hand on.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) draft: RwSignal<Draft>,
    /// Photos whose pictures are still being looked for on the device.
    pub(super) to_find: RwSignal<usize>,
    /// Photos that are being made smaller.
    pub(super) preparing: RwSignal<usize>,
    /// The photos of the draft with their pictures.
    pub(super) shots: RwSignal<Vec<Shot>, LocalStorage>,
    /// What is to be mended, as it was said when the citizen wanted to go on.
    pub(super) summary: RwSignal<Vec<FieldError>>,
    /// The same beside the fields: what has been mended since is gone.
    pub(super) errors: RwSignal<Vec<FieldError>>,
    /// Those of them that the rules here complained of, not the server.
    pub(super) by_rules: StoredValue<Vec<FieldError>>,
    pub(super) step: RwSignal<Step>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    pub(super) sending: RwSignal<bool>,
    /// The photo that goes up, counted from 1; 0 while none does.
    pub(super) photo_up: RwSignal<usize>,
    /// Whether the browser keeps what is typed.
    pub(super) kept: RwSignal<bool>,
    /// Whether photos of the draft are gone from this device.
    pub(super) photos_lost: RwSignal<bool>,
    /// What others have told of around the place.
    pub(super) nearby: RwSignal<Vec<NearbyReport>>,
    pub(super) site: SiteInfo,
    speech: Speech,
    client: StoredValue<Client>,
    pub(super) navigation: Navigation,
    pub(super) just_sent: JustSent,
    pub(super) under_way: UnderWay,
}

impl Form {
    pub(super) fn new(draft: Draft) -> Self {
        let sealed = draft.is_sealed();
        let form = Self {
            draft: RwSignal::new(draft),
            to_find: RwSignal::new(0),
            preparing: RwSignal::new(0),
            shots: RwSignal::new_local(Vec::new()),
            summary: RwSignal::new(Vec::new()),
            errors: RwSignal::new(Vec::new()),
            by_rules: StoredValue::new(Vec::new()),
            // What may have arrived can only be sent again as it is.
            step: RwSignal::new(if sealed { Step::Review } else { Step::Write(0) }),
            trouble: RwSignal::new(None),
            sending: RwSignal::new(false),
            photo_up: RwSignal::new(0),
            kept: RwSignal::new(true),
            photos_lost: RwSignal::new(false),
            nearby: RwSignal::new(Vec::new()),
            site: site(),
            speech: speech(),
            client: StoredValue::new(client()),
            navigation: navigation(),
            just_sent: JustSent::get(),
            under_way: UnderWay::get(),
        };
        form.keep_always();
        form.note_what_is_mended();
        form.find_photos();
        nearby::follow(form);
        form
    }

    /// Kept with every keystroke, before anything is sent.
    fn keep_always(self) {
        Effect::new(move |before: Option<()>| {
            let is_kept = self.draft.with(Draft::keep);
            if before.is_some() {
                self.kept.set(is_kept);
            }
        });
    }

    /// What the rules no longer complain of is not said any longer. What only the server complained of stays until it
    /// is asked again: the rules here know nothing of it.
    fn note_what_is_mended(self) {
        effect(move || {
            self.draft.track();
            if self.errors.with_untracked(Vec::is_empty) {
                return;
            }
            let now = untrack(|| self.letter()).err().unwrap_or_default();
            self.by_rules.with_value(|ours| {
                self.errors.update(|errors| {
                    errors.retain(|error| now.contains(error) || !ours.contains(error));
                });
            });
        });
    }

    /// The pictures of the photos that were chosen before the page was loaded.
    fn find_photos(self) {
        let ids = self.draft.with_untracked(|draft| draft.photos.clone());
        if ids.is_empty() {
            return;
        }
        self.to_find.set(ids.len());
        spawn_local(async move {
            let found = Shot::kept(&ids).await;
            if self.draft.is_disposed() {
                return;
            }
            let lost = found.len() < ids.len();
            self.to_find.set(0);
            // In front of what may have been added meanwhile.
            self.change_shots(|shots| drop(shots.splice(0..0, found)));
            self.photos_lost.set(lost);
        });
    }

    /// Changes the photos, and takes note of it in the draft.
    pub(super) fn change_shots(self, change: impl FnOnce(&mut Vec<Shot>)) {
        self.shots.update(change);
        // What is sealed names the photos it was sent with.
        if !self.is_sealed() {
            self.draft.update(|draft| self.shots.with_untracked(|shots| draft.hold(shots)));
        }
    }

    /// Whether photos are on their way into the draft: what is sent now would be sent without them.
    pub(super) fn awaits_photos(self) -> bool {
        self.to_find.get_untracked() + self.preparing.get_untracked() > 0
    }

    pub(super) fn is_sealed(self) -> bool {
        self.draft.with_untracked(Draft::is_sealed)
    }

    /// The chosen category, followed.
    pub(super) fn category(self) -> Option<Category> {
        let code = self.draft.with(|draft| draft.category.clone());
        self.site.categories().into_iter().find(|category| category.code == code)
    }

    pub(super) fn client(self) -> Client {
        self.client.get_value()
    }

    /// What would be sent now, followed.
    pub(super) fn letter(self) -> Result<Submission, Vec<FieldError>> {
        let (categories, jurisdictions) = (self.site.categories(), self.site.jurisdictions());
        let now = Timestamp::from_millis(js_sys::Date::now() as i64);
        let words = self.speech.words();
        let mut draft = self.draft.get();
        let terms = Terms { categories: &categories, jurisdictions: &jurisdictions, words, now };
        let letter = draft.checked(&terms);
        if self.draft.with_untracked(|kept| *kept != draft) {
            self.draft.set(draft);
        }
        letter
    }
}
