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

use crate::reading::Pause;
use crate::vocabulary::{AtomId, ENDS, Marked, Vocabulary};

/// Words skipped by a `~` without number.
const GAP: usize = 3;
/// Words looked back at by `!<`.
const BACK: usize = 3;

/// What may stand in one place of a line: one word, or several in a row.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    /// Single words, sorted.
    words: Vec<AtomId>,
    /// Runs of words, sorted by their first, the longer first; also the end of a clause, which is no word.
    runs: Vec<Vec<AtomId>>,
}

/// Classes of one lexicon by name.
pub(crate) type Classes<'a> = HashMap<&'a str, Arc<Choice>>;

#[derive(Clone, Debug)]
enum Element {
    One(Arc<Choice>),
    Maybe(Arc<Choice>),
    Gap(usize),
    Begins,
    NotNext(Arc<Choice>),
    NotBefore(Arc<Choice>),
}

/// A line of a lexicon, ready to be matched.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Vec<Element>);

impl Choice {
    /// Runs that begin with a word.
    fn runs_from(&self, first: AtomId) -> impl Iterator<Item = &Vec<AtomId>> {
        let from = self.runs.partition_point(|run| run[0] < first);
        self.runs[from..]
            .iter()
            .take_while(move |run| run[0] == first)
    }

    /// Where each alternative that stands at a word ends.
    fn ends<'a>(
        &'a self,
        text: &'a Marked,
        start: usize,
        at: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let atoms = if goes_on(text, start, at) {
            text.atoms(at)
        } else {
            &[]
        };
        let runs = atoms
            .iter()
            .chain([&ENDS])
            .flat_map(|first| self.runs_from(*first));
        let word = atoms
            .iter()
            .any(|atom| self.words.binary_search(atom).is_ok())
            .then_some(at + 1);
        runs.filter_map(move |run| run_end(run, text, start, at))
            .chain(word)
    }
}

impl Pattern {
    /// Reads a line. A class nobody defined matches nothing.
    pub(crate) fn parse(line: &str, classes: &Classes, vocabulary: &mut Vocabulary) -> Self {
        let elements = line.split_whitespace();
        Pattern(
            elements
                .map(|part| element(part, classes, vocabulary))
                .collect(),
        )
    }

    /// The words it can begin with.
    pub(crate) fn heads(&self) -> Vec<AtomId> {
        let mut heads = Vec::new();
        for element in &self.0 {
            if let Element::One(choice) | Element::Maybe(choice) = element {
                heads.extend(choice.words.iter().copied());
                heads.extend(choice.runs.iter().filter_map(|run| run.first().copied()));
                if matches!(element, Element::One(_)) {
                    break;
                }
            }
        }
        heads
    }

    /// Whether every place that must be filled could be, by the words a text has anywhere.
    pub(crate) fn could_match(&self, has: impl Fn(AtomId) -> bool) -> bool {
        self.0.iter().all(|element| match element {
            Element::One(choice) => {
                let run = |run: &Vec<AtomId>| run.iter().all(|atom| *atom == ENDS || has(*atom));
                choice.words.iter().any(|word| has(*word)) || choice.runs.iter().any(run)
            }
            _ => true,
        })
    }

    /// Where its match that begins at a word ends, if it matches there.
    pub(crate) fn end(&self, text: &Marked, start: usize) -> Option<usize> {
        follow(&self.0, text, start, start)
    }
}

/// Reads `name = alternatives` lines; a class may use those above it.
pub(crate) fn classes<'a>(lines: &'a str, vocabulary: &mut Vocabulary) -> Classes<'a> {
    let mut classes = Classes::new();
    for line in lines.lines() {
        if let Some((name, written)) = line.split_once('=') {
            let choice = choice(written.trim(), &classes, vocabulary);
            classes.insert(name.trim(), choice);
        }
    }
    classes
}

fn element(part: &str, classes: &Classes, vocabulary: &mut Vocabulary) -> Element {
    if part == "^" {
        return Element::Begins;
    }
    if let Some(gap) = part.strip_prefix('~') {
        return Element::Gap(gap.parse().unwrap_or(GAP));
    }
    if let Some(not) = part.strip_prefix("!<") {
        return Element::NotBefore(choice(not, classes, vocabulary));
    }
    if let Some(not) = part.strip_prefix('!') {
        return Element::NotNext(choice(not, classes, vocabulary));
    }
    match part.strip_suffix('?') {
        Some(maybe) => Element::Maybe(choice(maybe, classes, vocabulary)),
        None => Element::One(choice(part, classes, vocabulary)),
    }
}

