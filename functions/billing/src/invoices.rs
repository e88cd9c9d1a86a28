//! `GET /api/v1/billing/invoices`
//!
//! Uses GetItem on `routing` and `keys`, Query on `tenant`, kms:Decrypt (purpose `data`), for the key of cursors. Stripe is not
//! asked: these are our copies.

use app::{App, OrProblem};
use domain::billing::InvoiceStatus;
use http::StatusCode;
use http_kit::{Answer, Cursors, Limit, Problem};
use serde::{Deserialize, Serialize};
use store::row::InvoiceRow;
use store::{BESIDE_A_PAGE, Direction, Found, Page, TenantDb, cut, keys};
use tenancy::{Manager, Reads, TenantScope};
use utoipa::{IntoParams, ToSchema};

/// What an invoice is called that Stripe calls paid, though what paid it went back.
const REFUNDED: &str = "refunded";

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
    /// How far it is: `draft`, `open`, `paid`, `uncollectible`, `void`, or a word that Stripe has added since; `refunded` where
    /// everything went back that had paid it.
    status: String,
    /// Everything together, in the currency's smallest unit.
    total: i64,
    /// What of it was paid and has gone back, by us or by a bank; 0 where nothing has.
    returned: i64,
    /// What of it was credited to the balance at Stripe instead, which pays later invoices; 0 where nothing was.
    credited: i64,
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
        let returned = returned(row);
        let is_refunded = row.refunded_at.is_some() || (returned > 0 && returned == paid(row));
        Self {
            id: row.id.to_string(),
            number: row.number.clone(),
            status: match is_refunded {
                true => REFUNDED.to_owned(),
                false => row.status.as_str().to_owned(),
            },
            total: row.total,
            returned,
            credited: row.credited.unwrap_or(0),
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
    let label = format!("{}/billing.invoices", scope.tenant().suffix());
    let cursors = Cursors::new(&key.cursor_key(), label);
    let before = cursors.open::<String>(query.cursor.as_deref())?;
    let db = app.store.within(scope).or_problem()?;
    let (before, limit) = (before.as_deref(), query.limit.get());
    let found = newest(&db, before, limit + BESIDE_A_PAGE).await?;
    let (found, next) = cut(found, before, limit);
    let next_cursor = cursors.next(next.as_ref())?;
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

/// What of these was paid with money and has not gone back, in the smallest unit of their currency.
pub(crate) fn kept<'a>(invoices: impl IntoIterator<Item = &'a InvoiceRow>) -> i64 {
    let is_paid = |row: &&InvoiceRow| row.status == InvoiceStatus::Paid;
    let all = invoices.into_iter().filter(is_paid);
    all.map(|row| paid(row) - row.returned.unwrap_or(0)).sum()
}

/// What paid an invoice with money.
fn paid(row: &InvoiceRow) -> i64 {
    row.amount_paid.unwrap_or(row.total)
}

/// What of that has gone back, before a withdrawal and since.
fn returned(row: &InvoiceRow) -> i64 {
    let parts = [row.returned, row.refunded, row.by_bank];
    let sum: i64 = parts.into_iter().flatten().sum();
    match row.refunded_at {
        Some(_) => paid(row),
        None => sum.min(paid(row).max(0)),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::Timestamp;

    /// An invoice over 29.00.
    pub(crate) fn invoice(id: &str, status: InvoiceStatus, made_at: Timestamp) -> InvoiceRow {
        InvoiceRow {
            id: id.parse().expect("an id"),
            number: Some(format!("A-{id}")),
            status,
            total: 2_900,
            amount_paid: None,
            currency: None,
            page: None,
            made_at,
            paid_at: None,
            period_start: None,
            period_end: None,
            returned: None,
            credited: None,
            refunded_at: None,
            refunded: None,
            by_bank: None,
            disputed: None,
            owed: None,
            called_at: None,
        }
    }

    #[test]
    fn what_is_not_paid_does_not_count_as_paid() {
        let row = |id, status| invoice(id, status, Timestamp::default());
        let rows = [
            row("in_1", InvoiceStatus::Paid),
            row("in_2", InvoiceStatus::Open),
            row("in_3", InvoiceStatus::Paid),
        ];
        assert_eq!(kept(&rows), 5_800);
    }

    #[test]
    fn what_went_back_already_is_not_kept() {
        let partly = InvoiceRow {
            returned: Some(900),
            ..invoice("in_1", InvoiceStatus::Paid, Timestamp::default())
        };
        let whole = invoice("in_2", InvoiceStatus::Paid, Timestamp::default());
        assert_eq!(kept([&partly, &whole]), 4_900);
    }

    #[test]
    fn an_invoice_whose_money_went_back_is_not_shown_as_paid() {
        let paid = invoice("in_1", InvoiceStatus::Paid, Timestamp::default());
        let refunded = InvoiceRow {
            refunded_at: Some(Timestamp::default()),
            ..paid.clone()
        };
        assert_eq!(InvoiceOut::from(&paid).status, "paid");
        assert_eq!(InvoiceOut::from(&refunded).status, REFUNDED);
    }

    #[test]
    fn an_invoice_says_what_of_it_went_back_whoever_gave_it_and_no_more_than_was_paid() {
        let paid = invoice("in_1", InvoiceStatus::Paid, Timestamp::default());
        let shown = |row: InvoiceRow| {
            let out = InvoiceOut::from(&row);
            (out.status, out.returned, out.credited)
        };
        let with = |returned, by_bank, credited| InvoiceRow {
            returned,
            by_bank,
            credited,
            ..paid.clone()
        };
        let is = |status: &str, returned, credited| (status.to_owned(), returned, credited);
        assert_eq!(shown(with(None, None, None)), is("paid", 0, 0));
        assert_eq!(shown(with(Some(900), None, None)), is("paid", 900, 0));
        assert_eq!(shown(with(None, None, Some(900))), is("paid", 0, 900));
        let whole = with(Some(2_900), None, None);
        assert_eq!(shown(whole), is(REFUNDED, 2_900, 0));
        let twice = with(Some(900), Some(2_900), None);
        assert_eq!(shown(twice), is(REFUNDED, 2_900, 0));
    }

    #[test]
    fn credit_that_paid_an_invoice_or_came_of_one_is_no_money() {
        let row = |total, amount_paid| InvoiceRow {
            total,
            amount_paid: Some(amount_paid),
            ..invoice("in_1", InvoiceStatus::Paid, Timestamp::default())
        };
        let (whole, came, partly) = (row(9_900, 9_900), row(-7_000, 0), row(2_900, 700));
        assert_eq!(kept([&whole, &came, &partly]), 10_600);
    }
}
