//! Whole texts: words found among spaces, marks and masks.

use crate::letters::{Script, is_letter, plain};
use crate::token;

/// Fewest single letters in a row that are one word spelled apart; more of them when only spaces part them, since
/// many languages have words of one letter.
const APART: usize = 3;
const APART_BY_SPACES: usize = 4;

/// Folds a text for matching: lower case words parted by single spaces.
///
/// Accents, invisible characters, apostrophes and punctuation are gone; digits and signs inside words are read as
/// letters (`su1c1de`), letters of another script as the ones they look like, stretched letters as one (`sooo`),
/// spelled-out words are joined (`k.i.l.l`) and masks inside words dropped (`su*cide`). Scripts without spaces keep
/// their characters together. Numbers stay, in ASCII digits. Folding a folded text changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let text = plain(text);
    let mut out = String::with_capacity(text.len() * 2);
    let mut word: Vec<char> = Vec::new();
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        if word.is_empty()
            && let Some((letters, end)) = spelled_apart(&text, at)
        {
            token::write(&letters, &mut out);
            at = end;
            continue;
        }
        let next = text.get(at + 1).copied();
        if is_word(c) || (belongs(c, word.last().copied(), next)) {
            word.push(c);
        } else if !vanishes(c, word.last().copied(), next) {
            token::write(&word, &mut out);
            word.clear();
        }
        at += 1;
    }
    token::write(&word, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Splits a folded text into its words.
#[must_use]
pub fn tokens(folded: &str) -> Vec<&str> {
    folded.split(' ').filter(|word| !word.is_empty()).collect()
}

fn is_word(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit()
}

/// Whether a sign stands for a letter of the word it is in.
fn belongs(c: char, before: Option<char>, next: Option<char>) -> bool {
    let next = next.is_some_and(is_letter);
    match c {
        '$' => next || before.is_some_and(is_letter),
        '@' | '!' | '|' => next && before.is_some_and(is_letter),
        _ => false,
    }
}

/// Whether a character inside a word only hides it: an apostrophe, a mask, a space between unspaced letters.
fn vanishes(c: char, before: Option<char>, next: Option<char>) -> bool {
    let (Some(before), Some(next)) = (before, next) else {
        return false;
    };
    let letters = is_letter(before) && is_letter(next);
    match c {
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | 'ʹ' | '′' => letters,
        '*' | '#' | '^' | '~' | '•' | '·' | '=' | '+' | '%' | '¡' | '■' | '█' | '×' => {
            letters || (c == '*' && (next == '*' || before == '*')) && is_letter(before)
        }
        ' ' | '\u{3000}' => Script::of(before).is_unspaced() && Script::of(next).is_unspaced(),
        _ => false,
    }
}

/// A word spelled with the same mark between all its letters, from here: its letters and where it ends.
fn spelled_apart(text: &[char], start: usize) -> Option<(Vec<char>, usize)> {
    let bounded = start == 0 || !is_word(text[start - 1]);
    let mark = *text.get(start + 1)?;
    let parts = mark == ' '
        || matches!(
            mark,
            '.' | '-' | '_' | '*' | '/' | ',' | '|' | '~' | '•' | '·' | '+' | '—' | '–'
        );
    if !bounded || !parts || !is_spaced_letter(text[start]) {
        return None;
    }
    let mut letters = vec![text[start]];
    let mut end = start + 1;
    while text.get(end) == Some(&mark)
        && let Some(&c) = text.get(end + 1)
        && (is_spaced_letter(c) || matches!(c, '0'..='9' | '@' | '$' | '!'))
        && !text.get(end + 2).is_some_and(|after| is_word(*after))
    {
        letters.push(c);
        end += 2;
    }
    let read = letters.iter().filter(|c| is_spaced_letter(**c)).count();
    let few = if mark == ' ' { APART_BY_SPACES } else { APART };
    let rare = mark == ' ' && letters.len() == APART && letters.iter().all(|c| !is_a_word(*c));
    if (letters.len() < few && !rare) || read < APART {
        return None;
    }
    // "i k i l l": the pronoun stands before the word.
    if mark == ' ' && letters[0] == 'i' && letters.len() > APART {
        return Some((vec!['i'], start + 2));
    }
    Some((letters, end))
}

fn is_spaced_letter(c: char) -> bool {
    is_letter(c)
        && matches!(
            Script::of(c),
            Script::Latin | Script::Cyrillic | Script::Greek | Script::Arabic | Script::Hebrew
        )
}

/// Letters that are words by themselves in some language.
fn is_a_word(c: char) -> bool {
    "aeiouyzwvàвиксуояіййабзц".contains(c)
        || matches!(Script::of(c), Script::Arabic | Script::Hebrew)
}

#[cfg(test)]
mod tests {
    use super::{fold, tokens};

    #[test]
    fn case_accents_and_punctuation_are_gone() {
        assert_eq!(
            fold("  Quiero MORIR,  mañana…¿Sí?"),
            "quiero morir manana si"
        );
        assert_eq!(fold("Ich möchte, daß Łódź"), "ich mochte dass lodz");
        assert_eq!(fold("don't j’ai I'm"), "dont jai im");
        assert_eq!(fold("Ёлка й Йод"), "елка й йод");
    }

    #[test]
    fn letters_that_are_not_what_they_seem_are_read() {
        assert_eq!(
            fold("k1ll my$elf su1c1d3 k!ll h@te ki11 w4nt"),
            "kill myself suicide kill hate kill want"
        );
        assert_eq!(fold("kіll mysеlf"), "kill myself");
        assert_eq!(fold("yбить ceбя"), "убить себя");
        assert_eq!(fold("𝓀𝒾𝓁𝓁 ｍｅ ᴋɪʟʟ"), "kill me kill");
    }

    #[test]
    fn invisible_and_masking_characters_do_not_part_a_word() {
        assert_eq!(fold("su\u{200b}ici\u{ad}de\u{fe0f}"), "suicide");
        assert_eq!(fold("su*cide s**cide k̶i̶l̶l̶"), "sucide scide kill");
        assert_eq!(fold("k-i-l-l s.u.i.c.i.d.e k i l l"), "kill suicide kill");
        assert_eq!(fold("i k i l l"), "i kill");
    }

    #[test]
    fn stretched_letters_are_let_go() {
        assert_eq!(
            fold("sooo killll helllo pleaseee diiiie"),
            "so kill hello please die"
        );
        assert_eq!(fold("оооочень"), "очень");
    }

    #[test]
    fn numbers_stay_numbers() {
        assert_eq!(
            fold("I'm 15, 17yo in 9th grade, im15 ١٥ १५"),
            "im 15 17 yo in 9 th grade im 15 15 15"
        );
        assert_eq!(fold("100$ at 10:30"), "100 at 10 30");
    }

    #[test]
    fn words_of_one_letter_are_not_joined() {
        assert_eq!(fold("ну и я в шоке"), "ну и я в шоке");
        assert_eq!(fold("o i a e"), "oiae");
        assert_eq!(fold("e o a"), "e o a");
    }

    #[test]
    fn arabic_devanagari_and_kana_have_one_spelling() {
        assert_eq!(fold("أُريـــد الموتى"), "اريد الموتي");
        assert_eq!(fold("मैं ज़िंदगी"), "मैं जिंदगी");
        assert_eq!(fold("シニタイ 死 に たい"), "しにたい死にたい");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in [
            "k1ll my-self, 9th!",
            "И я в Ё",
            "死 にたい",
            "s.u.i.c.i.d.e 100$ a b c d",
        ] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }

    #[test]
    fn tokens_are_the_words() {
        assert_eq!(tokens("kill my self"), ["kill", "my", "self"]);
        assert!(tokens("").is_empty());
    }
}
