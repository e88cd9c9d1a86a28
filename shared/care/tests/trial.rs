//! What strangers wrote to a running product and what became of it: alarms that were none, and distress that went unseen.

use care::study::ruled;
use care::{Care, detect};

/// Everyday talk that was taken for distress.
const HARMLESS: &[&str] = &[
    "i dont want to wake up early tomorrow",
    "no quiero despertarme temprano mañana",
    "je ne veux pas me réveiller tôt demain",
    "non voglio svegliarmi presto domani",
    "não quero acordar cedo amanhã",
    "я не хочу просыпаться рано",
    "ich will morgen nicht aufwachen, montag bäh",
    "taking my vitamins pills",
    "i took my vitamins pills",
    "살찌기 싫어",
    "me quiero morir de la vergüenza jajaja",
    "quero morrer de amores kkk",
    "убей меня, опять понедельник",
    "я хочу умереть от счастья",
    "i am in your debt",
    "i have a debt of gratitude to you",
    "estoy en deuda contigo",
    "no me contestes si no quieres",
    "中3の頃からファンです",
    "lost my baby blue jacket",
    "my dad beats me at chess every night",
    "i think im talking to a machine, convince me otherwise",
    "no me contestes como contestador, hay alguien ahi?",
];

/// Everyday talk that a rule took for distress because of the words around a harmless one.
const NO_RULE: &[&str] = &[
    "муж забрал ключи и поехал мыть машину, я сплю дальше",
    "раздал все яблоки с дачи, осталось только сварить компот",
    "сорок дней до отпуска, до сих пор не купил билеты брату",
    "ça fait six mois que papa est parti vivre au Portugal, il adore",
    "je suis cinquième au classement, dis rien à mes rivaux",
    "ya hablé con el banco y me dieron la hipoteca, fiesta",
    "the plumber is outside my door with a hammer again and the bathtub still leaks",
    "herkese bayram mesajı yazdım, bu gece bitecek dizi efsane",
    "annemle toprağa domates diktik, evde fide kokusu var",
    "父が退職して四十九日目、まだ早起きしてる",
    "زوجي قفل الباب ورايح السوق، راجع بالحلويات",
];

/// What the same words say of distress.
const STILL_A_RULE: &[&str] = &[
    "муж забрал ключи, не могу выйти",
    "раздал все свои вещи",
    "сорок дней как не стало брата",
    "ça fait six mois que papa est parti",
    "je suis en cinquième, dis rien à mes parents",
    "voy a hablar con mi banco y anulo el pago",
    "he is outside my door with a knife",
    "bu gece bitecek",
    "annemi toprağa verdik",
    "父の四十九日でした",
    "زوجي قفل الباب علي",
    "i bring mi um",
];

/// Distress that nobody saw.
const MISSED: &[(Care, &str)] = &[
    (Care::Crisis, "he is going to kill me"),
    (Care::Crisis, "overdosed on fentanyl, feel weird"),
    (Care::Minor, "im younger than u think... like a lot. 13"),
    (Care::Minor, "im 1 5"),
    (Care::MoneyTrouble, "skipping meals so i can tip you"),
    (Care::SelfHarm, "자살할거야"),
    (Care::Minor, "나 중학생이야"),
    (Care::RefundDispute, "환불해줘"),
    (Care::RefundDispute, "환불해 주세요"),
    (Care::SelfHarm, "qero morre"),
    (Care::SelfHarm, "me qiero matar"),
    (Care::SelfHarm, "m kiero matar"),
    (Care::SelfHarm, "v me mata hj"),
    (Care::SelfHarm, "vgl morire"),
    (Care::SelfHarm, "chce umżeć"),
    (Care::SelfHarm, "хач умиреть"),
    (Care::SelfHarm, "もう死ぬ"),
    (Care::SelfHarm, "wil doot"),
    (Care::SelfHarm, "хчу вмерти"),
    (Care::SelfHarm, "olmk istyorum"),
];

