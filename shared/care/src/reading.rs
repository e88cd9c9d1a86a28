//! A text as the rules see it: folded words, and where its clauses end.

use std::fmt;

use wording::{fold, tokens};

/// How strongly a word is parted from the one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pause {
    /// Not at all.
    None,
    /// By a comma or the like.
    Clause,
    /// By the end of a sentence; no rule reads across it.
    Sentence,
}

/// A sign that tells a mood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Laughs,
    Skull,
    Weeps,
    Loves,
    Cheers,
    Asks,
    Calls,
}

impl Mark {
    fn of(c: char) -> Option<Self> {
        Some(match c {
            '?' | '？' | '؟' => Mark::Asks,
            '!' | '！' => Mark::Calls,
            _ if c < '\u{2600}' => return None,
            '😂' | '🤣' | '😹' | '😆' | '😅' | '😜' | '🤪' | '😄' | '😁' => {
                Mark::Laughs
            }
            '💀' | '☠' => Mark::Skull,
            '😢' | '💔' | '😭' | '😞' | '😔' | '🥺' | '🙏' | '🕊' => Mark::Weeps,
            '❤' | '😍' | '🥰' | '😘' | '💕' | '💖' | '😊' => Mark::Loves,
            '🔥' | '🎉' | '💪' | '👏' | '🥳' | '✨' | '👀' | '😎' => Mark::Cheers,
            _ => return None,
        })
    }
}

/// A text's words in order. Words of scripts without spaces are single characters. Debug prints no text.
pub(crate) struct Reading {
    pub(crate) words: Vec<Box<str>>,
    pub(crate) pauses: Vec<Pause>,
    /// Signs that tell a mood, each with the number of words before its clause.
    pub(crate) marks: Vec<(usize, Mark)>,
    /// Whether the last part was a single word with a full stop.
    stressed: bool,
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").field("words", &"***").finish()
    }
}

impl Reading {
    /// Folds a text and splits it.
    pub(crate) fn of(text: &str) -> Self {
        let mut reading = Reading {
            words: Vec::new(),
            pauses: Vec::new(),
            marks: Vec::new(),
            stressed: false,
        };
        let mut start = 0;
        let mut before = None;
        for (at, c) in text.char_indices() {
            let after = text[at + c.len_utf8()..].chars().next();
            if let Some(mark) = Mark::of(c) {
                reading.marks.push((reading.words.len(), mark));
            }
            if let Some(pause) = pause_at(c, before, after) {
                reading.push(&text[start..at], pause);
                start = at + c.len_utf8();
            }
            before = Some(c);
        }
        reading.push(&text[start..], Pause::Sentence);
        reading
    }

    fn push(&mut self, part: &str, pause: Pause) {
        let first = self.words.len();
        for token in tokens(&fold(part)) {
            split_unspaced(token, &mut self.words);
        }
        join_digits(&mut self.words, first);
        self.pauses.resize(self.words.len(), Pause::None);
        // "I. Want. To. Die.": full stops between single words only stress them.
        self.stressed = pause == Pause::Sentence
            && self.words.len() == first + 1
            && (first == 0 || self.stressed || self.pauses[first - 1] == Pause::Sentence);
        let pause = if self.stressed { Pause::Clause } else { pause };
        if let Some(last) = self.pauses.last_mut() {
            *last = pause.max(*last);
        }
    }
}

/// Joins two lone digits that stand apart from other numbers: "im 1 5" hides an age from whoever looks for "15".
fn join_digits(words: &mut Vec<Box<str>>, first: usize) {
    let digits = |word: Option<&Box<str>>| {
        word.map_or(0, |word| {
            if word.bytes().all(|byte| byte.is_ascii_digit()) {
                word.len()
            } else {
                0
            }
        })
    };
    let mut at = first;
    while at + 1 < words.len() {
        let before = at.checked_sub(1).filter(|before| *before >= first);
        let lone = digits(before.and_then(|before| words.get(before))) == 0
            && digits(words.get(at + 2)) == 0;
        if lone && digits(words.get(at)) == 1 && digits(words.get(at + 1)) == 1 {
            let second = words.remove(at + 1);
            words[at] = format!("{}{second}", words[at]).into();
        }
        at += 1;
    }
}

