//! The clock that tests move: it does not overtake a timer that is about to be set, and nobody waits for it idly.

use std::time::{Duration, Instant};

use local::gate::{FaultKind, FaultRule};
use tests::{eventually, eventually_within};

use crate::mail::{Spent, fault, notices};
use crate::sofi::Chat;

/// Less than the mailer's first wait, which passes in real time where the clock was moved before the wait began.
const AT_ONCE: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_later_while_the_clock_is_being_moved_comes_without_waiting() {
    let spent = Spent::start().await;
    let gate = spent.world.host.gate();
    gate.add_fault(fault(FaultKind::Throttle, Some(1)));
    let mailer = spent.world.host.functions().resolve("mailer.send-bulk");
    // The row tells of the try for so long before the next one is asked for.
    gate.add_fault(FaultRule {
        service: Some("sqs".to_owned()),
        operation: Some("SendMessage".to_owned()),
        function: Some(mailer.expect("a function").to_owned()),
        delay_ms: 700,
        ..fault(FaultKind::Slow, Some(1))
    });
    spent.tell().await;
    eventually("it was tried once", async || {
        let tried = notices(&spent.world).into_iter();
        let mut tried = tried.filter(|row| row["attempts"]["N"] == "1");
        tried
            .any(|row| row["state"]["S"] == "pending")
            .then_some(())
    })
    .await;
    spent.advance(31).await;
    eventually_within(AT_ONCE, "it is tried again", async || {
        (spent.mails() == 1).then_some(())
    })
    .await;
    spent.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn seconds_in_which_everybody_waits_pass_at_once_by_the_clock_of_all() {
    let chat = Chat::open("auto").await;
    let host = &chat.world.host;
    let (before, begun) = (host.now_ms(), Instant::now());
    chat.says("hello there").await;
    chat.answered(1).await;
    let (by_clock, really) = (host.now_ms() - before, begun.elapsed());
    let by_clock = Duration::from_millis(by_clock.unsigned_abs());
    let skipped = by_clock.saturating_sub(really);
    assert!(skipped >= Duration::from_secs(1), "{really:?} really");
    let quiet = Duration::from_secs(3);
    assert!(by_clock >= quiet, "a fan is given time to write on");
    host.stop().await;
}
