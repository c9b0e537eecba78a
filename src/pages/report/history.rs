//! What happened to a report, oldest first, and what is still to come.

use leptos::prelude::*;
use model::{Photo, PhotoId, Report, Status, Timestamp};

use super::{
    gallery::Gallery,
    pieces::{heading, paragraph, time},
};
use crate::{
    format,
    words::{Words, speech},
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
struct Event {
    at: Timestamp,
    /// The status it brought.
    status: Option<Status>,
    note: Option<String>,
    photo: Option<PhotoId>,
    agency: Option<String>,
}

/// The timeline.
#[component]
pub(super) fn History(report: Report, private: bool) -> impl IntoView {
    let speech = speech();
    let unanswered = report.updates.is_empty() && report.status == Status::Received;
    let events = events(&report);
    let last = events.len() - 1;
    let steps = events.into_iter().enumerate().map(|(nth, event)| {
        view! { <Step event first={nth == 0} last={nth == last} private /> }
    });
    let coming = coming(report.status).iter().map(|status| view! { <Coming status=*status /> });
    view! {
        {heading("history-title", speech.say(Words::report_history))}
        {unanswered.then(|| paragraph("hint", speech.say(Words::report_no_history)))}
        <ol class="steps">
            {steps.collect_view()}
            {coming.collect_view()}
        </ol>
    }
}

/// The history from its beginning, which is always known, to where the report stands, even if (as with reports that
/// were imported) nobody has told of the way there. Never empty.
fn events(report: &Report) -> Vec<Event> {
    let bare = |at, status| Event { at, status: Some(status), note: None, photo: None, agency: None };
    let mut events = vec![bare(report.created_at, Status::Received)];
    events.extend(report.updates.iter().cloned().map(|update| Event {
        at: update.at,
        status: update.status,
        note: update.note,
        photo: update.photo,
        agency: update.agency,
    }));
    let told = events.iter().rev().find_map(|event| event.status);
    if told != Some(report.status) {
        events.push(bare(report.status_since, report.status));
    }
    events
}

/// The steps that a report still has before it.
fn coming(status: Status) -> &'static [Status] {
    match status {
        Status::Received => &[Status::Verified, Status::InProgress, Status::Resolved],
        Status::Verified => &[Status::InProgress, Status::Resolved],
        Status::InProgress => &[Status::Resolved],
        Status::Resolved | Status::Rejected | Status::Duplicate => &[],
    }
}

#[component]
fn Step(event: Event, first: bool, last: bool, private: bool) -> impl IntoView {
    let speech = speech();
    let Event { at, status, note, photo, agency } = event;
    let what = speech.text(move |words| {
        let what = match status {
            Some(_) if first => words.report_was_received(),
            Some(status) => words.status(status),
            None => words.report_response(),
        };
        what.to_owned()
    });
    // The size of such a photo is not told; its tile has one of its own.
    let photos: Vec<_> = photo.into_iter().map(|id| Photo { id, width: 4, height: 3 }).collect();
    view! {
        <li class="step" class:step-now=last data-status=status.map(Status::as_str)
            aria-current=last.then_some("step")>
            <strong class="step-what">{what}</strong>
            {agency.map(|agency| paragraph("step-agency", agency.into()))}
            {note.map(|note| paragraph("report-text", note.into()))}
            <Gallery photos private />
            {time(at, speech.text(move |words| format::moment(words, at)))}
        </li>
    }
}

#[component]
fn Coming(status: Status) -> impl IntoView {
    let speech = speech();
    let meaning = speech.say(match status {
        Status::Verified => Words::report_coming_verified,
        Status::InProgress => Words::report_coming_in_progress,
        _ => Words::report_coming_resolved,
    });
    view! {
        <li class="step step-coming" data-status=status.as_str()>
            <span class="step-what">
                <span class="unseen">{speech.say(Words::report_coming)} " "</span>
                {speech.text(move |words| words.status(status).to_owned())}
            </span>
            {paragraph("hint", meaning)}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(status: Status, updates: &str) -> Report {
        let json = format!(
            r#"{{"id": "0190163d-8694-739b-aea5-966c26f8ad91", "category": "road", "description": "x",
                "lat": 0, "lng": 0, "visibility": "anonymous", "status": "{status}",
                "status_since": "2026-01-05T00:00:00Z", "supports": 0, "created_at": "2026-01-01T00:00:00Z",
                "updated_at": "2026-01-05T00:00:00Z", "jurisdiction": "32.73", "demo": false,
                "updates": [{updates}]}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    fn statuses(report: &Report) -> Vec<Option<Status>> {
        events(report).into_iter().map(|event| event.status).collect()
    }

    #[test]
    fn the_beginning_and_the_present_are_always_told() {
        assert_eq!(statuses(&report(Status::Received, "")), [Some(Status::Received)]);
        // Imported, without its history.
        let imported = report(Status::Resolved, "");
        assert_eq!(statuses(&imported), [Some(Status::Received), Some(Status::Resolved)]);
        assert_eq!(events(&imported)[1].at, imported.status_since);
        let answer =
            r#"{"id": "0190163d-8694-739b-aea5-966c26f8ad92", "at": "2026-01-03T00:00:00Z", "note": "ya"}"#;
        let verified = answer.replace("\"note\"", "\"status\": \"verified\", \"note\"");
        let both = report(Status::Verified, &format!("{verified}, {answer}"));
        assert_eq!(statuses(&both), [Some(Status::Received), Some(Status::Verified), None]);
    }

    #[test]
    fn what_may_come_is_what_the_status_may_become_at_last() {
        for status in Status::ALL {
            assert_eq!(coming(status).is_empty(), !status.is_open(), "{status}");
            assert!(coming(status).iter().all(|next| status.may_become(*next)), "{status}");
        }
    }
}
