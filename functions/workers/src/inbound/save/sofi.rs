//! What changes around Sofi: the turn, the hold, a draft that is of no use any more, the count of care.

use std::time::Duration;

use app::{Event, withdraw_draft};
use domain::Timestamp;
use domain::ids::MessageId;
use domain::sofi::{HoldReason, TurnEnd};
use store::row::{CareRow, DraftRow, HoldRow, TraceRow, TurnRow, TurnState};
use store::{Found, Row, Transaction, keys};

use super::super::load::Loaded;
use super::super::sofi::{SofiDecision, TurnChange, quiet_until};
use super::super::work::ANSWER_WITHIN_HOURS;
use super::{Desk, put};

/// When `tick` looks at a turn if the queue has lost it.
const TURN_DUE: Duration = Duration::from_secs(60);

impl Desk<'_> {
    /// Turn, hold and the count of care.
    pub(super) fn write_sofi(
        &self,
        transaction: &mut Transaction<'_>,
        loaded: &Loaded,
        decision: &SofiDecision,
        now: Timestamp,
    ) {
        match decision.turn {
            TurnChange::Keep => {}
            TurnChange::Wait { newest } => {
                self.write_turn(transaction, loaded.turn.as_ref(), newest, None, now);
            }
            TurnChange::Hold { newest, until } => {
                self.write_turn(transaction, loaded.turn.as_ref(), newest, Some(until), now);
            }
            TurnChange::End(reason) => {
                if let Some(turn) = &loaded.turn {
                    transaction.delete::<TurnRow>(&turn.row.key(), turn.rev);
                    let ended = TraceRow::ended(&turn.row, TurnEnd::HandedOver, reason, now);
                    transaction.create(&TraceRow {
                        set_aside: turn.row.reserved,
                        ..ended
                    });
                }
            }
        }
        if let Some(reason) = decision.hold {
            let row = self.hold(loaded, reason, decision.answered, now);
            // Whoever has it for longer since it was read is looked at again.
            let known = loaded.hold.as_ref().unwrap_or(&row);
            transaction.claim(&row, &known.or_shorter());
        }
        let useless =
            decision.withdraws || decision.outdates || decision.hold == Some(HoldReason::Person);
        if useless && loaded.has_draft() {
            transaction.delete_any::<DraftRow>(&keys::draft(self.at.conversation));
            transaction.create(&self.event(now, Event::DraftChanged, None));
        }
        for head in &loaded.elsewhere {
            withdraw_draft(self.app, transaction, head);
        }
        if let Some((care, answered)) = decision.care {
            let row = CareRow::begun(care.name(), answered, now, self.entropy());
            transaction.create(&row);
        }
    }

    /// The hold that begins, beside the one that is there. `answered`: whether it answers the fan's wish for a person.
    fn hold(&self, loaded: &Loaded, reason: HoldReason, answered: bool, now: Timestamp) -> HoldRow {
        let conversation = self.at.conversation;
        let begins = match reason {
            HoldReason::Fan => {
                let sofi = loaded.sofi.as_ref();
                let hours = sofi.map_or(ANSWER_WITHIN_HOURS, |sofi| sofi.answer_within_hours);
                let length = Duration::from_secs(u64::from(hours) * 3600);
                HoldRow::of_fan(conversation, now, length)
            }
            HoldReason::Person => {
                HoldRow::of_person(conversation, None, now, HoldRow::AFTER_WRITING)
            }
        };
        match &loaded.hold {
            Some(former) if answered => begins.beside(&former.answered()),
            Some(former) => begins.beside(former),
            None => begins,
        }
    }

    fn write_turn(
        &self,
        transaction: &mut Transaction<'_>,
        former: Option<&Found<TurnRow>>,
        newest: i64,
        held_until: Option<Timestamp>,
        now: Timestamp,
    ) {
        // One that waits for the end of a person's time begins then, or when that time is cut short.
        let began_at = former.map_or(now, |found| found.row.began_at.min(now));
        // Whoever waited for a person begins to wait for Sofi when the person's time ends.
        let began_at = held_until.unwrap_or(began_at);
        let row = TurnRow {
            id: former.map_or_else(|| self.app.mint(MessageId::new), |found| found.row.id),
            tenant: self.scope.tenant(),
            bot: self.at.bot,
            conversation: self.at.conversation,
            newest: former.map_or(newest, |found| found.row.newest.max(newest)),
            began_at,
            quiet_until: held_until.unwrap_or_else(|| quiet_until(began_at, now)),
            // Whoever is at it writes for an older text: that reply is not taken any more.
            state: TurnState::Waiting,
            lease_until: Timestamp::default(),
            attempts: 0,
            reserved: former.map_or(0, |found| found.row.reserved),
            reserved_tokens: former.map_or(0, |found| found.row.reserved_tokens),
            due_at: held_until.unwrap_or_else(|| now.plus(TURN_DUE)),
        };
        put(transaction, &row, former);
    }
}
