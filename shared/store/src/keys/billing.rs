//! What a workspace bought, its bills, and what Stripe told of them.

use domain::Timestamp;
use domain::billing::{CustomerId, EventId, InvoiceId};
use domain::ids::TenantId;

use super::{Due, LocalKey, key, moment, no_bot};

/// Partition of a workspace's subscription and of the attempt to buy one.
pub const BILLING: &str = "BILLING";

/// Our copy of a workspace's subscription, and who pays.
pub fn subscription() -> LocalKey {
    key(BILLING, "HEAD")
}

/// The attempt to buy that is open, or was the last.
pub fn checkout() -> LocalKey {
    key(BILLING, "CHECKOUT")
}

/// Partition of a workspace's invoices, sorted by the moment they were made.
pub const INVOICES: &str = "INVOICES";

/// One invoice.
pub fn invoice(made_at: Timestamp, invoice: &InvoiceId) -> LocalKey {
    key(INVOICES, format!("{}#{invoice}", moment(made_at)))
}

/// Whose a customer of Stripe's is.
pub fn stripe_customer(customer: &CustomerId) -> LocalKey {
    key(format!("STRIPE#{customer}"), "CUSTOMER")
}

/// Partition of the events of Stripe's that counted for a workspace.
pub const STRIPE_EVENTS: &str = "STRIPE";

/// That an event counted.
pub fn stripe_event(event: &EventId) -> LocalKey {
    key(STRIPE_EVENTS, event.as_str())
}

/// When a workspace is compared with Stripe.
pub fn reconciliation() -> LocalKey {
    key("RECONCILIATION", "NEXT")
}

/// How the due index names that, after the tenant.
pub(crate) const RECONCILIATION_MARK: &str = "RECONCILIATION";

pub(crate) fn due_reconciliation(tenant: TenantId, at: Timestamp) -> Due {
    Due {
        at,
        tenant,
        bot: no_bot(tenant),
        unique: RECONCILIATION_MARK.to_owned(),
    }
}
