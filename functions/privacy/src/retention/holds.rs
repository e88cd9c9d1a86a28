//! Who stays a while although their time is over: somebody has asked to see what is held of them, and has not had the time to.
//!
//! An export keeps nobody for longer than [`LONGEST`] after their time was over, or exports that follow one another would keep everybody
//! for ever; whoever goes then takes back every export that they are in. A request that reached our staff keeps whom it is about
//! until it must be answered, and once it was approved until its export could be downloaded for its whole time.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::Timestamp;
use domain::ids::FanId;
use domain::privacy::{CaseState, EXPORT_LASTS, ExportState};
use store::row::{ComplianceRequestRow, ExportRow};
use store::{Found, StoreError, TenantDb};
use tenancy::Worker;

use crate::export::begin::exports;
use crate::export::rows;

/// So long an export keeps a fan whose time is over: any one of them can be downloaded for its whole time.
const LONGEST: Duration = EXPORT_LASTS;

/// Of whom something was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Whom {
    everybody: bool,
    fans: BTreeSet<FanId>,
}

impl Whom {
    fn add(&mut self, fan: Option<FanId>) {
        match fan {
            Some(fan) => drop(self.fans.insert(fan)),
            None => self.everybody = true,
        }
    }

    fn has(&self, fan: FanId) -> bool {
        self.everybody || self.fans.contains(&fan)
    }
}

/// Who is held back in a workspace.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Holds {
    /// By an export that is being made or can be downloaded.
    exported: Whom,
    /// By a request that reached our staff.
    received: Whom,
}

impl Holds {
    fn new(exports: &[&ExportRow], cases: &[&ComplianceRequestRow], now: Timestamp) -> Self {
        let there: Vec<_> = exports.iter().filter(|export| is_there(export)).collect();
        let mut holds = Self::default();
        for export in &there {
            holds.exported.add(export.fan);
        }
        for case in cases {
            let exports = there.iter().any(|row| Some(row.request) == case.export);
            if until(case, exports).is_some_and(|until| now <= until) {
                holds.received.add(case.fan);
            }
        }
        holds
    }

    /// Who goes of all of them: whoever was due at this moment; nobody: none.
    pub(super) fn everybody(&self, now: Timestamp) -> Option<Timestamp> {
        judged(self.received.everybody, self.exported.everybody, now)
    }

    /// The same for one fan.
    pub(super) fn fan(&self, fan: FanId, now: Timestamp) -> Option<Timestamp> {
        judged(self.received.has(fan), self.exported.has(fan), now)
    }
}

fn judged(received: bool, exported: bool, now: Timestamp) -> Option<Timestamp> {
    match (received, exported) {
        (true, _) => None,
        (false, true) => Some(now.minus(LONGEST)),
        (false, false) => Some(now),
    }
}

fn is_there(export: &ExportRow) -> bool {
    export.state != ExportState::Gone
}

/// Until when a request keeps whom it is about.
fn until(case: &ComplianceRequestRow, export_is_there: bool) -> Option<Timestamp> {
    let due = case.extended_to.unwrap_or(case.due_at);
    match case.state {
        CaseState::Open => Some(due),
        CaseState::Approved => export_is_there.then(|| due.plus(EXPORT_LASTS)),
        CaseState::Refused | CaseState::Closed => None,
    }
}

/// Reads who is held back now.
pub(super) async fn read(
    db: &TenantDb<Worker>,
    cases: &[Found<ComplianceRequestRow>],
    now: Timestamp,
) -> Result<Holds, StoreError> {
    let exports = exports(db).await?;
    let of_team: Vec<_> = exports.iter().map(|export| &export.row).collect();
    let cases: Vec<_> = cases.iter().map(|case| &case.row).collect();
    let mut holds = Holds::new(&of_team, &cases, now);
    let own = |export: Found<ExportRow>| {
        if is_there(&export.row) {
            holds.exported.fans.extend(export.row.fan);
        }
    };
    rows::each_own(db, own).await?;
    Ok(holds)
}

