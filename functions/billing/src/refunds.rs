//! What a withdrawal owes to who paid: everything that came in for the contract.

use domain::Timestamp;
use domain::billing::{CURRENCY, Plan};
use domain::ids::TenantId;
use mail::{Amount, Template};
use stripe::objects::{Invoice, InvoiceStatus, Payment, RefundStatus};
use stripe::{Client, IdempotencyKey, KeyError, StripeError};
use telemetry::{Dimension, Unit};

use crate::error::BillingError;

/// What Stripe says to a second refund of the same payment.
const REFUNDED: &str = "charge_already_refunded";

/// What became of everything that was paid for a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Returned {
    /// What is on its way; nothing where nothing is.
    pub(crate) given: Option<Amount>,
    /// What Stripe did not give back, so that a person of ours must.
    pub(crate) owed: Option<Amount>,
}

impl Returned {
    /// Of the invoices of a contract, those that are given back and those that are not.
    pub(crate) fn of(given: &[&Invoice], owed: &[&Invoice]) -> Self {
        let (given, owed) = (sum(given), sum(owed));
        Self { given, owed }
    }

    /// The confirmation of a withdrawal that was declared at this moment. It promises no more than there is.
    pub(crate) fn confirmed(self, plan: Plan, at: Timestamp) -> Template {
        let (plan, refund) = (plan.offer().name.to_owned(), self.given);
        match self.owed {
            Some(owed) => Template::WithdrawalOwed {
                plan,
                at,
                owed,
                refund,
            },
            None => Template::WithdrawalReceipt { plan, at, refund },
        }
    }
}

/// Whether an invoice was paid with money.
pub(crate) fn is_paid(invoice: &Invoice) -> bool {
    invoice.status == InvoiceStatus::Paid && invoice.amount_paid > 0
}

/// The invoices of a contract that were paid with money.
pub(crate) fn paid<'a>(
    invoices: impl IntoIterator<Item = &'a Invoice>,
    contract: &str,
) -> Vec<&'a Invoice> {
    let all = invoices.into_iter();
    all.filter(|invoice| invoice.subscription.as_deref() == Some(contract) && is_paid(invoice))
        .collect()
}

/// All of it; nothing where nothing was paid. Prices have one currency.
pub(crate) fn sum(paid: &[&Invoice]) -> Option<Amount> {
    let currency = paid.first()?.currency.clone();
    Some(Amount {
        minor: paid.iter().map(|invoice| invoice.amount_paid).sum(),
        currency: currency.unwrap_or_else(|| CURRENCY.to_owned()),
    })
}

/// Gives back what paid an invoice, and says whether all of it is on its way. What was given back before is what was wanted. What
/// Stripe refuses for good, and money that we cannot point to, is seen to by a person: it stops nothing else of a withdrawal.
///
/// # Errors
/// When Stripe does not answer, or not to us: the same may be asked again.
pub(crate) async fn give_back(
    client: &Client,
    tenant: TenantId,
    invoice: &str,
) -> Result<bool, BillingError> {
    let whole = Box::pin(client.invoice(invoice)).await?;
    let mut is_done = !whole.payments.is_empty();
    for payment in &whole.payments {
        let key = key(invoice, payment)?;
        match Box::pin(client.refund(payment, &key)).await {
            Ok(refund) => is_done &= is_on_its_way(&refund.status),
            Err(error) if error.invalid_code() == Some(REFUNDED) => {}
            Err(error) if is_final(&error) => is_done = false,
            Err(error) => return Err(error.into()),
        }
    }
    if !is_done {
        tracing::error!(tenant.id = %tenant, code = "refund_refused", "what was paid is to be given back by hand");
        let split = [(Dimension::Code, "refund_refused")];
        telemetry::metric("billing_problems", Unit::Count, 1.0, &split);
    }
    Ok(is_done)
}

