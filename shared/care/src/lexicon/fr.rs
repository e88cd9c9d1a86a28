//! French.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        no = pas|plus|jamais|aucun|aucune|rien|personne|ne|pu|peu|ni
        want = veux|veu|vx|jve|jveu|jvx|voudrais|voulais|envie|enviee|pense|penser|pensais|vais|vai|essaye|essayer|tente|tenter|jaimerais|aimerais|besoin|decide|prefere|prefererais|devrais|idee|idees|pensees|jenvisage|envisage|songe|compte|jveux|jvais|jai_envie|souhaite|dois|faut|pourrais
        rel = mere|maman|pere|papa|femme|mari|fils|fille|frere|soeur|mamie|papi|mamy|papy|grand_mere|grand_pere|grandmere|grandpere|meme|pepe|tante|oncle|tata|tonton|cousin|cousine|ami|amie|copain|copine|meilleur_ami|meilleure_amie|conjoint|chien|chienne|chiot|chat|chatte|chaton|bebe|enfant|belle_mere|beau_pere|neveu|niece|cheval|compagnon|compagne|pote|fiance|fiancee
        harmer = copain|mec|mari|ex|pere|papa|beau_pere|beaupere|conjoint|compagnon|oncle|frere|copine|femme|mere|il|elle|patron|voisin|homme|type|quelquun|prof|grand_pere|cousin|demi_frere
        teen = neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix_sept|dixsept
        age = #|%teen
        money = argent|fric|thune|thunes|sous|tune|tunes|euros|pognon|paiement|ble
        adv = que|seulement|a_peine|presque|genre|deja|en_fait|en_vrai|vraiment|juste|encore|bientot
        pills = cachets|cachet|pilules|medicaments|medocs|comprimes|lame|lames|couteau|corde|rasoir|flingue|boite|somniferes
        front = devant_moi|en_face_de_moi|dans_la_main|dans_ma_main|a_cote_de_moi|sur_la_table|sur_mon_lit|sous_la_main|prets|prete|prepares|preparee|sur_mon_bureau
        story = chanson|film|serie|livre|roman|episode|chapitre|documentaire|docu|podcast|jeu|anime|manga|saison|personnage|album|paroles|refrain|fanfic|piece|bd|son_de|lyrics
        news = infos|info|article|journal|reportage|jai_lu|lu_que|entendu_que|documentaire|podcast|tele|voisine|voisin|jt|radio
        grim = suicid*|mour*|meur*|mort*|tue*|tuer|vivre_sans|arnaq*|escroc*|viol*|chantage|kidnap*|enterrement|harcel*|overdose|expuls*|frapp*|assassin*|vole*|abus*|adieu|vire*|tabass*|braqu*|agress*
    ",
    self_harm: "
        cicatrices ~4 scarif*|coup*|lame|rasoir|automutil*
        peur ~4 faire|fasse|ferais ~3 ce_soir|du_mal|betise|connerie|moi|a_moi
        pourrais|vais|pourrait ~1 me_faire ~1 ce_soir|du_mal|quelque_chose|$
        faire ~1 une ~0 betise|connerie ~1 ce_soir|$|cette_nuit
        achete|commande|trouve|prepare|ai ~2 corde|lames|lame|flingue|poison|rasoir ~1 !<guitare
        mon dernier noel|anniversaire|ete|hiver
        pense|penser ~2 qu|que|qua|juste|tout_le_temps ~2 mort|mourir|crever
        suis|etre|jsuis ~2 de_trop ~2
        plus|pas ~1 etre|de ~2 ce_monde|cette_terre|sur_terre
        devrais|veux|voudrais ~2 plus|pas ~1 etre ~2 monde|la|terre|vivant*
        cuisses|bras|poignets|jambes ~3 coupures|entaill*|cicatrices|sang|scarif*|taillad*
        scarifi* ~1
        prends|occupe ~1 de_la_place|juste_de_la_place
        veux|envie|voudrais|vais|voulais|bientot ~4 au_ciel|paradis|rejoindre_mamie|rejoindre_papi|rejoindre_maman|rejoindre_papa|au_dela|la_haut
        arrive|peux|marre|fatigue*|veux ~2 semblant|sourire|semblant_que|jouer_la_comedie
        semaine|demain|bientot|mois|noel|matin|prochaine ~2 je ~1 ne? ~0 serai|suis|serais ~1 plus ~0 la|de_ce_monde|vivant*|ici|$
        facon|moyen|maniere|methode ~3 facile|rapide|indolore|simple|meilleur* ~3 partir|mourir|finir|disparaitre|crever
        %pills ~4 %front
        ecrit|ecris|ecrire|fini|laisse ~2 lettres|testament ~2 $|deja|tous|famille|maman|enfants
        lettres|lettre ~2 ecrites|ecrite|pretes|prete
        sert|rime|mene ~1 plus? ~1 a|a_plus ~0 rien ~1 $ !<ce_truc
        plus|aucun|pas ~1 de|dun|le|du ~0 sens|but|raison ~1 $|vivre|a_ma_vie|a_rien|de_continuer|de_vivre
        rien|plus_rien ~1 na|a ~2 sens|dimportance|de_sens ~0 $
        dernier|derniere ~0 message|soir|nuit|jour|fois_que_je_tecris|fois_que_jecris|sms ~1 $|de_moi|a_tous|pour_tous|avant|de_ma_vie
        ce_soir|bientot|enfin|demain|cette_nuit ~3 tout|ca|je ~2 sera_fini|sarrete|va_sarreter|fini|en_paix|libre|dormir ~1 $|pour_toujours|pour_moi
        enfin|bientot ~2 repos*|dormir|en_paix|paix ~2 toujours|eternel*|$
        tout_le_monde|monde|famille|parents|enfants|gens|ils|vous ~4 mieux|heureux|heureuse|tranquilles|soulages ~3 sans_moi|si_je|si_jetais|quand_je
        mieux|heureux|soulages ~1 sans_moi|si_jetais_pas|si_je_netais|si_jexistais
        fardeau|poids|boulet ~2 pour|a ~1 tous|tout_le_monde|ma_famille|mes_parents|eux|les_autres|mes
        suis|quun|comme|sens ~2 fardeau|boulet|poids_mort|bon_a_rien_et
        voix|tete ~4 dit|disent|dis|cri*|ordonne* ~4 mour*|tuer|sauter|couper|mal
        sauter|jeter|jeterai|mettre|allonger|passer ~3 sous|devant|du|dun|sur|par|des ~1 train|metro|camion|rails|voiture*|pont|toit|balcon|fenetre|rer|bus
        suis|assis*|debout|monte* ~2 pont|toit|rebord|balcon|falaise|rails|parapet !avec_vue
        donne|distribue ~2 toutes? ~0 mes|affaires ~1 affaires|choses
        peux|arrive|tiens|supporte|veux|en_peux|jen_peux ~1 plus ~1 $|vivre|continuer|de_vivre|cette_vie|la_vie|exister|etre_la|etre_ici !<de_rire|dattendre
        veux|envie|veut ~1 plus ~1 vivre|exister|etre_la|me_reveiller|etre_ici|de_vivre|dexister|continuer|respirer
        personne ~3 remarqu*|manqu*|pleur*|verra|aper*|soucie* ~5
        tente|essaye|tentative ~3 suicid*|me_tuer|en_finir|mes_jours|me_foutre
        en_finir|mettre_fin|foutre_en_lair ~1 $|avec|a|cette|la_vie|une_bonne
        boire|bu|avaler|prendre ~2 poison|javel|mort_aux_rats
        supporte|endure|veux|supporter ~1 plus|pas ~2 vie|vivre|existence|mon_existence|ce_monde
        jai|pense|pensais|veux|vais|failli|essaye|envie|voulu|songe ~3 me_pendre|me_tuer|me_suicider|me_jeter|sauter_du|me_foutre_en_lair|avaler_tous|disparaitre_pour|me_couper_les_veines|mouvrir_les_veines|dormir_pour_toujours !de_rire|mdr
        dormir|mendormir ~2 pour_toujours|a_jamais|eternellement
        vois|voit|ai|y_a ~2 plus|pas|aucune|aucun ~2 issue|avenir|raison_de_vivre|sortie|but_dans_la_vie
        jen_ai_marre_de_vivre|je_deteste_ma_vie|je_hais_ma_vie|mieux_mort|mieux_morte|autant_mourir|plutot_mourir|prefere_mourir|je_veux_en_finir|tout_arreter_definitivement|quon_en_finisse|plus_la_force_de_vivre|plus_gout_a_rien_mourir|plus_envie_de_vivre|idees_noires|pensees_suicidaires|je_merite_de_mourir|je_veux_mourir|jveux_crever|envie_de_crever|me_faire_du_mal|ne_plus_me_reveiller
        suicid*|suicd*|souicide|suisid*
        me_tuer|me_pendre|me_flinguer|me_buter|me_foutre_en_lair|me_suicider|mouvrir_les_veines|me_suicide|me_faire_du_mal|me_tirer_une_balle|mauto*|automutil*|auto_mutil*|me_scarifi*|scarifi*|me_suprimer|me_supprimer|me_zigouiller !a_la_tache|au_travail|si_tu|au_sport|de_rire|a_lentrainement
        mettre|met|mets|mettrai|mettais ~1 fin ~1 a ~1 mes_jours|ma_vie|tout|tout_ca|cette_vie
        %want ~3 en_finir|finir_avec|en_finir_avec !avec_ce_travail
        finir|terminer|quitter|prendre ~1 ma_vie|cette_vie|ce_monde
        %want ~3 mourir|mourire|mourrir|crever|mort|morte|etre_mort|etre_morte|ne_plus_exister|ne_pas_exister|disparaitre|cesser_dexister|arreter_de_vivre|ne_plus_vivre|quitter_ce_monde|ne_jamais_etre_ne !de_rire|de|pour
        veux|veu|voudrais|envie|peux|peu|ai|a|vaut|vois|trouve|merite|supporte|arrive|souhaite ~1 %no ~2 de|la|le|raison|a ~1 vivre|vivr|vie|existence|etre_en_vie|exister|etre_la|etre_ici|continuer_a_vivre|raison_de_vivre|sens_a_la_vie|sens_a_ma_vie|voir_demain !sans|a|avec|chez|loin|ensemble
        veux|veu|envie|jveux|jen_peux|peux ~1 %no ~1 de? vivre|exister|vivr !sans|a|avec|chez|ensemble
        %no ~2 raison|raisons|envie|force|gout ~2 vivre|continuer|la_vie
        vie ~2 %no ~3 sens|valoir|coup|but|peine
        vie ~1 na_plus|na_pas|ne_vaut ~2 sens|rien|peine|coup
        a_quoi_bon|pourquoi ~1 vivre|continuer|je_vis|continuer_a_vivre
        mieux|heureux|soulages|soulage ~2 sans_moi|si_jetais_mort|si_je_mourais|si_je_disparaissais|si_jetais_plus|mort|morte
        personne ~4 remarquer*|manquer*|pleurer*|rendrait_compte|fout|soucie*|remarque ~6 disparaiss*|mourais|mort|morte|partais|$|meurs|plus_la
        disparaitre ~2 toujours|monde|definitivement|surface
        endorm*|dormir|mendormir ~6 plus|jamais|pas ~3 reveill*
        plus|jamais|pas ~2 me? reveiller|reveille ~2 jamais|demain|$
        sauter|saute|jeter|jette|balancer ~3 pont|balcon|fenetre|train|toit|immeuble|metro|falaise|rails|etage
        medocs|medicaments|cachets|comprimes|pilules|somniferes ~12 avaler|avale|prendre|prends ~2 tout|tous|dun_coup|dun_seul_coup
        avale|pris|prendre|avaler|prends ~4 tous|toute|boite|plaquette|trop|flacon|plein ~4 medocs|medicaments|cachets|comprimes|pilules
        combien ~1 de? medocs|cachets|comprimes|medicaments ~6 mourir|tuer
        overdose
        me_coupe|me_couper|me_suis_coupee|me_suis_coupe|me_taillade|me_taillader ~3 bras|veines|poignet*|jambes|cuisses|encore|peau|quand|hier_soir|pour_sentir|exprès|expres|$ !cheveux|doigt|en|rasant|ongles|les_cheveux
        couper|taillader|ouvrir|coupe|coupee|ouvert ~2 veines|poignets
        me_faire|me_fais|me_blesser|me_bruler ~2 mal|du_mal|volontairement|expres
        lettre|mot ~1 dadieu|de_suicide|adieu|d_adieu
        adieu ~6
        demain|bientot ~2 serai|serais ~1 plus ~1 la|$|en_vie|ici
        serai_plus_la|ne_serai_plus|serais_plus_la
        marre|fatigue|fatiguee|epuise|lasse|ras_le_bol|assez ~1 de|du ~1 vivre|la_vie|ma_vie|cette_vie|exister
        jen_peux_plus|peux_plus|jen_ai_marre|en_peux_plus ~2 vivre|vie|exister|continuer_a_vivre|souffrir
        deteste|hais ~1 vivre|etre_en_vie|exister
        moyen|facon|methode|maniere ~4 indolore|rapide|sans_douleur|sans_souffrir|moins_douloureu* ~3 mourir|tuer|partir
        comment ~1 mourir|me_tuer|se_tuer ~3 sans|vite
        seule ~1 solution|issue|option ~4 mourir|mort|suicid*|tuer
        mort|mourir|suicide ~3 seule|solution|issue|mieux|delivrance
        ami|amie|frere|soeur|copain|copine|fils|fille|mere|pere|il|elle|pote ~2 veut|essaye|menace|dit|tente|voulait|va ~5 se_tuer|se_suicider|suicider|se_pendre|mettre_fin|ses_jours|se_foutre_en_lair|sauter_du
        pas|jamais ~1 du|merite|devrais ~1 naitre|dexister|de_vivre|exister|etre_ne|etre_nee
        jaimerais|aurais_prefere|voudrais|aimerais ~2 %no ~2 etre_ne|etre_nee|exister|naitre|jamais_etre_ne|etre_la|me_reveiller
        abandonne|renonce ~2 vie|vivre
        une_balle_dans_la_tete|me_foutre_une_balle
    ",
    crisis: "
        quelquun|homme|voleur|type ~3 rentre|entre|introduit|cambriol* ~3 moi|maison|appart*|porte
        %harmer ~4 tape|frappe|cogne|etrangle|bat|tabasse ~2 ma|mon|mes|devant|la ~1 mere|soeur|frere|enfants|petits|gosses
        si ~1 je ~3 pars|quitte|parle|porte_plainte|raconte|men_vais ~4 tue|tuera|bute|frappe|retrouve ~2
        tue|tuera|tuer ~2 moi|les|mes ~2 petits|enfants|gosses|et_les
        me|m suit|suivent|piste|surveille|attend ~4 tous_les_jours|depuis|jusqua|chez_moi|dans_la_rue|partout !insta*|sur
        pris|avale|ai_bu|prends ~2 ## ~2 doliprane*|cachet*|comprime*|paracetamol*|pilule*|medicament*|xanax|lexomil|ibuprofene*|efferalgan*
        vient|rentre|entre|venait ~2 dans|ma ~1 ma|mon ~0 chambre|lit ~2 nuit|soir|quand|bourre|ivre|et
        menace* ~2 de? mort
        sait|savent ou ~0 jhabite|je_bosse|je_travaille|je_vis
        enferme|enfermee|sequestr* ~2 dans|chambre|maison|ici|cave
        leve|levait|mis|met|pose|porte ~1 la|les|sa|ses ~0 main|mains|poing ~2 dessus|sur|cou|gorge|moi|$
        attrape|etrangle*|serre|saisi|pousse|projete|tire|traine|gifle|cogne|plaque ~3 gorge|cou|cheveux|mur|escalier*|sol|visage
        ma|m|me ~1 attrape|etrangle*|pousse|gifle|cogne|plaquee|frappee|tabassee|poussee|giflee|etranglee
        a|ont|possede|pirate|garde|vole|recupere ~3 nudes|photos|videos|images ~8 fric|argent|thune*|envoi*|publi*|balanc*|poste*|parents|famille|payer|paye|menac*|euros
        nudes|photos_intimes|photos_nue|photos_nu|nue_de_moi ~8 fric|argent|thune*|envoi*|publi*|balanc*|poste*|payer|paye|sinon
        sinon|si_je_paie_pas|si_je_paye_pas|si_je_ne_paie ~3 envoi*|publi*|balanc*|poste*|montre* ~4
        avale|pris|bu ~6 se|repond|respire|reveille|reagit ~1 reveille|respire|repond|reagit|pas|plus ~1 pas|plus|$
        dehors|porte|fenetre|devant_chez_moi ~4 peur|couteau|police|entrer|tape*|defonce*|attend*
        essaie|essaye|veut ~2 rentrer|entrer|defoncer ~2 chez|porte
        abuse|abusait|a_abuse ~1 de ~0 moi
        %harmer ~3 me|ma|mas ~1 frappe|frappee|bat|battu|battue|tape|tapee|viole|violee|touche|touchee|menace|menacee|cogne|gifle|giflee|etrangle|etranglee|agresse|agressee|abuse|brutalise|sequestre|enferme|enfermee|force|harcele|pousse|poursuit|brule|violente|maltraite|met_des_coups !le_coeur|aux_echecs|au_jeu|droit_au|a_tous_les_coups
        ma_viole|ma_frappe|ma_frappee|ma_agresse|ma_agressee|ma_violee|ma_touchee|mont_viole|mont_violee|mont_agresse|ma_drogue|mont_frappe|abuse_de_moi|ma_poignarde|ma_etrangle|ma_sequestre|ma_menace_de_mort
        ete|etre|fait|suis ~1 violee|viole|violer|agressee|agresse|abusee|abuse|frappee|battue|kidnappee|sequestree|poignardee|droguee|agresser_sexuellement|harcelee
        viol|violences_conjugales|violence_conjugale|abus_sexuel*|agression_sexuelle|attouchements|femme_battue|homme_violent !<film
        quelquun|homme|type|mec|ex|voiture|gars|on ~1 me suit|poursuit|traque|harcele|file ~3 peur|rue|maison|nuit|$|et !sur_insta*|sur_ig
        suit|poursuit|traque|harcele ~4 peur|rue|chez_moi|nuit
        dit|menace|jure|disait|menacait|menaces ~4 tuer|frapper|violer|bruler|buter|egorger
        veut|va|voulait|essaye|essaie|tente ~2 me tuer|violer|etrangler|poignarder|buter|frapper ~3 si|aide|secours|$ !mdr|lol|ptdr
        menace|menaces de_mort
        arrive|peux|peut ~1 pas|plus ~1 a? respirer ~6 poitrine|mal|aide|peur|ambulance|mourir|torse
        mal|douleur|douleurs|serre|oppression ~3 poitrine|torse
        crois|fais|faire|pense|fait|train_de ~5 infarctus|crise_cardiaque|avc|arret_cardiaque
        besoin|appelle*|appelez|appeler|faut|envoie|envoyez|urgence|vite ~3 ambulance|police|samu|pompiers|flics|urgences|gendarmes|le_15|le_17|le_18|le_112
        dune_ambulance
        chantage|sextorsion|extor*|me_fait_chanter
        menace*|diffuser|publier|envoyer|balancer|poster ~3 mes ~1 photos|nudes|videos
        sang ~1 partout
        plein|beaucoup|trop|perds|vomis|y_a|crache ~2 sang !<groupe
        saigne ~3 beaucoup|arrete|tete|plus|partout
        hemorragie
        respire|reveille|reagit|repond ~1 plus|pas ~1 $|aide|faire|je_fais
        inconscient|inconsciente|evanouie|evanoui ~5 aide|sol|faire|respire
        couteau|arme|flingue|pistolet|hache ~5 moi|porte|maison|menac*|me
        avec|a|sorti ~1 un ~0 couteau|flingue|pistolet|fusil
        enferme|enfermee|sequestre|sequestree ~2 chez|maison|chambre|cave|cle
        me_laisse_pas|mempeche|ne_me_laisse_pas|veut_pas_me_laisser ~1 sortir|partir|de_sortir
        peur ~2 de|du|pour|quil ~1 mon_mari|mon_copain|mon_pere|mon_ex|ma_vie|me_tue|lui|mon_mec|rentrer_chez_moi
        suis|sommes en_danger
        oeil_au_beurre_noir|des_bleus_partout|cote_cassee|entre_chez_moi_par_effraction|cambrioleur
        tue_toi|suicide_toi|va_mourir|va_te_pendre|pends_toi|va_crever|jespere_que_tu_vas_crever|saute_d_un_pont|creve
    ",
    minor: "
        controle|interro|ds|evaluation|brevet|dictee|bac_blanc ~2 de? ~0 maths|francais|histoire|svt|anglais|physique ~2
        reste|manque|encore|dans ~3 ans|mois|an ~2 avant|pour|et|jai ~2 18|dix_huit|majeur*|majorite
        prof|maitresse|maitre|pion|surveillant*|cpe ~1 arrive|vient|regarde|ma_pris|ma_vu|est_la !<suis
        suis|chui|jsuis|en|passe|rentre|entre|classe ~1 en? ~0 6eme|5eme|4eme|3eme|6e|5e|4e|3e|cm1|cm2|cinquieme|quatrieme|troisieme|sixieme|seconde|2nde|premiere|terminale|terminal|primaire ~1 $|au|et|a|mdr|b|c|donc|alors|cette !<place|fois|position !classe_sncf|place|position|division|dose|main|etage|fois|classement|concours|championnat|tournoi|marathon|general|scratch
        au|suis ~1 college ~0 $ !<prof
        jai|j_ai|aurai|jaurai|vais_avoir|fete|feter ~2 %age ~0 ans|piges ~1 $|samedi|demain|bientot|dans|la
        samedi|demain|dimanche|bientot|lundi|mardi|mercredi|jeudi|vendredi ~2 %age ~0 ans|piges
        mere|pere|parents|maman|papa|reum|daronne|daron ~2 sait|savent|veut|veulent|sache|autorise* ~2 pas ~4 telegram|ici|appli|tel|telephone|compte|parle|utilise|insta
        confisque|prive|pris|punie|puni|prend ~3 tel|telephone|portable|mere|parents|ordi|internet
        heures_de_colle|cours_de_maths|controle_de_maths|interro|brevet_blanc|mes_devoirs|carnet_de_correspondance|conseil_de_classe|vie_scolaire|prof_principal* ~1 !<prof|mon_fils|ma_fille
        carte ~2 de ~1 ma|mon|mes ~0 mere|pere|maman|papa|parents|mamie
        jai|ai|g|j_ai|jaurai|jais|jaurais ~0 %adv? %adv? %age ~0 ans|ans|an|piges !de_retard|dexperience|de_plus|de_moins|de_mariage
        jai|j_ai|jaurai %adv? %adv? %age $|mais|et_toi|et_je|mdr|lol|et_demi
        ^ # ans $ !<mon|ma|fils|fille|depuis|pendant|il_y_a|a|avait|javais|quand|mes|frere|soeur|les|apres|ya|de|pour|dans|en|aura|plus
        suis|etant|si|meme_si|suis_encore ~2 mineur|mineure|pas_majeur|pas_majeure|ado|un_gamin|une_gamine|pas_encore_majeur*|collegien|collegienne|lyceen|lyceenne|un_enfant|adolescente|adolescent !<pas|non
        mineur|mineure $ !<pas|un_fils|probleme|detail|incident|sol|re|la|do|mi|fa|mode|gamme|en
        je_fete|je_vais_avoir|vais_avoir|je_fais|bientot|je_viens_davoir|aurai|jaurai|viens_davoir %adv? %age ~0 ans|$|an|en|dans|le|demain
        pas|encore|jai_pas|pas_encore|bientot ~2 18|dix_huit|majeur|majeure|les_18 ~1 ans|$ !<fils|fille
        pas|encore majeur|majeure
        suis|passe|rentre|en ~2 en ~0 3eme|4eme|5eme|6eme|3|4|5|6|2|2nde|seconde|premiere|1ere|troisieme|quatrieme|cinquieme|sixieme|terminale|cm2|cm1 ~0 eme|nde|e|$|au|du|de|a !position|place|vie|classe_affaire|langue|main
        suis|vais|encore|toujours ~2 au|en|dans ~0 college|lycee|primaire|mon_college|mon_lycee !<quand
        menti ~2 age
        mon age ~3 %age
        ma_mere_veut_pas|mes_parents_savent_pas|mes_parents_ne_savent_pas|carte_de_ma_mere|carte_de_mon_pere|devoirs_de_maths|ma_mere_fouille|controle_de_maths|brevet_des_colleges|je_passe_le_brevet
        ^ f|h|fille|mec # !%money|ans_que
    ",
    grief: "
        %rel|chat|chien ~4 ecras*|renvers*|percut*
        un_an|deux_ans|un_mes|un_mois|mois|ans|semaine ~4 partie|parti !vivre|travailler|habiter|etudier|chercher|faire|en_voyage|en_vacances|en_mission|a_letranger|sinstaller|jouer
        un_an|deux_ans|un_mes|un_mois|ans|semaine ~4 morte|mort|decede*|sans_maman|sans_papa|nous_a
        piquer|euthanasi*|endormir|enterrer|dire_adieu|dire_au_revoir ~3 chien*|chat*|cheval|lapin|animal|toutou|pere|mere|mamie|papi
        papa|maman|mere|pere|mamie|papi|frere|soeur|mari|femme|fils|fille|oncle|tante|grand_mere ~2 est ~1 parti|partie|decede*|mort*|eteint|eteinte|envole* !vivre|travailler|habiter|etudier|chercher|faire|laver|acheter|jouer|sinstaller|en_mission|en_voyage ~3 $|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|sommeil|ce_matin|trop !en_vacances|travailler|bosser|de_rire|faire|au
        sest_eteint|sest_eteinte|nous_a_quitte* ~1
        %rel ~2 nous_a_quittes|nous_a_quitte|nest_plus|ne_sest_pas_reveille|na_pas_survecu|nous_a_laisses|est_partie_rejoindre|est_au_ciel|sest_eteint|sest_eteinte
        mort|morte|decede|decedee|parti|partie|tue|tuee|disparu|mourir|meurt|enterre|enterrer|perdu ~2 ma|mon|notre|nos ~1 %rel !<rire
        ma|mon|notre|sa ~1 %rel ~3 mort|morte|decede|decedee|deces|disparu|disparue|plus_la|plus_de_ce_monde|nous_a_quittes|nous_a_quitte|suicide|suicidee|sest_suicide|sest_pendu|mis_fin|sest_tue|tue_dans|au_ciel|quittes|parti_trop_tot|rejoint_les_anges !de_rire|de_fatigue|dehors|de_faim|de_soif|de_peur
        nous ~1 a|ont quitte*
        perdu|perdre|perds ~1 ma|mon|notre|un|une|mes ~1 %rel
        perdu ~2 bebe|grossesse
        enterrement|lenterrement|funerailles|obseques|enterrer|incineration|veillee_funebre|inhumation !<vie_de_garcon !de_vie
        piquer|euthanasier|endormir ~2 mon|notre|le|ma ~1 chien|chat|chienne|chatte|cheval
        deuil|veuf|veuve
        fausse_couche|repose_en_paix|condoleances|anniversaire_de_sa_mort|depuis_sa_mort|depuis_quelle_est_morte|depuis_quil_est_mort|depuis_son_deces|rip
        mort|perte|deces|disparition|lamort ~1 de ~1 ma|mon|mes ~1 %rel
        ma|mon ~1 %rel ~3 en_phase_terminale|est_en_train_de_mourir|va_mourir|soins_palliatifs|condamne
        feu_mon|feue_ma|defunt*
    ",
    money_trouble: "
        meme|rien|plus ~2 de_quoi|quoi ~1 manger|bouffer|nourrir
        vendu|vends|revendu|mis_en_gage ~1 ma|mon|mes ~0 voiture|moto|tel|telephone|guitare|console|bijoux|alliance|pc|appart|scooter ~6 toi|te|tes|abonn*|mabonner|payer|loyer|manger|pourboire*
        coupe|coupes|coupent ~2 electricite|lelectricite|courant|gaz|leau|chauffage|internet
        huissier*|usurier*|credit_revolving|recouvrement|commission_de_surendettement|surendett*|interdit_bancaire ~2
        claque|depense|crame|flambe|passe ~2 tout|toute|entier|entiere ~2 salaire|paye|paie|rsa|caf|bourse|retraite|economies|thune
        salaire|paye|paie|rsa|bourse|retraite|economies ~3 claque|depense|pour_toi|crame|y_est_passe*
        peux|arrive|quoi ~2 pas|plus ~2 payer|nourrir ~2 loyer|factures|courses|enfants|edf|credit
        sais ~2 pas|plus ~2 comment ~3 payer|manger|finir|nourrir
        finir_le_mois|boucler_le_mois|jai_tout_perdu|jai_plus_rien|plus_un_centime|huissiers|loyers_impayes|impayes|je_galere_financierement|noye_dans_les_dettes|surendettement
        perdu|perds|perdre|plus|sans ~2 travail|boulot|job|emploi|taf|logement|appart|economies|maison !<mon_sac
        vire|viree|licencie|licenciee|chomage|expuls*|faillite|sdf|a_la_rue|surendett*|dors_dans_ma_voiture|vis_dans_ma_voiture|interdit_bancaire|huissier|huissiers|saisie !<ai_vire
        peux|peut|arrive|arrivons|reussis ~1 pas|plus ~2 payer|nourrir|acheter|regler|me_payer ~4 loyer|factures|manger|nourriture|enfants|courses|electricite|edf|gaz|medicaments|credit|bouffe|mes|couches|rien
        plus|pas|rien ~3 quoi|sous|argent|fric|thune ~3 manger|vivre|loyer|bouffe|courses|finir_le_mois|payer|nourrir|fin_du_mois
        ai|a plus_de_quoi|pas_de_quoi|plus_rien_a ~1 manger|vivre|payer|bouffer
        dettes|dette|endett*|decouvert|usurier|credits_partout|credit_revolving !<sans|pas|zero !de_cartes
        depense|claque|crame|dilapide|flambe|mis|gaspille ~3 derniers|dernier|economies|salaire|tout_mon|toute_ma|mes_derniers|paie|paye|loyer|trop_dargent|tout_ce|rsa !jours|heures|temps
        mes derniers ~2 euros|sous|##
        paris_sportifs|paris_en_ligne|casino|jeux_dargent|jeux_de_hasard|parier|pmu|poker|machines_a_sous|roulette|betclic ~3
        addict|accro ~3 jeu|jeux|paris|parier
        pas|rien ~1 mange ~3 jours|argent|deux|hier|2
        plus|pas ~1 un? ~0 rond|sou|centime|balle|sou_en_poche
        fauche|dans_le_rouge|a_sec|ruine|ruinee|probleme_dargent|problemes_dargent|galere_financiere|coupe_lelectricite|pret_pour|fait_un_pret|contracte_un_pret|restos_du_coeur|fin_de_mois_difficile* !<pas
    ",
    refund_dispute: "
        annuler|resilier ~4 rembours*|argent|recup*
        promis|promet* ~8 rien|jamais|argent|rends|rembours*
        rends|rend|rendez|redonne ~2 argent|largent|thune|fric|sous|monnaie|moi_mon|mes_sous
        bloque* ~4 pay*|pai*|argent|achat*|achet*|vir*
        chaque|dernier ~0 centime|euro
        contester|conteste|opposition|litige ~3 banque|paiement|prelevement|paypal|debit|carte|transaction
        paye|achete|verse ~10 rien|rembours*|arnaq*|bloqu*|vol|escroc*|plainte|ou_est
        ou_est ~3 video|argent|contenu ~5 paye
        rends|rend|rendez|redonne|redonnez|rembourse*|restitue*|rendre|recuperer ~3 mon|mes|l|largent ~1 %money
        rembourse|remboursez|rembourser|remboursee|rembourses ~1 moi|moi_maintenant|immediatement
        veux|exige|demande|veut|voudrais|besoin|attends|jexige|reclame|aimerais|jattends|souhaite|obtenir|faire ~3 rembours*|remboursement !<politique
        veux|exige|rendez|jexige ~3 %money ~2 retour
        recuperer ~2 mon|mes ~1 %money|argent|paiement
        chargeback*|retrofacturation|contestation|opposition
        contester|conteste|litige|annuler|porter_plainte|porte_plainte|signaler|signale|bloquer|plainte ~4 paiement|banque|carte|prelevement|paypal|transaction|achat|police|arnaque|debit
        ouvrir|ouvre|ouvert ~2 litige
        porte_plainte|porter_plainte|depose_plainte|vais_te_signaler|je_te_signale
        appelle|appeler|contacter|contacte|vois ~2 ma banque
        cest|ce|quelle|pure|grosse|une|est|grosse ~1 une? ~0 arnaque|escroquerie|fraude|vol|tnaque|carotte !<film|sur|livre|pas|libre
        arnaque !<film|sur|pas|serie|livre|documentaire
        arnaqueu*|arnaquer|arnaquee|arnaques|escroc|escrocs|voleuse|voleur|voleurs|menteuse_et|mas_vole|mas_arnaque|me_suis_fait_avoir|fait_arnaquer|escroqu*|tu_mas_eu|tu_mas_carotte !<film
        paye|payer|paie|achete|commande|verse ~8 rien|pas|jamais|toujours ~3 recu|recue|envoye|arrive|fonctionne|marche|repondu|livre|debloque|ouvre !<quand
        rien|jamais|pas|toujours_pas ~4 recu|envoye|livre|eu|debloque ~7 paye|achete|commande|paiement
        debite|preleve|facture|debitee|prelevee ~2 deux_fois|2_fois|double|sans|en_trop
        tu_as_pris|tas_pris|tu_as_garde|vole ~2 mon argent
        publicite_mensongere|argent_jete|tu_mas_bloque_apres|bloque_apres_que_jai_paye
    ",
    harmless: "
        reveill*|lever ~3 tot|a_##|a_six|a_sept|lundi|pour_bosser|pour_aller|aux_aurores
        mourir|meurs|mourrais ~2 honte|rire|amour|bonheur|jalousie|plaisir|curiosite
        tue_moi|tuez_moi|achevez_moi|acheve_moi ~2 lundi|encore|mdr|ptdr|haha*
        vitamin* ~1
        comprimes|pilules|gelules|cachets ~2 vitamin*|magnesium|fer
        dette ~1 reconnaissance|gratitude
        redevable|en_dette ~1 toi|vous|envers
        bat|batte|battent|defonce|ecrase ~1 aux|au|a ~1 echecs|cartes|fifa|tennis|dames|scrabble
        pont|toit|balcon|falaise|rebord ~6 feu|feux|vue|coucher|photo*|beau|belle|magnifique|etoiles|fete|apero
        sait|sais pas ~1 utiliser|se_servir|comment_marche|comment_utiliser
        en_peux|peux plus ~1 tes_trop|tu_es_trop|t_es_trop|de_rire
        dernier*|derniere ~0 jour|nuit|soir|semaine ~2 vacances|boulot|travail|cours|voyage|conges|soldes
        aura|auront|avoir ma peau
        tuerais ~1 pour|quelquun
        tueur* ~1 en serie
        tue|tuer|battu ~2 boss|dragon
        chaleur|froid|boulot|travail|patron|boss|examen*|exam*|partiel*|lundi|gueule|talons|chaussures|attente|faim|cours|regime|embouteillages|curiosite|deadline*|toux|allergie*|jambes|seance|sport|bac|fac|suspense|meteo|rhume ~2 me|va|vont|m ~2 tue|tuer|tuent|acheve*
        tu|ca|cette|ce|il|elle|on ~2 me tues|tue ~2 $|avec|mdr|lol|la|tes|ta|ton
        mere|pere|patron|boss|femme|copine|mari|copain|daronne|prof|soeur|parents|coloc|maman|papa ~1 va|vont|me ~1 me? ~0 tuer|tue|buter|defoncer|trucider|massacrer ~2 $|si|quand|mdr
        meurs|mourir|mort|morte|mourrais|crever|creve ~1 de|d|denvie|pour
        mort|morte|meurs|tue ~4 warzone|fortnite|minecraft|cod|boss|partie|jeu|niveau|game|lol|mdr|ptdr|zelda|fois_sur
        perdu|perds|perdre|fait_perdre ~1 la|ma|les ~0 tete|boule|voix|patience|mots
        %story ~8 %grim
        %grim ~6 %story
        %news ~9 %grim
        %grim ~5 %news
        a_mourir|morte_de|mort_de|tueuse|tuerie|une_tuerie|tue_mdr|jsuis_morte|je_suis_morte_mdr|jsuis_mort|mortel|creve|creves|crevee|crevees|nature_morte|temps_mort|a_tomber|peur_bleue
        en_peux|peux|tiens plus ~1 dattendre|de_rire|datten*
        %news ~9 %grim ~4 %grim
        chef|patron|femme|copine|mere|meuf|coach ~1 va me ~1 tuer|buter
        me tuer ~2 en_retard|si_je_rate|si_jarrive
        mort|morte|meurs|mourir|morts|creve|crever ~1 de ~1 rire|fatigue|faim|soif|froid|chaud|peur_mdr|honte|envie|trouille|jalousie|ennui|curiosite|sommeil|rires|amour
        denvie|mourir_de_rire|mdr_mort
        meurs|mourrais|mourir|tuerais|meurt pour|denvie
        vais|veux|va|pourrais te tuer|buter
        tue|tuer|bute ~2 boss|temps|zombies|ennemis|monstre|moustique*|dragon|ambiance
        tuer le_temps|le_boss|lennui
        me tue|tues ~2 photo|chaleur|regard|sourire
        suicide squad
        mission suicide
        film|serie|livre|chanson|documentaire|jeu|roman|personnage|heros|episode|saison|acteur|actrice|podcast|manga ~4 suicid*|meurt|mort|tue|arnaque|fraude|morte|enterrement|viol|chantage|meurent
        suicid*|arnaque|fraude|enterrement|viol|chantage ~3 film|serie|livre|chanson|documentaire
        mort|meurt|morte ~4 fin_du_film|serie|episode|saison|film|jeu
        telephone|portable|batterie|pc|tel ~2 mort|morte
        pas|jamais|ne ~2 envie|veux|vais|suis|ferais|pense|voudrais ~2 pas? ~1 de|a ~0 me_suicider|suicidaire|me_tuer|mourir|me_faire_du_mal|suicider !mais|seul
        veux|vais|envie|ferai pas|jamais ~1 me_tuer|mourir|me_suicider|me_faire_du_mal
        coupe|coupee|couper|coupes ~2 cheveux|doigt|ongles|rasant|cuisinant|en_me_rasant|frange|barbe
        failli|faillit|presque|va_me_donner|fait_avoir|frole ~4 infarctus|crise_cardiaque
        suis_moi|suit|suivre|suis|abonne ~2 sur ~1 insta*|ig|tiktok|twitter|facebook|snap
        saute|sauter|jette|jeter ~2 dans|sous|sur ~1 la|le|mon|ma ~0 douche|lit|canape|piscine|eau
        suis|je_suis pas|plus mineur|mineure
        politique|conditions|comment_marche|comment_fonctionne|vous|faites|possible|proposez|acceptez ~3 rembours*
        si ~3 marche_pas|fonctionne_pas|ne_marche_pas|ne_fonctionne_pas ~4 rembours*
        rembours* ~2 si
        cest|est|es|suis ~1 pas ~1 une? ~0 arnaque|arnaqueu*|fraude
        rends|rend moi|le ~1 mon|un|le bisou|baiser|coeur|sourire
        peux|peut pas|plus vivre sans
        film|serie|histoire ~2 pas|aucun ~1 de? sens
        perdu mon telephone|portable|train|avion|sac
        cas_mineur|probleme_mineur|detail_mineur
        adieu_les
        pas_de_dettes|plus_de_dettes|aucune_dette
        enterrement_de_vie
        veuve_noire
    ",
    other_ages: "
        prof|enseignant*|maitresse|instit|animatrice ~5 4eme|3eme|5eme|6eme|cm1|cm2|seconde|premiere|terminale|college|lycee|quatrieme|troisieme
        fille|fils|frere|soeur|neveu|niece|petit_fils|petite_fille|gamin|gamine|cousin ~5 4eme|3eme|5eme|6eme|cm1|cm2|seconde|premiere|terminale|college|lycee|cp|quatrieme|troisieme|maternelle
        quand|lorsque|a_lepoque_ou|depuis_que ~1 javais|jai_eu|jai|on_avait ~1 %age
        depuis|pendant|vers|a|avant|apres|il_y_a|ya mes|lage_de|environ|les|presque ~0 %age
        fils|fille|frere|soeur|neveu|niece|cousin|cousine|chien|chat|enfant|petit_fils|gosse ~2 a|aura|fete|de|est ~2 %age|mineur|mineure
        jai ~2 %age photos|minutes|heures|jours|semaines|euros|videos|abonnements|points|balles
    ",
    urges_harm: "
        tue_toi|suicide_toi|coupe_toi|pends_toi|finis_en|avale_tout|prends_les_tous|fais_toi_du_mal|mets_fin
        devrais|peux|dois|pourrais ~2 mourir|te_tuer|te_suicider|disparaitre|te_couper|en_finir
        tout_le_monde|monde ~3 mieux sans_toi
        personne ~2 te_regretter*|tu_ne_manquerais
        mourons_ensemble|mourir_ensemble
    ",
    courts_minor: "
        age_ne_compte_pas|lage_nest_quun_chiffre|age_nest_quun_nombre|lage_na_pas_dimportance|je_me_fiche_de_ton_age|peu_importe_ton_age|notre_secret|notre_petit_secret|ne_dis_rien_a_tes_parents|dis_rien_a_tes_parents|dis_pas_a_ta_mere|dis_que_tu_as_18|efface_cette_conversation|jaime_les_jeunes
        tu_as|tas|que ~1 %age ~0 ans !pour
    ",
    slips: "suicider suicide remboursement rembourser arnaqueuse arnaqueur ambulance enterrement chantage expulse mineure scarifier",
};
