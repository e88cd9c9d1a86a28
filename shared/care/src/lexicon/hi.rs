//! Hindi, in Devanagari and in Latin letters.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        nahi = nahi|nahin|nhi|nai|na|mat|nahee|ni|नहीं|नही|ना|न|मत
        die = marna|marne|mar|mrna|marun|maru|मरना|मरने|मर|मरूं
        live = jeena|jina|jeene|jine|jee|jiu|jiyu|zinda|jinda|जीना|जीने|जी|जिंदा
        want = chahta|chahti|chahata|chaahta|man|mann|dil|soch|sochta|sochti|socha|lagta|hai|padega|hoga|jaunga|jaungi|jau|chahiye|chata|chahte|चाहता|चाहती|मन|दिल|सोच|सोचता|सोचती|करता|करती
        self = khud|khudko|apne|apni|apna|apneaap|खुद|अपने|अपनी|अपना|स्वयं
        rel = maa|mummy|mom|mumma|ammi|papa|pita|pitaji|abbu|dad|pati|patni|biwi|wife|husband|beta|bete|beti|bhai|behen|bahan|didi|dada|dadi|nana|nani|chacha|chachi|mama|mami|mausi|bua|dost|gf|bf|girlfriend|boyfriend|kutta|kutte|kutiya|billi|dog|cat|baccha|bachcha|baby|bhabhi|jija|saas|sasur|pote|माँ|मां|मम्मी|पापा|पिता|पिताजी|पति|पत्नी|बेटा|बेटे|बेटी|भाई|बहन|दादा|दादी|नाना|नानी|चाचा|चाची|मामा|मौसी|दोस्त|कुत्ता|कुत्ते|बिल्ली|बच्चा|बच्चे|गर्लफ्रेंड|बीवी|अम्मी|अब्बू
        my = mera|meri|mere|hamara|hamare|hamari|मेरा|मेरी|मेरे|हमारे|हमारी|मैंने
        harmer = bf|boyfriend|pati|husband|ex|papa|pita|baap|sautele_pita|sautela_baap|chacha|mama|bhai|maa|woh|wo|vo|boss|padosi|aadmi|teacher|sir|sasur|devar|jija|saas|gf|biwi|पति|पापा|पिता|बाप|चाचा|मामा|भाई|वह|वो|आदमी|बॉयफ्रेंड|सौतेले_पिता|सास|ससुर|देवर
        teen = nau|das|gyarah|barah|terah|chaudah|pandrah|pandra|solah|sola|satrah|satra|ग्यारह|बारह|तेरह|चौदह|पंद्रह|पन्द्रह|सोलह|सत्रह|दस|नौ
        age = #|%teen
        paise = paise|paisa|paisaa|rupay|rupaye|rupees|money|payment|पैसे|पैसा|रुपये|रुपए|पेमेंट
        adv = abhi|sirf|bas|sach_me|actually|only|asal_me|just|ab|almost|kareeb|to|toh|hi|abhi_to|अभी|सिर्फ|बस|असल_में|केवल
        pills = goliyan|goliya|goli|dawai|dawaiyan|blade|chaku|rassi|zehar|jeher|rassi|गोलियां|गोलियाँ|गोली|दवाई|दवाइयां|ब्लेड|चाकू|रस्सी|ज़हर|जहर|fanda|फंदा
        front = saamne|samne|haath_me|haath_mein|hath_me|paas_rakhi|paas_me|taiyar|table_pe|सामने|हाथ_में|पास_में|पास_रखी|तैयार
        story = gaana|gaane|gana|gane|song|film|movie|picture|serial|series|kitab|book|episode|podcast|game|anime|novel|kahani|character|hero|album|गाना|गाने|फिल्म|फ़िल्म|मूवी|सीरियल|सीरीज|किताब|एपिसोड|पॉडकास्ट|गेम|कहानी|नाटक|किरदार|हीरो|उपन्यास|lyrics
        news = news|khabar|akhbar|akhbaar|samachar|padha|suna|article|documentary|podcast|tv|padosi|padosan|aunty|न्यूज़|न्यूज|खबर|ख़बर|अखबार|अख़बार|समाचार|पढ़ा|सुना|टीवी|पड़ोसी|पड़ोसन|डॉक्यूमेंट्री
        grim = suicide|khudkushi|aatmahatya|atmahatya|mar|mara|mari|mare|marta|marna|mar_gaya|maar|maut|qatal|murder|bina_jee|bin_jee|jee_nahi|ji_nahi|fraud|scam|thag*|dhokha|rape|balatkar|blackmail|kidnap|antim_sanskar|peecha|loot*|dhamki|आत्महत्या|खुदकुशी|मर*|मार*|मौत|हत्या|बिना_जी|जी_नहीं|धोखा|धोखाधड़ी|ठग*|बलात्कार|ब्लैकमेल|अपहरण|अंतिम_संस्कार|फ्रॉड|लूट*|मृत्यु|फ़्रॉड
    ",
    self_harm: "
        khud|apne_aap|खुद|ख़ुद ~1 ko|ke_saath|को|के_साथ ~1 kuch|कुछ ~1 kar|कर
        kuch|कुछ ~1 galat|ulta|गलत|उल्टा ~2 kar_lun|kar_lungi|kar_lunga|kar_baithu*|कर_लूं|कर_बैठ*
        rassi|blade|zehar|jeher|रस्सी|ज़हर|जहर|ब्लेड ~2 khareed*|kharid*|le_aaya|laaya|mangwa*|खरीद*|ख़रीद*|ले_आया|मंगवा*
        मर|mar ~0 जाना|jaana|jana ~0 चाहता|चाहती|chahta|chahti|hai ~1
        ज़िंदगी|जिंदगी|zindagi|jindagi|life ~1 से|se ~1 थक|तंग|ऊब|thak|tang|pareshan
        khud|apne_aap|खुद|ख़ुद ~1 ko|को ~1 chot|nuksan|nuksaan|takleef|kaat|hurt|dard|चोट|नुकसान|तकलीफ|दर्द ~3
        dadi|dada|nani|nana|maa|papa|bhagwan|दादी|दादा|नानी|नाना|माँ|भगवान ~1 ke|के ~1 paas|पास ~2 jana|jaana|jaa|jaun|जाना|जाऊं|upar|ऊपर !<ghar|घर
        swarg|upar|swarg_me|स्वर्ग|ऊपर ~1 jana|jaana|chala|chali|जाना|चला|चली ~1 chahta|chahti|hai|jaunga|चाहता|चाहती|है
        dikhava|natak|natak_nahi|muskurana|दिखावा|नाटक ~2 nahi|nhi|नहीं ~2
        agle|kal|jaldi|agli|अगले|कल|जल्दी ~3 main|mai|मैं ~1 nahi|nhi|नहीं ~1 rahunga|rahungi|hounga|milunga|रहूंगा|रहूंगी|रहूँगा|रहूँगी
        aasan|asaan|sabse|bina_dard|आसान|बिना_दर्द ~2 tarika|tareeka|तरीका ~2 marne|jaane|मरने|जाने|dard|mar
        marne|मरने ~2 tarika|tareeka|तरीका
        pul|bridge|chhat|chat|पुल|छत|kinare ~1 pe|par|पर ~1 baitha|baithi|khada|khadi|hu|बैठा|बैठी|खड़ा|खड़ी
        %pills ~3 %front
        %front ~2 %pills
        suicide_note|aakhri_chitthi|aakhri_letter|आखिरी_चिट्ठी|सुसाइड_नोट ~2 likh|likhi|likh_di|likh_diya|लिख|लिखी|लिखा
        koi|ab|अब|कोई ~2 matlab|fayda|faida|maksad|मतलब|फायदा|मकसद|अर्थ ~0 nahi|nhi|nahin|नहीं ~1 raha|bacha|hai|रहा|बचा|है|$
        aakhri|akhri|last|आखिरी|आख़िरी|अंतिम ~0 message|msg|raat|din|baat|sandesh|मैसेज|संदेश|रात|दिन ~1 hai|$|है|mera|meri|मेरा
        alvida|अलविदा ~3 sabko|duniya|sab|hamesha|सबको|दुनिया|हमेशा|सब|aakhri|dosto|doston|दोस्तों
        aaj|aaj_raat|ab|jaldi|आज|अब|जल्दी ~4 sab_khatam|khatam_kar|shanti|chain_se_so|mukti|सब_खत्म|खत्म_कर|शांति|मुक्ति|sab_khtm ~1
        hamesha|sada|हमेशा ~2 so_jaun|so_jana|so_jaau|सो_जाना|सो_जाऊं|सो_जाऊँ|neend|नींद
        mere|मेरे ~0 bina|bagair|बिना|बगैर ~4 khush|better|acche|ache|sukhi|behtar|खुश|अच्छे|बेहतर|सुखी
        main|mai|मैं ~1 na|nahi|नहीं|ना ~1 rahu|rahun|raha|hota|hoti|रहूं|रहूँ|होता|होती ~3 khush|behtar|better|accha|खुश|बेहतर|अच्छा
        bojh|बोझ ~2
        awaz*|aawaz*|dimag|आवाज़*|दिमाग ~4 mar_ja|maar|kood|मर_जा|मार|कूद
        train|metro|patri|bridge|pul|chhat|chat|balcony|nadi|ट्रेन|पटरी|पुल|छत|बालकनी|नदी|मेट्रो ~3 kood|kud|kudh|ke_neeche|ke_aage|कूद|के_नीचे|के_आगे|khada|khadi|खड़ा|खड़ी
        train|metro|patri|ट्रेन|पटरी|मेट्रो ~3 let|लेट
        aur|ab|और|अब ~2 nahi|nhi|नहीं ~0 jee|ji|jeena|sah|seh|jhel|जी|जीना|सह|झेल ~2 !tere|तेरे|bina
        jeena|jina|zinda_rehna|uthna|जीना|जिंदा_रहना|ज़िंदा_रहना ~2 nahi|nhi|nai|नहीं|mushkil_ho ~1 chahta|chahti|hai|chahiye|चाहता|चाहती|है|चाहिए !bina
        kisi_ko|koi|किसी_को|कोई ~2 fark|farak|yaad|pata|फर्क|फ़र्क|याद ~2 nahi|nhi|नहीं ~5
        jaan|khud|apni_jaan|जान|खुद|ख़ुद ~2 dene|dedu|de_du|lene|le_lu|khatam|maar|marne|देने|दे_दूं|लेने|खत्म|मार ~2 !tere|ke_liye
        %live ~2 iccha|ichchha|mann|man|wajah|vajah|himmat|इच्छा|मन|वजह|हिम्मत|चाह ~2 khatam|khatm|mar|nahi|nhi|खत्म|मर|नहीं|नही
        phansi|faansi|fansi|phaansi|फांसी|फाँसी ~1 laga*|le*|lag*|लगा*|ले*
        hamesha|sada|हमेशा ~2 ke_liye|के_लिए ~1 so|सो ~1
        marne|mar|मरने|मर ~2 soch*|man|mann|dil|jaun|jau|jaana|jana_chah*|सोच*|मन|जाऊं|जाना_चाह* !haste|hasi|thak|pizza
        jeena_nahi_chah*|jeene_ka_mann_nahi|mar_jana_chah*|marna_chah*|zindagi_se_nafrat|koi_rasta_nahi_bacha|jeene_ki_wajah_nahi|zinda_nahi_rehna|khud_se_nafrat|जिंदगी_से_नफरत|कोई_रास्ता_नहीं|जीना_नहीं_चाह*|मर_जाना_चाह*|मरना_चाह*
        aatmahatya*|atmahatya*|aatmhatya*|atmhatya*|khudkushi*|khudkhushi*|khudkashi*|sucide|suside|आत्महत्या*|खुदकुशी*|सुसाइड*|सूसाइड* !<film|movie|मूवी|फिल्म
        suicide|suicid* kar*|karne|karna|ke|kar|ka|karungi|karunga|करने|कर|करना|का
        %die ~1 chahta|chahti|chahata|chaahta|chata|ka_mann|ka_man|ki_iccha|ka_dil|chahte|hai_mujhe|चाहता|चाहती|का_मन|की_इच्छा|है_मुझे|का_दिल !<pizza
        mujhe %die hai|h|padega
        मुझे %die है
        mar ~1 jau|jaun|jana|jaunga|jaungi|jaana|jane|jaye ~1 chahta|chahti|chahiye|bas|to|toh|hi|accha|acha|behtar|kaash|kash|man|ab|me|aaj|$ !haste|thak
        kaash|kash|काश ~3 mar|maut|paida_hi|na_hota|na_hoti|uthu_hi|मर|मौत|पैदा
        maut|मौत ~2 aa_jaye|aajaye|chahiye|mil_jaye|ki_dua|hi|better|acchi|behtar|आ_जाए|चाहिए|मिल_जाए|ही|बेहतर !<ki
        %live ~2 %nahi ~2 chahta|chahti|hai|h|hota|lagta|mann|man|pa_raha|pa_rahi|yaar|ab|$|chahiye|चाहता|चाहती|है|करता|होता|चाहिए !bina|ke_bina
        %live ~2 mann|man|mood|iccha|dil|मन|इच्छा|दिल ~1 %nahi
        %nahi ~1 %live ~2 chahta|chahti|hai|h|mujhe|चाहता|चाहती|है !<bina|बिना
        zindagi|jindagi|life|jeevan|jivan|jine|jeene|जिंदगी|जीवन|जीने|ज़िंदगी|लाइफ ~3 matlab|maksad|wajah|fayda|mayne|kuch|koi_matlab|मतलब|मकसद|वजह|फायदा ~2 %nahi
        zindagi|jindagi|life|jeevan|जिंदगी|जीवन|लाइफ ~2 khatam|khtm|end|खत्म|खतम|समाप्त ~1 kar*|karna|करना|कर|करने|कर_लूंगा
        zindagi|jindagi|life|jeevan|jeene|jine|जिंदगी|जीने|जीवन ~1 se ~1 thak*|tang|pareshan|bore_ho|uub|ब
        zindagi|jindagi|जिंदगी|जीने से थक*|तंग|परेशान
        kyun|kyu|kis_liye|क्यों ~2 jee_raha|ji_raha|zinda_hu|jinda_hu|jiu|जी_रहा|जी_रही|जिंदा
        %self ~1 ko|aap_ko|को? ~1 khatam|maar|mar|khtm|hurt|nuksan|kaat|jala|sazaa|faansi|latka|goli|खत्म|मार|नुकसान|चोट|काट|फांसी|मारना|खतम !garmi
        %self ~1 jaan|जान ~1 de|dedu|dena|lelu|le|lunga|dunga|dedunga|deni|dungi|दे|ले|देना|दूंगा|दूंगी|लेना
        jaan|जान ~1 dene|dedunga|de_dunga|de_dungi|de_du|दे_दूंगा|दे_दूंगी|देने !<pizza|liye
        nas|naas|kalai|kalayi|haath|hath|wrist|bajuo|बांह|कलाई|नस|हाथ|नसें|कलाइयां ~2 kaat|kat|kaatna|katna|kaati|kati|kaatne|cut|काट|काटी|काटने|काटना|काटता !khana|ungli
        cutting|selfharm|self_harm ~1 karti|karta|karne|shuru
        phaansi|faansi|fansi|latak|phansi|फांसी|फाँसी|लटक ~2 laga|lagana|le|lena|jaunga|pe|lunga|ja|लगा|ले|जाऊं|पर|लूंगा
        zeher|zahar|jahar|ज़हर|जहर ~2 kha|khana|khake|kha_lunga|pee|pi|khaunga|खा|पी|खाना|खाकर
        goli|goliyan|goliya|goliyon|dawai|dawa|tablet|tablets|pills|गोलियां|गोली|गोलियाँ|दवाई|नींद_की ~8 saari|sari|ek_saath|sab|puri|poori|bahut_saari|सारी|सब|पूरी|एक_साथ ~2 kha|khalu|khane|nigal|le|खा|निगल|ले
        saari|sari|poori|सारी|पूरी ~2 goli|goliyan|goliya|dawai|tablet|tablets|pills|गोलियां|गोली|दवाई ~2 kha|nigal|le|khali|खा|निगल|ले
        kitni goli|goliyan|tablets|pills ~4 mar*|maut
        overdose
        chhat|chat|pul|bridge|train|building|balcony|khidki|patri|metro|छत|पुल|ट्रेन|बालकनी|पटरी|बिल्डिंग ~3 kood|kud|koodna|chhalang|jump|gir|kat|niche|aage|कूद|छलांग|कूदना|नीचे|आगे ~1
        mere|mera|मेरे ~1 bina|bagair|marne|na_hone|बिना|मरने|ना_होने ~4 behtar|better|khush|accha|acha|बेहतर|खुश|अच्छा|सुखी
        kisi|koi|kisiko|किसी|कोई ~4 farak|fark|parwah|yaad|rona|miss|फर्क|परवाह|याद ~3 %nahi ~4
        farak|fark|फर्क ~2 %nahi ~3 mar*|mare|main_rahu|मर
        so|sona|neend|सो|नींद ~5 uthu|uthna|jagu|uthun|uthe|uthi|उठूं|उठना|जागूं|उठूँ ~1 %nahi|hi_na|$
        kabhi ~1 %nahi|na ~1 uthu|uthun|jagu|uthna
        कभी ~1 ना|न|नहीं ~1 उठूं|जागूं|उठूँ|उठना
        alvida|अलविदा|aakhri_message|akhri_message|aakhri_raat|आखिरी_मैसेज|suicide_note|kal_main_nahi_rahunga|kal_nahi_rahungi|kal_se_main_nahi ~1
        dost|bhai|behen|gf|bf|beta|beti|maa|papa|woh|wo|दोस्त|भाई|बहन|वो ~3 suicide|khudkushi|aatmahatya|marna_chahta|marna_chahti|jaan_dene|khud_ko_khatam|आत्महत्या|मरना_चाहता|मरना_चाहती
        duniya|दुनिया ~1 chhod|chod|chhodna|छोड़|छोड़ना|छोड ~1
        jeene_layak_nahi|jeene_ka_haq_nahi|paida_hi_kyu_hua|bardasht_nahi_hota_marna|maut_ko_gale|zinda_rehna_nahi|zinda_nahi_rehna|jinda_nahi_rehna
    ",
    crisis: "
        papa|pitaji|chacha|bhai|pati|पापा|पिताजी|चाचा|भाई|पति ~1 mummy|maa|behen|mujhe|bachchon|मम्मी|मां|माँ|बहन|मुझे|बच्चों ~1 ko|को? ~1 maar|peet|pit|मार|पीट ~1 rahe|raha|rahi|te|ta|रहे|रहा
        chhod*|chod*|छोड़*|bataya|batau|gayi_to|gaya_to ~4 maar|मार ~0 dega|dalega|denge|देगा|डालेगा
        mujhe_aur|मुझे_और ~1 bachch*|bacch*|बच्च* ~2 maar|मार
        peecha|pichha|picha|पीछा ~1 kar*|कर* ~1 !insta*
        ## ~2 goli|goliyan|goliya|crocin|paracetamol|tablet|tablets|combiflam|neend_ki|गोली|गोलियां|टैबलेट|पैरासिटामोल ~1 kha|khaa|nigal|le_li|खा|निगल|ले_ली
        raat|रात ~2 mere|मेरे ~0 kamre|room|bed|bistar|कमरे|बिस्तर ~2 aata|aate|aa|ghus|आता|आते|घुस
        kamre|room|ghar|कमरे|घर ~1 mein|me|में ~1 band|lock|बंद|लॉक ~1
        jaan_se_maar*|maarne_ki_dhamki|जान_से_मार*|मारने_की_धमकी ~2
        pata_hai_main_kahan|mera_ghar_jaanta|mere_ghar_ka_pata|मेरा_घर_जानता|मेरे_घर_का_पता
        haath|hath|हाथ ~1 uthaya|uthata|uthate|chalaya|uthati|उठाया|उठाता|चलाया
        gala|gardan|baal|गला|गर्दन|बाल ~1 dabaya|pakda|kheencha|pakad|daba|ghota|दबाया|पकड़ा|खींचा|घोंटा|पकड़|दबा
        nangi|nude|nudes|private|gandi|नंगी|न्यूड|प्राइवेट ~1 photo|photos|pics|video|tasveer|pic|फोटो|वीडियो|तस्वीर* ~8 paise|paisa|maang|mang|bhej*|viral|dhamki|ghar|blackmail|पैसे|मांग|माँग|भेज*|वायरल|धमकी|घर
        nudes ~5 paise|bhej|viral|dhamki|ghar
        paise_nahi_diye|paise_na_diye|warna|varna|nahi_to|वरना|नहीं_तो ~5 viral|bhej_dega|bhej_dunga|upload|वायरल|भेज_देगा|daal_dega
        kha|pi|nigal|खा|पी|निगल ~6 nahi|nhi|नहीं ~1 uth|utha|uthta|uth_raha|jaag|saans|उठ|जाग|सांस|होश|hosh
        uth|jaag|saans|hosh|उठ|जाग|सांस|होश ~1 nahi|nhi|नहीं ~2 rahi|raha|aa|le|रहा|रही|आ|ले
        darwaz*|दरवाज़*|दरवाज*|khidki|ghar_ke_bahar|घर_के_बाहर ~4 tod|khada|khadi|pit*|chaku|dar|peet|तोड़|खड़ा|चाकू|डर|पीट
        dhakka|laat|thappad|mukka|belt_se|धक्का|लात|थप्पड़|मुक्का|बेल्ट_से ~1 diya|mara|maara|maarta|maari|marta|दिया|मारा|मारता|मारी
        %harmer ~3 mujhe|mujhko|mujhse|mere|मुझे|मुझको|मेरे ~2 maarta|marta|maarte|maara|mara|peet*|pit*|maarti|thappad|gala|chhuta|chhute|choota|chhua|touch|dhamki|dhamka*|zabardasti|jabardasti|kaid|band|torture|jalaya|मारता|मारते|मारा|पीटता|पीटते|छूता|छूते|धमकी|जबरदस्ती|थप्पड़|मारती|पीटा|धमकाता ~1 !chess|game
        mujhe|मुझे ~1 maarta|maarte|peetta|peet*|maara|मारता|मारते|पीटता|पीटा|पीटते|मारा ~1 hai|hain|h|tha|है|हैं|था
        rape|rep|balatkar|बलात्कार|रेप|दुष्कर्म|molest*|chhedchhad|छेड़छाड़|यौन_शोषण ~1 hua|kiya|ho|हुआ|किया|हो|kar|करता
        mera|meri|मेरा ~2 rape|balatkar|रेप|बलात्कार
        peecha|picha|पीछा ~2 kar*|कर*
        koi|ek_aadmi|aadmi|कोई|आदमी ~2 peeche|peecha|follow|पीछे|पीछा ~3 dar*|ghar|raat|raste|डर|घर|रात
        bola|bolta|dhamki|keh|kehta|kaha|dhamkata|बोला|बोलता|धमकी|कहता|कहा ~4 maar|jaan_se|kaat|jala|मार|जान_से|काट|जला ~1 dega|dunga|denge|daalega|dalega|dene|देगा|दूंगा|डालेगा|देंगे
        mujhe|मुझे ~1 jaan_se|maar|मार|जान_से ~1 dega|denge|dalega|daalega|देगा|डालेगा|देंगे !game|haha*
        saans|saas|sans|सांस|साँस ~1 %nahi ~1 aa|le|आ|ले ~4
        saans|saas|सांस ~2 dikkat|takleef|phool|दिक्कत|तकलीफ
        seene|chhati|chaati|chest|dil|सीने|छाती|दिल ~2 dard|pain|jalan|दर्द
        heart_attack|attack|stroke|हार्ट_अटैक|दौरा|mirgi ~2 lag|aaya_papa|ho_raha|pada|लग|पड़ा|आया_है
        ambulance|एम्बुलेंस|एंबुलेंस|police|पुलिस ~2 chahiye|bula*|bhej*|call|help|madad|चाहिए|बुला*|भेज*
        khoon|blood|खून ~2 bahut|nikal|beh|ruk|zyada|बहुत|निकल|बह|रुक|नहीं
        bahut|bohot|बहुत ~1 khoon|खून
        blackmail*|ब्लैकमेल*
        meri|mere|मेरी|मेरे ~1 nude|nudes|photos|photo|video|न्यूड|फोटो|वीडियो ~3 viral|leak|daal|dhamki|post|bhej|वायरल|लीक|डाल|धमकी
        behosh|बेहोश ~3
        saans_nahi_le|uth_nahi_rahi|uth_nahi_raha|hosh_nahi|hosh_me_nahi
        chaku|chaaku|bandook|hathiyar|katta|चाकू|बंदूक ~4 mujhe|ghar|darwaz*|dhamki|leke|lekar|मुझे|घर|लेकर
        ghar_me_band|kamre_me_band|bahar_nahi_jane|kaid_kar|passport_le_liya|bandhak|घर_में_बंद|कैद
        dar_lagta ~2 pati|papa|husband|baap|jaan
        jaan_ka_khatra|jaan_khatre|khatre_me_hu|khatre_me_hoon|जान_का_खतरा|खतरे_में|dahej_ke_liye|acid_attack|acid_phek|तेजाब
        ja_mar|mar_ja|marja|khud_ko_maar_le|suicide_kar_le|doob_mar|मर_जा|मर_जाओ !<pizza|haste
    ",
    minor: "
        abhi|just|अभी ~1 %age ~0 ki|ka|की|का ~1 hui|hua|hu|हुई|हुआ|हूं
        school|स्कूल ~2 mein|me|में ~3 test|exam|paper|टेस्ट|परीक्षा|पेपर ~1
        18 ~1 hone|ka_hone|होने|का_होने ~3 saal|mahin*|baaki|baki|time|साल|महीने|बाकी
        madam|sir|teacher|miss|टीचर|मैडम|सर ~1 aa_rahi|aa_raha|aa_gayi|aa_rahe|dekh_rahi|आ_रही|आ_रहे|आ_गई ~1 !<main
        class|kaksha|std|standard|क्लास|कक्षा ~0 #|6th|7th|8th|9th|10th|11th|छठी|सातवीं|आठवीं|नौवीं|दसवीं|ग्यारहवीं|mein|me ~1 !<mera_beta|meri_beti|बेटा|बेटी|bachelor
        6th|7th|8th|9th|10th|11th|chhathi|saatvi|aathvi|nauvi|dasvi|gyarvi|छठी|सातवीं|आठवीं|नौवीं|दसवीं|ग्यारहवीं ~0 class|me|mein|standard|std|kaksha|ka|क्लास|में|कक्षा|का ~1 hu|hun|padhta|padhti|student|hoon|हूं|हूँ|पढ़ता|पढ़ती|मैं|$
        main|mai|mein|मैं ~2 %age ~1 ka|ki|saal|sal|का|की|साल ~1
        %age ~0 saal|sal|साल ~0 ka|ki|का|की ~0 hu|hun|hoon|ho_jaunga|ho_jaungi|hone|हूं|हूँ|हो_जाऊंगा|हो_जाऊंगी|होने
        mummy|mama|papa|gharwal*|ghar|maa|मम्मी|पापा|घरवाल*|माँ|मां ~2 ko|se|ने|को|से ~1 nahi|nhi|mat|chup*|नहीं|मत|छुप* ~2 pata|batana|maloom|पता|बताना|मालूम|chup*|chala*
        mummy|papa|maa|मम्मी|पापा ~3 phone|mobile|फोन|मोबाइल ~1 cheen*|chheen*|le_liya|check|छीन*|ले_लिया|चेक
        mummy|papa|maa|mom|dad|मम्मी|पापा ~0 ke|ka|के|का ~1 card|account|paytm|gpay|phone_se|कार्ड|अकाउंट|upi
        board_exam*|boards_hai|unit_test|tuition_jana|tuition_me|होमवर्क|ट्यूशन|बोर्ड_की_परीक्षा|बोर्ड_एग्जाम ~1 !<bete|beti|बेटे|बेटी
        main|mai|mein|me|hum|mujhe|मैं|मै|हम ~2 %age ~0 saal|sal|साल|वर्ष|years|yrs|year ~1 ka|ki|ke|का|की|के ~1 hu|hoon|hun|hu_main|हूँ|हूं|हु|hai|$|hun|ha
        %age ~0 saal|sal|साल ka|ki|का|की hu|hoon|hun|हूँ|हूं|हु !<jab|जब|beta|bhai
        meri|mera|मेरी|मेरा|apni ~1 umar|umr|age|उम्र|आयु ~1 to|toh|abhi|sirf|bas|सिर्फ|अभी|है? ~0 %age
        umar|umr|age|उम्र ~1 %age ~0 saal|sal|hai|साल|है|$ !<beta|bete|jab
        %age ~0 saal|sal|साल|ka|ki|का|की ~1 ka|ki|का|की|ho|हो ~1 ho|हो ~1 jaunga|jaungi|raha|rahi|jaaunga|gaya|gayi|जाऊंगा|जाऊंगी|रहा|रही|गया|गई !<beta|bhai|band
        %age saal|sal|साल? ka|ki|का|की ~1 ho|हो ~1 jaunga|jaungi|raha|rahi|jaaunga|jaaungi|जाऊंगा|जाऊंगी|रहा|रही|jaega !<beta|bhai|बेटा|भाई
        nabalig|naabalig|na_balig|minor_hu|minor_hoon|underage|नाबालिग|अवयस्क|under_18|18_se_kam|18_se_chhota|18_se_chhoti|18_se_neeche ~0 !<nahi|beta|bhai|film
        18|अठारह|atharah ~2 %nahi ~2 hua|hui|hu|hue|का|की|हुआ|हुई|complete
        18|अठारह ~1 ka|ki|का|की|saal ~2 %nahi
        abhi|अभी ~1 18 ~3 %nahi
        18 hone|होने ~3
        main|mai|me|mein|मैं|abhi ~2 # ~1 th|vi|vin|वीं|ve|वी? ~0 class|std|standard|kaksha|क्लास|कक्षा|grade ~1 me|mein|में|m|ka|ki|hu|hoon
        nauvi|dasvi|aathvi|satvi|gyarvi|barvi|नौवीं|दसवीं|आठवीं|सातवीं|ग्यारहवीं|नवीं ~1 class|kaksha|me|mein|कक्षा|क्लास|में !<jab|जब|teacher
        class|कक्षा|kaksha # me|mein|में
        school|स्कूल ~1 me|mein|में|jata|jati ~1 padhta|padhti|hu|hoon|hun|पढ़ता|पढ़ती|हूँ !<padhata
        umar|umr|age|उम्र ~3 jhooth|jhuth|झूठ|jhut
        jhooth|jhuth ~4 umar|umr|age
        mummy_ko_mat_batana|papa_ko_pata_nahi|mummy_phone_check|mummy_ke_card|papa_ke_card|mummy_ka_card|homework_karna|pocket_money|board_exam|boards_ki_tayari|tuition_jana
    ",
    grief: "
        billi|kutta|dog|cat|बिल्ली|कुत्ता ~3 mar|मर ~0 gaya|gayi|गया|गई
        ek|do|teen|एक|दो|तीन ~0 saal|mahin*|hafte|साल|महीने|हफ्ते ~2 ho_gaye|ho_gaya|हो_गए|हो_गया|हो_गये ~3
        mummy|papa|maa|dadi|nani|dada|nana|मां|माँ|पापा|दादी|नानी ~1 ko|को ~1 gaye|guzre|गए|गुज़रे|गुजरे|गये
        chal_base|chale_gaye_hame|guzar|guzr*|swargwas*|dehant|nidhan|चल_बसे|चल_बसी|गुजर|गुज़र|स्वर्गवास|देहांत|निधन|नहीं_रहे|नहीं_रही|nahi_rahe|nahi_rahi ~1 !<fan
        kutt*|billi|dog|doggy|cat|कुत्ते|कुत्ता|बिल्ली|डॉगी ~6 mar|marr|chala_gaya|sulana|mar_gaya|chal_basa|मर|चला_गया|सुलाना|चल_बसा
        %my ~1 %rel ~3 mar|guzar|gujar|maut|dehant|death|nahi_rahe|nahi_rahi|chal_base|swargwas|swarg|expire|mrityu|chale_gaye_duniya|kho_diya|off_ho|khatam_ho_gaye|मर|गुजर|मौत|देहांत|नहीं_रहे|नहीं_रही|चल_बसे|चल_बसी|स्वर्गवास|खो|मृत्यु|निधन|सिधार !ke_liye|haste|हंसते|thak
        %rel ~1 ki|ka|ke|का|की|के ~1 maut|dehant|death|nidhan|mrityu|antim|अंतिम|मौत|देहांत|निधन|मृत्यु|intekal|inteqal
        %rel ~1 guzar|gujar|गुजर ~1 gaye|gayi|gaya|गए|गई|गया
        %rel ~1 mar gaya|gayi|gaye
        %rel ~2 kho|खो ~1 diya|di|दिया|दी|diye
        antim_sanskar|antim_yatra|shraddh|tehravi|terahvi|janaza|janaze|chita|shamshan|kabristan|funeral|अंतिम_संस्कार|जनाजा|श्मशान|तेरहवीं|श्राद्ध|मातम|शोक !<film
        vidhwa|vidhur|विधवा|विधुर|miscarriage|garbhpat|गर्भपात|baccha_gir_gaya|punyatithi|पुण्यतिथि|barsi|late_husband|late_wife|swargiya
        %rel ~3 icu_me|last_stage|aakhri_saans|antim_sans
    ",
    money_trouble: "
        khane|roti|ration|खाने|रोटी|राशन ~2 paise|paisa|पैसे|पैसा ~1 nahi|nhi|नहीं
        gaadi|bike|phone|zameen|gehne|ring|laptop|गाड़ी|बाइक|फोन|ज़मीन|गहने ~1 bech*|girvi|बेच*|गिरवी ~1
        bijli|light|gas|paani|बिजली|गैस|पानी ~2 kaat|kat|katti|cut|काट|कट ~1
        saahukar*|sahukar*|mahajan|recovery_agent*|recovery_wale|loan_app*|udhar_wale|vasooli|साहूकार*|महाजन|रिकवरी_एजेंट*|वसूली|सूदखोर ~2
        poori|puri|saari|sari|pura|पूरी|सारी ~1 salary|tankhwah|tankha|kamai|pension|bachat|pagar|सैलरी|तनख्वाह|कमाई|पेंशन|बचत ~5 uda*|kharch*|khatam|gaya|laga|उड़ा*|खर्च*|खत्म|लगा
        kiraya|rent|bijli_ka_bill|fees|emi|rashan|khana|किराया|बिजली_का_बिल|फीस|ईएमआई|राशन ~2 nahi|nhi|नहीं ~1 de|bhar|chuka|khareed|दे|भर|चुका|खरीद ~1
        naukri|job|kaam|नौकरी|जॉब|काम ~1 chali|chhut|chhoot|chut|gayi|se_nikal|gavaa|kho|nikal|चली|छूट|से_निकाल|खो !ho_gaya|khatam
        naukri|job|नौकरी ~2 nahi|nikal|नहीं|निकाल
        berozgar*|berojgar*|बेरोजगार*|diwaliya|kangaal|kangal|beghar|बेघर|कंगाल|दिवालिया
        kiraya|kiraaya|rent|fees|bill|emi|loan|ration|dawai|khane|khana|doodh|bijli|किराया|किराए|खाने|फीस|राशन|दवाई|बिजली|ईएमआई ~3 paise|paisa|dene|bhar|de|पैसे|देने|भर ~2 %nahi ~1 !<tumhare
        kiraya|rent|emi|किराया ~2 %nahi ~2 de|bhar|pay|दे|भर
        %paise ~2 %nahi ~2 bache|bacha|hai_khane|khane|bachे|rahe|बचे|रहे|खाने|bach ~2 !video|abhi_lene
        ghar|makan|room|घर|मकान|कमरे ~2 se? ~2 nikal|nikaal|khali|bahar|निकाल|खाली|बाहर ~1 raha|rahe|diya|rahi|kar|रहा|रहे|दिया|karwa
        karz|karza|karj|karja|udhaar|udhar|udhari|loan|sahukar|recovery_agent|कर्ज|कर्जा|उधार|लोन|क़र्ज़|क़र्ज ~2 doob|me|bahut|chuk*|liya|dabe|wapas_kar|wale|के|में|डूब|चुका|लिया|बहुत|तले !<nahi
        aakhri|akhri|saare|sare|saari|sari|poori|puri|sab|poore|आखिरी|सारे|सारी|पूरी|सब ~2 %paise|salary|saving|savings|bachat|kamai|jama|सैलरी|बचत|कमाई ~5 kharch|uda|laga|khatam|haar|khtm|de_diye|daal|खर्च|उड़ा|लगा|खत्म|हार|बर्बाद !acchi
        satta|satte|jua|jue|betting|casino|dream11|gambling|lottery|rummy|सट्टे|सट्टा|जुआ|जुए ~3
        bhukha|bhooka|bhookha|भूखा|khana_nahi_khaya|kuch_nahi_khaya|2_din_se_nahi_khaya|do_din_se_nahi ~1 !pyaar
        paise_ki_tangi|paiso_ki_dikkat|paise_ki_dikkat|aarthik_tangi|barbad_ho_gaya|barbaad_ho_gayi|ek_paisa_nahi|jeb_khali|credit_card_ka_karz|credit_card_full|bijli_kat|gehne_bech|zamin_bech|आर्थिक_तंगी|बर्बाद_हो
    ",
    refund_dispute: "
        block|ब्लॉक ~4 paise|payment|pay|पैसे|पेमेंट
        paise|payment|pay|पैसे|पेमेंट ~4 block|ब्लॉक
        ek_ek|pai_pai|एक_एक|पाई_पाई ~0 paisa|rupya|ki|पैसा|रुपया|रुपए ~3 wapas|vapas|lauta*|वापस|लौटा*|chahiye
        dispute|complaint|shikayat|शिकायत ~3 bank|daal*|kar*|बैंक
        %paise|refund|रिफंड ~2 wapas|vapas|wapis|vapis|return|lauta*|laut*|वापस|लौटा*|वापिस|रिटर्न ~2
        wapas|vapas|wapis|vapis|return|वापस ~1 kar*|do|de|chahiye|kro|करो|दो|चाहिए|कर ~2 %paise|$
        mujhe|muje|मुझे|mera|मेरा ~2 refund|रिफंड ~2 chahiye|do|kar*|de|चाहिए|दो|करो
        refund|रिफंड ~1 karo|do|kro|kar_do|de_do|chahiye|abhi|करो|दो|चाहिए !<policy
        scam|scammer|fraud|thagi|thag*|dhokha|dhoka|dhokebaz|chor|chori|loot*|fraudi|thug|फ्रॉड|धोखा|धोखेबाज|ठग*|चोर|लूट*|स्कैम|ठगी|420 !<pyaar|film|movie !movie|film|ke_upar|diya_usne|par_film
        chargeback*
        bank|upi|card|paytm|police|cyber|consumer|बैंक|पुलिस|साइबर ~3 complaint|complain|dispute|report|shikayat|case|fir|शिकायत|रिपोर्ट|केस|कंप्लेंट
        complaint|complain|report|shikayat|fir|case|शिकायत|रिपोर्ट ~3 kar*|karunga|dunga|likhwa*|करूंगा|करूंगी|करवा* ~1
        paise|payment|पैसे|पेमेंट|paid|khareeda|kharida|buy ~6 kuch|nahi|video|abhi_tak|नहीं|कुछ ~2 nahi|mila|bheja|aaya|diya|नहीं|मिला|भेजा|आया
        paise ~1 le ~1 liye|ke|kar ~4 bhej*|mila|block|diya|%nahi
        do_baar|2_baar|twice|double ~2 paise|kat|charge|kate
        mere_paise_kha|paise_kha_gaye|paise_leke_block|paise_doob
    ",
    harmless: "
        jaldi|jldi|जल्दी|subah_6|subah_7|somvar|सोमवार|school|office ~3 uthna|uthne|उठना|उठने|jagna
        uthna|uthne|उठना|उठने ~2 jaldi|जल्दी|somvar|सोमवार|office
        sharam|sharm|शर्म|khushi|खुशी|hasi|hansi|हँसी|हंसी|pyar|प्यार|jigyasa|जिज्ञासा ~1 se|से|ke_mare ~1 mar*|मर*
        maar_do|mar_do|मार_दो|maar_dalo ~2 monday|somvar|सोमवार|haha*|phir_se
        vitamin*|विटामिन* ~2 goli*|tablet*|गोली|गोलियां|le_li|kha_li
        karzdaar|karzdar|ehsaan*|ehsan*|एहसान*|कर्ज़दार ~1
        chess|शतरंज|fifa|ludo|लूडो|carrom|cricket|tash ~2 hara*|हरा*|maar*|मार*|peet*
        pul|bridge|chhat|chat|balcony|पुल|छत|बालकनी ~6 aatishbaazi|aatishbazi|view|sunset|photo|sundar|taare|party|आतिशबाजी|नज़ारा|फोटो|सुंदर
        chhutti*|kaam|school|office|छुट्टी|काम|स्कूल ~1 ka|ki|का|की ~0 aakhri|akhri|last|आखिरी ~1 din|raat|दिन|रात
        ko|को ~0 nahi|नहीं ~1 pata|aata|पता|आता ~2 kaise|चलाना|कैसे|chalana
        phone|mobile|battery|फोन|मोबाइल|बैटरी ~1 mar|dead|मर
        jaan|जान ~1 le|ले ~0 legi|lega|loge|gayi|लेगी|लेगा|गई
        ke_liye|के_लिए ~2 khoon|khun|murder|mar|खून|जान ~1
        boss|बॉस ~2 maar|मार|hara
        serial killer|killers
        garmi|thand|sardi|boss|kaam|office|exam|exams|monday|bhookh|bhukh|neend|wait|intezaar|diet|traffic|gym|padhai|गर्मी|ठंड|सर्दी|बॉस|काम|परीक्षा|भूख|नींद|इंतजार|पढ़ाई|ट्रैफिक ~1 maar|mar|jaan|मार|जान ~1
        mummy|papa|maa|boss|biwi|wife|girlfriend|gf|sir|teacher|didi|मम्मी|पापा|मां|बॉस|बीवी|टीचर ~3 maar|मार ~0 dalegi|dalega|degi|dega|daalegi|daalega|dalenge|डालेगी|डालेगा|देगी|देगा|डालेंगे
        mar|mara|mari|marr|मर|मरा|मरी ~1 ja_raha|ja_rahi|raha|rahi|gaya|gayi|jaunga|jaungi|रहा|रही|गया|जा_रहा|जाऊंगा ~1 hasi|hans*|haste|lol|haha*|bhook|dekh*
        hasi|hans*|hass*|haste|bhook|bhookh|bhukh|garmi|sharam|thakan|neend|boriyat|dekhne|milne|हंसी|हँस*|हंस*|भूख|गर्मी|शर्म|थकान|देखने|मिलने ~3 mar|mara|mari|maar|marr|मर*
        baar|bar|बार ~0 mar*|मर*
        mar*|मर* ~3 game|pubg|bgmi|free_fire|warzone|boss|level|गेम|पबजी
        game|pubg|bgmi|warzone|गेम|पबजी ~4 mar*|मर*
        dimag|दिमाग ~1 kharab|ghoom|ghum|खराब|घूम
        %story ~7 %grim
        %grim ~5 %story
        %news ~8 %grim
        %grim ~5 %news
        %news ~8 %grim ~4 %grim
        boss|mummy|biwi|gf|teacher|sir ~1 mujhe ~1 maar|mar
        boss|mummy mar|maar
        haste|hasi|has|hass|hansi|हंसते|हँसते|हंसी ~2 mar|mara|मर
        ke_liye|liye|के_लिए ~1 mar|marta|marti|मर ~1 raha|rahi|jau|hu|रहा
        bhook|bhookh|garmi|thand|sharm|bore|neend|भूख|गर्मी|ठंड ~2 mar|maar|मर|मार
        thak|थक ~0 ke|kar|के|कर ~1 mar|maar|मर|मार
        maar|mar ~1 dalungi|dalunga|daalungi|daalunga|dungi|dunga tumhe|tujhe|tumko
        garmi|photo|smile|ada|गर्मी|अदा|nazar ~3 maar|मार ~1 degi|dala|diya|dalegi|hi
        toh maar hi
        maar hi dala
        phone|mobile|battery|laptop|फोन|बैटरी ~2 mar|dead|khatam|khtm|मर|खत्म
        boss|time|zombie|enemy|dushman|machar|बॉस ~1 ko|को? ~1 maar*|मार*|kill
        suicide_squad
        movie|film|series|book|gaana|game|novel|character|hero|heroine|episode|season|actor|kahani|फिल्म|मूवी|हीरो|गाना|किताब|सीरियल ~4 suicide|mar|scam|fraud|maut|dhokha|matlab|rape|mara|मर|मौत|मतलब|धोखा|आत्महत्या
        suicide|scam|fraud|maut|dhokha|rape ~3 movie|film|series|book|game|acchi_film|फिल्म
        %nahi ~1 %die chahta|chahti
        suicide|khudkushi|आत्महत्या ~1 %nahi ~1 kar*|karunga|करूंगा
        ungli|baal|nakhun|daadhi|उंगली|बाल|नाखून ~1 kat|kaat|kati|katwa*|कट|काट
        photo|dekh|dekhke|tumhe ~3 heart_attack|attack
        heart_attack ~2 haha*|aa_gaya_haha
        insta|instagram|ig|tiktok|इंस्टा ~3 follow|peecha
        follow ~2 insta
        ke_bina|bina|बिना ~2 jee|ji|reh|जी ~1 %nahi
        film|movie|is ~2 koi matlab
        jaane|jane ~1 mann|man
        yahan_se ~3
        refund|रिफंड ~1 policy|milta|milega|hota|possible|kaise|पॉलिसी|मिलता|मिलेगा|होता
        kaam %nahi|na kare ~3
        scam|fraud ~1 %nahi ~1 hai|ho
        mera|meri kiss|dil|pappi wapas
        phone|chabi|mobile ~1 kho
        kaam khatam
        koi karz nahi
        karz nahi
        pizza ~3 jaan
    ",
    other_ages: "
        teacher|sir_hu|madam_hu|padhata|padhati|टीचर|पढ़ाता|पढ़ाती ~4 class|school|क्लास|स्कूल
        class ~3 padhata|padhati|teacher
        beti|beta|bhai|behen|bhanja|bhatija|pota|बेटी|बेटा|भाई|बहन ~3 class|8th|7th|9th|10th|6th|क्लास|कक्षा|school|स्कूल
        jab|जब ~3 %age
        # saal|sal|साल se|pehle|baad|ho_gaye|tak|से|पहले|बाद
        %age ~0 saal|sal|साल ~0 ka|ki|का|की ~0 tha|thi|था|थी
        beta|beti|bete|bhai|behen|bahan|bhatija|bhanja|cousin|kutta|billi|bachcha|baccha|potaa|बेटा|बेटी|भाई|बहन|बच्चा|भतीजा ~2 %age
        beta|beti|bhai|behen|बेटा|भाई ~3 nabalig|class|नाबालिग
        # minute|min|ghante|photo|photos|video|km|din|rupay|rs|baje|मिनट|घंटे|बजे|दिन|किमी
        %nahi ~1 nabalig|minor
        nabalig|minor ~1 %nahi
    ",
    urges_harm: "
        khud_ko|apne_aap_ko|खुद_को ~1 maar|khatam|kaat|nuksan|मार|खत्म ~1 lo|le|do|dalo|लो|दो
        mar jao|ja|jaao
        मर जाओ
        tumhe|tujhe|tum|तुम्हें|तुम ~1 mar|marna|suicide|मर|मरना ~1 jana|chahiye|lena|kar|जाना|चाहिए
        tumhare|tere|तुम्हारे ~1 bina|बिना ~3 behtar|accha|better|khush|बेहतर
        saath_me_marte|saath_marenge|sari_goli_kha_lo|saari_goliyan_kha_lo
    ",
    courts_minor: "
        umar_sirf_number|age_is_just_number|umar_se_fark_nahi|umar_matter_nahi|age_matter_nahi|hamara_secret|humara_raaz|mummy_ko_mat_batana|mummy_papa_ko_mat_batana|ghar_pe_mat_batana|bol_do_18|18_bol_dena|chat_delete_kar
        tum|tu|aap|तुम ~1 %age ~0 saal|sal|साल ~1 ki|ke|ka|की|के|का
    ",
    slips: "khudkushi aatmahatya nabalig",
};
