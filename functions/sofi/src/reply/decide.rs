//! What to do with a turn: pure.

use std::time::Duration;

use care::Care;
use domain::Timestamp;
use domain::message::Reachability;
use domain::sofi::{HoldReason, ReplyMode, TOO_LATE};
use store::row::{BusinessAccountRow, ChatMode, FanRow, HoldRow, TurnState};

use super::history::{Unanswered, unanswered};
use super::load::View;

/// A pause this short is sat out; for a longer one another look is on its way.
const SHORT: Duration = Duration::from_millis(600);

/// Why a turn ends when a person has the chat.
pub(crate) const PERSON: &str = "person_has_taken_over";
/// Why nothing is written to a fan in care.
const CARE: &str = "care";
/// Why nothing is written to a fan who waits for a person.
const WISH: &str = "fan_asked_for_person";

/// How long a promise of a person is not repeated.
const PROMISE_HOLDS: Duration = Duration::from_secs(3 * 3600);

/// The next step.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The fan may still be writing: look again after so long.
    Wait(Duration),
    /// Somebody else is at it, or will be.
    Leave,
    /// No reply of Sofi; why, as a stable code, and whether a person should look.
    End {
        reason: &'static str,
        needs_person: bool,
    },
    /// The fan asks whether this is a human being: a fixed, honest text. Whether a person should look as well.
    Honest { needs_person: bool },
    /// The messages say together what none of them says alone: care mode begins, and no vendor is asked.
    Care(Care),
    /// Nothing in it that can be read: a fixed text that promises a person. What came, as its kind.
    Media(String),
    /// A vendor is asked.
    Ask,
}

/// What Sofi may do in this chat. Demo answers of a laptop never reach a real chat by themselves.
pub(crate) fn mode(view: &View, drafts_only: bool) -> ReplyMode {
    match ChatMode::of(view.head.row.ai_mode, view.settings.as_ref()).mode {
        ReplyMode::Auto if drafts_only => ReplyMode::Draft,
        mode => mode,
    }
}

/// Why nothing that writes by itself may reach this chat now, not even what a fan in distress is told.
pub(crate) fn closed(view: &View) -> Option<&'static str> {
    cannot_be_reached(view).or_else(|| nobody_let_in(view))
}

fn cannot_be_reached(view: &View) -> Option<&'static str> {
    if view.bot.is_none() {
        return Some("bot_not_connected");
    }
    (view.head.row.reachability != Reachability::Reachable).then_some("fan_unreachable")
}

/// In an account's chat: whose word is missing.
fn nobody_let_in(view: &View) -> Option<&'static str> {
    view.head.row.account?;
    let account = view.account.as_ref();
    if !account.is_some_and(BusinessAccountRow::lets_ai) {
        return Some("ai_not_authorised");
    }
    view.head.row.noticed.is_none().then_some("fan_not_told")
}

/// Whether the fan is in care: since a moment in this chat, or in another one of theirs.
fn is_in_care(here: Timestamp, fan: Option<&FanRow>) -> bool {
    here > Timestamp::default() || fan.is_some_and(FanRow::is_in_care)
}

/// Why nothing of Sofi's may reach this chat now, if something stands in the way.
fn obstacle(view: &View) -> Option<&'static str> {
    if let Some(reason) = cannot_be_reached(view) {
        return Some(reason);
    }
    if is_in_care(view.head.row.care_at, view.fan()) {
        return Some(CARE);
    }
    unwanted(view)
}

/// Whose word keeps Sofi out of this chat now: the fan's, an account owner's, or that of who has it.
fn unwanted(view: &View) -> Option<&'static str> {
    if let Some(reason) = view.fan().and_then(FanRow::ai_refusal) {
        return Some(reason);
    }
    if let Some(reason) = nobody_let_in(view) {
        return Some(reason);
    }
    view.hold.as_ref().map(|hold| match hold.reason {
        HoldReason::Person => PERSON,
        HoldReason::Fan => WISH,
    })
}

/// Why what was being written may not reach this chat: what stands in the way now, or that Sofi was switched off here.
pub(crate) fn in_the_way(view: &View) -> Option<&'static str> {
    let off = mode(view, false) == ReplyMode::Off;
    obstacle(view).or_else(|| off.then_some("switched_off"))
}

