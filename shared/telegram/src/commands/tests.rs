//! What the bot says, in sentences.

use super::*;

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

fn every_answer() -> impl Iterator<Item = (FanCommand, Language, bool, String)> {
    Language::ALL.iter().flat_map(|&language| {
        FanCommand::ALL.iter().flat_map(move |&command| {
            [false, true].map(|ai| {
                (
                    command,
                    language,
                    ai,
                    answer(command, language, &Setting { ai, ..SETTING }),
                )
            })
        })
    })
}

#[test]
fn every_answer_fits_into_one_message_with_no_gap_left() {
    for (command, language, _, text) in every_answer() {
        let units = text.encode_utf16().count();
        assert!(
            (20..=4096).contains(&units),
            "{command:?} {language:?} {units}"
        );
        assert!(!text.contains(['{', '}']), "{command:?} {language:?}");
        assert_eq!(text, text.trim());
    }
}

#[test]
fn languages_do_not_share_a_single_answer() {
    for &command in FanCommand::ALL {
        let texts: std::collections::HashSet<_> = Language::ALL
            .iter()
            .map(|&language| answer(command, language, &SETTING))
            .collect();
        assert_eq!(texts.len(), Language::ALL.len(), "{command:?}");
    }
}

#[test]
fn the_language_is_chosen_by_its_first_part_and_falls_back_to_english() {
    let table = [
        (Some("es"), Language::Spanish),
        (Some("es-MX"), Language::Spanish),
        (Some("PT-br"), Language::Portuguese),
        (Some("ru"), Language::Russian),
        (Some("de_AT"), Language::German),
        (Some("en-GB"), Language::English),
        (Some("est"), Language::English),
        (Some("uk"), Language::English),
        (Some(""), Language::English),
        (None, Language::English),
    ];
    for (code, expected) in table {
        assert_eq!(Language::of(code), expected, "{code:?}");
    }
}

#[test]
fn start_discloses_an_ai_exactly_when_there_is_one() {
    for &language in Language::ALL {
        let without = answer(FanCommand::Start, language, &SETTING);
        let with = answer(
            FanCommand::Start,
            language,
            &Setting {
                ai: true,
                ..SETTING
            },
        );
        assert_ne!(without, with);
        assert!(with.contains("/human"), "{language:?}");
    }
    let said = answer(FanCommand::Start, Language::English, &SETTING);
    assert!(said.contains("A person answers"), "{said}");
    assert!(
        said.contains("At the moment no AI"),
        "a mode may change: {said}"
    );
}

#[test]
fn the_list_says_that_all_is_forgotten() {
    let said = answer(FanCommand::Help, Language::English, &SETTING);
    assert!(said.contains("/forget – have everything deleted"), "{said}");
}

#[test]
fn privacy_names_both_roles_the_policy_and_the_version() {
    for &language in Language::ALL {
        let text = answer(FanCommand::Privacy, language, &SETTING);
        for part in [
            "Mara Example",
            "Sofi CRM",
            SUPPORT,
            SETTING.policy_url,
            VERSION,
            "edpb.europa.eu",
            "ico.org.uk",
        ] {
            assert!(text.contains(part), "{language:?} {part}");
        }
    }
}

#[test]
fn privacy_names_the_vendors_exactly_when_they_receive_something() {
    for &language in Language::ALL {
        let drafting = Setting {
            vendors: true,
            ..SETTING
        };
        assert!(answer(FanCommand::Privacy, language, &drafting).contains("xAI, Groq"));
        assert!(!answer(FanCommand::Privacy, language, &SETTING).contains("Groq"));
    }
}

#[test]
fn what_is_not_available_names_a_way_to_a_person() {
    for &language in Language::ALL {
        let text = answer(FanCommand::PaySupport, language, &SETTING);
        assert!(
            text.contains(SUPPORT) && text.contains("Mara Example"),
            "{language:?}"
        );
    }
}

