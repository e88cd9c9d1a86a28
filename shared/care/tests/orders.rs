//! Measures false alarms on what is no distress but is worded unusually: orders to a model, questions who writes, and
//! everyday talk of wanting and not wanting. `tests/it/sofi_words.rs` sends the same orders through the whole product.

use std::path::Path;

use care::{detect, study};

/// Share of the held-out phrases that must be caught, and of the harmless ones that may be alarms, in percent.
const CAUGHT: usize = 90;
const FALSE_ALARMS: usize = 5;

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
fn orders_to_a_model_are_no_more_alarms_than_by_the_rules_alone() {
    let orders = column("../rules/corpus/injections.tsv", 0);
    assert!(orders.len() >= 500, "{}", orders.len());
    let (found, ruled) = alarms(&orders);
    assert!(
        found.len() <= ruled,
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
    let kinds = column("training/check.tsv", 1);
    let phrases = column("training/check.tsv", 2);
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
    assert!(care >= 60 && harmless >= 350, "{care} {harmless}");
    assert!(
        missed.len() * 100 <= care * (100 - CAUGHT)
            && alarms.len() * 100 <= harmless * FALSE_ALARMS,
        "{care} {harmless} missed {missed:#?} alarms {alarms:#?}"
    );
}
