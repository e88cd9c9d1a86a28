//! How objects look to a caller of some version: what is ours stays inside, and before Basil (2025-03-31) some fields were elsewhere.

use serde_json::{Map, Value, json};

/// The version in which periods moved to items, and an invoice's subscription into its parent.
const BASIL: &str = "2025-03-31";

/// What marks an invoice whose payments a caller wants to see: Stripe leaves them out of an invoice unless they are asked for.
pub(crate) const WITH_PAYMENTS: &str = "_with_payments";

/// An object as a caller of this version sees it.
pub(crate) fn shown(value: &Value, version: &str) -> Value {
    match value {
        Value::Array(list) => list.iter().map(|entry| shown(entry, version)).collect(),
        Value::Object(fields) => {
            let mut seen = Map::new();
            for (name, inner) in fields {
                if name.starts_with('_') || name == "previous_period_start" {
                    continue;
                }
                let is_callers_own = name == "metadata" || name == "payload";
                let inner = if is_callers_own {
                    inner.clone()
                } else {
                    shown(inner, version)
                };
                seen.insert(name.clone(), inner);
            }
            if value["object"] == "invoice" && value[WITH_PAYMENTS] != true {
                seen.remove("payments");
            }
            if version < BASIL {
                older(&mut seen, value);
            }
            Value::Object(seen)
        }
        plain => plain.clone(),
    }
}

/// Moves fields back to where they were.
fn older(seen: &mut Map<String, Value>, whole: &Value) {
    match whole["object"].as_str() {
        Some("subscription") => {
            for name in ["current_period_start", "current_period_end"] {
                seen.insert(name.to_owned(), whole["items"]["data"][0][name].clone());
            }
        }
        Some("subscription_item") => {
            seen.remove("current_period_start");
            seen.remove("current_period_end");
        }
        Some("invoice") => {
            let details = &whole["parent"]["subscription_details"];
            let payment = &whole["payments"]["data"][0]["payment"];
            seen.insert("subscription".to_owned(), details["subscription"].clone());
            seen.insert(
                "payment_intent".to_owned(),
                payment["payment_intent"].clone(),
            );
            seen.insert("paid".to_owned(), json!(whole["status"] == "paid"));
            seen.remove("parent");
            seen.remove("payments");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subscription() -> Value {
        let item = json!({ "object": "subscription_item", "current_period_end": 7, "current_period_start": 3 });
        json!({ "object": "subscription", "_inside": 1, "items": { "data": [item] }, "metadata": { "_kept": "1" } })
    }

    #[test]
    fn a_current_subscription_has_its_period_in_its_items_only() {
        let seen = shown(&subscription(), "2026-10-28.endive");
        assert_eq!(seen["items"]["data"][0]["current_period_end"], 7);
        assert!(seen.get("current_period_end").is_none() && seen.get("_inside").is_none());
        assert_eq!(seen["metadata"]["_kept"], "1");
    }

    #[test]
    fn an_older_subscription_has_its_period_at_the_top_only() {
        let seen = shown(&subscription(), "2024-06-20");
        assert_eq!(
            (&seen["current_period_start"], &seen["current_period_end"]),
            (&json!(3), &json!(7))
        );
        assert!(seen["items"]["data"][0].get("current_period_end").is_none());
    }

    #[test]
    fn an_invoice_names_what_paid_it_only_where_that_was_asked_for() {
        let mut invoice = json!({ "object": "invoice", "payments": { "data": [] } });
        let seen = shown(&invoice, "2026-10-28.endive");
        assert!(seen.get("payments").is_none());
        invoice[WITH_PAYMENTS] = json!(true);
        let seen = shown(&invoice, "2026-10-28.endive");
        assert_eq!(seen["payments"]["data"], json!([]));
        assert!(seen.get(WITH_PAYMENTS).is_none());
    }

    #[test]
    fn an_older_invoice_names_its_subscription_itself() {
        let parent = json!({ "subscription_details": { "subscription": "sub_1" } });
        let invoice = json!({ "object": "invoice", "status": "paid", "parent": parent });
        let seen = shown(&invoice, "2024-06-20");
        assert_eq!(
            (&seen["subscription"], &seen["paid"]),
            (&json!("sub_1"), &json!(true))
        );
        assert!(seen.get("parent").is_none());
    }
}
