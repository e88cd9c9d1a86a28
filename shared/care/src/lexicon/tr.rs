//! Turkish.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        rel = annem|annemi|annemin|anam|babam|babami|babamin|esim|esimi|esimin|karim|karimi|kocam|kocami|oglum|oglumu|kizim|kizimi|kardesim|kardesimi|abim|abimi|ablam|ablami|babaannem|babaannemi|babaannemin|anneannem|anneannemi|anneannemin|dedem|dedemi|dedemin|ninem|teyzem|halam|amcam|dayim|dayimi|kuzenim|arkadasim|arkadasimi|dostum|dostumu|sevgilim|sevgilimi|kopegim|kopegimi|kedim|kedimi|bebegim|bebegimi|bebegimizi|nisanlim|nisanlimi|cocugum|cocugumu|yegenim|kayinvalidem|kusum|atim|torunum|ailemi
        harmer = sevgilim|kocam|esim|eski_sevgilim|babam|uvey_babam|amcam|dayim|abim|annem|erkek_arkadasim|o|patronum|komsum|biri|adam|hocam|ogretmenim|dedem|kuzenim|eski_esim|nisanlim|uvey_abim|enistem
        teen = dokuz|on|onbir|on_bir|oniki|on_iki|onuc|on_uc|ondort|on_dort|onbes|on_bes|onalti|on_alti|onyedi|on_yedi
        age = #|%teen
        money = parami|paramı|para|paraları|ucreti|odememi|ucretimi|liramı|lirami|paralarimi
        adv = sadece|henuz|daha|aslinda|neredeyse|gercekten|su_an|artik|yeni
        pills = haplar|haplari|hap|ilaclar|ilaclari|jilet|bicak|ip|silah|ilac|tabletler|jileti|ipi|bicagi
        front = onumde|elimde|yanimda|masada|avucumda|karsimda|hazir|hazirladim|yatagimda|basucumda
        story = sarki*|film*|dizi*|kitap*|kitab*|roman*|bolum*|belgesel*|podcast*|oyun*|anime*|manga*|sezon*|karakter*|album*|soz*|nakarat|tiyatro*|parca*|sahne*
        news = haber*|gazete*|makale*|okudum|duydum|belgesel*|podcast*|televizyon*|komsu*|televizyonda|program*
        grim = intihar*|ol|olu*|oldu*|olme*|oldur*|olmus*|olen|olum*|sensiz|yasaya*|dolandir*|tecavuz*|santaj*|kacir*|cenaze*|takip|asiri_doz*|doven|dov*|soy*|hirsiz*|taciz*|veda*|cinayet*|kandir*
    ",
    self_harm: "
        kendime ~2 bir_sey|birsey|bisey|zarar ~1 yap*|ver*
        ip*|jilet*|silah*|zehir* ~2 aldim|hazir*|buldum
        son bayramim|yilbasim|dogum_gunum|yazim
        surekli|sadece|hep ~1 olum*|olmeyi|intihar* ~1 dusun*
        bu ~0 dunya* ~2 olmamaliydim|istemiyorum|yerim_yok|ait_degilim|kalmak
        bacak*|kollar*|bilek* ~2 kesik*|yara*|kan|jilet* ~1
        cennet*|oteki_taraf*|gokyuzune|obur_dunya*|ahiret* ~3 git*|istiyorum|kavus*|gidecegim
        yanina ~2 git*|gelmek|istiyorum|geliyorum ~2 cennet*|oteki|mezar*
        cennet*|mezar* ~1 gitmek|yatmak
        rol_yapam*|rol_yapmaktan|gulumsemekten|mis_gibi_yapamam|maske_takmaktan ~1
        haftaya|yarin|yakinda|seneye|aya|bayramda|sabaha ~2 burada|burda|hayatta|yokum|olmayacagim|yok_olacagim|aranizda ~1 olmayacagim|degilim|yok|$
        kolay|acisiz|hizli|en_kolay|en_iyi ~2 yol*|yontem* ~3 olm*|git*|son|bitir*|nedir|aci
        kopru*|cati*|balkon* ~3 asagi*|bakiyorum|duruyorum|oturuyorum|oturup
        %pills ~3 %front
        %front ~3 %pills
        mektuplar* ~2 yazdim|yazildi|hazir|biraktim|yaziyorum|yazdim_bile
        hicbir|hic|artik|hayatin|yasamanin|bir ~3 anlami|manasi|amaci|anlam ~1 yok|kalmadi|goremiyorum
        son mesajim|gecem|gunum|yazisim|kez_yaziyorum|mesaj
        elveda|hoscakal*|hosca_kal*|allaha_emanet ~4 herkes|son|dunya|hepiniz*|sonsuza|artik
        bu_gece|bugun|yakinda|sonunda|artik|yarin ~3 bitecek|bitiyor|huzura|kurtulacagim|son_verecegim|uyuyacagim|bitiriyorum|hersey_bitecek !dizi|film|kitap|sezon|proje|odev|tez|sinav*|mac|vardiya ~2 !<dizi|film|kitap|sezon|proje|odev|tez|mac|vardiya
        sonsuza_kadar|sonsuza_dek|ebediyen ~2 uyu*|gid*|kaybol*|huzur*
        bensiz|ben_olmasam|ben_olmazsam|olmasaydim|ben_yokken|ben_olursem|ben_gidince ~4 mutlu|iyi|rahat*|kolay|huzurlu
        herkes|ailem|annem|dunya|cocuklarim ~4 mutlu|iyi|rahat* ~3 bensiz|ben_olmasam|olursem
        yuk|yukum|yuk_oluyorum|yuk_gibi|fazlaligim|fazlalik ~2 !<is
        sesler|ses|kafamdaki|icimdeki ~4 ol|atla|oldur|kes|diyor ~2
        atla*|atlasam|atmak|atacagim|atayim|yatmak ~3 kopru*|tren*|metro*|cati*|ray*|balkon*|pencere*
        kopru*|tren*|metro*|cati*|ray*|balkon*|pencere*|araba*|kamyon* ~3 atla*|atmak|atacagim|atayim|atlasam|yatmak|atsam|atlamak
        kopru*|cati*|balkon*|kenar*|ray*|damin ~2 duruyorum|oturuyorum|ciktim|uzerindeyim|ustundeyim|basindayim|deyim|dayim
        esyalarimi|herseyimi|her_seyimi ~2 dagittim|verdim|dagitiyorum
        artik|daha_fazla|boyle ~2 yasayam*|dayanam*|yapam*|devam_edem*|kaldiram*|katlanam* ~1
        yasamak|var_olmak|uyanmak|nefes_almak|burada_olmak|yasamaya ~1 istemiyorum|istemiyom|istemem|gucum_yok|gerek_yok !seninle|bu_sehirde
        kimse|hickimse ~3 farket*|fark_et*|ozle*|uzul*|agla*|umurunda|umursa* ~5
        kendimi|canima|yasamima|hayatima ~1 oldur*|kiymak|kiydim|son|asmak|asac*|kiyac*|kes*|vur*
        denedim|girisim* ~3 intihar*|oldurme*
        intihara|canima ~2 tesebbus|kalkist*|kiy*
        zehir ~2 ic*
        dayanam*|dayanacak ~3 ol*|hayat*|yasa*|intihar* !gulmekten
        yasamak ~3 sebe*|neden*|anlam*|istek*|heves* ~1 yok|kalmadi|kalmiyor
        sonsuza ~1 kadar|dek ~1 uyu*
        hayattan_nefret|yasamak_istemiyorum|olmek_istiyorum|olsem_de_kurtulsam|keske_olsem|cikis_yolu_yok|cikis_yolu_goremiyorum|intiharin_esigindeyim|yasamaya_degmez|hayatim_bitti_artik|kendimden_nefret_ediyorum_olmek|bir_daha_uyanmasam|kimse_beni_istemiyor_olmek
        intihar*|intahar*|oz_kiyim|jilet_at*|jiletle*|jilet_attim
        kendimi|kendime ~2 asmay*|asmak*|asayim|oldur*|oldurmek|oldurecegim|asacagim|asmak|asicam|asarim|kes*|kesiyorum|vur*|yakacagim|yakmak|zarar|jilet*|zehirle*|bicakla*|atacagim|atmak|aticam|gebert* !is_icin|gulmekten|koltuga|yataga|denize|havuza
        canima|canimi ~1 kiy*|alacagim|almak|alicam|son
        hayatima|hayatimi|yasamima|omrume ~1 son|bitir*|sonlandir* ~1
        olmek|olmk|olmeg ~2 istiyorum|istiyorm|istyorum|istyom|istiyrum|istiyom|isterdim|istiyordum|istedim|geliyor|icin_dua|uzereyim_ve
        olmeyi ~2 dusun*|isti*|diliyorum|bekliyorum
        olsem|olsem_de|keske_olsem|keske_olsam|gebersem|keske_dogmasaydim|hic_dogmasaydim|dogmasaydim|keske_hic_dogmasaydim|keske_yasamasaydim|keske_uyanmasam
        keske ~3 olsem|olseydim|dogmasaydim|uyanmasam|yok_olsam|olsaydim_olu
        yasamak ~2 istem*|istemiyorum|istemiyom|anlamsiz|zor_geliyor
        yasamanin|hayatin|yasamin ~2 anlami|amaci|manasi ~1 yok|kalmadi
        hayat*|yasam* ~2 anlam*|amac* ~1 yok|kalmadi
        yasamak|yasamam ~2 icin ~1 sebe*|neden* ~1 yok|kalmadi
        yasamaya ~2 deg*|devam_edemiyorum|gucum|halim|katlanamiyorum|dayanamiyorum|takatim
        neden|niye|nicin ~1 yasiyorum|hala_yasiyorum|yasayayim
        yasamaktan|hayattan|bu_hayattan|yasamdan ~2 bik*|yoruld*|usand*|nefret|sikild*|vazgec*
        bensiz ~3 daha|mutlu|iyi ~2
        ben_olmasam|ben_olmasaydim ~4 iyi|mutlu|fark
        yok_olsam|olsem|gitsem|kaybolsam ~3 kimse*|hic_kimse|umur*
        kimse*|hickimse ~4 fark_et*|ozlemez|umur*|aglamaz|uzulmez ~6
        yok_olmak|kaybolmak|yok_olup_gitmek ~2 isti*
        uyu* ~4 uyanmamak|uyanmasam|uyanmayayim|uyanmayim|uyanmak_istem*|hic_uyan*
        uyanmak|uyanmayi ~1 istem*
        bir_daha ~1 uyanma*
        kopruden|balkondan|pencereden|camdan|catidan|binadan|ucurumdan|trenin|metronun|raylara|damdan|otobusun ~3 atla*|atac*|atmak|onune|atic*
        ilac*|haplar*|hap|ilaclarin ~8 hepsini|tumunu|birden|bir_kutu|avuc ~3 ic*|yut*|al*
        hepsini|butun|bir_kutu|bir_avuc ~2 ilac*|hap* ~2 ic*|yut*
        kac ~1 hap|ilac ~6 ol*|oldurur
        asiri_doz
        bileklerimi|bilegimi|kollarimi|kolumu|bacaklarimi|damarlarimi ~2 kes*|dogra*|jilet*|ciz*
        kendimi_kes*|kendimi_jiletle*|yine_kestim|kendime_zarar ~1 !<sac
        veda mektub*|notu
        intihar_notu|son_mesajim|son_gecem|elveda|hoscakalin|hakkinizi_helal ~2
        yarin ~2 olmayacagim|yokum|burada_olmayacagim
        hayattan|yasamdan|kendimden nefret ~4
        acisiz|kolay|hizli|en_az_aci ~4 ol*|olum|oldur*
        nasil ~2 acisiz|hizli ~1 ol*|olunur
        tek ~1 cozum|cikis|kurtulus|care ~3 olum|olmek|intihar*
        olum|olmek ~3 tek|cozum|kurtulus|cikis|care
        arkadasim|kardesim|sevgilim|oglum|kizim|annem|babam|abim|ablam ~3 kendini ~2 oldur*|kes*|as*|zarar
        hayatima_devam_edemiyorum|hayata_tutunamiyorum|her_seyi_bitirmek_isti*|her_seye_son_verm*|hayattan_vazgectim|kafama_sikacagim|kafama_sikicam|kafama_sikmak|olmek_kurtulus|yasamayi_hak_etmiyorum|gunumu_dolduruyorum
    ",
    crisis: "
        evime|eve ~2 girdi|zorla_girdi|hirsiz_girdi|dalmis|daldi ~1 !kedi
        babam|abim|dayim|amcam|uvey_babam|kocam|komsu ~2 annemi|kardesimi|ablami|cocuklari|beni ~1 dov*|boguyor|vuruyor|doguyor
        gidersem|ayrilirsam|anlatirsam|bosanirsam|terk_edersem|sikayet_edersem ~6 oldur*|bulur|doverim|dover ~1
        beni_ve ~1 cocuk* ~2 oldur*
        takip ~0 ediyor|ediyorlar|etti !insta*|sayfani|instagram*
        ## ~2 hap|parol|ilac|tablet|aspirin|xanax|parasetamol|minoset|agri_kesici ~2 ictim|yuttum|aldim|icmis|yutmus
        odama|yatagima ~2 geliyor|giriyor|geldi|girdi !<kedi|kedim|annem
        geceleri|gece odama|yatagima
        olum tehdid*|tehdit*
        nerede_yasadigimi|evimi_biliyor|adresimi_biliyor|nerede_oturdugumu ~2
        kilitledi|kilitliyor|kilitleyip|hapsetti ~2
        bogazima|bogazimi|boynuma|boynumu|saclarimi|sacimi|kolumu ~2 sarildi|sikti|yapisti|cekti|tuttu|bukt*|sikiyor
        el|elini|yumruk|tokat ~1 kaldirdi|kaldiriyor|atti|atiyor|vurdu|kaldirir
        ciplak|nude|ozel|mahrem|ifsa* ~2 foto*|resim*|video*|goruntu*|nude* ~8 para|aile*|gonder*|atac*|yay*|paylas*|odeme*|istiyor|tehdit
        para|parayi ~3 yoksa|vermezsem|gondermezsem|odemezsem ~5 atac*|yay*|paylas*|gonder*|ifsa*
        icmis|icti|yutmus|yuttu|almis|aldi ~3 uyanmiyor|nefes|cevap|tepki|kendinde
        hap*|ilac* ~4 uyanmiyor|nefes_almiyor|cevap_vermiyor|tepki_vermiyor
        kapida|kapimda|kapimin|evin|disarida|pencere*|kapiya|kapiyi ~4 bekliyor|korku*|bicak*|zorl*|girmeye|polis|vuruyor|kiriyor|dayandi !kurye|kargo
        itti|savurdu|firlatti|tekmeledi|surukledi|yumrukladi|tokatladi|dovdu|dovuyor ~2
        %harmer ~4 beni|bana ~2 dov*|vur*|tecavuz*|taciz*|tehdit*|bogaz*|bogdu|tekmel*|istismar*|dokun*|elliyor|elledi|hapset*|kilitl*|zorl*|takip*|tokat*|yumruk*|bicakla*|siddet*|kaciriyor|santaj* !etme_instada|instada|satranc*
        beni|bana ~2 dovuyor|dovdu|dovuyo|dover|tecavuz*|taciz_etti|tehdit_ediyor|siddet*|kacirdi*|kacirdilar|bicakladi*|hapsetti|kilitledi|istismar* !instada
        tecavuz*|cinsel_istismar|cinsel_saldiri|aile_ici_siddet|siddet_goruyorum|siddet_goren|taciz_edil*|taciz_ugra*|tacize_ugra*|istismara !<film|dizi
        biri|birisi|adam|adamin_biri|eski_sevgilim|araba ~2 beni|pesim* ~2 takip|izl*|pesim*|geliyor ~2 kork*|eve|sokak|gece|ediyor|$ !<insta*
        pesimde|pesimden|takip_ediliyorum|sapik ~3
        oldurecegini|oldurmekle|oldururum|oldurecem|seni_oldururum|oldurecegim ~2 soyl*|tehdit|dedi|diyor|soyluyor
        beni ~1 oldurecek|oldurecegini|oldurmeye|oldurmek_istiyor|vuracak|kesecek ~2 !haha*|fotograf*
        nefes ~2 alam*|zor|kesil* ~6 gogs*|agri*|yardim|kalp|ambulans|kork*|oluyorum
        gogsum*|gogus*|kalbim ~2 agri*|sikis*|aciyor|yaniyor
        kalp_krizi|inme|felc_gecir*|beyin_kanamasi|nobet_gecir*|epilepsi ~3 galiba|geciriyorum|gecirdi|sanirim|geciriyor|yardim|$ !<az_kalsin|neredeyse
        ambulans*|polis*|112|155|itfaiye|acil_servis ~2 lazim|cagir*|ara*|gonder*|gelsin|yardim
        acil ~1 yardim
        yardim ~1 edin ~3
        santaj*
        ifsa*|yayinla*|paylas* ~4 ciplak|ozel_foto*|fotograflarimi|nude*
        fotograf*|ciplak|nude* ~3 tehdit*|santaj*|ifsa*|yayinla*
        her_yer|cok|surekli ~1 kan ~1
        kan ~2 kaybed*|durmuyor|kusuyor*|icinde
        uyanmiyor|nefes_almiyor|tepki_vermiyor|bayildi|bilinci_kapali ~2
        bicak*|silah*|tabanca*|balta* ~4 beni|bana|kapi*|tehdit*|evin|evde|disarida
        kilitledi|hapsetti|disari_cikmama|evden_cikmama|pasaportumu_aldi|alikoy*
        kocamdan|babamdan|sevgilimden|canimdan|eski_sevgilimden|eve_gitmekten|uvey_babamdan ~1 kork*
        hayatim ~1 tehlike*
        tehlikedeyim
        gozum_mor|morluk*|kaburgam_kirik|eve_girdi*|eve_hirsiz|deprem_oldu_enkaz|enkaz_altinda
        geber|kendini_oldur|git_ol|ol_artik|kendini_as|kopruden_atla|intihar_et
    ",
    minor: "
        %age ~0 oldum|oldu|olduk ~0 $
        daha_yeni|yeni|henuz ~1 %age ~0 oldum|yasina|yas|bastim
        yarin|bugun|pazartesi|haftaya ~3 yazili*|matematik_yazil*|okul*|karne*|deneme_sinav* ~1 !<kizim|oglum
        18 ~1 olmama|olmaya|yasima|ime|yasina|olmam ~3 yil|sene|ay|var|kaldi|daha
        ogretmen*|hoca|hocam|mudur* ~1 geliyor|bakiyor|aldi|gordu|yakaladi !<ben
        # sinif ~0 ogrencisi*|tayim|dayim|a|b|c|$|okuyorum|gidiyorum|ta|da|im|yim !<oglum|kizim|kardesim
        # siniftayim|sinifa|sinifim|sinifi|sinifta ~1 !<oglum|kizim|kardesim|ogretmen*
        ortaokul*|lise_1|lise_2|lise_3|liseli*|lisede_okuyorum|liseye_gidiyorum|ilkokul*|lgs*|karnem|sozlu_notum|veli_toplantisi|matematik_sinavi|odevim|odevlerimi|nobetci_ogretmen|beden_dersi ~1 !<oglum|kizim|kardesim|ogretmen*|arkadasi*|yillar*
        %age ~0 yasima|yasimi|yasina|yas|olacagim|olucam|oluyorum|olacam|oldum|yasindayim|yasimdayim|yas_gunum ~1 !<oglum|kizim|kardesim|kisi|kere
        annem|babam|ailem|annemler|babamlar ~4 bilmiyor|haberi_yok|izin|gorurse|ogrenirse|gormesin|ogrenmesin|yasak* ~1
        annem|babam|ailem|annemler ~4 telefonumu|telegrami ~2 aldi|aliyor|el_koydu|karistir*|bak*
        annemin|babamin|ailemin|dedemin ~1 karti*|hesabi*|kredi_karti*|parasi*
        %age ~0 yasindayim|yasimdayim|yasinda_biriyim|yasindayimm|yasina_girdim|yasima_girdim|yasina_girecegim|yasina_giriyorum|yasima_giriyorum|yasima_girecegim|yasima_basacagim|yasima_bastim|yasinda_kizim|yasindaym
        ben ~2 %age yasinda|$
        yasim ~2 %age
        yas # $
        # yas $ !<oglum|kizim|kardesim|oldu
        %age ~0 olacagim|olucam|oluyorum|oldum|doldurdum|dolduracagim|bitirdim_yasi|yasim !<oglum|kizim|saat|kilo|kg
        resit|18|yetiskin|onsekiz ~1 degilim|olmadim|olmadi|yok|doldurmadim|yasindan_kucugum|yasinda_degilim !<oglum|kizim
        18|on_sekiz ~2 degilim|olmadim|doldurmadim|altiyim|altindayim|yasini_doldurmadim|olmama|olmamis
        18_den_kucugum|18_yasindan_kucugum|18_yas_alti|resit_olma* ~1 !<degil
        # sinif* ~2 gid*|git*|oku*|gec*|ogrenci*|yim|$|basla* !<oglum|kizim|ogretmen*
        ## sinif* ~1 gidiyorum|okuyorum|gectim|ogrencisiyim|a_gidiyorum|a_gecti*
        sinifa|siniftayim ~1 gidiyorum|gectim|$ ~0 !<oglum
        lise|ortaokul|ilkokul|liseye|ortaokula|lisede ~2 ogrencisiyim|gidiyorum|okuyorum|ogrenci*|1|2|3|4|son_siniftayim|giden !<mezun*|ogretmen*|oglum|kizim
        liseliyim|ortaokulluyum|lise_ogrencisi|ortaokul_ogrencisi|liseli_kizim|ergenim|cocugum_daha|daha_cocugum|lgs_ye|lgsye|yks_ye_hazirlanan_liseli
        yas* ~2 yalan|yalan_soyl*
        annem_izin_vermiyor|ailem_bilmiyor|annemin_kartiyla|babamin_kartiyla|annemin_karti|annem_telefonu|harcligim|harcligimla|odevim_var|matematik_sinavim|karne
        reşit_degilim|resit_degilim
    ",
    grief: "
        oleli|gideli|kaybedeli ~3
        topraga_ver*|topraga_emanet|topraga_koyduk|gomduk|defnettik|mezarina ~2
        uyutmak|uyuttuk|uyutuldu|topraga_verdik|kaybettik|defnettik ~1
        kopeg*|kedi*|at*|tavsan*|kusu* ~3 uyut*|kaybet*|oldu|veda|gomd*
        babam|annem|dedem|anneannem|babaannem|kardesim|agabeyim|abim|ablam|esim|kocam|karim|oglum|kizim|amcam|teyzem|dayim ~3 vefat|rahmetli|hakka|kaybettik|melek_oldu|goctu|sonsuzluga|hayatini_kaybetti
        %rel ~4 oldu|vefat*|kaybettim|kaybettik|hayatini_kaybetti|rahmetli|melek|olduruldu|intihar_etti|topraga_ver*|toprak_oldu|topragin_altinda|defn*|aramizdan|gocup|can_verdi|olmus|bizi_birakip !gulmekten|mezun|baba|anne|doktor|hasta|geldi|basaril*
        %rel ~1 oldu $|dun|bugun|gecen
        oldu|vefat_etti|kaybettik|kaybettim ~2 %rel !gulmekten
        cenaze*|taziye*|basimiz_sag|basin_sag|defnet*|mezarlik*|mevlit|mevlid|yastayim|yas_tut*|dul_kal*|rahmetli*
        uyut* ~2 zorunda|%rel
        %rel ~2 uyut*
        dusuk_yap*|bebegimizi_kaybet*|bebegimi_kaybet*|olu_dogum|olum_yildonum*|oldugunden_beri|oleli
        vefat*
        %rel ~3 olumu|olumunden|yogun_bakim*|olum_doseg*|son_evre
    ",
    money_trouble: "
        yemek|ekmek|yiyecek ~2 param|para ~1 bile? ~0 yok
        sana|abone*|kira*|borc* ~5 arabami|telefonumu|evimi|motorumu|altinlarimi|yuzugumu|bilgisayarimi ~1 sat*
        elektrig*|suyu*|dogalgaz*|interneti* ~2 kesti*|kesildi|kesecekler|kesik
        tefeci*|haciz*|icra*|alacakli*|borclu* ~2
        maasim*|emekli_maasim*|bursum*|birikim*|paramin_hepsi* ~4 harca*|bitti|yatirdim|sana|gitti|kalmadi
        kira*|fatura*|elektrik*|yiyecek*|ekmek|kredi*|aidat* ~3 odeyem*|veremi*|alamiy*|param_yok|para_yok|yetmiyor|odenmedi
        isimi|isim|evimi|birikimimi|isten ~2 kaybet*|cikar*|kovul*|atil*|cikti* !<film
        isten|evden ~1 cikar*|kovul*|atil*|atiyor*|atacak*
        issizim|issiz_kal*|icralik|icra|iflas*|haciz*|evsiz*|sokakta_kal*|tefeci*|arabada_yatiyorum|arabada_uyuyorum
        kira*|fatura*|ev_kirasi|kredi_karti_borc*|elektrik*|kredi* ~3 odeyem*|odeyemed*|para_yok|yatiram*|param_yok
        yemek|ekmek|mama|ilac|bez|gida|cocuk* ~4 param|parasi|paramiz ~1 yok|kalmadi|yetmiyor
        yiyecek|yemek ~3 alam*|param_yok|yok
        param|paramiz|parasiz ~1 yok|kalmadi|bitti|kaldim|suyunu ~3 yemek|ekmek|$|kira|ay_sonu|hic|cocuk* !<odemeye
        hic_param|bes_parasiz|cebimde_para|meteliksiz|parasizim
        borc*|borclu*|batt*_borca|borc_batag* !<yok|degil
        son ~1 ## lirami|lira|param*
        son ~1 parami|paramla|liramı|lirami|kurusumu|param|paralarimi
        butun|tum|son ~2 param*|maasim*|birikim*|parami ~3 harca*|yatir*|kaybet*|ver*|gitti|bitir*
        maasim*|birikim*|kirami|kira_parasi* ~3 harca*|kaybet*|sana|bitir*
        bahis*|kumar*|iddaa*|casino|slot*|rulet*|bahiste ~3
        kredi_karti* ~2 limit*|patla*|dold*
        gundur|gun ~2 ac*|yemek_yem*
        ac_kaldim|aciz_evde|maddi_sikinti*|maddi_sorun*|parasal_sorun*|elektrigimi_kestiler|kredi_cektim|borc_aldim|gecinemiyorum|ay_sonunu_getirem*
    ",
    refund_dispute: "
        engelle*|blokla*|engel_att* ~3 odeme*|para*|satin
        odeme*|para*|satin ~4 engelle*|blokla*
        son_kurusuna|her_kurusunu|kurusuna_kadar
        itiraz|ters_ibraz|harcama_itirazi ~3 banka*|edecegim|edicem|odeme*|kart*
        banka* ~2 itiraz|sikayet|iptal|dava
        %money|param|ucret ~2 geri ~2 isti*|ver*|iade|alacagim|almak|alicam|yatir*|gonder*|$
        geri ~2 param*|%money ~1
        paramı_ver|parami_ver|parami_iade|ucret_iadesi|para_iadesi|iade_et|iademi|iade_edin ~2 !politika*|var_mi|yapiyor|nasil
        iade* ~2 isti*|talep*|bekli*|edin|et|yapin|nerede
        bankaya|banka*|bankami|kart*|odeme*|harcama* ~3 itiraz*|iptal*|sikayet*|ara*|ters_ibraz
        itiraz* ~3 banka*|odeme*|harcama*
        ters_ibraz|chargeback*|harcama_itiraz*
        dolandir*|sahtekar*|kazik*|uckagit*|scam*|tokatc*|hirsiz|hirsizsin|paramı_caldi*|parami_caldi*|kandirdi*|kandirildim|soydu* ~0 !<film|uzerine|degil|konulu|dizi !film|uzerine|konulu|hakkinda
        sikayet* ~3 edecegim|savci*|polis*|tuketici*|edicem|sizi|seni
        savciliga|tuketici_hakem|polise ~2
        odedim|odeme_yaptim|satin_aldim|para_gonderdim|para_yatirdim|aldim ~7 hicbir|hic|gelmedi|gondermedi*|yok|acilmadi|atmadi*|ulasmadi|vermedi*|cevap_yok
        hicbir_sey|video|icerik ~3 gelmedi|gondermedi*|almadim|ulasmadi ~6 odedim|para|$
        iki_kere|iki_kez|cift|2_kere ~3 cekt*|odeme|tahsil*|para
        yaniltici_reklam|para_tuzagi|paramı_yedi*|parami_yedi*|parami_aldi*|beni_engelledi*_para
    ",
    harmless: "
        erken|altida|yedide|beste|saat_##|pazartesi ~2 uyanmak|kalkmak|uyanma*
        uyanmak|kalkmak ~2 erken|pazartesi
        utanctan|utancimdan|gulmekten|mutluluktan|asktan|meraktan|sevincten|kiskanclıktan|heyecandan ~2 ol*
        oldur|oldurun|vur ~0 beni ~2 pazartesi|yine|haha*|ya_yine
        vitamin* ~1
        minnet ~1 borc*|bor*
        sana ~2 borclu*
        satranc*|fifa*|tavla*|okey*|tenis* ~1 yen*|doven*|ez*|patak*
        kopru*|cati*|balkon*|ucurum* ~6 havai|manzara*|gun_batimi*|foto*|guzel*|yildiz*|parti*|cay
        dayanam*|yapam* ~1 cok_guzelsin|cok_tatlisin|gulmekten
        son ~0 gun*|gece*|hafta* ~1 tatil*|is*|okul*
        tatil*|isin|okulun ~1 son gun*|gece*|hafta*
        bitirecek|bitiriyor|mahvedecek beni
        beni bitirecek|bitiriyor|mahvedecek|oldurecek ~0 $
        adam|insan oldur*|kes* ~1
        icin adam oldur*
        seri katil*
        boss* ~1 oldur*|kes*|yen*
        gulus* ~2 oldur*
        sicak*|soguk*|is|patron*|sinav*|final*|vize*|pazartesi*|aksam*|topuklu*|ayakkabi*|bekle*|aclik|diyet*|trafik*|merak*|odev*|ders*|ayak*|spor*|antrenman*|okul*|oksuruk|regl|dersler|heyecan*|ozlem* ~2 beni ~1 oldur*|bitir*|mahvet*
        annem|babam|patronum|esim|karim|sevgilim|kocam|hocam|ablam|ailem|kardesim|bizimkiler|annemler ~6 beni? ~0 oldurecek|oldurur|kesecek|keser|gebertir|parcalar
        annem|babam|patronum|karim|hocam|bizimkiler|annemler ~1 beni oldur*
        beni oldur* ~2 annem|babam|patronum|karim|hocam|bu|sen|ya
        oluyorum|olecegim|olucem|oldum|geberiyorum|bittim|oldu ~1 ya|gulmekten|icin|meraktan|sana|valla|yorgunluktan|acliktan|utanctan
        gulmekten|meraktan|acliktan|yorgunluktan|utanctan|sicaktan|soguktan|ozlemden|heyecandan|uykusuzluktan|sikintidan|kiskancliktan|icin ~1 ol*|geber*
        kere|kez|defa ~0 ol*
        ol* ~3 warzone*|fortnite*|minecraft*|oyunda|boss*|lol*|pubg*
        warzone*|fortnite*|minecraft*|oyun*|boss*|lolde|pubg* ~4 ol*
        ## ~0 oldu|oldular !zaman
        aklimi|kafayi|sesimi|sabrimi ~1 kacir*|yitir*|ye*|kaybet*
        %story ~8 %grim
        %grim ~6 %story
        %news ~9 %grim
        %grim ~5 %news
        %news ~9 %grim ~4 %grim
        olumune|olesiye|oldurucu|olup_bitiyorum|olur_musun|olum_sessizligi|olmez|olurum_sana|yerim_seni|oldum_bittim|olurum_ya|gebericem|olmemek
        patron|annem|hocam|karim|sevgilim|mudur ~1 beni ~1 oldur*|keser
        gulmekten|yorgunluktan|meraktan|acliktan|sicaktan|utancimdan|utanctan|ozlemden|sikintidan|heyecandan|soguktan|kiskancliktan ~3 ol*|geber*|catla*
        olu* gulmekten
        icin ol* ~1
        gormek icin ol*
        seni ~1 oldur*
        beni olduruyor*
        bu|fotograf* ~3 beni olduruyor*
        boss*|zaman|zombi*|dusman*|sinek|canavar* ~2 oldur*
        intihar_timi|intihar_saldiri*|suicide_squad|intihar_dalis*
        film*|dizi*|kitap*|sarki*|belgesel*|oyun*|roman*|karakter*|kahraman*|bolum*|sezon*|oyuncu* ~4 intihar*|ol*|oldur*|dolandir*|cenaze*|tecavuz*|santaj*|anlami_yok
        intihar*|dolandir*|cenaze*|tecavuz*|santaj* ~3 film*|dizi*|kitap*|belgesel*|uzerine
        telefon*|sarj*|bilgisayar* ~2 oldu|bitti
        intihar* ~2 degil*|etmem|etmeyecegim|dusunmuyorum
        kendimi oldurmem|oldurmeyecegim
        olmek istemiyorum
        sac*|parmag*|tirnag*|sakal* ~2 kes*
        tiras|yemek ~2 kes*
        neredeyse|az_kalsin|fotograf*|o ~3 kalp_krizi
        kalp_krizi ~2 haha*|geciriyordum|gecirecektim
        insta*|tiktok* ~2 takip*
        takip* ~2 insta*|sayende
        dusa|yataga|koltuga|havuza|denize ~1 atla*
        olmadan|siz ~1 yasayam*
        film*|bu|dizi* ~2 anlami yok
        iade|para_iadesi ~2 politika*|nasil|yapiyor|var_mi|kosul*|mumkun
        iade yapiyor|oluyor|var
        calismazsa|acilmazsa ~4 iade*|para*
        dolandir* ~1 degil*
        opucug*|kalbimi|sweat* ~1 geri
        geri ~1 opucuk
        telefonumu|anahtarimi|cuzdanimi ~1 kaybet*
        borcum yok
        pizza ~4 oldur*
        bugunluk is
        kara_dul
    ",
    other_ages: "
        ogretmen* ~4 sinif*|okul*
        # sinif* ~2 ogretmen*
        kizim*|oglum*|kardesim*|yegenim*|torunum* ~4 sinif*|sinifa|okul*|lise*|ortaokul*
        %age yasindayken|yasimdayken|yasimdan|yasindan|yasinda|yasina|yasimda
        # yasinda !<ben
        oglum|kizim|kardesim|yegenim|kuzenim|kedim|kopegim|torunum|abim|ablam|o ~2 %age ~1
        oglum|kizim|kardesim|yegenim ~3 resit|lise*|sinif*
        saat %age
        # dakika|saat|gun|km|lira|foto*|video*|hafta|ay|kere|yildir|senedir
    ",
    urges_harm: "
        kendini|bileklerini|canina ~1 oldur|as|kes|kiy|vur|jiletle
        ol|olmelisin|olebilirsin|oldurmelisin|kesmelisin|intihar_etmelisin|yok_olmalisin
        hepsini ic|yut
        sensiz ~3 daha|iyi|mutlu
        kimse seni ~1 ozlem*
        birlikte|beraber olelim
    ",
    courts_minor: "
        yas_sadece_bir_sayi|yas_onemli_degil|yasin_onemli_degil|yasin_umrumda_degil|aramizda_sir|bizim_sirrimiz|ailene_soyleme|annene_soyleme|18_yasindayim_de|18_de_gec|sohbeti_sil|kucuk_kizlari_seviyorum
        %age ~0 yasindasin|yasinda_misin|yasindaysan
    ",
    slips: "intihar dolandirici dolandiricilik tecavuz cenazesi ambulans kendimi bileklerimi iadesi",
};
