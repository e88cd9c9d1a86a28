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

/// How long Sofi is silent after the owner of an account wrote to the fan without us.
const AFTER_WRITING: Duration = Duration::from_secs(15 * 60);
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
            let hours = loaded
                .sofi
                .as_ref()
                .map_or(ANSWER_WITHIN_HOURS, |sofi| sofi.answer_within_hours);
            let length = match reason {
                HoldReason::Fan => Duration::from_secs(u64::from(hours) * 3600),
                HoldReason::Person => AFTER_WRITING,
            };
            transaction.put_any(&HoldRow {
                conversation: self.at.conversation,
                reason,
                by: None,
                since: now,
                until: now.plus(length),
            });
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
            transaction.create(&CareRow {
                unique: self.app.unique(),
                care: care.name().to_owned(),
                answered,
                at: now,
            });
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
        let began_at = former.map_or(now, |found| found.row.began_at);
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
