//! Russian and Ukrainian in Latin letters.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        want = hochu|xochu|hochy|xochy|khochu|hachu|xachu|ho4u|xo4u|hochetsa|hochetsya|khochetsya|hotel|hotela|khotel|khotela|hotelos|mechtayu|pora|skoree_bi
        ne = ne|bolshe_ne|uzhe_ne|uje_ne|nie
        live = zhit|jit|zhyt|zhyty|zhiti|zhitt|sushestvovat|suschestvovat|prosypatsya|prosypatsa|prosipatsya|prokydatysya
        die = umeret|umerety|umerit|pomeret|pomerty|umerty|vmerty|sdohnut|zdohnut|sdoxnut|sdokhnut|zdohnuty|podohnut|sdohnuti
        self = sebya|sebia|sebja|sebe
        way = povesitsya|povesitsa|zastrelitsya|zastrelitsa|utopitsya|utopitsa|vskrytsya|vskritsya|vskrytsa|vypilitsya|vipilitsya|samoubitsya|povisytysya|povisytys|ubitsya|ubitsa
        rel = mama|mamy|papa|otets|otec|babushka|dedushka|brat|sestra|drug|podruga|muzh|muj|zhena|jena|sobaka|kot|koshka|syn|doch|babusya|didus
    ",
    self_harm: "
        %want ~2 %die !so|ot|s_golodu|vid
        %die ~1 %want !so|ot
        %ne %want ~1 %live !bez|s|v|tut|zdes|tam|tak|odna|odin
        %ne mogu|mozhu ~1 bolshe|bilshe %live !bez|s|v|tut|zdes
        %live ~1 ne %want|dlya_chego|radi_chego !bez|s|v
        net|nema|nemaye ~1 smysla|smisla|sil|sensu ~1 %live|zhizni|jizni|zhyttya
        ubit|ubyu|ubju|ubiu|vbyty|vbiti|zarezat|prikonchit|porezat|kalechit|rezhu|reju|vbyu %self
        %self ubit|ubyu|ubju|vbyty|zarezat|porezat|rezhu
        pokonchit|pokonchu|pokonchil|pokonchila|pokinchyty|pokinchiti ~1 soboi|soboj|soboy|soboyu|zhiznyu|jiznyu|zhyttyam
        %want|sobirayus|reshil|reshila|dumayu|pytalsya|pytalas|probovala|zbyrayus ~3 %way !so|ot
        vskroyus|poveshus|povesus|samovypilus|povishus
        rezhu|reju|rezal|rezala|porezal|porezala|vskryl|vskryla|vskroyu|rizhu ~1 veny|veni|zapyast*
        samoubiystv*|samoubijstv*|samoubistv*|samogubstv*|samohubstv* !<film|serial|pesnya|kniga
        luchshe|luchshe_bi|luchshe_by|krashche ~2 umeret|sdohnut|ya_umer|ya_umerla|ne_rozhdalsya|ne_rozhdalas|pomerty
        vsem|im|mame|vsim ~1 budet? ~1 luchshe|legche|krashche bez_menya|bez_mene
        ustal|ustala|nadoelo|zadolbalo|vtomylas|vtomyvsya ~1 %live|ot_zhizni|ot_jizni|vid_zhyttya !v|s
    ",
    crisis: "
        otchim|otets|otec|papa|muzh|muj|paren|byvshiy|byvshij|vitchym|cholovik ~2 menya|mene ~1 biet|byet|bjet|bye|izbil|izbivaet|nasiluet|iznasiloval|dushit|gvaltuye
        menya|mene ~2 iznasilovali|iznasiloval|izbili|izbil|pohitili|shantazhiruyut|shantazhiruet|nasiluyut|zgvaltuvaly|pobyly
    ",
    minor: "
        mne ~0 tolko|vsego|uzhe|pochti|skoro|seychas # ~0 let|god|goda !nazad|podryad|stazha
        mne # let|god|goda !nazad|podryad|stazha|v_brake
        meni # rokiv|rik !tomu
    ",
    grief: "
        %rel ~1 umer|umerla|umerli|pogib|pogibla|pomer|pomerla|skonchalas|skonchalsya|zagynuv|zagynula !so_smehu|so|ot_smeha|v_filme|v_seriale
        umer|umerla|pogib|pogibla|pomerla ~1 moya|moy|moi|moja ~1 %rel
    ",
    money_trouble: "
        net|nema|ne_hvataet ~1 deneg|groshey ~2 na ~1 edu|arendu|kvartiru|lekarstva|yizhu|hleb
        poteryal|poteryala|vtratyv|vtratyla rabotu|robotu
    ",
    refund_dispute: "
        vernite|verni|otdayte|povernit|poverny ~2 dengi|babki|groshi|platezh|moi_dengi|platizh
    ",
    harmless: "
        pesnya|pesne|film|filme|serial|seriale|kniga|igra|igre|anime|personazh|geroi ~4 umer|umerla|umeret|pogib|samoubi*|povesitsya
    ",
    other_ages: "
        synu|dochke|bratu|sestre|emu|ey # let|god|goda
        mne_bylo # let|god|goda
    ",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
