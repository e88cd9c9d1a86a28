//! The AI vendors behind the functions: the stand-in, or the real ones.

use std::sync::Arc;

use super::HostOptions;
use crate::error::HostError;

/// What each vendor is called, the variable that tells its address, and its prefix in the relay.
const VENDORS: [(&str, &str, &str); 2] = [
    ("xai", "XAI_API_URL", "/xai"),
    ("groq", "GROQ_API_URL", "/groq"),
];

/// One vendor.
pub(crate) struct Vendor {
    pub(crate) name: &'static str,
    pub(super) variable: &'static str,
    pub(super) prefix: &'static str,
    /// Base address without a slash at the end.
    pub(super) url: String,
    pub(crate) is_real: bool,
}

/// All vendors, and the stand-in for those that are not real.
pub(crate) struct Ai {
    pub(crate) vendors: Vec<Vendor>,
    pub(super) control: Option<ai_stand_in::Control>,
    /// The stand-in's address.
    pub(crate) url: Option<String>,
}

impl Ai {
    /// Starts the stand-in unless every vendor is real.
    pub(super) async fn start(
        options: &HostOptions,
    ) -> Result<(Self, Option<ai_stand_in::Handle>), HostError> {
        let is_known = |name: &&String| VENDORS.iter().any(|(known, _, _)| known == name);
        if let Some(unknown) = options.vendor_urls.keys().find(|name| !is_known(name)) {
            return Err(HostError::Vendor(unknown.clone()));
        }
        let handle = if options.vendor_urls.len() == VENDORS.len() {
            None
        } else {
            let clock = Arc::clone(&options.clock);
            let handle = ai_stand_in::start(ai_stand_in::Options {
                listen: options.ai_listen,
                clock: ai_stand_in::Clock::from_fn(move || {
                    u64::try_from(emulator::Clock::now_ms(&*clock)).unwrap_or(0)
                }),
                seed: 1,
            });
            Some(handle.await?)
        };
        let url = handle.as_ref().map(ai_stand_in::Handle::url);
        let vendors = VENDORS.iter().map(|(name, variable, prefix)| {
            let real = options.vendor_urls.get(*name);
            Vendor {
                name,
                variable,
                prefix,
                url: real.or(url.as_ref()).cloned().unwrap_or_default(),
                is_real: real.is_some(),
            }
        });
        let ai = Self {
            vendors: vendors.collect(),
            control: handle.as_ref().map(ai_stand_in::Handle::control),
            url,
        };
        Ok((ai, handle))
    }

    /// Whether no answer comes from the stand-in.
    pub(super) fn is_all_real(options: &HostOptions) -> bool {
        VENDORS
            .iter()
            .all(|(name, _, _)| options.vendor_urls.contains_key(*name))
    }

    /// Names of the vendors that are called for real.
    pub(super) fn real(&self) -> impl Iterator<Item = &str> {
        let real = self.vendors.iter().filter(|vendor| vendor.is_real);
        real.map(|vendor| vendor.name)
    }
}
