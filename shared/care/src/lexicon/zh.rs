//! To do.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "",
    self_harm: "",
    crisis: "",
    minor: "",
    grief: "",
    money_trouble: "",
    refund_dispute: "",
    harmless: "",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
