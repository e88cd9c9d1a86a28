//! Requests that reached our staff and whose time is over, or nearly: the daily look at a workspace tells of them, so that an alarm
//! goes off while there is time, and every day after.

use std::time::Duration;

use domain::Timestamp;
use domain::ids::TenantId;
use domain::privacy::CaseState;
use store::Found;
use store::row::ComplianceRequestRow;

/// So long before its last moment a request is told of.
const NEARLY: Duration = Duration::from_secs(2 * 24 * 3600);

/// How a request stands on which nobody has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Its last moment is near.
    Nearly,
    /// Its last moment is over.
    Overdue,
}

impl Standing {
    fn of(state: CaseState, due: Timestamp, now: Timestamp) -> Option<Self> {
        match state {
            CaseState::Approved | CaseState::Refused | CaseState::Closed => None,
            CaseState::Open if due < now => Some(Self::Overdue),
            CaseState::Open => (due <= now.plus(NEARLY)).then_some(Self::Nearly),
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Nearly => "nearly",
            Self::Overdue => "overdue",
        }
    }
}

/// Tells of the requests of a workspace that have to be decided now.
pub(super) fn tell(tenant: TenantId, cases: &[Found<ComplianceRequestRow>], now: Timestamp) {
    for standing in [Standing::Nearly, Standing::Overdue] {
        let stands = |case: &&Found<ComplianceRequestRow>| {
            let due = case.row.extended_to.unwrap_or(case.row.due_at);
            Standing::of(case.row.state, due, now) == Some(standing)
        };
        let count = cases.iter().filter(stands).count() as u64;
        if count > 0 {
            let code = standing.code();
            let split = [(telemetry::Dimension::Code, code)];
            telemetry::metric("RequestsLate", telemetry::Unit::Count, 1.0, &split);
            tracing::warn!(tenant.id = %tenant, count, code, "requests about personal data wait for a decision");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p32_a_request_is_told_of_two_days_before_its_last_moment_and_until_it_is_decided() {
        let now = Timestamp::from_seconds(1_000_000);
        let in_seconds = |seconds: i64| Timestamp::from_seconds(now.seconds() + seconds);
        for (left, expected) in [
            (2 * 86_400 + 1, None),
            (2 * 86_400, Some(Standing::Nearly)),
            (0, Some(Standing::Nearly)),
            (-1, Some(Standing::Overdue)),
            (-90 * 86_400, Some(Standing::Overdue)),
        ] {
            let due = in_seconds(left);
            assert_eq!(Standing::of(CaseState::Open, due, now), expected, "{left}");
            for decided in [CaseState::Approved, CaseState::Refused, CaseState::Closed] {
                assert_eq!(Standing::of(decided, due, now), None, "{decided:?}");
            }
        }
    }
}
