//! What our staff write down about a request, in its row and in the workspace's log: of one that is about a fan both are sealed
//! under that fan's key, so that an erasure reaches them in every copy there is.

use app::{App, AppError, OrProblem, SealsJson, place};
use domain::audit::{Action, Actor};
use domain::ids::{FanId, PrivacyRequestId};
use domain::privacy::{Law, RefusalGround};
use domain::role::StaffRole;
use http_kit::Problem;
use serde::{Deserialize, Serialize};
use store::row::{ComplianceRequestRow, FanKeyRow};
use store::{Row, TenantDb, Transaction, keys};
use tenancy::{Officer, TenantScope, VerifiedStaff};
use vault::{FanKey, TenantKey};

use super::fan_is_gone;

/// What was written down. Prints nothing.
#[derive(Serialize, Deserialize)]
pub(super) struct Words {
    pub(super) reason: String,
    /// Absent in what was written down before anybody asked for it.
    #[serde(default)]
    pub(super) acknowledged: Option<String>,
    pub(super) extended: Option<String>,
    pub(super) refused: Option<String>,
}

/// What the workspace's log keeps of an act.
#[derive(Serialize)]
struct Noted<'a> {
    request: PrivacyRequestId,
    staff_role: StaffRole,
    law: Law,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<RefusalGround>,
    reason: &'a str,
}

/// What seals words about a request.
pub(super) enum CaseKey {
    /// It is about the whole workspace.
    Workspace(TenantKey),
    /// It is about this fan.
    Fan(FanId, FanKey),
}

impl CaseKey {
    /// The key for a request that is about this fan, or about the whole workspace.
    ///
    /// # Errors
    /// When the fan was erased a moment ago, or the key cannot be had.
    pub(super) async fn of(
        app: &App,
        scope: &TenantScope<Officer>,
        db: &TenantDb<Officer>,
        fan: Option<FanId>,
    ) -> Result<Self, Problem> {
        let tenant = app.tenant_key(scope).await.or_problem()?;
        let Some(fan) = fan else {
            return Ok(Self::Workspace(tenant));
        };
        let wrapped = db.find::<FanKeyRow>(&keys::fan_key(fan)).await;
        let wrapped = wrapped.or_problem()?.ok_or_else(fan_is_gone)?.row.wrapped;
        let key = tenant.open_fan_key(fan, &wrapped).or_problem()?;
        Ok(Self::Fan(fan, key))
    }

    /// What was written down.
    ///
    /// # Errors
    /// When it does not open, or went with its fan.
    pub(super) fn open(&self, row: &ComplianceRequestRow) -> Result<Words, Problem> {
        let words = row.words.as_ref().ok_or_else(fan_is_gone)?;
        let at = row.key();
        let place = place::<ComplianceRequestRow>(&at, "words");
        let opened: Result<Words, AppError> = match self {
            Self::Workspace(key) => key.open_json(&place, words),
            Self::Fan(_, key) => key.open_json(&place, words),
        };
        opened.or_problem()
    }

    /// The row with these words in it.
    ///
    /// # Errors
    /// When they are not representable as JSON.
    pub(super) fn seal(
        &self,
        app: &App,
        row: ComplianceRequestRow,
        words: &Words,
    ) -> Result<ComplianceRequestRow, AppError> {
        let at = row.key();
        let place = place::<ComplianceRequestRow>(&at, "words");
        let entropy = app.entropy.as_ref();
        let words = match self {
            Self::Workspace(key) => key.seal_json(&place, words, entropy),
            Self::Fan(_, key) => key.seal_json(&place, words, entropy),
        }?;
        Ok(ComplianceRequestRow {
            words: Some(words),
            ..row
        })
    }
}

/// Adds an act, and why, to the workspace's log. Its subject decides about the key: the fan, where the request is about one, and
/// the request itself where it is not; the words name the request in either case.
pub(super) fn entry(
    app: &App,
    (staff, scope, transaction): (&VerifiedStaff, &TenantScope<Officer>, &mut Transaction<'_>),
    (key, row): (&CaseKey, &ComplianceRequestRow),
    (action, reason): (Action, &str),
) -> Result<(), AppError> {
    let noted = Noted {
        request: row.id,
        staff_role: staff.role(),
        law: row.law,
        ground: row.ground,
        reason,
    };
    let by = Actor::Staff(staff.id());
    match key {
        CaseKey::Workspace(key) => {
            let entry = app.audit(scope, action, row.id).by(by);
            entry.values(key, None, Some(&noted))?.write(transaction);
        }
        CaseKey::Fan(fan, key) => {
            let entry = app.audit(scope, action, *fan).by(by);
            entry.values(key, None, Some(&noted))?.write(transaction);
        }
    }
    Ok(())
}
