//! Support: at most one a device and report, and the number is always the number of devices.

mod support;

use std::collections::BTreeSet;

use model::Support;
use support::{
    Server, new_id, report,
    stored::{Stored, token_hash},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_device_counts_once_and_can_take_it_back() {
    let server = Server::start();
    let (siti, budi) = (server.device().await, server.device().await);
    let id = siti.submit(report()).await;
    let told = |supports, supported| Support { id, supports, supported };
    assert_eq!(siti.unsupport(id).await, told(0, false), "taking back what was never given changes nothing");
    for _ in 0..3 {
        assert_eq!(siti.support(id).await, told(1, true));
    }
    assert_eq!(budi.support(id).await, told(2, true));
    for _ in 0..3 {
        assert_eq!(siti.unsupport(id).await, told(1, false));
    }
    assert_eq!(siti.report(id).await.supports, 1);
    assert_eq!(siti.support(id).await, told(2, true), "who has taken it back may give it again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_is_right_after_many_at_once() {
    let server = Server::start();
    let mut devices = Vec::new();
    for _ in 0..12 {
        devices.push(server.device().await);
    }
    let id = devices[0].submit(report()).await;
    let racing: Vec<_> = devices
        .iter()
        .cloned()
        .enumerate()
        .map(|(n, device)| {
            tokio::spawn(async move {
                for _ in 0..5 {
                    device.support(id).await;
                    device.unsupport(id).await;
                }
                if n % 3 == 0 {
                    device.support(id).await;
                }
            })
        })
        .collect();
    for task in racing {
        task.await.unwrap();
    }
    let expected: BTreeSet<_> =
        devices.iter().step_by(3).map(|device| (id, token_hash(device.token()))).collect();
    assert_eq!(devices[0].report(id).await.supports, 4);
    let stored = Stored::open(server.data());
    assert_eq!(stored.supports(), expected);
    assert_eq!(stored.support_counts()[&id], 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_is_the_same_with_a_body_and_without() {
    let server = Server::start();
    let device = server.device().await;
    let id = device.submit(report()).await;
    let with_body = device.put(&format!("/reports/{id}/support"), &serde_json::json!({})).await;
    assert_eq!(with_body.expect(200).read::<Support>(), device.support(id).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_supports_what_is_not_there() {
    let server = Server::start();
    let device = server.device().await;
    let id = new_id();
    device.put_support(id).await.problem(404, "no-report");
    device.delete_support(id).await.problem(404, "no-report");
    device.delete("/reports/x/support").await.problem(404, "no-report");
}
