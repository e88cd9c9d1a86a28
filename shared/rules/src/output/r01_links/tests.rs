use proptest::prelude::*;

use super::super::testing::{assert_caught, assert_left_alone, context, hits_in};
use super::super::{Action, Context, RuleId, check};
use super::parted;

#[test]
fn r01_no_link_leaves() {
    let texts = [
        "see https://evil.example/x",
        "evil.com",
        "go to Evil.Com/now",
        "http://10.0.0.1/a",
        "10.0.0.1",
        "t.me/other",
        "[click](https://evil.com)",
        "<a href=\"http://evil.com\">here</a>",
        "evil dot com",
        "evil[.]com",
        "evil(dot)com",
        "hxxps://evil.com",
        "xn--80ak6aa92e.com",
        "ev\u{200b}il.c\u{200b}om",
        "ｅｖｉｌ．ｃｏｍ",
        "evil。com",
        "пример.рф",
        "злой точка ру",
        "foo.bar/path",
        "scan this QR code to pay",
        "just send it by PayPal",
        "link in my bio",
        "go to evil dot example slash pay",
        "зайди на злой точка пример слэш деньги",
        "evil , com",
        "evil ,com",
        "evil dot store slash me",
        "my site: evil•com",
        "evil∙com/now",
        "c l i c k  h t t p s  evil",
        "go to evil . com",
        "go to evil .com now",
        "it's all on evil. com",
        "my page: evil. com/set",
        "go to evil. com and sign up",
        "it is on evil. com, just sign up there",
        "have a look at evil. org now",
        "we are at evil. net and you should join",
        "зайди на evil. ru сегодня",
        "evil . store",
        "get it from evil . store today",
        "evil . cc",
        "all of it: evil . co for you",
        "e v i l . c o m",
        "look: m y s i t e . o n l i n e !",
        "evil.сom",
        "evil.соm/x",
        "еvil.cοm",
        "evil.c0m",
        "t me slash mira",
        "find it at T me slash mira_vale",
        "telegram t me slash mira",
        "tme slash mira",
        "tme/mira_private",
        "visit evil,com",
        "т ми слэш мира",
        "join +AbCdEf123xYz",
        "hier rein: +qW3rTyUiOp",
    ];
    assert_caught(RuleId::Links, &texts);
}

#[test]
fn r01_no_ending_in_the_world_makes_a_link_that_leaves() {
    let texts = [
        "It's all on mirafans.lol",
        "mirafans.lol?ref=1",
        "mirafans.lol#now",
        "mirafans.icu",
        "mirafans.ie, come and see",
        "mirafans.tk",
        "mirafans.ml",
        "mirafans.ga",
        "mirafans.cf",
        "mirafans.gq",
        "mirafans.cyou",
        "mirafans.sbs",
        "mirafans.fans",
        "mirafans.bio is where I am",
        "mirafans.mobi",
        "mirafans.md",
        "mirafans.ae",
        "mirafans.photography",
        "MIRAFANS.LOL",
        "Mirafans.Lol",
        "mirafans.lol.",
        "mirafans.lol:8080",
        "mirafans．lol",
        "mirafans。lol",
        "mirafans｡lol",
        "mira\u{200b}fans\u{2060}.l\u{200c}ol",
        "都在mirafans.lol。谢谢",
        "想看吗？mirafans.lol",
        "mirafans.lol❤️",
        "18mira.lol💋",
        "mirafans.lol…",
        "link:mirafans.lol",
        "mirafans.lоl",
        "mirafans.онлайн",
        "мира.онлайн",
        "мира.орг",
        "mirafans.xn--p1ai",
        "mira.在线/a",
        // Endings that are words too, where a path, parameters, a port or a name that is no word tells.
        "mirafans.best/x",
        "mirafans.best?ref=1",
        "mirafans.best:8080",
        "mira-fans.best is the one",
        "mira24.best is the one",
        "it's all on mirafans.cool",
        "it's all on mirafans.cool!! 💋",
        "e\u{200b}vil d\u{200b}o\u{200c}t com",
        "mirafans dot icu",
        "mirafans dot lol",
    ];
    assert_caught(RuleId::Links, &texts);
}

