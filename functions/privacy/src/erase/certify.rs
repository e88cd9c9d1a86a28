//! The certificate of an erasure: made when nothing is left, signed by the key of exports, kept with the request.
//!
//! An erasure does not wait for its signature. Where the key does not answer, the row of the work stays, without anybody's id, and
//! `tick` asks again every minute.

use std::collections::BTreeMap;
use std::time::Duration;

use app::App;
use archive::{Certificate, Kept, PublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Timestamp;
use domain::privacy::{ExportState, Origin, Remains};
use store::row::{ErasureRow, ExportRow, PrivacyRequestRow};
use store::{Found, Row, Table, TenantDb, keys};
use tenancy::Worker;

use super::step;
use crate::error::PrivacyError;
use crate::signing_key;

/// Where files are, beside the tables.
const OBJECTS: &str = "objects";

/// Signs, keeps the certificate and ends the work.
pub(super) async fn certify(
    app: &App,
    db: &TenantDb<Worker>,
    work: &Found<ErasureRow>,
) -> Result<(), PrivacyError> {
    let key = keys::privacy_request(work.row.request);
    let mut request = db.find::<PrivacyRequestRow>(&key).await?;
    if let Some(request) = &mut request {
        match Box::pin(sign(app, certificate(&work.row, &request.row))).await {
            Ok((text, signature)) => {
                request.row.certificate = Some(text);
                request.row.certificate_signature = Some(signature);
            }
            Err(error) => {
                let chain = telemetry::chain(&error);
                tracing::warn!(tenant.id = %work.row.tenant, error.chain = chain, "a certificate waits for its signature");
                return Ok(());
            }
        }
    }
    let mut transaction = db.transaction();
    let own = transaction.delete::<ErasureRow>(&work.row.key(), work.rev);
    if let Some(request) = &request {
        transaction.replace(&request.row, request.rev);
    }
    // Of two jobs at once one has ended it; what was changed meanwhile is signed at the next look.
    step(transaction.commit().await, own)?;
    Ok(())
}

/// The text and its signature in base 64.
pub(crate) async fn sign(
    app: &App,
    certificate: Certificate,
) -> Result<(String, String), PrivacyError> {
    let key = signing_key(app);
    let public = PublicKey::from_spki(&key.public_key().await?)?;
    let open = certificate.close(key.arn(), &public)?;
    let signature = key.sign(&open.digest()).await?;
    let text = open.signed(&signature)?;
    Ok((text, STANDARD.encode(signature)))
}

/// What the rows say of an erasure that is over.
fn certificate(work: &ErasureRow, request: &PrivacyRequestRow) -> Certificate {
    let finished = request.finished_at.unwrap_or_default();
    let origin = match request.origin {
        Origin::Fan => "fan",
        Origin::Team => "team",
        Origin::Compliance => "compliance",
        Origin::Retention => "retention",
    };
    Certificate {
        asked_at: request.requested_at.rfc3339(),
        deleted: deleted(&work.erased, &work.files),
        finished_at: finished.rfc3339(),
        kept: kept(finished),
        origin: origin.to_owned(),
        request: request.id.to_string(),
        subject: work.mark.clone().unwrap_or_default(),
        tenant: work.tenant.to_string(),
    }
}

/// What remains after an erasure that was over at this moment, and until when.
pub(crate) fn kept(finished: Timestamp) -> Vec<Kept> {
    let kept = |(remains, lasts): (Remains, Duration)| {
        let (what, why) = remains.words();
        Kept {
            until: finished.plus(lasts).rfc3339(),
            what: what.to_owned(),
            why: why.to_owned(),
        }
    };
    Remains::ALL.into_iter().map(kept).collect()
}

/// What was deleted, store by store; a store in which nothing was found says so too.
pub(crate) fn deleted(
    rows: &BTreeMap<String, u64>,
    files: &BTreeMap<String, u64>,
) -> BTreeMap<String, BTreeMap<String, u64>> {
    let registry = store::row::registry();
    let tables = [Table::Keys, Table::Tenant, Table::Work].map(Table::name);
    let mut deleted: BTreeMap<String, BTreeMap<String, u64>> = tables
        .into_iter()
        .map(|table| (table.to_owned(), BTreeMap::new()))
        .collect();
    deleted.insert(OBJECTS.to_owned(), files.clone());
    for (kind, rows) in rows {
        let known = registry.iter().find(|(known, ..)| *known == kind.as_str());
        let table = known.map_or("unknown", |(_, table, _)| table.name());
        let of_table = deleted.entry(table.to_owned()).or_default();
        of_table.insert(kind.clone(), *rows);
    }
    deleted
}

/// What of an export is deleted with its row, in the words of a certificate.
pub(crate) fn file_of(export: &ExportRow) -> Option<&'static str> {
    match export.state {
        ExportState::Ready => Some("export_file"),
        ExportState::Running | ExportState::Closing => {
            export.progress.is_some().then_some("unfinished_export")
        }
        ExportState::Gone => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::{PrivacyRequestId, TenantId};
    use domain::privacy::RequestKind;

    use super::*;

    #[test]
    fn a_certificate_counts_each_kind_in_its_store_and_says_when_the_rest_is_gone() {
        let id = PrivacyRequestId::from_bytes([1; 16]);
        let counts = |kinds: &[(&str, u64)]| -> BTreeMap<String, u64> {
            let pairs = kinds.iter().map(|(kind, rows)| ((*kind).to_owned(), *rows));
            pairs.collect()
        };
        let erased = counts(&[("message", 3), ("fan_key", 1), ("outbox", 2), ("odd", 1)]);
        let asked = Timestamp::from_seconds(1_800_000_000);
        let work = ErasureRow {
            request: id,
            tenant: TenantId::from_bytes([2; 16]),
            fan: None,
            mark: Some("mark".to_owned()),
            asked_in: None,
            language: None,
            chats: Vec::new(),
            erased: erased.clone(),
            files: counts(&[("export_file", 1)]),
            walked: BTreeMap::new(),
            wakes_at: asked,
        };
        let request = PrivacyRequestRow {
            id,
            request: RequestKind::Erasure,
            origin: Origin::Fan,
            requested_by: None,
            requested_at: asked,
            due_at: asked,
            finished_at: Some(Timestamp::from_seconds(1_800_000_060)),
            erased,
            withdrawn_at: None,
            certificate: None,
            certificate_signature: None,
        };
        let made = certificate(&work, &request);
        let expected = [
            ("keys", counts(&[("fan_key", 1)])),
            ("objects", counts(&[("export_file", 1)])),
            ("tenant", counts(&[("message", 3)])),
            ("unknown", counts(&[("odd", 1)])),
            ("work", counts(&[("outbox", 2)])),
        ];
        let expected = expected.map(|(store, counts)| (store.to_owned(), counts));
        assert_eq!(made.deleted, BTreeMap::from(expected));
        assert_eq!(
            (made.origin.as_str(), made.subject.as_str()),
            ("fan", "mark")
        );
        let request = PrivacyRequestRow {
            origin: Origin::Retention,
            ..request
        };
        assert_eq!(certificate(&work, &request).origin, "retention");
        let kept: Vec<_> = made.kept.iter().map(|kept| kept.what.as_str()).collect();
        let all = Remains::ALL.map(|(what, _)| what.words().0);
        assert_eq!(kept, all);
        let tombstone = made.kept.iter().find(|kept| kept.what == "tombstone");
        let gone = Timestamp::from_seconds(1_800_000_060 + 45 * 86_400).rfc3339();
        assert_eq!(
            tombstone.map(|kept| kept.until.as_str()),
            Some(gone.as_str())
        );
    }
}
