//! Whose words a text is that an AI drafted and a person changed.

use std::collections::HashMap;

/// Letters that are looked at together: few texts share four in a row by chance.
const TOGETHER: usize = 4;
/// The same where a sign is a syllable or a word.
const TOGETHER_IN_SIGNS: usize = 2;
/// What an AI wrote must be so long before it counts that most of it was kept: "thank you" is nobody's.
const WORTH_KEEPING: usize = 16;

/// Whether a text that a person sends is still an AI's: half of what is sent stands in the draft, by its letters or by its
/// words, or most of the draft stands in what is sent. Case, marks, spaces and emoji are nobody's words. A person who says it
/// in other words, or in another language, has written it.
#[must_use]
pub fn is_still_ais(drafted: &str, text: &str) -> bool {
    let (drafted, text) = (wording::fold(drafted), wording::fold(text));
    let (written, sent) = (letters(&drafted), letters(&text));
    if written == sent {
        return true;
    }
    keeps_letters(&written, &sent) || keeps_words(&drafted, &text)
}

/// Whether half of what is sent are runs of letters of the draft, or most of the draft's runs are in what is sent.
fn keeps_letters(drafted: &[char], text: &[char]) -> bool {
    let length = match text.iter().filter(|c| is_sign(**c)).count() * 2 > text.len() {
        true => TOGETHER_IN_SIGNS,
        false => TOGETHER,
    };
    let (written, sent) = (pieces(drafted, length), pieces(text, length));
    let kept: usize = sent
        .iter()
        .map(|(piece, times)| (*times).min(written.get(piece).copied().unwrap_or(0)))
        .sum();
    let (all, sent): (usize, usize) = (written.values().sum(), sent.values().sum());
    let much_of_the_draft = all >= WORTH_KEEPING && kept * 4 >= all * 3;
    kept > 0 && (kept * 2 >= sent || much_of_the_draft)
}

/// Whether half of what is sent, in letters, are words of the draft in its order: a word changed here and there breaks many
/// runs of letters, and changes nobody's sentence. What is common to all talk ("I", "you") is short and weighs little.
fn keeps_words(drafted: &str, text: &str) -> bool {
    let (written, sent) = (wording::tokens(drafted), wording::tokens(text));
    let weight = |word: &str| word.chars().count();
    // The heaviest words in common and in order, up to each word of the draft.
    let mut kept = vec![0; written.len() + 1];
    for word in &sent {
        let mut before = 0;
        for (at, known) in written.iter().enumerate() {
            let with = match word == known {
                true => before + weight(word),
                false => 0,
            };
            before = kept[at + 1];
            kept[at + 1] = with.max(kept[at]).max(before);
        }
    }
    let all: usize = sent.iter().map(|word| weight(word)).sum();
    let most = kept.last().copied().unwrap_or(0);
    most > 0 && most * 2 >= all
}

fn letters(folded: &str) -> Vec<char> {
    folded.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A character of Chinese, Japanese or Korean.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..)
}

