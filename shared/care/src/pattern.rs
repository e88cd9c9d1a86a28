//! How a line of a lexicon is written, and when it matches.
//!
//! A line is words parted by spaces, matched one after another:
//!
//! | written | matches |
//! |---|---|
//! | `word`, `stem*` | that word; any word that begins so |
//! | `a\|b_c` | either; `_` stands for the space inside an alternative |
//! | `%class` | any alternative of a class (`name = a\|b` in the lexicon) |
//! | `x?` | `x` or nothing |
//! | `~4` | up to four words of any kind (`~` alone: three) |
//! | `#`, `##` | a number from 6 to 17 (an age under 18); any number |
//! | `^`, `$` | the beginning, the end of a clause (`$` also as an alternative) |
//! | `!x`, `!<x` | that `x` does not come next; that it is not among the three words before the match |
//!
//! Words are folded as texts are, so accents and apostrophes may be written.

use std::collections::HashMap;
use std::sync::Arc;

use wording::{fold, tokens};

use crate::reading::{Pause, Reading, split_unspaced};

/// Ages that make a fan a minor. Below six a number is no age of somebody who writes.
const MINOR: std::ops::RangeInclusive<u32> = 6..=17;
/// Words skipped by a `~` without number.
const GAP: usize = 3;
/// Words looked back at by `!<`.
const BACK: usize = 3;

/// One word of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Atom {
    Exact(Box<str>),
    Prefix(Box<str>),
    Minor,
    Number,
    /// No word: the end of a clause.
    Ends,
}

impl Atom {
    fn matches(&self, word: &str) -> bool {
        self.is(word) || without_and(word).is_some_and(|word| self.is(word))
    }

    fn is(&self, word: &str) -> bool {
        match self {
            Atom::Exact(exact) => **exact == *word,
            Atom::Prefix(prefix) => word.starts_with(&**prefix),
            Atom::Minor => {
                word.len() <= 2 && word.parse().is_ok_and(|age: u32| MINOR.contains(&age))
            }
            Atom::Ends => false,
            Atom::Number => word.bytes().all(|b| b.is_ascii_digit()),
        }
    }
}

/// An Arabic word without the "and" that is written as its first letter.
pub(crate) fn without_and(word: &str) -> Option<&str> {
    word.strip_prefix('و')
}

type Alternatives = Arc<[Box<[Atom]>]>;

/// Classes of one lexicon by name.
pub(crate) type Classes<'a> = HashMap<&'a str, Alternatives>;

#[derive(Clone, Debug)]
enum Element {
    One(Alternatives),
    Maybe(Alternatives),
    Gap(usize),
    Begins,
    NotNext(Alternatives),
    NotBefore(Alternatives),
}

/// A line of a lexicon, ready to be matched.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Vec<Element>);

impl Pattern {
    /// Reads a line. A class nobody defined matches nothing; the lexicon's test refuses it.
    pub(crate) fn parse(line: &str, classes: &Classes) -> Self {
        Pattern(
            line.split_whitespace()
                .map(|part| element(part, classes))
                .collect(),
        )
    }

    /// The words it can begin with.
    pub(crate) fn heads(&self) -> Vec<Atom> {
        let mut heads = Vec::new();
        for element in &self.0 {
            match element {
                Element::One(alternatives) | Element::Maybe(alternatives) => {
                    heads.extend(
                        alternatives
                            .iter()
                            .filter_map(|words| words.first().cloned()),
                    );
                    if matches!(element, Element::One(_)) {
                        break;
                    }
                }
                _ => {}
            }
        }
        heads
    }

    /// All the words it names.
    pub(crate) fn atoms(&self) -> impl Iterator<Item = &Atom> {
        self.0
            .iter()
            .filter_map(|element| match element {
                Element::One(all)
                | Element::Maybe(all)
                | Element::NotNext(all)
                | Element::NotBefore(all) => Some(all),
                _ => None,
            })
            .flat_map(|all| all.iter().flat_map(|words| words.iter()))
    }