fn choice(written: &str, classes: &Classes, vocabulary: &mut Vocabulary) -> Arc<Choice> {
    if let Some(class) = written.strip_prefix('%').and_then(|name| classes.get(name)) {
        return class.clone();
    }
    let mut all = Choice::default();
    for alternative in written.split('|') {
        if let Some(name) = alternative.strip_prefix('%') {
            if let Some(class) = classes.get(name) {
                all.words.extend(&class.words);
                all.runs.extend(class.runs.iter().cloned());
            }
            continue;
        }
        let run: Vec<AtomId> = alternative
            .split('_')
            .flat_map(|word| vocabulary.learn(word))
            .collect();
        match run[..] {
            [] => {}
            [word] if word != ENDS => all.words.push(word),
            _ => all.runs.push(run),
        }
    }
    all.words.sort_unstable();
    all.words.dedup();
    all.runs
        .sort_by_key(|run| (run[0], std::cmp::Reverse(run.len())));
    Arc::new(all)
}

/// Matches the rest of a pattern at a word; where it ends.
fn follow(elements: &[Element], text: &Marked, start: usize, at: usize) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else {
        return Some(at);
    };
    match element {
        Element::One(choice) => any(choice, text, start, at, rest),
        Element::Maybe(choice) => {
            any(choice, text, start, at, rest).or_else(|| follow(rest, text, start, at))
        }
        Element::Gap(most) => {
            for skipped in 0..=*most {
                if let Some(end) = follow(rest, text, start, at + skipped) {
                    return Some(end);
                }
                if !goes_on(text, start, at + skipped) {
                    return None;
                }
            }
            None
        }
        Element::Begins if at > 0 && text.pauses[at - 1] == Pause::None => None,
        Element::NotNext(choice) if choice.ends(text, start, at).next().is_some() => None,
        Element::NotBefore(choice) if stands_before(choice, text, start) => None,
        Element::Begins | Element::NotNext(_) | Element::NotBefore(_) => {
            follow(rest, text, start, at)
        }
    }
}

fn any(choice: &Choice, text: &Marked, start: usize, at: usize, rest: &[Element]) -> Option<usize> {
    choice
        .ends(text, start, at)
        .find_map(|end| follow(rest, text, start, end))
}

/// Where a run of words that begins here ends.
fn run_end(run: &[AtomId], text: &Marked, start: usize, at: usize) -> Option<usize> {
    let mut end = at;
    for atom in run {
        if *atom == ENDS {
            if end == 0 || text.pauses[end - 1] == Pause::None {
                return None;
            }
        } else if goes_on(text, start, end) && text.atoms(end).contains(atom) {
            end += 1;
        } else {
            return None;
        }
    }
    Some(end)
}

/// Whether there is a word here that belongs to the sentence in which the match began.
fn goes_on(text: &Marked, start: usize, at: usize) -> bool {
    at < text.pauses.len() && (at == start || text.pauses[at - 1] != Pause::Sentence)
}

/// Whether one of these stands among the last words before the match, in its sentence.
fn stands_before(choice: &Choice, text: &Marked, start: usize) -> bool {
    let mut from = start;
    while from > 0 && start - from < BACK && text.pauses[from - 1] != Pause::Sentence {
        from -= 1;
    }
    (from..start).any(|place| choice.ends(text, place, place).any(|end| end <= start))
}

#[cfg(test)]
mod tests {
    use super::{Pattern, classes};
    use crate::reading::Reading;
    use crate::vocabulary::Vocabulary;

    fn matches(line: &str, text: &str) -> bool {
        let mut vocabulary = Vocabulary::default();
        let classes = classes("me = myself|my_self\nkill = end|kil*", &mut vocabulary);
        let pattern = Pattern::parse(line, &classes, &mut vocabulary);
        let text = vocabulary.mark(&Reading::of(text));
        (0..text.pauses.len()).any(|at| pattern.end(&text, at).is_some())
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
