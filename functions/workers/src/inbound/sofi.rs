//! What a fan's message means for Sofi: pure.
//!
//! A message that wants an answer lets a turn wait until the fan has been quiet for a moment; `sofi.reply` answers it.
//! Words of crisis, grief or youth (crate `care`) end all of that: a fixed text, a person, no AI, no offers.

#[cfg(test)]
mod tests;

use std::time::Duration;

use care::Care;
use domain::Timestamp;
use domain::sofi::{HoldReason, ReplyMode};
use wording::Language;

use super::asked::Waiting;
use super::state::Head;

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
    /// Where no turn of Sofi would say it: whether the message, or what an edit made of one, asks who writes here.
    pub(crate) asks: bool,
    /// What the turn waits with, where it matters.
    pub(crate) waiting: Waiting,
    /// Why no AI may take part in any chat of this fan, as a stable code: the fan's word or, where the fan's data is only kept,
    /// perhaps the team's.
    pub(crate) refusal: Option<&'static str>,
    /// Whether care mode holds in one of the fan's chats: then it does in all of them.
    pub(crate) in_care: bool,
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
    /// The person's words answer the fan's wish for one.
    pub(crate) answered: bool,
    /// The fan is to be told that an AI takes part, before it does.
    pub(crate) notice: bool,
    /// The fan asks who writes, where no turn of Sofi will say it: a fixed text does.
    pub(crate) honest: bool,
    /// Care mode began or was renewed, and whether the fan was answered.
    pub(crate) care: Option<(Care, bool)>,
    /// It began, or what the fan says is graver than what was known: the team hears of it even where it waits already.
    pub(crate) alarms: bool,
    /// What Sofi knows of the fan is to be forgotten.
    pub(crate) forget: bool,
    /// A draft that waits is not to be sent any more, in none of the fan's chats.
    pub(crate) withdraws: bool,
    /// The draft that waits here answers what the fan has changed.
    pub(crate) outdates: bool,
}

impl SofiDecision {
    /// What a command or an edit brought about, and the distress in it: what it did is done, and Sofi writes nothing.
    pub(crate) fn with_distress(self, distress: &SofiDecision) -> Self {
        Self {
            turn: distress.turn,
            honest: distress.honest,
            care: distress.care,
            alarms: distress.alarms,
            ..self
        }
    }
}

impl SofiFacts {
    /// What Sofi does in this chat.
    pub(crate) fn mode_in(&self, head: &Head) -> ReplyMode {
        match self.refusal.is_none() && self.writes_by_itself() {
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

    /// Whether somebody who asks who writes is owed the truth here by a fixed text: where Sofi writes, also while it is
    /// silent because the fan asked for a person. A person who has the chat is no AI, and answers it.
    fn owns_up_in(&self, head: &Head) -> bool {
        let persons = matches!(self.held, Some((HoldReason::Person, _)));
        self.mode_in(head) != ReplyMode::Off && !persons
    }

    /// Whether an update is owed the truth: it asks who writes where no turn answers it, or ends the turn that would have.
    pub(crate) fn owes_truth(&self, head: &Head, turn: TurnChange) -> bool {
        let ends = matches!(turn, TurnChange::End(_));
        let left_open = ends && self.waiting.asks.is_some();
        (self.asks || left_open) && self.owns_up_in(head)
    }

    /// Whether a turn answers this message: none that was dealt with, or was written before the fan knew of the AI.
    pub(crate) fn turn_answers(&self, head: &Head, message_id: i64) -> bool {
        let dealt_with = head.answered_through.max(self.waiting.after);
        message_id > dealt_with.max(head.noticed.unwrap_or_default())
    }

    /// Whether Sofi would write in this chat now, were it not for care.
    fn sofi_writes_in(&self, head: &Head) -> bool {
        self.mode_in(head) != ReplyMode::Off && self.held.is_none()
    }

    /// Whether the fan is in care, as this chat says or another one of theirs.
    fn cares_for_fan_in(&self, head: &Head) -> bool {
        self.in_care || head.in_care_since().is_some()
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

    /// Whether the time is over in which a person was promised to answer, and nobody is at it. Who asks again is promised it again, so
    /// the team hears of it again, and not sooner.
    pub(crate) fn is_overdue(&self, asked: Option<Timestamp>) -> bool {
        let promised = Duration::from_secs(u64::from(self.hours) * 3600);
        self.held.is_none() && asked.is_some_and(|asked| asked.plus(promised) <= self.now)
    }

    /// The fan wants no AI any more, or nothing done with their data: what Sofi has in hand ends.
    pub(crate) fn ai_refused(&self, head: &mut Head, code: &'static str) -> SofiDecision {
        head.draft_since = None;
        SofiDecision {
            turn: self.ending(code),
            withdraws: true,
            ..SofiDecision::default()
        }
    }

    /// The owner of the account wrote to the fan, and whether nobody is asked for any more by that.
    pub(crate) fn owner_wrote(&self, answered: bool) -> SofiDecision {
        SofiDecision {
            turn: self.ending("person_has_taken_over"),
            hold: Some(HoldReason::Person),
            answered,
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
        let turn = if self.cares_for_fan_in(head) {
            let ends = self.ending("care");
            honest = self.owes_truth(head, ends);
            // Where another chat says so, nobody has been asked for here.
            if head.in_care_since().is_none() && self.mode_in(head) != ReplyMode::Off {
                head.needs_person_since.get_or_insert(self.now);
            }
            ends
        } else if self.mode_in(head) == ReplyMode::Off {
            self.ending(self.refusal.unwrap_or("switched_off"))
        } else if let Some((reason, until)) = self.held {
            match reason {
                HoldReason::Person => TurnChange::Hold { newest, until },
                // A person is asked for already.
                HoldReason::Fan => {
                    let ends = self.ending("fan_asked_for_person");
                    honest = self.owes_truth(head, ends);
                    ends
                }
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
        let began = head.care_at == Timestamp::default();
        if began {
            head.care_at = self.now;
        }
        if graver {
            head.card.card.care = Some(care.name().to_owned());
        }
        if answered {
            head.care_answered_at = Some(self.now);
        }
        head.needs_person_since.get_or_insert(self.now);
        let turn = self.ending("care");
        let decision = SofiDecision {
            turn,
            // The caring text says nothing of who writes.
            honest: self.owes_truth(head, turn),
            care: Some((care, answered)),
            alarms: began || graver,
            ..SofiDecision::default()
        };
        (decision, answered.then(|| said(care)))
    }

    /// An edit: what Sofi is about to answer has changed. A draft for the former words goes, and another one is written where
    /// Sofi still writes.
    pub(crate) fn edit(&self, head: &mut Head, message_id: i64, rewords: bool) -> SofiDecision {
        let open = rewords && message_id > head.answered_through;
        let outdates = open && head.draft_since.is_some();
        if outdates {
            head.draft_since = None;
        }
        let calm = !self.cares_for_fan_in(head);
        let anew = outdates && calm && self.sofi_writes_in(head);
        let newest = head.last_message_id.max(message_id);
        SofiDecision {
            turn: match self.turn || anew {
                true => TurnChange::Wait { newest },
                false => TurnChange::Keep,
            },
            outdates,
            ..SofiDecision::default()
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
