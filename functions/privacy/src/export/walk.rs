//! The way through everything that is handed out, in an order that depends on the rows alone: whoever goes on at a
//! [`Position`] reads what an undisturbed walk would have read.

use std::collections::{BTreeSet, HashMap};

use app::AppError;
use domain::audit::Subject;
use domain::ids::{BotId, BusinessAccountId, ConversationId, FanId};
use domain::registry::Registered as _;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::keys::{self, FanList};
use store::row::{AuditRow, ComplianceRequestRow, FanKeyRow, FanRow};
use store::{Attribute, Raw, RawPage, Table, TenantDb};
use tenancy::Worker;
use vault::{FanKey, TenantKey};

use super::record::{Opens, record};
use super::sections::{Kind, NUMBERS};

/// Rows of a partition that are read at once.
const ROWS: usize = 200;
/// Fans whose rows are read ahead, and how many at the same time. Both bound what is in memory.
const FANS: usize = 24;
const AT_ONCE: usize = 8;
/// Rows of each of these that are read ahead.
const AHEAD: usize = 40;

/// A stretch of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Step {
    /// A whole partition.
    Partition(Table, String),
    /// Those rows of a partition that are of one of these conversations.
    Of(Table, String, Vec<ConversationId>),
    /// An account that is connected to a bot, and its connections.
    Account(BotId, BusinessAccountId),
    /// The fans that a partition lists, each with everything that is held of them.
    Fans(String),
    /// One fan with everything that is held of them.
    Fan(FanId),
}

/// Where the walk is: everything before was handed out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    step: usize,
    after: Option<String>,
    inside: Option<Inside>,
}

/// Within the rows of a fan who has many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Inside {
    fan: FanId,
    place: usize,
    after: Option<String>,
}

/// A record.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The section that it belongs to.
    pub(crate) section: &'static str,
    /// What it says.
    pub(crate) record: Map<String, Value>,
    /// By which number Telegram knows the fan whom it is about.
    pub(crate) person: Option<String>,
}

/// What a step of the walk found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The records, in their order.
    pub(crate) entries: Vec<Entry>,
    /// Fans that are complete with them.
    pub(crate) fans: u64,
    /// Values that did not open though they should.
    pub(crate) lost: u64,
}

/// The way through a workspace.
pub(crate) fn workspace(bots: &[BotId]) -> Vec<Step> {
    let whole = Step::Partition;
    let tenant = |pk: &str| whole(Table::Tenant, pk.to_owned());
    let mut steps = vec![
        tenant(&keys::workspace().pk),
        tenant(&keys::agreement("", "").pk),
        tenant(keys::BILLING),
        tenant(keys::INVOICES),
        tenant(keys::BOTS),
        tenant(keys::SAVED_REPLIES),
        tenant(keys::TAGS),
    ];
    for bot in bots {
        steps.push(whole(Table::Tenant, keys::business_of(*bot)));
        steps.push(whole(Table::Tenant, keys::sofi_of(*bot)));
    }
    steps.extend(FanList::All.partitions().into_iter().map(Step::Fans));
    for bot in bots {
        steps.push(whole(Table::Work, keys::outbox_of(*bot)));
        steps.push(whole(Table::Work, keys::parked_of(*bot)));
    }
    steps.push(tenant(keys::REQUESTS));
    steps.push(tenant(keys::COMPLIANCE));
    for pk in [keys::ENTRIES, keys::CHAIN, keys::CHAINED] {
        steps.push(whole(Table::Audit, pk.to_owned()));
    }
    steps
}

/// The way through what is held of one fan.
pub(crate) fn fan(
    fan: FanId,
    chats: &[ConversationId],
    bots: &[BotId],
    accounts: &[(BotId, BusinessAccountId)],
) -> Vec<Step> {
    let of = |pk: String| Step::Of(Table::Work, pk, chats.to_vec());
    let mut steps = vec![Step::Fan(fan)];
    for bot in bots {
        steps.push(of(keys::outbox_of(*bot)));
        steps.push(of(keys::parked_of(*bot)));
    }
    let own = accounts.iter();
    steps.extend(own.map(|(bot, account)| Step::Account(*bot, *account)));
    steps
}

/// Goes through the rows of one tenant.
pub(crate) struct Walk<'a> {
    pub(crate) db: &'a TenantDb<Worker>,
    pub(crate) key: &'a TenantKey,
    pub(crate) kinds: &'a [Kind],
    pub(crate) steps: &'a [Step],
    pub(crate) at: Position,
    /// The fan whose many rows are under way, so that each page of them reads rows alone.
    pub(crate) in_hand: Option<(FanId, Known)>,
}

/// What leads to the rows of a fan and opens them.
#[derive(Default)]
pub(crate) struct Known {
    key: Option<FanKey>,
    chats: Vec<ConversationId>,
}

