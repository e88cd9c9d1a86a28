//! Recognising a question about who answers, and a text that hides it.

use std::sync::OnceLock;

use crate::phrase::{Phrases, Sentence, sentences};

/// One file of phrases, read when a text first needs it.
struct Book {
    source: &'static str,
    /// Whether a character belongs to the script that every phrase of the file has; read for every text if `None`.
    script: Option<fn(char) -> bool>,
    read: OnceLock<Phrases>,
}

impl Book {
    const fn new(source: &'static str, script: Option<fn(char) -> bool>) -> Self {
        Self {
            source,
            script,
            read: OnceLock::new(),
        }
    }

    fn says(&self, section: &str, text: &str, sentences: &[Sentence]) -> bool {
        if self.script.is_some_and(|script| !text.chars().any(script)) {
            return false;
        }
        let phrases = self.read.get_or_init(|| Phrases::parse(self.source));
        sentences
            .iter()
            .any(|sentence| phrases.says(section, sentence))
    }
}

fn cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

fn hebrew(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{5ff}')
}

fn arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn thai(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}')
}

fn east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff66}'..='\u{ff9f}')
}

fn hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

static BOOKS: [Book; 27] = [
    Book::new(include_str!("phrases/en.txt"), None),
    Book::new(include_str!("phrases/es.txt"), None),
    Book::new(include_str!("phrases/ru.txt"), Some(cyrillic)),
    Book::new(include_str!("phrases/pt.txt"), None),
    Book::new(include_str!("phrases/de.txt"), None),
    Book::new(include_str!("phrases/fr.txt"), None),
    Book::new(include_str!("phrases/it.txt"), None),
    Book::new(include_str!("phrases/pl.txt"), None),
    Book::new(include_str!("phrases/tr.txt"), None),
    Book::new(include_str!("phrases/uk.txt"), Some(cyrillic)),
    Book::new(include_str!("phrases/ar.txt"), Some(arabic)),
    Book::new(include_str!("phrases/hi.txt"), None),
    Book::new(include_str!("phrases/id.txt"), None),
    Book::new(include_str!("phrases/nl.txt"), None),
    Book::new(include_str!("phrases/cs.txt"), None),
    Book::new(include_str!("phrases/ro.txt"), None),
    Book::new(include_str!("phrases/el.txt"), None),
    Book::new(include_str!("phrases/he.txt"), Some(hebrew)),
    Book::new(include_str!("phrases/fa.txt"), Some(arabic)),
    Book::new(include_str!("phrases/th.txt"), Some(thai)),
    Book::new(include_str!("phrases/vi.txt"), None),
    Book::new(include_str!("phrases/ja.txt"), Some(east_asian)),
    Book::new(include_str!("phrases/ko.txt"), Some(hangul)),
    Book::new(include_str!("phrases/zh.txt"), Some(east_asian)),
    Book::new(include_str!("phrases/sv.txt"), None),
    Book::new(include_str!("phrases/hu.txt"), None),
    Book::new(include_str!("phrases/nordic.txt"), None),
];

fn says(section: &str, text: &str, creator: &str) -> bool {
    let sentences = sentences(text, creator);
    BOOKS
        .iter()
        .any(|book| book.says(section, text, &sentences))
}

/// Whether a fan asks who answers: an AI, a person, or the creator. Errs towards yes, since a true answer is harmless.
#[must_use]
pub fn asks_identity(text: &str) -> bool {
    asks_identity_of(text, "")
}

/// As [`asks_identity`], knowing the creator's name, so that "is this Mira?" is recognised too.
#[must_use]
pub fn asks_identity_of(text: &str, creator: &str) -> bool {
    says("asks", text, creator)
}

/// Whether a text of ours claims that a human, or the creator in person, writes it. Errs towards yes.
#[must_use]
pub fn denies_ai(text: &str) -> bool {
    denies_ai_as(text, "")
}

/// As [`denies_ai`], knowing the creator's name, so that "this is mira" is recognised too.
#[must_use]
pub fn denies_ai_as(text: &str, creator: &str) -> bool {
    says("denies", text, creator)
}

#[cfg(test)]
mod tests {
    use super::{BOOKS, asks_identity, denies_ai};
    use crate::corpus::rows;

    fn misses(file: &str, expected: bool, recognise: fn(&str) -> bool) -> Vec<String> {
        rows(file)
            .filter(|row| recognise(row[1]) != expected)
            .map(|row| row.join("\t"))
            .collect()
    }

    #[test]
    fn i01_every_way_to_ask_who_answers_is_recognised() {
        let missed = misses(
            include_str!("../../corpus/identity.tsv"),
            true,
            asks_identity,
        );
        assert!(missed.is_empty(), "{} missed: {missed:#?}", missed.len());
    }

    #[test]
    fn ordinary_talk_is_rarely_taken_for_the_question() {
        let file = include_str!("../../corpus/harmless.tsv");
        let wrong = misses(file, false, asks_identity);
        assert!(
            wrong.len() * 100 <= rows(file).count() * 3,
            "{} wrong: {wrong:#?}",
            wrong.len()
        );
    }

    #[test]
    fn r09_every_lie_about_being_human_is_recognised() {
        let missed = misses(include_str!("../../corpus/denials.tsv"), true, denies_ai);
        assert!(missed.is_empty(), "{} missed: {missed:#?}", missed.len());
    }

    #[test]
    fn true_and_ordinary_replies_are_rarely_taken_for_lies() {
        let file = include_str!("../../corpus/fair.tsv");
        let wrong = misses(file, false, denies_ai);
        assert!(
            wrong.len() * 100 <= rows(file).count() * 3,
            "{} wrong: {wrong:#?}",
            wrong.len()
        );
    }

    #[test]
    fn every_book_is_read_whole() {
        for book in &BOOKS {
            for line in book.source.lines().filter(|line| !line.starts_with('#')) {
                assert!(
                    !line.contains("||") && !line.ends_with('|') && !line.contains(" |"),
                    "{line}"
                );
                let undefined = line.split([' ', '|', '{']).find(|part| {
                    part.trim_start_matches('?').starts_with('@')
                        && !book
                            .source
                            .contains(&format!("{} = ", part.trim_start_matches('?')))
                });
                assert_eq!(undefined, None, "{line}");
            }
        }
    }
}
