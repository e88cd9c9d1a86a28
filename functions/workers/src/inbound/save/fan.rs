//! The fan's row, and the lists that the fan is found in.
//!
//! Lists are written where a fan is new, has another name, or begins another conversation. What a known fan writes costs no
//! row and no call beside those of the message.

use std::collections::BTreeSet;

use app::{AppError, FanLists, SealsJson, place, relist};
use domain::{Sealed, Timestamp};
use store::keys::FanList;
use store::row::FanRow;
use store::{Found, Transaction, keys};
use vault::FanKey;

use super::super::load::Loaded;
use super::super::state::{Chat, Fan};
use super::{Desk, put};

impl Desk<'_> {
    /// Adds the fan, if anything about it changed.
    pub(super) fn write_fan(
        &self,
        transaction: &mut Transaction<'_>,
        loaded: &Loaded,
        after: &Chat,
        key: &FanKey,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let (before, former) = (loaded.chat.fan.as_ref(), loaded.fan.as_ref());
        let Some(fan) = &after.fan else {
            return Ok(());
        };
        let begins = after.head.is_some() && !knows(former, self.at.conversation);
        if before == Some(fan) && !begins {
            return Ok(());
        }
        let row = self.fan_row(fan, former, key, begins, now)?;
        put(transaction, &row, former);
        let lists = || FanLists::of(self.key);
        let (mut out, mut into) = (BTreeSet::new(), BTreeSet::new());
        match before {
            None => {
                into = lists().named(&fan.profile.profile);
                into.insert(FanList::All);
            }
            Some(known) if known.profile.profile != fan.profile.profile => {
                let lists = lists();
                out = lists.named(&known.profile.profile);
                into = lists.named(&fan.profile.profile);
            }
            Some(_) => {}
        }
        if begins {
            into.insert(FanList::Bot(self.at.bot));
        }
        relist(transaction, &row, &out, &into);
        Ok(())
    }

    fn fan_row(
        &self,
        fan: &Fan,
        former: Option<&Found<FanRow>>,
        key: &FanKey,
        begins: bool,
        now: Timestamp,
    ) -> Result<FanRow, AppError> {
        let id = self.at.fan;
        let profile = key.seal_json(
            &place::<FanRow>(&keys::fan(id), "profile"),
            &fan.profile,
            self.entropy(),
        )?;
        let fresh = || FanRow::new(id, Sealed::default(), now);
        let mut row = FanRow {
            profile,
            source: fan.source.clone(),
            stopped_at: fan.stopped_at,
            first_seen: fan.first_seen,
            last_seen: fan.last_seen,
            restricted_at: fan.restricted_at,
            no_ai_at: fan.no_ai_at,
            ..former.map_or_else(fresh, |found| found.row.clone())
        };
        row.chats.extend(begins.then_some(self.at.conversation));
        Ok(row)
    }
}

fn knows(fan: Option<&Found<FanRow>>, conversation: domain::ids::ConversationId) -> bool {
    fan.is_some_and(|found| found.row.chats.contains(&conversation))
}
