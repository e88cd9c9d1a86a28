//! Danish and Norwegian: thoughts of self-harm and an age under 18 only, written without a native reader; one must
//! still read it.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "",
    self_harm: "
        jeg|eg|æ ~1 vil|ville|ønsker|vill|skulle_ønske|har_lyst_til_å|har_lyst_til_at|gider ~2 dø|døde|være_død|vere_død|forsvinde_for_altid|forsvinne_for_alltid !af|av|for_dig|for_deg
        vil bare? ~0 dø|døø $
        jeg|eg ~1 vil|orker|gider|kan|ønsker|magter|klarer ~1 ikke|ikkje|aldrig|aldri ~1 leve|eksistere|være_her|være_til|vågne|våkne ~1 mere|mer|længere|lenger|igen|igjen|$ !uden|uten|med|på|i|tidligt|tidlig
        orker|magter ~1 ikke|ikkje mere|mer|lenger|længere $
        jeg|eg ~1 kan ikke|ikkje mere|mer|længere|lenger $
        ta|tar|tage|tager|taget|tatt ~1 livet mitt|mit|av_meg|af_mig|af_mig_selv|av_meg_selv
        tage|tager|ta|tar|avslutte|afslutte|gjøre_slutt_på|gøre_en_ende_på ~1 mit|mitt liv|livet
        selvmord|selvmordstanker|selvmordsforsøg|selvmordsforsøk|begå_selvmord|suicid*
        skærer|skære|skjærer|skjære|skader|skade|kutter ~1 mig|meg ~1 selv|sjøl|i_armen|i_armene|igen|igjen|$
        hænge|henge|dræbe|drepe|skyde|skyte|drukne mig|meg ~1 selv|sjøl|snart|$
        ingen mening|grund|grunn ~1 med|til ~1 livet|at_leve|å_leve|leve
    ",
    crisis: "",
    minor: "
        jeg|eg er|bliver|blir|fyller|fylder ~1 # !minutter|timer|dage|dager|år_ældre|år_eldre|km|kilometer|procent|prosent|kilo|kg|poeng|point|grader|meter|uger|uker|måneder
        # år ~0 gammel !<i|efter|etter|for
        mindreårig|under_18_år|ikke_fylt_18|ikke_fyldt_18|ikke_18_ennå|ikke_18_endnu
        jeg|eg ~0 går ~0 i|på ~0 sjette|syvende|ottende|niende|åttende|tiende|ungdomsskolen|folkeskolen|mellemtrinnet ~0 klasse|$
    ",
    grief: "",
    money_trouble: "",
    refund_dispute: "",
    harmless: "
        dø|dør|døde|død ~2 af|av ~1 grin|latter|skam|sult|kedsomhed|kjedsomhet|nysgjerrighet|nysgerrighed|lykke|varme|kærlighed
        kan ~1 ikke mere|mer ~1 kage|kake|mat|mad
        selvmordsbomber|selvmordsaktion
        film*|bog*|bok*|sang*|spil*|spill* ~4 selvmord*|dør|dø
    ",
    other_ages: "
        søn|sønn|datter|bror|søster|lillebror|lillesøster|barn*|nevø|hund*|kat*|elev* ~2 er|bliver|blir|fylder|fyller ~1 #
        da ~1 jeg ~0 var|fyldte|fylte ~1 #
    ",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
