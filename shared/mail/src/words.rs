//! What mails say, per language: one file each.

mod de;
mod en;

use domain::Timestamp;
use time::OffsetDateTime;

use crate::{Language, Template};

/// A mail before it has a form.
pub(crate) struct Words {
    pub(crate) subject: String,
    pub(crate) parts: Vec<Part>,
    /// Who we are and how we are reached; the address is added.
    pub(crate) footer: &'static str,
}

/// A piece of a mail.
pub(crate) enum Part {
    /// A paragraph.
    Text(String),
    /// A code to be typed.
    Code(String),
    /// A link with its label.
    Link { label: String, url: String },
}

impl Part {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn link(label: &str, url: &str) -> Self {
        Self::Link {
            label: label.to_owned(),
            url: url.to_owned(),
        }
    }
}

/// Says a fact in a language.
pub(crate) fn write(template: &Template, language: Language) -> Words {
    match language {
        Language::En => en::write(template),
        Language::De => de::write(template),
    }
}

/// `28 November 2026, 07:47 UTC`, with the language's months and the mark after the day.
fn moment(at: Timestamp, months: &[&str; 12], after_day: &str) -> String {
    let at =
        OffsetDateTime::from_unix_timestamp(at.seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{}{after_day} {} {}, {:02}:{:02} UTC",
        at.day(),
        months[usize::from(u8::from(at.month())) - 1],
        at.year(),
        at.hour(),
        at.minute()
    )
}
