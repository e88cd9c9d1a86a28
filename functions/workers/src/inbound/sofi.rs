//! What a fan's message means for Sofi: pure.
//!
//! A message that wants an answer lets a turn wait until the fan has been quiet for a moment; `sofi.reply` answers it.
//! Words of crisis, grief or youth (crate `care`) end all of that: a fixed text, a person, no AI, no offers.

use std::time::Duration;

use care::Care;
use domain::Timestamp;
use domain::sofi::{HoldReason, ReplyMode};
use wording::Language;

use super::state::{Chat, Head};

/// A fan who is quiet for so long has said what there was to say.
pub(crate) const QUIET: Duration = Duration::from_secs(3);
/// A fan who goes on writing is answered after so long all the same.
const LONGEST_QUIET: Duration = Duration::from_secs(12);
/// When a notice that did not arrive is sent again, with the fan's next message.
const NOTICE_AGAIN: Duration = Duration::from_secs(3600);
/// How soon the same caring text is said again.
const CARE_AGAIN: Duration = Duration::from_secs(24 * 3600);

/// What is known about Sofi before an update.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SofiFacts {
    /// The bot's mode.
    pub(crate) mode: ReplyMode,
    /// Who keeps Sofi silent, a person or the fan's `/human`, and until when.
    pub(crate) held: Option<(HoldReason, Timestamp)>,
    /// Within how many hours a person answers.
    pub(crate) hours: u32,
    /// Whether a turn waits.
    pub(crate) turn: bool,
    /// What the message says of the fan's distress.
    pub(crate) care: Option<Care>,
    /// In care mode: whether the message asks who writes here.
    pub(crate) asks: bool,
    /// In an account's chat: whether its owner lets an AI take part. Nothing in the bot's own chats.
    pub(crate) lets_ai: Option<bool>,
    /// The present moment.
    pub(crate) now: Timestamp,
}

/// What becomes of the turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TurnChange {
    /// Nothing.
    #[default]
    Keep,
    /// It waits for an answer to this message, a new one if there is none.
    Wait {
        /// Telegram's number of the newest message.
        newest: i64,
    },
    /// A person has the chat: it is looked at when that ends, for the case that nobody has answered by then.
    Hold {
        /// Telegram's number of the newest message.
        newest: i64,
        /// When the person's time ends.
        until: Timestamp,
    },
    /// It ends without an answer of Sofi; why, as a stable code.
    End(&'static str),
}

/// What an update changes around Sofi.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SofiDecision {
    pub(crate) turn: TurnChange,
    /// Sofi is silent for a while: the fan asked for a person, or a person wrote.
    pub(crate) hold: Option<HoldReason>,
    /// The fan is to be told that an AI takes part, before it does.
    pub(crate) notice: bool,
    /// The fan asks who writes, where no turn of Sofi will say it: a fixed text does.
    pub(crate) honest: bool,
    /// Care mode began or was renewed, and whether the fan was answered.
    pub(crate) care: Option<(Care, bool)>,
    /// What Sofi knows of the fan is to be forgotten.
    pub(crate) forget: bool,
}

impl SofiFacts {
    /// What Sofi does in this chat.
    pub(crate) fn mode_in(&self, head: &Head) -> ReplyMode {
        match self.writes_by_itself() {
            true => head.ai_mode.unwrap_or(self.mode),
            false => ReplyMode::Off,
        }
    }

    /// Whether people answer here, and none of them is at it.
    pub(crate) fn people_answer(&self, head: &Head) -> bool {
        self.mode_in(head) == ReplyMode::Off && self.held.is_none()
    }

    /// Whether anything but people may write here: in an account's chat only by its owner's word.
    pub(crate) fn writes_by_itself(&self) -> bool {
        self.lets_ai.unwrap_or(true)
    }

    /// Whether Sofi would write in this chat now, were it not for care.
    fn sofi_writes_in(&self, head: &Head) -> bool {
        self.mode_in(head) != ReplyMode::Off && self.held.is_none()
    }

