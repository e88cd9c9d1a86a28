//! Has everything erased once more that an older copy of the tables has brought back: an operator invokes it after a restore,
//! before traffic comes (decision 0039). Nothing else does.
//!
//! What was erased stands in `work`, which is never restored, and by its day in the due index. For each workspace there one job
//! is asked for, which looks and begins. Running it again is harmless. Uses, under the function's own session: Query on the
//! due index, sqs:SendMessage on the queues of erasures and closings.

use std::collections::BTreeMap;
use std::time::Duration;

use app::{App, AppError};
use domain::ids::{PrivacyRequestId, TenantId};
use domain::privacy::TOMBSTONE_LASTS;
use jobs::{ClosingJob, ReplayJob};
use lambda::Invocation;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Erased, StoreError};
use thiserror::Error;

const DAY: u64 = 24 * 3600;
/// Time to leave unused: the answer says where the next run goes on.
const RESERVE: Duration = Duration::from_secs(5);

/// Why nothing was asked for.
#[derive(Debug, PartialEq, Eq, Error)]
#[error("the input must be {{}} or {{\"after\": <the workspace of the last answer>}}")]
struct WrongForm;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The last workspace of a run that was not the last one.
    after: Option<TenantId>,
}

/// What was erased, workspace by workspace: the closing, where all of it was.
type ByWorkspace = BTreeMap<TenantId, Option<PrivacyRequestId>>;

/// Asks for every job. Answers `{"workspaces", "closed", "after"}`: in how many fans are looked for, how many,
/// and how many accounts, are looked at as a whole, and after which one the next run goes on; null: none is left.
pub(crate) async fn handle(
    app: &'static App,
    input: Value,
    invocation: Invocation,
) -> Result<Value, lambda::BoxError> {
    let input: Input = serde_json::from_value(input).map_err(|_| WrongForm)?;
    let known = erased(app).await?;
    let (mut asked, mut closed, mut after) = (0_u64, 0_u64, input.after);
    for (tenant, closing) in left(&known, input.after) {
        if invocation.left() < RESERVE {
            return Ok(answer(asked, closed, after));
        }
        ask(app, tenant, closing).await?;
        match closing {
            Some(_) => closed += 1,
            None => asked += 1,
        }
        after = Some(tenant);
    }
    tracing::info!(count = asked + closed, "erasures are replayed");
    Ok(answer(asked, closed, None))
}

fn answer(asked: u64, closed: u64, after: Option<TenantId>) -> Value {
    json!({ "workspaces": asked, "closed": closed, "after": after })
}

/// All that began to be erased within the time for which marks are kept.
async fn erased(app: &App) -> Result<ByWorkspace, StoreError> {
    let due = app.store.due();
    let mut found = ByWorkspace::new();
    for day in days(app.clock.now().day()) {
        for erased in due.erased_on(day).await? {
            add(&mut found, erased);
        }
    }
    Ok(found)
}

/// Whoever was in a workspace that is erased goes with it.
fn add(found: &mut ByWorkspace, erased: Erased) {
    match erased {
        Erased::Fans { tenant } => {
            found.entry(tenant).or_default();
        }
        Erased::Workspace { tenant, request } => {
            found.insert(tenant, Some(request));
        }
    }
}

/// The days on which what is still kept can have begun.
fn days(today: i64) -> std::ops::RangeInclusive<i64> {
    let kept = i64::try_from(TOMBSTONE_LASTS.as_secs() / DAY).unwrap_or(i64::MAX);
    today.saturating_sub(kept)..=today
}

/// What a run has to ask for that goes on after this workspace.
fn left(
    known: &ByWorkspace,
    after: Option<TenantId>,
) -> impl Iterator<Item = (TenantId, Option<PrivacyRequestId>)> {
    let all = known.iter().map(|(tenant, closing)| (*tenant, *closing));
    all.filter(move |(tenant, _)| after.is_none_or(|after| *tenant > after))
}

async fn ask(
    app: &App,
    tenant: TenantId,
    closing: Option<PrivacyRequestId>,
) -> Result<(), AppError> {
    match closing {
        Some(request) => app.jobs.close(&ClosingJob::new(tenant, request)).await?,
        None => app.jobs.replay(&ReplayJob::new(tenant, None)).await?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(byte: u8) -> TenantId {
        TenantId::from_bytes([byte; 16])
    }

    #[test]
    fn every_day_is_looked_at_on_which_a_living_mark_can_have_begun() {
        assert_eq!(days(20_780), 20_735..=20_780);
    }

    #[test]
    fn a_workspace_that_is_erased_is_not_searched_for_fans() {
        let request = PrivacyRequestId::from_bytes([9; 16]);
        let whole = Erased::Workspace {
            tenant: tenant(1),
            request,
        };
        let fans = Erased::Fans { tenant: tenant(1) };
        for order in [[whole, fans], [fans, whole]] {
            let mut found = ByWorkspace::new();
            for erased in order {
                add(&mut found, erased);
            }
            assert_eq!(found, ByWorkspace::from([(tenant(1), Some(request))]));
        }
    }

    #[test]
    fn a_run_goes_on_after_the_last_workspace_of_the_one_before() {
        let known = ByWorkspace::from([1, 2, 3].map(|byte| (tenant(byte), None)));
        let left = |after| left(&known, after).map(|(tenant, _)| tenant);
        assert_eq!(left(None).count(), 3);
        let rest: Vec<_> = left(Some(tenant(1))).collect();
        assert_eq!(rest, [tenant(2), tenant(3)]);
    }

    #[test]
    fn an_input_of_another_form_is_refused() {
        for input in [json!(null), json!({ "from": 1 }), json!({ "after": "x" })] {
            assert!(serde_json::from_value::<Input>(input).is_err());
        }
        assert!(serde_json::from_value::<Input>(json!({})).is_ok());
    }
}
