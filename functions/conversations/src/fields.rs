//! Fields that several bodies have: a text for Telegram, one of Telegram's message numbers.

use http_kit::FieldErrors;

/// Telegram's limit of a text, in UTF-16 units.
const LONGEST_TEXT: usize = 4_096;

/// Reports a text that Telegram would not take: 1 to 4,096 UTF-16 units, not only blanks.
pub(crate) fn check_text(errors: &mut FieldErrors, text: &str) {
    if !text.chars().any(is_seen) {
        errors.add("text", "required", "A message needs some text.");
    }
    if has_control(text) {
        let message = "There is a control character in this text, which Telegram does not take.";
        errors.add("text", "invalid_value", message);
    }
    if !fits(text) {
        errors.add(
            "text",
            "too_long",
            "Telegram takes at most 4,096 characters.",
        );
    }
}

/// Whether there is a control character in a text that is no blank.
pub(crate) fn has_control(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Whether a text is as short as Telegram's messages are.
pub(crate) fn fits(text: &str) -> bool {
    text.encode_utf16().count() <= LONGEST_TEXT
}

/// Whether a character shows: neither blank nor one of those that only join, part or turn others.
fn is_seen(c: char) -> bool {
    let joins = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{3164}' | '\u{2800}');
    !c.is_whitespace() && !c.is_control() && !joins
}

/// Reports a field that is there and no number, or one below `least`.
pub(crate) fn check_number(errors: &mut FieldErrors, field: &str, text: Option<&str>, least: i64) {
    if text.is_some_and(|text| number(text).is_none_or(|number| number < least)) {
        errors.add(
            field,
            "invalid_value",
            "This is not a Telegram message number.",
        );
    }
}

/// A number as we print it: no sign, no leading zero, at most twelve digits.
pub(crate) fn number(text: &str) -> Option<i64> {
    let plain = text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse::<i64>().ok().filter(|_| plain)?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_shows_something_and_holds_no_control_characters() {
        let wrong = |text: &str| {
            let mut errors = FieldErrors::new();
            check_text(&mut errors, text);
            errors.finish().is_err()
        };
        for text in ["", " \n\u{200b} ", "\u{feff}", "a\u{0}b", "\u{1b}[1m"] {
            assert!(wrong(text), "{text:?}");
        }
        for text in ["hi", "a\tb\r\nc", "👩\u{200d}🚀", "שלום\u{200f}", "."] {
            assert!(!wrong(text), "{text:?}");
        }
    }

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!(number("42"), Some(42));
        for text in ["", "042", "+42", "-1", "4.2", "1234567890123", "٤"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
