//! From words to a mail: subject, text and HTML. HTML carries no image, no script, no style sheet and no link but ours,
//! unchanged: nothing in it tells us whether it was opened.

use std::fmt;
use std::fmt::Write as _;

use crate::words::{self, Part, Words};
use crate::{Language, Template};

/// Where people reach us; in every mail (P02).
pub(crate) const SUPPORT: &str = "support@soficrm.com";

/// A mail ready for SES.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Codes and links open accounts: nothing of them may reach a log.
impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rendered(***)")
    }
}

/// Says a fact in a language.
pub fn render(template: &Template, language: Language) -> Rendered {
    let words = words::write(template, language);
    Rendered {
        text: text(&words),
        html: html(&words, language),
        subject: words.subject,
    }
}

fn text(words: &Words) -> String {
    let mut out = String::new();
    for part in &words.parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Code(code) => out.push_str(code),
            Part::Link { label, url } => {
                out.push_str(label);
                out.push_str(":\n");
                out.push_str(url);
            }
        }
        out.push_str("\n\n");
    }
    // The signature mark: mail programs leave the rest out of answers.
    out.push_str("-- \n");
    out.push_str(words.footer);
    out.push(' ');
    out.push_str(SUPPORT);
    out.push('\n');
    out
}

const PAGE_STYLE: &str =
    "margin:0;padding:24px;background:#f4f4f6;color:#1c1c22;font:16px/1.5 system-ui,sans-serif";
const CARD_STYLE: &str =
    "max-width:34em;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px";
const CODE_STYLE: &str = "font:700 28px/1.2 ui-monospace,monospace;letter-spacing:4px";
const FOOTER_STYLE: &str = "font-size:13px;color:#60606c";

fn html(words: &Words, language: Language) -> String {
    let mut out = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
         <body style=\"{PAGE_STYLE}\"><div style=\"{CARD_STYLE}\">",
        language.tag(),
        escape(&words.subject)
    );
    for part in &words.parts {
        add_html(&mut out, part);
    }
    let _ = write!(
        out,
        "<p style=\"{FOOTER_STYLE}\">{} <a href=\"mailto:{SUPPORT}\">{SUPPORT}</a></p></div></body></html>",
        escape(words.footer)
    );
    out
}

fn add_html(out: &mut String, part: &Part) {
    // Writing to a string cannot fail.
    let _ = match part {
        Part::Text(text) => write!(out, "<p>{}</p>", escape(text)),
        Part::Code(code) => write!(out, "<p style=\"{CODE_STYLE}\">{}</p>", escape(code)),
        Part::Link { label, url } => write!(
            out,
            "<p>{}:<br><a href=\"{url}\">{url}</a></p>",
            escape(label),
            url = escape(url)
        ),
    };
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::samples;

    fn all() -> impl Iterator<Item = (Template, Language, Rendered)> {
        samples().into_iter().flat_map(|template| {
            Language::ALL.map(|language| (template.clone(), language, render(&template, language)))
        })
    }

    #[test]
    fn every_mail_says_how_we_are_reached_and_has_a_subject_of_one_line() {
        for (template, language, mail) in all() {
            assert!(mail.text.contains(SUPPORT), "{template:?} {language:?}");
            assert!(mail.html.contains(SUPPORT), "{template:?} {language:?}");
            assert!(!mail.subject.is_empty() && !mail.subject.contains(['\r', '\n']));
        }
    }

    #[test]
    fn no_mail_loads_anything_or_leads_anywhere_but_to_its_own_link() {
        for (template, _, mail) in all() {
            for loading in ["<img", "<script", "<link", "url(", "src=", "@import"] {
                assert!(!mail.html.contains(loading), "{template:?} {loading}");
            }
            let links: Vec<_> = mail.html.split("href=\"").skip(1).collect();
            let own = template.link().map(escape);
            for link in links {
                let to = link.split('"').next().unwrap_or_default();
                assert!(
                    to == format!("mailto:{SUPPORT}") || Some(to) == own.as_deref(),
                    "{template:?} {to}"
                );
            }
        }
    }

    #[test]
    fn text_and_html_carry_the_same_link_and_code() {
        for (template, _, mail) in all() {
            if let Some(link) = template.link() {
                assert!(mail.text.contains(link), "{template:?}");
                assert!(mail.html.contains(&escape(link)), "{template:?}");
            }
            if let Template::VerifyAddress { code, .. } = &template {
                assert!(mail.text.contains(code) && mail.html.contains(code));
            }
        }
    }

    #[test]
    fn a_name_that_is_markup_stays_text() {
        for (template, _, mail) in all() {
            assert!(!mail.html.contains("<b>"), "{template:?}");
        }
        let removed = Template::MemberRemoved {
            workspace: "Vale & <b>Sons</b>".into(),
        };
        assert!(
            render(&removed, Language::En)
                .html
                .contains("Vale &amp; &lt;b&gt;Sons")
        );
    }

    #[test]
    fn the_two_languages_differ_in_every_mail() {
        for template in samples() {
            let [en, de] = Language::ALL.map(|language| render(&template, language));
            assert_ne!(en.subject, de.subject, "{template:?}");
            assert_ne!(en.text, de.text, "{template:?}");
        }
    }

    #[test]
    fn a_moment_is_written_as_the_language_does() {
        let template = Template::NewDevice {
            device: "Firefox".into(),
            when: domain::Timestamp::from_seconds(1_795_456_800),
        };
        let [en, de] = Language::ALL.map(|language| render(&template, language).text);
        assert!(en.contains("23 November 2026, 18:00 UTC"), "{en}");
        assert!(de.contains("23. November 2026, 18:00 UTC"), "{de}");
    }
}
