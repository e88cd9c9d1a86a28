//! M01: one short line of plain text.

use super::FACT_LIMIT;
use crate::output::Draft;

/// Refuses what is empty, long, of several lines, marked up, or holds invisible characters.
pub(super) fn refuses(draft: &Draft) -> bool {
    let plain = draft.plain == draft.raw
        && !draft
            .raw
            .contains(['\n', '{', '}', '<', '>', '[', ']', '|', '=']);
    !plain || draft.folded.is_empty() || draft.raw.chars().count() > FACT_LIMIT
}

#[cfg(test)]
mod tests {
    use wording::Language;

    use super::super::admit;

    #[test]
    fn m01_only_a_short_plain_line_is_admitted() {
        let long = "likes tea ".repeat(17);
        for fact in [
            "likes **tea**",
            "likes\ntea",
            "{likes: tea}",
            "likes \u{200b}tea",
            "<b>likes tea</b>",
            "likes tea = yes",
            &long,
        ] {
            assert_eq!(
                admit(fact, &["likes tea = yes"], Language::English),
                None,
                "{fact}"
            );
        }
        assert!(admit("likes tea", &["likes tea"], Language::English).is_some());
    }
}
