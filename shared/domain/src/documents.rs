//! The legal texts: versioned, fingerprinted, embedded.
//!
//! A text never changes after it was published, because acceptance records refer to its hash. A new
//! version is a new folder under `documents/` and a new row at the end of its archive. A test compares
//! each text with the hash that stands beside it.

#[cfg(test)]
mod tests;

use std::fmt;

use time::Date;
use time::macros::date;

/// Which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentId {
    /// Terms of service.
    Terms,
    /// Privacy policy.
    Privacy,
    /// Data processing agreement (GDPR Art. 28(3)); accepted before the first bot is connected.
    Dpa,
    /// What the service must not be used for; part of the terms.
    AcceptableUse,
    /// Cookie notice.
    Cookies,
    /// Who else receives data; see [`crate::subprocessors`].
    Subprocessors,
    /// How data is protected, and how to report a weakness.
    Security,
}

impl DocumentId {
    /// Every text.
    pub const ALL: [DocumentId; 7] = [
        DocumentId::Terms,
        DocumentId::Privacy,
        DocumentId::Dpa,
        DocumentId::AcceptableUse,
        DocumentId::Cookies,
        DocumentId::Subprocessors,
        DocumentId::Security,
    ];

    /// The word for it in addresses and stored records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            DocumentId::Terms => "terms",
            DocumentId::Privacy => "privacy",
            DocumentId::Dpa => "dpa",
            DocumentId::AcceptableUse => "acceptable-use",
            DocumentId::Cookies => "cookies",
            DocumentId::Subprocessors => "subprocessors",
            DocumentId::Security => "security",
        }
    }

    /// What it is called among people, in English.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            DocumentId::Terms => "Terms of service",
            DocumentId::Privacy => "Privacy policy",
            DocumentId::Dpa => "Data processing agreement",
            DocumentId::AcceptableUse => "Acceptable use policy",
            DocumentId::Cookies => "Cookie notice",
            DocumentId::Subprocessors => "Sub-processors",
            DocumentId::Security => "Security",
        }
    }

    /// Finds the text of a word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.as_str() == word)
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One version of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    /// Which text.
    pub id: DocumentId,
    /// Its version: the day it was published, `YYYY-MM-DD`.
    pub version: &'static str,
    /// The first day on which it is in force (UTC).
    pub effective: Date,
    /// SHA-256 of the text's bytes, 64 hexadecimal digits in lower case.
    pub sha256: &'static str,
    /// The text, in Markdown.
    pub text: &'static str,
}

macro_rules! archive {
    ($name:ident, $id:expr, $($version:literal from $effective:expr, $sha256:literal, $text:expr;)+) => {
        static $name: &[Document] = &[$(
            Document { id: $id, version: $version, effective: $effective, sha256: $sha256, text: $text },
        )+];
    };
}

archive! { TERMS, DocumentId::Terms,
    "2026-11-23" from date!(2026-11-23),
    "e176c5ef060346007135cfd1a4ac4c7a4e988b7cffab1d760898119f35983e92",
    include_str!("../documents/2026-11-23/terms.md");
    "2026-11-28" from date!(2026-12-12),
    "4d2dbf55dbd4f7ba8bbffb1a0871e3e8ef91d62c03079511c52934248ccca45a",
    include_str!("../documents/2026-11-28/terms.md");
}

archive! { PRIVACY, DocumentId::Privacy,
    "2026-11-23" from date!(2026-11-23),
    "6368b2dbd1be73621f473b8cf682f23b3ce612b044a8ead44e4ca6bb65784aa0",
    include_str!("../documents/2026-11-23/privacy.md");
    "2026-11-28" from date!(2026-12-12),
    "1cd76df81106e4bafa971934222a05e5c05ed93db943d34d6a8b95e2b30aa6a3",
    include_str!("../documents/2026-11-28/privacy.md");
    "2026-12-01" from date!(2026-12-15),
    "26d71b59a1bf440cf4c8c13aafc1b12d6a453e290a08a02642c4ae295d9fabee",
    include_str!("../documents/2026-12-01/privacy.md");
}

archive! { DPA, DocumentId::Dpa,
    "2026-11-23" from date!(2026-11-23),
    "cb689ce1db2699e8c188cc7d3b776680c55d165e8a91044f49a0156c7d41e09c",
    include_str!("../documents/2026-11-23/dpa.md");
    "2026-11-28" from date!(2026-12-12),
    "c6b493f112304f0fee48d2e4096af9af695f56e5388c26a86215b260140a4902",
    include_str!("../documents/2026-11-28/dpa.md");
    "2026-12-01" from date!(2026-12-15),
    "33ab87da380ee63a77e872eb02f40b65d985baf69e7937f00d8bf55a5e5d4199",
    include_str!("../documents/2026-12-01/dpa.md");
}

archive! { ACCEPTABLE_USE, DocumentId::AcceptableUse,
    "2026-11-28" from date!(2026-11-28),
    "8c5068bcc26e0a2878c32bec1a14befe3db920b2746bd93214b02d1f31a1293e",
    include_str!("../documents/2026-11-28/acceptable-use.md");
}

archive! { COOKIES, DocumentId::Cookies,
    "2026-11-28" from date!(2026-11-28),
    "18383ec1551ef451470396f669fee2db5870400888fa3087fb44ce8b1c956c33",
    include_str!("../documents/2026-11-28/cookies.md");
}

archive! { SUBPROCESSORS, DocumentId::Subprocessors,
    "2026-11-28" from date!(2026-11-28),
    "c6fbbd05ba0759440b835c3e6dda04d5204c2d0a9f20456e4b1c9ed2f307e273",
    include_str!("../documents/2026-11-28/subprocessors.md");
}

archive! { SECURITY, DocumentId::Security,
    "2026-11-28" from date!(2026-11-28),
    "5b068c874810a97fdc93792927e57bff018c3c9b45a407bac4dd96a115bf6e1f",
    include_str!("../documents/2026-11-28/security.md");
}

/// Every published version of a text, oldest first.
#[must_use]
pub fn archive(id: DocumentId) -> &'static [Document] {
    match id {
        DocumentId::Terms => TERMS,
        DocumentId::Privacy => PRIVACY,
        DocumentId::Dpa => DPA,
        DocumentId::AcceptableUse => ACCEPTABLE_USE,
        DocumentId::Cookies => COOKIES,
        DocumentId::Subprocessors => SUBPROCESSORS,
        DocumentId::Security => SECURITY,
    }
}

/// The newest published version of a text, even if it is not in force yet.
#[must_use]
pub fn current(id: DocumentId) -> &'static Document {
    archive(id)
        .last()
        .expect("each archive has at least one row")
}

/// The version of a text that is in force on a day (UTC); `None` before the first.
#[must_use]
pub fn in_force(id: DocumentId, on: Date) -> Option<&'static Document> {
    archive(id)
        .iter()
        .rev()
        .find(|document| document.effective <= on)
}

/// One published version of a text.
#[must_use]
pub fn find(id: DocumentId, version: &str) -> Option<&'static Document> {
    archive(id)
        .iter()
        .find(|document| document.version == version)
}
