//! Phrase patterns: the notation in which a language's ways to say something are written down, and their matching.
//!
//! One pattern a line, its elements parted by spaces:
//!
//! - `word`, or `word*` (starts so), `*word` (ends so), `word%` (forgives a slip), `*` (any); `two_words` are two in a row;
//! - `a|b` is either, `@class` one of a class (`@class = a|b` defines it for the file), `>` among them the end;
//! - `?a|b` may be missing, `a|b{3}` stands up to three times or not at all;
//! - `~3` skips up to three words, `~3!not|no` none of those; `^a|b` is a place that neither word stands before;
//! - `<` is the start and `>` the end of the sentence, `??` stands in questions only;
//! - `+` is a number; `$` is the creator's name or any word that is capitalised like a name, `$$` the creator's name only.
//!
//! `[section]` begins a section, `#` a comment; a line `! …` names words that are skipped wherever they stand
//! together. In scripts without spaces every character is a word.

mod book;
mod parse;
#[cfg(test)]
mod tests;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

pub(crate) use book::Book;
#[cfg(test)]
pub(crate) use book::check_notation;
use wording::near;
pub(crate) use words::{Sentence, cut, sentences};

/// How one word of a pattern is compared.
#[derive(Clone, PartialEq, Eq)]
enum Word {
    Exact(String),
    Prefix(String),
    Suffix(String),
    Near(String),
    Number,
    /// The creator's name or any other.
    Name,
    /// The creator's name only.
    KnownName,
}

impl Word {
    fn fits(&self, sentence: &Sentence, at: usize) -> bool {
        let Some(word) = sentence.word(at) else {
            return false;
        };
        match self {
            Word::Exact(text) => word == text,
            Word::Prefix(text) => word.starts_with(text.as_str()),
            Word::Suffix(text) => word.ends_with(text.as_str()),
            Word::Near(text) => near(word, text),
            Word::Number => word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty(),
            Word::Name => sentence.is_name(at),
            Word::KnownName => sentence.is_creator(at),
        }
    }
}

/// One way to fill an element: words in a row, or nothing at the end of the sentence.
#[derive(Clone)]
enum Choice {
    Words(Vec<Word>),
    End,
}

impl Choice {
    /// Where the sentence goes on after this choice, if it fits here.
    fn after(&self, sentence: &Sentence, at: usize) -> Option<usize> {
        match self {
            Choice::End => (at == sentence.len()).then_some(at),
            Choice::Words(words) => words
                .iter()
                .enumerate()
                .all(|(offset, word)| word.fits(sentence, at + offset))
                .then_some(at + words.len()),
        }
    }
}

/// The choices of a class or of an element; classes are shared by all patterns of a file.
type Choices = Arc<[Choice]>;

enum Element {
    Start,
    Question,
    NotAfter(Vec<Choices>),
    Gap {
        most: usize,
        without: Vec<Choices>,
    },
    OneOf {
        from: Vec<Choices>,
        least: usize,
        most: usize,
    },
}

type Pattern = Vec<Element>;

/// The patterns of one section, found by the words that they can begin with.
#[derive(Default)]
pub(crate) struct Patterns {
    list: Vec<Pattern>,
    /// By a word that a pattern can begin with as it is written.
    exact: HashMap<String, Vec<usize>>,
    /// By a word that is compared in another way, each once.
    other: Vec<(Word, Vec<usize>)>,
    /// Patterns that can begin with anything.
    anywhere: Vec<usize>,
}

impl Patterns {
    fn add(&mut self, pattern: Pattern) {
        let place = self.list.len();
        match first_words(&pattern) {
            Some(words) => words.into_iter().for_each(|word| self.index(word, place)),
            None => self.anywhere.push(place),
        }
        self.list.push(pattern);
    }

    fn index(&mut self, word: Word, place: usize) {
        let places = match word {
            Word::Exact(text) => self.exact.entry(text).or_default(),
            word => match self.other.iter().position(|(known, _)| *known == word) {
                Some(at) => &mut self.other[at].1,
                None => {
                    self.other.push((word, Vec::new()));
                    let last = self.other.len() - 1;
                    &mut self.other[last].1
                }
            },
        };
        if places.last() != Some(&place) {
            places.push(place);
        }
    }

