//! Long polls, under a clock that stands still.

use super::*;
use crate::{Emulator, ManualClock, Options};

/// The time stands still: a poll that nobody wakes never ends.
#[tokio::test]
async fn a_long_poll_ends_when_its_queue_gets_a_message_or_is_no_more() {
    let clock = Arc::new(ManualClock::new(0));
    let emulator = Emulator::start(Options::new(clock)).await.unwrap();
    let sqs = emulator.sqs();
    for name in ["told", "gone"] {
        sqs.create_queue(name, &[].into()).unwrap();
    }
    let poll = |name: &'static str| {
        let sqs = sqs.clone();
        let how = Receive::up_to(1, Duration::from_secs(20));
        let poll = async move { sqs.receive(name, how).await };
        tokio::spawn(tokio::time::timeout(Duration::from_secs(20), poll))
    };
    let (told, gone) = (poll("told"), poll("gone"));
    // Both wait before anything happens.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(is_waited_for(sqs, "told") && is_waited_for(sqs, "gone"));
    let message = Send {
        body: "words".to_owned(),
        ..Send::default()
    };
    sqs.send("told", message).unwrap();
    sqs.delete_queue("gone").unwrap();
    let told = told.await.unwrap().expect("it ends").unwrap();
    assert_eq!(told[0].body, "words");
    let gone = gone.await.unwrap().expect("it ends").unwrap_err();
    assert_eq!(gone.code, "QueueDoesNotExist");
    emulator.stop().await;
}

/// Whether a poll waits for a change of this queue.
fn is_waited_for(sqs: &Sqs, name: &str) -> bool {
    let mut queues = sqs.lock();
    let queue = found(&mut queues, name).unwrap();
    queue.changes.receiver_count() > 0
}
