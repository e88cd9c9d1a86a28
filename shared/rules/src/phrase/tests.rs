//! The notation, piece by piece.

use super::{Phrases, sentences};

fn says(source: &str, text: &str) -> bool {
    let phrases = Phrases::parse(source);
    sentences(text, "Mira")
        .iter()
        .any(|sentence| phrases.says("x", sentence))
}

#[test]
fn words_follow_each_other_with_choices_gaps_and_ends() {
    let source = "@bot = bot|chat_gpt|robot%\n[x]\nare|r you ~2 @bot >|lol";
    assert!(says(source, "Are you a bot?") && says(source, "r you chat gpt lol"));
    assert!(says(source, "are you maybe a robbot"));
    assert!(!says(source, "are you a bot maker") && !says(source, "you are a bot"));
    assert!(!says(source, "are you such a big fat bot"));
}

#[test]
fn negated_words_are_left_out() {
    assert!(
        says("[x]\n^not i ~2!no real", "i am real")
            && !says("[x]\n^not i ~2!no real", "not i am real")
    );
    assert!(!says("[x]\n^not i ~2!no real", "i no real"));
}

#[test]
fn some_phrases_are_questions_only() {
    assert!(says("[x]\n?? bot", "bot?") && !says("[x]\n?? bot", "bot!"));
}

#[test]
fn optional_and_repeated_elements_may_be_missing() {
    let source = "[x]\n< i ?really so|very{2} real >";
    assert!(says(source, "I real") && says(source, "I really so very real"));
    assert!(!says(source, "I so very so real") && !says(source, "am I real"));
}

#[test]
fn beginnings_and_endings_of_words_fit() {
    assert!(says("[x]\nautomat*", "automatisch") && says("[x]\n*bot", "chatbot"));
}

#[test]
fn names_are_the_creators_or_capitalised() {
    assert!(says("[x]\nreally $", "are you really mira"));
    assert!(
        says("[x]\nreally $", "are you really Lena")
            && !says("[x]\nreally $", "are you really ill")
    );
    assert!(says("[x]\nyou $$", "are you Mira") && !says("[x]\nyou $$", "are you Lena"));
}

#[test]
fn skipped_words_are_no_part_of_a_phrase() {
    assert!(
        !says("! real madrid\n[x]\nreal", "real Madrid won")
            && says("! real madrid\n[x]\nreal", "real Real")
    );
}

#[test]
fn characters_are_words_where_no_spaces_are_written() {
    assert!(
        says("[x]\n你 ~2 机器人", "你是不机器人") && !says("[x]\n你 ~2 机器人", "你是不是个机器人")
    );
}
