//! Signs or checks a webhook's body, for the tests in `tests/stripe`. The body is read from standard input, byte by byte as it
//! is; the outcome is one line: a header, `ok`, or why not. Or it says, as JSON, what the body is about.
//!
//! ```text
//! signature sign <secret> <time>
//! signature verify <header> <now> [secret...]
//! signature read
//! ```

use std::error::Error;
use std::io::{Read as _, Write as _};

use domain::Timestamp;
use serde_json::json;
use stripe::webhook::{Envelope, Secret, sign, verify};

const USAGE: &str = "signature sign <secret> <time> | verify <header> <now> [secret...] | read";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut body = Vec::new();
    std::io::stdin().read_to_end(&mut body)?;
    let said = match arguments[..] {
        ["sign", secret, time] => sign(&body, &known(secret)?, moment(time)?),
        ["verify", header, now, ref secrets @ ..] => {
            let secrets = secrets
                .iter()
                .map(|text| known(text))
                .collect::<Result<Vec<_>, _>>()?;
            match verify(&body, header, &secrets, moment(now)?) {
                Ok(()) => "ok".to_owned(),
                Err(error) => error.code().to_owned(),
            }
        }
        ["read"] => read(&body)?,
        _ => return Err(USAGE.into()),
    };
    writeln!(std::io::stdout(), "{said}")?;
    Ok(())
}

fn read(body: &[u8]) -> Result<String, stripe::webhook::NotAnEvent> {
    let event = Envelope::parse(body)?;
    let shown = json!({ "id": event.id, "kind": event.kind, "created": event.created.map(Timestamp::seconds),
        "livemode": event.livemode, "version": event.api_version, "object": event.object_kind,
        "object_id": event.object_id, "customer": event.customer, "subscription": event.subscription });
    Ok(shown.to_string())
}

fn known(text: &str) -> Result<Secret, &'static str> {
    Secret::new(text).ok_or("an empty secret")
}

fn moment(text: &str) -> Result<Timestamp, std::num::ParseIntError> {
    text.parse().map(Timestamp::from_seconds)
}
