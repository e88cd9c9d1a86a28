//! Which text was accepted: the same form at registration and later.

use domain::Timestamp;
use domain::documents::{self, Document, DocumentId};
use domain::ids::UserId;
use http_kit::Problem;
use serde::{Deserialize, Serialize};
use store::row::AgreementRow;
use utoipa::ToSchema;

/// The name of a legal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DocumentName {
    /// Terms of service.
    Terms,
    /// Privacy policy.
    Privacy,
    /// Data processing agreement.
    Dpa,
}

impl DocumentName {
    /// The text it names.
    pub(crate) const fn id(self) -> DocumentId {
        match self {
            Self::Terms => DocumentId::Terms,
            Self::Privacy => DocumentId::Privacy,
            Self::Dpa => DocumentId::Dpa,
        }
    }

    /// What it is called within a sentence.
    const fn in_words(self) -> &'static str {
        match self {
            Self::Terms => "terms of service",
            Self::Privacy => "privacy policy",
            Self::Dpa => "data processing agreement",
        }
    }
}

/// One version of one text, as it was shown to the person who accepts it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Accepted {
    /// Which text.
    pub(crate) document: DocumentName,
    /// Its version, as `GET /api/v1/documents/{document}` gives it.
    pub(crate) version: String,
    /// SHA-256 of the text, hex, as given there.
    pub(crate) sha256: String,
}

impl Accepted {
    /// The text that was accepted.
    ///
    /// # Errors
    /// 422 when it is not the current version, or was not shown as it is.
    pub(crate) fn current(&self) -> Result<&'static Document, Problem> {
        let current = documents::current(self.document.id());
        if self.version == current.version && self.sha256.eq_ignore_ascii_case(current.sha256) {
            return Ok(current);
        }
        Err(Problem::unprocessable(
            "document_not_current",
            format!(
                "What was accepted is not the current version of our {}. Show version {} and ask again.",
                self.document.in_words(),
                current.version
            ),
        ))
    }
}

/// The record of an acceptance.
pub(crate) fn record(document: &Document, actor: UserId, accepted_at: Timestamp) -> AgreementRow {
    AgreementRow {
        document: document.id.as_str().to_owned(),
        version: document.version.to_owned(),
        sha256: document.sha256.to_owned(),
        actor,
        accepted_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(version: &str, sha256: &str) -> Accepted {
        Accepted {
            document: DocumentName::Terms,
            version: version.into(),
            sha256: sha256.into(),
        }
    }

    #[test]
    fn only_the_current_text_with_its_own_hash_is_accepted() {
        let current = documents::current(DocumentId::Terms);
        assert_eq!(
            accepted(current.version, current.sha256).current().ok(),
            Some(current)
        );
        for other in [
            accepted("2020-01-01", current.sha256),
            accepted(current.version, "00"),
            accepted("", ""),
        ] {
            assert!(matches!(
                other.current(),
                Err(Problem::Unprocessable {
                    code: "document_not_current",
                    ..
                })
            ));
        }
    }

    #[test]
    fn a_text_that_is_not_current_is_called_by_its_name_in_a_whole_sentence() {
        for (document, name) in [
            (DocumentName::Terms, "terms of service"),
            (DocumentName::Privacy, "privacy policy"),
            (DocumentName::Dpa, "data processing agreement"),
        ] {
            let old = Accepted {
                document,
                ..accepted("2020-01-01", "00")
            };
            let Err(Problem::Unprocessable { message, .. }) = old.current() else {
                panic!("{name} of another time is accepted");
            };
            let version = documents::current(document.id()).version;
            assert_eq!(
                message,
                format!(
                    "What was accepted is not the current version of our {name}. Show version {version} and ask again."
                )
            );
        }
    }
}