#[test]
fn talk_that_lacks_a_blank_is_no_link() {
    let texts = [
        "ok.do you want to?",
        "no idea.did you see it",
        "haha.wow that is a lot",
        "nice.how was it",
        "ok.call me crazy",
        "thanks.you too",
        "good.best day ever",
        "done.now tell me more",
        "sure.play it again",
        "at 5.pm sharp",
        "M.Sc. in physics",
        "good night.how are you?",
        "я живу в г.Москва",
        "call me Mr.Bond from now on",
        "gut.ist das ok?",
        "Hunger.jetzt essen wir",
        "schön.er kommt auch",
        "ça va.et toi ?",
        "oui.ma journée est finie",
        "toi.moi aussi",
        "hola.soy yo",
        "ok.si quieres",
        "oi.bom dia",
        "oi.vc vem?",
        "bra.om du vill",
        "dobra.bo nie mam czasu",
        "tak.ma rację",
        "tamam.ve sonra",
        "ja.je weet het",
        "ok.ni vet",
        "да.дети спят",
        "晚安.我爱你",
        "10:30.in the evening",
        "good point lol",
        "p.s. I miss you",
        "z.B. so",
        "lubię m.in. morze i góry",
        "amo il mare, p.es. d'estate",
    ];
    assert_left_alone(RuleId::Links, &texts);
}

#[test]
fn words_with_full_stops_are_no_links() {
    let texts = [
        "Sure... why not",
        "at 10.30 or 3.5 km",
        "e.g. this",
        "Hm.Well",
        "see you!",
        "a/b",
        "v1.2.3",
        "U.S.A.",
        "Oi! Tudo bem. Com você?",
        "ok . so what did you do",
        "I like tea. me too, you said",
        "ok . today was long",
        "see you . love you",
        "ok . in the evening then",
        "bin müde . es war lang",
        "Oi! tudo bem. com você, minha linda?",
        "Ça va. net progrès, merci à toi",
        "Das glaub ich dir. net wahr, oder?",
        "Tudo bem. Com certeza te escrevo",
        "i . e . that one",
        "a b c , you see . I love it",
        "Всё хорошо. Со мной тоже.",
        "tell me slash show me",
        "+Bonus for you",
        "C++ is hard, +1 from me",
        "you + me = fun",
    ];
    assert_left_alone(RuleId::Links, &texts);
}

#[test]
fn r01_only_an_allowed_host_passes_and_nothing_that_poses_as_it() {
    let hosts = ["mira.example".to_owned()];
    let context = Context {
        allowed_hosts: &hosts,
        ..context()
    };
    let caught = |text: &str| hits_in(text, &context).contains(&RuleId::Links);
    for text in [
        "https://mira.example/set",
        "(mira.example)",
        "shop.mira.example!",
        "see mira.example.",
        "mira.example?ref=1",
        "mira.example❤️",
        "看 mira.example。谢谢",
        "my page:mira.example",
    ] {
        assert!(!caught(text), "{text}");
    }
    for text in [
        "https://mira.example@evil.com",
        "mira.example.evil.com",
        "evilmira.example",
        "https://mira.example\\@evil.com",
        "ftp://mira.example",
        "https://evil.com/mira.example",
        "evil☆mira.example",
        "evil–mira.example",
        "mira.example.lol",
    ] {
        assert!(caught(text), "{text}");
    }
}

#[test]
fn words_that_software_would_take_for_a_link_are_parted() {
    for (text, leaves) in [
        ("mirafans.cool is it", "mirafans. cool is it"),
        ("(mirafans.best, you know)", "(mirafans. best, you know)"),
        ("Mirafans.Team it is", "Mirafans. Team it is"),
        ("it is mira.fans.team now", "it is mira. fans. team now"),
        ("mirafans.cool-ish", "mirafans. cool-ish"),
        ("ok.do you want to?", "ok. do you want to?"),
        ("nice.how's it going", "nice. how's it going"),
        ("晚安.我爱你", "晚安. 我爱你"),
        ("г.Москва", "г. Москва"),
        ("one.now\nthe next.how", "one. now\nthe next. how"),
    ] {
        let now = parted(text, &context());
        assert_eq!(now, leaves, "{text}");
        assert_eq!(parted(&now, &context()), now, "again: {text}");
    }
    for text in [
        "done.Then we went home",
        "wait...now I see",
        "Hm.Well",
        "e.g. this, at 10.30 or 3.5 km",
        "See you. Now sleep well.",
        "v1.2.3",
        "@mira.team",
        ".now",
        "",
    ] {
        assert_eq!(parted(text, &context()), text);
    }
}

