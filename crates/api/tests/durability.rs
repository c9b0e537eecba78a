//! What was acknowledged is there after the server was killed in the middle of its work.
//!
//! SIGKILL takes the process, not the machine: what the kernel has, it keeps. So this holds the order "commit,
//! then answer", the undoing of half a batch, and the recovery at the next start; that a commit is on the disk
//! before it is answered (`synchronous=FULL`) a loss of power alone would show.
//!
//! `WARGA_SOAK=full` runs all rounds, otherwise a tenth. `WARGA_SEED=N` repeats the choices of a run; how the
//! machine schedules it is never the same.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    time::Duration,
};

use fastrand::Rng;
use model::ReportId;
use support::{
    Server,
    stored::{Stored, token_hash},
    writer::{Log, SharedLog, SupportKey, Writer},
};

const ROUNDS: u64 = 20;
const WRITERS: usize = 16;

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_write_survives_being_killed_once() {
    let rounds = if env::var("WARGA_SOAK").is_ok_and(|soak| soak == "full") { ROUNDS } else { ROUNDS / 10 };
    let seed = env::var("WARGA_SEED").map_or(1, |seed| seed.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let mut log = Log::default();
    // All rounds on one database: each kill also meets the log and the pages that those before have left.
    for round in 0..rounds {
        let seed = seed + round;
        log = write_until_killed(Server::on(folder.path()), log, seed).await;

        let server = Server::on(folder.path());
        println!(
            "round {round}, seed {seed}: {} reports, {} supports and {} declarations acknowledged, {}, {} and {} not",
            log.acknowledged_reports.len(),
            log.acknowledged_supports.len(),
            log.acknowledged_declarations.len(),
            log.unacknowledged_reports().len(),
            log.unacknowledged_supports().len(),
            log.unacknowledged_declarations().len()
        );
        assert!(log.refusals.is_empty(), "a healthy server refused: {:?}", log.refusals);
        let found = Found::read(&server);
        acknowledged_is_found_and_found_was_sent(&log, &found);
        send_again(&server, &mut log, &found).await;
        everything_is_there(&log, &Found::read(&server));
        read_through_the_wire(&server, &log, seed).await;
        assert_eq!(end(server), Some(0));
    }
}

/// Devices write until the server is gone, which happens somewhere in the middle.
async fn write_until_killed(server: Server, log: Log, seed: u64) -> Log {
    let log = SharedLog::new(log);
    let mut rng = Rng::with_seed(seed);
    let mut tasks = Vec::new();
    for _ in 0..WRITERS {
        let (device, log, rng) = (server.device().await, log.clone(), rng.fork());
        let mut writer = Writer { device, log, rng };
        tasks.push(tokio::spawn(async move { while writer.write().await {} }));
    }
    let enough = log.lock().acknowledged() + rng.usize(1..600);
    while log.lock().acknowledged() < enough {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::sleep(Duration::from_micros(rng.u64(0..20_000))).await;
    server.kill();
    for task in tasks {
        task.await.unwrap();
    }
    log.take()
}

/// What the database holds, read beside the server.
struct Found {
    descriptions: BTreeMap<ReportId, String>,
    supports: BTreeSet<(ReportId, [u8; 32])>,
    declarations: BTreeMap<[u8; 32], String>,
}

impl Found {
    /// Fails on damage, on an id, a support or a signature that stands twice, and on a count that is not its rows.
    fn read(server: &Server) -> Self {
        let stored = Stored::open(server.data());
        stored.assert_whole();
        let (descriptions, supports) = (stored.descriptions(), stored.supports());
        let mut rows: BTreeMap<ReportId, u32> = descriptions.keys().map(|id| (*id, 0)).collect();
        for (id, _) in &supports {
            *rows.entry(*id).or_default() += 1;
        }
        assert_eq!(stored.support_counts(), rows, "the counts are the rows");
        Self { descriptions, supports, declarations: stored.declarations() }
    }

    fn has(&self, (id, token): &SupportKey) -> bool {
        self.supports.contains(&(*id, token_hash(token)))
    }

    fn province(&self, token: &str) -> Option<&String> {
        self.declarations.get(&token_hash(token))
    }
}

fn acknowledged_is_found_and_found_was_sent(log: &Log, found: &Found) {
    for id in &log.acknowledged_reports {
        let sent = &log.sent_reports[id].draft.body()["description"];
        assert_eq!(
            found.descriptions.get(id).map(String::as_str),
            sent.as_str(),
            "{id} is lost or not whole"
        );
    }
    for key in &log.acknowledged_supports {
        assert!(found.has(key), "the support of {} is lost", key.0);
    }
    for token in &log.acknowledged_declarations {
        let sent = log.sent_declarations.get(token);
        assert_eq!(found.province(token), sent, "a signature is lost or for another province");
    }
    assert!(found.descriptions.keys().all(|id| log.sent_reports.contains_key(id)), "a report nobody sent");
    let sent: BTreeSet<_> = log.sent_supports.iter().map(|(id, token)| (*id, token_hash(token))).collect();
    assert!(found.supports.is_subset(&sent), "a support nobody gave");
    let sent: BTreeSet<_> = log.sent_declarations.iter().map(|(token, of)| (token_hash(token), of)).collect();
    let mut signed = found.declarations.iter();
    assert!(signed.all(|(token, province)| sent.contains(&(*token, province))), "nobody has signed this");
}

/// What got no answer is sent again under the same id, as the portal's outbox does. Some of it was done: that is
/// told by the status.
async fn send_again(server: &Server, log: &mut Log, found: &Found) {
    for id in log.unacknowledged_reports() {
        let sent = &log.sent_reports[&id];
        let expected = if found.descriptions.contains_key(&id) { 200 } else { 201 };
        let device = server.nobody().with_token(sent.by.token());
        device.put_report(id, &sent.draft).await.expect(expected);
        log.acknowledged_reports.insert(id);
    }
    for (id, token) in log.unacknowledged_supports() {
        assert!(server.nobody().with_token(&token).support(id).await.supported);
        log.acknowledged_supports.insert((id, token));
    }
    for token in log.unacknowledged_declarations() {
        let province = &log.sent_declarations[&token];
        let told = server.nobody().with_token(&token).join(province).await;
        assert_eq!(told.province.as_ref(), Some(province));
        log.acknowledged_declarations.insert(token);
    }
}

/// Now all that was ever sent is acknowledged, and the database holds exactly that.
fn everything_is_there(log: &Log, found: &Found) {
    acknowledged_is_found_and_found_was_sent(log, found);
    assert_eq!(found.descriptions.len(), log.sent_reports.len());
    assert_eq!(found.supports.len(), log.sent_supports.len());
    assert_eq!(found.declarations.len(), log.sent_declarations.len());
}

/// The same through the API, for some.
async fn read_through_the_wire(server: &Server, log: &Log, seed: u64) {
    assert_eq!(server.nobody().declaration_counts().await.total, log.acknowledged_declarations.len() as u64);
    let mut rng = Rng::with_seed(seed);
    for id in rng.choose_multiple(&log.sent_reports, 50).into_iter().map(|(id, _)| id) {
        let sent = &log.sent_reports[id];
        let device = server.nobody().with_token(sent.by.token());
        let report = device.report(*id).await;
        assert_eq!(report.description, sent.draft.body()["description"]);
        let supporters = log.acknowledged_supports.iter().filter(|(supported, _)| supported == id).count();
        assert_eq!(report.supports, supporters as u64);
        device.put_report(*id, &sent.draft).await.expect(200);
    }
}

fn end(server: Server) -> Option<i32> {
    server.terminate();
    server.ended().code()
}
