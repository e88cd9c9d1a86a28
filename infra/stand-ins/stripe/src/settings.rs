//! What a test may set by `PATCH /settings`.

use serde::{Deserialize, Serialize};

/// The version that the official libraries send today.
pub(crate) const CURRENT_VERSION: &str = "2026-10-28.endive";

/// In which form events go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EventForm {
    Snapshot,
    Thin,
    Both,
}

/// How long a webhook that fails is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Retries {
    /// With growing pauses for three days.
    Live,
    /// Three tries within a few hours.
    Sandbox,
}

/// What becomes of a subscription whose last retry failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DunningEnd {
    Cancel,
    Unpaid,
    PastDue,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// The account's version: of calls without `Stripe-Version` and of endpoints without a version of their own.
    pub api_version: String,
    /// What objects and events say of themselves; no money moves either way.
    pub livemode: bool,
    /// Keeps requests before they are carried out, until they are released.
    pub hold: bool,
    pub hold_deliveries: bool,
    /// So many more copies of each delivery.
    pub duplicates: u32,
    /// Deliveries that are due go out in any order.
    pub disorder: bool,
    pub events: EventForm,
    pub retries: Retries,
    /// Days from each failed payment of an invoice to the next try.
    pub dunning_days: Vec<i64>,
    pub dunning_end: DunningEnd,
    /// How long a renewal's invoice stays a draft.
    pub finalize_after_s: i64,
    /// Days before a renewal at which `invoice.upcoming` is sent.
    pub upcoming_days: i64,
    pub webhook_timeout_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api_version: CURRENT_VERSION.to_owned(),
            livemode: false,
            hold: false,
            hold_deliveries: false,
            duplicates: 0,
            disorder: false,
            events: EventForm::Snapshot,
            retries: Retries::Live,
            dunning_days: vec![3, 5, 7],
            dunning_end: DunningEnd::Cancel,
            finalize_after_s: 3_600,
            upcoming_days: 7,
            webhook_timeout_ms: 10_000,
        }
    }
}
