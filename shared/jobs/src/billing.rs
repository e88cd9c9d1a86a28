//! What stands in the queue of billing.

use domain::billing::{CustomerId, EventId};
use domain::ids::TenantId;
use serde::{Deserialize, Serialize};

/// Read by this release and the next one, as every message.
const VERSION: u8 = 1;
/// The group of what concerns no customer.
const NOBODY: &str = "none";
/// The longest word of Stripe's that travels.
const LONGEST_WORD: usize = 100;

/// "Compare what this workspace bought with Stripe." It says what gave rise to it and never what is true: whoever works it asks
/// Stripe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingSync {
    v: u8,
    /// For whom.
    pub whose: Whose,
    /// What gave rise to it; absent: the daily look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Hint>,
}

/// For whom a job of billing is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Stripe's customer: the routing row says which workspace.
    Customer(CustomerId),
    /// A workspace.
    Tenant(TenantId),
    /// An event that names no customer.
    Nobody,
}

/// What an event said, as far as it helps to know where to look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// Which event; absent: one without an id, which can count twice and changes nothing by that.
    pub event: Option<EventId>,
    /// What happened, such as `invoice.paid`; empty: nothing that we could read.
    pub kind: String,
    /// Stripe's name for the object that it is about.
    pub object: Option<String>,
    /// The bill that this object is of, or the payment that may have paid one, where it names either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<String>,
}

impl Hint {
    /// What an event said. Words of another form than Stripe's are left out: they would tell nothing.
    pub fn new(event: Option<EventId>, kind: &str, object: Option<&str>) -> Self {
        Self {
            event,
            kind: word(kind).unwrap_or_default(),
            object: object.and_then(word),
            bill: None,
        }
    }

    /// With the bill, or the payment, that the object names.
    #[must_use]
    pub fn of_bill(self, bill: Option<&str>) -> Self {
        Self {
            bill: bill.and_then(word),
            ..self
        }
    }
}

impl BillingSync {
    /// A look for which an event gave rise.
    pub fn hinted(customer: Option<CustomerId>, hint: Hint) -> Self {
        let whose = match customer {
            Some(customer) => Whose::Customer(customer),
            None => Whose::Nobody,
        };
        Self {
            v: VERSION,
            whose,
            hint: Some(hint),
        }
    }

    /// The daily look at a workspace.
    pub const fn look(tenant: TenantId) -> Self {
        Self {
            v: VERSION,
            whose: Whose::Tenant(tenant),
            hint: None,
        }
    }

    /// Looks of one group come one after the other. Those for a customer and for its workspace may meet: the revision of the
    /// copy decides between them.
    pub(crate) fn group(&self) -> String {
        match &self.whose {
            Whose::Customer(customer) => customer.to_string(),
            Whose::Tenant(tenant) => tenant.suffix(),
            Whose::Nobody => NOBODY.to_owned(),
        }
    }
}

/// A word such as `customer.subscription.updated` or `in_1`.
fn word(text: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    let fits = (1..=LONGEST_WORD).contains(&text.len()) && text.bytes().all(is_plain);
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_look_reads_back_what_was_queued() {
        let tenant = TenantId::from_bytes([1; 16]);
        let event = "evt_1".parse().ok();
        let hint = Hint::new(event, "customer.subscription.updated", Some("sub_1"));
        let jobs = [
            BillingSync::hinted("cus_1".parse().ok(), hint.clone()),
            BillingSync::hinted(None, hint.clone()),
            BillingSync::hinted(None, hint.of_bill(Some("pi_1"))),
            BillingSync::look(tenant),
        ];
        for job in jobs {
            let text = serde_json::to_string(&job).expect("serialises");
            assert_eq!(serde_json::from_str::<BillingSync>(&text).ok(), Some(job));
        }
    }

    #[test]
    fn looks_at_one_customer_stand_in_one_group() {
        let hint = || Hint::new(None, "invoice.paid", None);
        let customer = "cus_1".parse().ok();
        assert_eq!(BillingSync::hinted(customer, hint()).group(), "cus_1");
        assert_eq!(BillingSync::hinted(None, hint()).group(), "none");
        let tenant = TenantId::from_bytes([1; 16]);
        assert_eq!(BillingSync::look(tenant).group(), tenant.suffix());
    }

    #[test]
    fn words_of_another_form_than_stripes_do_not_travel() {
        for text in [
            "",
            "a b",
            "a@b.cc",
            "<script>",
            &"x".repeat(LONGEST_WORD + 1),
        ] {
            let hint = Hint::new(None, text, Some(text));
            assert_eq!((hint.kind.as_str(), hint.object), ("", None), "{text:?}");
            let hint = Hint::new(None, "x", None).of_bill(Some(text));
            assert_eq!(hint.bill, None, "{text:?}");
        }
    }

    #[test]
    fn a_hint_of_before_bills_were_named_is_read_and_one_without_a_bill_looks_like_it() {
        let before = json!({ "event": null, "kind": "invoice.paid", "object": "in_1" });
        let hint = Hint::new(None, "invoice.paid", Some("in_1"));
        assert_eq!(serde_json::to_value(&hint).expect("serialises"), before);
        assert_eq!(serde_json::from_value::<Hint>(before).ok(), Some(hint));
    }
}
