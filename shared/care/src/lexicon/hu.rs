//! Hungarian: thoughts of self-harm and an age under 18 only, written without a native reader; one must still read it.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "",
    self_harm: "
        meg ~1 akarok|szeretnék|fogok ~1 halni ~1 !a|érted
        nem ~1 akarok|bírok|tudok|érdemes ~2 élni|létezni|felébredni|tovább_élni|itt_lenni ~1 !nélküled|veled|itt|vele
        öngyilkos*|suicid*
        megölöm|kinyírom|felakasztom|elvágom|megölni|felkötöm ~1 magam|magamat|az_ereimet
        meg ~1 akarom ~1 ölni ~1 magam|magamat
        véget ~1 vetek|vetni|vetnék ~1 az? ~0 életemnek|mindennek
        vagdosom|vagdostam|vágom|megvágtam|bántom ~1 magam|magamat|a_karom|az_ereim
        bárcsak|bár|jobb_lenne|inkább|jobb_volna ~3 meghalnék|meghalni|halott|ne_élnék|ne_ébrednék|meghaltam_volna|meg_se_születtem|nem_élnék
        nincs ~2 értelme ~2 élni|életemnek|az_életnek|$
    ",
    crisis: "",
    minor: "
        # éves ~0 vagyok|lány|fiú|leszek|$
        vagyok|még_csak ~1 # ~0 éves|$
        # vagyok ~0
        # leszek|múltam ~1 $|lassan|holnap
        # ~0 osztályos|osztályba ~1 járok|vagyok|$
        hatodikos|hetedikes|nyolcadikos|kilencedikes|általános_iskolás|általánosba_járok|középsuliba_járok|gimis|kiskorú ~1 vagyok|járok|$
        nem|még_nem ~1 vagyok|múltam ~1 18|tizennyolc
    ",
    grief: "",
    money_trouble: "",
    refund_dispute: "",
    harmless: "
        meghalok|meg_halok|meghalni|halni|meghaltam ~2 nevetés*|röhögés*|szégyen*|éhség*|unalom*|kíváncsiság*|boldogság*|szerelem*|meleg*|cukiság*
        a|az nevetéstől|röhögéstől|szégyentől|unalomtól|éhségtől|kíváncsiságtól|boldogságtól ~1 meg? ~1 hal*|meghal*
        nem ~1 akarok ~3 korán|hatkor|hétkor|hétfőn ~2 felébredni|felkelni|kelni
        öngyilkos ~0 osztag|merénylő|merénylet|küldetés
        film*|könyv*|dal*|sorozat*|játék* ~4 öngyilkos*|meghal*
    ",
    other_ages: "
        fiam|lányom|öcsém|húgom|bátyám|nővérem|unokaöcsém|gyerekem|kutyám|macskám|unokám ~2 # ~0 éves|lesz|lett|$
        # ~0 éves ~0 voltam|koromban|korom|a_fiam|a_lányom|házasok|tapasztalat*
        voltam ~1 #
    ",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
