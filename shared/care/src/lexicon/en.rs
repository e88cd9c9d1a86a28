//! English.

use super::Lexicon;

mod harmless;
mod self_harm;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        not = dont|do_not|doesnt|didnt|not|never|no_longer|cant|cannot|can_not|wont|isnt|aint|wouldnt|dnt|dun|nvr|stopped
        want = want|wnat|wanna|wana|wants|wanted|wanting|wish|wishing|need|needed|ready|gonna|going|gona|gon|planning|plan|plans|planned|thinking|thinkin|thought|thoughts|think|thinks|tempted|about|might|will|ill|gotta|should|could|let|lemme|rather|considering|decided|try|trying|tried|tries|contemplating|urge|urges|feel|feeling|feels|tryna|bouta|finna|imma|ima|hope|hoping|pray|praying|deserve|fantasi*|dream*|wnt|afraid|scared|close|idea|ideas|keep|started|again|cut
        me = myself|my_self|mysef|meself|myslf|mself|mysel|maself
        life = my_life|my_own_life|mylife|my_lyfe
        kill = kill|kil|kll|killing|killin|killed|off|offing|offed|hang|hanging|shoot|shooting|stab|stabbing|drown|drowning|end|ending|delete|erase|unalive|unaliving|unlive|murder|neck|k_myself|poison|strangle|starve|choke|burn
        hurt = hurt|hurting|harm|harming|harmed|cut|cutting|cuting|punish|punishing|burning|scratch|injure|slice|slicing|bleed
        gone = gone|dead|died|not_here|disappear*|vanish*|not_around|not_alive|never_born|wasnt_here|wasnt_around|werent_here|wasnt_alive|didnt_exist|die|killed_myself|not_exist|left_this_world
        rel = mom|mum|mother|mama|mommy|mummy|mam|ma|dad|father|daddy|papa|pop|wife|husband|hubby|son|daughter|brother|bro|sister|sis|grandma|granny|nan|nana|grandmother|grandpa|granddad|grandfather|gran|grandparent*|aunt|auntie|uncle|cousin|baby|child|kid|friend|bestie|girlfriend|gf|boyfriend|bf|fiance*|partner|dog|cat|puppy|kitten|pet|horse|bunny|rabbit|mate|buddy|nephew|niece|twin|stepmom|stepdad|roommate|doggo|pup|parents|bff|hamster|parrot
        harmer = boyfriend|bf|ex|husband|hubby|partner|dad|father|stepdad|step_dad|stepfather|step_father|stepbrother|mom|mother|mum|uncle|brother|girlfriend|gf|wife|he|she|hes|shes|they|roommate|boss|pimp|teacher|coach|guy|man|cousin|neighbor|neighbour|someone|somebody|priest|grandpa|grandfather|parents
        im = im|i_am|iam|i_m|am|i_was|its_me|ima
        adv = only|just|actually|really|like|still|currently|basically|secretly|honestly|literally|about|barely|almost|nearly|turning|already|technically|in_fact|truly|legit|rly|kinda|around|aged|approximately|a|an|btw|now
        teen = nine|ten|eleven|twelve|thirteen|fourteen|forteen|fifteen|sixteen|seventeen|fiveteen
        age = #|%teen
        unit = minute*|min|mins|hour*|hr|hrs|h|sec|secs|second*|day*|week*|wk|wks|month*|km|kms|k|mile*|mi|m|meter*|metre*|feet|foot|ft|inch*|in_line|cm|mm|lb|lbs|kg|kilo*|pound*|percent*|dollar*|buck*|euro*|usd|pics|pictures|photos|videos|vids|times|x|th|st|nd|rd|stone|point*|step*|page*|episode*|chapter*|level*|am|pm|oclock|of|years_older|years_younger|years_clean|years_sober|years_into|years_in|years_deep|year_older|out_of|beer*|drink*|shots|level|more|short|away|behind|ahead|deep|degrees|games|rounds|floors|messages|men|people|0|1|2|3|4|5|6|7|8|9|00|30|45|15|th_in|grand|thousand|hundred|million|years_away|years_from|years_married|years_late|years_too|dollars_short
        grade = 5|6|7|8|9|10|11|12|fifth|sixth|seventh|eighth|eigth|ninth|tenth|eleventh|twelfth
        th = th|st|nd|rd
        pay = pay|paying|afford|cover|make|buy|feed
        need = rent|mortgage|bill|bills|food|eat|groceries|electric*|insulin|meds|medicine|medication|loan|loans|kids|children|school|heating|gas|utilities|water|diapers|tuition|debt|debts|power|family
        back = back|bak
        money = money|cash|payment|payments|mony|dollars|bucks|tokens|stars|tip|tips|coins|funds|100|50|20|200
        pills = pills|pill|tablets|meds|medication|xanax|tylenol|paracetamol|blade|razor|blades|knife|rope|noose|gun|bottle|belt
        front = in_front_of_me|infront_of_me|in_my_hand|in_my_hands|next_to_me|on_the_table|on_my_desk|on_my_bed|beside_me|laid_out|lined_up|counted|on_my_lap
        edge = bridge|roof|rooftop|ledge|balcony|cliff|platform|tracks|edge|multi_storey
        story = song|songs|lyric|lyrics|movie|film|book|album|band|episode|show|series|documentary|podcast|game|novel|character|chapter|scene|anime|manga|fanfic|chorus|season|finale|villain|quest|boss_fight|track|ep|verse|musical|comic|ff
        news = news|article|headline|headlines|reporter|newspaper|read_about|heard_about|saw_a_story|read_a_story|documentary|podcast|reddit|case_about|true_crime|cnn|bbc|a_lecture|history_class|tv_show|my_neighbour|my_coworker|my_colleague
        grim = suicid*|die|dies|died|dying|dead|death|kill|kills|killed|killing|kill_myself|murder*|end_it_all|end_my_life|dont_wanna_live|dont_want_to_live|live_without|scam*|fraud*|rape*|abus*|blackmail*|stalk*|funeral|kidnap*|overdos*|bankrupt*|evict*|homeless|goodbye|hang|refund*|robbed|self_harm|beaten|beats|cancer|widow*|gambl*|want_to_die|wanna_die|hurt_myself|cut_myself|goodbye_forever|last_goodbye|funeral
    ",
    self_harm: self_harm::SELF_HARM,
    crisis: "
        cant|no ~1 find? ~1 a? ~0 pulse|heartbeat
        collapsed|fainted|unconscious ~5 pulse|breathing|help|moving|cant|not
        filmed|recorded|photographed|taped ~2 me ~5 consent|threat*|upload|post|share|secretly|shower|naked
        %rel|he|she|they ~2 is|hes|are|keeps ~1 hitting|beating|hurting|punching|choking|kicking|strangling ~1 my|me|her|him|us|them
        %harmer ~4 slapped|punched|hit|smashed|choked|kicked|spat ~6 me|us !up|the_gym
        hes_got|has_got|got ~1 acid|knife|gun|machete|bat
        if ~3 leave|left|go|tell|break_up|refuse ~4 kill|hurt|shoot|beat|find|burn ~1 me|us|him|her|kids|my|them
        follows|following|followed|follow|trailing|watching|waits ~2 me ~2 home|every|everywhere|from|after|at_night|to_work|to_school !back|on
        took|taken|swallowed|had|ate|popped|downed ~2 ## ~2 pills|paracetamol|ibuprofen|tablets|tylenol|aspirin|xanax|codeine|tramadol|meds|sleeping|panadol|adderall
        comes|came|come|sneaks|walks|gets ~2 in|into|to ~1 my ~0 room|bed|bedroom ~3 night|nite|nights|sleep|drunk|every|when|and|asleep !<mum|mom|cat|dog
        death threat*
        knows where_i_live|where_i_work|my_address ~6
        blood ~8 not|wont|isnt ~1 answer*|respond*|wak*|moving|breath*
        hand|hands|belt|arm ~3 around|round|on|to ~1 my ~1 throat|neck|mouth
        raised|raises|lifted|laid|lays|lifts ~2 hand|hands|fist|a_finger ~1 to|on|at|against ~1 me|us|my_kids
        has|have|got|found|hacked|saved|recorded|screenshots|stole|screenshotted ~4 nudes|naked|nude|private|intimate|explicit ~8 send*|money|pay|post*|share|leak*|want*|£|threat*|demand*|parents|family|mum|mom|work|wife|everyone
        pay|money|wants|demand*|asking ~6 or ~5 send|sends|post|posts|share|shares|leak|leaks|show|shows|sending|posting|tell|expose ~5 nudes|pics|photos|video|videos|them|everyone|mum|mom|family|wife|friends|parents|contacts
        took|swallowed|eaten|ate|drank|had ~5 wont|isnt|not|cant|doesnt|hasnt ~1 wake|waking|respond*|breath*|move|moving|woken
        wont|not|cant|isnt ~1 wake|waking ~1 up|her|him ~3 what|help|please|pls|do|scared|$ !my_alarm
        tied|dragged|pushed|shoved|threw|throws|pushes|spat|choked|grabbed|pulled|punched|slapped|strangled|hit|beat|kicked ~1 me|us ~2 down|by|stairs|wall|hair|floor|across|face|again|throat|neck|bruis*|last|into|onto|against
        trying|tryna|banging|kicking|smashing|breaking|knocking|break|smash ~3 get_in|break_in|in|door|window ~4 scared|help|police|ex|he|alone|night|hiding|$ !dms|bed
        outside|at|by ~1 my ~1 house|door|flat|window|apartment|work|place ~3 again|scared|right_now|stalk*|wont_leave|with|every_night|and_wont !<plumber|builder|builders|electrician|roofer|painter|handyman|landlord|postman|mailman|courier|driver|uber|taxi|delivery|parcel|package|cat|fox
        stalker|my_ex|strange_man|creepy_guy|he|man|guy|stranger|someone|somebody ~2 is|are|keeps|was|hes|outside|waiting|standing ~2 outside|waiting_outside|at|in|showing_up|turning_up ~2 my|the ~1 house|door|flat|window|work|place|school|garden|yard|apartment ~1 $|again|and|right_now|now|every|with|wont|im !delivery|with_pizza
        took|taken|takes ~2 phone|passport|keys|bank_card|money ~6 wont|not_allowed|cant|doesnt ~2 let|leave|out|go
        not_allowed|isnt_allowing_me|wont_let_me|doesnt_let_me|wont_allow_me ~2 leave|out|go_out|see_anyone|see_my|call_anyone ~2 house|he|husband|bf|$|family|friends
        collapsed|fainted|passed_out|fitting|having_a_fit|turning_blue|gone_blue ~6 help|what|do|breathing|ambulance|scared|please
        took|taken|swallowed|drank ~3 too_many|too_much|whole ~4 help|feel|scared|dizzy|sick|tired|heart
        cheated_on_me_and_hits|knocked_me_out|broke_my_nose|broke_my_jaw|split_my_lip|burnt_me_with|burned_me_with|marital_rape|spiked_my_drink|someone_spiked|got_spiked|drink_was_spiked
        forces|forced|forcing himself|herself|themselves ~1 on me
        grabbed|grabs|choked|squeezed ~3 neck|throat ~4 kill|said|breathe|die|he|again
        says|said|told|swore|threatened|threatens|next_time ~6 will|gonna|going_to|would ~2 kill|hurt|shoot|stab|find|murder|beat me|us|my
        grabbed|grabs|squeezed|put_his_hands_around|hands_around ~2 my ~1 neck|throat|hair ~4 and|he|kill|then ~4 he|kill|breathe|again|scared|him|$
        outside|at|in ~2 my door|house|window|apartment|yard|room ~6 get_in|break|police|scared|help|knife|gun|screaming|hiding
        hiding|locked ~3 bathroom|closet|room|basement ~6 he|him|she|they|dad|ex|husband|knife|drunk
        uncle|dad|father|stepdad|brother|cousin|teacher|coach|grandpa|priest|pastor ~3 molest*|abus*|rape*|groped|touch*_me|assault*
        he|she|they|husband|boyfriend|bf|ex|dad ~2 raped|abused|assaulted|molested|strangled|beat|stabbed|shot|drugged|kidnapped me|my
        heart|chest ~3 racing|pain|hurts|pounding ~6 arm|breathe|numb|dying|hospital|help|dizzy
        poisoned|stabbed|shot|bleeding|unconscious|choking|seizure|seizing|stroke ~4 help|now|please|hospital|ambulance|911|dying
        bleeding_out|bleeding_heavily|wont_stop_bleeding|bleeding_so_much|cant_stop_bleeding
        %harmer ~3 hits|hit|punched|punches|punching|slapped|slaps|choked|kicked|kicks|threw me|us|my_kids ~1 in|on|against|down|again|across|with|into !the_feels|dms|my_dms|different|up
        keeps|kept|been|was|is|hes ~1 following|stalking me ~5 scared|terrified|afraid|home|creepy|frightened|freaking|police|everywhere
        scared|terrified|afraid ~4 he|she|they|ex|husband|boyfriend|dad|stepdad ~3 kill|hurt|hit|find|beat me|us
        he|she|they|dad|ex|husband|boyfriend|uncle|stepdad ~3 forced|forces|forcing|made|makes ~1 me ~4 sex|strip|nude|nudes|sleep|touch|marry
        help ~3 he|they|someone|hes ~4 hurt|hurting|kill|killing|beating|attack* me
        threatening|threatens|threatened|threats ~6 nudes|kill|hurt|share|pics|photos|videos|family|expose|leak
        %harmer ~3 hits|hit|beats|beat|beating|hitting|punched|punches|punching|slapped|slaps|chokes|choked|choking|strangled|kicked|kicks|abuses|abused|abusing|rapes|raped|raping|molest*|attacked|attacks|burned|hurts|hurting|touches|grabbed|forces|forced|threatens|threatened|threatening me|us|my_kids|my_mom|my_daughter|my_son !up|with_that|with_your|at|in|like|back|from|first|more|feelings|again_and_won
        hits|beats|beat|beating|punches|punched|slapped|slaps|kicks|chokes me ~2 up|when|every|bloody|until|badly|again|if|because|for !for_air
        %harmer ~2 touch*|touching me ~4 night|inappropriate*|private*|down_there|without|places|when_i|sleep*|bed
        stepdad|step_dad|stepfather|uncle|stepbrother|dad|father|teacher|coach|priest|grandpa ~3 touches|touched|touching|rapes|raped|molest* me
        was|been|got|being|gets|almost|nearly|were ~2 beaten_by_my_husband|beaten_by_my_boyfriend|beaten_by_him|beaten_up|raped|molested|sexually_assaulted|sexually_abused|assaulted|kidnapped|trafficked|held_hostage|stabbed|mugged|attacked|drugged|roofied|groped|gang_raped|strangled|abducted
        rape|raped|rapist|molested ~2 me|my_sister|my_daughter|happened
        he|they|uncle|dad|ex|guy|man|boyfriend|husband ~2 raped|molested|assaulted|drugged
        sexually abused|assaulted|assault|abuse
        someone|somebody|guy|man|men|he|hes|they|theyre|ex|stranger|car|creep|person ~3 following|follows|stalking|stalks|chasing|followed|stalked me !on|back|here|there_on|through|from_your
        stalker ~5 scared|house|afraid|outside|found|knows
        says|said|threatened|threatens|threatening|told|swears|swore|keeps_saying ~5 kill|hurt|shoot|stab|murder|beat|burn|find|rape me|us|my_family|my_kids|my_mom|my_dog
        he|hes|she|shes|they|theyre|ex|husband|boyfriend|dad|stepdad|someone ~2 going|gonna|will|tried|trying|wants|tries ~1 kill|murder|shoot|stab|hurt me|us !lol|haha*|if_he_sees|if_she_sees|with
        threatening ~2 kill|hurt|post|leak|share|send|expose|rape|me|my
        locked|locks|trapped|chained|tied ~1 me in|up|inside|here|outside|the !your|heart|so
        wont|doesnt|not ~1 let|letting me leave|go_home|out_of_the_house|see_my_family|have_my_passport
        took|takes|hid|has|hides my keys|passport|phone_and_locked|documents
        call|called|calling|dial|phone|need|needs|get|send ~2 911|999|112|ambulance|police|cops|paramedics|er|emergency !officer
        need ~1 hospital|emergency_room
        cant|cannot|cnt|hard_to|struggling_to|barely ~1 breathe|breath|breathing ~6 chest|help|dying|throat|panic|pain|ambulance|scared
        chest ~2 pain*|hurt*|hurting|tight* !<## !workout|day|from_the_gym|exercise*
        think|having|had|having|got|having ~2 heart_attack|stroke|seizure|anaphyla* !<nearly|almost|gave|give|like|practically|me_a !lol|haha*|when_i_saw|from_that|looking|seeing
        overdos* ~1
        she|he|hes|shes|friend|mom|dad|baby|they|wife|husband ~2 not|isnt|wont|stopped ~1 waking_up|wake_up|breathing|responding|moving
        not waking_up|breathing ~4 help|do
        unconscious ~5 help|do|floor|breathing
        bleeding ~4 lot|wont_stop|heavily|out|badly|stop|everywhere|head|help
        so_much|lots_of|blood|theres|coughing|throwing_up|vomiting|puking|lost ~2 blood ~2 everywhere|up|on|i|help|$ !type|test|pressure|moon|sugar
        blackmail*|sextort*|extort*
        leak|leaked|leaking|post|posting|posted|share|expose|send ~2 my nudes|naked|private_photos|private_pics|nude ~3
        has|got|have my nudes ~4 money|threat*|post|leak|send|share|family
        outside|door|house|window|car ~4 with|has|holding ~1 knife|gun|axe|weapon|bat|machete
        has|pulled|pointed|holding|got|put ~1 knife|gun|weapon|blade ~2 me|my|to|at|on|outside|and
        black_eye|bruises|broken_rib*|broke_my_arm|broke_my_nose ~6 he|husband|boyfriend|bf|hubby|dad|from|again|got
        beat|beaten|beating|bashed|roughed me? up
        domestic_violence|domestic_abuse|abusive_relationship|abusive_husband|abusive_boyfriend|abusive_home|abusive_dad|abusive_parents|abusive_ex|womens_shelter
        scared|afraid|terrified ~1 of|for ~1 him|my_husband|my_boyfriend|my_dad|my_ex|my_life|my_stepdad|my_safety|going_home
        im|i_am|we_are|were|kids_are in ~1 danger
        dont_feel_safe|not_safe_at_home|unsafe_at_home|not_safe_here|someone_broke_in|breaking_into_my|broke_into_my|intruder
        being trafficked|held|forced|abused|hunted|drugged
        forced|forcing|forces|made ~2 have_sex|sleep_with|prostitut*|marry
        kys|kill_yourself|kill_urself|kill_yourselves|unalive_yourself|neck_yourself|go_die|hang_yourself|hope_you_die|end_yourself|killyourself !<dont|never|not
        allergic_reaction|throat_is_closing|cant_feel_my_face|cant_feel_my_arm|face_is_drooping|swallowed_bleach|drank_bleach|house_is_on_fire
        going_into_labor|having_contractions|water_broke|car_accident ~6 help|hurt|alone|hospital|trapped|bleeding
    ",
    minor: "
        im|i_am|i_m ~2 younger than ~0 you|u|ya|what_you|what_u ~1 think|thought|guess|expect|look|imagine !<isnt|hes|shes !it|they
        have|got|cant|is ~3 sats|school|maths|math|science|exam_at_school|gcses|spelling_test|bio_test|history_test ~2 tomorrow|today|monday|next_week|in_the_morning !drop|pick|run|my_son|daughter|kids
        my school blocked|banned|bans|uniform|starts|wifi|principal|bus|counselor|counsellor|trip
        turn|turning ~2 %age ~2 in ~0 january|february|march|april|may|june|july|august|september|october|november|december|a_week|a_month|two|three
        young but ~2 mature
        ## years|yrs|months ~1 off|away|until|till|til|before|from ~3 18|eighteen|being_18|legal|an_adult !<they|she
        few|couple|one|two|three|half ~1 of? ~0 years|yrs|months|year ~1 off|until|till|til|before ~3 18|eighteen
        teacher|my_teacher|miss|sir|headteacher|mr ~2 coming|looking|here|watching|took|caught|saw ~2
        my parents|mum|mom|dad ~2 ground|grounded|kill ~6 knew|know|find|found|see|saw
        im|i_am ~1 %teen ~0 $
        my # th|st|nd|rd bday|birthday !party_of
        my %teen* birthday|bday
        bday|birthday ~4 im|ill_be|turning|turn|gonna_be|being %age !%unit
        form 1|2|3|4|5|one|two|three|four|five ~1 $|at|btw|lol|and|so !<application|fill|tax
        maths|math|science|geography|history|english|pe|biology|chemistry|french ~2 homework|hw|test_tomorrow|then_pe|lesson|teacher_took|detention|coursework
        double maths|science|english|pe
        got|have|after|in|revising|studying|sitting|doing ~3 gcse*|sats|mocks|mock_exams|detention|homeroom|study_hall|recess|11_plus|o_levels|prom !<college
        mum|mom|mam|dad|parents|nan ~3 doesnt|dont|doesn|dunno|not|cant|never|no ~2 know|knows|find|let|allow|see|want ~3 telegram|im_on|app|on_here|chat|talking|online|phone|account|this|message|on_my
        mum|mom|mam|dad|parents ~4 took|takes|check*|confiscat*|ground*|looks|banned ~4 phone|me|telegram|messages|wifi|tablet|ipad
        using|used|use|stole|took|with ~2 mum*|mom*|dad*|parents*|nan* ~1 card|visa|debit|account|paypal|phone
        year|yr 7|8|9|10|11 ~1 $|at|and|student|kid|lol|btw|so|pupil|now !<last|this|since|for|every|in_the
        im|i_am|only|just ~1 %grade|7th|8th|9th|10th|11th ~1 th? grader|grade|year|yr|former
        freshie|freshman|sophomore|soph ~4 %age|hs|high_school
        in|still|from hs|highschool|middle_school ~3 %age|$ !<was|when|since|friends|friend|reunion|met|back
        freshman|sophomore|grader|7th_grade|8th_grade|9th_grade|10th_grade|11th_grade|6th_grade ~3 lol|here|sucks|student|btw|girl|boy|year|$ !<was|my|when|since|in_my|kid|son|daughter|college|teach|teaching|uni|university|her|his
        im|i_am|still ~3 freshman|sophomore|junior_in_high|in_9th|in_8th|in_7th|in_10th|in_11th
        havent|not|before|until|till|after|when ~3 turn|turned|turning|hit|be|become ~1 18|eighteen ~1 yet|$ !<since|son|daughter|she|he
        my ~1 mom|mum|dad|parents ~3 would_kill_me|will_kill_me|dont_know|doesnt_know|cant_know|find_out|see_this|wont_let_me ~3 im_#|too_young|school|age|grounded
        grounded|curfew|bedtime ~5 mom|mum|dad|parents|school
        # going_on|turning|almost|and_a_half|next
        im|i_am nearly|almost|about_to_be|about_to_turn|soon|going_on|not_even|barely|like %age !%unit
        %im ~0 %adv? %adv? %age !%unit
        i_turn|turn|turned|turning|just_turned|ill_turn|will_turn|gonna_turn|i_just_turned !<when|after|before|since|son|daughter|brother|sister|kid|niece|nephew|she|he|who|cousin|it|years %adv? %age !%unit|into
        ill_be|i_will_be|gonna_be|going_to_be|finally_be|ill_finally_be|i_become !<since|son|daughter|she|he %adv? %age !%unit
        ill_be|i_will_be|i_turn|turn|turning|gonna_be|going_to_be|im_turning|become|til_im|till_im|until_im|until_i_turn|when_i_turn|before_i_turn|til_i_turn|once_im !<she|he|son|daughter|who|kid|brother|sister 18|eighteen ~3 in|next|soon|tomorrow|this|on|then|years|months|weeks|$ !and_a_half
        my_age_is|my_age|age|age_is|years_age !<since|at|from|when|until|by|the|average|over|under|middle|ages %adv? %age !%unit|and_up|up
        # yo|y_o|yrs_old|years_old|year_old|yr_old|y_old|yearold|yrs_of_age|years_of_age !<my|his|her|their|son|daughter|brother|sister|when|was|at|the|since|like|cousin|kid|than|has|have|had|dog|cat|car|over|our|with|your|as_a|whisky|is|were !car|son|daughter|kid|dog|cat|house|bottle|whisk*|whiskey|wine|nephew|niece|brother|sister|laptop|phone|version|scotch|rum|boy_of_mine|virgin_olive|bike|pc|building|marriage|relationship|tv
        %teen yo|years_old|year_old|yr_old|yrs_old !<my|his|her|their|son|daughter|when|was|at|since|than|has|is|brother|sister|kid|dog|cat !car|son|daughter|kid|dog|cat|whisk*
        ^ # f|m|male|female|girl|boy|guy|yo|y_o|here !in_a_row
        ^ f|m|girl|boy|female|male|teen # !%unit
        im|i_am|its ~2 # f|m|girl|boy|yo|male|female
        # f|m ~2 here|from|looking|dm|hmu|bored
        # here $
        %im|i_go|still|to ~3 in ~1 %grade %th? grade|graders|yr|form
        ^ in? %grade %th? grade !<last|a
        %im ~1 a? %grade %th? grader
        %im ~3 in|at yr|year|grade|form 5|6|7|8|9|10|11|12|seven|eight|nine|ten|eleven !of|at_uni|of_my|years
        in|year|start|finished|my ~1 freshman|sophomore|junior ~1 year? ~1 of|in|at ~1 high_school|highschool|hs
        freshman|sophomore|junior|senior in high_school|highschool|hs
        %im|still|go|back|start|finish|my|while|until_i_finish ~4 in|to|at middle_school|high_school|highschool|secondary_school|junior_high|middleschool|elementary_school|primary_school|grade_school|elementary !reunion|teacher|was|were|together|years_ago
        %im ~2 high_schooler|highschooler|middle_schooler|schoolgirl|schoolboy|high_school_student|high_school_girl|schoolkid|school_kid|preteen|pre_teen|teenager|high_school_freshman|high_school_sophomore|high_school_junior|sophomore|teen_girl|teen_boy|teen !in_college|at_uni|at_heart
        %im ~2 minor|underage|under_age|under_aged|underaged|a_child|under_18|under_eighteen|below_18|not_18|not_yet_18|not_an_adult|not_legal|not_of_age|not_of_legal_age|not_eighteen|jailbait|too_young_to !celebrity|character|player|artist|streamer|leaguer|league|irritat*|issue|shopping|miracle
        if|cause|because|since|even_if|though|but|and|that|while|still im|i_am|i_was|ur|youre ~1 under|below|not|younger_than ~1 18|eighteen|age
        not|isnt|arent 18|eighteen yet|until|til|till|for|but|btw|so !<she|he|son|daughter
        i|im|still ~2 not|havent|wont|yet|arent ~2 18|eighteen ~1 yet|until|til|$ !<since
        almost|nearly|close_to|practically|basically|soon 15|16|17|18|fifteen|sixteen|seventeen|eighteen $ !<since|was|for
        my # th birthday ~5 is|tomorrow|next|soon|today|this|in|on|was|party|last
        my sweet_sixteen|sweet_16|quinceanera ~4 is|next|soon|tomorrow
        born|bday|birth ~3 2011|2012|2013|2014|2015|2016|2017|2018|2019 !<son|daughter|kid|was_a
        lied|lying|lie|fake|faked ~2 about|my ~1 age
        my ~1 real|actual age ~2 %age
        only|just %age years_old|yrs_old|yo|years|and !<was|since|took|with|when|paid|after !ago|later|more|old_car
        no_id|without_id|use_my_moms_card|moms_credit_card|dads_credit_card|moms_card|dads_card|parents_card|my_parents_dont_let|mom_took_my_phone|moms_phone|dont_tell_my_mom|dont_tell_my_parents|mom_checks_my_phone
        homework ~6 math_teacher|mom|teacher|school_tomorrow
        %teen|# ~3 mature_for_my_age
        mature_for_my_age|old_for_my_age
    ",
    grief: "
        %rel ~3 run_over|hit_by_a_car|got_run|was_hit
        year|years|month|months|week|weeks|anniversary ~3 since|without|ago ~4 passed|died|gone|funeral|death|lost
        buried|cremated ~1 my|our|him|her ~1
        hamster|rabbit|fish|budgie|parrot|horse|dog|cat|pup|guinea_pig ~2 died|dead|passed|gone_to_heaven
        lost the|our|my baby|babies|twins|pregnancy
        say|said|saying|have_to ~3 goodbye|bye ~3 my|our ~2 dog|cat|lab|labrador|puppy|pup|boy|girl|horse|rabbit|hamster|parrot|pet|mum|mom|dad|nan|gran|grandad|grandma|grandpa|brother|sister|wife|husband !for_the_week|at_the
        vet ~5 sleep|goodbye|put|gone|home|nothing_they|couldnt|injection
        gone|went|passed|slipped_away|died|left_us|taken ~3 in|during ~1 his|her|their ~1 sleep
        dad|mum|mom|nan|gran|grandad|grandma|grandpa|husband|wife|son|daughter|brother|sister|dog|cat ~2 passed ~3 $|sleep|in|last|this|on|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|away|suddenly !the_exam|me|her_test|his_test
        %rel ~4 lost|losing ~2 battle|fight ~3 cancer|covid|illness|leukemia|$
        first|hard|tough|empty ~5 without|since ~2 him|her|mum|mom|dad|my ~4 died|passed|gone|funeral|death
        %rel ~1 didnt|did_not|couldnt make it ~2 $|he|she|passed|last|and
        he|she|they passed last|away|yesterday|this|in_his|in_her|on|suddenly|peacefully
        %rel ~2 died|passed|passed_away|is_gone|killed ~1 $|last|yesterday|this|today|in|on|from|two|three|a|suddenly|he|she|of_cancer !laughing|when_he_saw|when_she_saw|inside
        cancer took|took_my|killed|won ~1
        lost ~2 %rel ~2 $|yesterday|last|this|to|today|suddenly|in|two|a_month|a_week|recently|months|years|weeks !in_the_mall|in_the_crowd|at
        dont_know_how_to_live_without_him|dont_know_how_to_live_without_her|miss_him_so_much_since|miss_her_so_much_since|cant_believe_hes_gone|cant_believe_shes_gone|shes_gone_forever|hes_gone_forever|never_got_to_say_goodbye|crossed_the_rainbow|rainbow_bridge|scattered_his_ashes|scattered_her_ashes|ashes|obituary|eulogy|casket|coffin|cemetery ~1
        my|our|moms|dads|friends|best ~1 %rel ~4 died|passed_away|deceased|drowned|murdered|passed_on|didnt_make_it|did_not_make_it|no_longer_with_us|in_heaven|with_god|took_his_own_life|took_her_own_life|killed_himself|killed_herself|hung_himself|hanged_himself|overdosed|left_this_world !laughing|of_laughter|in_minecraft
        my|our ~1 %rel ~2 passed $|yesterday|last|this|in|on|from|away|today|two|three|a|few|suddenly !it|exam
        my|our ~1 %rel ~2 is|are|was|now dead|gone $|now|and|since|she|he|i !tired|asleep|serious|wrong|set|to|inside|for
        my|our ~1 %rel ~3 was|got|been killed|murdered|shot|hit_by
        my|our ~1 %rel ~3 killed ~2 car|crash|accident|by|in
        %rel is gone $
        %rel died|passed_away|passed_on !laughing|of_laugh*|in_the_game|in_game|in_the_movie
        lost my|our|a|both|the ~1 %rel !toy|leash|phone|number|at|in_the|collar|ball|s|on_the|for_a|keys|hair|job|wallet|ring
        lost my ~1 %rel ~2 to ~1 cancer|covid|suicide|drugs|overdose|war|accident
        lost|losing the|our|a|my baby|pregnancy|babies
        funeral ~6 cry*|today|tomorrow|was|is|friday|saturday|monday|week|sad|of|for_my|yesterday|broken !a_friend|home_song
        at|to|from|after|planning|attend*|before|my|his|her|moms|mums|dads|grandmas|grandpas|for|brothers|%rel ~1 funeral|wake_service|cremation|burial|memorial_service !for_a_friend|home
        put|putting ~2 dog|cat|pup|puppy|pet|horse|boy|girl|buddy|him|her|down|sleep ~1 down|to_sleep|today|yesterday !phone|the|your|on
        put|putting ~2 dog|cat|pup|puppy|pet|horse down|to_sleep
        miscarr*|stillborn|stillbirth|still_born
        grieving|mourning|bereave*|widow|widower|widowed !black|hawk
        rip|r_i_p|rest_in_peace ~1 mom|dad|grandma|grandpa|buddy|brother|sister|my_dog|my_cat|mum|nana|my_friend|my_wife|my_husband|my_son|angel
        miss|missing ~2 mom|mum|dad|grandma|grandpa|buddy|brother|sister|my_wife|my_husband|my_son|my_daughter|my_dog|my_cat ~3 died|gone|death|heaven !<dont
        anniversary|year|years|month|months|since ~4 death|passing|passed_away|died ~3
        my late wife|husband|mom|mum|mother|dad|father|brother|sister|son|daughter|grandma|grandpa|partner|friend
        my|our ~1 %rel ~4 terminal|hospice|dying|stage_4|life_support|weeks_to_live|months_to_live !to|for|laughing|of_laughter|inside
        buried|burying|bury|cremated my|our ~1 %rel
        just buried|lost ~2 mom|mum|dad|wife|husband|son|daughter|brother|sister
    ",
    money_trouble: "
        skip|skipping|skipped|skips|missing|cutting ~1 meals|meal|lunch|lunches|dinner|dinners|breakfast|food|eating|my_meds ~4 tip|pay|afford|buy|sub|subscribe|send|gift|for_your|for_ur|see_you|talk_to_you
        card ~2 declined ~8 spent|food|shop|groceries|rent|broke|you
        spent ~1 it_all|everything|all_of_it|all_my ~2 on
        sold|sell|selling|pawned|pawning ~2 my ~2 car|bike|phone|laptop|ring|guitar|console|tv|stuff|jewelry|jewellery|house ~5 sub*|tip*|you|your|rent|pay|afford|eat|bills
        switched|cut|turned|shut|disconnected ~1 off ~2 electric*|gas|power|heating|water|lights|phone
        electric|electricity|gas|power|heating ~2 switched|cut|turned|shut ~1 off
        put|bet|staked|gambled|risked ~1 the|my|our ~1 mortgage|rent|savings|house|wages|paycheck ~1
        eating|living_on|live_on|surviving_on ~1 noodles|ramen|beans|rice|toast|bread ~6 tip*|money|broke|you|afford|cos|because
        loan_sharks|bailiff*|debt_collect*|collectors|repo|landlord ~4 call*|phone*|door|threaten*|knock*|after|coming|letter|out|harass*|pay
        spent|spend|spending|blew|blown|wasted|gave|tipped|sent|dropped ~3 wage|wages|salary|pay|paycheque|paycheck|benefits|disability|pension|savings|rent_money|student_loan|redundancy|overdraft|universal_credit
        %pay|make|pay ~1 rent|mortgage|bills $ !<can|i_always
        cant|couldnt|wont ~2 make|pay|cover|afford ~2 rent|mortgage|bills|nappies|diapers|formula
        kids|children|baby ~4 hungry|nothing_to_eat|no_food|starving !<the
        skip*|skipping|missing ~1 meals ~4 afford|money|broke|pay|$
        heating|electric|electricity|gas|power|lights|water|internet|phone ~2 cut_off|shut_off|turned_off|disconnected|off_because
        rent|mortgage|bills|loan ~4 late|overdue|behind|due ~6 out|evict*|kick*|broke|no|cant|dont|nothing|help|short
        dont|no|cant ~3 know|have ~4 how|money|enough ~4 rent|food|eat|bills|live|kids|survive|groceries|mortgage|gas
        lost|losing|lose ~2 job|house|home|apartment|everything|savings ~1
        everything|all_i_have|all_my_money|my_savings ~3 on_you|to_you|gone|on_this|betting|casino
        financially ~2 ruined|struggling|broken|screwed|destroyed|drowning
        credit|cards|card ~3 maxed|declined_again_no|over_limit|debt
        wife|husband|partner|gf ~4 find_out|kill_me|leave ~4 spent|money|cards|debt
        cant|shouldnt|should_stop ~3 afford|spend ~3 anymore|kids|rent|broke|savings|debt
        lost|losing|lose my|his|the ~1 job|work|apartment|flat|house|home|business|savings|salary|paycheck|wages !bet|key*|phone
        lost ~1 everything|all_my_money|all_my_savings|it_all ~4 bet*|casino|gambl*|poker|slots|crypto|stocks|trading|crash
        got|was|been|getting|im|i_am|just fired|laid_off|let_go_from|made_redundant|sacked|terminated !up
        unemployed|jobless|out_of_work|no_job|without_a_job
        cant|cannot|can_not|couldnt|cnt|unable|dont_know|struggling|not_able|barely|hard_to|how_will_i|how_am_i ~4 %pay ~3 %need
        cant|cannot|couldnt|barely afford ~1 food|rent|eat|groceries|live|meds|medicine|anything|to_eat|to_live|bills|gas|medication
        behind|late|missed|overdue|short|owe ~3 rent|mortgage|bills|payments|loan|loans|taxes|child_support !back
        evict*|foreclos*|bankrupt*|repo_man|repossess*|eviction
        homeless|living_in_my_car|sleeping_in_my_car|couch_surfing|sleep_in_my_car|on_the_streets|on_the_street|kicked_out|kicking_me_out|nowhere_to_live|thrown_out_of_my|nowhere_to_sleep
        bank|landlord ~3 taking|takes|took|repossess*|seiz*|kick* ~2 house|home|car|me_out|us_out
        drowning|in|buried|deep|massive|huge|crippling|much|lot_of|gambling|pay_off|paying_off|my|so ~2 debt|debts|dept
        owe ~4 loan_shark|bank|thousands|money|k|grand|rent
        loan_shark*|debt_collector*|collection_agency|payday_loan*|collectors
        gambl* ~5 away|all|debt|salary|money|lost|addict*|savings|everything|rent|paycheck|problem|again
        lost|blew|blown|spent|wasted|lose ~6 gambling|betting|casino|bets|slots|poker|roulette|blackjack|sports_bet*
        addicted ~2 gambling|betting|casino|spending
        spent|spend|spending|blew|used|wasted|gave|tipped|sent|blowing ~2 last|savings|saving|rent|salary|paycheck|entire|food|grocery|grocer*|tuition|inheritance|pension|everything_i|all_my|whole|kids|welfare|unemployment|student_loan !hour|hours|day|days|night|nights|week|weeks|minute*|few|year*|month*|weekend|two|morning|time|summer|evening|attention|love|energy|life
        last|rent|grocery|food|bill money|dollars|20|10|50|100|bucks|cash|savings ~2 on ~2 you|u|your|ur|this|here|vids|videos
        max*|maxed ~1 out ~3 card|cards|credit|limit
        no|any|zero|havent|without|dont_have|ran_out_of|out_of ~2 money ~2 food|eat|left|rent|survive|kids|live|bills|groceries|until|till|gas !<theres
        havent|havnt|not|didnt|hvnt ~1 eaten|eat|ate ~4 day|days|money|broke|afford !<why
        broke ~4 eat|food|rent|homeless|desperate|cant|starving
        flat_broke|dead_broke|completely_broke|financial_trouble|financial_problems|financially_ruined|financial_ruin|money_problems|money_troubles|in_the_red|overdrawn|account_is_empty|bank_account_is_negative|account_is_at_0|living_paycheck|food_bank|food_stamps|power_got_cut|cut_off_my_electric*|turned_off_my_electric*|selling_my_stuff|sold_my_car|pawned|sell_my_car|sell_my_blood|borrowed_money|took_out_a_loan|take_out_a_loan|another_loan
        wife|husband ~4 found ~4 spent|debt|card|money|savings
        cant_stop|spending_problem|spending_too_much|spent_too_much|spent_way_too_much|addicted_to_spending|ruining_me_financially ~2 spending|money|on_you|$|savings
    ",
    refund_dispute: "
        never|didnt|not|havent ~2 authori*|approve*|agree*|make|consent* ~3 payment|charge|transaction|purchase|subscription
        cancel ~4 money|refund|back
        promised|owe|owed ~3 video|vid|custom|photos|call|content ~8 nothing|money|cash|refund|never|back|still
        blocked|block|ghosted|ignored|ignoring ~2 after|once|when|as_soon ~4 paid|pay|payment|sent|money|bought|tip*
        paid|sent_money|payment|tipped ~5 blocked|ghosted ~1
        every|each|all ~1 penny|cent|dollar|dime|quid|euro|pound|rupee ~2 back|returned|refunded
        bank|paypal|visa|mastercard|card_company ~3 dispute|disputing|reverse|cancel|claim|chargeback|fraud|refund|section_75
        dispute|disputing|disputed ~3 bank|charge|this|it|payment
        con|conned|absolute_con|total_con|robbery|daylight_robbery ~4 money|back|refund|want|paid !<movie
        you|u|she|they|page ~3 scammed|conned|robbed|ripped|cheated|tricked|fooled|played me
        my ~1 refund|reimbursement !policy
        paid|bought|ordered|tipped|sent ~12 refund|dispute|report|chargeback|money_back|scam*|nothing|never|rip_off|ripped|fake|ghosted
        want|need|get|give ~2 my|me ~1 money|cash|dollars|payment|$|50|100 ~1 back
        this_is_fraud|this_is_theft|this_is_robbery|you_robbed|daylight_robbery|you_stole|total_scam|such_a_scam|feel_scammed|feel_cheated|got_cheated|contact_my_bank|calling_my_bank|call_my_bank|my_bank_will|small_claims|lawyer|consumer_protection|report_this_account|report_your_account|reporting_you|report_you !<not
        want|need|demand|give|gimme|get|got|like|where|wheres|send|pay|refund|return|expect|deserve|have|hand|require|can_i|let ~4 money|cash|payment|mony|dollars|bucks|tokens|stars|funds|coins|cents|50|20|100|30|40|200 ~1 back|bak|returned|refunded !guarantee*|home|to_you
        give|gimme|send|transfer|pay back|me_back my|me|the money|payment|cash|dollars|bucks
        my money back !guarantee*
        return my|the money|payment|cash
        want|need|demand|demanding|request*|asking|expect|give|gimme|get|like|deserve|require|issue|process|owe|owed|where|wheres|waiting|immediate|full|partial|instant ~4 refund|refunded|reimburse*|refundd|refnd !policy|policies|rules|button
        refund|reimburse|refnd me|my|now|this|it|asap|please|pls|plz|immediately|or|today|right_now|the_money|everything|us
        refund $ !<policy|a_quick
        chargeback*|charge_back*|chargebck
        charge|charging|charged|reverse|reversing|revers* ~3 back|payment|transaction|charge ~3 bank|card|visa|$ !phone|battery|home|up
        dispute|disputing|disputed|disputes|contest|contesting ~4 charge|charges|payment|payments|transaction|bank|paypal|card|purchase|this|it|visa
        open|opened|opening|file|filed|filing|start|started|made|making ~2 dispute|claim|complaint|chargeback|case
        call|calling|called|contact|contacting|contacted|tell|telling|told|report|reporting|talk ~4 my bank|credit_card|card_company|visa|mastercard|paypal ~2
        report|reporting|reported|sue|suing you|u|this|ur|the_page|scam|fraud ~4 police|bank|telegram|fraud|scam|admins|support|paypal|fbi|money|$|cops|authorities|lawyer
        scam|scams|scamm|scammy|scem|skam !<about|movie|film|book|song|documentary|podcast !movie|film|call|calls|email|emails
        scammer*|scammed|scamming|scamer|scamed !<on_ebay|movie|film
        fraud|fraudster|con_artist|crook|swindl* !<about|movie|film|fight !movie|department
        youre|you_are|ur|u_are|you|u|are ~2 thief|theif|liar_and|cheat|crook|thieves|robber
        took|take|taking|stole|stealing|steal|kept|keep|keeping|robbed|ate my|me|our|peoples ~2 money|cash|dollars|bucks|payment
        stole|robbed|ripped|ripping|cheated|conned|tricked|swindled me|my_money ~2
        ripped_off|rip_off|ripoff|ripped_me|got_ripped|total_rip
        never|didnt|havent|hasnt|not|nothing|wheres|where_is|still|yet|wasnt|without ~4 got|get|received|recieved|receive|sent|send|delivered|unlocked|arrived|came|deliver|getting|show ~8 paid|bought|ordered|purchased|pay|payed
        paid|payed|bought|purchased|ordered|pay|charged|sent_you|gave_you ~10 never|didnt|nothing|not|havent|wasnt|wont|cant|no|nuthin|empty|fake|blocked|ignor*|hasnt|doesnt ~4 got|get|received|recieved|receive|sent|send|came|delivered|arrived|unlocked|open|work|video|deliver|what|anything|in_return|me|happen* !<will|when_i|as_i|once_i|enough|havent|havnt|not_yet|want_to
        charged|billed|took|debited ~2 me|my_card|twice ~1 twice|double|again|two_times|wrong|without|extra|2|3|two|three|for_nothing|for_something
        charged_twice|double_charged|charged_double|unauthorized_charge*|unauthorised_charge*|didnt_authorize|never_authorized|without_my_permission_charged|charged_without
        fake ~2 account|page|profile|content ~6 money|paid|refund|scam
        waste_of_money|false_advertising|not_what_i_paid|misleading|bait_and_switch|not_worth_what_i_paid|not_as_described|false_advert*
        cancel|cancelling|canceling ~5 refund|money|charge
    ",
    harmless: harmless::HARMLESS,
    other_ages: "
        teach*|teacher|tutor|coach|nanny|mum_of|dad_of|my_student*|my_pupils ~6 year|grade|form|school|maths|class
        school ~5 teach|teacher|i_work
        year|grade ~2 ## ~2 class|students|pupils|kids ~1
        daughter|son|kid|kids|sister|brother|niece|nephew|cousin|child|grandson|granddaughter|stepson ~5 year|grade|form|school|middle_school|high_school|freshman|sophomore
        when|since|back_when|age|until|before|at|after i_was|i_turned|i_were|i_am|i_turn|the_age_of ~2 %age ~1
        when|since|was|from|at|until i|im|age|the|i_was %age
        was|were ~1 # !now
        son|daughter|brother|sister|kid|kids|niece|nephew|cousin|dog|cat|car|boy|girl|child|grandson|granddaughter|stepson|stepdaughter|she|he|shes|hes|baby ~2 is|are|turned|turns|turning|just|will_be ~2 %age|a_minor|underage
        my # year|yr|yo|years ~2 old
        # years|yrs|year ~2 older|younger|ago|together|married|sober|clean|of_experience|in_prison|experience|later|now
        im|i_am # th|st|nd|rd|in_line|days|weeks|months|minutes|mins
        im_not a_minor|underage|a_child|under_18|a_teenager
        i_am_not|no_im_not a_minor|underage|under_18|a_child
        not|isnt ~1 for minors|kids|children
        # ~2 year_old whiskey|scotch|car|laptop
    ",
    urges_harm: "
        you|u ~2 should|could|can|must|need_to|ought_to|deserve_to|better|may_as_well|might_as_well ~2 die|kill|end|hurt|cut|jump|disappear ~1
        kill|hurt|cut|harm|hang|end|unalive|burn|starve yourself|urself|your_life
        end your life|it_all
        take your_own_life|all_the_pills|the_pills|them_all
        go_ahead|just_do_it|do_it ~4 die|kill|cut|jump|pills|end|hurt|tonight
        i|ill|we|we_could|lets ~2 help|show|teach ~4 die|kill|cut|end|hang|suicid* ~1
        world|everyone|they|family ~3 better ~2 without you
        nobody|no_one|noone would ~1 miss|care|notice ~3 you|if_you
        lets die|die_together|end_it_together
        die ~1 together|with_me|for_me
        cut|cutting ~2 for_me|deeper|show_me
    ",
    courts_minor: "
        age_is_just_a_number|age_is_only_a_number|age_doesnt_matter|dont_care_how_old|dont_mind_your_age|i_dont_care_about_your_age|your_age_doesnt|your_age_is_fine
        youre|you_are|ur|only|being|you_look|for_a|my ~1 %age !%unit|of
        love|like|prefer|into ~2 young|younger|teen|teens|underage|little_girls|little_boys|minors|schoolgirls|schoolboys ~1 girls|boys|guys|ones|$ !hearts|artists
        our_little_secret|our_secret|dont_tell_your_parents|dont_tell_your_mom|dont_tell_your_mum|dont_tell_your_dad|your_parents_dont_need|your_mom_doesnt_need|delete_this_chat|delete_our_chat
        young_but|so_young_and|barely_legal|not_legal_yet|jailbait
        lie_about_your_age|say_youre_18|say_you_are_18|just_say_18|just_click_18|pretend_to_be_18|pretend_youre_18
        after_school ~5 naughty|fun|pics|alone|sexy
        i_wont_tell ~3 age|young|$
    ",
    slips: "suicide suicidal myself overdose funeral chargeback refund scammer evicted eviction fifteen sixteen seventeen fourteen thirteen \
        unalive gambled gambling blackmail ambulance miscarriage homeless",
};
