//! M05: only what the fan has said.

use wording::{fold, near, tokens};

use crate::output::Draft;

/// Words of facts that say nothing by themselves, in the languages that fans write in most.
const FRAME: &str = " the and has have had with his her their fan user likes loves like love lives live works work from called named name age aged years old year \
    enjoys enjoy plays play into wants want goes going often always sometimes favourite favorite about for that this who they are was were been very does \
    le la el los las una uno con que por para gusta gustan vive trabaja tiene llama esta muy como der die das ein eine einen mit und hat wohnt arbeitet \
    heisst mag gern lebt von les des une dans avec aime habite travaille est qui pour il elle gli che vive lavora ama piace di del della ha si chiama \
    как что его ее она он любит живет работает зовут есть из для лет года gosta mora trabalha tem chama ona ma lubi mieszka pracuje jest nazywa sie ";
/// Fewest of ten telling words that must be the fan's own.
const BORNE_OUT: usize = 6;
/// Fewest characters of a stem that two forms of a word share.
const STEM: usize = 4;

/// Refuses a fact most of whose telling words, or any of whose numbers, the fan did not write.
pub(super) fn refuses(draft: &Draft, fan_texts: &[&str]) -> bool {
    let said: Vec<String> = fan_texts.iter().map(|text| fold(text)).collect();
    let said_words: Vec<&str> = said.iter().flat_map(|text| tokens(text)).collect();
    let telling: Vec<&str> = tokens(&draft.folded)
        .into_iter()
        .filter(|word| is_telling(word))
        .collect();
    let is_said = |word: &str| {
        said_words.iter().any(|other| is_same(word, other))
            || (is_unspaced(word) && said.iter().any(|text| shares_pairs(word, text)))
    };
    let numbers_said = telling
        .iter()
        .filter(|word| word.bytes().all(|b| b.is_ascii_digit()))
        .all(|word| said_words.contains(word));
    let borne_out = telling.iter().filter(|word| is_said(word)).count();
    telling.is_empty() || !numbers_said || borne_out * 10 < telling.len() * BORNE_OUT
}

fn is_telling(word: &str) -> bool {
    let number = word.bytes().all(|b| b.is_ascii_digit());
    let long = word.chars().count() > 2 || is_unspaced(word);
    (number || long) && !FRAME.contains(&format!(" {word} "))
}

/// The same word, but for a slip or its ending.
fn is_same(word: &str, other: &str) -> bool {
    if word == other || near(word, other) {
        return true;
    }
    let shared = word
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let longer = word.chars().count().max(other.chars().count());
    let ending = longer - shared;
    (shared >= STEM && ending <= 3) || (shared + 1 == STEM && ending <= 1)
}

fn is_unspaced(word: &str) -> bool {
    word.chars().any(
        |c| matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'),
    )
}

/// Whether most pairs of neighbouring characters of a word written without spaces stand in the text.
fn shares_pairs(word: &str, text: &str) -> bool {
    let signs: Vec<char> = word.chars().collect();
    let pairs: Vec<String> = signs.windows(2).map(|pair| pair.iter().collect()).collect();
    let shared = pairs
        .iter()
        .filter(|pair| text.contains(pair.as_str()))
        .count();
    !pairs.is_empty() && shared * 10 >= pairs.len() * BORNE_OUT
}

#[cfg(test)]
mod tests {
    use wording::Language;

    use super::super::admit;

    #[test]
    fn m05_only_what_the_fan_said_is_admitted() {
        for (fact, said) in [
            ("Works as a pilot in Madrid", "I had a long day at work"),
            ("Has two sons", "hello there"),
            ("Likes sailing", ""),
            ("Turned 34 in May", "my birthday was in may, I turned old"),
            ("是一名医生", "我今天很累"),
            ("Has a fan name", "fan name"),
        ] {
            assert_eq!(admit(fact, &[said], Language::English), None, "{fact}");
        }
        assert!(
            admit(
                "Works as a pilot in Madrid",
                &["I'm a pilot", "from madird"],
                Language::English
            )
            .is_some()
        );
    }
}
