//! `POST /api/v1/privacy/requests/{request_id}/links`

use app::{App, Call, OrProblem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use domain::audit::Action;
use domain::entropy::random_32;
use domain::ids::{PrivacyRequestId, UserId};
use domain::privacy::EXPORT_LINK_LASTS;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::ExportRow;
use tenancy::{Manager, Owner, TenantScope, hash_token_hex};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use super::rows;

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
    let found = rows::find(&db, request).await;
    let mut found = found.or_problem()?.ok_or(Problem::NotFound)?;
    let now = app.clock.now();
    judge(&found.row, call, now)?;
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
pub(crate) fn judge(row: &ExportRow, call: &Call, now: Timestamp) -> Result<(), Problem> {
    let user = call.session()?.user();
    if !is_for(row.requested_by, user, call.scope::<Owner>().is_ok()) {
        return Err(Problem::forbidden(
            "not_yours",
            "Only who asked for an export and the owners can download it. You can ask for one of your own.",
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

/// What a fan has asked for is handed over by whoever of the team sees to it. What a member has asked for is theirs, and the
/// owners': they can have all of it anyway, and who asked may have left before it was ready.
fn is_for(by: Option<UserId>, user: UserId, is_owner: bool) -> bool {
    is_owner || by.is_none_or(|by| by == user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_is_for_who_asked_and_for_the_owners_after_they_have_left() {
        let [asked, other] = [1, 2].map(|byte| UserId::from_bytes([byte; 16]));
        for (by, user, is_owner, expected) in [
            (Some(asked), asked, false, true),
            (Some(asked), other, true, true),
            (Some(asked), other, false, false),
            (None, other, false, true),
        ] {
            assert_eq!(is_for(by, user, is_owner), expected, "{by:?} {is_owner}");
        }
    }
}