    fn ending(&self, code: &'static str) -> TurnChange {
        match self.turn {
            true => TurnChange::End(code),
            false => TurnChange::Keep,
        }
    }

    /// The fan asked for a person.
    pub(crate) fn person_asked(&self) -> SofiDecision {
        SofiDecision {
            turn: self.ending("fan_asked_for_person"),
            hold: Some(HoldReason::Fan),
            ..SofiDecision::default()
        }
    }

    /// The owner of the account wrote to the fan.
    pub(crate) fn owner_wrote(&self) -> SofiDecision {
        SofiDecision {
            turn: self.ending("person_has_taken_over"),
            hold: Some(HoldReason::Person),
            ..SofiDecision::default()
        }
    }

    /// The fan asked to be forgotten: a reply that is being written with what was known is written again without.
    pub(crate) fn forget_asked(&self) -> SofiDecision {
        let turn = match self.turn {
            true => TurnChange::Wait { newest: 0 },
            false => TurnChange::Keep,
        };
        SofiDecision {
            turn,
            forget: true,
            ..SofiDecision::default()
        }
    }

    /// A message that wants an answer. `said` is the caring text, for the case that it is due.
    pub(crate) fn message(
        &self,
        head: &mut Head,
        newest: i64,
        said: impl FnOnce(Care) -> String,
    ) -> (SofiDecision, Option<String>) {
        if let Some(care) = self.care {
            return self.distress(head, care, said);
        }
        let (mut notice, mut honest) = (false, false);
        let turn = if head.care_at > Timestamp::default() {
            honest = self.asks && self.sofi_writes_in(head);
            self.ending("care")
        } else if self.mode_in(head) == ReplyMode::Off {
            self.ending("switched_off")
        } else if let Some((reason, until)) = self.held {
            match reason {
                HoldReason::Person => TurnChange::Hold { newest, until },
                // A person is asked for already.
                HoldReason::Fan => self.ending("fan_asked_for_person"),
            }
        } else if self.lets_ai.is_some() && head.noticed.is_none_or(|notice| newest <= notice) {
            // Written before the fan knew: a person answers it.
            notice = head.noticed.is_none()
                && head
                    .notice_at
                    .is_none_or(|at| at.plus(NOTICE_AGAIN) <= self.now);
            if notice {
                head.notice_at = Some(self.now);
            }
            TurnChange::Keep
        } else {
            TurnChange::Wait { newest }
        };
        let decision = SofiDecision {
            turn,
            notice,
            honest,
            ..SofiDecision::default()
        };
        (decision, None)
    }

    fn distress(
        &self,
        head: &mut Head,
        care: Care,
        said: impl FnOnce(Care) -> String,
    ) -> (SofiDecision, Option<String>) {
        let known = head.card.card.care.as_deref().and_then(named);
        let graver = known.is_none_or(|known| care > known);
        let lately = head
            .care_answered_at
            .is_some_and(|at| at.plus(CARE_AGAIN) > self.now);
        let grave = matches!(care, Care::SelfHarm | Care::Crisis);
        let sofi_writes_here = self.sofi_writes_in(head);
        let answered =
            self.writes_by_itself() && (grave || sofi_writes_here) && (graver || !lately);
        if head.care_at == Timestamp::default() {
            head.care_at = self.now;
        }
        if graver {
            head.card.card.care = Some(care.name().to_owned());
        }
        if answered {
            head.care_answered_at = Some(self.now);
        }
        head.needs_person_since.get_or_insert(self.now);
        let decision = SofiDecision {
            turn: self.ending("care"),
            honest: self.asks && sofi_writes_here && !answered,
            care: Some((care, answered)),
            ..SofiDecision::default()
        };
        (decision, answered.then(|| said(care)))
    }

    /// An edit: what Sofi is about to answer has changed.
    pub(crate) fn edit(&self, before: &Chat, message_id: i64) -> TurnChange {
        let newest = before.head.as_ref().map_or(0, |head| head.last_message_id);
        match self.turn {
            true => TurnChange::Wait {
                newest: newest.max(message_id),
            },
            false => TurnChange::Keep,
        }
    }
}

