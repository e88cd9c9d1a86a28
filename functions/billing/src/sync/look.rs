//! One look: our rows, then Stripe, then the copy in one transaction, and in another one what follows from it.
//!
//! Access comes from the copy, and receipts from the bills: neither waits for an end, a refund or a preview that Stripe does
//! not give at the moment, or never. An event counts with the second transaction, so that it comes back until all of it is done.

use std::time::Duration;

use app::App;
use domain::Timestamp;
use domain::billing::{Copied, EventId, Problem, SubscriptionCopy, copied};
use jobs::Hint;
use store::row::{
    AiMonthRow, CheckoutRow, ClosingRow, ReconciliationRow, StripeEventRow, SubscriptionRow,
    WorkspaceRow,
};
use store::{Found, Slot, StoreError, TenantDb, keys};
use tenancy::{TenantScope, Worker};

use super::fetch::{self, AtStripe};
use super::meter::Written;
use super::withdrawn;
use crate::error::BillingError;

/// Times that another look may come in between.
const TRIES: usize = 4;
/// A daily look that did not come to its end is due again after so long.
const PATIENCE: Duration = Duration::from_secs(3600);
/// The same where somebody has withdrawn a short time ago, and the rest waits for Stripe to answer.
const WITHDRAWN_PATIENCE: Duration = Duration::from_secs(300);

/// One workspace in hand.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) scope: &'a TenantScope<Worker>,
    pub(super) db: TenantDb<Worker>,
}

/// What our rows say.
pub(super) struct Before {
    is_counted: bool,
    workspace: Option<Found<WorkspaceRow>>,
    pub(super) subscription: Option<Found<SubscriptionRow>>,
    pub(super) reconciliation: Option<Found<ReconciliationRow>>,
    pub(super) closing: Option<Found<ClosingRow>>,
    pub(super) checkout: Option<Found<CheckoutRow>>,
    /// What Sofi wrote in this month.
    pub(super) written: Written,
}

/// What is known once Stripe has answered, but for the bills.
pub(super) struct Seen<'s> {
    /// The event; none for the daily look.
    pub(super) hint: Option<&'s Hint>,
    pub(super) before: &'s Before,
    pub(super) workspace: &'s WorkspaceRow,
    pub(super) at_stripe: Option<&'s AtStripe>,
    /// Our row from now on.
    pub(super) row: Option<SubscriptionRow>,
    /// What a person of ours must see to.
    pub(super) problems: Vec<Problem>,
    pub(super) now: Timestamp,
}

impl Before {
    /// The workspace, where there is something to look at. While it is being erased nothing comes of an event: whoever pays is
    /// written down with the customer.
    fn workspace(&self, hint: Option<&Hint>) -> Option<&WorkspaceRow> {
        let is_left = hint.is_some() && self.subscription.is_none();
        let found = self.workspace.as_ref();
        let found = found.filter(|_| !self.is_counted && !is_left);
        found.map(|found| &found.row)
    }

    /// How soon a look is due again that does not come to its end.
    fn patience(&self, now: Timestamp) -> Duration {
        let bought = self.subscription.as_ref();
        match bought.is_some_and(|found| withdrawn::is_urgent(&found.row, now)) {
            true => WITHDRAWN_PATIENCE,
            false => PATIENCE,
        }
    }

    /// Our row as it follows from Stripe's answer, and what a person of ours must see to.
    fn after(
        &self,
        at_stripe: Option<&AtStripe>,
        now: Timestamp,
    ) -> Option<(SubscriptionRow, Vec<Problem>)> {
        let (found, at_stripe) = self.subscription.as_ref().zip(at_stripe)?;
        let was = found.row.copy();
        let Copied { copy, problems } = copied(
            &found.row.customer,
            &at_stripe.subscriptions,
            was.as_ref(),
            now,
        );
        let row = SubscriptionRow {
            disputes: at_stripe.disputes.open.clone(),
            ..found.row.synced(copy, now)
        };
        Some((row, problems))
    }
}

impl Seen<'_> {
    /// Our copy from now on.
    pub(super) fn copy(&self) -> Option<SubscriptionCopy> {
        self.row.as_ref()?.copy()
    }
}

impl<'a> Desk<'a> {
    /// For one workspace.
    pub(super) fn new(app: &'a App, scope: &'a TenantScope<Worker>) -> Result<Self, StoreError> {
        let db = app.store.within(scope)?;
        Ok(Self { app, scope, db })
    }

