//! `GET /legal`

use domain::documents::{self, DocumentId};
use http_kit::Answer;

use crate::html;

/// Lists the legal texts, as a page.
#[utoipa::path(get, path = "/legal", operation_id = "get_legal_index", tag = "legal",
    responses((status = 200, description = "The page.", body = String, content_type = "text/html")))]
pub(crate) fn handle() -> Answer {
    let texts: String = DocumentId::ALL
        .into_iter()
        .map(|id| {
            format!(
                "<li><a href=\"/legal/{id}\">{}</a>, version {}</li>\n",
                id.title(),
                documents::current(id).version
            )
        })
        .collect();
    html::page(
        "Legal",
        &format!("<main>\n<h1>Legal</h1>\n<ul>\n{texts}</ul>\n</main>\n"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_listed() {
        let answer = handle().expect("a page");
        let page = std::str::from_utf8(answer.body()).expect("text");
        for id in DocumentId::ALL {
            assert!(page.contains(&format!("href=\"/legal/{id}\"")), "{id}");
        }
    }
}
