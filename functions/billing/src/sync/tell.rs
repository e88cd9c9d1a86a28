//! What follows from what was seen, for the people who pay: which mails, decided from rows and objects alone.

use std::time::Duration;

use domain::Timestamp;
use domain::billing::{
    CURRENCY, InvoiceStatus, Meter, Notice, Plan, Standing, SubscriptionCopy, mark, receipt,
};
use domain::notice::NoticeId;
use jobs::Hint;
use mail::{Amount, MailError, Template};
use store::row::InvoiceRow;
use stripe::objects::{self, Invoice, Renewal};

use super::meter::Written;
use crate::names;

/// A payment of longer ago is not told any more: notices are kept no longer than this and a month, so that one could be told twice.
const RECEIPT_AFTER: Duration = Duration::from_secs(60 * 86_400);
/// A payment that failed is told of a bill of at most so long ago. Stripe tries for two months; a bill may stay open for ever, and its
/// notice is known for ninety days from then on, so that without an end it would be told again.
const FAILURE_AFTER: Duration = Duration::from_secs(80 * 86_400);
/// Why the first invoice of a subscription is made: whoever pays it stands before Stripe's page and sees what happens.
const FIRST: &str = "subscription_create";
/// The event that a payment failed.
const FAILED: &str = "invoice.payment_failed";
/// The event that the bank wants to hear from the payer: the invoice itself does not say so.
const ACTION_REQUIRED: &str = "invoice.payment_action_required";

/// How the contract of a bill stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contract {
    /// Stripe calls it paid: a payment that is open was not refused, for one from a bank account is under way for days.
    InOrder,
    /// A payment is owed.
    Owing,
    /// It is over: nobody is asked for money any more.
    Over,
}

/// Something that is told once.
pub(super) struct Tell {
    /// By which name.
    pub(super) id: NoticeId,
    /// What.
    pub(super) template: Template,
}

/// A bill as it is stored; nothing for one that is no bill yet, or with a name that cannot be Stripe's.
pub(super) fn row(invoice: &Invoice) -> Option<InvoiceRow> {
    if invoice.status == objects::InvoiceStatus::Draft {
        return None;
    }
    let period = invoice.period.map(super::fetch::period);
    Some(InvoiceRow {
        id: invoice.id.parse().ok()?,
        number: invoice.number.clone(),
        status: invoice.status.as_str().into(),
        total: invoice.total,
        amount_paid: Some(invoice.amount_paid),
        currency: invoice.currency.clone(),
        page: invoice.page.as_ref().map(|page| page.as_str().to_owned()),
        made_at: invoice.created?,
        paid_at: invoice.paid_at,
        period_start: period.map(|period| period.start),
        period_end: period.map(|period| period.end),
        returned: None,
        credited: None,
        refunded_at: None,
        refunded: None,
        by_bank: None,
        disputed: None,
        owed: None,
        called_at: None,
    })
}

/// What a bill has people told. `known` is its row as it was.
pub(super) fn of_bill(
    (invoice, row): (&Invoice, &InvoiceRow),
    known: Option<&InvoiceRow>,
    contract: Contract,
    hint: Option<&Hint>,
    (pages, now): (&str, Timestamp),
) -> Result<Vec<Tell>, MailError> {
    let link = row.page.clone().unwrap_or_else(|| pages.to_owned());
    let sum = |minor| Amount {
        minor,
        currency: row.currency.clone().unwrap_or_else(|| CURRENCY.to_owned()),
    };
    let mut tells = Vec::new();
    let was_paid = known.is_some_and(|known| known.status == InvoiceStatus::Paid);
    let paid_at = row.paid_at.unwrap_or(now);
    if row.status == InvoiceStatus::Paid
        && !was_paid
        && invoice.amount_paid > 0
        && now < paid_at.plus(RECEIPT_AFTER)
    {
        let number = row.number.clone();
        let template = Template::Receipt {
            number: number.unwrap_or_else(|| row.id.to_string()),
            amount: sum(invoice.amount_paid),
            paid_at,
            link: link.clone(),
        };
        let id = receipt(&row.id)?;
        tells.push(Tell { id, template });
    }
    let is_renewed = invoice.billing_reason.as_deref() != Some(FIRST);
    let is_recent = now < row.made_at.plus(FAILURE_AFTER);
    let is_asked_for = row.status == InvoiceStatus::Open && contract != Contract::Over;
    if is_asked_for && is_renewed && is_recent {
        let amount = sum(invoice.amount_remaining);
        let is_owed = contract == Contract::Owing || says(hint, FAILED, invoice);
        if invoice.attempts > 0 && is_owed {
            let id = names::payment_failed(&row.id, invoice.attempts)?;
            let (amount, link) = (amount.clone(), link.clone());
            let template = Template::PaymentFailed {
                amount,
                link,
                is_last: invoice.next_attempt_at.is_none(),
            };
            tells.push(Tell { id, template });
        }
        if says(hint, ACTION_REQUIRED, invoice) {
            let id = names::action_required(&row.id)?;
            let template = Template::ActionRequired { amount, link };
            tells.push(Tell { id, template });
        }
    }
    Ok(tells)
}

