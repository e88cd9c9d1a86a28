//! Requests that reached our staff and whose time is over, or nearly, to be acknowledged or decided: the daily look at a workspace
//! tells of them, so that an alarm goes off while there is time, and every day after.

use std::time::Duration;

use domain::Timestamp;
use domain::ids::TenantId;
use domain::privacy::CaseState;
use store::Found;
use store::row::ComplianceRequestRow;

/// So long before its last moment a request is told of.
const NEARLY: Duration = Duration::from_secs(2 * 24 * 3600);

/// How what is still to be done about a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Its last moment is near.
    Nearly,
    /// Its last moment is over.
    Overdue,
}

impl Standing {
    fn of(due: Timestamp, now: Timestamp) -> Option<Self> {
        match due < now {
            true => Some(Self::Overdue),
            false => (due <= now.plus(NEARLY)).then_some(Self::Nearly),
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Nearly => "nearly",
            Self::Overdue => "overdue",
        }
    }
}

/// How the decision on a request stands, while there is none.
fn decision(case: &ComplianceRequestRow, now: Timestamp) -> Option<Standing> {
    match case.state {
        CaseState::Approved | CaseState::Refused | CaseState::Closed => None,
        CaseState::Open => Standing::of(case.extended_to.unwrap_or(case.due_at), now),
    }
}

/// How it stands that whoever asked is told that a request is here, where the law says by when and nobody has written down that they
/// were. An approval does not tell a fan.
fn acknowledgement(case: &ComplianceRequestRow, now: Timestamp) -> Option<Standing> {
    match (case.state, case.acknowledged_at) {
        (CaseState::Refused | CaseState::Closed, _) | (_, Some(_)) => None,
        (CaseState::Open | CaseState::Approved, None) => Standing::of(case.acknowledge_by?, now),
    }
}

/// Tells of the requests of a workspace that have to be decided or acknowledged now.
pub(super) fn tell(tenant: TenantId, cases: &[Found<ComplianceRequestRow>], now: Timestamp) {
    for standing in [Standing::Nearly, Standing::Overdue] {
        let code = standing.code();
        let count = |of: fn(&ComplianceRequestRow, Timestamp) -> Option<Standing>| {
            let stand = cases.iter().map(|case| of(&case.row, now));
            stand.filter(|stands| *stands == Some(standing)).count() as u64
        };
        let (undecided, untold) = (count(decision), count(acknowledgement));
        if undecided > 0 {
            tracing::warn!(tenant.id = %tenant, count = undecided, code, "requests about personal data wait for a decision");
        }
        if untold > 0 {
            tracing::warn!(tenant.id = %tenant, count = untold, code, "requests about personal data wait for an acknowledgement");
        }
        if undecided + untold > 0 {
            let split = [(telemetry::Dimension::Code, code)];
            telemetry::metric("RequestsLate", telemetry::Unit::Count, 1.0, &split);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::{FanId, PrivacyRequestId, StaffId};
    use domain::privacy::{Law, RequestClock};

    use super::*;

    const DAY: i64 = 86_400;
    const CLEO: StaffId = StaffId::from_bytes([3; 16]);

    fn seconds_after(at: Timestamp, seconds: i64) -> Timestamp {
        Timestamp::from_seconds(at.seconds() + seconds)
    }

    fn case(law: Law) -> ComplianceRequestRow {
        let at = Timestamp::from_seconds(1_800_000_000);
        let clock = RequestClock::start(law, at);
        let fan = Some(FanId::from_bytes([2; 16]));
        ComplianceRequestRow::open(
            PrivacyRequestId::from_bytes([1; 16]),
            fan,
            &clock,
            (CLEO, at),
        )
    }

    /// Moments before and after a last one, and how what is to be done until then stands.
    const STANDS: [(i64, Option<Standing>); 5] = [
        (-2 * DAY - 1, None),
        (-2 * DAY, Some(Standing::Nearly)),
        (0, Some(Standing::Nearly)),
        (1, Some(Standing::Overdue)),
        (90 * DAY, Some(Standing::Overdue)),
    ];

    #[test]
    fn p32_a_request_is_told_of_two_days_before_its_last_moment_and_until_it_is_decided() {
        let open = case(Law::Gdpr);
        for (after, expected) in STANDS {
            let now = seconds_after(open.due_at, after);
            assert_eq!(decision(&open, now), expected, "{after}");
            for state in [CaseState::Approved, CaseState::Refused, CaseState::Closed] {
                let decided = ComplianceRequestRow {
                    state,
                    ..open.clone()
                };
                assert_eq!(decision(&decided, now), None, "{state:?}");
            }
        }
    }

    #[test]
    fn p35_a_request_that_nobody_has_acknowledged_is_late_as_one_that_nobody_has_decided() {
        let open = case(Law::Ccpa);
        let until = open.acknowledge_by.expect("California says by when");
        for (after, expected) in STANDS {
            let now = seconds_after(until, after);
            assert_eq!(acknowledgement(&open, now), expected, "{after}");
            let told = open.clone().acknowledged(CLEO, until);
            assert_eq!(acknowledgement(&told, now), None, "{after}");
            assert_eq!(acknowledgement(&case(Law::Gdpr), now), None, "{after}");
        }
        let late = seconds_after(until, 1);
        for (state, expected) in [
            (CaseState::Approved, Some(Standing::Overdue)),
            (CaseState::Refused, None),
            (CaseState::Closed, None),
        ] {
            let decided = ComplianceRequestRow {
                state,
                ..open.clone()
            };
            assert_eq!(acknowledgement(&decided, late), expected, "{state:?}");
        }
    }

    #[test]
    fn p35_the_first_time_that_somebody_was_told_counts() {
        let first = Timestamp::from_seconds(1_800_000_060);
        let told = case(Law::Ccpa).acknowledged(CLEO, first);
        let again = told.acknowledged(StaffId::from_bytes([4; 16]), seconds_after(first, 60));
        assert_eq!(
            (again.acknowledged_at, again.acknowledged_by),
            (Some(first), Some(CLEO))
        );
    }
}
