//! Arabic in Latin letters and digits, as chats write it (`3ayez amoot`).

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        want = badi|baddi|bade|biddi|bidi|bddi|bedi|3ayez|3ayz|3ayza|3aiza|3aiz|3awez|3awz|3awza|ayez|ayza|abi|abgha|abga|ab8a|nefsi|nfsi|nifsi|widi|weddi|urid|oreed|areed|ureed|bghit|bghet
        die = moot|mout|amoot|amout|amut|2amoot|2moot|namoot|nmout|nmoot|emoot
        self = nafsi|nefsi|nfsi|7ali|roo7i|rouhi|ru7i|rohi
        kill = a2tel|a2tol|a2til|a2tl|aqtul|aqtol|a9tel|a2til|mawwet|amawet|amawwet|2atel|ba2tel|ha2tel
        live = 3ish|a3ish|a3eesh|3eesh|n3ish|2a3ish|3aysh|el_7aya|7aya|el7aya|7ayati|elhayat|al7ayat|el_hayat
        no = ma|mish|mesh|msh|mosh|la|mo|mu|ma3ad|mabi|mabghash|mabadi|mabade|mafi|mafish|mafeesh
    ",
    self_harm: "
        %want ~1 %die !3aleik|3alek|3alaik|3aleiki|fik|feek|fiki|men|mn|min
        %kill ~0 %self
        %no ~1 %want ~1 %live !bdounik|bidounak|bidounik|bala|ma3ak|ma3aki|hon|hina|fi
        mabi|mabadi|mabade|mabghash ~1 %live !bdounik|bidounak|bala|ma3ak|ma3aki|hon|fi
        %no ~1 2ader|a2dar|22dar|fini|2adra|qader|adir ~1 %live|kammel_7ayati|akammel !bdounik|bidounak|bala|hon
        ta3abt|t3ebt|te3ebt|t3bt|ti3ebt|zhe2t|zahe2t|zehe2t|malleit|tfesht ~1 men|mn|min|mel ~1 %live|el_donia|el_dunya|el_denya|hal_7ayat
        inti7ar|inte7ar|enti7ar|anti7er|anta7er|ante7er|bante7er|banta7er|hante7er|nante7er|al_intihar|el_intihar !<film|moslsal|aghniye
        anhi|2anhi|a5alles|akhalles|a5ales ~1 7ayati|hayati
        yareetni|yaretni|yaraytni|ya_raitni|ya_reetni|laytani ~1 amoot|mit|met|mayet|mayta|moot
        ma|mafi|mafish|mafeesh ~1 ma3na|fayde|fayda|sabab ~1 7ayati|hayati|el_7aya|a3ish|3ish
    ",
    crisis: "
        abooy|aboy|abouy|baba|jozi|gozi|zawji|akhooy|a5oy|5ali|khali|3ammi|7abibi|5atibi ~2 byedrobni|yedrobni|byidribni|bidrebni|bedrobni|darabni|yidribni|eghtasabni|ightasabni|8tasabni|byidrobni
        eghtasabni|ightasabni|ghtasabni|8tasabni|ta7arrash_fiyi|t7arash_fini
    ",
    minor: "
        3omri|3umri|3mri|omri|sinni|senni ~1 # ~0 sana|sane|sneh|seneh|3am|$
        3andi|3endi # sana|sane|sneh|seneh
    ",
    grief: "
        mama|ommi|omi|ummi|baba|aboy|abooy|jiddi|jeddi|teta|sitti|5ali|akhi|a5oy|okhti|o5ti|sa7bi|sadi2i|kalbi ~1 matet|matat|maatat|twaffa|twaffet|etwafa|etwaffa|etwafet|tuwufiya !men_el_de7k|men|mn
        baba|jiddi|jeddi|akhi|a5oy|sa7bi mat !men|mn
    ",
    money_trouble: "
        5sert|khsert|5esert shoghli|sho8li|shughli
    ",
    refund_dispute: "
        raja3li|raj3li|rajje3li|rajji3li|rga3li|rag3li|rage3li|erja3li|ragga3li|rajje3 ~1 flousi|floosi|flosi|fulusi|masari|masaryi|el_masari|7a22i
    ",
    harmless: "",
    other_ages: "
        ebni|benti|a5oy|akhi|okhti ~1 3omro|3omra|3omrha # sana|sane|sneh|seneh
    ",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