/// The first rows of a fan, and where the rest begins.
struct Begun {
    fan: FanId,
    known: Known,
    rows: Vec<Raw>,
    rest: Option<Inside>,
}

impl Walk<'_> {
    /// The next records; nothing at the end of the way. The position stands behind them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn next(&mut self) -> Result<Option<Found>, AppError> {
        if let Some(inside) = self.at.inside.take() {
            return Box::pin(self.go_on(inside)).await.map(Some);
        }
        let Some(step) = self.steps.get(self.at.step) else {
            return Ok(None);
        };
        let found = match step {
            Step::Partition(table, pk) => Box::pin(self.partition(*table, pk, |_| true)).await?,
            Step::Of(table, pk, chats) => {
                let of = |row: &Raw| chat_of(row).is_some_and(|chat| chats.contains(&chat));
                Box::pin(self.partition(*table, pk, of)).await?
            }
            Step::Account(bot, account) => {
                let pk = keys::business_of(*bot);
                let of = |row: &Raw| is_of(row, *account);
                Box::pin(self.partition(Table::Tenant, &pk, of)).await?
            }
            Step::Fans(pk) => Box::pin(self.fans(pk)).await?,
            Step::Fan(fan) => {
                self.moved(None);
                self.at.inside = Some(Inside {
                    fan: *fan,
                    place: 0,
                    after: None,
                });
                Found::default()
            }
        };
        Ok(Some(found))
    }

    fn moved(&mut self, next: Option<String>) {
        match next {
            Some(sk) => self.at.after = Some(sk),
            None => {
                self.at.step += 1;
                self.at.after = None;
            }
        }
    }

    async fn partition(
        &mut self,
        table: Table,
        pk: &str,
        only: impl Fn(&Raw) -> bool,
    ) -> Result<Found, AppError> {
        let after = self.at.after.as_deref();
        let RawPage { mut rows, next } = self.db.raw(table, pk, after, ROWS).await?;
        rows.retain(only);
        let owners: Vec<_> = rows.iter().map(|row| self.owner(row)).collect();
        let known = self.known(owners.iter().flatten().copied()).await?;
        let mut found = Found::default();
        for (row, owner) in rows.iter().zip(owners) {
            let known = owner.and_then(|fan| known.get(&fan));
            let key = known.and_then(|known| known.key.as_ref());
            self.take(&mut found, row, owner, key);
        }
        self.moved(next);
        Ok(found)
    }

    /// The fan under whose key a row outside the fan's own partitions is sealed.
    fn owner(&self, row: &Raw) -> Option<FanId> {
        let of_chat = |chat| self.key.peer_ids().fan_of(chat).ok();
        if row.kind == ComplianceRequestRow::KIND {
            return text(row, "fan")?.parse().ok();
        }
        if row.kind != AuditRow::KIND {
            return chat_of(row).and_then(of_chat);
        }
        match text(row, "subject")?.parse().ok()? {
            Subject::Fan(fan) => Some(fan),
            Subject::Conversation(chat) => of_chat(chat),
            _ => None,
        }
    }

    async fn fans(&mut self, pk: &str) -> Result<Found, AppError> {
        let after = self.at.after.as_deref();
        let RawPage { rows, next } = self.db.raw(Table::Tenant, pk, after, FANS).await?;
        let listed: Vec<(FanId, String)> = rows
            .iter()
            .filter_map(|row| Some((text(row, "fan")?.parse().ok()?, row.key.sk.clone())))
            .collect();
        let mut known = self.known(listed.iter().map(|(fan, _)| *fan)).await?;
        let beginnings: Vec<_> = listed
            .iter()
            .map(|(fan, _)| (*fan, known.remove(fan).unwrap_or_default()))
            .collect();
        let db = self.db;
        // One fan after the other becomes records, so that only what is read at the same time is in memory as rows too.
        let mut reading = stream::iter(beginnings)
            .map(|(fan, known)| Box::pin(begin(db, fan, known)))
            .buffered(AT_ONCE);
        let mut found = Found::default();
        for (_, sk) in listed {
            let Some(begun) = reading.try_next().await? else {
                break;
            };
            for row in &begun.rows {
                self.take(&mut found, row, Some(begun.fan), begun.known.key.as_ref());
            }
            if begun.rest.is_some() {
                // The rest of this fan comes before those who were read ahead.
                self.at.after = Some(sk);
                self.at.inside = begun.rest;
                self.in_hand = Some((begun.fan, begun.known));
                return Ok(found);
            }
            found.fans += 1;
        }
        self.moved(next);
        Ok(found)
    }

    /// The next rows of a fan who has many.
    async fn go_on(&mut self, inside: Inside) -> Result<Found, AppError> {
        let mut found = Found::default();
        let known = match self.in_hand.take() {
            Some((fan, known)) if fan == inside.fan => known,
            _ => {
                let mut known = self.known([inside.fan].into_iter()).await?;
                known.remove(&inside.fan).unwrap_or_default()
            }
        };
        let places = places(inside.fan, &known.chats);
        let Some((table, pk)) = places.get(inside.place) else {
            found.fans = 1;
            return Ok(found);
        };
        let after = inside.after.as_deref();
        let page = self.db.raw(*table, pk, after, ROWS).await?;
        for row in &page.rows {
            self.take(&mut found, row, Some(inside.fan), known.key.as_ref());
        }
        self.at.inside = Some(Inside {
            fan: inside.fan,
            place: inside.place + usize::from(page.next.is_none()),
            after: page.next,
        });
        self.in_hand = Some((inside.fan, known));
        Ok(found)
    }

    /// Keys and conversations of fans, in one round trip for fifty of them.
    async fn known(
        &self,
        fans: impl Iterator<Item = FanId>,
    ) -> Result<HashMap<FanId, Known>, AppError> {
        let fans: BTreeSet<_> = fans.collect();
        let mut read = self.db.read_many();
        let slots: Vec<_> = fans
            .into_iter()
            .map(|fan| {
                let key = read.find::<FanKeyRow>(&keys::fan_key(fan));
                (fan, key, read.find::<FanRow>(&keys::fan(fan)))
            })
            .collect();
        let found = Box::pin(read.send()).await?;
        let mut known = HashMap::new();
        for (fan, key, row) in slots {
            let key = match found.get(key)? {
                Some(key) => Some(self.key.open_fan_key(fan, &key.row.wrapped)?),
                None => None,
            };
            let chats = found.get(row)?.map(|row| row.row.chats);
            known.insert(
                fan,
                Known {
                    key,
                    chats: chats.unwrap_or_default(),
                },
            );
        }
        Ok(known)
    }

    fn take(&self, found: &mut Found, row: &Raw, owner: Option<FanId>, fan: Option<&FanKey>) {
        let Some(kind) = self.kinds.iter().find(|kind| kind.name == row.kind) else {
            return;
        };
        let opens = Opens {
            tenant: self.key,
            fan,
        };
        let (record, lost) = record(row, kind.fields, opens);
        let user = owner.and_then(|one| self.key.peer_ids().user_of(one).ok());
        let person = user.map(|user| user.to_string());
        found.lost += lost;
        found.entries.push(Entry {
            section: kind.name,
            record,
            person: person.clone(),
        });
        if row.kind == FanRow::KIND {
            found.entries.extend(number(row, person));
        }
    }
}