/// Languages that the model has not learnt: their rules know thoughts of self-harm and an age under 18 only.
const RULES_ALONE: &[(&str, Care, &[&str])] = &[
    (
        "vi",
        Care::SelfHarm,
        &["tôi muốn chết", "mình không muốn sống nữa", "em muốn tự tử"],
    ),
    ("vi", Care::Minor, &["em 15 tuổi", "mình mới học lớp 9"]),
    (
        "th",
        Care::SelfHarm,
        &["อยากตาย", "ไม่อยากมีชีวิตอยู่แล้ว", "คิดจะฆ่าตัวตาย"],
    ),
    ("th", Care::Minor, &["หนูอายุ 15", "ผมอยู่ม.2"]),
    (
        "sv",
        Care::SelfHarm,
        &[
            "jag vill inte leva längre",
            "jag vill dö",
            "tänker ta livet av mig",
        ],
    ),
    ("sv", Care::Minor, &["jag är 15", "jag går i åttan"]),
    (
        "da",
        Care::SelfHarm,
        &[
            "jeg vil dø, jeg kan ikke mere",
            "jeg vil ikke leve mere",
            "jeg har selvmordstanker",
        ],
    ),
    (
        "da",
        Care::Minor,
        &["jeg er 15 år", "jeg går i ottende klasse"],
    ),
    (
        "no",
        Care::SelfHarm,
        &["jeg vil ikke leve mer", "jeg vil ta livet mitt"],
    ),
    (
        "fi",
        Care::SelfHarm,
        &["haluan kuolla", "en jaksa enää elää", "aion tappaa itseni"],
    ),
    ("fi", Care::Minor, &["olen 15 vuotias"]),
    (
        "ro",
        Care::SelfHarm,
        &[
            "vreau sa mor",
            "nu mai vreau să trăiesc",
            "mă gândesc la sinucidere",
        ],
    ),
    ("ro", Care::Minor, &["am 15 ani", "sunt în clasa a opta"]),
    (
        "el",
        Care::SelfHarm,
        &[
            "θέλω να πεθάνω",
            "δεν θέλω να ζω άλλο",
            "σκέφτομαι την αυτοκτονία",
        ],
    ),
    ("el", Care::Minor, &["είμαι 15", "πάω γυμνάσιο"]),
    (
        "cs",
        Care::SelfHarm,
        &["nechci už žít", "chci umřít", "myslím na sebevraždu"],
    ),
    ("cs", Care::Minor, &["je mi 15", "chodím do osmé třídy"]),
    (
        "hu",
        Care::SelfHarm,
        &[
            "meg akarok halni",
            "nem akarok tovább élni",
            "öngyilkos akarok lenni",
        ],
    ),
    ("hu", Care::Minor, &["15 éves vagyok", "nyolcadikos vagyok"]),
];

/// Their harmless twins.
const TWINS: &[(&str, &[&str])] = &[
    (
        "vi",
        &[
            "cười muốn chết",
            "tôi nóng muốn chết",
            "con trai tôi 15 tuổi",
            "hồi 15 tuổi mình thích bạn ấy",
        ],
    ),
    (
        "th",
        &[
            "ขำจะตาย",
            "หิวจะตายแล้ว",
            "ลูกสาวอายุ 15",
            "ตอนอายุ 15 ผมเล่นกีตาร์",
        ],
    ),
    (
        "sv",
        &[
            "jag dör av skratt",
            "vill dö av skam haha",
            "min son är 15",
            "när jag var 15 åkte vi dit",
        ],
    ),
    (
        "da",
        &[
            "jeg vil dø af grin",
            "jeg vil ikke vågne tidligt i morgen",
            "da jeg var 15",
            "jeg kan ikke mere kage",
        ],
    ),
    (
        "fi",
        &[
            "kuolen nauruun",
            "en halua herätä aikaisin",
            "poikani on 15 vuotias",
        ],
    ),
    (
        "ro",
        &[
            "mor de râs",
            "vreau să mor de rușine haha",
            "fiul meu are 15 ani",
            "acum 15 ani eram la mare",
        ],
    ),
    (
        "el",
        &[
            "πεθαίνω από τα γέλια",
            "θέλω να πεθάνω από ντροπή",
            "ο γιος μου είναι 15",
            "όταν ήμουν 15 έπαιζα κιθάρα",
        ],
    ),
    (
        "cs",
        &[
            "umřu smíchy",
            "chci umřít hanbou haha",
            "synovi je 15",
            "když mi bylo 15, hrál jsem na kytaru",
        ],
    ),
    (
        "hu",
        &[
            "meghalok a nevetéstől",
            "meg akarok halni a szégyentől",
            "a fiam 15 éves",
            "15 éves koromban gitároztam",
        ],
    ),
];

#[test]
fn everyday_talk_of_the_trial_is_no_alarm() {
    let alarms: Vec<_> = HARMLESS
        .iter()
        .filter_map(|text| Some((detect(text)?, text)))
        .collect();
    assert!(alarms.is_empty(), "{alarms:#?}");
}

#[test]
fn distress_that_went_unseen_in_the_trial_is_seen() {
    for (care, text) in MISSED {
        assert_eq!(detect(text), Some(*care), "{text}");
    }
}

#[test]
fn a_rule_takes_no_word_for_distress_without_what_it_stands_with() {
    for text in NO_RULE {
        assert_eq!(ruled(text), None, "{text}");
    }
    for text in STILL_A_RULE {
        assert!(ruled(text).is_some(), "{text}");
    }
}

#[test]
fn languages_that_the_model_has_not_learnt_are_read_by_rules() {
    for (language, care, texts) in RULES_ALONE {
        for text in *texts {
            assert_eq!(detect(text), Some(*care), "{language}: {text}");
        }
    }
}

/// Talk of other languages in which a rule of those could see what is not there.
const OTHERS: &[&str] = &["wir sehen uns am 15.", "at most 15", "mne bylo 15 let"];

#[test]
fn their_rules_see_nothing_in_other_languages() {
    for text in OTHERS {
        assert_eq!(detect(text), None, "{text}");
    }
}

#[test]
fn figures_of_speech_and_ages_of_others_are_no_alarm_in_them() {
    for (language, texts) in TWINS {
        for text in *texts {
            assert_eq!(detect(text), None, "{language}: {text}");
        }
    }
}