/// That four fifths of the month's messages are used: once a month, and of a plan that lets have some.
pub(super) fn of_quota(
    standing: Standing,
    written: Written,
    pages: &str,
) -> Result<Option<Tell>, MailError> {
    let allowed = standing.entitlements().ai_messages;
    if allowed == 0 || mark(written.messages, allowed).is_none() {
        return Ok(None);
    }
    let template = Template::QuotaNear {
        meter: Meter::AiMessages,
        link: pages.to_owned(),
    };
    let id = names::quota(written.at.month())?;
    Ok(Some(Tell { id, template }))
}

/// The end of a trial.
pub(super) fn of_trial(notice: Notice, pages: &str) -> Tell {
    let template = Template::TrialEnding {
        until: notice.about,
        link: pages.to_owned(),
    };
    Tell {
        id: notice.id,
        template,
    }
}

/// A renewal: what Stripe says that it will charge, else what one costs.
pub(super) fn of_renewal(
    notice: Notice,
    copy: &SubscriptionCopy,
    preview: Option<&Renewal>,
    pages: &str,
) -> Tell {
    let listed = copy.amount.unwrap_or(0).saturating_mul(copy.quantity);
    let currency = preview.and_then(|preview| preview.currency.clone());
    let currency = currency.or_else(|| copy.currency.clone());
    let template = Template::RenewalNotice {
        plan: name(copy.plan),
        amount: Amount {
            minor: preview.map_or(listed, |preview| preview.amount_due),
            currency: currency.unwrap_or_else(|| CURRENCY.to_owned()),
        },
        at: notice.about,
        link: pages.to_owned(),
    };
    Tell {
        id: notice.id,
        template,
    }
}

fn name(plan: Plan) -> String {
    plan.offer().name.to_owned()
}

