//! From a fan's message to its reply: whose message was answered when. Pure.

use std::collections::{BTreeMap, VecDeque};

use super::minimum::Time;

/// A reply that Telegram took.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Whose chat.
    pub person: i64,
    /// When Telegram had it, in milliseconds.
    pub at_ms: i64,
    /// How long it is.
    pub characters: usize,
}

/// Times of all messages.
#[derive(Debug, Default, PartialEq)]
pub struct Times {
    /// From the webhook to Telegram, each, in milliseconds.
    pub each_ms: Vec<f64>,
    /// The sum of what it would have been at least.
    pub least_ms: f64,
    /// The sum of what the reply waited on purpose, because somebody who types takes that long.
    pub pause_ms: f64,
}

/// Pairs every message with the reply that came for it: in each chat in order. `None` when one has none, or there is one too
/// many.
pub fn paired(said: &[(i64, i64)], sent: &[Sent], vendor_ms: f64, time: &Time) -> Option<Times> {
    let mut waiting: BTreeMap<i64, VecDeque<i64>> = BTreeMap::new();
    for (person, at_ms) in said {
        waiting.entry(*person).or_default().push_back(*at_ms);
    }
    let mut times = Times::default();
    for reply in sent {
        let began = waiting.get_mut(&reply.person)?.pop_front()?;
        #[expect(clippy::cast_precision_loss, reason = "some thousand milliseconds")]
        times.each_ms.push((reply.at_ms - began) as f64);
        times.least_ms += time.least_ms(vendor_ms, reply.characters);
        times.pause_ms += (time.pause_ms(reply.characters) - vendor_ms).max(0.0);
    }
    waiting.values().all(VecDeque::is_empty).then_some(times)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sofi::minimum::Minimum;

    fn time() -> Time {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("minimum.toml");
        Minimum::read(&path).expect("the table is sound").time
    }

    fn sent(person: i64, at_ms: i64) -> Sent {
        Sent {
            person,
            at_ms,
            characters: 20,
        }
    }

    #[test]
    fn each_chat_is_answered_in_its_own_order() {
        let said = [(1, 0), (2, 100), (1, 9_000)];
        let replies = [sent(2, 5_100), sent(1, 6_000), sent(1, 15_500)];
        let times = paired(&said, &replies, 800.0, &time()).expect("all are answered");
        assert_eq!(times.each_ms, [5_000.0, 6_000.0, 6_500.0]);
        assert_eq!((times.least_ms, times.pause_ms), (12_000.0, 600.0));
    }

    #[test]
    fn a_message_without_a_reply_or_a_reply_too_many_is_no_measurement() {
        assert_eq!(paired(&[(1, 0)], &[], 0.0, &time()), None);
        assert_eq!(
            paired(&[(1, 0)], &[sent(1, 1), sent(1, 2)], 0.0, &time()),
            None
        );
    }
}
