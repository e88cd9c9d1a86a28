//! Ids of fans and conversations, derived from Telegram's numbers.
//!
//! One block of AES-256 under a key of the tenant is a permutation of 128 bits: the same peer always gets the same id,
//! nobody without the key learns a Telegram id from it, and the sender gets the chat id back without another read.

use aes::Aes256;
use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use domain::ids::{BotId, BusinessAccountId, ConversationId, FanId, ParseIdError};

const FAN: u8 = 1;
const CONVERSATION: u8 = 2;
const BUSINESS_ACCOUNT: u8 = 3;
const BUSINESS_CONVERSATION: u8 = 4;

/// What a conversation id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Telegram's id of the private chat, which is the fan's user id.
    pub chat_id: i64,
}

/// A tenant's translation between Telegram ids and ours.
pub struct PeerIds(Aes256);

impl PeerIds {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(Aes256::new(&Array::from(*key)))
    }

    /// The fan behind a Telegram user id: one per tenant, whichever bot was written to.
    pub fn fan(&self, user_id: i64) -> FanId {
        FanId::from_bytes(self.encrypt(FAN, user_id, [0; 7]))
    }

    /// The conversation of a private chat with one bot.
    pub fn conversation(&self, bot: BotId, chat_id: i64) -> ConversationId {
        ConversationId::from_bytes(self.encrypt(CONVERSATION, chat_id, bot_mark(bot)))
    }

    /// The account of a Telegram user who has connected a bot.
    pub fn business_account(&self, bot: BotId, owner: i64) -> BusinessAccountId {
        BusinessAccountId::from_bytes(self.encrypt(BUSINESS_ACCOUNT, owner, bot_mark(bot)))
    }

    /// The conversation of an account with the person behind a private chat.
    pub fn business_conversation(
        &self,
        account: BusinessAccountId,
        chat_id: i64,
    ) -> ConversationId {
        let block = self.encrypt(BUSINESS_CONVERSATION, chat_id, account_mark(account));
        ConversationId::from_bytes(block)
    }

    /// The peer of a conversation.
    ///
    /// # Errors
    /// When the id was not made under this tenant's key for this bot.
    pub fn peer(&self, bot: BotId, conversation: ConversationId) -> Result<Peer, ParseIdError> {
        self.peer_of(CONVERSATION, bot_mark(bot), conversation)
    }

    /// The peer of a conversation of an account.
    ///
    /// # Errors
    /// When the id was not made under this tenant's key for this account.
    pub fn business_peer(
        &self,
        account: BusinessAccountId,
        conversation: ConversationId,
    ) -> Result<Peer, ParseIdError> {
        self.peer_of(BUSINESS_CONVERSATION, account_mark(account), conversation)
    }

    /// Whether the conversation is that of an account, not the bot's own.
    pub fn is_business(&self, conversation: ConversationId) -> bool {
        self.decrypt(conversation.to_bytes()).0 == BUSINESS_CONVERSATION
    }

    fn peer_of(
        &self,
        wanted: u8,
        of: [u8; 7],
        conversation: ConversationId,
    ) -> Result<Peer, ParseIdError> {
        let (kind, number, mark) = self.decrypt(conversation.to_bytes());
        if kind != wanted || mark != of {
            return Err(ParseIdError {
                kind: ConversationId::PREFIX,
            });
        }
        Ok(Peer { chat_id: number })
    }

    /// The Telegram user who owns an account that is connected to this bot.
    ///
    /// # Errors
    /// When the id was not made under this tenant's key for this bot.
    pub fn owner_of(&self, bot: BotId, account: BusinessAccountId) -> Result<i64, ParseIdError> {
        let (kind, number, mark) = self.decrypt(account.to_bytes());
        if kind != BUSINESS_ACCOUNT || mark != bot_mark(bot) {
            return Err(ParseIdError {
                kind: BusinessAccountId::PREFIX,
            });
        }
        Ok(number)
    }

    /// The fan of a conversation: in a private chat the chat id is the user id.
    ///
    /// # Errors
    /// When the id is not a conversation of this tenant.
    pub fn fan_of(&self, conversation: ConversationId) -> Result<FanId, ParseIdError> {
        let (kind, number, _) = self.decrypt(conversation.to_bytes());
        if !matches!(kind, CONVERSATION | BUSINESS_CONVERSATION) {
            return Err(ParseIdError {
                kind: ConversationId::PREFIX,
            });
        }
        Ok(self.fan(number))
    }

    /// The Telegram user id behind a fan.
    ///
    /// # Errors
    /// When the id was not made under this tenant's key.
    pub fn user_of(&self, fan: FanId) -> Result<i64, ParseIdError> {
        let (kind, number, mark) = self.decrypt(fan.to_bytes());
        if kind != FAN || mark != [0; 7] {
            return Err(ParseIdError {
                kind: FanId::PREFIX,
            });
        }
        Ok(number)
    }

    fn encrypt(&self, kind: u8, number: i64, mark: [u8; 7]) -> [u8; 16] {
        let mut block = [0_u8; 16];
        block[0] = kind;
        block[1..8].copy_from_slice(&mark);
        block[8..].copy_from_slice(&number.to_be_bytes());
        let mut block = Array::from(block);
        self.0.encrypt_block(&mut block);
        block.into()
    }

    fn decrypt(&self, id: [u8; 16]) -> (u8, i64, [u8; 7]) {
        let mut block = Array::from(id);
        self.0.decrypt_block(&mut block);
        let block: [u8; 16] = block.into();
        let mut mark = [0; 7];
        mark.copy_from_slice(&block[1..8]);
        let mut number = [0; 8];
        number.copy_from_slice(&block[8..]);
        (block[0], i64::from_be_bytes(number), mark)
    }
}

