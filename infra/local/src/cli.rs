//! The command line.

use std::path::PathBuf;

use local::{GROQ_KEY, HostError, HostOptions, STRIPE_KEY, STRIPE_WEBHOOK_SECRET, Stripe, XAI_KEY};

/// What `--help` says.
pub(crate) const HELP: &str = "\
Starts Sofi CRM on this machine.

  --fresh            forget all state of earlier runs
  --seed             a demo creator with 60 fans and 2,000 messages
  --port <n>         port of the API and the control page (8787); the next are Telegram, AWS, AI and Stripe; 0: free ports
  --data <folder>    where to keep state (.local)
  --release          optimised functions
  --no-build         take the binaries as they are
  --concurrency <n>  most processes of one function (2)
  --telegram-bridge  real Telegram instead of the stand-in (or SOFI_TELEGRAM_BRIDGE=1)
  --demo-ai          the AI stand-in even where a vendor's key is set
  --help             this text

  XAI_API_KEY, GROQ_API_KEY  that vendor for real: messages of fans are sent there, and it bills them
  STRIPE_API_KEY     Stripe's own sandbox (a live key is refused: no money moves on a laptop);
                     STRIPE_WEBHOOK_SECRET is what `stripe listen` prints
  SOFI_LOG=debug     more about the host itself";

const DEFAULT_PORT: u16 = 8787;

/// Stripe's own address, for its sandboxes, too.
const STRIPE: &str = "https://api.stripe.com";

/// Variable with a vendor's key, the vendor, its base address, and the platform secret that holds the key.
const VENDORS: [(&str, &str, &str, &str); 2] = [
    ("XAI_API_KEY", "xai", "https://api.x.ai", XAI_KEY),
    ("GROQ_API_KEY", "groq", "https://api.groq.com", GROQ_KEY),
];

/// Parsed flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flags {
    pub(crate) fresh: bool,
    pub(crate) seed: bool,
    pub(crate) port: u16,
    pub(crate) release: bool,
    pub(crate) no_build: bool,
    pub(crate) concurrency: u32,
    pub(crate) bridge: bool,
    pub(crate) demo_ai: bool,
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
        seed: false,
        port: DEFAULT_PORT,
        release: false,
        no_build: false,
        concurrency: 2,
        bridge: std::env::var("SOFI_TELEGRAM_BRIDGE").is_ok_and(|value| value == "1"),
        demo_ai: false,
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
            "--seed" => flags.seed = true,
            "--release" => flags.release = true,
            "--no-build" => flags.no_build = true,
            "--telegram-bridge" => flags.bridge = true,
            "--demo-ai" => flags.demo_ai = true,
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

/// Calls those vendors for real whose key `read` finds, unless the stand-in is asked for.
pub(crate) fn call_for_real(
    options: &mut HostOptions,
    flags: &Flags,
    read: impl Fn(&str) -> Option<String>,
) {
    if flags.demo_ai {
        return;
    }
    for (variable, vendor, url, secret) in VENDORS {
        if let Some(key) = given(variable, &read) {
            options
                .vendor_urls
                .insert(vendor.to_owned(), url.to_owned());
            options.vendor_keys.insert(secret.to_owned(), key);
        }
    }
}

/// The key of a sandbox of Stripe's own, if `read` finds one.
///
/// # Errors
/// When it is any other key.
pub(crate) fn stripe_key(
    read: impl Fn(&str) -> Option<String>,
) -> Result<Option<String>, HostError> {
    let Some(key) = given("STRIPE_API_KEY", read) else {
        return Ok(None);
    };
    local::check_stripe_key(&key)?;
    Ok(Some(key))
}

/// Calls a sandbox of Stripe's own. Without the secret of its webhooks none of them is believed.
pub(crate) fn use_sandbox(
    options: &mut HostOptions,
    key: String,
    read: impl Fn(&str) -> Option<String>,
) {
    options.stripe = Stripe::Sandbox {
        api_url: STRIPE.to_owned(),
    };
    options.vendor_keys.insert(STRIPE_KEY.to_owned(), key);
    if let Some(secret) = given("STRIPE_WEBHOOK_SECRET", read) {
        let name = STRIPE_WEBHOOK_SECRET.to_owned();
        options.vendor_keys.insert(name, secret);
    }
}

/// What a variable holds, without blanks around it.
fn given(name: &str, read: impl Fn(&str) -> Option<String>) -> Option<String> {
    let value = read(name)?.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use local::{HostError, HostOptions, Stripe};

    use super::{call_for_real, parse, stripe_key, use_sandbox};

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
    fn a_vendor_is_real_only_where_its_key_is_set_and_nobody_asks_for_the_stand_in() {
        let read = |name: &str| match name {
            "GROQ_API_KEY" => Some("gsk-1 ".to_owned()),
            "XAI_API_KEY" => Some(" ".to_owned()),
            _ => None,
        };
        let mut options = HostOptions::new("", "");
        call_for_real(&mut options, &flags("--demo-ai").expect("flags"), read);
        assert!(options.vendor_urls.is_empty());
        call_for_real(&mut options, &flags("").expect("flags"), read);
        assert_eq!(
            options.vendor_urls.into_iter().collect::<Vec<_>>(),
            [("groq".to_owned(), "https://api.groq.com".to_owned())]
        );
        assert_eq!(options.vendor_keys["groq-api-key"], "gsk-1");
        assert_eq!(options.vendor_keys["xai-api-key"], "demo-xai");
    }

    #[test]
    fn stripe_is_its_own_sandbox_where_a_key_of_one_is_set_and_a_live_key_stops_the_start() {
        let key = |key: &'static str| move |_: &str| Some(key.to_owned());
        assert!(matches!(stripe_key(|_| None), Ok(None)));
        assert!(matches!(stripe_key(key(" ")), Ok(None)));
        let live = stripe_key(key("sk_live_1"));
        assert!(matches!(live, Err(HostError::LiveStripeKey)));
        let found = stripe_key(key(" rk_test_1\n")).expect("a key of a sandbox");
        let mut options = HostOptions::new("", "");
        assert!(matches!(options.stripe, Stripe::StandIn { .. }));
        use_sandbox(&mut options, found.expect("it is set"), key("whsec_1"));
        assert!(matches!(options.stripe, Stripe::Sandbox { .. }));
        assert_eq!(options.vendor_keys["stripe-key"], "rk_test_1");
        assert_eq!(options.vendor_keys["stripe-webhook-secret"], "whsec_1");
    }

    #[test]
    fn an_unknown_flag_and_a_missing_number_are_errors() {
        assert!(parse(["--frseh".to_owned()].into_iter()).is_err());
        assert!(parse(["--port".to_owned()].into_iter()).is_err());
        assert!(flags("--help").is_none());
    }
}
