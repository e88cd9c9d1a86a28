//! Languages a fan may write in, and the one an answer is in.

use crate::guess::{self, Profile};

macro_rules! languages {
    ($($name:ident $tag:literal),+ $(,)?) => {
        /// A language that text is recognised in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the names say it")]
        pub enum Language { $($name),+ }

        impl Language {
            /// Every language, once.
            pub const ALL: &'static [Language] = &[$(Language::$name),+];

            /// Its two-letter tag (BCP 47).
            #[must_use]
            pub fn tag(self) -> &'static str {
                match self { $(Language::$name => $tag),+ }
            }
        }
    };
}

languages! {
    English "en", Spanish "es", Russian "ru", Portuguese "pt", German "de", French "fr", Italian "it", Polish "pl",
    Turkish "tr", Ukrainian "uk", Arabic "ar", Hindi "hi", Indonesian "id", Dutch "nl", Czech "cs", Romanian "ro",
    Greek "el", Hebrew "he", Persian "fa", Thai "th", Vietnamese "vi", Japanese "ja", Korean "ko", Chinese "zh",
    Swedish "sv", Hungarian "hu",
}

impl Language {
    /// Language of a tag such as `pt-BR`, `zh_Hant` or `EN`; `None` for one not known.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.trim();
        let primary = match primary.to_ascii_lowercase().as_str() {
            "in" => "id".to_owned(),
            "iw" => "he".to_owned(),
            "ms" => "id".to_owned(),
            other => other.to_owned(),
        };
        Self::ALL
            .iter()
            .copied()
            .find(|language| language.tag() == primary)
    }

    /// Language of a text by its script, its letters and its small words; `None` unless sure.
    #[must_use]
    pub fn guess(text: &str) -> Option<Self> {
        guess::guess(text)
    }
}

/// Language to answer a text in: its own when that is sure, else the one of the profile's tag, else English. A few words
/// are in many languages at once ("bot?", "no"): there the tag decides unless they are clearly another language's. In a
/// longer text too it decides between languages that have about as many of the words. A profile in a language that is not
/// spoken here says that the text is likely in that one: unless it is clearly in one of ours, the answer is in English.
#[must_use]
pub fn speak(text: &str, profile_tag: Option<&str>) -> Language {
    let profile = Profile::of(profile_tag);
    let ours = match profile {
        Profile::Ours(language) => Some(language),
        Profile::Unknown | Profile::Foreign(_) => None,
    };
    guess::guess_knowing(text, profile)
        .or(ours)
        .unwrap_or(Language::English)
}

#[cfg(test)]
mod tests {
    use super::{Language, speak};

    #[test]
    fn a_tag_names_its_language_whatever_its_region_or_case() {
        assert_eq!(Language::of_tag("pt-BR"), Some(Language::Portuguese));
        assert_eq!(Language::of_tag("zh_Hant_TW"), Some(Language::Chinese));
        assert_eq!(Language::of_tag("EN"), Some(Language::English));
        assert_eq!(Language::of_tag("tlh"), None);
        assert_eq!(Language::of_tag(""), None);
        for language in Language::ALL {
            assert_eq!(Language::of_tag(language.tag()), Some(*language));
        }
    }

    #[test]
    fn an_answer_speaks_the_texts_language_then_the_profiles_then_english() {
        assert_eq!(
            speak("cuánto cuesta el video que subiste", Some("de")),
            Language::Spanish
        );
        for text in ["the winter was over in a week", "written while taken over"] {
            assert_eq!(speak(text, Some("en")), Language::English, "{text}");
        }
        let dutch = "het was over in een week, wat een winter";
        assert_eq!(speak(dutch, Some("en")), Language::Dutch);
        assert_eq!(speak("ok 😂", Some("pl-PL")), Language::Polish);
        assert_eq!(speak("ok", Some("tlh")), Language::English);
        assert_eq!(speak("", None), Language::English);
    }

