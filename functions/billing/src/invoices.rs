//! `GET /api/v1/billing/invoices`
//!
//! Uses GetItem on `routing` and `keys`, Query on `tenant`, kms:Decrypt (purpose `data`), for the key of cursors. Stripe is not
//! asked: these are our copies.

use app::{App, OrProblem};
use domain::billing::InvoiceStatus;
use http::StatusCode;
use http_kit::{Answer, Cursor, CursorKey, Limit, Problem};
use serde::{Deserialize, Serialize};
use store::row::InvoiceRow;
use store::{Direction, Found, Page, Row, TenantDb, keys};
use tenancy::{Manager, Reads, TenantScope};
use utoipa::{IntoParams, ToSchema};

/// Which invoices.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvoicesQuery {
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// An invoice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvoiceOut {
    /// Stripe's id of it.
    id: String,
    /// Its number; null while it is a draft.
    number: Option<String>,
    /// How far it is: `draft`, `open`, `paid`, `uncollectible`, `void`, or a word that Stripe has added since.
    status: String,
    /// Everything together, in the currency's smallest unit.
    total: i64,
    /// Three small letters.
    currency: Option<String>,
    /// When it was made, RFC 3339 UTC.
    made_at: String,
    /// When it was paid, RFC 3339 UTC; null while it is not.
    paid_at: Option<String>,
    /// Stripe's page of it, which opens without a login and where an open one is paid.
    page: Option<String>,
}

/// A page of invoices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvoiceList {
    /// Newest first.
    invoices: Vec<InvoiceOut>,
    /// Where the next page begins; null at the end of the list.
    next_cursor: Option<String>,
}

impl From<&InvoiceRow> for InvoiceOut {
    fn from(row: &InvoiceRow) -> Self {
        Self {
            id: row.id.to_string(),
            number: row.number.clone(),
            status: row.status.as_str().to_owned(),
            total: row.total,
            currency: row.currency.clone(),
            made_at: row.made_at.rfc3339(),
            paid_at: row.paid_at.map(domain::Timestamp::rfc3339),
            page: row.page.clone(),
        }
    }
}

/// Lists the workspace's invoices, newest first.
#[utoipa::path(get, path = "/api/v1/billing/invoices", operation_id = "list_invoices", tag = "billing",
    params(InvoicesQuery), responses((status = 200, description = "A page of invoices.", body = InvoiceList)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Manager>,
    query: InvoicesQuery,
) -> Answer {
    let key = app.tenant_key(scope).await.or_problem()?;
    let cursors = CursorKey::new(&key.cursor_key());
    let label = format!("{}/billing.invoices", scope.tenant().suffix());
    let before = match &query.cursor {
        Some(cursor) => Some(Cursor::open::<String>(&cursors, &label, cursor)?),
        None => None,
    };
    let db = app.store.within(scope).or_problem()?;
    // The position itself was shown already, and one more says whether there are others.
    let limit = query.limit.get() + 2;
    let mut found = newest(&db, before.as_deref(), limit).await?;
    found.retain(|found| Some(found.row.key().sk) != before);
    let more = found.len() > query.limit.get();
    found.truncate(query.limit.get());
    let next_cursor = match found.last().filter(|_| more) {
        Some(last) => Some(Cursor::seal(&cursors, &label, &last.row.key().sk)?),
        None => None,
    };
    let invoices = found.iter().map(|found| (&found.row).into()).collect();
    http_kit::json(
        StatusCode::OK,
        &InvoiceList {
            invoices,
            next_cursor,
        },
    )
}

/// Invoices up to a position, newest first.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn newest<R: Reads>(
    db: &TenantDb<R>,
    to: Option<&str>,
    limit: usize,
) -> Result<Vec<Found<InvoiceRow>>, Problem> {
    let page = Page {
        pk: keys::INVOICES,
        from: "0",
        to: to.unwrap_or("~"),
        direction: Direction::Backward,
        limit,
    };
    Box::pin(db.list(&page)).await.or_problem()
}

/// What of these was paid, in the smallest unit of their currency.
pub(crate) fn paid<'a>(invoices: impl IntoIterator<Item = &'a InvoiceRow>) -> i64 {
    let paid = |row: &&InvoiceRow| row.status == InvoiceStatus::Paid;
    invoices.into_iter().filter(paid).map(|row| row.total).sum()
}
