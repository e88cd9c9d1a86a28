//! Writing a decision: what differs from what was read is sealed and goes into one transaction, conditional on what
//! was read.

mod alerts;
mod fan;
mod opened;
mod sofi;

use std::time::Duration;

use app::{App, AppError, Event, SealsJson, event_row, place};
use domain::content::Outgoing;
use domain::ids::{FanId, MessageId, PrivacyRequestId};
use domain::message::{Author, Delivery, Lane};
use domain::{Entropy, Timestamp};
use store::row::{
    ConversationRow, FactRow, FanKeyRow, MessageRow, OutboxRow, ParkedRow, QueuedRow, UpdateRow,
    WaitingRow,
};
use store::{Direction, Found, Page, Row, TenantDb, Transaction, keys};
use tenancy::{TenantScope, Worker};
use vault::{FanKey, TenantKey};

use super::business;
use super::decide::{Decision, Fixed};
use super::load::{Loaded, Place};
use super::state::{Edit, Head, Marks, Stored};

/// Telegram delivers an update again for a day; a week leaves room.
pub(crate) const REMEMBER: Duration = Duration::from_secs(7 * 24 * 3600);
/// An edit or reaction whose message has not come by then never will.
const WAIT: Duration = Duration::from_secs(7 * 24 * 3600);
/// Facts deleted in one transaction.
const FORGET_AT_ONCE: usize = 50;
/// When `tick` rings for a reply if nobody has sent it.
const REPLY_DUE: Duration = Duration::from_secs(60);

/// Everything that writing needs besides the decision.
pub(crate) struct Desk<'a> {
    pub(crate) app: &'a App,
    pub(crate) scope: &'a TenantScope<Worker>,
    pub(crate) db: &'a TenantDb<Worker>,
    pub(crate) key: &'a TenantKey,
    pub(crate) at: Place,
}

/// Writes. Nothing to write costs no call. Gives the export that begins with it.
pub(crate) async fn save(
    desk: &Desk<'_>,
    loaded: &Loaded,
    decision: &Decision,
    parked: Option<ParkedRow>,
) -> Result<Option<PrivacyRequestId>, AppError> {
    let now = desk.app.clock.now();
    let told = desk.told(loaded.bot.as_ref(), decision).await?;
    let holder = desk.holder(loaded, &decision.after).await?;
    let mut transaction = desk.db.transaction();
    if let Some(holder) = &holder {
        transaction.put_any(holder);
    }
    let message = desk.write_chat(&mut transaction, loaded, decision, now)?;
    if let Some(row) = &parked {
        put_parked(&mut transaction, row, loaded.parked.as_ref());
    } else if let Some(update_id) = desk.at.update_id.filter(|_| !transaction.is_empty()) {
        // Not beside a kept raw update: its replay must be worked.
        transaction.create_or_revive(&UpdateRow {
            bot: desk.at.bot,
            update_id,
            until: now.plus(REMEMBER),
        });
    }
    for event in &decision.events {
        transaction.create(&desk.event(now, *event, message));
    }
    for reply in &decision.replies {
        desk.queue_reply(&mut transaction, reply, now)?;
    }
    if let Some(press) = &decision.press {
        let whose = (desk.scope.tenant(), desk.key);
        let to = (desk.at.bot, desk.at.conversation);
        let answer = Outgoing::AlertAnswer(press.clone());
        let row = desk.app.to_chat(whose, to, Lane::Person, &answer, now)?;
        transaction.create(&row);
    }
    if let Some(bot) = &loaded.bot {
        desk.write_alerts(&mut transaction, bot, decision, now)?;
    }
    desk.write_sofi(&mut transaction, loaded, &decision.sofi, now);
    if let Some((account, allowed)) = loaded.account.as_ref().zip(decision.ai_allowed) {
        let row = business::with_word(&account.row, allowed, now);
        transaction.replace(&row, account.rev);
    }
    let wish = decision.export.as_ref().zip(loaded.exports.as_ref());
    let begun = wish.map(|(wish, before)| desk.begin_export(&mut transaction, before, wish, now));
    if let Some(told) = &told {
        told.add_to(&mut transaction);
    }
    transaction.commit().await?;
    if let Some(told) = told {
        told.post(desk.app).await;
        desk.app.ring_audit(desk.scope).await;
    }
    Ok(begun)
}

