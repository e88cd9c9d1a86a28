//! Who decides on a request that reached us, and how.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::StaffId;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Nothing yet.
    Open,
    /// The export was begun.
    Approved,
    /// Nothing is handed out.
    Refused,
    /// Nothing is left to decide: the fan it was about was erased before anything was handed out.
    Closed,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefusalGround {
    /// Who asks did not prove to be who they say.
    IdentityNotVerified,
    /// It is manifestly unfounded (Art. 12(5) GDPR).
    ManifestlyUnfounded,
    /// It is excessive, above all because it comes again and again (Art. 12(5) GDPR).
    Excessive,
    /// It would harm the rights of others (Art. 15(4) GDPR).
    RightsOfOthers,
    /// Nothing is held of who asks.
    NothingHeld,
    /// Who asked took it back.
    Withdrawn,
}

/// Why somebody cannot decide on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecidable {
    /// It was decided already.
    Decided,
    /// They opened it: a second person approves.
    OwnRequest,
}

/// What becomes of a request that one of our staff approves.
///
/// # Errors
/// When it was decided before, or by whoever opened it.
pub fn approve(
    state: CaseState,
    opened_by: StaffId,
    by: StaffId,
) -> Result<CaseState, Undecidable> {
    match state {
        CaseState::Approved | CaseState::Refused | CaseState::Closed => Err(Undecidable::Decided),
        CaseState::Open if opened_by == by => Err(Undecidable::OwnRequest),
        CaseState::Open => Ok(CaseState::Approved),
    }
}

/// What becomes of a request that one of our staff refuses; whoever opened it may, because nothing is handed out.
///
/// # Errors
/// When it was decided before.
pub const fn refuse(state: CaseState) -> Result<CaseState, Undecidable> {
    match state {
        CaseState::Approved | CaseState::Refused | CaseState::Closed => Err(Undecidable::Decided),
        CaseState::Open => Ok(CaseState::Refused),
    }
}

/// What becomes of a request whose export is taken back: it waits for a decision as before.
#[must_use]
pub const fn take_back(state: CaseState) -> CaseState {
    match state {
        CaseState::Open | CaseState::Approved => CaseState::Open,
        CaseState::Refused | CaseState::Closed => state,
    }
}

/// What becomes of a request about a fan who is erased: what was decided stays, and of the rest nothing is left to decide.
#[must_use]
pub const fn close(state: CaseState) -> CaseState {
    match state {
        CaseState::Open | CaseState::Closed => CaseState::Closed,
        CaseState::Approved | CaseState::Refused => state,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: StaffId = StaffId::from_bytes([1; 16]);
    const OTHER: StaffId = StaffId::from_bytes([2; 16]);

    #[test]
    fn who_opened_a_request_does_not_approve_it() {
        let approved = |by| approve(CaseState::Open, ONE, by);
        assert_eq!(approved(ONE), Err(Undecidable::OwnRequest));
        assert_eq!(approved(OTHER), Ok(CaseState::Approved));
    }

    #[test]
    fn a_request_is_decided_once() {
        assert_eq!(refuse(CaseState::Open), Ok(CaseState::Refused));
        for state in [CaseState::Approved, CaseState::Refused, CaseState::Closed] {
            assert_eq!(approve(state, ONE, OTHER), Err(Undecidable::Decided));
            assert_eq!(refuse(state), Err(Undecidable::Decided));
        }
    }

    #[test]
    fn a_request_whose_export_is_taken_back_waits_again_unless_its_own_fan_is_erased() {
        assert_eq!(take_back(CaseState::Approved), CaseState::Open);
        assert_eq!(close(take_back(CaseState::Approved)), CaseState::Closed);
        assert_eq!(close(CaseState::Open), CaseState::Closed);
        for decided in [CaseState::Refused, CaseState::Closed] {
            assert_eq!(take_back(decided), decided);
        }
        for decided in [CaseState::Approved, CaseState::Refused] {
            assert_eq!(close(decided), decided, "it was answered");
        }
    }
}
