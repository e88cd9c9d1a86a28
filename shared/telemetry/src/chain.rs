//! Error chains as one redacted line.

use std::error::Error;

use crate::card;

/// Characters kept of an error chain.
const CHAIN_LIMIT: usize = 1_000;
/// Shortest run of digits that can be the bot id part of a Telegram token.
const BOT_ID_DIGITS: usize = 5;
/// Shortest secret part that is taken for a Telegram token; real ones have 35 characters.
const BOT_SECRET_LENGTH: usize = 20;

/// The messages of `error` and all its sources, outermost first, joined by `: `, redacted and cut
/// after 1,000 characters. A source that its parent already spelled out is not repeated.
///
/// Print a chain once, at the edge (the `lambda` crate does); never on the way there.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let message = cause.to_string();
        if !text.contains(&message) {
            text.push_str(": ");
            text.push_str(&message);
        }
        source = cause.source();
    }
    truncate(redact(&text), CHAIN_LIMIT)
}

/// Removes what must never be logged from text that a library wrote:
///
/// * Telegram bot tokens (`123456:AA...`, also with `%3A`), which HTTP clients print with the address;
/// * everything between double quotes, and what serde names as an unknown variant or field, because
///   parsers quote their input;
/// * numbers of payment cards;
/// * anything with an `@` in it (e-mail addresses).
pub fn redact(text: &str) -> String {
    let unquoted = card::cut(&cut_input_quotes(text));
    let mut out = String::with_capacity(unquoted.len());
    for word in unquoted.split_inclusive(|c: char| c.is_whitespace() || c == ',' || c == ';') {
        let body = word.trim_end_matches(|c: char| c.is_whitespace() || c == ',' || c == ';');
        let tail = &word[body.len()..];
        if body.contains('@') {
            out.push_str("[address]");
        } else {
            out.push_str(&cut_bot_tokens(body));
        }
        out.push_str(tail);
    }
    out
}

/// Cuts `text` after `limit` characters.
pub(crate) fn truncate(mut text: String, limit: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(limit) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Empties double-quoted spans and serde's `unknown variant`/`unknown field` spans.
fn cut_input_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['"', '`']) {
        let quote = if rest.as_bytes()[start] == b'"' {
            '"'
        } else {
            '`'
        };
        let before = &rest[..start];
        out.push_str(before);
        let after = &rest[start + 1..];
        let quoted = match quote {
            '"' => closing_quote(after),
            _ => after.find('`'),
        };
        // A quote that is never closed may be cut-off input: nothing after it is kept.
        let Some(end) = quoted else {
            out.push(quote);
            out.push('…');
            return out;
        };
        let names_input = quote == '"'
            || before.ends_with("unknown variant ")
            || before.ends_with("unknown field ");
        out.push(quote);
        out.push_str(if names_input { "…" } else { &after[..end] });
        out.push(quote);
        rest = &after[end + 1..];
    }
    out.push_str(rest);
    out
}

/// Position of the first double quote that is not escaped by a backslash.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(index),
            _ => {}
        }
    }
    None
}

/// Replaces `<digits>:<secret>` and `<digits>%3A<secret>` anywhere in a word.
fn cut_bot_tokens(word: &str) -> String {
    let bytes = word.as_bytes();
    let mut out = String::with_capacity(word.len());
    let mut kept_to = 0;
    let mut at = 0;
    while at < bytes.len() {
        let digits = run(&bytes[at..], |b| b.is_ascii_digit());
        if digits == 0 {
            at += 1;
            continue;
        }
        let colon = at + digits;
        let separator = if bytes[colon..].first() == Some(&b':') {
            1
        } else if bytes[colon..].len() >= 3 && bytes[colon..colon + 3].eq_ignore_ascii_case(b"%3A")
        {
            3
        } else {
            0
        };
        let secret = colon + separator;
        let length = run(&bytes[secret..], |b| {
            b.is_ascii_alphanumeric() || b == b'_' || b == b'-'
        });
        if separator > 0 && digits >= BOT_ID_DIGITS && length >= BOT_SECRET_LENGTH {
            out.push_str(&word[kept_to..at]);
            out.push_str("[token]");
            at = secret + length;
            kept_to = at;
        } else {
            at = colon.max(at + 1);
        }
    }
    out.push_str(&word[kept_to..]);
    out
}

fn run(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| wanted(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "1234567890:AAH-fake_fake_fake_fake_fake_fake_0";

    #[derive(Debug)]
    struct Layered(&'static str, Option<Box<Layered>>);

    impl std::fmt::Display for Layered {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Layered {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1
                .as_deref()
                .map(|inner| inner as &(dyn Error + 'static))
        }
    }

    #[test]
    fn a_chain_names_every_source_once() {
        let inner = Layered("connection refused", None);
        let middle = Layered(
            "sending the request: connection refused",
            Some(Box::new(inner)),
        );
        let outer = Layered("could not ring the doorbell", Some(Box::new(middle)));
        assert_eq!(
            chain(&outer),
            "could not ring the doorbell: sending the request: connection refused"
        );
    }

    #[test]
    fn a_long_chain_is_cut_on_a_character_boundary() {
        let long: &'static str = Box::leak("ж".repeat(3_000).into_boxed_str());
        let text = chain(&Layered(long, None));
        assert_eq!(text.chars().count(), 1_001);
    }

    #[test]
    fn bot_tokens_are_cut_out_of_addresses() {
        for text in [
            format!("error sending request for url (https://api.telegram.org/bot{TOKEN}/getMe)"),
            format!("GET /bot{}/getMe", TOKEN.replace(':', "%3A")),
            format!("GET /bot{}/getMe", TOKEN.replace(':', "%3a")),
            TOKEN.to_owned(),
        ] {
            let clean = redact(&text);
            assert!(!clean.contains("AAH-fake"), "{clean}");
            assert!(clean.contains("[token]"), "{clean}");
        }
    }

    #[test]
    fn what_parsers_quote_is_cut() {
        assert_eq!(
            redact(r#"invalid type: string "my \"secret\" text", expected u64 at line 1"#),
            r#"invalid type: string "…", expected u64 at line 1"#
        );
        assert_eq!(
            redact("unknown variant `private words`, expected `a` or `b`"),
            "unknown variant `…`, expected `a` or `b`"
        );
        assert_eq!(redact(r#"bad "never closed canary"#), "bad \"…");
    }

    #[test]
    fn addresses_of_people_are_cut() {
        assert_eq!(
            redact("no route to someone@example.org, stop"),
            "no route to [address], stop"
        );
    }

    #[test]
    fn plain_words_numbers_and_times_stay() {
        let text = "status 503 at 12:30:45, host 127.0.0.1:8080, T#01JABCDEFGHJKMNPQRSTVWXYZ0#";
        assert_eq!(redact(text), text);
    }
}
