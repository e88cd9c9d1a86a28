//! The due index: what `tick` looks at every minute.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::Timestamp;
use domain::ids::{BotId, ConversationId, PrivacyRequestId, TenantId};
use domain::notice::{MailLane, NoticeId};
use futures::future::try_join_all;

use crate::error::database;
use crate::item::Found;
use crate::keys;
use crate::read::Access;
use crate::row::TickRow;
use crate::{StoreError, Table, Transaction};

/// Something of a tenant's that should be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DueWork {
    /// A bot's outbox.
    Outbox {
        /// Whose bot.
        tenant: TenantId,
        /// Which.
        bot: BotId,
    },
    /// A turn of Sofi.
    Turn {
        /// Whose bot.
        tenant: TenantId,
        /// Which.
        bot: BotId,
        /// Where.
        conversation: ConversationId,
    },
    /// A mail.
    Notice {
        /// In whose partition.
        tenant: TenantId,
        /// Which queue it belongs to.
        lane: MailLane,
        /// Which.
        notice: NoticeId,
    },
    /// An erasure that is not finished.
    Erasure {
        /// Whose.
        tenant: TenantId,
        /// Which.
        request: PrivacyRequestId,
    },
    /// An export that is not finished, or whose file is to go.
    Export {
        /// Whose.
        tenant: TenantId,
        /// Which.
        request: PrivacyRequestId,
    },
    /// A closing of a workspace that is not over.
    Closing {
        /// Whose.
        tenant: TenantId,
        /// Which.
        request: PrivacyRequestId,
    },
    /// A workspace that is to be searched for fans whose time is over.
    Retention {
        /// Whose.
        tenant: TenantId,
    },
    /// A workspace whose copy of what it bought is to be compared with Stripe.
    Reconciliation {
        /// Whose.
        tenant: TenantId,
    },
    /// An audit log: entries without a number, or a day without an anchor.
    Audit {
        /// Whose.
        tenant: TenantId,
    },
}

/// Something that was erased, and that an older copy may bring back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Erased {
    /// Fans of a workspace.
    Fans {
        /// Whose.
        tenant: TenantId,
    },
    /// All of a workspace, or of a person's account.
    Workspace {
        /// Which.
        tenant: TenantId,
        /// By which closing.
        request: PrivacyRequestId,
    },
}

/// The due index and `tick`'s place in it. Ids only; it opens no tenant's row.
pub struct DueDb(pub(crate) Access);

