//! `GET /legal/{document}`

use domain::documents::{self, Document};
use http_kit::{Answer, Problem};

use crate::document::{DocumentQuery, Word, asked};
use crate::html::{self, rendered};

/// Shows a legal text as a page, with its fingerprint and the versions before it.
#[utoipa::path(get, path = "/legal/{document}", operation_id = "get_legal_page", tag = "legal",
    params(("document" = String, Path, description = "The word of a text, as `GET /legal` lists them"), DocumentQuery),
    responses((status = 200, description = "The page.", body = String, content_type = "text/html")))]
pub(crate) fn handle(word: Word, query: &DocumentQuery) -> Answer {
    let document = asked(word, query).ok_or(Problem::NotFound)?;
    let body = format!(
        "<main>\n{}{}</main>\n{}",
        notice(document),
        rendered(document.text),
        footer(document)
    );
    html::page(document.id.title(), &body)
}

/// Says on an older version that there is a newer one.
fn notice(document: &Document) -> String {
    let current = documents::current(document.id);
    if document == current {
        return String::new();
    }
    format!(
        "<p class=\"note\">This is version {}. The newest is <a href=\"/legal/{}\">version {}</a>.</p>\n",
        document.version, document.id, current.version
    )
}

fn footer(document: &Document) -> String {
    let versions: String = documents::archive(document.id)
        .iter()
        .rev()
        .map(|one| {
            format!(
                "<li><a href=\"/legal/{0}?version={1}\">{1}</a>, in force from {2}</li>\n",
                one.id, one.version, one.effective
            )
        })
        .collect();
    format!(
        "<footer>\n<p>Version {version}. SHA-256 of the text: <code>{sha256}</code>.\n\
         <a href=\"/api/v1/documents/{id}?version={version}\">The same as JSON</a>.</p>\n\
         <p>All versions:</p>\n<ul>\n{versions}</ul>\n</footer>\n",
        id = document.id,
        version = document.version,
        sha256 = document.sha256,
    )
}

#[cfg(test)]
mod tests {
    use domain::documents::DocumentId;

    use super::*;

    fn get(word: &str, version: Option<&str>) -> Result<String, Problem> {
        let answer = handle(word.parse()?, &DocumentQuery::of(version))?;
        Ok(String::from_utf8(answer.body().to_vec()).expect("text"))
    }

    #[test]
    fn every_version_of_every_text_is_a_page_without_script_or_foreign_parts() {
        for document in DocumentId::ALL.into_iter().flat_map(documents::archive) {
            let page = get(document.id.as_str(), Some(document.version)).expect("a page");
            assert!(page.contains(document.sha256), "{}", document.id);
            assert_eq!(page.matches("<h1>").count(), 1, "{}", document.id);
            for forbidden in ["<script", " src=", "<link", "<form", " on", "url("] {
                let elements: Vec<&str> = page
                    .split('<')
                    .skip(1)
                    .filter_map(|rest| rest.split_once('>'))
                    .map(|(tag, _)| tag)
                    .collect();
                let inside = elements
                    .iter()
                    .any(|tag| format!("<{tag}").contains(forbidden));
                assert!(!inside, "{} {forbidden}", document.id);
            }
        }
    }

    #[test]
    fn an_older_version_says_so_and_the_newest_does_not() {
        let oldest = documents::archive(DocumentId::Privacy)[0].version;
        let current = documents::current(DocumentId::Privacy).version;
        assert_ne!(oldest, current);
        let old = get("privacy", Some(oldest)).expect("a page");
        assert!(old.contains("class=\"note\"") && old.contains(&format!("version {current}</a>")));
        assert!(
            !get("privacy", None)
                .expect("a page")
                .contains("class=\"note\"")
        );
    }

    #[test]
    fn links_among_the_texts_lead_to_pages_that_exist() {
        for id in DocumentId::ALL {
            let page = get(id.as_str(), None).expect("a page");
            let ours = page.split("href=\"/legal/").skip(1);
            for target in ours
                .filter_map(|rest| rest.split_once('"'))
                .map(|(target, _)| target)
            {
                let (word, version) = match target.split_once("?version=") {
                    Some((word, version)) => (word, Some(version)),
                    None => (target, None),
                };
                assert!(get(word, version).is_ok(), "{id}: {target}");
            }
        }
    }

    #[test]
    fn an_unknown_text_or_version_is_not_found() {
        assert!(matches!(get("imprint", None), Err(Problem::NotFound)));
        assert!(matches!(
            get("terms", Some("1999-01-01")),
            Err(Problem::NotFound)
        ));
    }
}
