//! Webhook endpoints, their secrets and the bodies that go to them.

use ring::hmac;
use serde_json::{Value, json};

use super::State;
use crate::{
    delivery::{Delivery, Form},
    form::Params,
    problem::Problem,
    random, shape,
    store::text,
};

/// Where an endpoint keeps its secrets: pairs of a secret and the moment at which it dies.
const SECRETS: &str = "_secrets";
const ENDPOINT: [&str; 5] = [
    "url",
    "enabled_events",
    "description",
    "metadata",
    "disabled",
];

/// One post to make.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub url: String,
    pub body: String,
    pub signature: String,
    pub kind: String,
}

impl State {
    pub(crate) fn create_endpoint(&mut self, params: &Params) -> Result<Value, Problem> {
        let mut known = ENDPOINT.to_vec();
        known.push("api_version");
        params.only(&known)?;
        let url = params.require("url")?.to_owned();
        check_url(&url)?;
        let events = params.texts("enabled_events");
        if events.is_empty() {
            return Err(Problem::missing("enabled_events"));
        }
        let secret = random::id(&mut self.generator, "whsec");
        let fields = json!({
            "api_version": params.text("api_version"),
            "application": null,
            "description": params.text("description"),
            "enabled_events": events,
            "metadata": params.metadata("metadata"),
            "status": "enabled",
            "url": url,
            SECRETS: [[secret, null]],
        });
        let endpoint = self.make("we", "webhook_endpoint", fields);
        self.store.put(endpoint.clone());
        let mut shown = endpoint;
        // Stripe shows a secret once.
        shown["secret"] = json!(secret);
        Ok(shown)
    }

    pub(crate) fn update_endpoint(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&ENDPOINT)?;
        self.find("webhook_endpoint", id)?;
        let events = params.texts("enabled_events");
        let disabled = params.flag("disabled")?;
        if let Some(url) = params.text("url") {
            check_url(url)?;
        }
        self.store.change(id, |endpoint| {
            for field in ["url", "description"] {
                if let Some(text) = params.text(field) {
                    endpoint[field] = json!(text);
                }
            }
            if !events.is_empty() {
                endpoint["enabled_events"] = json!(events);
            }
            if let Some(disabled) = disabled {
                endpoint["status"] = json!(if disabled { "disabled" } else { "enabled" });
            }
            params.merge_metadata("metadata", &mut endpoint["metadata"]);
        });
        self.find("webhook_endpoint", id)
    }

    pub(crate) fn delete_endpoint(&mut self, id: &str) -> Result<Value, Problem> {
        self.find("webhook_endpoint", id)?;
        self.queue.forget(id);
        let tombstone = json!({ "id": id, "object": "webhook_endpoint", "deleted": true });
        self.store.put(tombstone.clone());
        Ok(tombstone)
    }

    /// Gives an endpoint a new secret; the old ones sign too for `keep` more seconds.
    pub(crate) fn roll_secret(&mut self, id: &str, keep: i64) -> Result<String, Problem> {
        self.find("webhook_endpoint", id)?;
        let secret = random::id(&mut self.generator, "whsec");
        let dies = self.now + keep;
        self.store.change(id, |endpoint| {
            let kept = endpoint[SECRETS].as_array_mut();
            for pair in kept.into_iter().flatten() {
                pair[1] = json!(pair[1].as_i64().map_or(dies, |before| before.min(dies)));
            }
            if let Some(secrets) = endpoint[SECRETS].as_array_mut() {
                secrets.push(json!([secret, null]));
            }
        });
        Ok(secret)
    }

    /// The body and signature of a delivery as they are now; `None` when its endpoint is gone or switched off.
    pub(crate) fn post_of(&self, delivery: &Delivery) -> Option<Post> {
        let endpoint = self.store.get(&delivery.endpoint)?;
        if endpoint["status"] != "enabled" {
            return None;
        }
        let event = self.store.of("event", &delivery.event)?;
        let body = match delivery.form {
            Form::Thin => Self::thin(event),
            Form::Snapshot => {
                let version = endpoint["api_version"].as_str();
                let version = version.unwrap_or(&self.settings.api_version);
                let mut told = self.told_event(event);
                told["api_version"] = json!(version);
                shape::shown(&told, version)
            }
        };
        let body = body.to_string();
        let secrets = endpoint[SECRETS].as_array().into_iter().flatten();
        let alive = secrets.filter(|pair| pair[1].as_i64().is_none_or(|dies| dies > self.now));
        let secrets: Vec<&str> = alive.filter_map(|pair| pair[0].as_str()).collect();
        Some(Post {
            url: text(endpoint, "url").to_owned(),
            signature: signature(self.now, &body, &secrets),
            body,
            kind: text(event, "type").to_owned(),
        })
    }

    /// Makes an event of any kind and object, as no call of ours causes.
    pub(crate) fn inject(&mut self, kind: &str, object: &Value, created: Option<i64>) -> String {
        let id = self.emit(kind, object);
        if let Some(created) = created {
            self.store
                .change(&id, |event| event["created"] = json!(created));
        }
        id
    }
}

fn check_url(url: &str) -> Result<(), Problem> {
    match url::Url::parse(url) {
        Ok(url) if ["http", "https"].contains(&url.scheme()) => Ok(()),
        _ => Err(Problem::invalid(
            "Invalid URL: An explicit scheme (such as https) must be provided.",
        )
        .at("url")),
    }
}

/// The `Stripe-Signature` header: one `v1` for each secret.
pub(crate) fn signature(now: i64, body: &str, secrets: &[&str]) -> String {
    let mut header = format!("t={now}");
    for secret in secrets {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let tag = hmac::sign(&key, format!("{now}.{body}").as_bytes());
        header.push_str(",v1=");
        for byte in tag.as_ref() {
            header.push_str(&format!("{byte:02x}"));
        }
    }
    header
}
