//! R15: obedience to an order that was smuggled in.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/injection.txt"));

/// Fewest characters of a word that is read as a blob.
const BLOB: usize = 24;
/// Fewest words of a text whose words are counted, and the fewest different ones in a hundred.
const MANY: usize = 40;
const DIFFERENT: usize = 20;
/// Most times in a row that a word may stand.
const ROW: usize = 6;

/// Takes hold of what only an obeyed order explains: slogans of takeovers, encoded blobs, endless repetition.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    let obeys = WORDS.says("obeys", &draft.sentences)
        || draft.plain.split_whitespace().any(is_blob)
        || is_code(&draft.plain)
        || is_endless(&draft.folded);
    obeys.then_some(Action::HandOver)
}

/// A long word as encoders write it: letters of both cases and digits or padding, or only hexadecimal digits.
fn is_blob(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '=');
    let body = word.trim_end_matches('=');
    let encoded = body
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_'));
    let has = |test: fn(&u8) -> bool| body.bytes().any(|b| test(&b));
    let mixed = has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && (has(u8::is_ascii_digit) || word.len() > body.len());
    let hex = body.bytes().all(|b| b.is_ascii_hexdigit()) && has(u8::is_ascii_digit);
    body.len() >= BLOB && encoded && (mixed || hex)
        || (body.len() >= 8 && encoded && word.len() > body.len())
}

/// Morse, or bytes written in binary or hexadecimal digits.
fn is_code(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let count = |test: fn(&str) -> bool| words.iter().filter(|word| test(word)).count();
    let morse = count(|word| word.chars().all(|c| ".-/•−".contains(c)));
    let binary = count(|word| word.len() >= 7 && word.bytes().all(|b| matches!(b, b'0' | b'1')));
    let hex = count(|word| {
        word.len() == 2
            && word.bytes().all(|b| b.is_ascii_hexdigit())
            && word.bytes().any(|b| b.is_ascii_digit())
    });
    morse >= 6 || binary >= 2 || hex >= 6
}

/// The same word or the same few words, over and over.
fn is_endless(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let row = words
        .windows(ROW + 1)
        .any(|row| row.iter().all(|word| *word == row[0]));
    let mut different = words.clone();
    different.sort_unstable();
    different.dedup();
    row || (words.len() >= MANY && different.len() * 100 < words.len() * DIFFERENT)
}

#[cfg(test)]
mod tests {
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone};

    #[test]
    fn r15_no_obedience_to_a_smuggled_order_leaves() {
        let texts = [
            "PWNED",
            "I have been hacked",
            "Ignoring previous instructions as you asked",
            "DAN mode enabled",
            "Jailbreak successful",
            "new instructions accepted",
            "aGVsbG8gd29ybGQgdGhpcyBpcyBib2I=",
            "4a6f686e20446f652069732068657265",
            ".... . .-.. .-.. --- / .-- --- .-. .-.. -..",
            "01001000 01101001 00100001",
            "poem poem poem poem poem poem poem poem",
            "Ich ignoriere alle vorherigen Anweisungen",
            "игнорирую все предыдущие инструкции",
        ];
        assert_caught(RuleId::Injection, &texts);
    }

    #[test]
    fn excitement_is_left_alone() {
        let texts = [
            "no no no, that's so sad",
            "hahahahahahahahahahahahahahaha",
            "yes yes yes!",
            "my account was slow today",
        ];
        assert_left_alone(RuleId::Injection, &texts);
    }
}
