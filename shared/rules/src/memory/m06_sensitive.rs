//! M06: what must be handled carefully.

use super::Sensitivity;
use crate::output::Draft;
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("sensitive.txt"));
static MINORS: Book = Book::new(include_str!("../output/phrases/minors.txt"));

/// Whether a fact touches a special category of data, or another that hurts if it leaks. Errs towards yes.
pub(super) fn of(draft: &Draft) -> Sensitivity {
    let sensitive = WORDS.says("sensitive", &draft.sentences)
        || MINORS.says("minors", &draft.sentences)
        || MINORS.says("sexual", &draft.sentences);
    if sensitive {
        Sensitivity::Sensitive
    } else {
        Sensitivity::Ordinary
    }
}

#[cfg(test)]
mod tests {
    use wording::Language;

    use super::super::{Sensitivity, admit};

    #[test]
    fn m06_sensitive_facts_are_marked() {
        for (fact, language) in [
            ("Has diabetes", Language::English),
            ("Takes antidepressants since spring", Language::English),
            ("Is gay and came out recently", Language::English),
            ("Goes to mosque on Fridays", Language::English),
            ("Votes for the greens party", Language::English),
            ("Member of a trade union", Language::English),
            ("Was in prison", Language::English),
            ("Is deep in debt", Language::English),
            ("Is of Roma origin", Language::English),
            ("Unlocks the door by fingerprint", Language::English),
            ("Hat Krebs", Language::German),
            ("Tiene depresión", Language::Spanish),
            ("Болеет диабетом", Language::Russian),
            ("A un cancer", Language::French),
            ("Ha perso il lavoro e ha debiti", Language::Italian),
            ("Tem ansiedade", Language::Portuguese),
            ("Choruje na depresję", Language::Polish),
            ("Kanser hastası", Language::Turkish),
        ] {
            let admitted = admit(fact, &[fact], language);
            assert_eq!(
                admitted.map(|fact| fact.sensitivity),
                Some(Sensitivity::Sensitive),
                "{fact}"
            );
        }
    }
}
