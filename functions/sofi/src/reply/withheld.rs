//! What becomes of a text that may not leave as it was meant to: a draft, or nothing.

use domain::sofi::{ReplyMode, TurnEnd};
use rules::identity;

use super::decide::{in_the_way, is_calm_here, lets_truth, mode};
use super::finish::Ending;
use super::load::View;

/// Takes back what may not leave now, though it might when the reply was begun. The truth about who writes then leaves as a fixed
/// text, wherever one may.
pub(crate) fn withhold(view: &View, ending: &mut Ending) {
    if ending.text.is_none() {
        return;
    }
    if let Some(reason) = in_the_way(view) {
        ending.is_fixed = is_truth(ending) && lets_truth(view, ending.trace.at);
        if !ending.is_fixed {
            silence(ending, reason);
        }
        ending.needs_person |= is_calm_here(view, reason);
    } else if leaves_by_itself(ending) && mode(view, false) != ReplyMode::Auto {
        hold_back(ending);
    }
}

/// Whether a text needs the mode in which Sofi answers by itself. The truth about who writes needs nobody's word.
fn leaves_by_itself(ending: &Ending) -> bool {
    let is_draft = ending.trace.end == TurnEnd::Drafted;
    !is_draft && !is_truth(ending)
}

fn is_truth(ending: &Ending) -> bool {
    ending.trace.reason.as_deref() == Some(identity::REASON)
}

/// Only drafts are wanted by now: a vendor's reply becomes one, and a fixed text is not said.
fn hold_back(ending: &mut Ending) {
    let draft = ending.as_draft.take();
    match draft.filter(|_| ending.trace.end == TurnEnd::Replied) {
        Some((text, discloses)) => {
            ending.trace.end = TurnEnd::Drafted;
            ending.text = Some(text);
            ending.discloses = discloses;
        }
        None => say_nothing(ending),
    }
}

/// A reply that may not leave any more.
fn silence(ending: &mut Ending, reason: &str) {
    say_nothing(ending);
    ending.trace.end = TurnEnd::HandedOver;
    ending.trace.reason = Some(reason.to_owned());
}

fn say_nothing(ending: &mut Ending) {
    ending.text = None;
    ending.discloses = false;
    ending.promises = false;
}

#[cfg(test)]
mod tests {
    use super::super::bill::tests::turn;
    use super::*;
    use domain::Timestamp;
    use store::row::{TraceRow, TurnState};

    /// A text with the line in front.
    fn ending(end: TurnEnd, reason: &str) -> Ending {
        let turn = turn(TurnState::Generating, 0);
        Ending {
            trace: TraceRow::ended(&turn, end, reason, Timestamp::default()),
            text: Some("An AI writes.\n\nok".to_owned()),
            as_draft: Some(("ok".to_owned(), false)),
            not_before: Timestamp::default(),
            discloses: true,
            promises: end == TurnEnd::HandedOver,
            needs_person: end == TurnEnd::HandedOver,
            is_fixed: false,
            facts: Vec::new(),
            tokens: 0,
            refused: None,
            care: None,
        }
    }

    #[test]
    fn a_reply_that_is_only_wanted_as_a_draft_by_now_becomes_one_without_the_line() {
        let mut ending = ending(TurnEnd::Replied, "");
        assert!(leaves_by_itself(&ending));
        hold_back(&mut ending);
        assert_eq!(ending.trace.end, TurnEnd::Drafted);
        assert_eq!(ending.text.as_deref(), Some("ok"));
        assert!(!ending.discloses && !leaves_by_itself(&ending));
    }

    #[test]
    fn a_promise_is_not_said_where_only_drafts_are_wanted_and_a_person_still_is() {
        let mut ending = ending(TurnEnd::HandedOver, "rule");
        assert!(leaves_by_itself(&ending));
        hold_back(&mut ending);
        assert!(ending.text.is_none() && !ending.promises && ending.needs_person);
        assert_eq!(ending.trace.reason.as_deref(), Some("rule"));
    }

    #[test]
    fn the_truth_about_who_writes_leaves_where_only_drafts_are_wanted() {
        let ending = ending(TurnEnd::Replied, identity::REASON);
        assert!(!leaves_by_itself(&ending) && is_truth(&ending));
        let other = super::tests::ending(TurnEnd::Replied, "");
        assert!(!is_truth(&other), "a model's reply is none");
    }
}
