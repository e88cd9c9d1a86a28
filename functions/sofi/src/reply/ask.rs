//! Asking the vendors: who may be asked, with what, and what the breakers learn.

use std::sync::Arc;
use std::time::Duration;

use ai::prompt::{self, HISTORY_TOKENS, Hint, Parts, Persona};
use ai::route::{self, Breaker, Breakers, Outcome};
use ai::{Connection, Groq, Llm, Models, Request, Vendor, Xai, cost};
use app::App;
use domain::Timestamp;
use domain::message::Author;
use domain::sofi::{Sensitivity, VendorName};
use ring::digest;
use secrecy::SecretString;
use store::row::VendorRow;
use wording::Language;

use super::ReplyError;
use super::history::unanswered;
use super::load::{Known, View};
use super::turn::Desk;
use crate::limits::{Limits, vendor, vendor_name};

/// Facts that stand in a prompt at most.
const FACTS: usize = 20;
/// A fact that is less sure than this is not used.
const SURE_ENOUGH: u32 = 50;
/// A breaker older than this says nothing.
const BREAKER_KEPT: Duration = Duration::from_secs(3600);

/// The facts that a reply may use, most recent first.
pub(crate) fn usable(view: &View) -> Vec<&Known> {
    let sensitive = view
        .settings
        .as_ref()
        .is_some_and(|settings| settings.sensitive_facts);
    view.facts
        .iter()
        .filter(|fact| fact.confidence >= SURE_ENOUGH)
        .filter(|fact| sensitive || fact.sensitivity == Sensitivity::Ordinary)
        .take(FACTS)
        .collect()
}

/// The language in which the fan is answered: that of the newest text, else of the profile.
pub(crate) fn language(view: &View) -> Language {
    let open = unanswered(&view.said, view.head.row.answered_through);
    let newest = open.texts().last().unwrap_or_default();
    wording::speak(newest, view.profile.language_code.as_deref())
}

/// The question. No ids, no user name, one fan.
pub(crate) fn request(view: &View) -> Request {
    let open = unanswered(&view.said, view.head.row.answered_through);
    let newest: Vec<&str> = open.texts().collect();
    let facts: Vec<&str> = usable(view).iter().map(|fact| fact.text.as_str()).collect();
    let history: Vec<prompt::Turn<'_>> = view
        .said
        .iter()
        .rev()
        .filter(|said| {
            !open
                .messages
                .iter()
                .any(|new| new.message_id == said.message_id)
        })
        .filter_map(|said| {
            let author = match said.author {
                Author::Fan => prompt::Author::Fan,
                _ => prompt::Author::Us,
            };
            let text = said.text.as_deref()?;
            Some(prompt::Turn { author, text })
        })
        .collect();
    let mut hints: Vec<Hint> = open.unreadable().filter_map(hint).collect();
    hints.dedup();
    if history.is_empty() {
        hints.push(Hint::FirstContact);
    }
    let (version, persona) = view
        .persona
        .as_ref()
        .map_or((0, ""), |(version, text)| (*version, text.as_str()));
    prompt::build(&Parts {
        creator: &view.creator,
        persona: Persona {
            text: persona,
            version,
        },
        language: Some(language(view).tag()),
        first_name: Some(view.profile.first_name.as_str()).filter(|name| !name.is_empty()),
        facts: &facts,
        history: &history,
        history_tokens: HISTORY_TOKENS,
        newest: &newest,
        hints: &hints,
        cache_key: &cache_key(&view.turn.row.conversation.to_bytes()),
    })
}

fn hint(kind: &str) -> Option<Hint> {
    Some(match kind {
        "voice" | "audio" => Hint::VoiceNotHeard,
        "photo" => Hint::PhotoNotSeen,
        "video" | "video_note" => Hint::VideoNotSeen,
        "document" => Hint::FileNotOpened,
        "sticker" | "animation" => Hint::Sticker,
        _ => return None,
    })
}

