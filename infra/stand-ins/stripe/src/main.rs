//! Starts the Stripe stand-in alone and prints one JSON line with its address.
//!
//! Flags: `--port <n>` (default: a free one), `--data <folder>`, `--seed <n>`.

use std::{error::Error, io::Write, net::SocketAddr};

use stripe_stand_in::{Options, start};
use tokio::signal::unix::{SignalKind, signal};

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{flag} needs a value"))
        };
        match flag.as_str() {
            "--port" => options.listen = SocketAddr::from(([127, 0, 0, 1], value()?.parse()?)),
            "--data" => options.data_dir = Some(value()?.into()),
            "--seed" => options.seed = value()?.parse()?,
            other => return Err(format!("unknown flag {other}").into()),
        }
    }
    Ok(options)
}

/// Waits for Ctrl-C or a polite kill.
async fn stop_signal() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminate.recv() => Ok(()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let handle = start(options()?).await?;
    let line = serde_json::json!({ "url": handle.url(), "port": handle.address().port() });
    writeln!(std::io::stdout().lock(), "{line}")?;
    stop_signal().await?;
    handle.stop().await?;
    Ok(())
}
