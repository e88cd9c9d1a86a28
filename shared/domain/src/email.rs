//! E-mail addresses, parsed once.

use std::fmt;

use thiserror::Error;

/// The longest address that SMTP can carry (RFC 5321 §4.5.3.1.3).
pub const MAX_LENGTH: usize = 254;

/// Why a text is not an address that we can write to.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum ParseEmailError {
    /// It has another form.
    #[error("not an e-mail address")]
    Form,
    /// It has a character outside ASCII.
    #[error(
        "an e-mail address has Latin letters without accents only; write an international domain in its `xn--` form"
    )]
    NotAscii,
}

/// An address as its owner wrote it, trimmed. Prints nothing in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Accepts `local@domain.tld`: ASCII, one `@`, no white space or control characters, a dotted domain. International
    /// domains are written in punycode: outside ASCII, letters of two mailboxes have one lower-case form (U+212A is `k`).
    ///
    /// # Errors
    /// When the text is longer than [`MAX_LENGTH`], is not ASCII or has another form.
    pub fn parse(text: &str) -> Result<Self, ParseEmailError> {
        let text = text.trim();
        if !text.is_ascii() {
            return Err(ParseEmailError::NotAscii);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(ParseEmailError::Form)?;
        let well_formed = text.len() <= MAX_LENGTH
            && (1..=64).contains(&local.len())
            && !local.contains('@')
            && !text
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || "<>,;:\\\"()[]".contains(c))
            && domain.split('.').count() >= 2
            && domain.split('.').all(is_label);
        if well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseEmailError::Form)
        }
    }

    /// The address as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which an account is found: lower case, so that spelling cannot make a second account.
    pub fn normalised(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_accepted_and_trimmed() {
        assert_eq!(
            EmailAddress::parse(" Ana.B+tag@Example.co.uk ").map(|a| a.normalised()),
            Ok("ana.b+tag@example.co.uk".into())
        );
    }

    #[test]
    fn malformed_addresses_are_refused() {
        for text in [
            "",
            "a",
            "a@",
            "@b.cc",
            "a@b",
            "a@b..cc",
            "a b@c.dd",
            "a@-b.cc",
            "a@@b.cc",
            "a@b.cc\r\nBcc: x@y.zz",
        ] {
            let refused = EmailAddress::parse(text);
            assert_eq!(refused, Err(ParseEmailError::Form), "{text:?}");
        }
    }

    #[test]
    fn a_letter_outside_ascii_is_nobodys_so_it_finds_no_other_mailbox() {
        for text in [
            "mi\u{212A}e@example.com",
            "mike@e\u{212A}ample.com",
            "m\u{131}ke@example.com",
            "ana@b\u{fc}cher.example",
        ] {
            let refused = EmailAddress::parse(text);
            assert_eq!(refused, Err(ParseEmailError::NotAscii), "{text:?}");
        }
        assert!(EmailAddress::parse("ana@xn--bcher-kva.example").is_ok());
    }

    #[test]
    fn an_address_never_shows_in_debug_output() {
        let address = EmailAddress::parse("canary@example.com").expect("valid");
        assert!(!format!("{address:?}").contains("canary"));
    }
}
