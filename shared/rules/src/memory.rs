//! What may be remembered about a fan: facts that a model proposes pass [`admit`] before they are kept.
//!
//! A fact is a plain sentence about the fan that the fan's own words bear out. Orders, permissions and prices are
//! none, so a fan cannot plant them. What the law calls special, or what hurts if it leaks, is marked.

mod m01_plain;
mod m02_orders;
mod m03_claims;
mod m04_contact;
mod m05_grounded;
mod m06_sensitive;

use std::fmt;

use wording::Language;

use crate::output::Draft;

/// Longest fact that is remembered, in characters.
pub const FACT_LIMIT: usize = 160;

/// How carefully a fact must be handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// A fact of everyday life.
    Ordinary,
    /// Health, sexuality, religion, politics, ethnicity, union, biometrics, crime, money trouble, or a minor's age.
    Sensitive,
}

/// A fact that may be remembered. Debug prints no text.
#[derive(Clone, PartialEq, Eq)]
pub struct Admitted {
    /// The fact, trimmed.
    pub text: String,
    /// How carefully it must be handled.
    pub sensitivity: Sensitivity,
}

impl fmt::Debug for Admitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Admitted")
            .field("text", &"***")
            .field("sensitivity", &self.sensitivity)
            .finish()
    }
}

/// Decides whether a fact may be remembered. `fan_texts` are the fan's own messages that it was drawn from, and
/// `language` the one it is written in.
#[must_use]
pub fn admit(fact: &str, fan_texts: &[&str], language: Language) -> Option<Admitted> {
    let draft = Draft::read(fact.trim(), "");
    let refused = m01_plain::refuses(&draft)
        || m02_orders::refuses(&draft)
        || m03_claims::refuses(&draft)
        || m04_contact::refuses(&draft, language)
        || m05_grounded::refuses(&draft, fan_texts);
    if refused {
        return None;
    }
    let sensitivity = m06_sensitive::of(&draft);
    Some(Admitted {
        text: draft.raw,
        sensitivity,
    })
}

#[cfg(test)]
mod tests {
    use wording::Language;

    use super::{Sensitivity, admit};

    #[test]
    fn facts_that_the_fan_told_are_admitted() {
        for (fact, said, language) in [
            (
                "Works as a nurse in Porto",
                "hey, I work as a nurse, here in Porto",
                Language::English,
            ),
            (
                "Has a dog called Rex",
                "my dog Rex ate my shoes",
                Language::English,
            ),
            (
                "Likes surfing and old jazz",
                "I love surfing!! and old jazz records",
                Language::English,
            ),
            (
                "Exam on 12 May",
                "my exam is on 12 may, wish me luck",
                Language::English,
            ),
            (
                "Le gusta el tenis",
                "juego al tenis los lunes",
                Language::Spanish,
            ),
            (
                "Живёт в Казани, любит хоккей",
                "я из Казани, обожаю хоккей",
                Language::Russian,
            ),
            (
                "Hat eine Schwester in Bremen",
                "meine Schwester wohnt in Bremen",
                Language::German,
            ),
            ("喜欢摄影", "我周末喜欢摄影", Language::Chinese),
        ] {
            let admitted = admit(fact, &[said], language);
            assert_eq!(
                admitted.map(|fact| fact.sensitivity),
                Some(Sensitivity::Ordinary),
                "{fact}"
            );
        }
    }

    #[test]
    fn debug_output_holds_no_text() {
        let admitted =
            admit("Plays the harp", &["i play the harp"], Language::English).expect("admitted");
        assert!(!format!("{admitted:?}").contains("harp"));
    }
}
