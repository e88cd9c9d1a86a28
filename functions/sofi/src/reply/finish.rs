//! Ending a turn: once, with everything that belongs to it, in one transaction.

use std::time::Duration;

use app::{AppError, Event, SealsJson, event_row, place};
use care::Care;
use domain::alert::{Alert, AlertCause};
use domain::content::Outgoing;
use domain::ids::{FactId, MessageId};
use domain::message::{Author, Lane};
use domain::sofi::{HoldReason, MOST_FACTS, TurnEnd};
use domain::{Sealed, Timestamp};
use store::row::{
    AiMonthRow, AnsweredRow, BusinessAccountRow, ChatMode, ConversationRow, DraftRow, FactRow,
    FanRow, HoldRow, OutboxRow, QueuedRow, SofiRow, SpendRow, TraceRow, TurnRow, TurnState,
};
use store::{Found, Require, Row, StoreError, Transaction, keys};

use super::ReplyError;
use super::decide::{PERSON, besides_care};
use super::distress;
use super::load::View;
use super::turn::Desk;
use super::withheld::withhold;
use crate::output::NewFact;

/// When `tick` rings for a reply if nobody has sent it.
pub(crate) const REPLY_DUE: Duration = Duration::from_secs(60);
const RACES: usize = 8;
/// Why a turn ends when the day's budget is spent.
pub(crate) const BUDGET: &str = "budget";
/// Longer than any reply waits in the outbox.
const DEALT_WITH: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long something is remembered that the fan does not say again.
const REMEMBER: Duration = Duration::from_secs(180 * 24 * 3600);

/// How a turn is to end.
pub(crate) struct Ending {
    pub(crate) trace: TraceRow,
    /// The text: for the fan, or for a person where the end is a draft.
    pub(crate) text: Option<String>,
    /// The text as a draft has it, without the line in front, and whether it says by itself that an AI writes.
    pub(crate) as_draft: Option<(String, bool)>,
    /// Not before this moment: nobody types that fast.
    pub(crate) not_before: Timestamp,
    /// Whether the text says that an AI writes.
    pub(crate) discloses: bool,
    /// Whether the text promises a person.
    pub(crate) promises: bool,
    /// Whether a person must look.
    pub(crate) needs_person: bool,
    /// Whether the text leaves as the bot's own, because no AI may write here now.
    pub(crate) is_fixed: bool,
    pub(crate) facts: Vec<NewFact>,
    /// Tokens that were billed.
    pub(crate) tokens: i64,
    /// What a reply might have cost that did not fit into the day, and its tokens.
    pub(crate) refused: Option<(i64, i64)>,
    /// The distress with which care mode begins.
    pub(crate) care: Option<Care>,
}

/// What became of an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It is written; whether something waits in the outbox.
    Done { queued: bool },
    /// The turn changed meanwhile: a newer text, or somebody else ended it.
    Overtaken,
}

/// Writes the end. What stands in the way now, though not when the reply was begun, turns it into a hand-over, and that only
/// drafts are wanted by now into a draft.
pub(crate) async fn end(
    desk: &Desk<'_>,
    view: &mut View,
    ending: &mut Ending,
) -> Result<Ended, ReplyError> {
    for _ in 0..RACES {
        withhold(view, ending);
        let (transaction, own) = build(desk, view, ending)?;
        let error = match transaction.commit().await {
            Ok(()) => {
                count(ending);
                let queued = ending.text.is_some() && ending.trace.end == TurnEnd::Replied;
                return Ok(Ended::Done { queued });
            }
            Err(error) => error,
        };
        if error.failed(own).is_some() {
            return Ok(Ended::Overtaken);
        }
        if !error.is_race() {
            return Err(error.into());
        }
        refresh(desk, view).await?;
    }
    Err(StoreError::Contention.into())
}

