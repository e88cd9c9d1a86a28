//! `GET /api/v1/bots/{bot_id}/business-accounts`

use app::{App, OrProblem};
use domain::ids::{BotId, BusinessAccountId};
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use store::row::BusinessAccountRow;
use store::{Direction, Page, keys};
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;

use super::BusinessAccountOut;
use crate::bot;

/// More accounts than a creator's team has.
const ALL: usize = 200;

/// The accounts that are or were connected to a bot.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BusinessAccountListOut {
    /// All of them, 200 at most. Empty: nobody has chosen the bot in Telegram's settings for their account, under
    /// chatbots.
    business_accounts: Vec<BusinessAccountOut>,
}

/// Lists the Telegram accounts whose owners let the bot take part in their chats.
#[utoipa::path(get, path = "/api/v1/bots/{bot_id}/business-accounts", operation_id = "list_business_accounts", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot.")),
    responses((status = 200, description = "Its accounts.", body = BusinessAccountListOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Reader>, id: BotId) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    bot::find(&db, id).await?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let at = |byte| keys::business_account(id, BusinessAccountId::from_bytes([byte; 16]));
    let (first, last) = (at(0), at(255));
    let page = Page {
        pk: &first.pk,
        from: &first.sk,
        to: &last.sk,
        direction: Direction::Forward,
        limit: ALL,
    };
    let rows = Box::pin(db.list::<BusinessAccountRow>(&page))
        .await
        .or_problem()?;
    let business_accounts = rows
        .iter()
        .map(|found| BusinessAccountOut::open(&key, &found.row))
        .collect::<Result<_, _>>()
        .or_problem()?;
    http_kit::json(
        StatusCode::OK,
        &BusinessAccountListOut { business_accounts },
    )
}
