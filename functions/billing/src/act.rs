//! An act of an owner that Stripe has carried out, written down here.

use app::{App, Call, OrProblem};
use domain::audit::Action;
use domain::billing::SubscriptionCopy;
use domain::ids::UserId;
use domain::notice::NoticeId;
use http::header::ACCEPT_LANGUAGE;
use http_kit::Problem;
use mail::{Language, Notice, NoticeDraft, Template, To};
use store::Found;
use store::row::SubscriptionRow;
use tenancy::{Owner, TenantScope};

use crate::error::BillingError;

/// The mail that confirms an act, to whoever did it.
///
/// # Errors
/// When KMS does not answer.
pub(crate) async fn notice(
    app: &App,
    call: &Call,
    scope: &TenantScope<Owner>,
    doer: UserId,
    (id, template): (NoticeId, Template),
) -> Result<Notice, Problem> {
    let header = call.request().headers().get(ACCEPT_LANGUAGE);
    let language = header.and_then(|value| value.to_str().ok());
    let draft = NoticeDraft {
        id,
        to: To::Account(doer),
        language: Language::from_tag(language.unwrap_or_default()),
        template,
    };
    Box::pin(mail::notice(app, scope, draft))
        .await
        .map_err(BillingError::from)
        .or_problem()
}

/// Writes entry, copy and receipt together; no action where the entry is written already. A look at Stripe that came in between
/// wrote a newer copy, which stays; a receipt that is there already was written by the same act, or by a look that heard of it.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn record(
    app: &App,
    scope: &TenantScope<Owner>,
    action: Option<Action>,
    (before, after): (&Found<SubscriptionRow>, &SubscriptionCopy),
    mut notice: Option<Notice>,
) -> Result<(), Problem> {
    let entry = action.map(|action| app.audit(scope, action, scope.tenant()));
    let db = app.store.within(scope).or_problem()?;
    let row = before.row.synced(Some(after.clone()), app.clock.now());
    let mut with_copy = true;
    loop {
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
            Err(error) if told.is_some_and(|told| error.failed(told).is_some()) => {
                if entry.is_none() {
                    return Ok(());
                }
                notice = None;
            }
            Err(error) if error.is_race() && with_copy => with_copy = false,
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
