//! The way through what is sealed, slice by slice.

use std::collections::BTreeMap;
use std::time::Duration;

use app::{App, AppError};
use domain::ids::{ConversationId, FanId};
use domain::registry::Registered as _;
use domain::{Entropy, Sealed};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use lambda::Invocation;
use serde::{Deserialize, Serialize};
use store::row::FanRow;
use store::{SealedRow, StoreError, Table, TenantDb, keys};
use tenancy::Worker;
use vault::{FanKey, Place, TenantKey, is_former};

use super::steps::{Step, places, steps};
use crate::holdings::bots;

/// Rows of a partition that are read at once, and written at the same time.
const ROWS: usize = 200;
const AT_ONCE: usize = 8;
/// Where a fan's key stands in its row.
const WRAPPED: &str = "wrapped";
/// Where a fan's tags stand.
const TAGS: &str = "tags";

/// Where the walk is: everything before was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Position {
    /// The partition.
    pk: String,
    /// Behind this sort key.
    after: Option<String>,
    /// Within the fan who comes next in a list.
    inside: Option<Inside>,
}

/// Within the rows of a fan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inside {
    fan: FanId,
    /// The partition; absent: the first.
    pk: Option<String>,
    after: Option<String>,
}

/// What became of values in a former form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    /// Sealed anew.
    pub(crate) resealed: u64,
    /// Not: somebody else wrote the row meanwhile, or no key opens them any more.
    pub(crate) left: u64,
}

impl Counted {
    fn add(&mut self, other: Self) {
        self.resealed += other.resealed;
        self.left += other.left;
    }
}

/// How much one call does.
pub(crate) struct Slice {
    invocation: Invocation,
    reserve: Duration,
    pages: Option<u32>,
}

impl Slice {
    /// Until so little time is left, or so many pages of rows were gone through.
    pub(crate) const fn new(invocation: Invocation, reserve: Duration, pages: Option<u32>) -> Self {
        Self {
            invocation,
            reserve,
            pages,
        }
    }

    fn is_over(&self) -> bool {
        self.pages == Some(0) || self.invocation.left() < self.reserve
    }

    fn page(&mut self) {
        self.pages = self.pages.map(|pages| pages.saturating_sub(1));
    }
}

/// Keys that may open a value of a row.
#[derive(Clone, Copy)]
struct Opens<'a> {
    tenant: &'a TenantKey,
    fan: Option<&'a FanKey>,
}

/// What leads to the rows of a fan and opens them.
struct Known {
    key: Option<FanKey>,
    chats: Vec<ConversationId>,
}

/// Goes through the rows of one tenant.
pub(crate) struct Walk<'a> {
    app: &'a App,
    db: &'a TenantDb<Worker>,
    key: &'a TenantKey,
    slice: Slice,
    /// What this slice came to.
    pub(crate) counted: Counted,
}

impl<'a> Walk<'a> {
    /// Has done nothing yet.
    pub(crate) fn new(
        app: &'a App,
        db: &'a TenantDb<Worker>,
        key: &'a TenantKey,
        slice: Slice,
    ) -> Self {
        Self {
            app,
            db,
            key,
            slice,
            counted: Counted::default(),
        }
    }

