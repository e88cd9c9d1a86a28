//! `POST /api/v1/billing/withdrawals`: the contract is taken back within its first fourteen days.
//!
//! What was paid is given back first, then the subscription ends, then the receipt is written. Each call names what it is
//! about and no attempt, so whoever asks again after one was cut off repeats nothing and gets the rest done; until then nothing
//! is claimed. Uses GetItem on `routing`, BatchGetItem and PutItem on `tenant`, PutItem on `work` and `audit`, kms:Encrypt (purpose
//! `mail`), kms:Decrypt for `platform`, sqs:SendMessage on the mail and the audit queue.

use app::{App, Call, OrProblem};
use domain::audit::Action;
use domain::billing::{CURRENCY, SubscriptionCopy};
use http::StatusCode;
use http::header::ACCEPT_LANGUAGE;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use mail::{Amount, Language, Notice, NoticeDraft, NoticeId, Template, To};
use serde::{Deserialize, Serialize};
use store::Found;
use store::row::SubscriptionRow;
use stripe::objects::{Invoice, InvoiceStatus};
use stripe::{Client, IdempotencyKey, StripeError};
use tenancy::{Owner, TenantScope};
use utoipa::ToSchema;

use crate::act;
use crate::error::BillingError;
use crate::head::{Head, answered, is_early, nothing_bought};
use crate::vendor;

/// More than anybody pays in fourteen days.
const INVOICES: u8 = 20;
/// What Stripe says to a second refund of the same payment.
const REFUNDED: &str = "charge_already_refunded";

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
/// 409 `nothing_bought`, 409 `too_late` after the last moment that `GET /api/v1/billing` names; 503 `stripe_unavailable`: then ask
/// again, nothing is done twice.
#[utoipa::path(post, path = "/api/v1/billing/withdrawals", operation_id = "withdraw_from_contract", tag = "billing",
    request_body = WithdrawalIn, responses((status = 200, description = "It is done.", body = WithdrawnOut)))]
pub(crate) async fn handle(app: &App, call: &Call, scope: &TenantScope<Owner>) -> Answer {
    call.json::<WithdrawalIn>()?;
    let db = app.store.within(scope).or_problem()?;
    let head = Head::read(&db).await?;
    // One that is over too: of an act that was cut off, the rest is done.
    let bought = head.bought.as_ref().zip(head.copy());
    let (row, copy) = bought.ok_or_else(nothing_bought)?;
    if !is_early(&copy, app.clock.now()) {
        return Err(too_late());
    }
    let client = vendor::client(app).await.or_problem()?;
    // First the end: whatever happens to the rest, nothing more is charged.
    let ended = answered(Box::pin(client.cancel_now(copy.id.as_str())).await)?;
    let paid = Box::pin(paid(&client, row, &copy)).await?;
    for invoice in &paid {
        Box::pin(give_back(&client, invoice)).await?;
    }
    let after = SubscriptionCopy {
        status: ended.status.as_str().into(),
        cancel_at: ended.cancel_at,
        cancel_at_period_end: ended.cancel_at_period_end,
        ..copy.clone()
    };
    let refund = sum(&paid);
    let notice = receipt(app, call, scope, &copy, refund.clone()).await?;
    let told = Some(notice);
    act::record(app, scope, Action::BillingWithdraw, (row, &after), told).await?;
    http_kit::json(
        StatusCode::OK,
        &WithdrawnOut {
            refunded: refund.as_ref().map_or(0, |refund| refund.minor),
            currency: refund.map_or_else(|| CURRENCY.to_owned(), |refund| refund.currency),
        },
    )
}

/// The invoices of the subscription that were paid with money.
async fn paid(
    client: &Client,
    row: &Found<SubscriptionRow>,
    copy: &SubscriptionCopy,
) -> Result<Vec<Invoice>, Problem> {
    let listed = client.invoices_of(row.row.customer.as_str(), INVOICES, None);
    let mut invoices = answered(Box::pin(listed).await)?.items;
    invoices.retain(|invoice| {
        invoice.subscription.as_deref() == Some(copy.id.as_str())
            && invoice.status == InvoiceStatus::Paid
            && invoice.amount_paid > 0
    });
    Ok(invoices)
}

/// Gives back what paid an invoice. What was given back before is what was wanted.
async fn give_back(client: &Client, invoice: &Invoice) -> Result<(), Problem> {
    let whole = answered(Box::pin(client.invoice(&invoice.id)).await)?;
    for (number, payment) in whole.payments.iter().enumerate() {
        let key = IdempotencyKey::new(format!("withdraw.{}.{number}", invoice.id))
            .map_err(BillingError::from)
            .or_problem()?;
        match Box::pin(client.refund(payment, &key)).await {
            Err(error) if error.invalid_code() == Some(REFUNDED) => {}
            answer => drop(answered(answer)?),
        }
    }
    if whole.payments.is_empty() {
        // Money that came in and that we cannot point to is seen to by a person, before anything else happens.
        return answered(Err(StripeError::Unreadable));
    }
    Ok(())
}

/// All of it; nothing where nothing was paid. Prices have one currency.
fn sum(paid: &[Invoice]) -> Option<Amount> {
    let currency = paid.first()?.currency.clone();
    Some(Amount {
        minor: paid.iter().map(|invoice| invoice.amount_paid).sum(),
        currency: currency.unwrap_or_else(|| CURRENCY.to_owned()),
    })
}

/// The confirmation on a durable medium, with the moment at which the withdrawal was received.
async fn receipt(
    app: &App,
    call: &Call,
    scope: &TenantScope<Owner>,
    copy: &SubscriptionCopy,
    refund: Option<Amount>,
) -> Result<Notice, Problem> {
    let header = call.request().headers().get(ACCEPT_LANGUAGE);
    let language = header.and_then(|value| value.to_str().ok());
    let draft = NoticeDraft {
        id: NoticeId::new("withdrawal", &copy.id).map_err(Problem::internal)?,
        to: To::Account(call.session()?.user()),
        language: Language::from_tag(language.unwrap_or_default()),
        template: Template::WithdrawalReceipt {
            plan: copy.plan.offer().name.to_owned(),
            at: app.clock.now(),
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
    use serde_json::json;

    fn invoice(id: &str, paid: i64) -> Invoice {
        let value = json!({ "id": id, "status": "paid", "amount_paid": paid, "currency": "eur" });
        Invoice::read(&value).expect("an invoice")
    }

    #[test]
    fn everything_that_was_paid_is_given_back_and_nothing_is_no_sum() {
        assert_eq!(sum(&[]), None);
        let all = sum(&[invoice("in_1", 2_900), invoice("in_2", 700)]);
        let expected = Amount {
            minor: 3_600,
            currency: "eur".to_owned(),
        };
        assert_eq!(all, Some(expected));
    }

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
