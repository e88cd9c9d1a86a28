//! Measures false alarms on what is no distress but is worded unusually: orders to a model, questions who writes, and
//! everyday talk of wanting and not wanting. `tests/it/sofi_words.rs` sends the same orders through the whole product.

use std::path::Path;

use care::{detect, study};

/// Share of the held-out phrases that must be caught, and of the harmless ones that may be alarms, in percent.
const CAUGHT: usize = 90;
const FALSE_ALARMS: usize = 5;
/// As above, of phrases that all are a figure of speech for distress; before batch 19 it was 17.6.
const FALSE_ALARMS_OF_TWINS: usize = 13;

/// A column of a file beside or above this crate, without comments.
fn column(file: &str, number: usize) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(path).expect("the corpus is there");
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split('\t').nth(number).expect("a column").to_owned())
        .collect()
}

/// Phrases that are alarms, and how many of all are by the rules alone.
fn alarms(phrases: &[String]) -> (Vec<&String>, usize) {
    let found = phrases.iter().filter(|phrase| detect(phrase).is_some());
    let ruled = phrases
        .iter()
        .filter(|phrase| study::ruled(phrase).is_some());
    (found.collect(), ruled.count())
}

#[test]
fn orders_to_a_model_are_hardly_more_alarms_than_by_the_rules_alone() {
    let orders = column("../rules/corpus/injections.tsv", 0);
    assert!(orders.len() >= 500, "{}", orders.len());
    let (found, ruled) = alarms(&orders);
    // One more is the model's: an order to call 17 grown up.
    assert!(
        found.len() <= ruled + 1,
        "{} > {ruled}: {found:#?}",
        found.len()
    );
    // Some are wanted: "I'm 15, is that ok?" stands among the orders.
    assert!(ruled <= 15, "{ruled}");
}

#[test]
fn questions_who_writes_are_no_alarm() {
    let questions = column("../rules/corpus/identity.tsv", 1);
    assert!(questions.len() >= 520, "{}", questions.len());
    let (found, _) = alarms(&questions);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn phrases_that_the_model_was_not_trained_on_are_mostly_told_apart() {
    let (care, harmless) = told_apart("training/check.tsv", (CAUGHT, FALSE_ALARMS));
    assert!(care >= 60 && harmless >= 350, "{care} {harmless}");
}

#[test]
fn ideas_of_a_strangers_trial_in_words_that_nobody_trained_on_are_mostly_told_apart() {
    let (care, harmless) = told_apart("training/check-19.tsv", (CAUGHT, FALSE_ALARMS_OF_TWINS));
    assert!(care >= 100 && harmless >= 100, "{care} {harmless}");
}

#[test]
fn what_somebody_else_wrote_sideways_is_mostly_told_apart() {
    let (care, harmless) = told_apart("training/check-20.tsv", (82, FALSE_ALARMS));
    assert!(care >= 260 && harmless >= 300, "{care} {harmless}");
}

/// How many phrases of care and how many harmless ones a file has; fails if more go wrong than may.
fn told_apart(file: &str, (caught, false_alarms): (usize, usize)) -> (usize, usize) {
    let kinds = column(file, 1);
    let phrases = column(file, 2);
    let (mut care, mut missed, mut harmless, mut alarms) = (0, Vec::new(), 0, Vec::new());
    for (kind, phrase) in kinds.iter().zip(&phrases) {
        let found = detect(phrase);
        if kind == "harmless" {
            harmless += 1;
            alarms.extend(found.map(|care| (care, phrase)));
        } else {
            care += 1;
            if found.is_none() {
                missed.push(phrase);
            }
        }
    }
    assert!(
        missed.len() * 100 <= care * (100 - caught)
            && alarms.len() * 100 <= harmless * false_alarms,
        "{care} {harmless} missed {missed:#?} alarms {alarms:#?}"
    );
    (care, harmless)
}
