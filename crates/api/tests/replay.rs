//! Once is once, over a line that breaks: every submission is sent until it is answered and replayed three times,
//! through a proxy that resets connections after it has handed the request on.
//!
//! `WARGA_SOAK=full` sends all of them, otherwise a tenth. `WARGA_SEED=N` repeats the choices of a run.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{
    collections::{BTreeMap, VecDeque},
    env,
    sync::{Arc, Mutex},
};

use fastrand::Rng;
use model::{Report, ReportId};
use support::{Answer, Api, Draft, Server, new_id, proxy::Proxy, report, stored::Stored};

const SUBMISSIONS: usize = 10_000;
const REPLAYS: usize = 3;
const SENDERS: usize = 16;

/// A report, and everybody who sends it.
#[derive(Clone)]
struct Submission {
    id: ReportId,
    draft: Draft,
    /// The device it was made on, and the same one after its token was renewed, which the secret proves.
    devices: Vec<Api>,
    /// Whether all its requests go out together.
    races: bool,
    rewritten: bool,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_replayed_over_a_broken_line_is_kept_once() {
    let full = env::var("WARGA_SOAK").is_ok_and(|soak| soak == "full");
    let count = if full { SUBMISSIONS } else { SUBMISSIONS / 10 };
    let seed = env::var("WARGA_SEED").map_or(1, |seed| seed.parse().unwrap());
    let server = Server::start();
    let proxy = Proxy::before(server.address(), seed).await;
    let submissions = submissions(&server, proxy.base(), count, seed).await;

    let waiting = Arc::new(Mutex::new(VecDeque::from(submissions.clone())));
    let senders: Vec<_> = (0..SENDERS).map(|_| tokio::spawn(send_all(waiting.clone()))).collect();
    let mut created = 0;
    for sender in senders {
        created += sender.await.unwrap();
    }
    println!("seed {seed}: {created} of {count} were told that they are new; {:?}", proxy.counts());
    for (at, broken) in proxy.counts() {
        assert!(broken > count / 10, "hardly any connection broke: {broken} {at:?}");
    }
    assert!(created < count, "no answer that said so was lost");
    everything_is_kept_once(&server, &submissions).await;
}

async fn submissions(server: &Server, line: &str, count: usize, seed: u64) -> Vec<Submission> {
    let mut rng = Rng::with_seed(seed);
    let mut devices = Vec::new();
    for _ in 0..SENDERS {
        devices.push((server.device().await.over(line), server.device().await.over(line)));
    }
    let mut submissions = Vec::new();
    for n in 0..count {
        let (before, after) = rng.choice(&devices).unwrap();
        let draft = report()
            .description(format!("Laporan {n}: {}", "lubang ".repeat(rng.usize(1..200))))
            .at(rng.f64() * -10.0, 95.0 + rng.f64() * 45.0)
            .visibility(rng.choice(["public", "anonymous", "private"]).unwrap());
        let (draft, devices) = if rng.bool() {
            (draft.with("secret", format!("{:032x}", rng.u128(..))), vec![before.clone(), after.clone()])
        } else {
            (draft, vec![before.clone()])
        };
        let (races, rewritten) = (rng.u8(..3) == 0, rng.bool());
        submissions.push(Submission { id: new_id(), draft, devices, races, rewritten });
    }
    submissions
}

/// Sends what waits, one after the other. How many were told that they are new.
async fn send_all(waiting: Arc<Mutex<VecDeque<Submission>>>) -> usize {
    let mut created = 0;
    loop {
        let Some(submission) = waiting.lock().unwrap().pop_front() else { return created };
        let sends = (0..=REPLAYS).map(|n| send(submission.clone(), n));
        let mut answers = Vec::new();
        if submission.races {
            for racing in sends.map(tokio::spawn).collect::<Vec<_>>() {
                answers.push(racing.await.unwrap());
            }
        } else {
            for one in sends {
                answers.push(one.await);
            }
        }
        let news = answers.iter().filter(|answer| answer.status == 201).count();
        assert!(news <= 1, "{} was new {news} times", submission.id);
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!(answer.status, 200, "{}", answer.text);
        }
        let told: Vec<Report> = answers.iter().map(Answer::read).collect();
        assert!(told.iter().all(|report| *report == told[0] && report.id == submission.id), "{told:?}");
        created += news;
    }
}

/// Sends it until an answer comes: the first time as it was made, then in turn under the renewed token and with
/// another writing of the same body.
async fn send(submission: Submission, n: usize) -> Answer {
    let device = &submission.devices[n % submission.devices.len()];
    let body = if submission.rewritten && n >= 2 {
        submission.draft.rewritten()
    } else {
        submission.draft.body().to_string()
    };
    loop {
        if let Ok(answer) = device.try_put_text(&format!("/reports/{}", submission.id), body.clone()).await {
            return answer;
        }
    }
}

/// The database holds exactly what was sent, and gives it back as it was sent to whoever may read it.
async fn everything_is_kept_once(server: &Server, submissions: &[Submission]) {
    let stored = Stored::open(server.data());
    stored.assert_whole();
    let sent = submissions.iter().map(|sent| (sent.id, sent.draft.body()["description"].as_str().unwrap()));
    let sent: BTreeMap<_, _> = sent.map(|(id, text)| (id, text.trim().to_owned())).collect();
    assert_eq!(sent.len(), submissions.len());
    assert_eq!(stored.descriptions(), sent);
    for Submission { id, draft, devices, .. } in submissions {
        let mut readers = 0;
        for device in devices {
            let answer = device.over(server.base()).get_report(*id).await;
            if answer.status == 404 {
                continue;
            }
            let (report, body): (Report, _) = (answer.expect(200).read(), draft.body());
            assert_eq!((Some(report.lat), Some(report.lng)), (body["lat"].as_f64(), body["lng"].as_f64()));
            assert_eq!(report.visibility.as_str(), body["visibility"]);
            readers += 1;
        }
        // A private report has one owner, whichever of its tokens came last.
        let expected = if draft.body()["visibility"] == "private" { 1 } else { devices.len() };
        assert_eq!(readers, expected, "{id}");
    }
}
