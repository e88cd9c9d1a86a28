//! `POST /api/v1/privacy/downloads`

use app::{App, Call, OrProblem};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::PrivacyRequestId;
use domain::privacy::EXPORT_FILE_NAME;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use objects::{LINK_LASTS, Objects};
use serde::{Deserialize, Serialize};
use store::TenantDb;
use store::row::ExportRow;
use subtle::ConstantTimeEq as _;
use tenancy::{Manager, TenantScope, hash_token_hex};
use utoipa::ToSchema;

use super::file;
use super::link::judge;
use super::rows;

/// A link to be used.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DownloadIn {
    /// The request for the export.
    #[schema(value_type = String)]
    request_id: PrivacyRequestId,
    /// The token of the link.
    #[schema(max_length = 64)]
    token: String,
}

impl Validate for DownloadIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if self.token.is_empty() || self.token.len() > 64 {
            errors.add("token", "wrong_length", "A token has 1 to 64 characters.");
        }
    }
}

/// Where the file is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Download {
    /// The file's address. It needs no login, so it is a secret; it opens for a minute.
    url: String,
    /// Until when, RFC 3339 UTC.
    expires_at: String,
}

/// Takes a link and gives the address of the file. A link works once, for ten minutes, in the session that made it, and
/// only for who has proved again who they are; every try is in the audit log.
#[utoipa::path(post, path = "/api/v1/privacy/downloads", operation_id = "download_export", tag = "privacy",
    request_body = DownloadIn,
    responses((status = 200, description = "Where the file is, for a minute.", body = Download)))]
pub(crate) async fn handle(
    app: &App,
    objects: &Objects,
    call: &Call,
    scope: &TenantScope<Manager>,
    input: DownloadIn,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let found = rows::find(&db, input.request_id).await.or_problem()?;
    let Some(mut found) = found else {
        refused(app, scope, &db, input.request_id).await?;
        app.ring_audit(scope).await;
        return Err(Problem::NotFound);
    };
    let now = app.clock.now();
    let admitted = admit(&found.row, call, &input.token, now);
    let mut transaction = db.transaction();
    let act = match admitted {
        Ok(()) => {
            found.row.link = None;
            transaction.replace(&found.row, found.rev);
            Action::ExportDownload
        }
        Err(_) => Action::ExportRefuse,
    };
    let entry = app.audit(scope, act, input.request_id);
    entry.write(&mut transaction);
    let written = match transaction.commit().await {
        // The same link at the same moment: it worked for the other one.
        Err(error) if error.is_race() => {
            refused(app, scope, &db, input.request_id).await?;
            Err(spent())
        }
        other => other.or_problem(),
    };
    app.ring_audit(scope).await;
    admitted.and(written)?;
    let url = objects
        .link(scope, &file::name(&found.row), LINK_LASTS, EXPORT_FILE_NAME)
        .await
        .map_err(Problem::internal)?;
    http_kit::json(
        StatusCode::OK,
        &Download {
            url,
            expires_at: now.plus(LINK_LASTS).rfc3339(),
        },
    )
}

/// Notes a try for what is not there, or that another one was before: with its transaction its entry was lost.
async fn refused(
    app: &App,
    scope: &TenantScope<Manager>,
    db: &TenantDb<Manager>,
    request: PrivacyRequestId,
) -> Result<(), Problem> {
    let mut transaction = db.transaction();
    let entry = app.audit(scope, Action::ExportRefuse, request);
    entry.write(&mut transaction);
    transaction.commit().await.or_problem()
}

fn admit(row: &ExportRow, call: &Call, token: &str, now: Timestamp) -> Result<(), Problem> {
    call.require_proof()?;
    judge(row, call, now)?;
    let hash = hash_token_hex(token.as_bytes());
    let is_it = row
        .link
        .as_ref()
        .is_some_and(|link| bool::from(link.as_bytes().ct_eq(hash.as_bytes())));
    let is_here = row.link_session.as_deref() == Some(call.session_hash()?);
    let in_time = row.link_until.is_some_and(|until| now < until);
    match is_it && is_here && in_time {
        true => Ok(()),
        false => Err(spent()),
    }
}

fn spent() -> Problem {
    Problem::conflict(
        "link_spent",
        "This link was used, is too old, or was made elsewhere. Make a new one.",
    )
}
