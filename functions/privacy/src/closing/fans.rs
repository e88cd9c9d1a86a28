//! The fans of a workspace that is being erased, one after the other. Of each the lists go first, because the profile leads to
//! them; then profile and key together, so that nothing of the fan opens any more; then the rest.

use domain::ids::FanId;
use domain::registry::Registered;
use store::keys::{self, FanList};
use store::row::{ClosingRow, FanEntryRow, FanKeyRow, FanRow};
use store::{Found, Row};

use super::empty::Source;
use super::{Desk, counted};
use crate::erase::Step;
use crate::error::PrivacyError;
use crate::holdings::{Holdings, Place, whole};

impl Desk<'_> {
    /// Erases fan after fan. Done when no list names one.
    pub(super) async fn fans(&mut self) -> Result<Step, PrivacyError> {
        loop {
            if self.is_late().await? {
                return Ok(Step::Stop);
            }
            let step = match (self.work.row.fan, self.next_fan().await?) {
                (Some(fan), _) => Box::pin(self.fan(fan)).await?,
                (None, Some(entry)) => self.take_in_hand(&entry).await?,
                (None, None) => return Ok(Step::Done),
            };
            if step == Step::Stop {
                return Ok(Step::Stop);
            }
        }
    }

    async fn next_fan(&self) -> Result<Option<Found<FanEntryRow>>, PrivacyError> {
        if self.work.row.fan.is_some() {
            return Ok(None);
        }
        for pk in FanList::All.partitions() {
            let listed = self.db.list::<FanEntryRow>(&whole(&pk, 1)).await?;
            if let Some(entry) = listed.into_iter().next() {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// The work names the fan from now on, so that the entry of the list can go.
    async fn take_in_hand(&mut self, entry: &Found<FanEntryRow>) -> Result<Step, PrivacyError> {
        let work = ClosingRow {
            fan: Some(entry.row.fan),
            ..counted(&self.work.row, [FanEntryRow::KIND])
        };
        let key = entry.row.key();
        self.write(work, |transaction| {
            transaction.delete::<FanEntryRow>(&key, entry.rev);
        })
        .await
    }

    /// Goes on with the fan in hand.
    async fn fan(&mut self, fan: FanId) -> Result<Step, PrivacyError> {
        let key = self.app.tenant_key(self.scope).await?;
        let known = self.work.row.chats.clone();
        let with = (self.app, self.scope);
        let holdings = Holdings::of(with, self.db, &key, fan, &known).await?;
        if let Some(rev) = holdings.profile() {
            if self.drain(&Source::Fan(&holdings, &Place::Lists)).await? == Step::Stop {
                return Ok(Step::Stop);
            }
            return self.shred(fan, rev, &holdings).await;
        }
        // What mentions the fan elsewhere went with its partition before.
        for place in &holdings.places() {
            if self.drain(&Source::Fan(&holdings, place)).await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        let done = ClosingRow {
            fan: None,
            chats: Vec::new(),
            ..self.work.row.clone()
        };
        self.write(done, |_| {}).await
    }

    /// Profile and key go together; the work remembers the conversations.
    async fn shred(
        &mut self,
        fan: FanId,
        rev: u64,
        holdings: &Holdings<'_>,
    ) -> Result<Step, PrivacyError> {
        let work = ClosingRow {
            chats: holdings.chats().to_vec(),
            ..counted(&self.work.row, [FanRow::KIND, FanKeyRow::KIND])
        };
        self.write(work, |transaction| {
            transaction.delete::<FanRow>(&keys::fan(fan), rev);
            transaction.delete_any::<FanKeyRow>(&keys::fan_key(fan));
        })
        .await
    }
}
