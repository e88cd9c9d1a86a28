//! Polish.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        no = nie|juz_nie|nigdy|nikt|nikogo|nic|ani|bez
        want = chce|hce|chcem|chche|chcialbym|chcialabym|chcialam|chcialem|mysle|myslalem|myslalam|planuje|zamierzam|wole|wolalbym|wolalabym|probowalem|probowalam|probuje|mam_ochote|ochote|musze|powinienem|powinnam|zaraz|pragne|marze|lepiej|zaczynam|mysli
        rel = mama|mame|mamy|mamusia|matka|matke|ojciec|ojca|tata|tate|taty|tatus|zona|zone|zony|maz|meza|syn|syna|synka|corka|corke|brat|brata|siostra|siostre|siostry|babcia|babcie|babci|dziadek|dziadka|ciocia|ciocie|wujek|wujka|kuzyn|kuzynka|przyjaciel|przyjaciela|przyjaciolka|przyjaciolke|chlopak|chlopaka|dziewczyna|dziewczyne|partner|partnera|partnerka|pies|psa|piesek|pieska|kot|kota|kotek|kotka|suczka|dziecko|dziecka|tesciowa|tesc|kumpel|kumpla|narzeczony|narzeczona|babunia|kon|rodzice|chomik
        harmer = chlopak|maz|ex|byly|ojciec|tata|ojczym|partner|wujek|brat|dziewczyna|zona|matka|on|ona|szef|sasiad|facet|ktos|nauczyciel|dziadek|kuzyn|gosc|konkubent|ksiadz
        teen = dziewiec|dziesiec|jedenascie|dwanascie|trzynascie|czternascie|pietnascie|szesnascie|siedemnascie
        age = #|%teen
        money = pieniadze|pieniedzy|kase|kasa|hajs|hajsu|forse|zl|zlotych|kasy|wplate|srodki|pieniazki
        adv = dopiero|tylko|juz|prawie|niecale|w_sumie|naprawde|jeszcze|teraz|jakies|zaledwie
        pills = tabletki|tabletek|pigulki|leki|prochy|zyletka|zyletki|noz|sznur|line|petla|pistolet|proszki|lina
        front = przede_mna|w_rece|w_dloni|obok_mnie|na_stole|na_lozku|pod_reka|leza|lezy|przygotowane|przygotowany|gotowe|na_biurku
        story = piosenk*|film*|serial*|ksiazk*|powiesc*|odcin*|rozdzial*|dokument*|podcast*|gra|grze|gry|anime|mang*|sezon*|postac*|album*|tekst|refren*|bohater*|musical|teatr*|kawalek
        news = wiadomosciach|wiadomosci|artykul*|gazet*|przeczytal*|czytal*|slyszal*|reportaz*|podcast*|telewizji|sasiadk*|sasiad|kolezank*_z_pracy|faktach|program
        grim = samoboj*|umier*|umrz*|umar*|zmar*|smier*|zabi*|zgin*|zyc_bez|zycia_bez|oszuk*|oszust*|zgwalc*|gwalt*|szantaz*|porwa*|pogrzeb*|przeslad*|przedawkow*|eksmi*|bije|pobi*|okrad*|okrad*|naciag*|pozegn*|morder*|molest*|wyludz*
    ",
    self_harm: "
        blizny|blizn ~4 ciecia|cieciu|zylet*|samookalecz*
        boje|strach ~4 zrobie|zrobic ~3 sobie|dzis|glupiego
        sobie ~2 cos ~1 zrobie|zrobic|dzis_zrobie
        cos_sobie ~1 zrobie|zrobic
        kupilem|kupilam|mam|przygotowalem|zdobylem ~2 sznur|line|zyletki|pistolet|trucizne|petle
        moje ostatnie swieta|urodziny|wakacje
        mysle|mysli ~2 tylko|ciagle|caly_czas|wciaz ~2 o ~0 smierci|umieraniu|samoboj*
        tylko ~1 o ~0 smierci|samoboj*
        nie ~2 byc|bylo|zyc|istniec ~2 na_tym_swiecie|na_swiecie
        uda|nogi|rece|nadgarstki|ramiona ~3 pocie*|blizn*|rany|krew|krwi|sznyt*
        chce|chcialbym|chcialabym|pojde|ide|niedlugo ~4 do_nieba|w_niebie|na_tamten_swiat|do_bozi|do_boga
        nie|mam_dosc|zmeczon* ~2 udawac|udawania|usmiechac_sie|grac
        tydzien|jutro|niedlugo|miesiac|swieta|rano|tygodniu ~2 juz? ~0 mnie ~1 juz? ~0 nie ~1 bedzie|zobaczysz !w_pracy|w_domu
        sposob|metoda|jak ~2 latw*|najlatw*|szybk*|bezbolesn*|najlep* ~3 odejsc|umrzec|skonczyc|zniknac|zdechnac
        %pills ~4 %front
        listy|pozegn* ~3 napisan*|napisalem|napisalam|gotow*
        napisalem|napisalam|napisane|pisze ~2 listy ~2 $|wszystkim|mamie|rodzinie|juz
        nie|to|nic|wszystko ~1 juz? ~1 nie? ~1 ma|widze|stracilo ~1 juz|wiekszego|zadnego|sensu|sens ~0 sensu? ~0 $
        ostatni|ostatnia ~0 wiadomosc|noc|dzien|raz_pisze|sms ~1 $|ode_mnie|do|w_zyciu|w_moim
        dzis|dzisiaj|wreszcie|w_koncu|niedlugo|jutro ~4 spokoj|spokoju|koniec_z_tym|skoncze|wolny|wolna|zasne ~1 $|na_zawsze|wieczny|dla_mnie|to_wszystko
        wszystkim|wszyscy|rodzinie|rodzicom|mamie|swiat*|dzieciom|im ~3 lepiej|lzej|szczesliwsi|latwiej ~3 beze_mnie|bez_mnie|gdyby_mnie|jak_mnie|jesli_mnie
        ciezar*|kula_u_nogi|ciezarem ~2 dla|$
        glos|glosy|glowa|glowie ~4 mowi*|kaz*|krzycz* ~4 skocz*|zab*|umrz*|umrzec|tnij|zrob
        skoczyc|rzucic|polozyc|wejsc|wskoczyc|skocze|rzuce ~2 sie? ~1 pod|z|na|przed ~1 pociag*|tory|metro|auto|samochod*|most*|dach*|balkon*|okn*|tir*|wiezow*
        stoje|siedze|jestem|wszedl* ~2 na ~1 moscie|dachu|krawedzi|torach|balkonie|parapecie|most|dach
        rozdalem|rozdalam|oddalem|oddalam|rozdaje ~3 rzeczy|wszystko|swoje
        nie ~1 dam|mam|daje|moge|wytrzymam|wytrzymuje|chce ~1 juz|rady|sily|dluzej|tak|zyc|byc ~2 $|zyc|dluzej|sily|tego_zycia|istniec|sie_budzic !<smiechu
        nikt ~3 zauwaz*|tesknil*|zaplacz*|plakal*|obejdz*|obchodz* ~6
        probowalem|probowalam|proba|prob ~3 zabic|samoboj*|powiesic|skonczyc|odebrac
        wypic|polknac|wzial*|wziac ~2 trucizn*|trutk*|wybielacz*
        chce|mysle|myslalem|myslalam|planuje|probowalem|probowalam|chcialem|chcialam|zamierzam ~3 sie_powiesic|sie_zabic|powiesic_sie|zabic_sie|skoczyc_z|rzucic_sie_pod|podciac|zniknac_na_zawsze|zasnac_na_zawsze|skonczyc_ze|o_smierci|odebrac_sobie|umrzec !ze_smiechu
        zasnac|spac ~2 na_zawsze|na_wieki
        nie_widze_wyjscia|nie_widze_przyszlosci|nienawidze_swojego_zycia|lepiej_umrzec|wole_umrzec|wolalbym_nie_zyc|nie_mam_sily_zyc|nie_chce_mi_sie_zyc|zycie_mnie_przerasta|mysli_samobojcze|mam_dosyc_zycia|dosc_zycia|zyletka_tne|nie_chce_sie_budzic|zrobie_sobie_krzywde|nie_zasluguje_na_zycie|jestem_ciezarem_dla
        samoboj*|samobuj*|samookalecz*|samouszkodz*|suicyd*|suicid*|es_es_man_nie
        zabije|zabic|zabijam|zabilbym|zabilabym|powiesze|powiesic|zastrzelic|zastrzele|otruc|utopic|potne|potnac|pociac|pociela|okaleczam|okaleczac|zajebac|odjebac ~1 sie|siebie|samego_siebie|sama_siebie !w_pracy|ze_smiechu|z_nudow
        sie|siebie ~1 zabic|zabije|powiesic|powiesze|zastrzelic|otruc|potne|pociac|okaleczam|zajebac
        odebr*|odbior*|odbieram|skoncz*|zakoncz*|konczyc|koncze|skrocic|zakonczyc ~1 sobie? ~1 zycie|swoje_zycie|ze_soba|z_soba|to_wszystko|ze_swoim_zyciem|z_zyciem|cierpienie
        skoncze|skonczyc|koncze|konczyc ~1 ze soba
        %want ~3 umrzec|umzec|umzyc|umszec|umrzedz|umierac|nie_istniec|zniknac_na_zawsze|nie_zyc|zdechnac|byc_martwy|byc_martwa|zniknac_z_tego_swiata|umrzyc !ze|z
        wolalbym|wolalabym|lepiej|zebym|gdybym|oby ~2 nie_zyc|umrzec|umarl|umarla|nie_zyl|nie_zyla|sie_nie_urodzil|sie_nie_urodzila|nie_istniec
        %no ~3 chce|chcialbym|chcialabym|mam_sily|mam_ochoty|warto|potrafie|umiem|zasluguje|moge|mam ~3 zyc|zycia|istniec|dluzej_zyc|zycie|byc_na_tym_swiecie|tu_byc|budzic_sie !bez|z|w|u
        %no ~2 chce ~1 juz? zyc !bez|z|w
        %no ~1 mam|ma|widze ~2 po_co|sensu|powodu|dla_kogo|sily ~2 zyc|zycia|istniec|dalej_zyc|w_zyciu|$ !film
        zycie|zycia|zyciu ~2 nie|bez|bezsensu|bezsens|straciło|stracilo ~2 sensu|sens|warte|$
        bez sensu ~2 zycie|zyc
        po_co ~1 zyc|zyje|mi_zycie|ja_zyje|dalej_zyc
        lepiej|szczesliwsi|ulzy* ~3 beze_mnie|gdybym|jak_mnie_nie|bez_mnie|jakbym
        beze_mnie ~3 lepiej
        nikt|nikomu|nikogo ~4 zauwaz*|teskn*|zaplak*|obchodz*|plak*|bedzie_brakow*|zalowal ~6 znik*|umar*|gdybym|nie_bylo|nie_bedzie|jak|mna|$
        chce|chcialbym|chcialabym zniknac ~2 na_zawsze|$|z_tego
        zasnac|spac|usnac ~5 nie|nigdy|juz_nie ~3 obudzic|obudze|wstac|obudzil|obudzila
        %no ~3 obudzic|obudze|obudzil|obudzila|budzic ~1 sie? ~1 $|juz|nigdy|wiecej|jutro
        skocz*|skakac|rzuc*|wyskocz* ~3 mostu|most|balkonu|okna|dachu|pociag|wiezowca|tory|pietra|tramwaj|metra
        tabletki|tabletek|leki|lekow|pigulki|prochy|proszki ~12 wziac|polkn*|lykn*|zazyc|biore|wezme|lyknac ~3 wszystkie|naraz|wszystko|cale|calosc
        polkn*|wzial*|lyk*|zazyl*|wezme|nazr* ~4 wszystkie|cale|cala|duzo|garsc|opakowanie|mnostwo|za_duzo ~3 tabletki|tabletek|leki|lekow|pigulki|prochow
        ile tabletek|lekow|prochow ~6 umrzec|zabic
        przedawk*
        tne|cialem|cialam|pocial*|ciac|tnac|podcial*|podetne|podciac ~1 sie|sobie|zyly|rece|nadgarstk*|reke|uda !w_palec|przy|palec|wlosy
        sie|sobie tne|ciac|cialem|cialam|pocialam|pocialem|zyly|potne !w_palec|przy
        zyly|zylki ~2 podciac|podetne|podcial*|ciac
        robie|zrobie|zrobic|zrobil* ~1 sobie ~1 krzywde|cos
        sobie ~1 krzywde ~2
        list|liscik pozegnaln*|samoboj*
        zegnaj|zegnajcie|do_zobaczenia|pozegnanie|zegnam ~6
        jutro|niedlugo ~2 mnie_nie ~1 bedzie|juz
        mnie ~1 juz? ~1 nie_bedzie
        dosc|dosyc|zmeczony|zmeczona|mam_dosc|mam_dosyc|zmeczenie ~2 zycia|zycie|zyciem|tego_zycia
        nienawidze ~1 zycia|swojego_zycia|siebie|zyc|swojego_zycia ~4 umrzec|zabic|koniec|skonczyc|tak_bardzo|$|smierc
        sposob|metoda|metode ~4 bezbolesn*|szybk*|najszybsz* ~4 smierc|umrzec|zabic|samoboj*
        bezbolesn* ~3 smierc|umrzec|sposob
        jak ~2 umrzec|zabic_sie|sie_zabic ~3 bezbolesn*|szybko|bez_bolu|$
        jedyn* ~1 wyjscie|rozwiazanie|wyjsciem ~4 smierc|umrzec|samoboj*
        smierc ~3 jedyn*|wyjscie|rozwiazanie|ulga|lepsza|wybawien*
        mysli ~2 smierci|samoboj*
        przyjaciel|przyjaciolka|brat|siostra|mama|tata|syn|corka|ona|on|chlopak|dziewczyna|kolega|kolezanka ~2 chce|grozi|probowal*|mowi|chciala|chcial|probuje ~5 sie_zabic|zabic_sie|popelnic|samoboj*|odebrac_sobie|sie_powiesic|sie_zabije|tnie_sie
        nigdy|nie ~2 powinienem|powinnam|zasluguje ~2 urodzic|istniec|zyc|na_zycie
        poddaje ~2 zyci*|zyc
        kulka_w_leb|strzele_sobie_w_leb|petle|stryczek|sznur_na_szyje
        nie_wytrzymam_juz|nie_daje_juz_rady|nie_daje_rady ~3 zyc|zyciem|zycie|umrzec
    ",
    crisis: "
        ktos|wlamywacz|facet ~3 wlam*|wtargnal|wszedl ~3
        ojciec|tata|ojczym|maz|brat|sasiad|stary|konkubent ~3 bije|dusi|katuje|kopie|leje ~1 mame|matke|siostre|brata|dzieci|mnie|dziecko|babcie
        jak|jesli|gdy ~1 odejde|powiem|zglosze|uciekne|rozwiode ~4 zabije|znajdzie|pobije ~2
        zabije|zamorduje ~2 i_dzieci|mnie_i|dzieci|nas
        idzie|chodzi|jedzie|lazi ~2 za_mna ~3
        wzialem|wzielam|lyknalem|lyknelam|polknalem|polknelam|wzial|wypilam ~2 ## ~2 apap*|tablet*|paracetamol*|ibuprom*|pigul*|prosz*|xanax*|tramal*|nasennych
        przychodzi|wchodzi|przychodzil ~4 nocy|noca|pokoju|lozka ~2 do|mojego|po ~2
        zamknal|zamkneli|zamyka ~2 mnie|pokoju|domu|klucz ~3
        groz* ~2 smierci*|ze_zabije|zabiciem|ze_mnie_zabije
        wie|wiedza gdzie ~0 mieszkam|pracuje|chodze
        podniosl|podnosi ~2 reke|rece ~2
        zlapal|scisnal|chwycil|dusil|pchnal|popchnal|rzucil|szarpal|szarpie|uderzyl|kopnal|ciagnal ~3 gardlo|szyje|wlosy|mnie|sciane|schod*|twarz|ziemie
        ma|maja|zdobyl|wlamal|ukradl|nagral ~4 nagie|nagich|nudesy|nudes|intymn*|zdjeci*|filmik* ~8 kase|pieniadz*|pieniedzy|wysl*|wyslij*|rodzic*|rodzin*|opublik*|wstaw*|zaplac*|grozi|upubliczn*|udostep*
        nagie|nudesy|nudes|intymne ~1 zdjecia|fotki|filmiki|$ ~7 kase|pieniadz*|wysl*|rodzic*|opublik*|wstaw*|zaplac*|grozi|albo|inaczej
        albo|inaczej|jak_nie_zaplace ~3 wysle|opublikuje|wstawi|udostepni|rozesle ~4
        nalykal*|polknal*|polknela|wzial|wziela|wypil|wypila|lyknela ~5 nie ~1 sie? ~1 budzi|reaguje|oddycha|odpowiada
        stoi|dobija|wali|czeka|laz* ~3 drzwi*|domem|oknem|blokiem|pod_domem|pod_drzwiami ~1 !kurier
        probuje|chce ~2 wejsc|wlamac ~3 domu|mieszkania|drzwi|srodka
        %harmer ~2 bije|pobil|bil|zgwalcil|gwalci|molestuje|molestowal|dotyka|dotykal|dusi|dusil|kopie|kopnal|wykorzystuje|przesladuje|sledzi|zmusza|szantazuje|uderzyl|uderza|maltretuje|katuje|obmacuje|lapie mnie ~2 !na_insta*|w_szachy
        %harmer ~3 mnie|mi ~1 bije|pobil|pobila|bil|zgwalcil|gwalci|molestuje|molestowal|dotyka|dotykal|grozi|grozil|dusi|dusil|kopie|kopnal|wykorzystuje|wykorzystal|przesladuje|sledzi|zmusza|szantazuje|uderzyl|uderza|maltretuje|zamknal|leje|poparzyl|katuje !na_insta*|w_szachy|rekordy
        bije|bija|pobil|pobili|uderzyl mnie ~3
        zostalam|zostalem|bylam|bylem|jestem ~3 zgwalcon*|pobit*|molestowan*|napadniet*|porwan*|wykorzystan*|szantazowan*|przesladowan*|bit*|pchniet*|okraden*_z_nozem
        gwalt|zgwalcil*|zgwalcon*|gwalci*|molestow*|przemoc_domowa|przemocy_domowej|niebieska_karta !<film|serial
        ktos|facet|on|mezczyzna|ex|auto|gosc ~2 idzie|sledzi|chodzi ~1 za_mna|mnie ~3 !na_insta*|insta*
        za_mna ~2 idzie|lazi|jedzie|chodzi
        sledzi|przesladuje|stalker* ~4 boje|strach|dom|ulic*
        powiedzial*|mowi|grozi|grozil|przysiega ~5 zabije|pobije|zgwalci|potnie|spali|zatlucze
        on|ona|chce|probowal|probuje|chcial ~2 mnie ~1 zabic|udusic|zgwalcic|zadzgac ~1 $|pomoc|bo|jak !haha*|zona
        zabije_mnie|mnie_zabije ~2 jak|jezeli|jesli|pomoc ~1 odejde|powiem|wroce|pomocy
        nie ~1 moge|umiem|da_sie ~1 oddychac|zlapac_oddechu ~6 klat*|piers*|boli|pomoc*|serce|karetk*|boje
        boli|bol|ucisk|kluje ~3 klat*|piers*|serce|mostk*
        mam|chyba|to|mial|miala|dostal|dostala|ma ~2 zawal|udar|atak_serca|napad_padaczki|drgawki !<prawie|malo|omal
        potrzebuje|wezwij|wezwijcie|dzwon*|zadzwon*|przyslij*|trzeba|wezwac ~2 karetk*|policj*|pogotowie|112|999|997|straz
        szantaz*|wymusz*|sextortion
        grozi|opublikuj*|wstaw*|wysle|rozesle|udostepni* ~4 moje|moimi|mnie ~1 zdjecia*|nagie*|nagich|nudes*|filmiki
        nagie|nagimi|nagich zdjecia*|fotki|zdjec*|fotkami ~4
        wszedzie|duzo|tyle|trace|wymiotuje|pluje|pelno ~1 krwi|krew|krwia
        krew ~1 wszedzie
        krwaw* ~3 mocno|bardzo|przestaje|glow*|obficie
        nie ~1 budzi_sie|oddycha|reaguje|rusza_sie|moge_jej_dobudzic ~1 $|pomoc*|co
        nieprzytomn*|stracil*_przytomnosc|zemdlal* ~5 pomoc*|podlod*|robic|oddycha
        noz*|pistolet*|bron*|siekier* ~5 mnie|drzwi|dom*|grozi|mi
        z|ma|wyciagnal nozem|noz|pistolet|siekiera
        zamknal_mnie|zamkneli_mnie|nie_pozwala_mi|nie_wypuszcza|przetrzymuje|uwieziona ~2
        boje_sie ~1 meza|chlopaka|ojca|o_zycie|o_swoje_zycie|ze_mnie|go|bylego|wrocic_do_domu|ojczyma
        jestem|jestesmy w_niebezpieczenstwie
        podbite_oko|siniak*|zlamane_zebro|wlamal|wlamuje|wlamuja|wlamywacz*
        zabij_sie|powies_sie|idz_sie_zabij|umieraj|obys_zdechl*|zdechnij|skocz_z_mostu
    ",
    minor: "
        za|jeszcze|zostal*|brakuje ~2 lata|rok|lat|miesiac* ~3 18|osiemnast*|pelnoletn*
        pani|nauczycielka|nauczyciel|wychowawczyni|babka_od ~1 idzie|patrzy|zabrala|przyszla|od_matmy|od_polskiego !<jestem
        chodze|jestem|ide|ucze|zdalem ~2 do|w ~1 #|4a|4b|5a|5b|6a|6b|6c|7a|7b|7c|7d|8a|8b|8c|8d|1a|1b|1c|1d|czwartej|piatej|szostej|siodmej|osmej|podstawowk*|podstawowce|gimnazjum|technikum|liceum ~1 $|klas*|i|liceum
        koncze|skoncze|bede_mial|bede_miala|urodziny|mam_urodziny|kończę ~2 %age ~0 lat|latek|$|!|urodziny
        mama|tata|rodzice|starzy|matka ~2 nie|nic ~2 wie|wiedza|pozwala*|moze|moga|dowie* ~4 telegram*|telefon*|tu|pisze|konto|apk*|czat*
        mama|tata|rodzice|starzy ~2 zabral*|sprawdza*|skonfiskowa*|zabiera* ~3 telefon*|kompa|neta
        szlaban|kartkowk*|sprawdzian*|wychowawczyni|klasowka|egzamin_osmoklasisty|osmoklasist*|zadanie_domowe|praca_domowa|wywiadowk* ~1 !<syn*|cork*|sprawdza*
        karta|karty|blik ~2 mamy|taty|rodzicow|babci|mojej_mamy
        mam !<odkad %adv? %adv? %age ~0 lat|latek|lata|roczek !doswiadczenia|temu|stazu|starsz*|mlodsz*|kredyt*|praktyki
        mam %adv? %adv? %age $|a_ty|i_co|ale|i_pol|haha*
        ^ # lat|latek $ !<syn|corka|od|przez|temu|po|ma|mial*|jak|brat|siostra|za|przed|kiedy|okolo|mialem|mialam|skonczyl|dziecko|pies|mlodszy|z
        koncze|skoncze|koncza_mi_sie|skonczylem|skonczylam|bede_miec|bede_mial|bede_miala|stuknie_mi|niedlugo|kończe !<jak|kiedy|syn|corka %adv? %age ~0 lat|$|w|za|niedlugo|i|lata
        nieletni*|niepelnoletni*|jestem_dzieckiem|ponizej_18|nie_jestem_pelnoletni*|jeszcze_niepelnoletni*|malolat*|nastolatk* !<nie|syn|corka|dla|kazda|moja|moj|nie_jestem
        %no|jeszcze|brakuje|zanim ~3 mam|skonczyl*|ukonczyl*|koncze|jestem|skoncze ~2 18|osiemnast*|pelnoletni* !<syn|corka
        nie ~1 mam ~1 jeszcze ~1 18
        chodze|jestem|ide|ucze_sie|zdalem|zdalam|koncze ~1 do|w|w_klasie ~1 ## ~0 klas*|podstawowk*|liceum|technikum
        # klasa|klasie|klasy !<syn|corka
        chodze|jestem|ide|ucze_sie|wciaz ~2 pierwsz*|drug*|trzeci*|czwart*|siodm*|osm*|szost*|piat* ~1 klas* ~2
        chodze|jestem|ide|ucze_sie|wciaz|jeszcze ~2 do|w podstawow*|liceum|technikum|gimnazjum|szkole_sredniej|szkoly|podstawow*|zawodowk* !<uczylem|dawno
        licealist*|gimnazjalist*|osmoklasist*|uczennica|uczen|pierwszoklasist* !<nauczyciel
        klamal*|sklamal*|oszukal* ~3 wiek*|lat
        moj_wiek|prawdziwy_wiek ~2 %age
        mama_mi_nie_pozwala|rodzice_nie_wiedza|karta_mamy|karty_mamy|karta_taty|mama_sprawdza|kieszonkowe|sprawdzian|zadanie_domowe|kartkowk*|egzamin_osmoklasisty
    ",
    grief: "
        kot*|pies|psa|kot ~3 przejechal*|potracil*|rozjechal*
        rok|lata|miesiac|tydzien|rocznica ~4 smierci|umarl*|zmarl*|odszedl|odeszla|bez_mamy|bez_taty
        uspic|uspilismy|uspilam|uspilem|pozegnac|pozegnalismy|pochowalismy ~4 psa|kota|pies*|kotk*|suczk*|konia|krolika|zwierz*|babci*|dziadk*|mam*|tat*
        tata|mama|ojciec|matka|babcia|dziadek|brat|siostra|maz|zona|syn|corka|wujek|ciocia|pies|kot ~2 odszedl|odeszla|zasnal|zasnela|zgasl|zgasla ~3 !z_pracy|od_mamy|do_innej
        zmarl|zmarla|umarl|umarla|zginal|zginela|odszedl|odeszla|zamordowan*|umarlo|zmarlo|zdechl|zdechla ~3 moj|moja|nasz|nasza|mojego|mojej ~1 %rel !<bohater|film
        moj|moja|mojego|mojej|nasz|nasza|nasza|nam ~1 %rel ~3 zmarl*|umarl*|nie_zyje|zginal|zginela|odszedl|odeszla|powiesil*|zabil_sie|zabila_sie|popelnil*|zamordowan*|odebral*_sobie|zdechl*|w_niebie !ze_smiechu|padl
        %rel ~3 zmarl|zmarla|umarl|umarla|nie_zyje|zginal|zginela !ze_smiechu
        stracil*|tracimy|stracilismy ~1 moj*|swoj*|nasz*? ~1 %rel
        stracil* ~2 dziecko|ciaze
        pogrzeb*|stypa|pochowal*|pochowac|zaloba|zalobie|zalobe|wdowa|wdowiec|kremacj*|pochow*|nekrolog
        uspic|uspil* ~2 psa|kota|pieska|kotka|konia|suczke|go|ja
        uspic|uspili* ~2 %rel
        poronil*|poronienie|spoczywaj*|kondolencje|rocznica_smierci|od_smierci|po_smierci|odkad_umarl*|smierc_mojej|smierc_mojego|smierci_mojej|smierci_mojego|smierc_mamy|smierc_taty
        %rel ~3 umiera|hospicjum|paliatyw*|terminaln*|na_lozu_smierci !ze|z_ciekawosci
        swietej_pamieci|swp
    ",
    money_trouble: "
        nawet ~1 na ~0 jedzenie|chleb|leki|bulke
        nie ~1 mam ~2 na|co ~0 jedzenie|jesc|chleb|jedzenia
        sprzedal*|zastawil* ~2 samochod|auto|telefon|gitare|konsole|pierscionek|mieszkanie|laptop|zloto ~6 ciebie|cie|subskryb*|zaplac*|czynsz|jedzenie|dlug*|napiwk*
        odcieli|odcieto|wylaczyli_za|zakrecili ~2 prad|gaz|wode|ogrzewanie|internet
        komornik*|lichwiarz*|windykacj*|windykator*|chwilowk*|parabank* ~2
        wydalem|wydalam|przepuscilem|przepuscilam|przewalilem|stracilem ~3 wyplat*|pensj*|emerytur*|oszczednosci|zasilek|stypendium|rente
        nie ~1 mam|stac|starcza|starczy ~3 na|zaplacic ~1 czynsz|jedzenie|rachunki|rate|prad|leki|oplaty
        nie ~1 wiem ~2 jak ~3 zaplac*|przezyc|oplac*|wyzywic
        stracilem_wszystko|stracilam_wszystko|nie_starcza_do|ledwo_wiaze|nie_wiaze_konca|zalegam_z|zaleglosci|jestem_bankrutem
        stracil*|strace|tracac|nie_mam|zwolnili|zwolniono|wyrzucili|wywalili ~2 prac*|robot*|mieszkani*|dom|z_pracy|oszczednosc*|mnie_z_pracy|roboty
        bezrobotn*|zwolnili|zwolniony|zwolniona|eksmi*|bezdomn*|bankrut*|komornik*|windykac*|spie_w_aucie|mieszkam_w_aucie|wyrzucaja_mnie|wyrzucili_mnie_z_domu|licytacj*|upadlosc
        nie ~3 place|zaplace|zaplacic|stac|mam|starcz*|wystarcz*|oplacic|kupic ~4 czynsz*|jedzenie|rachunk*|kredyt*|hipotek*|prad|leki|mieszkanie|dzieci|rat*|pieluch*|zycie|chleb
        nie ~2 mam|zostalo|ma|mamy ~2 pieniedzy|kasy|grosza|hajsu|za_co|zlotowki|na ~4 jedzenie|zycie|czynsz|nic|zyc|jesc|dzieci|prad|rachunki|chleb|miesiaca
        nie_mam_za_co|nie_mam_co_jesc|nie_mam_na_chleb
        dlug|dlugi|dlugow|dlugach|zadluz*|chwilowk*|lichwiarz*|pozyczk*|debet*|na_minusie !<bez|nie_mam|jak|film
        wydal*|przepuscil*|stracil*|wydaje|przewalil*|roztrwonil* ~3 ostatni*|oszczednosc*|cala|caly|wszystkie|pensj*|wyplat*|czynsz* !dzien|godzin*|noc|tydzien
        ostatni* ~1 pieniadze|zlotych|zl|kase|##
        przegral*|kasyn*|hazard*|bukmacher*|zaklad*_bukmacher*|automat*_do_gier|obstawi*|zakladach_sportowych|ruletk* ~3
        uzalezniony|uzalezniona ~3 hazard*|gier
        nic|nie ~2 jad* ~3 dni|pieniedzy
        karta|karty|kart* ~3 limit*|wyczyszczon*
        splukany|splukana|bez_grosza|problemy_finansowe|klopoty_finansowe|odcieli_mi_prad|wzial*_kredyt|wzial*_pozyczke|zrujnowan*|nie_mam_do_pierwszego|do_pierwszego_nie_starczy
    ",
    refund_dispute: "
        anulowac|zrezygnowac|rezygnuje ~4 pieniadz*|odzyskac|zwrot
        odzyskac|odzyskam ~1 pieniadz*|kase
        zablok*|ignoruj* ~4 zaplac*|wplac*|platnosc*|kupi*|pieniadz*|przelew*
        co_do_grosza|kazda_zlotowke|kazdy_grosz|ostatni_grosz
        reklamacj*|chargeback*|zakwestion* ~3 bank*|karcie|platnosc*|transakcj*|paypal
        zaplacil*|kupil*|przelal*|wplacil* ~10 nic|zwrot*|oszu*|zablok*|oddaj*|gdzie|cisza
        oddawaj*|zwracaj* ~1 %money|moje
        zwroc*|zwrac*|oddaj|oddaj*|oddac|zwrocic|oddasz|zwrocisz|zwrot*|odzyska* ~3 %money|co_zaplacil*|wplat*
        chce|zadam|prosze|domagam|oczekuje|gdzie|wnosze|poprosze|kiedy ~3 zwrot*|refund* !<zasady
        chce|oddaj|dawaj ~3 %money ~2 z_powrotem|spowrotem|zpowrotem
        chargeback*|obciazenie_zwrotne|reklamacj*
        zglosz*|zglasza*|spor|reklam*|zakwestion*|anuluj*|cofn* ~4 platnosc*|bank*|karty|paypal*|transakcj*|policj*|oszustwo|cie|transakcje|uokik
        zglaszam|zglosze|ide ~3 policj*|oszust*
        dzwonie|zadzwonie ~2 bank*
        oszust*|oszuk*|scam*|naciagacz*|wyludz*|zlodziej*|zlodziejka|okrad*|ukrad* ~0 !<film|o_tym|nie_jestes|serial|nie_jest|zadne|o|ksiazk*
        oszukal* ~1 mnie
        zaplacil*|kupil*|przelal*|wplacil*|zaplacone ~8 nic|nie|nigdy|zadn*|brak ~4 dostal*|otrzymal*|wyslal*|przysz*|dziala|przyszlo|odpisu*|odblok* !<jeszcze_nie
        nic|nie|nigdy ~4 dostal*|otrzymal*|wyslal*|przysz* ~7 zaplacil*|kupil*
        pobral*|sciagn*|obciaz*|policzyl* ~3 dwa_razy|podwojnie|dwukrotnie|2_razy|bez_zgody|bez_mojej
        wprowadz*_w_blad|zablokowalas_mnie_po|wyrzucone_pieniadze|falszyw*_reklam*
    ",
    harmless: "
        budzic|obudzic|wstawac|wstac ~3 wczesnie|o_szostej|o_siodmej|o_piatej|poniedzial*|do_pracy|do_szkoly
        wczesnie|rano|o_szostej|o_siodmej|poniedzial* ~2 budzic|obudzic|wstawac|wstac
        umrzec|umieram|umre|umarlam|umarlem|zdechne ~2 wstydu|smiechu|milosci|szczescia|nudow|ciekawosci|zazenowania
        zabij_mnie|zabijcie_mnie|dobij_mnie ~2 poniedzial*|znowu|haha*|xd
        witamin* ~1
        tabletki|tabletek|pigulki|kapsulki ~3 witamin*|magnez*|zelaz*
        dlug|dlugu ~1 wdziecznosci
        bije|ogrywa|leje ~3 w ~0 szachy|fife|karty|warcaby|tenisa|pokera
        moscie|most|dachu|dach|balkonie|krawedzi ~6 fajerwerki|widok|zachod|wschod|zdjeci*|fot*|piekn*|gwiazd*|imprez*
        nie ~1 wie|umie ~1 jak ~1
        nie ~1 moge|wytrzymam ~2 jestes ~1 za|zbyt|taka
        ostatni* ~0 dzien|noc|tydzien ~2 urlop*|prac*|wakacj*|szkol*|wyjazd*|feri*
        zabilbym|zabilabym ~2
        seryjn* ~0 morderc*|zabojc*
        zabilem|zabilam|pokonal*|zabic ~2 boss*|smoka|potwora
        korki ~2 wykoncza|zabija
        upal|goraco|zimno|mroz|praca|robota|szef|szefowa|egzamin*|sesja|poniedzialek|kac|szpilki|buty|czekanie|glod|szkola|dieta|korki|ciekawosc|deadline*|kaszel|alergia|nogi|silownia|trening|studia|matura|okres|nauka ~2 mnie|nas ~1 zabij*|wykancza|wykonczy|dobije|zabije
        zabijasz|zabija|zabijacie|zabilas|zabiles ~1 mnie
        mama|matka|tata|ojciec|szef|szefowa|zona|dziewczyna|maz|chlopak|trener|siostra|rodzice|nauczycielka|starzy ~1 mnie ~1 zabije|zabija|ukatrupi|zamorduje|udusi|rozszarpie ~2 jak|jesli|za|gdy|$ !odejde|powiem
        umieram|umrzec|umre|umarlam|umarlem|padam|zdycham|konam ~1 z|ze|na|ze_smiechu|za
        zginalem|zginelam|umarlem|umarlam|zabili|padlem ~5 warzone|fortnite|minecraft|cod|boss|lolu|grze|raz|razy|poziom*|rundzie
        stracil*|tracic|trace ~1 glowe|rozum|glos|cierpliwosc|watek|oddech
        %story ~8 %grim
        %grim ~6 %story
        %news ~9 %grim
        %grim ~5 %news
        %news ~9 %grim ~4 %grim
        smiertelnie_zmecz*|smiertelnie_powazn*|zabojcz*|smiertelnie_nudn*|na_smierc|do_smierci|padam_na_twarz|umarlam_haha*|trup_ze_smiechu|zabic_nude|umieram_haha*
        nie ~1 moge|mam ~1 doczekac|ze_smiechu|sie_doczekac
        szef|szefowa|mama|zona|dziewczyna|trener ~1 mnie ~1 zabije|zabic
        umar*|umier*|umrzec|padam|padl*|zdech*|zgin* ~1 ze|z ~1 smiechu|ciekawosci|nudow|glodu|wstydu|tesknoty|goraca|zazdrosci|przejedzenia|zimna
        smiertelnie zmeczon*|znudzon*
        zabije|zabilbym|zabilabym|zabic cie|ci|za|dla
        zabija|zabijasz mnie|mnie_tym
        mnie zabija|zabijasz
        zabic|zabijam|zabije ~1 bossa|czas|zombie|wrogow|nude|komara|potwora|smoka|bos*
        legion ~1 samobojc*
        suicide_squad|misja_samobojcza
        film|serial|ksiazka|piosenka|dokument|gra|powiesc|postac|bohater*|odcinek|sezon|aktor*|podcast|filmie|ksiazce ~4 samoboj*|umier*|ginie|zabija|oszust*|umar*|pogrzeb|gwalt|zginal|szantaz*|smierci
        samoboj*|oszust*|pogrzeb|gwalt|szantaz* ~3 film|serial|ksiazka|dokument
        telefon|bateria|komp|laptop ~2 padl*|umar*|zdech*
        nie|nigdy ~2 chce|zamierzam|zrobilbym|mam|jestem ~2 sie_zabic|zabic_sie|zrobic_sobie|samobojcz*|mysli_samoboj*|umierac|umrzec !juz|ale
        skaleczyl*|zacial*|zacielam|obcial*|przycial* ~3
        cialem|cialam|tne ~2 wlosy|warzywa|chleb|palec|drewno
        prawie|malo|omal|dostane|dostal* ~3 zawal*
        obserwuj*|sledz*|sledzi|follow* ~2 na ~1 insta*|ig|tiktok*|fb|twitterze
        skocz*|rzucam|wskakuje ~2 pod|do|na ~1 prysznic|basen*|lozk*|kanap*|sklepu
        nie jestem nieletni*|niepelnoletni*|dzieckiem
        zasady|warunki|jak|czy|mozliw*|polityka ~3 zwrot*|zwrac*|refund*
        jak|jesli ~3 nie ~1 dziala|otwiera ~4 zwrot*|zwrac*
        nie ~2 oszust*|scam
        nie_jestes_oszust*
        oddaj ~1 mi ~1 buziak*|serce|calus*|bluze
        nie ~1 moge|umiem|potrafie zyc bez
        film|serial ~2 nie ~1 ma sensu
        zgubil* ~2
        nie_mam dlugow
        bez dlugow
        czarna_wdowa
        bije ~1 rekord*|brawo
    ",
    other_ages: "
        nauczyciel*|ucze_w|wychowaw*|lektor* ~5 klas*|szkol*|podstawow*|8b|7b|7a|8a
        corka|syn|brat|siostra|wnuk|wnuczka|siostrzen*|bratan*|dziecko ~5 klas*|szkol*|podstawow*|liceum|przedszkol*
        jak|kiedy|odkad|gdy ~1 mial*|skonczyl* ~1 %age
        od|przez|okolo|ponad|za|po|przed|o %age
        syn|corka|brat|siostra|bratanek|siostrzen*|kuzyn*|wnuk|wnuczka|pies|kot|dziecko|syn*|on|ona ~2 ma|konczy|skonczyl*|kończy|mial* ~2 %age|nieletni*
        mam ~1 # twoich|zdjec|minut|godzin|dni|tygodni|zlotych|zl|filmow|subskryp*
    ",
    urges_harm: "
        zabij|potnij|powies|okalecz sie
        powinienes|powinnas|mozesz|musisz ~1 umrzec|sie_zabic|zabic_sie|zniknac|sie_ciac|skonczyc_ze_soba
        wez|polknij ~1 wszystkie
        swiat*|wszystkim ~3 lepiej ~2 bez_ciebie
        nikt ~2 za_toba ~1 teskn*
        umrzyjmy_razem|zginmy_razem
    ",
    courts_minor: "
        wiek_to_tylko_liczba|wiek_nie_ma_znaczenia|nie_obchodzi_mnie_ile_masz_lat|nasz_sekret|nasza_tajemnica|nie_mow_rodzicom|nie_mow_mamie|powiedz_ze_masz_18|napisz_ze_masz_18|usun_te_rozmowe|lubie_mlodziutkie
        masz ~1 %age ~0 lat|latek|$
    ",
    slips: "samobojstwo samobojstwie zgwalcona oszustka oszustwo pogrzeb nieletnia karetke umarla szantazuje eksmisja",
};
