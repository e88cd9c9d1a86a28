//! What is held of a fan, place by place, in the order in which it goes: first what would still be sent or worked on, then
//! conversations, then the ways to the fan; the profile, which leads to all of it, goes by itself with its place in the list of all
//! fans, and the key last.
//!
//! A stored type that holds something of a fan and is not reached from here fails
//! `every_kind_that_holds_something_of_a_fan_is_reached`.

use std::collections::BTreeSet;

use app::{App, AppError, FanLists, SealsJson, open_outbox, open_tags, place};
use domain::alert::AlertSummary;
use domain::content::{FanProfile, Outgoing};
use domain::ids::{BotId, BusinessAccountId, ConversationId, FanId};
use domain::message::Lane;
use domain::registry::Registered;
use store::keys::{self, FanList};
use store::row::{
    BotRow, BusinessAccountRow, BusinessLinkRow, ExportRow, FanEntryRow, FanKeyRow, FanRow,
    HolderRow, OutboxRow, QueuedRow,
};
use store::{Direction, Found, LocalKey, Page, Row, Table, TenantDb, Traced, TracedPage};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use crate::export::begin::exports;
use crate::export::rows;

/// Everything that leads to what is held of a fan.
pub(crate) struct Holdings<'a> {
    db: &'a TenantDb<Worker>,
    fan: FanId,
    profile: Option<u64>,
    chats: Vec<ConversationId>,
    bots: Vec<BotId>,
    /// Accounts of the fan's own that are or were connected to these bots, whether or not there are any.
    accounts: Vec<(BotId, BusinessAccountId)>,
    /// Chats of the team in which alerts stand.
    alert_chats: Vec<ConversationId>,
    /// Places in lists, without that in the list of all fans.
    entries: Vec<FanEntryRow>,
    /// The place there.
    in_all: Option<LocalKey>,
    /// The fan's tags.
    tags: Vec<String>,
    /// Where it stands that this workspace holds the person.
    holder: Option<LocalKey>,
}

/// One place to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The fan's own accounts that are or were connected.
    Accounts,
    /// What a conversation has queued, and the pointers to it.
    Queued(ConversationId),
    /// A whole partition.
    Partition(Table, String),
    /// The lists that the fan stands in.
    Lists,
    /// That this workspace holds the person.
    Holder,
    /// The fan's key, once nothing leads to what it opens.
    Key,
}

impl<'a> Holdings<'a> {
    /// Reads what leads to everything; of somebody half erased, the conversations that were known before lead to the rest.
    pub(crate) async fn of(
        (app, scope): (&App, &TenantScope<Worker>),
        db: &'a TenantDb<Worker>,
        key: &TenantKey,
        fan: FanId,
        known: &[ConversationId],
    ) -> Result<Self, AppError> {
        let mut read = db.read_many();
        let row = read.find::<FanRow>(&keys::fan(fan));
        let wrapped = read.find::<FanKeyRow>(&keys::fan_key(fan));
        let found = read.send().await?;
        let (row, wrapped) = (found.get(row)?, found.get(wrapped)?);
        let bots = bots(db).await?;
        let ids = key.peer_ids();
        let user = ids.user_of(fan).ok();
        let mut chats: BTreeSet<ConversationId> = match user {
            Some(user) => bots
                .iter()
                .map(|bot| ids.conversation(bot.id, user))
                .collect(),
            None => BTreeSet::new(),
        };
        let accounts = accounts(key, fan, bots.iter().map(|bot| bot.id));
        let marks = app.holder_key().await?;
        let mark = marks.zip(user).map(|(marks, user)| marks.hash_person(user));
        chats.extend(known);
        let (mut entries, mut tags) = (Vec::new(), Vec::new());
        if let Some(row) = &row {
            chats.extend(&row.row.chats);
            // Without it the lists are not known, and a record would say too much.
            let wrapped = wrapped.as_ref().ok_or(AppError::Absent("fan key"))?;
            let fan_key = key.open_fan_key(fan, &wrapped.row.wrapped)?;
            let at = keys::fan(fan);
            let at = place::<FanRow>(&at, "profile");
            let profile: FanProfile = fan_key.open_json(&at, &row.row.profile)?;
            tags = open_tags(&fan_key, &row.row)?;
            entries = lists(key, &row.row, (&profile, tags.as_slice()), &bots);
        }
        let alert_chats = bots.iter().flat_map(|bot| bot.alerts.iter());
        Ok(Self {
            db,
            fan,
            profile: row.as_ref().map(|row| row.rev),
            in_all: row.as_ref().map(|row| in_all(&row.row)),
            tags,
            chats: chats.into_iter().collect(),
            alert_chats: alert_chats.map(|alert| alert.chat).collect(),
            bots: bots.iter().map(|bot| bot.id).collect(),
            accounts,
            entries,
            holder: mark.map(|mark| keys::holder(&mark, scope.tenant())),
        })
    }