/// The same where care is no reason: fixed texts are said in it.
pub(crate) fn besides_care(view: &View) -> Option<&'static str> {
    let off = mode(view, false) == ReplyMode::Off;
    let off = off.then_some("switched_off");
    cannot_be_reached(view).or(off).or_else(|| unwanted(view))
}

/// Whether who asks who writes is told by a fixed text where Sofi writes nothing now.
pub(crate) fn lets_truth(view: &View, now: Timestamp) -> bool {
    is_owed(besides_care(view), view.hold.as_ref(), now)
}

/// In care, and while the fan waits for a person. A person who has the chat is no AI, and where no AI writes people answer.
fn is_owed(besides_care: Option<&str>, hold: Option<&HoldRow>, now: Timestamp) -> bool {
    let has_person = hold.is_some_and(|hold| hold.holder(now).0 == HoldReason::Person);
    !has_person && besides_care.is_none_or(|reason| reason == WISH)
}

/// Whether what stands in the way is care that began in another chat of the fan's: nobody has been asked for here.
pub(crate) fn is_calm_here(view: &View, reason: &str) -> bool {
    reason == CARE && view.head.row.care_at == Timestamp::default()
}

/// Decides.
pub(crate) fn decide(view: &View, mode: ReplyMode, now: Timestamp) -> Step {
    let turn = &view.turn.row;
    if turn.state == TurnState::Generating && turn.lease_until > now {
        return Step::Leave;
    }
    let quiet_in = now.until(turn.quiet_until);
    if !quiet_in.is_zero() {
        return match quiet_in <= SHORT {
            true => Step::Wait(quiet_in),
            false => Step::Leave,
        };
    }
    let end = |reason| Step::End {
        reason,
        needs_person: false,
    };
    let open = unanswered(&view.said, view.answered_through);
    if let Some(reason) = obstacle(view) {
        let needs_person = mode != ReplyMode::Off && is_calm_here(view, reason);
        let end = Step::End {
            reason,
            needs_person,
        };
        let is_calm = view.head.row.care_at == Timestamp::default();
        return match mode != ReplyMode::Off && lets_truth(view, now) {
            true => in_spite(&open, (turn.began_at, is_calm), &view.creator, end),
            false => end,
        };
    }
    if mode == ReplyMode::Off {
        return end("switched_off");
    }
    if open.messages.is_empty() {
        return end("already_answered");
    }
    match open.distress(turn.began_at) {
        Some(care) => Step::Care(care),
        None => step_for(&open, &view.creator, now),
    }
}

/// What is said all the same where an AI may write nothing and a turn ends: who is in distress is cared for here too, where
/// that has not begun, and who asks who writes is told. Nobody looks at it again.
fn in_spite(
    open: &Unanswered<'_>,
    (began_at, is_calm): (Timestamp, bool),
    creator: &str,
    end: Step,
) -> Step {
    let distress = is_calm.then(|| open.distress(began_at)).flatten();
    match (distress, end) {
        (Some(care), _) => Step::Care(care),
        (None, Step::End { needs_person, .. }) if open.asks_identity(creator) => {
            Step::Honest { needs_person }
        }
        (None, end) => end,
    }
}

/// What an open question calls for. The truth about who writes is never too late: the person's time in which nobody
/// answered is as long as that.
fn step_for(open: &Unanswered<'_>, creator: &str, now: Timestamp) -> Step {
    let late = open.newest_at.plus(TOO_LATE) < now;
    if open.asks_identity(creator) {
        return Step::Honest { needs_person: late };
    }
    if late {
        return Step::End {
            reason: "too_late",
            needs_person: true,
        };
    }
    if open.texts().next().is_some() {
        return Step::Ask;
    }
    let kinds: Vec<&str> = open
        .messages
        .iter()
        .map(|said| said.kind.as_str())
        .collect();
    let kind = match kinds.as_slice() {
        [one] => (*one).to_owned(),
        _ if open.messages.iter().any(|said| said.album.is_some()) => "album".to_owned(),
        [.., newest] => (*newest).to_owned(),
        [] => String::new(),
    };
    Step::Media(kind)
}

/// Whether the fan may be told now that a person will answer: a promise is not repeated with every message.
pub(crate) fn may_promise(view: &View, now: Timestamp) -> bool {
    let last = view.head.row.promised_at;
    last.is_none_or(|at| at.plus(PROMISE_HOLDS) <= now)
}

