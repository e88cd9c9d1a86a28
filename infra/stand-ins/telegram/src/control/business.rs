//! Business accounts: which chat an act means, and what the accounts hold.

use serde_json::{Value, json};
use stand_in_kit::{Query, Refusal};

use super::{chats, find_bot, number};
use crate::{
    shared::Shared,
    world::{World, business::AccountChat},
};

/// The account's chat that an act of this person means: a fan's own one with the owner, or the one that the owner names.
pub(super) fn place(owner: i64, person: i64, named: Option<i64>) -> Result<AccountChat, Refusal> {
    let other = if person == owner {
        named.ok_or_else(|| Refusal::bad("the owner names the other person with `to`"))?
    } else {
        person
    };
    Ok(AccountChat { owner, other })
}

/// Every account that has chats or had a connection, for the page.
pub(super) fn accounts(world: &World, now_ms: u64) -> Value {
    let business = &world.business;
    let mut owners: Vec<i64> = business.accounts.keys().copied().collect();
    owners.extend(business.connections.values().map(|known| known.owner));
    owners.sort_unstable();
    owners.dedup();
    let accounts = owners.into_iter().map(|owner| {
        let chats = business.accounts.get(&owner).into_iter().flat_map(|account| {
            let chats = account.chats.iter();
            chats.map(|(chat, dialog)| chats::summary(*chat, dialog, now_ms))
        });
        json!({ "owner": owner, "connection": business.enabled(owner), "chats": chats.collect::<Vec<_>>() })
    });
    json!(accounts.collect::<Vec<_>>())
}

/// The transcript of one chat of an account, in the form of a bot's own chats.
pub(super) fn transcript(
    shared: &Shared,
    bot: &str,
    owner: &str,
    fan: &str,
    query: &Query,
) -> Result<Value, Refusal> {
    shared.read(|world, now_ms| {
        let bot = world.bot(find_bot(world, bot)?)?;
        let place = AccountChat {
            owner: number(owner, "a person's id")?,
            other: number(fan, "a person's id")?,
        };
        let dialog = world
            .business
            .dialog(place)
            .ok_or_else(|| Refusal::missing("this chat"))?;
        Ok(chats::view(bot, place.other, dialog, query, now_ms, false))
    })
}
