//! The bills that a look saw, beside the rows that we have of them.

use store::row::InvoiceRow;
use store::{Found, Slot, StoreError, TenantDb, Transaction, keys};
use stripe::objects::Invoice;
use tenancy::Worker;

use super::fetch::AtStripe;
use super::tell;

/// A bill that was seen, its row, and the row as it was.
pub(super) struct Bill<'a> {
    pub(super) invoice: &'a Invoice,
    pub(super) row: InvoiceRow,
    pub(super) known: Option<Found<InvoiceRow>>,
}

impl Bill<'_> {
    /// Adds its row, where that is not the one that is there.
    pub(super) fn add_to(&self, transaction: &mut Transaction<'_>) {
        if !self.differs() {
            return;
        }
        match &self.known {
            Some(known) => transaction.replace(&self.row, known.rev),
            None => transaction.create(&self.row),
        };
    }

    /// Notes that its row is written.
    pub(super) fn written(&mut self) {
        if self.differs() {
            let rev = self.known.as_ref().map_or(1, |known| known.rev + 1);
            let row = self.row.clone();
            self.known = Some(Found { row, rev });
        }
    }

    fn differs(&self) -> bool {
        self.known
            .as_ref()
            .is_none_or(|known| known.row != self.row)
    }
}

/// All bills that Stripe named, with what we had noted of each.
pub(super) async fn read<'b>(
    db: &TenantDb<Worker>,
    at_stripe: Option<&'b AtStripe>,
) -> Result<Vec<Bill<'b>>, StoreError> {
    let invoices = at_stripe.map(|at_stripe| at_stripe.invoices.as_slice());
    let mut reads = db.read_many();
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
        let row = match &known {
            Some(known) => kept(row, &known.row),
            None => row,
        };
        Ok(Bill {
            invoice,
            row,
            known,
        })
    });
    bills.collect()
}

/// A bill as Stripe shows it, with what we alone know of the money that goes back.
fn kept(row: InvoiceRow, known: &InvoiceRow) -> InvoiceRow {
    InvoiceRow {
        returned: known.returned,
        credited: known.credited,
        refunded_at: known.refunded_at,
        refunded: known.refunded,
        by_bank: known.by_bank,
        disputed: known.disputed,
        owed: known.owed,
        called_at: known.called_at,
        ..row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use serde_json::json;

    #[test]
    fn what_is_written_once_is_written_again_only_after_another_change_and_on_the_revision_that_is_there()
     {
        let value = json!({ "id": "in_1", "customer": "cus_1", "status": "paid", "amount_paid": 2_900,
            "currency": "eur", "created": 1_795_456_800 });
        let invoice = Invoice::read(&value).expect("an invoice");
        let mut bill = Bill {
            invoice: &invoice,
            row: tell::row(&invoice).expect("a row"),
            known: None,
        };
        let rev = |bill: &Bill<'_>| bill.known.as_ref().map(|known| known.rev);
        assert!(bill.differs());
        bill.written();
        bill.written();
        assert_eq!((bill.differs(), rev(&bill)), (false, Some(1)));
        bill.row.refunded_at = Some(Timestamp::from_seconds(1_795_460_400));
        assert!(bill.differs());
        bill.written();
        assert_eq!((bill.differs(), rev(&bill)), (false, Some(2)));
    }
}
