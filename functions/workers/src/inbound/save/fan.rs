//! The fan's row, and the lists that the fan is found in.
//!
//! Lists are written where a fan is new, has another name, or begins another conversation; that the workspace holds the person
//! is written with a new fan. What a known fan writes costs no row and no call beside those of the message.

use std::collections::BTreeSet;

use app::{AppError, FanLists, SealsJson, place, relist};
use domain::consent::{ConsentAct, ConsentPurpose};
use domain::{Sealed, Timestamp};
use store::keys::FanList;
use store::row::{ConsentRow, FanRow, HolderRow};
use store::{Found, Transaction, keys};
use vault::FanKey;

use super::super::load::Loaded;
use super::super::state::{Chat, Fan, Version};
use super::{Desk, put};

impl Desk<'_> {
    /// That the workspace holds the person, where the profile begins. No call, but for the key of the marks every five minutes.
    pub(super) async fn holder(
        &self,
        loaded: &Loaded,
        after: &Chat,
    ) -> Result<Option<HolderRow>, AppError> {
        if loaded.chat.fan.is_some() || after.fan.is_none() {
            return Ok(None);
        }
        let (tenant, fan) = (self.scope.tenant(), self.at.fan);
        let holder = Box::pin(self.app.holder(tenant, self.key, fan)).await?;
        Ok(Some(holder))
    }

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
        for word in words(fan, former.map(|found| &found.row), &row) {
            transaction.put_any(&word);
        }
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
        let at = keys::fan(id);
        let profile = place::<FanRow>(&at, "profile");
        let profile = key.seal_json(&profile, &fan.profile, self.entropy())?;
        let source = fan.source.as_ref().map(|said| {
            let place = place::<FanRow>(&at, "source");
            key.seal_json(&place, said, self.entropy())
        });
        let fresh = || FanRow::new(id, Sealed::default(), now);
        let row = FanRow {
            profile,
            source: source.transpose()?,
            stopped_at: fan.stopped_at,
            first_seen: fan.first_seen,
            last_seen: fan.last_seen,
            restricted_at: fan.restricted_at,
            no_ai_at: fan.no_ai_at,
            ..former.map_or_else(fresh, |found| found.row.clone())
        };
        let mut row = self.app.with_sealed_tags(key, row)?;
        row.chats.extend(begins.then_some(self.at.conversation));
        Ok(match fan.care_at.filter(|_| fan.cared_for_here) {
            Some(since) => row.with_care_in(self.at.conversation, since),
            None => row,
        })
    }
}

/// What the fan says anew on what may be done: a row for each word, beside the fan's own, where only the newest stands.
fn words(fan: &Fan, before: Option<&FanRow>, row: &FanRow) -> Vec<ConsentRow> {
    let was = |since: fn(&FanRow) -> Option<Timestamp>| before.and_then(since);
    let said = |version: Option<Version>| version.map(Version::at);
    let all = [
        (
            ConsentPurpose::Marketing,
            (was(|row| row.stopped_at), row.stopped_at),
            None,
        ),
        (
            ConsentPurpose::Use,
            (was(|row| row.restricted_at), row.restricted_at),
            said(fan.profile.restricted_as_of),
        ),
        (
            ConsentPurpose::Ai,
            (was(|row| row.no_ai_at), row.no_ai_at),
            said(fan.profile.no_ai_as_of),
        ),
    ];
    let word = |(purpose, (was, is), said): (_, (Option<Timestamp>, Option<Timestamp>), _)| {
        // What was taken back has no moment in the row; what decided it has.
        let at = is.or(said).filter(|_| is_new(was, is))?;
        Some(ConsentRow::of_fan(
            row.id,
            purpose,
            ConsentAct::of(is.is_some()),
            at,
        ))
    };
    all.into_iter().filter_map(word).collect()
}

/// Whether a word is none that holds already. Said again it is; an earlier one that came late is not.
fn is_new(was: Option<Timestamp>, is: Option<Timestamp>) -> bool {
    match (was, is) {
        (Some(was), Some(is)) => is < was,
        (was, is) => was != is,
    }
}

fn knows(fan: Option<&Found<FanRow>>, conversation: domain::ids::ConversationId) -> bool {
    fan.is_some_and(|found| found.row.chats.contains(&conversation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::FanId;

    fn row() -> FanRow {
        FanRow::new(
            FanId::from_bytes([1; 16]),
            Sealed::default(),
            Timestamp::default(),
        )
    }

    fn said(fan: &Fan, before: Option<&FanRow>) -> Vec<(Option<String>, i64)> {
        let after = FanRow {
            stopped_at: fan.stopped_at,
            restricted_at: fan.restricted_at,
            no_ai_at: fan.no_ai_at,
            ..row()
        };
        words(fan, before, &after)
            .into_iter()
            .map(|word| (word.command, word.at.seconds()))
            .collect()
    }

    #[test]
    fn p31_each_new_word_is_written_down_with_its_moment_and_a_repeated_one_is_not() {
        let mut fan = Fan::new(Timestamp::from_seconds(1));
        assert!(said(&fan, None).is_empty());
        fan.stopped_at = Some(Timestamp::from_seconds(5));
        fan.refuse_ai(true, Version(7, 1));
        let both = [(Some("/stop".to_owned()), 5), (Some("/noai".to_owned()), 7)];
        assert_eq!(said(&fan, None), both);
        let before = FanRow {
            stopped_at: fan.stopped_at,
            no_ai_at: fan.no_ai_at,
            ..row()
        };
        assert!(said(&fan, Some(&before)).is_empty());
        fan.refuse_ai(true, Version(8, 1));
        assert!(said(&fan, Some(&before)).is_empty(), "said again");
        fan.stopped_at = Some(Timestamp::from_seconds(4));
        let late = [(Some("/stop".to_owned()), 4)];
        assert_eq!(said(&fan, Some(&before)), late, "an earlier one came late");
        fan.stopped_at = before.stopped_at;
        fan.refuse_ai(false, Version(9, 2));
        assert_eq!(said(&fan, Some(&before)), [(Some("/ai".to_owned()), 9)]);
    }
}
