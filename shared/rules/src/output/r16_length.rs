//! R16: neither empty nor too long.

use super::draft::{Draft, READ_LIMIT};
use super::{Action, Context, LIMIT};

/// A text without a letter, digit or sign that can be seen is empty.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    let hopeless = draft.plain.is_empty() || draft.raw.chars().count() > READ_LIMIT;
    let long = draft.plain.chars().count() > LIMIT;
    let action = if hopeless {
        Action::HandOver
    } else {
        Action::Rewrite
    };
    (hopeless || long).then_some(action)
}

/// The text up to the limit: whole sentences if one ends in its second half, else whole words.
pub(super) fn cut(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LIMIT) else {
        return text.to_owned();
    };
    let kept = &text[..end];
    let ends = |c: char| {
        matches!(
            c,
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '\n'
        )
    };
    let sentence = kept.rfind(ends).filter(|place| *place > end / 2);
    let place = sentence
        .map(|place| place + kept[place..].chars().next().map_or(0, char::len_utf8))
        .or_else(|| kept.rfind(char::is_whitespace))
        .unwrap_or(end);
    kept[..place].trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{context, hits};
    use super::super::{Action, LIMIT, RuleId, check};
    use super::cut;

    #[test]
    fn r16_an_empty_text_is_handed_over_and_a_long_one_is_cut() {
        for text in [
            "",
            "  \n ",
            "\u{200b}\u{202e}",
            "**",
            &"far too long a text. ".repeat(400),
        ] {
            assert_eq!(
                check(text, &context()).action,
                Action::HandOver,
                "{:.20}",
                text
            );
            assert!(hits(text).contains(&RuleId::Length), "{text:.20}");
        }
        let sentences: String = (0..120)
            .map(|n| format!("The {n}th wave was nice. "))
            .collect();
        assert!(hits(&sentences).contains(&RuleId::Length));
    }

    #[test]
    fn a_text_is_cut_where_a_sentence_ends_or_a_word() {
        let sentences = "One. ".repeat(300);
        assert!(cut(&sentences).ends_with("One.") && cut(&sentences).chars().count() <= LIMIT);
        let words = "one ".repeat(300);
        assert!(cut(&words).ends_with("one"));
        assert_eq!(cut("short"), "short");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_leaves_is_never_too_long(text in "([a-zé中😀]{0,9}[ .\n]){0,400}") {
            if let Some(text) = check(&text, &context()).text {
                prop_assert!(text.chars().count() <= LIMIT);
            }
        }
    }
}
