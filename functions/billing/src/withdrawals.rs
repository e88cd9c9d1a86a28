//! `POST /api/v1/billing/withdrawals`: the contract is taken back within its first fourteen days.
//!
//! That it was declared, and when, is written before Stripe hears of it: by that moment it is in time, however long the rest takes.
//! Then the subscription ends, what was paid is given back, and the receipt is written. Each call names what it is about and no
//! attempt, so whoever asks again after one was cut off repeats nothing; and where nobody asks again, `billing.sync` does the
//! rest. Uses GetItem on `routing`, BatchGetItem and PutItem on `tenant`, PutItem on `work` and `audit`, kms:Encrypt (purpose
//! `mail`), kms:Decrypt for `platform`, sqs:SendMessage on the mail and the audit queue.

use app::{App, Call, OrProblem};
use domain::Timestamp;
use domain::audit::Action;
use domain::billing::{CURRENCY, SubscriptionCopy};
use http::StatusCode;
use http::header::ACCEPT_LANGUAGE;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use mail::{Amount, Language, Notice, NoticeDraft, Template, To};
use serde::{Deserialize, Serialize};
use store::row::SubscriptionRow;
use store::{Found, TenantDb};
use tenancy::{Owner, TenantScope};
use utoipa::ToSchema;

use crate::act;
use crate::error::BillingError;
use crate::head::{Head, answered, is_early, nothing_bought};
use crate::{names, refunds, vendor};

/// More than anybody pays in fourteen days.
const INVOICES: u8 = 20;
/// So often is looked again when a look at Stripe was faster.
const TRIES: usize = 6;

/// A withdrawal that is written down.
struct Declared {
    row: Found<SubscriptionRow>,
    copy: SubscriptionCopy,
    at: Timestamp,
}

/// The person's word.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawalIn {
    /// Must be true: `withdrawal` of `GET /api/v1/billing` says what happens.
    confirm: bool,
}

impl Validate for WithdrawalIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if !self.confirm {
            errors.add(
                "confirm",
                "not_confirmed",
                "Confirm that the subscription ends at once and that what was paid is given back.",
            );
        }
    }
}

/// What was done.
#[derive(Serialize, ToSchema)]
pub(crate) struct WithdrawnOut {
    /// What is given back, in the currency's smallest unit; 0 where nothing had been paid.
    refunded: i64,
    /// Three small letters.
    currency: String,
}

/// Withdraws from the contract: the subscription ends at once, everything that was paid for it is given back, and a mail
/// confirms it. Data stays, and can be exported.
///
/// 409 `nothing_bought`, 409 `too_late` after the last moment that `GET /api/v1/billing` names; 503 `stripe_unavailable`: then it is
/// written down and will be carried out, and asking again does nothing twice.
#[utoipa::path(post, path = "/api/v1/billing/withdrawals", operation_id = "withdraw_from_contract", tag = "billing",
    request_body = WithdrawalIn, responses((status = 200, description = "It is done.", body = WithdrawnOut)))]
pub(crate) async fn handle(app: &App, call: &Call, scope: &TenantScope<Owner>) -> Answer {
    call.json::<WithdrawalIn>()?;
    let db = app.store.within(scope).or_problem()?;
    let declared = Box::pin(declare(app, scope, &db)).await?;
    let (row, copy) = (&declared.row, &declared.copy);
    let client = vendor::client(app).await.or_problem()?;
    // First the end: whatever happens to the rest, nothing more is charged.
    let ended = answered(Box::pin(client.cancel_now(copy.id.as_str())).await)?;
    let listed = client.invoices_of(row.row.customer.as_str(), INVOICES, None);
    let listed = answered(Box::pin(listed).await)?;
    let paid = refunds::paid(&listed.items, copy.id.as_str());
    for invoice in &paid {
        let given = refunds::give_back(&client, scope.tenant(), &invoice.id);
        Box::pin(given).await.or_problem()?;
    }
    let after = SubscriptionCopy {
        status: ended.status.as_str().into(),
        cancel_at: ended.cancel_at,
        cancel_at_period_end: ended.cancel_at_period_end,
        ..copy.clone()
    };
    let refund = refunds::sum(&paid);
    let notice = receipt(app, call, scope, &declared, refund.clone()).await?;
    // The entry was written with the declaration.
    act::record(app, scope, None, (row, &after), Some(notice)).await?;
    http_kit::json(
        StatusCode::OK,
        &WithdrawnOut {
            refunded: refund.as_ref().map_or(0, |refund| refund.minor),
            currency: refund.map_or_else(|| CURRENCY.to_owned(), |refund| refund.currency),
        },
    )
}

/// Writes the withdrawal down, with its entry, unless it is written already: then it was in time, whatever the clock says now.
async fn declare(
    app: &App,
    scope: &TenantScope<Owner>,
    db: &TenantDb<Owner>,
) -> Result<Declared, Problem> {
    for _ in 0..TRIES {
        let head = Head::read(db).await?;
        // One that is over too: of an act that was cut off, the rest is done.
        let copy = head.copy();
        let (row, copy) = head.bought.zip(copy).ok_or_else(nothing_bought)?;
        if let Some(at) = row.row.withdrawal_of(copy.id.as_str()) {
            return Ok(Declared { row, copy, at });
        }
        let now = app.clock.now();
        if !is_early(&copy, now) {
            return Err(too_late());
        }
        let entry = app.audit(scope, Action::BillingWithdraw, scope.tenant());
        let mut transaction = db.transaction();
        transaction.replace(&row.row.withdrawn_from(copy.id, now), row.rev);
        entry.write(&mut transaction);
        match Box::pin(transaction.commit()).await {
            Ok(()) => app.ring_audit(scope).await,
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(Problem::conflict(
        "changed_meanwhile",
        "The subscription is changing at this moment. Try again: nothing is done twice.",
    ))
}

/// The confirmation on a durable medium, with the moment at which the withdrawal was received.
async fn receipt(
    app: &App,
    call: &Call,
    scope: &TenantScope<Owner>,
    declared: &Declared,
    refund: Option<Amount>,
) -> Result<Notice, Problem> {
    let header = call.request().headers().get(ACCEPT_LANGUAGE);
    let language = header.and_then(|value| value.to_str().ok());
    let draft = NoticeDraft {
        id: names::withdrawal(&declared.copy.id).map_err(Problem::internal)?,
        to: To::Account(call.session()?.user()),
        language: Language::from_tag(language.unwrap_or_default()),
        template: Template::WithdrawalReceipt {
            plan: declared.copy.plan.offer().name.to_owned(),
            at: declared.at,
            refund,
        },
    };
    Box::pin(mail::notice(app, scope, draft))
        .await
        .map_err(BillingError::from)
        .or_problem()
}

fn too_late() -> Problem {
    Problem::conflict(
        "too_late_to_withdraw",
        "The fourteen days are over. You can cancel instead: the subscription then ends with what is paid for.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawal_needs_the_persons_word() {
        let errors = |confirm| {
            let mut errors = FieldErrors::new();
            WithdrawalIn { confirm }.validate(&mut errors);
            errors.finish().is_err()
        };
        assert!(errors(false) && !errors(true));
        assert!(serde_json::from_str::<WithdrawalIn>("{}").is_err());
    }
}
