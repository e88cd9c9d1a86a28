//! What the tables say about a number: the row of the chain, the entry that it names, and what ties the entry to it.

use domain::ids::TenantId;
use store::row::{AuditRow, ChainRow, ChainedRow};
use store::{Answers, Direction, Page, Row, Slot, StoreError, TenantDb, keys};
use tenancy::Reads;

use crate::chain::{Claim, Hash, How, canonical};
use crate::horizon::Horizon;

/// A row as it was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Seen<T> {
    /// There.
    Row(T),
    /// Not there.
    Absent,
    /// There, in a form that we never wrote.
    Unreadable,
}

impl<T: Row> Seen<T> {
    fn of(answers: &Answers, slot: Slot<T>) -> Result<Self, StoreError> {
        match answers.get(slot) {
            Ok(Some(found)) => Ok(Self::Row(found.row)),
            Ok(None) => Ok(Self::Absent),
            Err(StoreError::Form(_)) => Ok(Self::Unreadable),
            Err(error) => Err(error),
        }
    }

    fn present(&self) -> Result<&T, How> {
        match self {
            Self::Row(row) => Ok(row),
            Self::Absent => Err(How::Missing),
            Self::Unreadable => Err(How::Edited),
        }
    }
}

/// All that is kept about one number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) chain: Seen<ChainRow>,
    pub(crate) entry: Seen<AuditRow>,
    pub(crate) chained: Seen<ChainedRow>,
}

impl Evidence {
    /// What the rows say together; nothing where no row of the chain stands. An entry may be gone where the horizon says so.
    ///
    /// # Errors
    /// In which way the rows contradict each other.
    pub(crate) fn claim(
        &self,
        tenant: TenantId,
        seq: u64,
        horizon: &Horizon,
    ) -> Result<Option<Claim>, How> {
        if self.chain == Seen::Absent {
            return Ok(None);
        }
        let chain = self.chain.present()?;
        let hash: Result<Hash, How> = chain.hash.parse().map_err(|_| How::Edited);
        let prev: Result<Hash, How> = chain.prev.parse().map_err(|_| How::Edited);
        // Whether the number's hash is that of this content, so that nothing here is another's.
        let fits = |entry: &AuditRow| {
            let own = prev.map(|prev| prev.followed_by(canonical(tenant, seq, entry).as_bytes()));
            own.is_ok_and(|own| hash == Ok(own))
        };
        let is_whole = matches!(&self.entry, Seen::Row(entry) if fits(entry));
        if chain.seq != seq {
            return Err(stranger(is_whole));
        }
        let entry = match &self.entry {
            Seen::Absent if horizon.has_passed(chain) => None,
            seen => Some(seen.present()?),
        };
        if let Some(entry) = entry.filter(|entry| (entry.at, entry.id) != (chain.at, chain.id)) {
            let named = AuditRow {
                at: chain.at,
                id: chain.id,
                ..entry.clone()
            };
            return Err(stranger(entry.id == chain.id || fits(&named)));
        }
        let chained = self.chained.present()?;
        if chained.seq != seq || (chained.at, chained.id) != (chain.at, chain.id) {
            return Err(stranger(is_whole));
        }
        let hash = hash?;
        let claim = Claim {
            seq: chain.seq,
            prev: prev?,
            hash,
            entry: entry.map(|entry| canonical(tenant, seq, entry)),
        };
        if chained.hash != chain.hash {
            // Whichever of the two witnesses agrees with the entry is the one that was left alone.
            return Err(if claim.own() == Some(hash) {
                How::Overwritten
            } else {
                How::Edited
            });
        }
        Ok(Some(claim))
    }
}

/// What a row is that names another number or entry than its place does: changed where the rest is this number's, another's
/// where it is not.
const fn stranger(is_of_this_number: bool) -> How {
    match is_of_this_number {
        true => How::Edited,
        false => How::Swapped,
    }
}

/// Reads what is kept about some numbers, in their order. Two round trips.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn read<R: Reads>(
    db: &TenantDb<R>,
    numbers: std::ops::Range<u64>,
) -> Result<Vec<Evidence>, StoreError> {
    let mut reads = db.read_many();
    let slots: Vec<_> = numbers
        .map(|seq| reads.find::<ChainRow>(&keys::chain(seq)))
        .collect();
    let answers = Box::pin(reads.send()).await?;
    let chain = slots
        .into_iter()
        .map(|slot| Seen::of(&answers, slot))
        .collect::<Result<Vec<_>, _>>()?;
    let mut reads = db.read_many();
    let slots: Vec<_> = chain
        .iter()
        .map(|seen| match seen {
            Seen::Row(row) => Some((
                reads.find::<AuditRow>(&keys::audit(row.at, row.id)),
                reads.find::<ChainedRow>(&keys::chained(row.at, row.id)),
            )),
            Seen::Absent | Seen::Unreadable => None,
        })
        .collect();
    let answers = Box::pin(reads.send()).await?;
    chain
        .into_iter()
        .zip(slots)
        .map(|(chain, slots)| {
            let (entry, chained) = match slots {
                Some((entry, chained)) => {
                    (Seen::of(&answers, entry)?, Seen::of(&answers, chained)?)
                }
                None => (Seen::Absent, Seen::Absent),
            };
            Ok(Evidence {
                chain,
                entry,
                chained,
            })
        })
        .collect()
}