    /// Takes the daily look, if it is time and no other job has it. Whatever stops this job, `tick` asks again.
    pub(super) async fn hold(&self) -> Result<bool, BillingError> {
        let now = self.app.clock.now();
        let before = self.read(None).await?;
        let patience = before.patience(now);
        let found = before.reconciliation;
        let Some(found) = found.filter(|found| found.row.wakes_at <= now) else {
            return Ok(false);
        };
        let held = ReconciliationRow::at(self.scope.tenant(), now.plus(patience));
        let mut transaction = self.db.transaction();
        transaction.replace(&held, found.rev);
        match transaction.commit().await {
            Ok(()) => Ok(true),
            Err(error) if error.is_race() => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Looks, again if another look was faster. Without a hint it is the daily one.
    pub(super) async fn look(&self, hint: Option<&Hint>) -> Result<(), BillingError> {
        for _ in 0..TRIES {
            match Box::pin(self.once(hint)).await {
                Err(error) if error.is_race() => {}
                done => return done,
            }
        }
        Err(StoreError::Contention.into())
    }

    async fn once(&self, hint: Option<&Hint>) -> Result<(), BillingError> {
        let event = hint.and_then(|hint| hint.event.as_ref());
        let before = self.read(event).await?;
        let Some(workspace) = before.workspace(hint) else {
            return Ok(());
        };
        // First, so that the copy says that it is over. Where Stripe does not end it, that is said once the copy is written.
        let ended = Box::pin(self.end(&before)).await;
        let at_stripe = Box::pin(self.ask(&before, hint)).await?;
        let now = self.app.clock.now();
        let (row, problems) = before.after(at_stripe.as_ref(), now).unzip();
        let seen = Seen {
            hint,
            before: &before,
            workspace,
            at_stripe: at_stripe.as_ref(),
            row,
            problems: problems.unwrap_or_default(),
            now,
        };
        Box::pin(self.settle(&seen, ended)).await
    }

    /// Ends what was withdrawn from and goes on.
    async fn end(&self, before: &Before) -> Result<(), BillingError> {
        match &before.subscription {
            Some(found) => Box::pin(withdrawn::end(self.app, &found.row)).await,
            None => Ok(()),
        }
    }

    /// What Stripe says; nothing where nobody ever paid.
    async fn ask(
        &self,
        before: &Before,
        hint: Option<&Hint>,
    ) -> Result<Option<AtStripe>, BillingError> {
        let Some(found) = &before.subscription else {
            return Ok(None);
        };
        let asked = fetch::all(self.app, &found.row, hint);
        Ok(Some(Box::pin(asked).await?))
    }

    async fn read(&self, event: Option<&EventId>) -> Result<Before, StoreError> {
        let mut reads = self.db.read_many();
        let workspace = reads.find::<WorkspaceRow>(&keys::workspace());
        let subscription = reads.find::<SubscriptionRow>(&keys::subscription());
        let reconciliation = reads.find::<ReconciliationRow>(&keys::reconciliation());
        let closing = reads.find::<ClosingRow>(&keys::closing());
        let checkout = reads.find::<CheckoutRow>(&keys::checkout());
        let counted = event.map(|event| reads.find::<StripeEventRow>(&keys::stripe_event(event)));
        let at = self.app.clock.now();
        let month = at.month();
        let shards: Vec<Slot<AiMonthRow>> = (0..keys::SHARDS)
            .map(|shard| reads.find(&keys::ai_month(month, shard)))
            .collect();
        let found = Box::pin(reads.send()).await?;
        let counted = match counted {
            Some(slot) => found.get(slot)?,
            None => None,
        };
        let mut messages = 0;
        for shard in shards {
            messages += found.get(shard)?.map_or(0, |found| found.row.messages);
        }
        let messages = u64::try_from(messages).unwrap_or(0);
        Ok(Before {
            written: Written { messages, at },
            is_counted: counted.is_some(),
            workspace: found.get(workspace)?,
            subscription: found.get(subscription)?,
            reconciliation: found.get(reconciliation)?,
            closing: found.get(closing)?,
            checkout: found.get(checkout)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{notices, settle};
    use super::*;
    use crate::head::tests::{OWNER, copy};
    use domain::billing::SubscriptionStatus;
    use domain::ids::TenantId;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_456_800);

    fn before(bought: Option<SubscriptionRow>, is_counted: bool) -> Before {
        let tenant = TenantId::from_bytes([1; 16]);
        let workspace = WorkspaceRow::new(tenant, "Mira".into(), NOW);
        Before {
            is_counted,
            workspace: Some(Found {
                row: workspace,
                rev: 1,
            }),
            subscription: bought.map(|row| Found { row, rev: 1 }),
            reconciliation: None,
            closing: None,
            checkout: None,
            written: Written {
                messages: 9_000,
                at: NOW,
            },
        }
    }

    fn bought(disputes: &[&str]) -> SubscriptionRow {
        let row = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let copy = copy(SubscriptionStatus::Active, NOW.seconds());
        SubscriptionRow {
            disputes: disputes.iter().map(|&id| id.to_owned()).collect(),
            ..row.synced(Some(copy), NOW)
        }
    }

    /// The names of what is told of a workspace that has used up its messages.
    fn told(row: SubscriptionRow) -> Vec<String> {
        let before = before(Some(row.clone()), false);
        let seen = Seen {
            hint: None,
            before: &before,
            workspace: before.workspace(None).expect("a workspace"),
            at_stripe: None,
            row: Some(row),
            problems: Vec::new(),
            now: NOW,
        };
        let tells = notices::facts("https://127.0.0.1/billing", &seen, &[]).expect("names");
        tells.into_iter().map(|tell| tell.id.to_string()).collect()
    }

    #[test]
    fn nobody_is_told_that_messages_run_out_while_a_dispute_has_stopped_them() {
        assert_eq!(told(bought(&[])), [format!("quota-{}", NOW.month())]);
        assert!(told(bought(&["dp_1"])).is_empty());
    }

    #[test]
    fn a_look_that_leaves_something_to_be_told_is_followed_by_another_within_a_minute() {
        let before = before(Some(bought(&[])), false);
        let hint = Hint::new(None, "charge.refunded", Some("ch_1"));
        let later = |seconds| NOW.plus(Duration::from_secs(seconds));
        let wakes_at = |hint, known, goes_on| {
            let seen = Seen {
                hint,
                before: &before,
                workspace: before.workspace(None).expect("a workspace"),
                at_stripe: None,
                row: Some(bought(&[])),
                problems: Vec::new(),
                now: NOW,
            };
            settle::wakes_at(&seen, known, goes_on)
        };
        let (event, known) = (Some(&hint), later(3_600));
        for hint in [None, event] {
            assert_eq!(wakes_at(hint, known, true), Some(later(60)));
        }
        let sooner = later(5);
        assert_eq!(wakes_at(event, sooner, true), Some(sooner));
        assert_eq!(wakes_at(event, known, false), None);
        assert!(
            wakes_at(None, known, false) > Some(later(60)),
            "the next day"
        );
    }

    #[test]
    fn a_look_that_failed_comes_back_within_minutes_while_somebody_waits_for_a_withdrawal() {
        let patience = |row, hours: i64| {
            let now = Timestamp::from_seconds(NOW.seconds() + hours * 3_600);
            before(Some(row), false).patience(now)
        };
        let id = || "sub_1".parse().expect("an id");
        assert_eq!(patience(bought(&[]), 0), PATIENCE);
        let declared = bought(&[]).withdrawn_from(id(), OWNER, NOW);
        assert_eq!(patience(declared.clone(), 1), WITHDRAWN_PATIENCE);
        assert_eq!(patience(declared.clone(), 25), PATIENCE, "not for ever");
        let over = copy(SubscriptionStatus::Canceled, NOW.seconds());
        let ended = declared.synced(Some(over), NOW);
        assert_eq!(patience(ended, 1), WITHDRAWN_PATIENCE, "money may wait");
    }

    #[test]
    fn an_event_that_counted_or_comes_during_an_erasure_is_not_looked_at_and_a_new_workspace_is_daily()
     {
        let hint = Hint::new(None, "invoice.paid", Some("in_1"));
        let is_looked_at = |before: &Before, hint: Option<&Hint>| before.workspace(hint).is_some();
        let new = before(None, false);
        assert!(is_looked_at(&new, None) && !is_looked_at(&new, Some(&hint)));
        let paid = before(Some(bought(&[])), false);
        assert!(is_looked_at(&paid, Some(&hint)));
        let counted = before(Some(bought(&[])), true);
        assert!(!is_looked_at(&counted, Some(&hint)));
    }
}
