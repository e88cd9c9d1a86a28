//! `POST /api/v1/registrations`

mod input;
mod rows;

use app::{App, OrProblem};
use domain::audit::{Action, Actor};
use domain::ids::{TenantId, UserId};
use futures::future::{join, try_join};
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::{StoreError, Transaction};
use tenancy::Provisioning;
use utoipa::ToSchema;

pub(crate) use input::RegisterIn;

use crate::password::Hasher;
use crate::pepper;
use rows::{Fresh, Rows};

/// What happens next. The same for a new address and one that has an account.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegistrationOut {
    /// Always `log_in`.
    next: &'static str,
    /// The same for people, in English.
    message: &'static str,
}

const OUT: RegistrationOut = RegistrationOut {
    next: "log_in",
    message: "If this address had no account yet, it has one now. Log in with the address and the password.",
};

/// Registers a person and their first workspace. Opens no session, and answers the same, after the same work, whether
/// or not the address has an account.
///
/// Two partitions are written, each by its own tenant session. The workspace comes first; the person's partition and
/// the login come last, together. A crash in between leaves a workspace that nobody owns and nothing that stands in a
/// repetition's way; it holds no name or address of a person.
#[utoipa::path(post, path = "/api/v1/registrations", operation_id = "create_registration", tag = "accounts",
    request_body = RegisterIn,
    responses((status = 201, description = "The person can log in.", body = RegistrationOut)))]
pub(crate) async fn handle(app: &App, input: RegisterIn) -> Answer {
    let order = input.order()?;
    let pepper = Box::pin(pepper::load_or_create(app)).await?;
    let email_hash = pepper.address_hash(&order.email);
    let known = app
        .store
        .routing()
        .find_login(&email_hash)
        .await
        .or_problem()?
        .is_some();
    let password = Hasher::new(&pepper)
        .and_then(|hasher| hasher.hash(&order.password, app.entropy.as_ref()))
        .or_problem()?;
    let fresh = Fresh {
        user: app.mint(UserId::new),
        workspace: app.mint(TenantId::new),
        now: app.clock.now(),
        email_hash,
        password,
        pepper: pepper.generation().to_owned(),
    };
    Box::pin(create(app, &Rows::new(&order, fresh), &order, known)).await?;
    http_kit::created(&OUT)
}

async fn create(app: &App, rows: &Rows, order: &input::Order, known: bool) -> Result<(), Problem> {
    let (person, workspace) = (
        Provisioning::of(rows.login.user.account_tenant()),
        Provisioning::of(rows.workspace.id),
    );
    let (person, workspace) = (person.scope(), workspace.scope());
    let (person_vault, workspace_vault) = (
        app.vault.within(&person).or_problem()?,
        app.vault.within(&workspace).or_problem()?,
    );
    let ((key, wrapped), (_, workspace_wrapped)) = try_join(
        Box::pin(person_vault.create_key()),
        Box::pin(workspace_vault.create_key()),
    )
    .await
    .or_problem()?;
    let account = rows
        .account(order, &key, app.entropy.as_ref())
        .or_problem()?;

    let db = app.store.within(&workspace).or_problem()?;
    let mut transaction = db.transaction();
    rows.add_workspace(&mut transaction, workspace_wrapped);
    let actor = Actor::Person(rows.login.user);
    app.audit(&workspace, Action::WorkspaceCreate, rows.workspace.id)
        .by(actor)
        .write(&mut transaction);
    // A login that is there already dooms this transaction: nothing is written, in the same time.
    commit(transaction, rows, known).await?;

    let db = app.store.within(&person).or_problem()?;
    let mut transaction = db.transaction();
    rows.add_person(&mut transaction, &account, wrapped);
    app.audit(&person, Action::AccountCreate, rows.login.user)
        .by(actor)
        .write(&mut transaction);
    commit(transaction, rows, true).await?;
    // Rung in any case: whether the address was known must not show in the time that this takes.
    join(
        Box::pin(app.ring_audit(&workspace)),
        Box::pin(app.ring_audit(&person)),
    )
    .await;
    Ok(())
}

/// Commits, with the login if told so. That the address has one already is no failure: the answer is the same.
async fn commit(
    mut transaction: Transaction<'_>,
    rows: &Rows,
    with_login: bool,
) -> Result<(), Problem> {
    let login = with_login.then(|| transaction.create(&rows.login));
    match transaction.commit().await {
        Err(error) if is_known(&error, login) => Ok(()),
        other => other.or_problem(),
    }
}

fn is_known(error: &StoreError, login: Option<usize>) -> bool {
    login.is_some_and(|index| error.failed(index).is_some())
}
