//! Which messages of a chat wait for an answer.

use domain::Timestamp;
use domain::message::Author;

use super::load::Said;

/// The kind of a message that was deleted in Telegram.
const DELETED: &str = "deleted";

/// What the fan wrote since somebody last answered, oldest first.
pub(crate) struct Unanswered<'a> {
    pub(crate) messages: Vec<&'a Said>,
    pub(crate) newest_at: Timestamp,
}

impl<'a> Unanswered<'a> {
    /// Texts and captions that say something.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &'a str> {
        self.messages
            .iter()
            .filter_map(|said| said.text.as_deref())
            .filter(|text| !text.trim().is_empty() && !text.starts_with('/'))
    }

    /// Kinds of what cannot be read.
    pub(crate) fn unreadable(&self) -> impl Iterator<Item = &'a str> {
        self.messages
            .iter()
            .filter(|said| said.kind != "text")
            .map(|said| said.kind.as_str())
    }
}

/// From messages in the order newest first. Telegram numbers a reply when it is sent: it may stand after a message that
/// it does not answer, so what counts is up to where the fan has been answered. Commands want no answer.
pub(crate) fn unanswered(said: &[Said], answered_through: i64) -> Unanswered<'_> {
    let mut messages: Vec<&Said> = said
        .iter()
        .filter(|said| said.author == Author::Fan && said.message_id > answered_through)
        .filter(|said| !is_command(said) && said.kind != DELETED)
        .collect();
    messages.reverse();
    let newest_at = messages
        .last()
        .map_or_else(Timestamp::default, |said| said.at);
    Unanswered {
        messages,
        newest_at,
    }
}

fn is_command(said: &Said) -> bool {
    said.text
        .as_deref()
        .is_some_and(|text| text.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(number: i64, author: Author, text: Option<&str>) -> Said {
        Said {
            message_id: number,
            author,
            kind: if text.is_some() { "text" } else { "voice" }.to_owned(),
            text: text.map(str::to_owned),
            at: Timestamp::from_seconds(number),
            album: None,
        }
    }

    #[test]
    fn what_came_after_the_last_answer_waits() {
        let all = [
            said(5, Author::Fan, Some("and now?")),
            said(4, Author::Fan, None),
            said(3, Author::Person, Some("hi")),
            said(2, Author::Fan, Some("hello")),
        ];
        let open = unanswered(&all, 2);
        let numbers: Vec<_> = open.messages.iter().map(|said| said.message_id).collect();
        assert_eq!(numbers, [4, 5]);
        assert_eq!(open.texts().collect::<Vec<_>>(), ["and now?"]);
        assert_eq!(open.unreadable().collect::<Vec<_>>(), ["voice"]);
        assert_eq!(open.newest_at, Timestamp::from_seconds(5));
    }

    #[test]
    fn a_reply_that_was_overtaken_answers_only_what_it_was_written_for() {
        let all = [
            said(3, Author::Ai, Some("to the first")),
            said(2, Author::Fan, Some("second")),
            said(1, Author::Fan, Some("first")),
        ];
        let open = unanswered(&all, 1);
        assert_eq!(open.texts().collect::<Vec<_>>(), ["second"]);
    }

    #[test]
    fn a_command_and_its_fixed_answer_are_no_part_of_the_talk() {
        let all = [
            said(4, Author::Automation, Some("The greeting")),
            said(3, Author::Fan, Some("/start")),
            said(2, Author::Fan, Some("are you there?")),
        ];
        let open = unanswered(&all, 0);
        assert_eq!(open.texts().collect::<Vec<_>>(), ["are you there?"]);
    }
}
