//! Names that people chose, made fit for a mail that we sign.

/// Characters kept of a name.
const MAX_NAME: usize = 60;
/// Has no width and no meaning, but ends what a mail program would take for an address.
const WORD_JOINER: char = '\u{2060}';

/// A name as it may stand in a mail: one line, at most 60 characters, no control or direction characters, and nothing that
/// a mail program would turn into a link; somebody who calls a workspace `win-now.example` must not write in our name.
pub(crate) fn name(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .collect();
    let one_line = plain.split(' ').filter(|word| !word.is_empty());
    let mut short = one_line.collect::<Vec<_>>().join(" ");
    if short.chars().count() > MAX_NAME {
        short = short.chars().take(MAX_NAME - 1).collect();
        short.push('…');
    }
    unlink(&short)
}

/// Direction marks and overrides, zero-width characters, tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn unlink(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        let goes_on = rest.peek().is_some_and(|next| !next.is_whitespace());
        if matches!(c, '.' | '@' | ':' | '/') && goes_on {
            out.push(WORD_JOINER);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_short_line() {
        assert_eq!(name("  Mira\r\nBcc: x\t Vale\u{7} "), "Mira Bcc: x Vale");
        assert_eq!(name(&"ä".repeat(500)).chars().count(), MAX_NAME);
    }

    #[test]
    fn a_name_cannot_be_a_link_or_turn_the_text_around() {
        let read = name("https://evil.example/a me@evil.example \u{202e}abc");
        for link in ["://", "evil.example", "me@evil"] {
            assert!(!read.contains(link), "{read:?}");
        }
        assert!(!read.contains('\u{202e}'));
        assert_eq!(name("Dr. Vale"), "Dr. Vale");
    }
}