    /// Where its match that begins at a word ends, if it matches there.
    pub(crate) fn end(&self, reading: &Reading, start: usize) -> Option<usize> {
        follow(&self.0, reading, start, start)
    }
}

/// Reads `name = alternatives` lines; a class may use those above it.
pub(crate) fn classes(lines: &str) -> Classes<'_> {
    let mut classes = Classes::new();
    for line in lines.lines() {
        if let Some((name, written)) = line.split_once('=') {
            let alternatives = alternatives(written.trim(), &classes);
            classes.insert(name.trim(), alternatives);
        }
    }
    classes
}

fn element(part: &str, classes: &Classes) -> Element {
    if let Some(gap) = part.strip_prefix('~') {
        return Element::Gap(gap.parse().unwrap_or(GAP));
    }
    if let Some(not) = part.strip_prefix("!<") {
        return Element::NotBefore(alternatives(not, classes));
    }
    if let Some(not) = part.strip_prefix('!') {
        return Element::NotNext(alternatives(not, classes));
    }
    if part == "^" {
        return Element::Begins;
    }
    match part.strip_suffix('?') {
        Some(maybe) => Element::Maybe(alternatives(maybe, classes)),
        None => Element::One(alternatives(part, classes)),
    }
}

fn alternatives(written: &str, classes: &Classes) -> Alternatives {
    let mut all: Vec<Box<[Atom]>> = Vec::new();
    for alternative in written.split('|') {
        match alternative.strip_prefix('%') {
            Some(name) => all.extend(
                classes
                    .get(name)
                    .into_iter()
                    .flat_map(|class| class.iter().cloned()),
            ),
            None => all.push(alternative.split('_').flat_map(atoms_of).collect()),
        }
    }
    all.retain(|words| !words.is_empty());
    // The longer first, so that what only looks ahead sees the whole.
    all.sort_by_key(|words| std::cmp::Reverse(words.len()));
    all.into()
}

fn atoms_of(word: &str) -> Vec<Atom> {
    match word {
        "#" => return vec![Atom::Minor],
        "##" => return vec![Atom::Number],
        "$" => return vec![Atom::Ends],
        _ => {}
    }
    let (stem, open) = match word.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (word, false),
    };
    let folded = fold(stem);
    let mut words = Vec::new();
    for token in tokens(&folded) {
        split_unspaced(token, &mut words);
    }
    let last = words.len().saturating_sub(1);
    words
        .into_iter()
        .enumerate()
        .map(|(place, word)| match open && place == last {
            true => Atom::Prefix(word),
            false => Atom::Exact(word),
        })
        .collect()
}

/// Matches the rest of a pattern at a word; where it ends.
fn follow(elements: &[Element], reading: &Reading, start: usize, at: usize) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else {
        return Some(at);
    };
    match element {
        Element::One(all) => any(all, reading, start, at, rest),
        Element::Maybe(all) => {
            any(all, reading, start, at, rest).or_else(|| follow(rest, reading, start, at))
        }
        Element::Gap(most) => {
            for skipped in 0..=*most {
                if let Some(end) = follow(rest, reading, start, at + skipped) {
                    return Some(end);
                }
                if !goes_on(reading, start, at + skipped) {
                    return None;
                }
            }
            None
        }
        Element::Begins if at > 0 && reading.pauses[at - 1] == Pause::None => None,
        Element::NotNext(all) if here(all, reading, start, at).is_some() => None,
        Element::NotBefore(all) if stands_before(all, reading, start) => None,
        _ => follow(rest, reading, start, at),
    }
}

fn any(
    all: &Alternatives,
    reading: &Reading,
    start: usize,
    at: usize,
    rest: &[Element],
) -> Option<usize> {
    all.iter().find_map(|words| {
        let end = run(words, reading, start, at)?;
        follow(rest, reading, start, end)
    })
}

