//! What a fan hears in the languages that only the talk has texts in: the greeting, the list of commands, a person, an AI or
//! none, advertising, payments.
//!
//! What the law asks for (`/privacy`, `/export`, `/delete`, `/restrict`) has texts in the languages of [`Language`] only; in
//! all others it is in English. So every fan is told who writes and how to reach a person in the language that the honest
//! answer has for them.

mod ar;
mod cs;
mod el;
mod fa;
mod fr;
mod he;
mod hi;
mod hu;
mod id;
mod it;
mod ja;
mod ko;
mod nl;
mod pl;
mod ro;
mod sv;
mod th;
mod tr;
mod uk;
mod vi;
mod zh;

use super::{FanCommand, Language, SUPPORT, Setting, answer, fill, not_for_sale, shown_name};

/// The wordings of one language. Gaps: `{creator}`, `{support}`, `{hours}`.
struct Talk {
    /// Stands in for a creator without a name.
    nameless: &'static str,
    start: &'static str,
    start_with_ai: &'static str,
    help: &'static str,
    stop: &'static str,
    human: &'static str,
    human_with_ai: &'static str,
    no_ai: &'static str,
    ai: &'static str,
    paysupport: &'static str,
    forget: &'static str,
    not_for_sale: &'static str,
}

impl Talk {
    /// The text for a command: none for what the law asks for, and none that promises an answer to who is restricted.
    fn template(&self, command: FanCommand, setting: &Setting<'_>) -> Option<&'static str> {
        Some(match command {
            FanCommand::Start | FanCommand::Human | FanCommand::PaySupport
                if setting.restricted.is_some() =>
            {
                return None;
            }
            FanCommand::Start if setting.ai => self.start_with_ai,
            FanCommand::Start => self.start,
            FanCommand::Help => self.help,
            FanCommand::Stop => self.stop,
            FanCommand::Human if setting.ai => self.human_with_ai,
            FanCommand::Human => self.human,
            FanCommand::NoAi => self.no_ai,
            FanCommand::Ai => self.ai,
            FanCommand::PaySupport => self.paysupport,
            FanCommand::Forget => self.forget,
            FanCommand::Privacy
            | FanCommand::Export
            | FanCommand::Delete
            | FanCommand::Restrict
            | FanCommand::Unrestrict => return None,
        })
    }
}

/// The texts of a language that is none of [`Language`].
const fn of(language: wording::Language) -> Option<&'static Talk> {
    Some(match language {
        wording::Language::English
        | wording::Language::Spanish
        | wording::Language::Russian
        | wording::Language::Portuguese
        | wording::Language::German => return None,
        wording::Language::French => &fr::TALK,
        wording::Language::Italian => &it::TALK,
        wording::Language::Polish => &pl::TALK,
        wording::Language::Turkish => &tr::TALK,
        wording::Language::Ukrainian => &uk::TALK,
        wording::Language::Arabic => &ar::TALK,
        wording::Language::Hindi => &hi::TALK,
        wording::Language::Indonesian => &id::TALK,
        wording::Language::Dutch => &nl::TALK,
        wording::Language::Czech => &cs::TALK,
        wording::Language::Romanian => &ro::TALK,
        wording::Language::Greek => &el::TALK,
        wording::Language::Hebrew => &he::TALK,
        wording::Language::Persian => &fa::TALK,
        wording::Language::Thai => &th::TALK,
        wording::Language::Vietnamese => &vi::TALK,
        wording::Language::Japanese => &ja::TALK,
        wording::Language::Korean => &ko::TALK,
        wording::Language::Chinese => &zh::TALK,
        wording::Language::Swedish => &sv::TALK,
        wording::Language::Hungarian => &hu::TALK,
    })
}

fn of_tag(tag: Option<&str>) -> Option<&'static Talk> {
    of(wording::Language::of_tag(tag?)?)
}

/// The bot's answer to a command in the language of a tag such as `pl-PL`; in English where there is no text in it.
#[must_use]
pub fn answer_in(command: FanCommand, tag: Option<&str>, setting: &Setting<'_>) -> String {
    let talk = of_tag(tag);
    let told = talk.and_then(|talk| Some((talk, talk.template(command, setting)?)));
    let Some((talk, template)) = told else {
        return answer(command, Language::of(tag), setting);
    };
    let name = shown_name(setting.creator);
    let creator = match name.is_empty() {
        true => talk.nameless,
        false => &name,
    };
    let hours = setting.hours.to_string();
    let values = [
        ("creator", creator),
        ("hours", hours.as_str()),
        ("support", SUPPORT),
    ];
    fill(template, &values)
}

