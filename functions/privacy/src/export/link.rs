//! `POST /api/v1/privacy/requests/{request_id}/links`

use app::{App, Call, OrProblem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::audit::Action;
use domain::entropy::random_32;
use domain::ids::PrivacyRequestId;
use domain::privacy::EXPORT_LINK_LASTS;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::keys;
use store::row::ExportRow;
use tenancy::{Manager, TenantScope, hash_token_hex};
use utoipa::ToSchema;
use zeroize::Zeroizing;

/// A link to an export.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExportLink {
    /// 256 random bits, shown this once: `POST /api/v1/privacy/downloads` takes it, once, in the session that made it.
    token: String,
    /// Until when, RFC 3339 UTC: ten minutes.
    expires_at: String,
}

/// Makes a link with which the export can be downloaded once, by the session that asks for it. The link before works no more.
#[utoipa::path(post, path = "/api/v1/privacy/requests/{request_id}/links", operation_id = "link_export", tag = "privacy",
    params(("request_id" = String, Path, description = "The request for the export.")),
    responses((status = 201, description = "The link, shown this once.", body = ExportLink)))]
pub(crate) async fn handle(
    app: &App,
    call: &Call,
    scope: &TenantScope<Manager>,
    request: PrivacyRequestId,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let found = db.find::<ExportRow>(&keys::export(request)).await;
    let mut found = found.or_problem()?.ok_or(Problem::NotFound)?;
    let now = app.clock.now();
    judge(&found.row, call.session()?.user(), now)?;
    let token = Zeroizing::new(URL_SAFE_NO_PAD.encode(random_32(app.entropy.as_ref())));
    let until = now.plus(EXPORT_LINK_LASTS);
    found.row.link = Some(hash_token_hex(token.as_bytes()));
    found.row.link_session = Some(call.session_hash()?.to_owned());
    found.row.link_until = Some(until);
    let mut transaction = db.transaction();
    transaction.replace(&found.row, found.rev);
    let entry = app.audit(scope, Action::ExportLink, request);
    entry.write(&mut transaction);
    match transaction.commit().await {
        Err(error) if error.is_race() => {
            return Err(Problem::conflict(
                "changed_meanwhile",
                "Somebody made a link at this moment. Please try again.",
            ));
        }
        other => other.or_problem()?,
    }
    app.ring_audit(scope).await;
    http_kit::json(
        StatusCode::CREATED,
        &ExportLink {
            token: token.to_string(),
            expires_at: until.rfc3339(),
        },
    )
}

/// Whether this person can have this export now.
pub(crate) fn judge(
    row: &ExportRow,
    user: domain::ids::UserId,
    now: domain::Timestamp,
) -> Result<(), Problem> {
    // What a fan has asked for is handed over by whoever of the team sees to it.
    if row.requested_by.is_some_and(|by| by != user) {
        return Err(Problem::forbidden(
            "not_yours",
            "Only who asked for an export can download it. You can ask for one of your own.",
        ));
    }
    match row.until {
        None => Err(Problem::conflict(
            "not_ready",
            "The export is still being written. A mail says when it is ready.",
        )),
        Some(until) if until <= now => Err(Problem::NotFound),
        Some(_) => Ok(()),
    }
}
