//! Reading a fan: profile, key and bots side by side, then the heads of the conversations that the bots may have.

use app::OrProblem;
use domain::ids::FanId;
use domain::role::DataScope;
use futures::try_join;
use http_kit::Problem;
use store::row::{BotRow, ConversationRow, FanKeyRow, FanRow};
use store::{Direction, Found, Page, StoreError, TenantDb, keys};
use tenancy::Reads;
use vault::{FanKey, TenantKey};

/// Bots of a workspace looked at; far more than anybody has.
const MOST_BOTS: usize = 100;

/// A fan and everything that belongs to it here.
pub(crate) struct Loaded {
    /// The profile, and the revision it was read at.
    pub(crate) fan: Found<FanRow>,
    /// The fan's opened key.
    pub(crate) key: FanKey,
    /// The fan's conversations with the bots that they are with, most recent first.
    pub(crate) conversations: Vec<(ConversationRow, BotRow)>,
}

/// Reads a fan. One that is not ours, was erased or never was is not found.
///
/// Whoever sees some bots only meets the fans of those.
pub(crate) async fn fan<R: Reads>(
    db: &TenantDb<R>,
    data: &DataScope,
    key: &TenantKey,
    fan: FanId,
) -> Result<Loaded, Problem> {
    let ids = key.peer_ids();
    let user = ids.user_of(fan).map_err(|_| Problem::NotFound)?;
    let ((row, wrapped), bots) = try_join!(profile(db, fan), bots(db)).or_problem()?;
    let (Some(row), Some(wrapped)) = (row, wrapped) else {
        return Err(Problem::NotFound);
    };
    let fan_key = key.open_fan_key(fan, &wrapped.wrapped).or_problem()?;
    let mut reads = db.read_many();
    let slots: Vec<_> = bots
        .into_iter()
        .map(|bot| {
            (
                reads.find::<ConversationRow>(&keys::conversation(ids.conversation(bot.id, user))),
                bot,
            )
        })
        .collect();
    let found = reads.send().await.or_problem()?;
    let mut conversations = Vec::new();
    for (slot, bot) in slots {
        conversations.extend(found.get(slot).or_problem()?.map(|head| (head.row, bot)));
    }
    if data.bots().is_some() && conversations.is_empty() {
        return Err(Problem::NotFound);
    }
    conversations.sort_by_key(|(head, _)| std::cmp::Reverse(head.last_activity));
    Ok(Loaded {
        fan: row,
        key: fan_key,
        conversations,
    })
}

async fn profile<R: Reads>(
    db: &TenantDb<R>,
    fan: FanId,
) -> Result<(Option<Found<FanRow>>, Option<FanKeyRow>), StoreError> {
    let mut reads = db.read_many();
    let row = reads.find::<FanRow>(&keys::fan(fan));
    let key = reads.find::<FanKeyRow>(&keys::fan_key(fan));
    let found = reads.send().await?;
    Ok((found.get(row)?, found.get(key)?.map(|found| found.row)))
}

async fn bots<R: Reads>(db: &TenantDb<R>) -> Result<Vec<BotRow>, StoreError> {
    let pk = keys::bot(domain::ids::BotId::from_bytes([0; 16])).pk;
    let page = Page {
        pk: &pk,
        from: "0",
        to: "~",
        direction: Direction::Forward,
        limit: MOST_BOTS,
    };
    Ok(db
        .list::<BotRow>(&page)
        .await?
        .into_iter()
        .map(|found| found.row)
        .collect())
}
