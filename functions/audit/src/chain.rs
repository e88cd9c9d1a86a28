//! The chain: `hash(n) = SHA-256(hash(n - 1) || canonical bytes of entry n)`, and what can be wrong with it. Pure: the same
//! functions number entries, answer the verification route and check an export offline.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::audit::{Action, Actor, Subject};
use domain::ids::{AuditEntryId, TenantId};
use domain::{Sealed, Timestamp};
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};
use store::row::AuditRow;
use utoipa::ToSchema;

/// A SHA-256, shown as 64 digits in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash([u8; 32]);

impl Hash {
    /// What stands before the first entry: zeros.
    pub const GENESIS: Self = Self([0; 32]);

    /// The hash of bytes that follow on nothing.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::finish(&[bytes])
    }

    /// The hash of an entry that follows on this one.
    #[must_use]
    pub fn followed_by(&self, canonical: &[u8]) -> Self {
        Self::finish(&[self.0.as_slice(), canonical])
    }

    fn finish(parts: &[&[u8]]) -> Self {
        let mut context = Context::new(&SHA256);
        for part in parts {
            context.update(part);
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(context.finish().as_ref());
        Self(hash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A text that is not 64 hexadecimal digits in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a hash")]
pub struct ParseHashError;

impl FromStr for Hash {
    type Err = ParseHashError;

    fn from_str(text: &str) -> Result<Self, ParseHashError> {
        let mut hash = [0; 32];
        for (index, byte) in hash.iter_mut().enumerate() {
            let digits = text.get(2 * index..2 * index + 2).ok_or(ParseHashError)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| ParseHashError)?;
        }
        // One spelling only: no sign, no capitals, nothing behind.
        Some(Self(hash))
            .filter(|hash| hash.to_string() == text)
            .ok_or(ParseHashError)
    }
}

/// Version of the canonical form.
const VERSION: u8 = 1;

/// An entry as it is hashed: keys in alphabetical order, no blanks, ASCII only, so that any writer of JSON makes the same
/// bytes of it.
#[derive(Serialize)]
struct Canonical {
    action: Action,
    actor: Actor,
    at: Timestamp,
    id: AuditEntryId,
    new: Option<String>,
    old: Option<String>,
    seq: u64,
    subject: Subject,
    tenant: TenantId,
    v: u8,
}

/// The bytes that are hashed for an entry at its place. Values count as ciphertext: they can become unreadable without the
/// chain noticing.
#[must_use]
pub fn canonical(tenant: TenantId, seq: u64, entry: &AuditRow) -> String {
    let base64 = |value: &Option<Sealed>| value.as_ref().map(|v| STANDARD.encode(v.as_bytes()));
    let form = Canonical {
        action: entry.action,
        actor: entry.actor,
        at: entry.at,
        id: entry.id,
        new: base64(&entry.new),
        old: base64(&entry.old),
        seq,
        subject: entry.subject,
        tenant,
        v: VERSION,
    };
    serde_json::to_string(&form).expect("words, ids and numbers are JSON")
}

/// Up to where a chain has been followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last number; zero before the first.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

impl Head {
    /// Before the first entry.
    pub const START: Self = Self {
        seq: 0,
        hash: Hash::GENESIS,
    };
}

/// What stands at a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The number that it says it has.
    pub seq: u64,
    /// The hash that it says it follows on.
    pub prev: Hash,
    /// The hash that it says it has.
    pub hash: Hash,
    /// The entry's canonical bytes, made with the number that is looked at; none once its time was over and it is gone.
    /// Whoever makes the claim has made sure of that: a number without its entry is taken at its word.
    pub entry: Option<String>,
}

impl Claim {
    /// The hash that its entry makes; none where that is gone.
    pub(crate) fn own(&self) -> Option<Hash> {
        let entry = self.entry.as_ref()?;
        Some(self.prev.followed_by(entry.as_bytes()))
    }
}

/// In which way a log is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The entry, or what is kept beside it, was changed.
    Edited,
    /// The entry or its number was deleted.
    Missing,
    /// What stands here belongs to another number.
    Swapped,
    /// The entry was replaced together with its hash.
    Overwritten,
    /// An entry that no number was ever given.
    Unchained,
}

/// The first thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The number; none for an entry without one.
    pub seq: Option<u64>,
    /// The entry, where only that is known.
    pub entry: Option<AuditEntryId>,
    /// In which way.
    pub how: How,
}

impl Finding {
    /// At a number.
    #[must_use]
    pub const fn at(seq: u64, how: How) -> Self {
        Self {
            seq: Some(seq),
            entry: None,
            how,
        }
    }
}

