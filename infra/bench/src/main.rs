//! Measures the functions: `cargo run -p bench --release -- all`. What it measures, how, and what came out stands in
//! `infra/docs/benchmarks.md`.

mod aws_stub;
mod edit;
mod enumeration;
mod http1;
mod measure;
mod messages;
mod prices;
mod priority;
mod process;
mod promises;
mod quota;
mod report;
mod runtime_api;
mod sofi;
mod start;
mod stats;
mod subjects;
mod tls;
mod way;
mod webhook_event;
mod world;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use measure::Plan;
use thiserror::Error;

/// What can go wrong.
#[derive(Debug, Error)]
pub enum Failure {
    /// Files, ports.
    #[error("a file or port")]
    Io(#[from] io::Error),
    /// Keys.
    #[error("the certificates cannot be made")]
    Certificate(#[from] rcgen::Error),
    /// TLS.
    #[error("the server side of TLS cannot be set up")]
    Tls(#[from] rustls::Error),
    /// A program that cannot be started.
    #[error("{program} cannot be started")]
    Start {
        /// Which.
        program: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A function that does not answer as it should.
    #[error("{0}: {1}")]
    Answer(&'static str, String),
    /// No control group can be made.
    #[error("this machine limits no CPU time for us")]
    NoQuota,
    /// Something does not build.
    #[error("{0} cannot be built: {1}")]
    Build(&'static str, String),
    /// The loop on the laptop host does not turn.
    #[error("the laptop host: {0}")]
    Loop(String),
    /// An AI-answered message costs too many times the minimum.
    #[error("above the stated minimum by more than is allowed: {0}")]
    Wasteful(String),
    /// The time of an answer tells who has an account.
    #[error("the time of an answer tells who has an account: {0}")]
    Telling(String),
    /// What is promised of cold starts, memory and round trips is not kept.
    #[error("promised otherwise: {0}")]
    Promised(String),
    /// Not in the repository.
    #[error("start it inside the repository")]
    NoRepository,
    /// A document without markers.
    #[error("the document has no markers named {0}")]
    NoMarkers(&'static str),
    /// Something on the command line.
    #[error("{0}")]
    Usage(String),
}

const HELP: &str = "\
usage: bench <what> [flags]
  all          everything below, written into infra/docs/benchmarks.md
  functions    cold and warm starts of the webhook, its Node peer and the floor; fails when a promise is not kept
  messages     the loop on the laptop host: workers cold and warm, calls and cost of a message; fails when it takes more
               round trips than are allowed
  sofi         what an AI-answered message costs beside the stated minimum; fails when that is too much
  enumeration  whether the time of an answer tells who has an account; fails when it does
  edit         from saving a handler to its green unit tests
  start        from `cargo run` with nothing changed to 200 on the health route; fails when it takes five seconds

  --rounds <n>       cold starts of each (21)
  --warm <n>         warm calls after each (100)
  --profile <name>   cargo profile of the functions (release)
  --no-build         take the binaries as they are
  --first            real-time priority for what is measured: for a busy machine, needs root
  --print            print the tables instead of writing them";

/// The command line.
#[derive(Debug)]
pub struct Flags {
    what: String,
    plan: Plan,
    profile: String,
    build: bool,
    first: bool,
    print: bool,
}

fn main() -> ExitCode {
    let outcome = parse(std::env::args().skip(1)).and_then(|flags| run(&flags));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let cause = std::error::Error::source(&error)
                .map(|cause| format!(": {cause}"))
                .unwrap_or_default();
            let _ = writeln!(io::stderr().lock(), "error: {error}{cause}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Flags, Failure> {
    let plan = Plan {
        rounds: 21,
        warm_calls: 100,
    };
    let what = arguments
        .next()
        .ok_or_else(|| Failure::Usage(HELP.into()))?;
    let mut flags = Flags {
        what,
        plan,
        profile: "release".into(),
        build: true,
        first: false,
        print: false,
    };
    while let Some(name) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| Failure::Usage(format!("{name} needs a value")))
        };
        let number = |text: String| {
            text.parse()
                .map_err(|_| Failure::Usage(format!("{text} is no number")))
        };
        match name.as_str() {
            "--rounds" => flags.plan.rounds = number(value()?)?,
            "--warm" => flags.plan.warm_calls = number(value()?)?,
            "--profile" => flags.profile = value()?,
            "--no-build" => flags.build = false,
            "--first" => flags.first = true,
            "--print" => flags.print = true,
            _ => return Err(Failure::Usage(HELP.into())),
        }
    }
    Ok(flags)
}

fn run(flags: &Flags) -> Result<(), Failure> {
    let places = subjects::Places::find(&flags.profile)?;
    let wants = |what: &str| flags.what == "all" || flags.what == what;
    // What is started builds what it needs by itself.
    if flags.build && flags.what != "start" {
        say("Building ...");
        places.build_functions()?;
        if flags.what != "enumeration" {
            places.build_peers()?;
        }
    }
    let mut done = false;
    let mut broken = Vec::new();
    if wants("functions") {
        let (text, promises) = functions(flags, &places)?;
        publish(flags, &places, "functions", &text)?;
        broken.extend(promises);
        done = true;
    }
    if wants("messages") {
        let (text, promises) = messages(flags, &places)?;
        publish(flags, &places, "messages", &text)?;
        broken.extend(promises);
        done = true;
    }
    let mut above = Vec::new();
    if wants("sofi") {
        let outcome = answered_by_sofi(flags, &places)?;
        publish(flags, &places, "sofi", &outcome.text)?;
        above = outcome.above;
        done = true;
    }
    let mut telling = Vec::new();
    if wants("enumeration") {
        let outcome = enumeration(flags, &places)?;
        publish(flags, &places, "enumeration", &outcome.text)?;
        telling = outcome.telling;
        done = true;
    }
    if wants("edit") {
        let seconds = edit::measure(&places, 5)?;
        let text = format!(
            "From saving `functions/fans/src/get.rs` to its green unit tests: {} s.",
            seconds.text()
        );
        publish(flags, &places, "edit", &text)?;
        done = true;
    }
    if wants("start") {
        say("Starting the product, which is built first ...");
        let seconds = first(flags, || start::measure(&places, 5))?;
        let text = format!(
            "From `cargo run` with nothing changed to 200 on the health route: {} s.",
            seconds.text()
        );
        publish(flags, &places, "start", &text)?;
        broken.extend(start::broken(&seconds));
        done = true;
    }
    if !done {
        return Err(Failure::Usage(HELP.into()));
    }
    if !broken.is_empty() {
        return Err(Failure::Promised(broken.join(", ")));
    }
    if !telling.is_empty() {
        return Err(Failure::Telling(telling.join(", ")));
    }
    if above.is_empty() {
        Ok(())
    } else {
        Err(Failure::Wasteful(above.join(", ")))
    }
}

/// The text, and the promises that are not kept.
type Measured = (String, Vec<String>);

fn functions(flags: &Flags, places: &subjects::Places) -> Result<Measured, Failure> {
    let folder = places.own.join("bench-run");
    std::fs::create_dir_all(&folder)?;
    let tls = tls::Tls::new(&folder)?;
    let stub = aws_stub::AwsStub::start(&tls.server)?;
    let quota = quota::Quota::detect();
    let subjects = subjects::webhook(places, &stub, &tls);
    say("Cold and warm starts ...");
    let results = first(flags, || measure::all(&subjects, &stub, &quota, flags.plan))?;
    let text = report::functions(&results, &quota, flags);
    Ok((text, promises::of_webhook(&results)))
}

fn messages(flags: &Flags, places: &subjects::Places) -> Result<Measured, Failure> {
    say("Messages through the laptop host ...");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let outcome = first(flags, || {
        runtime.block_on(messages::run(places, flags.plan))
    })?;
    let text = format!(
        "{}\n{}\nThe host, from nothing to 200 on the health route: {} ms.",
        outcome.workers,
        outcome.costs,
        stats::short(outcome.host_start_ms)
    );
    Ok((text, outcome.broken))
}

fn answered_by_sofi(flags: &Flags, places: &subjects::Places) -> Result<sofi::Outcome, Failure> {
    say("Messages that Sofi answers, for some minutes ...");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    first(flags, || runtime.block_on(sofi::run(places)))
}

fn enumeration(flags: &Flags, places: &subjects::Places) -> Result<enumeration::Outcome, Failure> {
    say("Known and unknown addresses, for some minutes ...");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    first(flags, || runtime.block_on(enumeration::run(places)))
}

/// Does something, before everything else on the machine if that was asked for.
fn first<T>(flags: &Flags, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    if !flags.first {
        return work();
    }
    priority::first()?;
    let done = work();
    priority::ordinary(std::process::id())?;
    done
}

fn publish(
    flags: &Flags,
    places: &subjects::Places,
    section: &'static str,
    text: &str,
) -> Result<(), Failure> {
    say(text);
    if flags.print {
        return Ok(());
    }
    report::replace(&places.root.join("infra/docs/benchmarks.md"), section, text)
}

/// Writes to the terminal; one that has gone is no reason to stop.
fn say(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}
