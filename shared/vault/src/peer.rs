//! Ids of fans and conversations, derived from Telegram's numbers.
//!
//! One block of AES-256 under a key of the tenant is a permutation of 128 bits: the same peer always gets the same id,
//! nobody without the key learns a Telegram id from it, and the sender gets the chat id back without another read.

use aes::Aes256;
use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use domain::ids::{BotId, ConversationId, FanId, ParseIdError};

const FAN: u8 = 1;
const CONVERSATION: u8 = 2;

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

    /// The peer of a conversation.
    ///
    /// # Errors
    /// When the id was not made under this tenant's key for this bot.
    pub fn peer(&self, bot: BotId, conversation: ConversationId) -> Result<Peer, ParseIdError> {
        let error = ParseIdError {
            kind: ConversationId::PREFIX,
        };
        let (kind, number, mark) = self.decrypt(conversation.to_bytes());
        if kind != CONVERSATION || mark != bot_mark(bot) {
            return Err(error);
        }
        Ok(Peer { chat_id: number })
    }

    /// The fan of a conversation: in a private chat the chat id is the user id.
    ///
    /// # Errors
    /// When the id is not a conversation of this tenant.
    pub fn fan_of(&self, conversation: ConversationId) -> Result<FanId, ParseIdError> {
        let (kind, number, _) = self.decrypt(conversation.to_bytes());
        if kind != CONVERSATION {
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
    let mut mark = [0; 7];
    mark.copy_from_slice(&bot.to_bytes()[9..]);
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
    fn another_tenant_gets_another_id_and_reads_nothing() {
        let (mine, theirs) = (tenant_key(1).peer_ids(), tenant_key(2).peer_ids());
        let conversation = mine.conversation(bot(1), 5);
        assert_ne!(conversation, theirs.conversation(bot(1), 5));
        assert!(theirs.peer(bot(1), conversation).is_err());
        assert!(theirs.user_of(mine.fan(5)).is_err());
        assert_eq!(mine.user_of(mine.fan(5)), Ok(5));
    }

    #[test]
    fn a_conversation_of_another_bot_does_not_resolve() {
        let ids = tenant_key(1).peer_ids();
        assert!(ids.peer(bot(2), ids.conversation(bot(1), 5)).is_err());
    }
}
