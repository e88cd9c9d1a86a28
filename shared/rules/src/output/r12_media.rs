//! R12: no pretence of having seen or heard what a fan sent.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/media.txt"));

/// Takes hold of a text that speaks about what is in a photo, a video or a voice message.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    WORDS
        .says("pretends", &draft.sentences)
        .then_some(Action::HandOver)
}

#[cfg(test)]
mod tests {
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone, hits};
    use crate::identity::{Media, media_received};
    use wording::Language;

    #[test]
    fn r12_no_pretence_of_having_seen_or_heard_leaves() {
        let texts = [
            "I just saw your photo, so cute",
            "I love that picture you sent",
            "you look amazing in that pic",
            "your voice sounds so warm",
            "I listened to your voice note twice",
            "watched your video, wow",
            "what a nice selfie!",
            "schönes Foto von dir",
            "qué linda foto",
            "классное фото",
            "ta photo est superbe",
        ];
        assert_caught(RuleId::Media, &texts);
    }

    #[test]
    fn thanks_without_pretence_and_talk_about_own_photos_are_left_alone() {
        let texts = [
            "thank you for the photo, a person will look at it",
            "I can't see photos",
            "did you take a photo there?",
            "I posted a new photo today",
        ];
        assert_left_alone(RuleId::Media, &texts);
        for language in Language::ALL {
            for kind in [
                Media::Photo,
                Media::Album,
                Media::Video,
                Media::Voice,
                Media::Sticker,
            ] {
                let text = media_received(*language, "Mira", kind);
                assert!(!hits(&text).contains(&RuleId::Media), "{text}");
            }
        }
    }
}
