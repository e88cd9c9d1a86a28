//! Spellings, code words and signs by which the same is said: what the rules read of them, and what they leave alone.

use care::study::ruled;
use care::{Care, detect_output};

/// Ways to say in twelve languages that somebody may harm themselves.
const SELF_HARM: [(&str, &[&str]); 16] = [
    (
        "en",
        &[
            "i w4nn4 d1e",
            "i wanna d13",
            "i wnat to dei",
            "i want to d*e",
            "k i l l my self",
            "kill my s3lf tonight",
            "s**cide is all i think about",
            "thinking about sui cide again",
            "suuuuicidal again",
            "i just wanna sewer slide",
            "un alive myself tonight",
            "i might actually kms tonight",
            "i want to self-delete",
            "i wanna log out of life",
            "gonna uninstall life",
            "might alt f4 my life",
            "yeet myself off a bridge",
            "gonna take a toaster bath",
            "i relapsed with $h again",
            "more barcodes on my wrist now",
            "commit neck rope",
        ],
    ),
    (
        "es",
        &[
            "kiero morirme",
            "m kiero morir",
            "me quiero desvivir",
            "qiero suicidarme",
            "QUIERO M0RIR",
        ],
    ),
    (
        "pt",
        &[
            "qro morrer",
            "nao qro mais viver",
            "to pensando em desviver",
        ],
    ),
    (
        "fr",
        &[
            "jveux mourir",
            "jvx mourir",
            "jpp de vivre",
            "j'ai envie de me su1cider",
        ],
    ),
    (
        "de",
        &[
            "ich will nich mehr leben",
            "hab kb mehr zu leben",
            "ich will mich umbringn",
            "ich denk an selbstm0rd",
        ],
    ),
    (
        "it",
        &[
            "nn voglio piu vivere",
            "vojo mori",
            "mi voglio ammazzare",
            "voglio farla finita",
        ],
    ),
    (
        "pl",
        &[
            "chce sie zabic",
            "chcem umrzec",
            "nie chce mi sie zyc",
            "pocielam sie znowu",
        ],
    ),
    ("nl", &["ik wil dood", "zelfmrd plegen", "zelfm00rd"]),
    (
        "tr",
        &["olmek istiyom", "olmk istiyorum", "yasamak istemiyorum"],
    ),
    (
        "id",
        &["pgn mati aja", "pengen bundir", "capek idup pengen mati"],
    ),
    (
        "hi",
        &[
            "marna chahta hu",
            "mujhe ni jeena",
            "aatm hatya",
            "khudkhushi karna hai",
        ],
    ),
    (
        "ru",
        &[
            "хачу умереть",
            "хочу здохнуть",
            "нехочу жить",
            "не хочу ж1ть",
            "хочу умереееть",
            "самовыпилиться",
        ],
    ),
    (
        "ru in Latin letters",
        &[
            "hochu umeret",
            "ya xochu sdohnut",
            "ho4u umeret",
            "ne hochu zhit",
            "ne xochu jit",
            "ubit sebya",
            "pokonchit s soboi",
            "rezhu veny",
        ],
    ),
    (
        "uk in Latin letters",
        &["hochu pomerty", "ne hochu zhyty", "vbyty sebe"],
    ),
    (
        "ar in Latin letters",
        &[
            "badi moot",
            "3ayez amoot",
            "nefsi amoot",
            "a2tel nafsi",
            "bafakkar fel inti7ar",
            "mesh 3ayez a3eesh",
            "ta3abt men el 7aya",
        ],
    ),
    (
        "zh and ja",
        &["想紫砂", "想4了", "割wan", "タヒにたい", "シニタイ"],
    ),
];

#[test]
fn self_harm_is_read_in_spite_of_its_spelling() {
    for (language, phrases) in SELF_HARM {
        for phrase in phrases {
            assert_eq!(ruled(phrase), Some(Care::SelfHarm), "{language}: {phrase}");
        }
    }
}

#[test]
fn signs_in_place_of_words_are_read() {
    for phrase in [
        "i want to 💀 myself",
        "thinking of 🔪 myself",
        "wanna 🔫",
        "quiero ⚰️ ya",
        "хочу 🪦",
        "себя 🔪 себя",
    ] {
        assert_eq!(ruled(phrase), Some(Care::SelfHarm), "{phrase}");
    }
    assert_eq!(detect_output("wanna 🔪 myself"), Some(Care::SelfHarm));
}

#[test]
fn other_distress_is_read_in_latin_letters_and_code_words() {
    for (phrase, care) in [
        ("moi otchim menya biet", Care::Crisis),
        ("menya iznasilovali", Care::Crisis),
        ("jozi darabni", Care::Crisis),
        ("he graped me", Care::Crisis),
        ("mne 15 let", Care::Minor),
        ("meni 14 rokiv", Care::Minor),
        ("3omri 15 sana", Care::Minor),
        ("mama umerla", Care::Grief),
        ("mama matet", Care::Grief),
        ("vernite moi dengi", Care::RefundDispute),
        ("raja3li flousi", Care::RefundDispute),
        ("net deneg na edu", Care::MoneyTrouble),
    ] {
        assert_eq!(ruled(phrase), Some(care), "{phrase}");
    }
}

/// The same words, signs and spellings where nobody is in need.
const HARMLESS: [&str; 49] = [
    "this pic 💀💀💀",
    "i love myself 💀",
    "wanna see the new set 🔥",
    "new 🔫 skin in the game",
    "wanna 💀 laughing at this",
    "quiero verte 💀",
    "хочу новые фото 💀",
    "sharp 🔪 set for the kitchen",
    "my photos self-delete after a day",
    "set the chat to self delete",
    "log out of life360 please",
    "i quit life coaching",
    "life is strange is my favourite game",
    "yeet the ball off the roof",
    "i got a barcode tattoo on my arm",
    "sh don't tell anyone",
    "grape juice for me",
    "want de link please",
    "mi voglio divertire stasera",
    "mori is my favourite character",
    "jveux te voir",
    "jveux mourir de rire",
    "jpp de ton rire",
    "kb auf arbeit heute",
    "olmak istiyorum senin gibi",
    "mujhe nahi jana",
    "нехочу жить без тебя",
    "хачу новое видео",
    "хочу здохнуть со смеху",
    "hochu novie foto",
    "hochu kupit video",
    "hochu jit s toboi",
    "ne hochu jit bez tebya",
    "mne bylo 15 let",
    "mne 25 let",
    "vernite starye foto",
    "papa moy drug",
    "badi shoof sourtik",
    "3ayez asoofak",
    "nefsi ashoofik",
    "badi moot men el de7k",
    "ma badi 3ish bdounik",
    "3omri 25 sana",
    "mama gate el beit",
    "abi amoot 3alek",
    "la abi hayati guzel",
    "mi voglio ammazzare dalle risate",
    "kb mein leben zu planen",
    "🔪 myself a slice of cake",
];

#[test]
fn the_same_words_without_need_are_no_alarm_of_a_rule() {
    for phrase in HARMLESS {
        assert_eq!(ruled(phrase), None, "{phrase}");
    }
}

#[test]
fn a_sign_alone_is_no_alarm_of_a_rule() {
    for phrase in ["💀", "💀💀💀", "🔪", "🔫🔫", "⚰️"] {
        assert_eq!(ruled(phrase), None, "{phrase}");
    }
}
