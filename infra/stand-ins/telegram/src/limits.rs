//! Telegram's rate limits as token buckets: about one message a second per chat, twenty a minute per group, thirty a second per bot.

use std::collections::BTreeMap;

use crate::world::Settings;

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    at_ms: u64,
}

impl Bucket {
    fn refill(&mut self, now_ms: u64, burst: f64, per_second: f64) {
        let seconds = now_ms.saturating_sub(self.at_ms) as f64 / 1_000.0;
        self.tokens = (self.tokens + seconds * per_second).min(burst);
        self.at_ms = now_ms;
    }
}

/// Buckets of all bots; not kept over restarts.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    chats: BTreeMap<(i64, i64), Bucket>,
    bots: BTreeMap<i64, Bucket>,
}

/// The size and refill of one bucket.
#[derive(Clone, Copy)]
struct Shape {
    burst: f64,
    per_second: f64,
}

impl Limits {
    /// Takes `count` messages out of the chat's and the bot's budget.
    ///
    /// # Errors
    /// The seconds to wait (at least 1). Nothing is taken then.
    pub(crate) fn take(
        &mut self,
        bot: i64,
        chat: Option<i64>,
        count: u32,
        settings: &Settings,
        now_ms: u64,
    ) -> Result<(), u64> {
        if !settings.rate_limits {
            return Ok(());
        }
        let count = f64::from(count);
        let bot_shape = Shape {
            burst: f64::from(settings.bot_per_second),
            per_second: f64::from(settings.bot_per_second),
        };
        let bot_bucket = self.bots.entry(bot).or_insert(Bucket {
            tokens: bot_shape.burst,
            at_ms: now_ms,
        });
        bot_bucket.refill(now_ms, bot_shape.burst, bot_shape.per_second);
        check(bot_bucket, bot_shape, count)?;
        if let Some(chat) = chat {
            // Groups and channels have negative ids.
            let shape = if chat < 0 {
                Shape {
                    burst: f64::from(settings.group_per_minute),
                    per_second: f64::from(settings.group_per_minute) / 60.0,
                }
            } else {
                Shape {
                    burst: f64::from(settings.chat_burst),
                    per_second: 1.0,
                }
            };
            let bucket = self.chats.entry((bot, chat)).or_insert(Bucket {
                tokens: shape.burst,
                at_ms: now_ms,
            });
            bucket.refill(now_ms, shape.burst, shape.per_second);
            check(bucket, shape, count)?;
            bucket.tokens -= count;
        }
        if let Some(bucket) = self.bots.get_mut(&bot) {
            bucket.tokens -= count;
        }
        Ok(())
    }
}

/// An album larger than the whole bucket may still go out when the bucket is full.
fn check(bucket: &Bucket, shape: Shape, count: f64) -> Result<(), u64> {
    let needed = count.min(shape.burst);
    if bucket.tokens >= needed {
        return Ok(());
    }
    let seconds = ((needed - bucket.tokens) / shape.per_second).ceil();
    Err((seconds as u64).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_chat_takes_a_burst_and_then_one_message_a_second() {
        let settings = Settings::default();
        let mut limits = Limits::default();
        for _ in 0..settings.chat_burst {
            limits.take(1, Some(5), 1, &settings, 0).unwrap();
        }
        assert_eq!(limits.take(1, Some(5), 1, &settings, 0), Err(1));
        limits.take(1, Some(6), 1, &settings, 0).unwrap();
        limits.take(1, Some(5), 1, &settings, 1_000).unwrap();
        assert_eq!(limits.take(1, Some(5), 1, &settings, 1_000), Err(1));
    }

    #[test]
    fn a_group_takes_twenty_messages_a_minute() {
        let settings = Settings::default();
        let mut limits = Limits::default();
        for _ in 0..20 {
            limits.take(1, Some(-100), 1, &settings, 0).unwrap();
        }
        assert_eq!(limits.take(1, Some(-100), 1, &settings, 0), Err(3));
    }

    #[test]
    fn a_bot_takes_thirty_a_second_over_all_chats_and_another_bot_is_untouched() {
        let settings = Settings::default();
        let mut limits = Limits::default();
        for chat in 0..30 {
            limits.take(1, Some(chat), 1, &settings, 0).unwrap();
        }
        assert_eq!(limits.take(1, Some(99), 1, &settings, 0), Err(1));
        limits.take(2, Some(99), 1, &settings, 0).unwrap();
    }

    #[test]
    fn an_album_counts_as_its_messages() {
        let settings = Settings::default();
        let mut limits = Limits::default();
        limits.take(1, Some(5), 8, &settings, 0).unwrap();
        assert_eq!(limits.take(1, Some(5), 4, &settings, 0), Err(2));
    }
}
