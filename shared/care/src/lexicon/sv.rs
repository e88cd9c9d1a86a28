//! Swedish: thoughts of self-harm and an age under 18 only, written without a native reader; one must still read it.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "",
    self_harm: "
        orkar ~0 inte mer|mera|längre $
        vill|orkar|kan|önskar|iddes ~1 inte|aldrig|ej ~1 leva|finnas|existera|vakna ~1 längre|mer|igen|mera|$ !utan|med|i|på|tidigt|imorgon_bitti
        vill|skulle_vilja|önskar|hellre|längtar ~2 dö|dog|vara_död|försvinna_för_alltid|få_dö !av|för_dig
        ta|tar|tog ~1 livet av|ifrån mig
        ta|tar|avsluta|avslutar|göra_slut_på ~1 mitt liv
        självmord|självmordstankar|självmordsförsök|självmordsbenägen|suicid*|begå_självmord
        skär|skära|skärt|skadar|skada|rispar ~1 mig ~1 själv|i_armen|i_armarna|igen|$ !<råkade|råkar
        hänga|döda|dödar|skjuta|dränka mig ~1 själv|$|snart|ikväll
        ingen mening ~1 med ~1 livet|att_leva|leva
    ",
    crisis: "",
    minor: "
        jag|ja är|e|blir|fyller|fyllde ~1 # !minuter|timmar|dagar|år_äldre|km|kilometer|mil|procent|kilo|kg|poäng|grader|meter|veckor|månader
        # år ~0 gammal|och_går|bara !<i|efter|för !sedan|senare|i_rad|tillsammans|gift
        jag|ja ~1 går|går_i ~1 i ~0 sexan|sjuan|åttan|nian|femman|högstadiet|mellanstadiet|lågstadiet
        minderårig|inte_fyllt_18|inte_18_än|under_18_år|under_arton
    ",
    grief: "",
    money_trouble: "",
    refund_dispute: "",
    harmless: "
        dö|dör|dog|död ~2 av ~1 skratt|skam|hunger|tristess|nyfikenhet|lycka|kärlek|pinsamhet|värme|längtan|svartsjuka
        vill ~1 inte vakna ~2 tidigt|klockan|imorgon_bitti|på_måndag|måndag|för_jobbet
        självmords* ~0 bomb*|uppdrag
        självmordsbombare|självmordsuppdrag|självmordspilot
        film*|bok*|låt*|spel* ~4 självmord*|dör|dö
    ",
    other_ages: "
        son|dotter|bror|syster|lillebror|lillasyster|barn*|brorson|hund*|katt*|kusin*|elev* ~2 är|blir|fyller|fyllde|på ~1 #
        när|då ~1 jag ~0 var|fyllde ~1 #
        # år ~1 sedan|senare|i_rad|tillsammans|gammal_whisky|gifta
    ",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