/// Splits a word of a script without spaces into characters; leaves any other as it is.
pub(crate) fn split_unspaced(token: &str, into: &mut Vec<Box<str>>) {
    let mut plain = String::new();
    for c in token.chars() {
        if is_unspaced(c) {
            if !plain.is_empty() {
                into.push(std::mem::take(&mut plain).into());
            }
            into.push(c.to_string().into());
        } else {
            plain.push(c);
        }
    }
    if !plain.is_empty() {
        into.push(plain.into());
    }
}

/// Kana, Han and Thai.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '々')
}

/// The pause a character makes. Dots that trail off make none, and marks inside a word hide it rather than end it.
fn pause_at(c: char, before: Option<char>, after: Option<char>) -> Option<Pause> {
    let ends = after.is_none_or(char::is_whitespace);
    match c {
        '\n' => Some(Pause::Sentence),
        // "9. Klasse": in some languages a number with a full stop is an ordinal.
        '.' if ends && before.is_some_and(|c| c.is_ascii_digit()) => Some(Pause::Clause),
        '.' if ends && before != Some('.') => Some(Pause::Sentence),
        '!' | '?' if ends || after == Some(c) => Some(Pause::Sentence),
        ';' if ends => Some(Pause::Sentence),
        '。' | '！' | '？' | '؟' | '।' | '؛' => Some(Pause::Sentence),
        ',' | ':' | '(' | ')' if ends || before.is_some_and(char::is_whitespace) => {
            Some(Pause::Clause)
        }
        ',' if before.is_some_and(char::is_alphabetic) => Some(Pause::Clause),
        '、' | '，' | '،' | '：' | '（' | '）' => Some(Pause::Clause),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Pause, Reading};

    fn read(text: &str) -> Vec<(String, Pause)> {
        let reading = Reading::of(text);
        reading
            .words
            .iter()
            .map(|word| word.to_string())
            .zip(reading.pauses)
            .collect()
    }

    #[test]
    fn sentences_and_clauses_are_told_apart() {
        let words = read("Hi there, you. Bye now");
        let pauses: Vec<Pause> = words.iter().map(|(_, pause)| *pause).collect();
        assert_eq!(
            pauses,
            [
                Pause::None,
                Pause::Clause,
                Pause::Sentence,
                Pause::None,
                Pause::Sentence
            ]
        );
    }

    #[test]
    fn full_stops_that_stress_or_trail_off_part_nothing() {
        let pauses = |text: &str| {
            read(text)
                .into_iter()
                .filter(|(_, p)| *p == Pause::Sentence)
                .count()
        };
        assert_eq!(pauses("I. Want. To. Go."), 1);
        assert_eq!(pauses("I just want to... go away"), 1);
    }

    #[test]
    fn words_without_spaces_are_read_by_character() {
        let words: Vec<String> = read("死にたいok")
            .into_iter()
            .map(|(word, _)| word)
            .collect();
        assert_eq!(words, ["死", "に", "た", "い", "ok"]);
    }

    #[test]
    fn two_digits_that_are_spelled_apart_are_one_number() {
        let words =
            |text: &str| -> Vec<String> { read(text).into_iter().map(|(word, _)| word).collect() };
        assert_eq!(words("im 1 5 ok"), ["im", "15", "ok"]);
        assert_eq!(words("1 2 3 go"), ["1", "2", "3", "go"]);
        assert_eq!(words("won 3, 2 lost"), ["won", "3", "2", "lost"]);
    }

    #[test]
    fn debug_shows_no_text() {
        assert!(!format!("{:?}", Reading::of("secret")).contains("secret"));
    }
}
