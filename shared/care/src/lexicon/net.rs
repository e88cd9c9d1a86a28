//! Code words of the net, spellings that hide a word, and signs in place of words: in no language, or in many.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        me = myself|my_self|mysel|meself
        sign = signdeath|signgrave|signblade|signgun
        self = myself|my_self|mich|mich_selbst|себя|себе|siebie|mezelf|kendimi|a_mi_mismo|a_mi_misma|moi_meme|me_stesso|me_stessa|a_mim_mesmo|a_mim_mesma|diri_sendiri|khud_ko|نفسي|حالي
    ",
    self_harm: "
        want|wanna|wana ~1 de $|now|tonight|so_bad|rn
        want|wanna|wana ~1 d 13
        i|im|ill ~3 self_delete|self_deleting|selfdelete|self_deletion|self_terminate !the|this|my|it|after|messages|pics|photos|them|chats
        log|logging|sign|signing out|off of|from ~1 life|existence|this_world|earth !##|simulator
        uninstall|uninstalling|alt_f4|altf4|ragequit|rage_quit ~0 life|my_life|existence|myself !##|simulator|is_strange|coach|360|insurance
        yeet|yeeting|yeeted %me ~1 off|out|into|from ~3 bridge|roof|building|cliff|window|balcony|traffic|train|existence|life|this_world
        take|taking|took|want|wanna|need|have|having ~3 toaster_bath|bath_with_a_toaster|bath_with_my_toaster|toaster_in_the_bath
        relapse*|relapsing ~3 sh
        urge|urges ~1 to? sh
        sh scars|relapse*|urges
        barcodes ~1 on|across|over|all_over my ~1 wrist*|arm|arms|thigh*|leg|legs|forearm*
        commit|commiting|committing neck_rope|not_alive|die|death
        nao|n|num ~1 qro|kero|quero ~2 viver|existir !sem|com|aqui|longe|no|na|em
        pensando|pensar|penso|quero|qro|kero ~2 desviver|me_desviver
        jveu|jveux|jvx|jve|chveu|chveux ~1 crev*|mourir|me_tuer|en_finir|me_suicider !de_rire|de|avec
        jpp|jen_peux_plus|jpeux_plus|jenpeuxplus ~1 de vivre|la_vie|cette_vie|exister
        kb|kein_bock|keinen_bock|0_bock|null_bock ~1 mehr|zu|auf|aufs ~1 leben|existieren|weiterzuleben !ohne|in|mit|hier
        mich ~2 umzubringn|umbrign
        vojo|vojio|vojlio|volio mori|morire|crepa|crepare !dal|dalle|di
        mi ~1 voglio|vojo ~1 ammazza|ammazzare|ammazzo !dalle|dal|di|per
        chcem|hce|hcem|kce ~2 umrzec|umzec|umszec|zdechnac|sie_zabic|zabic_sie !ze|z
        pocielam|pocielem|pocialem|potne|cielam|tne sie ~1 znow*|specjalnie|zyletk*|bo_nie_moge
        zelfmrd
        olmk|olmwk|olmekk|olmeg ~1 isti*|istio*
        yasamk|yasmak ~1 istemi*
        mujhe|muje|mjhe|mereko ~1 ni|nhi|nai|nahi|nahin jeena|jina|jeene !uske|tere|bina
        aatm_hatya|atm_hatya|aatam_hatya|atma_hatya|atmhatya
        хачу|хочю|хачю|хочуу ~2 умереть|умиреть|умерет|сдохнуть|здохнуть|сдохнут|повеситься|повесица|вскрыться|вскрыца|убица|убиться !со|от|с
        хочу|хочется|охота|тянет ~2 умиреть|умерет|здохнуть|сдохнут|повесица|вскрыца|сициднуться|суициднутся|выпилица|убица !со|от|с
        вскрыца|повесица|выпилица|самоубица|сициднуться ~1 хочу|хачу|охота|тянет
        нехочу|нихачу|нихочу|нехачу|нихочю жить|жыть|существовать|просыпаться !без|с|в|тут|здесь|так
        не|ни хочу|хачу|хочется ж1ть|жыть|жит !без|с|в|тут|здесь
        想 4 了|$
        割 wan
        %sign %self !a|some|one|another
        want_to|wanna|wana|gonna|ready_to|going_to %sign ~0 $|now|tonight|rn|so_bad|soon|myself !laughing
        quiero|kiero|quero|kero|je_veux|jveux|voglio|ich_will|will_nur_noch|хочу|хачу|chce|wil|pengen|ingin|mau|بدي|عايز|想 signgrave|signgun $|ya|jetzt|уже|сейчас|juz|nu|now
        signgrave|signgun istiyorum|istiyom
    ",
    crisis: "
        graped me|my
        was|got|been|being ~1 graped !juice
    ",
    minor: "",
    grief: "",
    money_trouble: "",
    refund_dispute: "",
    harmless: "
        set|sets|timer|messages|message|pics|pictures|photos|photo|video|videos|chat|chats|dms|msgs|snaps ~4 self_delete|self_deleting|selfdelete|self_deletion
        mi_voglio_ammazzare|mi_voglio_uccidere|mi_voglio_ammazza dalle|dal|di ~0 risate|ridere|caldo|noia|sonno
        tattoo* ~2 barcode|barcodes
        barcodes ~3 tattoo*
        song|film|movie|game|meme|lyrics|episode ~4 toaster_bath|sewer_slide|self_delete
    ",
    other_ages: "",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
