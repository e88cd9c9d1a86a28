//! What a fan is told who has asked for a copy of their data.

use super::{Language, texts};

/// What a fan is told who has asked for a copy of their data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exporting {
    /// It begins.
    #[default]
    Begun,
    /// One is being made already.
    Running,
    /// There were too many of late.
    Often,
    /// It is here: below the file.
    Here,
    /// It is there, but too large to be sent.
    Large,
}

impl Exporting {
    /// In words; at most 1,024 UTF-16 units, the longest that Telegram takes below a file.
    #[must_use]
    pub const fn says(self, language: Language) -> &'static str {
        let texts = texts::of(language);
        match self {
            Self::Begun => texts.export,
            Self::Running => texts.export_running,
            Self::Often => texts.export_often,
            Self::Here => texts.export_here,
            Self::Large => texts.export_large,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::{FanCommand, SUPPORT, Setting, answer};

    #[test]
    fn p25_who_asks_for_a_copy_is_told_the_truth_about_it() {
        for &language in Language::ALL {
            let mut said = Vec::new();
            let setting = |exporting, private| Setting {
                creator: "Mara Example",
                ai: false,
                vendors: false,
                policy_url: "https://example.org/privacy",
                hours: 24,
                private,
                restricted: None,
                exporting,
            };
            for exporting in [
                Exporting::Begun,
                Exporting::Running,
                Exporting::Often,
                Exporting::Here,
                Exporting::Large,
            ] {
                let text = exporting.says(language);
                assert!(text.encode_utf16().count() <= 1024 && !text.contains(['{', '}']));
                let told = answer(FanCommand::Export, language, &setting(exporting, true));
                assert_eq!(told, text);
                assert!(!said.contains(&text), "each says something of its own");
                said.push(text);
            }
            assert!(Exporting::Large.says(language).contains("50"));
            let elsewhere = setting(Exporting::Begun, false);
            let text = answer(FanCommand::Export, language, &elsewhere);
            assert!(text.contains("/export") && text.contains(SUPPORT));
        }
    }
}
