//! Messages of an account's chat were deleted in Telegram: what they said goes here too, that there was one stays.

use app::{App, AppError, Event, SealsJson, event_row, open_card, place};
use domain::content::KeptCard;
use domain::ids::{BotId, ConversationId, FanId};
use store::row::{BusinessAccountRow, ConversationRow, FanKeyRow, MessageRow};
use store::{Found, Row, Slot, StoreError, TenantDb, Transaction, keys};
use telegram::Deleted;
use tenancy::{TenantScope, Worker};
use vault::{FanKey, TenantKey};

use super::super::content::DELETED;
use super::super::state::ContentOf;
use super::account_of;

/// Messages in one transaction: each is a row and an event.
const AT_ONCE: usize = 40;
/// So often a lost race is run again.
const RACES: u32 = 8;

/// One chat in which messages are deleted.
struct Desk<'a> {
    app: &'a App,
    db: &'a TenantDb<Worker>,
    key: &'a TenantKey,
    conversation: ConversationId,
    fan: FanId,
}

/// Empties the messages that are stored. Repeating it finds nothing to do. Says how many were emptied.
pub(crate) async fn deleted(
    app: &App,
    scope: &TenantScope<Worker>,
    key: &TenantKey,
    bot: BotId,
    said: &Deleted,
) -> Result<usize, AppError> {
    let db = app.store.within(scope)?;
    let Some(account) = account_of(&db, key, bot, &said.connection).await? else {
        return Ok(0);
    };
    let ids = key.peer_ids();
    let desk = Desk {
        app,
        db: &db,
        key,
        conversation: ids.business_conversation(account, said.chat.id),
        fan: ids.fan(said.chat.id),
    };
    let mut read = db.read_many();
    let known: Slot<BusinessAccountRow> = read.find(&keys::business_account(bot, account));
    if read
        .send()
        .await?
        .get(known)?
        .is_none_or(|found| found.row.declined_at.is_some())
    {
        return Ok(0);
    }
    let mut emptied = 0;
    for numbers in said.message_ids.chunks(AT_ONCE) {
        emptied += desk.empty(numbers).await?;
    }
    Ok(emptied)
}

impl Desk<'_> {
    async fn empty(&self, numbers: &[i64]) -> Result<usize, AppError> {
        for _ in 0..RACES {
            let mut read = self.db.read_many();
            let head: Slot<ConversationRow> = read.find(&keys::conversation(self.conversation));
            let wrapped: Slot<FanKeyRow> = read.find(&keys::fan_key(self.fan));
            let slots: Vec<Slot<MessageRow>> = numbers
                .iter()
                .map(|number| read.find(&keys::message(self.conversation, *number)))
                .collect();
            let answers = read.send().await?;
            let (Some(head), Some(wrapped)) = (answers.get(head)?, answers.get(wrapped)?) else {
                return Ok(0);
            };
            let fan_key = self.key.open_fan_key(self.fan, &wrapped.row.wrapped)?;
            let mut transaction = self.db.transaction();
            let mut emptied = 0;
            for slot in slots {
                let found = answers.get(slot)?;
                if let Some(found) = found.filter(|found| found.row.content_kind != DELETED) {
                    self.empty_one(&mut transaction, &fan_key, &found)?;
                    emptied += 1;
                }
            }
            if emptied == 0 {
                return Ok(0);
            }
            let newest = numbers.contains(&head.row.last_message_id);
            if let Some(row) = self.without_words(&fan_key, &head.row, newest)? {
                transaction.replace(&row, head.rev);
            }
            match transaction.commit().await {
                Ok(()) => return Ok(emptied),
                Err(error) if error.is_race() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AppError::Store(StoreError::Contention))
    }

    fn empty_one(
        &self,
        transaction: &mut Transaction<'_>,
        key: &FanKey,
        found: &Found<MessageRow>,
    ) -> Result<(), AppError> {
        let at = place::<MessageRow>;
        let row_key = found.row.key();
        let row = MessageRow {
            content_kind: DELETED.to_owned(),
            content: key.seal_json(
                &at(&row_key, "content"),
                &ContentOf::default(),
                self.app.entropy.as_ref(),
            )?,
            reactions: None,
            ..found.row.clone()
        };
        transaction.replace(&row, found.rev);
        transaction.create(&event_row(
            self.app,
            self.app.clock.now(),
            Event::MessageChanged,
            self.conversation,
            Some(self.fan),
            Some(row.id),
        ));
        Ok(())
    }

    /// The head without the words that it shows, where it shows some: the newest message's, and the fan's before ours.
    fn without_words(
        &self,
        key: &FanKey,
        head: &ConversationRow,
        newest: bool,
    ) -> Result<Option<ConversationRow>, AppError> {
        let mut card: KeptCard = open_card(key, head)?;
        if !newest && card.card.said.is_none() {
            return Ok(None);
        }
        card.card.said = None;
        if newest {
            card.card.snippet = String::new();
        }
        Ok(Some(ConversationRow {
            card: self.app.seal_card(key, head.id, &card)?,
            ..head.clone()
        }))
    }
}