/// Reads again what others may have changed; the claim itself is not read again: it is ours or lost.
pub(crate) async fn refresh(desk: &Desk<'_>, view: &mut View) -> Result<(), ReplyError> {
    let conversation = view.turn.row.conversation;
    let mut read = desk.db.read_many();
    let head = read.find::<ConversationRow>(&keys::conversation(conversation));
    let hold = read.find::<HoldRow>(&keys::hold(conversation));
    let spend = read.find::<SpendRow>(&keys::spend(
        crate::spend::day(desk.app.clock.now()),
        keys::shard(conversation.to_bytes()),
    ));
    let month = read.find::<AiMonthRow>(&keys::ai_month(
        desk.app.clock.now().month(),
        keys::shard(conversation.to_bytes()),
    ));
    let settings = read.find::<SofiRow>(&keys::sofi(view.turn.row.bot));
    let fan = read.find::<FanRow>(&keys::fan(view.head.row.fan));
    let account = view.head.row.account.map(|account| {
        read.find::<BusinessAccountRow>(&keys::business_account(view.turn.row.bot, account))
    });
    let answers = read.send().await?;
    view.head = answers.get(head)?.ok_or(AppError::Absent("conversation"))?;
    view.hold = answers.get(hold)?.map(|found| found.row);
    view.settings = answers.get(settings)?.map(|found| found.row);
    view.fan = answers.get(fan)?;
    view.account = match account {
        Some(account) => answers.get(account)?.map(|found| found.row),
        None => None,
    };
    let shard = usize::from(keys::shard(conversation.to_bytes()));
    if let Some(slot) = view.spend.get_mut(shard) {
        *slot = answers.get(spend)?;
    }
    if let Some(slot) = view.month.get_mut(shard) {
        *slot = answers.get(month)?;
    }
    Ok(())
}

fn build<'a>(
    desk: &'a Desk<'_>,
    view: &View,
    ending: &Ending,
) -> Result<(Transaction<'a>, usize), ReplyError> {
    let now = desk.app.clock.now();
    let turn = &view.turn.row;
    let mut transaction = desk.db.transaction();
    let next = after_person(desk, view, ending);
    let own = match &next {
        Some(row) => transaction.replace(row, view.turn.rev),
        None => transaction.delete::<TurnRow>(&turn.key(), view.turn.rev),
    };
    transaction.create(&TraceRow {
        end: ended_as(ending.trace.end, next.is_some()),
        ..ending.trace.clone()
    });
    let head = match ending.care {
        Some(care) => Some(distress::head(desk, view, care, now)?),
        None => head_after(&view.head, ending, now),
    };
    let mode = ChatMode::of(view.head.row.ai_mode, view.settings.as_ref());
    // Of a fixed text the sender asks what there is to ask, when it leaves.
    let is_ais = ending.text.is_some() && !ending.is_fixed;
    match &head {
        Some(row) => {
            transaction.replace(row, view.head.rev);
        }
        None if is_ais => {
            let requirements = [
                Require::Equals("reachability", "reachable"),
                Require::AbsentOrAtMost("care_at", 0),
                mode.of_head(),
            ];
            transaction.require_all::<ConversationRow>(
                &keys::conversation(turn.conversation),
                &requirements,
            );
        }
        None => {}
    }
    let caring = ending.care.is_some() && besides_care(view).is_none();
    if is_ais || caring {
        transaction.require_absent::<HoldRow>(&keys::hold(turn.conversation));
        // Care mode writes the fan's row itself.
        if !caring {
            let fan = keys::fan(view.head.row.fan);
            transaction.require_all::<FanRow>(&fan, &FanRow::OPEN_TO_AI);
        }
        if let Some(wanted) = mode.of_settings() {
            transaction.require_all::<SofiRow>(&keys::sofi(turn.bot), &[wanted]);
        }
        if let Some(account) = view.head.row.account {
            transaction.require_all::<BusinessAccountRow>(
                &keys::business_account(turn.bot, account),
                &BusinessAccountRow::letting_ai(now),
            );
        }
    }
    match (&ending.text, ending.trace.end) {
        (Some(text), TurnEnd::Drafted) => {
            transaction.put_any(&draft(desk, view, ending, text, now)?);
            transaction.create(&event(desk, view, Event::DraftChanged, now));
        }
        (Some(text), _) => {
            let outbox = outbox(desk, view, ending, text)?;
            transaction.create(&QueuedRow::of(&outbox));
            transaction.create(&outbox);
            transaction.create(&event(desk, view, Event::MessageQueued, now));
        }
        (None, _) if head.is_some() => {
            transaction.create(&event(desk, view, Event::ConversationChanged, now));
        }
        (None, _) => {}
    }
    if let Some(care) = ending.care {
        distress::tell(&mut transaction, desk, view, care, now)?;
    }
    if ending.trace.reason.as_deref() == Some(BUDGET) {
        transaction.create(&event(desk, view, Event::BudgetReached, now));
    }
    // A draft may still be replaced by one that answers everything.
    if ending.trace.end != TurnEnd::Drafted && next.is_none() {
        transaction.put_any(&AnsweredRow {
            conversation: turn.conversation,
            through: turn.newest.max(view.answered_through),
            until: now.plus(DEALT_WITH),
        });
    }
    for row in alerts(desk, view, ending, head.as_ref(), now)? {
        transaction.create(&row);
    }
    settle_spend(&mut transaction, view, ending, now);
    count_message(&mut transaction, view, ending, now);
    for fact in new_facts(desk, view, ending, now)? {
        transaction.create(&fact);
    }
    Ok((transaction, own))
}

