//! Meters and what is reported to them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::State;
use crate::{form::Params, problem::Problem, random, store::text};

const DAY: i64 = 86_400;

/// One meter event, counted or not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Use {
    pub meter: Option<String>,
    pub event_name: String,
    pub identifier: String,
    pub customer: String,
    pub value: i64,
    pub at: i64,
    /// When it was reported: its identifier is taken for a day.
    reported: i64,
    /// Why it was taken and does not count: Stripe finds that out later.
    pub error: Option<String>,
}

impl State {
    pub(crate) fn create_meter(&mut self, params: &Params) -> Result<Value, Problem> {
        params.only(&[
            "display_name",
            "event_name",
            "default_aggregation",
            "customer_mapping",
            "value_settings",
            "event_time_window",
        ])?;
        let formula = params.require("default_aggregation[formula]")?;
        if !["sum", "count", "last"].contains(&formula) {
            return Err(Problem::not_one_of(
                "default_aggregation[formula]",
                "count, last, or sum",
            ));
        }
        let name = params.require("event_name")?;
        if self.meter_of(name).is_some() {
            let message = format!("An active meter with event_name {name} already exists.");
            return Err(Problem::invalid(message).at("event_name"));
        }
        let customer_key = params.text("customer_mapping[event_payload_key]");
        let value_key = params.text("value_settings[event_payload_key]");
        let fields = json!({
            "customer_mapping": { "event_payload_key": customer_key.unwrap_or("stripe_customer_id"), "type": "by_id" },
            "default_aggregation": { "formula": formula },
            "display_name": params.require("display_name")?,
            "event_name": name,
            "event_time_window": null,
            "status": "active",
            "status_transitions": { "deactivated_at": null },
            "updated": self.now,
            "value_settings": { "event_payload_key": value_key.unwrap_or("value") },
        });
        let meter = self.make("mtr_test", "billing.meter", fields);
        Ok(self.add("billing.meter.created", meter))
    }

    fn meter_of(&self, event_name: &str) -> Option<Value> {
        let mut meters = self.store.all("billing.meter");
        let is_it =
            |meter: &&Value| meter["event_name"] == event_name && meter["status"] == "active";
        meters.find(is_it).cloned()
    }

    pub(crate) fn report_use(&mut self, params: &Params) -> Result<Value, Problem> {
        params.only(&["event_name", "identifier", "payload", "timestamp"])?;
        let event_name = params.require("event_name")?.to_owned();
        let at = params.integer("timestamp")?.unwrap_or(self.now);
        if at < self.now - 35 * DAY || at > self.now + 300 {
            let message =
                "The timestamp must be within the past 35 days or up to 5 minutes in the future.";
            return Err(Problem::invalid(message)
                .at("timestamp")
                .coded("timestamp_out_of_range"));
        }
        let identifier = match params.text("identifier") {
            Some(given) => given.to_owned(),
            None => random::id(&mut self.generator, "mevt"),
        };
        let now = self.now;
        let is_known = |used: &Use| used.identifier == identifier && used.reported > now - DAY;
        if self.uses.iter().any(is_known) {
            let message = format!("An event already exists with identifier {identifier}.");
            return Err(Problem::invalid(message)
                .at("identifier")
                .coded("duplicate_meter_event"));
        }
        let meter = self.meter_of(&event_name);
        let key = |folder: &str, default: &str| {
            let key = meter
                .as_ref()
                .map(|meter| text(&meter[folder], "event_payload_key"));
            format!("payload[{}]", key.unwrap_or(default))
        };
        let customer = params.text(&key("customer_mapping", "stripe_customer_id"));
        let customer = customer.unwrap_or_default().to_owned();
        let value = params.integer(&key("value_settings", "value"))?;
        let error = if meter.is_none() {
            Some("no_meter")
        } else if self.living_customer(&customer).is_err() {
            Some("meter_event_customer_not_found")
        } else if value.is_none() {
            Some("meter_event_value_not_found")
        } else {
            None
        };
        let answer = json!({
            "object": "billing.meter_event",
            "created": self.now,
            "event_name": event_name,
            "identifier": identifier,
            "livemode": self.settings.livemode,
            "payload": params.at("payload"),
            "timestamp": at,
        });
        self.uses.push(Use {
            meter: meter.map(|meter| text(&meter, "id").to_owned()),
            event_name,
            identifier,
            customer,
            value: value.unwrap_or(0),
            at,
            reported: self.now,
            error: error.map(str::to_owned),
        });
        Ok(answer)
    }

    pub(crate) fn uses(&self) -> &[Use] {
        &self.uses
    }

    /// What a customer used from `start` up to, and without, `end`.
    pub(super) fn usage(&self, meter: &str, customer: &str, start: i64, end: i64) -> i64 {
        let formula = self.store.field(meter, "default_aggregation");
        let mut uses: Vec<&Use> = self
            .uses
            .iter()
            .filter(|used| used.error.is_none() && used.customer == customer)
            .filter(|used| used.meter.as_deref() == Some(meter) && (start..end).contains(&used.at))
            .collect();
        uses.sort_by_key(|used| used.at);
        match text(&formula, "formula") {
            "count" => i64::try_from(uses.len()).unwrap_or(i64::MAX),
            "last" => uses.last().map_or(0, |used| used.value),
            _ => uses.iter().map(|used| used.value).sum(),
        }
    }

    pub(crate) fn usage_summary(&self, meter: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&[
            "customer",
            "start_time",
            "end_time",
            "limit",
            "starting_after",
        ])?;
        self.find("billing.meter", meter)?;
        let customer = params.require("customer")?;
        let moment = |name: &str| params.integer(name)?.ok_or_else(|| Problem::missing(name));
        let (start, end) = (moment("start_time")?, moment("end_time")?);
        let summary = json!({
            "id": format!("mtrusg_{start}_{end}"),
            "object": "billing.meter_event_summary",
            "aggregated_value": self.usage(meter, customer, start, end),
            "end_time": end,
            "livemode": self.settings.livemode,
            "meter": meter,
            "start_time": start,
        });
        let url = format!("/v1/billing/meters/{meter}/event_summaries");
        Ok(json!({ "object": "list", "has_more": false, "url": url, "data": [summary] }))
    }

    pub(crate) fn deactivate_meter(&mut self, id: &str) -> Result<Value, Problem> {
        self.find("billing.meter", id)?;
        let now = self.now;
        Ok(self.amend(id, "billing.meter.deactivated", |meter| {
            meter["status"] = json!("inactive");
            meter["status_transitions"]["deactivated_at"] = json!(now);
        }))
    }
}
