//! Starts the AI stand-in alone and prints one JSON line with its address.
//!
//! Flags: `--port <n>` (default: a free one), `--seed <n>`.

use ai_stand_in::{Options, start};
use stand_in_kit::{Failure, Flags, run, unknown_flag};

fn options() -> Result<Options, Failure> {
    let mut options = Options::default();
    let mut flags = Flags::new(std::env::args().skip(1));
    while let Some(flag) = flags.take() {
        match flag.as_str() {
            "--port" => options.listen = flags.port(&flag)?,
            "--seed" => options.seed = flags.value(&flag)?,
            other => return Err(unknown_flag(other)),
        }
    }
    Ok(options)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let handle = start(options()?).await?;
    run(handle.address()).await?;
    handle.stop().await;
    Ok(())
}
