//! Prices.

use serde_json::Value;

use super::words;
use crate::read;

words! {
    /// How often a price is charged.
    Interval {
        /// Each day.
        Day = "day",
        /// Each week.
        Week = "week",
        /// Each month.
        Month = "month",
        /// Each year.
        Year = "year",
    }
}

/// What something costs, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// `price_...`, or the id of a plan of an old version.
    pub id: String,
    /// Our own name for it.
    pub lookup_key: Option<String>,
    /// The product that it is of.
    pub product: Option<String>,
    /// In the currency's smallest unit; none where it is not one flat sum.
    pub unit_amount: Option<i64>,
    /// Three small letters.
    pub currency: Option<String>,
    /// None for what is paid once.
    pub interval: Option<Interval>,
    /// Every so many intervals.
    pub interval_count: i64,
    /// Whether it can still be bought.
    pub active: bool,
}

impl Price {
    /// Reads a price, or a plan of an old version, which has the interval at its top.
    pub fn read(value: &Value) -> Option<Self> {
        let recurring = value.get("recurring").unwrap_or(value);
        Some(Price {
            id: read::string(value, "/id")?,
            lookup_key: read::string(value, "/lookup_key"),
            product: read::id(value, "/product"),
            unit_amount: read::integer(value, "/unit_amount")
                .or_else(|| read::integer(value, "/amount")),
            currency: read::string(value, "/currency"),
            interval: read::text(recurring, "/interval").map(Interval::from),
            interval_count: read::integer(recurring, "/interval_count").unwrap_or(1),
            active: read::flag(value, "/active"),
        })
    }
}