    #[test]
    fn a_text_in_a_language_that_is_not_spoken_is_answered_in_english_and_not_in_one_that_looks_like_it()
     {
        for (text, tag) in [
            ("er du et menneske eller en maskine", "da"),
            ("er du en robot eller et rigtigt menneske?", "da-DK"),
            ("er du ein robot eller eit menneske", "nn"),
            (
                "har du tid til å snakke med meg i dag, eller er du en robot",
                "nb",
            ),
            ("kan du se mig nu, har du tid til mig?", "da"),
            ("tao ka ba o robot", "tl"),
            ("tao ka ba o robot, kausap ko ba ang tao", "fil"),
            ("ar tu esi žmogus ar robotas", "lt"),
            ("jesi li ti čovjek ili robot", "hr"),
            ("oletko ihminen vai robotti", "fi"),
            ("si človek alebo robot", "sk"),
        ] {
            assert_eq!(speak(text, Some(tag)), Language::English, "{text} {tag}");
        }
    }

    #[test]
    fn a_text_that_is_clearly_in_one_of_ours_is_answered_in_it_whatever_the_profile_says() {
        for (text, tag, language) in [
            ("ich möchte dein neues video sehen", "da", Language::German),
            (
                "quiero saber cuanto cuesta el video",
                "ca",
                Language::Spanish,
            ),
            ("kya tum mujhse baat karoge", "bn", Language::Hindi),
            ("jag vill veta hur du mår idag", "fi", Language::Swedish),
            ("ты человек или бот?", "kk", Language::Russian),
            ("क्या तुम इंसान हो", "mr", Language::Hindi),
            ("are you a bot?", "da", Language::English),
        ] {
            assert_eq!(speak(text, Some(tag)), language, "{text} {tag}");
        }
    }

    #[test]
    fn a_few_words_are_in_the_profiles_language_unless_they_are_clearly_anothers() {
        for (text, tag, language) in [
            ("bot?", "nl", Language::Dutch),
            ("es bot?", "lv", Language::English),
            ("no bot", "es", Language::Spanish),
            ("ai bot", "pt-BR", Language::Portuguese),
            ("AI?", "sv", Language::Swedish),
            ("бот?", "uk", Language::Ukrainian),
            ("本人?", "ja", Language::Japanese),
            ("ربات؟", "fa", Language::Persian),
            ("are you a bot?", "de", Language::English),
            ("bist du ein bot?", "en", Language::German),
            ("ты бот?", "en", Language::Russian),
        ] {
            assert_eq!(speak(text, Some(tag)), language, "{text} {tag}");
        }
    }

    #[test]
    fn the_profile_decides_between_languages_that_share_the_words_of_a_text() {
        for (text, tag, language) in [
            ("schreibt hier ne ki", "de", Language::German),
            ("antwortet hier jemand echtes", "de", Language::German),
            (
                "y a quelqu'un de réel derrière l'écran",
                "fr",
                Language::French,
            ),
            (
                "¿hay alguien real detrás de la pantalla?",
                "es",
                Language::Spanish,
            ),
            (
                "c'è qualcuno di vero dietro lo schermo",
                "it",
                Language::Italian,
            ),
            (
                "zit er een echt mens achter het scherm",
                "nl",
                Language::Dutch,
            ),
            (
                "tem alguém de verdade atrás da tela",
                "pt",
                Language::Portuguese,
            ),
            // What is clearly another language's is, whatever the profile says.
            (
                "is there a real person behind the screen",
                "de",
                Language::English,
            ),
            (
                "sitzt da wirklich ein mensch am bildschirm",
                "en",
                Language::German,
            ),
            (
                "está aí uma pessoa de verdade ou é um robô",
                "es",
                Language::Portuguese,
            ),
        ] {
            assert_eq!(speak(text, Some(tag)), language, "{text} {tag}");
        }
    }
}
