//! A request as people see it.

use std::collections::BTreeMap;

use domain::privacy::{ExportState, Origin, Remains, RequestKind};
use serde::Serialize;
use store::row::{ExportRow, PrivacyRequestRow};
use utoipa::ToSchema;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RequestState {
    /// It is being worked on.
    Running,
    /// It is done.
    Finished,
    /// An export was taken back before its time, because somebody who may be in it was erased. It can be asked for again.
    Withdrawn,
}

/// Rows of one kind that were deleted.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ErasedRows {
    /// The kind of row, as the field registry names it: `message`, `note`, `fan_key`, ...
    kind: String,
    /// How many.
    rows: u64,
}

/// Something that outlives the erasure.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Remainder {
    /// What.
    what: Remains,
    /// Until when at the latest, RFC 3339 UTC.
    until: String,
}

/// How far an export is, and how long it can be downloaded.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ExportOut {
    /// Where it stands.
    state: ExportState,
    /// The fan; null: the whole workspace.
    fan_id: Option<String>,
    /// Fans that are in it so far.
    fans: u64,
    /// Records that are in it so far.
    records: u64,
    /// Bytes that it has so far.
    bytes: u64,
    /// Until when it can be downloaded, RFC 3339 UTC; null while it is being written.
    until: Option<String>,
}

impl ExportOut {
    /// What a row says of it: numbers and moments.
    pub(crate) fn new(row: &ExportRow) -> Self {
        Self {
            state: row.state,
            fan_id: row.fan.map(|fan| fan.to_string()),
            fans: row.fans,
            records: row.records,
            bytes: row.bytes,
            until: row.until.map(|until| until.rfc3339()),
        }
    }
}

/// A request about personal data. It names nobody: it outlives the fan it is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PrivacyRequest {
    /// Its id.
    id: String,
    /// What is asked for.
    kind: RequestKind,
    /// Who asks.
    origin: Origin,
    /// The member who asked, or who downloads what our staff approved; null where the fan did.
    requested_by: Option<String>,
    /// When it was received, RFC 3339 UTC.
    requested_at: String,
    /// By when it must be answered: 30 days or a month, whichever is sooner.
    due_at: String,
    /// Where it stands.
    state: RequestState,
    /// When it was done.
    finished_at: Option<String>,
    /// Whether the certificate of an erasure can be had; it follows the end within moments.
    certified: bool,
    /// What was deleted so far; exact.
    erased: Vec<ErasedRows>,
    /// What remains and until when; empty while it runs, and of an export.
    remains: Vec<Remainder>,
    /// Of an export: the file, as long as there is one to write or to download.
    export: Option<ExportOut>,
}

impl PrivacyRequest {
    /// The request, with what was deleted so far where it still runs.
    pub(crate) fn new(row: &PrivacyRequestRow, so_far: Option<&BTreeMap<String, u64>>) -> Self {
        let erased = so_far.unwrap_or(&row.erased);
        let erased_at = match row.request {
            RequestKind::Erasure => row.finished_at,
            RequestKind::Export => None,
        };
        let remains = erased_at.map_or_else(Vec::new, |finished| {
            let remainder = |(what, lasts)| Remainder {
                what,
                until: finished.plus(lasts).rfc3339(),
            };
            Remains::ALL.into_iter().map(remainder).collect()
        });
        Self {
            id: row.id.to_string(),
            kind: row.request,
            origin: row.origin,
            requested_by: row.requested_by.map(|user| user.to_string()),
            requested_at: row.requested_at.rfc3339(),
            due_at: row.due_at.rfc3339(),
            state: match (row.withdrawn_at, row.finished_at) {
                (Some(_), _) => RequestState::Withdrawn,
                (None, Some(_)) => RequestState::Finished,
                (None, None) => RequestState::Running,
            },
            finished_at: row.finished_at.map(|at| at.rfc3339()),
            certified: row.certificate.is_some(),
            erased: erased
                .iter()
                .map(|(kind, rows)| ErasedRows {
                    kind: kind.clone(),
                    rows: *rows,
                })
                .collect(),
            remains,
            export: None,
        }
    }

    /// The request with its file.
    pub(crate) fn with_export(mut self, row: &ExportRow) -> Self {
        self.export = Some(ExportOut::new(row));
        self
    }
}
