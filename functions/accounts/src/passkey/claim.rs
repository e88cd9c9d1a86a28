//! That a passkey is one account's: the claim on its credential's id.

use app::{App, OrProblem};
use domain::ids::UserId;
use http_kit::Problem;
use store::row::{PasskeyClaimRow, PasskeysRow};
use store::{Found, Transaction, keys};
use tenancy::hash_token_hex;
use webauthn_rs::prelude::Passkey;

use super::credential;
use crate::error::AccountsError;

/// A claim that can be made: nobody has the passkey.
pub(super) struct Claim {
    row: PasskeyClaimRow,
    rev: Option<u64>,
}

impl Claim {
    /// Looks whether anybody has the passkey. A claim whose person has it no longer is taken over. One call, or two.
    ///
    /// # Errors
    /// 409 when an account has it, be it another's or the person's own.
    pub(super) async fn of(app: &App, user: UserId, passkey: &Passkey) -> Result<Self, Problem> {
        let hash = hash_of(passkey);
        let routing = app.store.routing();
        let former: Option<Found<PasskeyClaimRow>> = routing
            .find(&keys::passkey_claim(&hash))
            .await
            .or_problem()?;
        if let Some(former) = &former {
            let holder = super::of(app, former.row.user).await?;
            let holder = holder.as_ref().map(|found| &found.row);
            if holds(holder, passkey).or_problem()? {
                return Err(taken());
            }
        }
        Ok(Self {
            row: PasskeyClaimRow { hash, user },
            rev: former.map(|found| found.rev),
        })
    }

    /// Adds the claim to the transaction that adds the passkey.
    pub(super) fn add_to(&self, transaction: &mut Transaction<'_>) {
        match self.rev {
            Some(rev) => transaction.replace(&self.row, rev),
            None => transaction.create(&self.row),
        };
    }
}

/// Under which hash a passkey is claimed.
pub(super) fn hash_of(passkey: &Passkey) -> String {
    hash_token_hex(passkey.cred_id().as_slice())
}

fn holds(row: Option<&PasskeysRow>, passkey: &Passkey) -> Result<bool, AccountsError> {
    for stored in row.into_iter().flat_map(|row| &row.passkeys) {
        if credential(stored)?.cred_id().as_slice() == passkey.cred_id().as_slice() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn taken() -> Problem {
    Problem::conflict(
        "passkey_taken",
        "This passkey belongs to an account already. Make a new one.",
    )
}