/// What a buyer reads when a pre-checkout is refused because nothing is on sale yet, in the language of a tag.
#[must_use]
pub fn not_for_sale_in(tag: Option<&str>) -> &'static str {
    of_tag(tag).map_or_else(|| not_for_sale(Language::of(tag)), |talk| talk.not_for_sale)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::commands::{Exporting, RestrictedBy};

    const SETTING: Setting<'static> = Setting {
        creator: "Mara Example",
        ai: false,
        vendors: false,
        policy_url: "https://example.org/privacy",
        hours: 24,
        private: true,
        restricted: None,
        exporting: Exporting::Begun,
    };

    /// Commands that are answered in every language.
    const TALKED: [FanCommand; 8] = [
        FanCommand::Start,
        FanCommand::Help,
        FanCommand::Stop,
        FanCommand::Human,
        FanCommand::NoAi,
        FanCommand::Ai,
        FanCommand::PaySupport,
        FanCommand::Forget,
    ];

    fn said(command: FanCommand, language: wording::Language, ai: bool) -> String {
        answer_in(command, Some(language.tag()), &Setting { ai, ..SETTING })
    }

    #[test]
    fn every_language_of_the_honest_answer_has_texts_of_its_own_for_every_command_of_the_talk() {
        for command in TALKED {
            for ai in [false, true] {
                let english = said(command, wording::Language::English, ai);
                let mut seen = HashSet::new();
                for &language in wording::Language::ALL {
                    let text = said(command, language, ai);
                    let is_english = language == wording::Language::English;
                    assert_eq!(text == english, is_english, "{command:?} {language:?}");
                    assert!(seen.insert(text), "{command:?} {language:?} is another's");
                }
                assert_eq!(seen.len(), wording::Language::ALL.len());
            }
        }
    }

    #[test]
    fn every_text_fits_into_one_message_with_no_gap_left() {
        for command in TALKED {
            for &language in wording::Language::ALL {
                for ai in [false, true] {
                    let text = said(command, language, ai);
                    let units = text.encode_utf16().count();
                    assert!((20..=4096).contains(&units), "{command:?} {language:?}");
                    assert!(!text.contains(['{', '}']), "{command:?} {language:?}");
                    assert_eq!(text, text.trim(), "{command:?} {language:?}");
                }
            }
        }
    }

    #[test]
    fn the_greeting_says_in_every_language_that_an_ai_may_write_and_how_to_reach_a_person() {
        for &language in wording::Language::ALL {
            let (with, without) = (
                said(FanCommand::Start, language, true),
                said(FanCommand::Start, language, false),
            );
            assert_ne!(with, without, "{language:?}");
            assert!(with.contains("/human") && with.contains("/privacy"));
            assert!(with.contains("Mara Example"), "{language:?}");
        }
    }

    #[test]
    fn who_asks_for_a_person_is_told_by_when_in_every_language() {
        for &language in wording::Language::ALL {
            let text = said(FanCommand::Human, language, true);
            assert!(text.contains("24") && text.contains("Mara Example"));
            let anywhere = said(FanCommand::Forget, language, true);
            assert!(anywhere.contains(SUPPORT) && anywhere.contains("/privacy"));
            assert!(said(FanCommand::NoAi, language, true).contains("/ai"));
            assert!(said(FanCommand::Ai, language, true).contains("/noai"));
            assert!(said(FanCommand::PaySupport, language, true).contains(SUPPORT));
        }
    }

    #[test]
    fn help_lists_every_command_in_every_language() {
        for &language in wording::Language::ALL {
            let text = said(FanCommand::Help, language, false);
            for command in FanCommand::ALL {
                let named = format!("/{}", command.as_str());
                assert!(text.contains(&named), "{language:?} {command:?}");
            }
        }
    }

    #[test]
    fn what_the_law_asks_for_is_in_english_where_there_is_no_text() {
        for command in FanCommand::ALL {
            if TALKED.contains(command) {
                continue;
            }
            let polish = said(*command, wording::Language::Polish, true);
            assert_eq!(polish, said(*command, wording::Language::English, true));
        }
        let unknown = answer_in(FanCommand::Stop, Some("tlh"), &SETTING);
        let english = answer(FanCommand::Stop, Language::English, &SETTING);
        assert_eq!(unknown, english);
        assert_eq!(answer_in(FanCommand::Stop, None, &SETTING), unknown);
        let german = answer_in(FanCommand::Stop, Some("de-AT"), &SETTING);
        assert_eq!(german, answer(FanCommand::Stop, Language::German, &SETTING));
    }

    #[test]
    fn who_is_restricted_is_promised_no_answer_in_any_language() {
        for by in [RestrictedBy::Fan, RestrictedBy::Team] {
            let setting = Setting {
                restricted: Some(by),
                ..SETTING
            };
            for command in [FanCommand::Start, FanCommand::Human, FanCommand::PaySupport] {
                let polish = answer_in(command, Some("pl"), &setting);
                assert_eq!(polish, answer(command, Language::English, &setting));
            }
        }
    }

    #[test]
    fn a_nameless_creator_still_gives_a_sentence_and_a_name_forges_no_line() {
        for &language in wording::Language::ALL {
            let Some(talk) = of(language) else {
                continue;
            };
            let called = |creator| {
                let setting = Setting { creator, ..SETTING };
                answer_in(FanCommand::Start, Some(language.tag()), &setting)
            };
            assert!(called(" \n").contains(talk.nameless), "{language:?}");
            assert!(called("Eve\n/privacy {hours}").contains("Eve /privacy {hours}"));
        }
    }

    #[test]
    fn the_refusal_of_a_sale_is_short_enough_for_a_dialog_in_every_language() {
        let mut seen = HashSet::new();
        for &language in wording::Language::ALL {
            let text = not_for_sale_in(Some(language.tag()));
            assert!((1..=200).contains(&text.chars().count()), "{language:?}");
            assert!(seen.insert(text), "{language:?} is another's");
        }
        assert_eq!(not_for_sale_in(None), not_for_sale(Language::English));
    }
}
