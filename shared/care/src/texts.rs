//! The words that answer a fan who needs care. Written by people, fixed, and never passed through a model.

use wording::Language;

use crate::care::Care;

mod ar;
mod cs;
mod de;
mod el;
mod en;
mod es;
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
mod pt;
mod ro;
mod ru;
mod sv;
mod th;
mod tr;
mod uk;
mod vi;
mod zh;

/// Number of the wording. It changes whenever a sentence or a help line does, so that it is known what a fan was told.
pub const VERSION: &str = "3";

/// One language's answers. `{creator}` stands for the creator's name.
pub(crate) struct Texts {
    self_harm: &'static str,
    crisis: &'static str,
    minor: &'static str,
    grief: &'static str,
    money_trouble: &'static str,
    refund_dispute: &'static str,
    /// Where to call when there is danger now.
    emergency: &'static str,
    /// Where help lines of any country are found.
    find: &'static str,
    /// Help lines, with the countries (ISO 3166, two letters) that each serves.
    lines: &'static [(&'static [&'static str], &'static str)],
}

/// The answer to a fan who needs care: warm, fixed words in a language.
///
/// `country_hint` is a two-letter country code, if one is known: then only that country's help line is named, when
/// there is one. `creator` is the creator's name as fans see it. Every answer says that a person of the creator's team
/// has been told; the caller sees to it that this is true. Under 1,500 characters for a name under 64.
#[must_use]
pub fn answer(care: Care, language: Language, country_hint: Option<&str>, creator: &str) -> String {
    let texts = texts(language);
    let (body, help) = match care {
        Care::SelfHarm => (texts.self_harm, lines(texts, country_hint)),
        Care::Crisis => (texts.crisis, Vec::new()),
        Care::Minor => return named(texts.minor, creator),
        Care::Grief => return named(texts.grief, creator),
        Care::MoneyTrouble => return named(texts.money_trouble, creator),
        Care::RefundDispute => return named(texts.refund_dispute, creator),
    };
    let mut answer = named(body, creator);
    answer.push('\n');
    for line in help.into_iter().chain([texts.emergency, texts.find]) {
        answer.push_str("\n• ");
        answer.push_str(line);
    }
    answer
}

fn named(text: &str, creator: &str) -> String {
    text.replace("{creator}", creator.trim())
}

/// Help lines of the country, in the fan's language if it has them; all of the language when the country is unknown.
fn lines(texts: &'static Texts, country_hint: Option<&str>) -> Vec<&'static str> {
    let country = country_hint.map(|country| country.trim().to_ascii_uppercase());
    let serves = |(countries, line): &(&'static [&'static str], &'static str)| {
        countries
            .iter()
            .any(|known| Some(*known) == country.as_deref())
            .then_some(*line)
    };
    let everywhere = Language::ALL.iter().map(|language| self::texts(*language));
    let own = std::iter::once(texts)
        .chain(everywhere)
        .find_map(|texts| texts.lines.iter().find_map(serves));
    match own {
        Some(line) => vec![line],
        None => texts.lines.iter().map(|(_, line)| *line).collect(),
    }
}

fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Arabic => &ar::TEXTS,
        Language::German => &de::TEXTS,
        Language::Spanish => &es::TEXTS,
        Language::French => &fr::TEXTS,
        Language::Hindi => &hi::TEXTS,
        Language::Indonesian => &id::TEXTS,
        Language::Italian => &it::TEXTS,
        Language::Japanese => &ja::TEXTS,
        Language::Dutch => &nl::TEXTS,
        Language::Polish => &pl::TEXTS,
        Language::Portuguese => &pt::TEXTS,
        Language::Russian => &ru::TEXTS,
        Language::Turkish => &tr::TEXTS,
        Language::Ukrainian => &uk::TEXTS,
        Language::Chinese => &zh::TEXTS,
        Language::Czech => &cs::TEXTS,
        Language::Romanian => &ro::TEXTS,
        Language::Greek => &el::TEXTS,
        Language::Hebrew => &he::TEXTS,
        Language::Persian => &fa::TEXTS,
        Language::Thai => &th::TEXTS,
        Language::Vietnamese => &vi::TEXTS,
        Language::Korean => &ko::TEXTS,
        Language::Swedish => &sv::TEXTS,
        Language::Hungarian => &hu::TEXTS,
        Language::English => &en::TEXTS,
    }
}

#[cfg(test)]
mod tests {
    use wording::Language;

    use super::{answer, texts};
    use crate::care::Care;

    #[test]
    fn every_answer_names_the_creator_and_leaves_no_blank() {
        for language in Language::ALL {
            for care in Care::ALL {
                let text = answer(care, *language, None, "Luna");
                assert!(text.contains("Luna"), "{language:?} {care:?}");
                assert!(!text.contains(['{', '}']), "{language:?} {care:?}");
                assert!(text.chars().count() < 1_500, "{language:?} {care:?}");
            }
        }
    }

    #[test]
    fn danger_is_answered_with_help_in_every_language() {
        for language in Language::ALL {
            for care in [Care::SelfHarm, Care::Crisis] {
                let text = answer(care, *language, None, "Luna");
                assert!(text.contains("112"), "{language:?} {care:?}");
                assert!(
                    text.contains("https://findahelpline.com"),
                    "{language:?} {care:?}"
                );
            }
        }
    }

    #[test]
    fn a_known_country_gets_its_own_line_whatever_the_language() {
        let american = answer(Care::SelfHarm, Language::English, Some("us"), "Luna");
        assert!(american.contains("988") && !american.contains("116 123"));
        let german_abroad = answer(Care::SelfHarm, Language::English, Some("DE"), "Luna");
        assert!(german_abroad.contains("0800 111 0 111") && !german_abroad.contains("988"));
        let unknown = answer(Care::SelfHarm, Language::English, Some("ZZ"), "Luna");
        assert!(
            unknown.contains("988") && unknown.contains("116 123") && unknown.contains("13 11 14")
        );
    }

    #[test]
    fn help_lines_for_suicide_are_not_given_for_other_reasons() {
        assert!(!answer(Care::Crisis, Language::Spanish, None, "Luna").contains("024"));
        assert!(!answer(Care::Grief, Language::English, None, "Luna").contains("988"));
    }

    #[test]
    fn every_language_has_words_of_its_own_for_every_care() {
        for care in Care::ALL {
            let mut seen: Vec<String> = Language::ALL
                .iter()
                .map(|language| answer(care, *language, None, "Luna"))
                .collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), Language::ALL.len(), "{care:?}");
        }
    }

    #[test]
    fn countries_are_two_capital_letters() {
        for language in Language::ALL {
            for country in texts(*language)
                .lines
                .iter()
                .flat_map(|(countries, _)| countries.iter())
            {
                assert!(
                    country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()),
                    "{country}"
                );
            }
        }
    }
}
