//! `GET /api/v1/documents/{document}`

use std::str::FromStr;

use domain::documents::{self, Document, DocumentId};
use http::StatusCode;
use http::header::CACHE_CONTROL;
use http_kit::{Answer, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The word in the path.
pub(crate) struct Word(DocumentId);

impl FromStr for Word {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        DocumentId::find(text).map(Self).ok_or(Problem::NotFound)
    }
}

/// Which version.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentQuery {
    /// A published version; the current one when absent.
    version: Option<String>,
}

#[cfg(test)]
impl DocumentQuery {
    pub(crate) fn of(version: Option<&str>) -> Self {
        Self {
            version: version.map(str::to_owned),
        }
    }
}

/// The version that is asked for; `None` when there is none.
pub(crate) fn asked(word: Word, query: &DocumentQuery) -> Option<&'static Document> {
    match &query.version {
        None => Some(documents::current(word.0)),
        Some(version) => documents::find(word.0, version),
    }
}

/// One published version of a legal text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentOut {
    /// The word of the text, such as `terms`.
    document: &'static str,
    /// The version: the day of publication, `YYYY-MM-DD`.
    version: &'static str,
    /// The first day on which it is in force (UTC), `YYYY-MM-DD`.
    effective: String,
    /// SHA-256 of the text's bytes in UTF-8, hex.
    sha256: &'static str,
    /// The text, in Markdown.
    text: &'static str,
    /// Every published version, newest first.
    versions: Vec<DocumentVersionOut>,
}

/// A version in the archive.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentVersionOut {
    /// The version.
    version: &'static str,
    /// The first day on which it is in force (UTC), `YYYY-MM-DD`.
    effective: String,
    /// SHA-256 of its text, hex.
    sha256: &'static str,
}

/// Gives a legal text.
#[utoipa::path(get, path = "/api/v1/documents/{document}", operation_id = "get_document", tag = "legal",
    params(("document" = String, Path, description = "`terms`, `privacy`, `dpa`, `acceptable-use`, `cookies`, `subprocessors` or `security`"), DocumentQuery),
    responses((status = 200, description = "The text.", body = DocumentOut)))]
pub(crate) fn handle(word: Word, query: &DocumentQuery) -> Answer {
    let document = asked(word, query).ok_or(Problem::NotFound)?;
    let mut answer = http_kit::json(StatusCode::OK, &shown(document))?;
    answer.headers_mut().insert(CACHE_CONTROL, crate::CACHE);
    Ok(answer)
}

fn shown(document: &'static Document) -> DocumentOut {
    let listed = |document: &Document| DocumentVersionOut {
        version: document.version,
        effective: document.effective.to_string(),
        sha256: document.sha256,
    };
    DocumentOut {
        document: document.id.as_str(),
        version: document.version,
        effective: document.effective.to_string(),
        sha256: document.sha256,
        text: document.text,
        versions: documents::archive(document.id)
            .iter()
            .rev()
            .map(listed)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(word: &str, version: Option<&str>) -> Answer {
        handle(word.parse()?, &DocumentQuery::of(version))
    }

    #[test]
    fn the_current_text_is_given_with_its_hash_and_archive() {
        let answer = get("dpa", None).expect("a text");
        let body: serde_json::Value = serde_json::from_slice(answer.body()).expect("JSON");
        let current = documents::current(DocumentId::Dpa);
        assert_eq!(
            (body["sha256"].as_str(), body["text"].as_str()),
            (Some(current.sha256), Some(current.text))
        );
        assert_eq!(body["versions"][0]["version"], current.version);
        assert_eq!(
            body["effective"].as_str().map(str::len),
            Some("2026-11-23".len())
        );
    }

    #[test]
    fn an_unknown_text_or_version_is_not_found() {
        assert!(matches!(get("imprint", None), Err(Problem::NotFound)));
        assert!(matches!(
            get("terms", Some("1999-01-01")),
            Err(Problem::NotFound)
        ));
        assert!(get("terms", Some(documents::current(DocumentId::Terms).version)).is_ok());
    }
}
