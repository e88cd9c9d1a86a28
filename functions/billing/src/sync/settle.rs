//! What a look writes: first the copy with the bills, then what was carried out at Stripe because of them.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Timestamp;
use domain::billing::{Problem, next_look};
use domain::notice::NoticeId;
use jobs::Hint;
use store::row::{NoticeRow, ReconciliationRow, StripeEventRow};
use telemetry::{Dimension, Unit};

use super::bills::{self, Bill};
use super::look::{Desk, Seen};
use super::notices::Addressed;
use super::tell::Tell;
use super::{closing, dispute, meter, notices, over, report, returned, withdrawn};
use crate::error::BillingError;
use crate::vendor;

/// So many mails are written with what was carried out: a transaction has an end. What is left is told by the look after it.
const TOLD_AT_ONCE: usize = 25;
/// When that look is due.
const GOES_ON_AFTER: Duration = Duration::from_secs(60);

impl Desk<'_> {
    /// Writes the copy, carries out what follows from it, and then lets the event count.
    pub(super) async fn settle(
        &self,
        seen: &Seen<'_>,
        ended: Result<(), BillingError>,
    ) -> Result<(), BillingError> {
        let mut bills = bills::read(&self.db, seen.at_stripe).await?;
        let mut facts = notices::facts(&vendor::page(self.app), seen, &bills)?;
        let told = Box::pin(self.told(seen, &bills, &facts)).await?;
        facts.retain(|tell| !told.contains_key(&tell.id));
        let late = over::paid_late(seen, &bills);
        Box::pin(self.write(seen, &mut bills, facts)).await?;
        self.count(seen);
        over::report(self.scope.tenant(), late);
        let rest = match ended {
            Ok(()) => Box::pin(self.follow(seen, &mut bills, &told)).await,
            Err(error) => Err(error),
        };
        let rest = unless_refused(seen.hint, rest)?;
        Box::pin(self.finish(seen, &bills, rest)).await?;
        withdrawn::report(self.scope.tenant(), &bills, seen.now);
        Box::pin(self.report_use(seen)).await;
        Ok(())
    }

    /// The copy and the bills, with the mails that follow from these alone.
    async fn write(
        &self,
        seen: &Seen<'_>,
        bills: &mut [Bill<'_>],
        facts: Vec<Tell>,
    ) -> Result<(), BillingError> {
        let facts = facts.into_iter().map(|tell| (None, tell));
        let mails = self.sealed(facts.collect()).await?;
        let mut transaction = self.db.transaction();
        if let (Some(found), Some(row)) = (&seen.before.subscription, &seen.row) {
            transaction.replace(row, found.rev);
        }
        for bill in bills.iter() {
            bill.add_to(&mut transaction);
        }
        self.commit(transaction, mails).await?;
        for bill in bills {
            bill.written();
        }
        Ok(())
    }

    /// Counts what a person of ours must see to, and what only the daily look found. After the commit: whoever was overtaken by
    /// another look has found nothing.
    fn count(&self, seen: &Seen<'_>) {
        let (Some(found), Some(row)) = (&seen.before.subscription, &seen.row) else {
            return;
        };
        let tenant = self.scope.tenant();
        for problem in &seen.problems {
            let code = match problem {
                Problem::Foreign(_) => "foreign",
                Problem::Surplus(_) => "surplus",
                Problem::UnknownPrice(_) => "unknown_price",
            };
            tracing::error!(tenant.id = %tenant, code, "a subscription needs to be seen to");
            let split = [(Dimension::Code, code)];
            telemetry::metric("billing_problems", Unit::Count, 1.0, &split);
        }
        dispute::report(tenant, &found.row.disputes, &row.disputes);
        if seen.at_stripe.is_some_and(|all| all.disputes.is_hidden) {
            dispute::report_hidden();
        }
        // An end that this look brought about is none that an event should have told.
        let is_ours = withdrawn::is_to_end(&found.row);
        if seen.hint.is_none() && !is_ours && row.copy() != found.row.copy() {
            tracing::warn!(tenant.id = %tenant, "only the daily look found a change");
            telemetry::metric("billing_copies_differed", Unit::Count, 1.0, &[]);
        }
    }

    /// What follows at Stripe from an end, a closing and a withdrawal, and what is told once that is done.
    async fn follow(
        &self,
        seen: &Seen<'_>,
        bills: &mut [Bill<'_>],
        told: &BTreeMap<NoticeId, NoticeRow>,
    ) -> Result<Vec<Addressed>, BillingError> {
        let (Some(found), Some(at_stripe)) = (&seen.before.subscription, seen.at_stripe) else {
            return Ok(Vec::new());
        };
        let client = &at_stripe.client;
        Box::pin(withdrawn::give_back(client, &found.row, bills, seen.now)).await?;
        Box::pin(over::void(at_stripe, &found.row, bills)).await?;
        let checkout = seen.before.checkout.as_ref().map(|found| &found.row);
        if !at_stripe.disputes.open.is_empty() {
            Box::pin(closing::shut_open(client, checkout, seen.now)).await?;
        }
        let bought = closing::each(&found.row.customer, &at_stripe.subscriptions, seen.now);
        if let Some(asked) = &seen.before.closing {
            let ended = closing::end_with(&asked.row, client, &bought, checkout, seen.now);
            Box::pin(ended).await?;
        }
        Box::pin(returned::note(client, seen, bills)).await?;
        let mut tells = withdrawn::tell(&found.row, &bought, bills, told, seen.now)?;
        let renewal = Box::pin(notices::renewal(self.app, seen, told)).await?;
        tells.extend(renewal.map(|tell| (None, tell)));
        tells.extend(Box::pin(self.passed_on(seen, &bought, told)).await?);
        Ok(tells)
    }

    /// What was carried out, and that there is nothing more to do: the event counts, and the next daily look has its moment. Where more is
    /// to be told than one look can, that moment is soon.
    async fn finish(
        &self,
        seen: &Seen<'_>,
        bills: &[Bill<'_>],
        mut rest: Vec<Addressed>,
    ) -> Result<(), BillingError> {
        let goes_on = rest.len() > TOLD_AT_ONCE;
        rest.truncate(TOLD_AT_ONCE);
        let mails = self.sealed(rest).await?;
        let mut transaction = self.db.transaction();
        for bill in bills {
            bill.add_to(&mut transaction);
        }
        if let Some(event) = seen.hint.and_then(|hint| hint.event.clone()) {
            let at = seen.now;
            transaction.create_or_revive(&StripeEventRow { event, at });
        }
        if let Some(found) = &seen.before.reconciliation
            && let Some(wakes_at) = wakes_at(seen, found.row.wakes_at, goes_on)
        {
            let next = ReconciliationRow::at(self.scope.tenant(), wakes_at);
            transaction.replace(&next, found.rev);
        }
        self.commit(transaction, mails).await
    }

    /// Tells Stripe once a day how much Sofi wrote.
    async fn report_use(&self, seen: &Seen<'_>) {
        let before = seen.before;
        if let (Some(found), Some(at_stripe), None) =
            (&before.subscription, seen.at_stripe, seen.hint)
        {
            let (client, tenant) = (&at_stripe.client, self.scope.tenant());
            meter::report(client, &found.row.customer, tenant, before.written).await;
        }
    }
}

/// When the workspace is looked at next, where this look changes that: the daily one does, and each that leaves something to be told.
pub(super) fn wakes_at(seen: &Seen<'_>, known: Timestamp, goes_on: bool) -> Option<Timestamp> {
    if goes_on {
        return Some(known.min(seen.now.plus(GOES_ON_AFTER)));
    }
    let made_at = seen.workspace.created_at;
    let is_daily = seen.hint.is_none();
    is_daily.then(|| next_look(seen.copy().as_ref(), made_at, seen.now))
}

/// What Stripe refuses is refused again at once, and the events behind this one must not wait for it: the daily look asks again, and
/// from then on every hour.
fn unless_refused(
    hint: Option<&Hint>,
    rest: Result<Vec<Addressed>, BillingError>,
) -> Result<Vec<Addressed>, BillingError> {
    match rest {
        Err(error) if hint.is_some() && error.is_refusal() => {
            report(&error);
            Ok(Vec::new())
        }
        rest => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stripe::StripeError;

    #[test]
    fn what_stripe_refuses_holds_up_no_event_and_is_asked_again_by_the_daily_look() {
        let hint = Hint::new(None, "invoice.paid", Some("in_1"));
        let refused = || Err(StripeError::Unauthorized { status: 403 }.into());
        let after_an_event = unless_refused(Some(&hint), refused());
        assert!(after_an_event.is_ok_and(|tells| tells.is_empty()));
        assert!(unless_refused(None, refused()).is_err());
        let failing = Err(StripeError::Failing { status: 503 }.into());
        assert!(unless_refused(Some(&hint), failing).is_err(), "it passes");
    }
}
