//! What a text must not be sent past: the draft that waits beside it, and for a text of Sofi's distress and the wish for a person.

use domain::Timestamp;
use store::Require;
use store::row::ConversationRow;

/// What was seen of the conversation, so that nothing newer is passed over.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    /// Since when the draft waits that was looked at; zero: none was.
    draft: Timestamp,
    /// For a text of Sofi's: since when a person was asked for, and when the fan did so last.
    asked: Option<(Timestamp, Timestamp)>,
}

impl Seen {
    pub(super) fn of(head: &ConversationRow, is_ais: bool) -> Self {
        Self {
            draft: head.draft_since.unwrap_or_default(),
            asked: is_ais.then(|| {
                let since = head.needs_person_since.unwrap_or_default();
                (since, head.wished_at.unwrap_or_default())
            }),
        }
    }

    /// What the head must be for the text to go, beside what any text asks of it.
    pub(super) fn requirements(self) -> Vec<Require<'static>> {
        let mut wanted = vec![Require::AbsentOrAtMost("draft_since", self.draft.millis())];
        if let Some((since, wish)) = self.asked {
            wanted.extend([
                Require::AbsentOrAtMost("care_at", 0),
                Require::AbsentOrAtMost("needs_person_since", since.millis()),
                Require::AbsentOrAtMost("wished_at", wish.millis()),
            ]);
        }
        wanted
    }

    /// Whether there is something newer: a draft, and for a text of Sofi's distress or the wish for a person.
    pub(super) fn is_passed_by(self, head: &ConversationRow) -> bool {
        let unwanted = self.asked.is_some_and(|(since, wish)| {
            let asked = head.needs_person_since > Some(since) || head.wished_at > Some(wish);
            asked || head.care_at > Timestamp::default()
        });
        unwanted || head.draft_since > Some(self.draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_sent_past_a_draft_that_was_not_looked_at() {
        let at = Timestamp::from_seconds;
        let waits = |since: Option<i64>| ConversationRow {
            draft_since: since.map(at),
            ..crate::entry::tests::head()
        };
        let nothing = Seen::default();
        assert!(nothing.is_passed_by(&waits(Some(100))));
        assert!(!nothing.is_passed_by(&waits(None)));
        let looked = Seen::of(&waits(Some(100)), false);
        assert!(!looked.is_passed_by(&waits(Some(100))));
        assert!(looked.is_passed_by(&waits(Some(101))));
        assert!(!looked.is_passed_by(&waits(None)), "it was discarded");
    }

    #[test]
    fn a_copied_draft_is_refused_where_the_fan_wants_a_person_and_own_words_are_not() {
        let at = Timestamp::from_seconds;
        let head = |asked: Option<i64>, care| ConversationRow {
            needs_person_since: asked.map(at),
            care_at: at(care),
            ..crate::entry::tests::head()
        };
        let seen = |is_ais| Seen::of(&head(Some(50), 0), is_ais);
        assert!(!seen(true).is_passed_by(&head(Some(50), 0)));
        assert!(seen(true).is_passed_by(&head(Some(51), 0)));
        assert!(seen(true).is_passed_by(&head(Some(50), 60)));
        let wished = ConversationRow {
            wished_at: Some(at(50)),
            ..head(Some(50), 0)
        };
        assert!(seen(true).is_passed_by(&wished), "the fan says so now");
        assert!(!seen(false).is_passed_by(&wished));
        assert!(!Seen::of(&wished, true).is_passed_by(&wished));
        assert!(!seen(false).is_passed_by(&head(Some(51), 60)));
        assert_eq!(seen(true).requirements().len(), 4);
        assert_eq!(seen(false).requirements().len(), 1);
    }
}
