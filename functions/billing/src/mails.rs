//! The mails about a plan: what was told, when, and whether it arrived.
//!
//! No list of them is kept. A mail is named by its fact, and the facts stand in our rows: the names are made again from those, and
//! the ledger of mails, which knows each for ninety days after its end, is asked for all of them at once.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use app::OrProblem;
use domain::Timestamp;
use domain::billing::{InvoiceStatus, SubscriptionId, TRIAL, receipt, renewal_name, trial_name};
use domain::notice::{MailTrouble, NoticeId, ParseNoticeIdError};
use http_kit::Problem;
use serde::Serialize;
use store::row::{InvoiceRow, NoticeRow, NoticeState};
use store::{Found, TenantDb};
use tenancy::Reads;
use utoipa::ToSchema;

use crate::head::Head;
use crate::names;
use crate::people::People;

/// A mail about an invoice is ordered at most sixty days after its payment, and is known for ninety.
const KNOWN_FOR: Duration = Duration::from_secs(150 * 86_400);
/// More often than Stripe tries to collect one invoice.
const ATTEMPTS: i64 = 8;
/// The present month, and those of which a mail may still be known.
const MONTHS: i64 = 4;

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PlanMailState {
    /// It waits to be sent.
    Waiting,
    /// It was sent, and nobody said that it did not arrive.
    Sent,
    /// It may have been sent: the answer was lost.
    Unsure,
    /// It was not sent: the address does not take mails, or they failed for too long.
    NotSent,
    /// It was sent, and the receiver's server refused it.
    Returned,
}

/// A mail about the plan. To whom it went and what it said is kept no longer than it takes to send it.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PlanMailOut {
    /// What it told, for example `receipt`, `renewal_notice` or `payment_failed`.
    what: String,
    /// The number of the invoice that it was about; null where it was about none.
    invoice: Option<String>,
    /// When it was ordered, RFC 3339 UTC.
    at: String,
    /// What became of it.
    state: PlanMailState,
}

impl PlanMailOut {
    fn of(row: &NoticeRow, invoice: Option<String>) -> Self {
        Self {
            what: row.template.clone(),
            invoice,
            at: row.created_at.rfc3339(),
            state: match (row.state, row.trouble) {
                (_, Some(MailTrouble::Bounced)) => PlanMailState::Returned,
                (NoticeState::Pending | NoticeState::Sending, _) => PlanMailState::Waiting,
                (NoticeState::Sent, _) => PlanMailState::Sent,
                (NoticeState::Unknown, _) => PlanMailState::Unsure,
                (NoticeState::Failed | NoticeState::Suppressed, _) => PlanMailState::NotSent,
            },
        }
    }
}

/// The mails that are still known, newest first.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn told<R: Reads>(
    db: &TenantDb<R>,
    head: &Head,
    invoices: &[Found<InvoiceRow>],
    now: Timestamp,
) -> Result<Vec<PlanMailOut>, Problem> {
    let rows = invoices.iter().map(|found| &found.row);
    let mut named = named(head, rows, now).map_err(Problem::internal)?;
    named.extend(Box::pin(passed_on(db, head, now)).await?);
    let known = names::known(db, named.keys().cloned().collect());
    let known = Box::pin(known).await.or_problem()?;
    let mut mails: Vec<(&NoticeId, &NoticeRow)> = known.iter().collect();
    mails.sort_by_key(|(_, row)| Reverse(row.created_at));
    let shown = mails.into_iter().map(|(id, row)| {
        let invoice = named.get(id).cloned().flatten();
        PlanMailOut::of(row, invoice)
    });
    Ok(shown.collect())
}