#[test]
fn p27_who_asks_to_be_deleted_is_asked_back_and_told_what_it_means() {
    for &language in Language::ALL {
        let question = answer(FanCommand::Delete, language, &SETTING);
        assert!(question.contains("Mara Example") && question.contains("/privacy"));
        assert!(question.contains("10") && !delete_button(language).is_empty());
        for shown in [Erasing::Begun, Erasing::Late, Erasing::Nothing] {
            assert!(shown.says(language).chars().count() <= 200, "{shown:?}");
        }
        for days in ["45", "35", "7"] {
            assert!(Erasing::Done.says(language).contains(days), "{language:?}");
        }
        let elsewhere = Setting {
            private: false,
            ..SETTING
        };
        let text = answer(FanCommand::Delete, language, &elsewhere);
        assert!(text.contains("/delete") && text.contains(SUPPORT));
    }
}

#[test]
fn p28_who_is_restricted_is_promised_no_answer_and_told_who_can_end_it() {
    for &language in Language::ALL {
        let answer = |command, by| {
            let restricted = Some(by);
            let setting = Setting {
                restricted,
                ..SETTING
            };
            answer(command, language, &setting)
        };
        let own = answer(FanCommand::Restrict, RestrictedBy::Fan);
        assert!(own.contains("/unrestrict"), "{language:?}");
        let held = answer(FanCommand::Unrestrict, RestrictedBy::Team);
        assert!(held.contains(SUPPORT) && !held.contains("/unrestrict"));
        for command in [FanCommand::Start, FanCommand::Human, FanCommand::PaySupport] {
            assert_eq!(answer(command, RestrictedBy::Fan), own, "{command:?}");
            assert_eq!(answer(command, RestrictedBy::Team), held, "{command:?}");
        }
    }
}

#[test]
fn the_buttons_under_the_privacy_text_stand_for_commands_and_nothing_else_does() {
    for &language in Language::ALL {
        let pressed: Vec<_> = choices(language)
            .into_iter()
            .map(|(label, data)| {
                assert!(!label.is_empty() && data.len() <= 64, "{language:?}");
                FanCommand::of_button(&data).expect("a command")
            })
            .collect();
        assert_eq!(pressed, OFFERED);
    }
    for data in ["command:unrestrict", "command:ai", "command:", "stop", ""] {
        assert_eq!(FanCommand::of_button(data), None, "{data}");
    }
}

#[test]
fn help_lists_every_command() {
    for &language in Language::ALL {
        let text = answer(FanCommand::Help, language, &SETTING);
        for command in FanCommand::ALL {
            assert!(
                text.contains(&format!("/{}", command.as_str())),
                "{language:?} {command:?}"
            );
        }
    }
}

#[test]
fn a_creators_name_cannot_forge_lines_or_gaps() {
    let creator = "Eve\n\n/privacy\u{202e}{policy}";
    let text = answer(
        FanCommand::Start,
        Language::English,
        &Setting { creator, ..SETTING },
    );
    assert!(text.contains("Eve /privacy {policy}"));
    assert!(!text.contains('\u{202e}'));
    let long = "a".repeat(500);
    assert_eq!(shown_name(&long).len(), NAME_LIMIT);
}

#[test]
fn a_nameless_creator_still_gives_a_sentence() {
    for &language in Language::ALL {
        let text = answer(
            FanCommand::Start,
            language,
            &Setting {
                creator: " \n",
                ..SETTING
            },
        );
        assert!(text.contains(texts::of(language).nameless), "{language:?}");
    }
}

#[test]
fn a_command_for_another_bot_is_not_ours() {
    assert_eq!(
        FanCommand::parse("/stop@example_bot", "example_bot"),
        Some(FanCommand::Stop)
    );
    assert_eq!(FanCommand::parse("/stop@other_bot", "example_bot"), None);
    assert_eq!(
        FanCommand::parse("/stop", "example_bot"),
        Some(FanCommand::Stop)
    );
    assert_eq!(FanCommand::parse("/menu", "example_bot"), None);
}

#[test]
fn the_refusal_of_a_sale_is_short_enough_for_a_dialog() {
    for &language in Language::ALL {
        assert!(not_for_sale(language).chars().count() <= 200);
    }
}
