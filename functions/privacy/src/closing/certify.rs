//! The certificate of a workspace's erasure: signed when nothing is left, kept in the mark that outlives the workspace. Where the
//! signing key does not answer, the row of the work stays, and `tick` asks again every minute.

use std::time::Duration;

use archive::{Certificate, Kept};
use domain::Timestamp;
use domain::privacy::REQUEST_LASTS;
use store::keys;
use store::row::{ClosedRow, ClosingRow};

use super::Desk;
use crate::erase::certify::{deleted, kept, sign};
use crate::error::PrivacyError;

/// What a certificate says of whom: not a fan, but all of it.
const fn subject(is_account: bool) -> &'static str {
    match is_account {
        true => "account",
        false => "workspace",
    }
}
/// How long records of mails are kept, which hold neither address nor words once the mail is gone.
const MAILS_LAST: Duration = Duration::from_secs(90 * 24 * 3600);

impl Desk<'_> {
    /// Signs, keeps the certificate and ends the work.
    pub(super) async fn certify(&self) -> Result<(), PrivacyError> {
        let work = &self.work.row;
        let key = keys::closed(work.tenant);
        let routing = self.app.store.routing();
        let mark = routing.find::<ClosedRow>(&key).await?;
        let finished = self.app.clock.now();
        let signed = Box::pin(sign(self.app, certificate(work, finished))).await;
        let (text, signature) = match signed {
            Ok(signed) => signed,
            Err(error) => {
                let chain = telemetry::chain(&error);
                tracing::warn!(tenant.id = %work.tenant, error.chain = chain, "a certificate waits for its signature");
                return Ok(());
            }
        };
        let mut transaction = self.db.transaction();
        transaction.delete::<ClosingRow>(&keys::closing(), self.work.rev);
        if let Some(mark) = mark {
            let row = ClosedRow {
                finished_at: Some(finished),
                certificate: Some(text),
                certificate_signature: Some(signature),
                ..mark.row
            };
            transaction.replace(&row, mark.rev);
        }
        match transaction.commit().await {
            Ok(()) => {
                let what = subject(work.account().is_some());
                tracing::info!(tenant.id = %work.tenant, what, "a closed tenant was erased");
                telemetry::metric("WorkspaceErased", telemetry::Unit::Count, 1.0, &[]);
                Ok(())
            }
            // Of two jobs at once one has ended it.
            Err(error) if error.is_race() => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// What the row says of an erasure that was over at this moment.
fn certificate(work: &ClosingRow, finished: Timestamp) -> Certificate {
    let mut kept = kept(finished);
    // The mark of a workspace holds its certificate, and stays as long.
    for mark in kept.iter_mut().filter(|kept| kept.what == "tombstone") {
        mark.until = finished.plus(REQUEST_LASTS).rfc3339();
    }
    kept.push(Kept {
        until: finished.plus(MAILS_LAST).rfc3339(),
        what: "mail_records".to_owned(),
        why: "accountability".to_owned(),
    });
    Certificate {
        asked_at: work.asked_at.rfc3339(),
        deleted: deleted(&work.erased, &work.files),
        finished_at: finished.rfc3339(),
        kept,
        origin: match work.account() {
            Some(_) => "person".to_owned(),
            None => "team".to_owned(),
        },
        request: work.request.to_string(),
        subject: subject(work.account().is_some()).to_owned(),
        tenant: work.tenant.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::ids::{PrivacyRequestId, TenantId, UserId};
    use domain::privacy::ClosingState;

    use super::*;

    #[test]
    fn the_certificate_of_a_workspace_counts_in_each_store_and_names_nobody() {
        let counts = |kinds: &[(&str, u64)]| -> BTreeMap<String, u64> {
            let pairs = kinds.iter().map(|(kind, rows)| ((*kind).to_owned(), *rows));
            pairs.collect()
        };
        let owner = UserId::from_bytes([3; 16]);
        let work = ClosingRow {
            request: PrivacyRequestId::from_bytes([1; 16]),
            tenant: TenantId::from_bytes([2; 16]),
            asked_by: owner,
            asked_at: Timestamp::from_seconds(1_800_000_000),
            closes_at: Timestamp::from_seconds(1_800_604_800),
            state: ClosingState::Certifying,
            told: vec![owner],
            owners: vec![owner],
            fan: None,
            chats: Vec::new(),
            erased: counts(&[("hook", 1), ("member", 2), ("tenant_key", 1), ("outbox", 3)]),
            files: counts(&[("export_file", 1)]),
            wakes_at: Timestamp::default(),
        };
        let made = certificate(&work, Timestamp::from_seconds(1_800_604_900));
        let expected = [
            ("keys", counts(&[("tenant_key", 1)])),
            ("objects", counts(&[("export_file", 1)])),
            ("routing", counts(&[("hook", 1)])),
            ("tenant", counts(&[("member", 2)])),
            ("work", counts(&[("outbox", 3)])),
        ];
        let expected = expected.map(|(store, counts)| (store.to_owned(), counts));
        assert_eq!(made.deleted, BTreeMap::from(expected));
        assert_eq!(made.subject, "workspace");
        let text = format!("{made:?}");
        assert!(!text.contains(&owner.to_string()), "{text}");
        assert!(made.kept.iter().any(|kept| kept.what == "mail_records"));
    }
}
