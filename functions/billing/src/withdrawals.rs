//! `POST /api/v1/billing/withdrawals`: the contract is taken back within its first fourteen days.
//!
//! That it was declared, and when, is written before Stripe hears of it: by that moment it is in time, however long the rest takes.
//! Then the subscription ends, what was paid is given back, and the receipt is written, which says what is left to a person. Each
//! call names what it is about and no attempt, so whoever asks again after one was cut off repeats nothing; and where nobody asks
//! again, a look of `billing.sync` does the rest, whose moment is written with the declaration. Where Stripe does not answer, the
//! receipt says what was declared and when, and another mail follows once the money goes back.
//!
//! Uses GetItem on `routing`, BatchGetItem and PutItem on `tenant`, PutItem on `work` and `audit`, kms:Encrypt
//! (purpose `mail`), kms:Decrypt for `platform`, sqs:SendMessage on the mail and the audit queue.

use std::time::Duration;

use app::{App, Call, OrProblem};
use domain::Timestamp;
use domain::audit::Action;
use domain::billing::SubscriptionCopy;
use domain::ids::UserId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use mail::{Notice, Template};
use serde::{Deserialize, Serialize};
use store::row::{BILLS_COMPARED, ReconciliationRow, SubscriptionRow};
use store::{Found, TenantDb};
use stripe::Client;
use stripe::objects::Invoice;
use tenancy::{Owner, TenantScope};
use utoipa::ToSchema;

use crate::act;
use crate::error::BillingError;
use crate::head::{Head, answered, is_early, nothing_bought};
use crate::refunds::{self, Returned};
use crate::{names, vendor};

/// After so long a look sees whether a withdrawal was carried out, and does what is left of it: longer than the call may take.
const SEEN_TO_AFTER: Duration = Duration::from_secs(120);
/// So often is looked again when a look at Stripe was faster.
const TRIES: usize = 6;

/// A withdrawal that is written down.
struct Declared {
    row: Found<SubscriptionRow>,
    copy: SubscriptionCopy,
    at: Timestamp,
    /// Who declared it, and is told: another owner may ask again after a call that was cut off.
    by: UserId,
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
    /// What is on its way back, in the currency's smallest unit; 0 where nothing is.
    refunded: i64,
    /// What is to be given back besides: it does not go back by itself, and one of us sees to it. A mail tells when it is done.
    owed: i64,
    /// What your bank decides on, because you have disputed the payment: it gives it back, or we do as soon as it has decided otherwise. A
    /// mail tells which.
    disputed: i64,
    /// Three small letters.
    currency: String,
}

impl WithdrawnOut {
    fn of(returned: &Returned) -> Self {
        Self {
            refunded: returned.given,
            owed: returned.owed,
            disputed: returned.disputed,
            currency: returned.currency().to_owned(),
        }
    }
}

/// Withdraws from the contract: the subscription ends at once, everything that was paid for it is given back, and a mail
/// confirms it. Data stays, and can be exported.
///
/// 409 `nothing_bought`, also for what was over before anybody withdrew from it; 409 `too_late_to_withdraw` after the last moment
/// that `GET /api/v1/billing` names; 503 `withdrawal_received`: Stripe does not answer, but it is written down, with the moment that
/// the answer names, and will be carried out. A mail confirms that at once. Asking again does nothing twice.
#[utoipa::path(post, path = "/api/v1/billing/withdrawals", operation_id = "withdraw_from_contract", tag = "billing",
    request_body = WithdrawalIn, responses((status = 200, description = "It is done.", body = WithdrawnOut)))]
pub(crate) async fn handle(app: &App, call: &Call, scope: &TenantScope<Owner>) -> Answer {
    call.json::<WithdrawalIn>()?;
    let db = app.store.within(scope).or_problem()?;
    let declared = Box::pin(declare(app, call, scope, &db)).await?;
    let (after, returned) = match Box::pin(carry_out(app, &declared)).await {
        Ok(done) => done,
        Err(problem) => {
            Box::pin(confirm(app, call, scope, &declared)).await?;
            return Err(received(problem, declared.at));
        }
    };
    let notice = receipt(app, call, scope, &declared, &returned).await?;
    // The entry was written with the declaration.
    act::record(app, scope, None, (&declared.row, &after), Some(notice)).await?;
    http_kit::json(StatusCode::OK, &WithdrawnOut::of(&returned))
}