/// Follows the chain by one number; `next` is what stands there.
///
/// # Errors
/// What is wrong. A row that agrees with itself but follows on another hash than that of its predecessor shows that the
/// predecessor was written anew, so the predecessor's number is named.
pub fn follow(head: Head, next: Option<&Claim>) -> Result<Head, Finding> {
    let seq = head.seq + 1;
    let claim = next.ok_or(Finding::at(seq, How::Missing))?;
    if claim.seq != seq {
        return Err(Finding::at(seq, How::Swapped));
    }
    if claim.own().is_some_and(|own| own != claim.hash) {
        return Err(Finding::at(seq, How::Edited));
    }
    if claim.prev != head.hash {
        return Err(Finding::at(head.seq.max(1), How::Overwritten));
    }
    Ok(Head {
        seq,
        hash: claim.hash,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::ids::{BotId, UserId};

    pub(crate) const TENANT: TenantId = TenantId::from_bytes([1; 16]);

    pub(crate) fn entry(number: u8) -> AuditRow {
        AuditRow {
            id: AuditEntryId::from_bytes([number; 16]),
            action: Action::BotRepair,
            actor: Actor::Person(UserId::from_bytes([2; 16])),
            subject: Subject::Bot(BotId::from_bytes([3; 16])),
            at: Timestamp::from_millis(1_795_456_800_000 + i64::from(number)),
            old: None,
            new: Some(Sealed::from_bytes(vec![number, 255])),
        }
    }

    fn claims(count: u8) -> Vec<Claim> {
        let mut head = Head::START;
        (1..=count)
            .map(|number| {
                let seq = u64::from(number);
                let entry = canonical(TENANT, seq, &entry(number));
                let hash = head.hash.followed_by(entry.as_bytes());
                let prev = std::mem::replace(&mut head.hash, hash);
                Claim {
                    seq,
                    prev,
                    hash,
                    entry: Some(entry),
                }
            })
            .collect()
    }

    fn verdict(claims: &[Option<Claim>]) -> Result<Head, Finding> {
        claims
            .iter()
            .try_fold(Head::START, |head, claim| follow(head, claim.as_ref()))
    }

    fn broken(change: impl FnOnce(&mut Vec<Option<Claim>>)) -> Result<Head, Finding> {
        let mut claims = claims(6).into_iter().map(Some).collect();
        change(&mut claims);
        verdict(&claims)
    }

    #[test]
    fn the_canonical_form_is_the_documented_one() {
        assert_eq!(
            canonical(TENANT, 7, &entry(4)),
            "{\"action\":\"bot.repair\",\"actor\":\"usr_020821040G20821040G2082104\",\"at\":1795456800004,\
             \"id\":\"aud_040G2081040G2081040G208104\",\"new\":\"BP8=\",\"old\":null,\"seq\":7,\
             \"subject\":\"bot_030C1G60R30C1G60R30C1G60R3\",\"tenant\":\"ten_01040G2081040G2081040G2081\",\"v\":1}"
                .replace("020821040G20821040G2082104", &UserId::from_bytes([2; 16]).suffix())
        );
    }

    #[test]
    fn an_untouched_chain_ends_in_its_head() {
        let expected = claims(6).pop().map(|claim| Head {
            seq: 6,
            hash: claim.hash,
        });
        assert_eq!(broken(|_| {}).ok(), expected);
        assert_eq!(verdict(&[]), Ok(Head::START));
    }

    #[test]
    fn an_edited_entry_is_named_by_its_number() {
        let edited = broken(|claims| {
            let claim = claims[3].as_mut().expect("a claim");
            let entry = claim.entry.take().expect("an entry");
            claim.entry = Some(entry.replace("bot.repair", "bot.rotate"));
        });
        assert_eq!(edited, Err(Finding::at(4, How::Edited)));
    }

    #[test]
    fn a_deleted_entry_is_named_by_its_number() {
        let missing = broken(|claims| claims[2] = None);
        assert_eq!(missing, Err(Finding::at(3, How::Missing)));
    }

    #[test]
    fn swapped_entries_are_named_by_the_first_of_them() {
        let swapped = broken(|claims| claims.swap(1, 4));
        assert_eq!(swapped, Err(Finding::at(2, How::Swapped)));
    }

    #[test]
    fn an_entry_that_is_replaced_with_a_fitting_hash_is_given_away_by_its_successor() {
        let overwritten = broken(|claims| {
            let claim = claims[3].as_mut().expect("a claim");
            claim.entry = Some(canonical(TENANT, 4, &entry(9)));
            claim.hash = claim.own().expect("an entry");
        });
        assert_eq!(overwritten, Err(Finding::at(4, How::Overwritten)));
    }

    #[test]
    fn what_follows_on_entries_that_are_gone_still_gives_a_forged_hash_away() {
        let whole = broken(|_| {});
        let gone = |claims: &mut Vec<Option<Claim>>| {
            for claim in claims.iter_mut().take(3).flatten() {
                claim.entry = None;
            }
        };
        assert_eq!(broken(gone), whole);
        let forged = broken(|claims| {
            gone(claims);
            let claim = claims[2].as_mut().expect("a claim");
            claim.hash = Hash::GENESIS.followed_by(b"another");
        });
        assert_eq!(forged, Err(Finding::at(3, How::Overwritten)));
    }

    #[test]
    fn values_that_cannot_be_opened_any_more_leave_the_chain_as_it_is() {
        // Nothing of the canonical form is opened: only ciphertext goes into the hash.
        let sealed = entry(4).new.expect("a value");
        assert!(canonical(TENANT, 4, &entry(4)).contains(&STANDARD.encode(sealed.as_bytes())));
    }

    #[test]
    fn a_hash_has_one_spelling() {
        let text = Hash::GENESIS.followed_by(b"x").to_string();
        assert_eq!(
            text.parse::<Hash>().map(|hash| hash.to_string()),
            Ok(text.clone())
        );
        for other in [
            text.to_uppercase(),
            format!("{text}0"),
            text[1..].to_owned(),
            format!("+{}", &text[1..]),
        ] {
            assert!(other.parse::<Hash>().is_err(), "{other}");
        }
    }
}
