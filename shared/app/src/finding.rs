//! How fans are found: the lists that a fan stands in, by name and by tag.
//!
//! Whoever changes a profile or tags writes what [`relist`] adds into the transaction of the change. A list is a hint:
//! whoever follows it compares with the fan itself.

use std::collections::BTreeSet;

use domain::content::FanProfile;
use futures::future::try_join_all;
use store::keys::{self, FanList};
use store::row::{FanEntryRow, FanRow, TagRow};
use store::{Direction, Found, Page, StoreError, TenantDb, Transaction};
use tenancy::Reads;
use vault::{SearchMarks, TenantKey};
use wording::{beginnings, longest_beginning, name_words};

/// Words of first and last name that a fan is found by.
const NAME_WORDS: usize = 4;
/// Words of the @name.
const USERNAME_WORDS: usize = 3;
/// A tenant's lists of fans.
pub struct FanLists(SearchMarks);

impl FanLists {
    /// Those of this tenant.
    pub fn of(key: &TenantKey) -> Self {
        Self(key.search_marks())
    }

    /// Every list that the names of a profile put a fan into.
    pub fn named(&self, profile: &FanProfile) -> BTreeSet<FanList> {
        let kept = kept(profile);
        kept.iter()
            .map(|beginning| FanList::Named(self.0.word(beginning)))
            .collect()
    }

    /// The list in which to look a word of a search up. The word is one of [`name_words`]'.
    pub fn beginning(&self, word: &str) -> FanList {
        FanList::Named(self.0.word(longest_beginning(word)))
    }

    /// The list of a tag, whatever its case.
    pub fn tagged(&self, tag: &str) -> FanList {
        FanList::Tagged(self.tag(tag))
    }

    /// The mark of a tag, whatever its case.
    pub fn tag(&self, tag: &str) -> String {
        self.0.tag(&tag.to_lowercase())
    }
}

/// The beginnings of words that a profile is found by.
fn kept(profile: &FanProfile) -> BTreeSet<String> {
    let names = [
        Some(profile.first_name.as_str()),
        profile.last_name.as_deref(),
    ];
    let names = names.into_iter().flatten().flat_map(name_words);
    let username = profile.username.iter().flat_map(|name| name_words(name));
    let words: Vec<_> = names
        .take(NAME_WORDS)
        .chain(username.take(USERNAME_WORDS))
        .collect();
    let beginnings = words.iter().flat_map(|word| beginnings(word));
    beginnings.map(str::to_owned).collect()
}

/// Takes a fan out of lists and puts it into others. No condition: nothing that fails here can fail the change.
pub fn relist(
    transaction: &mut Transaction<'_>,
    fan: &FanRow,
    before: &BTreeSet<FanList>,
    after: &BTreeSet<FanList>,
) {
    let entry = |list: &FanList| FanEntryRow {
        list: list.clone(),
        fan: fan.id,
        at: fan.listed_at,
    };
    for list in before.difference(after) {
        transaction.delete_any::<FanEntryRow>(&store::Row::key(&entry(list)));
    }
    for list in after.difference(before) {
        transaction.put_any(&entry(list));
    }
}

/// Rows of these tags that nobody has any more. Each is as it was before the look at who has the tag: whoever deletes it at that
/// revision loses none that was used again meanwhile.
///
/// # Errors
/// When the database does not answer.
pub async fn unused_tags<R: Reads>(
    db: &TenantDb<R>,
    lists: &FanLists,
    tags: &[String],
) -> Result<Vec<Found<TagRow>>, StoreError> {
    let mut reads = db.read_many();
    let slots: Vec<_> = tags
        .iter()
        .map(|tag| (tag, reads.find::<TagRow>(&keys::tag(&lists.tag(tag)))))
        .collect();
    let found = reads.send().await?;
    let mut looks = Vec::new();
    for (tag, slot) in slots {
        if let Some(row) = found.get(slot)? {
            looks.push(async move {
                let is_unused = has_nobody(db, lists, tag).await?;
                Ok::<_, StoreError>(is_unused.then_some(row))
            });
        }
    }
    let unused = try_join_all(looks).await?;
    Ok(unused.into_iter().flatten().collect())
}

async fn has_nobody<R: Reads>(
    db: &TenantDb<R>,
    lists: &FanLists,
    tag: &str,
) -> Result<bool, StoreError> {
    let pk = lists.tagged(tag).partitions().concat();
    let page = Page {
        pk: &pk,
        from: "0",
        to: "~",
        direction: Direction::Backward,
        limit: 1,
    };
    Ok(db.list::<FanEntryRow>(&page).await?.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(first: &str, last: &str, username: &str) -> FanProfile {
        FanProfile {
            first_name: first.into(),
            last_name: Some(last.into()),
            username: Some(username.into()),
            ..FanProfile::default()
        }
    }

    #[test]
    fn a_fan_is_found_by_first_name_last_name_and_every_part_of_the_username() {
        let kept = kept(&profile("Zoë", "Ďurková", "zd_photos"));
        for beginning in ["zo", "zoe", "durko", "zd", "pho"] {
            assert!(kept.contains(beginning), "{beginning}");
        }
        assert!(!kept.contains("z") && !kept.contains("durkova"));
    }

    #[test]
    fn a_rename_has_room_in_a_transaction_beside_all_that_goes_along_with_a_message() {
        let long = profile(
            "Alexandria Bartholomea Constantina",
            "Featherstonehaugh Grosvenor",
            "desdemona_evangelina_imogen_jacintha",
        );
        assert_eq!(kept(&long).len(), 35);
        // Twenty-four rows at the most, and three for lists that have nothing to do with names.
        assert!(2 * kept(&long).len() + 27 <= 100);
    }
}