#[cfg(test)]
mod tests {
    use domain::ids::{PrivacyRequestId, StaffId, TenantId};
    use domain::privacy::{Law, RequestClock};

    use super::*;

    const ROBIN: FanId = FanId::from_bytes([2; 16]);
    const SAM: FanId = FanId::from_bytes([3; 16]);
    const EXPORT: PrivacyRequestId = PrivacyRequestId::from_bytes([4; 16]);
    const RECEIVED: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn export(fan: Option<FanId>, state: ExportState) -> ExportRow {
        ExportRow {
            fan,
            state,
            ..ExportRow::new(EXPORT, TenantId::from_bytes([5; 16]))
        }
    }

    fn case(fan: Option<FanId>, state: CaseState) -> ComplianceRequestRow {
        let clock = RequestClock::start(Law::Gdpr, RECEIVED);
        let opened = (StaffId::from_bytes([6; 16]), RECEIVED);
        ComplianceRequestRow {
            state,
            export: (state == CaseState::Approved).then_some(EXPORT),
            ..ComplianceRequestRow::open(PrivacyRequestId::from_bytes([1; 16]), fan, &clock, opened)
        }
    }

    #[test]
    fn an_export_keeps_who_is_in_it_for_a_week_after_their_time_and_nobody_else() {
        let now = RECEIVED;
        let week_ago = Some(now.minus(EXPORT_LASTS));
        let whole = export(None, ExportState::Ready);
        let holds = Holds::new(&[&whole], &[], now);
        assert_eq!(holds.everybody(now), week_ago);
        assert_eq!(holds.fan(SAM, now), week_ago);
        let one = export(Some(ROBIN), ExportState::Running);
        let holds = Holds::new(&[&one], &[], now);
        assert_eq!(holds.fan(ROBIN, now), week_ago);
        assert_eq!(
            (holds.fan(SAM, now), holds.everybody(now)),
            (Some(now), Some(now))
        );
        let gone = export(None, ExportState::Gone);
        assert_eq!(Holds::new(&[&gone], &[], now), Holds::default());
    }

    #[test]
    fn a_request_that_reached_our_staff_keeps_whom_it_is_about_until_it_must_be_answered() {
        let open = case(None, CaseState::Open);
        let late = Timestamp::from_millis(open.due_at.millis() + 1);
        for (now, everybody) in [(RECEIVED, None), (open.due_at, None), (late, Some(late))] {
            let holds = Holds::new(&[], &[&open], now);
            assert_eq!(holds.everybody(now), everybody, "{now}");
        }
        let extended = ComplianceRequestRow {
            extended_to: Some(late),
            ..open.clone()
        };
        assert_eq!(Holds::new(&[], &[&extended], late).everybody(late), None);
        let of_robin = case(Some(ROBIN), CaseState::Open);
        let holds = Holds::new(&[], &[&of_robin], RECEIVED);
        assert_eq!(holds.fan(ROBIN, RECEIVED), None);
        assert_eq!(holds.fan(SAM, RECEIVED), Some(RECEIVED));
        for state in [CaseState::Refused, CaseState::Closed] {
            let over = case(None, state);
            assert_eq!(Holds::new(&[], &[&over], RECEIVED), Holds::default());
        }
    }

    #[test]
    fn what_was_approved_keeps_whom_it_is_about_until_its_export_could_be_downloaded() {
        let approved = case(Some(ROBIN), CaseState::Approved);
        let ready = export(Some(ROBIN), ExportState::Ready);
        let last = approved.due_at.plus(EXPORT_LASTS);
        assert_eq!(
            Holds::new(&[&ready], &[&approved], last).fan(ROBIN, last),
            None
        );
        let late = Timestamp::from_millis(last.millis() + 1);
        let held = Holds::new(&[&ready], &[&approved], late).fan(ROBIN, late);
        assert_eq!(held, Some(late.minus(EXPORT_LASTS)));
        let gone = export(Some(ROBIN), ExportState::Gone);
        let held = Holds::new(&[&gone], &[&approved], last).fan(ROBIN, last);
        assert_eq!(held, Some(last));
    }
}
