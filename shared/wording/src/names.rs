//! Words of names, and the beginnings by which a search finds them.
//!
//! Unlike [`crate::fold`], which reads through disguises, this looks at one character at a time: what the beginning of a
//! word becomes never depends on its end, so that half a name finds the whole one. Changing what a name becomes leaves
//! rows behind under what it was: `infra/decisions/0028-fans-are-found-by-blind-marks.md`.

use crate::letters::{Script, is_letter, plain};

/// Letters of the shortest beginning that is kept.
const SHORTEST: usize = 2;
/// Beginnings kept of one word. A longer one is looked up by the longest kept, and compared afterwards.
const BEGINNINGS: usize = 5;

/// The words of a name or user name in their plainest form: lower case, no accents, no signs.
#[must_use]
pub fn name_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in plain(text) {
        if is_letter(c) || c.is_alphanumeric() {
            word.push(c);
        } else if !is_apostrophe(c) {
            words.push(std::mem::take(&mut word));
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The beginnings under which a word of a name is kept: up to five, from two letters on.
#[must_use]
pub fn beginnings(word: &str) -> Vec<&str> {
    let shortest = shortest(word);
    let cuts = (shortest..shortest + BEGINNINGS).map_while(|letters| cut(word, letters));
    cuts.collect()
}

/// The beginning to look a word of a search up by.
#[must_use]
pub fn longest_beginning(word: &str) -> &str {
    cut(word, shortest(word) + BEGINNINGS - 1).unwrap_or(word)
}

/// A name of one letter is found by it, and so is one in a script whose characters say as much as a syllable.
fn shortest(word: &str) -> usize {
    let first = word.chars().next().map_or(Script::Other, Script::of);
    let dense = matches!(first, Script::Han | Script::Hangul | Script::Kana);
    match dense || word.chars().nth(1).is_none() {
        true => 1,
        false => SHORTEST,
    }
}

/// The first letters of a word that has so many.
fn cut(word: &str, letters: usize) -> Option<&str> {
    let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.nth(letters.checked_sub(1)?)?;
    Some(&word[..end])
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | 'ʹ' | '′')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_without_case_accents_and_signs() {
        assert_eq!(
            name_words("José-María  O’Brien"),
            ["jose", "maria", "obrien"]
        );
        assert_eq!(name_words("Алёна ГРОМОВА 🌸"), ["алена", "громова"]);
        assert_eq!(name_words("mira_vale99"), ["mira", "vale99"]);
        assert_eq!(name_words("Łukasz Groß"), ["lukasz", "gross"]);
        assert!(name_words("🌸 !!").is_empty());
    }

    #[test]
    fn half_a_name_becomes_the_beginning_of_what_the_whole_one_becomes() {
        for name in [
            "Alexandra",
            "Çağla",
            "Günther",
            "Łódź",
            "Алёна",
            "ｍｉｒａ",
            "sooo",
            "k1ra",
            "Nguyễn",
        ] {
            let whole = name_words(name).concat();
            let mut half = String::new();
            for c in name.chars() {
                half.push(c);
                let begun = name_words(&half).concat();
                assert!(whole.starts_with(&begun), "{begun} {whole}");
            }
        }
    }

    #[test]
    fn a_word_is_kept_under_five_beginnings_at_most() {
        assert_eq!(
            beginnings("alexander"),
            ["al", "ale", "alex", "alexa", "alexan"]
        );
        assert_eq!(beginnings("bo"), ["bo"]);
        assert_eq!(beginnings("ян"), ["ян"]);
        assert_eq!(beginnings("x"), ["x"]);
        assert_eq!(beginnings("李小龙"), ["李", "李小", "李小龙"]);
    }

    #[test]
    fn every_beginning_of_a_kept_word_is_looked_up_where_it_is_kept() {
        for word in ["alexander", "громова", "李小龙", "김민수", "jo"] {
            for letters in shortest(word)..=word.chars().count() {
                let sought: String = word.chars().take(letters).collect();
                let looked_up = longest_beginning(&sought);
                assert!(beginnings(word).contains(&looked_up), "{sought} of {word}");
            }
        }
    }
}