    /// Every place, in its order.
    pub(crate) fn places(&self) -> Vec<Place> {
        let cnv = |chat: &ConversationId| keys::conversation(*chat).pk;
        let mut places = vec![Place::Accounts];
        places.extend(self.chats.iter().copied().map(Place::Queued));
        for table in [Table::Work, Table::Tenant] {
            let of_chat = |chat| Place::Partition(table, cnv(chat));
            places.extend(self.chats.iter().map(of_chat));
        }
        places.push(Place::Lists);
        places.push(Place::Holder);
        places.push(Place::Partition(Table::Tenant, keys::fan(self.fan).pk));
        if self.profile.is_none() {
            places.push(Place::Key);
        }
        places
    }

    /// Partitions of many fans in which one of the fan's conversations may stand, each with the attribute that names it.
    pub(crate) fn mentioning(&self) -> Vec<(String, &'static str)> {
        // What no pointer leads to as well, such as the answer to a press.
        let of_bots = |pk: fn(BotId) -> String| {
            let pks = self.bots.iter().map(move |bot| pk(*bot));
            pks.map(|pk| (pk, "conversation"))
        };
        let mut mentioning: Vec<_> = of_bots(keys::outbox_of).collect();
        mentioning.extend(of_bots(keys::parked_of));
        let alerts = self.alert_chats.iter().map(|chat| keys::alert(*chat, 0).pk);
        mentioning.extend(alerts.map(|pk| (pk, "about")));
        let events: BTreeSet<_> = self.chats.iter().copied().map(keys::events_about).collect();
        mentioning.extend(events.into_iter().map(|pk| (pk, "conversation")));
        mentioning
    }

    /// What of a stretch of such a partition is about the fan.
    pub(crate) async fn mentions(
        &self,
        (pk, name): (&str, &str),
        after: Option<&str>,
        page: usize,
    ) -> Result<TracedPage, AppError> {
        let chats: Vec<String> = self.chats.iter().map(ToString::to_string).collect();
        let of = (Table::Work, pk);
        let only = (name, chats.as_slice());
        Ok(self.db.mentions(of, only, after, page).await?)
    }

    /// At most `limit` rows of a place that are there now.
    pub(crate) async fn at(&self, place: &Place, limit: usize) -> Result<Vec<Traced>, AppError> {
        match place {
            Place::Accounts => self.connected(limit).await,
            Place::Queued(chat) => self.queued(*chat, limit).await,
            Place::Partition(table, pk) => {
                // The profile stands in the fan's own partition and goes by itself.
                let mut found = self.db.trace(*table, pk, limit + 1).await?;
                found.retain(|row| row.kind != FanRow::KIND);
                found.truncate(limit);
                Ok(found)
            }
            Place::Lists => self.listed(limit).await,
            Place::Holder => self.held_here().await,
            Place::Key => self.key().await,
        }
    }

    /// Exports in which something of the fan may stand, written or on the way.
    pub(crate) async fn exports(&self) -> Result<Vec<Found<ExportRow>>, AppError> {
        let mut found = exports(self.db).await?;
        found.retain(|export| export.row.fan.is_none_or(|fan| fan == self.fan));
        let fans = |export: Found<ExportRow>| {
            if export.row.fan == Some(self.fan) {
                found.push(export);
            }
        };
        rows::each_own(self.db, fans).await?;
        Ok(found)
    }

