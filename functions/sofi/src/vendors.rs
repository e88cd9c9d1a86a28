//! The vendors: who may be asked, what it can cost at most, what the breakers learn and what was billed.

use std::sync::Arc;
use std::time::Duration;

use ai::route::{self, Breaker, Breakers, Outcome};
use ai::{Connection, Groq, Llm, Models, Request, Vendor, Xai, cost};
use app::{App, AppError};
use domain::Timestamp;
use domain::sofi::VendorName;
use secrecy::SecretString;
use store::TenantDb;
use store::row::VendorRow;
use tenancy::Writes;
use thiserror::Error;

use crate::limits::{Limits, vendor, vendor_name};

/// A breaker older than this says nothing.
const BREAKER_KEPT: Duration = Duration::from_secs(3600);

/// Why the vendors could not be made ready.
#[derive(Debug, Error)]
pub(crate) enum VendorsError {
    /// The key of one could not be opened.
    #[error("a vendor's key could not be opened")]
    App(#[from] AppError),
    /// No connection could be prepared.
    #[error("no client for the vendors")]
    Connection(#[from] ai::ConnectionError),
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
///
/// # Errors
/// When a key does not open or a client cannot be made.
pub(crate) async fn ready(app: &App, limits: &Limits) -> Result<Vec<Box<dyn Llm>>, VendorsError> {
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
    number(sum.0)
}

/// At most so many tokens, in and out: each vendor may be asked, and may bill a whole answer.
pub(crate) fn worst_tokens(vendors: &[Box<dyn Llm>], request: &Request) -> i64 {
    tokens_of(vendors.len(), request)
}

fn tokens_of(vendors: usize, request: &Request) -> i64 {
    let each = cost::question_tokens(request) + u64::from(request.max_output_tokens);
    number(each).saturating_mul(i64::try_from(vendors).unwrap_or(i64::MAX))
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
    app: &App,
    vendors: &[Box<dyn Llm>],
    breakers: &mut Breakers,
    request: &Request,
    total: Duration,
) -> Outcome {
    let vendors: Vec<&dyn Llm> = vendors.iter().map(AsRef::as_ref).collect();
    route::ask_any(&vendors, breakers, request, app.clock.as_ref(), total).await
}

/// Stores the breakers that changed. Two processes may each count what they saw; the later word stands.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn remember<R: Writes>(
    db: &TenantDb<R>,
    before: &Breakers,
    after: &Breakers,
    now: Timestamp,
) -> Result<(), AppError> {
    let mut transaction = db.transaction();
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

/// What one round over the vendors used, failed attempts included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bill {
    /// Tokens of the question.
    pub(crate) input: i64,
    /// Those of them that the vendor had cached.
    pub(crate) cached: i64,
    /// Tokens of the answer.
    pub(crate) output: i64,
    /// In millionths of a US dollar.
    pub(crate) cost: i64,
    /// From asking to the answer, in milliseconds.
    pub(crate) latency_ms: i64,
}

impl Bill {
    /// Adds up every attempt. One whose answer was late or lost is perhaps billed, and is counted at its worst, tokens and
    /// cost: what was set aside for it is not given back.
    pub(crate) fn of(outcome: &Outcome, request: &Request) -> Self {
        let mut bill = Self::default();
        for attempt in &outcome.attempts {
            bill.latency_ms += i64::try_from(attempt.latency.as_millis()).unwrap_or(i64::MAX);
            if let Some(usage) = attempt.usage {
                bill.input += number(usage.input);
                bill.cached += number(usage.cached_input);
                bill.output += number(usage.output);
                bill.cost += number(cost::cost(&attempt.model, usage).0);
            } else if attempt.may_be_billed {
                bill.input += number(cost::question_tokens(request));
                bill.output += i64::from(request.max_output_tokens);
                bill.cost += number(cost::estimate(&attempt.model, request).0);
            }
        }
        bill
    }

    /// Tokens in and out.
    pub(crate) const fn tokens(&self) -> i64 {
        self.input + self.output
    }
}

fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::talk::tests::talk;
    use ai::Usage;
    use ai::route::{Attempt, NoReply};

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
    fn the_answers_of_every_vendor_are_among_the_tokens_that_are_set_aside() {
        let request = talk(&["hi"]).request();
        let question = number(cost::question_tokens(&request));
        let answer = i64::from(request.max_output_tokens);
        assert!(answer > 0);
        assert_eq!(tokens_of(2, &request), 2 * (question + answer));
        assert_eq!(tokens_of(0, &request), 0);
    }

    #[test]
    fn an_attempt_whose_answer_was_late_or_lost_is_billed_at_its_worst() {
        let request = talk(&["hi"]).request();
        let attempt = |error, usage, may_be_billed| Attempt {
            vendor: Vendor::Xai,
            model: "a-model".to_owned(),
            error,
            latency: Duration::from_millis(40),
            usage,
            may_be_billed,
            zero_retention: None,
        };
        let usage = Usage {
            input: 100,
            cached_input: 60,
            output: 10,
        };
        let outcome = Outcome {
            result: Err(NoReply::NoTime),
            attempts: vec![
                attempt(Some("timeout"), None, true),
                attempt(Some("unreachable"), None, true),
                attempt(Some("unreachable"), None, false),
                attempt(None, Some(usage), false),
            ],
        };
        let bill = Bill::of(&outcome, &request);
        let worst = number(cost::estimate("a-model", &request).0);
        let known = number(cost::cost("a-model", usage).0);
        assert_eq!(bill.cost, 2 * worst + known);
        // The first two count just as they were set aside; the third never reached the vendor.
        assert_eq!(bill.tokens(), tokens_of(2, &request) + 110);
        assert_eq!((bill.cached, bill.latency_ms), (60, 160));
        assert_eq!(
            asked(&outcome),
            [
                "xai:timeout",
                "xai:unreachable",
                "xai:unreachable",
                "xai:ok"
            ]
        );
    }
}