impl DueDb {
    /// What is due between two moments, both included, each thing once. Each day in between is asked for by itself.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_between(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<DueWork>, StoreError> {
        let mut found = Vec::new();
        for day in from.day()..=to.day() {
            let shards = (0..keys::SHARDS)
                .map(|shard| Box::pin(self.shard(keys::due_of(shard, day), from, to)));
            found.extend(try_join_all(shards).await?.into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// What began to be erased on this day, each thing once. Only the role that replays erasures asks.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn erased_on(&self, day: i64) -> Result<BTreeSet<Erased>, StoreError> {
        let shards = (0..keys::SHARDS).map(|shard| {
            let partition = keys::erased_on(shard, day);
            Box::pin(self.entries(partition, None))
        });
        let entries = try_join_all(shards).await?.into_iter().flatten();
        Ok(entries.filter_map(|sort| erased(&sort)).collect())
    }

    async fn shard(
        &self,
        partition: String,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<DueWork>, StoreError> {
        let bounds = keys::due_between(from, to);
        let entries = self.entries(partition, Some(bounds)).await?;
        Ok(entries.iter().filter_map(|sort| entry(sort)).collect())
    }

    /// The sort keys of a partition of the index, or those of them between two.
    async fn entries(
        &self,
        partition: String,
        bounds: Option<(String, String)>,
    ) -> Result<Vec<String>, StoreError> {
        let query = self
            .0
            .client
            .query()
            .table_name(self.0.table(Table::Work)?)
            .index_name("due")
            .expression_attribute_names("#pk", "dpk")
            .expression_attribute_values(":pk", AttributeValue::S(partition));
        let query = match bounds {
            None => query.key_condition_expression("#pk = :pk"),
            Some((from, to)) => query
                .key_condition_expression("#pk = :pk AND #sk BETWEEN :from AND :to")
                .expression_attribute_names("#sk", "dsk")
                .expression_attribute_values(":from", AttributeValue::S(from))
                .expression_attribute_values(":to", AttributeValue::S(to)),
        };
        let mut found = Vec::new();
        let mut start = None;
        loop {
            let answer = query
                .clone()
                .set_exclusive_start_key(start.take())
                .send()
                .await
                .map_err(database)?;
            let entries = answer.items.unwrap_or_default();
            found.extend(
                entries
                    .iter()
                    .filter_map(|item| item.get("dsk")?.as_s().ok().cloned()),
            );
            match answer.last_evaluated_key {
                Some(key) => start = Some(key),
                None => return Ok(found),
            }
        }
    }

    /// How far the last complete sweep got.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn swept(&self) -> Result<Option<Found<TickRow>>, StoreError> {
        self.0.find(&keys::tick_cursor()).await
    }

    /// Remembers a complete sweep; `before` is the row as it was read or remembered. Gives the row as it is now.
    ///
    /// # Errors
    /// [`StoreError::Condition`] when another sweep was faster.
    pub async fn remember(
        &self,
        swept_minute: i64,
        before: Option<&Found<TickRow>>,
    ) -> Result<Found<TickRow>, StoreError> {
        let row = TickRow { swept_minute };
        let mut transaction = Transaction::new(&self.0);
        let rev = match before {
            Some(found) => {
                transaction.replace(&row, found.rev);
                found.rev + 1
            }
            None => {
                transaction.create(&row);
                1
            }
        };
        transaction.commit().await?;
        Ok(Found { row, rev })
    }
}

fn erased(sort: &str) -> Option<Erased> {
    let (tenant, workspace) = keys::erased_of(sort)?;
    Some(match workspace {
        Some(request) => Erased::Workspace { tenant, request },
        None => Erased::Fans { tenant },
    })
}

fn entry(sort: &str) -> Option<DueWork> {
    let mut parts = sort.split('#').skip(1);
    let tenant = TenantId::from_suffix(parts.next()?).ok()?;
    let bot = BotId::from_suffix(parts.next()?).ok()?;
    let unique = parts.next().unwrap_or_default();
    if let Some((lane, notice)) = keys::notice_of(unique) {
        return Some(DueWork::Notice {
            tenant,
            lane,
            notice,
        });
    }
    if let Some(request) = keys::erasure_of(unique) {
        return Some(DueWork::Erasure { tenant, request });
    }
    if let Some(request) = keys::export_of(unique) {
        return Some(DueWork::Export { tenant, request });
    }
    if let Some(request) = keys::closing_of(unique) {
        return Some(DueWork::Closing { tenant, request });
    }
    Some(match keys::turn_of(unique) {
        Some(conversation) => DueWork::Turn {
            tenant,
            bot,
            conversation,
        },
        None if unique == keys::AUDIT_MARK => DueWork::Audit { tenant },
        None if unique == keys::RETENTION_MARK => DueWork::Retention { tenant },
        None if unique == keys::RECONCILIATION_MARK => DueWork::Reconciliation { tenant },
        None => DueWork::Outbox { tenant, bot },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Due;
    use domain::Timestamp;

    #[test]
    fn a_due_entry_reads_back_what_it_is_about() {
        let (tenant, bot) = (TenantId::from_bytes([1; 16]), BotId::from_bytes([2; 16]));
        let conversation = ConversationId::from_bytes([3; 16]);
        let notice = NoticeId::parse("verify-7").expect("an id");
        let turn = DueWork::Turn {
            tenant,
            bot,
            conversation,
        };
        let mail = |lane| DueWork::Notice {
            tenant,
            lane,
            notice: notice.clone(),
        };
        let request = PrivacyRequestId::from_bytes([4; 16]);
        let erasure = keys::due_erasure(tenant, request, Timestamp::from_seconds(60));
        let export = keys::due_export(tenant, request, Timestamp::from_seconds(60));
        let closing = keys::due_closing(tenant, request, Timestamp::from_seconds(60));
        for (unique, work) in [
            (closing.unique, DueWork::Closing { tenant, request }),
            (erasure.unique, DueWork::Erasure { tenant, request }),
            (export.unique, DueWork::Export { tenant, request }),
            ("x".to_owned(), DueWork::Outbox { tenant, bot }),
            (keys::due_turn(conversation), turn),
            (keys::AUDIT_MARK.to_owned(), DueWork::Audit { tenant }),
            (
                keys::RETENTION_MARK.to_owned(),
                DueWork::Retention { tenant },
            ),
            (
                keys::RECONCILIATION_MARK.to_owned(),
                DueWork::Reconciliation { tenant },
            ),
            (
                keys::due_notice(MailLane::Security, &notice),
                mail(MailLane::Security),
            ),
            (
                keys::due_notice(MailLane::Bulk, &notice),
                mail(MailLane::Bulk),
            ),
        ] {
            let due = keys::due(&Due {
                at: Timestamp::from_seconds(60),
                tenant,
                bot,
                unique,
            });
            assert_eq!(entry(&due.sk), Some(work));
        }
        assert_eq!(entry("nonsense"), None);
    }

    #[test]
    fn what_is_due_in_the_first_and_in_the_last_millisecond_is_between_them() {
        let (tenant, bot) = (TenantId::from_bytes([1; 16]), BotId::from_bytes([2; 16]));
        let sort = |millis| {
            keys::due(&Due {
                at: Timestamp::from_millis(millis),
                tenant,
                bot,
                unique: String::new(),
            })
            .sk
        };
        let (low, high) = keys::due_between(
            Timestamp::from_millis(120_000),
            Timestamp::from_millis(179_999),
        );
        let within = |millis| (low.clone()..=high.clone()).contains(&sort(millis));
        assert!(within(120_000) && within(179_999));
        assert!(!within(119_999) && !within(180_000));
    }

    #[test]
    fn what_was_erased_reads_back_and_no_sweep_comes_to_it() {
        let tenant = TenantId::from_bytes([1; 16]);
        let request = PrivacyRequestId::from_bytes([4; 16]);
        let at = Timestamp::from_seconds(20_780 * 86_400 + 5);
        for (is_fan, expected) in [
            (true, Erased::Fans { tenant }),
            (false, Erased::Workspace { tenant, request }),
        ] {
            let key = keys::erased_entry(tenant, request, is_fan, at);
            assert_eq!(erased(&key.sk), Some(expected));
            let swept = (0..keys::SHARDS).map(|shard| keys::due_of(shard, at.day()));
            assert!(swept.into_iter().all(|partition| partition != key.pk));
            let days = (0..keys::SHARDS).map(|shard| keys::erased_on(shard, 20_780));
            assert_eq!(days.into_iter().filter(|day| *day == key.pk).count(), 1);
        }
        assert_eq!(erased("nonsense"), None);
    }
}
