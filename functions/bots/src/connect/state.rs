//! What is known before connecting, and what is written.

use app::OrProblem;
use domain::Timestamp;
use domain::billing::Meter;
use domain::documents::{self, DocumentId};
use domain::ids::TenantId;
use futures::future::try_join5;
use http_kit::Problem;
use store::row::{
    AgreementRow, BotClaimRow, BotRow, BotState, HookRow, SubscriptionRow, WorkspaceRow,
};
use store::{Found, StoreError, TenantDb, Transaction, keys};
use tenancy::Reads;

use super::plan::Plan;
use crate::bot;
use crate::hook::{Owner, Secret, Turn};

/// What is stored about the bot, here and elsewhere.
pub(crate) struct Known {
    agreed: bool,
    /// The bot as this workspace knows it.
    pub(crate) mine: Option<Found<BotRow>>,
    claim: Option<BotClaimRow>,
    hook: Option<Found<HookRow>>,
    /// Bots beside this one that are connected.
    others: usize,
    workspace: Option<WorkspaceRow>,
    bought: Option<SubscriptionRow>,
}

impl Known {
    /// Reads it all, side by side; one more read for a bot that is connected here.
    pub(crate) async fn read<R: Reads>(
        db: &TenantDb<R>,
        telegram_id: i64,
    ) -> Result<Self, Problem> {
        Box::pin(read(db, telegram_id)).await.or_problem()
    }

    /// Refuses until an owner has accepted the current agreement about fans' data.
    ///
    /// # Errors
    /// 409.
    pub(crate) fn require_agreement(&self) -> Result<(), Problem> {
        if self.agreed {
            return Ok(());
        }
        Err(Problem::conflict(
            "dpa_required",
            "Before the first bot, an owner of the workspace accepts the current data processing agreement (GET /api/v1/documents/dpa, POST /api/v1/agreements).",
        ))
    }

    /// Refuses one more bot than the plan has room for. One that is connected is renewed whatever the plan became.
    ///
    /// # Errors
    /// 409.
    pub(crate) fn require_room(&self, now: Timestamp) -> Result<(), Problem> {
        let mine = self.mine.as_ref();
        if mine.is_some_and(|found| found.row.state != BotState::Disconnected) {
            return Ok(());
        }
        let workspace = self.workspace.as_ref().ok_or(Problem::NotFound)?;
        let standing = app::standing_of(workspace, self.bought.as_ref(), now);
        app::require_room(standing, Meter::Bots, self.others)
    }

    /// Refuses a bot of another workspace. Said only after Telegram has taken the token: whoever holds it may know.
    ///
    /// # Errors
    /// 409.
    pub(crate) fn admit(&self, tenant: TenantId) -> Result<(), Problem> {
        match &self.claim {
            Some(claim) if claim.tenant != tenant => Err(Problem::conflict(
                "bot_connected_elsewhere",
                "This bot is connected to another workspace. Disconnect it there first.",
            )),
            _ => Ok(()),
        }
    }

    /// The turn to the new secret: from the one in force if the webhook stays.
    pub(crate) fn turn<'a>(
        &self,
        plan: &Plan,
        tenant: TenantId,
        secret: &'a Secret,
        now: Timestamp,
    ) -> Turn<'a> {
        let owner = Owner {
            tenant,
            bot: plan.row.id,
            hook: plan.row.hook,
        };
        Turn::new(
            owner,
            self.hook
                .clone()
                .filter(|found| found.row.id == plan.row.hook),
            secret,
            now,
        )
    }

    /// Adds the bot, and the claim where it is not there yet.
    pub(crate) fn write(&self, transaction: &mut Transaction<'_>, plan: &Plan, tenant: TenantId) {
        match plan.replaces {
            Some(rev) => transaction.replace(&plan.row, rev),
            None => transaction.create(&plan.row),
        };
        if self.claim.is_none() {
            transaction.create(&BotClaimRow {
                telegram_id: plan.row.telegram_id,
                tenant,
                bot: plan.row.id,
            });
        }
    }
}

async fn read<R: Reads>(db: &TenantDb<R>, telegram_id: i64) -> Result<Known, StoreError> {
    let dpa = keys::agreement(
        DocumentId::Dpa.as_str(),
        documents::current(DocumentId::Dpa).version,
    );
    let claim = keys::bot_claim(telegram_id);
    let (agreement, claim, bots, workspace, bought) = try_join5(
        Box::pin(db.find::<AgreementRow>(&dpa)),
        Box::pin(db.find::<BotClaimRow>(&claim)),
        Box::pin(bot::all(db)),
        Box::pin(db.find::<WorkspaceRow>(&keys::workspace())),
        Box::pin(db.find::<SubscriptionRow>(&keys::subscription())),
    )
    .await?;
    let is_other = |found: &&Found<BotRow>| {
        found.row.telegram_id != telegram_id && found.row.state != BotState::Disconnected
    };
    let others = bots.iter().filter(is_other).count();
    let mine = bots
        .into_iter()
        .find(|found| found.row.telegram_id == telegram_id);
    let lives = mine
        .as_ref()
        .filter(|found| found.row.state != BotState::Disconnected);
    let hook = match lives {
        Some(found) => Box::pin(db.find::<HookRow>(&keys::hook(found.row.hook))).await?,
        None => None,
    };
    Ok(Known {
        agreed: agreement.is_some(),
        mine,
        claim: claim.map(|found| found.row),
        hook,
        others,
        workspace: workspace.map(|found| found.row),
        bought: bought.map(|found| found.row),
    })
}