/// Writes the withdrawal down, with its entry, unless it is written already: then it was in time, whatever the clock says now. The look
/// that sees to the rest of it, should this call not come to its end, is due with it.
async fn declare(
    app: &App,
    call: &Call,
    scope: &TenantScope<Owner>,
    db: &TenantDb<Owner>,
) -> Result<Declared, Problem> {
    let user = call.session()?.user();
    for _ in 0..TRIES {
        let head = Head::read(db).await?;
        let copy = head.copy();
        let (row, copy) = head.bought.zip(copy).ok_or_else(nothing_bought)?;
        if let Some(at) = row.row.withdrawal_of(copy.id.as_str()) {
            // One that is over too: of an act that was cut off, the rest is done.
            let by = row.row.withdrawn_by.get(copy.id.as_str()).copied();
            let by = by.unwrap_or(user);
            return Ok(Declared { row, copy, at, by });
        }
        let now = app.clock.now();
        require_open(&copy, now)?;
        let entry = app.audit(scope, Action::BillingWithdraw, scope.tenant());
        let declared = row.row.withdrawn_from(copy.id.clone(), user, now);
        let mut transaction = db.transaction();
        transaction.replace(&declared, row.rev);
        let seen_to = now.plus(SEEN_TO_AFTER);
        transaction.put_any(&ReconciliationRow::at(scope.tenant(), seen_to));
        entry.write(&mut transaction);
        match Box::pin(transaction.commit()).await {
            Ok(()) => {
                app.ring_audit(scope).await;
                let rev = row.rev + 1;
                let row = Found { row: declared, rev };
                let (at, by) = (now, user);
                return Ok(Declared { row, copy, at, by });
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(Problem::conflict(
        "changed_meanwhile",
        "The subscription is changing at this moment. Try again: nothing is done twice.",
    ))
}

/// Refuses what `GET /api/v1/billing` does not offer.
fn require_open(copy: &SubscriptionCopy, now: Timestamp) -> Result<(), Problem> {
    if copy.status.is_over() {
        return Err(nothing_bought());
    }
    match is_early(copy, now) {
        true => Ok(()),
        false => Err(too_late()),
    }
}

/// Ends the contract at Stripe and has everything given back that was paid for it: our copy as it is then, and what became of the
/// money.
async fn carry_out(
    app: &App,
    declared: &Declared,
) -> Result<(SubscriptionCopy, Returned), Problem> {
    let (row, copy) = (&declared.row.row, &declared.copy);
    let client = vendor::client(app).await.or_problem()?;
    // First the end: whatever happens to the rest, nothing more is charged.
    let ended = answered(Box::pin(client.cancel_now(copy.id.as_str())).await)?;
    let listed = client.invoices_of(row.customer.as_str(), BILLS_COMPARED, None);
    let listed = answered(Box::pin(listed).await)?;
    let paid = refunds::paid(&listed.items, copy.id.as_str());
    let returned = Box::pin(give_back(&client, &paid, declared.at)).await;
    let returned = returned.or_problem()?;
    let after = SubscriptionCopy {
        status: ended.status.as_str().into(),
        cancel_at: ended.cancel_at,
        cancel_at_period_end: ended.cancel_at_period_end,
        cancelled_at: ended.canceled_at,
        ..copy.clone()
    };
    Ok((after, returned))
}

async fn give_back(
    client: &Client,
    paid: &[&Invoice],
    declared: Timestamp,
) -> Result<Returned, BillingError> {
    let mut all = Returned::default();
    for invoice in paid {
        let one = Box::pin(refunds::give_back(client, &invoice.id, declared)).await?;
        all = all.and(one);
    }
    Ok(all)
}

/// The confirmation on a durable medium, with the moment at which the withdrawal was received.
async fn receipt(
    app: &App,
    call: &Call,
    scope: &TenantScope<Owner>,
    declared: &Declared,
    returned: &Returned,
) -> Result<Notice, Problem> {
    let id = names::withdrawal(&declared.copy.id).map_err(Problem::internal)?;
    let template = returned.confirmed(declared.copy.plan, declared.at);
    Box::pin(act::notice(app, call, scope, declared.by, (id, template))).await
}

/// Confirms what was declared, though Stripe has carried out nothing of it yet. One confirmation is enough.
async fn confirm(
    app: &App,
    call: &Call,
    scope: &TenantScope<Owner>,
    declared: &Declared,
) -> Result<(), Problem> {
    let id = names::withdrawal(&declared.copy.id).map_err(Problem::internal)?;
    let template = Template::WithdrawalDeclared {
        plan: declared.copy.plan.offer().name.to_owned(),
        at: declared.at,
    };
    let notice = Box::pin(act::notice(app, call, scope, declared.by, (id, template))).await?;
    let db = app.store.within(scope).or_problem()?;
    let mut transaction = db.transaction();
    notice.add_to(&mut transaction);
    match Box::pin(transaction.commit()).await {
        Ok(()) => notice.post(app).await,
        Err(error) if error.is_race() => {}
        Err(error) => return Err(error).or_problem(),
    }
    Ok(())
}

/// The refusal, where it is one that passes, in the words that matter to whoever withdraws.
fn received(problem: Problem, at: Timestamp) -> Problem {
    match problem {
        Problem::VendorUnavailable { source, .. } => Problem::vendor_unavailable(
            "withdrawal_received",
            format!(
                "Your withdrawal was received on {} and will be carried out, though Stripe does not answer at the moment. A mail confirms it.",
                at.rfc3339()
            ),
            source,
        ),
        other => other,
    }
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
    use crate::head::tests::copy;
    use crate::head::withdrawable;
    use domain::billing::{CURRENCY, SubscriptionStatus, withdrawal_ends};

    #[test]
    fn only_what_is_offered_can_be_withdrawn_from() {
        let bought = Timestamp::from_seconds(1_795_456_800);
        let until = withdrawal_ends(bought);
        let late = Timestamp::from_millis(until.millis() + 1);
        for (status, now, refused) in [
            (SubscriptionStatus::Active, until, None),
            (SubscriptionStatus::PastDue, bought, None),
            (
                SubscriptionStatus::Active,
                late,
                Some("too_late_to_withdraw"),
            ),
            (SubscriptionStatus::Canceled, bought, Some("nothing_bought")),
            (SubscriptionStatus::Canceled, late, Some("nothing_bought")),
        ] {
            let copy = copy(status, bought.seconds());
            let problem = require_open(&copy, now).err();
            assert_eq!(problem.map(|problem| problem.code()), refused);
            let is_offered = withdrawable(&copy, now).is_some();
            assert_eq!(is_offered, refused.is_none());
        }
    }

    #[test]
    fn while_stripe_does_not_answer_the_moment_of_the_declaration_is_named() {
        let at = Timestamp::from_seconds(1_795_456_800);
        let failing = BillingError::from(stripe::StripeError::Failing { status: 503 });
        let said = received(app::IntoProblem::into_problem(failing), at);
        assert_eq!(said.code(), "withdrawal_received");
        assert_eq!(said.status(), StatusCode::SERVICE_UNAVAILABLE);
        let Problem::VendorUnavailable { message, .. } = &said else {
            panic!("another refusal");
        };
        assert!(message.contains(&at.rfc3339()), "{message}");
        let ours = received(too_late(), at);
        assert_eq!(ours.code(), "too_late_to_withdraw");
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

    #[test]
    fn who_had_paid_nothing_gets_nothing_back_in_our_currency() {
        let nothing = WithdrawnOut::of(&Returned::default());
        assert_eq!((nothing.refunded, nothing.owed), (0, 0));
        assert_eq!(nothing.currency, CURRENCY);
    }

    #[test]
    fn what_stripe_refused_is_owed_and_what_a_bank_decides_on_is_neither_owed_nor_given_back() {
        let returned = Returned {
            given: 700,
            owed: 2_900,
            disputed: 9_900,
            currency: Some("usd".to_owned()),
            ..Returned::default()
        };
        let shown = WithdrawnOut::of(&returned);
        assert_eq!((shown.refunded, shown.owed), (700, 2_900));
        assert_eq!((shown.disputed, shown.currency.as_str()), (9_900, "usd"));
    }
}
