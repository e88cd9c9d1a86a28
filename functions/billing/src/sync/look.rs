//! One look: our rows, then Stripe, then everything that follows in one transaction.

use std::collections::BTreeSet;
use std::time::Duration;

use app::App;
use domain::Timestamp;
use domain::billing::{
    Copied, EventId, Problem, SubscriptionCopy, copied, next_look, renewal_notice, standing,
    trial_notice,
};
use domain::ids::UserId;
use domain::notice::NoticeId;
use domain::role::Role;
use jobs::Hint;
use mail::{Language, Notice, NoticeDraft, To};
use store::row::{
    AiMonthRow, CheckoutRow, ClosingRow, InvoiceRow, MemberRow, NoticeRow, ReconciliationRow,
    StripeEventRow, SubscriptionRow, WorkspaceRow,
};
use store::{Direction, Found, Page, Slot, StoreError, TenantDb, keys};
use stripe::objects::Invoice;
use telemetry::{Dimension, Unit};
use tenancy::{TenantScope, Worker};

use super::fetch::{self, AtStripe};
use super::tell::{self, Tell};
use super::{closing, meter, withdrawn};
use crate::error::BillingError;

/// Times that another look may come in between.
const TRIES: usize = 4;
/// A daily look that did not come to its end is due again after so long.
const PATIENCE: Duration = Duration::from_secs(3600);
/// Members that are looked through for owners.
const MEMBERS: usize = 100;

/// One workspace in hand.
pub(super) struct Desk<'a> {
    app: &'a App,
    scope: &'a TenantScope<Worker>,
    db: TenantDb<Worker>,
}

/// What our rows say.
struct Before {
    is_counted: bool,
    workspace: Option<Found<WorkspaceRow>>,
    subscription: Option<Found<SubscriptionRow>>,
    reconciliation: Option<Found<ReconciliationRow>>,
    closing: Option<Found<ClosingRow>>,
    checkout: Option<Found<CheckoutRow>>,
    /// What Sofi wrote in this month.
    messages: u64,
}

