//! Events: what happened, for whom it waits, and the thin form of it.

use serde_json::{Map, Value, json};

use super::{State, id_in};
use crate::{
    calendar,
    delivery::Form,
    random,
    settings::EventForm,
    store::{number, text},
};

impl State {
    /// Tells of an object as it is now.
    pub(crate) fn emit(&mut self, kind: &str, object: &Value) -> String {
        self.emit_with(kind, object, None)
    }

    /// Tells of a change, with the old values of the fields that changed.
    pub(super) fn emit_change(&mut self, kind: &str, after: &Value, before: &Value) {
        let old: Map<String, Value> = before
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, value)| after[name.as_str()] != **value)
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let old = kind.ends_with(".updated").then_some(Value::Object(old));
        self.emit_with(kind, after, old);
    }

    fn emit_with(&mut self, kind: &str, object: &Value, old: Option<Value>) -> String {
        let mut data = json!({ "object": object });
        if let Some(old) = old {
            data["previous_attributes"] = old;
        }
        let fields = json!({
            "api_version": self.settings.api_version,
            "data": data,
            "request": { "id": self.cause.request, "idempotency_key": self.cause.idempotency_key },
            "type": kind,
        });
        let event = self.make("evt", "event", fields);
        let id = text(&event, "id").to_owned();
        self.store.put(event);
        for endpoint in self.listeners(kind) {
            self.send(&endpoint, &id);
        }
        id
    }

    /// The endpoints that hear of this kind of event.
    fn listeners(&self, kind: &str) -> Vec<String> {
        let hears = |endpoint: &&Value| {
            let wanted = endpoint["enabled_events"].as_array();
            let is_wanted = wanted
                .into_iter()
                .flatten()
                .any(|wanted| wanted == "*" || wanted == kind);
            endpoint["status"] == "enabled" && endpoint["deleted"] != true && is_wanted
        };
        let endpoints = self.store.all("webhook_endpoint").filter(hears);
        endpoints.map(|endpoint| id_in(endpoint, "id")).collect()
    }

    /// Puts an event into an endpoint's queue, in each form and as often as the settings say.
    fn send(&mut self, endpoint: &str, event: &str) {
        let forms: &[Form] = match self.settings.events {
            EventForm::Snapshot => &[Form::Snapshot],
            EventForm::Thin => &[Form::Thin],
            EventForm::Both => &[Form::Snapshot, Form::Thin],
        };
        for form in forms {
            for _ in 0..=self.settings.duplicates {
                self.queue.push(endpoint, event, *form, self.now);
            }
        }
    }

    /// Sends an event again; with a new id it is a second event of the same change.
    pub(crate) fn resend(&mut self, event: &str, form: Form, with_new_id: bool) -> Option<String> {
        let mut event = self.store.of("event", event).cloned()?;
        if with_new_id {
            event["id"] = json!(random::id(&mut self.generator, "evt"));
            self.store.put(event.clone());
        }
        let id = text(&event, "id").to_owned();
        for endpoint in self.listeners(text(&event, "type")) {
            self.queue.push(&endpoint, &id, form, self.now);
        }
        Some(id)
    }

    /// An event as it is told now: how many endpoints have not taken it yet.
    pub(crate) fn told_event(&self, event: &Value) -> Value {
        let mut told = event.clone();
        told["pending_webhooks"] = json!(self.queue.waiting_for(text(event, "id")));
        told
    }

    /// The thin form of an event: names the object and does not hold it.
    pub(crate) fn thin(event: &Value) -> Value {
        let object = &event["data"]["object"];
        let (kind, id) = (text(object, "object"), text(object, "id"));
        let folder = kind.replace('.', "/");
        let reason = match &event["request"]["id"] {
            Value::Null => Value::Null,
            _ => json!({ "type": "request", "request": event["request"] }),
        };
        json!({
            "id": event["id"],
            "object": "v2.core.event",
            "type": format!("v1.{}", text(event, "type")),
            "created": calendar::rfc3339(number(event, "created")),
            "livemode": event["livemode"],
            "context": null,
            "reason": reason,
            "related_object": { "id": id, "type": kind, "url": format!("/v1/{folder}s/{id}") },
        })
    }
}
