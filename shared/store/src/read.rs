//! Reading: the few non-generic calls, and typed answers around them.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use domain::Clock;
use domain::ids::TenantId;
use domain::role::DataScope;

use crate::db::{Direction, Page, Traced, TracedPage};
use crate::error::database;
use crate::item::{Found, Item, full_key, key_attributes};
use crate::keys::LocalKey;
use crate::{Row, StoreError, Table, TableNames};

/// DynamoDB's limit of one batch.
const BATCH: usize = 100;
/// DynamoDB's limit of one `IN`.
const ONE_OF: usize = 100;

type Attributes = HashMap<String, AttributeValue>;

pub(crate) struct Access {
    pub(crate) client: Client,
    pub(crate) names: Arc<TableNames>,
    pub(crate) tenant: Option<TenantId>,
    pub(crate) data: DataScope,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Access {
    pub(crate) fn table(&self, table: Table) -> Result<&str, StoreError> {
        self.names.of(table).ok_or(StoreError::NoTable(table))
    }

    /// Whether a row, by the attribute that names its bot, is within what the member may see.
    pub(crate) fn shows(&self, item: &Item, bot: Option<&str>) -> bool {
        let (Some(bot), Some(seen)) = (bot, self.data.bots()) else {
            return true;
        };
        let named = item.text(bot);
        named.is_some_and(|named| seen.iter().any(|seen| seen.to_string() == named))
    }

    pub(crate) async fn find<T: Row>(
        &self,
        key: &LocalKey,
    ) -> Result<Option<Found<T>>, StoreError> {
        let item = Box::pin(self.get(T::TABLE, key)).await?;
        item.filter(|item| !item.expired(self.clock.now().seconds()) && self.shows(item, T::BOT))
            .map(|item| item.parse())
            .transpose()
    }

    async fn get(&self, table: Table, key: &LocalKey) -> Result<Option<Item>, StoreError> {
        let (pk, sk) = full_key(table, self.tenant, key);
        let call = self
            .client
            .get_item()
            .table_name(self.table(table)?)
            .set_key(Some(key_attributes(pk, sk)));
        let answer = call.consistent_read(true).send().await.map_err(database)?;
        Ok(answer.item.map(Item))
    }

    pub(crate) async fn list<T: Row>(
        &self,
        page: &Page<'_>,
        index: Option<&str>,
    ) -> Result<Vec<Found<T>>, StoreError> {
        let now = self.clock.now().seconds();
        let shows = |item: &Item| !item.expired(now) && self.shows(item, T::BOT);
        let items = Box::pin(self.query(T::TABLE, page, index, &shows)).await?;
        items.iter().map(Item::parse).collect()
    }

    /// Keys and kinds alone.
    pub(crate) async fn trace(
        &self,
        table: Table,
        pk: &str,
        limit: usize,
    ) -> Result<Vec<Traced>, StoreError> {
        let mut found = Vec::new();
        let mut start = None;
        loop {
            let (rows, next) = Box::pin(self.traced((table, pk), None, start, limit)).await?;
            found.extend(rows);
            match next {
                Some(key) if found.len() < limit => start = Some(key),
                _ => {
                    found.truncate(limit);
                    return Ok(found);
                }
            }
        }
    }

    /// The same of those rows of one page that name one of these ids: most rows of a shared partition are others'.
    pub(crate) async fn mentions(
        &self,
        (table, pk): (Table, &str),
        only: (&str, &[String]),
        after: Option<&str>,
        page: usize,
    ) -> Result<TracedPage, StoreError> {
        if only.1.is_empty() {
            return Ok(TracedPage::default());
        }
        let start = after.map(|sk| {
            let local = LocalKey {
                pk: pk.to_owned(),
                sk: sk.to_owned(),
            };
            let (pk, sk) = full_key(table, self.tenant, &local);
            key_attributes(pk, sk)
        });
        let (rows, next) = Box::pin(self.traced((table, pk), Some(only), start, page)).await?;
        let next = next.map(Item);
        Ok(TracedPage {
            rows,
            next: next.and_then(|key| key.text("sk").map(str::to_owned)),
        })
    }

    /// One of DynamoDB's pages, and the key behind which it goes on.
    async fn traced(
        &self,
        (table, pk): (Table, &str),
        only: Option<(&str, &[String])>,
        start: Option<Attributes>,
        limit: usize,
    ) -> Result<(Vec<Traced>, Option<Attributes>), StoreError> {
        let local = |sk: &str| LocalKey {
            pk: pk.to_owned(),
            sk: sk.to_owned(),
        };
        let (full_pk, _) = full_key(table, self.tenant, &local(""));
        let mut call = self
            .client
            .query()
            .table_name(self.table(table)?)
            .consistent_read(true)
            .key_condition_expression("#pk = :pk")
            .projection_expression("#sk, #kind")
            .expression_attribute_names("#pk", "pk")
            .expression_attribute_names("#sk", "sk")
            .expression_attribute_names("#kind", "kind")
            .expression_attribute_values(":pk", AttributeValue::S(full_pk))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(start);
        if let Some((name, ids)) = only {
            call = call
                .expression_attribute_names("#only", name)
                .filter_expression(one_of(ids.len()));
            for (index, id) in ids.iter().enumerate() {
                let id = AttributeValue::S(id.clone());
                call = call.expression_attribute_values(format!(":id{index}"), id);
            }
        }
        let answer = Box::pin(call.send()).await.map_err(database)?;
        let items = answer.items.unwrap_or_default().into_iter().map(Item);
        let rows = items.filter_map(|item| {
            Some(Traced {
                table,
                key: local(item.text("sk")?),
                kind: item.text("kind")?.to_owned(),
            })
        });
        Ok((rows.collect(), answer.last_evaluated_key))
    }

    /// Reads on until `limit` rows that show are there or the partition ends: DynamoDB's pages, expired rows and those out
    /// of the member's sight leave no gap.
    async fn query(
        &self,
        table: Table,
        page: &Page<'_>,
        index: Option<&str>,
        shows: &(dyn Fn(&Item) -> bool + Sync),
    ) -> Result<Vec<Item>, StoreError> {
        let (pk, _) = full_key(
            table,
            self.tenant,
            &LocalKey {
                pk: page.pk.to_owned(),
                sk: String::new(),
            },
        );
        let (pk_name, sk_name) = if index.is_some() {
            ("lpk", "lsk")
        } else {
            ("pk", "sk")
        };
        let mut found = Vec::new();
        let mut start: Option<HashMap<String, AttributeValue>> = None;
        loop {
            let wanted = i32::try_from(page.limit - found.len()).unwrap_or(i32::MAX);
            let answer = self
                .client
                .query()
                .table_name(self.table(table)?)
                .set_index_name(index.map(str::to_owned))
                .consistent_read(index.is_none())
                .key_condition_expression("#pk = :pk AND #sk BETWEEN :from AND :to")
                .expression_attribute_names("#pk", pk_name)
                .expression_attribute_names("#sk", sk_name)
                .expression_attribute_values(":pk", AttributeValue::S(pk.clone()))
                .expression_attribute_values(":from", AttributeValue::S(page.from.to_owned()))
                .expression_attribute_values(":to", AttributeValue::S(page.to.to_owned()))
                .scan_index_forward(page.direction == Direction::Forward)
                .limit(wanted.max(1))
                .set_exclusive_start_key(start.take())
                .send()
                .await
                .map_err(database)?;
            found.extend(
                answer
                    .items
                    .unwrap_or_default()
                    .into_iter()
                    .map(Item)
                    .filter(shows),
            );
            match answer.last_evaluated_key {
                Some(key) if found.len() < page.limit => start = Some(key),
                _ => return Ok(found),
            }
        }
    }

    async fn batch(
        &self,
        wanted: &[(Table, String, String)],
    ) -> Result<HashMap<(Table, String, String), Item>, StoreError> {
        let mut found = HashMap::new();
        for chunk in wanted.chunks(BATCH) {
            let mut remaining = Some(self.request(chunk)?);
            while let Some(request) = remaining.take() {
                let call = self
                    .client
                    .batch_get_item()
                    .set_request_items(Some(request));
                let answer = call.send().await.map_err(database)?;
                for (name, items) in answer.responses.unwrap_or_default() {
                    let table = self.names.table_of(&name);
                    for item in items.into_iter().map(Item) {
                        if let (Some(table), Some(pk), Some(sk)) =
                            (table, item.text("pk"), item.text("sk"))
                        {
                            found.insert((table, pk.to_owned(), sk.to_owned()), item);
                        }
                    }
                }
                remaining = answer.unprocessed_keys.filter(|keys| !keys.is_empty());
            }
        }
        Ok(found)
    }

    fn request(
        &self,
        chunk: &[(Table, String, String)],
    ) -> Result<HashMap<String, KeysAndAttributes>, StoreError> {
        let mut request: HashMap<String, KeysAndAttributes> = HashMap::new();
        let mut by_table: HashMap<Table, Vec<HashMap<String, AttributeValue>>> = HashMap::new();
        for (table, pk, sk) in chunk {
            let keys = by_table.entry(*table).or_default();
            let key = key_attributes(pk.clone(), sk.clone());
            // BatchGetItem refuses the same key twice; both readers get the one answer.
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        for (table, keys) in by_table {
            let wanted = KeysAndAttributes::builder()
                .set_keys(Some(keys))
                .consistent_read(true)
                .build();
            let wanted = wanted.expect("keys are set");
            request.insert(self.table(table)?.to_owned(), wanted);
        }
        Ok(request)
    }
}

/// A place in the answers of [`ReadMany`].
#[derive(Debug)]
pub struct Slot<T> {
    index: usize,
    row: PhantomData<fn() -> T>,
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slot<T> {}

/// Several reads in one round trip.
pub struct ReadMany<'a> {
    access: &'a Access,
    wanted: Vec<(Table, String, String)>,
    bots: Vec<Option<&'static str>>,
}

impl<'a> ReadMany<'a> {
    pub(crate) const fn new(access: &'a Access) -> Self {
        Self {
            access,
            wanted: Vec::new(),
            bots: Vec::new(),
        }
    }

    /// Asks for a row.
    pub fn find<T: Row>(&mut self, key: &LocalKey) -> Slot<T> {
        let (pk, sk) = full_key(T::TABLE, self.access.tenant, key);
        self.wanted.push((T::TABLE, pk, sk));
        self.bots.push(T::BOT);
        Slot {
            index: self.wanted.len() - 1,
            row: PhantomData,
        }
    }

    /// Reads them all, consistently. At most one call for each hundred keys.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn send(self) -> Result<Answers, StoreError> {
        if self.wanted.is_empty() {
            return Ok(Answers { items: Vec::new() });
        }
        let now = self.access.clock.now().seconds();
        let found = Box::pin(self.access.batch(&self.wanted)).await?;
        let items = self
            .wanted
            .iter()
            .zip(&self.bots)
            .map(|(key, bot)| {
                let living = found.get(key).filter(|item| !item.expired(now));
                living.filter(|item| self.access.shows(item, *bot)).cloned()
            })
            .collect();
        Ok(Answers { items })
    }
}

/// What [`ReadMany`] found.
pub struct Answers {
    items: Vec<Option<Item>>,
}

impl Answers {
    /// The row of a slot, if it is there.
    ///
    /// # Errors
    /// When the row has another form than its type.
    pub fn get<T: Row>(&self, slot: Slot<T>) -> Result<Option<Found<T>>, StoreError> {
        self.items
            .get(slot.index)
            .and_then(Option::as_ref)
            .map(Item::parse)
            .transpose()
    }
}

/// That `#only` is one of so many values, `:id0` and so on.
fn one_of(values: usize) -> String {
    let slots: Vec<_> = (0..values).map(|index| format!(":id{index}")).collect();
    let parts = slots.chunks(ONE_OF);
    let parts: Vec<_> = parts
        .map(|slots| format!("#only IN ({})", slots.join(", ")))
        .collect();
    parts.join(" OR ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_named_by_as_many_lists_as_the_database_takes() {
        assert_eq!(one_of(2), "#only IN (:id0, :id1)");
        let long = one_of(ONE_OF + 1);
        assert!(long.ends_with(":id99) OR #only IN (:id100)"), "{long}");
    }
}
