//! R01: links, domains, network addresses, payment pages, however they are spelled.

use wording::Language;

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/links.txt"));

/// Endings that are read as a domain after a full stop without a blank.
const ENDINGS: &str = " com net org info biz io co me app dev ai xyz ru su ua by kz рф укр de fr es it pl tr uk us eu cz sk ro gr \
    il ir th vn jp kr cn tw hk in id my sg ph nl be ch at se no fi dk hu bg rs hr pt br mx ar cl pe au nz za ca ly gg gl tv fm \
    cc to la ws pw sh so is im li lt lv ee ge am az uz site online shop store club live link click page pages top vip pro fun \
    space website world today cloud chat love cam porn xxx sex sexy adult tube video photos pics money cash bet casino win \
    finance bank pay help support email social media network agency studio art blog news life one zone tech digital host \
    press wiki onion bit eth ton test example local localhost ";

/// Endings that are seldom anything else, also where a blank stands before their full stop.
const SURE: &str = " com net org ru io me info biz xyz app site online shop club live link page top vip tv gg ly ua de fr ";

/// Endings that are words with which a sentence begins, where nothing else tells one from a domain.
const EVERYDAY: &str = " ai by es il it us in id my no be at se to la so is im am li ca ch pe za az sh su ar as ph ge ee bit \
    ton win fun pro love today world life news one help support pay chat money cash bet test video photos pics social media \
    art press space click zone bank sex sexy adult email example local host ";

/// The commonest endings, also in the midst of a sentence after `name. `.
const COMMONEST: &str = " com net org ru ";

/// Languages in which a sentence may go on or begin with the word `net`.
const NET: [Language; 7] = [
    Language::Dutch,
    Language::German,
    Language::French,
    Language::Turkish,
    Language::Russian,
    Language::Ukrainian,
    Language::Polish,
];

/// What begins a link, where its signs were left out or spelled apart.
const SCHEMES: [&str; 4] = ["http", "https", "hxxp", "hxxps"];

/// Takes hold of every link whose host is not allowed.
pub(super) fn find(draft: &Draft, context: &Context<'_>) -> Option<Action> {
    let linked = draft.chunks().any(|chunk| has_foreign_link(chunk, context))
        || joined(draft, context)
            .iter()
            .any(|host| !is_allowed(host, context))
        || draft.plain.split_whitespace().any(is_invite);
    let scheme =
        !draft.lower.contains("://") && draft.folded.split(' ').any(|word| SCHEMES.contains(&word));
    let found =
        linked || scheme || is_spelled_out(&draft.folded) || WORDS.says("links", &draft.sentences);
    found.then_some(Action::Block)
}

/// Whether a part of a text between blanks holds a link that is not allowed.
fn has_foreign_link(chunk: &str, context: &Context<'_>) -> bool {
    let scheme = chunk.contains("://") || chunk.contains("hxxp");
    let lure = [
        "www.",
        "xn--",
        "javascript:",
        "mailto:",
        "tg:",
        "tel:",
        "data:",
        "[.]",
        "(.)",
        "{.}",
        "(dot)",
        "[dot]",
    ];
    if lure.iter().any(|lure| chunk.contains(lure)) && !is_allowed(chunk, context) {
        return true;
    }
    if scheme {
        return !is_allowed(chunk, context);
    }
    chunk
        .split(|c: char| "()[]{}<>\"'«»“”„,;!|*".contains(c))
        .any(|piece| looks_like_a_host(piece) && !is_allowed(piece, context))
}

/// `name.ending`, an IPv4 address, or `name.anything/path`.
fn looks_like_a_host(piece: &str) -> bool {
    let end = piece
        .find(['/', '?', '#', ':', '\\'])
        .unwrap_or(piece.len());
    let has_path = piece[end..].len() > 1 && piece[end..].starts_with(['/', '\\']);
    let host = piece[..end].trim_matches('.');
    let labels: Vec<&str> = host.rsplit('@').next().unwrap_or(host).split('.').collect();
    if labels.len() < 2 || labels.iter().any(|label| label.is_empty()) {
        return host == "localhost";
    }
    if labels
        .iter()
        .all(|label| label.bytes().all(|b| b.is_ascii_digit()))
    {
        return labels.len() == 4;
    }
    let Some(ending) = labels.last() else {
        return false;
    };
    // Letters of another script pose as Latin ones; a word of that script alone is no such ending.
    let posing = host.bytes().any(|b| b.is_ascii_alphabetic()) && is_ending(&posed(ending));
    if posing && labels[labels.len() - 2].chars().any(char::is_alphanumeric) {
        return true;
    }
    let word = ending.chars().count() > 1 && ending.chars().all(char::is_alphabetic);
    let domain = labels[labels.len() - 2].chars().any(char::is_alphanumeric);
    domain && word && (has_path || is_ending(ending) || labels.len() > 3)
}