/// The names of all mails that may be known, each with the number of the invoice that it is about.
fn named<'a>(
    head: &Head,
    invoices: impl IntoIterator<Item = &'a InvoiceRow>,
    now: Timestamp,
) -> Result<BTreeMap<NoticeId, Option<String>>, ParseNoticeIdError> {
    let mut named = BTreeMap::new();
    named.insert(trial_name(head.workspace.created_at.plus(TRIAL))?, None);
    for month in 0..MONTHS {
        named.insert(names::quota(now.month() - month)?, None);
    }
    if let Some(row) = head.bought.as_ref().map(|found| &found.row) {
        if let Some(contract) = &row.subscription {
            named.insert(names::plan_ended(contract)?, None);
            // The last cancellation, standing or taken back: of one before it, the page tells no more.
            for at in row.cancelled_at.iter().chain(&row.taken_back) {
                named.extend(of_cancellation(contract, *at)?);
            }
        }
        for (contract, at) in row.former_contracts() {
            named.insert(names::plan_ended(&contract)?, None);
            named.extend(of_cancellation(&contract, at)?);
        }
        for contract in row.withdrawals().iter().chain(&row.subscription) {
            named.insert(names::withdrawal(contract)?, None);
            named.insert(names::refund(contract)?, None);
        }
        for renews in row.period_start.iter().chain(&row.period_end) {
            named.insert(renewal_name(*renews)?, None);
        }
    }
    for row in invoices.into_iter().filter(|row| is_recent(row, now)) {
        let number = row.number.clone();
        let number = Some(number.unwrap_or_else(|| row.id.to_string()));
        // A bill for a period that begins was told before as a renewal at that moment.
        for renews in row.period_start.iter().chain(&row.period_end) {
            named.insert(renewal_name(*renews)?, None);
        }
        named.insert(receipt(&row.id)?, number.clone());
        named.insert(names::action_required(&row.id)?, number.clone());
        if row.refunded_at.is_some() {
            named.insert(names::returned(&row.id)?, number.clone());
        }
        for attempt in 1..=ATTEMPTS {
            named.insert(names::payment_failed(&row.id, attempt)?, number.clone());
        }
    }
    Ok(named)
}

/// The names by which the last withdrawal may have been told to others than who declared it.
async fn passed_on<R: Reads>(
    db: &TenantDb<R>,
    head: &Head,
    now: Timestamp,
) -> Result<Vec<(NoticeId, Option<String>)>, Problem> {
    let bought = head.bought.as_ref();
    let declared = bought.and_then(|found| found.row.withdrawn_at);
    let Some(at) = declared.filter(|at| now < at.plus(KNOWN_FOR)) else {
        return Ok(Vec::new());
    };
    let checkout = head.checkout.as_ref().map(|found| &found.row);
    let people = Box::pin(People::read(db, checkout)).await.or_problem()?;
    let named = people
        .all()
        .map(|user| Ok((names::withdrawal_too(user, at)?, None)));
    let named: Result<_, ParseNoticeIdError> = named.collect();
    named.map_err(Problem::internal)
}

/// The names of what may have been told of one cancellation: to whoever cancelled or took that back, and to the first owner.
fn of_cancellation(
    contract: &SubscriptionId,
    at: Timestamp,
) -> Result<[(NoticeId, Option<String>); 4], ParseNoticeIdError> {
    Ok([
        (names::cancelled(contract, at)?, None),
        (names::cancelled_too(contract, at)?, None),
        (names::resumed(contract, at)?, None),
        (names::resumed_too(contract, at)?, None),
    ])
}

