//! R05: pitches where selling is not allowed.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/selling.txt"));

/// Takes hold of any offer, request for Stars or tip, unless selling is allowed in this chat.
pub(super) fn find(draft: &Draft, context: &Context<'_>) -> Option<Action> {
    let pitched = !context.selling_allowed && WORDS.says("pitches", &draft.sentences);
    pitched.then_some(Action::HandOver)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{context, hits_in};
    use super::super::{Context, RuleId};

    const PITCHES: [&str; 22] = [
        "want to unlock my new video?",
        "the photo set is 120 ⭐",
        "you can buy the set here",
        "send me a tip",
        "subscribe to my VIP",
        "kauf dir das neue Video",
        "compra mi nuevo set",
        "купи новое видео",
        "achète ma vidéo",
        "it costs 500 Stars",
        "pay me and I show you more",
        "pay first, then I send you the rest",
        "your account will be closed unless you pay",
        "dein Konto wird gesperrt, wenn du nicht zahlst",
        "tu cuenta será bloqueada si no pagas",
        "аккаунт закроют, если не заплатишь",
        "заплати мне и увидишь больше",
        "no money, no chat",
        "you lose access if you don't pay today",
        "págame y te enseño más",
        "if you don't tip, I stop answering",
        "erst zahlen, dann reden",
    ];

    fn pitched(text: &str, selling_allowed: bool) -> bool {
        hits_in(
            text,
            &Context {
                selling_allowed,
                ..context()
            },
        )
        .contains(&RuleId::Selling)
    }

    #[test]
    fn r05_no_pitch_leaves_where_selling_is_not_allowed() {
        for text in PITCHES {
            assert!(pitched(text, false), "{text}");
        }
    }

    #[test]
    fn r05_pitches_in_other_languages_are_recognised_too() {
        let missed: Vec<&str> = crate::corpus::rows(include_str!("../../corpus/pitches.tsv"))
            .map(|row| row[1])
            .filter(|text| !pitched(text, false))
            .collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn a_pitch_is_left_alone_where_selling_is_allowed_and_so_is_ordinary_talk() {
        for text in PITCHES {
            assert!(!pitched(text, true), "{text}");
        }
        for text in [
            "did you buy milk?",
            "the stars are out tonight",
            "I watched a video today",
            "they pay me well at the bakery",
            "you don't have to pay anything here",
        ] {
            assert!(!pitched(text, false), "{text}");
        }
    }
}