/// The first rows of every place of a fan, up to the first that has more.
async fn begin(db: &TenantDb<Worker>, fan: FanId, known: Known) -> Result<Begun, AppError> {
    let (mut rows, mut rest) = (Vec::new(), None);
    for (place, (table, pk)) in places(fan, &known.chats).into_iter().enumerate() {
        let page = db.raw(table, &pk, None, AHEAD).await?;
        rows.extend(page.rows);
        if let Some(after) = page.next {
            rest = Some(Inside {
                fan,
                place,
                after: Some(after),
            });
            break;
        }
    }
    Ok(Begun {
        fan,
        known,
        rows,
        rest,
    })
}

/// By which number Telegram knows the fan of this row, as a record of its own.
fn number(row: &Raw, person: Option<String>) -> Option<Entry> {
    let fields = [
        ("fan", text(row, "id")?),
        ("telegram_id", person.as_deref()?),
    ];
    let record = fields.map(|(name, value)| (name.to_owned(), Value::from(value)));
    Some(Entry {
        section: NUMBERS.name,
        record: record.into_iter().collect(),
        person,
    })
}

/// Every partition in which rows of a fan stand.
fn places(fan: FanId, chats: &[ConversationId]) -> Vec<(Table, String)> {
    let mut places = vec![(Table::Tenant, keys::fan(fan).pk)];
    for chat in chats {
        let pk = keys::conversation(*chat).pk;
        places.push((Table::Tenant, pk.clone()));
        places.push((Table::Work, pk));
    }
    places
}

fn text<'a>(row: &'a Raw, name: &str) -> Option<&'a str> {
    match row.fields.get(name)? {
        Attribute::Plain(value) => value.as_str(),
        Attribute::Sealed(_) => None,
    }
}

fn chat_of(row: &Raw) -> Option<ConversationId> {
    text(row, "conversation")?.parse().ok()
}

/// Whether a row is an account's own, or a connection of it.
fn is_of(row: &Raw, account: BusinessAccountId) -> bool {
    let is_named =
        |name| text(row, name).and_then(|id| id.parse::<BusinessAccountId>().ok()) == Some(account);
    is_named("id") || is_named("account")
}
