//! Requests that reached our staff, while somebody is erased. Of one that is about the fan, state and clocks stay and nothing of
//! what was written down; one whose export is taken back waits for a decision again.

use app::AppError;
use domain::Timestamp;
use domain::ids::PrivacyRequestId;
use domain::privacy::{close, take_back};
use store::row::ComplianceRequestRow;
use store::{Found, keys};

use super::{Desk, Step};
use crate::holdings::whole;

impl Desk<'_> {
    /// Ends what is about the fan. Done where nothing was.
    pub(super) async fn close_cases(&mut self) -> Result<Step, AppError> {
        let mut cases = self.cases().await?;
        cases.retain(|case| case.row.fan == Some(self.fan));
        let now = self.app.clock.now();
        let mut clean = Step::Done;
        for case in cases {
            clean = Step::Again;
            let closed = closed(case.row, now);
            let work = self.work.row.clone();
            let step = self.write(work, |transaction| {
                transaction.replace(&closed, case.rev);
            });
            if step.await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        Ok(clean)
    }

    /// The request whose approval began an export, if that is how it began.
    pub(super) async fn case_of(
        &self,
        export: PrivacyRequestId,
    ) -> Result<Option<Found<ComplianceRequestRow>>, AppError> {
        let cases = self.cases().await?;
        Ok(cases
            .into_iter()
            .find(|case| case.row.export == Some(export)))
    }

    async fn cases(&self) -> Result<Vec<Found<ComplianceRequestRow>>, AppError> {
        let page = whole(keys::COMPLIANCE, usize::MAX);
        Ok(self.db.list(&page).await?)
    }
}

/// A request of whose fan nothing is left.
fn closed(case: ComplianceRequestRow, now: Timestamp) -> ComplianceRequestRow {
    ComplianceRequestRow {
        fan: None,
        words: None,
        state: close(case.state),
        erased_at: Some(now),
        ..case
    }
}

/// A request whose export was taken back. What was decided stands in the workspace's log.
pub(super) fn reopened(case: ComplianceRequestRow, now: Timestamp) -> ComplianceRequestRow {
    ComplianceRequestRow {
        state: take_back(case.state),
        decided_by: None,
        deputy: false,
        decided_at: None,
        export: None,
        reopened_at: Some(now),
        ..case
    }
}

#[cfg(test)]
mod tests {
    use domain::Sealed;
    use domain::ids::{FanId, StaffId};
    use domain::privacy::{CaseState, Law, RequestClock};

    use super::*;

    fn approved() -> ComplianceRequestRow {
        let at = Timestamp::from_seconds(1_800_000_000);
        let clock = RequestClock::start(Law::Gdpr, at);
        let fan = Some(FanId::from_bytes([2; 16]));
        let opened = (StaffId::from_bytes([3; 16]), at);
        ComplianceRequestRow {
            words: Some(Sealed::default()),
            acknowledged_at: Some(at),
            acknowledged_by: Some(StaffId::from_bytes([3; 16])),
            state: CaseState::Approved,
            decided_by: Some(StaffId::from_bytes([4; 16])),
            deputy: true,
            decided_at: Some(at),
            export: Some(PrivacyRequestId::from_bytes([5; 16])),
            ..ComplianceRequestRow::open(PrivacyRequestId::from_bytes([1; 16]), fan, &clock, opened)
        }
    }

    #[test]
    fn a_request_is_left_with_its_clocks_and_without_fan_and_words() {
        let now = Timestamp::from_seconds(1_800_000_060);
        let closed = closed(reopened(approved(), now), now);
        assert_eq!((closed.fan, &closed.words), (None, &None));
        assert_eq!(closed.state, CaseState::Closed);
        assert_eq!(closed.erased_at, Some(now));
        assert_eq!(closed.clock(), approved().clock(), "the clocks stay");
        let told = |case: &ComplianceRequestRow| (case.acknowledged_at, case.acknowledged_by);
        assert_eq!(told(&closed), told(&approved()), "and how they were kept");
    }

    #[test]
    fn a_request_whose_export_was_taken_back_can_be_approved_once_more() {
        let now = Timestamp::from_seconds(1_800_000_060);
        let reopened = reopened(approved(), now);
        assert_eq!(reopened.state, CaseState::Open);
        assert_eq!((reopened.decided_by, reopened.export), (None, None));
        assert_eq!(reopened.reopened_at, Some(now));
        assert!(!reopened.deputy && reopened.words.is_some());
    }
}