fn is_ending(word: &str) -> bool {
    ENDINGS
        .split(' ')
        .any(|ending| !ending.is_empty() && ending == word)
}

/// A word with the Latin letters that its letters look like.
fn posed(word: &str) -> String {
    const LIKE: &str = "аaсcеeоoрpхxуyіiјjѕsкkмmтtнhвbԁdԛqԝwοoαaεeιiκkνvρpτtυuχxμmıiӏlոnօo0o1i";
    let like: Vec<char> = LIKE.chars().collect();
    let latin = |c: char| {
        let pair = like.chunks(2).find(|pair| pair[0] == c);
        pair.map_or(c, |pair| pair[1])
    };
    word.chars().map(latin).collect()
}

/// Hosts whose full stop is a comma or a blank, is missing from an address of Telegram's, or stands among single letters.
fn joined(draft: &Draft, context: &Context<'_>) -> Vec<String> {
    let words: Vec<&str> = draft.chunks().collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| words[at]);
        let after = words.get(at + 1).copied();
        let around = match (word.strip_prefix('.'), before, after) {
            // No sentence ends with a blank before its full stop and goes on with a domain's ending, but for its words.
            (Some(""), Some(name), Some(ending)) => {
                found.extend(apart(name, ending));
                Some((name, ending))
            }
            (Some(ending), Some(name), _) => {
                found.extend(apart(name, ending));
                Some((name, ending))
            }
            // A sentence may end so: only an ending with which the text ends, with a path, or that begins no sentence.
            (None, _, Some(ending))
                if word.ends_with('.')
                    && (ends_there(ending, words.get(at + 2))
                        || goes_on(ending, at + 1, draft, context)) =>
            {
                word.strip_suffix('.').map(|name| (name, ending))
            }
            _ => None,
        };
        found.extend(around.and_then(|(name, ending)| host_of(name, ending)));
        // The same with a comma between blanks: `evil , com`.
        if let (",", Some(name), Some(ending)) = (*word, before, after)
            && ends_there(ending, words.get(at + 2))
        {
            found.extend(host_of(name, ending));
        }
        if let (Some(ending), Some(name)) = (word.strip_prefix(','), before)
            && ends_there(ending, after.as_ref())
        {
            found.extend(host_of(name, ending));
        }
        let comma = word
            .rsplit_once(',')
            .filter(|(_, ending)| ends_there(ending, None));
        found.extend(comma.and_then(|(name, ending)| host_of(name, ending)));
        let short = ["tme/", "t,me/", "wame/"]
            .iter()
            .find_map(|host| word.strip_prefix(host));
        found.extend(
            short
                .filter(|name| !name.is_empty())
                .map(|name| format!("t.me/{name}")),
        );
    }
    found.extend(letter_by_letter(&words));
    found
}

fn ends_there(ending: &str, after: Option<&&str>) -> bool {
    const ALONE: &str = " com net org ru xyz io ";
    let end = ending.find(['/', '!', '?', ',']).unwrap_or(ending.len());
    let sure = ALONE.contains(&format!(" {} ", posed(&ending[..end])));
    sure && (after.is_none() || ending[end..].starts_with('/'))
}

/// Whether a domain's ending, the word at a place, is none with which the text's language begins a sentence.
fn goes_on(ending: &str, at: usize, draft: &Draft, context: &Context<'_>) -> bool {
    let end = ending
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(ending.len());
    let word = posed(&ending[..end]);
    if !COMMONEST.contains(&format!(" {word} ")) || begins_a_sentence(&draft.plain, at) {
        return false;
    }
    let language = Language::guess(&draft.plain);
    match word.as_str() {
        "com" => language != Some(Language::Portuguese) && context.language != Language::Portuguese,
        // A short text may be in a language that is not told by it.
        "net" => language.is_some_and(|language| !NET.contains(&language)),
        _ => true,
    }
}