/// What it means that a number is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    /// Nothing stands behind it either: the chain ends before it.
    End,
    /// It has been given since it was looked for.
    Given,
    /// Later numbers are there: it was deleted.
    Hole,
}

/// Tells why a number was not there. What stands behind it is looked for first and the number itself once more after that:
/// numbers are given in their order, so one that is still missing then is missing for good.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn absence<R: Reads>(db: &TenantDb<R>, seq: u64) -> Result<Absence, StoreError> {
    let page = Page {
        pk: keys::CHAIN,
        from: &keys::chain(seq + 1).sk,
        to: "~",
        direction: Direction::Forward,
        limit: 1,
    };
    let behind = match Box::pin(db.list::<ChainRow>(&page)).await {
        Ok(found) => !found.is_empty(),
        // Something stands there, whatever it is.
        Err(StoreError::Form(_)) => true,
        Err(error) => return Err(error),
    };
    if !behind {
        return Ok(Absence::End);
    }
    let again = Box::pin(read(db, seq..seq + 1)).await?;
    Ok(match again.first().map(|evidence| &evidence.chain) {
        Some(Seen::Row(_) | Seen::Unreadable) => Absence::Given,
        Some(Seen::Absent) | None => Absence::Hole,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::tests::{TENANT, entry};
    use crate::chain::{Finding, Head, follow};
    use anchors::{Anchor, Archived};
    use domain::Timestamp;
    use domain::audit::LASTS;

    /// Two years and a day after the entries of these tests.
    fn later() -> Timestamp {
        entry(1)
            .at
            .plus(LASTS + std::time::Duration::from_secs(24 * 3600))
    }

    /// One anchor, of the day of these entries by its name.
    fn horizon(seq: u64, written_at: Timestamp, now: Timestamp) -> Horizon {
        let anchor = Anchor {
            day: "2026-11-23".into(),
            seq,
            hash: Hash::GENESIS.to_string(),
        };
        Horizon::of(&[Archived { anchor, written_at }], now)
    }

    fn evidence(seq: u64, number: u8, prev: Hash) -> Evidence {
        let entry = entry(number);
        let hash = prev
            .followed_by(canonical(TENANT, seq, &entry).as_bytes())
            .to_string();
        Evidence {
            chain: Seen::Row(ChainRow {
                seq,
                id: entry.id,
                at: entry.at,
                prev: prev.to_string(),
                hash: hash.clone(),
            }),
            chained: Seen::Row(ChainedRow {
                id: entry.id,
                at: entry.at,
                seq,
                hash,
            }),
            entry: Seen::Row(entry),
        }
    }

    fn verdict(evidence: &Evidence) -> Result<Head, Finding> {
        let claim = evidence
            .claim(TENANT, 1, &Horizon::of(&[], later()))
            .map_err(|how| Finding::at(1, how))?;
        follow(Head::START, claim.as_ref())
    }

    #[test]
    fn an_entry_may_be_gone_only_where_an_anchor_is_as_old_as_it_should_be() {
        let then = entry(1).at;
        let gone = Evidence {
            entry: Seen::Absent,
            ..evidence(1, 1, Hash::GENESIS)
        };
        let claim = |horizon: Horizon| gone.claim(TENANT, 1, &horizon);
        let accepted = claim(horizon(1, then, later()))
            .expect("over")
            .expect("a number");
        assert_eq!((accepted.seq, accepted.entry), (1, None));
        // One that does not reach the number, one that was written lately under an old name, and a time that is not over.
        let short = horizon(0, then, later());
        let lately = horizon(1, later(), later());
        let early = horizon(
            1,
            then,
            then.plus(LASTS - std::time::Duration::from_secs(61)),
        );
        for refused in [short, lately, early] {
            assert_eq!(claim(refused), Err(How::Missing), "{refused:?}");
        }
        let damaged = Evidence {
            entry: Seen::Unreadable,
            ..gone.clone()
        };
        let old = horizon(1, then, later());
        assert_eq!(damaged.claim(TENANT, 1, &old), Err(How::Edited));
    }

    #[test]
    fn an_entry_that_ends_while_its_log_is_read_is_not_missed() {
        let then = entry(1).at;
        let gone = Evidence {
            entry: Seen::Absent,
            ..evidence(1, 1, Hash::GENESIS)
        };
        let begun = then.plus(LASTS - std::time::Duration::from_secs(5));
        let claim = gone.claim(TENANT, 1, &horizon(1, then, begun));
        assert!(claim.is_ok_and(|claim| claim.is_some()));
    }

    #[test]
    fn of_an_entry_that_is_gone_both_witnesses_must_agree() {
        let mut gone = evidence(1, 1, Hash::GENESIS);
        gone.entry = Seen::Absent;
        if let Seen::Row(chained) = &mut gone.chained {
            chained.hash = Hash::GENESIS.followed_by(b"x").to_string();
        }
        let old = horizon(1, entry(1).at, later());
        assert_eq!(gone.claim(TENANT, 1, &old), Err(How::Edited));
    }

    fn changed(change: impl FnOnce(&mut ChainRow, &mut AuditRow, &mut ChainedRow)) -> Option<How> {
        let mut evidence = evidence(1, 1, Hash::GENESIS);
        let (Seen::Row(chain), Seen::Row(entry), Seen::Row(chained)) = (
            &mut evidence.chain,
            &mut evidence.entry,
            &mut evidence.chained,
        ) else {
            return None;
        };
        change(chain, entry, chained);
        verdict(&evidence).err().map(|finding| finding.how)
    }

    #[test]
    fn rows_as_they_were_written_agree() {
        assert_eq!(changed(|_, _, _| {}), None);
        assert!(verdict(&evidence(1, 1, Hash::GENESIS)).is_ok());
    }

    #[test]
    fn each_row_that_was_changed_alone_is_an_edit_or_an_overwriting() {
        let edits = [
            changed(|_, entry, _| entry.actor = domain::audit::Actor::System),
            changed(|_, entry, _| entry.new = None),
            changed(|chain, _, _| chain.prev = Hash::GENESIS.followed_by(b"x").to_string()),
            changed(|chain, _, _| chain.hash = "gone".into()),
        ];
        assert_eq!(edits, [Some(How::Edited); 4]);
        let witness = changed(|_, _, chained| {
            chained.hash = Hash::GENESIS.followed_by(b"x").to_string();
        });
        assert_eq!(witness, Some(How::Overwritten));
    }

    #[test]
    fn a_row_whose_place_alone_was_changed_in_it_is_edited_and_nobody_elses() {
        let moved = |at: Timestamp| Timestamp::from_millis(at.millis() + 1);
        let other = entry(9).id;
        let edits = [
            changed(|_, entry, _| entry.at = moved(entry.at)),
            changed(|_, entry, _| entry.id = other),
            changed(|_, entry, _| {
                entry.at = moved(entry.at);
                entry.new = None;
            }),
            changed(|chain, _, _| chain.seq = 2),
            changed(|_, _, chained| chained.at = moved(chained.at)),
            changed(|_, _, chained| chained.id = other),
            changed(|_, _, chained| chained.seq = 2),
        ];
        assert_eq!(edits, [Some(How::Edited); 7]);
    }

    #[test]
    fn a_row_that_is_gone_is_missing() {
        let whole = evidence(1, 1, Hash::GENESIS);
        for gone in [
            Evidence {
                chain: Seen::Absent,
                ..whole.clone()
            },
            Evidence {
                entry: Seen::Absent,
                ..whole.clone()
            },
            Evidence {
                chained: Seen::Absent,
                ..whole.clone()
            },
        ] {
            assert_eq!(verdict(&gone), Err(Finding::at(1, How::Missing)));
        }
        let damaged = Evidence {
            entry: Seen::Unreadable,
            ..whole
        };
        assert_eq!(verdict(&damaged), Err(Finding::at(1, How::Edited)));
    }

    #[test]
    fn rows_of_another_number_are_swapped_even_when_the_number_was_made_to_fit() {
        let mut other = evidence(2, 2, Hash::GENESIS);
        assert_eq!(verdict(&other), Err(Finding::at(1, How::Swapped)));
        if let Seen::Row(chain) = &mut other.chain {
            chain.seq = 1;
        }
        assert_eq!(verdict(&other), Err(Finding::at(1, How::Swapped)));
        // The content of another entry under this one's key.
        let mut moved = evidence(1, 1, Hash::GENESIS);
        moved.entry = Seen::Row(entry(2));
        assert_eq!(verdict(&moved), Err(Finding::at(1, How::Swapped)));
    }

    #[test]
    fn an_entry_written_anew_with_its_hash_is_given_away_by_the_second_witness() {
        let mut forged = evidence(1, 1, Hash::GENESIS);
        if let (Seen::Row(entry), Seen::Row(chain)) = (&mut forged.entry, &mut forged.chain) {
            entry.action = domain::audit::Action::BotRotate;
            chain.hash = Hash::GENESIS
                .followed_by(canonical(TENANT, 1, entry).as_bytes())
                .to_string();
        }
        assert_eq!(verdict(&forged), Err(Finding::at(1, How::Overwritten)));
    }
}
