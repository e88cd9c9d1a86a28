//! German.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        no = nicht|nich|nie|nimma|nima|niemals|kein|keine|keinen|nix|nimmer|net|ned|nichts
        want = will|wil|mochte|moechte|wollte|wurde|wuerde|gern|wunsche|wuensche|denke|denk|dran|daran|uberlege|ueberlege|versuche|versucht|plane|werde|vorhabe|vor|lust|bock|ueberlegt|uberlegt|bin_kurz_davor|sollte|konnte|koennte|besser|lieber|wunschte|wuenschte|gedanken|heute
        rel = mutter|mama|mami|vater|papa|papi|frau|mann|ehemann|ehefrau|sohn|tochter|bruder|schwester|oma|opa|omi|opi|grossmutter|grossvater|tante|onkel|cousin|cousine|freund|freundin|beste_freundin|bester_freund|kumpel|partner|partnerin|hund|hundin|huendin|katze|kater|baby|kind|schwiegermutter|schwiegervater|neffe|nichte|pferd|enkel|stiefvater|verlobter|verlobte|verlobten|haustier|mutti|vati
        my = mein|meine|meinen|meiner|meinem|unser|unsere|unseren|unserer|unserem|unsren
        harmer = freund|mann|ehemann|ex|vater|papa|stiefvater|partner|onkel|bruder|freundin|frau|mutter|er|sie|chef|nachbar|typ|jemand|lehrer|opa|cousin|stiefbruder
        teen = neun|zehn|elf|zwolf|zwoelf|dreizehn|vierzehn|funfzehn|fuenfzehn|sechzehn|siebzehn
        age = #|%teen
        money = geld|kohle|euro|euros|asche|zahlung|knete|zaster
        adv = erst|nur|gerade|grad|fast|eigentlich|schon|noch|jetzt|knapp|halt|ja|in_wahrheit|wirklich|gerade_mal
        pills = tabletten|pillen|schlaftabletten|klinge|klingen|rasierklinge|messer|strick|seil|pistole|flasche|medikamente
        front = vor_mir|neben_mir|in_der_hand|auf_dem_tisch|liegen_bereit|liegt_bereit|auf_meinem_bett|bereitgelegt|griffbereit|schon_da
        story = lied|song|film|serie|buch|roman|folge|kapitel|doku|podcast|spiel|game|anime|manga|staffel|figur|album|refrain|theaterstuck|krimi
        news = nachrichten|artikel|zeitung|bericht|gelesen|gehort|doku|podcast|tagesschau|reportage|nachbarin|nachbar|kollegin|kollege|aktenzeichen
        grim = selbstmord*|suizid*|sterb*|stirb*|starb|gestorben|tot*|umbring*|umgebracht|ermord*|ohne_dich|betrug*|betrog*|abgezock*|vergewaltig*|erpress*|beerdigung|stalk*|entfuhr*|uberdosis|schlagt|reingelegt|abschied|mord*|verfolg*|uberfall*|hereingelegt
    ",
    self_harm: "
        narben ~4 ritzen|schneiden|klinge|selbstverletz*
        angst|furchte ~3 mir ~3 antue|antun|tue|anzutun
        mir ~3 was|etwas|leid ~1 antue|antun|anzutun|antu
        mir|mich ~3 dummheit*|nicht_trauen_allein
        strick|seil|klinge|klingen|rasierklingen|waffe|gift ~3 besorgt|gekauft|bereit|geholt|bestellt|liegt
        besorgt|gekauft|geholt|bestellt ~3 strick|klinge|klingen|waffe|gift|rasierklingen
        mein letztes weihnachten|silvester|jahr|fest !an_der|als
        denke|denk|gedanken|denken ~2 nur|immer|standig|dauernd ~2 ans|an|tod|den_tod ~1 sterben|tod|selbstmord|suizid
        nicht|nimmer ~1 mehr? ~1 auf_der_welt|auf_dieser_welt|auf_dieser_erde|am_leben ~1
        beine|arme|oberschenkel|handgelenke|unterarme ~3 voll|narben|schnitte|blut*|aufgeschnitten|zerschnitten !mit_farbe
        verschwende|nehme ~1 nur ~1 platz|sauerstoff
        will|mochte|wunsche|wurde|bald|lieber|gern ~4 in_den_himmel|im_himmel|zu_gott|ins_jenseits
        himmel ~1 zu|bei ~2 oma|opa|mama|papa|ihm|ihr|mutter|vater
        kann|mag|mude|satt|hab_keine_kraft ~3 so_tun|vorspielen|verstellen|schauspielern|lacheln
        nachste|morgen|bald|ubermorgen|weihnachten|nachster|dann ~3 bin|werde ~1 ich ~2 nicht|nimmer|weg ~1 mehr? ~1 da|hier|leben|am_leben|$ !zuhause|im_buro
        leicht*|einfach*|schnell*|schmerzlos*|beste ~1 weg|art|methode|moglichkeit ~2 zu|um|wie ~2 gehen|sterben|verschwinden|schmerz*
        sitz|sitze|steh|stehe|bin ~5 parkhaus|brucke|dach|hochhaus|gelander|gleisen ~4 schau*|guck*|runter|unten|spring*|kalt
        %pills ~4 %front
        briefe|abschied* ~3 geschrieben|fertig|schreibe|verschickt
        hat|macht|sehe|seh|gibt|hab ~2 eh|alles|das|mehr|einfach|doch? ~1 keinen|kein|null ~0 sinn ~1 mehr ~0 $ !<film
        hat_alles_keinen_sinn|alles_sinnlos|alles_so_sinnlos|ergibt_keinen_sinn_mehr_zu_leben|wozu_das_alles_noch|wofur_noch|sehe_keinen_sinn_mehr
        letzte|letzter|letztes ~0 nachricht|nacht|tag|mal_dass_ich|text ~1 $|von_mir|an|meines_lebens|tschuss
        heute|endlich|bald|morgen|dann ~4 ruhe|frieden|vorbei|frei|schlafen ~1 fur_immer|fur_mich_vorbei|endgultig|fur_ewig
        endlich|bald|heute ~3 alles ~1 vorbei !<prufung*|klausur*
        alle|familie|eltern|welt|kinder|mama|ihr ~3 besser_dran|glucklicher|besser|leichter|froher|froh ~3 ohne_mich|wenn_ich
        ohne mich ~3 besser|glucklich*|leichter|froh
        besser|besser_dran|glucklicher|froh ~3 ohne_mich|wenn_es_mich_nicht|wenn_ich_nicht|wenn_ich_weg|wenn_ich_tot
        last|belastung|klotz ~1 fur ~1 alle|euch|meine|andere|meinen|jeden
        nur|bin|bloss ~3 last|belastung|ballast ~1 $|fur
        stimme|stimmen|kopf ~4 sag*|fluster*|schrei* ~4 spring|sterben|tot*|umbringen|wertlos
        springen|springe|werfen|legen|laufen|stellen|schmeissen ~2 zug|bahn|gleise|auto|lkw|brucke|dach|ubahn
        vor|von|aufs|auf ~1 den|die|der|dem? ~0 zug|bahn|gleise|auto|lkw|brucke|dach|ubahn ~1 springen|springe|werfen|werfe|legen|lege|laufen
        stehe|steh|sitze|sitz|bin ~3 brucke|dach|gelander|gleisen|hochhaus|balkon|abgrund|klippe !foto*
        verschenkt|verschenke|weggegeben|verschenken ~1 $ !<apfel|zucchini|pflaumen|tomaten|kuchen|gemuse|obst|karten|tickets
        meine|alle|ganzen ~1 sachen ~2 verschenkt|verschenke|weggegeben
        kann|will|mag|schaff*|halt*|ertrag* ~3 nicht|nimmer|nich ~1 mehr ~0 $ !<film
        ich|einfach ~1 kann|will|mag|pack|schaffs ~1 einfach? ~1 nicht|nimmer|nich ~0 mehr? ~0 $ !<heute
        will|mag|mochte ~2 nicht|nich|nimmer ~1 mehr ~1 leben|da_sein|aufwachen|existieren|hier_sein|sein|aufstehen_und_leben ~1 !ohne
        niemand|keiner|keinen ~3 merken|vermissen|auffallen|interessieren|weinen|storen|juckt* ~6
        versucht|versuch ~4 umzubringen|suizid*|selbstmord*|das_leben_zu_nehmen
        vom|vors|ausm|aufs dach|balkon|hochhaus|zug|auto|fenster ~2 spring*|sturz*|stuerz*|werf*|lauf*
        gift|rattengift|bleiche ~2 trinken|nehmen|schlucken|getrunken
        vor|von|vom|aus|auf ~1 den|der|dem|einen|einer|einem|die ~1 zug|bahn|brucke|bruecke|balkon|dach|fenster|hochhaus|gleise|ubahn|klippe ~2 spring*|werf*|sturz*|stuerz*|schmeiss*|leg*|lauf*
        mich ~3 aufhangen|aufhaengen|umzubringen|umbringen|erhangen|verletzen|ritzen|toten|erschiessen|wegzusterben|schneiden|vor_den_zug ~1 !beim|haare
        fur_immer|ewig schlafen|einschlafen|weg
        sehe|seh|habe|hab|gibt ~3 keinen|kein|keine ~2 ausweg|zukunft|sinn_im_leben|grund_zu_leben
        will_nicht_mehr_leben|will_nicht_mehr_existieren|mag_nicht_mehr_leben|will_nur_noch_sterben|lieber_tot|ware_lieber_tot|waere_lieber_tot|besser_tot|alles_beenden|dem_ganzen_ein_ende|will_dass_es_aufhort|will_dass_alles_aufhort|nie_mehr_aufwachen|will_nicht_mehr_aufwachen|hasse_mein_leben|halte_das_leben_nicht|kann_nicht_mehr_leben|kein_lebenswille|keinen_lebenswillen|keine_lebensfreude_mehr|todesgedanken|will_nicht_mehr_da_sein|mein_leben_ist_vorbei
        selbstmord*|selbsmord*|suizid*|selbstmort*|suicid*|freitod|selbsttotung|selbsttoetung|selbstverletz*|svv
        mich|mir ~2 umbringen|umzubringen|umbring|erhangen|erhaengen|aufhangen|aufhaengen|erschiessen|ertranken|ertraenken|vergiften|selbst_verletzen|selber_verletzen|toten|toeten|zu_toten|zu_erhangen|abmurksen|abknallen|wegmachen !vor_lachen
        bring|bringe|brin mich|mi|mia|mih ~2 um
        mach|mache|machen ~3 schluss|ende ~1 mit_mir|mit_meinem_leben|mit_dem_leben
        leben ~2 nehmen|zu_nehmen|beenden|zu_beenden|wegwerfen|ein_ende|nimm
        mein_leben|meinem_leben ~3 beenden|ende|nehmen|schluss
        will|wil|mochte|moechte|wollte|wunschte|wuenschte|wunsche|wurde|lieber|gern|ware|waere|einfach|wui|wue|mog ~4 sterben|sterbn|sterm|steam|steabn|tot_sein|tot|nicht_mehr_sein|nicht_mehr_da_sein|nicht_existieren|nie_geboren|verrecken|krepieren|nicht_mehr_existieren|nicht_mehr_aufwachen|nie_wieder_aufwachen|verschwinden_fur_immer|nicht_mehr_hier_sein|nicht_auf_der_welt !vor|fur|fuer
        %no ~2 mehr? ~2 leben|lebn|lem_mog|weiterleben|weiter_leben|am_leben|existieren|weitermachen_mit_dem_leben|leben_wollen|auf_dieser_welt !ohne|mit|in|bei
        kann|will|mag|schaff|schaffe|halte|ertrag* ~3 %no ~1 mehr ~1 leben|weiterleben|aushalten_zu_leben|das_leben
        lust|kraft|grund|willen|sinn|freude|mut ~1 mehr? ~2 zu|am|im|weiter|fur ~1 leben|zu_leben|weiterzuleben|weiterleben
        %no ~3 sinn ~2 mehr|leben|weiter* ~1 $|ich|zu_leben|leben|im_leben|das_leben
        leben ~3 %no ~1 sinn|wert|lebenswert|bringt
        leben ~1 hat|ist|macht ~2 kein|keinen|nicht|sinnlos|wertlos
        wozu|warum|wofur|wofuer ~1 noch? ~1 leben|weiterleben|lebe_ich|bin_ich_noch_da|weiterzuleben
        besser|glucklicher|gluecklicher|leichter|erleichtert ~3 ohne_mich|wenn_ich ~4
        ohne_mich ~3 besser|glucklicher|leichter
        niemand|keiner|keinen|kein_mensch ~3 vermiss*|merk*|auffall*|interessier*|wein*|kummer*|kuemmer* ~6 weg|tot|sterbe|nicht_mehr|verschwinde|$|mich
        vermissen ~3 weg|tot|nicht_mehr
        fur_immer|einfach|ganz verschwinden|weg_sein ~1 $|von_dieser_welt
        einschlafen|schlafen ~5 %no ~3 aufwach*|wach
        %no ~3 aufwachen|aufzuwachen ~1 $|mehr
        spring*|gesprungen|sturz*|stuerz*|werf*|schmeiss* ~4 brucke|bruecke|balkon|fenster|zug|dach|hochhaus|gleise|klippe|bahn|ubahn
        tabletten|pillen|schlaftabletten|medikamente|schlafmittel ~12 nehm*|schluck* ~3 alle|auf_einmal|zu_nehmen|$
        tabletten|pillen|schlaftabletten|medikamente ~8 alle ~3 nehmen|schlucken
        alle|ganze|viele|packung|haufen|genommen|geschluckt ~3 tabletten|pillen|schlaftabletten ~3 genommen|geschluckt|schlucken|nehmen|auf_einmal
        wie_viele|wieviele ~1 tabletten|pillen ~6 sterben|tot|umbringen
        uberdosis|ueberdosis ~1
        ritz*|geritzt|geritze !<holz
        aufgeschnitten|aufschneiden|schneid*|geschnitten|aufgeritzt|schnitt ~1 mir|mich ~3 arm*|wieder|haut|puls* !haare|brot|finger
        mir|mich ~3 arme|arm|pulsadern|handgelenk*|oberschenkel|haut ~3 aufgeschnitten|aufschneiden|geschnitten|aufgeritzt|geritzt|schneiden|verbrannt
        pulsadern ~1
        schneide|schneid mich ~2 wieder|nachts|heimlich|oft|$|jeden|manchmal
        mich ~2 wieder|selbst|selber|nachts ~1 verletzt|verletzen|geschnitten|schneide|ritze|schneiden
        mir ~2 etwas|was|leid antun|anzutun|an
        tue|tu mir ~1 was|etwas|weh
        abschiedsbrief*|abschieds_brief|testament_geschrieben
        leb_wohl|lebt_wohl|lebe_wohl|machs_gut|machts_gut|tschuss|adieu|tschuess ~6 letzte|nie_wieder|fur_immer|welt|nicht_mehr
        morgen|bald ~2 nicht ~1 mehr ~1 da|hier|leben|am_leben|$
        hab|habe|bin|es ~2 satt|mude|muede|leid|genug ~2 leben|zu_leben
        vom leben|lebens ~1 genug|mude|muede
        lebensmude|lebensmuede|todessehnsucht|todeswunsch|sterbenswunsch|lebensuberdruss
        hasse ~1 mein_leben|mich ~4 sterben|ende|tot|nicht_mehr|aufhoren|so_sehr|weg|verletzen|$
        methode|art|weg|weise ~4 schmerzlos|schnell*|schmerzfrei* ~4 sterben|umzubringen|umbringen|tod
        schmerzlos*|schmerzfrei* ~3 sterben|umbringen|tod|methode
        wie ~2 stirbt|sterben|bringt ~3 schnell*|schmerzlos*|um
        einzige|einziger ~1 ausweg|losung|loesung ~4 tod|sterben|selbstmord|umbringen
        tod|sterben ~3 einzige|ausweg|losung|erlosung|besser
        freund|freundin|bruder|schwester|mutter|vater|sohn|tochter|sie|er|kumpel ~2 will|mochte|droht|versucht|hat|wollte ~5 sich_umbringen|sich_umzubringen|sich_das_leben|sich_ritzen|ritzt_sich|sich_was_antun|sich_etwas_antun
        nie ~1 geboren|auf_der_welt
        nicht|kein ~1 verdient|recht ~2 leben|zu_leben
        gebe|geb|aufgegeben ~3 leben ~1 auf?
        kugel_in_den_kopf|strick ~3 hals|gekauft|nehmen|bereit
        wunschte|wuenschte ~3 tot|gestorben|nie_geboren|nicht_da
    ",
    crisis: "
        jemand|einbrecher|mann ~3 eingebrochen|eingedrungen|einbricht|in_meine_wohnung|in_mein_haus
        %harmer ~2 schlagt|verprugelt|wurgt|prugelt|misshandelt|tritt ~1 meine|meinen|mein|die ~1 mutter|mama|schwester|bruder|kinder|kind|geschwister|baby
        wenn ~1 ich ~3 gehe|verlasse|rede|anzeige|erzahle|trenne ~3 bringt|totet|schlagt|sticht|findet ~6
        bringt|totet|umbringen|umbringt ~2 mich|uns|kinder ~1 und ~1 kinder|mich|mama ~2
        lauft|geht|fahrt|schleicht|folgt ~1 mir ~6 nach|hinterher|nach_hause|hause|heim !auf_insta*
        habe? ~4 ## ~2 tabletten|paracetamol|ibuprofen|pillen|schlaftabletten|aspirin|tramadol|tavor ~2 genommen|geschluckt|eingeworfen|intus
        kommt|kam|schleicht ~2 nachts|betrunken|abends ~2 in|zu|an ~1 mein|mir ~0 zimmer|bett|ins_bett
        kommt|schleicht ~2 in_mein|an_mein|in_meinem ~0 zimmer|bett ~2 nachts|wenn|betrunken|und
        morddrohung*|todesdrohung*
        droht|drohen ~3 umzubringen|umbringen|toten|zu_toten|mord
        weiss|wissen wo_ich ~1 wohne|arbeite|zur_schule
        am|an_den|um_den|am_hals|den ~0 hals|kehle ~2 gepackt|gewurgt|gedruckt
        hand|hande|faust ~2 gegen_mich|nach_mir|um_meinen_hals|an_meinem_hals|erhoben ~2
        mich ~4 gepackt|gewurgt|gestossen|geschubst|geohrfeigt|festgehalten|gegen_die_wand|an_den_haaren|die_treppe ~1
        hat|haben|besitzt|gehackt|geklaut ~3 nacktfoto*|nacktbild*|nudes|intime|bilder_von_mir|videos_von_mir ~8 geld|euro|schick*|eltern|poste*|veroffent*|zahl*|will|familie|droht
        nacktfoto*|nacktbild*|nudes|intime_bilder|intime_fotos ~8 geld|euro|schick*|eltern|poste*|zahl*|sonst|droht
        sonst|wenn_ich_nicht_zahle ~4 schick*|poste*|veroffent*|verschick* ~4
        genommen|geschluckt|getrunken ~4 wacht|reagiert|atmet|antwortet ~1 nicht ~1
        steht|stehen|lauert|wartet|hammert ~3 tur|haustur|wohnung|haus|fenster ~2 angst|wieder|messer|polizei|und_will|$ !postbote
        versucht|will ~2 rein|reinzukommen|einzubrechen|die_tur ~2
        sagt|sagte|droht|drohte|gesagt|meint|schwort ~4 bringt|macht|schlagt|schlaegt|sticht ~1 mich|uns ~2 um|kalt|tot|fertig|ab
        bringt mich um wenn_ich|sonst
        %harmer ~3 schlagt|schlaegt|verprugelt|verpruegelt|schlug|prugelt|pruegelt|vergewaltigt|missbraucht|bedroht|wurgt|wuergt|tritt|schubst|begrapscht|verfolgt|misshandelt|zwingt|stalkt|erpresst|angefasst|fasst ~0 mich|uns ~3 !vor|im_schach|im_spiel|auf_insta*
        schlagt|schlaegt|verprugelt|verpruegelt|bedroht|tritt|wurgt ~0 mich ~3 wenn|immer|jeden|oft|grun|ins|$ !vor|ab
        mich ~3 geschlagen|verprugelt|verpruegelt|vergewaltigt|missbraucht|bedroht|gewurgt|gewuergt|getreten|misshandelt|angefasst|entfuhrt|uberfallen|angegriffen|gestalkt|begrapscht|eingesperrt|niedergestochen|betaubt !im_schach|im_spiel
        fasst mich ~3 an
        vergewaltig*|missbrauch*|sexuell_belastigt|sexuell_missbraucht|hausliche_gewalt|frauenhaus|haeusliche_gewalt !<film|serie
        wurde|werde|bin|wird ~3 erpresst|vergewaltigt|missbraucht|bedroht|verfolgt|gestalkt|entfuhrt|eingesperrt|festgehalten|uberfallen|angegriffen|geschlagen
        jemand|mann|typ|er|ex|auto ~1 verfolgt|folgt ~1 mich|mir ~3 angst|nach_hause|nacht|und|heim|$ !auf_insta*|insta*
        verfolgt|stalkt|stalker ~4 angst|nach_hause|strasse|wohnung
        sagt|sagte|droht|gesagt|drohte|gedroht|schwort ~5 bringt_mich_um|mich_umzubringen|umbringt|tot|umbringen|toten|schlagen|mich_um|umzubringen|absticht
        er|sie will|wollte|versucht|wird mich ~1 umbringen|toten|erwurgen|vergewaltigen|abstechen|umzubringen !haha*|lol|weil_ich_nicht
        krieg|kriege|bekomm|bekomme|kann ~1 keine|kaum|nicht|schlecht ~1 luft|atmen ~6 brust|hilfe|angst|notarzt|herz|schmerz*|tut
        keine_luft ~5 brust|hilfe
        brust|herz ~3 schmerz*|weh|sticht|eng !mich_zu|vermisse
        brustschmerzen|herzschmerzen_und
        glaub|glaube|hab|habe|hat|denke|vermutlich ~3 herzinfarkt|schlaganfall|krampfanfall|herzanfall !<fast|beinahe|schon|gleich
        brauche|brauch|ruf|ruft|rufen|schickt|hol|holt|schick ~3 krankenwagen|notarzt|polizei|110|112|rettungswagen|feuerwehr|notruf|arzt_schnell
        erpress*|sextortion
        droht|veroffentlich*|posten|verschicken|leaken|verbreiten ~4 nacktbilder*|nacktfotos|nudes|bilder_von_mir|meine_bilder
        nacktbilder*|nacktfotos|nudes ~6 droht|veroffentlich*|posten|schicken|verbreiten|geld
        blut ~1 uberall
        uberall|viel|verliere|kotze|spucke|so_viel|huste ~1 blut !<orangen|type
        blute|blutet|blutung ~3 stark|viel|hort|kopf|nicht_auf
        wacht|atmet|reagiert|bewegt ~2 nicht ~1 mehr|auf ~1 $|hilfe|was
        bewusstlos*|ohnmachtig ~5 hilfe|boden|tun|atmet
        messer|pistole|waffe|axt ~5 mich|tur|tuer|haus|droht|mir|wohnung
        mit|hat|zieht ~1 einem|ein|einer ~0 messer|pistole|waffe
        eingesperrt|einsperrt|sperrt_mich|schliesst_mich|lasst_mich_nicht|laesst_mich_nicht|festgehalten ~2
        angst ~1 vor|um|dass ~1 meinem_mann|meinem_freund|meinem_vater|meinem_ex|mein_leben|er_mich|ihm|meinem_stiefvater|heimzugehen|nach_hause_zu_gehen
        bin|sind in ~1 gefahr
        blaues_auge|blaue_flecken|rippe_gebrochen|bei_mir_eingebrochen|einbrecher
        bring_dich_um|brich_dir_das_genick|geh_sterben|verreck|hang_dich_auf|stirb|erhang_dich|spring_von_der_brucke|kratz_ab
    ",
    minor: "
        morgen|heute|montag|ubermorgen ~2 schreiben|schreibe|haben ~2 mathe|bio|deutsch_arbeit|englischarbeit|lk|eine_arbeit|physik|vokabeltest|test
        noch|in|erst ~2 jahre|jahr|monate ~2 bis|dann|bin|werd|werde ~3 18|achtzehn
        lehrerin|lehrer|herr_lehrer|klassenlehrer* ~1 kommt|schaut|guckt|nimmt|hat_mich !<bin
        bin|gehe|geh|komm|komme ~2 in|auf ~1 der|die|eine ~0 #|5a|5b|5c|6a|6b|6c|7a|7b|7c|7d|8a|8b|8c|8d|9a|9b|9c|9d|10a|10b|10c ~1 $|klasse|und|gym*|real*
        in|der ~1 5a|5b|5c|6a|6b|6c|7a|7b|7c|7d|8a|8b|8c|8d|9a|9b|9c|9d|10a|10b|10c !<lehr*|sohn|tochter
        werd|werde|werden|geburtstag ~3 ich? ~1 endlich? ~0 %age ~0 $|jahre|alt|!
        mama|mutter|eltern|papa|mutti ~4 nicht|nix ~4 telegram|handy|app|hier_bin|chatte|account|schreibe|darf
        mama|mutter|eltern|papa ~2 kontroll*|weggenommen|abgenommen|nimmt|verbiet* ~3 handy|telegram|internet
        hausarrest|nachsitzen|klassenarbeit|klassenlehrer*|mathe_test|matheklausur|hausis|zeugnis_kriege|meiner_klassenfahrt ~2 !<lehrer|sohn|tochter|kinder
        karte|paypal|konto ~1 von|meiner ~2 mama|mutter|papa|vater|eltern|oma
        bin_ich|bin_i !<seit|als|wie_alt %adv? %adv? %age ~0 $|jahre|alt|und|aber
        bin|gehe|geh|besuche|komme|komm ~1 in|auf ~1 der|die ~1 ## klasse
        ich_bin|bin|ich_bin_doch|bins !<seit|weil_sie|als %adv? %adv? %age !minuten|min|uhr|stunden|tage|wochen|monate|jahre_alter|jahre_junger|jahre_verheiratet|km|m|kilo|meter|cm|jahre_dabei|jahre_zusammen|mal|prozent|mit|sekunden|kilometer|euro|jahre_hier|ssw|th
        werde|werd|ich_werd|bald|wurde !<sohn|tochter|als %adv? ~2 %age $|jahre|alt|im|und|dann
        ^ # jahre|j|jahr alt? $ !<mein|meine|sohn|tochter|seit|vor|fur|ist|war|als|mit|bruder|schwester|in|nach|er|sie|wird|kind|hund
        # jahre_alt|jahre_jung !<mein|meine|sohn|tochter|ist|war|als|bruder|schwester|wird|kind|hund|katze|auto
        %teen jahre_alt !<sohn|tochter|ist|war
        alter|ich ~1 ist|bin %adv? %age ~0 $|jahre|alt
        minderjahrig*|minderjaehrig*|noch_nicht_volljahrig|nicht_volljahrig|noch_nicht_volljaehrig|nicht_volljaehrig|unter_18|noch_kind|teenie|noch_jugendliche* !<nicht_mehr|keine|sohn|tochter|sind|fur|keinen
        bin|ich ~2 unter|noch_nicht|noch_keine|erst_in|keine|nicht ~2 18|achtzehn|volljahrig|volljaehrig !<sohn|tochter
        werde|werd ~4 18|achtzehn ~3 $|nachsten|naechsten|bald|in|erst|im
        bin|gehe|geh|komme|komm|besuche ~2 in|auf ~1 der|die|eine ~1 # ~1 klasse|klassenstufe|schule
        ^ w|m|maedchen|madchen|junge # !uhr
        bin|gehe|geh|besuche|noch ~3 klasse|schule|realschule|hauptschule|gymnasium|gesamtschule|grundschule|gymi|schuler|schuler*|schueler*|mittelstufe|unterstufe|oberstufe !<lehrer|reunion !fertig|lehrer
        # klasse $ !<zweite|erste
        neunte|neunten|achte|achten|siebte|siebten|zehnte|zehnten|sechste|sechsten|funfte|elfte|elften ~1 klasse !<meine_tochter|mein_sohn|war|damals
        gelogen|geschummelt|luge ~4 alter|alt
        alter ~2 gelogen
        mama_darf_nicht|mama_erlaubt|meine_eltern_wissen_nicht|meine_eltern_durfen_nicht|karte_von_meiner_mutter|karte_von_meiner_mama|karte_von_meinem_vater|hausaufgaben|mathearbeit|konfirmation|taschengeld|mathe_klausur
        jugendliche|jugendlicher|kind $ !<mein|meine|fur|wie_ein|als|und
    ",
    grief: "
        %rel ~3 uberfahren|angefahren|totgefahren
        jahr|jahre|monat|woche|wochen|monate ~3 her|seit|ohne ~4 gestorben|tot|weg|tod|beerdigung|mama|papa
        baby|kind|zwillinge ~5 verloren|fehlgeburt|sternchen
        mussten|musste|haben|gestern ~5 hund|katze|kater|labrador|pferd|hasen|tier|hundin|ihn|sie ~3 gehen_lassen|einschlafern|erlosen|verabschieden|eingeschlafert
        papa|mama|vater|mutter|oma|opa|bruder|schwester|mann|frau|sohn|tochter|onkel|tante ~5 gegangen|eingeschlafen|von_uns|heimgegangen ~0 $|und|im_schlaf !<schlafen|einkaufen|arbeit|nach_hause|ins_bett|auf_dem_sofa
        %my ~1 %rel ~3 nicht_geschafft|nicht_uberlebt|fur_immer_eingeschlafen|nicht_mehr_bei_uns|von_mir_gegangen
        %my ~1 %rel ~5 gestorben|verstorben|tot|von_uns_gegangen|nicht_mehr_da|umgebracht|das_leben_genommen|ums_leben|verungluckt|verunglueckt|ermordet|eingeschlafen_fur_immer|erhangt|im_himmel|nicht_mehr_unter_uns|entschlafen|selbst_das_leben !mude|vor_lachen
        gestorben|verstorben|ums_leben_gekommen ~3 %my ~1 %rel
        %rel ~3 gestorben|verstorben !vor_lachen|im_spiel
        %my ~1 %rel ~3 verloren !spiel|schlussel
        verloren|verlor ~3 %my ~1 %rel
        habe|hab|haben ~1 %my ~1 %rel ~4 verloren|begraben|beerdigt
        baby|schwangerschaft ~3 verloren
        beerdigung*|begrabnis|begraebnis|beisetzung|trauerfeier|einascherung|bestattung*|trauer|trauere|trauern|witwe|witwer|hinterblieben*|begraben|beerdigt|beerdigen
        hund|katze|kater|pferd|hundin|tier|ihn|sie ~3 einschlafern|einschlaefern|eingeschlafert|eingeschlaefert|einzuschlafern|erlost
        fehlgeburt|totgeburt|sternenkind|ruhe_in_frieden|herzliches_beileid|todestag|seit_er_tot|seit_sie_tot|seinem_tod|ihrem_tod
        tod|verlust ~1 %my ~1 %rel*
        tod meines|meiner|unseres|von ~1
        %my ~1 %rel ~4 im_sterben|liegt_im_sterben|palliativ|hospiz|unheilbar|stirbt !vor
        verstorben* ~1 %rel
    ",
    money_trouble: "
        nicht_mal|nichtmal|nicht_einmal|kein ~3 geld ~2 fur|furs ~1 essen|brot|windeln|lebensmittel|medikamente
        verkauft|verpfandet|versetzt|verkaufe|verkaufen ~5 abo|dich|miete|essen|geld|zahlen ~2
        auto|handy|gitarre|konsole|ring|roller|schmuck ~1 verkauft|verpfandet|versetzt ~4 abo|dich|dir|miete|essen|zahlen
        strom|gas|heizung|wasser ~2 abgestellt|abgedreht|gesperrt|abgeschaltet|abgeklemmt
        kredithai*|inkasso*|gerichtsvollzieher*|schuldeneintreib* ~3
        ganzes|komplettes|gesamtes|letztes|mein ~1 gehalt|lohn|geld|erspartes|rente|bafog|burgergeld ~4 ausgegeben|verpulvert|weg|verzockt|verprasst|investiert_in_dich
        kann|konnen|nicht ~3 miete|strom|essen|rechnung*|heizung|kredit ~2 nicht|mehr? ~1 zahlen|bezahlen|leisten
        weiss ~3 wie|wovon ~4 miete|rechnungen|leben|essen|strom|bezahlen
        geld ~3 reicht|langt|weg ~2 nicht|essen|miete|monat
        alles_verloren|kein_einkommen|hartz|burgergeld_reicht_nicht|komme_nicht_uber_die_runden|uber_die_runden|am_existenzminimum|rechnungen_stapeln|mahnung|mahnungen
        job|arbeit|stelle|arbeitsplatz|wohnung|ersparnisse|haus ~2 verloren|weg|los|gekundigt|gekuendigt
        verloren|verliere|verlor ~2 job|arbeit|stelle|arbeitsplatz|wohnung|ersparnisse|haus
        arbeitslos*|gefeuert|gekundigt|gekuendigt|entlassen|zwangsgeraumt|zwangsraumung|raumungsklage|obdachlos*|pleite|insolvent|insolvenz|privatinsolvenz|pfandung|gepfandet|gerichtsvollzieher|inkasso|rausgeworfen|schlafe_im_auto|lebe_im_auto|schufa !<nicht|abo
        aus_der_wohnung|aus_meiner_wohnung|auf_die_strasse ~3 geworfen|geschmissen|raus|gesetzt|fliege
        kann|konnen|koennen|weiss|schaffe|schaff ~5 miete|essen|rechnung*|strom|heizung|lebensmittel|medikamente|kredit|raten|nebenkosten|windeln|kinder|einkauf* ~4 %no|nimmer ~2 zahlen|bezahlen|leisten|kaufen|mehr
        kann|konnen ~2 miete|strom|rechnungen|raten ~1 nicht
        kann|konnen ~4 %no|kaum ~3 essen|lebensmittel|miete|strom|medikamente ~3 leisten|kaufen|zahlen|bezahlen
        kein|keine|keinen|nichts ~3 geld|cent|euro|kohle|essen ~4 essen|leben|miete|ubrig|uebrig|kinder|mehr|monat|strom|kuhlschrank
        kein_geld_mehr|geld_ist_alle|konto_ist_leer|konto_leer
        schulden|verschuldet|uberschuldet|ueberschuldet|schuldnerberatung|dispo|im_minus|kredithai !<keine|ohne
        letzte|letzten|letztes|ganzes|ganze|erspartes|ersparten|ersparnisse|gehalt|miete|sparbuch|notgroschen ~4 ausgegeben|verzockt|verspielt|verprasst|verballert|verschwendet|draufgegangen|fur_dich !tag|stunden|zeit
        verzockt|verspielt|spielsuch*|spielhalle|casino|sportwetten|wettsucht|zocken_um_geld|online_casino|glucksspiel|gluecksspiel ~2
        kreditkarte|karte ~2 am_limit|uberzogen|ueberzogen|ausgereizt|ausgeschopft
        seit ~2 tagen ~2 %no ~1 gegessen
        %no ~2 gegessen ~4 geld|tage*
        geldprobleme|geldsorgen|finanzielle_probleme|finanziell_am_ende|ruiniert|strom_abgestellt|kredit_aufgenommen|kredit_aufnehmen|tafel_fur_essen|existenzangst|geldnot
    ",
    refund_dispute: "
        stornier*|kundigen|widerruf* ~4 geld|zuruck|erstatt*
        geld ~1 wieder|zuruck|retour ~0 $
        versprochen|versprach* ~6 nichts|nie|geld|zuruck
        blockiert|gesperrt|geblockt|ignoriert ~4 bezahl*|zahlung|geld|gekauft|uberwies*|zahl*
        bezahl*|zahlung|uberwies*|gezahlt ~4 blockiert|geblockt|ignoriert|gesperrt
        jeden|letzten ~1 cent|euro ~2
        zuruckholen|zuruckbuchen|zuruckfordern|zuruckgeholt|ruckgangig ~2
        bezahlt|gezahlt|gekauft|uberwiesen|ueberwiesen ~10 nichts|nix|zuruck|geld|betrug|verarscht|blockiert|anzeige|wo
        wo ~2 video|geld|bestellung|inhalt ~5 bezahlt|gekauft
        %money ~4 zuruck|zurueck|zuruckgeben|zurueckgeben|zuruckerstatten|erstatten|wiederhaben|zuruckhaben|wieder_haben !<kann_man|kriegt_man|bekommt_man
        zuruck ~3 %money|kohle
        erstatte|erstatten|erstattet ~4 %money|mir|zuruck
        will|mochte|moechte|verlange|fordere|brauche|erwarte|bitte_um|beantrage|wo_ist|wo_bleibt ~3 ruckerstattung|rueckerstattung|erstattung|refund|ruckzahlung|rueckzahlung|ruckbuchung
        ruckbuch*|rueckbuch*|zuruckbuch*|zurueckbuch*|chargeback*|zuruckgebucht|ruckbuchung|zuruckholen|kauferschutz|kaeuferschutz|kaferschutz|lastschrift_zuruck
        zahlung|abbuchung|lastschrift|betrag|buchung ~4 widerruf*|reklamier*|anfecht*|storn*|zuruckzieh*|sperr*|zuruck*|beanstand*
        widerruf*|reklamier*|anfecht*|storn* ~4 zahlung|bank|abbuchung|paypal|kauf|kreditkarte|betrag
        paypal|bank|kreditkartenfirma|verbraucherzentrale|anwalt ~3 melden|fall|eroffnet|anrufen|einschalten|gemeldet|reklamation|konflikt
        anzeige|anzeigen|zeige_dich|zeig_dich ~3 betrug*|dich|polizei|an|erstatten
        betrug !<film|uber|kein|serie|doku|selbst
        betrugerin|betruger|betruegerin|betrueger|betrugen|betrogen|abgezockt|abzocke|abzocker*|abzocken|scam|scammer*|schwindler*|beschissen_worden|verarscht|geld_geklaut|diebin|dieb|gauner* !<film|mein_freund_hat_mich|freundin_hat|keine
        bezahlt|gezahlt|gekauft|uberwiesen|ueberwiesen|bestellt ~8 nichts|nie|nicht|keine|kein|nix|noch_nicht ~4 bekommen|erhalten|gekriegt|gesendet|geschickt|angekommen|da|gekommen|freigeschaltet|funktioniert|antwort* !<noch_nicht
        nichts|nie|nicht|noch_nichts|nix ~4 bekommen|erhalten|geschickt|angekommen|gekommen ~7 bezahlt|gezahlt|gekauft
        doppelt|zweimal|zwei_mal|2_mal ~3 abgebucht|belastet|berechnet|bezahlt
        abgebucht|abgezogen ~3 doppelt|zweimal|ohne|erlaubnis
        irrefuhrende_werbung|geldverschwendung|blockiert_nachdem
        mein_geld_genommen|mein_geld_eingesteckt
    ",
    harmless: "
        wir|uns|treffen|termin|konzert|bis|erst|urlaub|stream ~3 am ##
        fruh|frueh|um_sechs|um_sieben|um_funf|um_## ~3 aufwachen|aufstehen|aufzuwachen|aufzustehen|raus
        aufwachen|aufstehen|aufzuwachen|aufzustehen ~2 montag*|fruhschicht|wecker|zur_arbeit|schule|bah|gahn
        montag*|fruhschicht ~3 aufwachen|aufstehen|aufzuwachen|aufzustehen
        sterb* ~2 scham|neugier|lachen|liebe|gluck|langeweile|peinlichkeit|eifersucht
        vor ~1 scham|neugier|lachen|liebe|gluck|langeweile|peinlichkeit ~2 sterb*|tot
        bring_mich_um|tote_mich|erschiess_mich|bringt_mich_um ~2 montag*|schon_wieder|haha*|lol
        vitamin* ~2 genommen|geschluckt|nehmen|nehme|tabletten
        tabletten|pillen|kapseln ~2 vitamin*|magnesium|eisen
        in_deiner_schuld|in_eurer_schuld|ewig_dankbar
        schlagt|besiegt|fertig ~3 im|in|beim|bei ~1 schach|fifa|skat|poker|tennis|kicker|mario_kart|karten
        brucke|dach|balkon|hochhaus|klippe|gelander ~6 feuerwerk|aussicht|sonnenuntergang|foto*|schon|sterne|party|grillen
        weiss nicht wie ~3 geht|funktioniert|bedient
        nicht_mehr ~1 du_bist|du_bist_zu|du_siehst|so_suss|vor_lachen
        letzte*|letzter ~0 tag|nacht|woche ~2 urlaub|arbeit|schule|ferien|reise|job|uni
        ins grab
        morden|toten|umbringen ~2 fur|pizza
        fur ~3 morden|toten|sterben|umbringen
        serienmorder*|serienkiller*
        boss|endboss|drache ~1 gekillt|getotet|besiegt|tot
        %news ~9 %grim ~4 %grim
        hitze|kalte|arbeit|chef|chefin|prufung*|klausur*|montag|montage|kater|schuhe|absatze|warten|hunger|training|diat|stau|neugier|deadline*|husten|allergie|beine|muskelkater|schicht|uni|das|wetter|spannung|ungeduld ~1 bringt|bringen|killt|macht ~1 mich ~2 um|fertig|noch|tot|irgendwann|$
        bringt|killt mich ~1 noch|grad|echt|irgendwann|mal ~1 um|$
        mutter|mama|vater|papa|chef|chefin|frau|freundin|freund|trainer|lehrerin|schwester|mann|eltern ~2 bringt|bringen|killt|killen|macht|wird ~1 mich ~2 um|wenn|tot|kalt|umbringen|einen_kopf|kopf !wenn_ich_gehe|wenn_ich_ihn|wenn_ich_rede|wenn_ich_was_sage
        %age mal ~1 gestorben|tot|verreckt|draufgegangen
        gestorben|tot|verreckt|sterbe ~4 warzone|fortnite|minecraft|cod|boss|spiel|runde|lol|level|game|zelda|elden
        sterbe|sterben|stirb ~1 vor|fur
        verstand|kopf|stimme|faden|uberblick ~1 verloren
        verloren|verlor* ~1 den ~0 verstand|kopf|faden
        %story ~8 %grim
        %grim ~6 %story
        %news ~9 %grim
        %grim ~5 %news
        totmude|todmude|sterbenslangweilig|todlangweilig|tod_auf_latschen|bombe|mordsmassig|mordshunger|todschick|todsicher|totlachen|totgelacht|halb_tot|halbtot|tot_umgefallen|zum_sterben_schon|zum_sterben|morgen_gestorben|ich_sterbe|bin_tot_lol
        kann ~1 nicht_mehr vor_lachen|haha*|😂
        nicht_mehr ~1 warten|abwarten|laufen|vor|sehen|sitzen|horen|denken|aufhoren
        chef|chefin|frau|freundin|mutter|mama|trainer ~1 bringt|killt|wird mich ~1 um|umbringen
        lach|lache|lachen|gelacht|geh|langweile ~2 tot|schlapp|kaputt
        sterb|sterbe|sterben|gestorben|stirb|tot|tote ~2 vor|fur|fuer ~2 lachen|langeweile|hunger|hitze|scham|neugier|muedigkeit|mudigkeit|sehnsucht|peinlichkeit|eine|ein|dich|pizza
        vor_lachen|vor_langeweile|vor_hunger ~2 gestorben|sterben|tot
        wurde|wuerde ~3 sterben|toten|morden ~1
        pizza|schokolade|dieses ~3 sterben
        bring|bringe dich ~1 um ~1 haha*|lol|weil|wenn|hast|du
        boss|zeit|zombies|gegner|endgegner|drachen|mucke* ~1 tot*|toten|totschlagen|umbringen|killen
        suicide squad
        film|serie|buch|lied|song|doku|spiel|roman|figur|held|folge|staffel|schauspieler|podcast|game ~4 selbstmord*|stirbt|tot|gestorben|betrug|umgebracht|beerdigung|vergewaltigung|suizid*|erpress*|uberdosis
        selbstmord*|betrug|beerdigung|vergewaltigung|suizid*|erpress* ~3 film|serie|buch|lied|doku|roman
        held|heldin|figur ~4 gestorben|tot|stirbt
        handy|akku|laptop|auto|telefon ~2 tot|gestorben
        nicht|nie|niemals|kein ~3 umbringen|suizidal|selbstmordgefahrdet|verletzen|was_antun !mehr_leben
        will|mochte nicht|noch_nicht ~1 sterben !aber
        geschnitten|schneid*|aufgeschnitten|schneiden|schnitt ~3 haare|finger|brot|rasieren|kochen|pony|nagel|gemuse|kuchen
        mir|mich ~4 finger|haare|rasieren|nagel|beim ~2 geschnitten|kochen|rasieren|schneiden
        fast|beinahe|hatte|haette|krieg|gleich|bekomme ~3 herzinfarkt|herzanfall
        folg|folge|folgt|verfolgt ~3 auf|bei|deine ~1 insta*|tiktok|twitter|stories|seite
        spring|springe ~3 unter|in|ins|aufs ~1 die|den|das ~0 dusche|pool|bett|wasser|sofa
        bin|bin_ja nicht|kein|keine|nicht_mehr minderjahrig*|unter_18|teenie
        bedingungen|wie|gibt|kriegt|bekommt|bekomme|macht|bietet|regeln ~5 ruckerstattung|rueckerstattung|geld_zuruck|erstattung|zuruck ~5
        wenn ~3 nicht ~1 geht|funktioniert ~4 zuruck*|erstatt*
        kein|keine|nicht ~2 betrug|betruger*|abzocke|scam|fake
        meinen kuss|herz|schlaf zuruck
        gib mir meinen|mein|einen kuss|herz|hoodie
        kann nicht ~3 ohne ~3 leben
        ohne ~3 nicht ~2 leben
        film|serie|das|spiel ~2 keinen sinn !mehr
        handy|schlussel|zug|portemonnaie verloren|verpasst
        mein|meine handy|schlussel ~2
        noch_nicht|schon|hab|habe bezahlt $
        entlassung_aus_dem_krankenhaus
        abo|vertrag|probeabo ~2 gekundigt|gekuendigt|kundigen
        geht_nicht_pleite
        keine schulden
        schuldengefuhle
        schwarze_witwe
    ",
    other_ages: "
        lehrer*|referendar*|unterrichte|erzieher* ~5 klasse|8b|8a|7a|7b|9a|9b|schule|5a|6a|der
        sohn|tochter|bruder|schwester|neffe|nichte|enkel*|kind|kleine|kleiner ~5 klasse|schule|grundschule|gymnasium|kindergarten
        als|seit|wie|damals ~1 ich ~1 %age ~1 war|bin|wurde|jahre
        seit|mit|vor|fur|uber|ca|gegen ~1 %age
        sohn|tochter|bruder|schwester|neffe|nichte|cousin|cousine|enkel|hund|katze|kind|kleiner|kleine|er|sie ~2 ist|wird|wurde|hat|geworden|war ~2 %age|minderjahrig|unter_18
        bin # minuten|min|stunden|km
    ",
    urges_harm: "
        bring|tote|ritz|hang|verletz dich ~1 um|auf|selbst
        solltest|kannst|musst|konntest|darfst ~2 sterben|dich_umbringen|dich_ritzen|verschwinden|dich_toten|schluss_machen_mit
        nimm alle|sie_alle|die_tabletten
        welt|alle ~3 besser ~2 ohne_dich
        niemand ~2 dich_vermissen|vermisst_dich
        zusammen sterben
    ",
    courts_minor: "
        alter_ist_nur_eine_zahl|alter_spielt_keine_rolle|dein_alter_ist_mir_egal|egal_wie_alt_du|unser_geheimnis|unser_kleines_geheimnis|sag_es_nicht_deinen_eltern|sag_deinen_eltern_nichts|erzahl_es_nicht_deiner|sag_einfach_du_bist_18|losch_den_chat|steh_auf_junge_madchen
        du_bist|bist|bist_du|erst ~1 %age ~0 $|jahre|und|ist|das_ist
    ",
    slips: "selbstmord umbringen vergewaltigt minderjahrig ruckerstattung betrugerin betruger krankenwagen beerdigung gestorben erpresst arbeitslos",
};
