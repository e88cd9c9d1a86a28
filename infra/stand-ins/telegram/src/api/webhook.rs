//! setWebhook, deleteWebhook, getWebhookInfo.

use std::net::IpAddr;

use serde_json::{Value, json};
use url::{Host, Url};

use super::{Answer, ApiError, Call};
use crate::{updates, world::Webhook};

/// Whether the host of a URL is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Telegram's checks of a webhook URL. Unlike Telegram, plain HTTP and any port are allowed on loopback.
fn check_url(text: &str) -> Result<(), ApiError> {
    let bad = |detail: &str| ApiError::bad(format!("bad webhook: {detail}"));
    let url = Url::parse(text).map_err(|_| bad("invalid webhook URL specified"))?;
    if is_loopback(&url) && matches!(url.scheme(), "http" | "https") {
        return Ok(());
    }
    if url.scheme() != "https" {
        return Err(bad("An HTTPS URL must be provided for webhook"));
    }
    if !matches!(url.port_or_known_default(), Some(443 | 80 | 88 | 8443)) {
        return Err(bad(
            "Webhook can be set up only on ports 80, 88, 443 or 8443",
        ));
    }
    match url.host() {
        Some(Host::Ipv4(address))
            if address.is_private() || address.is_link_local() || address.is_unspecified() =>
        {
            Err(bad(&format!("IP address {address} is reserved")))
        }
        Some(Host::Ipv6(_)) => Err(bad("IPv6 addresses are not supported")),
        _ => Ok(()),
    }
}

pub(super) fn set(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let url = call.params.text("url").unwrap_or_default();
    if url.is_empty() {
        return delete(call);
    }
    check_url(&url)?;
    let max_connections = match call.params.int("max_connections") {
        Some(count) => u32::try_from(count.clamp(1, 100)).unwrap_or(40),
        None => 40,
    };
    let secret_token = call
        .params
        .text("secret_token")
        .filter(|secret| !secret.is_empty());
    if let Some(secret) = &secret_token {
        if secret.len() > 256 {
            return Err(ApiError::bad("secret token is too long"));
        }
        if !secret.chars().all(|character| {
            character.is_ascii_alphanumeric() || character == '_' || character == '-'
        }) {
            return Err(ApiError::bad("secret token contains unallowed characters"));
        }
    }
    let ip_address = call
        .params
        .text("ip_address")
        .filter(|address| !address.is_empty());
    if ip_address
        .as_deref()
        .is_some_and(|address| address.parse::<IpAddr>().is_err())
    {
        return Err(ApiError::bad("bad webhook: invalid IP address specified"));
    }
    let listed = call.params.json("allowed_updates")?;
    let drops = call.params.flag("drop_pending_updates");
    let has_custom_certificate = call.params.files.contains_key("certificate");
    let now_ms = call.now_ms;

    let bot = call
        .world
        .bots
        .get_mut(&call.bot)
        .ok_or_else(ApiError::unauthorized)?;
    // A missing list keeps the previous setting.
    let allowed = match &listed {
        Some(list) => updates::parse_allowed(
            list.as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str),
        ),
        None => bot.allowed_updates.clone(),
    };
    let is_same = bot.webhook.as_ref().is_some_and(|old| {
        old.url == url
            && old.secret_token == secret_token
            && old.max_connections == max_connections
            && old.has_custom_certificate == has_custom_certificate
            && (ip_address.is_none() || old.ip_address == ip_address)
    }) && allowed == bot.allowed_updates
        && !drops;
    if is_same {
        return Ok(Answer {
            result: json!(true),
            description: Some("Webhook is already set"),
        });
    }
    if bot
        .last_set_webhook_ms
        .is_some_and(|last| now_ms.saturating_sub(last) < 1_000)
    {
        return Err(ApiError::too_many(1));
    }
    bot.last_set_webhook_ms = Some(now_ms);
    bot.allowed_updates = allowed;
    if drops {
        bot.queue.pending.clear();
    }
    for update in &mut bot.queue.pending {
        update.not_before_ms = now_ms;
    }
    let ip_address = ip_address.or_else(|| {
        let host = Url::parse(&url).ok()?;
        match host.host()? {
            Host::Ipv4(address) => Some(address.to_string()),
            Host::Domain("localhost") => Some("127.0.0.1".to_owned()),
            _ => None,
        }
    });
    bot.webhook = Some(Webhook {
        url,
        secret_token,
        max_connections,
        ip_address,
        has_custom_certificate,
        last_error_ms: None,
        last_error_message: None,
        gone_since_ms: None,
    });
    bot.poll_generation += 1;
    bot.poll_ended_by_webhook = true;
    Ok(Answer {
        result: json!(true),
        description: Some("Webhook was set"),
    })
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let drops = call.params.flag("drop_pending_updates");
    let bot = call
        .world
        .bots
        .get_mut(&call.bot)
        .ok_or_else(ApiError::unauthorized)?;
    if drops {
        bot.queue.pending.clear();
    }
    let description = match bot.webhook.take() {
        Some(_) => "Webhook was deleted",
        None => "Webhook is already deleted",
    };
    Ok(Answer {
        result: json!(true),
        description: Some(description),
    })
}

pub(super) fn info(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let now_ms = call.now_ms;
    let bot = call
        .world
        .bots
        .get_mut(&call.bot)
        .ok_or_else(ApiError::unauthorized)?;
    bot.queue.expire(now_ms);
    let mut info = json!({ "url": "", "has_custom_certificate": false, "pending_update_count": bot.queue.pending.len() });
    if let Some(webhook) = &bot.webhook {
        info["url"] = json!(webhook.url);
        info["has_custom_certificate"] = json!(webhook.has_custom_certificate);
        info["max_connections"] = json!(webhook.max_connections);
        if let Some(address) = &webhook.ip_address {
            info["ip_address"] = json!(address);
        }
        if let (Some(at_ms), Some(message)) = (webhook.last_error_ms, &webhook.last_error_message) {
            info["last_error_date"] = json!(at_ms / 1_000);
            info["last_error_message"] = json!(message);
        }
    }
    if let Some(allowed) = &bot.allowed_updates {
        info["allowed_updates"] = json!(allowed);
    }
    Ok(info)
}
