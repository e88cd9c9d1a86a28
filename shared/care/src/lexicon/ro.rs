//! Romanian: thoughts of self-harm and an age under 18 only, written without a native reader; one must still read it.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "",
    self_harm: "
        vreau|as_vrea|imi_doresc|mi_as_dori|voiam|doresc|as_prefera ~1 sa ~0 mor|dispar_de_tot|fiu_mort|fiu_moarta|nu_mai_exist !de|de_ras|pentru_tine|in_bratele
        vreau|doresc ~0 moartea
        nu ~1 mai ~0 vreau|pot|am_chef|suport|am_putere ~1 sa? ~0 traiesc|trai|exist|viata|ma_trezesc|fiu_aici ~1 !fara|cu|in|aici
        nu_mai_vreau_sa_traiesc|nu_mai_vreau_sa_exist
        sinucid*|sinucig*|suicid*
        sa? ma ~0 omor|spanzur|arunc_de|arunc_in_fata|tai_pe|tai_din_nou !de_ras|dupa
        ma tai ~1 din_nou|pe_brate|pe_maini|pe_mana
        iau|iei|lua ~1 viata|zilele
        imi|sa_mi|sami|mi ~0 iau ~0 viata|zilele
        nu ~1 mai ~0 are ~1 sens|rost ~2 traiesc|viata|$
    ",
    crisis: "",
    minor: "
        am|eu_am|implinesc|fac ~1 # ~0 ani|anisori !de|vechime|experienta
        eu_am|am_doar|am_numai|am_abia ~1 # ~0 $
        sunt|inca ~1 minor|minora|elev|eleva ~1
        sunt|eu|inca ~1 in|la ~0 clasa ~1 a? ~0 #|cincea|sasea|saptea|opta|noua|zecea
        sunt|invat|merg ~1 la|in ~0 gimnaziu|scoala_generala|scoala_primara
        nu ~1 am ~1 inca? ~0 18|optsprezece|implinit_18
    ",
    grief: "",
    money_trouble: "",
    refund_dispute: "",
    harmless: "
        mor|moara|murit|muri|moare ~1 de ~0 ras|rusine|foame|dor|plictiseala|cald|frig|curiozitate|fericire|drag|dragul|gelozie|somn
        nu ~1 mai? vreau ~1 sa ~0 ma ~0 trezesc ~2 devreme|la_##|luni|dimineata|pentru_munca
        film*|carte*|serial*|cantec*|joc* ~4 sinucid*|sinucig*|moare|mor
    ",
    other_ages: "
        fiul|fiica|baiatul|fata|fratele|sora|nepotul|nepoata|copilul|cainele|pisica|baiatul_meu ~2 are|implineste ~1 #
        aveam|cand_aveam|aveai|pe_cand_aveam ~1 #
        de|dupa|acum ~0 # ~0 ani
        am ~1 # ~0 ani ~0 de ~0 experienta|casnicie|vechime|cand
    ",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
