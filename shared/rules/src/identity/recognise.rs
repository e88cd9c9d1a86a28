//! Recognising a question about who answers, and a text that hides it.

use crate::phrase::{Book, Sentence, cut, sentences};
use crate::script::{arabic, cyrillic, east_asian, hangul, hebrew, thai};

/// Names of machines in any language.
static ANY: Book = Book::new(include_str!("phrases/any.txt"));
/// What questions and lies are made of, in all languages at once.
static CONCEPTS: Book = Book::new(include_str!("phrases/concepts.txt"));
/// Texts of ours that own up to being an AI's.
static ADMISSIONS: Book = Book::new(include_str!("phrases/admissions.txt"));

static BOOKS: [Book; 27] = [
    Book::new(include_str!("phrases/en.txt")),
    Book::new(include_str!("phrases/es.txt")),
    Book::of_script(include_str!("phrases/ru.txt"), cyrillic),
    Book::new(include_str!("phrases/pt.txt")),
    Book::new(include_str!("phrases/de.txt")),
    Book::new(include_str!("phrases/fr.txt")),
    Book::new(include_str!("phrases/it.txt")),
    Book::new(include_str!("phrases/pl.txt")),
    Book::new(include_str!("phrases/tr.txt")),
    Book::of_script(include_str!("phrases/uk.txt"), cyrillic),
    Book::of_script(include_str!("phrases/ar.txt"), arabic),
    Book::new(include_str!("phrases/hi.txt")),
    Book::new(include_str!("phrases/id.txt")),
    Book::new(include_str!("phrases/nl.txt")),
    Book::new(include_str!("phrases/cs.txt")),
    Book::new(include_str!("phrases/ro.txt")),
    Book::new(include_str!("phrases/el.txt")),
    Book::of_script(include_str!("phrases/he.txt"), hebrew),
    Book::of_script(include_str!("phrases/fa.txt"), arabic),
    Book::of_script(include_str!("phrases/th.txt"), thai),
    Book::new(include_str!("phrases/vi.txt")),
    Book::of_script(include_str!("phrases/ja.txt"), east_asian),
    Book::of_script(include_str!("phrases/ko.txt"), hangul),
    Book::of_script(include_str!("phrases/zh.txt"), east_asian),
    Book::new(include_str!("phrases/sv.txt")),
    Book::new(include_str!("phrases/hu.txt")),
    Book::new(include_str!("phrases/nordic.txt")),
];

fn says(section: &str, text: &str, sentences: &[Sentence]) -> bool {
    BOOKS
        .iter()
        .any(|book| book.is_for(text) && book.says(section, sentences))
}

/// Whether a fan asks who answers: an AI, a person, or the creator. Errs towards yes, since a true answer is harmless.
#[must_use]
pub fn asks_identity(text: &str) -> bool {
    asks_identity_of(text, "")
}

/// As [`asks_identity`], knowing the creator's name, so that "is this Mira?" is recognised too.
#[must_use]
pub fn asks_identity_of(text: &str, creator: &str) -> bool {
    let sentences = sentences(text, creator);
    says("asks", text, &sentences)
        || ANY.says("asks", &sentences)
        || CONCEPTS.says("asks", &sentences)
}

/// What a text says besides asking who answers, sentence by sentence; `None` where it does not ask. Of a short text that
/// asks only as a whole nothing is left.
#[must_use]
pub fn besides_asking(text: &str) -> Option<String> {
    if !asks_identity(text) {
        return None;
    }
    let parts = cut(text);
    let left: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !asks_identity(part))
        .collect();
    match left.len() == parts.len() {
        true => Some(String::new()),
        false => Some(left.concat()),
    }
}

/// Whether a text of ours claims that a human, or the creator in person, writes it, or speaks of machines without
/// owning up to being one. Errs towards yes.
#[must_use]
pub fn denies_ai(text: &str) -> bool {
    denies_ai_as(text, "")
}

/// As [`denies_ai`], knowing the creator's name, so that "this is mira" is recognised too.
#[must_use]
pub fn denies_ai_as(text: &str, creator: &str) -> bool {
    denies(text, &sentences(text, creator))
}

/// As [`denies_ai_as`], for a text whose sentences have been read.
pub(crate) fn denies(text: &str, sentences: &[Sentence]) -> bool {
    let hides = ANY.says("mentions", sentences) || CONCEPTS.says("hides", sentences);
    (hides && !admits(sentences)) || says("denies", text, sentences)
}

/// Whether a text owns up to being an AI's.
pub(crate) fn admits(sentences: &[Sentence]) -> bool {
    ADMISSIONS.says("admits", sentences)
}

#[cfg(test)]
mod tests {
    use super::{
        ADMISSIONS, ANY, BOOKS, CONCEPTS, asks_identity, asks_identity_of, besides_asking,
        denies_ai, denies_ai_as,
    };
    use crate::corpus::rows;
    use crate::phrase::check_notation;

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
    fn i01_questions_that_speak_of_pay_feelings_and_death_are_recognised() {
        for file in [
            include_str!("../../corpus/identity-grave.tsv"),
            include_str!("../../corpus/identity-and-care.tsv"),
        ] {
            let missed = misses(file, true, asks_identity);
            assert!(missed.is_empty(), "{} missed: {missed:#?}", missed.len());
        }
    }

    #[test]
    fn i01_what_is_said_besides_the_question_is_left_of_a_text() {
        let besides = |text: &str| besides_asking(text).map(|left| left.trim().to_owned());
        for (text, left) in [
            ("how was your day?", None),
            ("are you a bot?", Some("")),
            ("Hi there. Are you a bot?", Some("Hi there.")),
            (
                "¿eres un bot? ya no quiero vivir",
                Some("ya no quiero vivir"),
            ),
            ("ロボットですか？死にたい", Some("死にたい")),
        ] {
            assert_eq!(besides(text).as_deref(), left, "{text}");
        }
    }

    #[test]
    fn i01_of_a_question_cut_into_pieces_nothing_is_left() {
        let pieces = "are. you. human";
        assert!(asks_identity(pieces) && !pieces.split('.').any(asks_identity));
        assert_eq!(besides_asking(pieces).as_deref(), Some(""));
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

    /// Written after the patterns, in rounds, and measured before these were mended; `corpus/README.md` has the
    /// figures. What is not written here will fare no better.
    #[test]
    fn i01_questions_written_later_are_nearly_all_recognised() {
        let file = include_str!("../../corpus/identity-later.tsv");
        let missed = misses(file, true, |text| asks_identity_of(text, "Mira"));
        assert!(
            missed.len() * 100 <= rows(file).count() * 5,
            "{} missed: {missed:#?}",
            missed.len()
        );
    }

    #[test]
    fn r09_lies_written_later_are_nearly_all_recognised() {
        let file = include_str!("../../corpus/denials-later.tsv");
        let missed = misses(file, true, |text| denies_ai_as(text, "Mira"));
        assert!(
            missed.len() * 100 <= rows(file).count() * 5,
            "{} missed: {missed:#?}",
            missed.len()
        );
    }

    #[test]
    fn every_book_is_written_in_the_notation() {
        BOOKS
            .iter()
            .chain([&ANY, &CONCEPTS, &ADMISSIONS])
            .for_each(check_notation);
    }
}