/// Deletes what Sofi has noted about a fan. Repeating it finds less or nothing.
pub(crate) async fn forget(db: &TenantDb<Worker>, fan: FanId) -> Result<(), AppError> {
    let partition = keys::fan(fan).pk;
    loop {
        let page = Page {
            pk: &partition,
            from: "FACT#",
            to: "FACT~",
            direction: Direction::Forward,
            limit: FORGET_AT_ONCE,
        };
        let facts = db.list::<FactRow>(&page).await?;
        let mut transaction = db.transaction();
        for found in &facts {
            transaction.delete_any::<FactRow>(&found.row.key());
        }
        transaction.commit().await?;
        if facts.len() < FORGET_AT_ONCE {
            return Ok(());
        }
    }
}

/// A raw update that is kept again gets a new revision, so that whoever is deleting the former one notices.
pub(crate) fn put_parked(
    transaction: &mut Transaction<'_>,
    row: &ParkedRow,
    former: Option<&Found<ParkedRow>>,
) {
    match former {
        Some(found) => transaction.replace(row, found.rev),
        None => transaction.create_or_revive(row),
    };
}

const fn delivery(author: Author) -> Delivery {
    match author {
        Author::Fan => Delivery::Received,
        Author::Person | Author::Ai | Author::Automation | Author::Broadcast => Delivery::Sent,
    }
}

