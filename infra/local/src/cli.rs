//! The command line.

use std::path::PathBuf;

use local::HostError;

/// What `--help` says.
pub(crate) const HELP: &str = "\
Starts Sofi CRM on this machine.

  --fresh            forget all state of earlier runs
  --port <n>         port of the API and the control page (8787); the next two are Telegram and AWS; 0: free ports
  --data <folder>    where to keep state (.local)
  --release          optimised functions
  --no-build         take the binaries as they are
  --concurrency <n>  most processes of one function (2)
  --telegram-bridge  real Telegram instead of the stand-in (or SOFI_TELEGRAM_BRIDGE=1)
  --help             this text

  SOFI_LOG=debug     more about the host itself";

const DEFAULT_PORT: u16 = 8787;

/// Parsed flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flags {
    pub(crate) fresh: bool,
    pub(crate) port: u16,
    pub(crate) release: bool,
    pub(crate) no_build: bool,
    pub(crate) concurrency: u32,
    pub(crate) bridge: bool,
    pub(crate) data: Option<PathBuf>,
}

impl Flags {
    /// The port `step` after the main one; 0 stays 0.
    pub(crate) fn next_port(&self, step: u16) -> u16 {
        if self.port == 0 {
            0
        } else {
            self.port.saturating_add(step)
        }
    }
}

/// Parses the arguments; `None` means that help was asked for.
pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Option<Flags>, HostError> {
    let mut flags = Flags {
        fresh: false,
        port: DEFAULT_PORT,
        release: false,
        no_build: false,
        concurrency: 2,
        bridge: std::env::var("SOFI_TELEGRAM_BRIDGE").is_ok_and(|value| value == "1"),
        data: None,
    };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let (name, mut inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value = || inline.take().or_else(|| arguments.next());
        let mut number = || -> Result<u32, HostError> {
            value()
                .and_then(|value| value.parse().ok())
                .ok_or_else(|| HostError::Usage(format!("{name} takes a number; see --help")))
        };
        match name.as_str() {
            "--fresh" => flags.fresh = true,
            "--release" => flags.release = true,
            "--no-build" => flags.no_build = true,
            "--telegram-bridge" => flags.bridge = true,
            "--port" => {
                flags.port = u16::try_from(number()?)
                    .map_err(|_| HostError::Usage("--port: at most 65535".into()))?;
            }
            "--concurrency" => flags.concurrency = number()?.max(1),
            "--data" => {
                let folder = value()
                    .ok_or_else(|| HostError::Usage("--data takes a folder; see --help".into()))?;
                flags.data = Some(PathBuf::from(folder));
            }
            "--help" | "-h" => return Ok(None),
            other => {
                return Err(HostError::Usage(format!(
                    "{other} is not a flag; see --help"
                )));
            }
        }
    }
    Ok(Some(flags))
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn flags(text: &str) -> Option<super::Flags> {
        parse(text.split_whitespace().map(str::to_owned)).expect("valid flags")
    }

    #[test]
    fn flags_are_read_in_both_spellings() {
        let flags = flags("--port 9000 --fresh --concurrency=5").expect("no help asked");
        assert_eq!(
            (flags.port, flags.fresh, flags.concurrency, flags.release),
            (9000, true, 5, false)
        );
        assert_eq!(flags.next_port(2), 9002);
    }

    #[test]
    fn an_unknown_flag_and_a_missing_number_are_errors() {
        assert!(parse(["--frseh".to_owned()].into_iter()).is_err());
        assert!(parse(["--port".to_owned()].into_iter()).is_err());
        assert!(flags("--help").is_none());
    }
}
