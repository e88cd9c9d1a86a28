//! How an update is addressed in the queue: which group orders it, and what makes a repeated delivery one message.

use domain::ids::BotId;
use ring::digest::{Context, SHA256};
use telegram::Peek;

/// Hex digits kept of a hash.
const DIGITS: usize = 32;

/// The queue's two words about an update.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// Updates of one chat of one bot, in order.
    pub(crate) group: String,
    /// The same update delivered twice.
    pub(crate) unique: String,
}

impl Address {
    /// The address of a body; `None` for one that is no update at all: those share one group of the bot.
    ///
    /// The chat stands in the group as a hash together with the bot, so that no Telegram id is visible in the queue's
    /// attributes, its metrics or a trace. There is no key here, so whoever knows the bot's id could try all ids: it
    /// keeps ids out of sight, not out of reach.
    pub(crate) fn of(bot: BotId, peek: Option<&Peek>, body: &[u8]) -> Self {
        let bot = bot.suffix();
        let group = match peek {
            Some(peek) => format!(
                "{bot}#{}",
                digest(&[b"chat", peek.group_key(&bot).as_bytes()])
            ),
            None => format!("{bot}#unparsable"),
        };
        let unique = match peek.and_then(|peek| peek.update_id) {
            Some(update) => format!("{bot}#{update}"),
            None => format!("{bot}#{}", digest(&[b"body", body])),
        };
        Self { group, unique }
    }
}

fn digest(parts: &[&[u8]]) -> String {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let hex: String = context
        .finish()
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    hex[..DIGITS].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(bot: u8, body: &str) -> Address {
        let peek = Peek::read(body.as_bytes()).ok();
        Address::of(BotId::from_bytes([bot; 16]), peek.as_ref(), body.as_bytes())
    }

    fn message(update: i64, chat: i64) -> String {
        format!(
            r#"{{"update_id":{update},"message":{{"message_id":1,"chat":{{"id":{chat},"type":"private"}}}}}}"#
        )
    }

    #[test]
    fn updates_of_one_chat_share_a_group_and_others_do_not() {
        let one = address(1, &message(1, 5_000_000_001));
        assert_eq!(one.group, address(1, &message(2, 5_000_000_001)).group);
        assert_ne!(one.group, address(1, &message(1, 5_000_000_002)).group);
        assert_ne!(one.group, address(2, &message(1, 5_000_000_001)).group);
    }

    #[test]
    fn no_telegram_id_of_a_chat_stands_in_the_address() {
        let one = address(1, &message(1, 5_000_000_001));
        assert!(!one.group.contains("5000000001") && !one.unique.contains("5000000001"));
    }

    #[test]
    fn a_repeated_delivery_has_the_same_name_and_another_bot_another() {
        assert_eq!(
            address(1, &message(7, 5)).unique,
            address(1, &message(7, 5)).unique
        );
        assert_ne!(
            address(1, &message(7, 5)).unique,
            address(2, &message(7, 5)).unique
        );
        assert_ne!(
            address(1, &message(7, 5)).unique,
            address(1, &message(8, 5)).unique
        );
    }

    #[test]
    fn garbage_and_updates_without_a_number_are_named_by_their_bytes() {
        let garbage = address(1, "garbage");
        assert!(garbage.group.ends_with("#unparsable"));
        assert_ne!(garbage.unique, address(1, "other").unique);
        assert_ne!(
            address(1, r#"{"message":{}}"#).unique,
            address(1, r#"{"poll":{}}"#).unique
        );
    }

    #[test]
    fn an_address_fits_into_what_the_queue_takes() {
        for body in ["garbage", &message(i64::MAX, i64::MIN)] {
            let address = address(255, body);
            for word in [address.group, address.unique] {
                assert!(
                    word.len() <= 128
                        && word.bytes().all(|byte| byte.is_ascii_alphanumeric()
                            || byte == b'#'
                            || byte == b'-'),
                    "{word}"
                );
            }
        }
    }
}
