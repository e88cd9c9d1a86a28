//! Replaces what identifies or pays: handles, addresses, long numbers, links, keys.
//!
//! By shape, not by meaning: a masked date is a small loss, a card number at a vendor is not. Numbers written in words
//! are not seen.

/// Fewest digits of a number that is masked: local phone numbers have seven.
const LONG_NUMBER: usize = 7;
/// Fewest characters of a key or wallet address.
const LONG_CODE: usize = 20;
/// Most characters between two digits of one number.
const MOST_SEPARATORS: usize = 3;

/// Names that end a bare address such as `example.com`. Only those that are no word of a language in which a space
/// after a full stop may be missing; anything with a scheme, `www.` or a path is found without them.
const DOMAINS: &[&str] = &[
    "biz", "cc", "ch", "com", "de", "dev", "eu", "fr", "gg", "info", "io", "ly", "net", "nl",
    "org", "pl", "ru", "tv", "ua", "uk", "xxx", "xyz",
];
/// Words before a short secret number.
const SECRETS: &[&str] = &["cvv", "cvv2", "cvc", "cvc2", "cid", "pin", "otp", "tan"];

/// The text with its identifiers replaced by words in brackets.
pub(super) fn masked(text: &str) -> String {
    without_numbers(&without_words(text))
}

fn without_words(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut after_secret = false;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        let space = &piece[word.len()..];
        let core = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let lower = core.to_lowercase();
        match mask_of(core, &lower, after_secret) {
            Some(mask) => masked.push_str(mask),
            None => masked.push_str(word),
        }
        masked.push_str(space);
        if !core.is_empty() {
            after_secret = SECRETS.contains(&lower.as_str())
                || (after_secret && matches!(lower.as_str(), "is" | "code" | "number"));
        }
    }
    masked
}

fn mask_of(core: &str, lower: &str, after_secret: bool) -> Option<&'static str> {
    if is_link(lower) {
        return Some("(link)");
    }
    if let Some(mask) = around_at(core) {
        return Some(mask);
    }
    if is_code(core) {
        return Some("(code)");
    }
    let digits = core.chars().filter(|c| c.is_numeric()).count();
    let only_digits = digits > 0 && digits == core.chars().count();
    let secret = after_secret && only_digits && (3..LONG_NUMBER).contains(&digits);
    (secret || is_labelled_secret(lower)).then_some("(number)")
}

fn is_link(lower: &str) -> bool {
    if lower.contains("://") || lower.starts_with("www.") || lower.starts_with("mailto:") {
        return true;
    }
    let host = lower.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let Some((name, top)) = host.rsplit_once('.') else {
        return false;
    };
    let named = name.chars().any(char::is_alphanumeric);
    let path = lower.len() > host.len() && top.len() >= 2 && top.chars().all(char::is_alphabetic);
    named && !lower.contains('@') && (DOMAINS.contains(&top) || path)
}

/// `@name` is a handle, `somebody@example.com` an address; `@` by itself is neither.
fn around_at(core: &str) -> Option<&'static str> {
    let named = |c: char| c.is_alphanumeric() || c == '_';
    let mut before = None;
    let mut chars = core.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '@' && chars.peek().copied().is_some_and(named) {
            return Some(if before.is_some_and(named) {
                "(email)"
            } else {
                "(handle)"
            });
        }
        before = Some(c);
    }
    None
}

/// Wallets, account numbers and keys: long, without a space, letters and digits mixed.
fn is_code(core: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':');
    core.len() >= LONG_CODE
        && core.chars().all(plain)
        && core.chars().filter(char::is_ascii_digit).count() >= 3
        && core.chars().any(|c| c.is_ascii_alphabetic())
}

/// `cvv:123`, `pin123`.
fn is_labelled_secret(lower: &str) -> bool {
    SECRETS.iter().any(|label| {
        lower.strip_prefix(label).is_some_and(|rest| {
            let rest = rest.trim_start_matches([':', '=', '#', '-']);
            rest.len() >= 3 && rest.chars().all(|c| c.is_ascii_digit())
        })
    })
}

fn without_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if !c.is_numeric() {
            masked.push(c);
            at += 1;
            continue;
        }
        if let Some(end) = end_of_date(&chars, at) {
            masked.extend(&chars[at..end]);
            at = end;
            continue;
        }
        let (end, digits) = end_of_number(&chars, at);
        if digits >= LONG_NUMBER {
            masked.push_str("(number)");
        } else {
            masked.extend(&chars[at..end]);
        }
        at = end;
    }
    masked
}

/// Where the number that begins here ends, separators included, and how many digits it has.
fn end_of_number(chars: &[char], start: usize) -> (usize, usize) {
    let separator = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '.' | '(' | ')' | '/' | '_' | '–' | '—' | ',' | '+' | '*' | '|'
            )
    };
    let (mut end, mut digits, mut gap) = (start, 0, 0);
    for (index, &c) in chars.iter().enumerate().skip(start) {
        if c.is_numeric() {
            digits += 1;
            gap = 0;
            end = index + 1;
        } else if separator(c) && gap < MOST_SEPARATORS {
            gap += 1;
        } else {
            break;
        }
    }
    (end, digits)
}

/// Where a date of this or the last century ends, if one begins here and nothing is glued to it.
fn end_of_date(chars: &[char], start: usize) -> Option<usize> {
    let number = |from: usize| {
        let digits: String = chars[from..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .take(5)
            .collect();
        let value: u32 = digits.parse().ok()?;
        Some((from + digits.len(), digits.len(), value))
    };
    let mark = *chars[start..].iter().find(|c| !c.is_ascii_digit())?;
    if !matches!(mark, '-' | '.' | '/') {
        return None;
    }
    let next = |at: usize| (chars.get(at) == Some(&mark)).then_some(at + 1);
    let (end, first_length, first) = number(start)?;
    let (end, _, second) = number(next(end)?)?;
    let (end, last_length, last) = number(next(end)?)?;
    let year = |length: usize, value: u32| length == 4 && (1900..2100).contains(&value);
    let day_and_month =
        |a: u32, b: u32| (1..=31).contains(&a) && (1..=31).contains(&b) && a.min(b) <= 12;
    let is_date = (year(first_length, first) && last_length <= 2 && day_and_month(second, last))
        || (year(last_length, last) && first_length <= 2 && day_and_month(first, second));
    let digit_at = |at: usize| chars.get(at).is_some_and(|c| c.is_numeric());
    let goes_on = digit_at(end) || (chars.get(end) == Some(&mark) && digit_at(end + 1));
    (is_date && !goes_on).then_some(end)
}
