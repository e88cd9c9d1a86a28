//! The queue's rules under a clock made of numbers.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use super::*;

fn queue(name: &str, attributes: &[(&str, &str)]) -> Queue {
    let mut all: BTreeMap<String, String> = attributes
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    if name.ends_with(".fifo") {
        all.insert("FifoQueue".into(), "true".into());
    }
    Queue::new(name, Settings::new(name, &all).unwrap(), 0)
}

fn fifo(group: &str, body: &str) -> Send {
    Send {
        body: body.into(),
        group_id: Some(group.into()),
        deduplication_id: Some(body.into()),
        ..Send::default()
    }
}

fn plain(body: &str) -> Send {
    Send {
        body: body.into(),
        ..Send::default()
    }
}

fn take(queue: &mut Queue, max: usize, max_receives: Option<u32>, now: i64) -> Taken {
    let count = Cell::new(0);
    let receipt = || {
        count.set(count.get() + 1);
        format!("{now}-{}", count.get())
    };
    queue.receive(
        Receive::up_to(max, Duration::ZERO),
        max_receives,
        receipt,
        now,
    )
}

fn bodies(taken: &Taken) -> Vec<&str> {
    taken
        .received
        .iter()
        .map(|message| message.body.as_str())
        .collect()
}

#[test]
fn a_group_is_locked_until_its_messages_are_done() {
    let mut queue = queue("q.fifo", &[]);
    for (group, body) in [("a", "a1"), ("a", "a2"), ("b", "b1")] {
        queue.send(fifo(group, body), body.into(), 0).unwrap();
    }
    let first = take(&mut queue, 1, None, 0);
    assert_eq!(bodies(&first), ["a1"]);
    assert_eq!(bodies(&take(&mut queue, 10, None, 1)), ["b1"]);
    queue.delete(&first.received[0].receipt_handle, 2).unwrap();
    assert_eq!(bodies(&take(&mut queue, 10, None, 3)), ["a2"]);
}

#[test]
fn a_message_is_due_where_a_receive_would_get_one() {
    let mut fair = queue("q.fifo", &[("VisibilityTimeout", "10")]);
    assert!(!fair.is_due(0), "nothing is there");
    for (group, body) in [("a", "a1"), ("a", "a2"), ("b", "b1")] {
        fair.send(fifo(group, body), body.into(), 0).unwrap();
    }
    for left in [true, false] {
        assert!(fair.is_due(0));
        take(&mut fair, 1, None, 0);
        assert_eq!(fair.is_due(0), left, "a2 stands behind a1");
    }
    assert!(fair.is_due(10_000), "given up");

    let mut delayed = queue("q", &[]);
    let later = Send {
        delay: Some(Duration::from_secs(5)),
        ..plain("later")
    };
    delayed.send(later, "later".into(), 0).unwrap();
    assert!(!delayed.is_due(4_999) && delayed.is_due(5_000));
    let next = [0, 4_999, 5_000].map(|now| delayed.next_delayed_ms(now));
    assert_eq!(next, [Some(5_000), Some(5_000), None]);
    take(&mut delayed, 1, None, 5_000);
    assert_eq!(delayed.next_delayed_ms(5_001), None, "hidden, not delayed");
}

#[test]
fn a_message_whose_time_is_up_comes_back_before_its_followers() {
    let mut queue = queue("q.fifo", &[("VisibilityTimeout", "10")]);
    for body in ["1", "2"] {
        queue.send(fifo("g", body), body.into(), 0).unwrap();
    }
    take(&mut queue, 1, None, 0);
    assert!(bodies(&take(&mut queue, 10, None, 9_999)).is_empty());
    assert_eq!(bodies(&take(&mut queue, 10, None, 10_000)), ["1", "2"]);
}

#[test]
fn a_delayed_message_holds_back_its_group() {
    let mut queue = queue("q.fifo", &[("DelaySeconds", "5")]);
    queue.send(fifo("g", "1"), "1".into(), 0).unwrap();
    assert!(bodies(&take(&mut queue, 10, None, 4_999)).is_empty());
    assert_eq!(bodies(&take(&mut queue, 10, None, 5_000)), ["1"]);
}

