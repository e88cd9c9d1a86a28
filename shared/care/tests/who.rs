//! Questions who writes: what they say of pay, feelings and death is no distress, and what stands beside them may be.

use std::path::Path;

use care::{Care, detect, study};

/// Texts, and languages, that a file holds at least.
const TEXTS: usize = 40;
const LANGUAGES: usize = 8;

/// The rows of a file of `shared/rules/corpus`, checked for how many there are.
fn rows(file: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../rules/corpus")
        .join(file);
    let text = std::fs::read_to_string(path).expect("the corpus is there");
    let columns = |line: &str| -> Vec<String> { line.split('\t').map(str::to_owned).collect() };
    let rows: Vec<Vec<String>> = text.lines().map(columns).collect();
    let mut languages: Vec<&String> = rows.iter().map(|row| &row[0]).collect();
    languages.dedup();
    assert!(rows.len() >= TEXTS, "{}", rows.len());
    assert!(languages.len() >= LANGUAGES, "{languages:?}");
    rows
}

#[test]
fn questions_who_writes_that_speak_of_pay_feelings_and_death_are_no_alarm() {
    let alarms: Vec<_> = rows("identity-grave.tsv")
        .into_iter()
        .filter_map(|row| Some((detect(&row[1])?, study::ruled(&row[1]), row)))
        .collect();
    assert!(alarms.is_empty(), "{alarms:#?}");
}

#[test]
fn need_beside_the_question_who_writes_is_seen() {
    // As in the corpus: a crisis may pass for grief, but thoughts of suicide and an age under 18 for nothing else.
    let is_missed = |found: Option<&str>, reason: &str| match reason {
        "self_harm" | "minor" => found != Some(reason),
        _ => found.is_none(),
    };
    let missed: Vec<_> = rows("identity-and-care.tsv")
        .into_iter()
        .map(|row| (detect(&row[1]).map(Care::name), row))
        .filter(|(found, row)| is_missed(*found, &row[2]))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}
