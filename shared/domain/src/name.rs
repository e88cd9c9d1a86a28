//! What a person or a workspace may be called. Such a name stands in mails to people who have never heard of us, and above
//! what fans read: it must neither turn the text around it nor lead anywhere.

use thiserror::Error;

/// Longest name of a person or workspace, in characters.
pub const LONGEST: usize = 100;

/// What mail programs take for an address also without `https://`, because it ends so.
const ENDS: &[&str] = &[
    "app", "cc", "club", "co", "com", "dev", "example", "gg", "info", "io", "link", "live", "ly",
    "me", "net", "online", "org", "page", "ru", "shop", "site", "store", "top", "vip", "xyz",
];

/// Why a text is no name.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NameError {
    /// Nothing but spaces.
    #[error("a name is missing")]
    Empty,
    /// Longer than [`LONGEST`].
    #[error("a name has at most 100 characters")]
    TooLong,
    /// It holds control characters.
    #[error("a name has no control characters")]
    Control,
    /// It holds marks that change the direction of the text.
    #[error("a name has no marks that change the direction of the text")]
    Direction,
    /// It holds the address of a page.
    #[error("a name has no web address")]
    Address,
}

impl NameError {
    /// Its word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::TooLong => "too_long",
            Self::Control | Self::Direction => "invalid_name",
            Self::Address => "address_in_name",
        }
    }

    /// What people are told.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Empty => "Please enter a name.",
            Self::TooLong => "A name has at most 100 characters.",
            Self::Control => "A name has no control characters.",
            Self::Direction => "A name has no marks that change the direction of the text.",
            Self::Address => "A name has no web address in it.",
        }
    }
}

/// Whether somebody may be called so; spaces around it do not count.
///
/// # Errors
/// Why not.
pub fn check(text: &str) -> Result<(), NameError> {
    let name = text.trim();
    if name.is_empty() {
        return Err(NameError::Empty);
    }
    if name.chars().count() > LONGEST {
        return Err(NameError::TooLong);
    }
    if name.chars().any(char::is_control) {
        return Err(NameError::Control);
    }
    if name.chars().any(turns) {
        return Err(NameError::Direction);
    }
    match name.split_whitespace().any(is_address) {
        true => Err(NameError::Address),
        false => Ok(()),
    }
}

/// Marks of direction, and ends of lines that are no control characters. What joins letters stays: names need it.
const fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a word leads to a page, as mail programs see it.
fn is_address(word: &str) -> bool {
    let word = word.to_lowercase();
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.trim_matches(|c: char| !c.is_alphanumeric());
    let Some((before, end)) = host.rsplit_once('.') else {
        return word.contains("://");
    };
    let has_path = word.contains('/') && !end.is_empty();
    word.contains("://")
        || host.starts_with("www.")
        || (!before.is_empty() && (has_path || ENDS.contains(&end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_called_what_they_are_called() {
        for name in [
            "Mira Vale",
            " Ana ",
            "J. R. R. Holt",
            "J.R.R.Holt",
            "Mr.Beaumont",
            "O'Neill-Núñez",
            "نور\u{200c}آرا",
            "Nova & Lind / Studio",
            "Vol. 2",
            "🦀 Robin",
        ] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn a_name_neither_turns_the_text_nor_leads_anywhere() {
        for name in [
            "Mira \u{202e}elaV",
            "\u{2066}Mira",
            "Mi\u{200f}ra",
            "a\u{2028}b",
        ] {
            assert_eq!(check(name), Err(NameError::Direction), "{name:?}");
        }
        for name in [
            "Claim it at https://win.example/now",
            "win-now.example",
            "WWW.win-now.de",
            "t.me/win_now",
            "(win.com)",
            "Mira win.zip/now",
            "win.com:8080",
        ] {
            assert_eq!(check(name), Err(NameError::Address), "{name}");
        }
    }

    #[test]
    fn a_name_is_there_short_and_one_line() {
        assert_eq!(check("  "), Err(NameError::Empty));
        assert_eq!(check(&"ä".repeat(LONGEST)), Ok(()));
        assert_eq!(check(&"ä".repeat(LONGEST + 1)), Err(NameError::TooLong));
        assert_eq!(check("a\u{7}b"), Err(NameError::Control));
    }
}
