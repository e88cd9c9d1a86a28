//! Finnish: thoughts of self-harm and an age under 18 only, written without a native reader; one must still read it.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "",
    self_harm: "
        haluan|haluaisin|tahdon|tahtoisin|toivon|haluun|haluisin ~2 kuolla|kuolisin|olla_kuollut|kadota_lopullisesti !nauruun|häpeästä
        en ~1 halua|jaksa|tahdo|haluu|pysty ~1 enää|enaa ~1 elää|elämää|olla_olemassa|herätä|olla_täällä !ilman|kanssa|ilman_sinua
        en ~1 halua|jaksa|haluu|tahdo ~1 elää|olla_olemassa ~1 enää|näin|$ !ilman|kanssa
        tapan|tappaa|tapaisin|tappaisin|hirtän|hirttää|ammun|ampua ~1 itseni|itteni|itsensä
        itsemurha*|itsemurhan|itsetuhoi*
        viillän|viiltelen|viiltelin|satutan|vahingoitan ~1 itseäni|ranteeni|ittiäni|$
        viiltelen|viiltelin ~1
        päätän|lopetan|päättää|lopettaa ~1 elämäni|päiväni|päivät
        elämällä|elämässä ~2 ei ~1 ole|oo ~1 merkitystä|tarkoitusta|järkeä
    ",
    crisis: "",
    minor: "
        olen|oon|täytän ~1 # ~0 vuotias|vuotta|v|vuotta_vanha|$
        # ~0 vuotias !<poika|tyttö|lapsi|veli|sisko
        alaikäinen|alle_18|en_ole_18|ala_ikäinen !<en
        olen|oon|käyn ~1 yläasteella|ala_asteella|seitsemännellä|kahdeksannella|yhdeksännellä|kuudennella ~1
    ",
    grief: "",
    money_trouble: "",
    refund_dispute: "",
    harmless: "
        kuolen|kuolin|kuolla ~2 nauruun|häpeästä|nälkään|tylsyyteen|uteliaisuudesta|onnesta
        elokuva*|kirja*|sarja*|peli* ~4 itsemurha*|kuole*
        itsemurhapommittaja|itsemurhaisku
    ",
    other_ages: "
        poikani|tyttäreni|veljeni|siskoni|pikkuveli|pikkusisko|poika|tyttö|koira*|kissa* ~2 on|täyttää|täytti ~1 #
        kun ~1 olin|täytin ~1 #
    ",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