    /// What is held back for somebody's quiet hours and names one of the fan's conversations, with what is left of each.
    pub(crate) async fn held(
        &self,
        key: &TenantKey,
    ) -> Result<Vec<(Found<OutboxRow>, AlertSummary)>, AppError> {
        let lane = Lane::Ai.digit();
        let (from, to) = (format!("{lane}#"), format!("{lane}#~"));
        let mut held = Vec::new();
        for bot in &self.bots {
            let pk = keys::outbox_of(*bot);
            let page = Page {
                from: &from,
                to: &to,
                ..whole(&pk, usize::MAX)
            };
            for row in self.db.list::<OutboxRow>(&page).await? {
                if row.row.id != AlertSummary::id(row.row.conversation) {
                    continue;
                }
                // What does not open names nobody.
                if let Ok(Outgoing::AlertSummary(summary)) = open_outbox(key, &row.row) {
                    held.extend(summary.without(&self.chats).map(|left| (row, left)));
                }
            }
        }
        Ok(held)
    }

    /// Connections of the fan's own accounts that have not ended.
    pub(crate) async fn links(&self) -> Result<Vec<Found<BusinessLinkRow>>, AppError> {
        let mut links = Vec::new();
        for (bot, account) in &self.accounts {
            let pk = keys::business_of(*bot);
            let to = format!("{}~", keys::BUSINESS_LINKS);
            let page = Page {
                from: keys::BUSINESS_LINKS,
                to: &to,
                ..whole(&pk, usize::MAX)
            };
            let found = self.db.list::<BusinessLinkRow>(&page).await?;
            let own = |link: &Found<BusinessLinkRow>| link.row.account == Some(*account);
            links.extend(found.into_iter().filter(own));
        }
        Ok(links)
    }

    async fn connected(&self, limit: usize) -> Result<Vec<Traced>, AppError> {
        let accounts = self.accounts.iter();
        let rows = accounts.map(|(bot, account)| keys::business_account(*bot, *account));
        self.there::<BusinessAccountRow>(rows, limit).await
    }

    /// Which of these rows are there, so many at most.
    async fn there<T: Row>(
        &self,
        keys: impl Iterator<Item = LocalKey>,
        limit: usize,
    ) -> Result<Vec<Traced>, AppError> {
        let mut read = self.db.read_many();
        let slots: Vec<_> = keys.map(|key| read.find::<T>(&key)).collect();
        let found = read.send().await?;
        let mut there = Vec::new();
        for slot in slots {
            there.extend(found.get(slot)?.map(|found| traced::<T>(found.row.key())));
        }
        there.truncate(limit);
        Ok(there)
    }

    async fn queued(&self, chat: ConversationId, limit: usize) -> Result<Vec<Traced>, AppError> {
        let pk = keys::queued_of(chat);
        let pointers = self.db.list::<QueuedRow>(&whole(&pk, limit / 2)).await?;
        let mut read = self.db.read_many();
        let waiting: Vec<_> = pointers
            .iter()
            .map(|pointer| read.find::<OutboxRow>(&pointer.row.outbox_key()))
            .collect();
        let found = read.send().await?;
        let mut rows: Vec<_> = pointers
            .iter()
            .map(|pointer| traced::<QueuedRow>(pointer.row.key()))
            .collect();
        for slot in waiting {
            let waits = found.get(slot)?;
            rows.extend(waits.map(|waits| traced::<OutboxRow>(waits.row.key())));
        }
        Ok(rows)
    }

    async fn listed(&self, limit: usize) -> Result<Vec<Traced>, AppError> {
        let entries = self.entries.iter().map(Row::key);
        self.there::<FanEntryRow>(entries, limit).await
    }

    /// The fan's place in the list of all fans, if it is there: it goes with the profile.
    pub(crate) async fn in_all(&self) -> Result<Option<Traced>, AppError> {
        let Some(key) = &self.in_all else {
            return Ok(None);
        };
        let entry = self.db.find::<FanEntryRow>(key).await?;
        Ok(entry.map(|entry| traced::<FanEntryRow>(entry.row.key())))
    }

    async fn held_here(&self) -> Result<Vec<Traced>, AppError> {
        let Some(key) = &self.holder else {
            return Ok(Vec::new());
        };
        let mut read = self.db.read_many();
        let holder = read.find::<HolderRow>(key);
        let holder = read.send().await?.get(holder)?;
        let holder = holder.map(|holder| traced::<HolderRow>(holder.row.key()));
        Ok(holder.into_iter().collect())
    }

