//! What a message costs on AWS: recorded calls times a table of prices.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::Failure;

/// `prices.toml`.
#[derive(Debug, Deserialize)]
pub struct Prices {
    /// Where.
    pub region: String,
    /// When they were written down.
    pub recalled: String,
    per_million: BTreeMap<String, f64>,
    /// What the laptop cannot know.
    pub assumed: Assumed,
}

/// What the laptop cannot know.
#[derive(Debug, Deserialize)]
pub struct Assumed {
    /// A remote call.
    pub round_trip_ms: f64,
    /// A call of Telegram.
    pub telegram_ms: f64,
    /// An answer of an AI vendor.
    pub vendor_ms: u32,
    index_writes_per_write: f64,
}

/// Amounts by the unit's name in the price table.
#[derive(Clone, Debug, Default)]
pub struct Bill(pub BTreeMap<&'static str, f64>);

impl Prices {
    /// Reads the table.
    ///
    /// # Errors
    /// When it is missing or has another form.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        toml::from_str(&fs::read_to_string(path)?)
            .map_err(|error| Failure::Usage(error.to_string()))
    }

    /// Dollars of a bill. A unit without a price would be a wrong sum, so it is an error.
    ///
    /// # Errors
    /// When a unit has no price.
    pub fn cost(&self, bill: &Bill) -> Result<f64, Failure> {
        let price = |unit: &str| {
            self.per_million
                .get(unit)
                .ok_or_else(|| Failure::Usage(format!("prices.toml has no price of {unit}")))
        };
        bill.0
            .iter()
            .map(|(unit, amount)| Ok(price(unit)? * amount / 1e6))
            .sum()
    }

    /// Adds one recorded call, as the laptop host shows it.
    pub fn add_call(&self, bill: &mut Bill, call: &Value) {
        match call["service"].as_str() {
            Some("dynamodb") => self.add_dynamodb(bill, call),
            Some("sqs") => bill.add(
                if call.to_string().contains(".fifo") {
                    "sqs_fifo_request"
                } else {
                    "sqs_request"
                },
                1.0,
            ),
            Some("kms") => bill.add("kms_request", 1.0),
            Some("sts") => bill.add("sts_request", 1.0),
            _ => {}
        }
    }

    /// One unit an item (rows are smaller than 1 KB and 4 KB), two in a transaction.
    fn add_dynamodb(&self, bill: &mut Bill, call: &Value) {
        let times = if call["operation"]
            .as_str()
            .is_some_and(|name| name.starts_with("Transact"))
        {
            2.0
        } else {
            1.0
        };
        for check in call["checks"].as_array().into_iter().flatten() {
            let action = check["action"]
                .as_str()
                .unwrap_or_default()
                .trim_start_matches("dynamodb:");
            match action {
                "PutItem" | "UpdateItem" | "DeleteItem" => {
                    let table = check["resource"]
                        .as_str()
                        .unwrap_or_default()
                        .to_lowercase();
                    let indexed = table.contains("tenant") || table.contains("work");
                    let index = if indexed {
                        self.assumed.index_writes_per_write
                    } else {
                        0.0
                    };
                    bill.add("dynamodb_write_unit", times + index);
                }
                "ConditionCheckItem" => bill.add("dynamodb_write_unit", times),
                "BatchGetItem" => {
                    let keys = check["context"]["dynamodb:LeadingKeys"]
                        .as_array()
                        .map_or(1, Vec::len);
                    #[expect(clippy::cast_precision_loss, reason = "at most a hundred")]
                    bill.add("dynamodb_read_unit", keys as f64);
                }
                _ => bill.add("dynamodb_read_unit", times),
            }
        }
    }
}

impl Bill {
    /// Adds an amount of a unit.
    pub fn add(&mut self, unit: &'static str, amount: f64) {
        *self.0.entry(unit).or_default() += amount;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn prices() -> Prices {
        Prices::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("prices.toml"))
            .expect("the table is sound")
    }

    #[test]
    fn an_item_of_a_transaction_is_written_twice_and_its_index_once() {
        let mut bill = Bill::default();
        let call = json!({"service": "dynamodb", "operation": "TransactWriteItems", "checks": [
            {"action": "dynamodb:PutItem", "resource": "arn:aws:dynamodb:x:0:table/sofi-tenant"},
            {"action": "dynamodb:ConditionCheckItem", "resource": "arn:aws:dynamodb:x:0:table/sofi-keys"},
        ]});
        prices().add_call(&mut bill, &call);
        assert_eq!(bill.0.get("dynamodb_write_unit"), Some(&5.0));
    }

    #[test]
    fn every_unit_that_is_counted_has_a_price() {
        let mut bill = Bill::default();
        for service in ["dynamodb", "sqs", "kms", "sts"] {
            prices().add_call(&mut bill, &json!({"service": service, "operation": "GetItem", "checks": [{"action": "dynamodb:GetItem"}]}));
        }
        for unit in [
            "lambda_request",
            "lambda_gb_second",
            "http_api_request",
            "dynamodb_write_unit",
            "sqs_fifo_request",
        ] {
            bill.add(unit, 1.0);
        }
        assert!(prices().cost(&bill).is_ok());
        bill.add("something else", 1.0);
        assert!(prices().cost(&bill).is_err());
    }
}
