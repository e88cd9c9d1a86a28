//! Pages that show an archive to a person without a network: no script, no request, nothing of a fan's that is not escaped.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::value::{RawValue, to_raw_value};

use crate::Error;
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

/// What stands before a page's body.
pub(crate) fn head(title: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1 dir=\"auto\">{title}</h1>\n"
    )
}

/// What stands behind it.
pub(crate) const END: &str = "</body>\n</html>\n";

/// The name of a section's page.
pub(crate) fn page_name(section: &str, number: usize) -> String {
    format!("{section}-{number:06}.html")
}

/// Appends a record, its values as canonical JSON.
pub(crate) fn push_record<'a>(
    out: &mut String,
    number: u64,
    fields: impl Iterator<Item = (&'a str, &'a RawValue)>,
) -> Result<(), Error> {
    let _ = write!(out, "<article><h2>{number}</h2>");
    push_list(out, fields)?;
    out.push_str("</article>\n");
    Ok(())
}

fn push_list<'a>(
    out: &mut String,
    fields: impl Iterator<Item = (&'a str, &'a RawValue)>,
) -> Result<(), Error> {
    out.push_str("<dl>");
    for (name, value) in fields {
        let _ = write!(
            out,
            "<dt dir=\"auto\">{}</dt><dd dir=\"auto\">",
            escaped(name)
        );
        push_value(out, value)?;
        out.push_str("</dd>");
    }
    out.push_str("</dl>");
    Ok(())
}

fn push_value(out: &mut String, value: &RawValue) -> Result<(), Error> {
    let json = value.get();
    match json.as_bytes().first() {
        Some(b'"') => out.push_str(&escaped(&serde_json::from_str::<String>(json)?)),
        Some(b'[') => {
            out.push_str("<ul>");
            for item in serde_json::from_str::<Vec<&RawValue>>(json)? {
                out.push_str("<li dir=\"auto\">");
                push_value(out, item)?;
                out.push_str("</li>");
            }
            out.push_str("</ul>");
        }
        Some(b'{') => {
            let map: BTreeMap<String, &RawValue> = serde_json::from_str(json)?;
            push_list(out, map.iter().map(|(name, value)| (name.as_str(), *value)))?;
        }
        _ if json == "null" => out.push('–'),
        _ => out.push_str(&escaped(json)),
    }
    Ok(())
}

/// Where a section's page leads: above and below its records.
pub(crate) fn links(section: &str, number: usize, more: bool) -> String {
    let mut links = String::from("<p><a href=\"../index.html\">Overview</a>");
    if number > 1 {
        let back = page_name(section, number - 1);
        let _ = write!(links, " · <a href=\"{back}\">Back</a>");
    }
    if more {
        let next = page_name(section, number + 1);
        let _ = write!(links, " · <a href=\"{next}\">Next</a>");
    }
    links.push_str("</p>\n");
    links
}

/// The first page. `pages` gives the number of pages of each section.
pub(crate) fn index(
    about: &Head,
    sections: &[SectionEntry],
    pages: &[usize],
) -> Result<String, Error> {
    let mut page = head("Your data");
    let due = about.due.iter().map(|due| (due.rule.as_str(), &due.at));
    let facts = [
        ("Request", &about.request),
        ("Received", &about.created_at),
        ("As of", &about.as_of),
        ("About", &about.subject),
        ("Id", &about.subject_id),
        ("Workspace", &about.tenant),
    ];
    let facts = facts.into_iter().chain(due);
    let facts = facts
        .map(|(name, text)| Ok((name, to_raw_value(text)?)))
        .collect::<Result<Vec<_>, Error>>()?;
    push_list(&mut page, facts.iter().map(|(name, text)| (*name, &**text)))?;
    for (section, &pages) in sections.iter().zip(pages) {
        let _ = write!(
            page,
            "<h2 dir=\"auto\">{}</h2><p>{} records",
            escaped(&section.title),
            section.records
        );
        for number in 1..=pages {
            let _ = write!(
                page,
                " · <a href=\"html/{}\">{number}</a>",
                page_name(&section.name, number)
            );
        }
        page.push_str("</p>\n");
        if !section.withheld.is_empty() {
            let _ = writeln!(
                page,
                "<p>Held and not exported (secrets and technical values): {}</p>",
                escaped(&section.withheld.join(", "))
            );
        }
    }
    page.push_str(END);
    Ok(page)
}
