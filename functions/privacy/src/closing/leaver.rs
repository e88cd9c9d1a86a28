//! A member whose account is being closed or erased, in the workspace's own session. While it is being closed their chats hear no more
//! of what waits, because they can answer there without a login; with the erasure the membership ends.

use app::App;
use domain::audit::Action;
use domain::ids::UserId;
use jobs::ClosingJob;
use store::row::{BotRow, ClosedRow, MemberRow};
use store::{Found, TenantDb, Transaction, keys};
use tenancy::{TenantScope, Worker};

use crate::error::PrivacyError;
use crate::holdings::whole;

/// Does what the state of the account asks for: without the mark of that erasure nobody leaves, and whoever has taken the closing
/// back hears on. A race is tried again with the message.
pub(super) async fn leave(
    app: &App,
    scope: &TenantScope<Worker>,
    job: &ClosingJob,
    leaver: UserId,
) -> Result<(), PrivacyError> {
    let routing = app.store.routing();
    let mark = keys::closed(leaver.account_tenant());
    let mark = routing.find::<ClosedRow>(&mark).await?;
    let is_erased = mark.is_some_and(|mark| mark.row.request == job.request);
    let db = app.store.within(scope)?;
    let bots = heard_by(&db, leaver).await?;
    if is_erased {
        return Box::pin(end(app, scope, (&db, job), (leaver, &bots))).await;
    }
    let login = app.login_of(leaver).await?;
    if login.is_some_and(|login| login.row.closes_at.is_some()) {
        let mut transaction = db.transaction();
        silence(&mut transaction, &bots, leaver);
        transaction.commit().await?;
    }
    Ok(())
}

/// Ends the membership, and rings for the erasure once it was the last.
async fn end(
    app: &App,
    scope: &TenantScope<Worker>,
    (db, job): (&TenantDb<Worker>, &ClosingJob),
    (leaver, bots): (UserId, &[Found<BotRow>]),
) -> Result<(), PrivacyError> {
    let key = keys::member(leaver);
    let member = db.find::<MemberRow>(&key).await?;
    let change = app.change_memberships(leaver, None).await?;
    // A copy without `routing` brings the member's row back and no login.
    let change = change.and_then(|change| {
        let others = change.without(scope.tenant())?;
        Some((change, others))
    });
    if member.is_none() && change.is_none() {
        return Ok(());
    }
    let mut transaction = db.transaction();
    if let Some(member) = &member {
        transaction.delete::<MemberRow>(&key, member.rev);
    }
    silence(&mut transaction, bots, leaver);
    if let Some((change, others)) = &change {
        change.write(&mut transaction, others);
    }
    let entry = app.audit(scope, Action::MemberLeave, leaver);
    entry.write(&mut transaction);
    transaction.commit().await?;
    app.ring_audit(scope).await;
    let Some((change, others)) = change else {
        return Ok(());
    };
    change.sweep(app, &others).await?;
    if others.is_empty() {
        app.ring_closing(leaver.account_tenant(), job.request).await;
    }
    Ok(())
}

/// The bots through which the leaver hears of what waits.
async fn heard_by(
    db: &TenantDb<Worker>,
    leaver: UserId,
) -> Result<Vec<Found<BotRow>>, PrivacyError> {
    let mut bots = db.list::<BotRow>(&whole(keys::BOTS, usize::MAX)).await?;
    bots.retain(|bot| bot.row.alerts.iter().any(|alert| alert.user == leaver));
    Ok(bots)
}

fn silence(transaction: &mut Transaction<'_>, bots: &[Found<BotRow>], leaver: UserId) {
    for bot in bots {
        let mut row = bot.row.clone();
        row.alerts.retain(|alert| alert.user != leaver);
        transaction.replace(&row, bot.rev);
    }
}
