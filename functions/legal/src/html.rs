//! A whole page from a text in Markdown: no script, no image, one style that the content policy names by its hash.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderValue, Response};
use http_kit::Answer;
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

/// The style of every page; a change of one byte changes its hash in [`POLICY`].
const STYLE: &str = include_str!("style.css");

/// What a browser may load for these pages: the style above and nothing else. `infra/headers.json` says the same.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'sha256-/mM4favdr8A/qnH/l7oyAfD60zerpjaxifHEK2/OmwA='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
);

/// A wide table scrolls by itself, so that a page is as wide as a telephone; the keyboard reaches it too.
const TABLE: &str = "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">";

/// A page with this title (plain text) and body (HTML).
pub(crate) fn page(title: &str, body: &str) -> Answer {
    let title = escaped(title);
    let text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} - Sofi CRM</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header><a href=\"/legal\">Sofi CRM: legal</a></header>\n{body}</body>\n</html>\n"
    );
    let mut answer = Response::new(Bytes::from(text));
    let headers = answer.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(CACHE_CONTROL, crate::CACHE);
    Ok(answer)
}

/// HTML of a text in Markdown with tables. HTML inside the text is shown as it is written and never becomes an element;
/// a link that leads elsewhere than to https, mail or our own pages loses its target.
pub(crate) fn rendered(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).flat_map(plain);
    let mut out = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut out, events);
    out
}

fn plain(event: Event<'_>) -> Vec<Event<'_>> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => vec![Event::Text(text)],
        Event::Start(Tag::Table(_)) => vec![Event::Html(TABLE.into()), event],
        Event::End(TagEnd::Table) => vec![event, Event::Html("</div>\n".into())],
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => Vec::new(),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => vec![Event::Start(Tag::Link {
            link_type,
            dest_url: safe(link_type, dest_url),
            title,
            id,
        })],
        other => vec![other],
    }
}

fn safe(kind: LinkType, target: CowStr<'_>) -> CowStr<'_> {
    let ours = target.starts_with('/') && !target.starts_with("//");
    let known = ours || target.starts_with("https://") || kind == LinkType::Email;
    if known { target } else { "#".into() }
}

/// Text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use ring::digest::{SHA256, digest};
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_policy_names_the_style_by_its_hash() {
        let hash = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
        let policy = POLICY;
        let text = policy.to_str().expect("ASCII");
        assert!(
            text.contains(&format!("style-src 'sha256-{hash}';")),
            "{hash}"
        );
    }

    #[test]
    fn the_policy_is_that_of_the_edge() {
        let headers: Value =
            serde_json::from_str(include_str!("../../../infra/headers.json")).expect("JSON");
        let groups = headers["groups"].as_array().expect("groups");
        let legal = groups
            .iter()
            .find(|group| group["name"] == "legal")
            .expect("a group");
        assert_eq!(
            legal["headers"]["content-security-policy"],
            POLICY.to_str().expect("ASCII")
        );
    }

    #[test]
    fn a_page_is_complete_and_its_title_is_text() {
        let answer = page("<b>&\"", "<main></main>\n").expect("a page");
        let text = std::str::from_utf8(answer.body()).expect("text");
        assert!(text.starts_with("<!doctype html>\n<html lang=\"en\">"));
        assert!(text.contains("<title>&lt;b&gt;&amp;&quot; - Sofi CRM</title>"));
        assert_eq!(answer.headers()[CACHE_CONTROL], "public, max-age=300");
        assert_eq!(answer.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    }

    #[test]
    fn html_in_a_text_never_becomes_an_element() {
        let out = rendered(
            "a <script>alert(1)</script> b\n\n<img src=x onerror=y>\n\n![i](https://x.example/i.png)",
        );
        assert!(!out.contains("<script") && !out.contains("<img"), "{out}");
        assert!(out.contains("&lt;script&gt;"));
    }

    #[test]
    fn links_lead_to_https_mail_and_our_own_pages_only() {
        for (markdown, target) in [
            ("[a](https://x.example/y)", "https://x.example/y"),
            ("[a](/legal/terms)", "/legal/terms"),
            ("<a@example.org>", "mailto:a@example.org"),
            ("[a](//x.example)", "#"),
            ("[a](http://x.example)", "#"),
            ("[a](javascript:f)", "#"),
            ("[a](data:text/html,x)", "#"),
        ] {
            let out = rendered(markdown);
            assert!(
                out.contains(&format!("href=\"{target}\"")),
                "{markdown}: {out}"
            );
        }
    }

    #[test]
    fn a_table_is_wrapped_so_that_it_scrolls_alone() {
        let out = rendered("| a | b |\n|---|---|\n| 1 | 2 |\n");
        assert!(out.contains(&format!("{TABLE}<table>")), "{out}");
        assert!(out.contains("</table>\n</div>"), "{out}");
    }
}
