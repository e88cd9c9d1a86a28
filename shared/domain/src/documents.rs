//! The legal texts: versioned, fingerprinted, embedded.
//!
//! A text never changes after it was published, because acceptance records refer to its hash. A new
//! version is a new folder under `documents/` and a new row at the end of its archive. A test compares
//! each text with the hash that stands beside it.

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
}

impl DocumentId {
    /// Every text.
    pub const ALL: [DocumentId; 3] = [DocumentId::Terms, DocumentId::Privacy, DocumentId::Dpa];

    /// The word for it in addresses and stored records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            DocumentId::Terms => "terms",
            DocumentId::Privacy => "privacy",
            DocumentId::Dpa => "dpa",
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
}

archive! { PRIVACY, DocumentId::Privacy,
    "2026-11-23" from date!(2026-11-23),
    "6368b2dbd1be73621f473b8cf682f23b3ce612b044a8ead44e4ca6bb65784aa0",
    include_str!("../documents/2026-11-23/privacy.md");
}

archive! { DPA, DocumentId::Dpa,
    "2026-11-23" from date!(2026-11-23),
    "cb689ce1db2699e8c188cc7d3b776680c55d165e8a91044f49a0156c7d41e09c",
    include_str!("../documents/2026-11-23/dpa.md");
}

/// Every published version of a text, oldest first.
#[must_use]
pub fn archive(id: DocumentId) -> &'static [Document] {
    match id {
        DocumentId::Terms => TERMS,
        DocumentId::Privacy => PRIVACY,
        DocumentId::Dpa => DPA,
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use ring::digest::{SHA256, digest};

    use super::*;

    fn all() -> impl Iterator<Item = &'static Document> {
        DocumentId::ALL.into_iter().flat_map(archive)
    }

    #[test]
    fn each_text_still_has_the_hash_it_was_published_with() {
        for document in all() {
            let hash: String = digest(&SHA256, document.text.as_bytes())
                .as_ref()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            assert_eq!(
                hash, document.sha256,
                "{} {}",
                document.id, document.version
            );
        }
    }

    #[test]
    fn each_text_names_its_own_version_and_the_contact() {
        for document in all() {
            assert!(
                document
                    .text
                    .contains(&format!("Version {}", document.version)),
                "{}",
                document.id
            );
            assert!(
                document.text.contains("support@soficrm.com"),
                "{}",
                document.id
            );
        }
    }

    #[test]
    fn archives_are_in_order_without_repeats_and_hold_only_their_own_text() {
        for id in DocumentId::ALL {
            let versions = archive(id);
            assert!(versions.is_sorted_by_key(|document| (document.effective, document.version)));
            assert_eq!(
                versions
                    .iter()
                    .map(|d| d.version)
                    .collect::<HashSet<_>>()
                    .len(),
                versions.len()
            );
            assert!(versions.iter().all(|document| document.id == id));
            assert_eq!(current(id), versions.last().expect("a row"));
        }
    }

    #[test]
    fn a_text_is_in_force_from_its_day_on() {
        let first = &archive(DocumentId::Terms)[0];
        let eve = first.effective.previous_day().expect("an earlier day");
        assert_eq!(in_force(DocumentId::Terms, eve), None);
        assert_eq!(in_force(DocumentId::Terms, first.effective), Some(first));
    }

    #[test]
    fn texts_and_versions_are_found_by_name() {
        assert_eq!(DocumentId::find("dpa"), Some(DocumentId::Dpa));
        assert_eq!(DocumentId::find("DPA"), None);
        assert!(find(DocumentId::Privacy, "2026-11-23").is_some());
        assert!(find(DocumentId::Privacy, "2026-11-24").is_none());
    }

    #[test]
    fn the_privacy_policy_keeps_its_promises_in_words() {
        let policy = current(DocumentId::Privacy).text;
        for words in [
            "logically isolated and separately encrypted per tenant",
            "within 30 days",
            "within 45 days",
            "at least 14 days",
            "`__Host-sofi`",
            "`__Host-sofi_device`",
            "do not sell, rent or trade",
            "edpb.europa.eu",
            "ico.org.uk",
            "PCI DSS Level 1",
        ] {
            assert!(policy.contains(words), "{words}");
        }
    }

    #[test]
    fn the_agreement_covers_what_article_28_asks_for() {
        let text = current(DocumentId::Dpa).text;
        for words in [
            "documented instructions",
            "bound to secrecy",
            "30 days",
            "without undue delay",
            "Return and erasure",
            "audits",
            "Chapter V",
        ] {
            assert!(text.contains(words), "{words}");
        }
    }
}