/// What the team hears of in Telegram: a draft that waits, or that a person is asked for from now on.
fn alerts(
    desk: &Desk<'_>,
    view: &View,
    ending: &Ending,
    head: Option<&ConversationRow>,
    now: Timestamp,
) -> Result<Vec<OutboxRow>, ReplyError> {
    let turn = &view.turn.row;
    if ending.care.is_some() {
        return distress::alerts(desk, view, head, now);
    }
    let drafted = ending.trace.end == TurnEnd::Drafted;
    let asked = view.head.row.needs_person_since.is_none()
        && head.is_some_and(|head| head.needs_person_since.is_some());
    let cause = match (drafted, asked) {
        (true, _) => AlertCause::Draft,
        (false, true) => AlertCause::Person,
        (false, false) => return Ok(Vec::new()),
    };
    let alert = Alert {
        about: turn.conversation,
        cause,
        draft: drafted.then_some(turn.id),
        unanswered_since: None,
    };
    match &view.bot {
        Some(bot) => Ok(desk.app.alerts(turn.tenant, desk.key, bot, &alert, now)?),
        None => Ok(Vec::new()),
    }
}

/// A person has the chat, who may not answer: another turn waits until their time ends, so that nothing stays unseen.
fn after_person(desk: &Desk<'_>, view: &View, ending: &Ending) -> Option<TurnRow> {
    let hold = view.hold.as_ref()?;
    let turn = &view.turn.row;
    let waits = hold.reason == HoldReason::Person
        && ending.text.is_none()
        && ending.trace.reason.as_deref() == Some(PERSON)
        && turn.newest > view.answered_through;
    waits.then(|| TurnRow {
        id: desk.app.mint(MessageId::new),
        began_at: hold.until,
        quiet_until: hold.until,
        state: TurnState::Waiting,
        lease_until: Timestamp::default(),
        attempts: 0,
        reserved: 0,
        reserved_tokens: 0,
        due_at: hold.until,
        ..turn.clone()
    })
}

/// How a turn has ended, where it leaves a newer one behind or not.
const fn ended_as(end: TurnEnd, leaves_another: bool) -> TurnEnd {
    match leaves_another {
        true => TurnEnd::Superseded,
        false => end,
    }
}

/// The head, where the end changes it.
fn head_after(
    found: &Found<ConversationRow>,
    ending: &Ending,
    now: Timestamp,
) -> Option<ConversationRow> {
    let mut row = found.row.clone();
    if ending.needs_person {
        row.needs_person_since.get_or_insert(now);
    }
    if ending.promises && ending.text.is_some() {
        row.promised_at = Some(now);
    }
    if ending.trace.end == TurnEnd::Drafted {
        row.draft_since = Some(now);
    }
    (row != found.row).then_some(row)
}

fn draft(
    desk: &Desk<'_>,
    view: &View,
    ending: &Ending,
    text: &str,
    now: Timestamp,
) -> Result<DraftRow, ReplyError> {
    let turn = &view.turn.row;
    let mut row = DraftRow {
        id: turn.id,
        conversation: turn.conversation,
        bot: turn.bot,
        text: Sealed::default(),
        written: None,
        answers: turn.newest,
        edited_by: None,
        discloses: ending.discloses,
        at: now,
    };
    row.text = view.fan_key.seal_json(
        &place::<DraftRow>(&row.key(), "text"),
        &text,
        desk.app.entropy.as_ref(),
    )?;
    Ok(row)
}

