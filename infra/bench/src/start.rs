//! How long a person waits: from `cargo run` with nothing changed to 200 on the health route.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::Failure;
use crate::stats::Sample;
use crate::subjects::Places;

/// What is promised, in seconds.
const LIMIT: f64 = 5.0;
/// The run before the measured ones may compile everything.
const BUILDS: Duration = Duration::from_secs(3600);
/// Far longer than a start takes.
const STARTS: Duration = Duration::from_secs(120);
/// The route that is asked, as the host names it.
const HEALTH: &str = "/api/v1/health";

/// Starts the product some times, after once that builds what has changed; seconds.
///
/// # Errors
/// When it does not start, or is not well.
pub fn measure(places: &Places, times: usize) -> Result<Sample, Failure> {
    let state = places.own.join("bench-run/start");
    once(places, &state, BUILDS)?;
    (0..times).map(|_| once(places, &state, STARTS)).collect()
}

/// The promise, if it is broken, in words.
pub fn broken(seconds: &Sample) -> Option<String> {
    let took = seconds.median();
    (took >= LIMIT).then(|| format!("{} s to 200 on the health route", seconds.text()))
}

fn once(places: &Places, state: &Path, patience: Duration) -> Result<f64, Failure> {
    let mut command = places.cargo();
    command
        .args(["run", "--quiet", "--", "--fresh", "--demo-ai"])
        .args(["--port", "0", "--data"])
        .arg(state)
        .env("CARGO_TARGET_DIR", places.root.join("target"))
        .env_remove("SOFI_TELEGRAM_BRIDGE")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let began = Instant::now();
    let child = command.spawn().map_err(|source| Failure::Start {
        program: "cargo".into(),
        source,
    })?;
    let mut host = Running(child);
    let health = host.announced(patience)?;
    ask(&health)?;
    Ok(began.elapsed().as_secs_f64())
}

/// A host that runs: on Unix, `cargo run` becomes what it starts.
struct Running(Child);

impl Running {
    /// The address of the health route, as soon as the host has said it.
    fn announced(&mut self, patience: Duration) -> Result<String, Failure> {
        let (sender, receiver) = mpsc::channel();
        let silent = || Failure::Loop("it did not say where it is".into());
        let out = self.0.stdout.take().ok_or_else(silent)?;
        // Read to its end, so that the host never waits for a reader.
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if let Some(address) = health(&line) {
                    let _ = sender.send(address.to_owned());
                }
            }
        });
        receiver.recv_timeout(patience).map_err(|_| silent())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked to end, it ends its functions; killed, it would leave them behind.
        let mut end = Command::new("kill");
        let asked = end.arg(self.0.id().to_string()).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.0.kill();
        }
        let _ = self.0.wait();
    }
}

/// The address of the health route in a line of the host's.
fn health(line: &str) -> Option<&str> {
    line.split_whitespace().find(|word| word.ends_with(HEALTH))
}

/// Asks for the health route, which must answer 200.
fn ask(address: &str) -> Result<(), Failure> {
    let host = address
        .strip_prefix("http://")
        .and_then(|rest| rest.strip_suffix(HEALTH))
        .ok_or_else(|| Failure::Loop(format!("{address} is no address of ours")))?;
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(STARTS))?;
    write!(
        stream,
        "GET {HEALTH} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let status = answer.lines().next().unwrap_or_default();
    match status.split(' ').nth(1) {
        Some("200") => Ok(()),
        _ => Err(Failure::Answer("the health route", status.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_what_the_host_says() {
        let line = "    API        http://127.0.0.1:4711/api/v1/health";
        assert_eq!(health(line), Some("http://127.0.0.1:4711/api/v1/health"));
        assert_eq!(health("    Dashboard  http://127.0.0.1:4711/"), None);
    }

    #[test]
    fn five_seconds_are_not_under_five_seconds() {
        let kept: Sample = [4.0, 4.9, 9.0].into_iter().collect();
        let missed: Sample = [4.0, 5.0, 5.0].into_iter().collect();
        assert_eq!(broken(&kept), None);
        assert!(broken(&missed).is_some_and(|words| words.starts_with("5.00 (4.00-5.00) s")));
    }
}
