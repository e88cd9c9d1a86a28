//! What a fan's own row must say for a text to leave, and why it did not let one.

use store::Require;
use store::row::{FanRow, OutboxRow};

use super::{is_ais, needs_calm};

/// What the row must be, where a text asks it at all.
pub(super) fn wanted_of_fan(row: &OutboxRow) -> &'static [Require<'static>] {
    match (is_ais(row), needs_calm(row)) {
        (true, _) => &FanRow::OPEN_TO_AI,
        (false, true) => &FanRow::OPEN_TO_OFFERS,
        (false, false) => &FanRow::OPEN,
    }
}

/// Why the row let nothing leave, as a stable code.
pub(super) fn unwilling(fan: &FanRow) -> &'static str {
    if fan.is_in_care() && !fan.is_restricted() {
        return "care";
    }
    fan.ai_refusal().unwrap_or(FanRow::RESTRICTED)
}

#[cfg(test)]
mod tests {
    use super::super::needs_leave;
    use super::super::tests::{QUEUED, queued, reply};
    use super::*;
    use domain::Sealed;
    use domain::ids::FanId;
    use domain::message::{Author, Lane};

    #[test]
    fn an_offer_and_an_ais_text_want_a_fan_who_is_in_care_in_no_chat_and_other_words_do_not() {
        let calm = Require::AbsentOrAtMost("care_at", 0);
        let wants = |row: &OutboxRow| wanted_of_fan(row).contains(&calm);
        assert!(wants(&reply()) && wants(&queued(Author::Ai, Some(5))));
        for lane in [Lane::Payment, Lane::Sequence, Lane::Broadcast] {
            for author in [Author::Person, Author::Automation, Author::Broadcast] {
                let offer = OutboxRow {
                    lane,
                    ..queued(author, None)
                };
                assert!(wants(&offer), "{lane:?} {author:?}");
            }
        }
        assert!(!wants(&queued(Author::Person, Some(5))));
        let caring = queued(Author::Automation, None);
        assert!(!needs_leave(&caring), "a fixed text asks nothing");
    }

    #[test]
    fn care_is_named_before_the_wish_for_no_ai_and_after_data_that_is_only_kept() {
        let chat = reply().conversation;
        let fan = FanRow::new(FanId::from_bytes([7; 16]), Sealed::default(), QUEUED);
        let sad = FanRow {
            no_ai_at: Some(QUEUED),
            ..fan.with_care_in(chat, QUEUED)
        };
        assert_eq!(unwilling(&sad), "care");
        let kept = FanRow {
            restricted_at: Some(QUEUED),
            ..sad.clone()
        };
        assert_eq!(unwilling(&kept), FanRow::RESTRICTED);
        assert_eq!(unwilling(&sad.without_care_in(chat)), FanRow::NO_AI);
    }
}