/// How often each run of so many letters stands in a text; a shorter text is one piece.
fn pieces(letters: &[char], length: usize) -> HashMap<&[char], usize> {
    let mut found: HashMap<&[char], usize> = HashMap::new();
    for piece in letters.windows(length.min(letters.len()).max(1)) {
        *found.entry(piece).or_default() += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::is_still_ais;

    const DRAFT: &str = "Thank you so much, that made my day! I was hiking near the lake all weekend. What did you do?";

    #[test]
    fn i02_a_draft_that_was_touched_here_and_there_stays_the_ais() {
        let changed = [
            "Thank you so much, that made my day! I was hiking near the lake all weekend. What did you do",
            "thank you so much that made my day!! I was hiking near the lake all weekend... What did you do? 😘",
            "Hey Robin! Thank you so much, that made my day! I was hiking at the lake all weekend. What did you do?",
            "Thank you so much, that made my day!",
            "I was hiking near the lake all weekend. And you?",
            "Tһank you so muсh, that made mу day! I was hiking near the lake all weekend. What did you do?",
            "What did you do? I was hiking near the lake all weekend. Thank you so much, that made my day!",
        ];
        for text in changed {
            assert!(is_still_ais(DRAFT, text), "{text}");
        }
        for (draft, text) in [
            ("hi", "hi!"),
            ("Danke dir!", "danke dir"),
            ("谢谢你,今天过得怎么样?", "谢谢你,今天过得好吗?"),
            (
                "ありがとう!今日は何をしたの?",
                "ありがとう!今日は何してたの?",
            ),
            ("고마워! 오늘 뭐 했어?", "고마워!! 오늘은 뭐 했어?"),
            (
                "Спасибо тебе большое! Как прошёл день?",
                "Спасибо тебе! Как прошёл день?",
            ),
        ] {
            assert!(is_still_ais(draft, text), "{text}");
        }
    }

    /// The draft with the first `of` of every `every` words replaced by a person's.
    fn with_words_of_their_own(every: usize, of: usize) -> String {
        let own = "Friday brought heavy snow here, so our train stopped between two villages until midnight came, \
            sorry about every single plan";
        let own = own.split_whitespace();
        let changed = DRAFT.split_whitespace().zip(own).enumerate();
        let words = changed.map(|(at, (word, own))| match at % every < of {
            true => own,
            false => word,
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn i02_one_character_changed_anywhere_leaves_it_the_ais() {
        for at in 0..DRAFT.len() {
            let mut text = DRAFT.to_owned();
            text.replace_range(at..=at, "x");
            assert!(is_still_ais(DRAFT, &text), "{text}");
        }
    }

    #[test]
    fn i02_a_word_changed_here_and_there_leaves_it_the_ais() {
        for every in 3..=20 {
            let text = with_words_of_their_own(every, 1);
            assert!(is_still_ais(DRAFT, &text), "{text}");
        }
        for (draft, text) in [
            (
                "Gestern war ich im Kino und danach noch lange spazieren.",
                "Gestern war ich im Theater und danach nur kurz spazieren.",
            ),
            (
                "Вчера я была в кино, а потом долго гуляла у реки.",
                "Вчера я была в театре, а потом немного гуляла у дома.",
            ),
        ] {
            assert!(is_still_ais(draft, text), "{text}");
        }
    }

    #[test]
    fn a_draft_that_was_mostly_replaced_is_the_persons() {
        for (every, of) in [(3, 2), (4, 3), (5, 4), (20, 19), (20, 20)] {
            let text = with_words_of_their_own(every, of);
            assert!(!is_still_ais(DRAFT, &text), "{text}");
        }
        let own =
            "My sister came over and we cooked for nine people, then nobody washed a single plate.";
        for kept in [
            "Thank you so much, that made my day!",
            "I was hiking near the lake all weekend.",
            "What did you do?",
        ] {
            let text = format!("{kept} {own}");
            assert!(!is_still_ais(DRAFT, &text), "{text}");
        }
    }

    #[test]
    fn i02_a_draft_that_a_person_sends_among_their_own_words_stays_the_ais() {
        let long = "By the way, the new set is out on Friday, I have been editing photographs for three weeks and \
            could not sleep for excitement. My sister says hello too, she helped with every costume there is.";
        assert!(is_still_ais(DRAFT, &format!("{DRAFT} {long}")));
    }

    #[test]
    fn what_a_person_wrote_anew_is_the_persons() {
        for text in [
            "Aww, you are sweet. I spent Saturday and Sunday outdoors, how about you?",
            "Call me tomorrow please, I would rather tell you in my own words.",
            "Danke dir! Ich war das ganze Wochenende wandern. Und du?",
            "no",
            "👍",
        ] {
            assert!(!is_still_ais(DRAFT, text), "{text}");
        }
        for (draft, text) in [
            ("hi", "hey, good to hear from you"),
            (
                "It was fine. And yours?",
                "Thank you for asking! How is yours?",
            ),
            ("谢谢你,今天过得怎么样?", "我昨天很忙,晚点再聊吧。"),
            ("👍", "sure, let us do that"),
        ] {
            assert!(!is_still_ais(draft, text), "{text}");
        }
    }

    #[test]
    fn a_courtesy_in_a_text_of_ones_own_makes_it_nobody_elses() {
        let own = "Thank you! I have just come home from the dentist and cannot feel my face, so give me an hour.";
        assert!(!is_still_ais("Thank you!", own));
    }
}