    async fn key(&self) -> Result<Vec<Traced>, AppError> {
        let mut read = self.db.read_many();
        let key = read.find::<FanKeyRow>(&keys::fan_key(self.fan));
        let key = read.send().await?.get(key)?;
        let key = key.map(|key| traced::<FanKeyRow>(key.row.key()));
        Ok(key.into_iter().collect())
    }

    /// The revision of the profile that led to these places; nothing once it is gone.
    pub(crate) const fn profile(&self) -> Option<u64> {
        self.profile
    }

    /// The fan's tags; none once the profile is gone, which goes after those that were the fan's alone.
    pub(crate) fn tags(&self) -> &[String] {
        &self.tags
    }

    /// The fan's conversations.
    pub(crate) fn chats(&self) -> &[ConversationId] {
        &self.chats
    }
}

fn traced<T: Row>(key: LocalKey) -> Traced {
    Traced {
        table: T::TABLE,
        key,
        kind: T::KIND.to_owned(),
    }
}

pub(crate) fn whole(pk: &str, limit: usize) -> Page<'_> {
    Page {
        pk,
        from: "!",
        to: "~",
        direction: Direction::Forward,
        limit,
    }
}

pub(crate) async fn bots(db: &TenantDb<Worker>) -> Result<Vec<BotRow>, AppError> {
    let found = db.list::<BotRow>(&whole(keys::BOTS, usize::MAX)).await?;
    Ok(found.into_iter().map(|found| found.row).collect())
}

/// Under which ids accounts of a person are kept that they connect to these bots.
pub(crate) fn accounts(
    key: &TenantKey,
    fan: FanId,
    bots: impl Iterator<Item = BotId>,
) -> Vec<(BotId, BusinessAccountId)> {
    let ids = key.peer_ids();
    let Ok(user) = ids.user_of(fan) else {
        return Vec::new();
    };
    bots.map(|bot| (bot, ids.business_account(bot, user)))
        .collect()
}

fn in_all(fan: &FanRow) -> LocalKey {
    keys::fan_entry(&FanList::All, fan.listed_at, fan.id)
}

/// Every list that the fan can stand in, but that of all fans.
fn lists(
    key: &TenantKey,
    fan: &FanRow,
    (profile, tags): (&FanProfile, &[String]),
    bots: &[BotRow],
) -> Vec<FanEntryRow> {
    let lists = FanLists::of(key);
    let mut all = lists.named(profile);
    all.extend(bots.iter().map(|bot| FanList::Bot(bot.id)));
    all.extend(tags.iter().map(|tag| lists.tagged(tag)));
    let entry = |list| FanEntryRow {
        list,
        fan: fan.id,
        at: fan.listed_at,
    };
    all.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use domain::registry::Capacity;

    /// How each kind that belongs to fans is reached; all of it on its way out of the registry.
    const REACHED: &[&str] = &[
        // Partitions of conversations and of the fan.
        "answered",
        "answering",
        "consent",
        "conversation",
        "draft",
        "fact",
        "fan",
        "fan_exports",
        "hold",
        "message",
        "note",
        "trace",
        "turn",
        "waiting",
        // What mentions a conversation.
        "alert",
        "event",
        "parked",
        // By pointer, by list, by id.
        "fan_entry",
        "fan_key",
        "holder",
        "outbox",
        "queued",
        // Written or on the way.
        "export",
        // The work itself.
        "closing",
        "erasure",
    ];
    /// Says nothing of anybody: the number of an update.
    const NAMELESS: &[&str] = &["update"];
    /// The workspace's own, which goes where it is the fan's account, or where nobody but the fan is left with it.
    const WORKSPACES: &[&str] = &["business_account", "business_link", "tag"];

    #[test]
    fn what_may_be_the_workspaces_alone_is_no_row_of_a_fan() {
        let registry = store::row::registry();
        for kind in WORKSPACES {
            assert!(registry.iter().any(|(known, ..)| known == kind), "{kind}");
            assert!(!REACHED.contains(kind), "{kind}");
        }
    }

    #[test]
    fn p27_every_kind_that_holds_something_of_a_fan_is_reached() {
        for (kind, _, fields) in store::row::registry() {
            let of_fans = fields
                .iter()
                .any(|field| field.class.capacity == Capacity::Processor);
            let known = REACHED.contains(&kind) || NAMELESS.contains(&kind);
            assert_eq!(of_fans, known, "{kind}");
        }
    }
}