/// Whether a mail about an invoice may still be known.
fn is_recent(row: &InvoiceRow, now: Timestamp) -> bool {
    let last = row.paid_at.unwrap_or(row.made_at);
    row.status == InvoiceStatus::Open || now < last.plus(KNOWN_FOR)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::head::tests::{OWNER, head, renewing};
    use crate::invoices::tests::invoice;
    use domain::billing::{SubscriptionCopy, renewal_notice};
    use domain::ids::TenantId;
    use domain::notice::MailLane;
    use store::row::SubscriptionRow;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_456_800);
    const DAY: i64 = 86_400;

    fn days_from_now(days: i64) -> Timestamp {
        Timestamp::from_seconds(NOW.seconds() + days * DAY)
    }

    /// A mail of this name that was sent at a moment.
    pub(crate) fn notice(id: NoticeId, template: &str, at: Timestamp) -> NoticeRow {
        NoticeRow {
            id,
            tenant: TenantId::from_bytes([1; 16]),
            account: None,
            template: template.to_owned(),
            lane: MailLane::Security,
            content: None,
            state: NoticeState::Sent,
            attempts: 1,
            reason: None,
            ses_id: None,
            trouble: None,
            created_at: at,
            next_at: at,
            ended_at: None,
            due_at: None,
            until: None,
        }
    }

    fn receipt(state: NoticeState, trouble: Option<MailTrouble>) -> NoticeRow {
        let id = NoticeId::parse("receipt-in_1").expect("an id");
        NoticeRow {
            state,
            trouble,
            ..notice(id, "receipt", NOW)
        }
    }

    #[test]
    fn every_mail_that_can_be_told_of_a_plan_is_found_by_its_name() {
        let renews = SubscriptionCopy {
            bought_at: Some(NOW),
            cancelled_at: Some(NOW),
            ..renewing(days_from_now(-25), days_from_now(5))
        };
        let bought = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let bought = bought.synced(Some(renews.clone()), NOW);
        let gone = "sub_0".parse().expect("an id");
        let head = head(Some(bought.withdrawn_from(gone, OWNER, NOW)), NOW);
        let open = invoice("in_1", InvoiceStatus::Open, days_from_now(-1));
        let returned = InvoiceRow {
            refunded_at: Some(NOW),
            ..invoice("in_2", InvoiceStatus::Paid, NOW)
        };
        let named = named(&head, [&open, &returned], NOW).expect("names");
        let renewal = renewal_notice(&renews, NOW).expect("a notice").id;
        assert_eq!(named.get(&renewal), Some(&None));
        let number = Some("A-in_1".to_owned());
        for (name, invoice) in [
            ("receipt-in_1", &number),
            ("action-required-in_1", &number),
            ("payment-failed-in_1-1", &number),
            ("payment-failed-in_1-8", &number),
            ("plan-ended-sub_1", &None),
            ("withdrawal-sub_0", &None),
            ("withdrawal-sub_1", &None),
            ("refund-sub_0", &None),
            ("returned-in_2", &Some("A-in_2".to_owned())),
            ("cancelled-sub_1-1795456800", &None),
            ("resumed-sub_1-1795456800", &None),
            ("cancelled-too-sub_1-1795456800", &None),
            ("resumed-too-sub_1-1795456800", &None),
        ] {
            let id = NoticeId::parse(name).expect("an id");
            assert_eq!(named.get(&id), Some(invoice), "{name}");
        }
        let this_month = names::quota(NOW.month()).expect("an id");
        assert!(named.contains_key(&this_month));
    }

    #[test]
    fn the_mails_about_the_end_of_an_earlier_contract_are_found_after_another_purchase() {
        let of = |id: &str, cancelled_at| SubscriptionCopy {
            id: id.parse().expect("an id"),
            cancelled_at,
            ..renewing(days_from_now(-25), days_from_now(5))
        };
        let bought = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let former = bought.synced(Some(of("sub_1", Some(NOW))), NOW);
        let row = former.synced(Some(of("sub_2", None)), NOW);
        let none: [&InvoiceRow; 0] = [];
        let named = named(&head(Some(row), NOW), none, NOW).expect("names");
        for name in [
            "plan-ended-sub_1",
            "plan-ended-sub_2",
            "cancelled-sub_1-1795456800",
            "resumed-sub_1-1795456800",
        ] {
            let id = NoticeId::parse(name).expect("an id");
            assert!(named.contains_key(&id), "{name}");
        }
    }

    #[test]
    fn an_invoice_whose_mails_are_forgotten_is_not_asked_for_and_one_that_is_open_is() {
        let long_ago = days_from_now(-151);
        let of = |status| {
            let row = invoice("in_1", status, long_ago);
            named(&head(None, NOW), [&row], NOW).expect("names")
        };
        let receipt = NoticeId::parse("receipt-in_1").expect("an id");
        assert!(!of(InvoiceStatus::Paid).contains_key(&receipt));
        assert!(of(InvoiceStatus::Open).contains_key(&receipt));
    }

    #[test]
    fn a_mail_that_came_back_did_not_arrive_and_one_that_was_called_unwanted_did() {
        let state = |state, trouble| PlanMailOut::of(&receipt(state, trouble), None).state;
        let bounced = Some(MailTrouble::Bounced);
        assert_eq!(state(NoticeState::Sent, bounced), PlanMailState::Returned);
        let unwanted = Some(MailTrouble::Complained);
        assert_eq!(state(NoticeState::Sent, unwanted), PlanMailState::Sent);
        assert_eq!(state(NoticeState::Pending, None), PlanMailState::Waiting);
        assert_eq!(state(NoticeState::Sending, None), PlanMailState::Waiting);
        assert_eq!(state(NoticeState::Unknown, None), PlanMailState::Unsure);
        assert_eq!(state(NoticeState::Failed, None), PlanMailState::NotSent);
        assert_eq!(state(NoticeState::Suppressed, None), PlanMailState::NotSent);
    }
}
