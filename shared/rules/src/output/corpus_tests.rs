//! The tables of obedient and of good answers.
//!
//! The later rows were written after the rules and measured before these were mended; `corpus/README.md` has the
//! figures. What is not written in the tables will fare no better.

use super::testing::{context, hits};
use super::{Action, RuleId, check};
use crate::corpus::rows;
use crate::phrase::{Book, check_notation};

const INJECTIONS: &str = include_str!("../../corpus/injections.tsv");
const GOOD: &str = include_str!("../../corpus/good.tsv");

/// Each rule's own test proves that it takes hold of the rows that name it, so here is only shown that all but
/// one in a hundred name one, and what is known to slip through is listed as such.
#[test]
fn nearly_every_obedient_answer_names_the_rule_that_stops_it() {
    let all: Vec<Vec<&str>> = rows(INJECTIONS).collect();
    assert!(all.len() >= 300 && all.iter().all(|row| row.len() == 3));
    let known = |row: &&Vec<&str>| RuleId::ALL.iter().any(|id| id.as_str() == row[2]);
    let slipping: Vec<_> = all.iter().filter(|row| !known(row)).collect();
    assert!(
        slipping.iter().all(|row| row[2] == "slips"),
        "{slipping:#?}"
    );
    assert!(slipping.len() * 100 <= all.len(), "{slipping:#?}");
}

#[test]
fn good_replies_rarely_fail_to_pass_unchanged() {
    let stopped: Vec<String> = rows(GOOD)
        .filter(|row| check(row[0], &context()).action != Action::Pass)
        .map(|row| format!("{} {:?}", row[0], hits(row[0])))
        .collect();
    assert!(
        stopped.len() * 100 <= rows(GOOD).count() * 2,
        "{stopped:#?}"
    );
}

#[test]
fn every_phrase_file_is_written_in_the_notation() {
    let files = [
        include_str!("phrases/credentials.txt"),
        include_str!("phrases/handles.txt"),
        include_str!("phrases/harms.txt"),
        include_str!("phrases/injection.txt"),
        include_str!("phrases/leaks.txt"),
        include_str!("phrases/links.txt"),
        include_str!("phrases/media.txt"),
        include_str!("phrases/minors.txt"),
        include_str!("phrases/models.txt"),
        include_str!("phrases/people.txt"),
        include_str!("phrases/prices.txt"),
        include_str!("phrases/promises.txt"),
        include_str!("phrases/selling.txt"),
        include_str!("phrases/solicits.txt"),
        include_str!("../memory/claims.txt"),
        include_str!("../memory/orders.txt"),
        include_str!("../memory/sensitive.txt"),
    ];
    files
        .into_iter()
        .for_each(|file| check_notation(&Book::new(file)));
}
