//! An act of an owner that Stripe has carried out, written down here.

use app::{App, OrProblem};
use domain::audit::Action;
use domain::billing::SubscriptionCopy;
use http_kit::Problem;
use mail::Notice;
use store::Found;
use store::row::SubscriptionRow;
use tenancy::{Owner, TenantScope};

/// Writes entry, copy and receipt together; no action where the entry is written already. A look at Stripe that came in between
/// wrote a newer copy, which stays; a receipt that is there already was written by the same act, or by the look that did the rest
/// of it.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn record(
    app: &App,
    scope: &TenantScope<Owner>,
    action: Option<Action>,
    (before, after): (&Found<SubscriptionRow>, &SubscriptionCopy),
    notice: Option<Notice>,
) -> Result<(), Problem> {
    let entry = action.map(|action| app.audit(scope, action, scope.tenant()));
    let db = app.store.within(scope).or_problem()?;
    let row = before.row.synced(Some(after.clone()), app.clock.now());
    for with_copy in [true, false] {
        let mut transaction = db.transaction();
        let told = notice
            .as_ref()
            .map(|notice| notice.add_to(&mut transaction));
        if let Some(entry) = &entry {
            entry.write(&mut transaction);
        }
        if with_copy {
            transaction.replace(&row, before.rev);
        }
        match Box::pin(transaction.commit()).await {
            Ok(()) => break,
            Err(error) if told.is_some_and(|told| error.failed(told).is_some()) => return Ok(()),
            Err(error) if error.is_race() && with_copy => {}
            Err(error) => return Err(error).or_problem(),
        }
    }
    if let Some(notice) = notice {
        notice.post(app).await;
    }
    if entry.is_some() {
        app.ring_audit(scope).await;
    }
    Ok(())
}
