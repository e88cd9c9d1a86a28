//! A phrase file that is read when it is first needed.

use std::sync::OnceLock;

use super::{Phrases, Sentence};

/// One file of phrases.
pub(crate) struct Book {
    source: &'static str,
    /// Whether a character belongs to the script that every phrase of the file has; `None` if they have several.
    script: Option<fn(char) -> bool>,
    read: OnceLock<Phrases>,
}

impl Book {
    /// A file for texts in any script.
    pub(crate) const fn new(source: &'static str) -> Self {
        Self {
            source,
            script: None,
            read: OnceLock::new(),
        }
    }

    /// A file whose phrases all hold a character of one script.
    pub(crate) const fn of_script(source: &'static str, script: fn(char) -> bool) -> Self {
        Self {
            source,
            script: Some(script),
            read: OnceLock::new(),
        }
    }

    /// Whether a text can hold a phrase of the file at all.
    pub(crate) fn is_for(&self, text: &str) -> bool {
        self.script.is_none_or(|script| text.chars().any(script))
    }

    /// Whether a phrase of the section stands in one of the sentences.
    pub(crate) fn says(&self, section: &str, sentences: &[Sentence]) -> bool {
        let phrases = self.read.get_or_init(|| Phrases::parse(self.source));
        sentences
            .iter()
            .any(|sentence| phrases.says(section, sentence))
    }
}

/// Fails a test for what the reader of the notation would leave out without a word.
#[cfg(test)]
pub(crate) fn check_notation(book: &Book) {
    let defined: Vec<&str> = book
        .source
        .lines()
        .filter_map(|line| line.strip_prefix('@')?.split_once(" = "))
        .map(|(name, _)| name)
        .collect();
    for line in book.source.lines().filter(|line| !line.starts_with('#')) {
        let empty = line.contains("||") || line.ends_with('|') || line.contains(" |");
        assert!(!empty, "an empty choice in {line}");
        for part in line
            .split([' ', '|', '!', '^'])
            .filter(|part| !part.is_empty())
        {
            let bare = part.trim_start_matches(['?', '@', '~']);
            let special = ["", "*", "<", ">", "=", "$", "$$", "+"].contains(&bare)
                || line.starts_with(['!', '[']);
            assert!(
                special || !wording::fold(bare).is_empty(),
                "{part} is no word in {line}"
            );
        }
        let classes = line
            .split([' ', '|', '{', '!', '^'])
            .filter_map(|part| part.trim_start_matches('?').strip_prefix('@'));
        for class in classes {
            assert!(
                defined.contains(&class),
                "@{class} is not defined in {line}"
            );
        }
    }
}
