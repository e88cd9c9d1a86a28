//! Serves the emulator by itself, for the contract suite and for trying things out.
//!
//! `emulator-serve [--listen 127.0.0.1:0] [--data <folder>] [--region <name>] [--roles <file>]`
//!
//! Prints one line of JSON: the endpoint, the platform key (or the one in `EMULATOR_ADMIN_KEY`/`EMULATOR_ADMIN_SECRET`),
//! and a key for each role in the roles file (`[{"arn", "policies", "trust"}]`). Each further line on standard input
//! `shift <milliseconds>` moves the clock; the end of standard input stops the server.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use emulator::iam::{AccessKey, Role};
use emulator::{Emulator, Options, ShiftClock};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let clock = Arc::new(ShiftClock::default());
    let mut options = Options::new(clock.clone());
    let mut roles_file = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--listen" => options.listen = value.parse()?,
            "--data" => options.data_dir = Some(PathBuf::from(value)),
            "--region" => options.region = value,
            "--roles" => roles_file = Some(value),
            _ => return Err(format!("unknown option {name}").into()),
        }
    }
    let emulator = Emulator::start(options).await?;
    if let (Ok(id), Ok(secret)) = (
        std::env::var("EMULATOR_ADMIN_KEY"),
        std::env::var("EMULATOR_ADMIN_SECRET"),
    ) {
        emulator.iam().put_platform_key(AccessKey {
            id,
            secret,
            session_token: None,
        });
    }
    let keys = match roles_file {
        Some(file) => declare(&emulator, &serde_json::from_slice(&std::fs::read(file)?)?)?,
        None => json!({}),
    };
    let ready = json!({ "endpoint": emulator.endpoint(), "admin": emulator.iam().platform_key(), "keys": keys });
    answer(&ready)?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        match line.split_once(' ') {
            Some(("shift", by)) => {
                clock.shift(by.trim().parse()?);
                emulator.dynamodb().sweep_ttl()?;
                answer(&json!({ "offset_ms": clock.offset_ms() }))?;
            }
            _ => return Err(format!("unknown command {line}").into()),
        }
    }
    emulator.stop().await;
    Ok(())
}

/// Declares every role and answers a key for each, by ARN.
fn declare(emulator: &Emulator, roles: &Value) -> Result<Value, Failure> {
    let mut keys = json!({});
    for role in roles.as_array().into_iter().flatten() {
        let arn = role["arn"].as_str().ok_or("a role needs an arn")?;
        emulator.iam().put_role(Role {
            arn: arn.to_owned(),
            policies: role["policies"].as_array().cloned().unwrap_or_default(),
            trust: role["trust"].clone(),
        })?;
        keys[arn] = serde_json::to_value(emulator.iam().issue_key(arn)?)?;
    }
    Ok(keys)
}

fn answer(value: &Value) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{value}")?;
    out.flush()
}