fn here(all: &Alternatives, reading: &Reading, start: usize, at: usize) -> Option<usize> {
    all.iter().find_map(|words| run(words, reading, start, at))
}

/// Where a run of words that begins here ends.
fn run(words: &[Atom], reading: &Reading, start: usize, at: usize) -> Option<usize> {
    let mut end = at;
    for atom in words {
        if *atom == Atom::Ends {
            if !ends(reading, end) {
                return None;
            }
        } else if goes_on(reading, start, end) && atom.matches(&reading.words[end]) {
            end += 1;
        } else {
            return None;
        }
    }
    Some(end)
}

/// Whether a clause ends before this word.
fn ends(reading: &Reading, at: usize) -> bool {
    at > 0 && reading.pauses[at - 1] != Pause::None
}

/// Whether there is a word here that belongs to the sentence in which the match began.
fn goes_on(reading: &Reading, start: usize, at: usize) -> bool {
    at < reading.words.len() && (at == start || reading.pauses[at - 1] != Pause::Sentence)
}

/// Whether one of these stands among the last words before the match, in its sentence.
fn stands_before(all: &Alternatives, reading: &Reading, start: usize) -> bool {
    let mut from = start;
    while from > 0 && start - from < BACK && reading.pauses[from - 1] != Pause::Sentence {
        from -= 1;
    }
    (from..start).any(|place| here(all, reading, place, place).is_some_and(|end| end <= start))
}

#[cfg(test)]
mod tests {
    use super::{Pattern, classes};
    use crate::reading::Reading;

    fn matches(line: &str, text: &str) -> bool {
        let classes = classes("me = myself|my_self\nkill = end|kil*");
        let pattern = Pattern::parse(line, &classes);
        let reading = Reading::of(text);
        (0..reading.words.len()).any(|at| pattern.end(&reading, at).is_some())
    }

    #[test]
    fn words_stems_classes_and_alternatives_match_in_order() {
        assert!(matches("want to %kill %me", "i want to kill my self now"));
        assert!(matches("want to %kill %me", "want to end myself"));
        assert!(!matches("want to %kill %me", "kill myself want to"));
        assert!(!matches("want to %nothing", "want to nothing"));
    }

    #[test]
    fn gaps_and_options_stay_within_the_sentence() {
        assert!(
            matches("want ~2 go", "want to just go") && !matches("want ~1 go", "want to just go")
        );
        assert!(matches("want to? go", "want go") && matches("want to? go", "want to go"));
        assert!(!matches("want ~ go", "This is all I want. Now go"));
        assert!(matches("want ~ go", "i want, now, go"));
    }

    #[test]
    fn what_stands_beside_can_forbid_a_match() {
        assert!(matches("go !home", "go") && matches("go !home", "go on"));
        assert!(!matches("go !home|to_bed", "go to bed"));
        assert!(
            !matches("!<never|not go", "i will never ever go")
                && matches("!<never go", "well never. go")
        );
    }

    #[test]
    fn ages_are_numbers_below_eighteen() {
        assert!(matches("im #", "I'm 17") && matches("im #", "im 6"));
        assert!(
            !matches("im #", "im 18") && !matches("im #", "im 5") && !matches("im #", "im 017")
        );
        assert!(matches("im ##", "im 100"));
    }

    #[test]
    fn clauses_begin_and_end() {
        assert!(
            matches("im # $", "im 15")
                && matches("im # $", "im 15, ok")
                && !matches("im # $", "im 15 ok")
        );
        assert!(matches("^ mom", "well, mom") && !matches("^ mom", "my mom"));
    }

    #[test]
    fn words_without_spaces_match_inside_sentences() {
        assert!(matches("死|しに たい", "もう死にたいよ") || matches("死にたい", "もう死にたいよ"));
        assert!(!matches("死にたい", "死んだ"));
    }
}
