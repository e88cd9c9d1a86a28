//! Signs that stand in place of a word: a weapon, a grave, a skull.

/// How the words begin that are read for such a sign. No language has a word that does.
const SIGN: &str = "sign";

/// What a sign is read as by the rules (`lexicon/net.rs`).
fn word(c: char) -> Option<&'static str> {
    Some(match c {
        '💀' | '☠' => "signdeath",
        '⚰' | '🪦' => "signgrave",
        '🔪' | '🗡' => "signblade",
        '🔫' => "signgun",
        _ => return None,
    })
}

/// A text with words in place of its signs; nothing where it has none.
pub(crate) fn spelled(text: &str) -> Option<String> {
    let mut signs = text.chars().filter_map(word).peekable();
    signs.peek()?;
    let mut spelled = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match word(c) {
            Some(word) => {
                spelled.push(' ');
                spelled.push_str(word);
                spelled.push(' ');
            }
            None => spelled.push(c),
        }
    }
    Some(spelled)
}

/// Whether a folded word was a sign.
pub(crate) fn is_sign(word: &str) -> bool {
    const WORDS: [&str; 4] = ["death", "grave", "blade", "gun"];
    word.strip_prefix(SIGN)
        .is_some_and(|rest| WORDS.contains(&rest))
}

#[cfg(test)]
mod tests {
    use super::{is_sign, spelled, word};

    #[test]
    fn only_a_text_with_signs_is_read_a_second_time() {
        assert_eq!(spelled("i love this 😍 so much"), None);
        let read = spelled("wanna 💀 now").expect("a sign");
        assert_eq!(read, "wanna  signdeath  now");
        for sign in "💀☠⚰🪦🔪🗡🔫".chars() {
            assert!(word(sign).is_some_and(is_sign), "{sign}");
        }
        assert!(!is_sign("signs") && !is_sign("gun"));
    }
}
