//! Numbers of payment cards. None ever comes to us by our own doing, but people write anything anywhere, and vendors quote
//! it: what looks like one is in no log line.

/// The shortest and the longest number that a card has.
const SHORTEST: usize = 13;
const LONGEST: usize = 19;
/// The shortest that begins with 2. A shorter one is a moment in milliseconds, from 2033 on.
const SHORTEST_OF_TWO: usize = 16;

/// Whether a text is the number of a card, or has one among its words. Groups apart count only where they are the whole text:
/// within a longer one a dash may as well join the parts of an id.
pub(crate) fn is_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    let stands = |at: usize| ends(bytes, at, false).is_some();
    ends(bytes, 0, true) == Some(bytes.len()) || (0..bytes.len()).any(stands)
}

/// Takes the numbers of cards out of a text, in one piece or in groups.
pub(crate) fn cut(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let (mut kept_to, mut at) = (0, 0);
    while at < bytes.len() {
        match ends(bytes, at, true) {
            Some(end) => {
                out.push_str(&text[kept_to..at]);
                out.push_str("[card]");
                at = end;
                kept_to = end;
            }
            None => at += 1,
        }
    }
    out.push_str(&text[kept_to..]);
    out
}

/// Where the number of a card ends that begins here, if one does. The brands begin with 2 to 6.
fn ends(bytes: &[u8], start: usize, in_groups: bool) -> Option<usize> {
    let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let begins = matches!(bytes.get(start), Some(b'2'..=b'6'));
    if !begins || start.checked_sub(1).is_some_and(is_word) {
        return None;
    }
    let shortest = match bytes.get(start) {
        Some(b'2') => SHORTEST_OF_TWO,
        _ => SHORTEST,
    };
    let (mut digits, mut found) = (Vec::with_capacity(LONGEST), None);
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b'0'..=b'9' if digits.len() < LONGEST => digits.push(byte - b'0'),
            b' ' | b'-' if in_groups && bytes[at - 1].is_ascii_digit() => continue,
            _ => break,
        }
        if digits.len() >= shortest && !is_word(at + 1) && has_check_digit(&digits) {
            found = Some(at + 1);
        }
    }
    found
}

/// The check of ISO/IEC 7812-1, which nine of ten other numbers fail.
fn has_check_digit(digits: &[u8]) -> bool {
    let doubled = |digit: u8| digit * 2 / 10 + digit * 2 % 10;
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => *digit,
            _ => doubled(*digit),
        })
        .map(u32::from)
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Capture;

    /// Numbers that payment processors publish for tests.
    const CARDS: [&str; 6] = [
        "4242424242424242",
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "5555555555554444",
        "378282246310005",
        "6205500000000000004",
    ];
    /// What looks a little like one.
    const OTHERS: [&str; 8] = [
        "4242424242424241",
        "1795456800000",
        "2000000000008",
        "-1001234567890",
        "8f3c2b1a-4242-4242-8424-242424242424",
        "1-5759e988-bd862e3fe1be46a994272793",
        "fan_01JABCDEFGHJKMNPQRSTVWXYZ0",
        "status 503 at 12:30:45, host 127.0.0.1:8080",
    ];

    #[test]
    fn p10_what_looks_like_the_number_of_a_card_is_in_no_log_line() {
        let capture = Capture::default();
        let guard = capture.install("telemetry");
        for card in CARDS {
            let chain = format!("503 for {card}, once more ({card})");
            tracing::warn!(job.id = card, error.chain = chain, "refused");
        }
        drop(guard);
        let lines = capture.lines();
        assert_eq!(lines.len(), CARDS.len());
        for line in &lines {
            assert_eq!(line["job.id"], "[invalid]");
            assert_eq!(line["error.chain"], "503 for [card], once more ([card])");
        }
    }

    #[test]
    fn moments_ids_and_numbers_without_the_check_digit_stay() {
        for other in OTHERS {
            assert!(!is_in(other), "{other}");
            assert_eq!(cut(other), other);
        }
    }
}