    /// Whether one of the patterns stands anywhere in the sentence.
    pub(crate) fn find(&self, sentence: &Sentence) -> bool {
        self.first(sentence).is_some()
    }

    /// Place of the first words that fit a pattern: from and to.
    fn first(&self, sentence: &Sentence) -> Option<(usize, usize)> {
        (0..sentence.len()).find_map(|at| {
            let exact = sentence.word(at).and_then(|word| self.exact.get(word));
            let other = self
                .other
                .iter()
                .filter(|(word, _)| word.fits(sentence, at))
                .map(|(_, places)| places);
            exact
                .into_iter()
                .chain(other)
                .chain([&self.anywhere])
                .flatten()
                .find_map(|place| follow(&self.list[*place], sentence, at))
                .map(|end| (at, end))
        })
    }
}

/// The words that a pattern can begin with; `None` when it may begin with anything.
fn first_words(pattern: &Pattern) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    for element in pattern {
        match element {
            Element::Start | Element::Question | Element::NotAfter(_) => {}
            Element::Gap { .. } => return None,
            Element::OneOf { from, least, .. } => {
                for choice in from.iter().flat_map(|choices| choices.iter()) {
                    match choice {
                        Choice::Words(row) => words.push(row.first()?.clone()),
                        Choice::End => return None,
                    }
                }
                if *least > 0 {
                    return Some(words);
                }
            }
        }
    }
    None
}

/// Where the sentence goes on after the elements, if they fit from here.
fn follow(elements: &[Element], sentence: &Sentence, at: usize) -> Option<usize> {
    let Some((first, rest)) = elements.split_first() else {
        return Some(at);
    };
    match first {
        Element::Question => sentence
            .is_question()
            .then(|| follow(rest, sentence, at))
            .flatten(),
        Element::Start => (at == 0).then(|| follow(rest, sentence, at)).flatten(),
        Element::NotAfter(words) => {
            let after = at > 0 && fits(words, sentence, at - 1);
            (!after).then(|| follow(rest, sentence, at)).flatten()
        }
        Element::Gap { most, without } => (at..=at + most)
            .take_while(|next| *next <= sentence.len())
            .take_while(|next| *next == at || !fits(without, sentence, next - 1))
            .find_map(|next| follow(rest, sentence, next)),
        Element::OneOf { from, least, most } => repeat(from, (*least, *most), rest, sentence, at),
    }
}

/// Whether one of the words stands here.
fn fits(words: &[Choices], sentence: &Sentence, at: usize) -> bool {
    words
        .iter()
        .flat_map(|choices| choices.iter())
        .any(|choice| choice.after(sentence, at).is_some())
}

/// Follows a repeated element, as often as it is allowed, then the rest.
fn repeat(
    from: &[Choices],
    (least, most): (usize, usize),
    rest: &[Element],
    sentence: &Sentence,
    at: usize,
) -> Option<usize> {
    if least == 0
        && let Some(end) = follow(rest, sentence, at)
    {
        return Some(end);
    }
    if most == 0 {
        return None;
    }
    from.iter()
        .flat_map(|choices| choices.iter())
        .filter_map(|choice| choice.after(sentence, at))
        .find_map(|next| {
            repeat(
                from,
                (least.saturating_sub(1), most - 1),
                rest,
                sentence,
                next,
            )
        })
}

/// All sections of one file.
pub(crate) struct Phrases {
    sections: HashMap<String, Patterns>,
    skipped: Patterns,
}

impl Phrases {
    /// Reads a file in the notation above; a line that is not in it is left out, which a test rules out.
    pub(crate) fn parse(source: &str) -> Self {
        parse::parse(source)
    }

    /// Whether a pattern of the section stands in the sentence.
    pub(crate) fn says(&self, section: &str, sentence: &Sentence) -> bool {
        let Some(patterns) = self.sections.get(section) else {
            return false;
        };
        let Some(mut skipped) = self.skipped.first(sentence) else {
            return patterns.find(sentence);
        };
        let mut left = sentence.clone();
        loop {
            left.blank(skipped.0..skipped.1);
            match self.skipped.first(&left) {
                Some(next) => skipped = next,
                None => return patterns.find(&left),
            }
        }
    }
}
