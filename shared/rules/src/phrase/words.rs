//! Sentences as lists of folded words.

use std::ops::Range;

use wording::{fold, tokens};

/// Texts of up to this many words are also read as one sentence, since short messages are cut up carelessly
/// ("bot? me? never").
const SHORT: usize = 12;

/// The folded words of one sentence, and which of them are names.
#[derive(Clone, Default)]
pub(crate) struct Sentence {
    words: Vec<String>,
    names: Vec<String>,
    creator: Vec<String>,
    question: bool,
}

impl Sentence {
    fn of(text: &str, creator: &[String]) -> Self {
        Self {
            words: split(text),
            names: names(text),
            creator: creator.to_vec(),
            question: text.contains(['?', '？', '؟']),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    pub(crate) fn word(&self, at: usize) -> Option<&str> {
        self.words.get(at).map(String::as_str)
    }

    pub(super) fn is_question(&self) -> bool {
        self.question
    }

    pub(super) fn is_creator(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|word| self.creator.contains(word))
    }

    pub(super) fn is_name(&self, at: usize) -> bool {
        self.is_creator(at)
            || self
                .words
                .get(at)
                .is_some_and(|word| self.names.contains(word))
    }

    /// Replaces words by ones that fit nothing.
    pub(super) fn blank(&mut self, range: Range<usize>) {
        for word in &mut self.words[range] {
            word.clear();
        }
    }
}

/// Folds a text into words; in scripts without spaces every character is one.
pub(super) fn split(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words = Vec::new();
    for token in tokens(&folded) {
        let mut run = String::new();
        for c in token.chars() {
            if is_unspaced(c) {
                if !run.is_empty() {
                    words.push(std::mem::take(&mut run));
                }
                words.push(c.to_string());
            } else {
                run.push(c);
            }
        }
        if !run.is_empty() {
            words.push(run);
        }
    }
    words
}

/// Thai, kana and Han characters.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '々')
}

/// Words that are written like names: capitalised, and not because they begin the sentence.
fn names(sentence: &str) -> Vec<String> {
    sentence
        .split_whitespace()
        .skip(1)
        .filter(|word| {
            let mut letters = word.chars().filter(|c| c.is_alphabetic());
            letters.next().is_some_and(char::is_uppercase)
                && word.chars().nth(1).is_some_and(char::is_alphabetic)
                && letters.all(char::is_lowercase)
        })
        .flat_map(split)
        .collect()
}

/// The sentences of a text, and a short text also as a whole. `creator` is the creator's name, or empty.
pub(crate) fn sentences(text: &str, creator: &str) -> Vec<Sentence> {
    let creator: Vec<String> = split(creator)
        .into_iter()
        .filter(|word| word.chars().count() > 1)
        .collect();
    let mut found: Vec<Sentence> = cut(text)
        .into_iter()
        .map(|part| Sentence::of(part, &creator))
        .filter(|sentence| sentence.len() > 0)
        .collect();
    let words: usize = found.iter().map(Sentence::len).sum();
    if found.len() > 1 && words <= SHORT {
        found.push(Sentence::of(text, &creator));
    }
    found
}

/// Cuts a text at the ends of its sentences: a mark before a blank, a mark of Chinese or Japanese, a new line.
pub(crate) fn cut(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        let blank = text[next..]
            .chars()
            .next()
            .is_none_or(|after| !after.is_alphanumeric());
        let ends = match c {
            '\n' | '。' | '！' | '？' | '؟' | '।' | '…' => true,
            '.' | '!' | '?' | ';' | ':' => blank,
            _ => false,
        };
        if ends {
            parts.push(&text[start..next]);
            start = next;
        }
    }
    parts.push(&text[start..]);
    parts
}
