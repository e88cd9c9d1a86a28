//! What only sounds like a signal in English.

/// Lines as `pattern.rs` describes them; their classes are those of the lexicon.
pub(super) const HARMLESS: &str = "
    want|wanna|feel|feeling|fancy|like|gonna|going|able|have|having ~2 wake|waking|get|getting ~1 up ~4 early|at_##|for_work|for_school|before_##|monday|mondays|this_early|that_early|so_early|for_the_gym|for_my_shift
    take|takes|taking|took|taken|swallow|swallowed|popped ~4 vitamin*|supplements|multivitamin*|omega|magnesium|probiotics|zinc
    vitamin*|supplement|magnesium|zinc|iron|omega pills|pill|tablets|capsules
    in_your_debt|in_ur_debt|debt_of_gratitude|indebted_to_you|indebted_to_u|owe_you_a_debt|owe_you_one
    lost|lose|losing my ~1 baby ~0 blue|pink|yellow|green|shoes|phone|photos|pics|teeth|weight|fat
    beat|beats|beating|beaten|destroys|kills|slaughters|murders me|us|him ~1 at|in ~1 chess|scrabble|cards|fifa|monopoly|darts|badminton|golf|snooker|bowling|checkers|backgammon|uno|smash|tekken|madden|2k|everything
    want|wanna|die|dead|kill* ~3 in a good|best|nice way
    sold ~1 my ~1 car|bike|phone|house|stuff ~2 got|bought|finally|upgraded|and_bought
    in ~2 play|musical|sketch|skit|roleplay $
    casino royale
    bridge|roof|rooftop|balcony|cliff|ledge|platform|edge ~6 fireworks|view|sunset|sunrise|photo|photos|selfie|gorgeous|beautiful|pretty|stars|party|beer
    fireworks|view|sunset|photo|photos|selfie|party ~5 bridge|roof|rooftop|balcony|cliff
    walk ~2 along the? ~1 cliff|edge|bridge
    charity|thrift|goodwill|oxfam ~4
    gave|give|giving ~1 away ~6 charity|thrift|goodwill|salvation|vinted|ebay
    dont|doesnt|cant ~1 know how ~1 to? use|work
    go on without
    go_on|going_on ~1 holiday|vacation|a_date|a_trip
    heaven ly
    last ~0 day|night|week|weekend ~2 of|at|on ~1 holiday|holidays|vacation|work|school|term|uni|the_job|trip|tour|sale|my_job|the_festival|summer
    cant|cannot ~1 take|do|handle ~1 it|this ~1 anymore|any_more ~1 youre|you_are|ur|shes|hes|its ~1 too|so
    jump|run|walk ~2 off|through|into ~2 cliff|bridge|fire|traffic|train for ~1 you|u|ur|your
    id|would|i_would|ill ~1 jump|die|kill|walk|take_a_bullet ~5 for ~1 you|u|ur|your|her_abs|that|a ~1
    lost ~1 my ~1 job|work|interview interview|nerves|badge
    end|death of me
    hang|hanging|hung ~1 out
    serial killer*|killers
    killed|kill|beat|beaten ~3 boss|bosses|dragon|ganon|malenia|monster
    teacher ~2 here|coming ~2 to_see_you|im_a|my_class
    im_a|i_am_a|as_a teacher
    %news ~9 %grim ~4 %grim
    heat|cold|weather|work|job|monday|mondays|exam|exams|homework|hangover|jetlag|diet|traffic|commute|gym|legs|feet|shoes|heels|schedule|deadline|deadlines|boss|back|allergies|period|cramps|suspense|waiting|wait|curiosity|this|that|you|ur|your|outfit|smile|cliffhanger|pollen|hayfever|bills|shift|uni|maths|cravings|internet|wifi|lag ~3 gonna|going_to|will|is|are|ll|be|so|almost|nearly|literally ~2 kill|kills|killing|death|murder|kill_me|the_death
    mum|mom|mam|dad|boss|wife|gf|girlfriend|teacher|manager|coach|trainer|sister|brother|bestie|nan|landlord|roommate|flatmate|missus|parents ~3 kill|murder|strangle|skin|shoot|throttle me|us ~1 if|when|for|over|cos|cause|because|lol|haha*|$ !i_tell|i_leave|i_go_to_police|i_talk|i_say|i_ever
    bf|boyfriend|husband|hubby|she|he ~3 kill|murder|strangle|skin|shoot|throttle me|us ~1 if|when|for|over|cos|cause|because|lol|haha* !i_tell|i_leave|i_go_to_police|i_talk|i_say|i_ever
    dead|deadly serious|tired|gorgeous|set|on_my_feet|inside_lol|giveaway|famous|sexy|good|line|lift*|funny
    lost|losing|lose ~1 my mind|head|voice|marbles|appetite|temper|way|track|virginity|breath|place
    killed|died|dead|dying|dies|die ~4 warzone|fortnite|cod|minecraft|elden_ring|dark_souls|valorant|game|level|boss|lobby|round|match|server|raid|dungeon|ranked|league|gta|roblox|apex|pubg|hardcore|respawn*|checkpoint
    %story ~7 %grim
    %grim ~6 %story !and|but_i
    %news ~9 %grim
    %grim ~5 %news
    death_by_chocolate|death_by_snu_snu|to_die_for|killer_abs|killer_legs|killer_body|killer_heels|killer_look|killer_smile|kill_it|killed_it|killing_it|slay*|youre_killing_me|you_kill_me|ur_killing_me|kill_for_a|kill_for_some|would_kill_for|could_murder_a|murder_a|photo_shoot|die_hard|die_hard_fan|bite_the_dust|deadline|dead_end|dead_battery|dying_my_hair|dye_my_hair|over_my_dead_body|drop_dead|scared_to_death|bored_to_death|worried_to_death|love_you_to_death|love_u_to_death|sick_to_death|starving_lol|i_died|im_dead|im_deceased|rip_me|rip_my_wallet|kill_me_now|kms_lol|fml|shoot_me_now|just_kill_me ~1 !i_want|please_i
    someone|woman|man|guy|lady|people|girl|couple|grandma|pensioner ~2 who|that|got|was|were ~2 scammed|defrauded|robbed|conned|catfished
    # degrees|percent|pm|am|c|celsius|outside|below
    dont|do_not|wont|never ~2 refund|want_a_refund|need_a_refund
    last message|text|msg ~3 about|was|said|got|didnt_send|you_sent|u_sent|before_bed
    %pills ~3 for ~2 headache|back_pain|allergies|migraine|flu|cold
    boss|wife|gf|girlfriend|mom|mum|teacher|manager|trainer|hubby|roommate ~2 gonna|going_to|will|would|wanna|is_gonna|ll kill|murder me
    boss|wife|gf|girlfriend|mom|mum|teacher|manager will_kill|gonna_kill|would_kill me
    suicide by
    gambling on
    in debt to you|u
    bet you|u|i|ur|your
    rest_in_peace|rip ~1 to? my ~1 diet|sleep|wallet|social|phone|inbox|bank|gains|productivity|savings
    at mario|chess|fifa|pool|poker|cards|tennis|mario_kart
    no_place_like
    die|dying|dead for|to_see|to_have|to_get|to_meet|to_know|to_try
    want|wanna|gonna|could|will|ill|might|about ~1 die ~3 laughing|laughter|cringe|embarrassment|happy|from_cuteness|of_cuteness|of_boredom|boredom|in_your_arms|of_hunger|of_heat|from_embarrassment|in_your
    suicide squad|silence|boys|girls|kings|doors|door|mission|bomb*|prevention|awareness|run|pass|squeeze|watch_party|burn|grip|lane|race|room
    suicideboys|suicidegirls|suicidal_tendencies|virgin_suicides|career_suicide|political_suicide|social_suicide|commercial_suicide|financial_suicide|assisted_suicide_law
    song|songs|movie|film|book|album|band|episode|show|series|documentary|podcast|game|novel|lyric|lyrics|character|actor|singer|play|scene|plot|anime|manga ~4 suicid*|die|kill|end|killed|dies|died|self_harm|unalive*|scam*|fraud|raped|murdered|funeral|stalk*
    suicid*|self_harm|fraud|scam|scams|scammer* ~3 song|movie|film|book|album|band|documentary|podcast|novel|scene|episode|awareness|lecture|statistics|article|essay|thesis|paper
    not|never|isnt|wasnt|no ~1 suicidal|suicide
    not|never|dont|wouldnt|wont|didnt|would_never ~3 kill|hurt|harm|cut|hang|end %me|%life !anymore|because
    dont|never|not|didnt ~1 want|wanna|wanting ~1 to? die !but|alone
    kill|kil|killed|killing|hurt|starve|burn|choke|cut|harm %me ~3 laughing|studying|at_the_gym|gym|working|training|tripping|falling|lifting|playing|skating|shaving|cooking|chopping|opening|running|jogging|slipping|in_minecraft|in_the_game|on_the_stairs|down_the_stairs|skiing|on_a_knife|on_paper|dancing|sunbathing|on_the_oven|on_the_stove|to_lose_weight
    accident*|by_mistake ~2 cut|hurt|burn*|killed %me
    cut|hurt|burned|burnt %me ~2 accident*|by_mistake|by_accident
    cut %me some|a|off|shaving|out|open_laughing|opening|with_paper|on
    end|ended|ending it with|on_a|here
    cut|cutting|cuts ~1 my hair|nails|bangs|finger|steak|grass|lawn|losses|hours|pay
    bored|boring|tired ~2 killing_time
    killing|kill|kills time|it|two_birds|the_boss|boss|zombies|the_lights|the_mood|the_vibe|the_engine|enemies|mosquito*|bugs
    dont|not ~2 want|wanna ~1 be|wake_up ~1 here at|from_this_dream|early|for_work|this_early
    jump|jumping|throw|throwing ~1 in|into|on ~2 shower|pool|bed|sofa|couch|bath|car|call|bandwagon
    jump off the diving_board|plane|couch|bandwagon
    cant|couldnt|dont_want_to|dont_wanna|never live|living without ~1 your|ur|this|these|that|coffee|music
    no|whats|isnt|not ~3 point ~2 of|in|to going_to|go_to|going_out
    nearly|almost|practically|gave_me|give_me|giving_me ~2 heart_attack|stroke
    take|takes|taking|took my|your breath
    following|follow|follows|followed|stalk*|stalking me|you|ur|your ~2 on|back|insta*|ig|twitter|tiktok|page|here|profile
    stalking|stalked|stalk your|ur|you
    hits|hit|hits me different|up|like_a|with_that|with_the_feels|in_the_feels|hard_with|me_up
    beat|beats|beating me ~2 at|in|to|off|in_the_game|by
    minor inconvenience|issue|problem|detail|thing|update|bug|league*|key|scale|chord
    cant|cannot|couldnt ~1 afford ~2 lose|miss|mistakes|distract*|wait
    afford your_vip|your_love|it_right_now|your_prices|the_vip
    what|whats|how|your|the|any|is_there ~3 refund|refunds|return|money_back ~1 policy|policies|rules|guarantee|work|process
    do|does|are|is|if|how ~3 refunds|refundable
    do_you|does_it|can_you ~1 do|offer|give|accept|allow|have refund|refunds
    no need|worries|refund_needed ~3 refund|money_back
    dont|not|never ~2 need|want|wanting ~2 refund|my_money_back
    not|isnt|aint|arent ~2 scam|scammer|fraud|scamming|fake
    is_this|are_you|how_do_i_know|sure|hope|worried|afraid|promise ~4 scam|scammer|legit_or
    funeral for_a_friend
    my_own_funeral|at_your_funeral
    drop_dead gorgeous
    fired up
    lost my ~1 dog|cat|baby ~1 toy|leash|collar|weight|hat
    black widow
    overdose of cuteness|love|sugar
    overdosed|overdosing|overdose on ~2 cute*|coffee|sugar|chocolate|vitamin*|pizza|caffeine
    high_school ~2 reunion|teacher|sweetheart|musical|friends
    in|since|during|from|back_in high_school ~4 was|were|used_to|had|we
    dead|died|die|dies|killed ~3 in_the_movie|in_the_game|in_game|in_fortnite|at_the_end|last_episode|season|of_thrones|in_the_show
    phone|battery|laptop|car|wifi|controller|internet|plant|console|pc ~2 died|dead|dying
    job|work|boss|gym|trainer|coach|workout|teacher|leg_day ~2 beats|kills|killed|beat me
";
