//! Czech: thoughts of self-harm and an age under 18 only, written without a native reader; one must still read it.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "",
    self_harm: "
        nechci|nemůžu|nemohu|nedokážu|nezvládám|nechce_se_mi ~2 žít|existovat|tu_být|být_tady|dál_žít|se_probudit|probudit_se ~1 !bez|s|v|u|brzo|brzy
        chci|chcu|chtěl|chtěla|chtěl_bych|chtěla_bych|přeju_si|nejradši_bych|radši ~2 umřít|zemřít|chcípnout|umřel|umřela|nebýt|zmizet_navždy|být_mrtvý|být_mrtvá !smíchy|hanbou|pro
        zabiju_se|zabiji_se|zabít_se|se_zabít|se_zabiju|oběsit_se|se_oběsit|oběsím_se|skočit_z_mostu|podřezat_se|se_podřezat|podřežu_se|si_vzít_život|vzít_si_život|vezmu_si_život
        sebevražd*|suicid* !sebevražedný_atentát
        skoncovat|skončit|skoncuju ~1 se_životem|s_tím_vším|to_všechno
        řežu|řezat|pořezal|pořezala|pořežu|ublížit|ubližuju|ubližuji ~1 se|si|sobě ~1 $|znovu|zase|do|na|žiletkou
        nemá ~2 smysl ~2 žít|život|$ !<to_nemá
    ",
    crisis: "",
    minor: "
        je|bude ~1 mi|mně ~1 # !stupňů|minut|procent
        mně|mi ~1 je|bude ~1 # ~0 let|roků|$
        mám ~1 # ~0 let|roků !praxe|zkušeností
        jsem ~1 nezletil*|neplnolet*
        chodím|jsem|studuju ~1 do|v|na ~1 šesté|sedmé|osmé|deváté|páté|základku|základní|základce|zš|# ~0 třídy|třídě|školu|$
        ještě|zatím ~1 mi|mně ~1 nebylo|není ~1 18|osmnáct
        není|nebylo ~1 mi ~1 ještě? ~0 18|osmnáct
    ",
    grief: "",
    money_trouble: "",
    refund_dispute: "",
    harmless: "
        umřu|umřít|umírám|umřela|umřel|chcípnu|zemřu ~2 smíchy|hlady|hanbou|nudou|zvědavostí|štěstím|horkem|studem|láskou
        nechci|nechce_se_mi ~2 probudit|vzbudit|vstávat|se_vzbudit|se_probudit ~2 brzo|brzy|v_šest|ráno_brzo|v_pondělí|do_práce
        sebevražedn* ~0 mise|atentát*|jednotka|komando
        film*|kniha|knize|písnička|seriál*|hra|hře ~4 sebevražd*|umře|zabije
    ",
    other_ages: "
        synovi|dceři|bratrovi|sestře|ségře|bráchovi|psovi|kočce|synovci|neteři|vnukovi|dítěti|klukovi|holce|mu|jí ~1 je|bude|bylo ~1 #
        když|kdy ~1 mi ~0 bylo ~1 #
        bylo ~0 mi ~1 #
        mám ~1 # ~0 let ~0 praxe|zkušeností
    ",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
