//! What does not depend on the prompt: the lists of models and the headers of every answer.

use serde_json::{Value, json};

use super::{Body, Ready};
use crate::{
    journal::Usage,
    models::{self, Use, Vendor},
    random,
    shared::Shared,
};

/// Tokens a minute that Groq's headers count down from.
const TOKENS_PER_MINUTE: u64 = 250_000;
/// Requests a minute that Groq's headers count down from.
const REQUESTS_PER_MINUTE: u64 = 1_000;

/// A vendor's list of models.
pub(super) fn list(shared: &Shared, vendor: Vendor) -> Ready {
    let created = shared.now_ms() / 1_000;
    let extra = shared.read(|world| world.settings.extra_models.clone());
    let own = models::of(vendor).map(|model| (model.id.to_owned(), model.context, model.made_for));
    let added = extra.into_iter().map(|id| (id, 131_072, Use::Chat));
    let data: Vec<Value> = own
        .chain(added)
        .map(|(id, context, made_for)| match vendor {
            Vendor::Xai => {
                json!({ "id": id, "object": "model", "created": created, "owned_by": "xai" })
            }
            Vendor::Groq => json!({
                "id": id, "object": "model", "created": created, "owned_by": "Demo", "active": true,
                "context_window": context, "public_apps": null,
                "max_completion_tokens": if made_for == Use::Chat { 65_536 } else { context },
            }),
        })
        .collect();
    Ready {
        status: 200,
        body: Body::Json(json!({ "object": "list", "data": data })),
        text: String::new(),
        usage: Usage::default(),
        wait: None,
    }
}

/// The headers of an answer.
pub(super) fn headers(
    shared: &Shared,
    vendor: Vendor,
    ready: &Ready,
) -> Vec<(&'static str, String)> {
    shared.with(|world| {
        let request = random::uuid(&mut world.generator);
        if vendor == Vendor::Xai {
            let retention = world.settings.zero_data_retention;
            return vec![
                ("x-request-id", request),
                ("x-zero-data-retention", retention.to_string()),
            ];
        }
        let (used, requests) = if ready.status == 429 {
            (TOKENS_PER_MINUTE, world.minute.requests)
        } else {
            (world.minute.tokens, world.minute.requests)
        };
        let left = |most: u64, used: u64| most.saturating_sub(used).to_string();
        vec![
            ("x-request-id", request),
            (
                "x-ratelimit-limit-requests",
                REQUESTS_PER_MINUTE.to_string(),
            ),
            ("x-ratelimit-limit-tokens", TOKENS_PER_MINUTE.to_string()),
            (
                "x-ratelimit-remaining-requests",
                left(REQUESTS_PER_MINUTE, requests),
            ),
            (
                "x-ratelimit-remaining-tokens",
                left(TOKENS_PER_MINUTE, used),
            ),
            ("x-ratelimit-reset-requests", "1m26.4s".to_owned()),
            ("x-ratelimit-reset-tokens", "7.66s".to_owned()),
        ]
    })
}