/// A bill that was seen, its row, and the row as it was.
pub(super) struct Bill<'a> {
    pub(super) invoice: &'a Invoice,
    pub(super) row: InvoiceRow,
    pub(super) known: Option<Found<InvoiceRow>>,
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
        let found = self.read(None).await?.reconciliation;
        let Some(found) = found.filter(|found| found.row.wakes_at <= now) else {
            return Ok(false);
        };
        let held = ReconciliationRow::at(self.scope.tenant(), now.plus(PATIENCE));
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
        let Some(workspace) = before.workspace.as_ref().filter(|_| !before.is_counted) else {
            return Ok(());
        };
        if hint.is_some() && before.subscription.is_none() {
            // Being erased: whoever pays is written down with the customer.
            return Ok(());
        }
        let created_at = workspace.row.created_at;
        let at_stripe = match &before.subscription {
            Some(found) => {
                Box::pin(withdrawn::end(self.app, &found.row)).await?;
                let asked = fetch::all(self.app, self.scope.tenant(), &found.row, hint);
                Some(Box::pin(asked).await?)
            }
            None => None,
        };
        let now = self.app.clock.now();
        let copy = self.copy(&before, at_stripe.as_ref(), hint.is_none(), now);
        let mut bills = self.bills(at_stripe.as_ref()).await?;
        let withdrawal = match &at_stripe {
            Some(at_stripe) => {
                let owed = self.carry_out(&before, at_stripe, copy.as_ref(), &mut bills, now);
                Box::pin(owed).await?
            }
            None => None,
        };
        let seen = (created_at, before.messages, withdrawal);
        let tells = self.tells(copy.as_ref(), at_stripe.as_ref(), &bills, hint, seen);
        let notices = self.sealed(Box::pin(tells).await?).await?;
        let mut transaction = self.db.transaction();
        if let (Some(found), Some(at_stripe)) = (&before.subscription, &at_stripe) {
            let row = SubscriptionRow {
                dispute: at_stripe.dispute.clone(),
                ..found.row.synced(copy.clone(), now)
            };
            transaction.replace(&row, found.rev);
        }
        for bill in bills.iter().filter(|bill| bill.differs()) {
            match &bill.known {
                Some(known) => transaction.replace(&bill.row, known.rev),
                None => transaction.create(&bill.row),
            };
        }
        for notice in &notices {
            notice.add_to(&mut transaction);
        }
        if let Some(event) = event.cloned() {
            transaction.create_or_revive(&StripeEventRow { event, at: now });
        }
        if let (Some(found), None) = (&before.reconciliation, hint) {
            let wakes_at = next_look(copy.as_ref(), created_at, now);
            let next = ReconciliationRow::at(self.scope.tenant(), wakes_at);
            transaction.replace(&next, found.rev);
        }
        Box::pin(transaction.commit()).await?;
        for notice in notices {
            notice.post(self.app).await;
        }
        if let (Some(found), Some(at_stripe), None) = (&before.subscription, &at_stripe, hint) {
            let (client, tenant) = (&at_stripe.client, self.scope.tenant());
            meter::report(client, &found.row.customer, tenant, before.messages, now).await;
        }
        Ok(())
    }

    /// What follows at Stripe from a closing and from a withdrawal, and the confirmation of the latter.
    async fn carry_out(
        &self,
        before: &Before,
        at_stripe: &AtStripe,
        copy: Option<&SubscriptionCopy>,
        bills: &mut [Bill<'_>],
        now: Timestamp,
    ) -> Result<Option<Tell>, BillingError> {
        let client = &at_stripe.client;
        if let Some(found) = &before.closing {
            let checkout = before.checkout.as_ref().map(|found| &found.row);
            let ended = closing::end_with(&found.row, client, copy, checkout, now);
            Box::pin(ended).await?;
        }
        let Some(found) = &before.subscription else {
            return Ok(None);
        };
        let given = withdrawn::give_back(client, self.scope.tenant(), &found.row, bills, now);
        Box::pin(given).await?;
        Ok(withdrawn::receipt(
            &found.row,
            copy,
            &at_stripe.invoices,
            now,
        )?)
    }

    async fn read(&self, event: Option<&EventId>) -> Result<Before, StoreError> {
        let mut reads = self.db.read_many();
        let workspace = reads.find::<WorkspaceRow>(&keys::workspace());
        let subscription = reads.find::<SubscriptionRow>(&keys::subscription());
        let reconciliation = reads.find::<ReconciliationRow>(&keys::reconciliation());
        let closing = reads.find::<ClosingRow>(&keys::closing());
        let checkout = reads.find::<CheckoutRow>(&keys::checkout());
        let counted = event.map(|event| reads.find::<StripeEventRow>(&keys::stripe_event(event)));
        let month = self.app.clock.now().month();
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
        Ok(Before {
            messages: u64::try_from(messages).unwrap_or(0),
            is_counted: counted.is_some(),
            workspace: found.get(workspace)?,
            subscription: found.get(subscription)?,
            reconciliation: found.get(reconciliation)?,
            closing: found.get(closing)?,
            checkout: found.get(checkout)?,
        })
    }

    /// The new copy. What a person of ours must see to is counted, and so is what only the daily look found.
    fn copy(
        &self,
        before: &Before,
        at_stripe: Option<&AtStripe>,
        is_daily: bool,
        now: Timestamp,
    ) -> Option<SubscriptionCopy> {
        let (found, at_stripe) = before.subscription.as_ref().zip(at_stripe)?;
        let was = found.row.copy();
        let Copied { copy, problems } = copied(
            &found.row.customer,
            &at_stripe.subscriptions,
            was.as_ref(),
            now,
        );
        let tenant = self.scope.tenant();
        for problem in &problems {
            let code = match problem {
                Problem::Foreign(_) => "foreign",
                Problem::Surplus(_) => "surplus",
                Problem::UnknownPrice(_) => "unknown_price",
            };
            tracing::error!(tenant.id = %tenant, code, "a subscription needs to be seen to");
            let split = [(Dimension::Code, code)];
            telemetry::metric("billing_problems", Unit::Count, 1.0, &split);
        }
        if is_daily && copy != was {
            tracing::warn!(tenant.id = %tenant, "only the daily look found a change");
            telemetry::metric("billing_copies_differed", Unit::Count, 1.0, &[]);
        }
        copy
    }

    async fn bills<'b>(
        &self,
        at_stripe: Option<&'b AtStripe>,
    ) -> Result<Vec<Bill<'b>>, StoreError> {
        let invoices = at_stripe.map(|at_stripe| at_stripe.invoices.as_slice());
        let mut reads = self.db.read_many();
        let mut asked: Vec<(&Invoice, InvoiceRow, Slot<InvoiceRow>)> = Vec::new();
        for invoice in invoices.unwrap_or_default() {
            if let Some(row) = tell::row(invoice) {
                let slot = reads.find(&keys::invoice(row.made_at, &row.id));
                asked.push((invoice, row, slot));
            }
        }
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let found = Box::pin(reads.send()).await?;
        let bills = asked.into_iter().map(|(invoice, row, slot)| {
            let known: Option<Found<InvoiceRow>> = found.get(slot)?;
            let refunded_at = known.as_ref().and_then(|known| known.row.refunded_at);
            Ok(Bill {
                invoice,
                row: InvoiceRow { refunded_at, ..row },
                known,
            })
        });
        bills.collect()
    }

    /// What has not been told yet.
    async fn tells(
        &self,
        copy: Option<&SubscriptionCopy>,
        at_stripe: Option<&AtStripe>,
        bills: &[Bill<'_>],
        hint: Option<&Hint>,
        (created_at, messages, withdrawal): (Timestamp, u64, Option<Tell>),
    ) -> Result<Vec<Tell>, BillingError> {
        let now = self.app.clock.now();
        let pages = format!("{}/billing", self.app.config.site());
        let mut tells: Vec<Tell> = withdrawal.into_iter().collect();
        for bill in bills {
            let known = bill.known.as_ref().map(|known| &known.row);
            let said = (bill.invoice, &bill.row);
            tells.extend(tell::of_bill(said, known, hint, (&pages, now))?);
        }
        tells.extend(
            trial_notice(copy, created_at, now).map(|notice| tell::of_trial(notice, &pages)),
        );
        let stands = standing(copy, created_at, now);
        tells.extend(tell::of_quota(stands, messages, (&pages, now))?);
        let renewal = copy.and_then(|copy| Some((copy, renewal_notice(copy, now)?)));
        let mut ids: Vec<NoticeId> = tells.iter().map(|tell| tell.id.clone()).collect();
        ids.extend(renewal.as_ref().map(|(_, notice)| notice.id.clone()));
        let told = self.told(ids).await?;
        tells.retain(|tell| !told.contains(&tell.id));
        if let (Some((copy, notice)), Some(at_stripe)) = (renewal, at_stripe)
            && !told.contains(&notice.id)
        {
            match Box::pin(at_stripe.client.renewal(copy.id.as_str())).await {
                // Nothing will be charged, so nothing renews.
                Ok(None) => {}
                Err(error) if error.is_passing() => return Err(error.into()),
                preview => {
                    let preview = preview.ok().flatten();
                    tells.push(tell::of_renewal(notice, copy, preview.as_ref(), &pages));
                }
            }
        }
        Ok(tells)
    }

    /// Those of these notices that are there already.
    async fn told(&self, ids: Vec<NoticeId>) -> Result<BTreeSet<NoticeId>, StoreError> {
        if ids.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut reads = self.db.read_many();
        let mut asked: Vec<(NoticeId, Slot<NoticeRow>)> = Vec::new();
        for id in ids {
            let slot = reads.find(&keys::notice(&id));
            asked.push((id, slot));
        }
        let found = Box::pin(reads.send()).await?;
        let mut told = BTreeSet::new();
        for (id, slot) in asked {
            if found.get(slot)?.is_some() {
                told.insert(id);
            }
        }
        Ok(told)
    }

    /// The mails, to the owner who has been one for longest: one person, so that each fact is told once.
    async fn sealed(&self, tells: Vec<Tell>) -> Result<Vec<Notice>, BillingError> {
        if tells.is_empty() {
            return Ok(Vec::new());
        }
        let Some(owner) = self.owner().await? else {
            return Ok(Vec::new());
        };
        let mut notices = Vec::new();
        for Tell { id, template } in tells {
            let draft = NoticeDraft {
                id,
                to: To::Account(owner),
                language: Language::default(),
                template,
            };
            notices.push(Box::pin(mail::notice(self.app, self.scope, draft)).await?);
        }
        Ok(notices)
    }

    async fn owner(&self) -> Result<Option<UserId>, StoreError> {
        let page = Page {
            pk: &keys::workspace().pk,
            from: keys::MEMBER,
            to: &format!("{}~", keys::MEMBER),
            direction: Direction::Forward,
            limit: MEMBERS,
        };
        let members = self.db.list::<MemberRow>(&page).await?;
        let owners = members.into_iter().map(|found| found.row);
        let first = owners
            .filter(|member| member.role == Role::Owner)
            .min_by_key(|member| (member.joined_at, member.user));
        Ok(first.map(|member| member.user))
    }
}

impl Bill<'_> {
    fn differs(&self) -> bool {
        self.known
            .as_ref()
            .is_none_or(|known| known.row != self.row)
    }
}
