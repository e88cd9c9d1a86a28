//! The envelope of an event: whatever it is, and however it was sent.

use domain::Timestamp;
use serde_json::Value;

use crate::key::Mode;
use crate::read;

/// The bytes are not a JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body is not a JSON object")]
pub struct NotAnEvent;

/// The event is of a sandbox and we are live, or the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the event is of another mode than our key")]
pub struct ForeignMode;

/// What every step needs of an event: of a snapshot, which holds the object, of a thin one, which only names it, and of one
/// without an id. What is absent or oddly typed is `None`; no type and no version is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// `evt_...`; peers of Stripe may send none.
    pub id: Option<String>,
    /// What happened, such as `invoice.paid`; a thin event's leading `v1.` is left out. Empty when it says nothing.
    pub kind: String,
    /// When, to the second: no order.
    pub created: Option<Timestamp>,
    /// Whether money moves.
    pub livemode: Option<bool>,
    /// Whose shape the object has; thin events have none.
    pub api_version: Option<String>,
    /// The connected account that it is of; ours has none.
    pub account: Option<String>,
    /// The object that it is about.
    pub object_id: Option<String>,
    /// What that object is, such as `subscription`.
    pub object_kind: Option<String>,
    /// The customer that it concerns.
    pub customer: Option<String>,
    /// The subscription that it concerns.
    pub subscription: Option<String>,
    /// The invoice that it concerns, as a credit note names it; else the payment that may have paid one, as a charge and a dispute do.
    pub bill: Option<String>,
}

impl Envelope {
    /// Reads the envelope of a body whose signature is checked.
    ///
    /// # Errors
    /// Only for bytes that are not a JSON object.
    pub fn parse(body: &[u8]) -> Result<Self, NotAnEvent> {
        let value = serde_json::from_slice(body).map_err(|_| NotAnEvent)?;
        Self::read(&value).ok_or(NotAnEvent)
    }

    /// Reads the envelope of an event that was fetched.
    pub fn read(value: &Value) -> Option<Self> {
        value.as_object()?;
        let object = value.pointer("/data/object").unwrap_or(&Value::Null);
        let related = value.get("related_object").unwrap_or(&Value::Null);
        let kind = read::text(value, "/type").unwrap_or_default();
        let object_kind =
            read::string(object, "/object").or_else(|| read::string(related, "/type"));
        let object_id = read::string(object, "/id").or_else(|| read::string(related, "/id"));
        let itself = |name: &str| {
            object_id
                .clone()
                .filter(|_| object_kind.as_deref() == Some(name))
        };
        Some(Envelope {
            id: read::string(value, "/id"),
            kind: kind.strip_prefix("v1.").unwrap_or(kind).to_owned(),
            created: created(value),
            livemode: value.get("livemode").and_then(Value::as_bool),
            api_version: read::string(value, "/api_version"),
            account: read::string(value, "/account").or_else(|| read::string(value, "/context")),
            customer: itself("customer").or_else(|| read::id(object, "/customer")),
            subscription: itself("subscription").or_else(|| subscription(object)),
            bill: read::id(object, "/invoice").or_else(|| read::id(object, "/payment_intent")),
            object_id,
            object_kind,
        })
    }

    /// Refuses an event of the other mode. One that does not say is of a sandbox: Stripe's always say.
    ///
    /// # Errors
    /// When the event and our key disagree on whether money moves.
    pub fn check_mode(&self, ours: Mode) -> Result<(), ForeignMode> {
        let is_live = self.livemode.unwrap_or(false);
        (is_live == ours.is_live()).then_some(()).ok_or(ForeignMode)
    }
}

/// Seconds in a snapshot, RFC 3339 in a thin event.
fn created(value: &Value) -> Option<Timestamp> {
    read::moment(value, "/created")
        .or_else(|| Timestamp::from_rfc3339(read::text(value, "/created")?))
}

/// Where an object names its subscription: an invoice since 2025-03-31 in its parent, everything else itself.
fn subscription(object: &Value) -> Option<String> {
    read::id(object, "/parent/subscription_details/subscription")
        .or_else(|| read::id(object, "/subscription"))
}