impl Desk<'_> {
    fn entropy(&self) -> &dyn Entropy {
        self.app.entropy.as_ref()
    }

    /// Adds what changed. Returns our id of the message, if the update concerns one that is stored.
    fn write_chat(
        &self,
        transaction: &mut Transaction<'_>,
        loaded: &Loaded,
        decision: &Decision,
        now: Timestamp,
    ) -> Result<Option<MessageId>, AppError> {
        let (before, after) = (&loaded.chat, &decision.after);
        let fresh;
        let fan_key = match &loaded.fan_key {
            Some(key) => key,
            None if after.fan.is_none() => return Ok(None),
            None => {
                let (key, wrapped) = self.key.new_fan_key(self.at.fan, self.entropy());
                transaction.create(&FanKeyRow {
                    fan: self.at.fan,
                    wrapped,
                });
                fresh = key;
                &fresh
            }
        };
        if let Some(head) = after.head.as_ref().filter(|_| before.head != after.head) {
            self.write_head(transaction, head, fan_key, loaded.head.as_ref())?;
        }
        self.write_fan(transaction, loaded, after, fan_key, now)?;
        if before.edit != after.edit {
            let change = after
                .edit
                .as_ref()
                .map(|edit: &Edit| (edit, edit.version.at()));
            self.write_waiting(
                transaction,
                fan_key,
                false,
                change,
                loaded.edit.as_ref(),
                now,
            )?;
        }
        if before.reaction != after.reaction {
            let change = after
                .reaction
                .as_ref()
                .map(|marks: &Marks| (marks, marks.version.at()));
            self.write_waiting(
                transaction,
                fan_key,
                true,
                change,
                loaded.reaction.as_ref(),
                now,
            )?;
        }
        match &after.message {
            Some(message) if before.message != after.message => {
                self.write_message(transaction, message, fan_key, loaded.message.as_ref())
            }
            _ => Ok(loaded.message.as_ref().map(|found| found.row.id)),
        }
    }

    fn write_head(
        &self,
        transaction: &mut Transaction<'_>,
        head: &Head,
        key: &FanKey,
        former: Option<&Found<ConversationRow>>,
    ) -> Result<(), AppError> {
        let id = self.at.conversation;
        let card = self.app.seal_card(key, id, &head.card)?;
        let row = ConversationRow {
            id,
            bot: self.at.bot,
            fan: self.at.fan,
            card,
            reachability: head.reachability,
            last_message_id: head.last_message_id,
            last_activity: head.last_activity,
            last_inbound_at: head.last_inbound_at,
            unanswered: head.unanswered,
            needs_person_since: head.needs_person_since,
            wished_at: head.wished_at,
            ai_mode: head.ai_mode,
            disclosed_at: head.disclosed_at,
            promised_at: head.promised_at,
            care_at: head.care_at,
            care_answered_at: head.care_answered_at,
            draft_since: head.draft_since,
            answered_through: head.answered_through,
            account: self.at.account,
            notice_at: head.notice_at,
            noticed: head.noticed,
            assigned_to: head.desk.assigned_to,
            snoozed_until: head.desk.snoozed_until,
            done_at: head.desk.done_at,
            unread: head.desk.unread,
            newest_author: head.desk.newest_author,
            newest_by: head.desk.newest_by,
            unsent_at: head.desk.unsent_at,
        };
        put(transaction, &row, former);
        Ok(())
    }

    fn write_message(
        &self,
        transaction: &mut Transaction<'_>,
        message: &Stored,
        key: &FanKey,
        former: Option<&Found<MessageRow>>,
    ) -> Result<Option<MessageId>, AppError> {
        let Some(number) = self.at.message_id else {
            return Ok(None);
        };
        let row_key = keys::message(self.at.conversation, number);
        let content = key.seal_json(
            &place::<MessageRow>(&row_key, "content"),
            &message.content,
            self.entropy(),
        )?;
        let reactions = match message.reactions.as_slice() {
            [] => None,
            marks => Some(key.seal_json(
                &place::<MessageRow>(&row_key, "reactions"),
                &marks,
                self.entropy(),
            )?),
        };
        // Of what a file said of this number nothing is left once Telegram has delivered it.
        let known = former.filter(|found| found.row.imported_at.is_some() == message.imported);
        let id = known.map_or_else(|| self.app.mint(MessageId::new), |found| found.row.id);
        let row = MessageRow {
            id,
            conversation: self.at.conversation,
            message_id: Some(number),
            author: message.author,
            content_kind: message.kind.clone(),
            content,
            at: message.at,
            edited_at: message.edited_at,
            reply_to: message.reply_to,
            album: message.album.clone(),
            reactions,
            delivery: known.map_or_else(|| delivery(message.author), |found| found.row.delivery),
            failure: known.and_then(|found| found.row.failure.clone()),
            sent_by: known.and_then(|found| found.row.sent_by),
            edited_by: known.and_then(|found| found.row.edited_by),
            imported_at: known.and_then(|found| found.row.imported_at),
        };
        put(transaction, &row, former);
        Ok(Some(id))
    }

    fn write_waiting<T: serde::Serialize>(
        &self,
        transaction: &mut Transaction<'_>,
        key: &FanKey,
        reaction: bool,
        change: Option<(&T, Timestamp)>,
        former: Option<&Found<WaitingRow>>,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let Some(message_id) = self.at.message_id else {
            return Ok(());
        };
        let what = if reaction {
            keys::Waiting::Reaction
        } else {
            keys::Waiting::Edit
        };
        let row_key = keys::waiting(self.at.conversation, message_id, what);
        match (change, former) {
            (Some((value, at)), former) => {
                let content = key.seal_json(
                    &place::<WaitingRow>(&row_key, "content"),
                    value,
                    self.entropy(),
                )?;
                let conversation = self.at.conversation;
                let row = WaitingRow {
                    conversation,
                    message_id,
                    reaction,
                    content,
                    at,
                    until: now.plus(WAIT),
                };
                match former {
                    Some(found) => transaction.replace(&row, found.rev),
                    None => transaction.create_or_revive(&row),
                };
            }
            (None, Some(found)) => drop(transaction.delete::<WaitingRow>(&row_key, found.rev)),
            (None, None) => {}
        }
        Ok(())
    }

    pub(crate) fn queue_reply(
        &self,
        transaction: &mut Transaction<'_>,
        reply: &Fixed,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let id = self.app.mint(MessageId::new);
        let text = reply.text.clone();
        let content = match reply.buttons.as_slice() {
            [] => Outgoing::Text { text },
            [(button, data)] => Outgoing::Question {
                text,
                button: (*button).to_owned(),
                data: data.clone(),
            },
            several => Outgoing::Choices {
                text,
                buttons: several
                    .iter()
                    .map(|(button, data)| ((*button).to_owned(), data.clone()))
                    .collect(),
            },
        };
        let to = (self.scope.tenant(), self.at.bot, self.at.conversation);
        let row = OutboxRow {
            due_at: Some(now.plus(REPLY_DUE)),
            discloses: reply.discloses,
            account: self.at.account,
            ..OutboxRow::queued(id, to, (Lane::Person, Author::Automation), now)
        };
        let outbox = self.app.seal_outbox(self.key, row, &content)?;
        transaction.create(&outbox);
        transaction.create(&QueuedRow::of(&outbox));
        transaction.create(&self.event(now, Event::MessageQueued, Some(id)));
        Ok(())
    }

    fn event(
        &self,
        now: Timestamp,
        event: Event,
        message: Option<MessageId>,
    ) -> store::row::EventRow {
        event_row(
            self.app,
            now,
            event,
            self.at.conversation,
            Some(self.at.fan),
            message,
        )
    }
}

fn put<T: store::Row>(transaction: &mut Transaction<'_>, row: &T, former: Option<&Found<T>>) {
    match former {
        Some(found) => transaction.replace(row, found.rev),
        None => transaction.create(row),
    };
}
