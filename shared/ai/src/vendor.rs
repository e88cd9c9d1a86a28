//! Who can be asked, and which of their models.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A company that runs language models for us, and a processor of the fans' texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vendor {
    /// xAI, by its Responses API.
    Xai,
    /// Groq, by its chat completions.
    Groq,
}

impl Vendor {
    /// All vendors, in the order in which they are asked.
    pub const IN_ORDER: [Vendor; 2] = [Vendor::Xai, Vendor::Groq];

    /// The name in rows, logs and configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Vendor::Xai => "xai",
            Vendor::Groq => "groq",
        }
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The model asked at each vendor. Vendors retire names within a year, so these are configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Models {
    /// Model id at xAI.
    pub xai: String,
    /// Model id at Groq.
    pub groq: String,
}

impl Default for Models {
    fn default() -> Self {
        Models {
            xai: "grok-4.20-0309-non-reasoning".to_owned(),
            groq: "openai/gpt-oss-120b".to_owned(),
        }
    }
}

impl Models {
    /// The model asked at a vendor.
    pub fn of(&self, vendor: Vendor) -> &str {
        match vendor {
            Vendor::Xai => &self.xai,
            Vendor::Groq => &self.groq,
        }
    }
}
