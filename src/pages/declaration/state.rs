//! What the page knows: the counts, this device's signature among them, and what is under way.

use leptos::{prelude::*, task::spawn_local};
use model::DeclarationCounts;

use crate::{
    client::{Client, ClientError, client},
    focus, outbox,
    site::Load,
    ui::signal_of,
    words::{Say, Speech, Words},
};

/// What went wrong with the choice itself; whatever else goes wrong is a [`ClientError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// Nothing was chosen.
    Unchosen,
    /// The server does not know that province.
    Unknown,
}

/// The page's signals.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) counts: RwSignal<Load<DeclarationCounts>>,
    /// The province that is chosen, by its code; empty while none is.
    pub(super) chosen: RwSignal<String>,
    pub(super) slip: RwSignal<Option<Slip>>,
    /// Whether something is on its way to the server.
    pub(super) busy: RwSignal<bool>,
    pub(super) failure: RwSignal<Option<ClientError>>,
    client: StoredValue<Client>,
    /// What is said of what has just been done.
    news: RwSignal<Option<Say>>,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            counts: signal_of(Load::Waiting),
            chosen: signal_of(outbox::chosen_province().unwrap_or_default()),
            slip: signal_of(None),
            busy: signal_of(false),
            failure: signal_of(None),
            client: StoredValue::new(client()),
            news: signal_of(None),
        }
    }

    /// Asks for the counts. Those that are here stay until others are.
    pub(super) fn load(self) {
        if self.counts.with_untracked(|counts| matches!(counts, Load::Failed(_))) {
            self.counts.set(Load::Waiting);
        }
        let client = self.client.get_value();
        spawn_local(async move {
            let answer = client.declarations().await;
            self.take(answer);
        });
    }

    fn take(self, answer: Result<DeclarationCounts, ClientError>) {
        // Whoever has gone on meanwhile is not called back.
        if self.counts.is_disposed() {
            return;
        }
        match answer {
            Ok(counts) => self.counts.set(Load::Ready(counts)),
            Err(error) if self.counts.with_untracked(|counts| *counts == Load::Waiting) => {
                self.counts.set(Load::Failed(error));
            }
            // What was known before still is.
            Err(_) => {}
        }
    }

    /// The province that this device has signed for, by its code.
    pub(super) fn own(self) -> Option<String> {
        self.counts.with(|counts| match counts {
            Load::Ready(counts) => counts.own.clone(),
            _ => None,
        })
    }

    /// What was done, in a sentence.
    pub(super) fn told(self, speech: Speech) -> Signal<String> {
        speech.text(move |words| self.news.get().map(|say| say(words).to_owned()).unwrap_or_default())
    }

    /// Chooses a province.
    pub(super) fn choose(self, code: String) {
        outbox::choose_province(&code);
        self.chosen.set(code);
        self.slip.set(None);
    }

    /// Signs for the province that is chosen.
    pub(super) fn sign(self) {
        if self.busy.get_untracked() {
            return;
        }
        let province = self.chosen.get_untracked();
        // The choice may be one that this server never offered.
        let offered = self.counts.with_untracked(|counts| match counts {
            Load::Ready(counts) => counts.provinces.iter().any(|one| one.code == province),
            _ => false,
        });
        if !offered {
            self.slip.set(Some(Slip::Unchosen));
            return focus::on("province");
        }
        self.begin();
        let client = self.client.get_value();
        spawn_local(async move {
            let answer = client.declare(&province).await;
            let refused = answer.as_ref().err().and_then(ClientError::status);
            // What the server has now: also when it refused, because another tab may have been first, and when its
            // answer was lost, because it may have taken it in.
            let known = client.declarations().await;
            if self.busy.is_disposed() {
                return;
            }
            let arrived = known.as_ref().is_ok_and(|counts| counts.own.as_ref() == Some(&province));
            match (&answer, known) {
                (Ok(()), Err(_)) => self.note_own(Some(province)),
                (_, known) => self.take(known),
            }
            self.busy.set(false);
            match answer {
                Err(_) if arrived => focus::once_drawn("sign-title"),
                Ok(()) => focus::once_drawn("sign-title"),
                Err(_) if refused == Some(422) => {
                    self.slip.set(Some(Slip::Unknown));
                    focus::on("province");
                }
                Err(_) if refused == Some(409) && self.counts.with_untracked(is_own) => {
                    self.news.set(Some(Words::declaration_already));
                    focus::once_drawn("sign-title");
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    /// Takes the signature back.
    pub(super) fn withdraw(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.begin();
        let client = self.client.get_value();
        spawn_local(async move {
            let answer = client.withdraw().await;
            let known = client.declarations().await;
            if self.busy.is_disposed() {
                return;
            }
            // The answer may have been lost on its way back.
            let arrived = known.as_ref().is_ok_and(|counts| counts.own.is_none());
            match (&answer, known) {
                (Ok(true), Err(_)) => self.note_own(None),
                (_, known) => self.take(known),
            }
            self.busy.set(false);
            match answer {
                Ok(false) => {
                    self.forget_own();
                    self.news.set(Some(Words::declaration_stranger));
                    focus::once_drawn("sign-title");
                }
                Err(error) if !arrived => self.failure.set(Some(error)),
                _ => {
                    self.news.set(Some(Words::declaration_withdrawn));
                    focus::once_drawn("sign-title");
                }
            }
        });
    }

    /// This browser is another device now; the signature of the one it was still counts.
    fn forget_own(self) {
        self.counts.update(|counts| {
            if let Load::Ready(counts) = counts {
                counts.own = None;
            }
        });
    }

    fn begin(self) {
        self.slip.set(None);
        self.failure.set(None);
        self.news.set(None);
        self.busy.set(true);
    }

    /// The server has taken it in but did not say what the counts are now: at least this device's own is known.
    fn note_own(self, own: Option<String>) {
        self.counts.update(|counts| {
            let Load::Ready(counts) = counts else { return };
            let before = std::mem::replace(&mut counts.own, own.clone());
            for (code, more) in [(before, false), (own, true)] {
                let Some(code) = code else { continue };
                let change = |n: u64| if more { n + 1 } else { n.saturating_sub(1) };
                counts.total = change(counts.total);
                for one in counts.provinces.iter_mut().filter(|one| one.code == code) {
                    one.count = change(one.count);
                }
            }
        });
    }
}

fn is_own(counts: &Load<DeclarationCounts>) -> bool {
    matches!(counts, Load::Ready(DeclarationCounts { own: Some(_), .. }))
}
