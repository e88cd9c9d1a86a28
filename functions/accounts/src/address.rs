//! Changes of the address that a person logs in with, and how they are taken back.
//!
//! A change needs a proof from the new address and is told to the former one, with a link that works for 72 hours. Who has
//! taken over an account can change its address again within that time; each former address keeps its own link, and one
//! that is used makes the links of all later changes void. Otherwise the intruder's own address could bring itself back.

pub(crate) mod begin;
pub(crate) mod complete;
pub(crate) mod restore;

use std::time::Duration;

use domain::Timestamp;
use domain::ids::UserId;
use store::row::{EmailUndo, EmailUndosRow};
use store::{Row as _, Transaction};

/// A change that is not completed is forgotten after this time.
const KEPT: Duration = Duration::from_secs(48 * 3600);
/// How long a change can be taken back.
const UNDONE_FOR: Duration = Duration::from_secs(72 * 3600);
/// Changes that can be taken back at the same time; no more are begun then.
const MOST: usize = 5;

/// What a code of a change is hashed with.
fn code_of(user: UserId) -> String {
    format!("email change of {user}")
}

/// Changes that can still be taken back.
fn living(undos: Vec<EmailUndo>, now: Timestamp) -> Vec<EmailUndo> {
    undos.into_iter().filter(|undo| now < undo.until).collect()
}

/// What is left after one change was taken back: the changes before it.
fn before(undos: Vec<EmailUndo>, taken_back: &EmailUndo) -> Vec<EmailUndo> {
    let earlier = undos
        .into_iter()
        .take_while(|undo| undo.token_hash != taken_back.token_hash);
    earlier.collect()
}

/// Writes the list as it is now; `rev` is what it was read at.
fn write_undos(
    transaction: &mut Transaction<'_>,
    user: UserId,
    undos: Vec<EmailUndo>,
    rev: Option<u64>,
) {
    let row = EmailUndosRow {
        user,
        until: undos
            .iter()
            .map(|undo| undo.until)
            .max()
            .unwrap_or_default(),
        undos,
    };
    match rev {
        Some(rev) if row.undos.is_empty() => transaction.delete::<EmailUndosRow>(&row.key(), rev),
        Some(rev) => transaction.replace(&row, rev),
        None => transaction.create_or_revive(&row),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Sealed;

    fn undo(name: &str, until: i64) -> EmailUndo {
        EmailUndo {
            token_hash: name.to_owned(),
            email_hash: String::new(),
            email: Sealed::default(),
            changed_at: Timestamp::default(),
            until: Timestamp::from_seconds(until),
        }
    }

    #[test]
    fn p26_taking_back_a_change_voids_the_links_of_all_later_ones_and_of_no_earlier_one() {
        let undos = vec![undo("first", 9), undo("second", 9), undo("third", 9)];
        assert_eq!(before(undos.clone(), &undos[1]), undos[..1]);
        assert_eq!(before(undos.clone(), &undos[0]), []);
    }

    #[test]
    fn a_change_cannot_be_taken_back_after_its_time() {
        let undos = vec![undo("old", 7), undo("new", 8)];
        assert_eq!(
            living(undos.clone(), Timestamp::from_seconds(7)),
            undos[1..]
        );
    }
}