#[test]
fn the_last_allowed_receive_is_followed_by_the_dead_letter_queue() {
    let mut queue = queue("q.fifo", &[("VisibilityTimeout", "1")]);
    queue.send(fifo("g", "poison"), "id".into(), 0).unwrap();
    queue.send(fifo("g", "next"), "id2".into(), 0).unwrap();
    for now in [0, 1_000] {
        assert_eq!(bodies(&take(&mut queue, 1, Some(2), now)), ["poison"]);
    }
    let third = take(&mut queue, 10, Some(2), 2_000);
    assert_eq!(bodies(&third), ["next"], "the group goes on");
    assert_eq!(third.dead.len(), 1);

    let mut dead = self::queue("dead.fifo", &[]);
    dead.bury(third.dead[0].clone(), "arn:source", 3_000);
    let letter = &take(&mut dead, 1, Some(2), 3_000).received[0];
    assert_eq!(
        letter.attributes["MessageDeduplicationId"], "id",
        "it becomes the message id"
    );
    assert_eq!(letter.attributes["MessageGroupId"], "g");
    assert_eq!(
        letter.attributes["ApproximateReceiveCount"], "1",
        "the new queue counts for itself"
    );
    assert_eq!(letter.attributes["DeadLetterQueueSourceArn"], "arn:source");
}

#[test]
fn without_a_dead_letter_queue_a_message_is_received_for_ever() {
    let mut queue = queue("q", &[("VisibilityTimeout", "0")]);
    queue.send(plain("x"), "id".into(), 0).unwrap();
    for now in 0..50 {
        assert_eq!(bodies(&take(&mut queue, 1, None, now)), ["x"]);
    }
}

#[test]
fn a_duplicate_counts_as_one_for_five_minutes() {
    let mut queue = queue("q.fifo", &[]);
    let first = queue.send(fifo("g", "x"), "id1".into(), 0).unwrap();
    let second = queue
        .send(fifo("g", "x"), "id2".into(), DEDUPLICATION_MS - 1)
        .unwrap();
    assert_eq!(first, second);
    let third = queue
        .send(fifo("g", "x"), "id3".into(), DEDUPLICATION_MS)
        .unwrap();
    assert_eq!(third.message_id, "id3");
}

#[test]
fn an_outdated_handle_deletes_nothing() {
    let mut queue = queue("q", &[("VisibilityTimeout", "1")]);
    queue.send(plain("x"), "id".into(), 0).unwrap();
    let old = take(&mut queue, 1, None, 0).received[0]
        .receipt_handle
        .clone();
    take(&mut queue, 1, None, 1_000);
    queue.delete(&old, 1_001).unwrap();
    assert_eq!(
        queue.depths(1_001),
        Depths {
            visible: 0,
            in_flight: 1,
            delayed: 0
        }
    );
}

#[test]
fn retention_removes_and_purge_empties() {
    let mut queue = queue("q", &[("MessageRetentionPeriod", "60")]);
    queue.send(plain("x"), "id".into(), 0).unwrap();
    assert_eq!(queue.depths(60_000).visible, 1);
    assert_eq!(queue.depths(60_001).visible, 0);
    queue.send(plain("y"), "id".into(), 61_000).unwrap();
    queue.purge();
    assert_eq!(queue.depths(61_000), Depths::default());
}

#[test]
fn sequence_numbers_grow_even_when_the_clock_goes_back() {
    let mut queue = queue("q.fifo", &[]);
    let numbers: Vec<String> = [(5_000, "a"), (1_000, "b"), (1_000, "c")]
        .iter()
        .map(|(now, body)| {
            queue
                .send(fifo("g", body), (*body).into(), *now)
                .unwrap()
                .sequence_number
                .unwrap()
        })
        .collect();
    assert!(numbers.is_sorted() && numbers[0] != numbers[1] && numbers[1] != numbers[2]);
}

#[test]
fn a_handle_of_another_queue_is_refused() {
    let (mut one, mut other) = (queue("one", &[]), queue("other", &[]));
    one.send(plain("x"), "id".into(), 0).unwrap();
    let handle = take(&mut one, 1, None, 0).received[0]
        .receipt_handle
        .clone();
    assert_eq!(
        other.delete(&handle, 0).unwrap_err().code,
        "ReceiptHandleIsInvalid"
    );
}

#[test]
fn every_change_is_marked_for_writing() {
    let mut queue = queue("q", &[]);
    queue.send(plain("x"), "id".into(), 0).unwrap();
    assert_eq!(std::mem::take(&mut queue.dirty).len(), 1);
    let handle = take(&mut queue, 1, None, 0).received[0]
        .receipt_handle
        .clone();
    assert_eq!(std::mem::take(&mut queue.dirty).len(), 1);
    queue.change_visibility(&handle, 5, 0).unwrap();
    assert_eq!(std::mem::take(&mut queue.dirty).len(), 1);
    queue.delete(&handle, 1).unwrap();
    assert_eq!(std::mem::take(&mut queue.dirty).len(), 1);
}
