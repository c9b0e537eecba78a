//! What the buttons of the form do: on to the review, back to a field, send, begin anew.

use leptos::{prelude::*, task::spawn_local};
use model::FieldError;

use super::state::{Form, Step, Trouble};
use crate::{focus, outbox::SendError, route::Route};

impl Form {
    /// On to the look at it all, or back to what is to be mended.
    pub(super) fn review(self) {
        if self.site.categories_untracked().is_empty() {
            // Without the categories nothing can be checked; they are asked for once more.
            self.site.load(self.client());
            focus::on("category-group");
            return;
        }
        if self.awaits_photos() {
            focus::on("photos");
            return;
        }
        self.trouble.set(None);
        match untrack(|| self.letter()) {
            Ok(_) => {
                self.complain(Vec::new());
                self.step.set(Step::Review);
                focus::once_drawn("review-title");
            }
            Err(errors) => self.object(errors),
        }
    }

    /// Back to a field.
    pub(super) fn edit(self, id: &'static str) {
        if !self.sending.get_untracked() && !self.is_sealed() {
            self.trouble.set(None);
            self.step.set(Step::Write(0));
            focus::once_drawn(id);
        }
    }

    pub(super) fn send(self) {
        if self.sending.get_untracked() || self.awaits_photos() {
            return;
        }
        let letter = match untrack(|| self.letter()) {
            Ok(letter) => letter,
            Err(errors) => {
                self.step.set(Step::Write(0));
                return self.object(errors);
            }
        };
        let (mut draft, mut shots) = (self.draft.get_untracked(), self.shots.get_untracked());
        let client = self.client();
        self.sending.set(true);
        self.under_way.begin();
        spawn_local(async move {
            let on_photo = move |place| {
                self.photo_up.try_set(place);
            };
            let sent = draft.send(&client, letter, &mut shots, on_photo).await;
            if let Ok(report) = &sent {
                self.just_sent.note(report);
            }
            // Whoever has left the form meanwhile is not called back to it; an unsent draft waits there.
            let has_left = self.sending.try_set(false).is_some();
            if has_left && sent.is_err() {
                draft.keep_again();
            }
            self.under_way.end();
            if has_left {
                return;
            }
            self.photo_up.set(0);
            self.trouble.set(None);
            match sent {
                Ok(report) => {
                    self.navigation.go(Route::Report(report.id));
                    return;
                }
                Err(SendError::Fields(fields)) => {
                    self.step.set(Step::Write(0));
                    self.complain(fields);
                }
                // Deleted in another tab while it was on its way.
                Err(SendError::Withdrawn) => return,
                Err(SendError::Taken) => self.trouble.set(Some(Trouble::Taken)),
                Err(SendError::Photo(error)) => self.trouble.set(Some(Trouble::Photo(error))),
                Err(SendError::Client(error)) => self.trouble.set(Some(Trouble::Report(error))),
            }
            self.draft.set(draft);
            self.shots.set(shots);
        });
    }

    /// Says what the rules here complain of.
    fn object(self, errors: Vec<FieldError>) {
        self.complain(errors.clone());
        self.by_rules.set_value(errors);
    }

    /// Says what is to be mended.
    fn complain(self, errors: Vec<FieldError>) {
        self.by_rules.set_value(Vec::new());
        self.errors.set(errors.clone());
        self.summary.set(errors);
    }

    /// Forgets everything and begins anew; `done` is set once nothing of it is left.
    pub(super) fn discard(self, done: RwSignal<bool>) {
        if self.sending.get_untracked() {
            return;
        }
        let draft = self.draft.get_untracked();
        spawn_local(async move {
            let draft = draft.discarded().await;
            if self.draft.is_disposed() {
                return;
            }
            self.shots.set(Vec::new());
            self.complain(Vec::new());
            self.trouble.set(None);
            self.photos_lost.set(false);
            self.draft.set(draft);
            self.step.update(|step| {
                *step = Step::Write(if let Step::Write(count) = step { *count + 1 } else { 0 });
            });
            done.set(true);
        });
    }
}
