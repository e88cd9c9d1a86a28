//! Dutch.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        no = niet|nie|nooit|geen|niemand|niks|niets|nimmer
        rel = moeder|mama|ma|mam|vader|papa|pa|pap|vrouw|man|echtgenoot|echtgenote|zoon|dochter|broer|zus|zusje|broertje|oma|opa|tante|oom|neef|nicht|vriend|vriendin|beste_vriend|beste_vriendin|partner|hond|hondje|kat|poes|kater|baby|kind|kindje|schoonmoeder|schoonvader|paard|stiefvader|verloofde|maatje|kleinkind|konijn
        my = mijn|mn|me|m_n|onze|ons
        harmer = vriend|man|echtgenoot|ex|vader|papa|stiefvader|partner|oom|broer|vriendin|vrouw|moeder|hij|zij|ze|baas|buurman|iemand|gast|leraar|opa|neef|stiefbroer|kerel
        teen = negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien
        age = #|%teen
        money = geld|poen|euro|euros|centen|doekoe|betaling|cash
        adv = pas|maar|net|bijna|eigenlijk|al|nog|nu|echt|gewoon|ongeveer|nog_maar|in_werkelijkheid
        pills = pillen|tabletten|medicijnen|mes|mesje|touw|scheermes|scheermesje|pistool|slaappillen|potje|strip
        front = voor_me|voor_mij|in_mijn_hand|naast_me|op_tafel|op_mijn_bed|klaar|liggen_klaar|ligt_klaar|op_mijn_bureau
        story = liedje|lied|nummer|film|serie|boek|roman|aflevering|hoofdstuk|docu|documentaire|podcast|game|spel|anime|manga|seizoen|personage|album|tekst|refrein|musical|strip_verhaal
        news = nieuws|artikel|krant|gelezen|gehoord|docu|documentaire|podcast|journaal|reportage|buurvrouw|buurman|collega|opsporing
        grim = zelfmoord*|zelfdoding|sterf*|sterv*|stierf|gestorven|dood*|vermoord*|leven_zonder|opgelicht|oplicht*|verkracht*|afgepers*|chanteer*|ontvoer*|begrafenis|stalk*|overdosis|slaat|geslagen|fraude|afscheid|beroofd|misbruik*|overval*|doodga*
    ",
    self_harm: "
        littekens ~5 snijden|gesneden|mesje|krassen|automutilatie
        bang|angst ~4 mezelf ~4 aandoe|doe|aan_doe|pijn
        mezelf ~3 iets|wat ~1 aandoe|aandoen|aan_te_doen
        touw|mesjes|scheermesjes|pistool|gif|strop ~3 gekocht|klaar|gehaald|besteld
        gekocht|gehaald|besteld ~2 touw|scheermesjes|gif|strop
        mijn laatste kerst|verjaardag|zomer
        denk|denken|gedachten ~2 alleen|altijd|de_hele_dag ~3 dood|sterven|doodgaan
        ben|ik ~2 te_veel|teveel ~1 op_deze|in_deze|op_de ~1 wereld
        niet ~1 meer? ~1 op_deze_wereld|op_de_wereld|op_aarde
        benen|armen|polsen|dijen ~3 sneeen|snijwonden|littekens|bloed*|krassen|sneetjes
        wil|zou|graag|ga|liever ~4 in_de_hemel|naar_de_hemel|hiernamaals|hemel
        kan|moe|klaar_met|wil ~2 doen_alsof|toneelspelen|lachen_alsof
        volgende|morgen|binnenkort|straks|kerst|dan ~2 ben|zal|leef ~1 ik ~2 niet|weg ~1 meer? ~1 hier|in_leven|$|er !thuis|werk
        er_niet_meer ~1 $
        makkelijk*|snel*|pijnloos*|beste ~1 manier|weg|methode ~3 gaan|sterven|dood|eruit|pijn
        brug|dak|flat|spoor|balkon|reling ~4 naar_beneden|beneden|springen|kijken|kijk
        %pills ~4 %front
        brieven|afscheidsbriev* ~3 geschreven|klaar|af
        heeft|zie|is|het|alles ~1 allemaal? ~0 geen|nergens ~0 zin|nut ~1 meer ~0 $ !<film
        laatste ~0 bericht|berichtje|nacht|dag|avond|keer_dat_ik|appje ~1 $|van_mij|aan|van_mijn_leven|ooit
        vanavond|eindelijk|straks|binnenkort|morgen|vannacht ~4 rust|vrede|voorbij|slapen|vrij ~1 $|voor_altijd|voor_mij|voorgoed
        iedereen|familie|ouders|wereld|kinderen|jullie|mama ~3 beter|gelukkiger|blijer|opgelucht ~3 zonder_mij|als_ik|zonder_me
        last|blok_aan_het_been|lastpost ~1 voor ~1 iedereen|mijn|anderen|jullie|hen
        ben|alleen_maar|voel ~3 last|lastpost ~1 $|voor
        stem|stemmen|hoofd ~4 zeg*|schreeuw* ~4 spring*|dood*|doden|snijden|pijn
        springen|spring|gooien|liggen|stappen|lopen|rijden ~2 trein|spoor|metro|brug|flat|dak|auto|vrachtwagen|bus|balkon
        voor|van|onder|op ~1 een|de|het ~0 trein|spoor|metro|brug|flat|dak|auto|vrachtwagen ~1 springen|spring|gooien|gaan_liggen|stappen|gaan_staan
        sta|zit|ben ~3 brug|dak|spoor|balkon|rand|reling|perron_en !foto
        weggegeven|geef_weg ~1 $
        spullen ~2 weggegeven|weg_gegeven
        kan|wil|trek|hou|houd ~2 niet|nie ~0 meer ~1 $|vol|leven|verder|zo_verder|aan !<lachen
        wil|heb_geen_zin_om ~2 niet ~1 meer ~1 leven|wakker|bestaan|zijn|hier_zijn|er_zijn ~1
        niemand ~3 merken|missen|opvallen|geven|huilen|mis ~6
        geprobeerd|poging ~4 zelfmoord|doden|een_eind|dood|van_het_leven
        gif|vergif|bleek ~2 drinken|innemen|gedronken
        kan|wil ~2 niet ~1 meer ~1 verder|door ~1 leven|$
        wil|denk|dacht|probeerde|geprobeerd|overweeg|plan|ga ~3 ophangen|mezelf|voor_de_trein|van_de_brug|van_het_dak|eruit_stappen|doodgaan|zelfmoord ~2 doden|ophangen|springen|snijden|te_maken|verhangen|$|plegen|iets_aan !in_bed
        zie|heb ~2 leven|het ~2 niet|geen ~1 meer ~1 zitten
        voor|van ~1 de|een|het ~1 trein|brug|flat|dak|gebouw|metro ~1 spring*|gooien|stappen|afspringen|gaan_liggen
        wil|wou ~1 er ~1 niet ~1 meer ~1 zijn|bij_zijn|$
        voor_altijd slapen|weg
        haat_mijn_leven|liever_dood|beter_dood|wil_niet_meer_leven|wil_niet_meer_wakker|geen_uitweg|zie_geen_uitweg|kan_niet_meer_leven|ik_stap_eruit|uit_het_leven_stappen|zelfmoordgedachten|ik_verdien_het_niet_om_te_leven|ik_ben_iedereen_tot_last|klaar_met_leven|doe_mezelf_pijn|ik_snijd_mezelf|leven_is_zinloos
        zelfmoord*|suicid*|zelfdoding|zelfmort|zelfbeschadig*|zelfverminking|automutil*|zelfdodings*
        mezelf|mijzelf|me_zelf|mijn_eigen|mezelluf ~3 doden|ophangen|vermoorden|van_kant|iets_aandoen|wat_aandoen|aan_te_doen|aandoen|snijden|verwonden|pijn_doen|verdrinken|verhangen|doodschieten|ombrengen|te_doden|aan_doen|beschadigen|doodmaken|dood
        mezelf|mijzelf|me ~1 van_kant|ophangen|verhangen|voor_de_trein|voor_een_trein|doodrijden|doodsteken
        maak|maken ~2 van_kant
        snij|snijd|snijden|kras|sneed|gesneden|krassen ~1 mezelf|mijzelf|me|in_mijn_armen|in_mn_armen|mijn_polsen|mn_polsen !bij|tijdens|vinger|met_scheren
        polsen ~2 doorsnijden|snijden|door|doorgesneden
        in_mijn|in_mn|mijn|mn|m_n ~1 armen|arm|polsen|benen|bovenbenen|pols ~3 gesneden|snijden|gekrast|snij|kapot_gesneden
        een_eind|een_einde|eind|einde ~1 aan ~1 maken|alles|mijn_leven|mn_leven|het_leven|mijn_lijden|te_maken
        eind|einde er_aan ~2
        er_een_einde|er_een_eind ~2 aan ~2
        wil|wou|wilde|zou|ga|liever|graag|wens|wenste|was ~3 dood|doot|doodgaan|dootgaan|sterven|dood_zijn|er_niet_meer|er_niet_meer_zijn|niet_meer_bestaan|nooit_geboren|verdwijnen_voor_altijd|er_niet_zijn|dood_gaan !voor|van|aan_toe|voor_een_pizza|in_de_game
        %no ~2 meer? ~2 leven|verder_leven|doorleven|bestaan|leven_zo|er_meer_zijn|wakker_worden|op_deze_wereld !zonder|met|in|bij
        wil|kan|hoef ~3 niet|nie meer ~1 leven|verder|wakker_worden|bestaan|hier_zijn !met|in|naar
        zin|reden|kracht|moed|nut ~2 om|in|voor|van|te ~2 leven|te_leven|verder_te_leven|leven|door_te_gaan
        geen|niks|nergens ~2 zin|nut ~3 leven
        leven ~3 geen|niet|niks|zinloos|waardeloos|uitzichtloos ~2
        waarom|waarvoor ~2 leef|leven|ben_ik_er_nog|besta
        beter|gelukkiger|opgelucht ~2 zonder_mij|zonder_me|af_zonder|als_ik_er_niet|als_ik_dood
        zonder_mij|zonder_me ~3 beter|gelukkiger
        niemand|geen_mens ~3 mis*|merk*|opval*|geef*|huil*|kan_het_schelen|schelen ~6 weg|dood|er_niet|verdwijn|verdween|$
        missen ~3 weg|dood|er_niet
        voor_altijd verdwijnen|weg
        wil|wou ~2 verdwijnen ~1 $|voor|van
        slapen|inslapen|in_slaap ~5 nooit|niet ~3 wakker
        nooit|niet ~2 meer ~1 wakker ~1
        spring*|gesprongen|gooi|werp ~4 brug|balkon|raam|trein|dak|flat|gebouw|spoor|metro
        pillen|medicijnen|slaappillen|tabletten|paracetamol ~14 allemaal|tegelijk|in_een_keer|alles|slikken|slik|innemen|nemen ~3
        alle|hele|doos|strip|handvol|veel ~3 pillen|slaappillen|medicijnen ~4 genomen|geslikt|slikken|nemen|innemen|ingenomen
        hoeveel pillen|slaappillen|paracetamol ~6 dood|sterven
        overdosis ~1
        afscheidsbrief*|afscheids_brief
        vaarwel|afscheid|tot_nooit ~5
        morgen|binnenkort ~2 er ~1 niet ~1 meer
        ben|word|zat ~1 levensmoe|het_leven_zat|het_leven_moe|klaar_met_leven|klaar_met_het_leven|moe_van_het_leven|het_leven_beu
        levensmoe|doodswens|doodsgedachten|doodsverlangen|levensmoeheid
        haat ~1 mijn_leven|mezelf|leven|mn_leven ~4 dood|einde|stoppen|zo_erg|kapot|pijn|$
        manier|methode ~4 pijnloos|pijnloze|snelste|snel ~4 sterven|dood*|gaan
        pijnloos|pijnloze ~3 sterven|dood*|manier
        hoe ~2 dood|sterf ~3 snel|zonder_pijn|pijnloos
        enige ~1 uitweg|oplossing ~4 dood|sterven|zelfmoord
        dood ~3 enige|uitweg|oplossing|beter|rust
        vriend|vriendin|broer|zus|moeder|vader|zoon|dochter|zij|hij|ze ~2 wil|dreigt|probeert|probeerde|heeft|zegt ~5 zichzelf|zelfmoord|zich_ophangen|zich_van_kant|snijdt_zichzelf
        nooit ~1 geboren
        verdien ~1 het? ~1 niet ~1 te? leven
        geef ~2 leven ~1 op
        kogel_door_mijn|strop|touw_om_mijn_nek
    ",
    crisis: "
        iemand|inbreker|man ~3 ingebroken|binnengedrongen|breekt_in|inbreken
        %harmer ~2 slaat|wurgt|schopt|mishandelt|aftuigt ~1 mijn|m|onze|de ~1 moeder|mama|zus|broer|kinderen|broertje|zusje
        als ~1 ik ~3 wegga|ga|praat|aangifte|vertrek|vertel ~4 vermoordt|doodt|slaat|vindt ~2
        vermoordt|vermoorden|doodt|doodmaakt ~2 mij|me|ons|kinderen ~1 als|en_de|en_mijn|wegga
        mij_en|me_en de_kinderen|mijn_kinderen vermoord*|dood*
        volgt|achtervolgt|loopt ~1 me|mij ~4 elke|vanaf|naar_huis|station|achterna|overal !insta*|terug
        heb? ~4 ## ~2 paracetamol*|pillen|tabletten|ibuprofen|slaappillen|oxazepam|aspirine* ~2 geslikt|genomen|ingenomen|op
        komt|kwam|sluipt ~3 nachts|dronken|kamer ~2 op|in|mijn ~1 mijn|kamer|bed ~1
        komt|kwam ~2 op|in mijn kamer|bed
        doodsbedreig*|doodbedreig*|bedreigt_me|met_de_dood
        weet|weten waar_ik ~1 woon|werk
        opgesloten|sluit_me_op ~2
        bij|naar|om ~1 mijn|m|de ~0 keel|nek|haren|strot ~2
        hand|handen|vuist ~2 opgeheven|tegen_mij|om_mijn ~1
        heeft|hebben|gehackt|gestolen ~3 naaktfoto*|nudes|foto*|video*|naaktbeelden ~3 mij|me|naakt|intieme ~8 geld|euro|stuur*|ouders|online|verspreid*|betaal*|dreig*|familie
        naaktfoto*|nudes|intieme_foto* ~8 geld|euro|stuur*|ouders|online|verspreid*|betaal*|dreig*|anders
        anders|als_ik_niet_betaal ~3 stuurt|plaatst|zet|deelt|verspreidt ~4
        ingenomen|genomen|geslikt|gedronken ~4 wordt|reageert|ademt|wakker ~1 niet ~1 wakker?
        buiten|deur|raam|huis ~4 bang|mes|politie|binnen|bonst|bonkt|schreeuwt
        probeert|wil ~2 binnen|naar_binnen|in_te_breken ~1
        duwde|sloeg|gooide|trok|schopte|greep|smeet|duwt|gooit ~0 me|mij ~4
        %harmer ~3 slaat|sloeg|mishandelt|verkracht|misbruikt|bedreigt|wurgt|schopt|stompt|betast|achtervolgt|dwingt|stalkt|chanteert|raakt|duwt|trapt|sloegen|aanrandt ~0 me|mij|ons ~3 !met_schaken|op_insta*|over
        slaat|mishandelt|bedreigt|wurgt|schopt me|mij ~3
        zit ~2 aan_me|aan_mij|me_aan
        heeft|hebben|ben|word|werd|is|was ~4 verkracht|misbruikt|aangerand|mishandeld|geslagen|bedreigd|ontvoerd|opgesloten|neergestoken|gechanteerd|gestalkt|overvallen|gewurgd|aangevallen|gedrogeerd|afgeperst|achtervolgd !<film
        verkracht*|aanrand*|huiselijk_geweld|seksueel_misbruik|blijf_van_mijn_lijf !<film|serie
        iemand|man|gast|hij|ex|auto ~1 volgt|achtervolgt ~1 me|mij ~3 bang|huis|straat|nacht|en|$ !op_insta*|insta*
        achtervolgd|achtervolgt|stalkt|stalker ~4 bang|huis|straat
        zegt|zei|dreigt|dreigde|gezegd|gedreigd|zweert ~5 vermoord*|dood|afmaak*|slaat|slaan|doodmaakt|afmaakt
        hij|ze|zij wil|gaat|probeert|probeerde me|mij ~1 vermoorden|te_vermoorden|doodmaken|verkrachten|wurgen|neersteken !haha*|lol
        krijg|kan ~1 geen|bijna|niet|amper ~1 lucht|adem|ademen|ademhalen ~6 borst|help|bang|ambulance|pijn
        borst|hart ~3 pijn|druk|steek !van_liefde
        pijn_op_de_borst|pijn_op_mijn_borst|pijn_in_mijn_borst
        denk|heb|heeft|krijg|vrees ~3 hartaanval|beroerte|hartinfarct|hartstilstand|epileptische_aanval !<bijna|kreeg
        nodig|bel|belt|stuur|haal|bellen ~2 ambulance|politie|112|ziekenwagen|hulpdiensten|brandweer
        ambulance ~2 nodig|bellen|sturen
        chant*|gechanteerd|afgeperst|afpersing|sextortion
        dreigt|verspreid*|posten|lekken|doorsturen|delen ~4 naaktfoto*|nudes|fotos_van_mij|mijn_fotos
        naaktfoto*|nudes ~5 dreigt|verspreid*|posten|delen|geld
        overal|veel|verlies|kots|spuug|zoveel bloed
        bloed ~1 overal
        bloed|bloedt|bloeding ~2 hevig|stopt_niet|hard|hoofd
        wordt|ademt|reageert|beweegt ~2 niet ~1 meer|wakker ~1 $|help|wat
        bewusteloos|buiten_bewustzijn|flauwgevallen ~5 help|grond|doen|ademt
        mes|pistool|wapen|bijl ~5 me|mij|deur|huis|bedreig*
        met|heeft|trok ~1 een ~0 mes|pistool|wapen
        opgesloten|sluit_me_op|laat_me_niet|mag_niet_naar_buiten|laat_mij_niet ~2
        bang ~1 voor|dat|van ~1 mijn_man|mijn_vriend|mijn_vader|mijn_ex|hij_me|mijn_leven|hem|mn_vriend|mn_ex
        ben|zijn in_gevaar
        blauw_oog|blauwe_plekken|gebroken_rib|ingebroken|inbreker
        maak_jezelf_van_kant|pleeg_zelfmoord|ga_dood|sterf|hang_jezelf_op|spring_van_een_brug|val_dood|kanker_op_en_sterf
    ",
    minor: "
        morgen|vandaag|maandag ~2 toets|proefwerk|so|school|repetitie ~3
        nog|over|pas ~2 jaar|maanden ~2 dan|tot|voor|word|ben ~3 18|achttien
        juf|meester|leraar|lerares|mentor ~1 komt|kijkt|ziet|pakte|heeft_mijn !<ben
        zit|zat_nog|ga|ben ~2 in|naar ~1 de? ~0 brugklas|brugger|groep|1e|2e|3e|4e|eerste|tweede|derde|vierde|klas|havo|vmbo|mavo|havo_vwo ~1 !<lerar* !van_mijn_studie
        klas 1|2|3|4|een|twee|drie ~1 $|vmbo|havo|vwo|mavo
        groep 6|7|8 ~1 $|van|nog|en
        word|wordt_ik|ben ~2 ik? ~1 %age ~0 $|jaar|!|en
        mama|moeder|vader|papa|ouders|ma|pa ~2 weet|weten|mag|mogen|wil|willen ~2 niet|niks ~4 telegram|app|telefoon|hier|account|chat
        mama|moeder|vader|papa|ouders ~3 afgepakt|afgenomen|controleert|pakt_mijn ~2
        proefwerk|so_wiskunde|huiswerk|nablijven|mentor_uur|mentorles|schoolkamp|huisarrest|citotoets|strafwerk|tussenuur ~1 !<zoon|dochter|juf|leraar|nakijken
        pas|pinpas|rekening ~1 van ~1 mijn|mn|m ~0 moeder|vader|ouders|mama|papa|oma
        ben_ik !<toen|sinds|als|sinds %adv? %adv? %age !minuten|min|uur|jaar_ouder|jaar_jonger|dagen|weken|keer|km
        ik_ben|ben|bn|k_ben !<sinds|toen|als %adv? %adv? %age !minuten|min|uur|u|yas*|dagen|weken|maanden|jaar_ouder|jaar_jonger|jaar_getrouwd|km|m|kilo|meter|cm|jaar_samen|jaar_bezig|keer|procent|fotos|euro|seconden
        word|wordt_ik|ik_word|bijna|straks !<zoon|dochter %adv? ~2 %age $|jaar|volgend*|in
        ^ # jaar|jr oud? $ !<mijn|zoon|dochter|al|sinds|is|was|toen|met|broer|zus|na|over|hij|zij|geleden|voor|wordt|hond
        # jaar_oud !<mijn|zoon|dochter|is|was|hond|kat|auto
        %teen jaar_oud|jaar !<zoon|dochter|is|was|al
        minderjarig*|nog_geen_18|nog_niet_18|onder_de_18|nog_niet_volwassen|nog_een_kind|tiener|puber|geen_18|niet_18|jonger_dan_18 !<niet|zoon|dochter|voor|geen|mijn
        word|wordt ~4 18|achttien ~3 $|volgend|binnenkort|in|over
        zit|ga|ben|naar ~2 in|op ~1 de|het ~1 brugklas|derde|tweede|eerste|vierde|vijfde|groep|klas|middelbare|basisschool|havo|vwo|vmbo|mavo|gymnasium|brugpieper|# ~1
        zit ~2 in ~2 ## havo|vwo|vmbo|mavo|klas
        ## havo|vwo|vmbo|mavo
        derde|tweede|eerste|vierde|vijfde klas|havo|vwo|vmbo|middelbare
        scholier*|middelbare_scholier|basisschool|brugklas* !<was|leraar
        zit_nog_op_school|zit_nog_op_de_middelbare|mijn_middelbare_school_nog
        gelogen ~4 leeftijd|oud
        leeftijd|echte_leeftijd ~2 %age|gelogen
        mag_niet_van_mijn_moeder|mag_niet_van_mijn_ouders|mijn_ouders_weten|mama_weet_het_niet|pinpas_van_mijn_moeder|kaart_van_mijn_moeder|huiswerk|wiskundetoets|zakgeld
        ^ m|v|meisje|jongen # !uur|keer
    ",
    grief: "
        kat|hond|poes|kater|konijn|paard ~3 doodgereden|overreden|aangereden
        jaar|maand|week|jaren|maanden ~3 geleden|sinds|zonder ~4 overleed|overleden|stierf|gestorven|dood|begrafenis|mama|papa
        beste|mijn|onze ~3 begraven|gecremeerd ~1
        inslapen|inslapen_gaan|spuitje ~1
        moesten|moest|hebben|laten ~5 hond|kat|kater|poes|paard|konijn|labrador|beestje ~3 inslapen|laten_gaan|afscheid|begraven
        papa|mama|vader|moeder|oma|opa|broer|zus|man|vrouw|zoon|dochter|oom|tante ~6 overleden|gestorven|heengegaan|ingeslapen|er_niet_meer
        %my ~1 %rel ~5 overleden|gestorven|dood|niet_meer|heengegaan|van_ons|vermoord|zelfmoord|van_het_leven|omgekomen|verongelukt|in_de_hemel|overleed|stierf|dood_gegaan|doodgegaan|uit_het_leven !moe|van_het_lachen
        overleden|gestorven|verloren|omgekomen ~3 %my ~1 %rel
        %rel ~3 overleden|gestorven|overleed|stierf !van_het_lachen
        %my ~1 %rel ~2 verloren
        baby|zwangerschap|kindje ~2 verloren
        begrafenis*|uitvaart*|crematie|begraven|rouw|rouwen|weduwe|weduwnaar|nabestaand*|condoleance* !<nooit
        hond|kat|poes|paard|dier|hem|haar ~3 inslapen|ingeslapen|laten_inslapen
        miskraam|doodgeboren|stilgeboren|rust_zacht|gecondoleerd|sterfdag|sinds_hij_dood|sinds_haar_dood|sinds_zijn_dood|sinds_zijn_overlijden|na_haar_overlijden
        dood|verlies|overlijden ~1 van ~1 %my ~1 %rel
        %my ~1 %rel ~4 terminaal|gaat_dood|sterft|hospice|palliatief|op_sterven
        overleden %rel
        wijlen ~1
    ",
    money_trouble: "
        niet_eens|geen|niets ~2 geld ~2 voor ~1 eten|brood|boodschappen|luiers
        verkocht|verkoop|beleend ~5 abonnement|jou|huur|eten|betalen ~1
        auto|telefoon|gitaar|console|ring|scooter ~1 verkocht|beleend ~4 abonnement|jou|huur|eten|betalen
        stroom|gas|verwarming|water|elektriciteit ~2 afgesloten|afgesneden|uitgezet
        deurwaarder*|woekeraar*|incasso*|schuldeiser*|leenhaai*|schuldsanering|bewindvoerder ~2
        hele|volledige|al_mijn|mn|mijn ~2 salaris|loon|uitkering|spaargeld|pensioen|studiefinanciering ~4 uitgegeven|aan_jou|op|weg|vergokt|verbrast
        kan|niet ~2 huur|stroom|eten|boodschappen|rekening*|hypotheek ~2 niet|meer|betalen
        baan|werk|huis|spaargeld|woning ~2 kwijt|verloren|kwijtgeraakt
        verloren|verlies|kwijt ~2 baan|werk|huis|spaargeld|woning
        ontslagen|werkloos|werkeloos|uit_huis_gezet|huisuitzetting|uitgezet|dakloos|failliet|deurwaarder*|incasso*|schuldsanering|slaap_in_mijn_auto|woon_in_mijn_auto|bewindvoering|voedselbank|op_straat_gezet|op_straat_beland !<niet
        uit ~1 huis|woning ~1 gezet|getrapt
        kan|kunnen|weet ~5 huur|eten|rekening*|boodschappen|hypotheek|energie|gas|medicijnen|luiers|kinderen|stroom|zorgverzekering ~4 niet|niks|meer ~2 betalen|kopen|opbrengen|meer
        kan|kunnen ~3 geen|niet ~2 eten|boodschappen|huur|medicijnen|luiers|rekeningen ~3 kopen|betalen
        geen|niks|zonder ~3 geld|cent|eten|euro ~4 eten|huur|leven|over|kinderen|meer|koelkast|maand|boodschappen
        schulden|schuld_bij|schuldhulp|rood_staan|sta_rood|woekeraar|in_het_rood !<geen|zonder|mijn_schuld
        laatste|hele|al_mijn|spaargeld|salaris|huurgeld|loon ~5 uitgegeven|vergokt|opgemaakt|verspeeld|verspild|verbrast|kwijt !dag|dagen|uren|uur|tijd|week|film
        vergokt|gokverslaafd|gokverslaving|gokken|casino|gokkast*|wedden_op|sportweddenschap*|online_casino ~2
        creditcard* ~2 max*|limiet|vol|leeg
        dagen ~2 niet|niks ~1 gegeten
        niet|niks ~2 gegeten ~4 geld|dagen
        geldproblemen|geldzorgen|financiele_problemen|blut|platzak|geruineerd|afgesloten_van_stroom|lening_afgesloten|geld_geleend|geldnood|rekening_is_leeg
    ",
    refund_dispute: "
        annuleren|opzeggen ~4 geld|terug
        geld terug ~0 $
        geblokkeerd|blokkeer* ~4 betaal*|betalen|geld|gekocht|overgemaakt|betaling
        betaald|overgemaakt ~4 geblokkeerd|blokkeer*|genegeerd
        elke|iedere|laatste ~0 cent|euro
        terugboeken|terugvorderen|storneren|stornering|terughalen|betwist* ~2
        %money ~3 terug|terugkrijgen|teruggeven|terugstorten|terugbetalen|retour|terughebben !<krijg_ik|krijg_je
        geef|wil|stort|betaal ~4 terug ~1 $|nu|asap|anders|mijn_geld
        wil|eis|verwacht|vraag|waar|verzoek ~3 terugbetaling|refund|restitutie|terugbetaald|teruggestort|teruggave
        terugboek*|teruggeboekt|chargeback*|storner*|terugvorder*|terug_boeken|stornering
        betaling|afschrijving|transactie ~4 betwist*|geschil|terug*|annuleer*|blokkeer*
        betwist*|geschil|claim|klacht ~4 betaling|bank|paypal|creditcard|ingediend|openen|transactie
        aangifte|aangeven|rapporteer*|meld ~4 politie|oplichting|je|fraude|bank|oplichter*
        bel|bellen|contact ~2 mijn bank
        oplichting|oplichter*|oplichtster|opgelicht|scam|scammer*|afzetter*|afgezet|fraude|bedrieg*|bedrogen|bedrogster|diefstal|dief|nep_account|beroofd !<film|over|geen|niet|serie|documentaire
        betaald|gekocht|besteld|overgemaakt ~8 niks|niets|nooit|niet|geen|nog_steeds ~4 gekregen|ontvangen|gestuurd|gehad|gekomen|aangekomen|verstuurd|werkt|reactie|$ !<nog_niet
        niks|niets|nooit|niet ~4 gekregen|ontvangen|gestuurd|gehad ~7 betaald|gekocht
        dubbel|twee_keer|2_keer ~3 afgeschreven|betaald|gerekend|berekend
        afgeschreven ~3 dubbel|twee_keer|zonder
        misleidende_reclame|weggegooid_geld|geblokkeerd_nadat
    ",
    harmless: "
        vroeg|om_zes|om_zeven|om_vijf|maandag* ~3 wakker|opstaan|op_te_staan|op_staan
        wakker|opstaan ~3 vroeg|maandag*|voor_mn_werk|voor_het_werk
        dood|doodgaan|sterven|sterf ~2 schaamte|lachen|liefde|geluk|nieuwsgierigheid|verveling
        maak_me_af|schiet_me_neer|vermoord_me ~2 maandag*|weer|haha*
        vitamin* ~1
        pillen|tabletten ~2 vitamin*|magnesium|ijzer
        bij_je_in_het_krijt|in_je_schuld|bij_je_in_de_schuld|eeuwig_dankbaar
        verslaat|verslaan|maakt_me_in ~3 met|bij|in ~0 schaken|fifa|tennis|dammen|kaarten|darts
        brug|dak|balkon|klif|reling ~6 vuurwerk|uitzicht|zonsondergang|foto*|mooi|sterren|feest|borrel
        niet ~1 hoe ~2 werkt|gebruik*
        niet_meer ~1 je_bent|je_bent_te|zo_mooi|van_het_lachen
        laatste ~0 dag|nacht|avond|week ~2 vakantie|werk|school|reis|stage
        wordt mijn einde|dood|ondergang
        moord ~1 doen|voor
        seriemoordenaar*
        boss|baas|eindbaas|draak ~1 gedood|verslagen|dood
        hitte|kou|werk|baas|tentamen*|examen*|maandag|kater|hakken|schoenen|wachten|honger|dieet|file|spanning|nieuwsgierigheid|deadline*|hoest|hooikoorts|benen|sportschool|training|spierpijn|studie|warmte ~2 me|mij|mn|mijn ~2 dood|kapot|nekt|om|nog
        wordt mijn|me|mn dood
        moeder|ma|vader|pa|mama|papa|baas|vrouw|vriendin|man|vriend|trainer|juf|zus|ouders ~1 vermoordt|vermoorden|maakt|doodt|gaat ~1 me|mij ~2 als|dood|vermoorden|af|wanneer|$ !als_ik_wegga|als_ik_praat
        sterf|sterven|ga_dood|ging_dood|dood ~1 van|voor
        dood|doodgegaan|gestorven|sterf|doodga ~4 warzone|fortnite|minecraft|cod|boss|potje|game|level|keer|haha*|lol
        keer dood|doodgegaan|gestorven
        %story ~8 %grim
        %grim ~6 %story
        %news ~9 %grim
        %grim ~5 %news
        %news ~9 %grim ~4 %grim
        doodmoe|dood_op|doodsaai|doodziek_van|doodleuk|doodgewoon|doodsbang_voor_spinnen|moordwijf|moordend|moordgriet|stervende_van_de_honger|lachen_dood|dood_gelachen|doodgelachen|doodnormaal|dodelijk_saai|dodelijk_vermoeid|om_te_sterven
        niet_meer ~1 bijkomen|wachten|bij|van_het_lachen
        baas|moeder|vriendin|vrouw|leraar ~1 vermoordt|vermoord|maakt me
        lach|lachen|gelachen|verveel ~3 dood|kapot|rot
        doodmoe|dood_op
        sterf|sterven|dood|doodgaan|ga_dood ~2 van|voor ~2 lachen|nieuwsgierigheid|honger|verveling|schaamte|hitte|dorst|jou|een|pizza|het_lachen|kou
        zou ~1 sterven|doden|moorden ~1 voor
        vermoord|maak ~1 je ~1 haha*|lol|af
        wordt mijn dood
        doden|dood|vermoorden|verslaan ~1 in_de_game|tijd|zombies
        baas|tijd|boss|eindbaas|zombies ~3 doden|verslaan|doodslaan
        suicide squad
        film|serie|boek|liedje|nummer|documentaire|spel|roman|personage|held|aflevering|seizoen|acteur|podcast|game ~4 zelfmoord*|sterft|dood|overleden|oplichting|fraude|vermoord|begrafenis|verkracht*
        zelfmoord*|oplichting|fraude|begrafenis|verkracht* ~3 film|serie|boek|liedje|documentaire
        held|personage ~3 dood|sterft
        telefoon|accu|laptop|mobiel|batterij ~2 dood|leeg
        niet|nooit|geen ~3 zelfmoord|suicidaal|mezelf_iets|mezelf_pijn|doodgaan !maar|meer
        wil niet dood|doodgaan !maar
        gesneden|sneed|snijden|snij ~3 vinger|haar|scheren|koken|brood|groente
        vinger ~3 gesneden
        kreeg|bijna|krijg|schrok ~3 hartaanval|hartinfarct
        volg|volgt|volgde ~2 op|bij ~1 insta*|ig|tiktok|twitter|snap|facebook
        spring ~3 onder|in|op ~1 de|het|mijn ~0 douche|bad|bed|zwembad|bank
        ben|ik_ben niet|geen minderjarig*|kind|tiener
        terugbetaalbeleid|retourbeleid|voorwaarden|krijg_ik|krijg_je|bieden|doen_jullie|mogelijk|hoe_werkt|kan_ik ~5 terugbetaling*|geld_terug|refund*|geld ~2
        als ~4 niet ~1 werkt|opent
        geen|niet ~2 oplichting|oplichter*|scam|fraude|nep
        mijn|een kus|hart terug
        kan niet ~1 leven zonder
        niet ~2 zonder ~3 leven
        film|serie|verhaal ~2 geen ~1 zin
        heb|in geen zin ~1 in|om ~1 werk|werken|school|sport
        telefoon|sleutels|trein ~2 kwijt|verloren|gemist
        nog_niet betaald
        geen schulden
        mijn_schuld
        zwarte_weduwe
    ",
    other_ages: "
        juf|leraar|lerares|docent*|meester|geef_les ~5 groep|klas|brugklas|school|havo|vmbo
        dochter|zoon|broer|zus|neef|nicht|kleinzoon|kleindochter|kind ~5 groep|klas|brugklas|school|basisschool
        toen|sinds|vanaf|als ~1 ik|mijn ~1 %age
        sinds|vanaf|om|over|met|na|voor|ongeveer mijn? %age
        zoon|dochter|broer|zus|neefje|nichtje|neef|nicht|hond|kat|kind|kleinzoon|broertje|zusje|hij|zij ~2 is|wordt|werd|geworden|was ~2 %age|minderjarig
    ",
    urges_harm: "
        maak|dood|snij|hang jezelf ~2
        moet|kan|mag|zou ~1 je? ~1 doodgaan|sterven|jezelf_doden|jezelf_snijden|verdwijnen
        je_moet|je_zou ~2 sterven|dood|jezelf
        neem ze_allemaal|alle_pillen
        wereld|iedereen ~3 beter ~2 zonder_jou
        samen sterven
    ",
    courts_minor: "
        leeftijd_is_maar_een_getal|leeftijd_maakt_niet_uit|maakt_niet_uit_hoe_oud|ons_geheimpje|ons_geheim|vertel_het_niet_aan_je_ouders|zeg_niks_tegen_je_ouders|zeg_maar_dat_je_18|wis_deze_chat|hou_van_jonge_meisjes
        je_bent|jij_bent|ben_je|bent ~1 pas? %age
    ",
    slips: "zelfmoord oplichting oplichter terugbetaling ambulance minderjarig begrafenis overleden gechanteerd schulden",
};
