//! Pages that show an archive to a person without a network: no script, no request, nothing of a fan's that is not escaped.

use std::fmt::Write as _;

use serde_json::Value;

use crate::manifest::{Head, SectionEntry};

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid #888;padding:.5rem 0}dt{color:#555}dd{margin:0 0 .4rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere}";

/// Text as it may stand between tags and in quoted attributes. Control characters have no place in HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(letter),
            control if control.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

/// A whole page around its body.
fn page(title: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1 dir=\"auto\">{title}</h1>\n{body}</body>\n</html>\n"
    )
}

/// The name of a section's page.
pub(crate) fn page_name(section: &str, number: usize) -> String {
    format!("{section}-{number:06}.html")
}

/// Appends a record.
pub(crate) fn push_record<'a>(
    out: &mut String,
    number: u64,
    fields: impl Iterator<Item = (&'a str, &'a Value)>,
) {
    let _ = write!(out, "<article><h2>{number}</h2>");
    push_list(out, fields);
    out.push_str("</article>\n");
}

fn push_list<'a>(out: &mut String, fields: impl Iterator<Item = (&'a str, &'a Value)>) {
    out.push_str("<dl>");
    for (name, value) in fields {
        let _ = write!(
            out,
            "<dt dir=\"auto\">{}</dt><dd dir=\"auto\">",
            escaped(name)
        );
        push_value(out, value);
        out.push_str("</dd>");
    }
    out.push_str("</dl>");
}

fn push_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push('–'),
        Value::String(text) => out.push_str(&escaped(text)),
        Value::Array(items) => {
            out.push_str("<ul>");
            for item in items {
                out.push_str("<li dir=\"auto\">");
                push_value(out, item);
                out.push_str("</li>");
            }
            out.push_str("</ul>");
        }
        Value::Object(map) => {
            push_list(out, map.iter().map(|(name, value)| (name.as_str(), value)))
        }
        scalar => out.push_str(&escaped(&scalar.to_string())),
    }
}

/// One page of a section.
pub(crate) fn section_page(
    title: &str,
    name: &str,
    number: usize,
    more: bool,
    records: &str,
) -> String {
    let mut links = String::from("<p><a href=\"../index.html\">Overview</a>");
    if number > 1 {
        let _ = write!(
            links,
            " · <a href=\"{}\">Back</a>",
            page_name(name, number - 1)
        );
    }
    if more {
        let _ = write!(
            links,
            " · <a href=\"{}\">Next</a>",
            page_name(name, number + 1)
        );
    }
    links.push_str("</p>\n");
    page(
        &format!("{title}, page {number}"),
        &format!("{links}{records}{links}"),
    )
}

/// The first page. `pages` gives the number of pages of each section.
pub(crate) fn index(head: &Head, sections: &[SectionEntry], pages: &[usize]) -> String {
    let mut body = String::new();
    let due = head
        .due
        .iter()
        .map(|due| (due.rule.as_str(), Value::from(due.at.as_str())));
    let facts = [
        ("Request", &head.request),
        ("Received", &head.created_at),
        ("As of", &head.as_of),
        ("About", &head.subject),
        ("Id", &head.subject_id),
        ("Workspace", &head.tenant),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(name, text)| (name, Value::from(text.as_str())))
        .chain(due)
        .collect();
    push_list(&mut body, facts.iter().map(|(name, value)| (*name, value)));
    for (section, &pages) in sections.iter().zip(pages) {
        let _ = write!(
            body,
            "<h2 dir=\"auto\">{}</h2><p>{} records",
            escaped(&section.title),
            section.records
        );
        for number in 1..=pages {
            let _ = write!(
                body,
                " · <a href=\"html/{}\">{number}</a>",
                page_name(&section.name, number)
            );
        }
        body.push_str("</p>\n");
        if !section.withheld.is_empty() {
            let _ = writeln!(
                body,
                "<p>Held and not exported (secrets and technical values): {}</p>",
                escaped(&section.withheld.join(", "))
            );
        }
    }
    page("Your data", &body)
}