/// Whether an event of this kind is about a bill.
fn says(hint: Option<&Hint>, kind: &str, invoice: &Invoice) -> bool {
    hint.is_some_and(|hint| {
        hint.kind == kind && hint.object.as_deref() == Some(invoice.id.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);
    const PAGES: &str = "https://127.0.0.1/billing";

    fn bill(change: Value) -> Invoice {
        let mut value = json!({ "id": "in_1", "customer": "cus_1", "status": "paid", "number": "A-1",
            "currency": "eur", "total": 2_900, "amount_paid": 2_900, "amount_remaining": 0,
            "created": 1_799_990_000, "status_transitions": { "paid_at": 1_799_999_000 },
            "hosted_invoice_url": "https://127.0.0.1/i/1", "attempt_count": 1 });
        for (name, new) in change.as_object().expect("an object") {
            value[name] = new.clone();
        }
        Invoice::read(&value).expect("an invoice")
    }

    fn told(invoice: &Invoice, known: Option<&InvoiceRow>, kind: &str) -> Vec<String> {
        told_of((invoice, Contract::Owing), known, kind, NOW)
    }

    /// The same of a contract that stands so, at a moment.
    fn told_of(
        (invoice, contract): (&Invoice, Contract),
        known: Option<&InvoiceRow>,
        kind: &str,
        now: Timestamp,
    ) -> Vec<String> {
        let row = row(invoice).expect("a row");
        let hint = Hint::new(None, kind, Some("in_1"));
        let said = (invoice, &row);
        let tells = of_bill(said, known, contract, Some(&hint), (PAGES, now)).expect("names");
        tells.into_iter().map(|tell| tell.id.to_string()).collect()
    }

    #[test]
    fn p15_a_receipt_comes_with_the_first_copy_of_a_paid_invoice_only() {
        let paid = bill(json!({}));
        let open = bill(json!({ "status": "open" }));
        assert_eq!(told(&paid, None, "invoice.paid"), ["receipt-in_1"]);
        assert_eq!(
            told(&paid, row(&open).as_ref(), "anything"),
            ["receipt-in_1"]
        );
        let none: [&str; 0] = [];
        assert_eq!(told(&paid, row(&paid).as_ref(), "invoice.paid"), none);
        let free = bill(json!({ "amount_paid": 0, "total": 0 }));
        assert_eq!(told(&free, None, "invoice.paid"), none);
        let long_ago = bill(json!({ "status_transitions": { "paid_at": 1_790_000_000 } }));
        assert_eq!(told(&long_ago, None, "invoice.paid"), none);
    }

    #[test]
    fn each_failed_payment_of_a_renewal_is_told_once_and_the_first_payment_never() {
        let failed = |reason: &str, attempts: i64| {
            bill(
                json!({ "status": "open", "billing_reason": reason, "attempt_count": attempts,
                "amount_paid": 0, "amount_remaining": 2_900 }),
            )
        };
        let renewal = "subscription_cycle";
        let kind = "invoice.payment_failed";
        assert_eq!(
            told(&failed(renewal, 1), None, kind),
            ["payment-failed-in_1-1"]
        );
        assert_eq!(
            told(&failed(renewal, 2), None, kind),
            ["payment-failed-in_1-2"]
        );
        let none: [&str; 0] = [];
        assert_eq!(told(&failed(renewal, 0), None, kind), none);
        assert_eq!(told(&failed(FIRST, 1), None, kind), none);
        let asked = told(&failed(renewal, 0), None, ACTION_REQUIRED);
        assert_eq!(asked, ["action-required-in_1"]);
    }

    /// A bill of a renewal that was tried once.
    fn tried() -> Invoice {
        bill(
            json!({ "status": "open", "billing_reason": "subscription_cycle", "attempt_count": 1,
            "amount_paid": 0, "amount_remaining": 2_900 }),
        )
    }

    #[test]
    fn a_payment_that_is_under_way_has_not_failed_until_stripe_says_so() {
        let none: [&str; 0] = [];
        let failed = ["payment-failed-in_1-1"];
        let of = |contract, kind| told_of((&tried(), contract), None, kind, NOW);
        assert_eq!(of(Contract::InOrder, "invoice.finalized"), none);
        assert_eq!(of(Contract::InOrder, FAILED), failed);
        let lost = of(Contract::Owing, "anything");
        assert_eq!(lost, failed, "its own event may be lost");
    }

    #[test]
    fn nobody_is_asked_to_pay_for_a_contract_that_is_over() {
        for kind in [FAILED, ACTION_REQUIRED, "anything"] {
            let told = told_of((&tried(), Contract::Over), None, kind, NOW);
            assert!(told.is_empty(), "{kind}: {told:?}");
        }
        let paid = told_of((&bill(json!({})), Contract::Over), None, "x", NOW);
        assert_eq!(paid, ["receipt-in_1"], "what was paid has its receipt");
    }

    #[test]
    fn a_payment_is_said_to_be_tried_again_only_where_it_is() {
        let is_last = |next: Option<i64>| {
            let mut invoice = tried();
            invoice.next_attempt_at = next.map(Timestamp::from_seconds);
            let row = row(&invoice).expect("a row");
            let told = of_bill((&invoice, &row), None, Contract::Owing, None, (PAGES, NOW));
            let told = told.expect("names").into_iter();
            let mut last = told.map(|tell| match tell.template {
                Template::PaymentFailed { is_last, .. } => is_last,
                _ => panic!("another mail"),
            });
            last.next().expect("it is told")
        };
        assert!(is_last(None) && !is_last(Some(NOW.seconds() + 86_400)));
    }

    #[test]
    fn a_bill_that_stays_open_for_ever_is_not_told_again_once_its_notice_is_forgotten() {
        let made_at = row(&tried()).expect("a row").made_at;
        let of = |now| told_of((&tried(), Contract::Owing), None, FAILED, now);
        let last = Timestamp::from_millis(made_at.plus(FAILURE_AFTER).millis() - 1);
        assert_eq!(of(last).len(), 1);
        assert!(of(made_at.plus(FAILURE_AFTER)).is_empty());
        let is_known_for = Duration::from_secs(90 * 86_400);
        assert!(FAILURE_AFTER < is_known_for);
    }

    #[test]
    fn four_fifths_of_the_months_messages_are_told_once_a_month_and_not_where_there_are_none() {
        let counted = |standing, messages, at| {
            let tell = of_quota(standing, Written { messages, at }, PAGES).expect("a name");
            tell.map(|tell| tell.id.to_string())
        };
        let told = |standing, messages| counted(standing, messages, NOW);
        let active = Standing::Active {
            plan: Plan::Creator,
        };
        let name = Some(format!("quota-{}", NOW.month()));
        assert_eq!(told(active, 3_999), None);
        assert_eq!(told(active, 4_000), name);
        assert_eq!(told(active, 9_000), name);
        let before = Timestamp::from_seconds(NOW.seconds() - 31 * 86_400);
        let former = Some(format!("quota-{}", before.month()));
        assert_ne!(former, name);
        assert_eq!(counted(active, 9_000, before), former, "by its own month");
        let lapsed = Standing::Lapsed(domain::billing::Lapse::Ended);
        assert_eq!(told(lapsed, 9_000), None);
    }

    #[test]
    fn a_draft_is_no_bill_and_a_bill_without_a_page_leads_to_ours() {
        assert!(row(&bill(json!({ "status": "draft" }))).is_none());
        let bare = bill(json!({ "hosted_invoice_url": null }));
        let row = row(&bare).expect("a row");
        let in_order = Contract::InOrder;
        let tells = of_bill((&bare, &row), None, in_order, None, (PAGES, NOW)).expect("names");
        let is_ours =
            |tell: &Tell| matches!(&tell.template, Template::Receipt { link, .. } if link == PAGES);
        assert!(tells.len() == 1 && tells.iter().all(is_ours));
    }
}