#[cfg(test)]
mod tests {
    use super::super::load::Said;
    use super::*;
    use domain::Sealed;
    use domain::ids::{ConversationId, FanId};
    use domain::message::Author;

    const ASKED: Timestamp = Timestamp::from_seconds(1_000);

    /// Texts of a fan, newest first.
    fn said(texts: &[&str]) -> Vec<Said> {
        let numbered = (1..).zip(texts).collect::<Vec<_>>().into_iter().rev();
        let said = numbered.map(|(message_id, text)| Said {
            message_id,
            author: Author::Fan,
            kind: "text".to_owned(),
            text: Some((*text).to_owned()),
            at: ASKED,
            album: None,
            settled: false,
            forgets: false,
        });
        said.collect()
    }

    fn step(text: &str, now: Timestamp) -> Step {
        step_for(&unanswered(&said(&[text]), 0), "Mira", now)
    }

    #[test]
    fn care_that_began_elsewhere_ends_a_turn_and_leaves_no_question_and_no_distress_in_it_unanswered()
     {
        let ends = || Step::End {
            reason: CARE,
            needs_person: true,
        };
        let step = |texts: &[&str], is_calm| {
            let said = said(texts);
            in_spite(&unanswered(&said, 0), (ASKED, is_calm), "Mira", ends())
        };
        let honest = Step::Honest { needs_person: true };
        assert_eq!(step(&["are you a bot?", "hm"], true), honest);
        assert_eq!(step(&["how was your day?"], true), ends());
        let pieces = ["i want", "to end", "my", "life"];
        assert_eq!(step(&pieces, true), Step::Care(Care::SelfHarm));
        assert_eq!(step(&pieces, false), ends(), "it began here, and was told");
        assert_eq!(step(&[], true), ends());
    }

    #[test]
    fn the_truth_is_owed_in_care_and_to_who_waits_for_a_person_and_nobody_has_the_chat() {
        let chat = ConversationId::from_bytes([2; 16]);
        let hour = Duration::from_secs(3600);
        let wish = HoldRow::of_fan(chat, ASKED, hour * 24);
        let person = HoldRow::of_person(chat, None, ASKED, hour);
        let both = person.clone().beside(&wish);
        assert!(is_owed(None, None, ASKED), "care alone");
        assert!(is_owed(Some(WISH), Some(&wish), ASKED));
        assert!(!is_owed(Some(PERSON), Some(&person), ASKED));
        assert!(!is_owed(Some(WISH), Some(&both), ASKED), "beside a wish");
        for reason in [
            "switched_off",
            "bot_not_connected",
            "ai_not_authorised",
            FanRow::NO_AI,
        ] {
            assert!(!is_owed(Some(reason), None, ASKED), "{reason}");
        }
    }

    #[test]
    fn the_question_who_writes_is_answered_however_late() {
        let late = ASKED.plus(TOO_LATE * 2);
        let honest = |needs_person| Step::Honest { needs_person };
        assert_eq!(step("are you a bot?", ASKED), honest(false));
        assert_eq!(step("are you a bot?", late), honest(true));
        assert_eq!(step("how was your day?", ASKED), Step::Ask);
        let too_late = Step::End {
            reason: "too_late",
            needs_person: true,
        };
        assert_eq!(step("how was your day?", late), too_late);
    }

    #[test]
    fn care_in_another_chat_of_the_fan_is_care_here() {
        let calm = FanRow::new(FanId::from_bytes([1; 16]), Sealed::default(), ASKED);
        let other = ConversationId::from_bytes([2; 16]);
        let sad = calm.clone().with_care_in(other, ASKED);
        let never = Timestamp::default();
        assert!(!is_in_care(never, None) && !is_in_care(never, Some(&calm)));
        assert!(is_in_care(never, Some(&sad)));
        assert!(is_in_care(ASKED, Some(&calm)), "of an earlier release");
    }

    #[test]
    fn a_stroke_in_front_hides_no_question() {
        let honest = Step::Honest {
            needs_person: false,
        };
        assert_eq!(step("/ are you a bot", ASKED), honest);
        assert_eq!(step("/are you real?", ASKED), honest);
        assert_eq!(step("/hi how are you", ASKED), Step::Ask);
    }
}
