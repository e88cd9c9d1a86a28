//! Languages in which mails are written.

use serde::{Deserialize, Serialize};

/// A language that mails are written in. Another one is a variant here and a file in `words`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English; whoever wants another that we do not have gets it.
    #[default]
    En,
    /// German.
    De,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// From a language tag (`de-AT`) or an `Accept-Language` header: the first language that we have, else English.
    /// Weights are not read; browsers list by preference.
    pub fn from_tag(text: &str) -> Self {
        text.split(',')
            .filter_map(|entry| {
                let primary = entry.trim().split(['-', '_', ';']).next()?;
                Self::ALL
                    .into_iter()
                    .find(|language| language.tag().eq_ignore_ascii_case(primary))
            })
            .next()
            .unwrap_or_default()
    }

    /// Its tag, as HTML's `lang` takes it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_we_have_is_taken() {
        for (text, language) in [
            ("de-AT,de;q=0.9,en;q=0.8", Language::De),
            ("fr-FR, de;q=0.5", Language::De),
            ("EN_us", Language::En),
            ("fr", Language::En),
            ("", Language::En),
        ] {
            assert_eq!(Language::from_tag(text), language, "{text:?}");
        }
    }
}
