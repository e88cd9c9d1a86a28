//! Which messages of a chat wait for an answer.

use std::time::Duration;

use care::Care;
use domain::Timestamp;
use domain::message::Author;

use super::load::Said;

/// The kind of a message that was deleted in Telegram.
const DELETED: &str = "deleted";
/// From Telegram's date of a message to the beginning of its turn, at most.
const ON_ITS_WAY: Duration = Duration::from_secs(60);

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
            .filter(|text| !text.trim().is_empty())
    }

    /// Those that came with the turn. What is older was looked at with its own.
    fn of_turn(&self, began_at: Timestamp) -> impl Iterator<Item = &'a Said> {
        let all = self.messages.iter().copied();
        all.filter(move |said| said.at.plus(ON_ITS_WAY) >= began_at)
    }

    /// Whether one of them asks who writes.
    pub(crate) fn asks_identity(&self, creator: &str) -> bool {
        self.texts()
            .any(|text| rules::identity::asks_identity_of(text, creator))
    }

    /// Distress that the messages of a turn say together and none of them alone: each was looked at by itself when it came.
    pub(crate) fn distress(&self, began_at: Timestamp) -> Option<Care> {
        let pieces: Vec<&str> = self
            .of_turn(began_at)
            .filter_map(|said| said.text.as_deref())
            .filter(|text| care::detect(text).is_none())
            .collect();
        match pieces.as_slice() {
            [] | [_] => None,
            several => care::detect(&several.join(" ")),
        }
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
/// it does not answer, so what counts is up to where the fan has been answered. Commands and history want no answer.
pub(crate) fn unanswered(said: &[Said], answered_through: i64) -> Unanswered<'_> {
    let mut messages: Vec<&Said> = said
        .iter()
        .filter(|said| said.author == Author::Fan && said.message_id > answered_through)
        .filter(|said| !said.settled && said.kind != DELETED)
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

/// Messages from which a turn may remember something, oldest first: those that it answers. What is older than the turn, or than a
/// `/forget`, bears nothing out any more: what was forgotten, deleted or corrected since would come back.
pub(crate) fn grounds(said: &[Said], answered_through: i64, began_at: Timestamp) -> Vec<&Said> {
    let forgotten = said.iter().filter(|said| said.forgets);
    let forgotten = forgotten.map(|said| said.message_id).max();
    let after = answered_through.max(forgotten.unwrap_or_default());
    let open = unanswered(said, after);
    let says = |said: &&Said| {
        let text = said.text.as_deref().unwrap_or_default();
        !text.trim().is_empty()
    };
    open.of_turn(began_at).filter(says).collect()
}

/// The part of what was read that a prompt begins with. Of a talk that is longer than what was read, the beginning is a
/// message of the older half that stays it for some replies: if the oldest message went with every new one, no beginning
/// of a prompt would be that of the one before, and a vendor's cache would find nothing of the talk.
pub(crate) fn steady(said: &[Said], read: usize) -> &[Said] {
    if said.len() < read {
        return said;
    }
    let beginning = (said.len() / 2..said.len()).min_by_key(|&place| draw(said[place].message_id));
    beginning.map_or(said, |place| &said[..=place])
}

/// As good as a random number, the same for the same message: whichever has drawn the least stays so until it leaves or a
/// lower one comes, after half as many messages as there are to choose from.
fn draw(message_id: i64) -> u64 {
    let mixed = message_id
        .unsigned_abs()
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
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
            settled: false,
            forgets: false,
        }
    }

    #[test]
    fn a_talk_that_was_read_whole_is_told_whole() {
        let all: Vec<Said> = (1..=31).rev().map(|n| said(n, Author::Fan, None)).collect();
        assert_eq!(steady(&all, 32).len(), 31);
    }

    #[test]
    fn a_long_talk_begins_with_the_same_message_for_some_replies() {
        // Numbers of one chat and of one among many.
        for apart in [1, 37, 1_000] {
            let talk = |newest: i64| -> Vec<Said> {
                let numbers = (newest - 31..=newest).rev();
                numbers
                    .map(|n| said(n * apart, Author::Fan, None))
                    .collect()
            };
            let mut beginnings = Vec::new();
            for newest in (32..1_032).step_by(2) {
                let all = talk(newest);
                let kept = steady(&all, 32);
                assert!((17..=32).contains(&kept.len()));
                beginnings.push(kept.last().map(|first| first.message_id));
            }
            beginnings.dedup();
            let changes = beginnings.len();
            assert!(changes < 500 / 3, "{changes} changes in 500 replies");
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
            Said {
                settled: true,
                ..said(3, Author::Fan, Some("/start"))
            },
            said(2, Author::Fan, Some("are you there?")),
        ];
        let open = unanswered(&all, 0);
        assert_eq!(open.texts().collect::<Vec<_>>(), ["are you there?"]);
    }

    #[test]
    fn a_text_that_begins_with_a_stroke_and_is_no_command_waits_like_any_other() {
        let all = [said(1, Author::Fan, Some("/hi how are you"))];
        let open = unanswered(&all, 0);
        assert_eq!(open.texts().collect::<Vec<_>>(), ["/hi how are you"]);
    }

    #[test]
    fn something_is_remembered_only_of_what_the_turn_answers() {
        let all = [
            said(9, Author::Fan, Some("hi")),
            Said {
                settled: true,
                ..said(8, Author::Fan, Some("of a file"))
            },
            said(7, Author::Fan, None),
            said(6, Author::Fan, Some("my dog is called Rex")),
            said(5, Author::Ai, Some("do you?")),
            said(4, Author::Fan, Some("i live in Porto")),
        ];
        let of = |answered, began| {
            let grounds = grounds(&all, answered, Timestamp::from_seconds(began));
            grounds
                .iter()
                .map(|said| said.message_id)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(4, 6), [6, 9]);
        assert_eq!(of(6, 9), [9], "what was answered bears nothing out");
        assert_eq!(of(0, 66), [6, 9], "a draft for the older one waits yet");
        assert!(of(9, 9).is_empty());
    }

    #[test]
    fn nothing_is_remembered_again_of_what_was_said_before_the_fan_asked_to_be_forgotten() {
        let all = [
            said(7, Author::Fan, Some("and my cat is called Tom")),
            Said {
                settled: true,
                forgets: true,
                ..said(6, Author::Fan, Some("/forget"))
            },
            said(5, Author::Fan, Some("i live in Porto")),
        ];
        let grounds = grounds(&all, 0, Timestamp::default());
        let numbers: Vec<_> = grounds.iter().map(|said| said.message_id).collect();
        assert_eq!(numbers, [7], "though both wait for an answer");
    }

    #[test]
    fn distress_in_several_pieces_is_seen_in_what_they_say_together() {
        let together = |pieces: &[&str], began: i64| {
            let numbered = pieces.iter().zip(1..);
            let mut all: Vec<Said> = numbered
                .map(|(text, number)| said(number, Author::Fan, Some(*text)))
                .collect();
            all.reverse();
            unanswered(&all, 0).distress(Timestamp::from_seconds(began))
        };
        assert_eq!(
            together(&["i want", "to end", "my", "life"], 1),
            Some(Care::SelfHarm)
        );
        assert_eq!(together(&["im", "15"], 1), Some(Care::Minor));
        assert_eq!(together(&["i want", "a photo"], 1), None);
        let heard = ["i want to die", "sorry"];
        assert_eq!(together(&heard, 1), None, "it was seen when it came");
        assert_eq!(together(&["im", "15"], 500), None, "of another turn");
    }
}
