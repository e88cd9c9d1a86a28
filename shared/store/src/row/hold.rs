//! Who keeps Sofi silent in a conversation: a person who has it, or the fan's wish for one. Neither is shortened by what the
//! other does.

use std::time::Duration;

use domain::ids::{ConversationId, UserId};
use domain::registry::class;
use domain::sofi::HoldReason;
use domain::{Timestamp, stored};

use super::Row;
use crate::keys::{self, LocalKey};
use crate::{Require, Table};

stored! {
    /// Who keeps Sofi silent in a conversation, and until when. Where a person has it and the fan has wished for one too, it
    /// tells of the one that lasts longer.
    pub struct HoldRow: "hold" {
        /// Where.
        conversation: ConversationId => class::FAN_TRANSIT_FACT,
        /// Why.
        reason: HoldReason => class::FAN_TRANSIT_FACT,
        /// The person who took over.
        by: Option<UserId> => class::FAN_TRANSIT_FACT,
        /// Since when.
        since: Timestamp => class::FAN_TRANSIT_FACT,
        /// Until when.
        until: Timestamp => class::FAN_TRANSIT_FACT,
        /// Until when no AI writes because the fan wished for a person. Zero: none is wished for, or the fan was answered.
        #[serde(default)]
        wished_until: Timestamp => class::FAN_TRANSIT_FACT,
        /// Until when the person has it. Zero: nobody has.
        #[serde(default)]
        taken_until: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl HoldRow {
    /// How long a person has the conversation after sending or typing.
    pub const AFTER_WRITING: Duration = Duration::from_secs(15 * 60);

    /// A person has the conversation for so long; nobody of the team where the owner of an account has it.
    pub fn of_person(
        conversation: ConversationId,
        by: Option<UserId>,
        now: Timestamp,
        length: Duration,
    ) -> Self {
        let until = now.plus(length);
        Self {
            conversation,
            reason: HoldReason::Person,
            by,
            since: now,
            until,
            wished_until: Timestamp::default(),
            taken_until: until,
        }
    }

    /// The fan wishes for a person, who answers within so long.
    pub fn of_fan(conversation: ConversationId, now: Timestamp, length: Duration) -> Self {
        let until = now.plus(length);
        Self {
            conversation,
            reason: HoldReason::Fan,
            by: None,
            since: now,
            until,
            wished_until: until,
            taken_until: Timestamp::default(),
        }
    }

    /// This hold beside the former one: each of the two ends when the later word on it says.
    #[must_use]
    pub fn beside(self, former: &Self) -> Self {
        let person = match former.person_ends() >= self.person_ends() {
            true => former,
            false => &self,
        };
        let wish = match former.wish_ends() > self.wish_ends() {
            true => former,
            false => &self,
        };
        let (wished_until, taken_until) = (wish.wish_ends(), person.person_ends());
        let (reason, since) = match wished_until > taken_until {
            true => (HoldReason::Fan, wish.since),
            false => (HoldReason::Person, person.since),
        };
        Self {
            conversation: self.conversation,
            reason,
            by: person.by,
            since,
            until: wished_until.max(taken_until),
            wished_until,
            taken_until,
        }
    }

    /// A person's own choice in the place of whoever had it: their time ends when they say, and the fan's wish when it did.
    #[must_use]
    pub fn in_place_of(self, former: &Self) -> Self {
        let wish = former.wish_ends();
        self.beside(&Self {
            reason: HoldReason::Fan,
            by: None,
            until: wish,
            wished_until: wish,
            taken_until: Timestamp::default(),
            ..former.clone()
        })
    }

    /// What is left of it once a person has answered: their time, and no wish.
    #[must_use]
    pub fn answered(&self) -> Self {
        let taken = self.person_ends();
        Self {
            reason: HoldReason::Person,
            until: taken,
            wished_until: Timestamp::default(),
            taken_until: taken,
            ..self.clone()
        }
    }

    /// Who keeps Sofi silent at a moment, and until when: a person who has the chat before a wish for one.
    pub fn holder(&self, now: Timestamp) -> (HoldReason, Timestamp) {
        match self.person_ends() > now {
            true => (HoldReason::Person, self.until),
            false => (self.reason, self.until),
        }
    }

    /// Whether the fan wishes for a person who has not answered.
    pub fn has_wish(&self) -> bool {
        self.wish_ends() > Timestamp::default()
    }

    /// What a living hold must be for another one to take its place: one that lasts no longer than this.
    pub const fn or_shorter(&self) -> [Require<'static>; 1] {
        [Require::AtMost("until", self.until.millis())]
    }

    /// The same for a person's own choice: one without a wish that this one does not take along.
    pub const fn with_its_wish(&self) -> [Require<'static>; 1] {
        [Require::AbsentOrAtMost(
            "wished_until",
            self.wished_until.millis(),
        )]
    }

    /// What a living hold must be where no person has the chat: the fan's wish for one, alone.
    pub const fn of_wish_alone(now: Timestamp) -> [Require<'static>; 2] {
        [
            Require::Equals("reason", "fan"),
            Require::AbsentOrAtMost("taken_until", now.millis()),
        ]
    }

    /// An earlier release wrote one end only.
    const fn wish_ends(&self) -> Timestamp {
        match self.reason {
            HoldReason::Fan => self.until,
            HoldReason::Person => self.wished_until,
        }
    }

    const fn person_ends(&self) -> Timestamp {
        match self.reason {
            HoldReason::Fan => self.taken_until,
            HoldReason::Person => self.until,
        }
    }
}

impl Row for HoldRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::hold(self.conversation)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_000);
    const HOUR: Duration = Duration::from_secs(3_600);

    fn chat() -> ConversationId {
        ConversationId::from_bytes([1; 16])
    }

    fn user(byte: u8) -> Option<UserId> {
        Some(UserId::from_bytes([byte; 16]))
    }

    fn taken(by: u8, length: Duration) -> HoldRow {
        HoldRow::of_person(chat(), user(by), NOW, length)
    }

    fn wish(hours: u32) -> HoldRow {
        HoldRow::of_fan(chat(), NOW, HOUR * hours)
    }

    /// Why, by whom, and after how many minutes it ends.
    fn shown(hold: &HoldRow) -> (HoldReason, Option<UserId>, u64) {
        let minutes = NOW.until(hold.until).as_secs() / 60;
        (hold.reason, hold.by, minutes)
    }

    #[test]
    fn a_person_who_has_the_chat_keeps_it_though_the_fans_wish_lasts_longer() {
        let wish = HoldRow::of_fan(chat(), NOW, HOUR * 24);
        assert_eq!(wish.holder(NOW), (HoldReason::Fan, wish.until));
        let both = HoldRow::of_person(chat(), None, NOW, HOUR).in_place_of(&wish);
        assert_eq!(both.reason, HoldReason::Fan);
        assert_eq!(both.holder(NOW), (HoldReason::Person, wish.until));
        assert_eq!(both.holder(NOW.plus(HOUR)), (HoldReason::Fan, wish.until));
    }

    #[test]
    fn a_wish_lasts_as_long_beside_a_person_who_writes_and_a_person_as_long_beside_a_wish() {
        let typed = taken(5, HoldRow::AFTER_WRITING).beside(&wish(24));
        assert_eq!(shown(&typed), (HoldReason::Fan, user(5), 24 * 60));
        assert!(typed.has_wish());
        let week = wish(24).beside(&taken(5, HOUR * 168));
        assert_eq!(shown(&week), (HoldReason::Person, user(5), 168 * 60));
        assert!(week.has_wish());
        let last = taken(5, HOUR * 2).beside(&wish(1));
        assert_eq!(shown(&last), (HoldReason::Person, user(5), 120));
    }

    #[test]
    fn whoever_has_it_for_longer_keeps_it_beside_another_person_who_writes() {
        let week = taken(5, HOUR * 168);
        let kept = taken(6, HoldRow::AFTER_WRITING).beside(&week);
        assert_eq!(kept, week);
        let longer = taken(6, HOUR).beside(&taken(5, HoldRow::AFTER_WRITING));
        assert_eq!(longer, taken(6, HOUR));
    }

    #[test]
    fn a_wish_that_is_said_again_lasts_from_then_on() {
        let again = HoldRow::of_fan(chat(), NOW.plus(HOUR), HOUR * 24).beside(&wish(24));
        assert_eq!(shown(&again), (HoldReason::Fan, None, 25 * 60));
        assert_eq!(again.since, NOW.plus(HOUR));
    }

    #[test]
    fn a_person_chooses_their_own_end_and_not_that_of_a_wish() {
        let week = taken(5, HOUR * 168);
        assert_eq!(taken(6, HOUR).in_place_of(&week), taken(6, HOUR));
        let both = wish(24).beside(&week);
        let shorter = taken(5, HOUR).in_place_of(&both);
        assert_eq!(shown(&shorter), (HoldReason::Fan, user(5), 24 * 60));
        assert_eq!(shorter.taken_until, NOW.plus(HOUR));
    }

    #[test]
    fn an_answer_ends_the_wish_and_leaves_the_persons_own_end() {
        let answer = |former: &HoldRow| taken(7, HoldRow::AFTER_WRITING).beside(&former.answered());
        assert_eq!(answer(&wish(24)), taken(7, HoldRow::AFTER_WRITING));
        let both = wish(24).beside(&taken(5, HOUR * 7));
        let after = answer(&both);
        assert_eq!(shown(&after), (HoldReason::Person, user(5), 7 * 60));
        assert!(!after.has_wish());
    }

    #[test]
    fn a_hold_of_an_earlier_release_has_one_end() {
        let earlier = HoldRow {
            wished_until: Timestamp::default(),
            ..wish(24)
        };
        assert!(earlier.has_wish());
        let typed = taken(5, HoldRow::AFTER_WRITING).beside(&earlier);
        assert_eq!(shown(&typed), (HoldReason::Fan, user(5), 24 * 60));
    }

    #[test]
    fn a_wish_is_alone_where_no_person_has_the_chat_by_now() {
        let wanted = HoldRow::of_wish_alone(NOW);
        let nobodys = Require::AbsentOrAtMost("taken_until", NOW.millis());
        assert_eq!(wanted, [Require::Equals("reason", "fan"), nobodys]);
        assert_eq!(wish(24).holder(NOW).0, HoldReason::Fan);
        assert!(wish(24).taken_until <= NOW && wish(24).reason == HoldReason::Fan);
    }

    #[test]
    fn a_hold_gives_way_to_none_that_ends_sooner() {
        let hour = taken(5, HOUR);
        assert_eq!(
            hour.or_shorter(),
            [Require::AtMost("until", NOW.plus(HOUR).millis())]
        );
        let none = [Require::AbsentOrAtMost("wished_until", 0)];
        assert_eq!(hour.with_its_wish(), none);
        assert_eq!(hour.expires_at(), Some(NOW.plus(HOUR)));
    }
}