/// Good for the vendor's cache and nothing else: a hash of the conversation's id.
fn cache_key(conversation: &[u8]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(b"prompt cache");
    context.update(conversation);
    let hash = context.finish();
    hash.as_ref()[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The models to ask: what the template names, else the standard ones.
fn models(app: &App) -> Models {
    let standard = Models::default();
    let named = &app.config.models;
    Models {
        xai: named.xai.clone().unwrap_or(standard.xai),
        groq: named.groq.clone().unwrap_or(standard.groq),
    }
}

/// Vendors that the workspace allows and that this deployment has a key for, ready to be asked.
pub(crate) async fn vendors(app: &App, limits: &Limits) -> Result<Vec<Box<dyn Llm>>, ReplyError> {
    let mut ready: Vec<Box<dyn Llm>> = Vec::new();
    for vendor in route::order(&limits.allowed(), &Vendor::IN_ORDER) {
        let name = format!("{}-api-key", vendor.as_str());
        let Some(key) = app.platform_secret(&name).await? else {
            continue;
        };
        let models = models(app);
        let entropy = Arc::clone(&app.entropy);
        ready.push(match vendor {
            Vendor::Xai => {
                let url = app.config.xai_api_url.as_deref().unwrap_or(Xai::BASE_URL);
                Box::new(Xai::new(
                    Connection::new(url, SecretString::clone(&key), entropy)?,
                    models.xai.clone(),
                ))
            }
            Vendor::Groq => {
                let url = app.config.groq_api_url.as_deref().unwrap_or(Groq::BASE_URL);
                Box::new(Groq::new(
                    Connection::new(url, SecretString::clone(&key), entropy)?,
                    models.groq.clone(),
                ))
            }
        });
    }
    Ok(ready)
}

/// The most that one round over these vendors can cost, in millionths of a US dollar.
pub(crate) fn worst_case(vendors: &[Box<dyn Llm>], request: &Request) -> i64 {
    let sum: cost::MicroUsd = vendors
        .iter()
        .map(|llm| cost::estimate(llm.model(), request))
        .sum();
    i64::try_from(sum.0).unwrap_or(i64::MAX)
}

/// The breakers as the workspace's rows have them.
pub(crate) fn breakers(rows: &[VendorRow]) -> Breakers {
    let mut breakers = Breakers::default();
    for row in rows {
        // What another release wrote and this one cannot read is a closed breaker.
        if let Ok(breaker) = serde_json::from_str::<Breaker>(&row.breaker) {
            *breakers.of(vendor(row.vendor)) = breaker;
        }
    }
    breakers
}

/// Asks.
pub(crate) async fn ask(
    desk: &Desk<'_>,
    vendors: &[Box<dyn Llm>],
    breakers: &mut Breakers,
    request: &Request,
    total: Duration,
) -> Outcome {
    let vendors: Vec<&dyn Llm> = vendors.iter().map(AsRef::as_ref).collect();
    route::ask_any(&vendors, breakers, request, desk.app.clock.as_ref(), total).await
}

/// Stores the breakers that changed. Two processes may each count what they saw; the later word stands.
pub(crate) async fn remember(
    desk: &Desk<'_>,
    before: &Breakers,
    after: &Breakers,
    now: Timestamp,
) -> Result<(), ReplyError> {
    let mut transaction = desk.db.transaction();
    for name in VendorName::ALL {
        let (was, is) = (before.peek(vendor(*name)), after.peek(vendor(*name)));
        if was == is {
            continue;
        }
        if is.is_open() && !was.is_open() {
            tracing::warn!(code = name.as_str(), "a vendor is left alone for a while");
            telemetry::metric(
                "VendorLeftAlone",
                telemetry::Unit::Count,
                1.0,
                &[(telemetry::Dimension::Code, name.as_str())],
            );
        }
        if let Ok(breaker) = serde_json::to_string(is) {
            transaction.put_any(&VendorRow {
                vendor: *name,
                breaker,
                until: now.plus(BREAKER_KEPT),
            });
        }
    }
    Ok(transaction.commit().await?)
}

/// `xai:rate_limited`, `groq:ok`.
pub(crate) fn asked(outcome: &Outcome) -> Vec<String> {
    outcome
        .attempts
        .iter()
        .map(|attempt| {
            let name = vendor_name(attempt.vendor).as_str();
            format!("{name}:{}", attempt.error.unwrap_or("ok"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breaker_that_cannot_be_read_is_closed() {
        let row = |breaker: &str| VendorRow {
            vendor: VendorName::Xai,
            breaker: breaker.to_owned(),
            until: Timestamp::default(),
        };
        assert_eq!(breakers(&[row("{}")]), Breakers::default());
        assert_eq!(breakers(&[row("not JSON")]), Breakers::default());
    }

    #[test]
    fn a_cache_key_tells_conversations_apart_and_names_none() {
        let (one, other) = (cache_key(&[1; 16]), cache_key(&[2; 16]));
        assert_ne!(one, other);
        assert_eq!(one.len(), 32);
    }
}