/// The care of a stored name; one of another release is none that we know.
fn named(name: &str) -> Option<Care> {
    Care::ALL.into_iter().find(|care| care.name() == name)
}

/// Until when the fan may go on writing before the turn is answered.
pub(crate) fn quiet_until(began: Timestamp, now: Timestamp) -> Timestamp {
    now.plus(QUIET).min(began.plus(LONGEST_QUIET).max(now))
}

/// The language of a text, else of the profile.
pub(crate) fn language(text: &str, profile: Option<&str>) -> Language {
    wording::speak(text, profile)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

    fn facts() -> SofiFacts {
        SofiFacts {
            mode: ReplyMode::Auto,
            held: None,
            hours: 24,
            turn: false,
            care: None,
            asks: false,
            lets_ai: None,
            now: NOW,
        }
    }

    fn turn(facts: SofiFacts, head: &mut Head) -> TurnChange {
        facts.message(head, 7, |_| String::new()).0.turn
    }

    #[test]
    fn a_message_waits_for_sofi_only_where_sofi_writes() {
        let mut head = Head::default();
        assert_eq!(turn(facts(), &mut head), TurnChange::Wait { newest: 7 });
        let held = SofiFacts {
            held: Some((HoldReason::Fan, NOW.plus(QUIET))),
            ..facts()
        };
        assert_eq!(turn(held, &mut head), TurnChange::Keep);
        head.ai_mode = Some(ReplyMode::Off);
        assert_eq!(turn(facts(), &mut head), TurnChange::Keep);
    }

    #[test]
    fn what_a_fan_writes_to_a_person_is_looked_at_when_the_persons_time_ends() {
        let until = NOW.plus(NOTICE_AGAIN);
        let held = SofiFacts {
            held: Some((HoldReason::Person, until)),
            ..facts()
        };
        let waits = TurnChange::Hold { newest: 7, until };
        assert_eq!(turn(held, &mut Head::default()), waits);
        let off = SofiFacts {
            mode: ReplyMode::Off,
            ..held
        };
        assert_eq!(turn(off, &mut Head::default()), TurnChange::Keep);
    }

    #[test]
    fn a_chat_may_have_a_mode_of_its_own() {
        let off = SofiFacts {
            mode: ReplyMode::Off,
            ..facts()
        };
        let mut head = Head {
            ai_mode: Some(ReplyMode::Draft),
            ..Head::default()
        };
        assert_eq!(turn(off, &mut head), TurnChange::Wait { newest: 7 });
    }

    #[test]
    fn distress_ends_the_turn_and_asks_for_a_person() {
        let mut head = Head::default();
        let facts = SofiFacts {
            care: Some(Care::SelfHarm),
            turn: true,
            ..facts()
        };
        let (decision, said) = facts.message(&mut head, 7, |_| "text".to_owned());
        assert_eq!(decision.turn, TurnChange::End("care"));
        assert_eq!(decision.care, Some((Care::SelfHarm, true)));
        assert_eq!(said.as_deref(), Some("text"));
        assert_eq!((head.care_at, head.needs_person_since), (NOW, Some(NOW)));
        let (_, again) = facts.message(&mut head, 8, |_| "text".to_owned());
        assert_eq!(again, None, "not the same text twice a day");
    }

    #[test]
    fn a_chat_in_care_gets_no_turn_until_a_person_ends_it() {
        let mut head = Head {
            care_at: NOW,
            ..Head::default()
        };
        assert_eq!(turn(facts(), &mut head), TurnChange::Keep);
    }

    #[test]
    fn whoever_asks_in_care_mode_who_writes_is_told_the_truth_and_not_left_in_silence() {
        let care = || Head {
            care_at: NOW,
            care_answered_at: Some(NOW),
            ..Head::default()
        };
        let honest = |facts: SofiFacts| facts.message(&mut care(), 7, |_| String::new()).0.honest;
        let asks = SofiFacts {
            asks: true,
            ..facts()
        };
        assert!(honest(asks) && !honest(facts()));
        let in_distress = SofiFacts {
            care: Some(Care::MoneyTrouble),
            ..asks
        };
        let mut known = care();
        known.card.card.care = Some(Care::MoneyTrouble.name().to_owned());
        let (decision, said) = in_distress.message(&mut known, 7, |_| String::new());
        assert!(decision.honest && said.is_none());
        let people = SofiFacts {
            mode: ReplyMode::Off,
            ..asks
        };
        assert!(
            !honest(people),
            "where only people write there is no AI to own up"
        );
        let taken = SofiFacts {
            held: Some((HoldReason::Person, NOW.plus(QUIET))),
            ..asks
        };
        assert!(!honest(taken), "a person has the chat");
    }

    #[test]
    fn graver_words_are_answered_even_shortly_after_others() {
        let mut head = Head::default();
        let money = SofiFacts {
            care: Some(Care::MoneyTrouble),
            ..facts()
        };
        assert!(money.message(&mut head, 7, |_| String::new()).1.is_some());
        let crisis = SofiFacts {
            care: Some(Care::SelfHarm),
            ..facts()
        };
        assert!(crisis.message(&mut head, 8, |_| String::new()).1.is_some());
        assert_eq!(head.card.card.care.as_deref(), Some(Care::SelfHarm.name()));
        assert!(money.message(&mut head, 9, |_| String::new()).1.is_none());
    }

    #[test]
    fn where_people_answer_only_danger_is_answered_by_a_fixed_text() {
        let off = |care| SofiFacts {
            mode: ReplyMode::Off,
            care: Some(care),
            ..facts()
        };
        let said = |care| {
            off(care)
                .message(&mut Head::default(), 7, |_| String::new())
                .1
        };
        assert!(said(Care::Crisis).is_some());
        assert!(said(Care::MoneyTrouble).is_none());
    }

    #[test]
    fn in_an_accounts_chat_nothing_happens_without_its_owners_word() {
        let silent = SofiFacts {
            lets_ai: Some(false),
            ..facts()
        };
        let mut head = Head::default();
        let (decision, _) = silent.message(&mut head, 7, |_| String::new());
        assert_eq!(decision, SofiDecision::default());
        let crisis = SofiFacts {
            care: Some(Care::SelfHarm),
            ..silent
        };
        let (decision, said) = crisis.message(&mut head, 8, |_| "text".to_owned());
        assert_eq!((decision.care, said), (Some((Care::SelfHarm, false)), None));
        assert!(head.needs_person_since.is_some());
    }

    #[test]
    fn in_an_accounts_chat_the_fan_is_told_before_anything_is_read() {
        let allowed = SofiFacts {
            lets_ai: Some(true),
            ..facts()
        };
        let mut head = Head::default();
        let ask = |facts: SofiFacts, head: &mut Head, number| {
            facts.message(head, number, |_| String::new()).0
        };
        let first = ask(allowed, &mut head, 7);
        assert_eq!((first.notice, first.turn), (true, TurnChange::Keep));
        let second = ask(allowed, &mut head, 8);
        assert_eq!(
            (second.notice, second.turn),
            (false, TurnChange::Keep),
            "it is on its way"
        );
        let later = SofiFacts {
            now: NOW.plus(NOTICE_AGAIN),
            ..allowed
        };
        assert!(ask(later, &mut head, 9).notice, "it did not arrive");
        head.noticed = Some(10);
        assert_eq!(
            ask(later, &mut head, 9).turn,
            TurnChange::Keep,
            "written before it"
        );
        assert_eq!(
            ask(later, &mut head, 11).turn,
            TurnChange::Wait { newest: 11 }
        );
    }

    #[test]
    fn quiet_ends_for_a_fan_who_never_stops() {
        assert_eq!(quiet_until(NOW, NOW), NOW.plus(QUIET));
        let later = NOW.plus(Duration::from_secs(11));
        assert_eq!(quiet_until(NOW, later), NOW.plus(LONGEST_QUIET));
        let late = NOW.plus(Duration::from_secs(60));
        assert_eq!(quiet_until(NOW, late), late);
    }
}
