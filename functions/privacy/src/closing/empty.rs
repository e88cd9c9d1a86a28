//! The erasure of a workspace: memberships, what leads to it from outside, what would still be worked on, fans, the key, the rest.

use domain::ids::TenantId;
use domain::privacy::{ClosingState, ExportState};
use domain::registry::Registered;
use store::row::{
    BotClaimRow, BotRow, ClosingRow, ExportRow, HookRow, MemberRow, StripeCustomerRow,
    SubscriptionRow, TenantKeyRow,
};
use store::{Found, Row, StoreError, Table, Traced, keys};
use telemetry::{Dimension, Unit};

use super::owned::{after_the_key, before_the_key};
use super::{Desk, counted};
use crate::erase::certify::file_of;
use crate::erase::{AT_ONCE, Step};
use crate::error::PrivacyError;
use crate::export::file;
use crate::holdings::{Holdings, Place, bots, whole};

/// Where rows are looked for.
pub(super) enum Source<'h> {
    /// A whole partition.
    Partition(Table, &'h str),
    /// A place of a fan.
    Fan(&'h Holdings<'h>, &'h Place),
}

impl Desk<'_> {
    /// Deletes everything, in an order in which what is left still leads to the rest.
    pub(super) async fn empty(&mut self) -> Result<Step, PrivacyError> {
        for member in self.members().await? {
            if self.is_late().await? || Box::pin(self.dismiss(&member)).await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        for export in self.exports().await? {
            if self.is_late().await? || Box::pin(self.withdraw(&export)).await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        let bots = bots(self.db).await?;
        for bot in &bots {
            let step = Box::pin(self.release(bot)).await?;
            if step != Step::Done {
                return Ok(step);
            }
        }
        let step = Box::pin(self.forget_customer()).await?;
        if step != Step::Done {
            return Ok(step);
        }
        for (table, pk) in before_the_key(&bots) {
            if self.drain(&Source::Partition(table, &pk)).await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        if Box::pin(self.fans()).await? == Step::Stop {
            return Ok(Step::Stop);
        }
        let step = self.destroy_key().await?;
        if step != Step::Done {
            return Ok(step);
        }
        for (table, pk) in after_the_key(&bots) {
            if self.drain(&Source::Partition(table, &pk)).await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        // Whoever was a race ahead is met by the next pass, which finds everything else empty.
        if !self.members().await?.is_empty() || !self.exports().await?.is_empty() {
            return Ok(Step::Again);
        }
        let gone = ClosingRow {
            state: ClosingState::Certifying,
            ..self.work.row.clone()
        };
        self.write(gone, |_| {}).await
    }

    /// Deletes what is there until nothing is.
    pub(super) async fn drain(&mut self, source: &Source<'_>) -> Result<Step, PrivacyError> {
        let mut at_once = AT_ONCE;
        loop {
            if self.is_late().await? {
                return Ok(Step::Stop);
            }
            let rows = self.look(source, at_once).await?;
            if rows.is_empty() {
                return Ok(Step::Done);
            }
            match self.delete(&rows).await {
                Ok(Step::Stop) => return Ok(Step::Stop),
                Ok(_) => {}
                // Too large together, it may be: kept updates are.
                Err(_) if rows.len() > 1 => at_once = rows.len() / 2,
                Err(error) => return Err(error),
            }
        }
    }

    async fn look(&self, source: &Source<'_>, limit: usize) -> Result<Vec<Traced>, PrivacyError> {
        match source {
            Source::Partition(table, pk) => Ok(self.db.trace(*table, pk, limit).await?),
            Source::Fan(holdings, place) => Ok(holdings.at(place, limit).await?),
        }
    }

    /// The member's row and what their login and sessions say of the workspace. Their account stays.
    async fn dismiss(&mut self, member: &Found<MemberRow>) -> Result<Step, PrivacyError> {
        let change = self.app.change_memberships(member.row.user, None).await?;
        let change = change.and_then(|change| {
            let others = change.without(self.work.row.tenant)?;
            Some((change, others))
        });
        let work = counted(&self.work.row, [MemberRow::KIND]);
        let key = member.row.key();
        let written = self.write(work, |transaction| {
            transaction.delete::<MemberRow>(&key, member.rev);
            if let Some((change, others)) = &change {
                change.write(transaction, others);
            }
        });
        let step = written.await?;
        if let (Step::Done, Some((change, others))) = (step, &change) {
            Box::pin(change.sweep(self.app, others)).await?;
        }
        Ok(step)
    }

    /// So many of each kind as are looked at once.
    async fn exports(&self) -> Result<Vec<Found<ExportRow>>, StoreError> {
        let mut found = self.db.list(&whole(keys::EXPORTS, AT_ONCE)).await?;
        found.extend(self.db.list(&whole(keys::OWN_EXPORTS, AT_ONCE)).await?);
        Ok(found)
    }

    /// An export's files, then its row.
    async fn withdraw(&mut self, export: &Found<ExportRow>) -> Result<Step, PrivacyError> {
        if export.row.state != ExportState::Gone {
            file::remove(self.objects, self.scope, &export.row).await?;
        }
        let mut work = counted(&self.work.row, [ExportRow::KIND]);
        if let Some(file) = file_of(&export.row) {
            *work.files.entry(file.to_owned()).or_default() += 1;
        }
        let key = export.row.key();
        self.write(work, |transaction| {
            transaction.delete::<ExportRow>(&key, export.rev);
        })
        .await
    }

    /// The address that Telegram calls for a bot, and our claim on the bot: another workspace may connect it from now on.
    async fn release(&mut self, bot: &BotRow) -> Result<Step, PrivacyError> {
        let routing = self.app.store.routing();
        let (hook_key, claim_key) = (keys::hook(bot.hook), keys::bot_claim(bot.telegram_id));
        let hook = routing.find::<HookRow>(&hook_key).await?;
        let claim = routing.find::<BotClaimRow>(&claim_key).await?;
        let tenant = self.work.row.tenant;
        let hook = hook.filter(|hook| hook.row.tenant == tenant);
        let claim = claim.filter(|claim| claim.row.tenant == tenant);
        if hook.is_none() && claim.is_none() {
            return Ok(Step::Done);
        }
        let kinds = [
            hook.as_ref().map(|_| HookRow::KIND),
            claim.as_ref().map(|_| BotClaimRow::KIND),
        ];
        let work = counted(&self.work.row, kinds.into_iter().flatten());
        self.write(work, |transaction| {
            if let Some(hook) = &hook {
                transaction.delete::<HookRow>(&hook_key, hook.rev);
            }
            if let Some(claim) = &claim {
                transaction.delete::<BotClaimRow>(&claim_key, claim.rev);
            }
        })
        .await
    }

    /// That a customer of Stripe's is this workspace: what Stripe says of it from now on concerns nobody. The customer itself, and
    /// its invoices, stay at Stripe for as long as tax law requires.
    async fn forget_customer(&mut self) -> Result<Step, PrivacyError> {
        let bought = self
            .db
            .find::<SubscriptionRow>(&keys::subscription())
            .await?;
        let Some(bought) = bought else {
            return Ok(Step::Done);
        };
        let key = keys::stripe_customer(&bought.row.customer);
        let routing = self.app.store.routing();
        let customer = routing.find::<StripeCustomerRow>(&key).await?;
        let tenant = self.work.row.tenant;
        let Some(customer) = customer.filter(|customer| customer.row.tenant == tenant) else {
            return Ok(Step::Done);
        };
        let work = counted(&self.work.row, [StripeCustomerRow::KIND]);
        let forgotten = self.write(work, |transaction| {
            transaction.delete::<StripeCustomerRow>(&key, customer.rev);
        });
        let step = forgotten.await?;
        let copy = bought.row.copy();
        if step == Step::Done && copy.is_some_and(|copy| copy.goes_on()) {
            left_running(tenant);
        }
        Ok(step)
    }

    /// The workspace's key, once no list is left that is found by its marks: nothing that a backup holds opens any more.
    pub(super) async fn destroy_key(&mut self) -> Result<Step, PrivacyError> {
        let key = keys::tenant_key();
        let Some(found) = self.db.find::<TenantKeyRow>(&key).await? else {
            return Ok(Step::Done);
        };
        let work = counted(&self.work.row, [TenantKeyRow::KIND]);
        self.write(work, |transaction| {
            transaction.delete::<TenantKeyRow>(&key, found.rev);
        })
        .await
    }
}

/// Calls a person: Stripe did not end in time what was bought, and from here on nothing of ours leads to it. The customer at Stripe
/// names the workspace.
fn left_running(tenant: TenantId) {
    let code = "left_running";
    tracing::error!(tenant.id = %tenant, code, "a plan goes on whose workspace is erased");
    let split = [(Dimension::Code, code)];
    telemetry::metric("billing_problems", Unit::Count, 1.0, &split);
}