/// By the payment: Stripe may list several in another order next time, and a key stands for one call. A refund of before that had
/// another key is known to Stripe all the same: nothing is left to give back.
fn key(invoice: &str, payment: &Payment) -> Result<IdempotencyKey, KeyError> {
    let (Payment::Intent(id) | Payment::Charge(id)) = payment;
    IdempotencyKey::new(format!("withdraw.{invoice}.{id}"))
}

const fn is_on_its_way(status: &RefundStatus) -> bool {
    !matches!(status, RefundStatus::Failed | RefundStatus::Canceled)
}

/// Whether asking again changes nothing: it is refused, or our key may do all but this.
const fn is_final(error: &StripeError) -> bool {
    matches!(
        error,
        StripeError::Declined { .. }
            | StripeError::Invalid { .. }
            | StripeError::Gone { .. }
            | StripeError::KeyReused
            | StripeError::Unauthorized { status: 403 }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn invoice(id: &str, contract: &str, status: &str, paid: i64) -> Invoice {
        let value = json!({ "id": id, "subscription": contract, "status": status,
            "amount_paid": paid, "currency": "eur" });
        Invoice::read(&value).expect("an invoice")
    }

    #[test]
    fn everything_that_was_paid_for_the_contract_is_given_back_and_nothing_is_no_sum() {
        let all = [
            invoice("in_1", "sub_1", "paid", 2_900),
            invoice("in_2", "sub_1", "paid", 700),
            invoice("in_3", "sub_1", "paid", 0),
            invoice("in_4", "sub_1", "open", 0),
            invoice("in_5", "sub_2", "paid", 9_900),
        ];
        let expected = Amount {
            minor: 3_600,
            currency: "eur".to_owned(),
        };
        assert_eq!(sum(&paid(&all, "sub_1")), Some(expected));
        assert_eq!(sum(&paid(&all, "sub_3")), None);
    }

    #[test]
    fn a_payment_keeps_its_key_wherever_it_stands_in_the_list() {
        let of = |payments: [&str; 2]| {
            payments.map(|id| {
                let payment = Payment::Intent(id.to_owned());
                key("in_1", &payment).expect("a key").as_str().to_owned()
            })
        };
        let [one, two] = of(["pi_1", "pi_2"]);
        assert_ne!(one, two);
        assert_eq!(of(["pi_2", "pi_1"]), [two, one]);
    }

    #[test]
    fn a_confirmation_never_says_of_what_was_refused_that_it_is_on_its_way() {
        let at = Timestamp::from_seconds(1_795_456_800);
        let (one, two) = (
            invoice("in_1", "sub_1", "paid", 2_900),
            invoice("in_2", "sub_1", "paid", 700),
        );
        let kind = |given: &[&Invoice], owed: &[&Invoice]| {
            Returned::of(given, owed)
                .confirmed(Plan::Creator, at)
                .kind()
        };
        assert_eq!(kind(&[&one, &two], &[]), "withdrawal_receipt");
        assert_eq!(kind(&[], &[]), "withdrawal_receipt");
        assert_eq!(kind(&[], &[&one]), Template::WITHDRAWAL_OWED);
        let partly = Returned::of(&[&one], &[&two]).confirmed(Plan::Creator, at);
        let Template::WithdrawalOwed { owed, refund, .. } = partly else {
            panic!("another mail");
        };
        let refund = refund.map(|refund| refund.minor);
        assert_eq!((owed.minor, refund), (700, Some(2_900)));
    }

    #[test]
    fn only_what_stripe_refuses_for_good_is_left_to_a_person() {
        let invalid = StripeError::Invalid {
            status: 400,
            code: None,
            param: None,
        };
        for error in [
            invalid,
            StripeError::Gone { param: None },
            StripeError::Unauthorized { status: 403 },
        ] {
            assert!(is_final(&error), "{error:?}");
        }
        for error in [
            StripeError::Failing { status: 503 },
            StripeError::UnderWay,
            StripeError::Unauthorized { status: 401 },
            StripeError::Unreadable,
        ] {
            assert!(!is_final(&error), "{error:?}");
        }
        assert!(is_on_its_way(&RefundStatus::Pending) && !is_on_its_way(&RefundStatus::Failed));
    }
}
