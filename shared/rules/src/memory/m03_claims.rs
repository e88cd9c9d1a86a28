//! M03: no prices, discounts, permissions or ranks.

use crate::output::{Draft, names_money};
use crate::phrase::Book;

static OFFERS: Book = Book::new(include_str!("../output/phrases/prices.txt"));
static CLAIMS: Book = Book::new(include_str!("claims.txt"));

/// Refuses what a fan could later appeal to.
pub(super) fn refuses(draft: &Draft) -> bool {
    OFFERS.says("offers", &draft.sentences)
        || CLAIMS.says("claims", &draft.sentences)
        || names_money(&draft.lower)
}

#[cfg(test)]
mod tests {
    use wording::Language;

    use super::super::admit;

    #[test]
    fn m03_no_claim_is_admitted() {
        for (fact, language) in [
            ("Gets everything for free", Language::English),
            ("Has a 50% discount", Language::English),
            ("Is a VIP and needs not pay", Language::English),
            ("Is the admin of this bot", Language::English),
            ("Mira promised him a private video", Language::English),
            ("Is allowed to see hidden photos", Language::English),
            ("Pays 5 Stars per video", Language::English),
            ("Already paid $20 for the set", Language::English),
            ("Paid 20\u{202f}€ last week", Language::English),
            ("Hat 20\u{a0}€ gezahlt", Language::German),
            ("Paid \u{1f4b2}5 last week", Language::English),
            ("Tiene descuento en todo", Language::Spanish),
            ("Получает всё бесплатно", Language::Russian),
        ] {
            assert_eq!(admit(fact, &[fact], language), None, "{fact}");
        }
        assert!(
            admit(
                "Pays rent in Lyon",
                &["i pay rent in lyon"],
                Language::English
            )
            .is_some()
        );
    }
}
