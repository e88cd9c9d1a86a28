//! One fan of many: read, decide, write; after a lost race again.

use app::{App, AppError, FanLists};
use domain::audit::Action;
use domain::ids::FanId;
use store::TenantDb;
use tenancy::{Chatter, TenantScope};
use vault::TenantKey;

use super::super::{Change, MOST, Names, beyond};
use super::Outcome;
use crate::load::{self, Met};
use crate::note::{Noted, tell};

/// Times that the fan's own doings may come in between.
const TRIES: usize = 6;

/// Everything that the fans have in common.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) scope: &'a TenantScope<Chatter>,
    pub(super) db: &'a TenantDb<Chatter>,
    pub(super) key: &'a TenantKey,
    pub(super) lists: &'a FanLists,
    pub(super) names: Names,
    pub(super) add: Vec<String>,
    pub(super) remove: Vec<String>,
}

/// What became of a fan.
pub(super) struct Done {
    pub(super) outcome: Outcome,
    pub(super) change: Change,
}

/// Nothing changed.
pub(super) fn unchanged(outcome: Outcome) -> Done {
    Done {
        outcome,
        change: Change::between(&[], &[]),
    }
}

impl Desk<'_> {
    /// Changes one fan, as it was read with the others; after a lost race as it is then.
    pub(super) async fn change(&mut self, fan: FanId, met: Option<Met>) -> Result<Done, AppError> {
        let mut read = met;
        for _ in 0..TRIES {
            let Some(met) = read else {
                return Ok(unchanged(Outcome::NotFound));
            };
            let after = changed(&met.tags, &self.add, &self.remove);
            let change = Change::between(&met.tags, &after);
            if change.added.is_empty() && change.removed.is_empty() {
                return Ok(unchanged(Outcome::Unchanged));
            }
            if after.len() > MOST {
                return Ok(unchanged(Outcome::TooManyTags));
            }
            match self.write(&met, &after, &change).await {
                Ok(()) => {
                    self.names.written(self.lists, &change.added);
                    let outcome = Outcome::Changed;
                    return Ok(Done { outcome, change });
                }
                Err(AppError::Store(error)) if error.is_race() => {}
                Err(error) => return Err(error),
            }
            self.names = Names::read(self.db, self.lists, &self.add).await?;
            self.add = self.names.spelled(self.key, self.lists, &self.add)?;
            let again = load::many(self.db, self.scope.data(), self.key, &[fan]).await?;
            read = again.into_iter().next().flatten();
        }
        Ok(unchanged(Outcome::Failed))
    }

    async fn write(&self, met: &Met, after: &[String], change: &Change) -> Result<(), AppError> {
        let mut row = met.fan.row.clone();
        row.tags = self.app.seal_tags(&met.key, row.id, after)?;
        let was = Noted::of(&met.fan.row, &met.key)?;
        let entry = self
            .app
            .audit(self.scope, Action::FanChange, row.id)
            .values(&met.key, Some(&was), Some(&Noted::of(&row, &met.key)?))?;
        let mut transaction = self.db.transaction();
        transaction.replace(&row, met.fan.rev);
        change.relist(&mut transaction, self.lists, &row);
        let (app, given) = (self.app, &change.added);
        self.names
            .write(app, self.key, self.lists, &mut transaction, given)?;
        let newest = met.heads.first().map(|head| head.id);
        tell(app, &mut transaction, &row, newest, &entry);
        Ok(Box::pin(transaction.commit()).await?)
    }
}

/// What stays, in its order, and what comes.
fn changed(tags: &[String], add: &[String], remove: &[String]) -> Vec<String> {
    let kept = beyond(tags, remove);
    let new = beyond(add, &kept);
    kept.into_iter().chain(new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn the_inverse_of_what_was_really_done_is_the_way_back() {
        let before = tags(&["VIP", "old", "Berlin"]);
        let after = changed(&before, &tags(&["vip", "new"]), &tags(&["OLD", "never"]));
        assert_eq!(after, ["VIP", "Berlin", "new"]);
        let done = Change::between(&before, &after);
        assert_eq!(
            (&done.added, &done.removed),
            (&tags(&["new"]), &tags(&["old"]))
        );
        let mut back = changed(&after, &done.removed, &done.added);
        back.sort();
        let mut before = before;
        before.sort();
        assert_eq!(back, before);
    }
}
