//! Reading fans: profiles and keys, then the heads of the conversations that they may have.

use app::{AppError, OrProblem, open_tags};
use domain::ids::FanId;
use domain::role::DataScope;
use futures::try_join;
use http_kit::Problem;
use store::row::{BotRow, ConsentRow, ConversationRow, FanKeyRow, FanRow};
use store::{Direction, Found, Page, StoreError, TenantDb, keys};
use tenancy::Reads;
use vault::{FanKey, TenantKey};

/// Bots of a workspace looked at; far more than anybody has.
const MOST_BOTS: usize = 100;
/// Words of a fan that are shown: the newest.
const MOST_WORDS: usize = 50;

/// A fan and everything that belongs to it here.
pub(crate) struct Loaded {
    /// The profile, and the revision it was read at.
    pub(crate) fan: Found<FanRow>,
    /// The fan's opened key.
    pub(crate) key: FanKey,
    /// The creator's tags.
    pub(crate) tags: Vec<String>,
    /// The fan's conversations with the bots that they are with, most recent first.
    pub(crate) conversations: Vec<(ConversationRow, BotRow)>,
    /// What was said on what may be done, newest last.
    pub(crate) consents: Vec<ConsentRow>,
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
    let ((row, wrapped), bots, consents) =
        try_join!(profile(db, fan), bots(db), consents(db, fan)).or_problem()?;
    let (Some(row), Some(wrapped)) = (row, wrapped) else {
        return Err(Problem::NotFound);
    };
    let fan_key = key.open_fan_key(fan, &wrapped.wrapped).or_problem()?;
    let own = bots.iter().map(|bot| ids.conversation(bot.id, user));
    let mut chats: Vec<_> = row.row.chats.iter().copied().chain(own).collect();
    chats.sort_unstable();
    chats.dedup();
    let mut reads = db.read_many();
    let slots: Vec<_> = chats
        .into_iter()
        .map(|chat| reads.find::<ConversationRow>(&keys::conversation(chat)))
        .collect();
    let found = reads.send().await.or_problem()?;
    let mut conversations = Vec::new();
    for slot in slots {
        let head = found.get(slot).or_problem()?.map(|head| head.row);
        conversations.extend(head.and_then(|head| {
            let bot = bots.iter().find(|bot| bot.id == head.bot)?;
            Some((head, bot.clone()))
        }));
    }
    if data.bots().is_some() && conversations.is_empty() {
        return Err(Problem::NotFound);
    }
    conversations.sort_by_key(|(head, _)| std::cmp::Reverse(head.last_activity));
    Ok(Loaded {
        tags: open_tags(&fan_key, &row.row).or_problem()?,
        fan: row,
        key: fan_key,
        conversations,
        consents,
    })
}

/// One of many fans, without what only its own page shows.
pub(crate) struct Met {
    /// The profile, and the revision it was read at.
    pub(crate) fan: Found<FanRow>,
    /// The fan's opened key.
    pub(crate) key: FanKey,
    /// The creator's tags.
    pub(crate) tags: Vec<String>,
    /// The fan's conversations that the caller may see, most recent first.
    pub(crate) heads: Vec<ConversationRow>,
}

/// Reads fans in two round trips for each fifty, in the order asked for; nothing for one that [`fan`] would not find.
pub(crate) async fn many<R: Reads>(
    db: &TenantDb<R>,
    data: &DataScope,
    key: &TenantKey,
    fans: &[FanId],
) -> Result<Vec<Option<Met>>, AppError> {
    let mut reads = db.read_many();
    let slots: Vec<_> = fans
        .iter()
        .map(|fan| {
            let row = reads.find::<FanRow>(&keys::fan(*fan));
            (row, reads.find::<FanKeyRow>(&keys::fan_key(*fan)))
        })
        .collect();
    let found = reads.send().await?;
    let mut met = Vec::with_capacity(fans.len());
    let mut reads = db.read_many();
    for (fan, wrapped) in slots {
        let (Some(fan), Some(wrapped)) = (found.get(fan)?, found.get(wrapped)?) else {
            met.push(None);
            continue;
        };
        let key = key.open_fan_key(fan.row.id, &wrapped.row.wrapped)?;
        let chats = fan.row.chats.iter();
        let heads: Vec<_> = chats
            .map(|chat| reads.find::<ConversationRow>(&keys::conversation(*chat)))
            .collect();
        met.push(Some((fan, key, heads)));
    }
    let found = reads.send().await?;
    let meet = |(fan, key, slots): (Found<FanRow>, FanKey, Vec<_>)| {
        let tags = open_tags(&key, &fan.row)?;
        let heads = slots.into_iter().map(|slot| found.get(slot));
        let heads = heads.collect::<Result<Vec<_>, _>>()?.into_iter();
        let mut heads: Vec<ConversationRow> = heads.flatten().map(|head| head.row).collect();
        heads.sort_by_key(|head| std::cmp::Reverse(head.last_activity));
        let hidden = data.bots().is_some() && heads.is_empty();
        Ok((!hidden).then_some(Met {
            fan,
            key,
            tags,
            heads,
        }))
    };
    let met = met.into_iter().map(|one| one.map(meet).transpose());
    met.map(|one| one.map(Option::flatten)).collect()
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

async fn consents<R: Reads>(db: &TenantDb<R>, fan: FanId) -> Result<Vec<ConsentRow>, StoreError> {
    let page = Page {
        pk: &keys::fan(fan).pk,
        from: keys::CONSENT,
        to: "CONSENT~",
        direction: Direction::Backward,
        limit: MOST_WORDS,
    };
    let found = db.list::<ConsentRow>(&page).await?;
    Ok(found.into_iter().rev().map(|found| found.row).collect())
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
