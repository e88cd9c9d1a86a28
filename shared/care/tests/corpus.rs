//! Measures the net on phrases as fans write them, and on harmless ones that are close to them in wording.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use care::study::{self, Judge};
use care::{Care, detect};

/// Share of phrases that must be caught, and of harmless ones that may be taken for a signal, in percent.
const CAUGHT: f64 = 99.0;
const FALSE_ALARMS: f64 = 2.0;

/// What became of one language's phrases.
#[derive(Default)]
struct Tally {
    care: usize,
    caught: usize,
    harmless: usize,
    alarms: usize,
    failures: Vec<String>,
    confused: BTreeMap<(String, &'static str), usize>,
}

impl Tally {
    fn read(file: &Path) -> Self {
        let corpus = std::fs::read_to_string(file).expect("the corpus lies beside the crate");
        let mut tally = Tally::default();
        for line in corpus.lines().filter(|line| !line.is_empty()) {
            let (kind, phrase) = line
                .split_once('\t')
                .expect("a line is a kind, a tab and a phrase");
            tally.judge(kind, phrase);
        }
        tally
    }

    fn judge(&mut self, kind: &str, phrase: &str) {
        let found = detect(phrase).map(Care::name);
        if kind == "harmless" {
            self.harmless += 1;
            if let Some(found) = found {
                self.alarms += 1;
                self.failures.push(format!("taken for {found}: {phrase}"));
            }
            return;
        }
        self.care += 1;
        let exact = matches!(kind, "self_harm" | "minor");
        if found.is_some_and(|found| found == kind || !exact) {
            self.caught += 1;
        } else {
            self.failures.push(format!(
                "{kind} read as {}: {phrase}",
                found.unwrap_or("nothing")
            ));
        }
        if let Some(found) = found.filter(|found| *found != kind) {
            *self.confused.entry((kind.to_owned(), found)).or_default() += 1;
        }
    }

    fn caught(&self) -> f64 {
        match (self.care, self.harmless) {
            // An empty file shows nothing; one of small talk holds nothing to be caught.
            (0, 0) => 0.0,
            (0, _) => 100.0,
            (care, _) => 100.0 * self.caught as f64 / care as f64,
        }
    }

    fn alarms(&self) -> f64 {
        100.0 * self.alarms as f64 / self.harmless.max(1) as f64
    }
}

fn tallies() -> BTreeMap<String, Tally> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    std::fs::read_dir(folder)
        .expect("the corpus lies beside the crate")
        .map(|entry| entry.expect("a readable entry").path())
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a named file")
                .to_string_lossy()
                .into_owned();
            (name, Tally::read(&path))
        })
        .collect()
}

#[test]
fn the_corpus_is_caught_and_its_twins_are_not() {
    let mut table = String::from("language   care  caught  harmless  alarms\n");
    let mut short = Vec::new();
    for (name, tally) in tallies() {
        let (caught, alarms) = (tally.caught(), tally.alarms());
        let _ = writeln!(
            table,
            "{name:<9} {:>5} {caught:>6.1}% {:>9} {alarms:>6.1}%",
            tally.care, tally.harmless
        );
        for ((kind, found), count) in &tally.confused {
            let _ = writeln!(table, "    {count} of {kind} read as {found}");
        }
        for failure in &tally.failures {
            let _ = writeln!(table, "    {failure}");
        }
        if caught < CAUGHT || alarms > FALSE_ALARMS {
            short.push(name);
        }
    }
    println!("{table}");
    assert!(
        short.is_empty(),
        "{table}\nfall short: {}",
        short.join(", ")
    );
}

/// Phrases, and harmless twins, that the languages' files hold at least; languages.
const PHRASES: usize = 600;
const LANGUAGES: usize = 12;

#[test]
fn the_corpus_is_as_large_as_what_it_is_to_show() {
    let all = tallies();
    for (name, tally) in &all {
        assert!(tally.harmless > 0, "{name} has no harmless phrase");
        assert!(
            tally.care > 0 || name == "small_talk",
            "{name} has no phrase to be caught"
        );
    }
    let languages: Vec<&Tally> = all
        .iter()
        .filter(|(name, _)| name.len() == 2)
        .map(|(_, tally)| tally)
        .collect();
    let sum = |of: fn(&Tally) -> usize| languages.iter().map(|tally| of(tally)).sum::<usize>();
    let (care, harmless) = (sum(|tally| tally.care), sum(|tally| tally.harmless));
    assert!(languages.len() >= LANGUAGES, "{}", languages.len());
    assert!(care >= PHRASES && harmless >= PHRASES, "{care} {harmless}");
}

#[test]
fn small_talk_in_every_language_is_no_alarm() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/small_talk.tsv");
    let tally = Tally::read(&path);
    assert!(tally.harmless >= 100, "{}", tally.harmless);
    assert!(tally.failures.is_empty(), "{:#?}", tally.failures);
}

#[test]
fn the_model_alone_is_no_alarm_on_small_talk() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/small_talk.tsv");
    let judge = Judge::of(study::TRAINED);
    let talk = std::fs::read_to_string(path).expect("the corpus lies beside the crate");
    for (_, phrase) in talk.lines().filter_map(|line| line.split_once('\t')) {
        let opinion = judge.opinion(phrase);
        assert_eq!(study::believed(opinion), None, "{phrase}: {opinion:?}");
    }
}

#[test]
fn korean_is_caught_by_the_model_whatever_its_few_rules_read() {
    let judge = Judge::of(study::TRAINED);
    for phrase in [
        "나 진짜 죽고 싶어",
        "어제 할머니 돌아가셨어",
        "환불해줘 사기잖아",
    ] {
        let opinion = judge.opinion(phrase);
        assert!(study::believed(opinion).is_some(), "{phrase}");
    }
}
