//! The command line of a stand-in that is started alone.

use std::{
    error::Error,
    io::{self, Write},
    net::SocketAddr,
    str::FromStr,
};

use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};

/// Why it ends before its time.
pub type Failure = Box<dyn Error>;

/// Flags and their values.
#[derive(Debug)]
pub struct Flags<I>(I);

impl<I: Iterator<Item = String>> Flags<I> {
    /// The flags among `arguments`, which begin after the program's name.
    pub fn new(arguments: I) -> Self {
        Self(arguments)
    }

    /// The next flag.
    pub fn take(&mut self) -> Option<String> {
        self.0.next()
    }

    /// The value that follows `flag`.
    ///
    /// # Errors
    /// When there is none or it cannot be read.
    pub fn value<T>(&mut self, flag: &str) -> Result<T, Failure>
    where
        T: FromStr,
        T::Err: Error + 'static,
    {
        let text = self.0.next();
        let text = text.ok_or_else(|| format!("{flag} needs a value"))?;
        Ok(text.parse()?)
    }

    /// The address of the port that follows `flag`.
    ///
    /// # Errors
    /// When there is none or it cannot be read.
    pub fn port(&mut self, flag: &str) -> Result<SocketAddr, Failure> {
        let port: u16 = self.value(flag)?;
        Ok(SocketAddr::from(([127, 0, 0, 1], port)))
    }
}

/// The refusal of a flag that does not exist.
pub fn unknown_flag(flag: &str) -> Failure {
    format!("unknown flag {flag}").into()
}

/// Prints one JSON line with the address, then waits for Ctrl-C or a polite kill.
///
/// # Errors
/// When the line cannot be printed or signals cannot be waited for.
pub async fn run(address: SocketAddr) -> io::Result<()> {
    let line = json!({ "url": format!("http://{address}"), "port": address.port() });
    writeln!(io::stdout().lock(), "{line}")?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(words: &[&str]) -> Flags<impl Iterator<Item = String>> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Flags::new(words.into_iter())
    }

    #[test]
    fn a_value_follows_its_flag() {
        let mut flags = flags(&["--port", "8080", "--seed"]);
        assert_eq!(flags.take().as_deref(), Some("--port"));
        let address = flags.port("--port").unwrap();
        assert_eq!(address.to_string(), "127.0.0.1:8080");
        assert_eq!(flags.take().as_deref(), Some("--seed"));
        let missing = flags.value::<u64>("--seed").unwrap_err();
        assert_eq!(missing.to_string(), "--seed needs a value");
        assert_eq!(unknown_flag("--x").to_string(), "unknown flag --x");
    }

    #[test]
    fn a_port_out_of_range_is_refused() {
        assert!(flags(&["70000"]).port("--port").is_err());
    }
}