/// Seven bytes of the bot's id: its random half, so that two bots of a tenant collide once in 2^56.
fn bot_mark(bot: BotId) -> [u8; 7] {
    last_seven(bot.to_bytes())
}

/// Likewise of an account's id, which is a whole block of the cipher.
fn account_mark(account: BusinessAccountId) -> [u8; 7] {
    last_seven(account.to_bytes())
}

fn last_seven(id: [u8; 16]) -> [u8; 7] {
    let mut mark = [0; 7];
    mark.copy_from_slice(&id[9..]);
    mark
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::tests::tenant_key;

    fn bot(byte: u8) -> BotId {
        BotId::from_bytes([byte; 16])
    }

    #[test]
    fn a_conversation_leads_back_to_its_chat_and_fan() {
        let ids = tenant_key(1).peer_ids();
        let conversation = ids.conversation(bot(1), 4_503_599_627_370_495);
        assert_eq!(
            ids.peer(bot(1), conversation),
            Ok(Peer {
                chat_id: 4_503_599_627_370_495
            })
        );
        assert_eq!(ids.fan_of(conversation), Ok(ids.fan(4_503_599_627_370_495)));
    }

    #[test]
    fn the_same_person_is_one_fan_for_all_bots_of_a_tenant() {
        let ids = tenant_key(1).peer_ids();
        let (first, second) = (ids.conversation(bot(1), 5), ids.conversation(bot(2), 5));
        assert_ne!(first, second);
        assert_eq!(ids.fan_of(first), ids.fan_of(second));
    }

    #[test]
    fn p22_another_tenant_gets_another_id_and_reads_nothing() {
        let (mine, theirs) = (tenant_key(1).peer_ids(), tenant_key(2).peer_ids());
        let conversation = mine.conversation(bot(1), 5);
        assert_ne!(conversation, theirs.conversation(bot(1), 5));
        assert!(theirs.peer(bot(1), conversation).is_err());
        assert!(theirs.user_of(mine.fan(5)).is_err());
        assert_eq!(mine.user_of(mine.fan(5)), Ok(5));
    }

    #[test]
    fn an_accounts_chat_is_another_conversation_of_the_same_fan() {
        let ids = tenant_key(1).peer_ids();
        let account = ids.business_account(bot(1), 99);
        let (own, accounts) = (
            ids.conversation(bot(1), 5),
            ids.business_conversation(account, 5),
        );
        assert_ne!(own, accounts);
        assert_eq!(ids.fan_of(own), ids.fan_of(accounts));
        assert_eq!(
            ids.business_peer(account, accounts),
            Ok(Peer { chat_id: 5 })
        );
        assert_eq!(ids.owner_of(bot(1), account), Ok(99));
        assert!(ids.is_business(accounts) && !ids.is_business(own));
    }

    #[test]
    fn a_chat_of_one_account_is_reached_through_that_account_only() {
        let ids = tenant_key(1).peer_ids();
        let (mine, other) = (
            ids.business_account(bot(1), 99),
            ids.business_account(bot(1), 98),
        );
        let conversation = ids.business_conversation(mine, 5);
        assert!(ids.business_peer(other, conversation).is_err());
        assert!(ids.peer(bot(1), conversation).is_err());
        assert!(
            ids.business_peer(mine, ids.conversation(bot(1), 5))
                .is_err()
        );
        assert!(ids.owner_of(bot(2), mine).is_err());
    }

    #[test]
    fn a_conversation_of_another_bot_does_not_resolve() {
        let ids = tenant_key(1).peer_ids();
        assert!(ids.peer(bot(2), ids.conversation(bot(1), 5)).is_err());
    }
}
