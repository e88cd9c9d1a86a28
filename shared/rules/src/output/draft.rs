//! A model's text, read once for all rules.

use wording::fold;

use super::r17_format::plain;
use crate::phrase::{Sentence, sentences};

/// Longest text whose words are read, in characters; a longer one is handed over anyway.
pub(super) const READ_LIMIT: usize = 6_000;

/// A text in the forms that rules look at.
pub(crate) struct Draft {
    /// As the model wrote it.
    pub(crate) raw: String,
    /// Plain text in lower case, as a fan would see it, with full stops of other scripts as ASCII ones.
    pub(crate) lower: String,
    /// Plain text, as a fan would see it.
    pub(crate) plain: String,
    /// Folded words parted by spaces.
    pub(crate) folded: String,
    /// Sentences of folded words.
    pub(crate) sentences: Vec<Sentence>,
}

impl Draft {
    pub(crate) fn read(text: &str, creator: &str) -> Self {
        let raw: String = text.chars().take(READ_LIMIT + 1).collect();
        let plain = plain(&raw);
        Self {
            lower: lower(&plain),
            folded: fold(&plain),
            sentences: sentences(&plain.replace(['⭐', '🌟'], " stars "), creator),
            plain,
            raw,
        }
    }

    /// The parts of the lower-case text between blanks.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &str> {
        self.lower.split_whitespace()
    }
}

/// The text in lower case, with ASCII signs for the ones that software takes for them or a fan reads as them.
fn lower(text: &str) -> String {
    // What makes an emoji of a sign is none itself: a keycap's digit is a digit.
    let drawn = |c: &char| !matches!(c, '\u{fe0f}' | '\u{20e3}');
    let signs: Vec<char> = text
        .to_lowercase()
        .chars()
        .filter(drawn)
        .map(ascii)
        .collect();
    let at = |place: Option<usize>| place.and_then(|place| signs.get(place));
    let is_beside = |place: usize, kind: fn(char) -> bool| {
        let (before, after) = (at(place.checked_sub(1)), at(Some(place + 1)));
        (
            before.is_some_and(|c| kind(*c)),
            after.is_some_and(|c| kind(*c)),
        )
    };
    signs
        .iter()
        .enumerate()
        .map(|(place, c)| match c {
            // The full stop of Chinese and Japanese, or a bullet, is one of a domain between Latin letters only.
            '。' | '｡' | '․' | '‧' | '·' | '•' | '∙' | '⋅' | '●' | '◦' | '・'
                if is_beside(place, |c| c.is_ascii_alphanumeric()) == (true, true) =>
            {
                '.'
            }
            // Beside a letter it may be part of a name, and a host with another dash is another host.
            dash if is_dash(*dash) && is_beside(place, char::is_alphabetic) == (false, false) => {
                '-'
            }
            _ => *c,
        })
        .collect()
}

/// Full-width and look-alike signs as the ASCII ones that software takes them for, every blank as a space and every
/// script's digits as ASCII ones.
fn ascii(c: char) -> char {
    match c {
        '\0'..='\u{7f}' => c,
        '\u{ff01}'..='\u{ff5e}' => u32::from(c)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        '⁄' | '∕' => '/',
        '﹫' => '@',
        '٪' | '﹪' => '%',
        // Looks like a space, though Unicode counts it as a sign.
        '\u{2800}' => ' ',
        _ if c.is_whitespace() => ' ',
        _ if c.is_numeric() => digit(c).unwrap_or(c),
        _ => c,
    }
}

/// Whether a sign is a hyphen, a dash or a minus, or drawn like one.
pub(super) fn is_dash(c: char) -> bool {
    const DRAWN_LIKE_ONE: &str = "-\u{58a}\u{5be}\u{1806}\u{2043}\u{207b}\u{208b}\u{2212}\u{2500}\u{2501}\u{2796}\u{2e3a}\u{2e3b}\u{301c}\u{fe58}\u{fe63}";
    matches!(c, '\u{2010}'..='\u{2015}') || DRAWN_LIKE_ONE.contains(c)
}

/// The ASCII digit of a decimal digit of another script.
fn digit(c: char) -> Option<char> {
    /// The zeros that nine more digits follow, mathematical ones last.
    const ZEROS: [u32; 41] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
        0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
        0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
        0x1fbf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
    ];
    let code = u32::from(c);
    let zero = ZEROS
        .into_iter()
        .find(|zero| (*zero..*zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

#[cfg(test)]
mod tests {
    use super::{digit, lower};

    #[test]
    fn blanks_dashes_and_digits_of_any_script_are_read_as_the_plain_ones() {
        for (text, read) in [
            (
                "5\u{a0}€, 5\u{202f}€, 5\u{2009}€, 5\u{3000}€",
                "5 €, 5 €, 5 €, 5 €",
            ),
            ("1\u{2011}2 3–4 5—6 7−8 9 – 1", "1-2 3-4 5-6 7-8 9 - 1"),
            ("٠١٥ ۰۹۱ ०१५ ๐๑๕ ０１５ 𝟎𝟏𝟓", "015 091 015 015 015 015"),
            ("0\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3}", "01"),
            ("20٪ \u{2800}﹪", "20%  %"),
            ("Ｍira．Lol\ntwo", "mira.lol\ntwo"),
        ] {
            assert_eq!(lower(text), read);
        }
        assert_eq!(digit('²'), None);
    }

    #[test]
    fn a_dash_beside_a_letter_stays_since_the_name_would_be_another() {
        assert_eq!(
            lower("mira–page.com mira–2.com"),
            "mira–page.com mira–2.com"
        );
    }
}