#[test]
fn an_allowed_host_that_ends_with_a_word_of_talk_stays_a_link() {
    let hosts = ["mira.team".to_owned()];
    let context = Context {
        allowed_hosts: &hosts,
        ..context()
    };
    for text in [
        "All of it is on mira.team for you",
        "See shop.Mira.team/set, and sleep well",
        "It is mira.team.",
    ] {
        assert_eq!(parted(text, &context), text);
    }
    let other = parted("evilmira.team or mira.team.evil.cool", &context);
    assert_eq!(other, "evilmira. team or mira. team.evil. cool");
}

#[test]
fn an_allowed_link_leaves_with_all_that_it_says_behind_its_host() {
    let hosts = ["mira.example".to_owned()];
    let context = Context {
        allowed_hosts: &hosts,
        ..context()
    };
    for text in [
        "https://mira.example/set.zip for you",
        "it is mira.example/holiday/best.mov.",
        "see (https://Mira.example/a.b/team.now?file=one.pics#top.page)",
        "mira.example:8080/set.zip",
        "mira.example?file=set.zip",
    ] {
        assert!(!hits_in(text, &context).contains(&RuleId::Links), "{text}");
        assert_eq!(parted(text, &context), text);
    }
    for (text, leaves) in [
        ("mira.example:wow.cool", "mira.example:wow. cool"),
        ("mira.example/a,wow.cool it", "mira.example/a,wow. cool it"),
        ("mira.example/a wow.cool it", "mira.example/a wow. cool it"),
        ("mira.example/a💋wow.cool", "mira.example/a💋wow. cool"),
    ] {
        let now = parted(text, &context);
        assert_eq!(now, leaves, "{text}");
        assert_eq!(parted(&now, &context), now, "again: {text}");
    }
}

#[test]
fn ordinary_words_with_full_stops_leave_as_they_are_written_in_any_language() {
    for text in [
        "it is 3.50, e.g. in the U.S., at 10.30 a.m. on 24.12.2026",
        "i.e. no. 1.000.000 of v1.2.3... and so on",
        "z.B. am 3.Mai um 19.30 Uhr, d.h. u.a. i.d.R. abends",
        "p.ex. c.-à-d. à 20.15, s.v.p.",
        "p.ej. en EE.UU., a.C. y d.C.",
        "p.ex. às 10.30, V.Exa.",
        "bijv. om 9.15, o.a. d.w.z. a.u.b.",
        "т.е. в 10.30, и т.д. и т.п.",
        "np. o 18.45, tzn. p.n.e.",
        "π.χ. στις 10.30, κ.λπ.",
        "晚安。我爱你。好吗？",
    ] {
        assert_eq!(parted(text, &context()), text);
    }
    for (text, leaves) in [("m.in. tak", "m. in. tak"), ("p.es. ora", "p. es. ora")] {
        assert_eq!(parted(text, &context()), leaves, "no link in it either");
    }
}

#[test]
fn a_text_passes_whose_blank_was_forgotten_and_leaves_with_it() {
    let verdict = check("That made my day.how was yours?", &context());
    assert_eq!(verdict.action, Action::Pass, "{:?}", verdict.rules);
    let left = verdict.text.as_deref();
    assert_eq!(left, Some("That made my day. how was yours?"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_word_of_talk_ends_a_link_that_leaves(name in "[a-z]{2,12}", ending in "(cool|best|how|now|you|team|do|is|pm|wow|дети|我爱你)", after in "[ ,!?)]{1,3}[a-z ]{0,9}") {
        let left = check(&format!("see {name}.{ending}{after}"), &context()).text.unwrap_or_default();
        let leaked = left.contains(&format!("{name}.{ending}"));
        prop_assert!(!leaked, "{}", left);
    }

    #[test]
    fn r01_no_link_leaves_whatever_is_around_it(before in "[ a-z(\\[<*_~.,\"]{0,6}", name in "[a-z]{2,9}", ending in "(com|net|ru|me|xyz|lol|icu|ie|tk|ml|ga|cf|gq|cyou|sbs|fans|bio|mobi|md|ae|zip|mov|guru|dating|webcam|photos|онлайн|орг|рус)", after in "[ )\\]>*/,!?]{0,3}") {
        let text = format!("{before} {name}.{ending}{after}");
        let left = check(&text, &context()).text.unwrap_or_default();
        // A blank alone would leave an address that anybody can read.
        let leaked = left.replace(". ", ".").contains(&format!("{name}.{ending}"));
        prop_assert!(!leaked, "{}", left);
    }
}
