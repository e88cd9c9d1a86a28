//! Italian.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        no = non|nn|mai|nessuno|piu|nemmeno|neanche
        want = voglio|vorrei|vojo|voio|vogio|vogl|vgl|vglio|voglo|volevo|desidero|voglia|penso|pensando|pensato|pensavo|sto_per|provato|tentato|provo|progetto|preferirei|preferisco|bisogno|deciso|dovrei|idea|pensieri|vado|spero|magari|meglio|intenzione
        rel = mamma|madre|papa|padre|babbo|moglie|marito|figlio|figlia|fratello|sorella|nonna|nonno|zia|zio|cugino|cugina|amico|amica|ragazzo|ragazza|fidanzato|fidanzata|compagno|compagna|cane|cagnolino|cagnolina|gatto|gatta|gattino|bimbo|bambino|bimba|bambina|suocera|suocero|nipote|cavallo|migliore_amico|migliore_amica
        harmer = ragazzo|fidanzato|marito|ex|padre|papa|patrigno|compagno|zio|fratello|ragazza|moglie|madre|lui|lei|capo|vicino|uomo|tipo|qualcuno|professore|nonno|cugino|prete
        teen = nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette
        age = #|%teen
        money = soldi|denaro|pagamento|euro|grana|quattrini
        adv = solo|appena|quasi|tipo|gia|in_realta|davvero|ancora|soltanto|circa
        pills = pillole|pasticche|pastiglie|compresse|farmaci|medicine|lametta|coltello|corda|pistola|sonniferi|lama|flacone
        front = davanti_a_me|davanti|in_mano|accanto_a_me|sul_tavolo|sul_letto|vicino_a_me|pronta|pronte|pronti|preparate|sulla_scrivania
        story = canzone|film|serie|libro|romanzo|puntata|episodio|capitolo|documentario|podcast|gioco|anime|manga|stagione|personaggio|album|testo|ritornello|fanfic|pezzo|fumetto|testi
        news = tg|notizie|notizia|telegiornale|giornale|articolo|ho_letto|ho_sentito|servizio|documentario|podcast|tv|vicina|vicino|cronaca
        grim = suicid*|mori*|muor*|mort*|uccid*|uccis*|ammazz*|vivere_senza|truff*|frod*|violent*|stupr*|ricatt*|rapit*|funeral*|persegu*|overdose|sfratt*|picchi*|assassin*|rub*|derub*|abus*|addio|licenz*|rapin*|raggir*|stalk*|fregat*
    ",
    self_harm: "
        cicatrici ~5 tagli*|lametta|autolesion*
        paura ~4 farmi|fare ~3 male|qualcosa|sciocchezza|gesto|cazzata
        gesto ~0 estremo|folle|insano
        comprato|preso|preparato|trovato|ho ~2 corda|lametta|lamette|pistola|veneno|veleno
        mio ultimo natale|compleanno
        penso|pensare ~2 solo|sempre|soltanto ~2 a|alla ~0 morire|morte
        sono ~1 di_troppo ~2
        non ~1 essere|stare|esserci ~2 mondo|terra|qui
        cosce|braccia|polsi|gambe ~3 tagli|tagliate|cicatrici|sangu*|segni
        voglio|vorrei|voglia|andro|presto ~4 in_cielo|paradiso|aldila|lassu|da_nonna_in_cielo
        riesco|posso|stanco|stanca ~2 fingere|far_finta|sorridere|recitare
        settimana|domani|presto|mese|natale|mattina|prossima ~2 non ~1 ci_saro|saro|esistero|ci_sono ~1 piu|qui|$
        modo|maniera|metodo ~3 facile|rapido|indolore|semplice|migliore ~3 andarsene|morire|finirla|sparire|andare
        seduto|seduta|in_piedi ~2 ponte|tetto|balcone|cornicione ~3
        %pills ~4 %front
        scritto|scrivo|scrivendo|finito|lasciato ~2 lettere|testamento ~2 $|gia|tutti|famiglia|mamma
        lettere|lettera ~2 scritte|scritta|pronte|pronta
        nulla|niente|non|nessun ~1 ha|vedo|trovo|ce ~1 piu? ~0 senso|scopo|motivo ~1 $|niente|nulla|piu|vivere|per_me !<il_film
        ultimo|ultima ~0 messaggio|notte|sera|giorno|volta_che_scrivo|volta_che_ti ~1 $|da_me|a_tutti|per_tutti|prima|della_mia_vita
        stasera|stanotte|finalmente|presto|domani ~4 pace|finira_tutto|finito|finisce|liber*|dormire ~1 $|per_sempre|per_me
        finalmente|presto ~2 riposare|riposero|in_pace ~1 $|sempre
        tutti|mondo|famiglia|genitori|figli|loro ~3 meglio|felici|sollevati|piu_sereni ~3 senza_di_me|se_non|senza_me|se_io
        peso|zavorra ~1 per ~1 tutti|la_mia_famiglia|i_miei|gli_altri|loro
        sono|sento ~3 peso|zavorra|fardello ~1 $|per
        voci|voce|testa ~4 dice|dicono|urla* ~4 mor*|uccid*|salta*|taglia*|ammazza*
        buttarmi|buttare|lanciarmi|saltare|stendermi|mettermi|gettarmi ~2 sotto|davanti|dal|da|sui|giu ~1 treno|metro|camion|binari|ponte|tetto|balcone|finestra|auto|macchina|bus
        sono|seduta|seduto|in_piedi|salito|salita ~2 ponte|tetto|cornicione|balcone|binari|parapetto|davanzale
        regalato|dato_via|regalando ~2 tutte|tutto|mie ~2 cose|roba|vestiti
        ce_la_faccio|sopporto|reggo|voglio|riesco ~1 piu ~1 $|vivere|andare_avanti|questa_vita|esistere|la_vita|a_vivere !<dal_ridere
        non|nn ~1 voglio|ho_voglia_di ~1 piu? ~0 vivere|esistere|esserci|svegliarmi|stare_qui|respirare|essere_qui|stare_al_mondo !senza|con
        nessuno ~3 accorger*|mancher*|piangere*|noter*|mancanza|frega ~5
        provato|tentato ~2 suicid*|uccidermi|ammazzarmi|farla_finita|togliermi
        bere|bevuto|ingoiare|prendere ~2 veleno|candeggina|topicida
        andare|vado|tirare ~1 avanti ~3 sparire|morire|finire|vita|$ !<riesco_a_capire|tempo
        tagliat* ~1 i|le polsi|vene|braccia
        penso|pensato|voglio|vorrei|provato|tentato|deciso|quasi|volevo ~3 impiccarmi|uccidermi|ammazzarmi|buttarmi_giu|buttarmi_dal|tagliarmi_le|sparire_per|dormire_per_sempre|farla_finita|finirla_con|togliermi|spararmi !di_risate
        dormire ~2 per_sempre|in_eterno
        vedo|ho|ce|trovo ~2 via_duscita|futuro|speranza|senso_nella_vita ~1 !<finalmente|un
        non_voglio_piu_vivere|non_ho_piu_voglia_di_vivere|odio_la_mia_vita|meglio_morire|preferirei_morire|vorrei_essere_morto|vorrei_essere_morta|voglio_solo_morire|farla_finita|non_vedo_via_duscita|pensieri_suicidi|non_merito_di_vivere|voglio_smettere_di_vivere|non_svegliarmi_piu|mi_faccio_del_male|sono_un_peso_per_tutti|voglio_scomparire
        suicid*|sucid*|suicdi*
        uccidermi|ammazzarmi|suicidarmi|impiccarmi|spararmi|autolesion*|autoles*|mi_uccido|mi_ammazzo|mi_suicido|mi_impicco|mi_sparo|togliermi_di_mezzo|farla_finita|la_faccio_finita|farla_finita_con|mi_tolgo_la_vita|mi_voglio_ammazzare|mi_voglio_uccidere|farmi_fuori|mi_faccio_fuori|muccido|mammazzo|mimpicco !di_lavoro|di_risate|se_non|di_palestra|di_pizza
        togliere|togliermi|tolgo|finire|porre_fine|mettere_fine|tolta ~2 vita|alla_mia_vita|la_mia_vita|mia_vita
        voglio|vorrei|pensando|penso|stasera|oggi|deciso|ho_deciso|faccio ~2 finirla|farla_finita|la_faccio_finita
        %want ~3 morire|morir|morie|morta|morto|essere_morto|essere_morta|non_esistere|smettere_di_esistere|smettere_di_vivere|non_essere_mai_nato|sparire_per_sempre|morirei !di|dal|dalla|per
        %no ~3 voglio|vorrei|voglia|ce_la_faccio|riesco|merito|ho|vale|sopporto|senso|motivo|ragione|riesco_piu ~3 vivere|vivo|viva|esistere|stare_al_mondo|andare_avanti|questa_vita|essere_al_mondo|continuare_a_vivere|essere_qui !senza|a|con|in|vicino
        senza ~1 voglia|motivo|ragione ~1 di|per ~1 vivere
        perso|persa ~2 voglia ~1 di ~1 vivere
        vita|vivere ~2 non ~3 senso|vale|scopo
        %no ~4 senso ~1 vivere|vita|andare_avanti|esistere
        che_senso|a_che_serve|perche ~2 vivere|continuare_a_vivere|sono_ancora_vivo|sono_ancora_viva|sono_nato|sono_nata
        meglio|felici|sollevati ~2 senza_di_me|senza_me|se_morissi|se_non_ci_fossi|se_sparissi|morto|morta
        nessuno ~4 accorgerebbe|mancherei|mancherebbe|importa|importerebbe|piangerebbe|accorge|piangera|noterebbe ~6 sparissi|morissi|morto|morta|non_ci_fossi|$|muoio|andassi|se
        voglio|vorrei sparire|scomparire ~2 sempre|mondo|$
        addorment*|dormire ~5 non|mai|senza ~2 svegli*|risvegli*
        non|mai|piu ~2 svegliarmi|risvegliarmi|svegliassi|mi_sveglio ~2 piu|mai|domani|$
        butto|buttarmi|lanciarmi|lancio|gettarmi|getto|saltare|salto ~2 ponte|balcone|finestra|treno|tetto|palazzo|metro|binari|terrazzo|scogliera
        pastiglie|pillole|farmaci|medicine|compresse|sonniferi ~12 prender*|ingoi*|prendo ~2 tutte|tutti|insieme|tutto
        preso|prendo|prendere|ingoiato|mandato_giu ~4 tutte|troppe|flacone|scatola|mucchio|intera ~4 pastiglie|pillole|farmaci|medicine|compresse
        quante pastiglie|pillole|compresse ~6 morire|uccider*
        overdose ~1
        tagliarmi|mi_taglio|mi_sono_tagliato|mi_sono_tagliata|tagliata|tagliandomi|taglio ~3 braccia|braccio|vene|polsi|gambe|cosce|di_nuovo|ancora|ieri|pelle|quando|per_sentire|$ !capelli|dito|barba|facendo|cucinando|radendomi|in_cucina|unghie|radend*
        tagli* ~2 vene|polsi|le_braccia
        farmi_del_male|farmi_male|mi_faccio_del_male|fatto_del_male|ferirmi|mi_ferisco ~2 di_nuovo|apposta|da_sola|da_solo|$ !in_palestra|giocando
        lettera|biglietto ~1 di|d ~1 addio|suicid*|daddio
        daddio
        addio ~6 ultimo|ultima|mondo|per_sempre|non_ci_saro|a_tutti
        domani|presto ~1 non_ci_saro ~1 piu|$
        stanco|stanca|stufo|stufa ~1 di|della|del ~1 vivere|vita|mia_vita|esistere
        odio ~1 vivere|essere_vivo|essere_viva|esistere
        modo|metodo|maniera ~4 indolore|veloce|rapido|senza_dolore|meno_doloroso ~3 morire|uccider*|farla
        come ~1 morire|uccidermi ~3 senza|veloce
        unica ~1 via|soluzione|uscita ~3 morire|morte|uccider*|suicid*
        lunica ~2 soluzione|via ~3 morire|morte|suicid*
        morte|morire ~2 unica|lunica|meglio|soluzione
        amico|amica|fratello|sorella|ragazzo|ragazza|figlio|figlia|mamma|papa|lui|lei ~2 vuole|tentato|minaccia|dice|provato|sta ~5 uccidersi|suicidarsi|ammazzarsi|togliersi_la_vita|tagliarsi|impiccarsi|buttarsi_dal
        non ~1 dovrei|merito ~1 essere_nato|essere_nata|esistere|vivere|essere_vivo|essere_viva
        vorrei ~2 non ~1 essere_mai_nato|essere_mai_nata|esistere|essere_nato|essere_nata|essere_vivo
        arrendo|arreso|rinuncio ~2 vita|vivere
    ",
    crisis: "
        qualcuno|uomo|ladro|tizio ~3 entrato|entrando|introdotto|irruzione ~3 casa|appartamento|finestra
        %harmer ~3 picchia|picchiando|strangola|mena|menando|pesta ~2 mia|mamma|mio|i_miei|mio_fratello
        se ~2 lascio|vado|parlo|denuncio|racconto|scappo ~4 ammazza|uccide|trova|picchia ~2
        ammazza|uccide|uccidera ~2 e_i_bambini|i_figli|me_e|i_miei_figli
        mi segue|seguono|pedina|aspetta|insegue ~4 giorno|giorni|stazione|casa|strada|ovunque|sempre !insta*|su
        preso|ingoiato|mandato_giu|ingerito|buttato_giu ~2 ## ~2 tachipirin*|pastigli*|pillol*|compress*|paracetamol*|xanax|gocce|oki|moment|sonnifer*
        viene|entra|veniva ~2 in|nella|nel ~1 mia|mio? ~0 camera|letto|stanza ~2 mia|notte|quando|ubriaco|di
        minacc* ~2 di? morte
        sa|sanno dove ~0 abito|vivo|lavoro|sto
        chius*|rinchius* ~2 camera|casa|stanza|chiave|bagno
        messo|mette|alzato|alza|mise ~1 le|la ~0 mani|mano ~2
        preso|prende|afferrato|stretto|spinto|sbattuto|tirato|trascinato|lanciata ~3 collo|gola|capelli|muro|scale|terra
        ha|hanno|hackerato|salvato|rubato ~3 foto|video|nudes|immagini ~3 nud*|intim*|mie|hot|private ~8 soldi|pag*|manda*|pubblic*|diffond*|genitori|famiglia|miei|invia*|minacc*
        foto|video|nudes ~1 nud*|intim*|hot|private ~8 soldi|pag*|manda|mandarle|pubblic*|diffond*|invia*|minacc*|senno|altrimenti
        senno|altrimenti|se_non_pago ~3 manda|pubblica|diffonde|invia|mette ~3
        preso|ingoiato|bevuto|inghiottito ~6 non ~1 si? ~1 sveglia|risponde|respira|reagisce
        fuori|porta|finestra|sotto_casa ~4 paura|coltello|polizia|entrare|urla|bussa|sfond*
        cerca|vuole|provando ~2 di? ~0 entrare ~2 casa|porta
        abusa|abusava|abusato ~1 di ~0 me
        %harmer ~4 mi ~1 picchia|picchiato|picchiata|mena|menato|violenta|violentata|violentato|stupra|stuprata|abusa|abusato|minaccia|minacciato|tocca|toccata|palpeggia|strangola|prende_a_pugni|prende_a_calci|alza_le_mani|insegue|perseguita|costringe|maltratta|chiude_in_casa|chiusa|rinchiuso|spinge|spinto|mette_le_mani_addosso|da_schiaffi|fa_del_male !il_cuore|forte_questa|lanima
        mi_picchia|mi_mena|mi_ha_picchiata|mi_ha_picchiato|mi_hanno_picchiato|mi_ha_violentata|mi_ha_stuprata|mi_hanno_violentata|mi_hanno_stuprata|ha_abusato_di_me|mi_hanno_rapita|mi_hanno_aggredito|mi_hanno_accoltellato|mi_hanno_drogata|mi_hanno_aggredita
        stata|stato|essere ~1 violentata|violentato|stuprata|stuprato|abusata|abusato|molestata|molestato|aggredita|aggredito|rapita|rapito|picchiata|picchiato|accoltellata|drogata
        stupro|violenza_sessuale|violenza_domestica|abusi_sessuali|centro_antiviolenza
        qualcuno|uomo|tipo|ex|macchina|tizio ~2 mi ~1 sta|ha ~1 seguendo|inseguendo|seguita|pedinando|segue ~2 paura|casa|strada|e|$ !su_insta*|su_ig
        seguendo|inseguendo|pedinando|stalker|perseguita ~4 paura|casa|strada|notte
        dice|detto|minaccia|minacciato|giura|giurato|minacciando ~4 ammazza*|uccid*|violent*|picchi*|brucia|ammazzarmi
        vuole|vogliono|provato|cercato|tentato ~1 di|a uccidermi|ammazzarmi|violentarmi|strangolarmi
        non ~1 riesco|posso ~1 a respirare ~6 petto|male|aiuto|paura|ambulanza|muoio
        male|dolore|fitta|oppressione|stringe ~2 petto
        credo|sto|avendo|avuto|penso|temo|sembra|ha ~4 infarto|attacco_di_cuore|attacco_cardiaco|ictus|convulsioni
        serve|chiama*|chiamate|bisogno|mandate|manda|chiami ~2 ambulanza|unambulanza|polizia|112|118|113|carabinieri|pronto_soccorso|lambulanza|dunambulanza
        unambulanza|ambulanza ~3 !<dietro
        ricatt*|estorsion*|sextorsion*
        minacci*|diffonder*|pubblicar*|postare|mandare|inviare ~3 mie ~1 foto|foto_intime|video
        tanto|ce|perdendo|vomitando|troppo|pieno_di|perso ~1 sangue !<tipo
        sangue ~1 ovunque|dappertutto
        sanguin* ~3 tanto|molto|si_ferma|testa
        emorragia
        non ~1 si_sveglia|respira|reagisce|risponde ~1 $|aiuto|cosa_faccio
        svenuto|svenuta|incosciente|privo_di_sensi ~5 aiuto|terra|faccio|respira
        coltello|pistola|arma|ascia ~5 casa|porta|minacci*|me|mi
        con|ha|tirato_fuori ~1 un? ~0 coltello|pistola|arma
        chiusa|chiuso|rinchiusa|rinchiuso ~1 in|a ~1 casa|camera|chiave
        non_mi_lascia|non_mi_fa|non_mi_lasciano ~1 uscire|andare
        paura ~2 di|del|che|per ~1 mio_marito|mio_padre|mio_ex|mia_vita|la_mia_vita|mi_uccida|mi_ammazzi|lui_mi|mio_ragazzo|tornare_a_casa
        sono|siamo in_pericolo
        occhio_nero|lividi|costola_rotta|sono_entrati_in_casa
        ammazzati|ucciditi|suicidati|impiccati|spero_che_muori|crepa|devi_morire|buttati_da_un_ponte
    ",
    minor: "
        manca|mancano ~3 18|diciotto|diciottesimo|maggiorenne
        prof|maestra|professoressa|bidella ~1 arriva|viene|guarda|mi_ha_visto|mi_ha_preso|sta_arrivando !<sono|faccio
        faccio|sono|vado|frequento|passo|inizio ~2 prima|seconda|terza|quarta|quinta|1|2|3 ~1 media|medie|superiore|superiori|liceo|elementare|itis|ginnasio
        faccio|compio|compiro|compire|faro ~2 %age ~0 anni? ~1 $|sabato|domani|domenica|a|il|tra
        mamma|madre|padre|papa|genitori|miei ~2 non ~2 sa|sanno|vogliono|vuole|deve|devono|permette* ~4 telegram|app|telefono|qui|account|chatto|uso|profilo
        sequestrato|tolto|punizione|castigo|tolgono ~3 telefono|cellulare|mamma|genitori|wifi
        compiti_di_mate|compiti_per_domani|verifica_di|interrogazione_di|prof_di_mate|esame_di_terza|nota_sul_registro|intervallo_a_scuola|scuola_media ~1 !<mio_figlio|mia_figlia
        carta|postepay ~1 di|della|del ~1 mia|mio|mamma ~0
        ho|cio|o ~0 %adv? %adv? %age ~0 anni|anniii|ani|annetti !di|piu|in_meno|lavorando|meno|fa
        ho|ce_ne_ho %adv? %adv? %age $|e_tu|ma|e_sono|ahah*|e_mezzo
        ^ # anni $ !<mio|mia|figlio|figlia|da|per|ha|aveva|avevo|quando|a|tra|fra|fratello|sorella|circa|sono|i|con|dopo|ogni|miei
        sono|essendo|se|anche_se|siccome ~2 minorenne|minore|under_18|sotto_i_18|ragazzino|ragazzina|adolescente !di_te|di_due
        minorenne !<non|figlio|figlia|era|fratello|sorella
        compio|compiro|faccio|compiuto|fatto|sto_per_compiere|devo_fare|devo_compiere|faro !<quando|da %adv? %age ~0 anni|$|a|il|tra|fra|domani
        non|ancora|manca|mancano|nemmeno ~3 ho|compiuto|fatto|sono|faccio ~2 18|diciotto|maggiorenne !<figlio
        mancano|manca ~4 ai|per ~1 i? ~0 18|diciotto
        faccio|sono|vado|frequento|sto|studio|inizio ~2 prima|seconda|terza|quarta|quinta|primo|secondo|terzo|1|2|3|4 ~2 media|medie|liceo|superiore|superiori|elementare|ginnasio|itis|alberghiero|scientifico|classico|ragioneria|professionale
        faccio|sono|vado|frequento|ancora|alle ~2 le|alle|al|il|a ~0 medie|superiori|liceo|elementari|scuola_media !<avevo|anni_fa|insegno
        mentito ~3 eta
        la_mia_eta|mia_vera_eta|eta_vera|eta ~2 %age
        mia_mamma_non_vuole|i_miei_non_sanno|i_miei_genitori_non_sanno|carta_di_mia_mamma|carta_di_mia_madre|carta_di_mio_padre|compiti_di_matematica|interrogazione_di|mamma_mi_controlla
    ",
    grief: "
        %rel|gatto|cane ~4 investit*|schiacciat*
        anno|anni|mese|mesi|settimana ~3 che|senza|da_quando ~2 mort*|mancata|mancato|scomparsa|scomparso|non_ce
        addormentare|sopprimere|eutanasia|seppellire|salutare_per_sempre|dire_addio ~4 cane|gatt*|cagnolin*|cavallo|coniglio|nonn*|padre|madre
        papa|mamma|padre|madre|nonno|nonna|fratello|sorella|marito|moglie|figlio|figlia|zio|zia ~2 se_ne|ci|si ~1 ne? ~0 andato|andata|lasciato|lasciati|spento|spenta ~2 !al_lavoro|in_vacanza
        andato|andata|spento|spenta ~3 nel_sonno|per_sempre|in_cielo
        mia|mio ~1 %rel ~2 se_ne_e_andato|se_ne_e_andata|non_ce_lha_fatta|non_ce_piu|ci_ha_lasciati|ci_ha_lasciato|e_volato_via|e_in_cielo
        morta|morto|morti|mancato|mancata|deceduto|deceduta|scomparso|scomparsa|spento|spenta|ucciso|uccisa ~2 mia|mio|nostra|nostro|il_mio|la_mia|la|il ~1 %rel !<fatica|stanco
        mia|mio|nostra|nostro ~1 %rel ~3 morta|morto|mancato|mancata|venuto_a_mancare|venuta_a_mancare|deceduto|deceduta|non_ce_piu|scomparso|scomparsa|ci_ha_lasciato|ci_ha_lasciati|si_e_ucciso|si_e_uccisa|si_e_suicidato|si_e_tolto_la_vita|si_e_ammazzato|si_e_impiccato|in_cielo|spento|spenta|volato_in_cielo|volata_in_cielo|a_mancare !di_fatica|dal_ridere|stanco
        venuto|venuta ~1 a_mancare
        perso|persa|perdere|persi ~1 mio|mia|nostro|nostra|il|la|un|una|i ~1 %rel !di_vista
        perso ~2 bambino|gravidanza|bimbo
        funerale|funerali|sepoltura|seppell*|camera_ardente|cremazione|cimitero_per|veglia_funebre
        sopprimer*|soppresso|soppressa|addormentare ~2 cane|gatto|mio|mia|cavallo|nostro|cagnolino|gatta
        lutto|vedovo|vedova
        aborto_spontaneo|riposi_in_pace|riposa_in_pace|condoglianze|anniversario_della_morte|da_quando_e_morto|da_quando_e_morta|dalla_sua_morte
        morte|perdita|scomparsa ~1 di|del|della ~1 mio|mia|mia_madre|nostro ~1 %rel
        mia|mio ~1 %rel ~3 terminale|sta_morendo|cure_palliative|in_fin_di_vita
        mio|mia defunt*|povera_mamma
    ",
    money_trouble: "
        nemmeno|neanche|manco ~2 soldi|per ~1 per? ~1 mangiare|la_spesa|pane
        vendut*|impegnat* ~1 la|il|mia|mio ~1 macchina|auto|moto|telefono|chitarra|casa|oro|anello|play ~6 te|tuo|tuoi|abbon*|seguirti|pagare|affitto|laffitto|mangiare|mance
        staccato|tagliato|staccano|chiuso ~2 luce|gas|acqua|corrente|riscaldamento|internet
        strozzin*|usura*|usurai*|recupero_crediti|esattori|pignora* ~2
        speso|sputtanato|bruciato|buttato ~2 tutto|tutta|intero ~2 stipendio|paga|pensione|risparmi|soldi|tredicesima
        stipendio|paga|pensione|risparmi ~3 speso|per_te|bruciato|buttato
        non|riesco ~3 pagare|pagarmi|permettermi ~2 affitto|laffitto|bollette|mutuo|spesa|mangiare|luce
        non ~1 so ~2 come ~3 pagare|mangiare|arrivare|vivere
        ho_perso_tutto|non_arrivo_a_fine_mese|senza_un_euro|affitto_arretrato|bollette_arretrate|sono_rovinato|sono_sul_lastrico
        perso|perdo|senza|perdendo|persa|rimasto|rimasta ~2 lavoro|posto|casa|impiego|stipendio|risparmi
        licenziat*|disoccupat*|sfratt*|bancarotta|fallit*|pignor*|senzatetto|vivo_in_macchina|dormo_in_macchina|per_strada_a_vivere|finito_per_strada !<film
        non ~3 pagare|pago|permettermi|comprare|arrivo|soldi|riesco|bastano|ho ~5 laffitto|affitto|mutuo|bollette|cibo|mangiare|spesa|luce|gas|figli|medicine|bollette|fine_mese|pannolini|rate
        non ~2 ho|restano|rimasto|ce ~2 soldi|un_euro|una_lira|un_soldo ~4 mangiare|cibo|affitto|vivere|nulla|niente|figli|settimana|bollette
        debiti|indebitat*|debito|strozzino|strozzini|usurai* !<senza|non
        speso|spendo|buttato|usato|sperperato|bruciato ~3 ultimi|risparmi|stipendio|tutto|tutti|troppo|laffitto|spesa_del !giorni|ore|tempo|giornata|pomeriggio
        ultimi ~1 soldi|euro|## ~1 per|euro|con|su
        scommesse|scommettendo|casino_online|gratta_e_vinci|ludopat*|slot|gioco_dazzardo|azzardo|scommess* ~3
        perso ~5 scommesse|casino|slot|gioco|poker
        non_mangio|senza_mangiare ~3 giorni|due|soldi
        senza|finito ~2 soldi|un_euro|un_soldo|il_denaro ~3 mangiare|$|affitto|mese
        al_verde|in_rosso|sul_lastrico|rovinat*|problemi_economici|problemi_di_soldi|carta_al_limite|staccato_la_luce|fatto_un_prestito|chiesto_un_prestito|prosciugato
        carte|carta ~3 limite|esaurit*|prosciugat*
    ",
    refund_dispute: "
        annullare|disdire|cancellare ~4 soldi|rimbors*|riavere
        riavere|riprendermi ~2 soldi
        promess* ~8 niente|mai|soldi|ridammi
        blocc* ~4 pag*|soldi|comprato|bonific*
        ogni|ultimo|fino_allultimo ~0 centesimo|euro
        contest* ~3 banca|addebito|carta|paypal|pagamento
        pagato|comprato|versato ~10 niente|nulla|rimbors*|truff*|bloccat*|ladr*|soldi_indietro|denuncia
        dove ~3 video|soldi ~5 pagato
        rivoglio|ridammi|restituisci*|restituit*|ridatemi|ridarmi|ridai|rimborsa*|rimborsat*|ritornami|restituire ~3 %money|quello_che_ho|tutto|20|50|100
        voglio|pretendo|esigo|chiedo|richiedo|vorrei|aspetto|dammi|serve|bisogno|dove|quando|chiedero|avere ~3 rimborso|rimborsato|rimborsata|restituzione|rimborsi !<politica
        voglio|pretendo|dammi|rendimi|rendetemi ~3 %money ~2 indietro
        soldi|denaro indietro
        rimborsami|rimborsatemi|rimborsa|rendimi_i_soldi
        chargeback*|storno
        contest*|disput*|denunci*|annullare|stornare|bloccare|reclamo|segnal* ~4 pagamento|banca|carta|addebito|paypal|transazione|acquisto|polizia|truffa
        chiamo|chiamare|sentire|avviso|parlo|contatto ~2 la|con_la ~1 mia? banca
        denunci*|segnal* ~4 truffa|polizia|ti|postale|profilo|pagina|frode
        e|questa|questo|che|una|sta|bella|solo ~2 truffa|frode|fregatura|imbroglio|raggiro|furto|ladrata !<film|su|sulla|libro|non
        truffator*|truffatrice|truffato|truffata|truffando|imbroglion*|ladra|ladro|ladri|mi_hai_fregato|mi_hai_derubato|mi_hai_truffato|fregato|raggirat*|hai_rubato|mi_hai_rubato|derubat* !<film
        pagato|comprato|acquistato|versato|pago ~8 non|niente|nulla|mai|senza|nn ~4 ricevut*|arriv*|mandat*|inviat*|consegn*|funziona|apre|rispond*|sblocc* !<quando
        non|mai|niente|nulla ~4 ricevut*|arrivat*|mandat*|inviat* ~7 pagato|comprato|pagamento
        addebit*|scalato|prelevat* ~3 due_volte|doppio|2_volte|senza|autorizz*
        pubblicita_ingannevole|soldi_buttati|mi_hai_bloccato_dopo|bloccato_dopo_che_ho_pagato
        presi|tenuto|rubato ~2 miei soldi
    ",
    harmless: "
        svegli* ~3 presto|alle ~1
        svegli* ~2 lunedi|allalba|per_lavorare|per_andare
        morire|muoio|morirei|moro ~2 vergogna|risate|ridere|amore|felicita|invidia|curiosita|dalle_risate
        uccidimi|ammazzami|uccidetemi ~2 lunedi|di_nuovo|ancora|ahah*|haha*
        vitamin* ~1
        pillole|pastiglie|compresse|pasticche ~2 vitamin*|magnesio|ferro
        in_debito con_te|con_voi|con_lei
        debito ~1 gratitudine|riconoscenza
        batte|battono|straccia|distrugge ~1 a|agli ~0 scacchi|carte|fifa|tennis|dama|burraco
        ponte|tetto|balcone|terrazza|scogliera ~6 fuochi|vista|tramonto|alba|foto|bell*|stelle|festa|panorama
        non ~1 sa ~1 usare|come ~1
        piu ~1 sei_troppo|dalle_risate|dal_ridere
        ultim* ~0 giorno|notte|sera|settimana ~2 ferie|vacanza|vacanze|lavoro|scuola|viaggio
        fara|fa ~1 morire
        ucciderei|ammazzerei ~1 per|qualcuno
        serial_killer|assassino_seriale
        ucciso|battuto|uccidere ~3 boss|drago|mostro
        caldo|freddo|lavoro|capo|esame|esami|lunedi|tacchi|scarpe|attesa|fame|dieta|traffico|curiosita|scadenze|tosse|allergia|gambe|palestra|sessione|scuola|ansia|ciclo|raffreddore|sonno ~2 mi ~1 uccide|uccidera|ammazza|uccidono|ammazzera|uccidendo|distrugge
        mi uccidi|ammazzi|uccide|uccidono|uccidete ~2 $|con|quando|se|quel|quella|cosi
        madre|mamma|padre|papa|capo|moglie|ragazza|marito|prof|sorella|genitori|miei|coinquilina ~1 mi ~0 ammazza|uccide|uccidera|ammazzano|ammazzera|fa_fuori|uccidono
        muoio|morire|morendo|morto|morta|moriro|morivo ~1 dalla|dal|di|dalle|per
        morto|morta|muoio|uccis* ~4 warzone|fortnite|minecraft|cod|boss|partita|gioco|livello|gta|volte|ahah*|lol
        perso|perdo|perdere ~1 la ~0 testa|voce|pazienza|bussola
        %story ~8 %grim
        %grim ~6 %story
        %news ~9 %grim
        %grim ~5 %news
        %news ~9 %grim ~4 %grim
        da_morire|morta_ahah*|sono_morta_ahah*|sono_morto_ahah*|da_urlo|a_morte|mortale|natura_morta|ammazzacaffe|muoio_ahah*|sto_morendo_ahah*
        capo|mamma|moglie|ragazza|prof|madre|allenatore ~1 mi ~1 ammazza|uccide|ammazzera
        morire|morto|morta|muoio|morendo|morirei|morti ~1 dal|di|dalla|dai|del ~1 ridere|risate|fame|sonno|fatica|stanchezza|freddo|caldo|vergogna|voglia|noia|curiosita|invidia|sete|gelosia|paura_ahah|amore|tenerezza
        stanco|stanca morto|morta
        morirei|ucciderei|muoio|morire per ~2 pizza|gelato|te|quella|un|una|averti|vederti|quel
        ti ammazzo|uccido|uccidero|ammazzero
        voglio|vorrei|potrei ucciderti|ammazzarti
        mi uccidi|ammazzi|uccide
        uccider*|ammazz*|uccido ~2 boss|tempo|zombie|nemici|mostro|zanzar*|drago
        suicide squad
        missione suicida
        film|serie|libro|canzone|documentario|gioco|romanzo|personaggio|protagonista|puntata|stagione|finale|attore|attrice|podcast ~4 suicid*|muore|morto|morta|uccide|truffa|frode|funerale|stupro|ricatto|muoiono
        suicid*|truffa|frode|funerale|stupro|ricatto ~3 film|serie|libro|canzone|documentario
        muore|morto|morta ~3 personaggio|protagonista|serie|film|finale|telefono|cellulare|batteria
        morto ~1 il telefono|cellulare|pc|computer
        non|mai ~2 voglio|penso|farei|sono|vorrei ~2 uccidermi|suicidarmi|ammazzarmi|suicida|farmi_del_male|morire !piu|ma
        tagliato|tagliata|taglio|tagliarmi|tagliati ~2 capelli|dito|barba|unghie|cucinando|radendomi|facendo_la_barba|frangia
        quasi|poco|viene|fai_venire|venire ~3 infarto
        da_infarto|mi_viene_un_infarto
        seguimi|segui|seguendo|segue ~2 su ~1 insta*|ig|tiktok|facebook|twitter
        butto|buttarmi|lancio|tuffo ~2 sul|nel|in|sotto ~1 divano|letto|piscina|doccia|mare
        politica|condizioni|come_funziona|come_funzionano|fate|fai|si_fanno|previsto|offrite ~3 rimbors*
        se ~3 non ~1 va|funziona|apre ~4 rimbors*|soldi
        non ~2 e|sia|sembra|sono ~2 truffa|truffator*|frode|truffatrice
        ridammi|rendimi ~1 il|un bacio|cuore|sorriso
        non ~2 posso|riesco|so vivere senza
        film|serie|cosa ~2 non ~1 ha senso
        perso il_telefono|telefono|cellulare|treno|volo|chiavi|il_treno
        senza_debiti|non_ho_debiti
        vedova_nera
    ",
    other_ages: "
        prof|insegno|insegnante|maestr*|professor* ~5 media|medie|superiori|liceo|elementar*|seconda|terza|prima
        figlia|figlio|fratello|sorella|nipot*|cugin*|bimba|bimbo ~5 media|medie|elementar*|superior*|liceo|asilo|prima|seconda|terza
        quando|da_quando ~1 avevo|ho_fatto|ne_avevo ~1 %age
        da|dai|a|per|tra|fra circa? ~0 %age anni
        dai|a|dall|dei ~0 miei|circa ~0 %age
        figlio|figlia|fratello|sorella|nipote|cugino|cugina|cane|gatto|bimbo|fratellino|sorellina ~2 ha|compie|compiuto|di|e ~2 %age|minorenne
        alle|ore|le|verso # ~3
        non sono minorenne
    ",
    urges_harm: "
        ucciditi|ammazzati|suicidati|tagliati_le_vene|impiccati|togliti_la_vita|falla_finita|prendile_tutte|fatti_del_male
        dovresti|puoi|devi|potresti ~1 morire|ucciderti|suicidarti|ammazzarti|sparire|tagliarti|farla_finita
        mondo|tutti ~3 meglio senza_di_te
        nessuno ~1 ti ~1 rimpianger*|sentirebbe
        moriamo_insieme|morire_insieme
    ",
    courts_minor: "
        leta_non_conta|leta_e_solo_un_numero|non_mi_importa_la_tua_eta|eta_non_importa|nostro_segreto|nostro_piccolo_segreto|non_dirlo_ai_tuoi|non_dirlo_ai_tuoi_genitori|non_dirlo_a_tua_madre|di_che_hai_18|scrivi_che_hai_18|cancella_la_chat|mi_piacciono_giovani
        hai|solo|hai_solo ~1 %age ~0 anni !di|fa|piu
    ",
    slips: "suicidio suicidarmi uccidermi ammazzarmi truffatrice truffatore rimborso ambulanza minorenne funerale ricattando violentata sfrattano",
};
