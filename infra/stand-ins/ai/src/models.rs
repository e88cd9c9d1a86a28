//! Which models each vendor serves, and what each of them takes.

use serde::{Deserialize, Serialize};

/// A vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Vendor {
    Xai,
    Groq,
}

/// What a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    Chat,
    Transcription,
}

/// A model as it is served.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Model {
    pub vendor: Vendor,
    pub id: &'static str,
    pub made_for: Use,
    /// Largest prompt, in tokens.
    pub context: u64,
    /// Reasoning efforts it takes; empty for a model that does not reason.
    pub efforts: &'static [&'static str],
    /// Price of a prompt token, a cached one and an answer's, in 10^-10 US dollars.
    pub ticks: [u64; 3],
}

const MODELS: [Model; 8] = [
    Model {
        vendor: Vendor::Xai,
        id: "grok-4.7",
        made_for: Use::Chat,
        context: 500_000,
        efforts: &["low", "medium", "high", "xhigh"],
        ticks: [20_000, 5_000, 60_000],
    },
    Model {
        vendor: Vendor::Xai,
        id: "grok-4.3",
        made_for: Use::Chat,
        context: 1_000_000,
        efforts: &["none", "low", "medium", "high"],
        ticks: [12_500, 2_000, 25_000],
    },
    Model {
        vendor: Vendor::Xai,
        id: "grok-4.20-0309-non-reasoning",
        made_for: Use::Chat,
        context: 1_000_000,
        efforts: &[],
        ticks: [12_500, 2_000, 25_000],
    },
    groq("openai/gpt-oss-120b", Use::Chat),
    groq("openai/gpt-oss-20b", Use::Chat),
    groq("openai/gpt-oss-safeguard-20b", Use::Chat),
    groq("whisper-large-v3-turbo", Use::Transcription),
    groq("whisper-large-v3", Use::Transcription),
];

const fn groq(id: &'static str, made_for: Use) -> Model {
    Model {
        vendor: Vendor::Groq,
        id,
        made_for,
        context: match made_for {
            Use::Chat => 131_072,
            Use::Transcription => 448,
        },
        efforts: match made_for {
            Use::Chat => &["low", "medium", "high"],
            Use::Transcription => &[],
        },
        // Groq does not name a price in its answers.
        ticks: [0; 3],
    }
}

/// Groq models that were shut down; it says so instead of denying that they ever were.
const DECOMMISSIONED: [&str; 3] = [
    "llama-3.3-70b-versatile",
    "llama-3.1-8b-instant",
    "gemma2-9b-it",
];

/// All models of a vendor.
pub(crate) fn of(vendor: Vendor) -> impl Iterator<Item = &'static Model> {
    MODELS.iter().filter(move |model| model.vendor == vendor)
}

/// A model by its id.
pub(crate) fn find(vendor: Vendor, id: &str) -> Option<&'static Model> {
    of(vendor).find(|model| model.id == id)
}

/// Whether Groq once served it.
pub(crate) fn is_decommissioned(id: &str) -> bool {
    DECOMMISSIONED.contains(&id)
}

/// The model whose rules an added id follows (see `extra_models` in the settings).
pub(crate) fn stand_in_for_added(vendor: Vendor) -> Option<&'static Model> {
    of(vendor).next()
}
