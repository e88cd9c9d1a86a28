//! The allow-list: every field that may appear in a log line, and what its value may look like.

use crate::card;

/// What the value of a declared field may look like. A value of another shape is replaced by
/// `"[invalid]"`, so that a name or a sentence does not travel in a field meant for an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An id, code or route: ASCII letters, digits and `-_.:#/$*{}`, at most this many bytes.
    /// There is no blank and no `@`, so neither a sentence nor an e-mail address fits, and no number of a payment card.
    Token(usize),
    /// A number of any size, signed or not.
    Number,
    /// `true` or `false`.
    Bool,
    /// Text written by code, such as an error chain; redacted (see [`crate::redact`]) and cut
    /// after this many characters.
    Text(usize),
}

/// All fields that may be logged. Adding one is a decision about privacy: the value must never be
/// written by a fan, a creator or a vendor. Sorted by name.
pub const DECLARED: &[(&str, Shape)] = &[
    ("attempt", Shape::Number),
    ("bot.id", Shape::Token(64)),
    ("check", Shape::Token(64)),
    ("code", Shape::Token(64)),
    ("cold", Shape::Bool),
    ("count", Shape::Number),
    ("duration_ms", Shape::Number),
    ("error.chain", Shape::Text(1_000)),
    ("error.kind", Shape::Token(64)),
    ("failed", Shape::Number),
    ("function", Shape::Token(64)),
    ("job.id", Shape::Token(64)),
    ("job.kind", Shape::Token(64)),
    ("lane", Shape::Token(32)),
    ("limit", Shape::Number),
    ("location", Shape::Token(160)),
    ("operation", Shape::Token(64)),
    ("queue", Shape::Token(96)),
    ("request.id", Shape::Token(128)),
    ("retry_after_ms", Shape::Number),
    ("route", Shape::Token(128)),
    ("status", Shape::Number),
    ("table", Shape::Token(64)),
    ("tenant.id", Shape::Token(64)),
    ("trace.id", Shape::Token(64)),
    ("update.id", Shape::Number),
    ("update.kind", Shape::Token(64)),
    ("usage.event", Shape::Token(64)),
    ("usage.login", Shape::Token(32)),
    ("user.id", Shape::Token(64)),
    ("vendor", Shape::Token(32)),
];

/// The shape of a declared field, or `None` for a field that is not to be logged.
pub(crate) fn shape_of(name: &str) -> Option<(&'static str, Shape)> {
    DECLARED
        .binary_search_by(|(declared, _)| (*declared).cmp(name))
        .ok()
        .map(|index| DECLARED[index])
}

/// Whether `text` may stand in a [`Shape::Token`] field of at most `max` bytes.
pub(crate) fn is_token(text: &str, max: usize) -> bool {
    text.len() <= max
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.:#/$*{}".contains(&byte))
        && !card::is_in(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_fields_are_sorted_so_that_the_search_finds_each() {
        for (name, shape) in DECLARED {
            assert_eq!(shape_of(name), Some((*name, *shape)));
        }
        assert!(DECLARED.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn no_declared_field_is_meant_for_content() {
        for forbidden in [
            "text", "message", "body", "name", "email", "token", "username", "phone",
        ] {
            assert_eq!(shape_of(forbidden), None, "{forbidden}");
        }
    }

    #[test]
    fn a_token_holds_ids_and_neither_sentences_nor_addresses() {
        assert!(is_token("fan_01JABCDEFGHJKMNPQRSTVWXYZ0", 64));
        assert!(is_token("GET", 64));
        assert!(is_token("/api/v1/fans/{fan_id}", 64));
        assert!(!is_token("two words", 64));
        assert!(!is_token("someone@example.org", 64));
        assert!(!is_token("имя", 64));
        assert!(!is_token("abcd", 3));
    }
}