/// Whether the word at a place is written as at a sentence's beginning.
fn begins_a_sentence(plain: &str, at: usize) -> bool {
    let mut letters = plain.split_whitespace().nth(at).unwrap_or_default().chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// The host of a name and an ending with a full stop of its own between them: `evil . store`.
fn apart(name: &str, ending: &str) -> Option<String> {
    let end = ending
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(ending.len());
    let word = &ending[..end];
    let named = name.ends_with(|c: char| c.is_alphanumeric());
    let everyday = EVERYDAY.contains(&format!(" {word} "));
    (named && is_ending(word) && !everyday).then(|| format!("{name}.{ending}"))
}

/// `name.ending`, where both look like it.
fn host_of(name: &str, ending: &str) -> Option<String> {
    let end = ending
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(ending.len());
    let word = posed(&ending[..end]);
    let path = ending[end..].len() > 1 && ending[end..].starts_with('/');
    let sure = SURE.contains(&format!(" {word} ")) || (path && is_ending(&word));
    let named = name.ends_with(|c: char| c.is_alphanumeric());
    (sure && !word.is_empty() && named).then(|| format!("{name}.{ending}"))
}

/// Runs of single signs with a full stop among them that spell a host: `e v i l . c o m`.
fn letter_by_letter(words: &[&str]) -> Vec<String> {
    let single = |word: &&str| {
        let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
        letters <= 1
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || ".,:/-_!?".contains(c))
    };
    words
        .split(|word| !single(word))
        .filter(|run| run.len() > 3)
        .map(<[&str]>::concat)
        .filter(|host| looks_like_a_host(host.trim_end_matches(['!', '?', ',', '.'])))
        .collect()
}

/// The hash of an invitation to a chat: `+AbCdEf123`, as long as no word and mixed as none.
fn is_invite(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "()[]{}<>\"'«»“”„,;!.|*?:".contains(c));
    word.strip_prefix('+').is_some_and(|hash| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let letters = hash.chars().filter(char::is_ascii_alphabetic).count();
        let mixed = hash.chars().skip(1).any(|c| c.is_ascii_uppercase())
            || hash.chars().any(|c| c.is_ascii_digit() || c == '_');
        let lower = hash.chars().any(|c| c.is_ascii_lowercase());
        hash.len() >= 6 && letters >= 3 && mixed && lower && hash.chars().all(plain)
    })
}

/// Whether the host of a link is one of those allowed, or below one.
fn is_allowed(link: &str, context: &Context<'_>) -> bool {
    let link = link.trim_matches(|c: char| "()[]{}<>\"'«»“”„,;!.|*?".contains(c));
    let rest = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"))
        .unwrap_or(link);
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    let (host, after) = rest.split_at(end);
    let plain = host
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
        && !after.contains(['@', '\\'])
        && !after.contains("://");
    plain
        && context.allowed_hosts.iter().any(|allowed| {
            let allowed = allowed.to_lowercase();
            host == allowed
                || host
                    .strip_suffix(&allowed)
                    .is_some_and(|sub| sub.ends_with('.'))
        })
}

/// "my page dot com": a word for the full stop before an ending.
fn is_spelled_out(folded: &str) -> bool {
    const DOTS: &str = " dot punkt punto ponto point точка тчк крапка nokta kropka tecka titik cham pont τελεια נקודה نقطه चुनाव डॉट จุด ドット どっと 닷 点 點 punct ";
    const COMMON: &str = " com net org ru io me ком нет ру ком ua de info co xyz app site online shop link tv gg ly ком ";
    const SLASHES: &str = " slash slesh barra schragstrich слэш слеш слэшь ukosnik lomitko taksim スラッシュ 斜杠 斜线 슬래시 سلاش סלאש snedstreck ";
    let words: Vec<&str> = folded.split(' ').collect();
    let dots = |word: &str| DOTS.contains(&format!(" {word} "));
    // After what is spelled as a domain's full stop, a slash makes a path of whatever ending.
    words
        .windows(2)
        .any(|pair| dots(pair[0]) && COMMON.contains(&format!(" {} ", pair[1])))
        || words
            .windows(3)
            .any(|three| dots(three[0]) && SLASHES.contains(&format!(" {} ", three[2])))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{assert_caught, assert_left_alone, context, hits_in};
    use super::super::{Context, RuleId, check};

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
        ] {
            assert!(caught(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn r01_no_link_leaves_whatever_is_around_it(before in "[ a-z(\\[<*_~.,\"]{0,6}", name in "[a-z]{2,9}", ending in "(com|net|ru|me|xyz)", after in "[ )\\]>*/,!?]{0,3}") {
            let text = format!("{before} {name}.{ending}{after}");
            let left = check(&text, &context()).text.unwrap_or_default();
            let leaked = left.contains(&format!("{name}.{ending}"));
            prop_assert!(!leaked, "{}", left);
        }
    }
}
