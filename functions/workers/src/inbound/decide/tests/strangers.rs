//! Updates that no fan of Telegram's would send.

use super::*;

#[test]
fn what_a_bot_writes_is_never_answered() {
    let from_bot = |update: Value| {
        let text = update
            .to_string()
            .replace("\"is_bot\":false", "\"is_bot\":true");
        let (envelope, incoming) = read(&serde_json::from_str(&text).expect("JSON"));
        subject(&envelope, &incoming)
    };
    let skipped = Subject::Skip("sender_is_a_bot");
    assert_eq!(from_bot(text(1, 10, 100, "/start")), skipped);
    assert_eq!(from_bot(edit(1, 10, 100, "are you a bot?")), skipped);
    assert_eq!(from_bot(reaction(1, 10, 100, &["👍"])), skipped);
}

#[test]
fn a_date_of_the_future_puts_no_chat_above_those_of_today() {
    let soon = NOW.seconds() + 60;
    for date in [soon + 1, 4_102_444_800, i64::MAX] {
        let after = after(&Chat::default(), &text(1, 10, date, "hi"));
        assert_eq!(head(&after).last_activity, Timestamp::from_seconds(soon));
        assert_eq!(message(&after).at, Timestamp::from_seconds(soon));
    }
    let near = after(&Chat::default(), &text(1, 10, soon, "hi"));
    assert_eq!(head(&near).last_activity, Timestamp::from_seconds(soon));
}
