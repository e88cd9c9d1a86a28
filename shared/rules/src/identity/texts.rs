//! The fixed texts around the AI, one file per language. The creator's name stands for `{creator}`.
//!
//! Change [`VERSION`] with any wording: what a fan was told is recorded by it.

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

use wording::Language;

/// Version of all texts: the day they were last changed.
pub const VERSION: &str = "2026-11-30";

/// Longest part of a creator's name that is put into a text, in characters.
const NAME_LIMIT: usize = 64;

/// How much is said in front of an AI's reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disclosure {
    /// Before the first reply: who writes, who reads along, how to reach a person.
    Full,
    /// A reminder after a day: who writes.
    Short,
}

/// What a fan sent that no machine interprets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// One photo.
    Photo,
    /// Several photos or videos sent together.
    Album,
    /// A video or a video note.
    Video,
    /// A voice message or other sound.
    Voice,
    /// A sticker or an animation.
    Sticker,
}

/// All texts of one language.
struct Texts {
    honest: &'static str,
    full: &'static str,
    short: &'static str,
    cannot_answer: &'static str,
    handed_over: &'static str,
    photo: &'static str,
    album: &'static str,
    video: &'static str,
    voice: &'static str,
    sticker: &'static str,
}

fn of(language: Language) -> &'static Texts {
    match language {
        Language::English => &en::TEXTS,
        Language::Spanish => &es::TEXTS,
        Language::Russian => &ru::TEXTS,
        Language::Portuguese => &pt::TEXTS,
        Language::German => &de::TEXTS,
        Language::French => &fr::TEXTS,
        Language::Italian => &it::TEXTS,
        Language::Polish => &pl::TEXTS,
        Language::Turkish => &tr::TEXTS,
        Language::Ukrainian => &uk::TEXTS,
        Language::Arabic => &ar::TEXTS,
        Language::Hindi => &hi::TEXTS,
        Language::Indonesian => &id::TEXTS,
        Language::Dutch => &nl::TEXTS,
        Language::Czech => &cs::TEXTS,
        Language::Romanian => &ro::TEXTS,
        Language::Greek => &el::TEXTS,
        Language::Hebrew => &he::TEXTS,
        Language::Persian => &fa::TEXTS,
        Language::Thai => &th::TEXTS,
        Language::Vietnamese => &vi::TEXTS,
        Language::Japanese => &ja::TEXTS,
        Language::Korean => &ko::TEXTS,
        Language::Chinese => &zh::TEXTS,
        Language::Swedish => &sv::TEXTS,
        Language::Hungarian => &hu::TEXTS,
    }
}

/// Puts the creator's name in, as one line without control characters.
fn fill(text: &str, creator: &str) -> String {
    let name: String = creator
        .chars()
        .filter(|c| !c.is_control())
        .take(NAME_LIMIT)
        .collect();
    text.replace("{creator}", name.trim())
}

/// The answer to a fan who asks who writes: an AI, for the creator's team; a person reads along; `/human` reaches one.
#[must_use]
pub fn honest_answer(language: Language, creator: &str) -> String {
    fill(of(language).honest, creator)
}

/// One or two lines to put in front of an AI's reply.
#[must_use]
pub fn disclosure(form: Disclosure, language: Language, creator: &str) -> String {
    let texts = of(language);
    let text = match form {
        Disclosure::Full => texts.full,
        Disclosure::Short => texts.short,
    };
    fill(text, creator)
}

/// The line for when no AI can be reached or its budget is spent: a person will read and answer.
#[must_use]
pub fn cannot_answer(language: Language, creator: &str) -> String {
    fill(of(language).cannot_answer, creator)
}

/// The line for when a person takes over.
#[must_use]
pub fn handed_over(language: Language, creator: &str) -> String {
    fill(of(language).handed_over, creator)
}

/// The line for media that only a person can look at or listen to; it never pretends to have seen it.
#[must_use]
pub fn media_received(language: Language, creator: &str, kind: Media) -> String {
    let texts = of(language);
    let text = match kind {
        Media::Photo => texts.photo,
        Media::Album => texts.album,
        Media::Video => texts.video,
        Media::Voice => texts.voice,
        Media::Sticker => texts.sticker,
    };
    fill(text, creator)
}

#[cfg(test)]
mod tests {
    use wording::Language;

    use super::{
        Disclosure, Media, cannot_answer, disclosure, handed_over, honest_answer, media_received,
    };
    use crate::identity::denies_ai_as;

    const KINDS: [Media; 5] = [
        Media::Photo,
        Media::Album,
        Media::Video,
        Media::Voice,
        Media::Sticker,
    ];

    fn all(language: Language, creator: &str) -> Vec<String> {
        let mut texts = vec![
            honest_answer(language, creator),
            disclosure(Disclosure::Full, language, creator),
            disclosure(Disclosure::Short, language, creator),
            cannot_answer(language, creator),
            handed_over(language, creator),
        ];
        texts.extend(KINDS.map(|kind| media_received(language, creator, kind)));
        texts
    }

    #[test]
    fn every_text_names_the_creators_team_or_its_sender_and_leaves_no_gap_or_lie() {
        for language in Language::ALL {
            for text in all(*language, "Mira") {
                assert!(text.contains("Mira"), "{text}");
                assert!(!text.contains('{') && !text.contains('}'), "{text}");
                assert!(!denies_ai_as(&text, "Mira"), "{text}");
            }
        }
    }

    #[test]
    fn the_honest_answer_and_the_full_disclosure_offer_a_person() {
        for language in Language::ALL {
            assert!(honest_answer(*language, "Mira").contains("/human"));
            let full = disclosure(Disclosure::Full, *language, "Mira");
            assert!(
                full.contains("/human") && full.lines().count() == 2,
                "{full}"
            );
            assert_eq!(
                disclosure(Disclosure::Short, *language, "Mira")
                    .lines()
                    .count(),
                1
            );
        }
    }

    #[test]
    fn languages_do_not_share_texts() {
        let mut seen: Vec<String> = Language::ALL
            .iter()
            .flat_map(|language| all(*language, "Mira"))
            .collect();
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), count);
    }

    #[test]
    fn a_creators_name_cannot_break_a_line() {
        let text = disclosure(Disclosure::Short, Language::English, "Mi\nra");
        assert_eq!(text.lines().count(), 1, "{text}");
    }
}
