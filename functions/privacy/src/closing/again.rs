//! A workspace or an account that was erased and that an older copy of the tables has brought back (decision 0039): its erasure
//! begins once more. That it was erased stands in `work`, which is never restored.

use std::collections::BTreeMap;

use app::{App, AppError, CLOSING_PATIENCE};
use domain::Timestamp;
use domain::ids::UserId;
use domain::privacy::ClosingState;
use jobs::ClosingJob;
use store::row::{ClosedRow, ClosingRow, ErasedRow, TenantKeyRow, UserLoginRow};
use store::{StoreError, Table, TenantDb, keys};
use tenancy::Worker;

use crate::error::PrivacyError;

/// Begins, if something is back. A job that is late, or for a closing that was taken back, changes nothing.
pub(super) async fn begin(
    app: &App,
    db: &TenantDb<Worker>,
    job: &ClosingJob,
) -> Result<(), PrivacyError> {
    let erased = db.find::<ErasedRow>(&keys::erased(job.request)).await?;
    let Some(erased) = erased.map(|found| found.row) else {
        return Ok(());
    };
    // A fan's request is none of a closing.
    let Some(asked_by) = erased.requested_by.filter(|_| erased.mark.is_none()) else {
        return Ok(());
    };
    end_memberships(app, &erased, asked_by).await?;
    let work = work_of(&erased, asked_by, app.clock.now());
    let key = db.find::<TenantKeyRow>(&keys::tenant_key()).await?;
    if key.is_none() && !is_back(app, db, work.account()).await? {
        return Ok(());
    }
    if key.is_none() && work.account().is_none() {
        // Nothing of it opens; but without the key its lists cannot be found either.
        tracing::warn!(tenant.id = %job.tenant, "an erased workspace is back without its key");
        telemetry::metric("ErasedWithoutKey", telemetry::Unit::Count, 1.0, &[]);
        return Ok(());
    }
    let routing = app.store.routing();
    let closed = routing.find::<ClosedRow>(&keys::closed(job.tenant)).await?;
    let mut transaction = db.transaction();
    transaction.create(&work);
    if closed.is_none() {
        transaction.create(&closed_again(&erased));
    }
    match transaction.commit().await {
        Ok(()) => {}
        // Another job has begun it.
        Err(error) if error.is_race() => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    tracing::info!(tenant.id = %job.tenant, "what was closed is erased again");
    telemetry::metric("ErasedAgain", telemetry::Unit::Count, 1.0, &[]);
    let next = app.jobs.close(job).await;
    Ok(next.map_err(AppError::from)?)
}

/// Has the memberships end again that no login leads to: a copy without `routing` brings a member's row back alone. Where the login is
/// back, the work asks by what it names. Nothing waits for these jobs, so they are asked for each time, whatever is back of the
/// account: one that came to nothing is made up for when the command is run again.
async fn end_memberships(
    app: &App,
    erased: &ErasedRow,
    person: UserId,
) -> Result<(), PrivacyError> {
    if erased.workspaces.is_empty() || app.login_of(person).await?.is_some() {
        return Ok(());
    }
    for workspace in &erased.workspaces {
        let job = ClosingJob::leaving(*workspace, erased.request, person);
        let asked = app.jobs.close(&job).await;
        asked.map_err(AppError::from)?;
    }
    Ok(())
}

/// Whether there are rows of it: its own, its bots, which go last, or the login of the person whose account it is.
async fn is_back(
    app: &App,
    db: &TenantDb<Worker>,
    account: Option<UserId>,
) -> Result<bool, StoreError> {
    let own = [keys::workspace().pk, keys::account().pk];
    for pk in own.iter().map(String::as_str).chain([keys::BOTS]) {
        if !db.trace(Table::Tenant, pk, 1).await?.is_empty() {
            return Ok(true);
        }
    }
    let Some(user) = account else {
        return Ok(false);
    };
    let routing = app.store.routing();
    let login = routing
        .find::<UserLoginRow>(&keys::user_login(user))
        .await?;
    Ok(login.is_some())
}

fn work_of(erased: &ErasedRow, asked_by: UserId, now: Timestamp) -> ClosingRow {
    ClosingRow {
        request: erased.request,
        tenant: erased.tenant,
        asked_by,
        asked_at: erased.asked_at,
        closes_at: erased.begun_at,
        state: ClosingState::Erasing,
        told: Vec::new(),
        owners: erased.owners.clone(),
        fan: None,
        chats: Vec::new(),
        erased: BTreeMap::new(),
        files: BTreeMap::new(),
        wakes_at: now.plus(CLOSING_PATIENCE),
    }
}

/// The mark in `routing`, where it was lost with the copy: it gives the former owners the certificate.
fn closed_again(erased: &ErasedRow) -> ClosedRow {
    ClosedRow {
        tenant: erased.tenant,
        request: erased.request,
        owners: erased.owners.clone(),
        erased_at: erased.begun_at,
        finished_at: None,
        certificate: None,
        certificate_signature: None,
    }
}
