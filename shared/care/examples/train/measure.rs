//! Measures on phrases that the measured model was not trained on. Prints counts, never phrases.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;

use care::study::{self, Judge};

use crate::fit::fit;
use crate::phrases::{Corpus, Phrase};

const FOLDS: usize = 5;
/// Batches that the rules were not tuned on: each is left out as a whole.
const UNTUNED: [&str; 4] = ["12", "13", "14", "17"];
/// Phrases with so large a share of words in common, in percent, are never parted into training and test.
const ALIKE: usize = 40;

/// What became of phrases.
#[derive(Clone, Copy, Default)]
struct Tally {
    care: usize,
    caught: usize,
    harmless: usize,
    alarms: usize,
}

/// Whom a tally is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    Rules,
    Model,
    Both,
}

type Tallies = BTreeMap<(Voice, String), Tally>;

/// Leaves out whole batches, then one fold after another of phrases grouped by likeness.
pub(crate) fn held_back(
    corpus: &Corpus,
    table: &[u8],
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    for batch in UNTUNED {
        let (test, training): (Vec<&Phrase>, Vec<&Phrase>) = corpus
            .phrases
            .iter()
            .partition(|phrase| phrase.batch == batch);
        let file = fit(&training, table, 0);
        let mut tallies = Tallies::new();
        tally(&test, &Judge::of(&file), &mut tallies);
        writeln!(out, "batch {batch} left out")?;
        write(&tallies, out)?;
    }
    let groups = groups(&corpus.phrases);
    let mut batches: BTreeMap<&str, Tallies> = BTreeMap::new();
    for fold in 0..FOLDS {
        let with_group = || corpus.phrases.iter().zip(&groups);
        let held = |group: usize| study::fnv(&group.to_le_bytes()) as usize / 7 % FOLDS == fold;
        let training: Vec<&Phrase> = with_group()
            .filter(|(_, group)| !held(**group))
            .map(|(phrase, _)| phrase)
            .collect();
        let file = fit(&training, table, 0);
        let judge = Judge::of(&file);
        for (phrase, _) in with_group().filter(|(_, group)| held(**group)) {
            tally(&[phrase], &judge, batches.entry(&phrase.batch).or_default());
        }
    }
    for (batch, tallies) in batches {
        writeln!(out, "{FOLDS} folds, phrases of {batch}")?;
        write(&tallies, out)?;
    }
    Ok(())
}

/// Scores phrases with the model that is built in.
pub(crate) fn scored(phrases: &[Phrase], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let mut tallies = Tallies::new();
    let all: Vec<&Phrase> = phrases.iter().collect();
    tally(&all, &Judge::of(study::TRAINED), &mut tallies);
    write(&tallies, out)
}

fn tally(phrases: &[&Phrase], judge: &Judge<'_>, tallies: &mut Tallies) {
    for phrase in phrases {
        let ruled = study::ruled(&phrase.text);
        let opinion = judge.opinion(&phrase.text);
        let voices = [
            (Voice::Rules, ruled),
            (Voice::Model, study::believed(opinion)),
            (Voice::Both, study::weighed(&phrase.text, opinion)),
        ];
        let kind = phrase.care.map_or("harmless", care::Care::name);
        for (voice, found) in voices {
            for of in ["all", &*phrase.language, kind] {
                let tally = tallies.entry((voice, of.to_owned())).or_default();
                let (count, alarms) = match phrase.care {
                    Some(_) => (&mut tally.care, &mut tally.caught),
                    None => (&mut tally.harmless, &mut tally.alarms),
                };
                *count += 1;
                *alarms += usize::from(found.is_some());
            }
        }
    }
}

fn write(tallies: &Tallies, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    for ((voice, of), tally) in tallies {
        let name = match voice {
            Voice::Rules if of == "all" => "rules",
            Voice::Model if of == "all" => "model",
            Voice::Both if of == "all" => "both",
            Voice::Both => of,
            Voice::Rules | Voice::Model => continue,
        };
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        writeln!(
            out,
            "  {name:<15} caught {:>4} of {:>4} {:>5.1} %   false alarms {:>4} of {:>4} {:>5.1} %",
            tally.caught,
            tally.care,
            share(tally.caught, tally.care),
            tally.alarms,
            tally.harmless,
            share(tally.alarms, tally.harmless),
        )?;
    }
    Ok(())
}

/// A number for each phrase, the same for those that are alike: a phrase and its harmless twin.
fn groups(phrases: &[Phrase]) -> Vec<usize> {
    let words: Vec<BTreeSet<&str>> = phrases.iter().map(|phrase| parts(&phrase.text)).collect();
    let mut group: Vec<usize> = (0..phrases.len()).collect();
    for at in 0..phrases.len() {
        for other in 0..at {
            let (one, two) = (&phrases[at], &phrases[other]);
            if (&one.batch, &one.language) != (&two.batch, &two.language)
                || group[at] == group[other]
            {
                continue;
            }
            let common = words[at].intersection(&words[other]).count();
            let either = words[at].len() + words[other].len() - common;
            if common * 100 >= either * ALIKE {
                let (from, to) = (group[at].max(group[other]), group[at].min(group[other]));
                group
                    .iter_mut()
                    .filter(|group| **group == from)
                    .for_each(|group| *group = to);
            }
        }
    }
    group
}

/// Words, and pairs of characters where words have no spaces.
fn parts(text: &str) -> BTreeSet<&str> {
    if text.is_ascii() || text.split(' ').count() > 2 {
        return text.split(' ').collect();
    }
    let starts: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    starts.windows(3).map(|at| &text[at[0]..at[2]]).collect()
}
