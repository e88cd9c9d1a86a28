//! What those say in English who may harm themselves.

/// Lines as `pattern.rs` describes them; their classes are those of the lexicon.
pub(super) const SELF_HARM: &str = "
    scars|scar ~4 cutting|self_harm|selfharm|blade|razor|cuts
    scared|afraid|worried|frightened|terrified|dont_trust ~4 what ~2 do|might_do ~2 myself|tonight|$
    scared|afraid|worried ~5 do|doing ~1 something|smth ~2 stupid|myself|bad|silly|drastic
    dont|not ~2 think|gonna|going|wont ~3 be|last|make_it ~2 around|here|alive ~2 longer|much|long|next !at|work|party
    do|did|done|doing ~1 something|smth ~1 to ~0 myself
    %pills ~4 bought|ready|ordered|stashed|saved_up
    bought|got|ordered|buying|found|saved_up|stashed ~2 rope|noose|gun|razor|blades|enough_pills|pills|charcoal|helium|poison ~2 !climbing|fishing
    my last christmas|birthday|winter|summer|new_year|weekend|week|year !as|of_school|of_uni|at
    disappear ~2 for_good|forever|completely
    end_it_there|end_it_tonight|end_it_now|end_it_soon|ending_it_tonight|end_things_tonight|end_it_for_good
    only|all|constantly|always ~3 think|thinking|thoughts ~2 about|of ~2 death|dying|die|killing|suicide
    feel|feeling|so ~2 empty|numb ~4 die|dying|dead|death|disappear|end
    so|im ~1 done ~1 with|w ~0 life|living|everything_and|existing
    taking|take|takes|took|waste|wasting ~2 up_space|space|oxygen|everyones_time|air !in_my_closet|on_my_phone
    relapsed|relapse ~6 thighs|wrists|arms|legs|scars|cut|blood
    thighs|wrists|forearms ~3 mess|shredded|covered|ruined|bleeding|raw|wrecked
    razor|blade|razors ~5 hour|bath|hand|staring|wrist|skin|held|holding
    bath|bathroom|shower|floor ~3 razor|blade|pills|knife
    whats|what_is ~1 the? ~0 use|point ~1 $|of_me|of_living|anymore|of_trying
    not|isnt ~2 be|being|meant ~2 in_this_world|on_this_earth|of_this_world|on_this_planet
    world|life ~1 isnt|is_not|not|too ~2 for_me|hard_for_me|heavy_for_me
    want|wanna|wanting|wish|ready|going|gonna|soon|could ~3 be|go|join|follow|see|meet ~3 heaven|up_there|in_the_sky|other_side|afterlife !knock*
    burden ~2 my|the|my_family|people|mum|kids|them|others|anyone
    dont|do_not|tired|sick|done ~3 being|be ~1 a? burden|problem_to_everyone
    cant|cannot|tired_of|done ~2 pretend*|faking|fake ~3 ok|okay|fine|happy|anymore|smile|im
    wont|not|never ~1 be ~1 here|around|alive|with_you|online ~2 next|tomorrow|anymore|much_longer|after|by|for_christmas|in_the_morning|when !at|work|gym
    best|easy|easiest|quick|quickest|painless|fastest|peaceful ~2 way|method|ways ~2 go|leave|out|end|die|exit ~3 pain|painless*|suffering|quickly|peacefully|easily
    what|whats|which ~2 easiest|quickest|painless|best ~2 way ~2 go|end_it|die|disappear
    looking|look|staring|stare ~1 down ~5 hour|jump|bridge|roof|water|cars|traffic|edge
    bridge|roof|storey|ledge|balcony|tracks ~5 looking|staring|look ~1 down|over|at_the_water
    sorted|put|putting|getting|got ~2 my ~0 affairs|things ~1 in_order|out|ready|together|order $
    sorted_out_my_affairs|affairs_are_in_order|affairs_in_order|cutting_helps|cutting_isnt_enough|cutting_calms|cutting_makes|pain_makes_me_feel_something|i_deserve_the_pain|burned_myself_with|cut_too_deep|cut_deeper|cut_deep_this
    want|wanna|need|just ~3 it|everything|all ~1 to? ~0 stop|end|be_over|go_away|go_quiet ~2 all_of_it|forever|for_good|for_once|$ !raining|snowing
    %pills ~4 %front
    got|have|holding|sitting ~5 %pills ~4 and ~4 enough|courage|goodbye|sorry|all|end
    standing|sitting|stood|sat|here|im ~2 on|at|by|near ~2 %edge ~6 jump|end|goodbye|over|sorry|bye|courage|scared|last|water
    standing|stood on|at ~1 the|a ~2 edge|ledge|bridge|roof|rooftop|tracks|platform !of_glory|of_my_seat
    wrote|written|writing|finished ~2 letters|notes|my_will ~3 $|already|everyone|family|parents|mum|mom|kids|them|all
    letters|notes ~2 written|ready|done|wrote
    no|isnt|any|see|not ~1 point|reason|meaning|purpose ~2 anymore|any_more|anymore_i|to_anything|to_any_of_this|in_anything|of_me|carrying_on|in_carrying_on|going_on|in_going_on|in_trying_anymore
    nothing matters|helps anymore|any_more
    whats|what_is the point ~1 of_me|anymore|any_more|of_anything
    this|its|is ~2 my_last|the_last ~1 message|text|goodbye|night|day|time_we_talk|time_ill|msg
    last message|msg|text from_me|ill_send|i_send|ever|you_get|youll_get|before
    finally|soon|tonight|tomorrow|will|ill ~4 at_peace|rest_in_peace|be_free_of_it|be_free_from_this|be_free_from_all|sleep_forever|be_over_for_me|no_more_pain|all_be_over|it_ends|it_all_ends|everything_ends|be_with_the_angels
    gave|giving|given|give ~2 away ~3 my|all ~2 stuff|things|clothes|belongings|dog|cat|everything|guitar|games|possessions
    wont_need|dont_need|not_gonna_need ~1 it|them|anything|any_of_it|money|my_stuff ~2 after|where_im_going|anymore_anyway
    step|stepping|walk|walking|jumping|jump|run|lie|lay|throw_myself ~3 in_front_of|front_of|under|onto|into ~3 tube|train|tracks|lorry|traffic|truck|bus|metro|subway|car|cars|motorway|road !selfie
    voices|brain|head|mind ~3 tell*|say*|scream* ~3 me ~4 hurt|die|jump|step|kill|cut|end|worthless|do_it|burden
    burden|waste_of_space|waste_of_oxygen|dead_weight ~3 to|on|for ~1 everyone|everybody|my_family|my_mum|my_mom|my_parents|them|people|all|my_kids
    im|am|feel|like ~3 burden|waste_of_space|waste_of_oxygen|waste_of_air
    cant|cannot|can_not ~1 do|take|bear|stand|handle ~1 this_life|life|living|being_alive|the_pain|it_all|existing ~1 anymore|any_more|any_longer|no_more|$
    cant|cannot|can_not do_this anymore|any_more|any_longer $ !this|the|these|its|my
    i|just|really ~2 dont|do_not|didnt ~1 want|wanna|wan|wanted|fancy|feel_like ~1 to? ~1 be_here|exist|be_alive|wake_up|live|breathe|be_around|carry_on|keep_going ~1 $|any*|tomorrow|no_more
    hope|wish|pray ~3 dont|never|didnt|not|wont ~1 wake ~1 up
    rather|wish|hope ~3 asleep|sleep ~2 forever
    tried|attempted|attempt ~4 end|ending|kill|suicid*|overdose|top ~1 it|myself|last|my_life
    top|topping myself
    ended_up|was|been|back ~3 hospital|ward|psych* ~6 attempt*|tried_to|overdose|suicid*
    dont|do_not|not ~2 trust|safe ~2 with|around|alone ~1 myself|me|pills|knives
    nobody|no_one|noone ~2 would|will|wud|gonna ~1 even? ~1 notice|care|miss|cry|remember ~3 gone|was_gone|disappear*|died|dead|me|left|wasnt|vanish*
    think|thinking|thought|thoughts ~2 about|of ~2 ending|dying|not_waking|leaving_this|suicid*|hurting_myself|not_being_alive
    everything|everyone|they|world|kids|family|wife|parents|mum|mom|people ~3 better_off|happier|easier|better ~2 without me|if_i|once_im|when_im|with_me_gone
    world|place ~2 without me_in_it|me
    drink|drank|take|took|swallow* ~2 poison|bleach|antifreeze|rat_poison|cyanide
    want|wanna|need|make|wish|just ~3 it|everything|pain|hurting|this|noise|thoughts ~1 to? stop|end|over|go_away ~1 forever|for_good|permanently|for_ever|already_i
    wouldnt|would_not|dont|wont ~2 mind|care|worst|bad|be_sad ~6 hit|died|die|dead|dying|killed|kills ~1
    hope|wish|if|wouldnt ~4 car|truck|bus|train|plane ~2 hits|hit|crashes|crashed|runs|ran me|over|and_i
    telling|tells|tell|voices|voice|head|mind|urge|want ~3 to jump|die|hurt_myself|cut|do_it|end_it|kill !rope|on_a_call|in|on
    no|any|nothing|lost|zero ~2 reason|point|purpose|will|strength|energy|meaning ~2 breath*|breathe|breathing|wake|waking|alive|exist|existing|stay|live|fight|here
    pain|hurts|hurting ~4 over|end|stop ~2 forever|for_good|permanently
    i|id ~2 rather|better|prefer ~2 dead|die|not_alive|not_exist|not_be_here|gone_forever
    world|life|everyone ~3 better ~2 without me|if_i
    cant|dont|not ~3 see ~2 future|tomorrow|way_out|point|light
    done|finished|through|over ~1 with ~1 life|living|this_life|this_world|existing
    burden ~5 everyone|family|all|people|dead|gone
    wrote|writing|written|leaving|left ~2 goodbye|suicide|farewell|final
    said|saying|say ~1 my goodbyes
    imagin*|thinking|thought|think|want|wanna|urge|fantasi*|could ~4 driv*|crash*|steer*|swerv* ~4 tree|wall|bridge|traffic|cliff|oncoming|pole|river
    swallow*|take|taking|drink|drinking|down|downing|chug* ~2 whole|entire|full|all_the ~1 bottle|pack|packet|box|prescription !of_wine|wine|of_beer|whiskey|of_water|vodka
    arms|arm|legs|thighs|thigh|wrist|wrists|body ~4 cuts|scars|cut_up|slashed|razor_marks|covered_in_cuts
    fresh cuts|scars ~2
    if|hope|wish|rather|glad ~3 didnt|dont|not|never ~1 wake|wakeup ~1
    have|got|made|picked|chose ~2 plan|date|method|spot|day|way ~3 die|end|kill|suicid*|jump|hang|picked_out|to_do_it|my_death
    nobody|no_one|noone|no1 ~2 needs|wants|loves|likes me ~4 dead|die|gone|disappear|alive|live|point|end
    dont|do_not ~1 think|know ~3 make_it|survive|last|keep_going ~2 tonight|through_the_night|another_day|much_longer|another_night|alive
    last|final ~2 day|night|message|time ~3 alive|talk_to_you_ever|on_earth|on_this_earth|before_i_die
    put|putting ~2 end ~2 %life|it_all|myself|my_misery|my_pain
    cant|cannot|dont_want_to|dont_wanna|tired_of ~1 fight|fighting|live|keep_fighting|do_life ~1 anymore|any_more|any_longer|the_thoughts
    id_be_better_off_dead|might_as_well_die|might_as_well_be_dead|should_just_die|should_be_dead|rather_die|ready_to_die|ready_to_go_for_good|cant_wait_to_die|let_me_die|just_let_me_die|want_it_all_to_end|want_everything_to_end|want_it_all_to_stop|want_everything_to_stop|make_it_all_stop|dark_thoughts|intrusive_thoughts_to|pull_the_trigger|shoot_my_brains|blow_my_brains|slit_my|drink_bleach|drank_bleach|bleed_out_in|burn_my_skin|starving_myself|starve_myself !for_pizza
    %kill %me
    %kill the_fuck? out_of? %me
    commit* suicid*|self_harm|selfharm|toaster_bath|sudoku|die|not_alive
    suicid*
    sucide|suiside|suicde|scide|soocide|suecide|sewerslide*|sewer_slide|sui_cide|suislide|sewercide
    self_harm*|selfharm*|self_injur*|self_hate_cut
    kms|kmslf|killmyself|endmylife|wanttodie|wannadie|ctb|catch_the_bus !<##|the
    unaliv*|un_alive|unlive
    end|ending|ended|finish|finishing ~1 %life|it_all|everything_tonight
    take|taking|took|takin %life|my_own_life
    want|wanna|going|gonna|ready|thinking|plan|planning|decided|tried|trying|try|will|ill|time|might|about|thoughts|just|tempted|should ~3 end|ending it !with|on|there|here
    %want|wnat ~2 die|dye|dei|dead|dieing !for|laughing|of_laughter|of_cringe|of_embarrassment
    want|wanna|wish|hope|pray|rather ~3 be|was|were|to|had dead|died|die|gone_forever|never_born !for|laughing
    wish|wished|hope ~4 never ~1 born|existed|woken|woke
    wish|wished ~3 i wasnt|werent|didnt|wont|wouldnt ~1 born|alive|exist|existing|here_anymore|wake_up|breathing
    i just? wish ~2 could|would disappear|vanish|cease|stop_existing|stop_living
    want|wanna ~2 disappear|vanish|cease ~2 forever|for_good|completely|existing|to_exist|from_this_world|from_earth
    %not ~2 want|wanna|wana|wish|feel_like|see_myself|deserve|deserving ~2 live|living|exist|existing|alive|continue_living|go_on !with|in|at|next|near|together|without
    %not ~2 want|wanna|wana|wish ~2 here|around|on_this_earth|on_this_planet|in_this_world ~1 any_more|anymore|no_more|any_longer|no_mo
    %not ~2 want|wanna|wana ~1 wake_up|wakeup|see_tomorrow|grow_old|see_another_day ~2 $|any_more|anymore|ever|again|tomorrow|no_more
    no|nothing|any|isnt|not|without|lost|zero|one ~2 reason|point|purpose|sense|will|desire|left ~1 in|to|of|for ~1 live|living|going_on|go_on|continue|continuing|being_alive|life|existing|exist|stay_alive|staying_alive|keep_going|being_here|wake_up
    nothing ~2 to|worth live|living|livin ~1 for
    nothing_to_live_for|nothing_left_for_me|no_future_for_me|dont_see_a_future|no_way_out
    whats|what_is|see|seeing ~2 point|purpose ~1 living|life|being_alive|going_on|of_it_all|existing
    life|living|it|nothing ~2 not|isnt|aint|no|hardly ~2 worth ~1 living|it|livin|anymore
    life|living|existence ~2 pointless|meaningless|worthless|hopeless|unbearable|no_meaning|no_point|too_painful
    better|happier|easier|relieved|glad ~3 without_me|if_i|when_im|once_im ~3 %gone|here|$
    better|happier|easier ~1 off? without_me|w_o_me|wo_me|with_me_gone|if_i_died
    better_off_dead|better_off_gone|rather_be_dead|be_better_dead
    nobody|no_one|noone|nobdy|not_a_soul|who|anyone|anybody|they|wouldnt ~3 care|notice|miss|cry|remember|mind ~5 %gone|i_died|dead
    nobody|no_one|noone ~2 would|will|wud miss|cry_for|mourn me
    world|everyone|everybody|family|people|they ~4 better ~3 without_me|if_i
    tired|sick|done|exhausted|bored|fed_up ~2 with|of ~1 living|life|being_alive|existing|fighting_to_live|breathing
    cant|cannot|can_not|dont_know_how_to|dont_know_if_i_can ~1 go_on|keep_going|keep_living|live_like_this|live_anymore|carry_on|survive_this ~2 $|any*|like_this|living|with_life
    give|giving|gave|given up ~1 on life|living|my_life|everything
    sleep|asleep ~5 never|not|dont|without|forever ~2 wake|waking|woke|$
    never ~1 wake|waking|woke|wakin up
    goodbye|good_bye|bye|farewell ~10 wont|not|never|last|forever|final ~3 be_here|be_around|see_me|message|world|hear_from_me|wake_up|exist
    wont|not|never ~2 be here|around|alive|on_this_earth ~1 tomorrow|any*|much_longer|next_week|for_long|by_morning|in_the_morning|when_you_read
    last ~1 message|night|day|goodbye|words ~3 alive|on_earth|on_this_earth|from_me|ever|before_i_go
    suicide|goodbye|farewell|death ~1 note|letter
    wrote|written|writing|write|writin|left|leaving ~1 the|my|a note|goodbye|goodbyes|will_and
    see_you|see_ya|meet_you ~2 other_side|next_life|after_life|afterlife
    took|take|taking|takin|swallow*|down|downed|eat|ate|pop|od ~4 pills|tablets|meds|sleeping_pills|bottle_of ~2 all|$|at_once|together
    took|take|taking|swallow*|downed ~2 all|whole|entire|bunch|handful|bottle|too_many ~4 pills|tablets|meds|xanax|tylenol|paracetamol
    pills|meds|tablets|xanax|tylenol|bottle ~14 take|took|taking|swallow*|eat|ate ~2 them_all|em_all|all|whole|everything|every
    how_many|enough pills|meds|sleeping_pills|tablets|tylenol|xanax ~5 die|kill|od|overdose|fatal|lethal|end
    %want|just|tried ~3 overdose|od|overdosing
    %want|bout|off|myself|just|jump ~3 jump|jumping|throw|throwing|leap|walk ~2 off|from|in_front|into_traffic|under|out|onto ~3 bridge|building|roof|balcony|train|window|cliff|rooftop|tracks|traffic|truck|bus|ledge|car|$
    jump|jumping off|from a|the|this|that|my bridge|roof|building|balcony|cliff|rooftop|ledge|window
    noose|rope ~3 neck|ready|hang|bought|tied|bedroom
    slit*|cut*|cutting|open|opened|sliced ~2 wrist*|veins|vein
    cut*|cutting|slice*|slit|scars|burn* ~2 my arms|arm|thighs|thigh|legs|wrist*|skin !shaving|cooking|by_accident
    been|started|keep|kept|back_to|stop|again|relapsed|resorted|addicted ~2 cutting|self_harming|burning_myself|cuttin !<hair|grass !down|back|out|carbs|sugar|grass|hair|weight|calories|my_hair|weed|on|corners|class*|ties|the|off
    relapsed ~4 cut|cutting|harm|blade|razor
    %hurt %me ~2 again|last_night|on_purpose|tonight|today|to_feel|because|every|when|so_bad|deliberately|to_cope|whenever|$
    %want|hate|been|started ~5 %hurt %me !with|shaving|cooking
    razor|blade|razors ~4 wrist*|skin|arm|arms|thigh*|ready|in_my_hand
    least|most|painless|easy|easiest|quick|quickest|fastest|best|peaceful|painlessly ~2 way|ways|method|methods ~3 die|go_out|kill|dying|suicid*|to_go $
    gun|pistol|knife|blade ~3 my_head|my_mouth|my_temple|my_throat|my_wrist*|my_own_head
    hate|hating ~2 being_alive|living|existing|waking_up_every|that_i_woke|that_im_alive
    hate|hating %life|%me ~4 anymore|so_much_i|enough|end|die|over|dead|worthless
    shouldnt|should_not|wasnt_meant_to|dont_deserve_to ~1 be_alive|exist|live|be_here_anymore|be_on_this_earth
    dont|do_not|didnt deserve ~1 life|live|be_alive
    friend|brother|sister|bestie|gf|bf|girlfriend|boyfriend|mom|mum|dad|son|daughter|wife|husband|roommate|she|he|cousin|ex|someone_i ~5 wants|trying|going|gonna|tried|threatening|threatens|talking|says|keeps ~6 kill|hang|end|hurt|unalive|cut himself|herself|themself|themselves|hisself|his_life|her_life|it_all
    not_here_anymore_soon|join_my_mom|join_my_dad|be_with_my_mom_in_heaven|join_him_in_heaven|join_her_in_heaven|join_them_in_heaven
    death|dying ~2 only|would_be ~2 way|escape|option|solution|answer|relief|peace|better|easier
    only ~1 way|escape|option|solution|answer ~3 death|die|dying|end_my
    thoughts|thinking|thoughs|think ~2 of|about|abt ~1 death|dying|ending|not_being_here|not_existing|offing
    want|wanna|need|make ~3 pain|it|this|hurting|everything|suffering stop|over|end ~2 forever|for_good|permanently|tonight
";
