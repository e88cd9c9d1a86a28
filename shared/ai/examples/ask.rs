//! Asks one question and prints the outcome as one line of JSON; for the peer tests in `tests/ai` and for trying a key.
//!
//! ```text
//! XAI_URL=http://127.0.0.1:4010 XAI_KEY=k GROQ_URL=... GROQ_KEY=k cargo run -p ai --example ask -- "hello"
//! ```
//!
//! Only vendors with a key are asked. `SECONDS` is the time for all of them, 20 unless said.

use std::env;
use std::error::Error;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use ai::prompt::{HISTORY_TOKENS, Parts, Persona, build};
use ai::route::{Breakers, Outcome, TOTAL_TIME, ask_any};
use ai::{Connection, Groq, Llm, Models, Xai, cost};
use domain::{SystemClock, SystemEntropy};
use secrecy::SecretString;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let text = env::args().nth(1).unwrap_or_else(|| "hello".to_owned());
    let request = build(&Parts {
        creator: "Luna",
        persona: Persona {
            text: "Warm, short, curious.",
            version: 1,
        },
        language: None,
        first_name: None,
        facts: &[],
        history: &[],
        history_tokens: HISTORY_TOKENS,
        newest: &[&text],
        hints: &[],
        cache_key: "example",
    });
    let models = Models::default();
    let mut vendors: Vec<Box<dyn Llm>> = Vec::new();
    if let Some(connection) = connection("XAI", Xai::BASE_URL)? {
        vendors.push(Box::new(Xai::new(connection, models.xai)));
    }
    if let Some(connection) = connection("GROQ", Groq::BASE_URL)? {
        vendors.push(Box::new(Groq::new(connection, models.groq)));
    }
    let total = match env::var("SECONDS") {
        Ok(seconds) => Duration::try_from_secs_f64(seconds.parse()?)?,
        Err(_) => TOTAL_TIME,
    };
    let vendors: Vec<&dyn Llm> = vendors.iter().map(AsRef::as_ref).collect();
    let mut breakers = Breakers::default();
    let clock = SystemClock::default();
    let outcome = ask_any(&vendors, &mut breakers, &request, &clock, total).await;
    writeln!(std::io::stdout(), "{}", shown(&outcome))?;
    Ok(())
}

fn connection(vendor: &str, standard: &str) -> Result<Option<Connection>, Box<dyn Error>> {
    let Ok(key) = env::var(format!("{vendor}_KEY")) else {
        return Ok(None);
    };
    let url = env::var(format!("{vendor}_URL")).unwrap_or_else(|_| standard.to_owned());
    let entropy = Arc::new(SystemEntropy::new());
    Ok(Some(Connection::new(
        &url,
        SecretString::from(key),
        entropy,
    )?))
}

fn shown(outcome: &Outcome) -> Value {
    let attempts: Vec<Value> = outcome
        .attempts
        .iter()
        .map(|attempt| {
            json!({
                "vendor": attempt.vendor, "model": attempt.model, "error": attempt.error,
                "millis": attempt.latency.as_millis(), "usage": attempt.usage,
            })
        })
        .collect();
    match &outcome.result {
        Ok(reply) => json!({
            "reply": reply.text,
            "concern": reply.concern.name(),
            "facts": reply.proposed_facts.iter().map(|f| json!({"text": f.text, "confidence": f.confidence}))
                .collect::<Vec<_>>(),
            "vendor": reply.vendor, "model": reply.model, "usage": reply.usage,
            "zero_retention": reply.zero_retention, "micro_usd": cost::cost(&reply.model, reply.usage),
            "attempts": attempts,
        }),
        Err(why) => json!({"error": why.to_string(), "attempts": attempts}),
    }
}