fn outbox(
    desk: &Desk<'_>,
    view: &View,
    ending: &Ending,
    text: &str,
) -> Result<OutboxRow, ReplyError> {
    let turn = &view.turn.row;
    let author = match ending.is_fixed {
        true => Author::Automation,
        false => Author::Ai,
    };
    let row = OutboxRow {
        due_at: Some(ending.not_before.plus(REPLY_DUE)),
        discloses: ending.discloses,
        answers: turn.newest,
        account: view.head.row.account,
        ..OutboxRow::queued(
            turn.id,
            (turn.tenant, turn.bot, turn.conversation),
            (Lane::Ai, author),
            ending.not_before,
        )
    };
    let content = Outgoing::Text {
        text: text.to_owned(),
    };
    Ok(desk.app.seal_outbox(desk.key, row, &content)?)
}

fn event(desk: &Desk<'_>, view: &View, event: Event, now: Timestamp) -> store::row::EventRow {
    let turn = &view.turn.row;
    event_row(
        desk.app,
        now,
        event,
        turn.conversation,
        Some(view.head.row.fan),
        Some(turn.id),
    )
}

/// Gives back what was set aside and counts what was billed. Without a claim there is nothing to settle.
fn settle_spend(transaction: &mut Transaction<'_>, view: &View, ending: &Ending, now: Timestamp) {
    let reserved = (view.turn.row.reserved, view.turn.row.reserved_tokens);
    if reserved == (0, 0) && ending.trace.cost == 0 && ending.refused.is_none() {
        return;
    }
    let (mut row, rev) = super::claim::shard_row(view, now);
    if let Some((cost, tokens)) = ending.refused {
        (row.refused, row.refused_tokens) = (cost, tokens);
    }
    crate::spend::release(&mut row, reserved);
    row.spent += ending.trace.cost;
    row.tokens += ending.tokens;
    row.replies += i64::from(ending.trace.vendor.is_some());
    crate::spend::put(transaction, &row, rev);
}

/// A plan has so many messages a month: what a vendor wrote and a fan or a member reads.
fn count_message(transaction: &mut Transaction<'_>, view: &View, ending: &Ending, now: Timestamp) {
    let is_shown = matches!(ending.trace.end, TurnEnd::Replied | TurnEnd::Drafted);
    if ending.text.is_none() || ending.trace.vendor.is_none() || !is_shown {
        return;
    }
    let shard = keys::shard(view.turn.row.conversation.to_bytes());
    let found = view.month.get(usize::from(shard)).and_then(Option::as_ref);
    crate::plan::count(transaction, found, shard, now);
}

fn new_facts(
    desk: &Desk<'_>,
    view: &View,
    ending: &Ending,
    now: Timestamp,
) -> Result<Vec<FactRow>, ReplyError> {
    let turn = &view.turn.row;
    let grounds = super::ask::grounds(view);
    let room = MOST_FACTS.saturating_sub(view.facts.len());
    let mut rows = Vec::new();
    for fact in ending.facts.iter().take(room) {
        let folded = wording::fold(&fact.text);
        if view
            .facts
            .iter()
            .any(|known| wording::fold(&known.text) == folded)
        {
            continue;
        }
        let mut row = FactRow {
            id: desk.app.mint(FactId::new),
            fan: view.head.row.fan,
            text: Sealed::default(),
            conversation: Some(turn.conversation),
            source: grounds.get(fact.said_in).map(|said| said.message_id),
            confidence: fact.confidence,
            sensitivity: fact.sensitivity,
            edited_by: None,
            at: now,
            until: now.plus(REMEMBER),
        };
        row.text = view.fan_key.seal_json(
            &place::<FactRow>(&row.key(), "text"),
            &fact.text,
            desk.app.entropy.as_ref(),
        )?;
        rows.push(row);
    }
    Ok(rows)
}

fn count(ending: &Ending) {
    let trace = &ending.trace;
    let code = trace.reason.as_deref().unwrap_or(trace.end.as_str());
    telemetry::metric(
        "TurnEnded",
        telemetry::Unit::Count,
        1.0,
        &[(telemetry::Dimension::Code, code)],
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_that_leaves_a_newer_one_behind_is_superseded() {
        let end = TurnEnd::HandedOver;
        assert_eq!(ended_as(end, true), TurnEnd::Superseded);
        assert_eq!(ended_as(end, false), end);
    }
}
