//! `POST /api/v1/privacy/erasures`

use std::time::Duration;

use app::{App, Call, Erasure, OrProblem, tombstone_mark};
use domain::audit::Action;
use domain::ids::FanId;
use domain::privacy::Origin;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::keys;
use store::row::{FanRow, PrivacyRequestRow, TombstoneRow};
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use crate::out::PrivacyRequest;

/// Times that another request may come in between.
const TRIES: usize = 4;

/// Whom to erase.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErasureIn {
    /// The fan.
    #[schema(value_type = String)]
    fan_id: FanId,
}

impl Validate for ErasureIn {
    fn validate(&self, _errors: &mut FieldErrors) {}
}

/// Erases everything that the workspace holds of a fan, in all its bots. It cannot be taken back. Answers with the request
/// whose progress can be followed; with the one that runs, if the fan is being erased already.
#[utoipa::path(post, path = "/api/v1/privacy/erasures", operation_id = "erase_fan", tag = "privacy",
    request_body = ErasureIn,
    responses((status = 202, description = "The request; the work has begun.", body = PrivacyRequest)))]
pub(crate) async fn handle(
    app: &App,
    call: &Call,
    scope: &TenantScope<Manager>,
    input: ErasureIn,
) -> Answer {
    let by = call.session()?.user();
    let key = app.tenant_key(scope).await.or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    let mark = tombstone_mark(&key, input.fan_id);
    for _ in 0..TRIES {
        let mut read = db.read_many();
        let fan = read.find::<FanRow>(&keys::fan(input.fan_id));
        let tombstone = read.find::<TombstoneRow>(&keys::tombstone(&mark));
        let found = read.send().await.or_problem()?;
        let (fan, tombstone) = (
            found.get(fan).or_problem()?,
            found.get(tombstone).or_problem()?,
        );
        if let Some(id) = tombstone.as_ref().and_then(|found| found.row.running()) {
            let mut read = db.read_many();
            let request = read.find::<PrivacyRequestRow>(&keys::privacy_request(id));
            let found = read.send().await.or_problem()?;
            let request = found.get(request).or_problem()?.ok_or(Problem::NotFound)?;
            app.ring_erasure(scope.tenant(), id, Duration::ZERO).await;
            let request = PrivacyRequest::new(&request.row, None);
            return http_kit::json(StatusCode::ACCEPTED, &request);
        }
        fan.ok_or(Problem::NotFound)?;
        let erasure = Erasure {
            fan: input.fan_id,
            origin: Origin::Team,
            by: Some(by),
            asked_in: None,
            language: None,
            asked_at: app.clock.now(),
        };
        let mut transaction = db.transaction();
        let whose = (scope.tenant(), &key);
        let request = app.begin_erasure(&mut transaction, whose, &erasure, tombstone.as_ref());
        let entry = app.audit(scope, Action::FanErase, input.fan_id);
        entry.write(&mut transaction);
        match transaction.commit().await {
            Ok(()) => {}
            Err(error) if error.is_race() => continue,
            Err(error) => return Err(error).or_problem(),
        }
        app.ring_erasure(scope.tenant(), request.id, Duration::ZERO)
            .await;
        app.ring_audit(scope).await;
        return http_kit::json(StatusCode::ACCEPTED, &PrivacyRequest::new(&request, None));
    }
    Err(Problem::conflict(
        "changed_meanwhile",
        "Somebody else asked for the same at this moment. Please look again.",
    ))
}