    /// Goes on behind a place until the slice is over, and gives the place behind what is done; nothing at the end of the way.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn go_on(
        &mut self,
        from: Option<Position>,
    ) -> Result<Option<Position>, AppError> {
        let way = steps(&bots(self.db).await?);
        let (first, mut from) = resumed(&way, from);
        for step in way.into_iter().skip(first) {
            let at = from.take().unwrap_or_else(|| beginning(&step));
            if let Some(stopped) = Box::pin(self.step(&step, at)).await? {
                return Ok(Some(stopped));
            }
        }
        Ok(None)
    }

    /// A partition up to its end, or the place where the slice was over.
    async fn step(&mut self, step: &Step, mut at: Position) -> Result<Option<Position>, AppError> {
        loop {
            if self.slice.is_over() {
                return Ok(Some(at));
            }
            let after = at.after.as_deref();
            let page = self.db.sealed(step.table, &step.pk, after, ROWS).await?;
            if step.lists_fans {
                if let Some(stopped) = Box::pin(self.fans(at, &page.rows)).await? {
                    return Ok(Some(stopped));
                }
            } else {
                self.slice.page();
                Box::pin(self.partition(page.rows)).await?;
            }
            let Some(next) = page.next else {
                return Ok(None);
            };
            at = Position {
                after: Some(next),
                ..beginning(step)
            };
        }
    }

    /// Rows that belong to no single fan, but for those that say whose they are.
    async fn partition(&mut self, rows: Vec<SealedRow>) -> Result<(), AppError> {
        let (of_fans, others): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| fan_of(row).is_some());
        self.rows(others, None).await?;
        for row in of_fans {
            let Some(fan) = fan_of(&row) else {
                continue;
            };
            let known = Box::pin(self.known(fan)).await?;
            self.rows(vec![row], known.key.as_ref()).await?;
        }
        Ok(())
    }

    /// The fans of a page of a list, or the place within one of them.
    async fn fans(
        &mut self,
        mut at: Position,
        entries: &[SealedRow],
    ) -> Result<Option<Position>, AppError> {
        for entry in entries {
            if let Some(fan) = fan_of(entry) {
                let inside = at.inside.take().filter(|inside| inside.fan == fan);
                if let Some(stopped) = Box::pin(self.fan(fan, inside)).await? {
                    at.inside = Some(stopped);
                    return Ok(Some(at));
                }
            }
            at.after = Some(entry.key().sk.clone());
        }
        Ok(None)
    }

    /// Everything of a fan, or the place where the slice was over.
    async fn fan(
        &mut self,
        fan: FanId,
        inside: Option<Inside>,
    ) -> Result<Option<Inside>, AppError> {
        let known = Box::pin(self.known(fan)).await?;
        let way = places(fan, &known.chats);
        let (first, mut after) = within(&way, inside);
        for pk in way.into_iter().skip(first) {
            loop {
                if self.slice.is_over() {
                    let pk = Some(pk);
                    return Ok(Some(Inside { fan, pk, after }));
                }
                let page = self
                    .db
                    .sealed(Table::Tenant, &pk, after.as_deref(), ROWS)
                    .await?;
                self.slice.page();
                self.rows(page.rows, known.key.as_ref()).await?;
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(None)
    }

    /// A fan's key, wrapped anew where it has to be, and conversations.
    async fn known(&mut self, fan: FanId) -> Result<Known, AppError> {
        let profile = self.db.find::<FanRow>(&keys::fan(fan)).await?;
        let chats = profile.map(|profile| profile.row.chats).unwrap_or_default();
        let pk = keys::fan_key(fan).pk;
        let page = self.db.sealed(Table::Keys, &pk, None, 1).await?;
        let row = page.rows.into_iter().next();
        let wrapped = row.and_then(|row| Some((row.sealed().remove(WRAPPED)?, row)));
        let Some((wrapped, row)) = wrapped else {
            return Ok(Known { key: None, chats });
        };
        // One that does not open leads to what does not open either, which is counted there.
        let key = self.key.open_fan_key(fan, &wrapped).ok();
        let entropy = self.app.entropy.as_ref();
        match self.key.rewrap_fan_key(fan, &wrapped, entropy) {
            Ok(None) => {}
            Ok(Some(anew)) => {
                let anew = BTreeMap::from([(WRAPPED.to_owned(), anew)]);
                let written = Box::pin(write(self.db, row, anew)).await?;
                self.counted.add(written);
            }
            Err(_) => self.counted.left += 1,
        }
        Ok(Known { key, chats })
    }

    /// Seals anew what of these rows is in a former form.
    async fn rows(&mut self, rows: Vec<SealedRow>, fan: Option<&FanKey>) -> Result<(), AppError> {
        let opens = Opens {
            tenant: self.key,
            fan,
        };
        let mut due = Vec::new();
        for row in rows {
            let (mut anew, closed) = renewed(&row, opens, self.app.entropy.as_ref());
            self.counted.left += closed;
            if let Some(tags) = self.tags(&row, fan)? {
                anew.insert(TAGS.to_owned(), tags);
            }
            if !anew.is_empty() {
                due.push((row, anew));
            }
        }
        let db = self.db;
        let done: Vec<Counted> = stream::iter(due)
            .map(|(row, anew)| Box::pin(write(db, row, anew)))
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        for counted in done {
            self.counted.add(counted);
        }
        Ok(())
    }

    /// Tags that an earlier release left unsealed, of a fan whose row nobody has written since.
    fn tags(&self, row: &SealedRow, key: Option<&FanKey>) -> Result<Option<Sealed>, AppError> {
        let is_fans = row.text("kind") == Some(FanRow::KIND);
        let fan = row.text("id").filter(|_| is_fans);
        let fan: Option<FanId> = fan.and_then(|id| id.parse().ok());
        let (Some(fan), Some(key), Some(former)) = (fan, key, row.texts(TAGS)) else {
            return Ok(None);
        };
        let tags = self.app.seal_tags(key, fan, &former)?;
        Ok(tags.and_then(|tags| tags.sealed().ok().cloned()))
    }
}

/// One row, if nobody has written or deleted it since.
async fn write(
    db: &TenantDb<Worker>,
    row: SealedRow,
    anew: BTreeMap<String, Sealed>,
) -> Result<Counted, AppError> {
    let mut transaction = db.transaction();
    transaction.reseal(&row, &anew);
    let values = u64::try_from(anew.len()).unwrap_or(u64::MAX);
    Ok(written(transaction.commit().await, values)?)
}

fn written(committed: Result<(), StoreError>, values: u64) -> Result<Counted, StoreError> {
    match committed {
        Ok(()) => Ok(Counted {
            resealed: values,
            left: 0,
        }),
        Err(error) if error.is_race() => Ok(Counted {
            resealed: 0,
            left: values,
        }),
        Err(error) => Err(error),
    }
}

/// What a row has in a former form, sealed anew, and how many values no key opens. No row says which key sealed a value, so both
/// are tried: what is bound to its place opens under one key only, and stays under that.
fn renewed(
    row: &SealedRow,
    opens: Opens<'_>,
    entropy: &dyn Entropy,
) -> (BTreeMap<String, Sealed>, u64) {
    let (mut anew, mut closed) = (BTreeMap::new(), 0);
    let former = row.sealed().into_iter();
    for (name, sealed) in former.filter(|(_, sealed)| is_former(sealed)) {
        let place = Place {
            table: row.table().name(),
            pk: &row.key().pk,
            sk: &row.key().sk,
            field: &name,
        };
        let of_fan = opens
            .fan
            .and_then(|key| key.reseal(&place, &sealed, entropy).ok());
        let of_tenant = || opens.tenant.reseal(&place, &sealed, entropy).ok();
        match of_fan.or_else(of_tenant).flatten() {
            Some(sealed) => {
                anew.insert(name, sealed);
            }
            None => closed += 1,
        }
    }
    (anew, closed)
}

fn fan_of(row: &SealedRow) -> Option<FanId> {
    row.text("fan")?.parse().ok()
}

fn beginning(step: &Step) -> Position {
    Position {
        pk: step.pk.clone(),
        after: None,
        inside: None,
    }
}

/// The step of a place, and the place. Where the partition is not on the way any more, the way begins again: nothing is sealed
/// twice.
fn resumed(way: &[Step], from: Option<Position>) -> (usize, Option<Position>) {
    let found = from.and_then(|from| {
        let step = way.iter().position(|step| step.pk == from.pk)?;
        Some((step, from))
    });
    found.map_or((0, None), |(step, from)| (step, Some(from)))
}

/// The same among the partitions of a fan.
fn within(way: &[String], inside: Option<Inside>) -> (usize, Option<String>) {
    let found = inside.and_then(|inside| {
        let place = way.iter().position(|pk| inside.pk.as_ref() == Some(pk))?;
        Some((place, inside.after))
    });
    found.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(pk: &str, after: Option<&str>) -> Position {
        Position {
            pk: pk.to_owned(),
            after: after.map(str::to_owned),
            inside: None,
        }
    }

    #[test]
    fn a_walk_goes_on_where_it_stopped_whatever_has_come_before_it() {
        let way = steps(&[]);
        assert_eq!(resumed(&way, None), (0, None));
        let place = at(keys::TAGS, Some("a"));
        let (step, from) = resumed(&way, Some(place.clone()));
        assert_eq!(way[step].pk, keys::TAGS);
        assert_eq!(from, Some(place.clone()));
        let (later, _) = resumed(&way[1..], Some(place));
        assert_eq!(later, step - 1, "by its name, not by its number");
    }

    #[test]
    fn a_place_that_is_gone_begins_the_way_again() {
        let way = steps(&[]);
        assert_eq!(resumed(&way, Some(at("GONE", None))), (0, None));
        let fans = ["A".to_owned(), "B".to_owned()];
        let inside = |pk: &str| Inside {
            fan: FanId::from_bytes([1; 16]),
            pk: Some(pk.to_owned()),
            after: Some("s".to_owned()),
        };
        assert_eq!(within(&fans, Some(inside("B"))), (1, Some("s".to_owned())));
        assert_eq!(within(&fans, Some(inside("C"))), (0, None));
        assert_eq!(within(&fans, None), (0, None));
    }

    #[test]
    fn whoever_was_faster_is_left_alone_and_counted() {
        let resealed = Counted {
            resealed: 2,
            left: 0,
        };
        assert_eq!(written(Ok(()), 2).ok(), Some(resealed));
        let lost = written(Err(StoreError::Condition(Vec::new())), 2);
        let left = Counted {
            resealed: 0,
            left: 2,
        };
        assert_eq!(lost.ok(), Some(left));
        assert!(written(Err(StoreError::Shape), 2).is_err());
    }

    #[test]
    fn a_slice_ends_with_its_pages() {
        let mut slice = Slice::new(Invocation::in_process("a"), Duration::ZERO, Some(1));
        assert!(!slice.is_over());
        slice.page();
        assert!(slice.is_over());
        let mut whole = Slice::new(Invocation::in_process("a"), Duration::ZERO, None);
        whole.page();
        assert!(!whole.is_over());
    }
}
